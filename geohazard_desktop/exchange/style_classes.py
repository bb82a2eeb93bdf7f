"""Which class of its layer's style a feature is in, and that class's main colours: for files that know layers and
colours but none of our symbols (CAD, phone maps)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geohazard_desktop.workspace.conditions import ConditionFault, Where, all_hold, wheres_of
from geohazard_desktop.workspace.feature import Value

_PLAIN = "#46525F"  # of a layer whose style names no colour; the grey in which the window writes


@dataclass(frozen=True, slots=True)
class StyleClass:
    """`label` is the legend's text; colours as #RRGGBB; `opacity` of the fill from 0 to 1."""

    label: str
    line: str
    fill: str
    opacity: float
    wheres: tuple[Where, ...] | None  # None: a condition that can't be read, which takes nothing

    def holds(self, values: Mapping[str, Value]) -> bool:
        return self.wheres is not None and all_hold(self.wheres, values)


def style_classes(style: Mapping[str, Any], title: str) -> list[StyleClass]:
    """The classes of a style as in TOML, in its order; one for all where it has none that takes what is left."""
    found = [_class(rule, title) for rule in style.get("rule", ())]
    if not found or found[-1].wheres != ():
        found.append(StyleClass(title, _PLAIN, _PLAIN, 0.25, ()))
    return found


def class_of(classes: Sequence[StyleClass], values: Mapping[str, Value]) -> StyleClass:
    return next(one for one in classes if one.holds(values))


def _class(rule: Mapping[str, Any], title: str) -> StyleClass:
    symbols = list(rule.get("symbol", ()))
    lines = [*_colours(symbols, ("stroke", "band", "railway", "double", "arrows", "ticks")), *_colours(symbols, ())]
    fills = [*_colours(symbols, ("fill", "hatch", "dots", "crosses", "waves"))]
    solid: Mapping[str, Any] = next((one for one in symbols if one.get("kind") == "fill"), {})
    line = next((one for one in lines if not _pale(one)), lines[0] if lines else _PLAIN)
    fill = next((one for one in fills if not _pale(one)), fills[0] if fills else line)
    opacity = min(0.5, float(solid.get("opacity", 1.0))) if solid and not _pale(str(solid.get("color", ""))) else 0.25
    return StyleClass(str(rule.get("label") or title), line, fill, opacity, _wheres(rule))


def _wheres(rule: Mapping[str, Any]) -> tuple[Where, ...] | None:
    try:
        return wheres_of(rule["where"]) if "where" in rule else ()
    except ConditionFault:
        return None


def _colours(symbols: Sequence[Mapping[str, Any]], kinds: Sequence[str]) -> Iterator[str]:
    for one in symbols:
        colour = one.get("color")
        if (not kinds or one.get("kind") in kinds) and isinstance(colour, str) and len(colour) == 7:
            yield colour


def _pale(colour: str) -> bool:
    """White casings and grounds are no colour of their own."""
    return len(colour) == 7 and all(int(colour[at : at + 2], 16) > 0xE6 for at in (1, 3, 5))
