"""Landmarks that stand so near to each other that their large symbols would cover one another are drawn apart."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point

from geohazard_desktop.analysis.evacuation import place_of
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.label_obstacles import obstacles
from geohazard_desktop.cartography.label_sources import symbol_radius
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.feature import FeatureTable

LANDMARKS = "landmark"
_STAY = ("shelter", "warning_sign")  # what people look for stands where it is
_GAP = 0.4  # mm between two symbols
_MOST = 1.5  # times its own width that a landmark may be moved
_STEPS = 40


def landmarks_apart(pictures: Sequence[LayerPicture], view: MapView) -> list[LayerPicture]:
    """The same layers, with landmarks moved by less than two of their own widths where symbols would lie over each
    other, none into a danger zone or out of it. On paper alone: the features stay where they are."""
    return [_apart(one, pictures, view) if one.layer == LANDMARKS else one for one in pictures]


def _apart(picture: LayerPicture, pictures: Sequence[LayerPicture], view: MapView) -> LayerPicture:
    if not picture.style.shown_at(view.denominator):
        return picture
    numbers = picture.visible(view)
    numbers = numbers[picture.rules[numbers] >= 0]
    features = [picture.table.feature(number) for number in numbers.tolist()]
    points = [
        (number, one) for number, one in zip(numbers.tolist(), features, strict=True) if place_of(one) is not None
    ]
    if not points:
        return picture
    start = np.array([view.to_mm(place.x, place.y) for _number, one in points if (place := place_of(one))])
    halves = np.array([
        symbol_radius(picture.style.rules[picture.rules[number]], picture.values(number), view.denominator)
        for number, _one in points
    ])  # fmt: skip
    stamped = obstacles(view, [one for one in pictures if one.layer in _STAY])[1]
    fixed = np.concatenate([np.empty((0, 3)), *stamped.values()])
    places = _pushed(start, halves, fixed)
    # None is moved into a danger zone or out of it: those stay, and their neighbours make all of the room.
    crossed = _inside(pictures, view, places) != _inside(pictures, view, start)
    if crossed.any():
        staying = np.concatenate([fixed, np.column_stack([start[crossed], halves[crossed]])])
        places[crossed] = start[crossed]
        places[~crossed] = _pushed(start[~crossed], halves[~crossed], staying)
        again = _inside(pictures, view, places) != _inside(pictures, view, start)
        places[again] = start[again]
    moved = {
        one.uid: one.with_geometry(Point(view.from_mm(*place)))
        for (_number, one), place, was in zip(points, places.tolist(), start.tolist(), strict=True)
        if place != was
    }
    if not moved:
        return picture
    table = FeatureTable.of(picture.layer, [moved.get(one.uid, one) for one in picture.table])
    return LayerPicture(picture.definition, picture.style, table)


def _inside(pictures: Sequence[LayerPicture], view: MapView, places: Floats) -> NDArray[np.bool_]:
    """Which of `places` (mm) lie in a danger zone."""
    result = np.zeros(len(places), dtype=bool)
    ground = np.array([view.from_mm(x, y) for x, y in places.tolist()]).reshape(-1, 2)
    for picture in pictures:
        if picture.layer == ZONES:
            for zone in picture.geometries[picture.visible(view)]:
                result |= shapely.contains_xy(shapely.make_valid(zone), ground)
    return result


def _pushed(start: Floats, halves: Floats, fixed: Floats) -> Floats:
    """Squares pushed apart along the side where they overlap least; those of `fixed` (x, y, half) stay."""
    places = start.copy()
    for _step in range(_STEPS):
        rest = True
        for number in range(len(places)):
            for other in range(number + 1, len(places)):
                push = _push(places[number], places[other], halves[number] + halves[other] + _GAP, number)
                if push is not None:
                    rest = False
                    places[number] += push / 2
                    places[other] -= push / 2
            for x, y, half in fixed.tolist():
                push = _push(places[number], np.array([x, y]), halves[number] + half + _GAP, number)
                if push is not None:
                    rest = False
                    places[number] += push
        most = (halves * 2 * _MOST)[:, None]
        places = start + np.clip(places - start, -most, most)
        if rest:
            break
    return places


def _push(one: Floats, other: Floats, apart: float, number: int) -> Floats | None:
    """What moves `one` away from `other` so that they are `apart` across or upright; None where they are."""
    away = one - other
    lack = apart - np.abs(away)
    if lack.min() <= 1e-6:
        return None
    axis = int(np.argmin(lack))
    side = np.sign(away[axis]) or (1.0 if number % 2 else -1.0)
    push = np.zeros(2)
    push[axis] = side * lack[axis]
    return push
