"""The shape that tells what the pointer snaps to: one a kind, on the map and beside its name in the settings."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from geohazard_desktop.desktop.palette import MARKS

RADIUS = 8.0


def marker(kind: str, r: float = RADIUS) -> QPainterPath:
    """The outline around (0, 0), `r` pixels to each side (look.md section 6)."""
    path = QPainterPath()
    if kind == "vertex":
        path.addRect(-r, -r, 2 * r, 2 * r)
    elif kind == "midpoint":
        path.addPolygon(QPolygonF([QPointF(0, -r), QPointF(r, r), QPointF(-r, r)]))
        path.closeSubpath()
    elif kind == "intersection":
        _lines(path, ((-r, -r, r, r), (-r, r, r, -r)))
    elif kind == "perpendicular":
        _lines(path, ((-r, -r, -r, r), (-r, r, r, r)))
        path.moveTo(-r, 0)
        path.lineTo(0, 0)
        path.lineTo(0, r)
    elif kind == "extension":
        _lines(path, ((-r, 0, -r / 3, 0), (r / 3, 0, r, 0), (0, -r / 2, 0, r / 2)))
    elif kind == "parallel":
        _lines(path, ((-r, r / 2, r / 2, -r), (-r / 2, r, r, -r / 2)))
    elif kind == "grid":
        _lines(path, ((-r, 0, r, 0), (0, -r, 0, r)))
    else:  # on the edge: an hourglass
        path.addPolygon(QPolygonF([QPointF(-r, -r), QPointF(r, -r), QPointF(-r, r), QPointF(r, r)]))
        path.closeSubpath()
    return path


def _lines(path: QPainterPath, ends: tuple[tuple[float, float, float, float], ...]) -> None:
    for x1, y1, x2, y2 in ends:
        path.moveTo(x1, y1)
        path.lineTo(x2, y2)


def marker_icon(kind: str, side: int, ratio: float) -> QIcon:
    """The marker as it stands on the map, casing included, so that it holds on a dark ground too."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = marker(kind, side / 2 - 4).translated(side / 2, side / 2)
    for ink, width in ((QColor(MARKS.casing), 4.4), (QColor(MARKS.snap), 2.0)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.MiterJoin))
        painter.drawPath(path)
    painter.end()
    return QIcon(pixmap)
