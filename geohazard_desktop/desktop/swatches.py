"""Layer swatches for tree, legend and buttons: painted by the map's own symbols, kept per style and pixel ratio.

They are painted when they come into sight, one at a time between other events: a tree of fifty would hold up the first
map.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from geohazard_desktop.cartography.style import Rule
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.theme import theme

WIDTH, HEIGHT = 22, 16  # pixels at 100 %
_MOST_GROWN = 1.5


class _Swatch(QIconEngine):
    def __init__(self, rule: Rule, geometry: str, ratio: float, values: Mapping[str, Any]) -> None:
        super().__init__()
        self.rule = rule  # kept, or another one could get its id
        self._look = (rule, geometry, ratio, values)
        self._tile: QPixmap | None = None

    def make(self) -> None:
        if self._tile is None:
            self._tile = tile(*self._look)

    def paint(self, painter: QPainter, rect: QRect, _mode: QIcon.Mode, _state: QIcon.State) -> None:
        if self._tile is None:
            _queue.add(self)
            return
        place = QRect(QPoint(0, 0), tile_size().boundedTo(rect.size()))
        place.moveCenter(rect.center())
        painter.drawPixmap(place, self._tile)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        """For what can't wait (a menu, a drag); `size` is in device pixels."""
        self.make()
        assert self._tile is not None
        found = self._tile.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        found.setDevicePixelRatio(scale)
        return found

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        return QSize(tile_size().boundedTo(size))

    def clone(self) -> QIconEngine:
        made = _Swatch(*self._look)
        made._tile = self._tile
        _engines.append(made)
        return made


class _Queue:
    """Swatches in sight that have not been painted."""

    def __init__(self) -> None:
        self._waiting: dict[_Swatch, None] = {}
        self._timer: QTimer | None = None
        self.held = False

    def add(self, swatch: _Swatch) -> None:
        self._waiting[swatch] = None
        self.start()

    def hold(self, wait: bool) -> None:
        self.held = wait
        if wait and self._timer is not None:
            self._timer.stop()  # of what waited before
        self.start()

    def start(self) -> None:
        if self.held or not self._waiting:
            return
        if self._timer is None:
            self._timer = QTimer(QApplication.instance())
            self._timer.timeout.connect(self._paint_one)
        if not self._timer.isActive():
            self._timer.start(0)

    def _paint_one(self) -> None:
        assert self._timer is not None
        if self._waiting:
            next(iter(self._waiting)).make()
            del self._waiting[next(iter(self._waiting))]
        if not self._waiting:
            self._timer.stop()
            for window in QApplication.topLevelWidgets():
                QWidget.update(window)  # a list that pops up has an update of its own


_queue = _Queue()
_made: dict[tuple[int, str, float], QIcon] = {}
_engines: list[_Swatch] = []  # Qt holds them without counting


def swatch_icon(rule: Rule, geometry: str, ratio: float, values: Mapping[str, Any] | None = None) -> QIcon:
    """The symbols of a style's rule on a 22×16 tile, crisp at the screen's pixel ratio."""
    key = (id(rule), geometry, ratio)
    if key not in _made:
        engine = _Swatch(rule, geometry, ratio, values or {})
        _engines.append(engine)
        _made[key] = QIcon(engine)
    return _made[key]


def tile(rule: Rule, geometry: str, ratio: float, values: Mapping[str, Any]) -> QPixmap:
    """A swatch at once: the symbols of a rule for a feature with these values."""
    from geohazard_desktop.cartography.legend import swatch

    image: QImage = swatch(rule, geometry, WIDTH, HEIGHT, ratio * _grown(), values)
    image.setDevicePixelRatio(ratio)  # grown with the type, symbols and all
    tile = QPixmap.fromImage(image)
    if theme().palette.dim:  # map colours belong on paper: in the dark theme each lies on a light tile
        tile = QPixmap(image.size())
        tile.setDevicePixelRatio(image.devicePixelRatio())
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(MARKS.paper))
        painter.drawRoundedRect(QRectF(QPointF(0, 0), image.deviceIndependentSize()), 2, 2)
        painter.drawImage(0, 0, image)
        painter.end()
    return tile


def tile_size() -> QSize:
    """Of a swatch at the theme's size; in the largest type names need the room more."""
    grown = _grown()
    return QSize(round(WIDTH * grown), round(HEIGHT * grown))


def _grown() -> float:
    return min(theme().px(100) / 100, _MOST_GROWN)


def forget() -> None:
    _made.clear()


def hold(wait: bool) -> None:
    """Whether none is painted for now: the first one loads all that paints symbols, and the first map goes before."""
    _queue.hold(wait)
