"""The form of one symbol layer: made from the keys that its kind has."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from geohazard_desktop.cartography.style import KINDS, LIMITS, Symbol
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.styles.colours import ColourButton, Family
from geohazard_desktop.desktop.styles.dashes import DashField
from geohazard_desktop.desktop.styles.markers import MarkerButton
from geohazard_desktop.desktop.styles.parts import MM, Choice, NumberBox, Titled, two_columns
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.style_words import KEY_WORDS
from geohazard_desktop.workspace.feature import Value

FRESH: Mapping[str, Mapping[str, Any]] = {
    "fill": {"color": "#FBDDB6"},
    "stroke": {"color": "#333333", "width": 0.4},
    "hatch": {"color": "#333333", "width": 0.2, "spacing": 2.0, "angle": 45},
    "dots": {"color": "#333333", "diameter": 0.5, "spacing": 2.5},
    "crosses": {"color": "#333333", "width": 0.24, "size": 1.1, "spacing": 3.4},
    "waves": {"color": "#134F7E", "width": 0.24, "spacing": 4.2},
    "ticks": {"color": "#333333", "width": 0.3, "length": 1.1, "spacing": 1.6},
    "arrows": {"color": "#1B6E45", "size": 3.2, "spacing": 25},
    "band": {"color": "#D9A7C7", "width": 1.6},
    "railway": {"color": "#333333", "width": 0.8, "dash": [2.4, 2.4]},
    "double": {"color": "#4F4A45", "inner": "#FFFFFF", "width": 1.1, "inner_width": 0.55},
    "marker": {"name": "landmark", "size": 4.0, "halo": 0.3},
    "start_ring": {"color": "#1B6E45", "size": 2.6, "width": 0.6},
}
_ORDER = (
    "name", "color", "inner", "width", "inner_width", "size", "diameter", "length", "spacing", "angle", "casing",
    "halo", "cap", "opacity", "shrink_beyond", "shrink_to", "dash", "size_by",
)  # fmt: skip
_WIDE = {"name", "dash", "size_by"}
_STEPS = {"width": 0.05, "inner_width": 0.05, "spacing": 0.1, "size": 0.2, "angle": 15, "casing": 0.1, "halo": 0.1}
_CAPS = (("flat", _("平头")), ("round", _("圆头")), ("square", _("方头")))
_TITLES = {"shrink_beyond": _("小于这个比例尺缩小"), "shrink_to": _("缩到")}
_FIELDLESS = ""


class SymbolForm(QWidget):
    """`edited` after a hand changed `symbol`, which is changed in place."""

    edited = Signal()

    def __init__(
        self,
        symbol: dict[str, Any],
        definition: LayerDefinition,
        colours: tuple[Family, Family],
        values: Mapping[str, Value],
    ) -> None:
        super().__init__()
        self.symbol = symbol
        self._definition, self._colours, self._values = definition, colours, values
        self.fields: dict[str, QWidget] = {}
        kind = str(symbol.get("kind"))
        made: dict[str, QWidget] = {}
        keys = [one for one in _ORDER if one in KINDS.get(kind, ())]
        for key in [*keys, *sorted(KINDS.get(kind, frozenset()) - set(_ORDER))]:
            field = self._field(key)
            self.fields[key] = field
            made[key] = Titled(_TITLES.get(key, KEY_WORDS.get(key, key)), field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(two_columns(list(made.values()), [made[one] for one in made if one in _WIDE]))

    def _field(self, key: str) -> QWidget:
        makers: Mapping[str, Callable[[], QWidget]] = {
            "color": lambda: self._colour(key),
            "inner": lambda: self._colour(key),
            "dash": self._dash,
            "cap": self._cap,
            "name": self._marker,
            "size_by": self._size_by,
            "shrink_beyond": self._shrink_beyond,
            "opacity": lambda: self._percent(key),
            "shrink_to": lambda: self._percent(key),
        }
        return makers.get(key, lambda: self._number(key))()

    def _value(self, key: str) -> Any:
        """What stands in the style, else what the painter takes."""
        return self.symbol.get(key, getattr(Symbol(str(self.symbol["kind"])), key))

    def _set(self, key: str, value: Any) -> None:
        if self.symbol.get(key) != value:
            self.symbol[key] = value
            self.edited.emit()

    def _colour(self, key: str) -> QWidget:
        field = ColourButton(*self._colours, KEY_WORDS[key])
        field.show_colour(str(self._value(key)))
        field.picked.connect(lambda colour: self._set(key, colour))
        return field

    def _number(self, key: str) -> QWidget:
        least, most = LIMITS[key]
        unit = "°" if key == "angle" else MM
        field = NumberBox(least, most, _STEPS.get(key, 0.1), unit, 0 if key == "angle" else 2, KEY_WORDS.get(key, key))
        field.show_value(float(self._value(key)))
        field.typed.connect(lambda value: self._set(key, value))
        return field

    def _percent(self, key: str) -> QWidget:
        least, most = LIMITS[key]
        field = NumberBox(least * 100, most * 100, 5, " %", 0, KEY_WORDS.get(key, key))
        field.show_value(float(self._value(key)) * 100)
        field.typed.connect(lambda value: self._set(key, round(value / 100, 4)))
        return field

    def _shrink_beyond(self) -> QWidget:
        field = NumberBox(0, 100_000_000, 10_000, "", 0, _TITLES["shrink_beyond"])
        field.setPrefix("1:")
        field.setSpecialValueText(_("不缩小"))
        field.show_value(float(self._value("shrink_beyond") or 0))
        field.typed.connect(self._set_shrink)
        return field

    def _set_shrink(self, value: float) -> None:
        if value:
            self.symbol.setdefault("shrink_to", 0.7)
            self._set("shrink_beyond", value)
        elif "shrink_beyond" in self.symbol:
            del self.symbol["shrink_beyond"]
            self.symbol.pop("shrink_to", None)
            self.edited.emit()

    def _dash(self) -> QWidget:
        field = DashField()
        field.show_dash(list(self._value("dash")))
        field.picked.connect(self._set_dash)
        return field

    def _set_dash(self, dash: list[float]) -> None:
        if dash:
            self._set("dash", dash)
        elif self.symbol.pop("dash", None) is not None:
            self.edited.emit()

    def _cap(self) -> QWidget:
        field = Choice(_CAPS, KEY_WORDS["cap"])
        field.show_key(self._value("cap"))
        field.picked.connect(lambda key: self._set("cap", key))
        return field

    def _marker(self) -> QWidget:
        field = MarkerButton(self._definition, self._values)
        field.show_name(str(self.symbol.get("name", "")))
        field.picked.connect(lambda name: self._set("name", name))
        return field

    def _size_by(self) -> QWidget:
        field = SizeByField(self.symbol, self._definition)
        field.edited.connect(self.edited)
        return field


class SizeByField(QWidget):
    """A marker's size by the values of a field."""

    edited = Signal()

    def __init__(self, symbol: dict[str, Any], definition: LayerDefinition) -> None:
        super().__init__()
        self._symbol, self._definition = symbol, definition
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(6))
        fields = [(one.name, one.title) for one in definition.fields if one.values and one.type == "text"]
        current = str(symbol.get("size_by", {}).get("field", _FIELDLESS))
        if current and current not in dict(fields):
            fields.append((current, current))
        self.choice = Choice([(_FIELDLESS, _("都一样大")), *fields], KEY_WORDS["size_by"])
        self.choice.show_key(current)
        self.choice.picked.connect(self._chosen)
        self._column.addWidget(self.choice)
        self._body: QWidget | None = None
        self.boxes: dict[str, NumberBox] = {}
        self._fill()

    def _chosen(self, field: str) -> None:
        if not field:
            changed = self._symbol.pop("size_by", None) is not None
        else:
            size = float(self._symbol.get("size", 4.0))
            values = self._definition.by_name[field].values
            changed = self._symbol.get("size_by", {}).get("field") != field
            if changed:
                self._symbol["size_by"] = {"field": field} | {
                    value: round(size * (1 + 0.18 * number), 1) for number, value in enumerate(values)
                }
        if changed:
            self._fill()
            self.edited.emit()

    def _fill(self) -> None:
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
            self._body = None
        self.boxes = {}
        sizes = {key: value for key, value in self._symbol.get("size_by", {}).items() if key != "field"}
        if not sizes:
            return
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme().px(4))
        for number, (value, size) in enumerate(sizes.items()):
            box = NumberBox(*LIMITS["size"], 0.2, MM, 1, _("{value}的大小").format(value=value))
            box.show_value(float(size))
            box.typed.connect(lambda wanted, value=value: self._set(value, wanted))
            words = label(value, "note")
            grid.addWidget(words, number // 2, number % 2 * 2)
            grid.addWidget(box, number // 2, number % 2 * 2 + 1)
            self.boxes[value] = box
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._column.addWidget(self._body)

    def _set(self, value: str, size: float) -> None:
        self._symbol["size_by"][value] = size
        self.edited.emit()
