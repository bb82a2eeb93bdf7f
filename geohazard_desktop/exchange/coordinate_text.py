"""Coordinates as people write them in tables: which column is which, degrees in every spelling, order by size."""

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from geohazard_desktop.exchange.mapping import base_and_unit, key
from geohazard_desktop.exchange.units import plain
from geohazard_desktop.exchange.values import text_of

Axis = Literal["longitude", "latitude", "north", "east", "pair"]
_HEADINGS: dict[Axis, tuple[str, ...]] = {
    "longitude": ("经度", "东经", "lon", "lng", "long", "longitude", "gps经度", "经度坐标", "中心经度", "地理经度"),
    "latitude": ("纬度", "北纬", "lat", "latitude", "gps纬度", "纬度坐标", "中心纬度", "地理纬度"),
    "north": (
        "x",
        "x坐标",
        "坐标x",
        "纵坐标",
        "北坐标",
        "纵坐标x",
        "x纵坐标",
        "northing",
        "north",
        "高斯x",
        "高斯坐标x",
    ),
    "east": ("y", "y坐标", "坐标y", "横坐标", "东坐标", "横坐标y", "y横坐标", "easting", "east", "高斯y", "高斯坐标y"),
    "pair": ("坐标", "经纬度", "地理坐标", "经纬度坐标", "位置坐标"),
}
COORDINATE_HEADINGS = frozenset(word for words in _HEADINGS.values() for word in words)
_LONGITUDES, _LATITUDES = (73.0, 136.0), (3.0, 54.0)  # of China: the two never overlap, so order shows itself
_NORTHS, _EASTS = (300_000.0, 6_000_000.0), (100_000.0, 900_000.0)
_ZONES = (13, 45)
_DEGREES = re.compile(
    r"[东西南北经纬EWNS:：]*\s*(\d{1,3})\s*(?:°|度|º|˚|\s|-|:)\s*(\d{1,2}(?:\.\d+)?)\s*(?:′|'|分|’|:|\s|-)?\s*"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:″|\"|秒|”|''|′′|’’)?)?\s*[EWNS]?",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """One pair of numbers put in order, east (or longitude) first. `swapped`: they stood the other way round."""

    east: float
    north: float
    metric: bool
    swapped: bool = False


def coordinate_columns(columns: Sequence[str]) -> dict[Axis, str]:
    """The columns that hold coordinates, by what they hold."""
    found: dict[Axis, str] = {}
    for axis, words in _HEADINGS.items():
        for column in columns:
            if axis not in found and (key(column) in words or base_and_unit(column)[0] in words):
                found[axis] = column
    return found


def axis_columns(cells: Sequence[str]) -> dict[Axis, int]:
    """Which cells of a row are headings of a pair of coordinates, by their index; empty where the row is no heading."""
    found = {axis: cells.index(cell) for axis, cell in coordinate_columns(cells).items()}
    return found if {"north", "east"} <= set(found) or {"longitude", "latitude"} <= set(found) else {}


def parse_degrees(raw: Any) -> float | None:
    """A number from a cell: 106.72, 106°43′12.00″, 106度43分12秒, 106 43 12, E106°43.2′; None when it is none."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return float(raw)
    text = plain(text_of(raw)).replace(",", "")
    bare = re.sub(r"^[东西南北经纬EWNSewns:]+\s*|\s*(?:°|度|m|米)?\s*[EWNSewns]?$", "", text)
    try:
        return float(bare)
    except ValueError:
        found = _DEGREES.fullmatch(text)
    if found is None:
        return None
    degrees, minutes, seconds = (float(one or 0) for one in found.groups())
    return None if minutes >= 60 or seconds >= 60 else degrees + minutes / 60 + seconds / 3600


def ordered(east: float, north: float) -> Place | None:
    """The pair as headings say it, set right by its size; None when it is no place in China."""
    for first, second, swapped in ((east, north, False), (north, east, True)):
        if _within(first, _LONGITUDES) and _within(second, _LATITUDES):
            return Place(first, second, False, swapped)
        if _within(second, _NORTHS) and is_east(first):
            return Place(first, second, True, swapped)
    return None


def is_east(number: float) -> bool:
    """Whether a number can be a Gauss-Kruger easting, without or with its zone's number in front."""
    zone, rest = divmod(number, 1e6)
    return _within(rest, _EASTS) and (zone == 0 or _ZONES[0] <= zone <= _ZONES[1])


def from_packed(number: float) -> float | None:
    """106.4312 read as 106°43′12″ (ddd.mmss, as survey calculators write it); None when it can't be that."""
    minutes_seconds = round((abs(number) % 1) * 1e4, 4)
    minutes, seconds = divmod(minutes_seconds, 100)
    return None if minutes >= 60 or seconds >= 60 else int(number) + minutes / 60 + seconds / 3600


def _within(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]
