"""Single corners of a shape: move, add, delete, several at once.

A corner is named by part (of the Multi geometry), ring (0 = outline, 1… = holes; always 0 for lines and points) and
corner number from 0. Rings are counted open: their closing corner is the first one and has no number of its own.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import GeometryKind
from geohazard_desktop.workspace.edits.features import change_geometry
from geohazard_desktop.workspace.edits.wording import Definitions, called, followed
from geohazard_desktop.workspace.feature import Edit, Feature

Place = tuple[float, float]  # east, north in metres
Rings = list[list[NDArray[np.float64]]]  # parts → rings → array of shape (corners, 2)

_FEWEST = {"polygon": 3, "line": 2, "point": 1, "none": 0}


class VertexRef(NamedTuple):
    """One corner of a feature's geometry."""

    part: int
    ring: int
    corner: int


def rings_of(geometry: BaseGeometry) -> Rings:
    """All corners of a geometry, by part and ring; rings open (no closing corner)."""
    found: Rings = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            rings = [part.exterior, *part.interiors]
            found.append([shapely.get_coordinates(one)[:-1] for one in rings])
        else:
            found.append([shapely.get_coordinates(part)])
    return found


def geometry_of(kind: GeometryKind, rings: Rings) -> BaseGeometry:
    """The Multi geometry of `rings`, as `rings_of` gave them; parts without corners are left out."""
    parts = [part for part in rings if part and len(part[0])]
    if kind == "polygon":
        return shapely.MultiPolygon([shapely.Polygon(part[0], [one for one in part[1:] if len(one)]) for part in parts])
    if kind == "line":
        return shapely.MultiLineString([shapely.LineString(part[0]) for part in parts])
    return shapely.MultiPoint([tuple(place) for part in parts for place in part[0]])


def vertices_of(geometry: BaseGeometry | None) -> list[tuple[VertexRef, Place]]:
    """Every corner with its place, in order."""
    if geometry is None:
        return []
    return [
        (VertexRef(part, ring, index), (float(place[0]), float(place[1])))
        for part, rings in enumerate(rings_of(geometry))
        for ring, corners in enumerate(rings)
        for index, place in enumerate(corners)
    ]


def place_of(geometry: BaseGeometry, ref: VertexRef) -> Place:
    """Where a corner is. Raises EditRefused when there is no such corner."""
    corners = _ring(rings_of(geometry), ref)
    east, north = corners[ref.corner]
    return float(east), float(north)


def move_vertex(definitions: Definitions, feature: Feature, moves: Mapping[VertexRef, Place]) -> Edit:
    """Put corners at new places (east, north; metres). Raises EditRefused when the shape would be faulty."""
    rings = _own_rings(definitions, feature)
    for ref, place in moves.items():
        _ring(rings, ref)[ref.corner] = place
    words = _("移动{name}的 {count} 个拐点").format(name=followed(called(definitions, feature)), count=len(moves))
    return _reshaped(definitions, feature, rings, words)


def add_vertex(definitions: Definitions, feature: Feature, ref: VertexRef, place: Place) -> Edit:
    """Put a new corner at `place` so that it gets the number of `ref` (0 to the count of corners)."""
    rings = _own_rings(definitions, feature)
    corners = _ring(rings, VertexRef(ref.part, ref.ring, 0))
    if not 0 <= ref.corner <= len(corners):
        raise _no_such_corner()
    rings[ref.part][ref.ring] = np.insert(corners, ref.corner, place, axis=0)
    words = _("给{name}加 1 个拐点").format(name=followed(called(definitions, feature)))
    return _reshaped(definitions, feature, rings, words)


def delete_vertex(definitions: Definitions, feature: Feature, refs: Collection[VertexRef]) -> Edit:
    """Take corners out. A hole that is left with fewer than three goes with them; an outline never does.

    Raises EditRefused when too few corners would be left.
    """
    kind = definitions[feature.layer].geometry
    rings = _own_rings(definitions, feature)
    name = followed(called(definitions, feature))
    for part, ring in {(one.part, one.ring) for one in refs}:
        gone = sorted({one.corner for one in refs if (one.part, one.ring) == (part, ring)})
        corners = _ring(rings, VertexRef(part, ring, gone[-1]))
        left = np.delete(corners, gone, axis=0)
        if len(left) < _FEWEST[kind]:
            if ring == 0:
                raise EditRefused(
                    _("{name}只剩 {left} 个拐点，不成形了。").format(name=name, left=len(left)),
                    _("请少删几个；要整个删掉，请选中要素再删除。"),
                )
            left = left[:0]
        rings[part][ring] = left
    words = _("删除{name}的 {count} 个拐点").format(name=name, count=len(set(refs)))
    return _reshaped(definitions, feature, rings, words)


def _reshaped(definitions: Definitions, feature: Feature, rings: Rings, words: str) -> Edit:
    kind = definitions[feature.layer].geometry
    try:
        geometry = geometry_of(kind, rings if kind == "point" else _without_repeats(kind, rings))
    except (ValueError, shapely.errors.GEOSException) as error:
        raise EditRefused(
            _("{name}的拐点太少，不成形了。").format(name=followed(called(definitions, feature))), _("请至少留够拐点。")
        ) from error
    return change_geometry(definitions, feature, geometry, words=words)


def _without_repeats(kind: GeometryKind, rings: Rings) -> Rings:
    """A corner that was put exactly on its neighbour becomes one with it, while enough are left."""
    return [[_parted(corners, _FEWEST[kind], closed=kind == "polygon") for corners in part] for part in rings]


def _parted(corners: NDArray[np.float64], fewest: int, *, closed: bool) -> NDArray[np.float64]:
    before = np.roll(corners, 1, axis=0)
    repeats = (corners == before).all(axis=1)
    if not closed and len(repeats):
        repeats[0] = False
    return corners if len(corners) - repeats.sum() < fewest else corners[~repeats]


def _own_rings(definitions: Definitions, feature: Feature) -> Rings:
    if feature.geometry is None or feature.geometry.is_empty:
        raise EditRefused(_("{name}没有图形。").format(name=followed(called(definitions, feature))), _("请先画一个。"))
    return rings_of(feature.geometry)


def _ring(rings: Rings, ref: VertexRef) -> NDArray[np.float64]:
    if not (0 <= ref.part < len(rings) and 0 <= ref.ring < len(rings[ref.part])):
        raise _no_such_corner()
    corners = rings[ref.part][ref.ring]
    if not 0 <= ref.corner < max(1, len(corners)):
        raise _no_such_corner()
    return corners


def _no_such_corner() -> EditRefused:
    return EditRefused(_("这个拐点已经不在了。"), _("请刷新后再做一次。"))
