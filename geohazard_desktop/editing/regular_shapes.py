"""Corners of rectangles, circles and regular polygons from the few places by which a hand gives them.

Places are (east, north) in metres; outlines are unclosed rings. An empty list says that the places give no shape.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geohazard_desktop.analysis.measures import at_bearing, bearing, planar_distance
from geohazard_desktop.domain.drawing_rules import circle_rule
from geohazard_desktop.editing.tool import Place, rounded

SMALLEST_M = 0.01  # a side below a centimetre is a slip of the hand


@dataclass(frozen=True, slots=True)
class Circle:
    centre: Place
    radius_m: float


def rectangle(one: Place, other: Place) -> list[Place]:
    """Sides along the grid, between two opposite corners."""
    if min(abs(one[0] - other[0]), abs(one[1] - other[1])) < SMALLEST_M:
        return []
    return [one, (other[0], one[1]), other, (one[0], other[1])]


def square_corner(one: Place, pointer: Place) -> Place:
    """The opposite corner that makes the rectangle a square, on the pointer's side."""
    east, north = pointer[0] - one[0], pointer[1] - one[1]
    side = max(abs(east), abs(north))
    return one[0] + math.copysign(side, east), one[1] + math.copysign(side, north)


def height_over(start: Place, end: Place, place: Place) -> float:
    """Metres from the side start-end to `place`, to the right of the direction start-end positive."""
    length = planar_distance(start, end)
    if not length:
        return 0.0
    east, north = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    return (place[0] - start[0]) * north - (place[1] - start[1]) * east


def slanted_rectangle(start: Place, end: Place, place: Place) -> list[Place]:
    """The rectangle on the side start-end that reaches as far as `place`."""
    height = height_over(start, end, place)
    if planar_distance(start, end) < SMALLEST_M or abs(height) < SMALLEST_M:
        return []
    aside = bearing(start, end) + 90.0
    return [start, end, rounded(at_bearing(end, aside, height)), rounded(at_bearing(start, aside, height))]


def circle_through(one: Place, two: Place, three: Place) -> Circle | None:
    """The circle through three places; None where they lie (nearly) in one line."""
    # From the first place on: squares of grid coordinates would use up all digits.
    bx, by = two[0] - one[0], two[1] - one[1]
    cx, cy = three[0] - one[0], three[1] - one[1]
    twice = 2.0 * (bx * cy - by * cx)
    longest = max(math.hypot(bx, by), math.hypot(cx, cy), math.hypot(cx - bx, cy - by))
    if longest < SMALLEST_M or abs(twice) < 1e-4 * longest**2:
        return None
    b, c = bx * bx + by * by, cx * cx + cy * cy
    x, y = (cy * b - by * c) / twice, (bx * c - cx * b) / twice
    radius = math.hypot(x, y)
    return Circle((one[0] + x, one[1] + y), radius) if radius >= SMALLEST_M else None


def circle_corner_count(radius_m: float) -> int:
    """How many corners keep a circle within the deviation of the rule; a multiple of four."""
    rule = circle_rule()
    part = min(1.0, rule.largest_deviation_m / max(radius_m, SMALLEST_M))
    count = math.ceil(math.pi / math.acos(1.0 - part)) if part < 1.0 else 4
    count = max(rule.fewest_corners, min(rule.most_corners, count))
    return math.ceil(count / 4) * 4


def circle_deviation(radius_m: float, corners: int) -> float:
    """How far the middle of a side lies inside the circle, in metres."""
    return radius_m * (1.0 - math.cos(math.pi / corners))


def circle_corners(circle: Circle) -> list[Place]:
    """Corners on the circle, clockwise from the north."""
    if circle.radius_m < SMALLEST_M:
        return []
    return regular_polygon(
        circle.centre, at_bearing(circle.centre, 0.0, circle.radius_m), circle_corner_count(circle.radius_m)
    )


def regular_polygon(centre: Place, corner: Place, sides: int) -> list[Place]:
    """`sides` corners around `centre`, the first at `corner`, clockwise."""
    radius = planar_distance(centre, corner)
    if radius < SMALLEST_M:
        return []
    angles = math.radians(bearing(centre, corner)) + 2.0 * math.pi * np.arange(1, sides) / sides
    east = np.round(centre[0] + radius * np.sin(angles), 3)
    north = np.round(centre[1] + radius * np.cos(angles), 3)
    found = [rounded(corner), *zip(east.tolist(), north.tolist(), strict=True)]
    return found if radius > sides * SMALLEST_M else without_repeats(found, closed=True)


def without_repeats(places: Sequence[Place], *, closed: bool) -> list[Place]:
    """The same corners without those that stand within a millimetre of the one before (in a ring also the first)."""
    found: list[Place] = []
    for place in places:
        if not found or planar_distance(found[-1], place) >= 1e-3:
            found.append(place)
    while closed and len(found) > 1 and planar_distance(found[0], found[-1]) < 1e-3:
        found.pop()
    return found
