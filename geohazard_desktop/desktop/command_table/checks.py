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
)

# Entries that open a new section of the menu.
SECTIONS = ("check.run",)
