"""Corners where borders meet: what lies on another's edge becomes a corner of that edge too, so that a shared border
has the same corners on both sides and can be moved without opening a gap.

On an edge means within `ON_EDGE_M`, the last digit that survey coordinates carry; the corner that is put in stands
exactly where the other one stands.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.definition import GeometryKind
from geohazard_desktop.workspace.edits.vertices import Rings, geometry_of, rings_of

ON_EDGE_M = 0.001

Array = NDArray[np.float64]


def corners_of(geometry: BaseGeometry | None) -> Array:
    """All corners (n, 2), each once."""
    if geometry is None:
        return np.empty((0, 2))
    return np.unique(shapely.get_coordinates(geometry), axis=0)


def with_corners(kind: GeometryKind, geometry: BaseGeometry, places: Array) -> BaseGeometry | None:
    """`geometry` with a corner at each of `places` (n, 2) that lies on one of its edges; None where there is none to
    add. Each ring takes a place once, on its nearest edge."""
    if kind not in ("polygon", "line") or not len(places):
        return None
    near = _around(places, geometry.bounds)
    if not len(near):
        return None
    rings = rings_of(geometry)
    added = 0
    for part in rings:
        for index, corners in enumerate(part):
            part[index], count = _put_in(corners, near, closed=kind == "polygon")
            added += count
    return geometry_of(kind, rings) if added else None


def welded(kind: GeometryKind, geometry: BaseGeometry, places: Array) -> BaseGeometry | None:
    """`geometry` with each corner that lies within `ON_EDGE_M` of one of `places`, but not on it, moved there; None
    where there is none to move."""
    if kind not in ("polygon", "line") or not len(places):
        return None
    near = _around(places, geometry.bounds)
    if not len(near):
        return None
    tree = shapely.STRtree(shapely.points(near))
    rings: Rings = rings_of(geometry)
    moved = False
    for part in rings:
        for index, corners in enumerate(part):
            pairs, distances = tree.query_nearest(
                shapely.points(corners), max_distance=ON_EDGE_M, return_distance=True, all_matches=False
            )
            apart = distances > 0
            if apart.any():
                part[index] = corners.copy()
                part[index][pairs[0][apart]] = near[pairs[1][apart]]
                moved = True
    return geometry_of(kind, rings) if moved else None


def _around(places: Array, box: tuple[float, float, float, float]) -> Array:
    west, south, east, north = box
    e, n = places[:, 0], places[:, 1]
    reach = ON_EDGE_M
    return places[(e >= west - reach) & (e <= east + reach) & (n >= south - reach) & (n <= north + reach)]


def _put_in(corners: Array, places: Array, *, closed: bool) -> tuple[Array, int]:
    """A ring (open) with new corners, and how many."""
    ends = np.roll(corners, -1, axis=0) if closed else corners[1:]
    starts = corners if closed else corners[:-1]
    if not len(starts):
        return corners, 0
    taken = shapely.STRtree(shapely.points(corners))
    points = shapely.points(places)
    close = np.unique(taken.query(points, predicate="dwithin", distance=ON_EDGE_M)[0])
    free = np.setdiff1d(np.arange(len(places)), close)
    if not len(free):
        return corners, 0
    edges = shapely.STRtree(shapely.linestrings(np.stack([starts, ends], axis=1)))
    (which, edge), _far = edges.query_nearest(
        points[free], max_distance=ON_EDGE_M, return_distance=True, all_matches=False
    )
    if not len(which):
        return corners, 0
    found = places[free[which]]
    along = ends[edge] - starts[edge]
    fraction = ((found - starts[edge]) * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12)
    order = np.lexsort((fraction, edge))
    return np.insert(corners, edge[order] + 1, found[order], axis=0), len(order)
