"""Places on edges that a pointer may mean, by NumPy over all edges at once.

Edges are rows (start east, start north, end east, end north) in metres; each answer is the place, the row it came from
and, where there is one, the guide that leads to it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Place = tuple[float, float]

_PARALLEL = 1e-9
_MOST_PAIRS = 24  # nearest edges, each compared with each


@dataclass(frozen=True, slots=True)
class Found:
    """A place, the row of the edge it lies on (-1: none), and the line that leads to it (extension, perpendicular);
    where two lines lead there, `second` is the other one. `rays` are the rows of the lengthened edges it lies on."""

    place: Place
    row: int
    guide: tuple[Place, Place] | None = None
    second: tuple[Place, Place] | None = None
    rays: tuple[int, ...] = ()


def feet(pointer: Array, edges: Array) -> tuple[Array, Array, Array]:
    """For each edge its nearest place to the pointer (n, 2), the distance (n) and where along the edge (0 to 1)."""
    starts, along = edges[:, :2], edges[:, 2:] - edges[:, :2]
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    fraction = np.clip(((pointer - starts) * along).sum(axis=1) / squared, 0.0, 1.0)
    places = starts + along * fraction[:, None]
    return places, np.hypot(*(places - pointer).T), fraction


def nearest(pointer: Array, places: Array, tolerance: float) -> int:
    """The row of the nearest place within the tolerance; -1 when there is none."""
    if not len(places):
        return -1
    distances = np.hypot(*(places - pointer).T)
    index = int(np.argmin(distances))
    return index if distances[index] <= tolerance else -1


def intersection(pointer: Array, edges: Array, tolerance: float) -> Found | None:
    """The nearest place where two of `edges` (nearest first) cross between their ends."""
    some = edges[:_MOST_PAIRS]
    first, second = np.triu_indices(len(some), 1)
    if not len(first):
        return None
    places, one, other = _crossings(some[first], some[second])
    between = (one > _PARALLEL) & (one < 1 - _PARALLEL) & (other > _PARALLEL) & (other < 1 - _PARALLEL)
    index = nearest(pointer, np.where(between[:, None], places, np.inf), tolerance)
    return None if index < 0 else Found(_place(places[index]), int(first[index]))


def midpoint(pointer: Array, edges: Array, tolerance: float) -> Found | None:
    places = (edges[:, :2] + edges[:, 2:]) / 2
    index = nearest(pointer, places, tolerance)
    return None if index < 0 else Found(_place(places[index]), index)


def perpendicular(pointer: Array, edges: Array, start: Place, tolerance: float) -> Found | None:
    """The foot on an edge of the perpendicular from `start`, where it falls between the edge's ends."""
    starts, along = edges[:, :2], edges[:, 2:] - edges[:, :2]
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    fraction = ((np.array(start) - starts) * along).sum(axis=1) / squared
    places = starts + along * fraction[:, None]
    # From a corner on the edge itself there is no perpendicular: the foot would be that corner.
    real = (fraction >= 0) & (fraction <= 1) & (np.hypot(*(places - np.array(start)).T) > 1e-3)
    index = nearest(pointer, np.where(real[:, None], places, np.inf), tolerance)
    return None if index < 0 else Found(_place(places[index]), index, (start, _place(places[index])))


def extension(pointer: Array, edges: Array, rays: Array, tolerance: float) -> tuple[str, Found] | None:
    """A place on the lengthened `rays` (edges that run on beyond their end): where one meets an edge or another ray
    ("intersection"), else the pointer's foot on it ("extension")."""
    starts, along = rays[:, :2], rays[:, 2:] - rays[:, :2]
    length = np.maximum(np.hypot(*along.T), 1e-9)
    fraction = ((pointer - starts) * along).sum(axis=1) / length**2
    places = starts + along * fraction[:, None]
    beyond = (fraction > 1.0) & (np.hypot(*(places - pointer).T) <= tolerance)
    if not beyond.any():
        return None
    near = np.flatnonzero(beyond)
    crossing = _met(pointer, edges[:_MOST_PAIRS], rays[near], tolerance)
    if crossing is not None:
        place, rows = crossing
        met = tuple(int(near[row]) for row in rows)
        lines = [(_place(rays[row, 2:]), place) for row in met]
        return "intersection", Found(place, -1, lines[0], lines[1] if len(lines) > 1 else None, met)
    index = near[int(np.argmin(np.hypot(*(places[near] - pointer).T)))]
    found = _place(places[index])
    return "extension", Found(found, -1, (_place(rays[index, 2:]), found), rays=(int(index),))


def _met(pointer: Array, edges: Array, rays: Array, tolerance: float) -> tuple[Place, tuple[int, ...]] | None:
    """Where a ray meets an edge between its ends, or another ray beyond its own, and the rows of the rays."""
    found: list[tuple[float, Place, tuple[int, ...]]] = []
    for row, ray in enumerate(rays):
        for others, most in ((edges, 1.0), (rays[row + 1 :], np.inf)):
            if not len(others):
                continue
            places, one, other = _crossings(np.repeat(ray[None, :], len(others), axis=0), others)
            least = 0.0 if most == 1.0 else 1.0
            real = (one > 1.0) & (other >= least) & (other <= most)
            index = nearest(pointer, np.where(real[:, None], places, np.inf), tolerance)
            if index >= 0:
                met = (row,) if most == 1.0 else (row, row + 1 + index)
                found.append((float(np.hypot(*(places[index] - pointer))), _place(places[index]), met))
    return min(found)[1:] if found else None


def grid(pointer: Array, spacing: float, tolerance: float) -> Found | None:
    """The nearest crossing of a grid whose lines lie at multiples of `spacing` metres."""
    place = np.round(pointer / spacing) * spacing
    return Found(_place(place), -1) if np.hypot(*(place - pointer)) <= tolerance else None


def _crossings(first: Array, second: Array) -> tuple[Array, Array, Array]:
    """Where lines cross, row by row, and where along each (0 start, 1 end); infinite where they are parallel."""
    along, across = first[:, 2:] - first[:, :2], second[:, 2:] - second[:, :2]
    gap = second[:, :2] - first[:, :2]
    divisor = along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0]
    parallel = np.abs(divisor) < _PARALLEL
    safe = np.where(parallel, 1.0, divisor)
    one = np.where(parallel, np.inf, (gap[:, 0] * across[:, 1] - gap[:, 1] * across[:, 0]) / safe)
    other = np.where(parallel, np.inf, (gap[:, 0] * along[:, 1] - gap[:, 1] * along[:, 0]) / safe)
    places = first[:, :2] + along * np.where(parallel, 0.0, one)[:, None]
    return np.where(parallel[:, None], np.inf, places), one, other


def _place(pair: Array) -> Place:
    return float(pair[0]), float(pair[1])


def within(pointer: Array, edges: Array, edge_of: NDArray[np.intp]) -> bool:
    """Whether the pointer lies in an area: it has an odd number of the shape's edges to its right. `edge_of` numbers
    the shape of each edge."""
    if not len(edges):
        return False
    x, y = pointer
    crossed = (edges[:, 1] > y) != (edges[:, 3] > y)
    some = edges[crossed]
    right = some[:, 0] + (some[:, 2] - some[:, 0]) * (y - some[:, 1]) / (some[:, 3] - some[:, 1]) > x
    return bool((np.bincount(edge_of[crossed][right]) % 2).any())
