"""A new signal in 单位设置 reaches no zone that has one of its own: said when it is stored, with the way to them."""

from typing import TYPE_CHECKING

from geohazard_desktop.analysis.warning_signal import KEY
from geohazard_desktop.analysis.zone_states import ZONES, in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.feature import Feature

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_FIELD = "warning_signal"


def tell_own_signals(window: "MainWindow", before: str) -> None:
    """Where the office's signal is no longer `before`: how many zones still have another one of their own."""
    ws = window.session.workspace
    now = ws.setting(KEY).strip()
    zones = _others(window, now)
    if now == before.strip() or not now or not zones:
        return
    words = _("预警信号改了，但有 {count} 个危险区自己填着别的信号，它们的卡、门贴和图照旧印自己的。")
    window.banner.say(
        "warning",
        words.format(count=len(zones)),
        offers=[
            (_("看这些危险区"), lambda: window.session.select([(ZONES, one.uid) for one in _others(window, now)])),
            (_("都改成新的"), lambda: _take_over(window, now)),
        ],
    )


def _others(window: "MainWindow", words: str) -> list[Feature]:
    """Zones in force whose own signal is another one than `words`."""
    ws = window.session.workspace
    zones = list(ws.table(ZONES)) if ZONES in ws.definitions else []
    return [one for one in in_force(ws, zones) if one.text(_FIELD).strip() not in ("", words)]


def _take_over(window: "MainWindow", words: str) -> None:
    zones = _others(window, words)
    if zones:
        window.session.apply(change_values(window.session.workspace.definitions, zones, {_FIELD: words}))
