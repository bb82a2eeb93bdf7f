"""The fields of a step's form: a line, a long text, a day with its calendar, who did it; each with its fault below."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
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
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.parts import button, icon_button, label, restyle, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.dates import parse_day

_LONG = ("text", "finding", "reason")


class _Long(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class StepField(QWidget):
    """`changed` at each stroke; `left` when the keyboard goes elsewhere. A fault is shown once it was left."""

    changed = Signal()
    left = Signal()

    def __init__(self, name: str, title: str, *, required: bool, choices: Sequence[str] = ()) -> None:
        super().__init__()
        self.name = name
        self.touched = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(3))
        head = QHBoxLayout()
        head.setSpacing(theme().px(4))
        self.title = label(title, "label")
        head.addWidget(self.title)
        if required:
            star = label("*", "error")
            star.setToolTip(_("必须填"))
            head.addWidget(star)
        head.addStretch(1)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(theme().px(4))
        self.input = self._make(choices)
        self.input.setAccessibleName(title)
        self.title.setBuddy(self.input)
        row.addWidget(self.input, 1)
        if name == "date":
            row.addWidget(self._calendar())
            row.addWidget(button(_("今天"), lambda: self._chose(QDate.currentDate()), size="small"))
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

    def _make(self, choices: Sequence[str]) -> QWidget:
        if choices:
            combo = CalmCombo()
            combo.setEditable(True)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            combo.addItems(list(choices))
            combo.setCurrentIndex(-1)
            combo.editTextChanged.connect(lambda _text: self.changed.emit())
            edit = combo.lineEdit()
            assert edit is not None
            edit.editingFinished.connect(self._leave)
            return combo
        if self.name in _LONG:
            made = _Long()
            made.setTabChangesFocus(True)
            made.setFixedHeight(theme().px(58))
            made.textChanged.connect(self.changed.emit)
            made.left.connect(self._leave)
            return made
        line = QLineEdit()
        line.setPlaceholderText(
            {"date": "2026-07-18", "time": _("如 08:30"), "document_no": _("照公文抄写")}.get(self.name, "")
        )
        line.textChanged.connect(lambda _text: self.changed.emit())
        line.editingFinished.connect(self._leave)
        return line

    def _calendar(self) -> QToolButton:
        made = icon_button("calendar", _("从日历选"))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMaximumDate(QDate.currentDate())
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.clicked.connect(menu.close)
        calendar.clicked.connect(self._chose)
        made.setMenu(menu)
        return made

    def _chose(self, day: QDate) -> None:
        self.set_value(day.toString("yyyy-MM-dd"))
        self._leave()

    def _leave(self) -> None:
        self.touched = True
        self.left.emit()

    def value(self) -> str:
        """What stands there; a day in the way that the register keeps it."""
        made = self.input
        if isinstance(made, QComboBox):
            text = made.currentText()
        else:
            text = made.toPlainText() if isinstance(made, QPlainTextEdit) else made.text()  # type: ignore[attr-defined]
        text = text.strip()
        day = parse_day(text) if self.name == "date" else None
        return day.isoformat() if day else text

    def set_value(self, text: str) -> None:
        made = self.input
        if isinstance(made, QComboBox):
            made.setEditText(text)
        elif isinstance(made, QPlainTextEdit):
            made.setPlainText(text)
        elif isinstance(made, QLineEdit):
            made.setText(text)
            made.setCursorPosition(0)

    def show_fault(self, fault: str) -> None:
        told = fault if self.touched else ""
        self.fault.setText(told)
        self._fault_row.setVisible(bool(told))
        if bool(self.input.property("wrong")) != bool(told):
            restyle(self.input, wrong=bool(told))
