"""The grid that is snapped to, drawn where it can be told apart: light lines, none where they would lie too close."""

from math import ceil, floor

from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import theme

CLOSEST = 10.0  # pixels between two lines; closer ones would grey the map


def lines_of(viewport: Viewport, spacing_m: float, closest: float) -> list[QLineF]:
    """Lines at the multiples of `spacing_m` in sight, in pixels; none where they are less than `closest` apart."""
    if spacing_m / viewport.pixel < closest:
        return []
    west, south, east, north = viewport.bounds
    found = []
    for number in range(ceil(west / spacing_m), floor(east / spacing_m) + 1):
        x = round(viewport.to_screen(number * spacing_m, north)[0]) + 0.5
        found.append(QLineF(x, 0.0, x, viewport.height))
    for number in range(ceil(south / spacing_m), floor(north / spacing_m) + 1):
        y = round(viewport.to_screen(west, number * spacing_m)[1]) + 0.5
        found.append(QLineF(0.0, y, viewport.width, y))
    return found


def paint_snap_grid(painter: QPainter, viewport: Viewport, spacing_m: float) -> None:
    lines = lines_of(viewport, spacing_m, theme().px(round(CLOSEST)))
    if not lines:
        return
    ink = QColor(MARKS.snap)
    ink.setAlphaF(0.28)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(ink, 1.0))
    painter.drawLines(lines)
    painter.restore()
