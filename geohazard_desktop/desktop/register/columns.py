"""The columns of a register: the name with its symbol first, then the layer's fields, then what is measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.feature_facts import reading_order
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import Value
from geohazard_desktop.workspace.register_query import AREA, LENGTH

TITLE = 0  # the place of the column that names a row; it stays when the others are scrolled
_WIDTHS = {"integer": 96, "real": 110, "boolean": 84, "date": 112, "datetime": 150, "reference": 190}
_NARROW, _USUAL, _WIDE = 104, 140, 220


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """`key` is the field or measure; `field` is None for measures."""

    key: str
    title: str
    field: FieldDefinition | None = None
    unit: str = ""
    personal: bool = False

    @property
    def heading(self) -> str:
        return self.title + (f"（{self.unit}）" if self.unit else "")

    @property
    def numeric(self) -> bool:
        return self.field is None or self.field.type in ("integer", "real")

    def width(self) -> int:
        """Pixels at 100 % before anybody has drawn the column wider."""
        if self.field is None:
            return 14 * len(self.heading) + 34
        if self.field.type in _WIDTHS:
            return max(_WIDTHS[self.field.type], 15 * len(self.heading) + 34)
        if self.field.multiline or self.field.name == "address":
            return _WIDE
        longest = max((len(one) for one in self.field.values), default=0)
        return max(_NARROW if self.field.values else _USUAL, 14 * longest + 30, 14 * len(self.title) + 40)


def title_field(definition: LayerDefinition) -> str:
    """The field that names a row: the head of a household, else the name."""
    return "head" if "head" in definition.by_name else "name"


def columns_of(definition: LayerDefinition) -> list[RegisterColumn]:
    """All columns in the order of the form; which of them are shown is the panel's."""
    named = title_field(definition)
    first = definition.by_name.get(named)
    found = [
        RegisterColumn(
            named,
            first.title if first is not None else _("名称"),
            first,
            personal=first is not None and definition.is_personal(named),
        )
    ]
    for one in reading_order(definition):
        if one.name != named:
            found.append(RegisterColumn(one.name, one.title, one, one.unit, definition.is_personal(one.name)))
    if definition.geometry == "polygon":
        found.append(RegisterColumn(AREA, _("图上面积"), None, _("公顷，椭球")))
        found.append(RegisterColumn(LENGTH, _("图上周长"), None, _("米，椭球")))
    elif definition.geometry == "line":
        found.append(RegisterColumn(LENGTH, _("图上长度"), None, _("米，椭球")))
    return found


def first_shown(definition: LayerDefinition, columns: Sequence[RegisterColumn]) -> list[str]:
    """Which columns are shown before anybody has chosen: the number stands below the name, and nobody wants 备用 names
    or measures that must be reckoned."""
    hidden = {"id", AREA, LENGTH}
    if title_field(definition) == "head":
        hidden.add("name")
    return [one.key for one in columns if one.key not in hidden]


def measure_words(key: str, figure: float) -> str:
    """Square metres as hectares, metres as metres; — where there is none."""
    if math.isnan(figure):
        return words.EMPTY
    return words.grouped(figure / 10_000, 2) if key == AREA else words.grouped(figure, 1)


def cell_words(column: RegisterColumn, value: Value) -> str:
    """What a cell shows. References have words of their own."""
    kind = column.field.type if column.field is not None else "real"
    if kind == "real" and isinstance(value, float):
        digits = 0 if value == int(value) else 2
        return words.grouped(value, digits) if abs(value) < 1e15 else f"{value:g}"
    if kind == "integer" and isinstance(value, int) and not isinstance(value, bool):
        return words.grouped(value) if abs(value) >= 10_000 else str(value)
    return words.shown_as(kind, value)
