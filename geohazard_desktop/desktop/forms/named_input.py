"""A line whose text is usually one of a few names (街道): they are offered; other text may be typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from geohazard_desktop.common.pinyin import matches
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_inputs import LineInput
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Value

Names = Callable[[], Sequence[str]]


class NamedInput(LineInput):
    """`names` is asked each time the list opens: a click, an arrow key or typing opens it."""

    def __init__(self, field: FieldDefinition, names: Names) -> None:
        super().__init__(field)
        self._names = names
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        completer.setWidget(self)
        completer.activated.connect(self._chosen)
        self._completer = completer
        self._open = self.addAction(icon("chevron-down", "text2"), QLineEdit.ActionPosition.TrailingPosition)
        self._open.setToolTip(_("从名单里选"))
        self._open.triggered.connect(lambda _on=False: self.offer())
        self.textEdited.connect(self.offer)

    def offer(self, text: str = "") -> None:
        """Open the list: all names, or those that fit what is typed."""
        if self.isReadOnly():
            return
        fitting = [one for one in self._names() if not text.strip() or matches(one, text.strip())]
        self._model.setStringList(fitting)
        popup = self._completer.popup()
        popup.setObjectName("choices")
        if fitting:
            self._completer.complete()
        else:
            popup.hide()

    def _chosen(self, name: str) -> None:
        self.setText(name)
        self.typed.emit()
        self.left.emit()

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self._open.setVisible(not on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.offer()

    def read(self) -> Value:
        """The name that typed letters of pinyin can only mean; else the text as it stands."""
        value = super().read()
        if isinstance(value, str) and value.isascii() and value.isalpha():
            fitting = [one for one in self._names() if matches(one, value)]
            return fitting[0] if len(fitting) == 1 else value
        return value

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._completer.popup().hide()
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.isReadOnly():
            self.offer()
            return
        super().keyPressEvent(event)
