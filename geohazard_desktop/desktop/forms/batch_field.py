"""One field of a batch edit: what it has in common, and what is to be done to it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import FieldEditor, read_value
from geohazard_desktop.desktop.forms.field_inputs import LineInput
from geohazard_desktop.desktop.maps.calm import CalmCombo
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.edits import Change, copy_sources, ways_for
from geohazard_desktop.workspace.feature import Value

WAYS = {
    "set": _("改为"),
    "clear": _("清空"),
    "append": _("在后面加"),
    "replace": _("替换文字"),
    "add": _("加上一个数"),
    "copy": _("取自另一项"),
}


class BatchField(QWidget):
    """`changed` with every step of the hand. Nothing is stored here."""

    changed = Signal()

    def __init__(self, definition: LayerDefinition, editor: FieldEditor) -> None:
        super().__init__()
        self.field: FieldDefinition = editor.field
        self.editor = editor
        editor.holding = True
        self._definition = definition
        self.way = "set"
        self._made: QWidget | None = None
        self._read: Callable[[], Change | None] = lambda: None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(3))
        self.ways = QToolButton()
        self.ways.setObjectName("statechip")
        self.ways.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.ways)
        for way in ways_for(definition, self.field.name):
            menu.addAction(WAYS[way]).triggered.connect(lambda _on=False, way=way: self.take(way))
        self.ways.setMenu(menu)
        self.ways.setAccessibleName(_("{title}怎么改").format(title=self.field.title))
        editor.add_to_head(self.ways)
        column.addWidget(editor)
        self._below = QVBoxLayout()
        column.addLayout(self._below)
        editor.typed.connect(lambda _name: self._settle())
        self.take("set")

    def take(self, way: str) -> None:
        """Another way of changing: its own inputs take the place of the value's."""
        self.way = way
        if self._made is not None:
            self._made.hide()
            self._made.deleteLater()
            self._made = None
        self.editor.show_input(way == "set")
        if way != "set":
            self._made = self._inputs(way)
            self._below.addWidget(self._made)
        self._settle()

    def _inputs(self, way: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        if way == "clear":
            row.addWidget(label(_("清空这一项。"), "note"), 1)
            self._read = lambda: Change(self.field.name, "clear")
        elif way == "append":
            more = self._line(row, _("加在后面的文字"))
            self._read = lambda: Change(self.field.name, "append", more.text()) if more.text() else None
        elif way == "replace":
            old, new = self._line(row, _("把")), self._line(row, _("换成（可空）"))
            self._read = lambda: Change(self.field.name, "replace", new.text(), old.text()) if old.text() else None
        elif way == "add":
            amount = LineInput(self.field)
            amount.setPlaceholderText(_("如 5，减去写 -5"))
            amount.setAccessibleName(_("加上"))
            amount.typed.connect(self._settle)
            row.addWidget(amount, 1)
            self._read = lambda: self._amount(amount)
        else:
            combo = CalmCombo()
            combo.addItem(_("选一项"), None)
            for one in copy_sources(self._definition, self.field.name):
                combo.addItem(one.title, one.name)
            combo.activated.connect(lambda _index: self._settle())
            row.addWidget(combo, 1)
            self._read = lambda: Change(self.field.name, "copy", combo.currentData()) if combo.currentData() else None
        return holder

    def _line(self, row: QHBoxLayout, grey: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(grey)
        made.setAccessibleName(f"{self.field.title} {grey}")
        made.textEdited.connect(lambda _text: self._settle())
        row.addWidget(made, 1)
        return made

    def _amount(self, line: LineInput) -> Change | None:
        value: Value = read_value(self.field, line.text())
        return None if value is None or isinstance(value, str | bool) else Change(self.field.name, "add", value)

    def change(self) -> Change | None:
        """What is to be done; None where nothing is, or where what was typed may not stand."""
        if self.way != "set":
            return self._read()
        if not self.editor.dirty() or self.editor.error():
            return None
        value = self.editor.value()
        if value is None:
            return None if self.field.required else Change(self.field.name, "clear")
        return Change(self.field.name, "set", value)

    def fault(self) -> str:
        return self.editor.error() if self.way == "set" and self.editor.dirty() else ""

    def revert(self) -> None:
        self.take("set")
        self.editor.revert()

    def _settle(self) -> None:
        self.ways.setText(f"{WAYS[self.way]} ▾")
        self.ways.setProperty("state", "same" if self.change() is not None else "")
        self.ways.style().unpolish(self.ways)
        self.ways.style().polish(self.ways)
        self.changed.emit()
