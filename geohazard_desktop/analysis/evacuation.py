"""One household's way out: straight from the door to where it joins its route, then along the route to the shelter.

A household walks the route that an officer assigned to it (`evacuation_route`); nothing is guessed. Where no route is
assigned, or it can't be followed, `NoWay` says why in a sentence and the card leaves the place blank.
Metres are ground distances (geodesic on the CRS's ellipsoid), the door leg straight and labelled so. Minutes are for
walking alone, rounded up.
"""

from dataclasses import dataclass, field

import shapely
from shapely.geometry import LineString, Point
from shapely.ops import nearest_points, substring

from geohazard_desktop.analysis.counted_today import shelters_in_use
from geohazard_desktop.analysis.crossings import crossings, without_bridge
from geohazard_desktop.analysis.directions import Step, door_step, legs_of, route_steps
from geohazard_desktop.analysis.measures import geodesic_length, measurable, on_earth
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.surroundings import Neighbourhood, Surroundings
from geohazard_desktop.analysis.way_lengths import beside_no_turn, ground_scale, legs_from
from geohazard_desktop.analysis.ways_in_force import routes_to_closed, ways_over
from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.domain.walking import walking_minutes
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature, split_list
from geohazard_desktop.workspace.workspace import Workspace

__all__ = [
    "HouseholdWay",
    "NoWay",
    "Surroundings",
    "WayFinder",
    "household_way",
    "route_line",
    "route_way",
    "walking_minutes",
]

_RULE = "way"


@dataclass(frozen=True, slots=True)
class NoWay:
    """Why there is no way to print: a sentence and what to do."""

    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class HouseholdWay:
    """A household's way. Geometry in metres of the workspace's CRS, in walking direction.

    `door_leg` is straight from the house to `join`; `route_line` runs from `join` to the route's shelter end (empty
    where the house is nearest to that very end).
    """

    route: Feature
    shelter: Feature | None
    door_leg: LineString
    route_line: LineString
    join: Point
    metres_door: float
    metres_route: float
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = field(default=())

    @property
    def metres_total(self) -> float:
        return self.metres_door + self.metres_route

    @property
    def minutes(self) -> dict[str, int]:
        """Minutes by kind of walker as in resources/rules/walking.toml, of the unrounded total."""
        return walking_minutes(self.metres_total)

    @property
    def metres_rounded(self) -> int:
        """The total as printed: the sum of the steps' metres (way_lengths.py says why)."""
        return sum(one.metres for one in self.steps) if self.steps else way_metres(self.metres_total)


class WayFinder:
    """Ways of many households: reads routes, shelters, zones and landmarks once."""

    def __init__(self, ws: Workspace) -> None:
        self._epsg = ws.epsg
        self._definitions = ws.definitions
        self._routes = {one.uid: one for one in _features(ws, "evacuation_route")}
        self._shelters = {one.uid: one for one in shelters_in_use(ws)}
        self._over = ways_over(ws)
        self._lines: dict[str, LineString | None] = {}
        self._to_closed = routes_to_closed(ws)
        self._neighbourhood = Neighbourhood(
            Surroundings(
                zones=in_force(ws, _features(ws, "danger_zone")),
                corridors=_features(ws, "river_corridor"),
                bridges=_features(ws, "bridge"),
                landmarks=_features(ws, "landmark"),
            )
        )

    def way(self, household: Feature) -> HouseholdWay | NoWay:
        """The way of one household. Never raises for what the data lack: that is NoWay."""
        name = followed(_("住户 {id}").format(id=household.text("id"))) if household.text("id") else _("这一户")
        door = place_of(household)
        if door is None:
            return NoWay(_("{name}没有位置。").format(name=name), _("请在地图上放这一户。"))
        assigned = household.text("evacuation_route")
        if not assigned:
            return NoWay(_("{name}还没有指定撤离路线。").format(name=name), _("请在住户属性里选撤离路线。"))
        route = self._routes.get(assigned)
        if route is None:
            return NoWay(_("{name}指定的撤离路线已经不在了。").format(name=name), _("请重新选一条撤离路线。"))
        if assigned in self._to_closed:
            told = _("{name}指定的{route}通往的{shelter}已经停用。").format(
                name=name, route=followed(route_name(route)), shelter=followed(shelter_name(self._to_closed[assigned]))
            )
            return NoWay(told, _("请给这一户另选一条撤离路线，或把路线改画到别的安置点。"))
        if assigned in self._over:
            return NoWay(
                _("{name}指定的{route}属于已撤销的危险区。").format(name=name, route=followed(route_name(route))),
                _("请给这一户另选一条撤离路线，或清空它。"),
            )
        shelter = self._shelters.get(route.text("shelter")) or self._shelter_at_end(route)
        around = self._neighbourhood.around(door, route.geometry, place_of(shelter))
        if assigned not in self._lines:
            self._lines[assigned] = route_line(route, shelter, epsg=self._epsg)
        note, line = household.text("door_note"), self._lines[assigned]
        return route_way(door, route, shelter, epsg=self._epsg, around=around, door_note=note, line=line)

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
) -> HouseholdWay | NoWay:
    """The way from `door` along `route`. Pure: everything it looks at is given. `line` is its `route_line`, for callers
    that ask for many households."""
    around = around or Surroundings()
    name = followed(route_name(route))
    if not on_earth(door, epsg):
        return NoWay(_("这一户的位置不在本坐标系的范围里。"), _("请在地图上重新放这一户。"))
    line = route_line(route, shelter, epsg=epsg) if line is None else line
    if line is None:
        return NoWay(_("{name}不是连续的一条线，不能量出走法。").format(name=name), _("请把断开处接上。"))
    join, leg, rest = way_parts(door, line)
    metres_door = geodesic_length(leg, epsg)
    metres_route = geodesic_length(rest, epsg)
    steps = _steps(leg, rest, line, (metres_door, ground_scale(line, epsg)), route, shelter, around, door_note)
    return HouseholdWay(
        route=route,
        shelter=shelter,
        door_leg=leg,
        route_line=rest,
        join=join,
        metres_door=metres_door,
        metres_route=metres_route,
        steps=tuple(steps),
        warnings=tuple(_warnings(door, leg, rest, line, metres_door, route, shelter, around)),
    )


def way_parts(door: Point, line: LineString) -> tuple[Point, LineString, LineString]:
    """Where somebody at `door` joins a route's line, the straight leg to there, and what is left of the line (empty at
    its very end)."""
    join = nearest_points(line, door)[0]
    rest = substring(line, line.project(join), line.length)
    return join, LineString([door, join]), rest if rest.geom_type == "LineString" and rest.length > 0 else LineString()


def route_name(route: Feature) -> str:
    """路线 3 by its number, else 撤离路线 WD-L-0003, else 这条撤离路线."""
    if route.text("number"):
        return _("路线 {number}").format(number=route.text("number"))
    return _("撤离路线 {id}").format(id=route.text("id")) if route.text("id") else _("这条撤离路线")


def zone_name(zone: Feature) -> str:
    """危险区 with its name, else its number."""
    name = zone.text("name")
    return _("危险区{name}").format(name=name) if name else _("危险区 {id}").format(id=zone.text("id"))


def shelter_name(shelter: Feature | None) -> str:
    """避险安置点 with its name or number; plain 避险安置点 when neither is known."""
    if shelter is None:
        return _("路线终点")
    name = shelter.text("name")
    return _("避险安置点{name}").format(name=name) if name else _("避险安置点 {id}").format(id=shelter.text("id"))


def _steps(
    leg: LineString,
    rest: LineString,
    line: LineString,
    measures: tuple[float, float],
    route: Feature,
    shelter: Feature | None,
    around: Surroundings,
    note: str,
) -> list[Step]:
    metres_door, scale = measures
    from_m = line.length - rest.length
    at_start = rest.length > 0 and from_m < 1.0
    whole = legs_of(line)
    legs = legs_from(line, from_m, whole) if rest.length > 0 else []
    at_turn = bool(legs) and legs[0] in whole
    first = door_step(
        leg,
        metres_door,
        note=note,
        landmarks=around.landmarks if at_turn else beside_no_turn(line, whole, around.landmarks),
        to_start=route.text("start") if at_start else "",
        route=route.text("number"),
    )
    steps = [] if first is None else [first]
    if rest.length > 0:
        steps += route_steps(
            line,
            legs,
            scale=scale,
            before_m=metres_door if first is None else 0.0,
            goal=(shelter.text("name") if shelter else "") or shelter_name(shelter),
            landmarks=around.landmarks,
            bridges=around.bridges,
        )
    return steps


def _warnings(
    door: Point,
    leg: LineString,
    rest: LineString,
    line: LineString,
    metres_door: float,
    route: Feature,
    shelter: Feature | None,
    around: Surroundings,
) -> list[str]:
    name = followed(route_name(route))
    found = []
    if metres_door > parameter(_RULE, "door_leg_far_m"):
        found.append(
            _("家门到{name}的直线有 {metres} 米，中间怎么走要现场核实。").format(
                name=name, metres=way_metres(metres_door)
            )
        )
    found += _zone_warnings(door, leg, rest, name, around)
    for one in without_bridge(crossings(rest, around.corridors), rest, around.bridges):
        found.append(
            _("{name}横穿{river}，那里没有桥，汛期过不去。").format(
                name=name, river=one.area.text("name") or _("河道走廊")
            )
        )
    found += _end_warnings(line, shelter, name, around)
    passable = split_list(route["passable"])
    if passable and "步行" not in passable:
        found.append(_("{name}登记为不能步行。").format(name=name))
    return found


def _zone_warnings(door: Point, leg: LineString, rest: LineString, name: str, around: Surroundings) -> list[str]:
    whole = LineString([*leg.coords, *rest.coords[1:]]) if rest.length > 0 else leg
    found = []
    for one in crossings(whole, around.zones):
        if one.leading:
            continue
        zone = zone_name(one.area)
        own = one.area.geometry is not None and one.area.geometry.intersects(door)
        word = _("走{name}会再次走进{zone}。") if own else _("走{name}要穿过{zone}。")
        found.append(word.format(name=name, zone=zone))
    return list(dict.fromkeys(found))


def _end_warnings(line: LineString, shelter: Feature | None, name: str, around: Surroundings) -> list[str]:
    place = place_of(shelter)
    if shelter is None or place is None:
        return [_("{name}没有写明避险安置点。").format(name=name)]
    found = []
    gap = Point(line.coords[-1]).distance(place)
    if gap > parameter(_RULE, "shelter_end_m"):
        found.append(
            _("{name}的终点离{shelter}还有 {metres} 米没有画。").format(
                name=name, shelter=followed(shelter_name(shelter)), metres=way_metres(gap)
            )
        )
    for zone in around.zones:
        if zone.geometry is not None and zone.geometry.intersects(place):
            found.append(
                _("{shelter}在{zone}里面。").format(
                    shelter=followed(shelter_name(shelter)), zone=followed(zone_name(zone))
                )
            )
    return found


def place_of(feature: Feature | None) -> Point | None:
    """Where a point feature stands; None where that is nowhere. Another program may have put an area there: its first
    corner will do."""
    if feature is None or feature.geometry is None or not measurable(feature.geometry):
        return None
    return Point(shapely.get_coordinates(feature.geometry)[0])


def _features(ws: Workspace, layer: str) -> list[Feature]:
    return list(ws.table(layer)) if layer in ws.definitions else []
