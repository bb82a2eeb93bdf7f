"""One household's way out: straight from the door to where it joins its route, then along the route to the shelter.

A household walks the route that an officer assigned to it (`evacuation_route`); nothing is guessed. Where no route is
assigned, or it can't be followed, `NoWay` says why in a sentence and the card leaves the place blank.
Metres are ground distances (geodesic on the CRS's ellipsoid), the door leg straight and labelled so. Minutes are for
walking alone, rounded up.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType

import shapely
from shapely.geometry import LineString, Point

from geohazard_desktop.analysis.channels import channels_of
from geohazard_desktop.analysis.counted_today import closed_shelters, shelters_in_use
from geohazard_desktop.analysis.directions import Step, door_step, route_steps
from geohazard_desktop.analysis.measures import measurable, on_earth
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.route_ground import RouteGround, way_parts
from geohazard_desktop.analysis.surroundings import Neighbourhood, Surroundings
from geohazard_desktop.analysis.way_lengths import NOTHING_M, legs_from
from geohazard_desktop.analysis.way_remarks import WayRemark, way_remarks
from geohazard_desktop.analysis.way_words import place_of, route_name, shelter_name, zone_name
from geohazard_desktop.analysis.ways_in_force import routes_leading_to, ways_over
from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.walking import walking_minutes
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

__all__ = [
    "BarredWay",
    "HouseholdWay",
    "NoWay",
    "Surroundings",
    "WayFinder",
    "household_way",
    "place_of",
    "route_line",
    "route_name",
    "route_way",
    "shelter_name",
    "walking_minutes",
    "way_parts",
    "zone_name",
]

_RULE = "way"
# Facts for a household whose register has a route, but whose paper can't tell it.
_NO_PLACE = _("这一户的位置还没有登记，画不出撤离路线")
_MISPLACED = _("这一户的位置登记得不对，画不出撤离路线")
_OVER = _("原来的撤离路线已经停用，不要再走")
_BROKEN = _("登记的撤离路线没有画完整，不能照着走")


@dataclass(frozen=True, slots=True)
class NoWay:
    """Why there is no way to print: a sentence and what to do, for the officer; `household` is the fact for who lives
    there, without its full stop."""

    sentence: str
    remedy: str
    household: str = field(default=_("撤离路线还没有定"), kw_only=True)


@dataclass(frozen=True, slots=True)
class BarredWay(NoWay):
    """A way that would send who lives outside every danger zone through one: for every paper there is none. `way` is
    for the officer, `zones` are those it goes through."""

    way: "HouseholdWay"
    zones: tuple[Feature, ...]


@dataclass(frozen=True)
class HouseholdWay:
    """A household's way. Geometry in metres of the workspace's CRS, in walking direction.

    `door_leg` is straight from the house to `join`; `route_line` runs from `join` to the route's shelter end (empty
    where the house is nearest to that very end). `steps` lead to the shelter, wherever the house stands.
    """

    route: Feature
    shelter: Feature | None
    door_leg: LineString
    route_line: LineString
    join: Point
    metres_door: float
    metres_route: float
    tell: Callable[[], Sequence[Step]] = field(repr=False, compare=False)
    remarks: tuple[WayRemark, ...] = field(default=())

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """How one walks it; worked out when somebody asks: checks and counts do not."""
        return tuple(self.tell())

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an officer has to mend. Never for who lives there: `remarks` have their words."""
        return tuple(one.officer for one in self.remarks)

    @property
    def ask_first(self) -> bool:
        """Nobody may set out on it before they have asked."""
        return any(one.ask for one in self.remarks)

    @property
    def direct(self) -> bool:
        """Nothing of the route is left to walk: who leaves the house goes straight to the shelter."""
        return bool(self.route_line.length < NOTHING_M)

    @property
    def metres_total(self) -> float:
        return self.metres_door + self.metres_route

    @property
    def minutes(self) -> dict[str, int]:
        """Minutes by kind of walker as in resources/rules/walking.toml, of the unrounded total; to a shelter at the
        door one, as a paper that says 0 would look unfilled."""
        return walking_minutes(max(self.metres_total, 1.0))

    @property
    def metres_rounded(self) -> int:
        """The total as printed: the sum of the steps' metres (way_lengths.py says why)."""
        return sum(one.metres for one in self.steps)


class WayFinder:
    """Ways of many households: reads routes, shelters, zones and landmarks once. `without`: shelters, by uid, that are
    taken as closed."""

    def __init__(self, ws: Workspace, *, without: Mapping[str, Feature] = MappingProxyType({})) -> None:
        self._epsg = ws.epsg
        self._definitions = ws.definitions
        self._routes = {one.uid: one for one in _features(ws, "evacuation_route")}
        self._shelters = {one.uid: one for one in shelters_in_use(ws) if one.uid not in without}
        self._over = ways_over(ws)
        self._grounds: dict[str, RouteGround | None] = {}
        self._to_closed = routes_leading_to(ws, {**closed_shelters(ws), **without})
        self._neighbourhood = Neighbourhood(
            Surroundings(
                zones=in_force(ws, _features(ws, "danger_zone")),
                corridors=channels_of(ws),
                bridges=_features(ws, "bridge"),
                landmarks=_features(ws, "landmark"),
            )
        )

    def way(self, household: Feature) -> HouseholdWay | NoWay:
        """The way of one household. Never raises for what the data lack: that is NoWay."""
        name = followed(_("住户 {id}").format(id=household.text("id"))) if household.text("id") else _("这一户")
        door = place_of(household)
        if door is None:
            return NoWay(_("{name}没有位置。").format(name=name), _("请在地图上放这一户。"), household=_NO_PLACE)
        assigned = household.text("evacuation_route")
        if not assigned:
            return NoWay(_("{name}还没有指定撤离路线。").format(name=name), _("请在住户属性里选撤离路线。"))
        route = self._routes.get(assigned)
        if route is None:
            return NoWay(_("{name}指定的撤离路线已经不在了。").format(name=name), _("请重新选一条撤离路线。"))
        found = self._closed(route, name) or self._along(route, door, household.text("door_note"))
        return found if isinstance(found, NoWay) else _unless_barred(found, name)

    def _closed(self, route: Feature, name: str) -> NoWay | None:
        """Why nobody may be sent along a route; `name` is the household's."""
        assigned = route.uid
        if assigned in self._to_closed:
            shelter_words = followed(shelter_name(self._to_closed[assigned]))
            told = _("{name}指定的{route}通往的{shelter}已经停用。").format(
                name=name, route=followed(route_name(route)), shelter=shelter_words
            )
            remedy = _("请给这一户另选一条撤离路线，或把路线改画到别的安置点。")
            return NoWay(told, remedy, household=_("{shelter}已经停用，不要再去").format(shelter=shelter_words))
        if assigned in self._over:
            return NoWay(
                _("{name}指定的{route}属于已撤销的危险区。").format(name=name, route=followed(route_name(route))),
                _("请给这一户另选一条撤离路线，或清空它。"),
                household=_OVER,
            )
        return None

    def _along(self, route: Feature, door: Point, note: str) -> HouseholdWay | NoWay:
        ground = self._ground(route)
        if ground is None:
            return _broken(route) if on_earth(door, self._epsg) else _misplaced()
        return _way_on(ground, door, note)

    def sends(self, household: Feature) -> bool:
        """Whether anybody may be sent along the route that the household was given: its card tells `way`, or, of a
        house without a place, whose card can draw none, the register has that route. Quicker than `way`."""
        route = self._routes.get(household.text("evacuation_route"))
        if route is None or route.uid in self._over or route.uid in self._to_closed:
            return False
        door = place_of(household)
        if door is None:
            return True
        ground = self._ground(route)
        if ground is None or not on_earth(door, self._epsg):
            return False
        _join, leg, rest = ground.joined_from(door)
        on_leg = self._neighbourhood.met(leg).zones
        if any(one.geometry is not None and one.geometry.intersects(door) for one in on_leg):
            return True  # only who is safe at home can be barred
        met = bool(on_leg) or any(one.geometry is not None and one.geometry.intersects(rest) for one in ground.zones)
        return not met or isinstance(self.way(household), HouseholdWay)

    def route_remarks(self, route: Feature) -> tuple[WayRemark, ...]:
        """What is to be said of a route to whoever walks it from its start: what the papers of its zone go by."""
        ground = self._ground(route)
        if ground is None:
            return ()
        start = ground.line.coords[0]
        return way_remarks(LineString([start, start]), ground.line, ground, metres_door=0.0, door_note="")

    def why_ask(self, route: Feature) -> str:
        """Why nobody may set out along a route in force before they have asked, in sentences for the officer; "" where
        people can be sent along it, or where it is not drawn at all."""
        if route.geometry is None or route.geometry.is_empty:
            return ""
        if self._ground(route) is None:
            broken = _broken(route)
            return f"{broken.sentence}{broken.remedy}"
        return "".join(one.officer for one in self.route_remarks(route) if one.ask)

    def _ground(self, route: Feature) -> RouteGround | None:
        """None where the route's line is broken."""
        if route.uid not in self._grounds:
            shelter = self._shelters.get(route.text("shelter")) or self._shelter_at_end(route)
            line = route_line(route, shelter, epsg=self._epsg)
            near = self._neighbourhood
            self._grounds[route.uid] = None if line is None else RouteGround(line, route, shelter, near, self._epsg)
        return self._grounds[route.uid]

    def clear_way(self, household: Feature) -> HouseholdWay | None:
        """The shortest way along any route in force that could be told to the household without a word of warning but
        for its straight leg, which may be `mend_door_m` long; None where there is none."""
        door = place_of(household)
        if door is None:
            return None
        reach = parameter("household_crosses_zone", "mend_door_m")
        near = (
            one for one in self._routes.values() if one.geometry is not None and one.geometry.distance(door) <= reach
        )
        found = [self.way(household.with_values(evacuation_route=one.uid, door_note=None)) for one in near]
        clear = [one for one in found if isinstance(one, HouseholdWay) and one.shelter and not one.ask_first]
        return min(clear, key=lambda one: one.metres_total, default=None)

    def _shelter_at_end(self, route: Feature) -> Feature | None:
        """Where the route names no shelter: the one that its drawn end reaches, if any."""
        if route.text("shelter") or route.geometry is None or route.geometry.is_empty:
            return None
        end = Point(shapely.get_coordinates(route.geometry)[-1])
        near = [(one.geometry.distance(end), one) for one in self._shelters.values() if one.geometry is not None]
        metres, found = min(near, key=lambda one: one[0], default=(float("inf"), None))
        return found if metres <= parameter(_RULE, "shelter_end_m") else None


def household_way(ws: Workspace, household: Feature) -> HouseholdWay | NoWay:
    """The way of one household; for many, keep a WayFinder."""
    return WayFinder(ws).way(household)


def route_line(route: Feature, shelter: Feature | None = None, *, epsg: int | None = None) -> LineString | None:
    """The route as one line in walking direction, or None when its parts don't join into one, or, with `epsg`, when it
    lies outside what that CRS can measure.

    Routes are digitised from the assembly point to the shelter; one that was drawn the other way round is turned when
    the shelter's place shows it.
    """
    if route.geometry is None or not measurable(route.geometry):
        return None
    if epsg is not None and not on_earth(route.geometry, epsg):
        return None
    if route.geometry.geom_type not in ("LineString", "MultiLineString"):
        return None  # another program's: an area or a mixture is no way
    merged = shapely.line_merge(route.geometry)
    parts = shapely.get_parts(merged)
    if len(parts) != 1 or parts[0].length == 0:
        return None
    first = Point(shapely.get_coordinates(route.geometry)[0])
    line = parts[0]
    if Point(line.coords[0]).distance(first) > Point(line.coords[-1]).distance(first):
        line = line.reverse()  # line_merge may turn a line round
    place = place_of(shelter)
    if place is not None and Point(line.coords[0]).distance(place) < Point(line.coords[-1]).distance(place):
        line = line.reverse()
    found: LineString = line
    return found


def route_way(
    door: Point,
    route: Feature,
    shelter: Feature | None,
    *,
    epsg: int,
    around: Surroundings | None = None,
    door_note: str = "",
    line: LineString | None = None,
    leaving: bool = True,
) -> HouseholdWay | NoWay:
    """The way from `door` along `route`. Pure: everything it looks at is given. `line` is its `route_line`, for callers
    that ask for many households. `leaving`: somebody comes out of a house there, and stands at no assembly point."""
    if not measurable(door):
        return _misplaced()
    line = route_line(route, shelter, epsg=epsg) if line is None else line
    if line is None:
        return _broken(route) if on_earth(door, epsg) else _misplaced()
    ground = RouteGround(line, route, shelter, Neighbourhood(around or Surroundings()), epsg)
    return _way_on(ground, door, door_note, leaving)


def _way_on(ground: RouteGround, door: Point, note: str, leaving: bool = True) -> HouseholdWay | NoWay:
    join, leg, rest = ground.joined_from(door)
    metres_door, metres_route = ground.ground_metres(door, join, rest)
    if not math.isfinite(metres_door):
        return _misplaced()
    return HouseholdWay(
        route=ground.route,
        shelter=ground.shelter,
        door_leg=leg,
        route_line=rest,
        join=join,
        metres_door=metres_door,
        metres_route=metres_route,
        tell=partial(_steps, ground, leg, rest, metres_door, note, leaving),
        remarks=way_remarks(leg, rest, ground, metres_door=metres_door, door_note=note),
    )


def _misplaced() -> NoWay:
    return NoWay(_("这一户的位置不在本坐标系的范围里。"), _("请在地图上重新放这一户。"), household=_MISPLACED)


def _broken(route: Feature) -> NoWay:
    told = _("{name}不是连续的一条线，不能量出走法。").format(name=followed(route_name(route)))
    return NoWay(told, _("请把断开处接上。"), household=_BROKEN)


def _unless_barred(way: HouseholdWay, household: str) -> "HouseholdWay | BarredWay":
    zones = {one.zone.uid: one.zone for one in way.remarks if one.barred and one.zone is not None}
    if not zones:
        return way
    told = _("{household}在危险区外，指定的{route}要穿过{zones}，卡上没有印这条路，写的是先打电话问清再走。")
    sentence = told.format(
        household=household, route=followed(route_name(way.route)), zones="、".join(map(zone_name, zones.values()))
    )
    aside = next((one.aside for one in way.remarks if one.barred and one.aside), "")
    return BarredWay(sentence + aside, _("请另选一条不穿过危险区的撤离路线，或改画路线。"), way, tuple(zones.values()))


def _steps(
    ground: RouteGround, leg: LineString, rest: LineString, door_m: float, note: str, leaving: bool
) -> list[Step]:
    route, shelter = ground.route, ground.shelter
    goal = (shelter.text("name") if shelter else "") or shelter_name(shelter)
    direct = leaving and rest.length < NOTHING_M
    from_m = ground.line.length - rest.length
    legs = [] if direct else legs_from(ground.line, from_m, ground.whole)
    at_turn = bool(legs) and legs[0] in ground.whole
    first = door_step(
        leg,
        door_m,
        note=note,
        landmarks=ground.landmarks if at_turn else ground.at_no_turn,
        to_start=route.text("start") if legs and from_m < NOTHING_M else "",
        route=route.text("number"),
        shelter=goal if direct else None,
    )
    steps = [] if first is None else [first]
    if legs:
        steps += route_steps(
            [ground.stretch(one) for one in legs],
            scale=ground.scale,
            before_m=door_m if first is None else 0.0,
            goal=goal,
            first=first,
            at_door=route.text("number") if leaving and first is None else None,
        )
    return steps


def _features(ws: Workspace, layer: str) -> list[Feature]:
    return list(ws.table(layer)) if layer in ws.definitions else []
