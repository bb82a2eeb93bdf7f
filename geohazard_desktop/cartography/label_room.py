"""The room that labels compete for: other labels, symbols, and lines that should stay readable. Millimetres."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.strips import Floats

OVER_LABEL, OVER_SYMBOL = 1000.0, 200.0
OVER_START = 400.0  # where a way begins: who looks for it has no time
OVER_TURN = 300.0  # where a way turns: less than all its start, more than a symbol
OVER_KEPT = 40.0  # where another label stood a moment ago and wants to stay
LEADER_OVER_LABEL, LEADER_OVER_SYMBOL = 90.0, 35.0
LEADER_OVER_LEADER = 2000.0  # more than any name may cost: of two lines that cross nobody knows which leads where
HALO = np.array([-0.4, -0.4, 0.4, 0.4])  # mm of white that keeps names apart
_LEADER_SHARES = np.linspace(0.08, 0.8, 12)[None, :, None]


class _Rows:
    """Rows of numbers that only become more; kept in one buffer, since adding happens once a label. Column by column in
    memory: one column of all rows is what is looked at."""

    def __init__(self, columns: int) -> None:
        self._buffer = np.empty((columns, 256))
        self._count = 0

    def add(self, rows: Floats) -> None:
        count = self._count + len(rows)
        while count > self._buffer.shape[1]:
            self._buffer = np.concatenate([self._buffer, np.empty_like(self._buffer)], axis=1)
        self._buffer[:, self._count : count] = rows.T
        self._count = count

    def __len__(self) -> int:
        return self._count

    def cut(self, count: int) -> None:
        """Forget all rows but the first `count`."""
        self._count = count

    @property
    def all(self) -> Floats:
        return self._buffer[:, : self._count].T


@dataclass(frozen=True, slots=True)
class Standing:
    """What boxes (K, 4) cover of what stood in the room from the beginning: prices of symbols, and the greatest and the
    summed weights of the points along lines. (K,) each."""

    hard: Floats
    soft_most: Floats
    soft_sum: Floats

    def with_labels(self, new: "Standing") -> Floats:
        """What the boxes cost, with what they cover of what came later."""
        most = np.maximum(self.soft_most, new.soft_most)
        return np.asarray(self.hard + new.hard + most + 0.15 * (self.soft_sum + new.soft_sum))

    def alone(self) -> Floats:
        """What they cost where nothing came later."""
        return np.asarray(self.hard + self.soft_most + 0.15 * self.soft_sum)

    def taken(self, which: NDArray[np.int64]) -> "Standing":
        return Standing(self.hard[which], self.soft_most[which], self.soft_sum[which])


class Room:
    """`frame` is (width, height); labels stay `margin` inside it."""

    def __init__(self, width: float, height: float, margin: float = 1.0) -> None:
        self.inner = (margin, margin, width - margin, height - margin)
        self._boxes = _Rows(6)  # left, top, right, bottom; what a label over it costs, what a leader over it costs
        self._soft = _Rows(3)  # x, y, weight
        self._kept: Floats = np.empty((0, 4))
        self._lent: Floats = np.empty((0, 3))  # like _soft, for a while
        self._leaders = _Rows(4)  # from x, y to x, y
        self._ground = (0, 0, 0)  # what was there before the first label, as `mark` tells it
        self.claimed: Callable[[Floats], None] | None = None  # told what becomes taken

    def add_symbols(self, centres: Floats, width: float) -> None:
        half = width / 2
        self._boxes.add(_priced(np.hstack([centres - half, centres + half]), OVER_SYMBOL, LEADER_OVER_SYMBOL))

    def add_starts(self, centres: Floats, width: float) -> None:
        """Where ways begin: what must be on the map may cover a symbol, but hardly ever one of these."""
        half = width / 2
        self._boxes.add(_priced(np.hstack([centres - half, centres + half]), OVER_START, LEADER_OVER_SYMBOL))

    def add_turns(self, centres: Floats, width: float) -> None:
        """Where ways turn: a name there sends on who should turn."""
        half = width / 2
        self._boxes.add(_priced(np.hstack([centres - half, centres + half]), OVER_TURN, LEADER_OVER_SYMBOL))

    def add_soft(self, points: Floats, weight: float) -> None:
        """Points along lines that a label should not cover."""
        self._soft.add(np.column_stack([points, np.full(len(points), weight)]))

    def claim(self, boxes: Floats) -> None:
        rows = np.asarray(boxes, dtype=float).reshape(-1, 4)
        self._boxes.add(_priced(rows, OVER_LABEL, LEADER_OVER_LABEL))
        if self.claimed is not None:
            self.claimed(rows)

    def reserve(self, boxes: Floats) -> None:
        """Where labels stood a moment ago: who comes anew keeps off, if that costs little."""
        self._kept = np.asarray(boxes, dtype=float).reshape(-1, 4)

    @property
    def taken(self) -> Floats:
        """The boxes of all symbols and labels, a row each, in its first four columns."""
        return self._boxes.all

    def leader_cost(self, starts: Floats, ends: Floats) -> Floats:
        """What lines from labels (K, 2) to what they name would cross. Symbols near the end are what they lead to."""
        return _led_over(starts, ends, self._boxes.all, self._leaders.all)

    def add_leader(
        self, start: tuple[float, float], end: tuple[float, float], weight: float = LEADER_OVER_LABEL
    ) -> None:
        """Later labels keep off a leader that is drawn, and no later leader crosses it."""
        self._leaders.add(np.array([[*start, *end]]))
        self.add_soft(np.linspace(start, end, max(12, int(np.hypot(*np.subtract(end, start))))), weight)

    def found(self) -> None:
        """What is there now stays for good: `cleared` comes back to it, and `standing` tells what boxes cover of it."""
        self._ground = self.mark()

    def cleared(self) -> "Room":
        """This room without anything that came after `found`."""
        self.back_to(self._ground)
        self._kept, self._lent = np.empty((0, 4)), np.empty((0, 3))
        self.claimed = None
        return self

    def standing(self, boxes: Floats) -> Standing:
        """What boxes (K, 4) cover of the room as it was found: the part of `cost` that no label changes."""
        boxes_there, soft_there, _leaders = self._ground
        return _covered(boxes, self._boxes.all[:boxes_there], self._soft.all[:soft_there])

    def ground_under(self, boxes: Floats) -> Standing | None:
        """`standing` where `found` was called; None where no ground is told from what came later."""
        return None if self._ground == (0, 0, 0) else self.standing(boxes)

    def led_over_ground(self, starts: Floats, ends: Floats) -> Floats:
        """The part of `leader_cost` that no label changes."""
        boxes, _soft, leaders = self._ground
        return _led_over(starts, ends, self._boxes.all[:boxes], self._leaders.all[:leaders])

    def led_over_labels(self, starts: Floats, ends: Floats) -> Floats:
        """The rest of `leader_cost`."""
        boxes, _soft, leaders = self._ground
        return _led_over(starts, ends, self._boxes.all[boxes:], self._leaders.all[leaders:])

    def covered_labels(self, boxes: Floats) -> Standing:
        """What boxes (K, 4) cover of all that came after `found`."""
        boxes_there, soft_there, _leaders = self._ground
        return _covered(boxes, self._boxes.all[boxes_there:], self._soft.all[soft_there:])

    @property
    def as_found(self) -> bool:
        """Whether nothing was lent or reserved, so that claims and leaders are all that came after `found`."""
        return not len(self._lent) and not len(self._kept)

    def mark(self) -> tuple[int, int, int]:
        """How full the room is, for `back_to`."""
        return len(self._boxes), len(self._soft), len(self._leaders)

    def back_to(self, mark: tuple[int, int, int]) -> None:
        """Give up what was claimed since the mark."""
        for rows, count in zip((self._boxes, self._soft, self._leaders), mark, strict=True):
            rows.cut(count)

    def lend(self, points: Floats, weight: float) -> None:
        """Points that labels keep off until this is called again."""
        self._lent = np.column_stack([points, np.full(len(points), weight)])

    def inside(self, boxes: Floats) -> NDArray[np.bool_]:
        """Which boxes (K, 4) lie wholly in the frame."""
        left, top, right, bottom = self.inner
        result = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
        return np.asarray(result)

    def touching(self, boxes: Floats) -> NDArray[np.bool_]:
        """Which boxes (K, 4) lie in the frame at least in part."""
        left, top, right, bottom = self.inner
        result = (boxes[:, 2] > left) & (boxes[:, 3] > top) & (boxes[:, 0] < right) & (boxes[:, 1] < bottom)
        return np.asarray(result)

    def cost(self, boxes: Floats, *, newcomer: bool = False, standing: Standing | None = None) -> Floats:
        """What each box (K, 4) would cover, summed. `standing` is what `standing` says of these boxes, where known."""
        there = (0, 0, 0)
        if standing is not None:
            there = self._ground
        elif self._ground != there:
            standing, there = self.standing(boxes), self._ground
        soft = self._soft.all[there[1] :]
        if len(self._lent):
            soft = np.concatenate([soft, self._lent])
        new = _covered(boxes, self._boxes.all[there[0] :], soft)
        total = new.alone() if standing is None else standing.with_labels(new)
        if newcomer and len(self._kept):
            near = _near(self._kept, _around(boxes))
            if len(near):
                total = total + OVER_KEPT * _hits(boxes, near).any(axis=1)
        return np.asarray(total)


def _around(boxes: Floats) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    return left, top, right, bottom


def _covered(boxes: Floats, taken: Floats, soft: Floats) -> Standing:
    """What boxes (K, 4) cover of `taken` (N, 6) and of the points `soft` (M, 3)."""
    left, top, right, bottom = around = _around(boxes)
    nothing = np.zeros(len(boxes))
    hard = soft_most = soft_sum = nothing
    if len(taken):
        near = _near(taken, around)
        if len(near):
            hard = _hits(boxes, near) @ near[:, 4]
    if len(soft):
        x, y = soft[:, 0], soft[:, 1]
        close = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
        if close.any():
            x, y, weights = soft[close].T
            hit = (boxes[:, 0, None] <= x) & (x <= boxes[:, 2, None])
            hit &= (boxes[:, 1, None] <= y) & (y <= boxes[:, 3, None])
            soft_most, soft_sum = (hit * weights).max(axis=1), hit @ weights
    return Standing(hard, soft_most, soft_sum)


def _led_over(starts: Floats, ends: Floats, taken: Floats, leaders: Floats) -> Floats:
    """What lines (K,) cross of `taken` (N, 6) and of other lines (M, 4)."""
    points = starts[:, None, :] + (ends - starts)[:, None, :] * _LEADER_SHARES
    (left, top), (right, bottom) = points.min(axis=(0, 1)).tolist(), points.max(axis=(0, 1)).tolist()
    near = _near(taken, (left, top, right, bottom))
    crossing: Floats = np.where(_cross(starts, ends, leaders), LEADER_OVER_LEADER, 0.0)
    if not len(near):
        return crossing
    x, y = points[:, :, None, 0], points[:, :, None, 1]
    hit = (x >= near[:, 0]) & (x <= near[:, 2]) & (y >= near[:, 1]) & (y <= near[:, 3])
    return np.asarray(np.any(hit, axis=1) @ near[:, 5] + crossing)


def _priced(boxes: Floats, price: float, leader_price: float) -> Floats:
    rows = np.empty((len(boxes), 6))
    rows[:, :4], rows[:, 4], rows[:, 5] = boxes, price, leader_price
    return rows


def _near(boxes: Floats, around: tuple[float, float, float, float]) -> Floats:
    hit = (boxes[:, 0] < around[2]) & (boxes[:, 2] > around[0]) & (boxes[:, 1] < around[3]) & (boxes[:, 3] > around[1])
    return np.asarray(boxes[hit])


def _cross(starts: Floats, ends: Floats, lines: Floats) -> NDArray[np.bool_]:
    """Which lines from `starts` (K, 2) to `ends` cross one of `lines` (N, 4)."""
    if not len(lines):
        return np.zeros(len(starts), dtype=bool)
    a, b = starts[:, None, :], ends[:, None, :]
    c, d = lines[None, :, :2], lines[None, :, 2:]
    apart = _side(a, b, c) * _side(a, b, d) < 0
    return np.asarray((apart & (_side(c, d, a) * _side(c, d, b) < 0)).any(axis=1))


def _side(start: Floats, end: Floats, place: Floats) -> Floats:
    """On which side of a line a place lies: positive, negative, or 0 on it."""
    along, away = end - start, place - start
    return np.asarray(along[..., 0] * away[..., 1] - along[..., 1] * away[..., 0])


def _hits(boxes: Floats, others: Floats) -> NDArray[np.bool_]:
    a = boxes.T[:, :, None]
    b = others.T[:, None, :]
    return np.asarray((a[0] < b[2]) & (b[0] < a[2]) & (a[1] < b[3]) & (b[1] < a[3]))
