"""Shelters with fewer places than people are sent there, marked on the map of a meeting in words."""

from collections.abc import Sequence

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.street_meeting import ShelterLine
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.canvas import MapCanvas
from geohazard_desktop.desktop.meetings.sizes import readable
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import FAMILIES, theme

_SYMBOL, _PAD = 26, 8  # px: from a shelter's middle to beside its symbol; around the words
_WAY = 6.0  # px around a route that a mark keeps off


class FullShelters:
    """A dark sign beside each of `shelters`, off the routes that lead there; names of the map keep off the signs."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self.shelters: Sequence[ShelterLine] = ()
        self._known: tuple[tuple[object, ...], list[tuple[float, float, float, float]]] | None = None
        canvas.overlays.append(self._paint)

    def boxes(self, viewport: Viewport) -> list[tuple[float, float, float, float]]:
        """Left, top, right, bottom of each sign in logical pixels of `viewport`, by the side where it hides least.
        Worked out again for another sight, other shelters or another size alone: it is asked for at each paint."""
        asked = (viewport, tuple(self.shelters), self._font().pixelSize(), theme().px(_SYMBOL))
        if self._known is None or self._known[0] != asked:
            self._known = asked, self._placed(viewport)
        return self._known[1]

    def _placed(self, viewport: Viewport) -> list[tuple[float, float, float, float]]:
        found: list[tuple[float, float, float, float]] = []
        for one, lines in self._told():
            wide, high = self._size(lines)
            middle = one.place.centroid
            x, y = viewport.to_screen(middle.x, middle.y)
            away = theme().px(_SYMBOL)
            places = (
                (x - wide / 2, y + away),
                (x - wide / 2, y - away - high),
                (x + away, y - high / 2),
                (x - away - wide, y - high / 2),
            )
            boxes = [(left, top, left + wide, top + high) for left, top in places]
            ways = [shapely.transform(way, lambda at: _on_screen(viewport, at)) for way in one.ways]
            found.append(
                min(boxes, key=lambda box: _hides(viewport, box, [*ways, *(shapely.box(*at) for at in found)]))
            )
        return found

    def _told(self) -> list[tuple[ShelterLine, list[str]]]:
        return [(one, one.room_words().rsplit("，", 1)) for one in self.shelters]

    def _font(self) -> QFont:
        font = QFont(FAMILIES)
        font.setPixelSize(readable(self._canvas.window().height()))
        font.setBold(True)
        return font

    def _size(self, lines: Sequence[str]) -> tuple[float, float]:
        metrics = QFontMetricsF(self._font())
        pad = theme().px(_PAD)
        return (
            max(metrics.horizontalAdvance(one) for one in lines) + 2 * pad,
            len(lines) * metrics.height() + pad,
        )

    def _paint(self, painter: QPainter, viewport: Viewport) -> None:
        painter.save()
        painter.setFont(self._font())
        for (_one, lines), (left, top, right, bottom) in zip(self._told(), self.boxes(viewport), strict=True):
            box = QRectF(QPointF(left, top), QPointF(right, bottom))
            painter.setPen(QPen(QColor(MARKS.casing), 3))
            painter.setBrush(QColor(MARKS.ink))
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(QColor(MARKS.casing))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))
        painter.restore()


def _on_screen(viewport: Viewport, places: Floats) -> Floats:
    return np.array([viewport.to_screen(east, north) for east, north in places.tolist()]).reshape(-1, 2)


def _hides(viewport: Viewport, box: tuple[float, float, float, float], others: Sequence[BaseGeometry]) -> float:
    """What a sign there would hide, and how much of it would lie out of sight."""
    area = shapely.box(*box)
    near = area.buffer(_WAY)
    seen = area.intersection(shapely.box(0, 0, viewport.width, viewport.height)).area
    hidden = sum(near.intersection(one).length for one in others)
    return float(hidden + (area.area - seen))
