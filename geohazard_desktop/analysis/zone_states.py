"""Which state each danger zone really has: what its register of steps bears out, whatever its field says.

A zone whose field says 已划定 but whose register has no document number is a draft, and paper and page must say so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from geohazard_desktop.domain.lifecycle import Event, lifted
from geohazard_desktop.domain.zone_register import Life, life_of, shown_state
from geohazard_desktop.workspace.feature import SHOWN, Feature, FeatureTable, Value
from geohazard_desktop.workspace.workspace import Workspace

ZONES, EVENTS = "danger_zone", "zone_event"
_FEW = 12  # so many registers are read one by one; beyond that, all at once


def zone_lives(ws: Workspace) -> dict[str, Life]:
    """What the register says of every danger zone, by the zone's uid."""
    if ZONES not in ws.definitions:
        return {}
    events: dict[str, list[Event]] = defaultdict(list)
    if EVENTS in ws.definitions:
        for event in ws.attributes(EVENTS):
            events[event.text("danger_zone")].append({**event.values, "uid": event.uid})
    return {uid: life_of(events.get(uid, ())) for uid in ws.attributes(ZONES).uids}


def zone_states(ws: Workspace) -> dict[str, str]:
    """The state of every danger zone by its uid; 拟划 where the register bears out nothing."""
    return {uid: life.state for uid, life in zone_lives(ws).items()}


def states_to_tell(ws: Workspace, layer: str) -> dict[str, dict[str, Value]]:
    """By field and uid, what is told of `layer` in place of what its fields say: the state of a zone. Else nothing."""
    return {"state": dict(zone_states(ws))} if layer == ZONES else {}


def in_force(ws: Workspace, zones: Iterable[Feature]) -> list[Feature]:
    """Those of `zones` that still hold: all but the ones whose register bears out 已撤销, whatever their field says. A
    draft warns too."""
    found = list(zones)
    if not found or EVENTS not in ws.definitions:
        return found
    if len(found) > _FEW:
        states = zone_states(ws)
        return [one for one in found if states.get(one.uid) != lifted()]
    return [one for one in found if _state(ws, one.uid) != lifted()]


def _state(ws: Workspace, uid: str) -> str:
    return life_of({**one.values, "uid": one.uid} for one in ws.find(EVENTS, ZONES, uid)).state


def shown_states(ws: Workspace) -> dict[str, str]:
    """How the window calls each state: with 撤离中 while people are moved out. Paper outlives an evacuation and says
    the state alone."""
    return {uid: shown_state(life) for uid, life in zone_lives(ws).items()}


def with_true_states(table: FeatureTable, states: Mapping[str, str]) -> FeatureTable:
    """The table of danger zones with the states of `zone_states` in place of what its field says."""
    column: list[Value] = [states.get(uid) for uid in table.uids]
    return FeatureTable(table.layer, table.uids, table.geometries, table.columns | {"state": column})


def with_shown_states(table: FeatureTable, shown: Mapping[str, str]) -> FeatureTable:
    """The table with `shown_states` for its labels; rules of the style go on matching the state itself."""
    column: list[Value] = [shown.get(uid) for uid in table.uids]
    return FeatureTable(table.layer, table.uids, table.geometries, table.columns | {f"state{SHOWN}": column})
