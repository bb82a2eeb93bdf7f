"""One editor for each type of field: the right widget, its unit, its marks, and the fault right under it."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import pixmap
from geohazard_desktop.desktop.parts import icon_button, label, restyle, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits import value_fault
from geohazard_desktop.workspace.feature import LIST_SEPARATOR, Value, split_list

Choices = Callable[[str], Sequence[tuple[str, str]]]  # target layer → (uid, words)
SEVERAL = object()  # the selected features differ in this field


class CalmCombo(QComboBox):
    """The wheel scrolls the form, it never changes a value by accident."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _LongText(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class FieldEditor(QWidget):
    """`committed` carries the field's name and its new value, only when it may stand there."""

    committed = Signal(str, object)

    def __init__(self, field: FieldDefinition, *, personal: bool, choices: Choices) -> None:
        super().__init__()
        self.field = field
        self._choices = choices
        self._shown: object = None
        self._filling = False
        self.read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(3))
        head = QHBoxLayout()
        head.setSpacing(theme().px(4))
        title = field.title + (f"（{field.unit}）" if field.unit else "")
        self.title = label(title, "label")
        head.addWidget(self.title)
        if field.required:
            star = label("*", "error")
            star.setToolTip(_("必须填"))
            head.addWidget(star)
        if personal:
            mark = label()
            mark.setPixmap(pixmap("read-only", theme().colour("text3"), theme().px(12), self.devicePixelRatioF()))
            mark.setToolTip(_("个人信息，不进公开图"))
            mark.setAccessibleName(_("个人信息"))
            head.addWidget(mark)
        head.addStretch(1)
        column.addLayout(head)
        self.input = self._make()
        self.title.setBuddy(self.input)
        self.input.setAccessibleName(title)
        row = QHBoxLayout()
        row.setSpacing(theme().px(4))
        row.addWidget(self.input, 1)
        if field.type == "date":
            row.addWidget(self._calendar_button())
        column.addLayout(row)
        self._fault_row = QWidget()
        below = QHBoxLayout(self._fault_row)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme().px(4))
        below.addWidget(severity_label("error", 13), 0, Qt.AlignmentFlag.AlignTop)
        self.fault = label("", "error", wrap=True)
        below.addWidget(self.fault, 1)
        self._fault_row.hide()
        column.addWidget(self._fault_row)

    # -- widgets ---------------------------------------------------------------------------------------------------

    def _make(self) -> QWidget:
        field = self.field
        if field.type == "boolean":
            return self._combo([("", ""), (_("是"), True), (_("否"), False)])
        if field.type == "reference":
            return self._reference()
        if field.type == "list" and field.values:
            return self._list_button()
        if field.values:
            return self._combo([("", ""), *((one, one) for one in field.values)])
        if field.multiline:
            made = _LongText()
            made.setTabChangesFocus(True)
            made.setFixedHeight(theme().px(66))
            made.left.connect(self._commit)
            made.textChanged.connect(self._judge)
            return made
        edit = QLineEdit()
        edit.setPlaceholderText(
            {"date": _("年-月-日，如 2026-07-18"), "datetime": _("如 2026-07-18 09:30")}.get(field.type, "")
        )
        if field.type in ("integer", "real"):
            edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        edit.editingFinished.connect(self._commit)
        edit.textChanged.connect(self._judge)
        return edit

    def _combo(self, rows: Sequence[tuple[str, object]]) -> CalmCombo:
        made = CalmCombo()
        for text, value in rows:
            made.addItem(text, value)
        made.activated.connect(lambda _index: self._commit())
        return made

    def _reference(self) -> CalmCombo:
        made = CalmCombo()
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(made.model(), made)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        made.setCompleter(completer)
        edit = made.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(_("选一个，或键入编号、名称"))
        made.activated.connect(lambda _index: self._commit())
        edit.editingFinished.connect(self._commit)
        made.installEventFilter(self)
        edit.installEventFilter(self)
        return made

    def _list_button(self) -> QToolButton:
        made = QToolButton()
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.setObjectName("listfield")
        menu = QMenu(made)
        for one in self.field.values:
            box = QCheckBox(one)
            box.setContentsMargins(8, 3, 8, 3)
            action = QWidgetAction(menu)
            action.setDefaultWidget(box)
            action.setText(one)
            menu.addAction(action)
            box.toggled.connect(lambda _on: None if self._filling else self._commit())
        made.setMenu(menu)
        return made

    def _boxes(self) -> list[QCheckBox]:
        assert isinstance(self.input, QToolButton)
        menu = self.input.menu()
        assert menu is not None
        widgets = (one.defaultWidget() for one in menu.actions() if isinstance(one, QWidgetAction))
        return [one for one in widgets if isinstance(one, QCheckBox)]

    def _calendar_button(self) -> QToolButton:
        made = icon_button("history", _("从日历选"))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def chosen(day: QDate) -> None:
            menu.close()
            assert isinstance(self.input, QLineEdit)
            self.input.setText(day.toString("yyyy-MM-dd"))
            self._commit()

        calendar.clicked.connect(chosen)
        made.setMenu(menu)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # References are read when they are asked for: an office has thousands of households.
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            self._load_choices()
        return super().eventFilter(watched, event)

    def _load_choices(self) -> None:
        made = self.input
        if not isinstance(made, QComboBox) or made.property("loaded") or self.read_only:
            return
        text, self._filling = made.currentText(), True
        made.clear()
        made.addItem("", "")
        for uid, words in self._choices(self.field.target):
            made.addItem(words, uid)
        made.setProperty("loaded", True)
        index = made.findData(self._shown) if isinstance(self._shown, str) else 0
        made.setCurrentIndex(max(index, 0))
        made.setEditText(text)
        self._filling = False

    # -- values ----------------------------------------------------------------------------------------------------

    def show_value(self, value: object, words: str = "") -> None:
        """Show what is on disk; `words` are the referred feature's. `SEVERAL` shows that the features differ."""
        self._filling = True
        self._shown = value
        several = value is SEVERAL
        made = self.input
        text = "" if several or value is None else _text(value)
        if isinstance(made, QComboBox) and self.field.type == "reference":
            made.setProperty("loaded", False)
            made.clear()
            if value and not several:
                made.addItem(words or str(value), value)
            made.setCurrentIndex(0 if made.count() else -1)
            made.setEditText(words if value and not several else "")
        elif isinstance(made, QComboBox):
            index = made.findData(value) if not several and value is not None else 0
            if index < 0:  # a value that the definition does not know, from another program
                made.addItem(_text(value), value)
                index = made.count() - 1
            made.setCurrentIndex(-1 if several else index)
        elif isinstance(made, QToolButton):
            chosen = set(split_list(text))
            for box in self._boxes():
                box.setChecked(box.text() in chosen)
            made.setText(text or " ")
            made.setToolTip(text)
        elif isinstance(made, QPlainTextEdit):
            made.setPlainText(text)
        elif isinstance(made, QLineEdit):
            made.setText(text)
            made.setCursorPosition(0)
            made.setModified(False)
        if isinstance(made, QLineEdit | QComboBox | QPlainTextEdit):
            self._placeholder(_("（各不相同）") if several else None)
        self._filling = False
        self._judge()

    def _placeholder(self, words: str | None) -> None:
        made = self.input
        if isinstance(made, QComboBox):
            made.setPlaceholderText(words or "")
        elif isinstance(made, QPlainTextEdit) or words is not None:
            made.setPlaceholderText(words or "")  # type: ignore[attr-defined]

    def value(self) -> Value:
        """What the widget says, in the type of the field; text that can't be read stays text, and is a fault."""
        made = self.input
        if isinstance(made, QToolButton):
            return LIST_SEPARATOR.join(box.text() for box in self._boxes() if box.isChecked()) or None
        if isinstance(made, QComboBox) and self.field.type == "reference":
            text = made.currentText().strip()
            index = made.findText(text)
            found = made.itemData(index) if text and index >= 0 else text
            return str(found) if found else None
        if isinstance(made, QComboBox):
            data = made.currentData()
            return None if data in ("", None) else data
        text = made.toPlainText() if isinstance(made, QPlainTextEdit) else made.text()  # type: ignore[attr-defined]
        return read_value(self.field, text)

    def dirty(self) -> bool:
        if self._shown is SEVERAL:
            return self.value() is not None
        return (self.value() or None) != (self._shown if self._shown != "" else None) and not (
            self.value() is False and self._shown is False
        )

    def _judge(self) -> str:
        """Show what is wrong with what stands in the widget; returns it."""
        if self._filling:
            return ""
        value = self.value() if self._shown is not SEVERAL or self.dirty() else "…"
        fault = "" if value == "…" else self._fault_of(value)
        self.fault.setText(fault)
        self._fault_row.setVisible(bool(fault))
        if bool(self.input.property("wrong")) != bool(fault):
            restyle(self.input, wrong=bool(fault))
        return fault

    def _fault_of(self, value: Value) -> str:
        if value is None or value == "":
            return _("还没有填。") if self.field.required and not self.read_only else ""
        if self.field.type == "reference" and isinstance(self.input, QComboBox) and self.input.findData(value) < 0:
            return _("没有叫“{text}”的，请从列表里选。").format(text=value)
        fault = value_fault(self.field, value)
        return f"{fault}。" if fault else ""

    def _commit(self) -> None:
        if self._filling or self.read_only or not self.dirty():
            return
        value = self.value()
        if self._judge() and value is not None:
            return  # what was typed stays, with its fault under it
        if value is None and self.field.required:
            return
        self._shown = value
        if isinstance(self.input, QToolButton):
            self.input.setText(str(value or " "))
        self.committed.emit(self.field.name, value)

    def set_read_only(self, on: bool) -> None:
        self.read_only = on
        made = self.input
        if isinstance(made, QLineEdit | QPlainTextEdit):
            made.setReadOnly(on)
        else:
            made.setEnabled(not on)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


_DATE = re.compile(r"^(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?$")


def read_value(field: FieldDefinition, text: str) -> Value:
    """What a person typed, as the field's type; unreadable text comes back as it is, so that it can be told."""
    plain = text.strip()
    if not plain:
        return None
    if field.type in ("integer", "real"):
        return _number(field, plain)
    if field.type == "date":
        return _day(plain)
    if field.type == "list":
        return LIST_SEPARATOR.join(part.strip() for part in re.split(r"[、,，;；]", plain) if part.strip())
    return text.rstrip() if field.multiline else plain


def _number(field: FieldDefinition, plain: str) -> Value:
    number = re.sub(r"[\s,]", "", plain).replace("，", "").replace("．", ".")
    if field.unit and number.endswith(field.unit):
        number = number.removesuffix(field.unit).strip()
    try:
        return int(number) if field.type == "integer" else float(number)
    except ValueError:
        return plain


def _day(plain: str) -> str:
    found = _DATE.match(plain)
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else plain
    except ValueError:
        return plain
