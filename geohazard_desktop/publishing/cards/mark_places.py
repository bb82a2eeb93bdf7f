"""Where the signs laid over a map stand: numbers of steps and black callouts keep to their places and hide nothing.

A number stands exactly on its place. Where it would hide a symbol or the place of another sign there, it stands aside
and a line leads back to the very spot. A callout keeps its tip on its place and moves its box. Millimetres, y down.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.label_obstacles import obstacles
from geohazard_desktop.cartography.label_text import Box
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.view import MapView

Millimetres = tuple[float, float]

_MARGIN = 1.2  # between a sign and the frame
_CLEAR = 0.6  # white left around what a sign must not hide
_IN_SIGHT = 1.2  # radius of a place that must stay in sight
_SAMPLE = 1.0  # along ways
_AT_ONCE = 8
_SAME = 0.05  # places as near as this are one
_HEAD = 4.0  # a line may touch the way where it leads to: as near as this to its place

# What it costs to hide something; a way by the millimetre on top.
_OUTSIDE, _OVER_BLOCKED, _OVER_SIGN, _OVER_PLACE, _OVER_SYMBOL, _OVER_WAY = 1e5, 2e4, 4e3, 3e3, 800.0, 300.0
_WAY_A_MM, _LEAD_OVER_SIGN, _LEAD_OVER_SYMBOL, _LEAD_OVER_WAY, _A_MM_AWAY = 15.0, 900.0, 80.0, 40.0, 3.0

_TURNS = np.radians(np.arange(16) * 22.5)
_WAYS = np.column_stack([np.sin(_TURNS), -np.cos(_TURNS)])  # up first, then clockwise
# A callout hangs above its place, else below it, else beside it.
_LIKED = np.array([0, 2, 5, 7, 9, 8, 7, 5, 3, 5, 7, 8, 9, 7, 5, 2], dtype=float)
_DISC_GAPS = np.array([0.2, 1.4, 2.8, 4.6, 7.0, 10.0, 14.0])
_CALLOUT_GAPS = np.array([0.2, 2.0, 4.5, 8.0, 12.0, 17.0, 24.0, 32.0])  # and half its height, for the tip
# Candidates in rows: for each way all gaps.
_DISC_WAYS, _DISC_AWAY = np.repeat(_WAYS, len(_DISC_GAPS), axis=0), np.tile(_DISC_GAPS, len(_WAYS))
_CALLOUT_WAYS = np.repeat(_WAYS, len(_CALLOUT_GAPS), axis=0)
_CALLOUT_SIDES = np.sign(np.round(_CALLOUT_WAYS, 6))
_LIKED_ABOVE = np.repeat(_LIKED, len(_CALLOUT_GAPS))
_LIKED_BELOW = np.repeat(np.roll(_LIKED, len(_LIKED) // 2), len(_CALLOUT_GAPS))
_LEAD_SHARES = np.linspace(0.0, 0.85, 14)[None, :, None]


def symbol_boxes(view: MapView, pictures: Sequence[LayerPicture]) -> Floats:
    """The boxes of all point symbols in the frame, a row each: left, top, right, bottom."""
    boxes = obstacles(view, [one for one in pictures if one.definition.geometry == "point"])[0].taken[:, :4]
    left, top, right, bottom = boxes.T
    seen = (right > 0) & (bottom > 0) & (left < view.width_mm) & (top < view.height_mm)
    return np.array(boxes[seen])


def way_points(points: Sequence[Millimetres]) -> Floats:
    """Points (N, 2) along a line, as close together as signs need them to keep off it."""
    places = np.array(points, dtype=float).reshape(-1, 2)
    if len(places) < 2:
        return places
    counts = np.array([max(1, int(hypot(b[0] - a[0], b[1] - a[1]) / _SAMPLE)) for a, b in pairwise(points)])
    ends = np.cumsum(counts)
    number = np.arange(1, ends[-1] + 1) - np.repeat(ends - counts, counts)
    steps = np.diff(places, axis=0) / counts[:, None]
    found = np.repeat(steps, counts, axis=0) * number[:, None] + np.repeat(places[:-1], counts, axis=0)
    found[ends - 1] = places[1:]
    return np.vstack([places[:1], found])


class MarkRoom:
    """What signs must not hide, and the signs that already stand."""

    def __init__(self, size: Millimetres, symbols: Floats, blocked: Iterable[Box] = ()) -> None:
        """A frame of `size`; `symbols` (N, 4) must stay in sight, `blocked` boxes are covered by something else."""
        self._frame = (_MARGIN, _MARGIN, size[0] - _MARGIN, size[1] - _MARGIN)
        self._symbols = symbols
        self._blocked = list(blocked)
        self._signs: list[Box] = []
        self._places: list[Millimetres] = []
        self._ways: list[Floats] = [np.empty((0, 2))]
        self._reach = 0.0

    def add_way(self, points: Sequence[Millimetres], wide: float) -> None:
        """A line, drawn `wide` mm, that signs should not hide."""
        self.add_way_points(way_points(points), wide)

    def add_way_points(self, points: Floats, wide: float) -> None:
        """The same, where its points (N, 2) are known (see `way_points`)."""
        self._reach = max(self._reach, wide / 2)
        self._ways.append(points)

    def keep_in_sight(self, place: Millimetres) -> None:
        """A place that no sign but its own may hide."""
        self._places.append(place)

    def cover(self, box: Box) -> None:
        """A sign stands there."""
        self._signs.append(box)

    def discs(self, places: Sequence[Millimetres], diameter: float) -> list[Millimetres]:
        """The middles of numbered discs, in the order of their `places`: the place itself where nothing is hidden by
        that, else near it. Those that fit come first, so that none that must stand aside takes what is theirs."""
        half = diameter / 2
        found: dict[int, Millimetres] = {}
        symbols: list[Box] = self._symbols.tolist()
        for number, place in enumerate(places):
            on_it = (place[0] - half, place[1] - half, place[0] + half, place[1] + half)
            if self._hides_nothing(on_it, place, symbols):
                self.cover(on_it)
                found[number] = place
        around = _DISC_WAYS * (_DISC_AWAY + half + 1.0)[:, None]
        for number, place in enumerate(places):
            if number not in found:
                own = np.array(place)
                found[number] = self._cheapest(own + around, np.array([half, half]), own, _A_MM_AWAY * _DISC_AWAY)
        return [found[number] for number in range(len(places))]

    def callout(self, place: Millimetres, size: Millimetres, *, below: bool = False) -> Millimetres:
        """The middle of a callout's box of `size`, its tip on `place`; above it, or `below`, where there is room."""
        half = np.array(size) / 2
        gaps = np.tile(_CALLOUT_GAPS + half[1], len(_WAYS))
        centres = np.array([place]) + _CALLOUT_WAYS * gaps[:, None] + _CALLOUT_SIDES * half
        liked = _LIKED_BELOW if below else _LIKED_ABOVE
        return self._cheapest(centres, half, np.array(place), _A_MM_AWAY * gaps + liked)

    def plate(self, centres: Sequence[Millimetres], size: Millimetres) -> Millimetres:
        """The first of `centres` where a plate of `size` hides nothing, else the one where it hides least."""
        rows, half = np.array(centres), np.array(size) / 2
        boxes = _boxes(rows, half)
        hidden = self._hidden(boxes, np.array([np.inf, np.inf]))
        best = int(np.argmin(hidden + self._over_ways(boxes, np.vstack(self._ways))))
        self.cover(_box(boxes[best]))
        return centres[best]

    def _cheapest(self, centres: Floats, half: Floats, own: Floats, costs: Floats) -> Millimetres:
        boxes = _boxes(centres, half)
        hidden, ways = self._hidden(boxes, own), np.concatenate(self._ways)
        order = np.argsort(costs + hidden, kind="stable")
        best: tuple[float, float, int] | None = None
        # What a box hides of ways, and what a line would cross, takes long to say and can only add to the cost: the
        # likely ones alone are asked. Of several the one that is cheapest without its line, then the first.
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            if best is not None and best[0] < costs[some[0]] + hidden[some[0]]:
                break
            placed = costs[some] + (hidden[some] + self._over_ways(boxes[some], ways))
            led = placed + self._led(boxes[some], own, ways)
            at = np.flatnonzero(led == led.min()).tolist()
            cheap = min((float(led[one]), float(placed[one]), int(some[one])) for one in at)
            best = cheap if best is None else min(best, cheap)
        assert best is not None
        self.cover(_box(boxes[best[2]]))
        x, y = centres[best[2]].tolist()
        return x, y

    def _hides_nothing(self, box: Box, own: Millimetres, symbols: Sequence[Box]) -> bool:
        """Whether a box would cost nothing by `_hidden`: of one box that is told without arrays."""
        left, top, right, bottom = box
        frame = self._frame
        if left < frame[0] or top < frame[1] or right > frame[2] or bottom > frame[3]:
            return False
        wider = (left - _CLEAR, top - _CLEAR, right + _CLEAR, bottom + _CLEAR)
        if _meets(box, self._blocked) or _meets(wider, self._signs) or _meets(wider, symbols):
            return False
        left, top, right, bottom = left - _IN_SIGHT, top - _IN_SIGHT, right + _IN_SIGHT, bottom + _IN_SIGHT
        return not any(
            left <= x <= right and top <= y <= bottom and hypot(x - own[0], y - own[1]) > _SAME for x, y in self._places
        )

    def _hidden(self, boxes: Floats, own: Floats) -> Floats:
        """What each box hides besides its `own` place and ways."""
        left, top, right, bottom = self._frame
        inside = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
        costs = np.where(inside, 0.0, _OUTSIDE)
        costs += _OVER_BLOCKED * _meet(boxes, _rows(self._blocked)).sum(axis=1)
        kept_off = np.vstack([_rows(self._signs), self._symbols])
        prices = np.repeat([_OVER_SIGN, _OVER_SYMBOL], [len(self._signs), len(self._symbols)])
        costs += _meet(_grown(boxes, _CLEAR), kept_off) @ prices
        costs += _OVER_PLACE * _hold(_grown(boxes, _IN_SIGHT), self._others(own)).sum(axis=1)
        return np.asarray(costs)

    def _others(self, own: Floats) -> Floats:
        """The places (N, 2) that must stay in sight, but for `own`."""
        x, y = own.tolist()
        return np.array([one for one in self._places if hypot(one[0] - x, one[1] - y) > _SAME]).reshape(-1, 2)

    def _over_ways(self, boxes: Floats, ways: Floats) -> Floats:
        """What each box hides of `ways`."""
        if not len(ways):
            return np.zeros(len(boxes))
        wider = _grown(boxes, self._reach + _CLEAR)
        near = _within(ways, *wider[:, :2].min(axis=0).tolist(), *wider[:, 2:].max(axis=0).tolist())
        hits = _hold(wider, near).sum(axis=1)
        return np.asarray(_OVER_WAY * (hits > 0) + _WAY_A_MM * _SAMPLE * hits)

    def _led(self, boxes: Floats, own: Floats, ways: Floats) -> Floats:
        """What the line from each box to its place would cross."""
        starts = np.clip(own, boxes[:, :2], boxes[:, 2:])
        points = starts[:, None, :] + (own - starts)[:, None, :] * _LEAD_SHARES
        flat = points.reshape(-1, 2)
        shape = points.shape[:2]
        (left, top), (right, bottom) = flat.min(axis=0).tolist(), flat.max(axis=0).tolist()
        # What stands on the place itself is led to.
        x, y = own.tolist()
        signs = [one for one in self._signs if not (one[0] <= x <= one[2] and one[1] <= y <= one[3])]
        places = _boxes(self._others(own), np.array([_IN_SIGHT, _IN_SIGHT]))
        crossed = np.vstack([_rows(signs), places, self._symbols])
        over = np.logical_or.reduce(_hold(crossed, flat).reshape(len(crossed), *shape), axis=2)
        symbols_from = len(signs) + len(places)
        costs = _LEAD_OVER_SIGN * over[: len(signs)].any(axis=0) + _LEAD_OVER_SYMBOL * over[symbols_from:].any(axis=0)
        costs = costs + _LEAD_OVER_SIGN * over[len(signs) : symbols_from].any(axis=0)
        reach = self._reach + 0.3
        near = _within(ways, left - reach, top - reach, right + reach, bottom + reach)
        near = near[np.hypot(*(near - own).T) > _HEAD]
        if len(near):
            hit = np.logical_or.reduce(_hold(_boxes(near, np.full(2, reach)), flat), axis=0).reshape(shape)
            along = hit.mean(axis=1) * np.hypot(*(starts - own).T)  # mm of the line that lie on the way
            costs += _LEAD_OVER_WAY * hit.any(axis=1) + _WAY_A_MM * along
        return np.asarray(costs)


def callout_boxes(place: Millimetres, middle: Millimetres, size: Millimetres) -> list[Box]:
    """What a callout covers: its box with the white around it, its tip, and its place."""
    half = np.array(size) / 2 + 0.5
    dot = np.array([1.6, 1.6])
    own = [_box(_boxes(np.array(middle), half)), _box(_boxes(np.array(place), dot))]
    return [*own, *led_boxes(middle, place)]


def led_boxes(start: Millimetres, end: Millimetres) -> list[Box]:
    """Small boxes along a line that leads from a sign to its place, which names keep off."""
    count = max(2, int(hypot(end[0] - start[0], end[1] - start[1])) + 1)
    half = np.array([0.7, 0.7])
    return [_box(one) for one in _boxes(np.linspace(start, end, count), half)]


def _boxes(centres: Floats, half: Floats) -> Floats:
    return np.concatenate([centres - half, centres + half], axis=-1)


def _grown(boxes: Floats, by: float) -> Floats:
    return np.add(boxes, (-by, -by, by, by))


def _box(row: Floats) -> Box:
    left, top, right, bottom = row.tolist()
    return left, top, right, bottom


def _rows(boxes: Sequence[Box]) -> Floats:
    return np.array(boxes, dtype=float).reshape(-1, 4)


def _meets(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box overlaps one of `others`."""
    left, top, right, bottom = box
    return any(left < one[2] and one[0] < right and top < one[3] and one[1] < bottom for one in others)


def _meet(boxes: Floats, others: Floats) -> NDArray[np.bool_]:
    """(K, N): which of `boxes` overlap which of `others`."""
    a, b = boxes.T[:, :, None], others.T[:, None, :]
    return np.asarray((a[0] < b[2]) & (b[0] < a[2]) & (a[1] < b[3]) & (b[1] < a[3]))


def _within(points: Floats, left: float, top: float, right: float, bottom: float) -> Floats:
    """Those of `points` that a box holds."""
    x, y = points.T
    return np.asarray(points[(x >= left) & (x <= right) & (y >= top) & (y <= bottom)])


def _hold(boxes: Floats, points: Floats) -> NDArray[np.bool_]:
    """(K, N): which of `boxes` hold which of `points`."""
    a = boxes.T[:, :, None]
    x, y = points.T
    return np.asarray((a[0] <= x) & (x <= a[2]) & (a[1] <= y) & (y <= a[3]))
