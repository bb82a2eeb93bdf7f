"""From classes to rules of a style: each class gets the symbols of a pattern, told apart by colour, or by size where
the symbol has no colour of its own. All on plain mappings as in TOML."""

import copy
from collections.abc import Mapping, Sequence
from itertools import count, pairwise
from typing import Any

from geohazard_desktop.cartography.classes import Category, range_words, value_words
from geohazard_desktop.cartography.copier import grey
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.ended_look import is_ended

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
# For categories: no order. The hues of the ramps in turn, and each class at a grey of its own, so that a copier keeps
# apart what it can: the first few classes lie farthest apart. Lines and dots stay dark enough for it.
_TURN = ("brown", "blue", "green", "purple", "red", "grey")
_LIGHT = (238.0, 128.0)  # greys of tints, from and to
_DARK = (90.0, 28.0)
_TINTED = ("fill",)
_COLOURED = (
    "fill",
    "stroke",
    "hatch",
    "dots",
    "crosses",
    "waves",
    "ticks",
    "arrows",
    "band",
    "double",
    "railway",
    "start_ring",
)
_REST = "#8C8C8C"
_CLASSED = {"equals", "in", "minimum", "maximum"}
_DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    '<circle id="silhouette" cx="5" cy="5" r="4.5" stroke="#1A1A1A" stroke-width="0.8" fill="{colour}" /></svg>'
)
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


def category_colours(number: int) -> tuple[str, str]:
    """The dark colour and the tint of the category `number`, from 0 on; no two of the first 64 are alike."""
    ramp = _TURN[number % len(_TURN)]
    share, part, rest = 0.0, 0.5, number  # 0, 1/2, 1/4, 3/4, 1/8 …
    while rest:
        share += part * (rest & 1)
        part, rest = part / 2, rest >> 1
    dark, light = (_at_grey(ramp, first + (last - first) * share) for first, last in (_DARK, _LIGHT))
    return dark, light


def _at_grey(ramp: str, wanted: float) -> str:
    """The colour of a ramp, lengthened to white and black, that a copier makes this grey."""
    stops = ("#FFFFFF", *RAMPS[ramp][1], "#000000")
    low, high = next(pair for pair in pairwise(stops) if grey(pair[1]) <= wanted)
    span = max(1, grey(low) - grey(high))
    return _between(low, high, min(1.0, max(0.0, (grey(low) - wanted) / span)))


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
    # A drawing that follows the field parts the classes by itself; any other drawing is the same for all of them.
    as_dots = not any(one.get("kind") in _COLOURED or f"{{{field}}}" in str(one.get("name", "")) for one in pattern)
    taken = {repr(one.get("symbol")) for one in kept.values()}
    numbers = count()
    made: list[Plain] = []
    for one in found:
        if one.value in kept:
            made.append(copy.deepcopy(kept[one.value]))
            continue
        symbols = _for_category(pattern, next(numbers), as_dots)
        while repr(symbols) in taken and (as_dots or any(one.get("kind") in _COLOURED for one in symbols)):
            symbols = _for_category(pattern, next(numbers), as_dots)
        made.append(
            {"label": value_words(one.value), "where": {"field": field, "equals": one.value}, "symbol": symbols}
        )
    if rest:
        others = _("其他")
        named = any(value_words(one.value) == others for one in found)  # two classes of one name nobody tells apart
        last = _rest(rules, field, pattern, _("其余") if named else others)
        if as_dots and last.get("symbol") == pattern:
            last["symbol"] = _as_dots(pattern, _REST)
        made.append(last)
    return made


def _for_category(pattern: Sequence[Plain], number: int, as_dots: bool) -> list[Plain]:
    dark, light = category_colours(number)
    return _as_dots(pattern, dark) if as_dots else _recoloured(pattern, dark, light)


def _as_dots(symbols: Sequence[Plain], colour: str) -> list[Plain]:
    """Drawings have colours of their own that mean something; a dot of the class's colour stands for them."""
    return [{**copy.deepcopy(one), "name": _DOT.format(colour=colour)} for one in symbols]


def dotted(symbols: Sequence[Plain]) -> bool:
    """Whether a class is shown as a coloured dot."""
    head = _DOT.partition("{")[0]
    return any(str(one.get("name", "")).startswith(head) for one in symbols)


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
    classes = class_rules(rules)
    colours = iter(ramp_colours(ramp, len(classes)))
    result = []
    for one in rules:
        if any(one is other for other in classes):
            colour = next(colours)
            result.append({**one, "symbol": _recoloured(one.get("symbol", []), colour, colour)})
        else:
            result.append(copy.deepcopy(one))
    return result


def mode_of(rules: Sequence[Mapping[str, Any]]) -> str:
    """How a style parts its features: single, categorised, graduated or rules. What is over is no class."""
    parted = [one for one in rules if not is_ended(one)]
    if len(parted) == 1 and "where" not in parted[0]:
        return "single"
    classes = parted[:-1] if parted and "where" not in parted[-1] else parted
    wheres = [class_where(one) for one in classes]
    if not wheres or not all(wheres):
        return "rules"
    if len({one.get("field") for one in wheres}) != 1:
        return "rules"
    if all("equals" in one or "in" in one for one in wheres):
        return "categorised"
    if all("minimum" in one or "maximum" in one for one in wheres):
        return "graduated"
    return "rules"


def class_where(rule: Mapping[str, Any]) -> Mapping[str, Any]:
    """The condition that makes a rule a class: its only one, by value or by range; {} for every other rule."""
    where = rule.get("where")
    if isinstance(where, list) and len(where) == 1:
        where = where[0]
    return where if isinstance(where, Mapping) and not where.get("not") and _CLASSED & set(where) else {}


def class_rules(rules: Sequence[Plain]) -> list[Plain]:
    """The rules that are classes; one for what is over only where it is a value like the others of their field."""
    found = [one for one in rules if class_where(one)]
    lasting = {class_where(one).get("field") for one in found if not is_ended(one)}
    return [one for one in found if not is_ended(one) or class_where(one).get("field") in lasting]


def default_symbols(geometry: str) -> list[Plain]:
    """A plain look for a rule that has none yet; it survives a copier."""
    if geometry == "line":
        return [{"kind": "stroke", "color": "#333333", "width": 0.5}]
    if geometry == "point":
        return [{"kind": "marker", "name": "landmark", "size": 4.0, "halo": 0.3}]
    return [{"kind": "fill", "color": "#E3DAD2"}, {"kind": "stroke", "color": "#333333", "width": 0.3}]


def _pattern(rules: Sequence[Plain], geometry: str) -> list[Plain]:
    lasting = [one for one in rules if not is_ended(one)]
    first = next((one["symbol"] for one in (lasting or rules) if one.get("symbol")), None)
    return copy.deepcopy(list(first)) if first else default_symbols(geometry)


def _only_value(rule: Mapping[str, Any], field: str) -> Any:
    where = class_where(rule)
    if where.get("field") != field:
        return None
    values = where.get("in", [where["equals"]] if "equals" in where else [])
    return values[0] if len(values) == 1 else None


def _rest(rules: Sequence[Plain], field: str, pattern: Sequence[Plain], words: str) -> Plain:
    """The rule without a condition; a feature that no rule names would vanish. The one that is there is kept where the
    others part by the same field."""
    fields = {class_where(one).get("field") for one in class_rules(rules)}
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
