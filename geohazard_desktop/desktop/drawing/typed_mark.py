"""Where a typed place would come, on the map, before it is taken."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from geohazard_desktop.analysis.measures import at_bearing
from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.canvas_marks import dashed, paint_label
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.editing.constraint import side_words
from geohazard_desktop.editing.tool import Place
from geohazard_desktop.editing.typed import Typed

_RAY_M = 20_000.0
_ARM = 11


@dataclass(frozen=True, slots=True)
class TypedMark:
    """`start` is the last corner of the stroke, where there is one."""

    typed: Typed
    start: Place | None


def paint_typed(painter: QPainter, viewport: Viewport, mark: TypedMark) -> None:
    """A cross at the place, dashed from the last corner, with bearing and distance; of a held bearing its ray."""
    colour = QColor(MARKS.snap)
    typed, start = mark.typed, mark.start
    if typed.bearing is not None and start is not None:
        dashed(painter, viewport, (start, at_bearing(start, typed.bearing, _RAY_M)), colour, 1.8, [6, 4])
    if typed.place is None:
        return
    if start is not None:
        dashed(painter, viewport, (start, typed.place), colour, 1.8, [6, 4])
    x, y = viewport.to_screen(*typed.place)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(MARKS.casing), 5.4), (colour, 2.4)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(x - _ARM, y), QPointF(x + _ARM, y))
        painter.drawLine(QPointF(x, y - _ARM), QPointF(x, y + _ARM))
        painter.drawEllipse(QPointF(x, y), 6, 6)
    if start is not None and 0 <= x <= viewport.width and 0 <= y <= viewport.height:
        paint_label(painter, viewport, typed.place, [side_words(start, typed.place)], away=start)
