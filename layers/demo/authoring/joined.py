"""Joins the ends of streets to the streets they run into: both get one corner at the same rounded place.

Degrees are rounded to a centimetre, so an end that lay on another street's edge lies beside it afterwards.
"""

from typing import Any

import numpy as np
from shapely.geometry import LineString, Point

from authoring.curves import DECIMALS, to_local
from authoring.output import Drawing

SAME = 0.5  # metres within which a corner of the street is taken rather than a new one
NEAR = 2.5  # metres within which an end is meant to meet a street


def join_ends(drawing: Drawing, table: str) -> None:
    """Of all lines of a table."""
    rows = drawing.features[table]
    for row in rows:
        for at_start in (True, False):
            for other in rows:
                if other is not row:
                    _join(row, other, at_start=at_start)
    for row in rows:
        drawing.local[table][row["key"]] = to_local(row["geometry"])


def _join(row: dict[str, Any], other: dict[str, Any], *, at_start: bool) -> None:
    line, street = row["geometry"], other["geometry"]
    corners = list(line.coords)
    end = corners[0 if at_start else -1]
    if end in street.coords or _metres(street, end) > NEAR:
        return
    place = street.interpolate(street.project(Point(end)))
    corner = min(street.coords, key=lambda one: Point(one).distance(place))
    node = (round(place.x, DECIMALS), round(place.y, DECIMALS))
    if float(to_local(Point(corner)).distance(to_local(place))) < SAME:
        node = (corner[0], corner[1])
    if node not in street.coords:
        along = list(street.coords)
        edge = next(i for i in range(1, len(along)) if _holds(along[i - 1], along[i], place))
        along.insert(edge, node)
        other["geometry"] = LineString(along)
    corners[0 if at_start else -1] = node
    row["geometry"] = LineString(corners)


def _metres(street: LineString, end: tuple[float, ...]) -> float:
    return float(to_local(street).distance(to_local(Point(end))))


def _holds(first: tuple[float, ...], second: tuple[float, ...], place: Point) -> bool:
    """Whether `place`, which lies on the street, lies between these two corners."""
    return bool(np.isclose(LineString([first, second]).distance(place), 0.0, atol=1e-12))
