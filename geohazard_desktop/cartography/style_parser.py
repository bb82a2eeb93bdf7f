"""Reads one style mapping into a Style; every fault says layer, place, key and value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from geohazard_desktop.cartography.placeholders import placeholders
from geohazard_desktop.cartography.style import (
    CAPS,
    DASH_LEAST,
    FAMILIES,
    KINDS,
    LABEL_LIMITS,
    LEAST_OPACITY,
    LIMITS,
    MOST_RULES,
    PLACEMENTS,
    Label,
    Rule,
    SizeBy,
    Style,
    Symbol,
)
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.shape_measures import AREA, LENGTH, PERIMETER, UNITS, measure_of
from geohazard_desktop.workspace.conditions import ConditionFault, Where, wheres_of

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FARTHEST = 1e9  # scale denominators
_SCALES = ("maximum_scale_denominator", "minimum_scale_denominator")


class StyleParser:
    """Reads the style of one layer."""

    def __init__(self, layer: str, called: str = "") -> None:
        self.layer, self.called = layer, called or layer

    def style(self, mapping: Mapping[str, Any]) -> Style:
        known = {"draw_order", "opacity", "rule", "label", *_SCALES}
        self._only(mapping, known, "")
        rules = mapping.get("rule", ())
        if not isinstance(rules, Sequence) or isinstance(rules, str):
            raise self._fault("", "rule", rules)
        if len(rules) > MOST_RULES:
            raise self._fault("", "rule", len(rules), _("最多 {most} 条规则").format(most=MOST_RULES))
        return Style(
            self.layer,
            tuple(self._rule(one, number) for number, one in enumerate(rules, 1)),
            self._number(mapping, "draw_order", "", 0.0, 1e6) if "draw_order" in mapping else 100.0,
            self._label(mapping["label"]) if "label" in mapping else None,
            *self._scales(mapping, ""),
            self._number(mapping, "opacity", "", LEAST_OPACITY, 1.0) if "opacity" in mapping else 1.0,
        )

    def _scales(self, mapping: Mapping[str, Any], place: str) -> tuple[float | None, float]:
        farthest, nearest = _SCALES
        maximum = self._number(mapping, farthest, place, 1.0, _FARTHEST) if farthest in mapping else None
        minimum = self._number(mapping, nearest, place, 0.0, _FARTHEST) if nearest in mapping else 0.0
        if maximum is not None and minimum > maximum:
            raise self._fault(
                place, nearest, mapping[nearest], _("它比 {key} 还大，什么都不会显示").format(key=farthest)
            )
        return maximum, minimum

    def _rule(self, data: Any, number: int) -> Rule:
        place = _("第 {n} 条规则").format(n=number)
        self._only(data, {"label", "where", "symbol", "label_color"}, place)
        symbols = data.get("symbol", ())
        if not isinstance(symbols, Sequence) or isinstance(symbols, str):
            raise self._fault(place, "symbol", symbols)
        return Rule(
            str(data.get("label", "")),
            tuple(
                self._symbol(one, _("{rule}的第 {n} 个符号层").format(rule=place, n=k))
                for k, one in enumerate(symbols, 1)
            ),
            self._wheres(data["where"], place) if "where" in data else (),
            self._colour(data["label_color"], place, "label_color") if "label_color" in data else "",
        )

    def _wheres(self, data: Any, place: str) -> tuple[Where, ...]:
        place = _("{rule}的条件").format(rule=place)
        try:
            found = wheres_of(data)
        except ConditionFault as error:
            raise self._fault(place, error.key, error.value) from error
        for one in found:
            if one.field.startswith((AREA, PERIMETER, LENGTH)) and measure_of(one.field) is None:
                raise self._fault(place, "field", one.field, _("单位可用：{units}").format(units="、".join(UNITS)))
        return found

    def _symbol(self, data: Any, place: str) -> Symbol:
        kind = data.get("kind") if isinstance(data, Mapping) else data
        if not isinstance(kind, str) or kind not in KINDS:
            raise self._fault(place, "kind", kind)
        self._only(data, KINDS[kind] | {"kind"}, place)
        if kind == "marker" and not isinstance(data.get("name"), str):
            raise self._fault(place, "name", data.get("name"))
        parsed: dict[str, Any] = {"kind": kind}
        for key, value in data.items():
            if key in {"color", "inner"}:
                parsed[key] = self._colour(value, place, key)
            elif key == "dash":
                parsed[key] = self._dash(value, place)
            elif key == "cap":
                parsed[key] = self._one_of(value, CAPS, place, key)
            elif key == "size_by":
                parsed[key] = self._size_by(value, place)
            elif key == "name":
                parsed[key] = value
            elif key != "kind":
                parsed[key] = self._number(data, key, place, *LIMITS[key])
        return Symbol(**parsed)

    def _label(self, data: Any) -> Label:
        place = _("注记")
        self._only(data, {one.name for one in fields(Label)}, place)
        if not isinstance(data.get("text"), str):
            raise self._fault(place, "text", data.get("text"))
        parsed: dict[str, Any] = {"text": data["text"], "second": str(data.get("second", ""))}
        for key in ("text", "second"):
            for one in placeholders(parsed[key]):
                if one.fault:
                    raise self._fault(place, key, parsed[key], one.fault)
        parsed["maximum_scale_denominator"], parsed["minimum_scale_denominator"] = self._scales(data, place)
        for key, value in data.items():
            if key == "color":
                parsed[key] = self._colour(value, place, key)
            elif key == "family":
                parsed[key] = self._one_of(value, FAMILIES, place, key)
            elif key == "placement":
                parsed[key] = self._one_of(value, PLACEMENTS, place, key)
            elif key == "bold":
                parsed[key] = bool(value)
            elif key == "slant":
                parsed[key] = self._number(data, key, place, -60.0, 60.0)
            elif key in LABEL_LIMITS:
                parsed[key] = self._number(data, key, place, *LABEL_LIMITS[key])
        return Label(**parsed)

    def _size_by(self, value: Any, place: str) -> SizeBy:
        if not isinstance(value, Mapping) or not isinstance(value.get("field"), str) or len(value) < 2:
            raise self._fault(place, "size_by", value)
        return SizeBy(
            value["field"],
            {str(key): self._number(value, key, place, *LIMITS["size"]) for key in value if key != "field"},
        )

    def _dash(self, value: Any, place: str) -> tuple[float, ...]:
        numbers: list[Any] = value if isinstance(value, list) else [None]
        if any(not _is_number(one) for one in numbers):
            raise self._fault(place, "dash", value)
        if min(numbers, default=0) < 0 or len(numbers) % 2 or (numbers and not DASH_LEAST <= sum(numbers) <= 500):
            raise self._fault(
                place,
                "dash",
                value,
                _("要成对写：画多少、空多少，加起来不小于 {least:g} 毫米").format(least=DASH_LEAST),
            )
        return tuple(float(one) for one in numbers)

    def _colour(self, value: Any, place: str, key: str) -> str:
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise self._fault(place, key, value, _("颜色写作 #RRGGBB"))
        return value

    def _one_of(self, value: Any, allowed: Sequence[str], place: str, key: str) -> str:
        if value not in allowed:
            raise self._fault(place, key, value, _("可用：{words}").format(words="、".join(allowed)))
        return str(value)

    def _number(self, data: Mapping[str, Any], key: str, place: str, least: float, most: float) -> float:
        value = data[key]
        if not _is_number(value) or not least <= value <= most:
            raise self._fault(place, key, value, _("应在 {least:g} 到 {most:g} 之间").format(least=least, most=most))
        return float(value)

    def _only(self, data: Any, known: set[str] | frozenset[str], place: str) -> None:
        if not isinstance(data, Mapping):
            raise self._fault(place, "style", data)
        for key in data:
            if key not in known:
                raise self._fault(place, key, data[key], _("没有这一项"))

    def _fault(self, place: str, key: str, value: object, why: str = "") -> DefinitionInvalid:
        shown = str(value)
        sentence = _("图层 {layer} 的样式里{place} {key} 不对：{value}").format(
            layer=self.called, place=place and _("，{place}的").format(place=place), key=key, value=shown[:80]
        )
        return DefinitionInvalid(
            sentence + (_("（{why}）").format(why=why) if why else "") + "。",
            _("请在“样式”窗口的“文本”页改正这一项，或恢复默认样式。"),
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))
