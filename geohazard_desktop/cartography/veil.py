"""The one area that is spoken of: what lies around it is paler, its border stands out. Painted below the names, which
stay whole."""

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.primitives import Fill, Stroke
from geohazard_desktop.cartography.strips import Strips
from geohazard_desktop.cartography.view import MapView

_PALE = 120  # alpha of the white around
_BORDER_MM = 0.4
_PALE_ON_PAPER = 0.55
_PAPER_BORDER_MM = 0.6
_AROUND, _BORDER = "#D4D4D4", "#333333"
_WITHIN = 20.0  # metres: what only touches the area's border from outside is not of it


def veil_around(view: MapView, area: BaseGeometry) -> list[Fill | Stroke]:
    """The veil for paper: grey over everything in the frame outside `area` (metres), because most ground is white, and
    a dark border, which stays on a copier. Nothing where the area fills the frame."""
    frame = shapely.box(*view.grown_bounds(2.0))
    area = shapely.make_valid(area)
    around = shapely.difference(frame, area)
    if around.is_empty:
        return []
    east_min, _north_min, _east_max, north_max = view.bounds

    def strips(geometry: BaseGeometry) -> Strips:
        shapes = np.array([geometry], dtype=object)
        made = Strips.of_areas(shapes, np.arange(1)) if geometry.area else Strips.of_lines(shapes, np.arange(1))
        return made.in_mm(east_min, north_max, view.mm_per_metre)

    border = strips(shapely.intersection(area.boundary, frame))
    return [
        Fill(strips(around), _AROUND, _PALE_ON_PAPER),
        Stroke(border, _BORDER, _PAPER_BORDER_MM),
    ]


def veil_swatch(width_mm: float, height_mm: float) -> str:
    """The legend's picture of the veil's border as SVG: the area on the left, what lies around it on the right."""
    half = width_mm / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm:g}mm" height="{height_mm:g}mm" '
        f'viewBox="0 0 {width_mm:g} {height_mm:g}">'
        f'<rect x="{half:g}" width="{half:g}" height="{height_mm:g}" '
        f'fill="{_AROUND}" fill-opacity="{_PALE_ON_PAPER:g}"/>'
        f'<path d="M{half:g} 0V{height_mm:g}" stroke="{_BORDER}" stroke-width="{_PAPER_BORDER_MM:g}"/></svg>'
    )


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
