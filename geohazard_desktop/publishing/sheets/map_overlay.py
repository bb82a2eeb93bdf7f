"""Shapes of a way laid over a map, in mm: where its chevrons stand, where its head is, where it stops."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]

CHEVRON_EVERY = 18.0 / 4.2  # spacing over line width: every 18 mm on a line of 4.2 mm
HEAD_LENGTH = 2.6  # over line width, as is the head's half width
HEAD_HALF_WIDTH = 1.25
CHEVRON = 0.28  # half height of a chevron over line width


def way_shapes(points: Sequence[Point], width: float, stop_short: float, *, arrows: bool) -> dict[str, Any]:
    """`line`: points [x, y] in mm that end `stop_short` before the last; `chevrons`: one polyline of three points each;
    `head`: the arrow head's corners, or None on a way too short for one."""
    clean = _without_repeats(points)
    length = _length(clean)
    line = _cut(clean, length - stop_short) if 0 < stop_short < length else clean
    length = _length(line)
    head = HEAD_LENGTH * width
    if not arrows or length <= head:
        return {"line": [list(one) for one in line], "chevrons": [], "head": None}
    tip_x, tip_y, _last = _at(line, length)
    # The head points along the chord it covers: the last bend before a shelter may be shorter than the head.
    base_x, base_y, _there = _at(line, length - head)
    degrees = round(math.degrees(math.atan2(tip_y - base_y, tip_x - base_x)), 2)
    # The shaft ends inside the head, so that its round cap never shows beyond the tip.
    shaft = _cut(line, length - 0.9 * head)
    spacing = CHEVRON_EVERY * width
    places = [_at(line, (number + 1) * spacing) for number in range(int((length - head) // spacing))]
    if not places and length > 3 * head:
        places = [_at(line, length / 2)]
    half = CHEVRON * width
    return {
        "line": [list(one) for one in shaft],
        "chevrons": [_turned([(-half, -half), (0.5 * half, 0.0), (-half, half)], place) for place in places],
        "head": _turned(
            [
                (0.0, 0.0),
                (-head, -HEAD_HALF_WIDTH * width),
                (-0.72 * head, 0.0),
                (-head, HEAD_HALF_WIDTH * width),
            ],
            (tip_x, tip_y, degrees),
        ),
    }


def _turned(shape: Sequence[Point], place: tuple[float, float, float]) -> list[list[float]]:
    """A shape that points to the right, turned and moved to a place."""
    right, down, degrees = place
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [[round(right + x * cos - y * sin, 3), round(down + x * sin + y * cos, 3)] for x, y in shape]


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(point, kept[-1]) > 1e-6:
            kept.append((round(float(point[0]), 3), round(float(point[1]), 3)))
    return kept


def _length(points: Sequence[Point]) -> float:
    return sum(math.dist(one, two) for one, two in pairwise(points))


def _cut(points: Sequence[Point], length: float) -> list[Point]:
    """The first `length` mm of a line."""
    kept = [points[0]]
    gone = 0.0
    for one, two in pairwise(points):
        step = math.dist(one, two)
        if gone + step >= length:
            share = (length - gone) / step
            kept.append((round(one[0] + share * (two[0] - one[0]), 3), round(one[1] + share * (two[1] - one[1]), 3)))
            return kept
        kept.append(two)
        gone += step
    return kept


def _at(points: Sequence[Point], length: float) -> tuple[float, float, float]:
    """Place and direction at `length` mm along a line."""
    gone = 0.0
    for number, (one, two) in enumerate(pairwise(points)):
        step = math.dist(one, two)
        if gone + step >= length - 1e-9 or number == len(points) - 2:
            share = min((length - gone) / step, 1.0)
            degrees = math.degrees(math.atan2(two[1] - one[1], two[0] - one[0]))
            return (
                round(one[0] + share * (two[0] - one[0]), 3),
                round(one[1] + share * (two[1] - one[1]), 3),
                round(degrees, 2),
            )
        gone += step
    raise ValueError("a way needs two points")
