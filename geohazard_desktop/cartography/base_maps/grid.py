"""The map cut into blocks of device pixels that are the same ones after a pan, and the way from their pixels to the
source's: exact at the nodes of a mesh, straight between them.

Between nodes 32 pixels apart the error is 32² / (8 · earth's radius in pixels) pixels: 0.1 at 1:20 000 000, nothing
at the scales of work.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.view import Bounds, MapView

SIZE = 256
_STEP = 32
_PHASES = 16  # a block is used again when the map's pixels lie within 1/32 of it

Floats = NDArray[np.float64]
ToSource = Callable[[Floats, Floats], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Block:
    """SIZE by SIZE pixels: `x`, `y` on the device (whole pixels), `east`, `north` of its upper left corner."""

    key: tuple[float, int, int, int, int]
    x: int
    y: int
    east: float
    north: float
    pixel: float  # metres

    @property
    def bounds(self) -> Bounds:
        side = SIZE * self.pixel
        return self.east, self.north - side, self.east + side, self.north


def blocks_of(view: MapView) -> Iterator[Block]:
    """The blocks that cover a view, those in its middle first: they are what is looked at."""
    pixel = view.metres_per_pixel
    east, _south, _east, north = view.bounds
    left, phase_x = _whole(east / pixel)
    top, phase_y = _whole(-north / pixel)
    columns = range(left // SIZE, (left + math.ceil(view.width)) // SIZE + 1)
    rows = range(top // SIZE, (top + math.ceil(view.height)) // SIZE + 1)
    found = [
        Block(
            (float(f"{pixel:.9g}"), phase_x, phase_y, column, row),
            column * SIZE - left,
            row * SIZE - top,
            (column * SIZE + phase_x / _PHASES) * pixel,
            -(row * SIZE + phase_y / _PHASES) * pixel,
            pixel,
        )
        for row in rows
        for column in columns
    ]
    middle = view.width / 2 - SIZE / 2, view.height / 2 - SIZE / 2
    yield from sorted(found, key=lambda one: math.hypot(one.x - middle[0], one.y - middle[1]))


def _whole(place: float) -> tuple[int, int]:
    whole = math.floor(place)
    phase = round((place - whole) * _PHASES)
    return (whole + 1, 0) if phase == _PHASES else (whole, phase)


@dataclass(frozen=True, slots=True)
class Mesh:
    """The source's coordinates at the nodes of a block, row by row; NaN where the source's CRS does not reach."""

    x: Floats
    y: Floats

    @property
    def bounds(self) -> Bounds | None:
        """(left, top, right, bottom) of what the block needs; None when a part can't be reached at all."""
        if not (np.isfinite(self.x).all() and np.isfinite(self.y).all()):
            return None
        return float(self.x.min()), float(self.y.min()), float(self.x.max()), float(self.y.max())

    @property
    def step(self) -> float:
        """Source units a pixel, as the root of the area; NaN where the source's CRS does not reach."""
        across = self.x[-1, -1] - self.x[0, 0], self.y[-1, -1] - self.y[0, 0]
        other = self.x[-1, 0] - self.x[0, -1], self.y[-1, 0] - self.y[0, -1]
        return math.sqrt(abs(across[0] * other[1] - across[1] * other[0]) / 2) / SIZE

    def places(self, margin: int = 0) -> tuple[Floats, Floats]:
        """Coordinates of every pixel's middle, with `margin` pixels more on each side."""
        before, share = _between(margin)
        return _enlarged(self.x, before, share), _enlarged(self.y, before, share)


def mesh_of(block: Block, to_source: ToSource) -> Mesh:
    """`to_source` takes flat arrays of east and north."""
    at = np.arange(0, SIZE + 1, _STEP) * block.pixel
    east, north = np.meshgrid(block.east + at, block.north - at)
    x, y = to_source(east.ravel(), north.ravel())
    shape = east.shape
    wide = np.asarray(x, dtype=np.float64).reshape(shape)
    high = np.asarray(y, dtype=np.float64).reshape(shape)
    return Mesh(np.where(np.isfinite(wide), wide, np.nan), np.where(np.isfinite(high), high, np.nan))


@cache
def _between(margin: int) -> tuple[NDArray[np.intp], Floats]:
    """The node before each pixel's middle along one side, and how far behind it the middle lies, in steps."""
    middles = (np.arange(-margin, SIZE + margin) + 0.5) / _STEP
    before = np.clip(np.floor(middles).astype(np.intp), 0, SIZE // _STEP - 1)
    return before, middles - before


def _enlarged(nodes: Floats, before: NDArray[np.intp], share: Floats) -> Floats:
    """Values between nodes. Not as a product of matrices: BLAS starts threads for it, which costs ten times as much."""
    rows = nodes[before] + share[:, None] * (nodes[before + 1] - nodes[before])
    left = rows[:, before]
    found: Floats = left + share * (rows[:, before + 1] - left)
    return found
