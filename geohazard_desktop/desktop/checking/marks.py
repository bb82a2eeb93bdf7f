"""Findings on the map: an octagon or a triangle at each place in sight; the repair that is offered, green and dotted.

The shape carries the meaning, not the colour (look.md section 5); everything has a white casing.
"""

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.desktop.icons import SEVERITY_ICONS, paint_icon
from geohazard_desktop.desktop.maps.canvas_marks import _edges, _path
from geohazard_desktop.desktop.palette import LIGHT, MARKS

_MOST = 400  # signs at once; more would be a carpet
_SIDE = 18.0
_APART = 10.0  # pixels: of signs closer than this, the graver one is painted


class FindingMarks:
    """Painted over every frame: few signs, no allocation of widgets. `visible` says which layers are in sight."""

    def __init__(self, visible: Callable[[str], bool]) -> None:
        self._visible = visible
        self._findings: list[Finding] = []
        self._places = np.empty((0, 2))
        self.shown = True
        self.proposal: Sequence[BaseGeometry] = ()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Worst first, as the checks give them."""
        self._findings = [one for one in findings if one.place is not None and one.severity != "info"]
        places = np.array([one.place for one in self._findings], dtype=object)
        self._places = np.column_stack((shapely.get_x(places), shapely.get_y(places)))  # nan: nowhere, never in sight

    def in_sight(self, viewport: Viewport) -> list[tuple[Finding, float, float]]:
        """The findings to paint with their pixels, worst first."""
        if not self.shown or not len(self._places):
            return []
        west, south, east, north = viewport.grown(_SIDE).bounds
        x, y = self._places.T
        inside = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        found: list[tuple[Finding, float, float]] = []
        taken: set[tuple[int, int]] = set()
        for index in inside:
            one = self._findings[index]
            at = viewport.to_screen(*self._places[index])
            cell = (int(at[0] // _APART), int(at[1] // _APART))
            if cell not in taken and self._visible(one.layer):
                taken.add(cell)
                found.append((one, *at))
                if len(found) >= _MOST:
                    break
        return found

    def at(self, viewport: Viewport, east: float, north: float) -> Finding | None:
        """The finding whose sign lies under a place of the map."""
        x, y = viewport.to_screen(east, north)
        near = [(abs(px - x) + abs(py - y), one) for one, px, py in self.in_sight(viewport)]
        far, one = min(near, key=lambda pair: pair[0], default=(_SIDE, None))
        return one if far < _SIDE else None

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        self._paint_proposal(painter, viewport)
        for one, x, y in reversed(self.in_sight(viewport)):  # the gravest last, on top
            box = QRectF(x - _SIDE / 2, y - _SIDE / 2, _SIDE, _SIDE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(MARKS.casing))
            painter.drawEllipse(QPointF(x, y), _SIDE / 2 + 1.5, _SIDE / 2 + 1.5)
            error = one.severity == "error"
            colour = LIGHT.error if error else LIGHT.reminder_sign
            glyph = LIGHT.sign_glyph if error else LIGHT.reminder_glyph
            paint_icon(painter, SEVERITY_ICONS[one.severity], box, colour, glyph)

    def _paint_proposal(self, painter: QPainter, viewport: Viewport) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = viewport.grown(60).bounds
        for shape in self.proposal:
            if shape.geom_type.endswith("Point"):
                for east, north in shapely.get_coordinates(shape):
                    painter.setPen(QPen(QColor(MARKS.route), 3.0, Qt.PenStyle.DotLine))
                    painter.drawEllipse(QPointF(*viewport.to_screen(east, north)), 15, 15)
                continue
            path = _path(shapely.clip_by_rect(_edges(shape), *around), viewport)
            painter.setPen(QPen(QColor(MARKS.casing), 6.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(path)
            pen = QPen(QColor(MARKS.route), 3.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            pen.setDashPattern([0.1, 1.9])
            painter.setPen(pen)
            painter.drawPath(path)
