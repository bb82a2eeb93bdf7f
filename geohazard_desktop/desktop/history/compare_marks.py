"""Shapes before and after a step over the map: before is dashed, after is solid."""

from collections.abc import Sequence

import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.viewport import Bounds, Viewport
from geohazard_desktop.desktop.maps.canvas_marks import edge_path
from geohazard_desktop.desktop.palette import MARKS

Pair = tuple[BaseGeometry | None, BaseGeometry | None]  # before, after
MOST_MARKED = 500


def paint_comparison(painter: QPainter, viewport: Viewport, pairs: Sequence[Pair]) -> None:
    """Before is drawn above after, so that its dashes show where both run together."""
    for _before, after in pairs[:MOST_MARKED]:
        _paint(painter, viewport, after, QColor(MARKS.selection), dashed=False)
    for before, _after in pairs[:MOST_MARKED]:
        _paint(painter, viewport, before, QColor(MARKS.drawn), dashed=True)


def bounds_of(pairs: Sequence[Pair]) -> Bounds | None:
    """The box around all shapes; None where there is none."""
    shapes = [one for pair in pairs[:MOST_MARKED] for one in pair if one is not None and not one.is_empty]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes)
    return float(west), float(south), float(east), float(north)


def _paint(painter: QPainter, viewport: Viewport, geometry: BaseGeometry | None, ink: QColor, *, dashed: bool) -> None:
    if geometry is None or geometry.is_empty:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(MARKS.casing), 5.0), (ink, 2.4)):
        pen = QPen(colour, width)
        if dashed and colour == ink:
            pen.setDashPattern([3.0, 2.2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        if geometry.geom_type.endswith("Point"):
            for east, north in shapely.get_coordinates(geometry):
                painter.drawEllipse(QPointF(*viewport.to_screen(east, north)), 13, 13)
        else:
            painter.drawPath(edge_path(viewport, geometry))
