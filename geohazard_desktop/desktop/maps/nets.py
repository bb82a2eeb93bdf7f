"""方里网 and 经纬网 over the canvas, with their numbers at its edges; switched on by who wants them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import theme

if TYPE_CHECKING:
    from pyproj import CRS

    from geohazard_desktop.cartography.graticule import GraticuleLine

_CORNER = 66.0  # logical pixels at the upper left that belong to the north arrow
_ROW = 19.0  # height of a row of numbers


@dataclass(frozen=True, slots=True)
class _Number:
    """A number beside a line: small digits before the large ones, at the edge of the canvas that `side` says."""

    side: str
    at: float
    small: str
    large: str
    row: int = 0


class Nets:
    """What is switched on; `crs` is the workspace's."""

    def __init__(self) -> None:
        self.grid = False
        self.graticule = False
        self.crs: CRS | None = None
        self._kept: tuple[Viewport, list[GraticuleLine]] | None = None
        self._north: tuple[tuple[float, float], str] | None = None

    def set_crs(self, crs: "CRS | None") -> None:
        self.crs, self._kept, self._north = crs, None, None

    def north(self, viewport: Viewport) -> str:
        """真北偏东 0°50′ in the middle of the canvas; "" where grid north is true north."""
        if self.crs is None:
            return ""
        from geohazard_desktop.cartography.furniture import north_words, true_north

        # Rounded to a tenth of the window: it changes by seconds, and is asked for at every movement of the hand.
        step = max(viewport.width * viewport.pixel / 10, 1.0)
        place = round(viewport.east / step) * step, round(viewport.north / step) * step
        if self._north is None or self._north[0] != place:
            self._north = place, north_words(true_north(self.crs, *place))
        return self._north[1]

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        numbers: list[_Number] = []
        view = viewport.view(1.0)
        if self.grid:
            numbers += self._grid(painter, view)
        if self.graticule and self.crs is not None:
            numbers += self._graticule(painter, viewport, view)
        for one in numbers:
            _write(painter, viewport, one)

    def _grid(self, painter: QPainter, view: MapView) -> list[_Number]:
        from geohazard_desktop.cartography.grid import grid_ticks  # only where a grid is shown

        painter.setPen(QPen(QColor(MARKS.grid), 1.0))
        numbers = []
        for one in grid_ticks(view):
            at = one.at * view.device_per_mm
            if one.axis == "east":
                painter.drawLine(QPointF(at, 0), QPointF(at, view.height))
            else:
                painter.drawLine(QPointF(0, at), QPointF(view.width, at))
            numbers.append(_Number("top" if one.axis == "east" else "right", at, one.prefix, one.number))
        return numbers

    def _graticule(self, painter: QPainter, viewport: Viewport, view: MapView) -> list[_Number]:
        pen = QPen(QColor(MARKS.graticule), 1.0)
        pen.setDashPattern([6, 4])
        painter.setPen(pen)
        numbers = []
        for one in self._lines(viewport, view):
            points = [QPointF(x, y) for x, y in (one.points * view.device_per_mm).tolist()]
            painter.drawPolyline(QPolygonF(points))
            upright = one.axis == "longitude"
            at = _crossing(points, upright=upright)
            if at is not None:
                numbers.append(
                    _Number("top" if upright else "left", at, "", one.label, 1 if upright and self.grid else 0)
                )
        return numbers

    def _lines(self, viewport: Viewport, view: MapView) -> "list[GraticuleLine]":
        if self._kept is None or self._kept[0] != viewport:
            from geohazard_desktop.cartography.graticule import graticule_lines

            assert self.crs is not None
            self._kept = viewport, graticule_lines(view, self.crs)
        return self._kept[1]


def _crossing(points: Sequence[QPointF], *, upright: bool) -> float | None:
    """Where a line meets the upper (`upright`) or left edge of the canvas."""
    for one, two in pairwise(points):
        a, b = (one.y(), two.y()) if upright else (one.x(), two.x())
        if a != b and min(a, b) <= 0.0 <= max(a, b):
            share = -a / (b - a)
            return one.x() + (two.x() - one.x()) * share if upright else one.y() + (two.y() - one.y()) * share
    return None


def _write(painter: QPainter, viewport: Viewport, number: _Number) -> None:
    small, large = theme().font("grid"), theme().font("grid", bold=True)
    narrow = QFontMetricsF(small)
    wide = narrow.horizontalAdvance(number.small) if number.small else 0.0
    whole = wide + QFontMetricsF(large).horizontalAdvance(number.large)
    if number.side == "top":
        if not (_CORNER + whole / 2 < number.at < viewport.width - whole / 2 - 4):
            return
        left, top = number.at - whole / 2, 3 + number.row * _ROW
    else:
        if not (_CORNER < number.at < viewport.height - 90):
            return
        left = 5.0 if number.side == "left" else viewport.width - whole - 5
        top = number.at - _ROW / 2 + 1
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 215))
    painter.drawRoundedRect(QRectF(left - 3, top, whole + 6, _ROW - 2), 3, 3)
    base = top + (_ROW - 2 + narrow.ascent() - narrow.descent()) / 2
    painter.setPen(QColor(MARKS.ink))
    painter.setFont(small)
    painter.drawText(QPointF(left, base), number.small)
    painter.setFont(large)
    painter.drawText(QPointF(left + wide, base), number.large)
