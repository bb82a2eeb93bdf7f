"""Menu 工具."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import STAGES, Command

COMMANDS: Sequence[Command] = (
    Command("tools.palette", _("找命令、编号、地名或坐标"), "tools", "search", "Ctrl+K"),
    *(
        Command(
            f"stage.{stage.key}",
            _("第 {n} 步：{name}").format(n=n, name=stage.text),
            "tools",
            "",
            f"Ctrl+{n}",
            "workspace",
            stage.hint,
        )
        for n, stage in enumerate(STAGES, 1)
    ),
)

# Entries that open a new section of the menu.
SECTIONS = ("stage.layers",)
