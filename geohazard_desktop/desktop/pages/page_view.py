"""The pages of a PDF as they will be printed: one column or pages side by side, text to select, finds to walk through.

QPdfView shows pages but lets nobody select text, lays no two pages side by side and says nowhere where a page lies; so
this draws them itself with the same renderer, in a thread of its own. Only what is in sight is rendered.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer, QPdfSelection
from PySide6.QtWidgets import QAbstractScrollArea, QMenu

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.pages.page_keys import KEYS, wanted
from geohazard_desktop.desktop.pages.page_layout import PageLayout
from geohazard_desktop.desktop.theme import theme

Fit = Literal["page", "width", "free"]
_SMALLEST, _LARGEST = 0.05, 16.0
_KEPT_BYTES = 160 * 1024 * 1024
_WHOLE_PIXELS = 6_000_000  # a page larger than this is rendered where it is in sight only


@dataclass(frozen=True, slots=True)
class _Piece:
    """A page, or the part of it that is in sight, at one size in device pixels."""

    page: int
    size: tuple[int, int]
    clip: tuple[int, int, int, int]


class PageView(QAbstractScrollArea):
    """`page_changed` (number from 0), `zoomed` (share of the real size), `selected` (whether text is selected)."""

    page_changed = Signal(int)
    zoomed = Signal(float)
    selected = Signal(bool)
    file_asked = Signal(int)  # the next (1) or previous (-1) file
    search_asked = Signal(int)  # 0: type; 1, -1: next, previous find
    left = Signal()

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self.setObjectName("pageview")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("页面"))
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.document = document
        self.fit: Fit = "page"
        self.two = False
        self.mark = ""  # written across each page that is not yet a document
        self.finds: dict[int, list[list[QRectF]]] = {}  # by page, the boxes of each find in points
        self.find_at: tuple[int, int] | None = None  # page, number on it
        self._zoom = 1.0
        self._layout = PageLayout([], 1.0)
        self._page = 0
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(document)
        self._renderer.pageRendered.connect(self._rendered)
        self._asked: dict[int, _Piece] = {}
        self._images: OrderedDict[_Piece, QImage] = OrderedDict()
        self._shown: dict[int, _Piece] = {}  # what is shown of a page until its next piece is there
        self._selection: tuple[int, QPdfSelection] | None = None
        self._pressed: tuple[int, QPointF] | None = None
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())
        theme().changed.connect(self.viewport().update)

    # -- the document ----------------------------------------------------------------------------------------------

    def reload(self, *, keep: bool = False) -> None:
        """The document was loaded anew. `keep`: the same pages set anew, so the place in sight stays."""
        self._images.clear()
        self._shown.clear()
        self._asked.clear()
        self.finds, self.find_at = {}, None
        self.clear_selection()
        page = min(self._page, max(0, self.count - 1)) if keep else 0
        place = self.verticalScrollBar().value() if keep else 0
        self._page = page
        self._settle()
        self.verticalScrollBar().setValue(place)
        self.page_changed.emit(page)
        self.viewport().update()

    @property
    def count(self) -> int:
        return self.document.pageCount()

    @property
    def page(self) -> int:
        return self._page

    @property
    def zoom(self) -> float:
        """1.0 is the real size on a screen of the resolution that the system tells."""
        return self._zoom

    @property
    def settled(self) -> bool:
        """Whether everything in sight is shown as sharp as it can be."""
        return not self._asked and all(self._piece(page, box) in self._images for page, box in self._in_sight())

    # -- looking ---------------------------------------------------------------------------------------------------

    def set_fit(self, fit: Fit) -> None:
        self.fit = fit
        page = self._page
        self._settle()
        self.go_to(page)

    def set_zoom(self, zoom: float, around: QPoint | None = None) -> None:
        """A zoom of one's own; what lies under `around` (the middle) stays there."""
        around = around or self.viewport().rect().center()
        self.fit = "free"
        held = self._layout.at(self._content(around))
        self._zoom = max(_SMALLEST, min(_LARGEST, zoom))
        self._settle()
        if held is not None:
            page, place = held
            wished = self._layout.place(page, place) - QPointF(around)
            self.horizontalScrollBar().setValue(round(wished.x() - self._indent().x()))
            self.verticalScrollBar().setValue(round(wished.y() - self._indent().y()))

    def set_two(self, on: bool) -> None:
        self.two = on
        page = self._page
        self._settle()
        self.go_to(page)

    def go_to(self, page: int) -> None:
        if not 0 <= page < self.count:
            return
        box = self._layout.boxes[page]
        self.verticalScrollBar().setValue(round(box.top() - self._layout.gap))
        self._set_page(page)

    def show_place(self, page: int, box: QRectF) -> None:
        """Bring a box of a page (points) into sight."""
        content = QRectF(self._layout.place(page, box.topLeft()), self._layout.place(page, box.bottomRight()))
        seen = QRectF(self._origin(), QPointF(self.viewport().width(), self.viewport().height()) + self._origin())
        if not seen.contains(content):
            self.verticalScrollBar().setValue(round(content.center().y() - self.viewport().height() / 2))
            self.horizontalScrollBar().setValue(round(content.center().x() - self.viewport().width() / 2))
        self._set_page(page)
        self.viewport().update()

    def _settle(self) -> None:
        """Sizes of the pages and of the scroll bars, at the zoom that the fit asks for."""
        sizes = [self.document.pagePointSize(one) for one in range(self.count)]
        dots = self.logicalDpiX() / 72
        room = self.maximumViewportSize()
        if sizes and self.fit != "free" and room.width() > 0:
            across = 2 if self.two else 1
            page = sizes[min(self._page, len(sizes) - 1)]
            bar = self.verticalScrollBar().sizeHint().width() if len(sizes) > 1 or self.fit == "width" else 0
            gap = PageLayout.gap
            wide = (room.width() - bar - gap * (across + 1)) / across / (page.width() * dots)
            high = (room.height() - 2 * gap) / (page.height() * dots)
            self._zoom = max(_SMALLEST, min(_LARGEST, wide if self.fit == "width" else min(wide, high)))
        self._layout = PageLayout(sizes, self._zoom * dots, two=self.two)
        total = self._layout.size
        port = self.viewport().size()
        for bar_, length, inside in (
            (self.horizontalScrollBar(), total.width(), port.width()),
            (self.verticalScrollBar(), total.height(), port.height()),
        ):
            bar_.setRange(0, max(0, round(length - inside)))
            bar_.setPageStep(inside)
            bar_.setSingleStep(theme().px(40))
        self.zoomed.emit(self._zoom)
        self.viewport().update()

    def _indent(self) -> QPointF:
        """Where pages narrower than the window begin."""
        return QPointF(
            max(0.0, (self.viewport().width() - self._layout.size.width()) / 2),
            max(0.0, (self.viewport().height() - self._layout.size.height()) / 2),
        )

    def _origin(self) -> QPointF:
        """The upper left corner of the viewport in the content."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value()) - self._indent()

    def _content(self, point: QPoint | QPointF) -> QPointF:
        return QPointF(point) + self._origin()

    def _scrolled(self, _value: int) -> None:
        middle = self._origin().y() + self.viewport().height() / 2
        self._set_page(self._layout.nearest(middle, self._page))
        self.viewport().update()

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    # -- text ------------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The selected text."""
        return self._selection[1].text() if self._selection is not None else ""

    def clear_selection(self) -> None:
        self._selection = None
        self.selected.emit(False)
        self.viewport().update()

    def select_all(self) -> None:
        """All text of the page in sight."""
        if self.count:
            self._select(self._page, self.document.getAllText(self._page))

    def _select(self, page: int, found: QPdfSelection) -> None:
        self._selection = (page, found) if found.isValid() and found.text() else None
        self.selected.emit(self._selection is not None)
        self.viewport().update()

    def copy(self) -> None:
        if self.text:
            QGuiApplication.clipboard().setText(self.text)

    def place_of(self, page: int, point: QPointF) -> QPoint:
        """Where a place of a page (points from its upper left corner) is seen."""
        return (self._layout.place(page, point) - self._origin()).toPoint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._layout.at(self._content(event.position()))
            self.clear_selection()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        page, start = self._pressed
        end = self._layout.on_page(page, self._content(event.position()))
        first, last = (start, end) if (start.y(), start.x()) <= (end.y(), end.x()) else (end, start)
        self._select(page, self.document.getSelection(page, first, last))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._pressed = None

    def contextMenuEvent(self, event: object) -> None:
        menu = QMenu(self)
        copy = menu.addAction(_("复制选中的文字"), self.copy)
        copy.setEnabled(bool(self.text))
        menu.addAction(_("选中这一页的文字"), self.select_all)
        menu.popup(event.globalPos())  # type: ignore[attr-defined]

    def ask_search(self, way: int) -> None:
        self.search_asked.emit(way)

    def ask_file(self, way: int) -> None:
        self.file_asked.emit(way)

    # -- keys and wheel --------------------------------------------------------------------------------------------

    def event(self, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.ShortcutOverride and wanted(event):
            event.accept()  # the page's own keys, not the map's of the same name
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = wanted(event)
        if not name:
            super().keyPressEvent(event)
            return
        KEYS[name](self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * 1.2 ** (event.angleDelta().y() / 120), event.position().toPoint())
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page = self._page
        self._settle()
        if self.fit != "free":
            self.go_to(page)

    # -- painting --------------------------------------------------------------------------------------------------

    def _in_sight(self) -> list[tuple[int, QRectF]]:
        seen = QRectF(self._origin(), self.viewport().size())
        return [(number, box) for number, box in enumerate(self._layout.boxes) if box.intersects(seen)]

    def _piece(self, page: int, box: QRectF) -> _Piece:
        ratio = self.viewport().devicePixelRatioF()
        size = QSize(max(1, round(box.width() * ratio)), max(1, round(box.height() * ratio)))
        clip = QRect(QPoint(0, 0), size)
        if size.width() * size.height() > _WHOLE_PIXELS:
            seen = QRectF(self._origin() - box.topLeft(), self.viewport().size())
            wide = QRectF(seen.x() * ratio, seen.y() * ratio, seen.width() * ratio, seen.height() * ratio)
            clip = wide.toAlignedRect().intersected(clip)
        return _Piece(page, size.toTuple(), clip.getRect())  # type: ignore[arg-type]

    def _ask(self, piece: _Piece) -> None:
        if piece in self._asked.values():
            return
        x, y, width, height = piece.clip
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(QSize(*piece.size))
        options.setScaledClipRect(QRect(x, y, width, height))
        self._asked[self._renderer.requestPage(piece.page, QSize(width, height), options)] = piece

    def _rendered(self, _page: int, _size: QSize, image: QImage, _options: object, number: int) -> None:
        piece = self._asked.pop(number, None)
        if piece is None or image.isNull():
            return
        self._images[piece] = image
        while sum(one.sizeInBytes() for one in self._images.values()) > _KEPT_BYTES and len(self._images) > 1:
            self._images.popitem(last=False)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().colour("desk"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        origin = self._origin()
        for page, box in self._in_sight():
            seen = box.translated(-origin)
            painter.fillRect(seen.adjusted(2, 3, 3, 4), theme().colour("border"))
            painter.fillRect(seen, Qt.GlobalColor.white)
            self._paint_page(painter, page, box, seen)
            self._paint_marks(painter, page, seen)
        # Pages that went out of sight before they were rendered are of no use any more.
        if len(self._asked) > 40:
            self._asked.clear()
            QTimer.singleShot(0, self, self.viewport().update)

    def _paint_page(self, painter: QPainter, page: int, box: QRectF, seen: QRectF) -> None:
        piece = self._piece(page, box)
        if piece in self._images:
            self._images.move_to_end(piece)
            self._shown[page] = piece
        else:
            self._ask(piece)
        shown = self._shown.get(page)
        image = self._images.get(shown) if shown is not None else None
        if shown is None or image is None:
            return
        scale = seen.width() / shown.size[0]
        x, y, width, height = shown.clip
        target = QRectF(seen.x() + x * scale, seen.y() + y * scale, width * scale, height * scale)
        painter.drawImage(target, image)

    def _paint_marks(self, painter: QPainter, page: int, seen: QRectF) -> None:
        scale = self._layout.scale
        painter.save()
        painter.translate(seen.topLeft())
        painter.scale(scale, scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for number, boxes in enumerate(self.finds.get(page, [])):
            painter.setBrush(_pale(theme().colour("reminder_sign"), 230 if self.find_at == (page, number) else 110))
            for box in boxes:
                painter.drawRect(box.adjusted(-0.5, -1, 0.5, 1))
        if self._selection is not None and self._selection[0] == page:
            painter.setBrush(_pale(theme().colour("accent"), 90))
            for polygon in self._selection[1].bounds():
                painter.drawPolygon(QPolygonF(polygon))
        painter.restore()
        if self.mark:
            self._paint_mark(painter, seen)

    def _paint_mark(self, painter: QPainter, seen: QRectF) -> None:
        painter.save()
        font = theme().font("heading", bold=True)
        font.setPixelSize(max(12, round(min(seen.width(), seen.height()) * 0.16)))
        painter.setFont(font)
        painter.setPen(_pale(theme().colour("error"), 70))
        painter.setTransform(QTransform().translate(seen.center().x(), seen.center().y()).rotate(-24))
        painter.drawText(QRectF(-4000, -2000, 8000, 4000), Qt.AlignmentFlag.AlignCenter, self.mark)
        painter.restore()


def _pale(colour: QColor, alpha: int) -> QColor:
    found = QColor(colour)
    found.setAlpha(alpha)
    return found
