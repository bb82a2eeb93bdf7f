"""Layer swatches for tree, legend and buttons: painted by the map's own symbols, kept per style and pixel ratio."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from geohazard_desktop.cartography.legend import swatch
from geohazard_desktop.cartography.style import Rule
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import theme

WIDTH, HEIGHT = 22, 16
_made: dict[tuple[int, str, float], tuple[Rule, QIcon]] = {}  # the rule is kept, or another one could get its id


def swatch_icon(rule: Rule, geometry: str, ratio: float, values: Mapping[str, Any] | None = None) -> QIcon:
    """The symbols of a style's rule on a 22×16 tile, crisp at the screen's pixel ratio."""
    key = (id(rule), geometry, ratio)
    if key not in _made:
        image = swatch(rule, geometry, WIDTH, HEIGHT, ratio, values or {})
        tile = QPixmap.fromImage(image)
        if theme().palette.dim:  # map colours belong on paper: in the dark theme each lies on a light tile
            tile = QPixmap(image.size())
            tile.setDevicePixelRatio(image.devicePixelRatio())
            tile.fill(Qt.GlobalColor.transparent)
            painter = QPainter(tile)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(MARKS.paper))
            painter.drawRoundedRect(0, 0, WIDTH, HEIGHT, 2, 2)
            painter.drawImage(0, 0, image)
            painter.end()
        _made[key] = (rule, QIcon(tile))
    return _made[key][1]


def size() -> QSize:
    return QSize(WIDTH, HEIGHT)


def forget() -> None:
    _made.clear()
