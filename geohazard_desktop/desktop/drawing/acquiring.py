"""The hand rests on a corner or an edge while the pen is out: the snapper remembers it, and a small + says so."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.canvas import MapCanvas
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.editing.snapping import Snapper
from geohazard_desktop.editing.tool import Place, ToolEvent

REST_MS = 450
_ARM = 5.0
_KINDS = ("vertex", "edge", "midpoint")  # what is rested on: a place that is there, not one that a guide leads to


class Acquiring(QObject):
    """`snapper` gives the one in use, None while snapping is off."""

    def __init__(self, canvas: MapCanvas, snapper: Callable[[], Snapper | None]) -> None:
        super().__init__(canvas)
        self._canvas, self._snapper = canvas, snapper
        self._event: ToolEvent | None = None
        self._done: Place | None = None  # where the hand rested last: a tremor there is no second rest
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(REST_MS)
        self.timer.timeout.connect(self._rested)
        canvas.moved.connect(self._moved)
        canvas.overlays.append(self._paint)

    def _moved(self, event: ToolEvent) -> None:
        snapper = self._snapper()
        if snapper is None or not {"extension", "parallel"} & set(snapper.settings.kinds):
            self.timer.stop()
            return
        reach = snapper.settings.pixels * event.pixel_size
        if self._done is not None and planar_distance(self._done, event.place) > reach:
            self._done = None
        self._event = event
        self.timer.start()

    def _rested(self) -> None:
        snapper, event, snap = self._snapper(), self._event, self._canvas.preview.snap
        if snapper is None or event is None or self._done is not None:
            return
        if snap is None or snap.kind not in _KINDS or not snap.uid:
            return
        self._done = event.place
        if snapper.rest(*snap.place, snapper.settings.pixels * event.pixel_size / 4):
            self._canvas.update()

    def _paint(self, painter: QPainter, viewport: Viewport) -> None:
        snapper = self._snapper()
        if snapper is None:
            return
        for one in snapper.acquired.held:
            x, y = viewport.to_screen(*one.place)
            for ink, width in ((MARKS.casing, 4.4), (MARKS.snap, 2.0)):
                painter.setPen(QPen(QColor(ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawLine(QPointF(x - _ARM, y), QPointF(x + _ARM, y))
                painter.drawLine(QPointF(x, y - _ARM), QPointF(x, y + _ARM))
