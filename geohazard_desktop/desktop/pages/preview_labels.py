"""Moving names on a sheet's preview: the page as it is printed, the same tool as on the map, and the names that found
no room."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.cartography.viewport import DPI, Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.maps import canvas_marks
from geohazard_desktop.desktop.maps.canvas import BUTTONS, KEYS, modifiers_of
from geohazard_desktop.desktop.pages.page_under_hand import PageUnderHand
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.label_tool import LabelsInSight, LabelTool, SheetName
from geohazard_desktop.editing.tool import Button, KeyPress, Preview, ToolContext, ToolEvent
from geohazard_desktop.publishing.report import SheetMap, UnplacedName

_CLOSEST = 4.0  # times the whole page
_MARGIN = 8
_CURSORS = {
    "arrow": Qt.CursorShape.ArrowCursor,
    "cross": Qt.CursorShape.CrossCursor,
    "move": Qt.CursorShape.SizeAllCursor,
}


class PreviewLabels(QWidget):
    """The page and, beside it, what the tool does and which names found no room. Who moves a name changes the
    workspace; the page is set anew by who watches that."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.page = SheetPage(session)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.area = QScrollArea()
        self.area.setWidget(self.page)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.viewport().installEventFilter(self)
        self.page.zoomed.connect(self._zoomed)
        row.addWidget(self.area, 1)
        side = QWidget()
        side.setObjectName("panel")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(theme().px(252))
        column = QVBoxLayout(side)
        column.setContentsMargins(theme().px(14), theme().px(12), theme().px(14), theme().px(12))
        column.setSpacing(theme().px(7))
        column.addWidget(label(_("移动注记"), "strong"))
        self.hint = label("", "note", wrap=True)
        self.page.hinted.connect(self.hint.setText)
        self.hint.setMinimumHeight(theme().px(38))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.hint)
        self.told = label("", "note", wrap=True)
        self.page.said.connect(self.told.setText)
        column.addWidget(self.told)
        self.heading = label("", "label", wrap=True)
        column.addWidget(self.heading)
        self.list = QListWidget()
        self.list.itemClicked.connect(self._chosen)
        self.list.itemActivated.connect(self._chosen)
        column.addWidget(self.list, 1)
        column.addStretch(1)
        self.note = label(_("在这里移动的注记只管这一种图；在地图上移动的，每一张图都算数。"), "note", wrap=True)
        column.addWidget(self.note)
        row.addWidget(side)
        self.sheet: SheetMap | None = None

    def show_sheet(self, document: QPdfDocument, sheet: SheetMap) -> None:
        """The page as it is now; zoom and place in sight stay where the same page was there before."""
        self.sheet = sheet
        self.page.show_sheet(document, sheet)
        self._fit()
        self.told.setText("")
        self.list.clear()
        for one in sheet.unplaced:
            item = QListWidgetItem(icon("label-move", "text2"), one.text)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setToolTip(_("单击，再单击图上要写它的地方"))
            self.list.addItem(item)
        count = len(sheet.unplaced)
        self.list.setVisible(bool(count))
        self.heading.setText(
            _("{count} 个名称没有地方写。单击一个，再单击图上要写它的地方：").format(count=count)
            if count
            else _("所有名称都写上了。")
        )

    def waiting(self) -> None:
        self.told.setText(_("正在重排这一页……"))

    def failed(self) -> None:
        self.told.setText(_("这一页没有重排成，注记的位置已经存好，再出一次图就会用上。"))

    def zoom(self, factor: float) -> None:
        self.page.zoom(factor)
        self._fit()

    def look_at_map(self) -> None:
        """The map as large as there is room: names are small on a whole page."""
        self.whole()
        map_box = self.page.map_box()
        room = self.area.maximumViewportSize()
        self.zoom(min(room.width() / map_box.width(), room.height() / map_box.height()) * 0.98)
        centre = self.page.map_box().center()
        QTimer.singleShot(
            0, self, lambda: self.area.ensureVisible(centre.x(), centre.y(), room.width() // 2, room.height() // 2)
        )

    def whole(self) -> None:
        self.page.zoom(0.0)
        self._fit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _fit(self) -> None:
        # As if there were no scroll bars: else the page would change its size when they come.
        room = self.area.maximumViewportSize() - QSize(2 * _MARGIN, 2 * _MARGIN)
        self.page.fit(room)

    def _zoomed(self, factor: float, at: QPointF) -> None:
        """Around the pointer: what lies under it stays there."""
        before = self.page.size()
        bars = self.area.horizontalScrollBar(), self.area.verticalScrollBar()
        seen = self.page.mapTo(self.area.viewport(), at.toPoint())
        self.zoom(factor)
        after = self.page.size()
        bars[0].setValue(round(at.x() * after.width() / max(before.width(), 1)) - seen.x())
        bars[1].setValue(round(at.y() * after.height() / max(before.height(), 1)) - seen.y())

    def _chosen(self, item: QListWidgetItem) -> None:
        name: UnplacedName = item.data(Qt.ItemDataRole.UserRole)
        self.page.tool.place_by_hand((name.layer, name.uid), name.text, name.width, name.height)
        self.page.setFocus()
        self.page.show_tool()


class SheetPage(PageUnderHand):
    """The page itself, a label tool over it. `zoomed` (factor, around which place) by the wheel."""

    said = Signal(str)
    hinted = Signal(str)
    zoomed = Signal(float, QPointF)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setAccessibleName(_("图上的注记"))
        self._session = session
        self._sight: LabelsInSight | None = None
        self._preview = Preview()
        self.tool = LabelTool(self._context())

    def _context(self) -> ToolContext:
        session = self._session
        return ToolContext(session.workspace, "", None, (), session.apply, self.said.emit, labels=lambda: self._sight)

    def show_sheet(self, document: QPdfDocument, sheet: SheetMap) -> None:
        self.set_page(document, sheet)
        self._sight = LabelsInSight(
            sheet.view, sheet.labels, SheetName(sheet.paper, sheet.profile, sheet.title, sheet.subject)
        )
        self.tool.follow(())
        self.show_tool()

    # -- size ------------------------------------------------------------------------------------------------------

    def zoom(self, factor: float) -> None:
        """0 shows the whole page."""
        self._factor = min(_CLOSEST, max(1.0, self._factor * factor))

    def viewport(self) -> Viewport:
        """The ground under this widget, as if the map went on over the whole page."""
        assert self._sheet is not None
        view, scale = self._sheet.view, self.pixels_per_mm
        middle = self.width() / 2 / scale - self._sheet.at[0], self.height() / 2 / scale - self._sheet.at[1]
        east, north = view.from_mm(*middle)
        return Viewport(east, north, DPI / 25.4 / scale * view.denominator, self.width(), self.height())

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._document is None or self._sheet is None:
            return
        painter = QPainter(self)
        painter.drawImage(0, 0, self.page_image())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        canvas_marks.paint_preview(painter, self.viewport(), self._preview)

    def show_tool(self) -> None:
        self._preview = self.tool.preview()
        self.setCursor(QCursor(_CURSORS[self.tool.cursor]))
        self.hinted.emit(self.tool.hint())
        self.update()

    # -- hand ------------------------------------------------------------------------------------------------------

    def _event(self, do: Callable[[ToolEvent], None], event: QMouseEvent, button: Button) -> None:
        if self._sheet is None:
            return
        viewport = self.viewport()
        place = viewport.to_map(event.position().x(), event.position().y())
        do(ToolEvent(*place, button, modifiers_of(event.modifiers()), viewport.pixel))
        self.show_tool()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() in BUTTONS:
            self._event(self.tool.press, event, BUTTONS[event.button()])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        held = Button.LEFT if event.buttons() & Qt.MouseButton.LeftButton else Button.NONE
        self._event(self.tool.move, event, held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() in BUTTONS:
            self._event(self.tool.release, event, BUTTONS[event.button()])

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoomed.emit(1.25 if event.angleDelta().y() > 0 else 0.8, event.position())
            event.accept()
        else:
            event.ignore()  # the scroll area moves the page

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Escape):  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = KEYS.get(Qt.Key(event.key()), event.text())
        if name and self._sheet is not None:
            taken = self.tool.key(KeyPress(name, modifiers_of(event.modifiers()), self.viewport().pixel))
            self.show_tool()
            if taken:
                event.accept()
                return
        super().keyPressEvent(event)

    def map_box(self) -> QRect:
        """The map's frame in this widget."""
        assert self._sheet is not None
        view = self._sheet.view
        return QRect(self.place_on_page((0.0, 0.0)), self.place_on_page((view.width_mm, view.height_mm)))

    def place_on_page(self, middle: Sequence[float]) -> QPoint:
        """Where a place of the map (mm in its frame) is in this widget."""
        assert self._sheet is not None
        scale = self.pixels_per_mm
        return QPoint(round((middle[0] + self._sheet.at[0]) * scale), round((middle[1] + self._sheet.at[1]) * scale))
