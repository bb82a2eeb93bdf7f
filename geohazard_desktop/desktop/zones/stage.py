"""What the stage line and the layer tree say of all danger zones together: drafts, missing signs, moved-out people."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from geohazard_desktop.analysis.zone_signs import signs_on_boundary
from geohazard_desktop.analysis.zone_states import ZONES, shown_states, zone_lives
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import draft, is_in_force, states
from geohazard_desktop.domain.zone_register import Life
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.layers.panel import LayerPanel

BY_STATE = "state:"  # how the tree's menu asks for the zones of a state
_MOST = 500  # zones judged after each change; no district has more, a layer of foreign areas may


def zone_figures(ws: Workspace) -> list[tuple[str, int]]:
    """What is to be told, most urgent first: (words, count), counts above 0 alone."""
    if not _few(ws):
        return []
    lives = zone_lives(ws)
    figures = [
        (_("撤离中"), sum(one.evacuation is not None for one in lives.values())),
        (_("拟划"), sum(one.state == draft() for one in lives.values())),
        (_("缺警示标志"), _without_signs(ws, lives)),
    ]
    return [(words, count) for words, count in figures if count]


def _without_signs(ws: Workspace, lives: Mapping[str, Life]) -> int:
    held = [uid for uid, life in lives.items() if is_in_force(life.state)]
    return sum(not signs_on_boundary(ws, one.geometry) for one in ws.table(ZONES, uids=held)) if held else 0


def stage_words(ws: Workspace) -> tuple[str, str]:
    """For the stage 危险区: "8 个 · 3 个拟划 · 1 个缺警示标志", and the severity of the worst of it."""
    if ZONES not in ws.definitions:
        return "", ""
    figures = Counter(dict(zone_figures(ws)))
    parts = [_("{count} 个").format(count=ws.count(ZONES))]
    parts += [_("{count} 个{words}").format(count=count, words=words) for words, count in figures.items()]
    urgent = figures[_("撤离中")] or figures[_("缺警示标志")]
    return " · ".join(parts), "warning" if urgent else ""


def mark_tree(layers: "LayerPanel", ws: Workspace) -> None:
    """Behind the layer's name: that people are moved out."""
    out = dict(zone_figures(ws)).get(_("撤离中"), 0)
    note = _("{count} 个撤离中").format(count=out)
    tip = _("{count} 个危险区正在撤离，还没有登记返回").format(count=out)
    layers.marks.set_note(ZONES, *((note, tip) if out else ("", "")))
    layers.set_choices(ZONES, _("按当前状态选中"), _choices(ws))


def _choices(ws: Workspace) -> list[tuple[str, str]]:
    """What the tree's menu offers: each state that a zone is in, 撤离中 first."""
    found = Counter(word for state in (shown_states(ws) if _few(ws) else {}).values() for word in state.split(" · "))
    order = [_("撤离中"), *states()]
    words = _("{state}　{count} 个")
    return [(f"{BY_STATE}{one}", words.format(state=one, count=found[one])) for one in order if found[one]]


def zones_in(ws: Workspace, state: str) -> list[tuple[str, str]]:
    """Keys of the zones that are in a state now, 撤离中 being one."""
    return [(ZONES, uid) for uid, shown in shown_states(ws).items() if state in shown.split(" · ")]


def _few(ws: Workspace) -> bool:
    return ZONES in ws.definitions and 0 < ws.count(ZONES) <= _MOST
