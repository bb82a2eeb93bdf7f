"""From classes to rules of a style: each class gets the symbols of a pattern, told apart by colour, or by size where
the symbol has no colour of its own. All on plain mappings as in TOML."""

import copy
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from geohazard_desktop.cartography.classes import Category, range_words
from geohazard_desktop.common.texts import _

Plain = dict[str, Any]

# From light to dark, so that a copier keeps the order; ends are colours of the project's own layers.
RAMPS: Mapping[str, tuple[str, Sequence[str]]] = {
    "brown": (_("黄到褐（易发程度）"), ("#FFF6C8", "#FBDDB6", "#D98E4A", "#8A4B00", "#5A1F00")),
    "red": (_("浅红到深红"), ("#FBE3DD", "#F7CFC4", "#DE7C6C", "#B3001B", "#6B0010")),
    "blue": (_("浅蓝到深蓝（水）"), ("#E4F0F8", "#BFDDF2", "#6CA9D6", "#1B6CA8", "#0F4C7D")),
    "green": (_("浅绿到深绿"), ("#E3F1E8", "#B9DDC6", "#5FA580", "#1B6E45", "#0E4A2D")),
    "purple": (_("浅紫到深紫（采空）"), ("#ECE5F6", "#D9CCEE", "#9D83CC", "#5B3E96", "#38235F")),
    "grey": (_("灰阶（黑白印）"), ("#F2F2F2", "#C8C8C8", "#8C8C8C", "#4D4D4D", "#111111")),
}
# For categories: no order, apart in hue; the dark ones carry lines.
HUES = (
    "#8A4B00", "#1B6CA8", "#1B6E45", "#5B3E96", "#B3001B", "#595959",
    "#6E5C00", "#134F7E", "#0E4A2D", "#8A1F12", "#6B2D00", "#333333",
)  # fmt: skip
TINTS = (
    "#FBDDB6", "#BFDDF2", "#B9DDC6", "#D9CCEE", "#F7CFC4", "#D9D9D9",
    "#FFF6C8", "#CFE4F3", "#E3F1E8", "#ECE5F6", "#E3DAD2", "#F2F2F2",
)  # fmt: skip
_TINTED = ("fill",)
_COLOURED = ("fill", "stroke", "hatch", "dots", "crosses", "waves", "ticks", "arrows", "band", "double", "start_ring")
_SIZES = (3.0, 7.0)  # mm, from the lowest class to the highest


def ramp_colours(name: str, count: int) -> list[str]:
    """`count` colours from light to dark."""
    stops = RAMPS[name][1]
    if count == 1:
        return [stops[len(stops) // 2]]
    found = []
    for number in range(count):
        at = number / (count - 1) * (len(stops) - 1)
        low = min(int(at), len(stops) - 2)
        found.append(_between(stops[low], stops[low + 1], at - low))
    return found


def _between(one: str, other: str, share: float) -> str:
    parts = [round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)]
    return "#{:02X}{:02X}{:02X}".format(*parts)


def single(rules: Sequence[Plain], geometry: str) -> list[Plain]:
    """One rule for all features, in the look of the first one."""
    return [{"label": "", "symbol": _pattern(rules, geometry)}]


def categorised(
    field: str, found: Sequence[Category], rules: Sequence[Plain], geometry: str, *, rest: bool = True
) -> list[Plain]:
    """A rule for each value; those that a rule of `rules` names already keep it. `rest` adds one for all others."""
    kept = {_only_value(one, field): one for one in rules if _only_value(one, field) is not None}
    pattern = _pattern(rules, geometry)
    made: list[Plain] = []
    for number, one in enumerate(found):
        if one.value in kept:
            made.append(copy.deepcopy(kept[one.value]))
            continue
        symbols = _recoloured(pattern, HUES[number % len(HUES)], TINTS[number % len(TINTS)])
        made.append({"label": str(one.value), "where": {"field": field, "equals": one.value}, "symbol": symbols})
    if rest:
        made.append(_rest(rules, field, pattern, _("其他")))
    return made


def graduated(
    field: str,
    bounds: Sequence[float],
    ramp: str,
    rules: Sequence[Plain],
    geometry: str,
    unit: str = "",
    *,
    whole: bool = False,
) -> list[Plain]:
    """A rule for each class that `bounds` part, coloured by `ramp` or growing where the pattern has no colour; the last
    rule is for features without a number."""
    pattern = _pattern(rules, geometry)
    edges: list[float | None] = [None, *bounds, None]
    pairs = list(pairwise(edges))
    colours = ramp_colours(ramp, len(pairs))
    made: list[Plain] = []
    for number, (low, high) in enumerate(pairs):
        where: Plain = {"field": field}
        if low is not None:
            where["minimum"] = low
        if high is not None:
            where["maximum"] = high
        if len(where) == 1:  # one class: every number
            where["minimum"] = -1e300
        share = number / max(1, len(pairs) - 1)
        symbols = _grown(_recoloured(pattern, colours[number], colours[number]), share)
        made.append({"label": range_words(low, high, unit, whole=whole), "where": where, "symbol": symbols})
    made.append(_rest(rules, field, pattern, _("没有填数")))
    return made


def recoloured_by_ramp(rules: Sequence[Plain], ramp: str) -> list[Plain]:
    """The same classes in the colours of another ramp; the rule for the rest keeps its own."""
    classes = [one for one in rules if "where" in one]
    colours = iter(ramp_colours(ramp, len(classes)))
    result = []
    for one in rules:
        if "where" in one:
            colour = next(colours)
            result.append({**one, "symbol": _recoloured(one.get("symbol", []), colour, colour)})
        else:
            result.append(copy.deepcopy(one))
    return result


def mode_of(rules: Sequence[Mapping[str, Any]]) -> str:
    """How a style parts its features: single, categorised, graduated or rules."""
    if len(rules) == 1 and "where" not in rules[0]:
        return "single"
    classes = list(rules[:-1]) if rules and "where" not in rules[-1] else list(rules)
    wheres = [one.get("where") for one in classes]
    if not wheres or not all(isinstance(one, Mapping) for one in wheres):
        return "rules"
    if len({one.get("field") for one in wheres if one}) != 1:
        return "rules"
    if all("equals" in one or "in" in one for one in wheres if one):
        return "categorised"
    if all("minimum" in one or "maximum" in one for one in wheres if one):
        return "graduated"
    return "rules"


def default_symbols(geometry: str) -> list[Plain]:
    """A plain look for a rule that has none yet; it survives a copier."""
    if geometry == "line":
        return [{"kind": "stroke", "color": "#333333", "width": 0.5}]
    if geometry == "point":
        return [{"kind": "marker", "name": "landmark", "size": 4.0, "halo": 0.3}]
    return [{"kind": "fill", "color": "#E3DAD2"}, {"kind": "stroke", "color": "#333333", "width": 0.3}]


def _pattern(rules: Sequence[Plain], geometry: str) -> list[Plain]:
    first = next((one["symbol"] for one in rules if one.get("symbol")), None)
    return copy.deepcopy(list(first)) if first else default_symbols(geometry)


def _only_value(rule: Mapping[str, Any], field: str) -> Any:
    where = rule.get("where", {})
    if where.get("field") != field:
        return None
    values = where.get("in", [where["equals"]] if "equals" in where else [])
    return values[0] if len(values) == 1 else None


def _rest(rules: Sequence[Plain], field: str, pattern: Sequence[Plain], words: str) -> Plain:
    """The rule without a condition; a feature that no rule names would vanish. The one that is there is kept where the
    others part by the same field."""
    fields = {one["where"].get("field") for one in rules if "where" in one}
    kept = next((one for one in rules if "where" not in one), None) if fields == {field} else None
    if kept is not None:
        return copy.deepcopy(kept)
    return {"label": words, "symbol": _recoloured(pattern, "#595959", "#F2F2F2")}


def _recoloured(symbols: Sequence[Plain], dark: str, light: str) -> list[Plain]:
    result = []
    has_tint = any(one.get("kind") in _TINTED for one in symbols)
    for one in symbols:
        kind = one.get("kind")
        colour = light if kind in _TINTED else dark
        # With a tint in the colour of the ramp, lines of the same colour would vanish in it: they keep theirs.
        keep = kind not in _COLOURED or (has_tint and light == dark and kind not in _TINTED)
        result.append(copy.deepcopy(one) if keep else {**copy.deepcopy(one), "color": colour})
    return result


def _grown(symbols: Sequence[Plain], share: float) -> list[Plain]:
    if any(one.get("kind") in _COLOURED for one in symbols):
        return list(symbols)
    low, high = _SIZES
    return [
        {**one, "size": round(low + (high - low) * share, 2)} if one.get("kind") == "marker" else one for one in symbols
    ]
