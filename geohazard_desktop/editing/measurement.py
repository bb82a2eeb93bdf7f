"""What was measured: distance, area, angle or radius, in figures that say what they are, and the board that keeps them.

Lengths and areas are said twice: on the ellipsoid (on the ground) and on the plane of the projection (what a tape on
the map would say). Directions are said twice too: 坐标方位角 from grid north, 真方位角 from true north.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import shapely

from geohazard_desktop.analysis.measures import (
    at_bearing,
    bearing,
    geod,
    geodesic_area,
    geodesic_length,
    planar_distance,
    to_geographic,
)
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.judgement import area_words, bearing_words, length_words, mu_words
from geohazard_desktop.editing.tool import Place

Kind = Literal["distance", "area", "angle", "radius"]
TITLES: dict[Kind, str] = {"distance": _("距离"), "area": _("面积"), "angle": _("角度"), "radius": _("半径")}
NEEDED: dict[Kind, int] = {"distance": 2, "area": 3, "angle": 3, "radius": 2}
_ROUND = 72  # corners of a circle as it is drawn


@dataclass(frozen=True)
class Measurement:
    """`places` in metres of the CRS `epsg`: corners of a line or outline (not closed); of an angle its first leg's end,
    its vertex, its second leg's end; of a circle its centre and a place on it."""

    kind: Kind
    places: tuple[Place, ...]
    epsg: int

    @property
    def whole(self) -> bool:
        """Whether there are places enough to say anything."""
        return len(self.places) >= NEEDED[self.kind]

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @cached_property
    def outline(self) -> tuple[Place, ...]:
        """The line to draw."""
        if self.kind == "area" and len(self.places) >= 3:
            return (*self.places, self.places[0])
        if self.kind == "radius" and self.whole:
            metres = planar_distance(*self.places[:2])
            turns = [360.0 / _ROUND * step for step in range(_ROUND + 1)]
            return tuple(at_bearing(self.places[0], degrees, metres) for degrees in turns)
        return self.places

    @cached_property
    def figure(self) -> str:
        """The one figure that was asked for: what stands on the map."""
        if not self.whole:
            return ""
        if self.kind == "area":
            return area_words(self._area)
        if self.kind == "angle":
            return bearing_words(self._angle)
        return length_words(self._length)

    @cached_property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Title and figure, most important first."""
        if not self.whole:
            return ()
        rows = {
            "distance": self._of_distance,
            "area": self._of_area,
            "angle": self._of_angle,
            "radius": self._of_radius,
        }
        return tuple(rows[self.kind]())

    @property
    def text(self) -> str:
        """For the clipboard: one figure a line, numbers without thin spaces."""
        lines = [self.title, *(f"{title}\t{figure}" for title, figure in self.lines)]
        return "\n".join(lines).replace("\u2009", "")

    def segments(self) -> list[tuple[Place, str]]:
        """The middle of each side and its length on the ground; nothing for a single side, which the figure says."""
        if self.kind not in ("distance", "area") or len(self.places) < 3:
            return []
        ring = self.outline
        return [
            (((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), length_words(self._ground(a, b)))
            for a, b in itertools.pairwise(ring)
        ]

    @cached_property
    def anchor(self) -> Place:
        """Where the figure stands."""
        if self.kind == "area" and len(self.places) >= 3:
            polygon = shapely.Polygon(self.places)
            inside = polygon.representative_point() if polygon.is_valid else polygon.centroid
            return float(inside.x), float(inside.y)
        return self.places[1] if self.kind == "angle" and len(self.places) > 1 else self.places[-1]

    def distance_to(self, place: Place) -> float:
        """Metres on the plane from `place` to the nearest line of the measurement."""
        line = shapely.LineString(self.outline) if len(self.outline) > 1 else shapely.Point(self.places[0])
        return float(line.distance(shapely.Point(place)))

    # -- figures ---------------------------------------------------------------------------------------------------

    def _ground(self, start: Place, end: Place) -> float:
        return geodesic_length(shapely.LineString([start, end]), self.epsg)

    @cached_property
    def _length(self) -> float:
        return geodesic_length(shapely.LineString(self.places), self.epsg)

    @cached_property
    def _area(self) -> float:
        return geodesic_area(shapely.Polygon(self.places), self.epsg)

    @cached_property
    def _angle(self) -> float:
        """From the first leg to the second, the smaller way round, in degrees."""
        first, vertex, second = self.places[:3]
        turn = (bearing(vertex, second) - bearing(vertex, first)) % 360.0
        return min(turn, 360.0 - turn)

    def _direction(self, start: Place, end: Place) -> list[tuple[str, str]]:
        if start == end:
            return []
        return [
            (_("坐标方位角"), bearing_words(bearing(start, end))),
            (_("真方位角"), bearing_words(true_bearing(start, end, self.epsg))),
        ]

    def _of_distance(self) -> list[tuple[str, str]]:
        planar = sum(planar_distance(a, b) for a, b in zip(self.places, self.places[1:], strict=False))
        rows = [(_("长度（椭球）"), length_words(self._length)), (_("长度（投影）"), length_words(planar))]
        if len(self.places) > 2:
            direct = self._ground(self.places[0], self.places[-1])
            rows += [
                (_("最后一段"), length_words(self._ground(*self.places[-2:]))),
                (_("起止直线"), length_words(direct)),
                (_("段数"), _("{count} 段").format(count=len(self.places) - 1)),
            ]
        return rows + self._direction(*self.places[-2:])

    def _of_area(self) -> list[tuple[str, str]]:
        polygon = shapely.Polygon(self.places)
        area = self._area
        rows = [
            (_("面积（椭球）"), _("{area}（{mu}）").format(area=area_words(area), mu=mu_words(area))),
            (_("面积（投影）"), area_words(polygon.area)),
            (_("周长"), length_words(geodesic_length(shapely.LinearRing(self.places), self.epsg))),
            (_("拐点"), _("{count} 个").format(count=len(self.places))),
        ]
        return rows if polygon.is_valid else [*rows, (_("注意"), _("边线自己交叉了"))]

    def _of_angle(self) -> list[tuple[str, str]]:
        first, vertex, second = self.places[:3]
        rows = [(_("夹角"), bearing_words(self._angle)), (_("另一侧"), bearing_words(360.0 - self._angle))]
        for title, end in ((_("第一边"), first), (_("第二边"), second)):
            told = _("坐标 {grid}，真 {true}").format(
                grid=bearing_words(bearing(vertex, end)), true=bearing_words(true_bearing(vertex, end, self.epsg))
            )
            rows.append((title, told))
        return rows

    def _of_radius(self) -> list[tuple[str, str]]:
        circle = shapely.Polygon(self.outline)
        ring = geodesic_length(shapely.LinearRing(self.outline), self.epsg)
        # The figure has 72 corners; the circle is larger by a little more than a thousandth.
        grown = planar_distance(*self.places[:2]) ** 2 * 3.141592653589793 / circle.area if circle.area else 1.0
        area = geodesic_area(circle, self.epsg) * grown
        rows = [
            (_("半径（椭球）"), length_words(self._length)),
            (_("半径（投影）"), length_words(planar_distance(*self.places[:2]))),
            (_("圆面积（椭球）"), _("{area}（{mu}）").format(area=area_words(area), mu=mu_words(area))),
            (_("圆周长"), length_words(ring * grown**0.5)),
        ]
        return rows + self._direction(*self.places[:2])


def true_bearing(start: Place, end: Place, epsg: int) -> float:
    """真方位角 in degrees from true north, clockwise, of the geodesic from `start` to `end` (metres of `epsg`)."""
    longitudes, latitudes = to_geographic(epsg).transform([start[0], end[0]], [start[1], end[1]])
    forward, _back, _metres = geod(epsg).inv(longitudes[0], latitudes[0], longitudes[1], latitudes[1])
    return float(forward) % 360.0


class MeasureBoard:
    """Measurements that stay on the map until they are cleared; `changed` is called after each change."""

    def __init__(self, changed: Callable[[], object] = lambda: None) -> None:
        self.kept: list[Measurement] = []
        self.changed = changed

    def add(self, measurement: Measurement) -> None:
        if measurement.whole:
            self.kept.append(measurement)
            self.changed()

    def remove(self, measurement: Measurement) -> None:
        if measurement in self.kept:
            self.kept.remove(measurement)
            self.changed()

    def clear(self) -> bool:
        """True when there was something."""
        had = bool(self.kept)
        self.kept.clear()
        if had:
            self.changed()
        return had

    def nearest(self, place: Place, metres: float) -> Measurement | None:
        """The measurement whose line lies nearest to `place`, within `metres`."""
        near: Sequence[tuple[float, int]] = sorted(
            (one.distance_to(place), index) for index, one in enumerate(self.kept)
        )
        return self.kept[near[0][1]] if near and near[0][0] <= metres else None

    @property
    def text(self) -> str:
        return "\n\n".join(one.text for one in self.kept)
