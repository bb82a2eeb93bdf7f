"""Corners and edges that the hand has pointed out by resting on them, as in CAD: their edges can be followed beyond
their ends, and the next side can run parallel to an edge among them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.editing.tool import Key, Place

Array = NDArray[np.float64]

MOST = 7
_MOST_RAYS = 6  # of one corner


@dataclass(frozen=True, slots=True)
class Acquired:
    """One of them: its mark, whose it is, the edges that run on beyond their end (n, 4: start, end), and the edge (4)
    where it is one."""

    place: Place
    key: Key
    rays: Array
    edge: Array | None = None

    @property
    def what(self) -> Place:
        """What tells two of them apart: an edge is one wherever it was touched."""
        if self.edge is None:
            return self.place
        return float(self.edge[0] + self.edge[2]) / 2, float(self.edge[1] + self.edge[3]) / 2


def corner_rays(place: Array, edges: Array) -> Array:
    """The edges that end at `place`, each running towards it."""
    if not len(edges):
        return np.empty((0, 4))
    ending = edges[(edges[:, 2:] == place).all(axis=1)]
    starting = edges[(edges[:, :2] == place).all(axis=1)]
    return np.vstack([ending, starting[:, [2, 3, 0, 1]]])[:_MOST_RAYS]


def edge_rays(edge: Array) -> Array:
    """One edge running on beyond both ends."""
    return np.vstack([edge, edge[[2, 3, 0, 1]]])


@dataclass(frozen=True, slots=True)
class Guides:
    """All lines that can be followed now: rays (n, 4), whose each is, and from which row on they are parallels."""

    rays: Array
    keys: list[Key]
    parallels: int


class Acquisitions:
    """At most seven, the oldest goes first."""

    def __init__(self) -> None:
        self.held: list[Acquired] = []

    def turn(self, one: Acquired) -> None:
        """Take it up; what is held already is let go."""
        left = [each for each in self.held if each.what != one.what]
        if len(left) == len(self.held):
            left.append(one)
        self.held = left[-MOST:]

    def clear(self) -> None:
        self.held = []

    def guides(self, touched: Array, touched_key: Key, start: Place | None, *, parallel: bool) -> Guides:
        """With `touched`, the rays of the corner passed last, and from `start` the parallels to the edges held."""
        rays: list[Array] = [touched]
        keys: list[Key] = [touched_key] * len(touched)
        for one in self.held:
            rays.append(one.rays)
            keys += [one.key] * len(one.rays)
        count = len(keys)
        if start is not None and parallel:
            for one in self.held:
                if one.edge is not None:
                    rays.append(_through(start, one.edge))
                    keys += [one.key] * 2
        return Guides(np.vstack(rays) if rays else np.empty((0, 4)), keys, count)


def _through(start: Place, edge: Array) -> Array:
    """Two rays that leave `start` along the edge's direction, to both sides."""
    here = np.array(start)
    along = edge[2:] - edge[:2]
    return np.array([[*(here - along), *here], [*(here + along), *here]])
