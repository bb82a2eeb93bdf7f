"""Places and pieces along lines, for all lines of a layer at once: dashes, ticks, arrow heads, rings.

All lengths are in the unit of the strips' points (mm on paper).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.strips import Floats, Ints, Strips

_GAP = 1.0  # between two strips on the common scale, so that no place lies on two of them
MOST_PLACES = 400_000


@dataclass(frozen=True, slots=True)
class Ruler:
    """One scale through all strips: point k lies at `at[k]`; strip m reaches from begin[m] to begin[m] + length[m]."""

    points: Floats
    at: Floats
    begin: Floats
    length: Floats

    @classmethod
    def along(cls, strips: Strips) -> "Ruler":
        steps = np.zeros(len(strips.points))
        steps[1:] = np.hypot(*np.diff(strips.points, axis=0).T)
        steps[strips.starts[1:-1]] = _GAP
        at = np.cumsum(steps)
        begin = at[strips.starts[:-1]]
        return cls(strips.points, at, begin, at[strips.starts[1:] - 1] - begin)

    def point(self, places: Floats) -> Floats:
        """Coordinates (K, 2) at places on the common scale."""
        after = np.clip(np.searchsorted(self.at, places, side="left"), 1, len(self.at) - 1)
        before = after - 1
        span = self.at[after] - self.at[before]
        share = np.where(span > 0, (places - self.at[before]) / np.where(span > 0, span, 1.0), 1.0)
        steps: Floats = (self.points[after] - self.points[before]) * np.clip(share, 0, 1)[:, None]
        found: Floats = self.points[before] + steps
        return found

    def direction(self, places: Floats, reach: float = 0.0) -> Floats:
        """Unit directions (K, 2) at places, taken over `reach` to both sides (0: the segment itself)."""
        strip = np.clip(np.searchsorted(self.begin, places, side="right") - 1, 0, len(self.begin) - 1)
        end = self.begin[strip] + self.length[strip]
        reach = max(reach, 1e-6)
        a = np.maximum(places - reach, self.begin[strip])
        b = np.minimum(places + reach, end)
        vector = self.point(b) - self.point(a)
        length = np.hypot(vector[:, 0], vector[:, 1])
        return vector / np.where(length > 0, length, 1.0)[:, None]


def places(ruler: Ruler, spacing: float, *, offset: float = 0.5, least_one: bool = False) -> tuple[Floats, Ints]:
    """Places every `spacing`, the first at offset * spacing; (places, number of the strip).

    `least_one`: the places are spread evenly and a short line has one in its middle (arrow heads).
    """
    if least_one:
        counts = np.maximum(1, np.floor(ruler.length / spacing)).astype(np.int64)
        pitch = ruler.length / counts
    else:
        counts = np.maximum(0, np.floor(ruler.length / spacing - offset) + 1).astype(np.int64)
        pitch = np.full(len(ruler.length), spacing)
    counts[ruler.length <= 0] = 0
    if counts.sum() > MOST_PLACES:
        # Decoration that dense is a blot at this scale; the line itself is still drawn.
        return np.empty(0), np.empty(0, dtype=np.int64)
    strip = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(strip)) - np.repeat(np.cumsum(counts) - counts, counts)
    return ruler.begin[strip] + (number + offset) * pitch[strip], strip


def pieces(ruler: Ruler, begins: Floats, ends: Floats) -> Strips:
    """The lines between places on the common scale: begins[k] to ends[k] lie on one strip."""
    keep = ends > begins
    begins, ends = begins[keep], ends[keep]
    if not len(begins):
        return Strips.empty()
    first = np.searchsorted(ruler.at, begins, side="right")
    last = np.searchsorted(ruler.at, ends, side="left")
    inner = np.maximum(last - first, 0)
    starts = np.zeros(len(inner) + 1, dtype=np.int64)
    np.cumsum(inner + 2, out=starts[1:])
    points = np.empty((starts[-1], 2))
    points[starts[:-1]] = ruler.point(begins)
    points[starts[1:] - 1] = ruler.point(ends)
    middle = np.ones(len(points), dtype=bool)
    middle[starts[:-1]] = middle[starts[1:] - 1] = False
    source = np.repeat(first - (np.cumsum(inner) - inner), inner) + np.arange(inner.sum())
    points[middle] = ruler.points[source]
    return Strips(points, starts, np.arange(len(inner)))


def dashed(strips: Strips, dash: Sequence[float], window: tuple[float, float, float, float]) -> Strips:
    """The strips cut into dashes (on, off, on, off …), those far outside `window` (left, top, right, bottom) dropped.

    Cut here rather than by a pen so that screen and paper agree and dashes stay in place while the map is panned.
    """
    if not len(strips):
        return strips
    ruler = Ruler.along(strips)
    period = float(sum(dash))
    counts = np.ceil(ruler.length / period).astype(np.int64)
    if counts.sum() * (len(dash) // 2) > MOST_PLACES:
        return strips
    strip = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(strip)) - np.repeat(np.cumsum(counts) - counts, counts)
    base = ruler.begin[strip] + number * period
    end = (ruler.begin + ruler.length)[strip]
    begins, ends = [], []
    done = 0.0
    for on, off in zip(dash[::2], dash[1::2], strict=True):
        begins.append(base + done)
        ends.append(np.minimum(base + done + on, end))
        done += on + off
    begin, finish = np.concatenate(begins), np.concatenate(ends)
    order = np.argsort(begin, kind="stable")
    begin, finish = begin[order], finish[order]
    near = inside(ruler.point(np.minimum(begin, finish)), window, max(dash) + 1.0)
    return pieces(ruler, begin[near], finish[near])


def inside(points: Floats, window: tuple[float, float, float, float], margin: float = 0.0) -> NDArray[np.bool_]:
    """Which points lie in the window, `margin` around it included."""
    left, top, right, bottom = window
    x, y = points[:, 0], points[:, 1]
    return (x >= left - margin) & (x <= right + margin) & (y >= top - margin) & (y <= bottom + margin)


def shortened(strips: Strips, at_end: Floats) -> Strips:
    """Each strip without its last `at_end[m]`; a strip that would vanish keeps its first fifth."""
    if not len(strips):
        return strips
    ruler = Ruler.along(strips)
    left = np.maximum(ruler.length - at_end, ruler.length * 0.2)
    cut = pieces(ruler, ruler.begin, ruler.begin + left)
    return Strips(cut.points, cut.starts, strips.features[ruler.length > 0])
