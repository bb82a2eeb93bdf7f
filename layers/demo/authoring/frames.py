"""Street plans in their own axes: a frame turns (u, v) into local metres, gently bent."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from authoring.curves import Pair, Points, spline, thin, wobble


class Frame(Protocol):
    """Anything that places (u, v): u along the main street or stream, v to its left."""

    def at(self, u: float, v: float) -> Pair: ...


@dataclass(frozen=True)
class Plain:
    """A turned plane; `bend` metres of sideways sway with a wavelength of `wave` metres."""

    origin: Pair
    angle: float
    bend: float = 7.0
    wave: float = 640.0

    def at(self, u: float, v: float) -> Pair:
        bent = v + self.bend * math.sin(2 * math.pi * u / self.wave) + 0.5 * self.bend * math.sin(u / 97.0 + v / 140.0)
        pushed = u + 0.5 * self.bend * math.sin(2 * math.pi * v / self.wave + 1.0)
        c, s = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        return (self.origin[0] + c * pushed - s * bent, self.origin[1] + s * pushed + c * bent)


class Along:
    """Follows a line: u metres on from `start`, v metres to the left of the line's direction, its small bends eased."""

    def __init__(self, line: LineString, start: Pair, ease: float = 320.0) -> None:
        count = max(4, round(line.length / ease))
        knots = [line.interpolate(i / count, normalized=True).coords[0] for i in range(count + 1)]
        self.line = LineString(spline(knots, 20))
        self.start = self.line.project(Point(start))

    def at(self, u: float, v: float) -> Pair:
        place = self.start + u
        here = self.line.interpolate(place)
        back, ahead = self.line.interpolate(max(0.0, place - 60)), self.line.interpolate(place + 60)
        east, north = ahead.x - back.x, ahead.y - back.y
        size = math.hypot(east, north)
        return (here.x - v * north / size, here.y + v * east / size)


def path(frame: Frame, corners: Sequence[Pair], step: float = 12.0) -> LineString:
    """A street through corners given in the frame; straight between them but for the frame's bend."""
    points: list[Pair] = []
    for (u0, v0), (u1, v1) in itertools.pairwise(corners):
        count = max(1, math.ceil(math.hypot(u1 - u0, v1 - v0) / step))
        points += [frame.at(u0 + (u1 - u0) * i / count, v0 + (v1 - v0) * i / count) for i in range(count)]
    points.append(frame.at(*corners[-1]))
    return thin(LineString(points), 0.25)


def ring(frame: Frame, corners: Sequence[Pair], seed: int, rough: float = 3.0) -> Polygon:
    """A smooth closed outline through corners given in the frame, irregular by about `rough` metres."""
    outline = wobble(spline([frame.at(*c) for c in corners], 8, closed=True), [(170, rough), (60, rough * 0.35)], seed)
    shape = thin(Polygon(outline), 0.4)
    if not shape.is_valid:
        raise ValueError(f"outline {seed} crosses itself")
    return shape


def curve(frame: Frame, corners: Sequence[Pair], seed: int, rough: float = 4.0) -> LineString:
    """A fissure or gully arm: a smooth line with an irregular course."""
    line = wobble(spline([frame.at(*c) for c in corners], 5), [(60, rough), (24, rough * 0.45)], seed, taper=15)
    return thin(LineString(line), 0.3)


@dataclass(frozen=True)
class Block:
    """A block of houses in rows along u: corners (u0, v0, u1, v1), distance between rows, house length and depth."""

    u0: float
    v0: float
    u1: float
    v1: float
    pitch: float = 23.0
    length: tuple[float, float] = (11.0, 22.0)
    depth: tuple[float, float] = (6.6, 8.2)
    gap: tuple[float, float] = (2.5, 7.0)
    left_out: float = 0.12


@dataclass
class House:
    """A building's outline, and the frame place of its middle."""

    outline: Polygon
    u: float
    v: float
    row: int = 0
    number: int = 0
    tags: dict[str, str] = field(default_factory=dict)


def houses(frame: Frame, blocks: Sequence[Block], keep_off: BaseGeometry, seed: int) -> list[House]:
    """Houses of all blocks that stand clear of `keep_off` (streets, channels, squares)."""
    chance = np.random.default_rng(seed)
    found: list[House] = []
    for block in blocks:
        rows = max(1, int((block.v1 - block.v0) // block.pitch) + 1)
        for row in range(rows):
            v = block.v0 + row * block.pitch
            if v > block.v1:
                break
            u = block.u0 + chance.uniform(0, 6)
            while u < block.u1:
                length = chance.uniform(*block.length)
                middle, depth = (u + length / 2, v + chance.uniform(-0.9, 0.9)), chance.uniform(*block.depth)
                u += length + chance.uniform(*block.gap)
                if chance.uniform() < block.left_out or middle[0] + length / 2 > block.u1 + 4:
                    continue
                outline = rectangle(frame, middle, length, depth)
                if not keep_off.intersects(outline) and not any(_too_near(outline, one.outline) for one in found):
                    found.append(House(outline, *middle, row=row))
    return found


def _too_near(one: Polygon, other: Polygon) -> bool:
    east, north, *_rest = one.bounds
    if abs(east - other.bounds[0]) > 150 or abs(north - other.bounds[1]) > 150:
        return False
    return bool(one.distance(other) < 1.2)


def rectangle(frame: Frame, middle: Pair, length: float, depth: float) -> Polygon:
    centre = np.array(frame.at(*middle))
    ahead = np.array(frame.at(middle[0] + 4, middle[1])) - np.array(frame.at(middle[0] - 4, middle[1]))
    ahead /= np.hypot(*ahead)
    side = np.array([-ahead[1], ahead[0]])
    corners: Points = np.array(
        [centre + a * ahead * length / 2 + b * side * depth / 2 for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    )
    return Polygon(corners)
