"""Menu 图层."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command

COMMANDS: Sequence[Command] = (
    Command("layer.all", _("全部显示"), "layer", "eye", "", "workspace"),
    Command(
        "layer.only",
        _("只显示这一层"),
        "layer",
        "layers",
        "",
        "workspace",
        _("其余图层先收起来，再点“全部显示”放回来。"),
    ),
    Command(
        "layer.lock",
        _("锁定或解锁这一层"),
        "layer",
        "latched",
        "",
        "workspace",
        _("锁定的图层看得到、能捕捉，单击不选中，工具也不改它。底图一开始就是锁着的。"),
    ),
    Command(
        "layer.order",
        _("图层次序"),
        "layer",
        "layer-order",
        "",
        "writable",
        _("哪一层压着哪一层：拖动来换，屏幕和纸上一样。"),
    ),
    Command(
        "layer.rename",
        _("给图层改名…"),
        "layer",
        "label-move",
        "",
        "writable",
        _("左边选中图层的名称，在左边按 F2 也行；空着存，恢复原来的名称。"),
    ),
    Command(
        "layer.table",
        _("登记表"),
        "layer",
        "table",
        "F4",
        "workspace",
        _("左边选中图层的表，可以筛选、排序，选中的和图上一致。"),
        {"layers": 2},
        "switch",
    ),
    Command(
        "layer.style",
        _("样式…"),
        "layer",
        "style",
        "F7",
        "layer_styled",
        _("左边选中图层怎么画：颜色、线、纹理、符号、注记、比例尺；边改边看。"),
        {"layers": 2},
        caption=_("样式"),
    ),
    Command(
        "layer.base_map",
        _("添加底图…"),
        "layer",
        "file-map",
        "",
        "writable",
        _("影像、高程、瓦片或天地图，垫在图层下面。"),
        {"layers": 1},
        caption=_("底图"),
    ),
    Command(
        "layer.reference",
        _("添加参考图层…"),
        "layer",
        "reference",
        "",
        "writable",
        _("三区三线、矿权、地籍等别的单位的资料：只看不改，勾了才印在图上。"),
        {"layers": 1},
        caption=_("参考"),
    ),
    Command(
        "layer.export",
        _("导出这一层…"),
        "layer",
        "export",
        "",
        "layer_features",
        _("整层、选中的或图上所见的，导出成别的程序能用的文件。"),
    ),
    Command("layer.draw", _("在这一层上画"), "layer", "pencil", "", "layer_drawable", kind="tool"),
)

# Entries that open a new section of the menu.
SECTIONS = ("layer.table", "layer.draw")
