"""The head of a register: a click sorts, Shift adds a column to the order, the funnel opens the column's filter."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from geohazard_desktop.desktop.icons import paint_icon
from geohazard_desktop.desktop.theme import theme

_EDGE = 4  # px beside a border that draw the column wider
_MOVED = 5  # px after which a press is a drag


class RegisterHeader(QHeaderView):
    """`sort_asked` (column, add to the order), `filter_asked` (column), `menu_asked` (column, global place)."""

    sort_asked = Signal(int, bool)
    filter_asked = Signal(int)
    menu_asked = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(theme().px(54))
        self.setMouseTracking(True)
        self.sorted: Mapping[int, tuple[int, bool]] = {}  # by column: place in the order from 1, descending
        self.filtered: frozenset[int] = frozenset()
        self._pressed: tuple[int, QPoint] | None = None
        self._hovered = -1

    def tell(self, sorted_by: Mapping[int, tuple[int, bool]], filtered: frozenset[int]) -> None:
        """What the columns' marks say."""
        self.sorted, self.filtered = sorted_by, filtered
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(34))

    def funnel(self, column: int) -> QRect:
        """Where the funnel of a column is, in the header's pixels."""
        side = theme().px(22)
        right = self.sectionViewportPosition(column) + self.sectionSize(column)
        return QRect(right - side - 2, (self.height() - side) // 2, side, side)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        look = theme()
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, look.colour("quiet"))
        painter.setPen(look.colour("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight() + QPoint(0, 8), rect.bottomRight() - QPoint(0, 8))
        ordered = self.sorted.get(column)
        filtered = column in self.filtered
        font = look.font("table", bold=ordered is not None or filtered)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = rect.adjusted(look.px(10), 0, -look.px(6), 0)
        if filtered or column == self._hovered:
            place = QRectF(self.funnel(column)).adjusted(3, 3, -3, -3)
            paint_icon(painter, "filter", place, look.colour("accent" if filtered else "text3"))
            room.setRight(self.funnel(column).left() - 2)
        if ordered is not None:
            mark = look.px(13)
            rank = str(ordered[0]) if len(self.sorted) > 1 else ""
            width = mark + (QFontMetrics(font).horizontalAdvance(rank) if rank else 0)
            place = QRectF(room.right() - width, room.center().y() - mark / 2 + 1, mark, mark)
            paint_icon(painter, "chevron-down" if ordered[1] else "chevron-up", place, look.colour("accent"))
            painter.setPen(look.colour("accent"))
            painter.drawText(
                QRectF(place.right(), rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, rank
            )
            room.setRight(room.right() - width - 3)
        painter.setPen(look.colour("text" if ordered is not None or filtered else "text2"))
        model = self.model()
        words = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        side = Qt.AlignmentFlag(model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) or 0x81)
        told = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, told)
        painter.restore()

    # -- hands -----------------------------------------------------------------------------------------------------

    def _on_border(self, place: QPoint) -> bool:
        """Whether the hand takes a border here, to draw a column wider."""
        column = self.logicalIndexAt(place)
        if column < 0:
            return True
        left = self.sectionViewportPosition(column)
        right = left + self.sectionSize(column)
        # The first column's left border is the table's.
        return right - place.x() <= _EDGE or (place.x() - left <= _EDGE and self.visualIndex(column) > 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and not self._on_border(place):
            self._pressed = (self.logicalIndexAt(place), place)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pressed is not None and (place - self._pressed[1]).manhattanLength() > _MOVED:
            self._pressed = None  # the column is being moved
        hovered = self.logicalIndexAt(place)
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        place = event.position().toPoint()
        if pressed is None or self.logicalIndexAt(place) != pressed[0]:
            return
        if self.funnel(pressed[0]).contains(place):
            self.filter_asked.emit(pressed[0])
        else:
            self.sort_asked.emit(pressed[0], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.logicalIndexAt(event.pos())
        if column >= 0:
            self.menu_asked.emit(column, event.globalPos())
