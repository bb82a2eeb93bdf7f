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
SECTIONS = ("tool.labels",)
