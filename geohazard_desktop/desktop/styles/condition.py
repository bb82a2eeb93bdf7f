"""One condition of a rule: which field or measure, how it is compared, and with what."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from geohazard_desktop.cartography.classes import value_words as shown
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label, restyle
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.parts import Choice
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.shape_measures import measure_of, measures_of
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Value

_ALL = ""
_MOST_OFFERED = 40
_NUMBERS = ("integer", "real")
_WAYS: Mapping[str, str] = {
    "is": _("是"),
    "is not": _("不是"),
    "range": _("在范围里"),
    "not range": _("不在范围里"),
    "contains": _("包含"),
    "not contains": _("不含"),
    "come": _("日期已到"),
    "not come": _("日期没到"),
    "empty": _("空着"),
    "not empty": _("填了"),
}
_EMPTY = ("empty", "not empty")
_OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "measure": ("range", "not range"),
    "integer": ("range", "not range", "is", "is not", *_EMPTY),
    "real": ("range", "not range", "is", "is not", *_EMPTY),
    "boolean": ("is", "is not", *_EMPTY),
    "date": ("come", "not come", "is", "is not", *_EMPTY),
    "datetime": ("come", "not come", "is", "is not", *_EMPTY),
    "text": ("is", "is not", "contains", "not contains", *_EMPTY),
}
_KEYS = {"is": ("equals", "in"), "range": ("minimum", "maximum"), "contains": ("contains",), "come": ("until_today",)}


class ConditionRow(QWidget):
    """`where` is the condition as in TOML, {} while there is none; `changed` after the hand changed it. `field` stands
    where the owner puts it."""

    changed = Signal()

    def __init__(self, draft: StyleDraft, where: dict[str, Any], parent: QWidget, *, first: bool) -> None:
        super().__init__(parent)  # shown before it stands in a layout, it would flash up as a window of its own
        self._draft, self.where = draft, where
        self._waiting = ""  # a way that is chosen and has no words yet
        all_rows = [(_ALL, _("其余全部要素"))] if first else []
        self.field = Choice([*all_rows, *field_rows(draft)], _("条件的字段"))
        self.field.setPlaceholderText(_("选一个字段"))
        self.field.picked.connect(self._field_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        self.way = Choice((), _("怎样比较"))
        self.way.picked.connect(self._way_chosen)
        row.addWidget(self.way)
        self.values = QLineEdit()
        self.values.editingFinished.connect(self._values_typed)
        row.addWidget(self.values, 1)
        self.pick = QToolButton()
        self.pick.setText(_("选"))
        self.pick.setObjectName("choice")
        self.pick.setAccessibleName(_("从已有的值里选"))
        self.pick.clicked.connect(self._offer)
        row.addWidget(self.pick)
        self.low, self.high = QLineEdit(), QLineEdit()
        for one, words in ((self.low, _("从（含）")), (self.high, _("到（不含）"))):
            one.setAccessibleName(words)
            one.setPlaceholderText(_("不限"))
            one.editingFinished.connect(self._range_typed)
        self.words = [label(_("从"), "note"), label(_("到不足"), "note")]
        for words_label, line in zip(self.words, (self.low, self.high), strict=True):
            row.addWidget(words_label)
            row.addWidget(line, 1)
        column.addLayout(row)
        self._row = row
        row.addStretch(0)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)
        self.show_where()

    # -- showing -----------------------------------------------------------------------------------------------------

    def _type(self, name: str) -> str:
        if measure_of(name) is not None:
            return "measure"
        field = self._draft.definition.by_name.get(name)
        return field.type if field is not None and field.type in _OF_TYPE else "text"

    def show_where(self) -> None:
        where = self.where
        name = where.get("field", _ALL)
        if name and self.field.findData(name) < 0:
            measure = measure_of(name)
            words = _("{name}（没有这个字段）").format(name=name) if measure is None else measure.title
            self.field.addItem(words, name)
        self.field.show_key(name)
        way = self._waiting or way_of(where)
        offered = _OF_TYPE[self._type(name)]
        self.way.fill([(one, _WAYS[one]) for one in (*offered, *(() if way in offered or not way else (way,)))])
        self.way.show_key(way)
        kind = way.removeprefix("not ").removesuffix(" not")
        self.setVisible(bool(where))
        self.values.setVisible(kind in ("is", "contains"))
        self.pick.setVisible(kind == "is")
        for one in (*self.words, self.low, self.high):
            one.setVisible(kind == "range")
        self._row.setStretch(self._row.count() - 1, 0 if kind in ("is", "contains", "range") else 1)
        named = _("条件的值") if kind == "is" else _("要含的文字")
        self.values.setAccessibleName(named)
        self.values.setPlaceholderText(_("一个或几个值，用、隔开") if kind == "is" else named)
        held = "、".join(shown(one) for one in values_of(where))
        self.values.setText(str(where.get("contains", "")) if kind == "contains" else held)
        for line, key in ((self.low, "minimum"), (self.high, "maximum")):
            line.setText("" if where.get(key) is None or abs(where[key]) >= 1e299 else shown(where[key]))
        self._tell("")

    def _tell(self, words: str, *lines: QLineEdit) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        for one in (self.values, self.low, self.high):
            restyle(one, wrong=bool(words) and one in lines)

    # -- changing ----------------------------------------------------------------------------------------------------

    def _store(self, where: dict[str, Any]) -> None:
        self._waiting = ""
        if where == self.where:
            self.show_where()
            return
        self.where = where
        self.show_where()
        self.changed.emit()

    def _field_chosen(self, name: str) -> None:
        if name == self.where.get("field", _ALL):
            return
        if not name:
            self._store({})
            return
        field = self._draft.definition.by_name.get(name)
        listed = field is not None and bool(field.values)
        way = "is" if listed else _OF_TYPE[self._type(name)][0]
        self._store(self._fresh(name, way) or self._fresh(name, "is") or {})

    def _fresh(self, name: str, way: str) -> dict[str, Any] | None:
        """A condition that can be stored at once; None where words are needed first."""
        kind, negated = _parted(way)
        made: dict[str, Any] = {"field": name}
        if kind == "range":
            made["minimum"] = 0
        elif kind == "is":
            found = self._draft.categories(name)
            made["equals"] = found[0].value if found else ""
        elif kind == "contains":
            return None
        else:
            made["until_today" if kind == "come" else "empty"] = True
        return made | ({"not": True} if negated else {})

    def _way_chosen(self, way: str) -> None:
        if way == way_of(self.where) and not self._waiting:
            return
        name = self.where["field"]
        if _parted(way)[0] == _parted(way_of(self.where))[0]:  # the same words, the other way round
            self._store(self._as(way, {key: one for key, one in self.where.items() if key != "not"}))
            return
        fresh = self._fresh(name, way)
        if fresh is None:
            self._waiting = way
            self.show_where()
            self.values.setText("")
            self.values.setFocus()
            return
        self._store(fresh)

    @staticmethod
    def _as(way: str, where: dict[str, Any]) -> dict[str, Any]:
        return where | ({"not": True} if _parted(way)[1] else {})

    def _values_typed(self) -> None:
        way = self._waiting or way_of(self.where)
        kind = _parted(way)[0]
        if kind not in ("is", "contains"):
            return
        name, text = self.where["field"], self.values.text().strip()
        if kind == "contains":
            if not text:
                self._tell(_("写要含的文字，如“河”；写好才算。"), self.values)
                return
            self._store(self._as(way, {"field": name, "contains": text}))
            return
        parts = [one.strip() for one in text.replace("，", "、").split("、") if one.strip()]
        if not parts:
            self._tell(_("写一个值；要收下其余全部要素，请把上面改成“其余全部要素”。"), self.values)
            return
        self._store_values([read(one, self._draft.definition.by_name.get(name)) for one in parts])

    def _store_values(self, values: list[Value]) -> None:
        made: dict[str, Any] = {"field": self.where["field"]}
        made |= {"equals": values[0]} if len(values) == 1 else {"in": values}
        self._store(self._as(way_of(self.where), made))

    def _offer(self) -> None:
        found = self._draft.categories(self.where.get("field", ""))
        chosen = values_of(self.where)
        menu = QMenu(self)
        for one in found[:_MOST_OFFERED]:
            action = menu.addAction(_("{value}（{count}）").format(value=shown(one.value), count=one.count))
            action.setCheckable(True)
            action.setChecked(one.value in chosen)
            action.triggered.connect(lambda on, value=one.value: self._toggle(value, on))
        if not found:
            menu.addAction(_("这个字段还没有值")).setEnabled(False)
        self._menu = menu
        menu.popup(self.pick.mapToGlobal(self.pick.rect().bottomLeft()))

    def _toggle(self, value: Value, on: bool) -> None:
        values = [one for one in values_of(self.where) if one != value] + ([value] if on else [])
        if values:
            self._store_values(values)

    def _range_typed(self) -> None:
        if _parted(way_of(self.where))[0] != "range":
            return
        where: dict[str, Any] = {"field": self.where["field"]}
        for line, key in ((self.low, "minimum"), (self.high, "maximum")):
            text = line.text().strip()
            if text:
                number = read_number(text)
                if number is None:
                    self._tell(_("“{text}”不是数。").format(text=text), line)
                    return
                where[key] = number
        if len(where) == 1:
            where["minimum"] = -1e300
        if where.get("minimum", -1e300) >= where.get("maximum", 1e300):
            self._tell(_("“从”要比“到”小。"), self.low, self.high)
            return
        self._store(self._as(way_of(self.where), where))


def way_of(where: Mapping[str, Any]) -> str:
    """How a condition as in TOML compares; "" where there is none."""
    kind = next((way for way, keys in _KEYS.items() if any(one in where for one in keys)), "empty" if where else "")
    if not where.get("not"):
        return kind
    return "is not" if kind == "is" else f"not {kind}"


def _parted(way: str) -> tuple[str, bool]:
    """The way without its negation, and whether it is negated."""
    kind = way.removeprefix("not ").removesuffix(" not")
    return kind, kind != way


def values_of(where: Mapping[str, Any]) -> list[Value]:
    return list(where.get("in", [where["equals"]] if "equals" in where else []))


def field_rows(draft: StyleDraft) -> list[tuple[object, str]]:
    """What a condition can be on: fields, then what shapes measure."""
    fields = [(one.name, one.title) for one in draft.definition.fields if one.type != "reference"]
    return [*fields, *((one.name, one.title) for one in measures_of(draft.geometry))]


def read(text: str, field: FieldDefinition | None) -> Value:
    """What somebody typed, as the field stores it."""
    if field is not None and field.type == "boolean":
        return text == _("是")
    number = read_number(text) if field is not None and field.type in _NUMBERS else None
    return text if number is None else number


def read_number(text: str) -> int | float | None:
    try:
        number = float(text.replace(" ", ""))
    except ValueError:
        return None
    if not abs(number) < 1e299:
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
