"""A field that names another feature: typed by name, number or pinyin, nearest first; or pointed at on the map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from geohazard_desktop.common.pinyin import matches
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.field_inputs import SEVERAL
from geohazard_desktop.desktop.parts import icon_button
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Value

_MOST = 40
_WIDEST = 460
_UID = int(Qt.ItemDataRole.UserRole)
_WORDS = _UID + 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One feature that can be named. `metres` from the feature whose form it is; None where either has no place."""

    uid: str
    words: str
    metres: float | None = None


Choices = Callable[[str], Sequence[Choice]]  # target layer -> what can be named, nearest first


class _Line(QLineEdit):
    asked = Signal()
    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.isReadOnly():
            self.asked.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()


class ReferenceInput(QWidget):
    """`asked` carries pick, zoom or new: what a button beside the line wants done."""

    typed = Signal()
    left = Signal()
    entered = Signal()
    asked = Signal(str)

    def __init__(self, field: FieldDefinition, choices: Choices, *, buttons: bool = True) -> None:
        super().__init__()
        self.field = field
        self._choices = choices
        self._loaded: Sequence[Choice] | None = None
        self._value: str | None = None  # chosen, None while what is typed names nothing
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(2))
        self.line = _Line()
        self.line.setPlaceholderText(_("键入名称、编号或拼音首字母"))
        self.setFocusProxy(self.line)
        row.addWidget(self.line, 1)
        self.buttons = {}
        if buttons:
            for what, icon, told in (
                ("pick", "locate", _("在图上点选")),
                ("zoom", "zoom-selection", _("在图上看它")),
                ("new", "plus", _("新画一个，画好后填到这里")),
            ):
                made = icon_button(icon, told, lambda what=what: self.asked.emit(what))
                made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
                self.buttons[what] = made
                row.addWidget(made)
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_WORDS)
        completer.setMaxVisibleItems(10)
        completer.setWidget(self.line)
        completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]
        self._completer = completer
        self.line.textEdited.connect(self._edited)
        self.line.asked.connect(self._offer)
        self.line.editingFinished.connect(self._finished)
        self.line.entered.connect(self.entered.emit)

    # -- choosing --------------------------------------------------------------------------------------------------

    def setAccessibleName(self, name: str) -> None:
        """The line is what takes the keyboard, so it speaks."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _load(self) -> Sequence[Choice]:
        # References are read when they are asked for: an office has thousands of households.
        if self._loaded is None:
            self._loaded = self._choices(self.field.target)
        return self._loaded

    def _offer(self, text: str | None = None) -> None:
        if self.line.isReadOnly():
            return
        found = self._load()
        typed = (text or "").strip()
        fitting = [one for one in found if not typed or matches(one.words, typed)][:_MOST]
        self._model.clear()
        for one in fitting:
            far = "" if one.metres is None else f"　{words.length(one.metres)}"
            item = QStandardItem(f"{one.words}{far}")
            item.setData(one.uid, _UID)
            item.setData(one.words, _WORDS)
            self._model.appendRow(item)
        if fitting:
            popup = self._completer.popup()
            popup.setObjectName("choices")
            # Wide enough for names with their distance, which a narrow dock's field is not.
            wide = min(popup.sizeHintForColumn(0) + theme().px(40), theme().px(_WIDEST))
            self._completer.complete(QRect(0, 0, max(self.width(), wide), self.line.height()))
        else:
            self._completer.popup().hide()

    def _edited(self, text: str) -> None:
        self._value = None
        self.typed.emit()
        self._offer(text)

    def _chosen(self, index: QModelIndex) -> None:
        self._value = str(index.data(_UID))
        self.line.setText(str(index.data(_WORDS)))
        self.typed.emit()
        self.left.emit()

    def _finished(self) -> None:
        popup = self._completer.popup()
        if not popup.isVisible():  # choosing from the list is not leaving
            self.left.emit()

    def _named(self) -> str | None:
        """The one choice that the typed text names: its words, its number, or the only one that fits."""
        text = self.line.text().strip()
        if not text:
            return None
        exact = [one for one in self._load() if text in (one.words, *one.words.split("　"))]
        fitting = exact or [one for one in self._load() if matches(one.words, text)]
        return fitting[0].uid if len(fitting) == 1 else None

    # -- values ----------------------------------------------------------------------------------------------------

    def show_value(self, value: object, shown: str = "") -> None:
        several = value is SEVERAL
        self._value = None if several or not value else str(value)
        self._loaded = None
        self.line.setText("" if several or not value else shown or str(value))
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(_("〈多个值〉") if several else _("键入名称、编号或拼音首字母"))
        self._settle()

    def _settle(self) -> None:
        if "zoom" in self.buttons:
            self.buttons["zoom"].setEnabled(self._value is not None)

    def read(self) -> Value:
        """The uid; text that names nothing stays text, and is a fault."""
        text = self.line.text().strip()
        if not text:
            return None
        if self._value is None:
            self._value = self._named()
        return self._value or text

    def fault(self) -> str:
        text = self.line.text().strip()
        if not text or self.read() == self._value:
            return ""
        count = sum(matches(one.words, text) for one in self._load())
        if count > 1:
            return _("“{text}”有 {count} 个，请从列表里选一个。").format(text=text, count=count)
        return _("没有叫“{text}”的，请从列表里选。").format(text=text)

    def text(self) -> str:
        return self.line.text()

    def set_read_only(self, on: bool) -> None:
        self.line.setReadOnly(on)
        for what, made in self.buttons.items():
            made.setVisible(what == "zoom" or not on)

    def can_undo(self) -> bool:
        return self.line.isUndoAvailable()
