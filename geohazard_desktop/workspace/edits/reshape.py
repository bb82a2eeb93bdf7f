"""Replacing a stretch of a border or line by a drawn one, between the first and the last place where they meet."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.borders import NOISE_M2
from geohazard_desktop.workspace.edits.precision import (
    REACH,
    corner_set,
    name_of,
    new_corners,
    noded,
    numbered_like,
    refuse_unusable,
    settled,
)
from geohazard_desktop.workspace.edits.vertices import Place, geometry_of, rings_of
from geohazard_desktop.workspace.edits.wording import Definitions, called, led
from geohazard_desktop.workspace.feature import Edit, Feature, changed

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is drawn between the first and the last meeting: its places, ends on the border included."""

    places: tuple[Place, ...]

    @property
    def ends(self) -> tuple[Place, Place]:
        return self.places[0], self.places[-1]


def reshape(
    definitions: Definitions,
    feature: Feature,
    line: BaseGeometry,
    *,
    neighbours: Sequence[Feature] = (),
) -> Edit:
    """`feature` with the stretch of its border (or of the line) replaced by `line` (a LineString; metres).

    Of a border's two ways round, the one stays that gives the larger valid shape: a stroke through the inside cuts off
    the smaller side, one outside adds. `neighbours` get a corner where the new stretch ends on their edges
    (`reshape_all.py` takes them along). Raises EditRefused when the line meets the border less than twice, or no valid
    shape comes of it.
    """
    kind = definitions[feature.layer].geometry
    name = name_of(definitions, feature)
    if feature.geometry is None or kind not in ("polygon", "line"):
        raise EditRefused(_("{name}没有可以重塑的边线。").format(name=name), _("请先选中一个面或一条线。"))
    known = corner_set([feature.geometry, *(one.geometry for one in neighbours)])
    after, _gone, _come = reshaped_by(kind, feature.geometry, line, name)
    after = settled(after, known)
    if kind == "polygon":
        after = numbered_like(after, feature.geometry)
    refuse_unusable(kind, after, called(definitions, feature))
    others = [one for one in neighbours if one.uid != feature.uid]
    words = _("重塑{name}").format(name=led(called(definitions, feature)))
    beside = noded(definitions, new_corners([after], known), others)
    return Edit(words, [changed(feature, feature.with_geometry(after)), *beside])


def reshaped_by(
    kind: str, geometry: BaseGeometry, line: BaseGeometry, name: str, taken: BaseGeometry | None = None
) -> tuple[BaseGeometry, list[Place], list[Place]]:
    """The new geometry, and the stretch that went and the one that came (both with the ends on the old border). An area
    that would overlap `taken` is not chosen. Raises EditRefused as `reshape` does."""
    rings = rings_of(geometry)
    best: tuple[float, int, int, _Stretch] | None = None
    for part, own in enumerate(rings):
        for ring, corners in enumerate(own):
            closed = kind == "polygon"
            border = LineString(np.vstack([corners, corners[:1]]) if closed else corners)
            found = _stretch(border, line)
            if found is not None:
                length = LineString(found.places).length
                if best is None or length > best[0]:
                    best = length, part, ring, found
    if best is None:
        if kind == "line":
            extended = _prolonged(rings, line)
            if extended is not None:
                return extended, [], []
        raise EditRefused(
            _("这条线和{name}的边线没有相交两次，不知道换哪一段。").format(name=name),
            _("请从边线上画起（或越过它），再回到边线上。"),
        )
    _length, part, ring, stretch = best
    if kind == "line":
        rings[part][ring] = _line_with(rings[part][ring], stretch)
        return geometry_of("line", rings), [], []
    return _area_with(geometry, part, ring, stretch, name, taken)


def _stretch(border: BaseGeometry, line: BaseGeometry) -> _Stretch | None:
    """The drawn line between its first and last meeting with the border; None when it meets it once or never."""
    met = [tuple(one) for one in shapely.get_coordinates(border.intersection(line))]
    met += [tuple(one) for one in shapely.get_coordinates(line) if border.distance(Point(one)) <= REACH]
    if not met:
        return None
    along = sorted((_along_line(line, Point(one)), (float(one[0]), float(one[1]))) for one in met)
    (first, start), (last, end) = along[0], along[-1]
    if last - first <= REACH:
        return None
    between = [
        (float(corner[0]), float(corner[1]))
        for corner, at in zip(shapely.get_coordinates(line), _distances(line), strict=True)
        if first + REACH < at < last - REACH
    ]
    return _Stretch((start, *between, end))


def _distances(line: BaseGeometry) -> Array:
    corners = shapely.get_coordinates(line)
    return np.concatenate([[0.0], np.hypot(*np.diff(corners, axis=0).T).cumsum()])


def _along_line(line: BaseGeometry, place: BaseGeometry) -> float:
    return float(line.project(place))


def _open_at(corners: Array, ends: tuple[Place, Place], *, closed: bool) -> tuple[Array, int, int]:
    """The ring with both ends put in as corners, and their numbers."""
    found = corners
    numbers = []
    for place in ends:
        at = np.array(place)
        distances = np.hypot(*(found - at).T)
        if distances.min() > REACH:
            starts = found if closed else found[:-1]
            nexts = np.roll(found, -1, axis=0) if closed else found[1:]
            along = nexts - starts
            squared = np.maximum((along**2).sum(axis=1), 1e-12)
            fraction = np.clip(((at - starts) * along).sum(axis=1) / squared, 0.0, 1.0)
            index = int(np.hypot(*(starts + along * fraction[:, None] - at).T).argmin())
            found = np.insert(found, index + 1, place, axis=0)
    for place in ends:
        numbers.append(int(np.hypot(*(found - np.array(place)).T).argmin()))
    return found, numbers[0], numbers[1]


def _line_with(corners: Array, stretch: _Stretch) -> Array:
    opened, first, last = _open_at(corners, stretch.ends, closed=False)
    places = np.array(stretch.places)
    places[0], places[-1] = opened[first], opened[last]
    if first > last:
        first, last, places = last, first, places[::-1]
    return np.vstack([opened[:first], places, opened[last + 1 :]])


def _prolonged(rings: list[list[Array]], line: BaseGeometry) -> BaseGeometry | None:
    """A stroke that begins at one end of a line goes on from there; None when it begins elsewhere."""
    drawn = shapely.get_coordinates(line)
    for part in rings:
        corners = part[0]
        for way in (drawn, drawn[::-1]):
            if np.hypot(*(corners[-1] - way[0])) <= REACH:
                part[0] = np.vstack([corners, way[1:]])
                return geometry_of("line", rings)
            if np.hypot(*(corners[0] - way[-1])) <= REACH:
                part[0] = np.vstack([way[:-1], corners])
                return geometry_of("line", rings)
    return None


def _area_with(
    geometry: BaseGeometry, part: int, ring: int, stretch: _Stretch, name: str, taken: BaseGeometry | None
) -> tuple[BaseGeometry, list[Place], list[Place]]:
    rings = rings_of(geometry)
    opened, first, last = _open_at(rings[part][ring], stretch.ends, closed=True)
    count = len(opened)
    places = np.array(stretch.places)
    places[0], places[-1] = opened[first], opened[last]
    forward = [(first + step) % count for step in range((last - first) % count + 1)]
    backward = [(last + step) % count for step in range((first - last) % count + 1)]
    found: list[tuple[float, BaseGeometry, Array]] = []
    # Keep the way from the last meeting on to the first, or the way from the first to the last.
    for kept, gone, drawn in ((backward, forward, places), (forward, backward, places[::-1])):
        outline = np.vstack([drawn[:-1], opened[kept][:-1]])
        made = _with_ring(geometry, part, ring, outline)
        if made is not None:
            found.append((Polygon(outline).area, made, opened[gone]))
    if not found:
        raise EditRefused(
            _("{name}照这条线重塑，边线会自己交叉。").format(name=name), _("请让线只在起点和终点碰到边线，再画一次。")
        )
    if taken is not None:
        found = [one for one in found if one[1].intersection(taken).area <= NOISE_M2]
        if not found:
            raise EditRefused(
                _("{name}照这条线重塑，会和相邻的重叠。").format(name=name), _("请分段重塑，或先关掉“共用边”。")
            )
    _area, made, gone_places = max(found, key=lambda one: one[0])
    return made, [(float(e), float(n)) for e, n in gone_places], [(float(e), float(n)) for e, n in places]


def _with_ring(geometry: BaseGeometry, part: int, ring: int, outline: Array) -> BaseGeometry | None:
    """The geometry with one ring put in place of another; holes that the new outline cuts are cut with it."""
    if len(outline) < 3:
        return None
    area = Polygon(outline)
    if not area.is_valid or area.area <= 0:
        return None
    parts = list(shapely.get_parts(geometry))
    own = parts[part]
    if ring:
        holes = [area if index == ring - 1 else Polygon(one) for index, one in enumerate(own.interiors)]
        made = Polygon(own.exterior).difference(shapely.union_all(holes))
    else:
        holes = [Polygon(one) for one in own.interiors]
        inside = [one for one in holes if area.contains(one)]
        crossing = [one for one in holes if one not in inside and one.intersects(area)]
        made = Polygon(outline, [one.exterior.coords for one in inside])
        if crossing:
            made = made.difference(shapely.union_all(crossing))
    if made.geom_type != "Polygon" or made.is_empty or not made.is_valid:
        return None
    parts[part] = made
    whole = shapely.multipolygons(parts)
    return whole if whole.is_valid else None
