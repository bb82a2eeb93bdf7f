"""Rings that enclose nothing because they have fewer than three different corners; GEOS refuses to work on them.

CAD programs and web maps write them where an area shrank to a point. One such ring must not keep a file from being
read: it goes, and what else the feature is made of stays.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Geometries = NDArray[np.object_]
_FEWEST = 3  # steps from one corner to a different one, once around


def dead_rings(geometries: Geometries) -> NDArray[np.intp]:
    """How many rings of each geometry have fewer than three different corners in a row; empty rings do not count."""
    parts, owners = shapely.get_parts(geometries, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    return np.bincount(owners[part_of[_dead(rings)]], minlength=len(geometries)).astype(np.intp)


def without_dead_rings(geometry: BaseGeometry) -> BaseGeometry | None:
    """A polygon or multipolygon without its dead rings, as a multipolygon; a part whose border is dead goes with its
    holes. None where nothing is left."""
    parts = []
    for part in shapely.get_parts(geometry):
        if part.is_empty or _dead(np.array([part.exterior], dtype=object))[0]:
            continue
        holes = np.array([one for one in part.interiors if not one.is_empty], dtype=object)
        parts.append(shapely.Polygon(part.exterior, list(holes[~_dead(holes)])))
    return shapely.MultiPolygon(parts) if parts else None


def _dead(rings: Geometries) -> NDArray[np.bool_]:
    places, ring_of = shapely.get_coordinates(rings, return_index=True)
    moved = (places[1:] != places[:-1]).any(axis=1) & (ring_of[1:] == ring_of[:-1])
    steps = np.bincount(ring_of[1:][moved], minlength=len(rings))
    return np.asarray((steps < _FEWEST) & (shapely.get_num_coordinates(rings) > 0), dtype=bool)


def not_numbers(geometries: Geometries) -> list[tuple[int, int]]:
    """(row, corner counted from 1) of the first coordinate of each geometry that is NaN or infinite."""
    places, owners = shapely.get_coordinates(geometries, return_index=True)
    bad = np.flatnonzero(~np.isfinite(places).all(axis=1))
    rows, first = np.unique(owners[bad], return_index=True)
    starts = np.searchsorted(owners, rows)
    return [(int(row), int(at) + 1) for row, at in zip(rows, bad[first] - starts, strict=True)]
