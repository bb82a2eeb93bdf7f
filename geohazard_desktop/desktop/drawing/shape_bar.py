"""The options of a tool that has some (distance, tolerance, layer …), in a bar over the map; each change is seen there
at once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.drawing.tool_desk import ToolDesk
from geohazard_desktop.desktop.parts import FlowLayout, button, icon_button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.constraint import parse_length
from geohazard_desktop.editing.shape_options import OffsetTool, Option, OptionsTool, OptionValue

_MOST_ROUNDS = 4  # a fifth round moves a corner by a thousandth of its side


class ShapeBar(QFrame):
    """Follows the tool in the hand; hidden while it has no options."""

    def __init__(self, canvas: QWidget, desk: ToolDesk) -> None:
        super().__init__(canvas)
        self.setObjectName("float")
        self._canvas, self._desk = canvas, desk
        self._tool: OptionsTool | None = None
        self._shown: tuple[object, ...] = ()
        self.fields: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(14), theme().px(8), theme().px(8), theme().px(10))
        column.setSpacing(theme().px(6))
        head = QHBoxLayout()
        self.title = label("", "strong")
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(icon_button("close", _("放下这个工具（Esc）"), self._leave))
        column.addLayout(head)
        self._fields = QWidget()
        self._row = FlowLayout(self._fields, spacing=theme().px(8), margin=0)
        column.addWidget(self._fields)
        foot = QHBoxLayout()
        foot.setSpacing(theme().px(10))
        self.note = label("", "note", wrap=True)
        foot.addWidget(self.note, 1)
        self.take = button("", self._apply, primary=True, size="small")
        foot.addWidget(self.take, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)
        self.hide()
        desk.changed.connect(self._follow)

    def _follow(self) -> None:
        tool = self._desk.tool
        if not isinstance(tool, OptionsTool):
            self._tool, self._shown = None, ()
            self.hide()
            return
        options = tool.options()
        shape = (id(tool), tuple((one.key, one.kind, one.choices) for one in options))
        if shape != self._shown:
            fresh = tool is not self._tool
            self._tool, self._shown = tool, shape
            self._build()
            for one in options:
                self._show_value(one)
            if fresh and tool.action():
                self._focus_first()
        for one in options:
            self._show_value(one)
        self.title.setText(tool.title)
        self.note.setText(tool.note() or tool.hint())
        words = tool.action()
        self.take.setText(words)
        self.take.setVisible(bool(words))
        edit = tool.made()
        self.take.setEnabled(edit is not None and bool(edit.deltas))
        self._fit()

    def _build(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields.clear()
        assert self._tool is not None
        for one in self._tool.options():
            field = self._field(one)
            field.setToolTip(one.tip)
            field.setAccessibleName(one.title)
            self.fields[one.key] = field
            host = _together(one, field)
            self._row.addWidget(host)
            host.show()  # the row takes no room for what is not in sight yet

    def _field(self, option: Option) -> QWidget:
        key = option.key
        if option.kind == "switch":
            box = QCheckBox(option.title)
            box.toggled.connect(lambda on: self._choose(key, on))
            return box
        if option.kind == "choice":
            combo = QComboBox()
            for value, words in option.choices:
                combo.addItem(words, value)
            combo.activated.connect(lambda _index: self._choose(key, combo.currentData()))
            return combo
        if option.kind == "count":
            spin = QSpinBox()
            spin.setRange(1, _MOST_ROUNDS)
            spin.valueChanged.connect(lambda number: self._choose(key, number))
            return spin
        line = QLineEdit()
        line.setFixedWidth(theme().px(90 if option.kind == "metres" else 130))
        line.setPlaceholderText(_("按鼠标") if option.optional else "")
        metres = option.kind == "metres"
        line.textEdited.connect(lambda text: self._typed(key, text) if metres else self._choose(key, text))
        line.returnPressed.connect(self._apply)
        return line

    def _show_value(self, option: Option) -> None:
        field = self.fields[option.key]
        field.blockSignals(True)
        if isinstance(field, QCheckBox):
            field.setChecked(bool(option.value))
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(option.value))
        elif isinstance(field, QSpinBox):
            field.setValue(int(option.value or 1))
        elif isinstance(field, QLineEdit) and not field.hasFocus():
            field.setText("" if option.value is None else str(option.value).removesuffix(".0"))
        field.blockSignals(False)

    def _typed(self, key: str, text: str) -> None:
        if not text.strip():
            self._choose(key, None)
            return
        try:
            metres = parse_length(text)
        except GeohazardError as error:
            if self._tool is not None:
                self._tool.misread(key, str(error))
                self._desk.renew()
            return
        self._choose(key, metres)

    def _choose(self, key: str, value: OptionValue) -> None:
        if self._tool is not None:
            self._tool.choose(key, value)
            self._desk.renew()

    def ask(self, begun: str = "") -> bool:
        """The keyboard goes to the field of metres, with `begun` in it where a number was begun over the map. False
        where the tool in the hand has none."""
        if self._tool is None or self.isHidden():
            return False
        for one in self._tool.options():
            field = self.fields[one.key]
            if one.kind == "metres" and isinstance(field, QLineEdit):
                field.setFocus()
                if begun:
                    field.setText(begun)
                    self._typed(one.key, begun)
                else:
                    field.selectAll()
                return True
        return False

    def _apply(self) -> None:
        if isinstance(self._tool, OffsetTool):
            if self._tool.enter():
                self._canvas.setFocus()
            self._desk.renew()
        elif self._tool is not None and self.take.isVisible() and self.take.isEnabled():
            self._tool.apply()
            self._desk.renew()
        elif self._tool is not None and not self._tool.action():
            self._canvas.setFocus()  # the map takes the click

    def _leave(self) -> None:
        self._canvas.setFocus()
        self._desk.take("tool.select")

    def _focus_first(self) -> None:
        for field in self.fields.values():
            if isinstance(field, QLineEdit):
                field.setFocus()
                field.selectAll()
                return

    def _fit(self) -> None:
        column = self.layout()
        assert column is not None
        beside = theme().px(76)  # the north arrow stands in the corner
        self.setFixedWidth(max(theme().px(240), min(theme().px(560), self._canvas.width() - 2 * beside)))
        self._fields.setFixedHeight(self._row.heightForWidth(self.width() - theme().px(22)))
        column.invalidate()
        column.activate()
        self.resize(self.width(), column.totalHeightForWidth(self.width()))
        gap = theme().px(14)
        left = max(beside, (self._canvas.width() - self.width()) // 2)
        # On a small map in large type it may cover the north arrow, but its button must be in sight.
        self.move(max(0, min(left, self._canvas.width() - self.width() - gap)), gap)
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # a field has done it; passed on, the map's tool would do it a second time
        else:
            super().keyPressEvent(event)


def _together(option: Option, field: QWidget) -> QWidget:
    """A field with its title and unit, which stay side by side where the row wraps."""
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(6))
    if option.kind == "switch":
        host.setMinimumHeight(theme().px(32))  # in line with the fields beside it
    else:
        row.addWidget(label(option.title, "label"))
    row.addWidget(field)
    if option.kind == "metres":
        row.addWidget(label(_("米"), "note"))
    return host
