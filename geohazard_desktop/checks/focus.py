"""What an edit may have made right or wrong: the features touched, their neighbours on the ground, their relatives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geohazard_desktop.analysis.hazard_links import POINTS, candidates
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.zone_states import EVENTS, ZONES
from geohazard_desktop.domain.household_help import DEAF, household_help
from geohazard_desktop.workspace.edits.wording import Definitions
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.rows import Bounds
from geohazard_desktop.workspace.workspace import Workspace

_COUNTED = ("household", "facility", "evacuation_route")  # who belongs to a zone hangs on these
_MOST = 400  # features of one layer looked at beside those touched


@dataclass(frozen=True, slots=True)
class Touched:
    """A feature that was made, changed or deleted; `boxes` are where it was and where it is, in metres; `relatives` are
    the (layer, uid) that it referred to before or refers to now."""

    layer: str
    uid: str
    boxes: tuple[Bounds, ...] = ()
    relatives: tuple[tuple[str, str], ...] = ()


def touched_by(deltas: Sequence[Delta], definitions: Definitions) -> list[Touched]:
    """The features of a step, without their shapes: small enough to hand to another thread."""
    found = []
    for delta in deltas:
        sides = [one for one in (delta.before, delta.after) if one is not None]
        boxes = [one.geometry.bounds for one in sides if one.geometry is not None and not one.geometry.is_empty]
        fields = [one for one in definitions[delta.layer].fields if one.type == "reference"]
        relatives = [(field.target, one.text(field.name)) for one in sides for field in fields if one[field.name]]
        found.append(Touched(delta.layer, delta.uid, tuple(dict.fromkeys(boxes)), tuple(dict.fromkeys(relatives))))
    return found


def near(ws: Workspace, touched: Sequence[Touched]) -> tuple[dict[str, set[str]], bool]:
    """Uids to look at again, by layer, and whether that is all: where hundreds of features of one layer lie around or
    hang on the change, only the first are named."""
    found: dict[str, set[str]] = {}
    for one in touched:
        found.setdefault(one.layer, set()).add(one.uid)
        for layer, uid in one.relatives:
            found.setdefault(layer, set()).add(uid)
    _homes_of_members(ws, touched, found)
    complete = _neighbours(ws, touched, found)
    own = {layer: set(uids) for layer, uids in found.items()}
    complete &= _referring(ws, touched, found)
    complete &= _walking(ws, touched, found)
    complete &= _fetched(ws, touched, found)
    _referred(ws, found, found)  # household -> route …
    _referred(ws, {layer: uids - own.get(layer, set()) for layer, uids in found.items()}, found)  # … -> shelter
    _points(ws, touched, found)
    return found, complete


def _points(ws: Workspace, touched: Sequence[Touched], found: dict[str, set[str]]) -> None:
    """The hazard points of zones whose people may be others now: their words count them too."""
    if POINTS not in ws.definitions or not {one.layer for one in touched} & {*_COUNTED, ZONES, EVENTS}:
        return
    for zone in ws.table(ZONES, uids=sorted(found.get(ZONES, ()))):
        found.setdefault(POINTS, set()).update(one.uid for one in candidates(ws, zone)[:_MOST])


def _homes_of_members(ws: Workspace, touched: Sequence[Touched], found: dict[str, set[str]]) -> None:
    """The zones in which somebody lives whose 行动能力 was written: a household need not name the one it stands in."""
    homes = [uid for one in touched for layer, uid in one.relatives if one.layer == "household_member"]
    if not homes or "household" not in ws.definitions:
        return
    for shape in ws.table("household", uids=list(dict.fromkeys(homes))[:_MOST]).geometries:
        if shape is not None and not shape.is_empty:
            ids = ws.row_ids(ZONES, shape.bounds)[:_MOST]
            found.setdefault(ZONES, set()).update(ws.rows(ZONES, ids, [])[1].uids)


def _neighbours(ws: Workspace, touched: Sequence[Touched], found: dict[str, set[str]]) -> bool:
    metres = parameter("live", "near_m")
    boxes = [box for one in touched for box in one.boxes] + _registered(ws, touched)
    if not boxes:
        return True
    if len(boxes) > _MOST:
        corners = list(zip(*boxes, strict=True))
        boxes = [(min(corners[0]), min(corners[1]), max(corners[2]), max(corners[3]))]
    complete = True
    for definition in ws.definitions.values():
        if definition.geometry == "none" or definition.helper or definition.reference:
            continue
        uids = found.setdefault(definition.table, set())
        for west, south, east, north in boxes:
            box = (west - metres, south - metres, east + metres, north + metres)
            ids = ws.row_ids(definition.table, box)
            complete &= len(ids) <= _MOST
            uids.update(ws.rows(definition.table, ids[:_MOST], [])[1].uids)
    return complete


def _registered(ws: Workspace, touched: Sequence[Touched]) -> list[Bounds]:
    """Boxes of the zones whose register was written: whether they hold concerns all around, though no field changed."""
    uids = {uid for one in touched if one.layer == EVENTS for layer, uid in one.relatives if layer == ZONES}
    if not uids:
        return []
    shapes = ws.table(ZONES, uids=sorted(uids)).geometries
    return [one.bounds for one in shapes if one is not None and not one.is_empty]


def _referring(ws: Workspace, touched: Sequence[Touched], found: dict[str, set[str]]) -> bool:
    complete = True
    for definition in ws.definitions.values():
        for field in definition.fields:
            wanted = [one.uid for one in touched if field.type == "reference" and field.target == one.layer]
            for uid in wanted[:_MOST]:
                rows = ws.find(definition.table, field.name, uid)
                complete &= len(rows) <= _MOST
                found.setdefault(definition.table, set()).update(one.uid for one in rows[:_MOST])
            complete &= len(wanted) <= _MOST
    return complete


def _walking(ws: Workspace, touched: Sequence[Touched], found: dict[str, set[str]]) -> bool:
    """Who takes a route that leads to a shelter that was touched, or whose way may go through a zone that was."""
    layers = {one.layer for one in touched}
    if not layers & {"shelter", ZONES, EVENTS} or "household" not in ws.definitions:
        return True
    complete = True
    for route in sorted(found.get("evacuation_route", ())):
        rows = ws.find("household", "evacuation_route", route)
        complete &= len(rows) <= _MOST
        found.setdefault("household", set()).update(one.uid for one in rows[:_MOST])
    if layers & {ZONES, EVENTS}:
        across = _walking_across(ws, [box for one in touched if one.layer == ZONES for box in one.boxes], touched)
        complete &= len(across) <= _MOST
        found.setdefault("household", set()).update(across[:_MOST])
    return complete


def _fetched(ws: Workspace, touched: Sequence[Touched], found: dict[str, set[str]]) -> bool:
    """Who can't leave alone: the telephone of whoever comes may stand at a zone, its hazard point or a person. Of zones
    and points those around are concerned, which were found before; a person may be named anywhere."""
    layers = {one.layer for one in touched}
    if "household_member" not in ws.definitions or not layers & {ZONES, EVENTS, "hazard_point", "person"}:
        return True
    homes = _helped(ws) if "person" in layers else _living_in(ws, sorted(found.get(ZONES, ())))
    found.setdefault("household", set()).update([*homes][:_MOST])
    return len(homes) <= _MOST


def _helped(ws: Workspace) -> dict[str, None]:
    """Households of which a member's row or a remark says that somebody can't leave alone, or does not hear."""
    found: dict[str, None] = {}
    for one in ws.table("household_member", fields=("household", "mobility", "hearing", "remark")):
        helped = any(who.helped for who in household_help([(one.text("mobility"), one.text("remark"))]).people)
        if helped or one.text("hearing") == DEAF:
            found[one.text("household")] = None
    for one in ws.table("household", fields=("notes", "remark")):
        if household_help((), (one.text("notes"), one.text("remark"))).remarks:
            found[one.uid] = None
    return found


def _living_in(ws: Workspace, zones: Sequence[str]) -> dict[str, None]:
    """Households that name one of the zones, and those in its box; a few more than enough are looked at."""
    homes = {one.uid: None for zone in zones for one in ws.find("household", ZONES, zone)}
    for shape in ws.table(ZONES, uids=zones).geometries if zones else ():
        if shape is not None and not shape.is_empty:
            ids = ws.row_ids("household", shape.bounds)[: _MOST + 1]
            homes.update(dict.fromkeys(ws.rows("household", ids, [])[1].uids))
    return homes


def _walking_across(ws: Workspace, boxes: Sequence[Bounds], touched: Sequence[Touched]) -> list[str]:
    """Households between whose door and whose route one of the zones may lie: neither need be near it."""
    if "evacuation_route" not in ws.definitions or not (boxes := [*boxes, *_registered(ws, touched)]):
        return []
    routes = ws.table("evacuation_route")
    lines = dict(zip(routes.uids, shapely.bounds(routes.geometries), strict=True))
    homes = ws.table("household")
    doors = shapely.bounds(homes.geometries)
    nowhere = np.full(4, np.nan)
    ends = np.array([lines.get(str(one), nowhere) for one in homes.column("evacuation_route")]).reshape(-1, 4)
    low, high = np.minimum(doors, ends)[:, :2], np.maximum(doors, ends)[:, 2:]
    hit = np.zeros(len(homes), dtype=bool)
    for west, south, east, north in boxes:
        hit |= (low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south)
    return [homes.uids[index] for index in np.flatnonzero(hit)]


def _referred(ws: Workspace, of: Mapping[str, set[str]], into: dict[str, set[str]]) -> None:
    for layer, uids in list(of.items()):
        fields = [one for one in ws.definitions[layer].fields if one.type == "reference"] if uids else []
        if not fields:
            continue
        table = ws.table(layer, uids=list(uids))
        for field in fields:
            names = {str(value) for value in table.columns.get(field.name, ()) if value}
            into.setdefault(field.target, set()).update(names)
