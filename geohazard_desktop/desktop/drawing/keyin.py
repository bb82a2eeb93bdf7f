"""Numbers instead of a click: one line for every form, read as it is typed and shown on the map before it is taken."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, icon_button, label, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.constraint import parse_bearing, parse_length

if TYPE_CHECKING:  # loaded when a place is typed
    from geohazard_desktop.editing.typed import Typed

_MOST_SHOWN = 3
Reader = Callable[[str], "Sequence[Typed]"]


class KeyinBar(QFrame):
    """`taken` (Typed), `previewed` (Typed, or None where there is nothing to show), `constrained` (bearing or None,
    length or None), `closed`, `ended` (Enter or Backspace on the empty line: it is meant for the stroke)."""

    taken = Signal(object)
    previewed = Signal(object)
    constrained = Signal(object, object)
    closed = Signal()
    ended = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("float")
        self._reader: Reader = lambda _text: ()
        self._found: Sequence[Typed] = ()
        self._chosen = 0
        self._drawing = False
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(10), theme().px(10))
        column.setSpacing(theme().px(6))
        row = QHBoxLayout()
        row.addWidget(label(_("键入"), "label"))
        self.place = QLineEdit()
        self.place.setAccessibleName(_("键入坐标或方位距离"))
        self.place.textChanged.connect(self._read)
        self.place.installEventFilter(self)
        self.place.returnPressed.connect(self._take)
        row.addWidget(self.place, 1)
        self.take_button = button(_("定这一点"), self._take, primary=True, size="small")
        row.addWidget(self.take_button)
        row.addWidget(icon_button("close", _("收起（Esc）"), self.leave))
        column.addLayout(row)
        self.preview = label("", "note", wrap=True)
        column.addWidget(self.preview)
        warned = QHBoxLayout()
        self._sign = severity_label("warning")
        self.warning = label("", "note", wrap=True)
        warned.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        warned.addWidget(self.warning, 1)
        column.addLayout(warned)
        column.addWidget(self._held())
        self.hide()

    def _held(self) -> QWidget:
        """Bearing and length that hold for the next side, which a click then sets."""
        self._second = QWidget()
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(label(_("下一边　方位角"), "label"))
        self.bearing, self.length = QLineEdit(), QLineEdit()
        self.bearing.setPlaceholderText(_("94°30′"))
        self.length.setPlaceholderText(_("120 米"))
        for one, name in ((self.bearing, _("下一边的方位角")), (self.length, _("下一边的距离"))):
            one.setAccessibleName(name)
            one.setFixedWidth(theme().px(110))
            one.setToolTip(_("方位角从正北顺时针量。两格都填就定下一点，只填一格就定住这一样，再单击。"))
            one.textEdited.connect(self._read_side)
        self.bearing.returnPressed.connect(self._bearing_typed)
        self.length.returnPressed.connect(self._constrain)
        second.addWidget(self.bearing)
        second.addWidget(label(_("距离"), "label"))
        second.addWidget(self.length)
        second.addStretch(1)
        self.hold_button = button(_("定住，再单击"), self._constrain, size="small")
        second.addWidget(self.hold_button)
        return self._second

    def ask(self, reader: Reader, *, has_start: bool, drawing: bool, text: str = "") -> None:
        """`reader` reads what is typed as things are then. `has_start`: a stroke has begun, so bearing and distance
        make sense; `drawing`: what is typed becomes a corner, else the map goes there."""
        self._reader, self._drawing = reader, drawing
        for one in (self.place, self.bearing, self.length):
            one.clear()
        self.place.setPlaceholderText(
            _("坐标；方位角 距离，如 94°30′ 120；@东移,北移") if has_start else _("106°42′28.6″ 39°28′28.1″，或 X Y")
        )
        self.take_button.setText(_("定这一点") if drawing else _("去这里"))
        self._enable(has_start)
        self.place.setText(text)
        self._read()
        self.show()
        self.raise_()
        self.place.setFocus()

    def _enable(self, has_start: bool) -> None:
        for one in (self.bearing, self.length, self.hold_button):
            one.setEnabled(has_start)

    def refresh(self) -> None:
        """The pointer or the stroke has moved: what is typed may mean another place."""
        if not self.isHidden() and self.place.text().strip():
            self._read()

    def _read(self) -> None:
        text = self.place.text().strip()
        self._found = ()
        told = _("先键入，看清落在图上哪里，再按回车。")
        if self._drawing:
            told += _("空着按回车是画完，按退格是退一点。")
        if text:
            try:
                self._found = self._reader(text)
            except GeohazardError as error:
                told = str(error)
        self._chosen = 0
        self._show(told)

    def _show(self, told: str = "") -> None:
        """The readings, the chosen one marked; Up and Down choose."""
        shown = self._found[:_MOST_SHOWN]
        if shown:
            several = len(shown) > 1
            rows = [
                (("▸ " if index == self._chosen else "　 ") if several else "") + one.words
                for index, one in enumerate(shown)
            ]
            told = "\n".join(rows) + ("\n" + _("有几种读法，按 ↑ ↓ 选。") if several else "")
        self.preview.setText(told)
        chosen = shown[self._chosen] if shown else None
        warnings = chosen.warnings if chosen else ()
        self.warning.setText("\n".join(warnings))
        for part in (self.warning, self._sign):
            part.setVisible(bool(warnings))
        self.take_button.setEnabled(chosen is not None)
        self._fit()
        self.previewed.emit(chosen)

    def _fit(self) -> None:
        """As wide as the map allows; on a small one in large type what only holds a side gives way."""
        column = self.layout()
        parent = self.parentWidget()
        assert column is not None
        assert parent is not None
        width = min(theme().px(640), max(parent.width() - 2 * theme().px(14), theme().px(200)))
        self._second.setVisible(self._drawing and width >= self._second.sizeHint().width() + theme().px(24))
        self.setFixedWidth(width)
        column.invalidate()
        column.activate()
        height = column.totalHeightForWidth(self.width())
        self.resize(self.width(), height if height > 0 else column.totalSizeHint().height())
        self.keep_off(None)

    def keep_off(self, place: QPointF | None) -> None:
        """At the lower edge, or at the upper one where `place` (on the map, in pixels) would be under the line."""
        parent = self.parentWidget()
        if parent is None:
            return
        across = max(0, (parent.width() - self.width()) // 2)
        lowest = max(theme().px(14), parent.height() - self.height() - theme().px(70))
        low = QRect(across, lowest, self.width(), self.height())
        room = theme().px(24)
        hidden = place is not None and low.adjusted(-room, -room, room, room).contains(place.toPoint())
        self.move(across, theme().px(14) if hidden else low.y())

    def _take(self) -> None:
        if not self._found:
            if not self.place.text().strip():
                self.ended.emit("Enter")
            return
        chosen = self._found[self._chosen]
        self.taken.emit(chosen)
        if chosen.bearing is not None:
            self.leave()
            return
        self.place.clear()
        self._enable(True)

    def _bearing_typed(self) -> None:
        """As in a field book: the bearing, then the distance. Enter in the empty distance holds the bearing alone."""
        if self.length.text().strip():
            self._constrain()
        else:
            self.length.setFocus()

    def _read_side(self) -> None:
        """Bearing and distance are seen on the map as soon as both can be read."""
        bearing, length = self.bearing.text().strip(), self.length.text().strip()
        both = bool(bearing and length)
        self.hold_button.setText(_("定这一点") if both else _("定住，再单击"))
        self._found, self._chosen, told = (), 0, ""
        if both:
            try:
                self._found = self._reader(f"@{length}<{bearing}")
            except GeohazardError as error:
                told = str(error)
        elif self.place.text().strip():
            self._read()
            return
        self._show(told)

    def _constrain(self) -> None:
        try:
            bearing = parse_bearing(self.bearing.text()) if self.bearing.text().strip() else None
            length = parse_length(self.length.text()) if self.length.text().strip() else None
        except GeohazardError as error:
            self.preview.setText(str(error))
            self._fit()
            return
        if bearing is None and length is None:
            return
        self._found = ()
        self.constrained.emit(bearing, length)
        self.bearing.clear()
        self.length.clear()
        if bearing is None or length is None:
            self.leave()
        elif not self.isHidden():
            self._read_side()
            self.bearing.setFocus()  # the next station

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif step is not None and len(self._found) > 1:
            self._chosen = (self._chosen + step) % min(len(self._found), _MOST_SHOWN)
            self._show()
        event.accept()  # the map below would take Enter for the end of the stroke

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.place
        if pressed and event.key() == Qt.Key.Key_Backspace and not self.place.text():
            self.ended.emit("Backspace")
            return True
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        self.hide()
        self.previewed.emit(None)
        self.closed.emit()
