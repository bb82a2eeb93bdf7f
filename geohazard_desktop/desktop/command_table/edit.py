"""Menu 编辑."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command

COMMANDS: Sequence[Command] = (
    Command("edit.undo", _("撤销"), "edit", "undo", "Ctrl+Z", "undo"),
    Command("edit.redo", _("重做"), "edit", "redo", "Ctrl+Y", "redo", more=("Ctrl+Shift+Z",)),
    Command(
        "edit.history",
        _("历史"),
        "edit",
        "history",
        "Ctrl+H",
        "workspace",
        _("列出每一步：什么时候、谁、改了什么。"),
        kind="switch",
    ),
    Command(
        "edit.feature_history",
        _("这个要素的历史"),
        "edit",
        "",
        "",
        "selection",
        _("只列选中的这一个要素的每一步，可以恢复到其中一版。"),
    ),
    Command(
        "edit.deleted",
        _("已删除的要素"),
        "edit",
        "",
        "",
        "workspace",
        _("列出删掉的要素，随时可以恢复。"),
    ),
    Command("edit.cut", _("剪切"), "edit", "", "Ctrl+X", "selection_writable", _("复制选中的要素，再删除；可以撤销。")),
    Command(
        "edit.copy",
        _("复制"),
        "edit",
        "copy",
        "Ctrl+C",
        "selection",
        _("复制选中的要素；别的图层、别的工作文件、QGIS 和表格里都能粘贴。"),
    ),
    Command(
        "edit.paste",
        _("粘贴"),
        "edit",
        "paste",
        "Ctrl+V",
        "writable",
        _("粘贴到左边选中的图层；也能粘贴 WKT、GeoJSON 和一列坐标。"),
    ),
    Command(
        "edit.paste_in_place",
        _("原位粘贴"),
        "edit",
        "",
        "Ctrl+Shift+V",
        "writable",
        _("放在复制时的位置，不跟着鼠标。"),
    ),
    Command(
        "edit.delete",
        _("删除所选"),
        "edit",
        "delete",
        "Del",
        "selection_writable",
        _("删除选中的要素；可以撤销。"),
        {"zones": 2, "routes": 2},
        caption=_("删除"),
    ),
    Command(
        "edit.select_all",
        _("全选这一层"),
        "edit",
        "",
        "Ctrl+A",
        "layer_features",
        _("选中左边图层里的全部要素。"),
    ),
    Command("edit.select_none", _("取消选择"), "edit", "", "Ctrl+Shift+A", "selection", more=("Ctrl+D",)),
)

# Entries that open a new section of the menu.
SECTIONS = ("edit.history", "edit.cut", "edit.delete")
