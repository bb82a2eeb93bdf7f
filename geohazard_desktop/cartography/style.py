"""A layer's style: what is drawn, in what order, from which scale, with which label. Data, never code.

The keys stand in ARCHITECTURE.md. Lengths are millimetres on paper, text sizes points, angles degrees counter-clockwise
from east, colours #RRGGBB. A rule's conditions are read by `workspace.conditions`, a label's braces by `placeholders`;
both may ask for what a shape measures (`domain.shape_measures`). A label may have a `slant` (degrees that the
characters lean; rivers lean -12 to the left). A marker's `name` may be the SVG text itself: an office's own symbol
travels with the workspace (see own_symbols.py).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.placeholders import columns_in, filled
from geohazard_desktop.common.signs import one_line
from geohazard_desktop.domain.shape_measures import measure_of
from geohazard_desktop.workspace.conditions import Where, all_hold
from geohazard_desktop.workspace.feature import Value

KINDS: Mapping[str, frozenset[str]] = {
    "fill": frozenset({"color", "opacity"}),
    "stroke": frozenset({"color", "width", "dash", "opacity", "casing", "cap"}),
    "hatch": frozenset({"color", "width", "spacing", "angle"}),
    "dots": frozenset({"color", "diameter", "spacing"}),
    "crosses": frozenset({"color", "width", "size", "spacing"}),
    "waves": frozenset({"color", "width", "spacing"}),
    "ticks": frozenset({"color", "width", "length", "spacing"}),
    "arrows": frozenset({"color", "size", "spacing"}),
    "band": frozenset({"color", "width", "opacity"}),
    "railway": frozenset({"color", "width", "dash"}),
    "double": frozenset({"color", "inner", "width", "inner_width"}),
    "marker": frozenset({"name", "size", "size_by", "halo", "shrink_beyond", "shrink_to"}),
    "start_ring": frozenset({"color", "size", "width"}),
}
# What makes sense on a layer of each geometry, bottom up.
FITTING: Mapping[str, Sequence[str]] = {
    "polygon": ("fill", "hatch", "dots", "crosses", "waves", "stroke", "ticks", "band", "marker"),
    "line": ("stroke", "double", "railway", "ticks", "arrows", "start_ring", "marker"),
    "point": ("marker",),
}
CAPS = ("flat", "round", "square")
FAMILIES = ("hei", "song")
PLACEMENTS = ("point", "inside", "line", "horizontal")
_SEGMENT = re.compile(r"( · |　)")
# What a length in mm may be: beyond it is a slip of the hand, and a spacing near nothing would be drawn for ever.
LIMITS: Mapping[str, tuple[float, float]] = {
    "opacity": (0.0, 1.0),
    "width": (0.02, 30.0),
    "inner_width": (0.02, 30.0),
    "casing": (0.0, 20.0),
    "spacing": (0.3, 500.0),
    "angle": (0.0, 360.0),
    "diameter": (0.05, 20.0),
    "size": (0.2, 100.0),
    "length": (0.1, 50.0),
    "halo": (0.0, 10.0),
    "shrink_beyond": (1.0, 1e9),  # a scale's denominator
    "shrink_to": (0.2, 1.0),  # a share
}
LABEL_LIMITS: Mapping[str, tuple[float, float]] = {
    "size": (3.0, 200.0),  # pt
    "second_size": (3.0, 200.0),
    "halo": (0.0, 10.0),
    "priority": (0.0, 1000.0),
}
LEAST_OPACITY = 0.1  # of a whole layer: who wants it away unticks it, and it is then said to be off
DASH_LEAST = 0.2  # mm, one dash with its gap
MOST_RULES = 500


@dataclass(frozen=True, slots=True)
class SizeBy:
    """A marker's size in mm by the value of a field."""

    field: str
    sizes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol layer; which members count follows from `kind` (see KINDS)."""

    kind: str
    color: str = "#000000"
    opacity: float = 1.0
    width: float = 0.25
    dash: tuple[float, ...] = ()
    casing: float = 0.0
    cap: str = "flat"
    spacing: float = 2.0
    angle: float = 45.0
    diameter: float = 0.5
    size: float = 3.0
    length: float = 1.0
    inner: str = "#FFFFFF"
    inner_width: float = 0.5
    name: str = ""
    halo: float = 0.0
    size_by: SizeBy | None = None
    shrink_beyond: float | None = None  # farther out than 1:this, markers are `shrink_to` of their size
    shrink_to: float = 1.0

    def size_of(self, values: Mapping[str, Value]) -> float:
        """The marker's size in mm for a feature."""
        if self.size_by is None:
            return self.size
        return self.size_by.sizes.get(str(values.get(self.size_by.field)), self.size)

    def shrunk(self, denominator: float) -> float:
        """The share of its size that a marker has at 1:denominator: on a small map the symbol of a place must not hide
        the zone around it."""
        near = self.shrink_beyond is None or _in_range(denominator, 0.0, self.shrink_beyond)
        return 1.0 if near else self.shrink_to

    def name_of(self, values: Mapping[str, Value]) -> str:
        """The marker's name for a feature, braces filled."""
        return filled(self.name, values)[0]


@dataclass(frozen=True, slots=True)
class Rule:
    """Features that share a look: legend text, conditions (all must hold; none: it takes every feature), symbols bottom
    up; `label_color` where their names have a colour of their own, `label_priority` where they have a weight of their
    own (papers set it, not a style's file)."""

    label: str
    symbols: tuple[Symbol, ...]
    wheres: tuple[Where, ...] = ()
    label_color: str = ""
    label_priority: float | None = None

    def matches(self, values: Mapping[str, Value]) -> bool:
        return all_hold(self.wheres, values)

    @property
    def where(self) -> Where | None:
        """The condition of a class: the only one, and none that says what features must not be."""
        return self.wheres[0] if len(self.wheres) == 1 and not self.wheres[0].negated else None

    def of_kind(self, *kinds: str) -> tuple[Symbol, ...]:
        return tuple(one for one in self.symbols if one.kind in kinds)

    @property
    def edge_only(self) -> bool:
        """Whether an area is told by its edge alone: to the reader that is a line."""
        return bool(self.of_kind("band")) or not self.of_kind("fill", "hatch", "dots", "crosses", "waves", "ticks")


@dataclass(frozen=True, slots=True)
class Label:
    """How a layer's features are named on the map."""

    text: str
    second: str = ""
    size: float = 9.0
    second_size: float = 7.0
    color: str = "#1A1A1A"
    family: str = "hei"
    bold: bool = False
    halo: float = 0.55
    priority: float = 0.0
    placement: str = "point"
    slant: float = 0.0
    maximum_scale_denominator: float | None = None
    minimum_scale_denominator: float = 0.0
    plate: bool = (
        False  # white on a plate of its colour, as papers set the numbers of routes; not part of a style's file
    )

    def text_of(self, values: Mapping[str, Value]) -> str:
        """The first line; "" means no label. What has a number but no name yet goes by its number."""
        first = _composed(self.text, values)
        return first if first or not self.numbers_nameless else _composed("{id}", values)

    def second_of(self, values: Mapping[str, Value]) -> str:
        """The second line; a part between " · " whose value is missing is left out."""
        if self.numbers_nameless and not _composed(self.text, values):
            return _composed(self.second.replace("{id}", ""), values)  # it stands in the first line
        return _composed(self.second, values)

    @property
    def numbers_nameless(self) -> bool:
        """Whether what has no name goes by its number."""
        return "{id}" in self.second

    def shown_at(self, denominator: float) -> bool:
        return _in_range(denominator, self.minimum_scale_denominator, self.maximum_scale_denominator)


@dataclass(frozen=True)
class Style:
    """A parsed style. `rules` in the order of the file: the first that matches wins."""

    layer: str
    rules: tuple[Rule, ...]
    draw_order: float = 100.0
    label: Label | None = None
    maximum_scale_denominator: float | None = None
    minimum_scale_denominator: float = 0.0
    opacity: float = 1.0  # of the layer as a whole, its names apart: what lies over each other in it stays so

    @classmethod
    def parse(cls, mapping: Mapping[str, Any], layer: str, called: str = "") -> "Style":
        """Check and parse a style mapping. Raises DefinitionInvalid naming layer (as people call it: `called`), key and
        value."""
        from geohazard_desktop.cartography.style_parser import StyleParser

        return StyleParser(layer, called).style(mapping)

    def rule_for(self, values: Mapping[str, Value]) -> Rule | None:
        return next((one for one in self.rules if one.matches(values)), None)

    def shown_at(self, denominator: float) -> bool:
        """Whether the layer is drawn at 1:denominator."""
        return _in_range(denominator, self.minimum_scale_denominator, self.maximum_scale_denominator)

    def classified(self, columns: Mapping[str, Sequence[Value]], count: int) -> NDArray[np.int32]:
        """The index of each feature's rule, -1 where none matches; columns as in a FeatureTable."""
        result = np.full(count, -1, dtype=np.int32)
        open_ = np.ones(count, dtype=bool)
        codes: dict[str, tuple[NDArray[np.int64], list[Value]]] = {}
        for number, rule in enumerate(self.rules):
            hit = open_
            for where in rule.wheres:
                if where.field not in codes:
                    codes[where.field] = _coded(columns.get(where.field, ()), count)
                code, values = codes[where.field]
                hit = hit & np.array([where.matches(one) for one in values], dtype=bool)[code]
            result[hit] = number
            open_ = open_ & ~hit
        return result

    @cached_property
    def told(self) -> str:
        """What of it is not as it is by default, as text: a member that a later version adds makes no other look."""
        return repr(_said(self))

    @cached_property
    def columns(self) -> frozenset[str]:
        """What decides how a feature looks and what it is called: fields, and measures by their names."""
        symbols = [one for rule in self.rules for one in rule.symbols]
        found = {where.field for rule in self.rules for where in rule.wheres}
        found |= {one.size_by.field for one in symbols if one.size_by is not None}
        texts = [one.name for one in symbols]
        texts += [self.label.text, self.label.second] if self.label is not None else []
        return frozenset(found.union(*map(columns_in, texts)))

    @cached_property
    def measures(self) -> frozenset[str]:
        """Those of them that are measured on the shape; a table gets them by `measured.with_measures`."""
        return frozenset(name for name in self.columns if measure_of(name) is not None)

    @cached_property
    def reach(self) -> float:
        """How far in mm any symbol reaches beyond its geometry: what lies outside the view by less is drawn too."""
        far = 1.0
        for rule in self.rules:
            for one in rule.symbols:
                size = max([one.size, *(one.size_by.sizes.values() if one.size_by else ())])
                widest = {"marker": size + one.halo, "arrows": size, "start_ring": size, "ticks": one.length}
                far = max(far, widest.get(one.kind, one.width + one.casing))
        return far


def _coded(column: Sequence[Value], count: int) -> tuple[NDArray[np.int64], list[Value]]:
    """Each row's number in the list of distinct values, so that a condition is asked once a value, not once a row."""
    if not column:
        return np.zeros(count, dtype=np.int64), [None]
    if len(set(map(type, column)) - {type(None)}) <= 1:  # as all columns of a file are: no 1 stands beside a True
        plain = {value: number for number, value in enumerate(dict.fromkeys(column))}
        return np.fromiter(map(plain.__getitem__, column), np.int64, count), list(plain)
    numbers: dict[tuple[type, Value], int] = {}
    code = np.fromiter((numbers.setdefault((type(one), one), len(numbers)) for one in column), np.int64, count)
    return code, [value for _type, value in numbers]


def _said(value: Any) -> Any:
    if is_dataclass(value):
        given = {one.name: (getattr(value, one.name), one.default) for one in fields(value)}
        return {name: _said(own) for name, (own, default) in given.items() if own != default}
    if isinstance(value, tuple | list):
        return [_said(one) for one in value]
    return dict(value) if hasattr(value, "items") else value


def _in_range(denominator: float, minimum: float, maximum: float | None) -> bool:
    # A view fitted to a round scale must not lose a layer to the last bit of a float.
    return denominator >= minimum * (1 - 1e-9) and (maximum is None or denominator <= maximum * (1 + 1e-9))


def _composed(template: str, values: Mapping[str, Value]) -> str:
    """Parts between separators, those with a missing value left out: "危险区 · 拟划" rather than "危险区  · 拟划"."""
    kept: list[str] = []
    separator = ""
    for piece in _SEGMENT.split(template):
        if _SEGMENT.fullmatch(piece):
            separator = piece
            continue
        text, whole = filled(piece, values)
        if whole and text.strip():
            kept += [separator if kept else "", text.strip()]
    return one_line("".join(kept)).strip()
