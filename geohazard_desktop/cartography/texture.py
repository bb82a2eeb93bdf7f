"""Hatches, dots, crosses and waves as real geometry, cut to the polygons in mm.

An SVG pattern looks different in every viewer and QSvgGenerator turns brush patterns into dots. The marks lie on one
lattice that is fixed to the ground: neighbours line up, and the texture does not swim while the map is panned.

Polygons are cut by scan lines with the even-odd rule, so that a self-crossing ring costs a stripe, never the map.
"""

from dataclasses import dataclass

import numpy as np

from geohazard_desktop.cartography.strips import Floats, Ints, Strips

MOST_MARKS = 300_000
ROW = 3**0.5 / 2  # rows of a staggered lattice lie this far apart, in spacings


@dataclass(frozen=True, slots=True)
class Spans:
    """Where scan lines run inside polygons: line number `row` (y = origin + row * pitch) from x0 to x1."""

    row: Ints
    y: Floats
    x0: Floats
    x1: Floats


def spans(areas: Strips, pitch: float, origin: float) -> Spans:
    """Even-odd spans of the scan lines y = origin + k * pitch through each feature of `areas`."""
    empty = Spans(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0), np.empty(0))
    if len(areas.points) < 2:
        return empty
    edge = np.ones(len(areas.points) - 1, dtype=bool)
    edge[areas.starts[1:-1] - 1] = False
    start = np.flatnonzero(edge)
    (ax, ay), (bx, by) = areas.points[start].T, areas.points[start + 1].T
    feature = np.repeat(areas.features, areas.lengths)[start]
    low, high = np.minimum(ay, by), np.maximum(ay, by)
    # Half-open rows, so that a vertex on a scan line is crossed once.
    first = np.ceil((low - origin) / pitch).astype(np.int64)
    behind = np.ceil((high - origin) / pitch).astype(np.int64)
    counts = behind - first
    total = int(counts.sum())
    if total == 0 or total > 20 * MOST_MARKS:
        return empty
    which = np.repeat(np.arange(len(counts)), counts)
    row = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(total)
    y = origin + row * pitch
    x = ax[which] + (y - ay[which]) / (by[which] - ay[which]) * (bx[which] - ax[which])
    order = np.lexsort((x, row, feature[which]))
    row, x, y = row[order], x[order], y[order]
    if len(x) % 2:
        return empty
    return Spans(row[::2], np.asarray(y[::2], dtype=np.float64), x[::2], x[1::2])


def hatch(areas: Strips, zero: tuple[float, float], spacing: float, angle: float) -> Strips:
    """Parallel lines `spacing` apart, `angle` degrees counter-clockwise from east. `zero` is a lattice point (mm)."""
    turn = np.radians(angle)
    cos, sin = np.cos(turn), np.sin(turn)
    # y runs down on paper: turning the ground counter-clockwise is turning these points clockwise.
    forward = np.array([[cos, -sin], [sin, cos]])
    turned = Strips(areas.points @ forward.T, areas.starts, areas.features)
    found = spans(turned, spacing, float((forward @ np.asarray(zero))[1]))
    if len(found.row) > MOST_MARKS:
        return Strips.empty()
    ends = np.stack([np.column_stack([found.x0, found.y]), np.column_stack([found.x1, found.y])], axis=1)
    long = found.x1 - found.x0 > 0.02
    return Strips.of_segments(ends[long] @ forward)


def lattice(areas: Strips, zero: tuple[float, float], spacing: float, inset: float = 0.0) -> Floats:
    """Points (K, 2) of a staggered lattice inside the areas, no nearer to their edge along a row than `inset`."""
    found = spans(areas, spacing * ROW, zero[1])
    shift = zero[0] + np.where(found.row % 2 == 0, 0.0, spacing / 2)
    first = np.ceil((found.x0 + inset - shift) / spacing).astype(np.int64)
    counts = np.maximum(np.floor((found.x1 - inset - shift) / spacing).astype(np.int64) - first + 1, 0)
    total = int(counts.sum())
    if total > MOST_MARKS:
        return np.empty((0, 2))
    which = np.repeat(np.arange(len(counts)), counts)
    number = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(total)
    return np.column_stack([shift[which] + number * spacing, found.y[which]])


def cross_marks(centres: Floats, size: float) -> Strips:
    """A × of `size` mm at each centre: two strokes each."""
    half = size / 2 * 0.7071
    offsets = np.array([[[-half, -half], [half, half]], [[-half, half], [half, -half]]])
    return Strips.of_segments((centres[:, None, None, :] + offsets).reshape(-1, 2, 2))


def wave_marks(centres: Floats, length: float) -> Strips:
    """A small ~ of `length` mm at each centre."""
    along = np.linspace(-0.5, 0.5, 13)
    shape = np.column_stack([along * length, -np.sin(along * 4 * np.pi) * length * 0.1])
    return Strips.of_segments(centres[:, None, :] + shape)


def discs(centres: Floats, diameter: float, corners: int = 10) -> Strips:
    """Dots as small polygons, closed."""
    turn = np.linspace(0, 2 * np.pi, corners + 1)
    return Strips.of_segments(centres[:, None, :] + np.column_stack([np.cos(turn), np.sin(turn)]) * diameter / 2)
