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
_LEAD_SHARES = np.linspace(0.0, 0.85, 14)[None, :, None]


def symbol_boxes(view: MapView, pictures: Sequence[LayerPicture]) -> Floats:
    """The boxes of all point symbols in the frame, a row each: left, top, right, bottom."""
    boxes = obstacles(view, [one for one in pictures if one.definition.geometry == "point"])[0].taken[:, :4]
    left, top, right, bottom = boxes.T
    seen = (right > 0) & (bottom > 0) & (left < view.width_mm) & (top < view.height_mm)
    return np.array(boxes[seen])


def way_points(points: Sequence[Millimetres]) -> Floats:
    """Points (N, 2) along a line, as close together as signs need them to keep off it."""
    found = [np.array(points[:1], dtype=float).reshape(-1, 2)]
    for start, end in pairwise(points):
        count = max(2, int(hypot(end[0] - start[0], end[1] - start[1]) / _SAMPLE) + 1)
        found.append(np.linspace(start, end, count)[1:])
    return np.vstack(found)


class MarkRoom:
    """What signs must not hide, and the signs that already stand."""

    def __init__(self, size: Millimetres, symbols: Floats, blocked: Iterable[Box] = ()) -> None:
        """A frame of `size`; `symbols` (N, 4) must stay in sight, `blocked` boxes are covered by something else."""
        self._frame = (_MARGIN, _MARGIN, size[0] - _MARGIN, size[1] - _MARGIN)
        self._symbols = symbols
        self._blocked = np.array(list(blocked), dtype=float).reshape(-1, 4)
        self._signs: Floats = np.empty((0, 4))
        self._places: Floats = np.empty((0, 2))
        self._ways: Floats = np.empty((0, 2))
        self._reach = 0.0

    def add_way(self, points: Sequence[Millimetres], wide: float) -> None:
        """A line, drawn `wide` mm, that signs should not hide."""
        self.add_way_points(way_points(points), wide)

    def add_way_points(self, points: Floats, wide: float) -> None:
        """The same, where its points (N, 2) are known (see `way_points`)."""
        self._reach = max(self._reach, wide / 2)
        self._ways = np.vstack([self._ways, points])

    def keep_in_sight(self, place: Millimetres) -> None:
        """A place that no sign but its own may hide."""
        self._places = np.vstack([self._places, place])

    def cover(self, box: Box) -> None:
        """A sign stands there."""
        self._signs = np.vstack([self._signs, box])

    def discs(self, places: Sequence[Millimetres], diameter: float) -> list[Millimetres]:
        """The middles of numbered discs, in the order of their `places`: the place itself where nothing is hidden by
        that, else near it. Those that fit come first, so that none that must stand aside takes what is theirs."""
        half = np.array([diameter / 2, diameter / 2])
        found: dict[int, Millimetres] = {}
        for number, place in enumerate(places):
            own = np.array([place])
            on_it = _boxes(own, half)
            if self._hidden(on_it, own[0], ways=False)[0] == 0.0:
                self.cover(_box(on_it[0]))
                found[number] = place
        gaps = np.tile(_DISC_GAPS, len(_WAYS))
        around = np.repeat(_WAYS, len(_DISC_GAPS), axis=0) * (gaps + diameter / 2 + 1.0)[:, None]
        for number, place in enumerate(places):
            if number not in found:
                own = np.array(place)
                found[number] = self._cheapest(own + around, half, own, _A_MM_AWAY * gaps)
        return [found[number] for number in range(len(places))]

    def callout(self, place: Millimetres, size: Millimetres, *, below: bool = False) -> Millimetres:
        """The middle of a callout's box of `size`, its tip on `place`; above it, or `below`, where there is room."""
        half = np.array(size) / 2
        ways = np.repeat(_WAYS, len(_CALLOUT_GAPS), axis=0)
        gaps = np.tile(_CALLOUT_GAPS + half[1], len(_WAYS))
        centres = np.array([place]) + ways * gaps[:, None] + np.sign(np.round(ways, 6)) * half
        liked = np.repeat(np.roll(_LIKED, len(_LIKED) // 2) if below else _LIKED, len(_CALLOUT_GAPS))
        return self._cheapest(centres, half, np.array(place), _A_MM_AWAY * gaps + liked)

    def plate(self, centres: Sequence[Millimetres], size: Millimetres) -> Millimetres:
        """The first of `centres` where a plate of `size` hides nothing, else the one where it hides least."""
        rows, half = np.array(centres), np.array(size) / 2
        boxes = _boxes(rows, half)
        best = int(np.argmin(self._hidden(boxes, np.array([np.inf, np.inf]), ways=True)))
        self.cover(_box(boxes[best]))
        return centres[best]

    def _cheapest(self, centres: Floats, half: Floats, own: Floats, costs: Floats) -> Millimetres:
        boxes = _boxes(centres, half)
        costs = costs + self._hidden(boxes, own, ways=True)
        order = np.argsort(costs, kind="stable")
        best, least = 0, np.inf
        # What a line would cross takes long to say and can only add to the cost: the likely ones alone are asked.
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            if least <= costs[some[0]]:
                break
            led = costs[some] + self._led(boxes[some], own)
            if led.min() < least:
                best, least = int(some[int(led.argmin())]), float(led.min())
        self.cover(_box(boxes[best]))
        x, y = centres[best].tolist()
        return x, y

    def _hidden(self, boxes: Floats, own: Floats, *, ways: bool) -> Floats:
        """What each box hides besides its `own` place."""
        left, top, right, bottom = self._frame
        inside = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
        costs = _OUTSIDE * ~inside
        wider = _grown(boxes, _CLEAR)
        costs = costs + _OVER_BLOCKED * _meet(boxes, self._blocked).sum(axis=1)
        costs += _OVER_SIGN * _meet(wider, self._signs).sum(axis=1)
        costs += _OVER_SYMBOL * _meet(wider, self._symbols).sum(axis=1)
        others = self._places[np.hypot(*(self._places - own).T) > 0.05]
        costs += _OVER_PLACE * _hold(_grown(boxes, _IN_SIGHT), others).sum(axis=1)
        if ways and len(self._ways):
            wider = _grown(boxes, self._reach + _CLEAR)
            hit = _hold(wider, _within(self._ways, wider))
            costs += _OVER_WAY * hit.any(axis=1) + _WAY_A_MM * _SAMPLE * hit.sum(axis=1)
        return np.asarray(costs)

    def _led(self, boxes: Floats, own: Floats) -> Floats:
        """What the line from each box to its place would cross."""
        starts = np.clip(own, boxes[:, :2], boxes[:, 2:])
        points = starts[:, None, :] + (own - starts)[:, None, :] * _LEAD_SHARES
        flat = points.reshape(-1, 2)
        shape = points.shape[:2]

        def crossed(others: Floats) -> NDArray[np.bool_]:
            if not len(others):
                return np.zeros(len(boxes), dtype=bool)
            return np.asarray(np.any(np.any(_hold(others, flat), axis=0).reshape(shape), axis=1))

        signs = self._signs[~_hold(self._signs, own[None, :])[:, 0]]  # what stands on the place itself is led to
        costs = _LEAD_OVER_SIGN * crossed(signs) + _LEAD_OVER_SYMBOL * crossed(self._symbols)
        others = self._places[np.hypot(*(self._places - own).T) > 0.05]
        costs += _LEAD_OVER_SIGN * crossed(_boxes(others, np.array([_IN_SIGHT, _IN_SIGHT])))
        near = _within(self._ways, _grown(np.array([[*flat.min(axis=0), *flat.max(axis=0)]]), self._reach + 0.3))
        near = near[np.hypot(*(near - own).T) > _HEAD]
        if len(near):
            hit = np.any(_hold(_boxes(near, np.full(2, self._reach + 0.3)), flat), axis=0).reshape(shape)
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
    return np.hstack([centres - half, centres + half])


def _grown(boxes: Floats, by: float) -> Floats:
    return np.asarray(boxes + np.array([-by, -by, by, by]))


def _box(row: Floats) -> Box:
    left, top, right, bottom = row.tolist()
    return left, top, right, bottom


def _meet(boxes: Floats, others: Floats) -> NDArray[np.bool_]:
    """(K, N): which of `boxes` overlap which of `others`."""
    a, b = boxes.T[:, :, None], others.T[:, None, :]
    return np.asarray((a[0] < b[2]) & (b[0] < a[2]) & (a[1] < b[3]) & (b[1] < a[3]))


def _within(points: Floats, boxes: Floats) -> Floats:
    """Those of `points` that one of `boxes` may hold."""
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    x, y = points.T
    return np.asarray(points[(x >= low[0]) & (x <= high[0]) & (y >= low[1]) & (y <= high[1])])


def _hold(boxes: Floats, points: Floats) -> NDArray[np.bool_]:
    """(K, N): which of `boxes` hold which of `points`."""
    a = boxes.T[:, :, None]
    x, y = points.T
    return np.asarray((a[0] <= x) & (x <= a[2]) & (a[1] <= y) & (y <= a[3]))
