"""方里网: the lines of full kilometres, by scale, with their labels."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np

from geohazard_desktop.cartography.primitives import Stroke
from geohazard_desktop.cartography.strips import Strips
from geohazard_desktop.cartography.view import MapView

GRID_COLOUR, GRID_WIDTH = "#98A3AC", 0.08
# Grid spacing by scale (GB/T 20257 habit: 10 cm up to 1:10 000, 4 cm at 1:25 000, 2 cm at smaller scales).
_GRID_MM = ((10_000, 100.0), (25_000, 40.0))
_GRID_SMALL_MM = 20.0


@dataclass(frozen=True, slots=True)
class GridTick:
    """A line of the 方里网: `axis` "east" stands upright `at` mm from the left, "north" lies `at` mm from the top.
    `metres` is its coordinate; full kilometres are set as a small `prefix` (363) and a large `number` (78)."""

    axis: str
    at: float
    metres: float
    prefix: str
    number: str


def grid_step(denominator: float) -> float:
    """Metres between the lines of the 方里网 at 1:denominator: a round number of 1, 2 or 5."""
    mm = next((wide for largest, wide in _GRID_MM if denominator <= largest), _GRID_SMALL_MM)
    return round_number(mm * denominator / 1000.0 * 1.0001)


def round_number(metres: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above `metres`."""
    power = 10.0 ** floor(log10(metres))
    return next(digit * power for digit in (5.0, 2.0, 1.0) if digit * power <= metres * (1 + 1e-9))


def grid_ticks(view: MapView, step: float | None = None) -> list[GridTick]:
    """The grid's lines inside the view, from left to right, then from bottom to top."""
    step = step or grid_step(view.denominator)
    east_min, north_min, east_max, north_max = view.bounds
    ticks = []
    for axis, low, high in (("east", east_min, east_max), ("north", north_min, north_max)):
        for number in range(ceil(low / step), floor(high / step) + 1):
            metres = number * step
            x, y = view.to_mm(metres, metres)
            ticks.append(GridTick(axis, x if axis == "east" else y, metres, *_grid_label(metres, step)))
    return ticks


def _grid_label(metres: float, step: float) -> tuple[str, str]:
    whole, rest = divmod(round(metres), 1000)
    prefix, number = str(whole // 100), f"{whole % 100:02d}"
    return prefix, number if step >= 1000 else f"{number}.{rest // 100}" if step >= 100 else f"{number}.{rest:03d}"


def grid_lines(view: MapView, step: float | None = None) -> Stroke:
    """The grid as lines to paint."""
    lines = [
        [(one.at, 0.0), (one.at, view.height_mm)] if one.axis == "east" else [(0.0, one.at), (view.width_mm, one.at)]
        for one in grid_ticks(view, step)
    ]
    strips = Strips.of_segments(np.array(lines, dtype=float)) if lines else Strips.empty()
    return Stroke(strips, GRID_COLOUR, GRID_WIDTH)
