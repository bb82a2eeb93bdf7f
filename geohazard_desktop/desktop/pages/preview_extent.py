"""The extent of a sheet, chosen on its preview: the map is dragged under its frame, the wheel changes the scale, one is
typed, or the extent is given back to the program. Each is a step of the history and holds for every reprint."""

import re
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLineEdit

from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.pages.page_beside import PageBeside
from geohazard_desktop.desktop.pages.page_under_hand import PageUnderHand
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.parts import button, label, line
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.publishing.map_layers import next_round
from geohazard_desktop.publishing.report import SheetMap
from geohazard_desktop.workspace.edits.labels import SHEETS, new_sheet, sheet_named
from geohazard_desktop.workspace.edits.sheet_extent import automatic_extent, set_extent

_WHEEL_RESTS_MS = 450  # the page is set anew when the wheel has come to rest
_STEP_MM = 8.0  # an arrow key moves the map so far
_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_SCALE = re.compile(r"(?:1\s*[:：∶/]\s*)?([\d\s, ]+)$")


def scale_words(denominator: float) -> str:
    return f"1∶{denominator:,.0f}".replace(",", " ")


def read_scale(text: str) -> float | None:
    """The denominator of a typed scale: “1:8000”, “1∶8 000”, “8000”. None where it is none."""
    found = _SCALE.match(text.strip())
    digits = re.sub(r"\D", "", found.group(1)) if found else ""
    return float(digits) if digits and int(digits) > 0 else None


class PreviewExtent(PageBeside):
    """The page and, beside it, its scale. `left`: the user is done."""

    def __init__(self, session: Session) -> None:
        self.page = ExtentPage()
        super().__init__(self.page)
        self._session = session
        self.sheet: SheetMap | None = None
        self._fill()
        self.page.moved.connect(self._show_scale)
        self.page.settled.connect(self._store)
        self.page.left.connect(self.left)

    def _fill(self) -> None:
        column = self.column
        column.addWidget(label(_("调整范围"), "strong"))
        hint = _("在图框里按住拖动换地方，滚轮换比例尺，方向键微移。松手后这一页马上重排。")
        column.addWidget(label(hint, "note", wrap=True))
        column.addWidget(label(_("比例尺"), "label"))
        self.scale = QLineEdit()
        self.scale.setAccessibleName(_("比例尺"))
        self.scale.setToolTip(_("写比例尺分母，如 8000 或 1∶8000，按回车"))
        self.scale.returnPressed.connect(self._typed)
        column.addWidget(self.scale)
        self.told = label("", "note", wrap=True)
        column.addWidget(self.told)
        self.state = label("", "note", wrap=True)
        column.addWidget(self.state)
        self.automatic = button(_("改回自动"), self._give_back, size="small")
        column.addWidget(self.automatic)
        column.addStretch(1)
        column.addWidget(line())
        words = _("调好的范围跟这张图存在工作文件里，再出图还是这个范围；可以撤销。")
        column.addWidget(label(words, "note", wrap=True))
        column.addWidget(button(_("调好了"), self.left.emit, primary=True))

    def show_sheet(self, document: QPdfDocument, sheet: SheetMap) -> None:
        """The page as it was set."""
        self.sheet = sheet
        self.page.show_sheet(document, sheet)
        self._fit()
        self._show_scale(sheet.view.denominator)
        self.told.setText("")
        self.state.setText(_("范围是手工调的。") if sheet.by_hand else _("范围是自动的：对象放满图框，比例尺取整。"))
        self.automatic.setEnabled(sheet.by_hand)

    def waiting(self) -> None:
        self.told.setText(_("正在重排这一页……"))

    def failed(self) -> None:
        self.told.setText(_("这一页没有重排成，范围已经存好，再出一次图就会用上。"))

    def _show_scale(self, denominator: float) -> None:
        self.scale.setText(scale_words(denominator))

    # -- storing ---------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        denominator = read_scale(self.scale.text())
        if denominator is None:
            self.told.setText(_("“{text}”不是比例尺。请写分母，如 8000。").format(text=self.scale.text()))
            self.scale.selectAll()
        elif self.sheet is not None:
            self._store(self.page.view.at_scale(denominator))
            self.page.setFocus()

    def _store(self, view: MapView) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        ws = self._session.workspace
        rows = list(ws.table(SHEETS)) if SHEETS in ws.definitions else []
        row = sheet_named(rows, sheet.paper, sheet.profile, sheet.subject)
        row = row or new_sheet(sheet.paper, sheet.profile, sheet.title, sheet.subject)
        try:
            edit = set_extent(ws.definitions, row, (*view.centre, view.denominator), sheets=rows)
        except EditRefused as error:
            self.told.setText(f"{error.sentence}{error.remedy}")
            self._back()
            return
        if edit.deltas and not self._session.apply(edit):
            self._back()

    def _give_back(self) -> None:
        sheet = self.sheet
        ws = self._session.workspace
        if sheet is None or SHEETS not in ws.definitions:
            return
        row = sheet_named(ws.table(SHEETS), sheet.paper, sheet.profile, sheet.subject)
        try:
            self._session.apply(automatic_extent(ws.definitions, row))
        except EditRefused as error:
            reporter().error(error)

    def _back(self) -> None:
        """Nothing was stored: the page is shown as it was set."""
        if self.sheet is not None:
            self.page.take(self.sheet.view)
            self._show_scale(self.sheet.view.denominator)


class ExtentPage(PageUnderHand):
    """The page with its map under the hand. `moved` (denominator), `settled` (MapView): what the hand chose."""

    moved = Signal(float)
    settled = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("图的范围"))
        self._held: QPointF | None = None
        self.view = MapView((0.0, 0.0), 1000.0, 1.0, 1.0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_WHEEL_RESTS_MS)
        self._rest.timeout.connect(lambda: self.settled.emit(self.view))

    def show_sheet(self, document: QPdfDocument, sheet: SheetMap) -> None:
        self.set_page(document, sheet)
        self._rest.stop()
        self.take(sheet.view)

    def take(self, view: MapView) -> None:
        self.view = view
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()

    def map_box(self) -> QRectF:
        """The map's frame in this widget."""
        assert self._sheet is not None
        scale, (left, top), view = self.pixels_per_mm, self._sheet.at, self._sheet.view
        return QRectF(left * scale, top * scale, view.width_mm * scale, view.height_mm * scale)

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._document is None or self._sheet is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(0, 0, self.page_image())
        frame = self.map_box()
        if self.view != self._sheet.view:
            self._paint_moved(painter, frame)
        painter.setPen(QPen(QColor(MARKS.casing), 5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        painter.setPen(QPen(QColor(MARKS.selection), 2.4))
        painter.drawRect(frame)

    def _paint_moved(self, painter: QPainter, frame: QRectF) -> None:
        """The map as it was set, carried to where it would lie: what comes into sight is white until it is set."""
        assert self._sheet is not None
        old, scale = self._sheet.view, self.pixels_per_mm
        east_min, north_min, east_max, north_max = old.bounds
        left, top = self.view.to_mm(east_min, north_max)
        right, bottom = self.view.to_mm(east_max, north_min)
        target = QRectF(
            frame.left() + left * scale, frame.top() + top * scale, (right - left) * scale, (bottom - top) * scale
        )
        painter.save()
        painter.setClipRect(frame)
        painter.fillRect(frame, Qt.GlobalColor.white)
        ratio = self._image.devicePixelRatio()
        source = QRectF(frame.topLeft() * ratio, frame.size() * ratio)
        painter.drawImage(target, self._image, source)
        painter.restore()

    # -- hand ------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton and self.map_box().contains(event.position()):
            self._held = event.position()
            self._rest.stop()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            step = event.position() - self._held
            self._held = event.position()
            self._shift(step.x() / self.pixels_per_mm, step.y() / self.pixels_per_mm)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._held is not None:
            self._held = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            if self._sheet is not None and self.view != self._sheet.view:
                self.settled.emit(self.view)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        box = self.map_box()
        if self._sheet is None or not turned or not box.contains(event.position()):
            event.ignore()
            return
        event.accept()
        across = (event.position().x() - box.left()) / self.pixels_per_mm
        down = (event.position().y() - box.top()) / self.pixels_per_mm
        ground = self.view.from_mm(across, down)
        self.view = self.view.at_scale(next_round(self.view.denominator, closer=turned > 0))
        there = self.view.from_mm(across, down)
        east, north = self.view.centre
        self.view = replace(self.view, centre=(east + ground[0] - there[0], north + ground[1] - there[1]))
        self.moved.emit(self.view.denominator)
        self._rest.start()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            across, down = _ARROWS[key]
            self._shift(across * _STEP_MM, down * _STEP_MM)
            self._rest.start()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.view = self.view.at_scale(next_round(self.view.denominator, closer=key != Qt.Key.Key_Minus))
            self.moved.emit(self.view.denominator)
            self._rest.start()
            self.update()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _shift(self, right: float, down: float) -> None:
        """The map moved by so many mm under its frame."""
        east, north = self.view.centre
        metres = 1.0 / self.view.mm_per_metre
        self.view = replace(self.view, centre=(east - right * metres, north + down * metres))
        self.moved.emit(self.view.denominator)
        self.update()
