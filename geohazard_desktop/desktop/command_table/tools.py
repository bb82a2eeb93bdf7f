"""Menu 工具."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import STAGES, Command

COMMANDS: Sequence[Command] = (
    Command("tools.palette", _("找命令、编号、地名或坐标"), "tools", "search", "Ctrl+K"),
    Command("tools.find", _("查找"), "tools", "", "F3", "", _("登记表开着时在表里找，否则找全部。"), more=("Ctrl+F",)),
    Command(
        "tools.zone_events",
        _("危险区过程"),
        "tools",
        "zone-events",
        "",
        "workspace",
        _("全部危险区的划定、公告、撤离、撤销登记，可以按当前状态筛选，导出 Excel。"),
    ),
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
