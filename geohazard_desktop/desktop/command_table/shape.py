"""Menu 改形."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command

COMMANDS: Sequence[Command] = (
    Command(
        "tool.vertices",
        _("改拐点"),
        "shape",
        "vertex",
        "N",
        "writable",
        _("拖动拐点；在边上单击加点；选中拐点按 Delete 删除。"),
        {"zones": 2, "routes": 2},
        "tool",
    ),
    Command(
        "tool.move",
        _("移动要素"),
        "shape",
        "move",
        "",
        "writable",
        _("拖动整个要素。"),
        {"zones": 2, "routes": 2},
        "tool",
        _("移动"),
    ),
    Command(
        "shape.reshape",
        _("重塑边线"),
        "shape",
        "reshape",
        "G",
        "writable",
        _("画一条线，换掉边线的一段；画在外面是扩大，画在里面是缩小。线要素也能改。"),
        {"zones": 2, "routes": 2},
        "tool",
        _("重塑"),
        family="shape.border",
    ),
    Command(
        "shape.split",
        _("分割"),
        "shape",
        "split",
        "X",
        "writable",
        _("画一条线，把选中的面或线切开；大的一块保留编号。"),
        {"zones": 2, "routes": 2},
        "tool",
        family="shape.parts",
    ),
    Command(
        "shape.hole",
        _("挖洞"),
        "shape",
        "hole",
        "",
        "writable",
        _("在面里画出要挖掉的范围。"),
        {"zones": 2},
        "tool",
        family="shape.holes",
    ),
    Command(
        "shape.add_part",
        _("添加部件"),
        "shape",
        "add-part",
        "",
        "writable",
        _("给选中的面或线再画一个分开的部分，编号和属性是同一个。"),
        {"zones": 2, "routes": 2},
        "tool",
        family="shape.holes",
    ),
    Command(
        "tool.labels",
        _("移动注记"),
        "shape",
        "label-move",
        "Z",
        "writable",
        _("把名称拖到合适的地方，再出图也在那里；右键单击交还程序安排。"),
        {"layers": 1, "zones": 3, "routes": 3, "publish": 2},
        "tool",
    ),
)

# Entries that open a new section of the menu.
SECTIONS = ("shape.reshape", "tool.labels")
