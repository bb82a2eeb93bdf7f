"""The one area that is spoken of: what lies around it is paler, its border stands out. Painted below the names, which
stay whole."""

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.view import MapView

_PALE = 120  # alpha of the white around
_BORDER_MM = 0.4
_WITHIN = 20.0  # metres: what only touches the area's border from outside is not of it


def paint_veil(painter: QPainter, view: MapView, area: BaseGeometry) -> None:
    """White over everything outside `area` (metres), a dashed line along its border."""
    inside = QPainterPath()
    for part in shapely.get_parts(area):
        if part.geom_type == "Polygon":
            corners = shapely.get_coordinates(part.exterior).tolist()
            inside.addPolygon(QPolygonF([QPointF(*view.to_device(*one)) for one in corners]))
    around = QPainterPath()
    scale = view.device_per_mm
    around.addRect(QRectF(0, 0, view.width_mm * scale, view.height_mm * scale))
    pale = QColor("white")
    pale.setAlpha(_PALE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(around.subtracted(inside), pale)
    painter.strokePath(inside, QPen(QColor("black"), _BORDER_MM * scale, Qt.PenStyle.DashLine))
    painter.restore()


def veiled(image: QImage, view: MapView, area: bytes) -> tuple[QImage, BaseGeometry]:
    """A copy of the map's picture with the veil around `area` (WKB), and what a feature must meet to be of the area."""
    shape = shapely.from_wkb(area)
    result = QImage(image)
    painter = QPainter(result)
    paint_veil(painter, view, shape)
    painter.end()
    return result, _core_of(shape)


def _core_of(area: BaseGeometry) -> BaseGeometry:
    core = area.buffer(-_WITHIN)
    return area if core.is_empty else core
