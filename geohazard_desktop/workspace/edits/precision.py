"""Exactness of computed corners: to the millimetre, without opening a gap, and nothing too small to survey.

A corner that a computation makes (where a line crosses a border) has sixteen digits and lies on no straight edge
exactly. Survey coordinates carry millimetres: such corners are rounded to them, corners that were there before stay
as they were to the last digit, and a neighbour with the same edge gets the corner too, so that both borders stay one.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import GeometryKind
from geohazard_desktop.workspace.edits.nodes import with_corners
from geohazard_desktop.workspace.edits.validity import refuse_faulty
from geohazard_desktop.workspace.edits.vertices import Place
from geohazard_desktop.workspace.edits.wording import Definitions, called, followed
from geohazard_desktop.workspace.feature import Delta, Feature, changed

MILLIMETRE = 1e-3
REACH = 1.5e-3  # a place snapped to an edge and rounded lies up to 0.71 mm beside it; two of them twice as far

# Below these a piece is no shape of the ground but a slip of the hand: a map at 1:500, the largest that offices draw,
# shows a metre as two millimetres.
SMALLEST_M2 = 1.0
NARROWEST_M = 0.1
SHORTEST_M = 0.1

Array = NDArray[np.float64]


def corner_set(geometries: Iterable[BaseGeometry | None]) -> set[Place]:
    """Every corner of the geometries, exactly."""
    return {
        (float(east), float(north))
        for one in geometries
        if one is not None
        for east, north in shapely.get_coordinates(one)
    }


def settled(geometry: BaseGeometry, known: Collection[Place]) -> BaseGeometry:
    """`geometry` with new corners rounded to the millimetre; a corner of `known` within it is taken exactly.

    May raise a GEOSException or ValueError where rounding leaves no shape; ask `refuse_faulty` afterwards.
    """
    exact = set(known)
    by_millimetre = {_key(place): place for place in exact}

    def settle(corners: Array) -> Array:
        found = corners.copy()
        for index, (east, north) in enumerate(corners.tolist()):
            if (east, north) not in exact:
                rounded = round(east, 3), round(north, 3)
                found[index] = by_millimetre.get(_key(rounded), rounded)
        return found

    return shapely.remove_repeated_points(shapely.transform(geometry, settle))


def _key(place: Place) -> tuple[int, int]:
    return round(place[0] * 1000), round(place[1] * 1000)


def new_corners(geometries: Iterable[BaseGeometry | None], known: Collection[Place]) -> list[Place]:
    """Corners that none of `known` is, each once."""
    return sorted(corner_set(geometries) - set(known))


def refuse_unusable(kind: GeometryKind, geometry: BaseGeometry | None, name: str) -> None:
    """Raise EditRefused for a result that is empty, faulty, or has a part too small to be meant."""
    refuse_faulty(kind, geometry, name)
    if geometry is not None and any(is_sliver(kind, part) for part in shapely.get_parts(geometry)):
        raise EditRefused(
            _("{name}会留下一条不到 {metres} 米宽或不足 {area} 平方米的碎片，没有改。").format(
                name=followed(name), metres=NARROWEST_M, area=round(SMALLEST_M2)
            )
            if kind == "polygon"
            else _("{name}会留下一段不到 {metres} 米的碎线，没有改。").format(name=followed(name), metres=SHORTEST_M),
            _("请把线画得离原来的边或端点远一点，或者打开捕捉，让它正好落在上面。"),
        )


def is_sliver(kind: GeometryKind, part: BaseGeometry) -> bool:
    """Whether a single part is too small or too narrow to be a thing of the ground."""
    if kind == "polygon":
        return bool(part.area < SMALLEST_M2 or 2.0 * part.area / max(part.length, 1e-9) < NARROWEST_M)
    return kind == "line" and bool(part.length < SHORTEST_M)


def noded(definitions: Definitions, places: Sequence[Place], neighbours: Iterable[Feature]) -> list[Delta]:
    """The neighbours whose edges run through one of `places` (within a millimetre or so), with that corner put in."""
    deltas: list[Delta] = []
    for one in neighbours:
        if one.geometry is None or one.geometry.is_empty or not places:
            continue
        after = with_corners(definitions[one.layer].geometry, one.geometry, np.array(places))
        if after is not None and after.is_valid:
            deltas.append(changed(one, one.with_geometry(after)))
    return deltas


def name_of(definitions: Definitions, feature: Feature) -> str:
    """What sentences call a feature, ready for Chinese text to follow."""
    return followed(called(definitions, feature))


def reached(line: BaseGeometry, edges: BaseGeometry) -> BaseGeometry:
    """`line` with ends that lie on one of `edges` but for a hair carried two millimetres on, so that they cross it."""
    corners = shapely.get_coordinates(line)
    if len(corners) < 2:
        return line
    longer = [tuple(one) for one in corners]
    for end, before in ((0, 1), (-1, -2)):
        if edges.distance(Point(corners[end])) <= REACH:
            way = corners[end] - corners[before]
            length = float(np.hypot(*way)) or 1.0
            beyond = tuple(corners[end] + way / length * 2 * REACH)
            longer = [beyond, *longer] if end == 0 else [*longer, beyond]
    return shapely.LineString(longer)


def numbered_like(geometry: BaseGeometry, old: BaseGeometry) -> BaseGeometry:
    """Areas whose outlines begin at the first corner of `old` that they still have, and run the same way round: the
    corners of a zone have numbers in its papers."""
    order: dict[Place, int] = {}
    turns: dict[Place, bool] = {}
    for part in shapely.get_parts(old):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        for place in part.exterior.coords[:-1]:
            order.setdefault((float(place[0]), float(place[1])), len(order))
            turns[(float(place[0]), float(place[1]))] = part.exterior.is_ccw
    made = []
    for part in shapely.get_parts(geometry):
        corners = [(float(e), float(n)) for e, n in part.exterior.coords[:-1]]
        first = min(corners, key=lambda place: order.get(place, len(order)))
        if turns.get(first, part.exterior.is_ccw) != part.exterior.is_ccw:
            corners.reverse()
        at = corners.index(first)
        made.append(shapely.Polygon([*corners[at:], *corners[:at]], [ring.coords for ring in part.interiors]))
    return shapely.multipolygons(made)
