"""Many lines or rings in one NumPy buffer, and painter paths read from such buffers.

A list of QPointF costs more than the painting; a QPainterPath read from a QDataStream of NumPy bytes does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_ELEMENT = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])
_WINDING = np.array([0, 1], dtype=">i4").tobytes()  # start of the last subpath, Qt.FillRule.WindingFill
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits without a pattern: places far apart get numbers far apart
FEATURES_A_PATH = 16
POINTS_A_PATH = 6000


@dataclass(frozen=True, slots=True)
class Strips:
    """Strip m is points[starts[m]:starts[m + 1]], belonging to feature number features[m].

    `points` is (N, 2); the strips of a feature stand together. Rings are closed (last point = first) and oriented so
    that a non-zero winding fill is right for overlapping features: rings that bound the same feature's area from
    outside turn one way, holes the other.
    """

    points: Floats
    starts: Ints
    features: Ints
    paths: dict[object, list[QPainterPath]] = field(default_factory=dict, repr=False, compare=False)  # of canvases

    @classmethod
    def empty(cls) -> "Strips":
        return cls(np.empty((0, 2)), np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int64))

    @classmethod
    def of_segments(cls, segments: Floats) -> "Strips":
        """From (K, P, 2): K strips of P points each."""
        count, each = segments.shape[:2]
        return cls(segments.reshape(-1, 2), np.arange(count + 1, dtype=np.int64) * each, np.arange(count))

    @classmethod
    def of_areas(cls, geometries: NDArray[np.object_], numbers: Ints) -> "Strips":
        """The rings of the polygons among `geometries`; `numbers` are the features' numbers."""
        parts, owner = shapely.get_parts(geometries, return_index=True)
        # Clipping may hand back a collection; only what has an area is filled.
        nested = shapely.get_type_id(parts) > 3
        if nested.any():
            inner, inner_owner = shapely.get_parts(parts, return_index=True)
            parts, owner = inner, owner[inner_owner]
        polygons = shapely.get_type_id(parts) == 3
        parts, owner = parts[polygons], owner[polygons]
        rings, ring_part = shapely.get_rings(parts, return_index=True)
        points, ring_of = shapely.get_coordinates(rings, return_index=True)
        starts = _starts(ring_of, len(rings))
        outer = np.ones(len(rings), dtype=bool)
        outer[1:] = ring_part[1:] != ring_part[:-1]
        return cls(points, starts, numbers[owner[ring_part]])._turned(outer)

    @classmethod
    def of_lines(cls, geometries: NDArray[np.object_], numbers: Ints) -> "Strips":
        """The lines among `geometries`, and the rings of the polygons among them, as open or closed strips."""
        parts, owner = shapely.get_parts(geometries, return_index=True)
        if (shapely.get_type_id(parts) > 3).any():
            parts, inner_owner = shapely.get_parts(parts, return_index=True)
            owner = owner[inner_owner]
        kinds = shapely.get_type_id(parts)
        if (kinds == 3).any():
            return cls.of_areas(geometries, numbers)
        lines = (kinds == 1) | (kinds == 2)
        parts, owner = parts[lines], owner[lines]
        points, line_of = shapely.get_coordinates(parts, return_index=True)
        return cls(points, _starts(line_of, len(parts)), numbers[owner])

    def __len__(self) -> int:
        return len(self.features)

    @property
    def lengths(self) -> Ints:
        """Points a strip."""
        return np.diff(self.starts)

    def _turned(self, outer: NDArray[np.bool_]) -> "Strips":
        """Outer rings counter-clockwise (positive area in east, north), holes clockwise."""
        if not len(self):
            return self
        x, y = self.points[:, 0], self.points[:, 1]
        # Relative to one corner of the data: products of full coordinates would lose the area in rounding.
        x, y = x - x[0], y - y[0]
        cross = np.zeros(len(x))
        cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
        cross[self.starts[1:] - 1] = 0.0
        area = np.add.reduceat(cross, self.starts[:-1])
        wrong = (area > 0) != outer
        if not wrong.any():
            return self
        index = np.arange(len(x))
        flip = np.repeat(wrong, self.lengths)
        mirrored = np.repeat(self.starts[:-1] + self.starts[1:] - 1, self.lengths) - index
        return Strips(self.points[np.where(flip, mirrored, index)], self.starts, self.features)

    def taken(self, keep: NDArray[np.bool_]) -> "Strips":
        """The strips whose place in `keep` is true."""
        if keep.all():
            return self
        lengths = self.lengths[keep]
        starts = np.zeros(len(lengths) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        return Strips(self.points[np.repeat(keep, self.lengths)], starts, self.features[keep])

    def each_edge_once(self) -> "Strips":
        """The same lines without the edges that stand in them already, whichever way they run: a border that two areas
        share is there once. Strips break where an edge is left out."""
        count = len(self.points) - 1
        if count < 1:
            return self
        real = np.ones(count, dtype=bool)
        real[self.starts[1:-1] - 1] = False  # from the end of a strip to the begin of the next
        edges = np.flatnonzero(real)
        bits = (self.points + 0.0).view(np.uint64)  # + 0.0: no negative zero
        ends = bits[:, 0] * _MIX + (bits[:, 1] ^ (bits[:, 1] >> np.uint64(29)))
        low, high = np.minimum(ends[edges], ends[edges + 1]), np.maximum(ends[edges], ends[edges + 1])
        number = low * _MIX ^ high
        order = np.argsort(number, kind="stable")
        alike = np.flatnonzero(number[order[1:]] == number[order[:-1]])
        before, after = edges[order[alike]], edges[order[alike + 1]]
        p = self.points
        # What has the same number is compared: only the very same edge is left out.
        turned = (p[before] == p[after + 1]).all(axis=1) & (p[before + 1] == p[after]).all(axis=1)
        along = (p[before] == p[after]).all(axis=1) & (p[before + 1] == p[after + 1]).all(axis=1)
        keep = real.copy()
        keep[after[turned | along]] = False
        kept = np.flatnonzero(keep)
        if len(kept) == len(edges):
            return self
        new = np.ones(len(kept), dtype=bool)  # whether a strip begins with this edge
        new[1:] = np.diff(kept) != 1
        firsts = np.flatnonzero(new)
        lengths = np.diff(np.append(firsts, len(kept)))
        starts = np.zeros(len(firsts) + 1, dtype=np.int64)
        np.cumsum(lengths + 1, out=starts[1:])
        strip = np.searchsorted(self.starts, kept[firsts], side="right") - 1
        return Strips(self.points[_ranges(kept[firsts], lengths + 1)], starts, self.features[strip])

    def scaled(self, factor: float) -> "Strips":
        return Strips(self.points * factor, self.starts, self.features)

    def mean_size(self) -> tuple[float, float]:
        """Width and height of a strip, on average."""
        firsts = self.starts[:-1]
        high, low = np.maximum.reduceat(self.points, firsts), np.minimum.reduceat(self.points, firsts)
        width, height = (high - low).mean(axis=0).tolist()
        return width, height

    def in_columns(self, width: float) -> "Strips":
        """The same strips, features one below the other in columns of `width`: see `painter_paths`."""
        if not len(self):
            return self
        begins = np.concatenate([[0], np.flatnonzero(np.diff(self.features) != 0) + 1])
        strips_of = np.diff(np.append(begins, len(self)))
        corner = self.points[self.starts[begins]]
        order = np.lexsort((corner[:, 1], np.floor(corner[:, 0] / width)))
        which = _ranges(begins[order], strips_of[order])
        lengths = self.lengths[which]
        starts = np.zeros(len(self) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        points = self.points[_ranges(self.starts[which], lengths)]
        return Strips(points, starts, self.features[which])

    def in_mm(self, left: float, top: float, mm_per_metre: float) -> "Strips":
        """From metres to millimetres from the frame's upper left corner (`left` east, `top` north), y down."""
        points = np.empty_like(self.points)
        np.subtract(self.points[:, 0], left, out=points[:, 0])
        np.subtract(top, self.points[:, 1], out=points[:, 1])
        points *= mm_per_metre
        return Strips(points, self.starts, self.features)

    @classmethod
    def joined(cls, pieces: list["Strips"]) -> "Strips":
        if not pieces:
            return cls.empty()
        offsets = np.cumsum([0, *(len(one.points) for one in pieces)])
        starts = [one.starts[:-1] + offset for one, offset in zip(pieces, offsets, strict=False)]
        return cls(
            np.concatenate([one.points for one in pieces]),
            np.concatenate([*starts, offsets[-1:]]),
            np.concatenate([one.features for one in pieces]),
        )


def _ranges(firsts: Ints, counts: Ints) -> Ints:
    """firsts[0] … firsts[0] + counts[0] - 1, firsts[1] …, one after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.repeat(firsts - (ends - counts), counts) + np.arange(int(ends[-1]) if len(ends) else 0))


def _starts(owner: Ints, count: int) -> Ints:
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=count), out=starts[1:])
    return starts


def painter_paths(strips: Strips, features_a_path: int = FEATURES_A_PATH) -> Iterator[QPainterPath]:
    """Paths of a few features each: one path of 100 000 polygons takes 20 s to paint, paths of some dozens a second.

    The rasteriser keeps the crossings of each pixel row in a list that it walks for every new one: features one below
    the other (`in_columns`) fill in half the time of features side by side. The rings of a feature stay in one path,
    or its holes would be filled.
    """
    if not len(strips):
        return
    elements = np.empty(len(strips.points), dtype=_ELEMENT)
    elements["type"] = 1
    elements["type"][strips.starts[:-1]] = 0
    elements["x"] = strips.points[:, 0]
    elements["y"] = strips.points[:, 1]
    for first, last in _chunks(strips, features_a_path):
        piece = elements[strips.starts[first] : strips.starts[last]]
        yield _path(piece)


def _chunks(strips: Strips, features_a_path: int) -> Iterator[tuple[int, int]]:
    """Strip numbers (first, behind the last) of each path."""
    ends = np.append(np.flatnonzero(np.diff(strips.features) != 0) + 1, len(strips))  # of the features' strips
    points = strips.starts[ends]
    lasts = np.append(np.arange(features_a_path - 1, len(ends) - 1, features_a_path), len(ends) - 1)
    if np.diff(points[lasts], prepend=0).max() <= POINTS_A_PATH:
        behind = ends[lasts].tolist()
        yield from zip([0, *behind[:-1]], behind, strict=True)
        return
    first = done = 0
    while done < len(ends):
        full = int(np.searchsorted(points, strips.starts[first] + POINTS_A_PATH))
        last = min(done + features_a_path - 1, full, len(ends) - 1)
        yield first, int(ends[last])
        first, done = int(ends[last]), last + 1


def _path(elements: NDArray[np.void]) -> QPainterPath:
    data = np.array([len(elements)], dtype=">i4").tobytes() + elements.tobytes() + _WINDING
    stream = QDataStream(QByteArray(data))  # reads a copy; the constructor with a mode would keep a pointer to it
    path = QPainterPath()
    stream >> path
    return path
