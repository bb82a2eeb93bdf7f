"""The condition of one rule: which field, and its values or a range of numbers."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from geohazard_desktop.cartography.class_styles import Plain
from geohazard_desktop.cartography.classes import value_words as shown
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label, restyle
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.parts import Choice, Titled
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Value

_ALL = ""
_MOST_OFFERED = 40
_NUMBERS = ("integer", "real")


class WhereField(QWidget):
    """`edited` after the rule's condition was changed in place."""

    edited = Signal()

    def __init__(self, draft: StyleDraft, rule: Plain) -> None:
        super().__init__()
        self._draft, self._rule = draft, rule
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.field = Choice([(_ALL, _("其余全部要素")), *field_rows(draft)], _("条件的字段"))
        self.field.picked.connect(self._field_chosen)
        self.titled = Titled(_("条件"), self.field)  # stands beside the rule's name
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        self.values = QLineEdit()
        self.values.setAccessibleName(_("条件的值"))
        self.values.setPlaceholderText(_("一个或几个值，用、隔开"))
        self.values.editingFinished.connect(self._values_typed)
        row.addWidget(self.values, 1)
        self.pick = QToolButton()
        self.pick.setText(_("选"))
        self.pick.setObjectName("choice")
        self.pick.setAccessibleName(_("从已有的值里选"))
        self.pick.clicked.connect(self._offer)
        row.addWidget(self.pick)
        self.low, self.high = QLineEdit(), QLineEdit()
        for one, words, hint in ((self.low, _("从（含）"), _("不限")), (self.high, _("到（不含）"), _("不限"))):
            one.setAccessibleName(words)
            one.setPlaceholderText(hint)
            one.editingFinished.connect(self._range_typed)
        self.words = [label(_("从"), "note"), label(_("到不足"), "note")]
        for words_label, line in zip(self.words, (self.low, self.high), strict=True):
            row.addWidget(words_label)
            row.addWidget(line, 1)
        column.addLayout(row)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)
        self.show_where()

    # -- showing -----------------------------------------------------------------------------------------------------

    @property
    def _where(self) -> dict[str, Any]:
        found: dict[str, Any] = self._rule.get("where", {})
        return found

    def _ranged(self) -> bool:
        where = self._where
        return "minimum" in where or "maximum" in where

    def show_where(self) -> None:
        where = self._where
        name = where.get("field", _ALL)
        if name and self.field.findData(name) < 0:
            self.field.addItem(_("{name}（没有这个字段）").format(name=name), name)
        self.field.show_key(name)
        ranged, by_day = self._ranged(), bool(where.get("until_today"))
        self.values.setVisible(bool(where) and not ranged)
        self.values.setReadOnly(by_day)
        self.pick.setVisible(bool(where) and not ranged and not by_day)
        for one in (*self.words, self.low, self.high):
            one.setVisible(bool(where) and ranged)
        values = where.get("in", [where["equals"]] if "equals" in where else [])
        self.values.setText(_("日期已到的") if by_day else "、".join(shown(one) for one in values))
        for line, key in ((self.low, "minimum"), (self.high, "maximum")):
            line.setText("" if where.get(key) is None or abs(where[key]) >= 1e299 else shown(where[key]))
        self._tell("")

    def _tell(self, words: str, *lines: QLineEdit) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        for one in (self.values, self.low, self.high):
            restyle(one, wrong=bool(words) and one in lines)

    # -- changing ----------------------------------------------------------------------------------------------------

    def _store(self, where: dict[str, Any] | None) -> None:
        if where == self._rule.get("where"):
            return
        if where is None:
            del self._rule["where"]
        else:
            self._rule["where"] = where
        self.show_where()
        self.edited.emit()

    def _field_chosen(self, name: str) -> None:
        if name == self._where.get("field", _ALL):
            return
        if not name:
            self._store(None)
            return
        field = self._draft.definition.by_name[name]
        if field.type in _NUMBERS and not field.values:
            self._store({"field": name, "minimum": 0})
            return
        found = self._draft.categories(name)
        first: Value = found[0].value if found else ""
        self._store({"field": name, "equals": first})

    def _values_typed(self) -> None:
        if not self._where or self._ranged() or self._where.get("until_today"):
            return
        name = self._where["field"]
        parts = [one.strip() for one in self.values.text().replace("，", "、").split("、") if one.strip()]
        if not parts:
            self._tell(_("写一个值；要收下其余全部要素，请把上面改成“其余全部要素”。"), self.values)
            return
        values = [read(one, self._draft.definition.by_name.get(name)) for one in parts]
        self._tell("")
        self._store({"field": name, "equals": values[0]} if len(values) == 1 else {"field": name, "in": values})

    def _offer(self) -> None:
        name = self._where.get("field", "")
        found = self._draft.categories(name)
        where = self._where
        chosen = where.get("in", [where["equals"]] if "equals" in where else [])
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
        where = self._where
        values = [one for one in where.get("in", [where["equals"]] if "equals" in where else []) if one != value]
        values += [value] if on else []
        if values:
            name = where["field"]
            self._store({"field": name, "equals": values[0]} if len(values) == 1 else {"field": name, "in": values})

    def _range_typed(self) -> None:
        if not self._ranged():
            return
        where: dict[str, Any] = {"field": self._where["field"]}
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
        self._tell("")
        self._store(where)


def field_rows(draft: StyleDraft) -> list[tuple[object, str]]:
    """The fields that a condition can be on."""
    return [(one.name, one.title) for one in draft.definition.fields if one.type != "reference"]


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
