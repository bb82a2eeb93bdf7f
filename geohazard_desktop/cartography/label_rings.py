"""Rings of places around a point and beside an area, where a label may stand: reckoned once for all labels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.strips import Floats

_OFFSETS = np.array([0.0, 1.4, 4.0, 7.0, 11.0, 16.0])  # mm
_FAR_OFFSETS = np.array([21.0, 26.0, 32.0, 39.0])  # for what must be on the map
LEADER_FROM = 2.2  # mm: farther from what it names, a label needs a line
_STEP_COST, _WAY_COST = 2.0, 4.0
FAR_COST = float(_FAR_OFFSETS[0]) * _WAY_COST  # the least that a place far out costs
# In each ring right, left, below, above, then the corners: (right, down) of the label.
_EIGHT = np.array([(1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)], dtype=float)
# Beside an area: sixteen directions; right and left read better than above and below.
_TURNS = np.linspace(0, 2 * np.pi, 16, endpoint=False)
SIXTEEN = np.column_stack([np.cos(_TURNS), np.sin(_TURNS)])


@dataclass(frozen=True, slots=True)
class Rings:
    """Places around a point: the way from it, the share of its symbol's radius and the mm that a label's near side
    stands off, what that costs, whether a line must lead back."""

    ways: Floats
    shares: Floats
    away: Floats
    costs: Floats
    led: NDArray[np.bool_]

    @classmethod
    def around_point(cls, offsets: Floats) -> "Rings":
        """Nearest first."""
        ways = np.tile(_EIGHT, (len(offsets), 1))
        off = np.repeat(offsets, len(_EIGHT))
        corners = np.abs(ways).sum(axis=1) == 2
        return cls(
            ways,
            np.where(corners, 0.75, 1.0)[:, None],
            (off * np.where(corners, 0.7, 1.0))[:, None],
            np.tile(np.arange(len(_EIGHT)) * _STEP_COST, len(offsets)) + off * _WAY_COST,
            off > LEADER_FROM,
        )

    @classmethod
    def beside_area(cls, offsets: Floats) -> "Rings":
        """By direction. `shares` say how far a block's middle stands off its near side: more on its way out."""
        ways = np.repeat(SIXTEEN, len(offsets), axis=0)
        off = np.tile(offsets, len(SIXTEEN))
        shares = np.sign(np.round(ways, 6)) * np.minimum(1.0, np.abs(ways) * 1.5)
        costs = np.abs(ways[:, 1]) * 4.0 + off * _WAY_COST
        return cls(ways, shares, off[:, None], costs, np.ones(len(off), dtype=bool))

    def taken(self, which: NDArray[np.int64]) -> "Rings":
        return Rings(self.ways[which], self.shares[which], self.away[which], self.costs[which], self.led[which])


def _slid() -> Rings:
    """Above and below a point with one end of the name over it, and beside it a little higher or lower: for what
    matters, where the eight places are taken."""
    ways = np.array([(0.5, -1), (-0.5, -1), (0.5, 1), (-0.5, 1), (1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5)])
    offsets = np.array([0.0, 1.4, 4.0])
    off = np.repeat(offsets, len(ways))
    return Rings(
        np.tile(ways, (len(offsets), 1)),
        np.ones((len(off), 1)),
        off[:, None],
        SLID_COST + off * _WAY_COST,
        off > LEADER_FROM,
    )


SLID_COST = 17.0  # more than any of the eight places close by
SLID = _slid()
NEAR_POINT = Rings.around_point(_OFFSETS)
NEAR_AREA, FAR_AREA = Rings.beside_area(_OFFSETS), Rings.beside_area(_FAR_OFFSETS)
