"""Layer swatches for tree, legend and buttons: painted by the map's own symbols, kept per style and pixel ratio."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap

from geohazard_desktop.cartography.legend import swatch
from geohazard_desktop.cartography.style import Rule

WIDTH, HEIGHT = 22, 16
_made: dict[tuple[int, str, float], QIcon] = {}


def swatch_icon(rule: Rule, geometry: str, ratio: float, values: Mapping[str, Any] | None = None) -> QIcon:
    """The symbols of a style's rule on a 22×16 tile, crisp at the screen's pixel ratio."""
    key = (id(rule), geometry, ratio)
    if key not in _made:
        image = swatch(rule, geometry, WIDTH, HEIGHT, ratio, values or {})
        _made[key] = QIcon(QPixmap.fromImage(image))
    return _made[key]


def size() -> QSize:
    return QSize(WIDTH, HEIGHT)


def forget() -> None:
    _made.clear()
