"""What a meeting of one 街道 looks at: its danger zones, routes and shelters in figures; no person by name.

A zone across a border belongs to both sides: each meeting has to speak of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.counted_today import residents_in
from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.analysis.measures import geodesic_length, measurable
from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.shelter_room import Sent, places_of, sent_to
from geohazard_desktop.analysis.street_register import belonging, outlined, streets
from geohazard_desktop.analysis.way_lengths import printed_metres
from geohazard_desktop.analysis.ways_in_force import holding, routes_leading_to, ways_over
from geohazard_desktop.analysis.zone_states import zone_states
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.domain.quantities import grouped
from geohazard_desktop.domain.walking import walking_minutes
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.own_district import own_district_bounds
from geohazard_desktop.workspace.workspace import Workspace

Bounds = tuple[float, float, float, float]
_NEAR_ZONE = 100.0  # metres around a zone and its routes that are spoken of with it
_AROUND = 250.0  # metres shown around what the register gives to a 街道 without an outline


@dataclass(frozen=True, slots=True)
class ZoneLine:
    uid: str
    name: str
    number: str
    state: str
    people: int | None  # 需转移, None: not known
    bounds: Bounds
    people_words: str = ""  # 需转移 40 人, as every paper says it


@dataclass(frozen=True, slots=True)
class RouteLine:
    """`metres` and `minutes` (常人, 老人, 慢行) are None where the route is no single line. `zone_uid` is ""
    where the route names none, `shelter_uid` where it neither names one nor reaches one with its end."""

    uid: str
    number: str
    zone: str
    shelter: str
    metres: int | None
    minutes: tuple[int, ...] | None
    bounds: Bounds
    zone_uid: str = ""
    shelter_uid: str = ""


@dataclass(frozen=True, slots=True)
class ShelterLine:
    """`places` is None where nobody entered how many it holds; `sent` are the people whose routes lead there; `ways`
    are these routes' shapes, which a mark beside the shelter keeps off."""

    uid: str
    name: str
    place: BaseGeometry
    places: int | None
    sent: int
    ways: tuple[BaseGeometry, ...] = ()

    @property
    def lacking(self) -> int:
        """How many people find no place there."""
        return 0 if self.places is None else max(0, self.sent - self.places)

    def room_words(self) -> str:
        """可容 8 人，要来 11 人，少 3 个位置; of one that lacks places."""
        return _("可容 {places} 人，要来 {sent} 人，少 {lacking} 个位置").format(
            places=grouped(self.places or 0), sent=grouped(self.sent), lacking=grouped(self.lacking)
        )


@dataclass(frozen=True, slots=True)
class StreetPage:
    """One step of the meeting. `name` "" is the whole district. `uncounted` zones have no 需转移人数. `registered`: a
    街道 without an outline, of which the register says what belongs to it. `shelters` lie there, or its routes lead to
    them (`beyond` it). `zone`: the uid of the one zone that it looks at, "" for all of its zones."""

    name: str
    bounds: Bounds
    zones: tuple[ZoneLine, ...]
    routes: tuple[RouteLine, ...]
    shelters: tuple[ShelterLine, ...]
    ground: BaseGeometry | None = None
    registered: bool = False
    beyond: tuple[ShelterLine, ...] = ()
    zone: str = ""

    @property
    def people(self) -> int:
        return sum(one.people or 0 for one in self.zones)

    @property
    def uncounted(self) -> int:
        return sum(one.people is None for one in self.zones)

    @property
    def full(self) -> tuple[ShelterLine, ...]:
        """The shelters that have fewer places than people are sent there."""
        return tuple(one for one in (*self.shelters, *self.beyond) if one.lacking)

    def of_zone(self, uid: str) -> "StreetPage":
        """The same step looking at one of its zones: the zone with its routes as far as the shelters."""
        zones = tuple(one for one in self.zones if one.uid == uid)
        routes = tuple(one for one in self.routes if one.zone_uid == uid)
        used = {one.shelter_uid for one in routes}
        ends = tuple(one for one in (*self.shelters, *self.beyond) if one.uid in used)
        boxes = [*(one.bounds for one in zones), *(one.bounds for one in routes), *(one.place.bounds for one in ends)]
        west, south, east, north = zip(*boxes, strict=True)
        bounds = (min(west), min(south), max(east), max(north))
        return replace(self, bounds=bounds, zones=zones, routes=routes, shelters=ends, beyond=(), zone=uid)

    def holds(self, place: BaseGeometry, street: str = "") -> bool:
        """Whether something at `place` is spoken of here; `street` is the 街道 in whose meeting it was said, which
        tells it where there is no outline. Of one zone: what lies around it and its routes."""
        if self.zone and not shapely.box(*self.bounds).buffer(_NEAR_ZONE).intersects(place):
            return False
        if self.registered:
            return street == self.name if street else bool(shapely.box(*self.bounds).intersects(place))
        return self.ground is None or bool(self.ground.intersects(place))


def street_pages(ws: Workspace) -> list[StreetPage]:
    """The district, then each 街道: those with an outline in the file's order, then those of the register alone that
    have something to look at. Empty where nothing can be looked at."""
    states = zone_states(ws)
    zones = [one for one in _shapes(ws, "danger_zone") if states.get(one.uid) != lifted()]
    over = ways_over(ws, states)
    routes = holding(_shapes(ws, "evacuation_route"), over)
    shelters = holding(_shapes(ws, "shelter"), over)
    names = {one.uid: one.text("name") or one.text("id") for one in [*zones, *shelters]}
    by_uid = {one.uid: one for one in shelters}
    goals = routes_leading_to(ws, by_uid)
    lines = {one.uid: _route(ws, one, names, goals.get(one.uid)) for one in routes}
    sent = sent_to(ws, by_uid, residents_in(ws))
    ways_to: dict[str, list[BaseGeometry]] = {}
    for one in routes:
        if one.uid in goals and one.geometry is not None:
            ways_to.setdefault(goals[one.uid].uid, []).append(one.geometry)
    ends = {uid: _shelter(one, sent.get(uid, Sent()).people, ways_to.get(uid, ())) for uid, one in by_uid.items()}
    told = {one.uid: _zone(ws, one, states.get(one.uid, "")) for one in zones}
    extent = own_district_bounds(ws) or ws.extent()
    if extent is None:
        return []

    def page(name: str, bounds: Bounds, ground: BaseGeometry | None) -> StreetPage:
        inside = [one for one in zones if _in(ground, one)]
        uids = {one.uid for one in inside}
        ways = [one for one in routes if one.text("danger_zone") in uids or _in(ground, one)]
        there = [one.uid for one in shelters if _in(ground, one)]
        used = {goals[one.uid].uid for one in ways if one.uid in goals}.difference(there)
        return StreetPage(
            name,
            bounds,
            tuple(told[one.uid] for one in inside),
            tuple(lines[one.uid] for one in sorted(ways, key=_serial)),
            tuple(ends[one] for one in there),
            ground,
            beyond=tuple(one for uid, one in ends.items() if uid in used),
        )

    def registered(name: str) -> StreetPage | None:
        found = belonging(ws, name)
        uids = {one.uid for one in found.zones}
        ways = [one for one in routes if one.text("danger_zone") in uids]
        used = {goals[one.uid].uid for one in ways if one.uid in goals}
        reached = [one for one in shelters if one.uid in used]
        shapes = [one.geometry for one in (*found.placed, *ways, *reached)]
        if not shapes:
            return None
        around = [float(one) for one in shapely.total_bounds(shapes)]
        return StreetPage(
            name,
            (around[0] - _AROUND, around[1] - _AROUND, around[2] + _AROUND, around[3] + _AROUND),
            tuple(told[one.uid] for one in zones if one.uid in uids),
            tuple(lines[one.uid] for one in sorted(ways, key=_serial)),
            tuple(ends[one.uid] for one in reached),
            registered=True,
        )

    pages = [page("", extent, None)]
    for street in streets(ws):
        name = street.text("name") or street.text("id")
        if street.geometry is not None and outlined(street):
            ground = street.geometry if street.geometry.is_valid else shapely.make_valid(street.geometry)
            pages.append(page(name, ground.bounds, ground))
        elif (made := registered(name)) is not None:
            pages.append(made)
    return pages


def _shapes(ws: Workspace, layer: str) -> Iterable[Feature]:
    if layer not in ws.definitions:
        return []
    return [one for one in ws.table(layer) if one.geometry is not None and measurable(one.geometry)]


def _in(ground: BaseGeometry | None, one: Feature) -> bool:
    """Whether a feature lies in `ground`, by more than a touch of the border."""
    if ground is None or one.geometry is None:
        return True
    shape = one.geometry if one.geometry.is_valid else shapely.make_valid(one.geometry)
    if not ground.intersects(shape):
        return False
    if shape.area:
        return bool(ground.intersection(shape).area > min(1.0, shape.area / 2))
    return not ground.touches(shape)


def _zone(ws: Workspace, one: Feature, state: str) -> ZoneLine:
    assert one.geometry is not None
    need = must_move(ws, one)
    return ZoneLine(
        one.uid,
        one.text("name") or one.text("id"),
        one.text("id"),
        state,
        need.number,
        one.geometry.bounds,
        need.need_words() or _("需转移人数未填"),
    )


def _route(ws: Workspace, one: Feature, names: dict[str, str], goal: Feature | None) -> RouteLine:
    line = route_line(one, goal, epsg=ws.epsg)
    metres = None if line is None else geodesic_length(line, ws.epsg)
    assert one.geometry is not None
    return RouteLine(
        one.uid,
        one.text("number") or one.text("id"),
        names.get(one.text("danger_zone"), ""),
        "" if goal is None else names.get(goal.uid, ""),
        None if line is None else printed_metres(line, ws.epsg),
        None if metres is None else tuple(walking_minutes(metres).values()),
        one.geometry.bounds,
        one.text("danger_zone"),
        "" if goal is None else goal.uid,
    )


def _shelter(one: Feature, sent: int, ways: Iterable[BaseGeometry]) -> ShelterLine:
    assert one.geometry is not None
    return ShelterLine(one.uid, one.text("name") or one.text("id"), one.geometry, places_of(one), sent, tuple(ways))


def _serial(one: Feature) -> tuple[int, str]:
    number = one.text("number")
    return (int(number) if number.isascii() and number.isdigit() else 1_000_000, number)
