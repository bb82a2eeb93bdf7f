"""Names along lines: character by character, upright, repeated; rivers on the line, roads beside it."""

from dataclasses import dataclass

import numpy as np

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.along import Ruler
from geohazard_desktop.cartography.label_room import OVER_SYMBOL, Room
from geohazard_desktop.cartography.label_text import Glyphs, Run
from geohazard_desktop.cartography.strips import Floats, Strips
from geohazard_desktop.cartography.style import Label

REPEAT_MM = 110.0
SHARPEST_BEND = 32.0  # degrees between two characters
WIDEST_EM, NARROWEST_EM = 2.4, 1.08  # advance of water names, in ems
STEEP = 1.3  # down over across: from here on Chinese names stand upright
_SHIFTS = (0.0, 0.08, -0.08, 0.16, -0.16, 0.26, -0.26, 0.36, -0.36)


@dataclass(frozen=True, slots=True)
class LineLabel:
    glyphs: Glyphs
    boxes: Floats  # (characters, 4)


def along_line(label: Label, text: str, points: Floats, room: Room, symbol_width: float) -> list[LineLabel]:
    """Names along the line `points` (K, 2) in mm, one every 110 mm; claims their room. Empty where nothing fits."""
    strips = Strips(points, np.array([0, len(points)]), np.zeros(1, dtype=np.int64))
    ruler = Ruler.along(strips)
    length = float(ruler.length[0])
    size = label.size * fonts.MM_PER_POINT
    advances = _advances(label, text, size, length)
    extent = sum(advances)
    if extent > length * 0.92:
        return []
    count = max(1, int(length // max(REPEAT_MM, extent * 2.5)))
    placed: list[LineLabel] = []
    shares = (np.arange(count) + 0.5) / count
    middles = ruler.point(ruler.begin[0] + shares * length)
    reach = 0.4 * length / count
    left, top, right, bottom = room.inner
    near = (middles >= (left - reach, top - reach)).all(axis=1) & (middles <= (right + reach, bottom + reach)).all(
        axis=1
    )
    for number in np.flatnonzero(near).tolist():
        best = _best(label, text, ruler, advances, size, (number + 0.5) / count, 1.0 / count, room, symbol_width)
        if best is not None:
            placed.append(best)
            room.claim(best.boxes)
    return placed


def _advances(label: Label, text: str, size: float, length: float) -> list[float]:
    """mm from the start of each character to the next. Water names are spread, as on official maps."""
    natural = [fonts.width_em(one, label.family, label.bold) * size for one in text]
    # Letters set apart no longer read as a word.
    if label.family != "song" or len(text) < 2 or any(ord(one) < 0x2E80 for one in text):
        return [one * 1.04 for one in natural]
    spread = min(WIDEST_EM, max(NARROWEST_EM, length * 0.55 / (len(text) * size)))
    return [one * spread for one in natural]


def _best(
    label: Label,
    text: str,
    ruler: Ruler,
    advances: list[float],
    size: float,
    share: float,
    pitch: float,
    room: Room,
    symbol_width: float,
) -> LineLabel | None:
    length = float(ruler.length[0])
    extent = sum(advances)
    beside = symbol_width / 2 + label.halo + 0.35 + size / 2
    sides = (0.0,) if label.family == "song" else (-beside, beside)
    best: tuple[float, LineLabel] | None = None
    for shift in _SHIFTS:
        if best is not None and best[0] <= abs(shift) * 40:
            break  # nothing farther out can be better
        middle = (share + shift * pitch) * length
        if middle - extent / 2 < 0 or middle + extent / 2 > length:
            continue
        for side in sides:
            made = _set(label, text, ruler, advances, size, middle - extent / 2, side)
            if made is None or not room.inside(made.boxes).all():
                continue
            cost = float(room.cost(made.boxes).sum()) + abs(shift) * 40 + (4 if side > 0 else 0)
            if cost < OVER_SYMBOL and (best is None or cost < best[0]):
                best = cost, made
    return best[1] if best else None


def _set(
    label: Label, text: str, ruler: Ruler, advances: list[float], size: float, start: float, side: float
) -> LineLabel | None:
    """Characters along the line from `start`, their middles `side` mm to its right; None where it bends too sharply."""
    begin = float(ruler.begin[0])
    widths = np.array(advances)
    middles = begin + start + np.cumsum(widths) - widths / 2
    across, down = ruler.point(np.array([begin + start + widths.sum()]))[0] - ruler.point(np.array([begin + start]))[0]
    # Chinese on a steep line stands upright, read from above; everything else is turned with the line, left to right.
    upright = abs(down) > STEEP * abs(across) and all(ord(one) >= 0x2E80 for one in text)
    turn = 1.0 if (down if upright else across) >= 0 else -1.0
    if turn < 0:
        middles = 2 * begin + 2 * start + widths.sum() - middles
    way = ruler.direction(middles, size * 0.8) * turn
    angles = np.degrees(np.arctan2(way[:, 1], way[:, 0]))
    bends = np.abs((np.diff(angles) + 180) % 360 - 180)
    if len(bends) and (bends.max() > SHARPEST_BEND or np.abs(angles - angles.mean()).max() > 75):
        return None
    centres = ruler.point(middles) + np.column_stack([-way[:, 1], way[:, 0]]) * side
    drop = fonts.MM_PER_POINT * label.size * 0.36  # from a character's middle down to its baseline
    runs = []
    if upright:
        angles = angles - 90.0
        way = np.column_stack([way[:, 1], -way[:, 0]])
    for one, (x, y), (dx, dy), angle in zip(text, centres, way, angles, strict=True):
        half = fonts.width_em(one, label.family, label.bold) * size / 2
        runs.append(Run(one, float(x - dx * half - dy * drop), float(y - dy * half + dx * drop), float(angle)))
    half = size * 0.5 + label.halo * 0.5
    boxes = np.hstack([centres - half, centres + half])
    return LineLabel(Glyphs(text, tuple(runs), size, label.family, label.bold, label.slant), boxes)
