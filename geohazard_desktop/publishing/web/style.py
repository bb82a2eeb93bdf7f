"""A layer's style as the web page's painter (web_painter.js) reads it, and the swatches of its legend.

The page knows the same symbol layers as screen and paper, in millimetres; only the painting is written once more, in
the browser's language.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from geohazard_desktop.cartography.legend import LegendEntry, legend_entries
from geohazard_desktop.cartography.painter import PaintReport
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import KINDS, Label, Rule, Style, Symbol
from geohazard_desktop.cartography.symbol_files import symbol_or_question

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'  # inline SVG needs none; the page shall not even look like a link


class Icons:
    """The point symbols that a page uses, each once; features name them by their number."""

    def __init__(self) -> None:
        self.drawn: list[dict[str, Any]] = []
        self.problems: list[str] = []
        self._numbers: dict[tuple[str, float, float, float | None, float], int] = {}

    def number(self, name: str, size: float, halo: float, beyond: float | None = None, to: float = 1.0) -> int:
        """`beyond` and `to`: farther out than this denominator it is drawn this much smaller."""
        key = (name, size, halo, beyond, to)
        if key not in self._numbers:
            symbol, problem = symbol_or_question(name)
            if problem and problem not in self.problems:
                self.problems.append(problem)
            svg, width, height = symbol.picture(size, halo)
            self._numbers[key] = len(self.drawn)
            icon = {"svg": svg.replace(_NAMESPACE, "", 1), "w": round(width, 3), "h": round(height, 3)}
            self.drawn.append(icon if beyond is None else icon | {"beyond": beyond, "to": to})
        return self._numbers[key]

    def numbers_of(self, rule: Rule, values: dict[str, Any]) -> list[int]:
        """The symbols of one feature, bottom up, one for each marker of its rule."""
        return [
            self.number(one.name_of(values), one.size_of(values), one.halo, one.shrink_beyond, one.shrink_to)
            for one in rule.of_kind("marker")
        ]


def painting(style: Style) -> dict[str, Any]:
    """Rules, scales and label of a layer for the painter."""
    made: dict[str, Any] = {
        "far": style.maximum_scale_denominator,
        "near": style.minimum_scale_denominator,
        "rules": [[_symbol(one) for one in rule.symbols] for rule in style.rules],
    }
    if style.opacity < 1.0:
        made["opacity"] = style.opacity
    if style.label is not None:
        made["label"] = _label(style.label)
        if any(rule.label_color for rule in style.rules):
            made["labelColors"] = [rule.label_color for rule in style.rules]
    return made


def _symbol(symbol: Symbol) -> dict[str, Any]:
    stands_with_the_picture = {"name", "size_by", "shrink_beyond", "shrink_to"}
    keys = KINDS[symbol.kind] - stands_with_the_picture
    return {"kind": symbol.kind} | {key: getattr(symbol, key) for key in sorted(keys)}


def _label(label: Label) -> dict[str, Any]:
    return {
        "size": label.size,
        "second": label.second_size,
        "color": label.color,
        "family": label.family,
        "bold": label.bold,
        "halo": label.halo,
        "priority": label.priority,
        "placement": label.placement,
        "slant": label.slant,
        "far": label.maximum_scale_denominator,
        "near": label.minimum_scale_denominator,
    }


def legend(pictures: Sequence[LayerPicture]) -> list[LegendEntry]:
    """An entry for each rule that draws something at some scale, in tree order."""
    counts: dict[tuple[str, int], int] = {}
    for picture in pictures:
        numbers, found = np.unique(picture.rules[picture.usable], return_counts=True)
        for rule, count in zip(numbers.tolist(), found.tolist(), strict=True):
            if rule >= 0:
                counts[picture.layer, rule] = count
    return legend_entries(PaintReport(counts=counts), pictures)


def swatch(entry: LegendEntry, number: int, rule: Rule) -> str:
    """The entry's swatch for the page. Ids inside are made the page's own: all SVGs of a page share one set of ids."""
    edged = rule.of_kind("stroke", "marker", "band", "ticks", "double", "railway", "arrows")
    look = "" if edged else ' class="bare"'  # white without an edge would look like a gap
    svg = entry.swatch.replace(_NAMESPACE, f' aria-hidden="true"{look}', 1)
    return re.sub(r'(id="|href="#)(s\d+")', rf"\g<1>w{number}\g<2>", svg)
