"""A layer's style: what is drawn, in what order, from which scale, with which label. Data, never code.

The keys stand in ARCHITECTURE.md. Lengths are millimetres on paper, text sizes points, angles degrees counter-clockwise
from east, colours #RRGGBB. Beyond the keys named there a `where` may have `minimum` and `maximum` (graduated:
minimum <= value < maximum), and a label `slant` (degrees that the characters lean; rivers lean -12 to the left).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.texts import _
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
    "marker": frozenset({"name", "size", "size_by", "halo"}),
    "start_ring": frozenset({"color", "size", "width"}),
}
CAPS = ("flat", "round", "square")
FAMILIES = ("hei", "song")
PLACEMENTS = ("point", "inside", "line", "horizontal")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FIELD = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SEGMENT = re.compile(r"( · |　)")
_ZERO_ALLOWED = {"opacity", "casing", "halo", "angle", "dash", "slant", "priority"}


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

    def size_of(self, values: Mapping[str, Value]) -> float:
        """The marker's size in mm for a feature."""
        if self.size_by is None:
            return self.size
        return self.size_by.sizes.get(str(values.get(self.size_by.field)), self.size)

    def name_of(self, values: Mapping[str, Value]) -> str:
        """The marker's name for a feature, braces filled."""
        return _filled(self.name, values)[0]


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on one field: one of `values`, or a number in [minimum, maximum)."""

    field: str
    values: tuple[Value, ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    def matches(self, value: Value) -> bool:
        if self.values:
            return value in self.values
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value < self.maximum)


@dataclass(frozen=True, slots=True)
class Rule:
    """Features that share a look: legend text, condition, symbols bottom up."""

    label: str
    symbols: tuple[Symbol, ...]
    where: Where | None = None

    def matches(self, values: Mapping[str, Value]) -> bool:
        return self.where is None or self.where.matches(values.get(self.where.field))

    def of_kind(self, *kinds: str) -> tuple[Symbol, ...]:
        return tuple(one for one in self.symbols if one.kind in kinds)


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

    def text_of(self, values: Mapping[str, Value]) -> str:
        """The first line; "" means no label."""
        return _composed(self.text, values)

    def second_of(self, values: Mapping[str, Value]) -> str:
        """The second line; a part between " · " whose value is missing is left out."""
        return _composed(self.second, values)

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

    @classmethod
    def parse(cls, mapping: Mapping[str, Any], layer: str) -> "Style":
        """Check and parse a style mapping. Raises DefinitionInvalid naming layer, key and value."""
        return _Parser(layer).style(mapping)

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
            if rule.where is not None:
                name = rule.where.field
                if name not in codes:
                    codes[name] = _coded(columns.get(name, ()), count)
                code, values = codes[name]
                hit = open_ & np.array([rule.where.matches(one) for one in values], dtype=bool)[code]
            result[hit] = number
            open_ = open_ & ~hit
        return result

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
    numbers: dict[tuple[type, Value], int] = {}
    code = np.fromiter((numbers.setdefault((type(one), one), len(numbers)) for one in column), np.int64, count)
    return code, [value for _type, value in numbers]


def _in_range(denominator: float, minimum: float, maximum: float | None) -> bool:
    # A view fitted to a round scale must not lose a layer to the last bit of a float.
    return denominator >= minimum * (1 - 1e-9) and (maximum is None or denominator <= maximum * (1 + 1e-9))


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    return str(value)


def _filled(template: str, values: Mapping[str, Value]) -> tuple[str, bool]:
    """The template with its braces filled, and whether every value was there."""
    whole = True

    def value(found: re.Match[str]) -> str:
        nonlocal whole
        text = _shown(values.get(found.group(1))).strip()
        whole = whole and bool(text)
        return text

    return _FIELD.sub(value, template), whole


def _composed(template: str, values: Mapping[str, Value]) -> str:
    """Parts between separators, those with a missing value left out: "危险区 · 拟划" rather than "危险区  · 拟划"."""
    kept: list[str] = []
    separator = ""
    for piece in _SEGMENT.split(template):
        if _SEGMENT.fullmatch(piece):
            separator = piece
            continue
        text, whole = _filled(piece, values)
        if whole and text.strip():
            kept += [separator if kept else "", text.strip()]
    return "".join(kept)


class _Parser:
    """Reads one style; every fault says layer, key and value."""

    def __init__(self, layer: str) -> None:
        self.layer = layer

    def style(self, mapping: Mapping[str, Any]) -> Style:
        known = {"draw_order", "maximum_scale_denominator", "minimum_scale_denominator", "rule", "label"}
        self._only(mapping, known, "style")
        rules = mapping.get("rule", ())
        if not isinstance(rules, Sequence) or isinstance(rules, str):
            raise self._fault("rule", rules)
        maximum = mapping.get("maximum_scale_denominator")
        return Style(
            self.layer,
            tuple(self._rule(one, number) for number, one in enumerate(rules, 1)),
            self._number(mapping, "draw_order", "style", 100.0, zero=True),
            self._label(mapping["label"]) if "label" in mapping else None,
            None if maximum is None else self._number(mapping, "maximum_scale_denominator", "style", 0.0),
            self._number(mapping, "minimum_scale_denominator", "style", 0.0, zero=True),
        )

    def _rule(self, data: Any, number: int) -> Rule:
        place = f"rule {number}"
        self._only(data, {"label", "where", "symbol"}, place)
        symbols = tuple(self._symbol(one, f"{place}.symbol {k}") for k, one in enumerate(data.get("symbol", ()), 1))
        where = self._where(data["where"], place) if "where" in data else None
        return Rule(str(data.get("label", "")), symbols, where)

    def _where(self, data: Any, place: str) -> Where:
        place = f"{place}.where"
        self._only(data, {"field", "equals", "in", "minimum", "maximum"}, place)
        if not isinstance(data.get("field"), str) or len(data) < 2 or ("equals" in data and "in" in data):
            raise self._fault(place, data)
        values = data.get("in", [data["equals"]] if "equals" in data else [])
        if not isinstance(values, list) or ("in" in data and not values):
            raise self._fault(f"{place}.in", values)
        bounds = [data.get(key) for key in ("minimum", "maximum")]
        for one in bounds:
            if one is not None and (isinstance(one, bool) or not isinstance(one, int | float)):
                raise self._fault(place, one)
        return Where(data["field"], tuple(values), *bounds)

    def _symbol(self, data: Any, place: str) -> Symbol:
        if not isinstance(data, Mapping) or data.get("kind") not in KINDS:
            raise self._fault(f"{place}.kind", data.get("kind") if isinstance(data, Mapping) else data)
        kind = data["kind"]
        self._only(data, KINDS[kind] | {"kind"}, place)
        if kind == "marker" and not isinstance(data.get("name"), str):
            raise self._fault(f"{place}.name", data.get("name"))
        parsed: dict[str, Any] = {"kind": kind}
        for key, value in data.items():
            if key in {"color", "inner"}:
                parsed[key] = self._colour(value, f"{place}.{key}")
            elif key == "dash":
                parsed[key] = self._dash(value, f"{place}.dash")
            elif key == "cap":
                parsed[key] = self._one_of(value, CAPS, f"{place}.cap")
            elif key == "size_by":
                parsed[key] = self._size_by(value, f"{place}.size_by")
            elif key not in {"kind", "name"}:
                parsed[key] = self._number(data, key, place, 0.0, zero=key in _ZERO_ALLOWED)
        if parsed.get("opacity", 0.0) > 1.0:
            raise self._fault(f"{place}.opacity", data["opacity"])
        return Symbol(**parsed, **({"name": data["name"]} if kind == "marker" else {}))

    def _label(self, data: Any) -> Label:
        known = {one.name for one in fields(Label)}
        self._only(data, known, "label")
        if not isinstance(data.get("text"), str):
            raise self._fault("label.text", data.get("text"))
        parsed: dict[str, Any] = {"text": data["text"], "second": str(data.get("second", ""))}
        for key, value in data.items():
            if key == "color":
                parsed[key] = self._colour(value, "label.color")
            elif key == "family":
                parsed[key] = self._one_of(value, FAMILIES, "label.family")
            elif key == "placement":
                parsed[key] = self._one_of(value, PLACEMENTS, "label.placement")
            elif key == "bold":
                parsed[key] = bool(value)
            elif key == "slant" and isinstance(value, int | float):
                parsed[key] = float(value)
            elif key not in parsed:
                parsed[key] = self._number(data, key, "label", 0.0, zero=key in _ZERO_ALLOWED or key.startswith("min"))
        return Label(**parsed)

    def _size_by(self, value: Any, place: str) -> SizeBy:
        if not isinstance(value, Mapping) or not isinstance(value.get("field"), str) or len(value) < 2:
            raise self._fault(place, value)
        sizes = {str(key): self._number(value, key, place, 0.0) for key in value if key != "field"}
        return SizeBy(value["field"], sizes)

    def _dash(self, value: Any, place: str) -> tuple[float, ...]:
        numbers = value if isinstance(value, list) else [None]
        if any(isinstance(one, bool) or not isinstance(one, int | float) or one < 0 for one in numbers):
            raise self._fault(place, value)
        if len(numbers) % 2 or (numbers and sum(numbers) <= 0.05):
            raise self._fault(place, value)
        return tuple(float(one) for one in numbers if one is not None)

    def _colour(self, value: Any, place: str) -> str:
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise self._fault(place, value)
        return value

    def _one_of(self, value: Any, allowed: Sequence[str], place: str) -> str:
        if value not in allowed:
            raise self._fault(place, value)
        return str(value)

    def _number(self, data: Mapping[str, Any], key: str, place: str, default: float, *, zero: bool = False) -> float:
        value = data.get(key, default)
        wrong = isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value)
        if wrong or value < 0 or (key in data and value == 0 and not zero):
            raise self._fault(f"{place}.{key}", value)
        return float(value)

    def _only(self, data: Any, known: set[str] | frozenset[str], place: str) -> None:
        if not isinstance(data, Mapping):
            raise self._fault(place, data)
        for key in data:
            if key not in known:
                raise self._fault(f"{place}.{key}", data[key])

    def _fault(self, key: str, value: object) -> DefinitionInvalid:
        return DefinitionInvalid(
            _("图层 {layer} 的样式里 {key} 不对：{value}。").format(layer=self.layer, key=key, value=value),
            _("请对照 CONTRIBUTING 里的样式说明改正这一项。"),
        )
