"""Measurements on the map: painted until they are cleared, listed beside it, copied as text."""

from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.maps.canvas_marks import _path
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.parts import button, icon_button, label, line
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.measurement import MeasureBoard, Measurement

if TYPE_CHECKING:
    from geohazard_desktop.desktop.maps.map_page import MapPage

_SHORTEST = 46.0  # pixels of a side that has room for its length


class MeasureDesk(QObject):
    """Keeps painting and list in step with the board."""

    def __init__(self, page: "MapPage", board: MeasureBoard) -> None:
        super().__init__(page)
        self._page, self.board = page, board
        self.panel = MeasurePanel(page.canvas, board)
        board.changed = self._changed
        page.canvas.overlays.append(self._paint)
        page.canvas.resized.connect(self.place)
        page.desk.changed.connect(self.place)

    def copy(self) -> str:
        """All figures onto the clipboard; returns what was put there."""
        QGuiApplication.clipboard().setText(self.board.text)
        return self.board.text

    def _changed(self) -> None:
        self.panel.fill()
        self.place()
        self._page.canvas.update()

    def place(self) -> None:
        """In the lower right corner, out of the way of a stroke under the pen and of its live figures."""
        canvas, panel = self._page.canvas, self.panel
        panel.setVisible(bool(self.board.kept) and not self._page.desk.drawing)
        if panel.isVisible():
            high = min(panel.sizeHint().height(), round(canvas.height() * 0.45))
            panel.setGeometry(
                canvas.width() - panel.width() - theme().px(14),
                canvas.height() - high - theme().px(40),
                panel.width(),
                high,
            )

    def _paint(self, painter: QPainter, viewport: Viewport) -> None:
        for one in self.board.kept:
            _paint_one(painter, viewport, one)


class MeasurePanel(QFrame):
    """What was measured, the last one first, each with its figures and a button that takes it off the map."""

    def __init__(self, parent: QWidget, board: MeasureBoard) -> None:
        super().__init__(parent)
        self.setObjectName("float")
        self._board = board
        self.setFixedWidth(theme().px(306))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(12), theme().px(8), theme().px(8), theme().px(10))
        column.setSpacing(theme().px(4))
        head = QHBoxLayout()
        self.title = label("", "strong")
        head.addWidget(self.title, 1)
        head.addWidget(button(_("复制"), self._copy, size="small"))
        head.addWidget(button(_("全部清除"), board.clear, size="small"))
        column.addLayout(head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        self._high = 0
        self.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._board.text)

    def fill(self) -> None:
        kept = self._board.kept
        self.title.setText(_("量测　{count} 个").format(count=len(kept)))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme().px(4), 0)
        column.setSpacing(theme().px(3))
        for index, one in reversed(list(enumerate(kept, 1))):
            if index < len(kept):
                column.addWidget(line())
            row = QHBoxLayout()
            row.addWidget(label(_("{index}　{title}").format(index=index, title=one.title), "strong"), 1)
            row.addWidget(icon_button("close", _("从图上去掉"), lambda one=one: self._board.remove(one)))
            column.addLayout(row)
            for title, figure in one.lines:
                told = QHBoxLayout()
                told.addWidget(label(title, "small"), 1)
                told.addWidget(label(figure, "note"))
                column.addLayout(told)
        column.addStretch(1)
        self._area.setWidget(body)
        self._high = body.sizeHint().height()

    def sizeHint(self):  # type: ignore[no-untyped-def]
        found = super().sizeHint()
        found.setHeight(self._high + theme().px(62))
        return found


def _paint_one(painter: QPainter, viewport: Viewport, one: Measurement) -> None:
    colour = QColor(MARKS.selection)
    around = viewport.grown(60).bounds
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = _path(shapely.clip_by_rect(shapely.LineString(one.outline), *around), viewport)
    for ink, width in ((QColor(MARKS.casing), 5.0), (colour, 2.2)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
    if one.kind == "radius":
        centre, rim = (QPointF(*viewport.to_screen(*place)) for place in one.places[:2])
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(centre, rim)
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(QColor(MARKS.casing))
    for place in one.places:
        x, y = viewport.to_screen(*place)
        if -20 < x < viewport.width + 20 and -20 < y < viewport.height + 20:
            painter.drawRect(QRectF(x - 3.5, y - 3.5, 7, 7))
    figure = _plate_box(viewport.to_screen(*one.anchor), one.figure, strong=True, above=one.kind != "area")
    ring = one.outline
    for (place, words), start, end in zip(one.segments(), ring, ring[1:], strict=False):
        a, b = viewport.to_screen(*start), viewport.to_screen(*end)
        box = _plate_box(viewport.to_screen(*place), words, strong=False)
        if abs(a[0] - b[0]) + abs(a[1] - b[1]) >= _SHORTEST and not box.intersects(figure):
            _plate(painter, box, words, strong=False)
    _plate(painter, figure, one.figure, strong=True)


def _plate_box(at: tuple[float, float], words: str, *, strong: bool, above: bool = False) -> QRectF:
    metrics = QFontMetricsF(_plate_font(strong))
    width, height = metrics.horizontalAdvance(words) + 12, metrics.height() + 4
    return QRectF(at[0] - width / 2, at[1] - (height + 9 if above else height / 2), width, height)


def _plate_font(strong: bool) -> QFont:
    return theme().font("table" if strong else "small", bold=strong)


def _plate(painter: QPainter, box: QRectF, words: str, *, strong: bool) -> None:
    """Dark plate with the figure asked for, white ones with the sides' lengths."""
    ground = QColor(MARKS.label_ground if strong else MARKS.casing)
    ground.setAlphaF(0.94 if strong else 0.86)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(_plate_font(strong))
    painter.setPen(QColor(MARKS.label_text if strong else MARKS.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
