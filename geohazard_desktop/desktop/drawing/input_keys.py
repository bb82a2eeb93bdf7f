"""What a key means where it is pressed: a letter in a field is the field's, a key that can do nothing says why, and
while papers are in sight no key of a tool changes the map behind them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.commands import BY_ID, Command

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_INPUTS = (
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
)
_HARMLESS = ("tool.select", "tool.pan", "tool.zoom_box", "tool.identify", "tool.measure")
_HANDS = ("draw", "shape")  # menus whose commands change the map or take a tool
_QUIET = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backspace)


class InputKeys(QObject):
    """Looks at keys before they become commands (ShortcutOverride reaches the window when no part took it)."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._by_keys: dict[str, str] = {}
        window.installEventFilter(self)
        window.map.desk.still = lambda: window.stage == "publish"

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        holder = QApplication.focusWidget()
        plain = _plain(event)
        if plain and is_input(holder):
            event.accept()
            return True
        command = self._command(event)
        if command is None or event.key() in _QUIET:
            return False
        reason = command.reason(self._window.center.situation)
        if reason and (plain or holder is self._window.map.canvas):
            self._window.center.refused.emit(f"{command.label}：{reason}")
        elif plain and not self._welcome(command):
            words = _("出图这一步，按键不改图。要用“{name}”，请先回到画图的一步，如 Ctrl+2。")
            self._window.banner.say("info", words.format(name=command.label))
            event.accept()
            return True
        return False

    def _welcome(self, command: Command) -> bool:
        """Whether a key without Ctrl may do this now: over papers nothing that takes a tool of the map."""
        window = self._window
        if window.stage != "publish" or (command.menu not in _HANDS and command.kind != "tool"):
            return True
        on_map = window.pages.currentWidget() is window.map
        if command.id == "tool.labels":
            return not on_map  # names are moved on the paper itself
        return on_map and command.id in _HARMLESS

    def _command(self, event: QKeyEvent) -> Command | None:
        if not self._by_keys:
            for id, action in self._window.center.actions.items():
                for one in action.shortcuts():
                    self._by_keys[one.toString(QKeySequence.SequenceFormat.PortableText)] = id
        keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        return BY_ID.get(self._by_keys.get(keys, ""))


def is_input(holder: QWidget | None) -> bool:
    """Whether letters typed at `holder` mean something there."""
    return isinstance(holder, _INPUTS)


def _plain(event: QKeyEvent) -> bool:
    """A letter, digit or sign, with nothing held but Shift."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return held == Qt.KeyboardModifier.NoModifier and bool(event.text()) and event.text().isprintable()
