"""The numbers of what people said in a meeting: the same beside its sign on an internal sheet as on the meeting's own
sheet and in its list, so that a question mark can be looked up."""

import copy
from collections.abc import Sequence
from dataclasses import replace

from geohazard_desktop.cartography.label_places import FIRST
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Label
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.objections import OBJECTIONS
from geohazard_desktop.workspace.feature import Feature, Value

_COLUMN = "objection_serial"  # of the picture's table alone: in no file
# Without its number a sign tells of nothing: with zones and ways it comes before every other name.
_LABEL = Label(text="{" + _COLUMN + "}", size=9.0, color="#5A1E82", bold=True, halo=0.5, priority=FIRST)


def serial_of(objection: Feature) -> str:
    """WD-Y-0003 is said and drawn as 3."""
    return _serial(objection.text("id"))


def _serial(number: str) -> str:
    return number.rpartition("-")[2].lstrip("0") or "·"


def numbered_objections(pictures: Sequence[LayerPicture]) -> list[LayerPicture]:
    """The layers with the serials of objections beside their signs. A style of the office that names them is left as
    it is."""
    return [_numbered(one) if one.layer == OBJECTIONS and one.style.label is None else one for one in pictures]


def _numbered(picture: LayerPicture) -> LayerPicture:
    serials: list[Value] = [_serial(str(one or "")) for one in picture.table.column("id")]
    made = copy.copy(picture)  # shapes that are generalised already are shared
    made.table = replace(picture.table, columns={**picture.table.columns, _COLUMN: serials})
    rules = tuple(
        replace(rule, label=_("{words}，数字同意见图").format(words=rule.label or picture.definition.title))
        for rule in picture.style.rules
    )
    made.style = replace(picture.style, label=_LABEL, rules=rules)
    return made
