"""Lines lengthened or cut back to an edge, and turned round."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.precision import REACH, SHORTEST_M, name_of, refuse_unusable
from geohazard_desktop.workspace.edits.vertices import Place, geometry_of, rings_of
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Edit, Feature, changed


class LineEnd(NamedTuple):
    """One end of a line: its part, and whether it is the last corner (else the first)."""

    part: int
    last: bool


def nearest_end(geometry: BaseGeometry, place: Place) -> tuple[LineEnd, float]:
    """The end of a line that lies nearest along it to `place`, and how far the line is from there (metres)."""
    pointer = Point(place)
    part, own = min(enumerate(shapely.get_parts(geometry)), key=lambda one: float(one[1].distance(pointer)))
    return LineEnd(part, own.project(pointer) * 2 >= own.length), float(own.distance(pointer))


def ray(geometry: BaseGeometry, end: LineEnd, length: float) -> BaseGeometry:
    """The line's last side carried on by `length` metres."""
    corners = rings_of(geometry)[end.part][0]
    start, before = (corners[-1], corners[-2]) if end.last else (corners[0], corners[1])
    way = start - before
    return LineString([start, start + way / max(float(np.hypot(*way)), 1e-9) * length])


def meeting(geometry: BaseGeometry, end: LineEnd, edges: BaseGeometry, length: float) -> Place | None:
    """Where the line, carried on, first meets one of `edges` within `length` metres; where it stands on one already
    does not count."""
    ahead = ray(geometry, end, length)
    start = Point(ahead.coords[0])
    found = [
        (float(start.distance(Point(one))), (float(one[0]), float(one[1])))
        for one in shapely.get_coordinates(ahead.intersection(edges))
    ]
    found = [one for one in found if one[0] > REACH]
    return min(found)[1] if found else None


def extend(definitions: Definitions, feature: Feature, end: LineEnd, edges: BaseGeometry, length: float) -> Edit:
    """Carry a line on to the nearest of `edges` (lines; metres), which it then touches exactly: the new end is not
    rounded. Raises EditRefused when nothing lies ahead within `length` metres."""
    name = _refuse_other(definitions, feature)
    assert feature.geometry is not None
    place = meeting(feature.geometry, end, edges, length)
    if place is None:
        raise EditRefused(
            _("{name}照这个方向延长，前面没有可以接上的边。").format(name=name),
            _("请点另一头，或先显示要接上的图层。"),
        )
    rings = rings_of(feature.geometry)
    corners = rings[end.part][0]
    corners[-1 if end.last else 0] = place
    metres = float(np.hypot(*(np.array(place) - rings_of(feature.geometry)[end.part][0][-1 if end.last else 0])))
    after = geometry_of("line", rings)
    refuse_unusable("line", after, called(definitions, feature))
    words = _("延伸{name} {metres:.2f} 米").format(name=led(called(definitions, feature)), metres=metres)
    return Edit(words, [changed(feature, feature.with_geometry(after))])


def trim(definitions: Definitions, feature: Feature, place: Place, edges: BaseGeometry) -> Edit:
    """Cut a line back: the stretch under `place`, from its end to the nearest of `edges`, goes; the new end lies
    exactly on the edge. Raises EditRefused when no edge crosses the line, or the stretch lies between two edges."""
    name = _refuse_other(definitions, feature)
    assert feature.geometry is not None
    rings = rings_of(feature.geometry)
    pointer = Point(place)
    part = min(range(len(rings)), key=lambda index: float(LineString(rings[index][0]).distance(pointer)))
    line = LineString(rings[part][0])
    found = crossings(line, edges)
    at = float(line.project(pointer))
    before = [one for one in found if one[0] < at]
    after = [one for one in found if one[0] >= at]
    if not found:
        raise EditRefused(_("没有边和{name}相交，不知道剪到哪里。").format(name=name), _("请先显示要剪到的图层。"))
    if before and after:
        raise EditRefused(
            _("点的这一段夹在两条边中间，剪掉以后{name}会断成两截。").format(name=name),
            _("请点靠端头的一段；要断开，请用“分割”。"),
        )
    where, cut = before[-1] if before else after[0]
    corners = rings[part][0]
    distances = np.concatenate([[0.0], np.hypot(*np.diff(corners, axis=0).T).cumsum()])
    if before:
        left = np.vstack([corners[distances < where - REACH], [cut]])
        gone = line.length - where
    else:
        left = np.vstack([[cut], corners[distances > where + REACH]])
        gone = where
    rings[part][0] = left
    if len(left) < 2 or LineString(left).length < SHORTEST_M:
        raise EditRefused(_("剪完以后{name}就没有了。").format(name=name), _("要整个删掉，请选中它再按 Delete。"))
    shape = geometry_of("line", rings)
    refuse_unusable("line", shape, called(definitions, feature))
    words = _("修剪{name}，去掉 {metres:.2f} 米").format(name=led(called(definitions, feature)), metres=gone)
    return Edit(words, [changed(feature, feature.with_geometry(shape))])


def crossings(line: BaseGeometry, edges: BaseGeometry) -> list[tuple[float, Place]]:
    """Where `edges` cross a single line: metres along it, and the exact place; its own ends do not count."""
    met = line.intersection(edges)
    found = [(float(line.project(Point(one))), (float(one[0]), float(one[1]))) for one in shapely.get_coordinates(met)]
    return sorted(one for one in found if SHORTEST_M < one[0] < line.length - SHORTEST_M)


def reverse(definitions: Definitions, features: Sequence[Feature]) -> Edit:
    """Turn lines round: the last corner becomes the first, the last part too."""
    for one in features:
        _refuse_other(definitions, one)
    if not features:
        raise EditRefused(_("没有选中线。"), _("请先选中要反转方向的线。"))
    deltas = []
    for one in features:
        assert one.geometry is not None
        parts = [shapely.reverse(part) for part in shapely.get_parts(one.geometry)]
        deltas.append(changed(one, one.with_geometry(shapely.multilinestrings(parts[::-1]))))
    words = _("反转{names}的方向").format(names=led(followed(called_all(definitions, features))))
    return Edit(words, deltas)


def _refuse_other(definitions: Definitions, feature: Feature) -> str:
    name = name_of(definitions, feature)
    if definitions[feature.layer].geometry != "line" or feature.geometry is None or feature.geometry.is_empty:
        raise EditRefused(_("{name}不是线。").format(name=name), _("请选一条线。"))
    return name
