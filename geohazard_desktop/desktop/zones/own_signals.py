"""A new signal in 单位设置 reaches no zone that has another one of its own or of its hazard point, and no point outside
zones that has: said when it is stored, with the way to them."""

from typing import TYPE_CHECKING

from geohazard_desktop.analysis.printed_signals import PrintedSignal, printed_signals
from geohazard_desktop.analysis.warning_signal import FIELD, KEY
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits import change_values

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


def tell_own_signals(window: "MainWindow", before: str) -> None:
    """Where the office's signal is no longer `before`: how many zones and points still print another one."""
    now = window.session.workspace.setting(KEY).strip()
    if now == before.strip() or not now:
        return
    others = _others(window, now)
    if not others:
        return
    zones = sum(one.place.layer == ZONES for one in others)
    told = [_("{count} 个危险区").format(count=zones)] if zones else []
    told += [_("{count} 个区外的隐患点").format(count=len(others) - zones)] if len(others) > zones else []
    words = _("预警信号改了，但{places}的卡、门贴和图照旧印别的信号：危险区或它的隐患点自己填着。")
    window.banner.say(
        "warning",
        words.format(places=_("和").join(told)),
        offers=[
            (_("看填在哪里"), lambda: _show(window, now)),
            (_("都改成新的"), lambda: _take_over(window, now)),
        ],
    )


def _others(window: "MainWindow", words: str) -> list[PrintedSignal]:
    """Whose papers print another signal than `words`, because a field of theirs says it."""
    found = printed_signals(window.session.workspace)
    return [one for one in found if one.holder is not None and one.signal.words != words]


def _show(window: "MainWindow", words: str) -> None:
    holders = [one.holder for one in _others(window, words) if one.holder is not None]
    window.session.select(list(dict.fromkeys((one.layer, one.uid) for one in holders)))


def _take_over(window: "MainWindow", words: str) -> None:
    """A zone's point too where it says another one: emptied later, the zone would print it."""
    fields = {one.uid: one for other in _others(window, words) for one in other.holding}
    if fields:
        window.session.apply(change_values(window.session.workspace.definitions, [*fields.values()], {FIELD: words}))
