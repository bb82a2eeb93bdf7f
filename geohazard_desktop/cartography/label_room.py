"""The room that labels compete for: other labels, symbols, and lines that should stay readable. Millimetres."""

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.strips import Floats

OVER_LABEL, OVER_SYMBOL = 1000.0, 200.0
LEADER_OVER_LABEL, LEADER_OVER_SYMBOL = 90.0, 35.0


class Room:
    """`frame` is (width, height); labels stay `margin` inside it."""

    def __init__(self, width: float, height: float, margin: float = 1.0) -> None:
        self.inner = (margin, margin, width - margin, height - margin)
        self._labels = np.empty((0, 4))
        self._symbols = np.empty((0, 4))
        self._points = np.empty((0, 2))
        self._weights = np.empty(0)

    def add_symbols(self, centres: Floats, width: float) -> None:
        half = width / 2
        self._symbols = np.concatenate([self._symbols, np.hstack([centres - half, centres + half])])

    def add_soft(self, points: Floats, weight: float) -> None:
        """Points along lines that a label should not cover."""
        self._points = np.concatenate([self._points, points])
        self._weights = np.concatenate([self._weights, np.full(len(points), weight)])

    def claim(self, boxes: Floats) -> None:
        self._labels = np.concatenate([self._labels, np.asarray(boxes, dtype=float).reshape(-1, 4)])

    def leader_cost(self, starts: Floats, ends: Floats) -> Floats:
        """What lines from labels (K, 2) to what they name would cross. Symbols near the end are what they lead to."""
        shares = np.linspace(0.08, 0.8, 12)[None, :, None]
        points = starts[:, None, :] + (ends - starts)[:, None, :] * shares
        (left, top), (right, bottom) = points.min(axis=(0, 1)).tolist(), points.max(axis=(0, 1)).tolist()
        total = np.zeros(len(starts))
        for boxes, price in ((self._labels, LEADER_OVER_LABEL), (self._symbols, LEADER_OVER_SYMBOL)):
            near = _near(boxes, (left, top, right, bottom))
            x, y = points[:, :, None, 0], points[:, :, None, 1]
            hit = (x >= near[:, 0]) & (x <= near[:, 2]) & (y >= near[:, 1]) & (y <= near[:, 3])
            total += np.count_nonzero(np.any(hit, axis=1), axis=1) * price
        return total

    def add_leader(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Later labels keep off a leader that is drawn."""
        self.add_soft(np.linspace(start, end, 12), LEADER_OVER_LABEL)

    def inside(self, boxes: Floats) -> NDArray[np.bool_]:
        """Which boxes (K, 4) lie wholly in the frame."""
        left, top, right, bottom = self.inner
        result = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
        return np.asarray(result)

    def cost(self, boxes: Floats) -> Floats:
        """What each box (K, 4) would cover, summed."""
        around = (boxes[:, 0].min(), boxes[:, 1].min(), boxes[:, 2].max(), boxes[:, 3].max())
        total = OVER_LABEL * _hits(boxes, _near(self._labels, around))
        total += OVER_SYMBOL * _hits(boxes, _near(self._symbols, around))
        if len(self._points):
            x, y = self._points.T
            near = (x >= around[0]) & (x <= around[2]) & (y >= around[1]) & (y <= around[3])
            if near.any():
                x, y, weights = x[near], y[near], self._weights[near]
                hit = (boxes[:, 0, None] <= x) & (x <= boxes[:, 2, None])
                hit &= (boxes[:, 1, None] <= y) & (y <= boxes[:, 3, None])
                total += (hit * weights).max(axis=1) + 0.15 * (hit * weights).sum(axis=1)
        return np.asarray(total)


def _near(boxes: Floats, around: tuple[float, float, float, float]) -> Floats:
    hit = (boxes[:, 0] < around[2]) & (boxes[:, 2] > around[0]) & (boxes[:, 1] < around[3]) & (boxes[:, 3] > around[1])
    return np.asarray(boxes[hit])


def _hits(boxes: Floats, others: Floats) -> Floats:
    if not len(others):
        return np.zeros(len(boxes))
    a, b = boxes[:, None, :], others[None, :, :]
    hit = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    return np.asarray(hit.sum(axis=1), dtype=float)
