"""Where the corners and edges of a shape are for the hand that changes them, and the shape with some of them moved."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.editing.snap_index import segments
from geohazard_desktop.editing.tool import Place, rounded
from geohazard_desktop.workspace.definition import GeometryKind
from geohazard_desktop.workspace.edits import VertexRef, vertices_of
from geohazard_desktop.workspace.edits.vertices import geometry_of, rings_of
from geohazard_desktop.workspace.feature import Feature


def moves_of(
    feature: Feature, refs: Sequence[VertexRef], east: float, north: float, exact: tuple[Place, Place] | None
) -> dict[VertexRef, Place]:
    """New places of corners. The corner in the hand goes exactly where it snapped, the others by the same way."""
    places = dict(vertices_of(feature.geometry))
    moves: dict[VertexRef, Place] = {}
    for ref in refs:
        if ref not in places:
            continue
        old = places[ref]
        held = exact is not None and old == exact[0]
        moves[ref] = exact[1] if held and exact is not None else rounded((old[0] + east, old[1] + north))
    return moves


def moved_shape(kind: GeometryKind, feature: Feature, moves: Mapping[VertexRef, Place]) -> BaseGeometry | None:
    """The feature as it would be, faulty or not; None when it would be no shape at all."""
    if feature.geometry is None:
        return None
    rings = rings_of(feature.geometry)
    try:
        for ref, place in moves.items():
            rings[ref.part][ref.ring][ref.corner] = place
        return geometry_of(kind, rings)
    except (GeohazardError, ValueError, IndexError, shapely.errors.GEOSException):
        return None


def moved_edges(before: BaseGeometry, after: BaseGeometry) -> BaseGeometry | None:
    """The edges of `after` that `before` has not, as lines: what of a neighbour's border goes along. None for none."""
    old, new = segments(before)[1], segments(after)[1]
    if not len(new):
        return None
    known = {tuple(one) for one in old.tolist()}
    moved = [one for one in new.tolist() if tuple(one) not in known]
    return shapely.multilinestrings(np.array(moved).reshape(-1, 2, 2)) if moved else None


def shape_with(kind: GeometryKind, feature: Feature, ref: VertexRef, place: Place) -> BaseGeometry | None:
    """The feature with one more corner, numbered `ref`; None when it would be no shape at all."""
    if feature.geometry is None:
        return None
    rings = rings_of(feature.geometry)
    try:
        rings[ref.part][ref.ring] = np.insert(rings[ref.part][ref.ring], ref.corner, place, axis=0)
        return geometry_of(kind, rings)
    except (GeohazardError, ValueError, IndexError, shapely.errors.GEOSException):
        return None


def nearest_edge(geometry: BaseGeometry, place: Place, *, closed: bool) -> tuple[float, VertexRef, Place] | None:
    """Distance, number of a corner put in there, and the foot on the edge."""
    pointer = np.array(place)
    best: tuple[float, VertexRef, Place] | None = None
    for part, rings in enumerate(rings_of(geometry)):
        for ring, corners in enumerate(rings):
            starts = corners if closed else corners[:-1]
            ends = np.roll(corners, -1, axis=0) if closed else corners[1:]
            if not len(starts):
                continue
            along = ends - starts
            squared = np.maximum((along**2).sum(axis=1), 1e-12)
            fraction = np.clip(((pointer - starts) * along).sum(axis=1) / squared, 0.0, 1.0)
            feet = starts + along * fraction[:, None]
            distances = np.hypot(*(feet - pointer).T)
            index = int(distances.argmin())
            if best is None or distances[index] < best[0]:
                foot = float(feet[index][0]), float(feet[index][1])
                best = float(distances[index]), VertexRef(part, ring, index + 1), foot
    return best
