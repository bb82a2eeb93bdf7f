"""How far a danger zone reaches, in the words of a notice: 东至卫生室西侧约 120 米处, by what stands on that very side.

A bound is read out in court: what lies on another side bounds nothing, and one thing bounds one side. Where nothing
fits, the meridian or parallel that the zone reaches is named, as notices do: nobody in the street knows corner J6 of
the annexed table. Without that table no coordinates are told: there is a line to write on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.measures import bearing, geodesic_distance, measurable, to_geographic
from geohazard_desktop.analysis.relation import compass
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.publishing.papers.zone_corners import outer_corners
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_LAYERS = ("landmark", "road", "railway", "shelter", "place", "river", "bridge", "facility")
_NEAR_M = 400.0  # farther off nobody can follow the words on the ground
_AT_M = 5.0  # nearer than this it is the thing itself
_END = 0.02  # of the extent: corners this near to the farthest make the end together
_ALONG = 0.5  # of a side's length: a line that runs along less of it does not bound it


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: its name, the direction outward (east, north), where the zone ends there, the box beyond that end in
    which a line must run, and how long the side is."""

    name: str
    outward: tuple[int, int]
    end: Point
    beyond: BaseGeometry
    length: float

    def faces(self, place: Point) -> bool:
        """Whether a place lies outward of the end: within 45° of the direction."""
        east, north = place.x - self.end.x, place.y - self.end.y
        ahead = east * self.outward[0] + north * self.outward[1]
        return bool(ahead > 0 and ahead >= hypot(east, north) * 0.7071)

    def runs_along(self, line: BaseGeometry) -> BaseGeometry | None:
        """The stretch of a line that bounds this side; None where it leads away from it or is too short."""
        stretch = shapely.intersection(line, self.beyond)
        if stretch.is_empty:
            return None
        west, south, east, north = stretch.bounds
        along, away = (north - south, east - west) if self.outward[0] else (east - west, north - south)
        return stretch if along >= _ALONG * self.length and along >= away else None


def extent_words(ws: Workspace, shape: BaseGeometry, *, corners: bool) -> list[tuple[str, str | None]]:
    """(东, words) and so on for 南, 西, 北; None where nothing fits: a line to write on. `corners`: their table is
    annexed, so that coordinates may be named."""
    west, south, east, north = shape.bounds
    around = (west - _NEAR_M, south - _NEAR_M, east + _NEAR_M, north + _NEAR_M)
    named = [
        one
        for layer in _LAYERS
        if layer in ws.definitions
        for one in counted(ws.table(layer, bounds=around))
        if one.text("name") and one.geometry is not None and measurable(one.geometry)
    ]
    sides = _sides(shape)
    # Nearest first, each thing on one side alone: a bend that passes two sides would say nothing of either.
    found = [
        (metres, number, thing, near)
        for number, side in enumerate(sides)
        for thing, one in enumerate(named)
        if (near := _bounding(side, one)) is not None
        and (metres := geodesic_distance((near.x, near.y), (side.end.x, side.end.y), ws.epsg)) <= _NEAR_M
    ]
    told: dict[int, str] = {}
    used: set[str] = set()
    for metres, number, thing, near in sorted(found, key=lambda one: one[:3]):
        name = named[thing].text("name")
        if number not in told and name not in used:
            used.add(name)
            told[number] = _words(name, metres, near, sides[number].end)
    reached = _reached(shape, ws.epsg) if corners else {}
    return [(_(side.name), told.get(number) or reached.get(side.outward)) for number, side in enumerate(sides)]


def _sides(shape: BaseGeometry) -> list[_Side]:
    west, south, east, north = shape.bounds
    far, at = _NEAR_M, _AT_M
    numbered = outer_corners(shape)
    return [
        _side("东", (1, 0), numbered, shapely.box(east - at, south, east + far, north), (east - west, north - south)),
        _side("南", (0, -1), numbered, shapely.box(west, south - far, east, south + at), (north - south, east - west)),
        _side("西", (-1, 0), numbered, shapely.box(west - far, south, west + at, north), (east - west, north - south)),
        _side("北", (0, 1), numbered, shapely.box(west, north - at, east, north + far), (north - south, east - west)),
    ]


def _side(
    name: str,
    outward: tuple[int, int],
    corners: Sequence[tuple[str, tuple[float, float]]],
    beyond: BaseGeometry,
    size: tuple[float, float],
) -> _Side:
    """`size`: metres across (in the direction) and along."""
    across, along = size
    reach = [x * outward[0] + y * outward[1] for _number, (x, y) in corners]
    ends = [one for one, far in zip(corners, reach, strict=True) if far >= max(reach) - _END * across]
    count = len(ends)
    end = Point(sum(x for _one, (x, _y) in ends) / count, sum(y for _one, (_x, y) in ends) / count)
    return _Side(name, outward, end, beyond, along)


def _reached(shape: BaseGeometry, epsg: int) -> dict[tuple[int, int], str]:
    """By the direction outward the meridian or parallel that a zone reaches, on the CRS's own datum, to the second and
    rounded away from the zone: no corner lies beyond the words."""
    to_degrees = to_geographic(epsg)
    places = [to_degrees.transform(*place) for _number, place in outer_corners(shape)]
    east, north = [x for x, _y in places], [y for _x, y in places]
    return {
        (1, 0): _("东经 {degrees}").format(degrees=_seconds(ceil(max(east) * 3600))),
        (0, -1): _("北纬 {degrees}").format(degrees=_seconds(floor(min(north) * 3600))),
        (-1, 0): _("东经 {degrees}").format(degrees=_seconds(floor(min(east) * 3600))),
        (0, 1): _("北纬 {degrees}").format(degrees=_seconds(ceil(max(north) * 3600))),
    }


def _seconds(seconds: int) -> str:
    """106°42′28″."""
    return f"{seconds // 3600}°{seconds // 60 % 60:02d}′{seconds % 60:02d}″"


def _bounding(side: _Side, one: Feature) -> Point | None:
    """The place of a feature that bounds a side; None where it does not bound that side."""
    shape = one.geometry
    if shape is None or not measurable(shape):
        return None
    if shape.length > 0:
        stretch = side.runs_along(shapely.boundary(shapely.make_valid(shape)) if shape.area > 0 else shape)
        return None if stretch is None else nearest_points(stretch, side.end)[0]
    place = place_of(one)
    return place if place is not None and side.faces(place) else None


def _words(name: str, metres: float, near: Point, end: Point) -> str:
    if metres < _AT_M:
        return name
    side = compass(bearing((near.x, near.y), (end.x, end.y)))
    return _("{name}{side}侧约 {metres} 米处").format(name=name, side=side, metres=way_metres(metres))
