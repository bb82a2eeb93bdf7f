"""您在这里 on a public sheet: where it is to hang is shown with the mouse on its preview, kept with the sheet, and
taken away again. Each is a step of the history; without a place nothing is printed."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtPdf import QPdfDocument

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.pages.page_beside import PageBeside
from geohazard_desktop.desktop.pages.page_under_hand import PageUnderHand
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.parts import button, label, line
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.report import SheetMap
from geohazard_desktop.workspace.edits.labels import SHEETS, new_sheet, sheet_named
from geohazard_desktop.workspace.edits.sheet_here import Place, no_here, set_here
from geohazard_desktop.workspace.feature import Feature

_STEP_MM = 1.0  # an arrow key moves the place so far on the paper
_RESTS_MS = 450  # the page is set anew when the keys have come to rest
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_OWN = (*_ARROWS, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class PreviewHere(PageBeside):
    """The page and, beside it, whether a place was chosen. `left`: the user is done."""

    def __init__(self, session: Session) -> None:
        self.page = HerePage()
        super().__init__(self.page)
        self._session = session
        self.sheet: SheetMap | None = None
        self._fill()
        self.page.chosen.connect(self._store)
        self.page.taken_away.connect(self._take_away)
        self.page.left.connect(self.left)

    def _fill(self) -> None:
        column = self.column
        column.addWidget(label(_("您在这里"), "strong"))
        hint = _("在图上单击这张图要贴的地方。标过以后再单击就换地方，方向键微移，Delete 去掉。")
        column.addWidget(label(hint, "note", wrap=True))
        self.state = label("", "body", wrap=True)
        column.addWidget(self.state)
        self.warned = label("", "error", wrap=True)
        column.addWidget(self.warned)
        self.told = label("", "note", wrap=True)
        column.addWidget(self.told)
        self.away = button(_("去掉“您在这里”"), self._take_away, size="small")
        column.addWidget(self.away)
        column.addStretch(1)
        column.addWidget(line())
        words = _("标的地方跟这张图存在工作文件里，再出图还在那里；可以撤销。换一种纸是另一张图，要另标。")
        column.addWidget(label(words, "note", wrap=True))
        column.addWidget(button(_("标好了"), self.left.emit, primary=True))

    def show_sheet(self, document: QPdfDocument, sheet: SheetMap) -> None:
        """The page as it was set."""
        self.sheet = sheet
        self.page.show_sheet(document, sheet)
        self._fit()
        self.told.setText("")
        self.warned.setText("\n".join(sheet.here_words))
        marked = sheet.here is not None
        self.state.setText(_("已经标好。") if marked else _("还没有标；没标就不印，程序不替您猜。"))
        self.away.setEnabled(marked)

    def waiting(self) -> None:
        self.told.setText(_("正在重排这一页……"))

    def failed(self) -> None:
        self.told.setText(_("这一页没有重排成，标的地方已经存好，再出一次图就会用上。"))

    # -- storing ---------------------------------------------------------------------------------------------------

    def _rows(self) -> list[Feature]:
        ws = self._session.workspace
        return list(ws.table(SHEETS)) if SHEETS in ws.definitions else []

    def _store(self, place: Place) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        rows = self._rows()
        row = sheet_named(rows, sheet.paper, sheet.profile, sheet.subject)
        row = row or new_sheet(sheet.paper, sheet.profile, sheet.title, sheet.subject)
        try:
            edit = set_here(self._session.workspace.definitions, row, place, sheets=rows)
        except EditRefused as error:
            self.told.setText(f"{error.sentence}{error.remedy}")
            return
        if edit.deltas:
            self._session.apply(edit)

    def _take_away(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        row = sheet_named(self._rows(), sheet.paper, sheet.profile, sheet.subject)
        try:
            self._session.apply(no_here(self._session.workspace.definitions, row))
        except EditRefused as error:
            reporter().error(error)


class HerePage(PageUnderHand):
    """The page with its map under the hand. `chosen` (east, north): where the sheet is to hang."""

    chosen = Signal(object)
    taken_away = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("您在这里"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._place: Place | None = None  # under the keys, before it is stored
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(self._rested)

    def show_sheet(self, document: QPdfDocument, sheet: SheetMap) -> None:
        self.set_page(document, sheet)
        self._rest.stop()
        self._place = sheet.here
        self.update()

    def map_box(self) -> QRectF:
        """The map's frame in this widget."""
        assert self._sheet is not None
        scale, (left, top), view = self.pixels_per_mm, self._sheet.at, self._sheet.view
        return QRectF(left * scale, top * scale, view.width_mm * scale, view.height_mm * scale)

    def on_page(self, place: Place) -> QPointF:
        """Where a place lies in this widget."""
        assert self._sheet is not None
        right, down = self._sheet.view.to_mm(*place)
        return self.map_box().topLeft() + QPointF(right, down) * self.pixels_per_mm

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._document is None or self._sheet is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(0, 0, self.page_image())
        frame = self.map_box()
        marks = [(MARKS.casing, 5.0), (MARKS.selection, 2.4)]
        for colour, width in marks:
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(frame)
        if self._place is not None:
            at = self.on_page(self._place)
            for colour, width in marks:
                painter.setPen(QPen(QColor(colour), width))
                painter.drawEllipse(at, theme().px(7), theme().px(7))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        box = self.map_box()
        if event.button() != Qt.MouseButton.LeftButton or self._sheet is None or not box.contains(event.position()):
            return
        at = event.position() - box.topLeft()
        self._place = self._sheet.view.from_mm(at.x() / self.pixels_per_mm, at.y() / self.pixels_per_mm)
        self.update()
        self.chosen.emit(self._place)

    def event(self, event: QEvent) -> bool:
        """Delete takes the sign away here, never what is selected on the map."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS and self._place is not None and self._sheet is not None:
            right, down = self._sheet.view.to_mm(*self._place)
            across, below = _ARROWS[key]
            self._place = self._sheet.view.from_mm(right + across * _STEP_MM, down + below * _STEP_MM)
            self._rest.start()
            self.update()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken_away.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _rested(self) -> None:
        if self._place is not None:
            self.chosen.emit(self._place)
