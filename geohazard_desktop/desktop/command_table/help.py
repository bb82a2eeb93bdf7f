"""Menu 帮助."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command

COMMANDS: Sequence[Command] = (
    Command("help.keys", _("快捷键一览"), "help", "keyboard", "F1"),
    Command("help.messages", _("刚才的消息"), "help", "list"),
    Command("help.about", _("关于"), "help", "info"),
)

# Entries that open a new section of the menu.
SECTIONS = ()
