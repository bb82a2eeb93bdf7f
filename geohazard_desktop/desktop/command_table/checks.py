"""Menu 检查."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command

COMMANDS: Sequence[Command] = (
    Command(
        "check.run", _("全部检查"), "check", "check-all", "F9", "workspace", _("把每一层都查一遍。"), {"checks": 1}
    ),
    Command(
        "check.next", _("下一条"), "check", "chevron-down", "F8", "findings", _("定位到下一条检查结果。"), {"checks": 1}
    ),
    Command(
        "check.previous",
        _("上一条"),
        "check",
        "chevron-up",
        "Shift+F8",
        "findings",
        _("定位到上一条检查结果。"),
        {"checks": 1},
    ),
    Command(
        "check.repair",
        _("采用修法"),
        "check",
        "repair",
        "Ctrl+F8",
        "findings",
        _("先在图上看这一条修成什么样，再按一次采用。"),
        {"checks": 1},
    ),
    Command(
        "check.marks",
        _("图上显示检查标记"),
        "check",
        "sign-mark",
        "",
        "workspace",
        _("在图上标出错误和提醒的位置。"),
        {"checks": 2},
        "switch",
        _("标记"),
    ),
    Command(
        "check.unasked",
        _("打开后自动检查"),
        "check",
        "",
        "",
        "",
        _("打开工作文件以后、改动很多以后，在后台查一遍，“检查”这一步写出错误和提醒各几个。"),
        kind="switch",
    ),
    Command(
        "check.export",
        _("导出检查结果……"),
        "check",
        "export",
        "",
        "findings",
        _("把列出的检查结果存成表格。"),
        {"checks": 2},
    ),
)

# Entries that open a new section of the menu.
SECTIONS = ("check.run", "check.marks")
