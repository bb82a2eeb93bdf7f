"""经纬网: meridians and parallels over a map in metres, and where they cut its frame; spacing by scale."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import Literal

import numpy as np
from pyproj import CRS, Transformer

from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.view import Bounds, MapView

# Seconds of arc between labelled lines, and between the ticks that divide them.
_STEPS = (
    (1, 1), (2, 1), (5, 1), (10, 2), (15, 5), (30, 10), (60, 15), (120, 30), (300, 60), (600, 120), (900, 300),
    (1800, 600), (3600, 900), (7200, 1800), (18000, 3600), (36000, 7200), (108000, 18000),
)  # fmt: skip
_MOST_LABELS = 6
_SAMPLES = 65
_CLEAR_MM = 1e-6

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class GraticuleTick:
    """A tick on the frame's side ("top", "bottom", "left", "right") `at` mm from its left or upper end. Ticks between
    the round ones have no `label`."""

    side: Literal["top", "bottom", "left", "right"]
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class GraticuleLine:
    """A meridian (`axis` "longitude") or parallel ("latitude") as it lies on the map: (K, 2) in mm."""

    axis: str
    label: str
    points: Floats


def graticule_ticks(view: MapView, crs: CRS) -> list[GraticuleTick]:
    """Ticks of longitude on the frame's upper and lower side, of latitude at its left and right."""
    degrees = _to_degrees(crs)
    east_min, north_min, east_max, north_max = view.bounds
    sides: dict[Literal["top", "bottom", "left", "right"], tuple[Point, Point, int]] = {
        "bottom": ((east_min, north_min), (east_max, north_min), 0),
        "top": ((east_min, north_max), (east_max, north_max), 0),
        "left": ((east_min, north_max), (east_min, north_min), 1),
        "right": ((east_max, north_max), (east_max, north_min), 1),
    }
    label_step, tick_step = graticule_step(view, crs)
    ticks = []
    for side, (start, end, which) in sides.items():
        shares = np.linspace(0.0, 1.0, _SAMPLES)
        seconds = degrees(start[0] + (end[0] - start[0]) * shares, start[1] + (end[1] - start[1]) * shares)[which]
        order = np.argsort(seconds)
        length = view.width_mm if which == 0 else view.height_mm
        for number in _multiples(float(seconds.min()), float(seconds.max()), tick_step):
            at = float(np.interp(number, seconds[order], shares[order] * length))
            ticks.append(GraticuleTick(side, at, "" if number % label_step else angle_words(number)))
    return ticks


def graticule_lines(view: MapView, crs: CRS) -> list[GraticuleLine]:
    """The labelled meridians and parallels across the view, west to east, then south to north."""
    step = graticule_step(view, crs)[0]
    west, south, east, north = seconds_around(view.bounds, crs)
    project = _to_metres(crs)
    lines = []
    for axis, low, high, start, end in (
        ("longitude", west, east, south, north),
        ("latitude", south, north, west, east),
    ):
        across = np.linspace(start, end, _SAMPLES)
        for number in _multiples(low, high, step):
            along = np.full(_SAMPLES, float(number))
            x, y = project(along, across) if axis == "longitude" else project(across, along)
            east_min, _north_min, _east_max, north_max = view.bounds
            points = np.column_stack([x - east_min, north_max - y]) * view.mm_per_metre
            lines.append(GraticuleLine(axis, angle_words(number), points))
    return lines


def graticule_step(view: MapView, crs: CRS) -> tuple[int, int]:
    """Seconds of arc between labelled lines and between ticks: at most six labels across the wider side."""
    west, south, east, north = seconds_around(view.bounds, crs)
    across = max(east - west, north - south)
    return next((one for one in _STEPS if across / one[0] <= _MOST_LABELS), _STEPS[-1])


def seconds_around(bounds: Bounds, crs: CRS) -> Bounds:
    """West, south, east, north of an area in metres, in seconds of arc."""
    east_min, north_min, east_max, north_max = bounds
    x, y = np.linspace(east_min, east_max, 9), np.linspace(north_min, north_max, 9)
    edge_x = np.concatenate([x, x, np.full(9, east_min), np.full(9, east_max)])
    edge_y = np.concatenate([np.full(9, north_min), np.full(9, north_max), y, y])
    longitude, latitude = _to_degrees(crs)(edge_x, edge_y)
    return float(longitude.min()), float(latitude.min()), float(longitude.max()), float(latitude.max())


def angle_words(seconds: int) -> str:
    """106°42′, with seconds where they are not whole minutes; west and south with a minus sign."""
    sign = "−" if seconds < 0 else ""
    whole, rest = divmod(abs(seconds), 3600)
    text = f"{sign}{whole}°{rest // 60:02d}′"
    return text if rest % 60 == 0 else f"{text}{rest % 60:02d}″"


def _multiples(low: float, high: float, step: int) -> list[int]:
    first, last = ceil(low / step - _CLEAR_MM), floor(high / step + _CLEAR_MM)
    return [number * step for number in range(first, last + 1)]


Mapped = Callable[[Floats, Floats], tuple[Floats, Floats]]


@lru_cache(maxsize=8)
def _transformer(crs: CRS) -> Transformer:
    return Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)


def _to_degrees(crs: CRS) -> Mapped:
    """From metres to seconds of arc."""

    def mapped(east: Floats, north: Floats) -> tuple[Floats, Floats]:
        longitude, latitude = _transformer(crs).transform(east, north)
        return np.asarray(longitude) * 3600.0, np.asarray(latitude) * 3600.0

    return mapped


def _to_metres(crs: CRS) -> Mapped:
    """From seconds of arc to metres."""

    def mapped(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        east, north = _transformer(crs).transform(longitude / 3600.0, latitude / 3600.0, direction="INVERSE")
        return np.asarray(east), np.asarray(north)

    return mapped
