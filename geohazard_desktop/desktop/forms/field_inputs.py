"""The widgets that hold one value: a line, a number, a day, a long text, a choice, chips.

All speak alike: `show_value(value, words)` shows what is on disk, `read()` says what stands there now, `typed` is sent
with every change by hand, `left` when the hand goes on (the value may be stored), `entered` on Enter.
"""

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_values import read_value, value_text
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.parts import FlowLayout, button, icon_button
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import LIST_SEPARATOR, Value, split_list

SEVERAL = object()  # the selected features differ in this field


class LineInput(QLineEdit):
    """One line: text, numbers, days."""

    typed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__()
        self.field = field
        self._grey = field.example or {
            "date": _("年-月-日，如 2026-07-18"),
            "datetime": _("如 2026-07-18 09:30"),
        }.get(field.type, "")
        self.setPlaceholderText(self._grey)
        if field.type in ("integer", "real"):
            self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        if field.unit:
            width = QFontMetrics(theme().font("small")).horizontalAdvance(field.unit)
            self.setTextMargins(0, 0, width + theme().px(4), 0)
        self.textEdited.connect(lambda _text: self.typed.emit())
        self.editingFinished.connect(self.left.emit)

    def show_value(self, value: object, _words: str = "") -> None:
        several = value is SEVERAL
        self.setText("" if several else value_text(self.field, value))
        self.setCursorPosition(0)
        self.setPlaceholderText(_("〈多个值〉") if several else self._grey)

    def read(self) -> Value:
        return read_value(self.field, self.text())

    def set_read_only(self, on: bool) -> None:
        self.setReadOnly(on)

    def can_undo(self) -> bool:
        return self.isUndoAvailable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            self.entered.emit()
            return
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        if self.field.type in ("integer", "real") and event.key() in steps and not self.isReadOnly():
            self._step(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Arrow keys count, within the field's range; an empty field starts to count at nought."""
        value = self.read()
        if value is None:
            value = 0
            by = max(by, 0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return
        low, high = self.field.minimum, self.field.maximum
        value += by
        value = value if low is None else max(value, low)
        value = value if high is None else min(value, high)
        self.selectAll()
        self.insert(value_text(self.field, int(value) if self.field.type == "integer" else float(value)))
        self.typed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.field.unit:
            painter = QPainter(self)
            painter.setFont(theme().font("small"))
            painter.setPen(theme().colour("text3"))
            place = self.rect().adjusted(0, 0, -theme().px(9), 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.field.unit)


class LongInput(QPlainTextEdit):
    """Several lines. Ctrl+Enter stores and goes on, because Enter begins a new line."""

    typed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__()
        self.field = field
        self._filling = False
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme().px(66))
        self.setPlaceholderText(field.example)
        self.textChanged.connect(lambda: None if self._filling else self.typed.emit())

    def show_value(self, value: object, _words: str = "") -> None:
        several = value is SEVERAL
        self._filling = True
        self.setPlainText("" if several else value_text(self.field, value))
        self._filling = False
        self.setPlaceholderText(_("〈多个值〉") if several else self.field.example)

    def read(self) -> Value:
        return read_value(self.field, self.toPlainText())

    def text(self) -> str:
        return self.toPlainText()

    def set_read_only(self, on: bool) -> None:
        self.setReadOnly(on)

    def can_undo(self) -> bool:
        return self.document().isUndoAvailable()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.left.emit()
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A text that fits lets the form scroll."""
        bar = self.verticalScrollBar()
        if bar.maximum() > 0 and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceInput(CalmCombo):
    """One of the definition's values; a value that it does not know stays and can be chosen still."""

    typed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__()
        self.field = field
        self.addItem("", None)
        for one in field.values:
            self.addItem(one, one)
        self.activated.connect(self._picked)

    def _picked(self, _index: int) -> None:
        self.typed.emit()
        self.left.emit()

    def show_value(self, value: object, _words: str = "") -> None:
        several = value is SEVERAL
        self.setPlaceholderText(_("〈多个值〉") if several else "")
        index = 0 if several or value is None else self.findData(value)
        if index < 0:
            self.addItem(str(value), value)
            index = self.count() - 1
        self.setCurrentIndex(-1 if several else index)

    def read(self) -> Value:
        found: Value = self.currentData()
        return found

    def set_read_only(self, on: bool) -> None:
        self.setEnabled(not on)

    def can_undo(self) -> bool:
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            self.entered.emit()
            return
        super().keyPressEvent(event)


class _Chip(QToolButton):
    """One word that is on or off. One Tab reaches the first; arrows go from chip to chip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setObjectName("valuechip")
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key()), 0
        )
        holder = self.parentWidget()
        if step and isinstance(holder, ChipsInput):
            chips = holder.chips
            chips[(chips.index(self) + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(holder, ChipsInput):
            holder.entered.emit()
            return
        super().keyPressEvent(event)


class ChipsInput(QWidget):
    """Several of a list, joined by 、 in the list's order; or 是 / 否, of which a second click leaves neither."""

    typed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__()
        self.field = field
        self.chips: list[_Chip] = []
        self._flow = FlowLayout(self, spacing=theme().px(5), margin=0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for one in (_("是"), _("否")) if field.type == "boolean" else field.values:
            self._add(one)
        self.setFocusProxy(self.chips[0])

    def _add(self, text: str) -> None:
        chip = _Chip(text)
        chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus if self.chips else Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda _on, chip=chip: self._clicked(chip))
        self.chips.append(chip)
        self._flow.addWidget(chip)

    def _clicked(self, chip: _Chip) -> None:
        if self.field.type == "boolean" and chip.isChecked():
            for one in self.chips:
                one.setChecked(one is chip)
        self.typed.emit()
        self.left.emit()

    def show_value(self, value: object, _words: str = "") -> None:
        if self.field.type == "boolean":
            chosen = [] if value is None or value is SEVERAL else [_("是") if value else _("否")]
        else:
            chosen = [] if value is SEVERAL or not isinstance(value, str) else split_list(value)
        for one in chosen:
            if one not in [chip.text() for chip in self.chips]:  # a value that another program stored
                self._add(one)
        for chip in self.chips:
            chip.setChecked(chip.text() in chosen)
        self.setToolTip(_("〈多个值〉") if value is SEVERAL else "")

    def read(self) -> Value:
        chosen = [one.text() for one in self.chips if one.isChecked()]
        if self.field.type == "boolean":
            return None if not chosen else chosen[0] == _("是")
        return LIST_SEPARATOR.join(chosen) or None

    def set_read_only(self, on: bool) -> None:
        for one in self.chips:
            one.setEnabled(not on)

    def can_undo(self) -> bool:
        return False


def input_for(field: FieldDefinition) -> LineInput | LongInput | ChoiceInput | ChipsInput:
    """The widget for a field's type; references have their own (`reference_input`)."""
    if field.type == "boolean" or (field.type == "list" and field.values):
        return ChipsInput(field)
    if field.values:
        return ChoiceInput(field)
    return LongInput(field) if field.multiline else LineInput(field)


def calendar_button(line: LineInput) -> QToolButton:
    """Opens a calendar on the day that stands in `line`; 今天 is a button of its own."""
    made = icon_button("calendar", _("从日历选"))
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(made)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    calendar = QCalendarWidget()
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    column.addWidget(calendar)

    def chosen(day: QDate) -> None:
        menu.close()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.setText(day.toString("yyyy-MM-dd"))
        line.typed.emit()
        line.left.emit()

    column.addWidget(button(_("今天"), lambda: chosen(QDate.currentDate()), size="small"))
    calendar.clicked.connect(chosen)
    action = QWidgetAction(menu)
    action.setDefaultWidget(holder)
    menu.addAction(action)

    def opened() -> None:
        day = QDate.fromString(str(line.read() or ""), "yyyy-MM-dd")
        calendar.setSelectedDate(day if day.isValid() else QDate.currentDate())

    menu.aboutToShow.connect(opened)
    made.setMenu(menu)
    return made
