"""拐点坐标表 of a danger zone: its corners as they are stored, in the order and with the numbers of the window's table,
and where their labels stand on a map with straight edges between them.

Lengths of sides are reckoned from the coordinates, on the plane.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import dist, hypot
from typing import Any

import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance, to_geographic
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import dms
from geohazard_desktop.publishing.form_fields import Form, Words, cell
from geohazard_desktop.publishing.papers.thin_option import TOLERANCES_M
from geohazard_desktop.publishing.sheets.map_forms import Millimetres
from geohazard_desktop.workspace.edits.vertices import rings_of

_MOST_LABELS = 32  # on one map; with more corners only some are numbered
MANY = 60  # corners; the table of as many takes two pages
_LABEL_OFF_MM = 3.4
_LABEL_MM = (7.6, 3.8)  # what a number of 8 pt takes, with air
_RINGS_APART_MM = 2.0  # a ring is 1.8 wide


@dataclass(frozen=True, slots=True, kw_only=True)
class CornerRow(Form):
    """One row: X north first, then Y east; metres. `side` is the length to the next corner of the ring."""

    number: str = field(default="", metadata=cell("拐点"))
    north: str = field(default="", metadata=cell("X（北）"))
    east: str = field(default="", metadata=cell("Y（东）"))
    side: str = field(default="", metadata=cell("边长"))
    longitude: Words = field(default=None, metadata=cell("经度", quiet=True))
    latitude: Words = field(default=None, metadata=cell("纬度", quiet=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class CornerMark(Form):
    """A corner's ring at `at` mm of the map; its number, where it has one, around `label_at`."""

    at: Millimetres
    label_at: Millimetres
    number: Words = None


def corner_rows(shape: BaseGeometry, epsg: int, *, degrees: bool) -> tuple[CornerRow, ...]:
    """The table's rows; with longitude and latitude of the CRS's own datum where `degrees`."""
    parts = rings_of(shape)
    found = []
    geographic = to_geographic(epsg) if degrees else None
    for part, rings in enumerate(parts):
        for ring, corners in enumerate(rings):
            for index, corner in enumerate(corners):
                place, after = _place(corner), _place(corners[(index + 1) % len(corners)])
                longitude = latitude = None
                if geographic is not None:
                    longitude, latitude = map(dms, geographic.transform(*place))
                found.append(
                    CornerRow(
                        number=_number(part, ring, index, several=len(parts) > 1),
                        north=f"{place[1]:.3f}",
                        east=f"{place[0]:.3f}",
                        side=f"{planar_distance(place, after):.2f}",
                        longitude=longitude,
                        latitude=latitude,
                    )
                )
    return tuple(found)


def corner_marks(shape: BaseGeometry, to_mm: Callable[[float, float], Millimetres]) -> tuple[CornerMark, ...]:
    """The corners on a map, numbers on the outer side of the angle; of very many corners only every few have one,
    none over another, and rings that would lie on each other are left out: the table below has every corner."""
    parts = rings_of(shape)
    total = sum(len(corners) for rings in parts for corners in rings)
    every = -(-total // _MOST_LABELS)
    found: list[CornerMark] = []
    for part, rings in enumerate(parts):
        for ring, corners in enumerate(rings):
            places = [to_mm(*_place(one)) for one in corners]
            for index, at in enumerate(places):
                off = _outward(places, index, hole=ring > 0)
                label_at = at[0] + off[0] * _LABEL_OFF_MM, at[1] + off[1] * _LABEL_OFF_MM
                free = not any(_over(label_at, one.label_at) for one in found if one.number is not None)
                number = _number(part, ring, index, several=len(parts) > 1) if index % every == 0 and free else None
                found.append(CornerMark(at=at, label_at=label_at, number=number))
    return _seen_apart(found)


def _over(one: Millimetres, other: Millimetres) -> bool:
    return abs(one[0] - other[0]) < _LABEL_MM[0] and abs(one[1] - other[1]) < _LABEL_MM[1]


def _seen_apart(marks: list[CornerMark]) -> tuple[CornerMark, ...]:
    """Without the rings that would lie on another one; what has a number stays."""
    kept = [one for one in marks if one.number is not None]
    for one in marks:
        if one.number is None and all(dist(one.at, other.at) >= _RINGS_APART_MM for other in kept):
            kept.append(one)
    chosen = {id(one) for one in kept}
    return tuple(one for one in marks if id(one) in chosen)


def outer_corners(shape: BaseGeometry) -> list[tuple[str, tuple[float, float]]]:
    """Number and place (east, north) of every corner of the outer rings, as the table has them."""
    parts = rings_of(shape)
    return [
        (_number(part, 0, index, several=len(parts) > 1), _place(corner))
        for part, rings in enumerate(parts)
        for index, corner in enumerate(rings[0])
    ]


def turning_words(shape: BaseGeometry) -> str:
    """顺时针 or 逆时针: how the outer ring of the first part runs on the ground."""
    corners = [_place(one) for one in rings_of(shape)[0][0]]
    return _("逆时针") if Polygon(corners).exterior.is_ccw else _("顺时针")


def _place(corner: Any) -> tuple[float, float]:
    """Of a pair or a row of an array."""
    return float(corner[0]), float(corner[1])


def _number(part: int, ring: int, index: int, *, several: bool) -> str:
    """J3, of several parts J2-3, of a hole J孔1-3: the numbers of the window's 拐点表 with the J of documents."""
    if ring:
        number = f"{index + 1}"
        return _("J{part}孔{ring}-{number}").format(part=part + 1 if several else "", ring=ring, number=number)
    return f"J{part + 1}-{index + 1}" if several else f"J{index + 1}"


def _outward(places: list[Millimetres], index: int, *, hole: bool) -> Millimetres:
    """A unit vector from a corner away from its ring's inside (into the hole, of a hole)."""
    here, before, after = places[index], places[index - 1], places[(index + 1) % len(places)]
    to_before, to_after = _unit(here, before), _unit(here, after)
    x, y = -(to_before[0] + to_after[0]), -(to_before[1] + to_after[1])
    length = hypot(x, y)
    # Of a straight angle the bisector is nothing: across the side then.
    x, y = (x / length, y / length) if length > 1e-6 else (to_after[1], -to_after[0])
    ring = Polygon(places) if len(places) > 2 else None
    inside = ring is not None and ring.is_valid and ring.contains(_point(here, x, y))
    return (-x, -y) if inside != hole else (x, y)


def _point(here: Millimetres, x: float, y: float) -> Point:
    return Point(here[0] + x * 0.2, here[1] + y * 0.2)


def _unit(start: Millimetres, end: Millimetres) -> Millimetres:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


@dataclass(frozen=True, slots=True)
class Thinned:
    """A border with fewer corners: what is left of `before`, how far the old one lies from it at most, and by how much
    the area differs (0.01 is one per cent more)."""

    shape: BaseGeometry
    before: int
    left: int
    off_m: float
    area_share: float

    def words(self) -> str:
        return _("列 {left} 个，与原边界最多差 {off:.2f} 米，面积差 {share:+.2f} %").format(
            left=self.left, off=self.off_m, share=self.area_share * 100
        )


def thinned(shape: BaseGeometry, tolerance_m: float) -> Thinned | None:
    """The border simplified within `tolerance_m`: of the corners that are there some stay, none is new. None where
    nothing goes."""
    left = shapely.simplify(shape, tolerance_m, preserve_topology=True)
    before, after = corner_count(shape), corner_count(left)
    if after >= before:
        return None
    # A corner that went lies nearest to the side that took its place, and no point between two of them lies farther.
    off = shapely.distance(shapely.points(shapely.get_coordinates(shape)), left.boundary)
    return Thinned(left, before, after, float(off.max()), left.area / shape.area - 1.0)


def thinning_note(name: str, shape: BaseGeometry | None) -> str:
    """What to do about a border with more corners than anybody surveys; "" where there are no more than that. The
    tolerance is the least of TOLERANCES_M that brings them down to it."""
    count = 0 if shape is None else corner_count(shape)
    if shape is None or count <= MANY:
        return ""
    words = _("{name}的边界有 {count} 个拐点，拐点表要印好几页。不是实测的，请先抽稀拐点，或在选项里选“拐点表简化”")
    told = words.format(name=name, count=count)
    for tolerance in TOLERANCES_M:
        found = thinned(shape, tolerance)
        if found is not None and found.left <= MANY:
            return told + _("：容差 {metres:g} 米，{words}。").format(metres=tolerance, words=found.words())
    return told + "。"


def corner_count(shape: BaseGeometry) -> int:
    return sum(len(corners) for rings in rings_of(shape) for corners in rings)
