"""On paper no symbol of a point is cut by the map's frame: half a sign is no sign, and a legend would explain it."""

from collections.abc import Collection, Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPoint, Point

from geohazard_desktop.cartography.label_sources import symbol_radius
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.feature import Feature, FeatureTable

# What a map warns of or sends to is never left out for want of a millimetre.
MATTER = frozenset({"hazard_point", "shelter", "warning_sign", "household", "facility", "objection"})
_EDGE_MM = 0.1  # a halo that ends on the frame's line


def whole_symbols(
    pictures: Sequence[LayerPicture], view: MapView, *, matter: Collection[str] = MATTER
) -> list[LayerPicture]:
    """The same layers, without point symbols that the frame of `view` would cut. A symbol whose place lies outside is
    left out. One whose place lies inside is drawn inside where its layer is in `matter`, by less than its own half;
    of other layers it is left out. On paper alone: the features stay where they are."""
    return [_whole(one, view, one.layer in matter) if one.definition.geometry == "point" else one for one in pictures]


def _whole(picture: LayerPicture, view: MapView, matters: bool) -> LayerPicture:
    numbers = picture.visible(view)
    reach = picture.style.reach
    inner = view.grown_bounds(-reach - _EDGE_MM)
    boxes = picture.bounds[numbers]
    near = (boxes[:, :2] < inner[:2]).any(axis=1) | (boxes[:, 2:] > inner[2:]).any(axis=1)
    if not near.any():
        return picture
    changed: dict[int, Feature | None] = {}
    for number in numbers[near].tolist():
        half = symbol_radius(picture.style.rules[picture.rules[number]], picture.values(number), view.denominator)
        feature = picture.table.feature(number)
        drawn = _drawn(feature, half + _EDGE_MM, view, matters)
        if drawn is not feature:
            changed[number] = drawn
    if not changed:
        return picture
    kept = [changed.get(number, picture.table.feature(number)) for number in numbers.tolist()]
    table = FeatureTable.of(picture.layer, [one for one in kept if one is not None])
    return LayerPicture(picture.definition, picture.style, table)


def _drawn(feature: Feature, half: float, view: MapView, matters: bool) -> Feature | None:
    """The feature with its symbols whole; itself where they are, None where none is left."""
    places = shapely.get_coordinates(feature.geometry)
    millimetres = np.array([view.to_mm(x, y) for x, y in places.tolist()]).reshape(-1, 2)
    size = np.array([view.width_mm, view.height_mm])
    inside = np.atleast_1d(((millimetres >= 0) & (millimetres <= size)).all(axis=1))
    whole = np.atleast_1d(((millimetres >= half) & (millimetres <= size - half)).all(axis=1))
    if whole.all():
        return feature
    kept = np.flatnonzero(inside if matters else whole)
    if not len(kept):
        return None
    drawn = np.clip(millimetres[kept], half, size - half)
    moved = [Point(*place) if one else Point(*view.from_mm(*at)) for place, at, one in zip(
        places[kept].tolist(), drawn.tolist(), whole[kept].tolist(), strict=True)]  # fmt: skip
    return feature.with_geometry(MultiPoint(moved))
