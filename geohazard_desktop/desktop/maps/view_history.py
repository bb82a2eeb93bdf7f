"""Back to where the map was before: Alt+Left and Alt+Right, as in a browser."""

from PySide6.QtCore import QObject, QTimer

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.canvas import MapCanvas

_REST_MS = 600  # a view counts when the hand rests on it
_MOST = 100
_NEAR = 0.15  # of the window: a shift smaller than this at one scale is no other view


class ViewHistory(QObject):
    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._views: list[Viewport] = []
        self._at = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self.keep)
        canvas.viewed.connect(lambda _viewport: self._timer.start())

    def forget(self) -> None:
        self._timer.stop()
        self._views, self._at = [], -1

    def keep(self) -> None:
        """Take the present view in, unless it is the one that was gone back to."""
        self._timer.stop()
        now = self._canvas.viewport
        if not self._canvas.map_shown or (self._at >= 0 and _same(self._views[self._at], now)):
            return
        self._views = [*self._views[: self._at + 1], now][-_MOST:]
        self._at = len(self._views) - 1

    def step(self, by: int) -> bool:
        """False where there is no view farther on in that direction."""
        self.keep()
        at = self._at + by
        if not 0 <= at < len(self._views):
            return False
        self._at = at
        view, now = self._views[at], self._canvas.viewport
        self._canvas.look(now.centred(view.east, view.north).at_scale(view.denominator))
        self._timer.stop()
        return True


def _same(one: Viewport, other: Viewport) -> bool:
    near = _NEAR * min(one.width, one.height) * one.pixel
    moved = max(abs(one.east - other.east), abs(one.north - other.north))
    return abs(one.denominator / other.denominator - 1.0) < 0.05 and moved < near
