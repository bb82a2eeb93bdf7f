"""Numbers instead of a click: coordinates in any form with a preview, or bearing and distance of the next side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, icon_button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.constraint import parse_bearing, parse_length
from geohazard_desktop.editing.coordinates import Reading, read_coordinates


class KeyinBar(QFrame):
    """`placed` (east, north), `constrained` (bearing or None, length or None), `closed`."""

    placed = Signal(float, float)
    constrained = Signal(object, object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("float")
        self._epsg = 0
        self._bounds: tuple[float, float, float, float] | None = None
        self._reading: Reading | None = None
        self.setFixedWidth(theme().px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(10), theme().px(10))
        column.setSpacing(theme().px(6))
        row = QHBoxLayout()
        row.addWidget(label(_("坐标"), "label"))
        self.place = QLineEdit()
        self.place.setPlaceholderText(_("106°42′28.6″ 39°28′28.1″，或 106.7079, 39.4745，或 X Y"))
        self.place.textChanged.connect(self._read)
        self.place.returnPressed.connect(self._take)
        row.addWidget(self.place, 1)
        row.addWidget(icon_button("close", _("收起（Esc）"), self.leave))
        column.addLayout(row)
        self.preview = label("", "note", wrap=True)
        column.addWidget(self.preview)
        second = QHBoxLayout()
        self._second = QWidget()
        self._second.setLayout(second)
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(label(_("或下一边：方位角"), "label"))
        self.bearing = QLineEdit()
        self.bearing.setPlaceholderText(_("94°30′"))
        self.length = QLineEdit()
        self.length.setPlaceholderText(_("120 米"))
        for one in (self.bearing, self.length):
            one.setFixedWidth(theme().px(110))
            one.returnPressed.connect(self._constrain)
        second.addWidget(self.bearing)
        second.addWidget(label(_("距离"), "label"))
        second.addWidget(self.length)
        second.addStretch(1)
        self.take_button = button(_("定这一点"), self._take, primary=True, size="small")
        second.addWidget(self.take_button)
        column.addWidget(self._second)
        self.hide()

    def ask(self, epsg: int, bounds: tuple[float, float, float, float] | None, *, has_start: bool) -> None:
        """`has_start`: a stroke has begun, so bearing and distance make sense."""
        self._epsg, self._bounds = epsg, bounds
        for one in (self.place, self.bearing, self.length):
            one.clear()
        self.bearing.setEnabled(has_start)
        self.length.setEnabled(has_start)
        self._read()
        self.adjustSize()
        parent = self.parentWidget()
        if parent is not None:
            self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - theme().px(70))
        self.show()
        self.raise_()
        self.place.setFocus()

    def _read(self) -> None:
        text = self.place.text().strip()
        self._reading = None
        if not text:
            self.preview.setText(_("先键入，看清落在哪里，再按回车。"))
        else:
            try:
                found = read_coordinates(text, self._epsg, bounds=self._bounds)
            except GeohazardError as error:
                self.preview.setText(error.sentence)
            else:
                self._reading = found[0]
                self.preview.setText("\n".join(one.words for one in found[:3]))
        self.take_button.setEnabled(self._reading is not None or bool(self.bearing.text() or self.length.text()))

    def _take(self) -> None:
        if self._reading is not None:
            self.placed.emit(self._reading.east, self._reading.north)
            self.place.clear()
            self.bearing.setEnabled(True)
            self.length.setEnabled(True)
        elif self.bearing.text().strip() or self.length.text().strip():
            self._constrain()

    def _constrain(self) -> None:
        try:
            bearing = parse_bearing(self.bearing.text()) if self.bearing.text().strip() else None
            length = parse_length(self.length.text()) if self.length.text().strip() else None
        except GeohazardError as error:
            self.preview.setText(str(error))
            return
        if bearing is None and length is None:
            return
        self.constrained.emit(bearing, length)
        self.bearing.clear()
        self.length.clear()
        if bearing is None or length is None:
            self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        self.hide()
        self.closed.emit()
