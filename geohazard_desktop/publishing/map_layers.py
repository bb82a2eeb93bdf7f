"""The workspace's layers ready for paper, read once for any number of maps: pictures, what a view shows, its frame."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor, log10

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.counted_today import counted_table
from geohazard_desktop.analysis.ways_in_force import ROUTES, SHELTERS, holding, ways_over, with_goals
from geohazard_desktop.analysis.zone_states import ZONES, with_true_states, zone_states
from geohazard_desktop.cartography.label_text import Box
from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.measured import measured
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.placeholders import columns_in
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.doubtful_ways import DoubtfulWays
from geohazard_desktop.publishing.sheets.map_forms import Corner, Millimetres
from geohazard_desktop.workspace.definition import LayerDefinition, Paper
from geohazard_desktop.workspace.edits.objections import AREAS, OBJECTIONS
from geohazard_desktop.workspace.feature import Feature, FeatureTable
from geohazard_desktop.workspace.workspace import Workspace

# Scales that a surveyor can reckon with on a ruler, over a power of ten.
_ROUND = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 10.0)
# Of maps that tell their scale by the bar alone: between two round ones up to a third of the frame would stay empty.
_FINE = tuple(sorted({*_ROUND, 1.1, 1.4, 1.75, 2.25, 2.75, 3.5, 4.5, 5.5, 6.5, 7.0, 8.0, 9.0}))
_DPI = 300.0
_REDUCED_KEPT = 64  # pictures of a layer with some of its features

Chosen = Callable[[LayerDefinition], bool]


@dataclass(frozen=True, slots=True)
class Padding:
    """Millimetres of a frame that its subject keeps clear of."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


class MapLayers:
    """Pictures of the workspace's layers in tree order, danger zones in the state that their register bears out, of
    routes and shelters those that hold (`over` are the others), of households those in residence. `doubtful` says which
    of its routes nobody may be sent along unasked."""

    def __init__(
        self,
        ws: Workspace,
        chosen: Chosen = lambda _definition: True,
        *,
        lifted_too: bool = False,
        personal_labels: bool = True,
        references: Paper = "",
        objections: bool = False,
    ) -> None:
        """`chosen` says which of the layers with geometry are on the map; `lifted_too` keeps 已撤销 zones, which mean
        nothing to who is to be warned; without `personal_labels` no name or phone number of a person gets onto the map
        by a label, whatever the office's style says. Of reference layers those are on it that the office has ticked
        for papers of the use `references`, none without it. What people said in a meeting is on it with `objections`
        alone: whoever reads a paper at a door can't know what a question mark means, and it changes no way."""
        self.states = zone_states(ws)
        self.doubtful = DoubtfulWays(ws)
        self.over = ways_over(ws, self.states)
        self.pictures: list[LayerPicture] = []
        self.withheld: list[str] = []  # titles of layers whose labels lost a personal field
        self._reduced: dict[tuple[str, ...], list[LayerPicture]] = {}
        self.style_faults: list[str] = []  # layers drawn in their default style, because their own can't be read
        for table, definition in ws.definitions.items():
            there = definition.geometry != "none" and not definition.helper and printed(definition, references)
            there = there and (objections or table not in (OBJECTIONS, AREAS))
            if there and chosen(definition):
                features = counted_table(ws.table(table))
                if table == ZONES:
                    features = with_true_states(features, self.states)
                    if not lifted_too:
                        features = FeatureTable.of(table, [one for one in features if one.text("state") != lifted()])
                elif table in (ROUTES, SHELTERS) and self.over:
                    features = FeatureTable.of(table, holding(features, self.over))
                if table == ROUTES:
                    features = FeatureTable.of(table, with_goals(ws, features))
                style, fault = layer_style(ws, table)
                if fault is not None:
                    self.style_faults.append(str(fault))
                if not personal_labels and personal_in_label(style, definition):
                    self.withheld.append(definition.title)
                    style = without_personal(style, definition)
                features = measured(features, style.measures, ws.epsg)
                self.pictures.append(LayerPicture(definition, style, features))

    def features(self, layer: str) -> list[Feature]:
        """All features of a layer on the map, in file order."""
        return [one for picture in self.pictures if picture.layer == layer for one in picture.table]

    def only(self, layer: str, features: Sequence[Feature]) -> list[LayerPicture]:
        """The pictures with `layer` reduced to `features`. Households that share a route share its picture."""
        key = (layer, *(one.uid for one in features))
        if key not in self._reduced:
            if len(self._reduced) >= _REDUCED_KEPT:
                self._reduced.clear()
            table = FeatureTable.of(layer, features)
            self._reduced[key] = [
                LayerPicture(one.definition, one.style, table) for one in self.pictures if one.layer == layer
            ]
        own = iter(self._reduced[key])
        return [next(own) if one.layer == layer else one for one in self.pictures]


def personal_in_label(style: Style, definition: LayerDefinition) -> list[str]:
    """The personal fields that the layer's label names."""
    if style.label is None:
        return []
    named = columns_in(style.label.text) | columns_in(style.label.second)
    return [one.name for one in definition.fields if definition.is_personal(one.name) and one.name in named]


def without_personal(style: Style, definition: LayerDefinition) -> Style:
    """The style with each part of the label dropped that a personal field stands in."""
    if style.label is None:
        return style
    lines = [style.label.text, style.label.second]
    for name in personal_in_label(style, definition):
        lines = [
            "".join(part for part in re.split(r"( · |　)", line) if name not in columns_in(part)).strip(" ·　")
            for line in lines
        ]
    label = replace(style.label, text=lines[0], second=lines[1]) if lines[0] else None
    return replace(style, label=label)


def printed(definition: LayerDefinition, use: Paper) -> bool:
    """Whether a layer may be on papers of a use: a reference layer only where the office ticked it for that use."""
    return not definition.reference or (use != "" and definition.paper in (use, "public"))


def about_people(definition: LayerDefinition) -> bool:
    """Whether a layer's mere places tell of persons: it is personal, or a person's name is what makes its features."""
    return definition.personal or any(one.required and one.personal for one in definition.fields)


def shown(pictures: Sequence[LayerPicture], view: MapView) -> Iterator[Feature]:
    """The features that really are in the frame, drawn by some rule at this scale."""
    frame = shapely.box(*view.bounds)
    for picture in pictures:
        if not picture.style.shown_at(view.denominator):
            continue
        numbers = picture.visible(view)
        numbers = numbers[picture.rules[numbers] >= 0]
        inside = shapely.intersects(np.asarray(picture.table.geometries, dtype=object)[numbers], frame)
        for number in numbers[inside].tolist():
            yield picture.table.feature(number)


def fitted_view(
    bounds: Bounds,
    size: Millimetres,
    padding: Padding,
    least: float = 500.0,
    factor: float = 1.0,
    *,
    fine: bool = False,
) -> MapView:
    """All of `bounds` inside the frame's padding at a round scale, never larger than 1:`least`. A drawing that is
    printed `factor` times as large has its round scale on paper. `fine`: no number tells the scale."""
    east_min, north_min, east_max, north_max = bounds
    wide = size[0] - padding.left - padding.right
    high = size[1] - padding.top - padding.bottom
    needed = max((east_max - east_min) / wide, (north_max - north_min) / high) * 1000.0
    denominator = round_denominator(max(needed / factor, least), fine=fine) * factor
    metres = denominator / 1000.0  # a millimetre on the ground
    centre = (
        (east_min + east_max) / 2 + (padding.right - padding.left) / 2 * metres,
        (north_min + north_max) / 2 + (padding.top - padding.bottom) / 2 * metres,
    )
    return MapView(centre, denominator, size[0], size[1], _DPI)


def round_denominator(needed: float, *, fine: bool = False) -> float:
    """The next scale denominator from `needed` up that a ruler can read: 5000, 7500, 10 000, 12 500 …"""
    power = 10.0 ** floor(log10(needed))
    return next(share * power for share in (_FINE if fine else _ROUND) if share * power >= needed * (1 - 1e-9))


def next_round(denominator: float, *, closer: bool) -> float:
    """The next round denominator: smaller, so that the map comes closer, or larger."""
    power = 10.0 ** floor(log10(denominator))
    steps = [share * ten for ten in (power / 10.0, power) for share in _ROUND[:-1]] + [power * 10.0, power * 12.5]
    if closer:
        return max(one for one in steps if one < denominator * (1 - 1e-9))
    return min(one for one in steps if one > denominator * (1 + 1e-9))


def corner_box(
    view: MapView, corner: Corner, size: Millimetres, margin: float = 3.0
) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in mm of a box of `size` in a corner of the frame, `margin` from its edges."""
    left = margin if corner.endswith("left") else view.width_mm - margin - size[0]
    top = margin if corner.startswith("top") else view.height_mm - margin - size[1]
    return left, top, left + size[0], top + size[1]


def emptiest_corner(
    view: MapView,
    corners: Sequence[Corner],
    size: Millimetres,
    *subjects: Sequence[BaseGeometry],
) -> Corner:
    """The corner in which a box of `size` hides least of the first of `subjects` (metres); among equals, least of the
    next; of equal corners the first."""

    def hides(corner: Corner) -> tuple[float, ...]:
        box = corner_box(view, corner, size)
        return tuple(hidden(view, box, one) for one in subjects)

    return min(corners, key=hides)


def ground_of(view: MapView, box: Box) -> BaseGeometry:
    """What of the ground lies below a box (mm), in metres."""
    left, top, right, bottom = box
    east_min, north_max = view.from_mm(left, top)
    east_max, north_min = view.from_mm(right, bottom)
    return shapely.box(east_min, north_min, east_max, north_max)


def hidden(view: MapView, box: Box, subjects: Sequence[BaseGeometry]) -> float:
    """How much of `subjects` (metres) a box (mm) hides: areas by area, lines and points as if a millimetre wide."""
    ground = ground_of(view, box)
    wide = 0.5 / view.mm_per_metre
    return sum(
        float(shapely.intersection(ground, one if one.area else one.buffer(wide)).area)
        for one in subjects
        if one.intersects(ground)
    )
