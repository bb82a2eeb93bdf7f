"""Which hazard point a danger zone is about, and which zone a hazard point lies in: one link, read from either side.

What an officer chose on one of the two holds for both. Where nobody chose, the place does, but only without doubt: the
one point in the zone, of a like kind, that belongs nowhere else. Of two points nobody is taken: that is asked.
"""

from collections.abc import Iterable

from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.relation import inside
from geohazard_desktop.analysis.zone_states import ZONES, in_force
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

POINTS = "hazard_point"
CLOSED = "销号"


def point_of_zone(zone: Feature, points: Iterable[Feature]) -> Feature | None:
    """Of `points` the one that `zone` is about; None where there is none, or more than one comes into question."""
    known = list(points)
    chosen = zone.text(POINTS)
    if chosen:
        return next((one for one in known if one.uid == chosen), None)
    naming = [one for one in known if one.text(ZONES) == zone.uid]
    if naming:
        return naming[0] if len(naming) == 1 else None
    within = points_within(zone, known)
    return within[0] if len(within) == 1 and _alike(zone, within[0]) else None


def said_on_one_point(zone: Feature, points: Iterable[Feature]) -> bool:
    """Whether an officer chose the link on the point: one of `points`, and one alone, names `zone`."""
    return sum(one.text(ZONES) == zone.uid for one in points) == 1


def points_within(zone: Feature, points: Iterable[Feature]) -> list[Feature]:
    """Those of `points` in the zone, on its edge too, that are on the list still and belong to no other zone."""
    if zone.geometry is None or zone.geometry.is_empty or not measurable(zone.geometry):
        return []
    return [
        one
        for one in points
        if one.text(ZONES) in ("", zone.uid)
        and one.text("status") != CLOSED
        and (place := place_of(one)) is not None
        and inside(place, zone.geometry)
    ]


def zone_of_point(point: Feature, zones: Iterable[Feature]) -> Feature | None:
    """Of `zones` the one that `point` belongs to: named there, else the one that names it, else the only one around it
    that names no other point."""
    known = list(zones)
    named = next((one for one in known if one.uid == point.text(ZONES)), None)
    named = named or next((one for one in known if one.text(POINTS) == point.uid), None)
    if named is not None or point.text(ZONES):
        return named
    around = [one for one in known if not one.text(POINTS) and points_within(one, [point]) and _alike(one, point)]
    return around[0] if len(around) == 1 else None


def hazard_point_of(ws: Workspace, zone: Feature | None) -> Feature | None:
    """`point_of_zone` in a workspace, for one zone; None without a zone."""
    if zone is None or POINTS not in ws.definitions:
        return None
    if zone.text(POINTS):
        return ws.feature(POINTS, zone.text(POINTS))
    return point_of_zone(zone, candidates(ws, zone))


def candidates(ws: Workspace, zone: Feature) -> list[Feature]:
    """The points that name the zone, and those near it, each once."""
    near = {one.uid: one for one in ws.find(POINTS, ZONES, zone.uid)}
    if zone.geometry is not None and not zone.geometry.is_empty and measurable(zone.geometry):
        near |= {one.uid: one for one in ws.table(POINTS, bounds=zone.geometry.bounds)}
    return list(near.values())


def danger_zone_of(ws: Workspace, point: Feature) -> Feature | None:
    """`zone_of_point` in a workspace, among the zones that hold."""
    if ZONES not in ws.definitions:
        return None
    found = {one.uid: one for one in ws.find(ZONES, POINTS, point.uid)}
    if point.text(ZONES) and (named := ws.feature(ZONES, point.text(ZONES))) is not None:
        found[named.uid] = named
    place = place_of(point)
    if place is not None and measurable(place):
        found |= {one.uid: one for one in ws.table(ZONES, bounds=place.bounds)}
    return zone_of_point(point, in_force(ws, found.values()))


def signs_of(zone: Feature | None, point: Feature | None) -> str:
    """前兆迹象: what the zone says, else what is watched at its hazard point; "" where neither says."""
    told = (one.text("signs").strip() for one in (zone, point) if one is not None)
    return next((one for one in told if one), "")


def _alike(zone: Feature, point: Feature) -> bool:
    """Whether both kinds may be of one hazard: 山洪泥石流 of a zone is 泥石流 of the inventory; empty is no doubt."""
    one, other = zone.text("hazard_type"), point.text("hazard_type")
    return not one or not other or one in other or other in one
