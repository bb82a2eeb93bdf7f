"""The bar of numbers under the map: what the tool in the hand can be told instead of a drag (移动, 旋转, 缩放)."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.numbers import Numbers
from geohazard_desktop.editing.tool import Tool


class NumbersBar(QFrame):
    """Shown for as long as the tool takes numbers. Enter does it, Esc goes back to the map."""

    def __init__(self, canvas: QWidget, done: Callable[[], object]) -> None:
        super().__init__(canvas)
        self.setObjectName("float")
        self._canvas, self._done = canvas, done
        self._tool: Tool | None = None
        self._numbers: Numbers | None = None
        self.edits: dict[str, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(12), theme().px(8), theme().px(12), theme().px(8))
        column.setSpacing(theme().px(4))
        self._row = QHBoxLayout()
        self._row.setSpacing(theme().px(8))
        column.addLayout(self._row)
        self.fault = label("", "error", wrap=True)
        column.addWidget(self.fault)
        self.switch = QCheckBox()
        self.hide()

    def show_tool(self, tool: Tool | None) -> None:
        """The tool in the hand took a step, or it is another one."""
        numbers = tool.numbers() if tool is not None else None
        before, self._tool, self._numbers = self._numbers, tool, numbers
        if numbers == before or (numbers and before and replace(numbers, first="") == replace(before, first="")):
            return  # what stands in the fields stays
        self.setVisible(numbers is not None)
        if numbers is not None:
            self._build(numbers)
            self.place()

    def _build(self, numbers: Numbers) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.edits = {}
        for one in numbers.fields:
            self._row.addWidget(label(one.title, "label"))
            edit = QLineEdit()
            edit.setPlaceholderText(one.example)
            edit.setAccessibleName(one.title)
            edit.setFixedWidth(theme().px(92))
            edit.returnPressed.connect(self._take)
            edit.textEdited.connect(lambda _text: self._say(""))
            self._row.addWidget(edit)
            self.edits[one.key] = edit
        self.switch = QCheckBox(numbers.switch)
        if numbers.switch:
            self._row.addWidget(self.switch)
        self._row.addWidget(button(numbers.verb, self._take, primary=True, size="small"))
        for index in range(self._row.count()):
            self._row.itemAt(index).widget().show()  # else they have no size before the next turn of the event loop
        self._say("")

    def ask(self, begun: str = "") -> bool:
        """The keyboard goes to the first field, with `begun` in it where a number was begun over the map. False where
        the tool takes no numbers."""
        if self.isHidden() or not self.edits or self._numbers is None:
            return False
        first = self.edits[self._numbers.first or next(iter(self.edits))]
        first.setFocus()
        if begun:
            for one in self.edits.values():
                one.clear()
            first.setText(begun)
            self._say("")
        else:
            first.selectAll()
        return True

    def _take(self) -> None:
        if self._tool is None:
            return
        try:
            texts = {key: one.text() for key, one in self.edits.items()}
            done = self._tool.take_numbers(texts | ({"switch": "1"} if self.switch.isChecked() else {}))
        except GeohazardError as error:
            self._say(str(error))
            return
        if done:
            for one in self.edits.values():
                one.clear()
            self._canvas.setFocus()
        self._done()

    def _say(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.place()

    def place(self) -> None:
        """In the middle, above the scale."""
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
        self.adjustSize()
        left = max(0, (self._canvas.width() - self.width()) // 2)
        self.move(left, self._canvas.height() - self.height() - theme().px(62))
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            for one in self.edits.values():
                one.clear()
            self._say("")
            self._canvas.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # a field has done it; the map would do it a second time
        else:
            super().keyPressEvent(event)
