"""One editor for each field: its title and marks, the right widget, and what is wrong right under it.

`editor_for(field, …)` makes one for a form; `bare=True` leaves the title away, for a cell of a table. All speak alike:
`value()`, `set_value()`, `error()`, `committed` when a sound value may be stored.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_inputs import (
    SEVERAL,
    ChipsInput,
    ChoiceInput,
    LineInput,
    LongInput,
    calendar_button,
    input_for,
)
from geohazard_desktop.desktop.forms.field_values import read_value, value_text
from geohazard_desktop.desktop.forms.named_input import NamedInput
from geohazard_desktop.desktop.forms.reference_input import Choice, Choices, ReferenceInput
from geohazard_desktop.desktop.icons import pixmap
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.parts import label, restyle, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.automatic import Automatic
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits import value_fault
from geohazard_desktop.workspace.feature import Value

__all__ = ["SEVERAL", "CalmCombo", "Choice", "FieldEditor", "Judges", "editor_for", "read_value", "value_text"]

Doubt = Callable[[FieldDefinition, Value], str]
AnyInput = LineInput | LongInput | ChoiceInput | ChipsInput | ReferenceInput


@dataclass(frozen=True, slots=True)
class Judges:
    """What the workspace says of a field's value, beside its type. `doubt` is a sentence about one that may stand but
    looks wrong, `fault` about one that may not; `names` gives what a text is usually chosen from, None for any text."""

    doubt: Doubt | None = None
    fault: Doubt | None = None
    names: Callable[[FieldDefinition], Sequence[str] | None] | None = None


def editor_for(
    field: FieldDefinition,
    *,
    personal: bool = False,
    choices: Choices | None = None,
    judges: Judges | None = None,
    bare: bool = False,
) -> "FieldEditor":
    """The editor of a field. `choices` give what a reference can name, `judges` what the workspace says of a value."""
    judges = judges or Judges()
    return FieldEditor(field, personal=personal, choices=choices or (lambda _layer: ()), judges=judges, bare=bare)


class FieldEditor(QWidget):
    """`committed` carries the field's name and its new value, only when it may stand there; `typed` is sent with every
    change by hand; `asked` carries the field's name and pick, zoom or new; `automatic_asked` the name; `gone_on`
    the name on Enter, when nothing keeps the hand here."""

    committed = Signal(str, object)
    typed = Signal(str)
    asked = Signal(str, str)
    automatic_asked = Signal(str)
    gone_on = Signal(str)

    def __init__(
        self,
        field: FieldDefinition,
        *,
        personal: bool = False,
        choices: Choices,
        judges: Judges,
        bare: bool = False,
    ) -> None:
        super().__init__()
        self.field = field
        self._judges = judges
        self._shown: object = None
        self._untouched: object = None  # how the widget says what was shown: 降雨、采矿 where the file has 采矿、降雨
        self._words = ""
        self._automatic: Automatic | None = None
        self._automatic_words = ""
        self.read_only = False
        self.holding = False  # batch edit: nothing is stored on leaving, the form stores all at once
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(3))
        self.chip = QToolButton()
        self.chip.setObjectName("statechip")
        self.chip.hide()
        self.chip.clicked.connect(lambda _on=False: self.automatic_asked.emit(self.field.name))
        self.title = label(field.title, "label")
        if not bare:
            column.addLayout(self._head(personal))
        self.input = self._made_input(choices, bare=bare)
        self.title.setBuddy(self.input)
        words = field.title + (f"（{field.unit}）" if field.unit else "")
        self.input.setAccessibleName(words)
        self._explain()
        row = QHBoxLayout()
        row.setSpacing(theme().px(4))
        row.addWidget(self.input, 1)
        if isinstance(self.input, LineInput) and field.type == "date":
            self._calendar = calendar_button(self.input)
            row.addWidget(self._calendar)
        column.addLayout(row)
        self.fault, self.note = _Told("error"), _Told("warning")
        column.addWidget(self.fault)
        column.addWidget(self.note)
        self._changed_elsewhere = ""
        self.input.typed.connect(self._typed)
        self.input.left.connect(self.commit)
        self.input.entered.connect(self._enter)
        if isinstance(self.input, ReferenceInput):
            self.input.asked.connect(lambda what: self.asked.emit(self.field.name, what))
        self._focused().installEventFilter(self)

    def _made_input(self, choices: Choices, *, bare: bool) -> AnyInput:
        field, names = self.field, self._judges.names
        if field.type == "reference":
            return ReferenceInput(field, choices, buttons=not bare)
        if names is not None and names(field) is not None:
            return NamedInput(field, lambda: names(field) or ())
        return input_for(field)

    def _head(self, personal: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme().px(4))
        head.addWidget(self.title)
        if self.field.required:
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
        head.addWidget(self.chip)
        self._head_row = head
        return head

    def add_to_head(self, widget: QWidget) -> None:
        """A further button behind the title."""
        self._head_row.addWidget(widget)

    def show_input(self, on: bool) -> None:
        """Hide the value's own widget where another way of changing takes its place."""
        self.input.setVisible(on)
        if hasattr(self, "_calendar"):
            self._calendar.setVisible(on and not self.read_only)

    def _explain(self) -> None:
        field = self.field
        told = [field.help] if field.help else []
        if field.minimum is not None or field.maximum is not None:
            low = "" if field.minimum is None else _("不小于 {limit:g}").format(limit=field.minimum)
            high = "" if field.maximum is None else _("不大于 {limit:g}").format(limit=field.maximum)
            told.append("，".join(part for part in (low, high) if part) + (f" {field.unit}" if field.unit else ""))
        if field.type == "date":
            told.append(_("可键入 2026-07-18、20260718、2026 年 7 月 18 日，或“今天”“昨天”"))
        if field.multiline:
            told.append(_("Ctrl+Enter 存下并到下一项"))
        words = "。\n".join(one.rstrip("。") for one in told)
        self.title.setToolTip(words)
        self.input.setToolTip(words)

    def tab_stops(self) -> list[QWidget]:
        """What Tab reaches here, in order."""
        return [self._focused(), self.chip]

    def _focused(self) -> QWidget:
        proxy = self.input.focusProxy()
        return proxy if proxy is not None else self.input

    # -- values ----------------------------------------------------------------------------------------------------

    def show_value(self, value: object, words: str = "") -> None:
        """Show what is on disk; `words` are the referred feature's. `SEVERAL` shows that the features differ."""
        self._shown, self._words = value, words
        self._changed_elsewhere = ""
        self.input.show_value(value, words)
        self._untouched = self.input.read()
        self.settle()

    def set_value(self, value: Value, words: str = "") -> None:
        """Put a value in as if it had been typed: not stored yet."""
        self.input.show_value(value, words)
        self.settle()

    def value(self) -> Value:
        """What the widget says, in the type of the field; text that can't be read stays text, and is a fault."""
        return self.input.read()

    def dirty(self) -> bool:
        """Whether something stands here that is not what is on disk. Only a hand makes it so: a value that the widget
        spells otherwise than the file does is left as the file has it."""
        now = self.input.read()
        if self._shown is SEVERAL:
            return now is not None
        return now not in (self._untouched, None if self._shown == "" else self._shown)

    def error(self) -> str:
        """What is wrong with what stands here, as a sentence; "" when it may be stored."""
        if self._shown is SEVERAL and not self.dirty():
            return ""
        value = self.value()
        if value is None:
            return _("还没有填。") if self.field.required and not self.read_only and not self.holding else ""
        if isinstance(self.input, ReferenceInput):
            return self.input.fault()
        fault = value_fault(self.field, value)
        if fault:
            return f"{fault}。"
        judge = self._judges.fault
        return judge(self.field, value) if judge is not None and self.dirty() else ""

    def commit(self) -> None:
        """Store what was typed, if it is new and sound; else it stays, with its fault under it."""
        if self.read_only or self.holding:
            return
        if not self.dirty():
            if self._shown is not SEVERAL and isinstance(self.input, LineInput):
                self.input.setText(value_text(self.field, self._shown))  # 2026/7/18 typed over itself
            return
        if self.error():
            self.settle()
            return
        value = self.value()
        self._shown = value
        words = self.input.text() if isinstance(self.input, ReferenceInput) else ""
        if isinstance(self.input, LineInput | ReferenceInput):
            self.input.show_value(value, words)  # in the form's own spelling; a further Ctrl+Z undoes the step
        self._untouched = self.input.read()
        self.committed.emit(self.field.name, value)
        self.settle()

    def revert(self) -> None:
        """Take the typing back: what is on disk stands here again."""
        self.show_value(self._shown, self._words)
        self.typed.emit(self.field.name)

    def changed_elsewhere(self, value: object, words: str) -> None:
        """Another window changed the field while something is being typed here: said, not overwritten."""
        self._shown, self._words = value, words
        shown = words or (value_text(self.field, value) if value is not None else "")
        self._changed_elsewhere = (
            _("别处刚把它改成“{value}”。存下会盖过它，按 Esc 用它。").format(value=shown)
            if shown
            else _("别处刚把它清空了。存下会盖过它，按 Esc 用它。")
        )
        self.settle()

    # -- what is told ----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Show the fault, the doubt and the chip that belong to what stands in the widget now."""
        fault = self.error()
        self.fault.set_text(fault)
        target = self._focused() if isinstance(self.input, ReferenceInput) else self.input
        if bool(target.property("wrong")) != bool(fault):
            restyle(target, wrong=bool(fault))
        value = None if fault else self.value()
        judge = self._judges.doubt
        doubt = judge(self.field, value) if judge is not None and value is not None else ""
        note = self._changed_elsewhere or doubt
        self.note.set_text(note)
        self._settle_chip()

    def set_automatic(self, automatic: Automatic | None, words: str = "") -> None:
        """What the field would say by itself; `words` are how the value is shown."""
        self._automatic, self._automatic_words = automatic, words
        self._settle_chip()

    def _settle_chip(self) -> None:
        known = self._automatic
        self.chip.setVisible(known is not None)
        if known is None:
            return
        value = self.value()
        words = self._automatic_words
        same = value == known.value
        if same:
            text, told = _("自动"), _("{reason}。改掉就成手填。").format(reason=known.reason)
        elif value is None:
            text = _("填入 {value}").format(value=words)
            told = _("自动值 {value}：{reason}。点一下填进去。").format(value=words, reason=known.reason)
        else:
            text = _("手填")
            told = _("自动值是 {value}：{reason}。点一下改回。").format(value=words, reason=known.reason)
        self.chip.setText(text)
        self.chip.setToolTip(told)
        self.chip.setAccessibleName(f"{self.field.title} {text}")
        self.chip.setEnabled(not same and not self.read_only)
        restyle(self.chip, state="same" if same else ("empty" if value is None else "typed"))

    def set_read_only(self, on: bool, reason: str = "") -> None:
        self.read_only = on
        self.input.set_read_only(on)
        if reason:
            self.input.setToolTip(reason)
        if hasattr(self, "_calendar"):
            self._calendar.setVisible(not on)
        self.settle()

    # -- keys ------------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self.settle()
        self.typed.emit(self.field.name)

    def _enter(self) -> None:
        """Enter stores and goes on; with a fault the hand stays where it is to mend."""
        if not self.holding:
            self.commit()
        if not self.error() or not self.dirty():
            self.gone_on.emit(self.field.name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape and self.dirty() and not self.read_only:
            if kind == QEvent.Type.KeyPress:
                self.revert()
            event.accept()
            return True
        undo = kind == QEvent.Type.ShortcutOverride and event.matches(QKeySequence.StandardKey.Undo)
        if undo and not self.input.can_undo():
            event.ignore()  # nothing typed: the key is the history's
            return True
        return super().eventFilter(watched, event)


class _Told(QWidget):
    """A sentence below a field with the sign of its severity. Most fields never have one, so its parts are made when
    the first one comes: a long form has a hundred of these."""

    def __init__(self, severity: str) -> None:
        super().__init__()
        self._severity = severity
        self._words: QLabel | None = None
        self.setVisible(False)

    def text(self) -> str:
        return "" if self._words is None else self._words.text()

    def set_text(self, text: str) -> None:
        """Show a sentence, or nothing."""
        if self._words is None and text:
            row = QHBoxLayout(self)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme().px(4))
            row.addWidget(severity_label(self._severity, 13), 0, Qt.AlignmentFlag.AlignTop)
            self._words = label("", "error" if self._severity == "error" else "reminder", wrap=True)
            row.addWidget(self._words, 1)
        if self._words is not None:
            self._words.setText(text)
            self.setVisible(bool(text))
