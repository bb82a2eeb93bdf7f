"""Painting the map into a cached frame in slices, so that the window answers the hand while a big map is painted."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from geohazard_desktop.cartography.labels import PlacedLabel
from geohazard_desktop.cartography.painter import FixedLabels, painting
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.desktop.viewport import Viewport

if TYPE_CHECKING:  # nothing of base maps is loaded before there is one
    from geohazard_desktop.cartography.base_maps.painting import BaseMapPainter, BaseMapReport
    from geohazard_desktop.cartography.base_maps.spec import BaseMap

_log = logging.getLogger(__name__)
MARGIN = 96.0  # logical pixels painted beyond the window on each side, so that a pan shows ground at once
_SLICE_S = 0.012


@dataclass(frozen=True, slots=True)
class Frame:
    """A painted image and the view it was painted for. `margin` is in logical pixels.

    `view` is what was painted, margin included; the boxes of `labels` are millimetres in it.
    """

    image: QImage
    viewport: Viewport
    margin: float
    seconds: float
    view: MapView
    problems: tuple[str, ...] = ()
    labels: tuple[PlacedLabel, ...] = ()
    base_maps: "BaseMapReport | None" = None


class FrameMaker(QObject):
    """One frame at a time; starting anew drops the unfinished one. `ready` carries a Frame; `tiles_arrived` says that
    base maps can be painted better now."""

    ready = Signal(object)
    tiles_arrived = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pictures: Callable[[], Sequence[LayerPicture]] = lambda: ()
        self.fixed_labels: Callable[[], FixedLabels] = dict
        self.base_maps: Callable[[], Sequence[BaseMap]] = lambda: ()
        self.map_epsg: Callable[[], int] = lambda: 0
        self._base_map_painter: BaseMapPainter | None = None
        self._painted_epsg = 0
        self.labels = True
        self.last_seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)
        self._steps: Iterator[None] | None = None
        self._spent = 0.0

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def stop(self) -> None:
        self._timer.stop()
        if self._steps is not None:
            self._steps.close()  # type: ignore[attr-defined]
            self._steps = None

    def start(self, viewport: Viewport, ratio: float) -> None:
        self.stop()
        self._spent = 0.0
        self._steps = self._paint(viewport, ratio)
        self._timer.start()

    def _slice(self) -> None:
        begun = time.perf_counter()
        try:
            while self._steps is not None and time.perf_counter() - begun < _SLICE_S:
                next(self._steps)
        except StopIteration:
            self._timer.stop()
            self._steps = None
        except BaseException:
            self.stop()
            raise
        self._spent += time.perf_counter() - begun

    def _paint(self, viewport: Viewport, ratio: float) -> Iterator[None]:
        whole = viewport.grown(MARGIN)
        view = whole.view(ratio)
        image = QImage(round(whole.width * ratio), round(whole.height * ratio), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        pictures = list(self.pictures())
        base_maps = list(self.base_maps())
        ground: BaseMapReport | None = None
        painter = QPainter(image)
        try:
            yield
            if base_maps or self._base_map_painter is not None:
                from geohazard_desktop.cartography.base_maps.see_through import seen_through

                ground = yield from self._base_maps().painting(painter, view, base_maps)
                pictures = seen_through(pictures) if ground.seen else pictures
            report = yield from painting(painter, view, pictures, labels=self.labels, fixed_labels=self.fixed_labels())
        finally:
            painter.end()
        image.setDevicePixelRatio(ratio)
        self.last_seconds = self._spent
        problems, placed = tuple(report.problems), tuple(report.labels)
        self.ready.emit(Frame(image, viewport, MARGIN, self._spent, view, problems, placed, ground))

    def _base_maps(self) -> "BaseMapPainter":
        from geohazard_desktop.cartography.base_maps.painting import BaseMapPainter

        if self._base_map_painter is None or self._painted_epsg != self.map_epsg():
            self.let_go()
            self._painted_epsg = self.map_epsg()
            self._base_map_painter = BaseMapPainter(self._painted_epsg, self.tiles_arrived.emit)
        return self._base_map_painter

    def retry_base_maps(self) -> None:
        """Ask again at once for what services did not give."""
        if self._base_map_painter is not None:
            self._base_map_painter.retry()

    def let_go(self) -> None:
        """Close the files of base maps."""
        if self._base_map_painter is not None:
            self._base_map_painter.close()
            self._base_map_painter = None
