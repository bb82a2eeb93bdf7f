"""Areas that let a base map be seen: their fills are opaque on white paper and would hide every picture under them.

Only fills are changed, and only those of areas; outlines, textures and symbols, which say what an area is, stay.
"""

import copy
from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Rule, Style, Symbol

TINT = 0.55  # of a fill's own opacity
PAPER = 0.12  # of fills that stand for paper: 不发育区 is white, the neighbours are nearly so
_AREAS_UP_TO = 100.0  # draw orders above are the office's own zones, which are see-through by themselves
_NEARLY_WHITE = 0xEA

_made: "WeakKeyDictionary[LayerPicture, LayerPicture]" = WeakKeyDictionary()


def seen_through(pictures: Sequence[LayerPicture]) -> list[LayerPicture]:
    """The same layers as they are painted over a base map. Shapes already generalised are shared."""
    return [_over(one) for one in pictures]


def over_base_map(style: Style) -> Style:
    """A style whose area fills let a base map be seen."""
    if style.draw_order > _AREAS_UP_TO:
        return style
    return replace(style, rules=tuple(_rule(one) for one in style.rules))


def _over(picture: LayerPicture) -> LayerPicture:
    if picture.definition.geometry != "polygon":
        return picture
    style = over_base_map(picture.style)
    if style == picture.style:
        return picture
    if picture not in _made:
        made = copy.copy(picture)
        made.style = style
        _made[picture] = made
    return _made[picture]


def _rule(rule: Rule) -> Rule:
    return replace(rule, symbols=tuple(_symbol(one) for one in rule.symbols))


def _symbol(symbol: Symbol) -> Symbol:
    if symbol.kind != "fill":
        return symbol
    red, green, blue = (int(symbol.color[at : at + 2], 16) for at in (1, 3, 5))
    share = PAPER if min(red, green, blue) >= _NEARLY_WHITE else TINT
    return replace(symbol, opacity=symbol.opacity * share)
