"""The frame of a household's map, and what all maps of one frame have in common.

Neighbours who take one route see nearly the same ground. Their frames are laid so that many of them fall together: a
neighbour's map looks like one's own, a house that is measured anew by a metre does not move its map, and what a frame
shows is drawn once.
"""

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.evacuation import HouseholdWay
from geohazard_desktop.cartography.furniture import true_north
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.svg_halves import DrawnHalves
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.cartography.whole_symbols import whole_symbols
from geohazard_desktop.publishing.cards.mark_places import symbol_boxes, way_points
from geohazard_desktop.publishing.map_layers import MapLayers, Padding, fitted_view, shown
from geohazard_desktop.publishing.sheets.map_forms import HOUSEHOLD_BACK_PICTURE, Millimetres
from geohazard_desktop.workspace.feature import Feature

# Room in mm for what the template lays over the map: 拟划 and north above, the scale bar below, 我家 above its house.
PADDING = Padding(14.0, 26.0, 14.0, 14.0)
_LEAST = 1000.0
_AROUND_M = 120.0  # shown on each side of a house without a way
_ASIDE_MM = 30.0  # how far from the frame's middle that of its subject may lie, so that it is a neighbour's frame too
_GRIDS_MM = (40.0, 20.0, 10.0, 5.0, 2.5)
_ZONES = "danger_zone"
_KEPT = 24  # frames of one batch, whose households come street by street


def household_view(house: Point, parts: Sequence[BaseGeometry], common: Sequence[BaseGeometry] = ()) -> MapView:
    """The frame of a household's map: its house, and of its way the leg from the door, the rest and the shelter
    (`parts`). `common` is what neighbours have too (see `common_parts`), whatever part of it each of them walks.

    The scale is the largest round one at which all lies inside the padding. In the room that this leaves the frame
    takes a place that neighbours' frames take as well: around the middle of what they have in common, with the place
    where it leads at the padding, or on a grid."""
    bounds = _around(house) if not parts else _extent([house, *parts])
    view = fitted_view(bounds, HOUSEHOLD_BACK_PICTURE, PADDING, _LEAST)
    whole, goal = (_extent(common), _extent(common[-1:])) if common else (bounds, bounds)
    metres = view.denominator / 1000.0
    width, height = HOUSEHOLD_BACK_PICTURE
    rooms = ((width - PADDING.left - PADDING.right) * metres, (height - PADDING.top - PADDING.bottom) * metres)
    middles = []
    for axis, room in enumerate(rooms):
        low, high = bounds[axis], bounds[axis + 2]
        own = (low + high) / 2
        liked = [(whole[axis] + whole[axis + 2]) / 2]
        liked += [goal[axis + 2] - room / 2] if goal[axis + 2] >= high else []
        liked += [goal[axis] + room / 2] if goal[axis] <= low else []
        liked += [round(own / (grid * metres)) * grid * metres for grid in _GRIDS_MM]
        most = min((room - (high - low)) / 2, _ASIDE_MM * metres) + 1e-6
        middles.append(next((one for one in liked if abs(one - own) <= most), own))
    # As in `fitted_view`: what the padding takes more of on one side than on the other.
    centre = (
        middles[0] + (PADDING.right - PADDING.left) / 2 * metres,
        middles[1] + (PADDING.top - PADDING.bottom) / 2 * metres,
    )
    return replace(view, centre=centre)


def common_parts(route: Feature, rest: LineString, shelter: Feature | None) -> tuple[BaseGeometry, ...]:
    """What all who take a route have in common: the route, and last where it leads: the shelter, or the end of `rest`,
    the part that is walked."""
    whole = rest if route.geometry is None else route.geometry
    there = None if shelter is None else shelter.geometry
    if there is not None and not there.is_empty:
        return whole, there
    return (whole,) if rest.is_empty else (whole, Point(rest.coords[-1]))


def _around(house: Point) -> Bounds:
    return house.x - _AROUND_M, house.y - _AROUND_M, house.x + _AROUND_M, house.y + _AROUND_M


def _extent(parts: Sequence[BaseGeometry]) -> Bounds:
    """The bounds of all `parts` that are not empty; NaN if none is.

    Asked for several times for each card: `shapely.total_bounds` would spend most of its time on NumPy's warnings."""
    rows = shapely.bounds(np.array(parts, dtype=object)).tolist()
    filled = [one for one in rows if not math.isnan(one[0])]
    if not filled:
        return math.nan, math.nan, math.nan, math.nan
    west, south, east, north = zip(*filled, strict=True)
    return min(west), min(south), max(east), max(north)


@dataclass(frozen=True, slots=True)
class HouseholdFrame:
    """A frame with one route in it, drawn. `symbols` (N, 4) are the boxes in mm of its point symbols, `on_route` (N, 2)
    points in mm along the route, walked or not, `zones` (metres) its danger zones, `features` what it shows."""

    view: MapView
    symbols: Floats
    drawn: DrawnHalves
    on_route: Floats
    zones: Sequence[BaseGeometry]
    north_degrees: float
    features: Sequence[Feature]


class HouseholdFrames:
    """The frames of a batch, each drawn once as long as its households follow each other closely."""

    def __init__(self, crs: CRS, layers: MapLayers) -> None:
        self._crs, self._layers = crs, layers
        self._kept: OrderedDict[tuple[MapView, str], HouseholdFrame] = OrderedDict()

    def of(self, house: Point, way: HouseholdWay | None) -> HouseholdFrame:
        """The frame of a household's map."""
        parts: list[BaseGeometry] = []
        common: tuple[BaseGeometry, ...] = ()
        if way is not None:
            common = common_parts(way.route, way.route_line, way.shelter)
            parts = [way.door_leg, way.route_line]
            if way.shelter is not None and way.shelter.geometry is not None:
                parts.append(way.shelter.geometry)
        view = household_view(house, parts, common)
        key = view, "" if way is None else way.route.uid
        if key not in self._kept:
            while len(self._kept) >= _KEPT:
                self._kept.popitem(last=False)
            self._kept[key] = self._drawn(view, way)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _drawn(self, view: MapView, way: HouseholdWay | None) -> HouseholdFrame:
        own = self._layers.only("evacuation_route", [] if way is None else [way.route])
        # Most layers have nothing in a frame of a few hundred metres; everything after asks each of them several times.
        pictures = whole_symbols([one for one in own if len(one.visible(view))], view)
        points = {one.layer for one in pictures if one.definition.geometry == "point"}
        ground = {one.layer for one in pictures} - points
        seen = list(shown(pictures, view))
        return HouseholdFrame(
            view,
            symbol_boxes(view, pictures),
            DrawnHalves(view, pictures, below=ground, above=points, shared=True),
            _on_route(view, way),
            [one.geometry for one in seen if one.layer == _ZONES and one.geometry is not None],
            true_north(self._crs, *view.centre),
            seen,
        )


def _on_route(view: MapView, way: HouseholdWay | None) -> Floats:
    """Also along the part that a household does not walk: it is on the map, and its arrows are read."""
    lines = () if way is None or way.route.geometry is None else shapely.get_parts(way.route.geometry)
    found = [np.empty((0, 2))]
    for line in lines:
        if line.geom_type == "LineString" and line.length > 0:
            found.append(way_points(millimetres(view, line)))
    return np.vstack(found)


def millimetres(view: MapView, line: LineString) -> tuple[Millimetres, ...]:
    """The vertices of a line (metres) in the frame."""
    return tuple(view.to_mm(east, north) for east, north in line.coords)
