"""What there is to name in a view: texts and shapes of the features, lines of one name joined, before any is placed."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.placeholders import columns_in
from geohazard_desktop.cartography.strips import Ints
from geohazard_desktop.cartography.style import Label, Rule
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.feature import SHOWN

MOST_A_LAYER = 1500
SMALLEST_AREA_MM = 3.0  # smaller areas are named only where their names matter
MATTERS_FROM = 70.0  # from this priority on a label may cover a symbol and leave its area rather than be left out
# Beside one of these lies another one, which the name would name. Files made long ago carry their styles with them, so
# this does not hang on the style alone.
ADMINISTRATIVE = frozenset({"district", "subdistrict", "neighbour"})


@dataclass(frozen=True, slots=True)
class LabelSource:
    """A feature's label before it is placed. `shape` is its visible part in mm."""

    layer: str
    uid: str
    label: Label
    text: str
    second: str
    shape: BaseGeometry
    radius: float  # of its symbol or half its line's width, mm
    geometry: BaseGeometry  # the whole feature, in metres
    whole: bool = True  # whether `shape` is the feature as a whole, not cut to the frame
    size: float = 0.0  # the larger first among equals: area or length on the ground
    pieces: tuple[tuple[str, BaseGeometry], ...] = ()  # all lines that bear this one name: uid and geometry

    @property
    def key(self) -> tuple[str, str]:
        return self.layer, self.uid

    @property
    def shapes(self) -> list[BaseGeometry]:
        """In metres: the feature, or all lines that bear the name."""
        return [shape for _uid, shape in self.pieces] or [self.geometry]

    @property
    def stays_inside(self) -> bool:
        """The name stands in its area or nowhere."""
        return self.label.placement == "horizontal" or self.layer in ADMINISTRATIVE


def label_sources(view: MapView, picture: LayerPicture, kept: Collection[tuple[str, str]]) -> Iterator[LabelSource]:
    """The labels of a layer. Where there are too many, those that stood a moment ago (`kept`) come first."""
    label = picture.style.label
    if label is None or not label.shown_at(view.denominator):
        return
    numbers = picture.visible(view)
    if picture.definition.geometry == "polygon" and label.priority < MATTERS_FROM and len(numbers):
        size = (picture.bounds[numbers, 2:] - picture.bounds[numbers, :2]).max(axis=1) * view.mm_per_metre
        numbers = numbers[size >= SMALLEST_AREA_MM]
    if not len(numbers):
        return
    names = _names(picture)
    wanted = [number for number in numbers.tolist() if names.texts[number]]
    if len(wanted) > MOST_A_LAYER:
        uids = picture.table.uids
        wanted = sorted(wanted, key=lambda one: (picture.layer, uids[one]) not in kept)[:MOST_A_LAYER]
    if not wanted:
        return
    if label.placement == "line":
        yield from _lines(view, picture, names, wanted)
        return
    chosen = np.array(wanted)
    shapes, sticking = _shapes(view, picture, chosen)
    whole = picture.geometries[chosen]
    dimension = {"polygon": shapely.area, "line": shapely.length}.get(picture.definition.geometry)
    sizes = np.zeros(len(chosen)) if dimension is None else dimension(whole)
    for number, shape, cut, geometry, size in zip(wanted, shapes, sticking, whole, sizes.tolist(), strict=True):
        if shape is None or shape.is_empty:
            continue
        yield LabelSource(
            picture.layer,
            picture.table.uids[number],
            _coloured(label, picture.style.rules[picture.rules[number]]),
            names.texts[number],
            label.second_of(picture.values(number)) if label.second else "",
            shape,
            symbol_radius(picture.style.rules[picture.rules[number]], picture.values(number), view.denominator),
            geometry,
            not cut,
            size,
        )


def _coloured(label: Label, rule: Rule) -> Label:
    """The label in its rule's own colour and with its own weight, where it has them."""
    if rule.label_color:
        label = replace(label, color=rule.label_color)
    return label if rule.label_priority is None else replace(label, priority=rule.label_priority)


def _lines(view: MapView, picture: LayerPicture, names: "_Names", wanted: list[int]) -> Iterator[LabelSource]:
    """Pieces of one road bear its name once, not once each. All of them count, also those out of sight: else the name
    would move along the road as its ends come and go at the frame's edge."""
    label = picture.style.label
    assert label is not None
    groups = {names.texts[number]: names.by_text[names.texts[number]] for number in wanted}
    numbers = np.array(sorted({number for group in groups.values() for number in group}))
    shapes = dict(zip(numbers.tolist(), _shapes(view, picture, numbers)[0], strict=True))
    for text, group in groups.items():
        found = [shapes[number] for number in group if shapes[number] is not None and not shapes[number].is_empty]
        if not found:
            continue
        # An area in a layer of lines (another program's) has no way that a name could follow.
        parts = [part for one in found for part in shapely.get_parts(one) if part.geom_type == "LineString"]
        if not parts:
            continue
        joined = shapely.line_merge(shapely.multilinestrings(parts)) if len(parts) > 1 else found[0]
        first = group[0]
        yield LabelSource(
            picture.layer,
            picture.table.uids[first],
            _coloured(label, picture.style.rules[picture.rules[first]]),
            text,
            label.second_of(picture.values(first)) if label.second else "",
            joined,
            symbol_radius(picture.style.rules[picture.rules[first]], picture.values(first), view.denominator),
            picture.geometries[first],
            True,
            float(joined.length),
            tuple((picture.table.uids[number], picture.geometries[number]) for number in group),
        )


@dataclass(frozen=True, slots=True)
class _Names:
    """The first line of every feature's label ("" where it is not drawn), and the features of each text."""

    texts: list[str]
    by_text: Mapping[str, list[int]]


_kept_names: WeakKeyDictionary[LayerPicture, _Names] = WeakKeyDictionary()


def _names(picture: LayerPicture) -> _Names:
    found = _kept_names.get(picture)
    if found is None:
        label = picture.style.label
        assert label is not None
        columns = picture.table.columns
        named = columns_in(label.text) | ({"id"} if label.numbers_nameless else set())
        used = [name for name in columns if name.removesuffix(SHOWN) in named]
        texts = [""] * len(picture)
        composed: dict[tuple[object, ...], str] = {}
        by_text: dict[str, list[int]] = defaultdict(list)
        drawn = picture.usable & (picture.rules >= 0)
        rows = zip(*(columns[name] for name in used), strict=True) if used else iter([()] * len(picture))
        for number, (row, there) in enumerate(zip(rows, drawn.tolist(), strict=True)):
            if not there:
                continue
            if row not in composed:
                composed[row] = label.text_of(dict(zip(used, row, strict=True)))
            text = texts[number] = composed[row]
            if text:
                by_text[text].append(number)
        found = _kept_names[picture] = _Names(texts, by_text)
    return found


def _shapes(view: MapView, picture: LayerPicture, numbers: Ints) -> tuple[list[BaseGeometry], list[bool]]:
    """In mm, and which are cut. Lines stay whole, so that names along them keep their places; areas are cut to the
    frame."""
    east_min, _north_min, _east_max, north_max = view.bounds
    scale = view.mm_per_metre

    def in_mm(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((places - (east_min, north_max)) * (scale, -scale))

    areas = picture.definition.geometry == "polygon"
    shapes: dict[int, BaseGeometry] = {}
    cut: dict[int, bool] = {}
    for rule in np.unique(picture.rules[numbers]).tolist():
        mine = picture.shapes(view, rule, numbers, -1.0)
        moved = shapely.transform(mine.areas if areas else mine.whole, in_mm)
        found = mine.numbers.tolist()
        shapes.update(zip(found, moved, strict=True))
        cut.update(zip(found, (mine.sticking & areas).tolist(), strict=True))
    return [shapes[number] for number in numbers.tolist()], [cut[number] for number in numbers.tolist()]


def symbol_radius(rule: Rule, values: Mapping[str, object], denominator: float) -> float:
    radius = 0.5
    for symbol in rule.symbols:
        if symbol.kind == "marker":
            size = symbol.size_of(values) * symbol.shrunk(denominator)  # type: ignore[arg-type]
            radius = max(radius, size / 2 + symbol.halo)
        elif symbol.kind in {"stroke", "double", "railway"}:
            radius = max(radius, (symbol.width + symbol.casing) / 2)
    return radius
