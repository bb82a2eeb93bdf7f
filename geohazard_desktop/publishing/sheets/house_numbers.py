"""The office's own sheet of a zone tells houses by their 住户编号: the serial beside each sign, never a name.

Whoever plans with the sheet finds the same number on the calling list and in the register.
"""

import copy
from collections.abc import Sequence
from dataclasses import replace

from geohazard_desktop.analysis.counted_today import HOUSEHOLDS
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Label
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Value

_COLUMN = "house_number"  # of the picture's table alone: in no file
_SMALLEST_SCALE = 15_000.0  # farther out houses of a village lie nearer to each other than a number is wide
# Below every name of a place: what finds no room clear of routes and names is left out, and said.
_LABEL = Label(text="{" + _COLUMN + "}", size=6.5, halo=0.4, priority=20.0)


def numbered_homes(pictures: Sequence[LayerPicture], prefix: str, denominator: float) -> list[LayerPicture]:
    """The layers with the serials of households beside their signs, where 1:`denominator` has room for them. `prefix`
    is the district's, which all numbers begin with; a number of another form is printed whole. A style of the office
    that names households is left as it is."""
    return [_numbered(one, prefix) if _wanted(one, denominator) else one for one in pictures]


def _wanted(picture: LayerPicture, denominator: float) -> bool:
    return picture.layer == HOUSEHOLDS and picture.style.label is None and denominator <= _SMALLEST_SCALE


def _numbered(picture: LayerPicture, prefix: str) -> LayerPicture:
    head = "-".join(one for one in (prefix, picture.definition.letter) if one) + "-"
    numbers: list[Value] = [str(one or "").removeprefix(head) for one in picture.table.column("id")]
    made = copy.copy(picture)  # shapes that are generalised already are shared
    made.table = replace(picture.table, columns={**picture.table.columns, _COLUMN: numbers})
    rules = tuple(
        replace(rule, label=_("{words}（数字是住户编号）").format(words=rule.label or picture.definition.title))
        for rule in picture.style.rules
    )
    made.style = replace(picture.style, label=_LABEL, rules=rules)
    return made
