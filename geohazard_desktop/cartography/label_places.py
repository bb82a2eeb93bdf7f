"""Where a horizontal label may stand: around a point, in or beside an area. Candidates hang on the ground, not on the
view, so that labels stay put while the map is panned."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.fonts import MM_PER_POINT
from geohazard_desktop.cartography.label_text import ASCENT, Box, Glyphs, straight, text_width
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.style import Label

# Preferred first: right, left, below, above, then the corners. (right, down) of the label from what it names.
_DIRECTIONS = np.array([(1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)], dtype=float)
_OFFSETS = (0.0, 1.6, 4.0, 7.0, 11.0, 16.0)  # mm
LEADER_FROM = 2.2  # mm: farther from what it names, a label needs a line
_STEP_COST, _WAY_COST = 2.0, 4.0
_AROUND = 16  # directions in which an area is left
LEAVE, LEAVE_ROOMY = 16.0, 130.0  # what it costs to stand beside an area
ROOMY = 0.25  # a name that takes less of its area than this has room in it
MOST_IN_NET = 150
SECOND_GAP = 0.22  # of the second line's height


@dataclass(frozen=True, slots=True)
class Block:
    """A label's text and its size in mm: one or two lines, centred."""

    label: Label
    text: str
    second: str
    width: float
    height: float

    @classmethod
    def of(cls, label: Label, text: str, second: str) -> "Block":
        width = text_width(text, label.size, label.family, label.bold)
        height = label.size * MM_PER_POINT
        if second:
            width = max(width, text_width(second, label.second_size, label.family, label.bold))
            height += label.second_size * MM_PER_POINT * (1 + SECOND_GAP)
        return cls(label, text, second, width, height)

    def lines(self, box: Box) -> tuple[Glyphs, ...]:
        """The text set into `box`, which is as large as the block."""
        middle = (box[0] + box[2]) / 2
        label = self.label
        made: list[Glyphs] = []
        top = box[1]
        for text, points in ((self.text, label.size), (self.second, label.second_size)):
            if not text:
                continue
            if made:
                top += SECOND_GAP * points * MM_PER_POINT
            size = points * MM_PER_POINT
            width = text_width(text, points, label.family, label.bold)
            made.append(
                straight(text, middle - width / 2, top + ASCENT * size, points, label.family, label.bold, label.slant)
            )
            top += size
        return tuple(made)


@dataclass(frozen=True, slots=True)
class Candidates:
    """`boxes` (K, 4), what each costs by itself, and the point on the feature that a leader would lead to (K, 2)."""

    boxes: Floats
    costs: Floats
    feet: Floats
    gaps: Floats  # mm between label and feature

    @classmethod
    def joined(cls, parts: list["Candidates"]) -> "Candidates":
        return cls(
            np.concatenate([one.boxes for one in parts]),
            np.concatenate([one.costs for one in parts]),
            np.concatenate([one.feet for one in parts]),
            np.concatenate([one.gaps for one in parts]),
        )


def around_point(block: Block, x: float, y: float, radius: float) -> Candidates:
    """Eight directions, from close by to 16 mm away, clear of a symbol of `radius` mm."""
    gap = block.label.halo + 0.25
    boxes, costs, feet, gaps = [], [], [], []
    for rank, (right, down) in enumerate(_DIRECTIONS):
        corner = 0.75 if right and down else 1.0
        for offset in _OFFSETS:
            away = (radius + gap) * corner + offset * (0.7 if right and down else 1.0)
            cx = x + right * (away + block.width / 2)
            cy = y + down * (away + block.height / 2)
            boxes.append(_box(cx, cy, block))
            costs.append(rank * _STEP_COST + offset * _WAY_COST)
            feet.append((x + right * radius * corner, y + down * radius * corner))
            gaps.append(offset)
    return Candidates(np.array(boxes), np.array(costs), np.array(feet), np.array(gaps))


def centred(block: Block, x: float, y: float, cost: float = 0.0) -> Candidates:
    box = np.array([_box(x, y, block)])
    return Candidates(box, np.array([cost]), np.array([(x, y)]), np.zeros(1))


def in_area(block: Block, area: BaseGeometry, *, leave: bool) -> Candidates:
    """Inside the visible part `area` (mm); with `leave`, beside it where it is too small to be written in.

    A name may reach over its own area's edge at a price; a label that leaves is led back by a line. Where there is
    plenty of room inside, leaving is the last resort: beside a 街道 lies another one, which the name would name.
    """
    x, y, radius = widest_place(area)
    points = _inside_points(block, area, x, y, radius)
    boxes = np.array([_box(px, py, block) for px, py in points])
    shapes = shapely.box(boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3])
    try:
        covered = shapely.area(shapely.intersection(shapes, area))
    except shapely.errors.GEOSException:  # a self-crossing ring can't be measured, the place inside it still counts
        covered = shapely.area(shapes)
    outside = 1.0 - covered / max(block.width * block.height, 1e-9)
    filled = covered / max(area.area, 1e-9)
    costs = outside * 90.0 + filled * (70.0 if leave else 0.0)
    away = np.hypot(*(np.array(points) - (x, y)).T)
    costs[1:] += 8.0 + np.minimum(away[1:] * 0.3, 30.0)
    inside = Candidates(boxes, costs, np.array(points), np.zeros(len(points)))
    if not leave:
        return inside
    roomy = bool(((outside < 1e-3) & (filled < ROOMY)).any())
    return Candidates.joined([inside, _beside(block, area, (x, y), LEAVE_ROOMY if roomy else LEAVE)])


def _inside_points(block: Block, area: BaseGeometry, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The widest place first, then places around it, then a net over the rest of a large area."""
    points = [(x, y)]
    if radius <= block.height:
        return points
    points += [(x + dx * block.width * 0.35, y + dy * block.height * 0.8) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    left, top, right, bottom = area.bounds
    across, down = block.width * 0.5, block.height * 1.3
    while (right - left) / across * (bottom - top) / down > MOST_IN_NET:
        across, down = across * 1.3, down * 1.3
    columns = x + across * np.arange(np.ceil((left - x) / across), np.floor((right - x) / across) + 1)
    rows = y + down * np.arange(np.ceil((top - y) / down), np.floor((bottom - y) / down) + 1)
    net = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    half = np.array([block.width, block.height]) / 2
    shapely.prepare(area)
    try:
        whole = shapely.covers(area, shapely.box(*(net - half).T, *(net + half).T))
    except shapely.errors.GEOSException:  # a self-crossing ring: the places above must do
        return points
    return points + [(float(px), float(py)) for px, py in net[whole]]


def widest_place(area: BaseGeometry) -> tuple[float, float, float]:
    """The pole of inaccessibility of an area and its distance to the edge, in the area's units."""
    try:
        spoke = shapely.maximum_inscribed_circle(area, tolerance=max(area.length / 400, 1e-6))
    except shapely.errors.GEOSException:
        spoke = None
    if spoke is None or spoke.is_empty:
        point = area.representative_point()
        return point.x, point.y, 0.0
    x, y = spoke.coords[0]
    return float(x), float(y), float(spoke.length)


def _beside(block: Block, area: BaseGeometry, middle: tuple[float, float], price: float) -> Candidates:
    points = shapely.get_coordinates(area)
    boxes, costs, feet, gaps = [], [], [], []
    gap = block.label.halo + 0.5
    turns = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    for turn in turns:
        direction = np.array([np.cos(turn), np.sin(turn)])
        edge = points[np.argmax(points @ direction)]
        # Right and left read better than above and below.
        rank = abs(direction[1]) * 4.0
        for offset in _OFFSETS:
            centre = edge + direction * (gap + offset) + np.sign(np.round(direction, 6)) * _half(block, direction)
            boxes.append(_box(centre[0], centre[1], block))
            costs.append(price + rank + offset * _WAY_COST)
            feet.append(edge + (np.array(middle) - edge) * 0.25)
            gaps.append(offset)
    return Candidates(np.array(boxes), np.array(costs), np.array(feet), np.array(gaps))


def _half(block: Block, direction: Floats) -> Floats:
    """How far the block's middle stands off its near side: more along the way it leaves."""
    return np.array(
        [block.width / 2 * min(1.0, abs(direction[0]) * 1.5), block.height / 2 * min(1.0, abs(direction[1]) * 1.5)]
    )


def _box(cx: float, cy: float, block: Block) -> Box:
    return cx - block.width / 2, cy - block.height / 2, cx + block.width / 2, cy + block.height / 2
