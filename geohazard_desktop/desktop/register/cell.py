"""The editor over a cell: the field's own editor of the form, with the keys of a spreadsheet."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from geohazard_desktop.desktop.forms.field_editors import FieldEditor
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.feature import Value

Key, Mod = Qt.Key, Qt.KeyboardModifier


class CellEditor(QFrame):
    """`stored` (how to go on: down, up, right, left, stay, all) when a sound value is to be stored; `left` when the
    hand went elsewhere; `given_up` by Esc. What can't stand keeps the editor open, with the sentence below it."""

    stored = Signal(str)
    left = Signal()
    given_up = Signal()

    def __init__(self, editor: FieldEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("celledit")
        self.setAutoFillBackground(True)
        self.editor = editor
        editor.holding = True  # the table stores, with the row that the cell had when the editor was opened
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(editor)
        self._keys = editor.input.focusProxy() or editor.input
        self.setFocusProxy(self._keys)
        self._keys.installEventFilter(self)
        editor.typed.connect(lambda _name: QTimer.singleShot(0, self, self._grow))
        if isinstance(self._keys, QComboBox):
            self._keys.activated.connect(lambda _index: self._store("stay"))
        self._done = False

    def begin(self, event: QKeyEvent) -> None:
        """The key that opened the editor is the first of the new text."""
        if isinstance(self._keys, QLineEdit | QPlainTextEdit):
            self._keys.selectAll()
        QApplication.sendEvent(self._keys, event)

    def value(self) -> Value:
        return self.editor.value()

    def fault(self) -> str:
        """What is wrong with what stands in the editor; "" when it may be stored. An empty required cell is told."""
        self.editor.holding = False
        told = self.editor.error()
        self.editor.holding = True
        return told

    def _grow(self) -> None:
        """Room for the sentence below, upwards where the table ends."""
        if self._done:
            return
        wanted = max(self.sizeHint().height(), theme().px(42))
        parent = self.parentWidget()
        room = parent.height() if parent is not None else wanted
        top = min(self.y(), max(0, room - wanted))
        self.setGeometry(self.x(), top, self.width(), wanted)

    def _store(self, onward: str) -> None:
        if self._done:
            return
        if self.fault():
            self.editor.settle()
            self._grow()
            return
        self._done = True
        self.stored.emit(onward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._pressed(event):
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Key.Key_Escape
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut and not self._done:
            QTimer.singleShot(0, self, self._look_away)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & Mod.ShiftModifier)
        if key in (Key.Key_Return, Key.Key_Enter):
            if isinstance(self._keys, QPlainTextEdit) and event.modifiers() & (Mod.AltModifier | Mod.ShiftModifier):
                self._keys.insertPlainText("\n")  # as in a spreadsheet; Enter alone is done with the cell
            elif event.modifiers() & Mod.ControlModifier:
                self._store("all")
            else:
                self._store("up" if shift else "down")
        elif key in (Key.Key_Tab, Key.Key_Backtab):
            self._store("left" if key == Key.Key_Backtab or shift else "right")
        elif key == Key.Key_Escape:
            self._done = True
            self.given_up.emit()
        else:
            return False
        return True

    def _look_away(self) -> None:
        if self._done or QApplication.activePopupWidget() is not None:
            return
        focus = QApplication.focusWidget()
        if focus is not None and (focus is self or self.isAncestorOf(focus)):
            return
        self._done = True
        self.left.emit()
