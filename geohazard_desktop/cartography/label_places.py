"""Where a horizontal label may stand: around a point, in or beside an area. Candidates hang on the ground, not on the
view, so that labels stay put while the map is panned."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.fonts import MM_PER_POINT
from geohazard_desktop.cartography.label_rings import (
    FAR_AREA,
    FAR_COST,
    NEAR_AREA,
    NEAR_POINT,
    SIXTEEN,
    SLID,
    SLID_COST,
)
from geohazard_desktop.cartography.label_sources import MATTERS_FROM, LabelSource
from geohazard_desktop.cartography.label_text import ASCENT, Box, Glyphs, straight, text_width
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.style import Label
from geohazard_desktop.cartography.view import MapView

_NUMBER = re.compile(r"[A-Z]+-[A-Z]-([0-9]+)")  # WD-W-0011
FIRST = 95.0  # from this priority on (papers about evacuation) names are set before all others, if need be far away
LEAST_LEADER = 0.6  # mm: a shorter line is not seen
LEAVE, LEAVE_MINOR, LEAVE_ROOMY = 16.0, 100.0, 130.0  # what it costs to stand beside an area
LEAVES_FROM = 90.0  # from this priority on (danger zones) a name may leave an area that has room for it
MOST_OUTSIDE = 0.3  # the share of its box that the name of an area may set over the edge
AWAY = 8.0  # what it costs to stand elsewhere in an area than at its widest place
FEW_NAMES = 6.0  # an area of less than so many names has little choice of places
ROOMY = 0.25  # a name that takes less of its area than this has room in it
MOST_IN_NET, MOST_IN_FINE_NET = 120, 400
WORTH_A_FINE_NET, WORTH_INSIDE = 48.0, 16.0  # a place that costs less is good enough
_SAME_MM = 0.3
SHRINKS_FROM = 30.0  # from this priority on a label gives up its second line and some size rather than be left out
SMALLER, SMALLEST_POINTS = 0.86, 6.5
_FILLING = 70.0  # what it costs to fill a whole area with its name, where the name may stand beside it instead
_LINE_SHARES = (0.5, 0.4, 0.6, 0.25, 0.75)
SECOND_GAP = 0.22  # of the second line's height
PLATE_EDGE = (1.3, 0.7)  # mm that a plate is wider and higher than its words

# Where a box is looked at to tell how much of it lies in an area, from its middle, in boxes.
_SAMPLES = np.stack(np.meshgrid(np.linspace(-0.4, 0.4, 5), np.linspace(-1, 1, 3) / 3), axis=-1).reshape(-1, 2)


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
        if label.plate:
            height += PLATE_EDGE[1]
            width = max(width + PLATE_EDGE[0], height)
        if second:
            width = max(width, text_width(second, label.second_size, label.family, label.bold))
            height += label.second_size * MM_PER_POINT * (1 + SECOND_GAP)
        return cls(label, text, second, width, height)

    @property
    def half(self) -> Floats:
        return np.array([self.width / 2, self.height / 2])

    def rows(self, box: Box) -> list[Box]:
        """The boxes of its lines in `box`: the shorter of two does not fill it."""
        if not self.second:
            return [box]
        label, middle = self.label, (box[0] + box[2]) / 2
        below = box[3] - label.second_size * MM_PER_POINT
        widths = (
            text_width(self.text, label.size, label.family, label.bold),
            text_width(self.second, label.second_size, label.family, label.bold),
        )
        above, under = ((middle - width / 2, middle + width / 2) for width in widths)
        return [(above[0], box[1], above[1], below), (under[0], below, under[1], box[3])]

    def lines(self, box: Box) -> tuple[Glyphs, ...]:
        """The text set into `box`, which is as large as the block."""
        middle = (box[0] + box[2]) / 2
        label = self.label
        made: list[Glyphs] = []
        top = box[1] + (PLATE_EDGE[1] / 2 if label.plate else 0.0)
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
    """`boxes` (K, 4), what each costs by itself, and the point on the feature that a leader would lead to (K, 2).

    `led` are those that need a leader: away from what they name, or beside an area, where they would name another one.
    `holds` (K, 2) are the places on the ground that the boxes hang on: from frame to frame a label keeps its offset
    from there."""

    boxes: Floats
    costs: Floats
    feet: Floats
    led: NDArray[np.bool_]
    holds: Floats

    @classmethod
    def joined(cls, parts: list["Candidates"]) -> "Candidates":
        if len(parts) == 1:
            return parts[0]
        return cls(
            np.concatenate([one.boxes for one in parts]),
            np.concatenate([one.costs for one in parts]),
            np.concatenate([one.feet for one in parts]),
            np.concatenate([one.led for one in parts]),
            np.concatenate([one.holds for one in parts]),
        )

    def standing(self, expected: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
        """Which stand where the label stood a moment ago."""
        result = np.zeros(len(self.boxes), dtype=bool)
        middles = (self.boxes[:, :2] + self.boxes[:, 2:]) / 2
        for place in expected:
            result |= np.abs(middles - place).max(axis=1) < _SAME_MM
        return result

    def taken(self, which: NDArray[np.bool_]) -> "Candidates":
        return Candidates(self.boxes[which], self.costs[which], self.feet[which], self.led[which], self.holds[which])


def around_point(block: Block, x: float, y: float, radius: float, only: NDArray[np.int64] | None = None) -> Candidates:
    """Eight directions, from close by to 16 mm away, clear of a symbol of `radius` mm. `only`: numbers of places."""
    place = np.array([x, y])
    half = block.half
    rings = NEAR_POINT if only is None else NEAR_POINT.taken(only)
    centres = place + rings.ways * ((radius + block.label.halo + 0.25) * rings.shares + rings.away + half)
    feet = place + rings.ways * (radius * rings.shares)
    return Candidates(_boxes(centres, half), rings.costs, feet, rings.led.copy(), np.broadcast_to(place, feet.shape))


def slid_around_point(block: Block, x: float, y: float, radius: float) -> Candidates:
    """Above and below with one end over the point, and beside it a little higher or lower."""
    place = np.array([x, y])
    away = (radius + block.label.halo + 0.25) * np.sign(SLID.ways) + SLID.away * np.sign(SLID.ways)
    full = np.abs(SLID.ways) == 1.0
    centres = place + np.where(full, away, 0.0) + SLID.ways * block.half
    boxes = _boxes(centres, block.half)
    feet = np.clip(place, boxes[:, :2], boxes[:, 2:]) - place
    feet = place + feet / np.maximum(np.hypot(*feet.T), 1e-9)[:, None] * radius
    return Candidates(boxes, SLID.costs, feet, SLID.led.copy(), np.broadcast_to(place, feet.shape))


def slid_into_frame(block: Block, x: float, y: float, radius: float, inner: Box) -> Candidates | None:
    """Above and below a point near the frame's edge, slid inwards as far as the frame asks for; None where that is not
    at all, or so far that the name no longer stands over its point."""
    left, _top, right, _bottom = inner
    wide, high = block.half.tolist()
    middle = min(max(x, left + wide), right - wide)
    if middle == x or abs(middle - x) > wide or right - left < 2 * wide:
        return None
    away = radius + block.label.halo + 0.25 + high
    centres = np.array([(middle, y - away), (middle, y + away)])
    feet = np.array([(x, y - radius), (x, y + radius)])
    costs = np.array([SLID_COST, SLID_COST])
    return Candidates(_boxes(centres, block.half), costs, feet, np.zeros(2, dtype=bool), np.array([(x, y), (x, y)]))


def far_from_point(block: Block, x: float, y: float, radius: float) -> Candidates:
    """Sixteen directions, 21 to 39 mm away."""
    place = np.array([x, y])
    centres = place + FAR_AREA.ways * (radius + FAR_AREA.away) + FAR_AREA.shares * block.half
    feet = place + FAR_AREA.ways * radius
    boxes = _boxes(centres, block.half)
    return Candidates(boxes, FAR_AREA.costs, feet, FAR_AREA.led.copy(), np.broadcast_to(place, feet.shape))


def boxes_around(places: Floats, halves: Floats, clear: Floats) -> Floats:
    """The boxes (N, K, 4) of `around_point` for many points (N, 2) at once; `clear` is radius and halo of each."""
    rings = NEAR_POINT
    away = clear[:, :1, None] * rings.shares + (clear[:, 1:, None] + 0.25) * rings.shares + rings.away
    centres = places[:, None, :] + rings.ways * (away + halves[:, None, :])
    return np.concatenate([centres - halves[:, None, :], centres + halves[:, None, :]], axis=2)


def centred(block: Block, x: float, y: float, cost: float = 0.0) -> Candidates:
    place = np.array([(x, y)])
    return Candidates(_boxes(place, block.half), np.array([cost]), place, np.zeros(1, dtype=bool), place)


class InArea:
    """Where a name may stand in an area (mm), found step by step: most names stand at its widest place."""

    def __init__(self, block: Block, area: BaseGeometry, pole: tuple[float, float, float], *, filling: float) -> None:
        """`pole` is the area's widest place and its distance to the edge; `filling` is what it costs to fill it all."""
        self._block, self._area, self._filling = block, area, filling
        self._x, self._y, self._radius = pole
        self.roomy = self.holds_it = False  # plenty of room; room for the name, taken or not
        shapely.prepare(area)

    def at(self, places: Floats, price: float = 0.0) -> Candidates:
        """At those of some places (K, 2) that lie in the area with the most part of the name; what reaches over the
        edge costs."""
        block = self._block
        boxes = _boxes(places, block.half)
        share = self._covered(boxes, places)
        good = share >= 1.0 - MOST_OUTSIDE
        boxes, places, share = boxes[good], places[good], share[good]
        self.holds_it = self.holds_it or bool(good.any())
        filled = share * (block.width * block.height / max(self._area.area, 1e-9))
        self.roomy = self.roomy or bool(((share == 1.0) & (filled < ROOMY)).any())
        away = np.hypot(*(places - (self._x, self._y)).T)
        costs = (1.0 - share) * 90.0 + filled * self._filling + np.minimum(away * 0.3, 30.0) + price
        return Candidates(boxes, costs, places, np.zeros(len(places), dtype=bool), places)

    def widest(self) -> Candidates:
        return self.at(np.array([(self._x, self._y)]))

    def elsewhere(self, most: int = MOST_IN_NET, *, whole: bool = True, fine: bool = False) -> Candidates | None:
        """Places around the widest, then a net of `most` places over the rest of a large area, `fine` or not; not
        `whole`: also those that reach over the edge."""
        block, x, y = self._block, self._x, self._y
        if self._radius <= block.height / 2:
            return None
        near = (np.indices((3, 3)).reshape(2, -1).T - 1.0) * (block.width * 0.35, block.height * 0.8) + (x, y)
        left, top, right, bottom = self._area.bounds
        across, down = (block.width * 0.15, block.height * 0.35) if fine else (block.width * 0.5, block.height * 1.3)
        while (right - left) / across * (bottom - top) / down > most:
            across, down = across * 1.3, down * 1.3
        columns = x + across * np.arange(np.ceil((left - x) / across), np.floor((right - x) / across) + 1)
        rows = y + down * np.arange(np.ceil((top - y) / down), np.floor((bottom - y) / down) + 1)
        net = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
        half = block.half
        signs = ((-1, -1), (-1, 1), (1, -1), (1, 1)) if whole else ((0, 0),)
        corners = [shapely.contains_xy(self._area, net + half * sign) for sign in signs]
        return self.at(np.concatenate([near, net[np.logical_and.reduce(corners)]]), AWAY)

    def leaving(self, price: float | None) -> float:
        """What it costs to stand beside the area. Where there is plenty of room inside, leaving is the last resort:
        beside a 街道 lies another one, which the name would name. Known when `elsewhere` has been asked."""
        return price if price is not None else LEAVE_ROOMY if self.roomy else LEAVE

    def beside(self, price: float | None, *, far: bool = False) -> Candidates:
        """Sixteen directions from the edge, up to 16 mm away or `far` farther out, led back by a line."""
        block, rings = self._block, FAR_AREA if far else NEAR_AREA
        points = shapely.get_coordinates(self._area)
        edges = points[np.argmax(points @ SIXTEEN.T, axis=0)]
        edges = np.repeat(edges, len(rings.ways) // len(SIXTEEN), axis=0)
        gap = block.label.halo + 0.5
        centres = edges + rings.ways * (gap + rings.away) + rings.shares * block.half
        price = self.leaving(price)
        feet = edges + ((self._x, self._y) - edges) * 0.25
        # In a bend of the area that place may lie outside of it; the widest place never does.
        feet = np.where(shapely.contains_xy(self._area, feet)[:, None], feet, (self._x, self._y))
        boxes = _boxes(centres, block.half)
        off = np.any((feet < boxes[:, :2] - LEAST_LEADER) | (feet > boxes[:, 2:] + LEAST_LEADER), axis=1)
        off = np.asarray(off)
        return Candidates(boxes, price + rings.costs, feet, rings.led.copy(), edges).taken(off)

    def _covered(self, boxes: Floats, places: Floats) -> Floats:
        """The share of each box that lies in the area; 0 where its middle doesn't."""
        points = places[:, None, :] + _SAMPLES * (self._block.width, self._block.height)
        try:
            whole = shapely.covers(self._area, shapely.box(*boxes.T))
            inside = shapely.contains_xy(self._area, points.reshape(-1, 2)).reshape(len(boxes), -1).mean(axis=1)
            inside[~shapely.contains_xy(self._area, places)] = 0.0
            near = np.flatnonzero(~whole & (inside > 0.5) & (inside < 0.9))  # in doubt: measured exactly
            inside[near] = shapely.area(shapely.intersection(self._area, shapely.box(*boxes[near].T)))
            inside[near] /= self._block.width * self._block.height
        except shapely.errors.GEOSException:  # a self-crossing ring can't be measured, the place inside it still counts
            return np.ones(len(boxes))
        return np.where(whole, 1.0, np.minimum(inside, 0.98))


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


@lru_cache(maxsize=4096)
def pole(geometry: BaseGeometry) -> tuple[float, float, float]:
    """`widest_place` of a feature, reckoned once: it is asked for at every frame."""
    return widest_place(geometry)


def _boxes(centres: Floats, half: Floats) -> Floats:
    return np.hstack([centres - half, centres + half])


# -- a feature's label -----------------------------------------------------------------------------------------------


def whole_block(source: LabelSource) -> Block:
    return Block.of(source.label, source.text, source.second)


def smaller_blocks(source: LabelSource) -> Iterator[Block]:
    """Without the second line; of a number its last part (0011); then smaller, as long as it can be read."""
    label = source.label
    if source.second:
        yield Block.of(label, source.text, "")
    number = _NUMBER.fullmatch(source.text)
    if number:
        yield Block.of(label, number[1], "")
    # What may not leave its area has nowhere else to go.
    for step in range(1, 4 if source.stays_inside else 2):
        size = label.size * SMALLER**step
        if size >= SMALLEST_POINTS:
            yield Block.of(replace(label, size=size), source.text, "")


def only_places(source: LabelSource, view: MapView) -> list[tuple[float, float]]:
    """Where the name of a small area that may not leave it has to stand: others, which can, keep off."""
    if not source.stays_inside or source.label.priority < SHRINKS_FROM:
        return []
    block = whole_block(source)
    if source.shape.area > FEW_NAMES * block.width * block.height:
        return []
    x, y, _radius = _pole(source, view)
    return [(x, y)]


def candidates(
    source: LabelSource, block: Block, view: MapView, inner: Box, expected: Sequence[tuple[float, float]]
) -> Iterator[tuple[float, Candidates]]:
    """Where a label may stand, the likely places first, each lot with the least that one of it can cost by itself."""
    dimension = shapely.get_dimensions(source.shape)
    if dimension == 2:
        yield from _in_area(source, block, view, expected)
        return
    if dimension == 1:
        longest = max(shapely.get_parts(source.shape), key=lambda one: one.length)
        points = [longest.interpolate(share, normalized=True) for share in _LINE_SHARES]
        found = Candidates.joined([around_point(block, one.x, one.y, source.radius) for one in points])
        x, y = points[0].x, points[0].y
    else:
        places = shapely.get_coordinates(source.shape)
        left, top, right, bottom = inner
        near = (places >= (left - 2, top - 2)).all(axis=1) & (places <= (right + 2, bottom + 2)).all(axis=1)
        x, y = places[int(np.argmax(near))].tolist()
        inside = source.label.placement == "inside"
        found = centred(block, x, y) if inside else around_point(block, x, y, source.radius)
    stays = found.standing(expected)
    if stays.any():
        yield 0.0, found.taken(stays)  # where it stood is good enough, most of the time
    yield 0.0, found
    if dimension == 0 and source.label.priority >= MATTERS_FROM and source.label.placement != "inside":
        yield SLID_COST, slid_around_point(block, x, y, source.radius)
        if source.label.priority >= FIRST:  # on paper alone: on the screen places hang on the ground
            slid = slid_into_frame(block, x, y, source.radius, inner)
            if slid is not None:
                yield SLID_COST, slid
    if source.label.priority >= FIRST:
        yield FAR_COST, far_from_point(block, x, y, source.radius)


def _in_area(
    source: LabelSource, block: Block, view: MapView, expected: Sequence[tuple[float, float]]
) -> Iterator[tuple[float, Candidates]]:
    matters = source.label.priority >= MATTERS_FROM
    area = InArea(block, source.shape, _pole(source, view), filling=_FILLING if matters else 0.0)
    if expected:
        yield 0.0, area.at(np.array(expected[:1]))
    yield 0.0, area.widest()
    elsewhere = area.elsewhere()
    if elsewhere is not None:
        yield AWAY, elsewhere
        # Before a name is left out, leaves its area or covers something there, it is looked for closely; what matters
        # most also before it reaches over the edge of an area that has room for it.
        if source.label.priority >= SHRINKS_FROM:
            inside = matters and area.roomy
            finer = area.elsewhere(MOST_IN_FINE_NET, whole=inside, fine=True)
            if finer is not None:
                yield WORTH_INSIDE if inside else WORTH_A_FINE_NET, finer
    if _may_leave(source, area):
        # A name of little weight leaves its area only where nothing is in the way.
        price = None if matters else LEAVE_MINOR
        yield area.leaving(price), area.beside(price)
        if source.label.priority >= FIRST:
            yield area.leaving(price) + FAR_COST, area.beside(price, far=True)


def _may_leave(source: LabelSource, area: InArea) -> bool:
    """Beside an area a name seems to name what lies there. It goes there, led back by a line, where its own area is
    smaller than the name, or for what matters most."""
    if source.stays_inside or source.label.priority < SHRINKS_FROM:
        return False
    return source.label.priority >= LEAVES_FROM or not area.holds_it


def _pole(source: LabelSource, view: MapView) -> tuple[float, float, float]:
    """The widest place of what is seen of an area, in mm."""
    if not source.whole:
        return widest_place(source.shape)
    east, north, radius = pole(source.geometry)
    return *view.to_mm(east, north), radius * view.mm_per_metre
