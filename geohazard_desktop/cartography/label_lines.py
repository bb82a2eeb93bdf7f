"""Names along lines: character by character, upright, repeated; rivers on the line, roads beside it.

Repeats are counted from the line's own start, so that a name keeps its place on the ground while the map is panned.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import atan2, degrees, hypot, inf

import numpy as np

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.label_room import OVER_SYMBOL, Room, Standing
from geohazard_desktop.cartography.label_text import Glyphs, Run
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.style import Label

REPEAT_MM = 110.0
SHARPEST_BEND = 32.0  # degrees between two characters
BEND_COST = 1.0  # a degree between two characters of a name beside its line: a straight stretch reads better
# Beside a bend characters come too close (on its inner side) or part: shares of the distance that they should have.
CLOSEST, FARTHEST = 0.86, 1.45
WIDEST_EM, NARROWEST_EM = 2.4, 1.08  # advance of water names, in ems
STEEP = 1.3  # down over across: from here on Chinese names stand upright
KEEP_LINE = 30.0  # a name stays where it stood unless that costs so much more than elsewhere
_SHIFTS = (0.0, 0.08, -0.08, 0.16, -0.16, 0.26, -0.26, 0.36, -0.36)
_SHIFT_COST = 40.0
_SAME_MM = 0.3
_HAND_REACH = 7.0  # mm: a name put farther than this from its line lies flat

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LineLabel:
    glyphs: Glyphs
    boxes: Floats  # (characters, 4)
    middle: Point
    bend: float  # degrees, the sharpest between two characters


class LineNames:
    """The names along one line. `points` (K, 2) in mm."""

    def __init__(self, label: Label, text: str, points: Floats, symbol_width: float) -> None:
        self._label, self._text = label, text
        self._path = _Path(points)
        self._size = label.size * fonts.MM_PER_POINT
        self._advances = _advances(label, text, self._size, self._path.length)
        self._extent = sum(self._advances)
        self._middles = [end - one / 2 for end, one in zip(accumulate(self._advances), self._advances, strict=True)]
        self._chinese = all(ord(one) >= 0x2E80 for one in text)
        beside = symbol_width / 2 + label.halo + 0.35 + self._size / 2
        self._sides = (0.0,) if label.family == "song" else (-beside, beside)
        # What hangs on the line alone, by where the name starts: maps that share a ground ask for the same places.
        self._known: dict[float, _Laid | None] = {}
        self._stood: dict[tuple[float, float], _Stood | None] = {}
        self._set: dict[tuple[float, float], LineLabel] = {}

    def repeated(self, room: Room, *, kept: Sequence[Point], steady: bool, by_hand: Point | None) -> list[LineLabel]:
        """One every 110 mm; claims their room. Empty where nothing fits.

        `kept` are the middles of the names a moment ago. `steady`: a name that the frame would cut is left out rather
        than moved along the line, or it would wander while the map is panned. `room` is that of one frame. `by_hand` is
        the middle of a name that is set already, in place of the one of these that it is nearest to.
        """
        length = self._path.length
        if self._extent > length * 0.92:
            return []
        count = max(1, int(length // max(REPEAT_MM, self._extent * 2.5)))
        middles = [self._path.point((number + 0.5) / count * length) for number in range(count)]
        left_out = -1
        if by_hand is not None:
            left_out = min(range(count), key=lambda one: _apart(middles[one], by_hand))
        reach = 0.4 * length / count
        left, top, right, bottom = room.inner
        placed = []
        for number, (x, y) in enumerate(middles):
            near = left - reach <= x <= right + reach and top - reach <= y <= bottom + reach
            if number == left_out or not near:
                continue
            best = self._best((number + 0.5) / count, 1.0 / count, room, kept, steady)
            if best is not None:
                placed.append(best)
                room.claim(best.boxes)
        return placed

    def nearest(self, x: float, y: float) -> LineLabel | None:
        """Along the line where it comes nearest to a place given by hand; None where it is far or bends too much."""
        at, away = self._path.project(x, y)
        if abs(away) > _HAND_REACH or self._extent > self._path.length:
            return None
        start = min(max(at - self._extent / 2, 0.0), self._path.length - self._extent)
        side = 0.0 if len(self._sides) == 1 else max(self._sides) * (1 if away >= 0 else -1)
        laid = self._laid(start)
        boxes = None if laid is None else self._boxes(laid, side)
        return None if laid is None or boxes is None else self._made(laid, side, boxes)

    def _best(self, share: float, pitch: float, room: Room, kept: Sequence[Point], steady: bool) -> LineLabel | None:
        length, extent = self._path.length, self._extent
        best: tuple[float, _Laid, float, Floats] | None = None
        least = inf
        for shift in _SHIFTS:
            bound = abs(shift) * _SHIFT_COST - (KEEP_LINE if kept else 0.0)
            if least <= bound:
                break  # nothing farther out can be better
            middle = (share + shift * pitch) * length
            if middle - extent / 2 < 0 or middle + extent / 2 > length:
                continue
            start = middle - extent / 2
            laid = self._laid(start)
            if laid is None:
                continue
            stays = any(_apart(laid.middle, one) < _SAME_MM for one in kept)
            for side in self._sides:
                stood = self._standing(laid, start, side, room)
                if stood is None:
                    continue
                boxes = stood.boxes
                inside = stood.inside or (stays and bool(room.touching(boxes).any()))
                if not inside and not steady:
                    continue
                off = abs(shift) * _SHIFT_COST
                if not kept and stood.least + off >= least:
                    continue  # nor can what came after the ground make it better
                cost = float(room.cost(boxes, standing=stood.ground).sum()) + off + (4 if side > 0 else 0)
                cost += laid.bend * BEND_COST if side else 0.0  # a river's name follows its bends
                if cost >= OVER_SYMBOL:
                    continue
                cost -= KEEP_LINE if stays else 0.0
                if cost < least:
                    best, least = (start, laid, side, boxes) if inside else None, cost
        if best is None:
            return None
        start, laid, side, boxes = best
        if (start, side) not in self._set:
            self._set[start, side] = self._made(laid, side, boxes)
        return self._set[start, side]

    def _standing(self, laid: "_Laid", start: float, side: float, room: Room) -> "_Stood | None":
        key = start, side
        if key not in self._stood:
            boxes = self._boxes(laid, side)
            inside = boxes is not None and bool(room.inside(boxes).all())
            ground = None if boxes is None else room.ground_under(boxes)
            least = 0.0 if ground is None else float(ground.alone().sum())
            self._stood[key] = None if boxes is None else _Stood(boxes, inside, ground, least)
        return self._stood[key]

    def _laid(self, start: float) -> "_Laid | None":
        if start not in self._known:
            self._known[start] = self._lay(start)
        return self._known[start]

    def _lay(self, start: float) -> "_Laid | None":
        """Characters on the line from `start`; None where it bends too sharply. Written without arrays: a name has four
        characters, and a map asks this for a thousand places."""
        path, size = self._path, self._size
        first, last = path.point(start), path.point(start + self._extent)
        across, down = last[0] - first[0], last[1] - first[1]
        # Chinese on a steep line stands upright, read from above; everything else turns with the line, left to right.
        upright = self._chinese and abs(down) > STEEP * abs(across)
        turn = 1.0 if (down if upright else across) >= 0 else -1.0
        places = [start + one for one in self._middles]
        if turn < 0:
            places = [2 * start + self._extent - one for one in places]
        ways = [path.direction(one, size * 0.8, turn) for one in places]
        angles = [degrees(atan2(dy, dx)) for dx, dy in ways]
        bend = 0.0
        if len(angles) > 1:
            mean = sum(angles) / len(angles)
            bend = max(abs((b - a + 180) % 360 - 180) for a, b in pairwise(angles))
            if bend > SHARPEST_BEND or max(abs(one - mean) for one in angles) > 75:
                return None
        points = [path.point(at) for at in places]
        return _Laid(points, ways, angles, upright, bend, path.point(start + self._extent / 2))

    def _boxes(self, laid: "_Laid", side: float) -> Floats | None:
        """The boxes of the characters with their middles `side` mm to the right of the line; None where they would
        cover each other there or fall apart."""
        middles = [_beside(point, way, side) for point, way in zip(laid.points, laid.ways, strict=True)]
        if side and not self._evenly(middles):
            return None
        around = self._size * 0.5 + self._label.halo * 0.5
        return np.array([(x - around, y - around, x + around, y + around) for x, y in middles])

    def _made(self, laid: "_Laid", side: float, boxes: Floats) -> LineLabel:
        label, size = self._label, self._size
        drop = size * 0.36  # from a character's middle down to its baseline
        runs = []
        for one, point, way, angle in zip(self._text, laid.points, laid.ways, laid.angles, strict=True):
            x, y = _beside(point, way, side)
            right, below = (way[1], -way[0]) if laid.upright else way
            half = fonts.width_em(one, label.family, label.bold) * size / 2
            left, base = x - right * half - below * drop, y - below * half + right * drop
            runs.append(Run(one, left, base, angle - 90.0 if laid.upright else angle))
        glyphs = Glyphs(self._text, tuple(runs), size, label.family, label.bold, label.slant)
        return LineLabel(glyphs, boxes, laid.middle, laid.bend)

    def _evenly(self, middles: Sequence[Point]) -> bool:
        """Whether characters whose middles lie there neither cover each other nor fall apart."""
        wished = [(a + b) / 2 for a, b in pairwise(self._advances)]
        apart = [_apart(a, b) for a, b in pairwise(middles)]
        return all(one * CLOSEST <= real <= one * FARTHEST for one, real in zip(wished, apart, strict=True))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A name on its line, before it is put to one side: of each character the middle, the unit direction, the angle."""

    points: Sequence[Point]
    ways: Sequence[Point]
    angles: Sequence[float]
    upright: bool
    bend: float  # the sharpest between two characters, in degrees
    middle: Point


@dataclass(frozen=True, slots=True)
class _Stood:
    """Such a name on one side: the boxes of its characters, whether all lie in the frame, what they cover of a ground
    that maps share, and what that costs."""

    boxes: Floats
    inside: bool
    ground: Standing | None
    least: float


class _Path:
    """A line and the distance along it."""

    def __init__(self, points: Floats) -> None:
        steps = np.hypot(*np.diff(points, axis=0).T)
        self._points = points
        self._places: list[list[float]] = points.tolist()
        self._at: list[float] = [0.0, *np.cumsum(steps).tolist()]
        self.length = self._at[-1]

    def point(self, at: float) -> Point:
        after = min(max(bisect_left(self._at, at), 1), len(self._at) - 1)
        a, b = self._at[after - 1], self._at[after]
        share = min(max((at - a) / (b - a), 0.0), 1.0) if b > a else 1.0
        (x0, y0), (x1, y1) = self._places[after - 1], self._places[after]
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

    def direction(self, at: float, reach: float, turn: float) -> Point:
        """Unit direction, taken over `reach` to both sides."""
        x0, y0 = self.point(max(at - reach, 0.0))
        x1, y1 = self.point(min(at + reach, self.length))
        length = hypot(x1 - x0, y1 - y0) or 1.0
        return (x1 - x0) / length * turn, (y1 - y0) / length * turn

    def project(self, x: float, y: float) -> tuple[float, float]:
        """How far along the line it comes nearest to (x, y), and how far to its right that lies."""
        starts, ends = self._points[:-1], self._points[1:]
        ways = ends - starts
        square = (ways**2).sum(axis=1)
        shares = np.clip((((x, y) - starts) * ways).sum(axis=1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
        off = (x, y) - (starts + ways * shares[:, None])
        best = int(np.argmin((off**2).sum(axis=1)))
        right = float(ways[best, 0] * off[best, 1] - ways[best, 1] * off[best, 0])
        away = hypot(*off[best].tolist())
        at = self._at[best] + float(shares[best]) * (self._at[best + 1] - self._at[best])
        return at, away if right >= 0 else -away


def _beside(point: Point, way: Point, side: float) -> Point:
    return point[0] - way[1] * side, point[1] + way[0] * side


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _advances(label: Label, text: str, size: float, length: float) -> list[float]:
    """mm from the start of each character to the next. Water names are spread, as on official maps."""
    natural = [fonts.width_em(one, label.family, label.bold) * size for one in text]
    # Letters set apart no longer read as a word.
    if label.family != "song" or len(text) < 2 or any(ord(one) < 0x2E80 for one in text):
        return [one * 1.04 for one in natural]
    spread = min(WIDEST_EM, max(NARROWEST_EM, length * 0.55 / (len(text) * size)))
    return [one * spread for one in natural]
