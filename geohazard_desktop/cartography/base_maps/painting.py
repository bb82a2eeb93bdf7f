"""Painting base maps under the layers: in small pieces for the window, as one picture for paper."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from geohazard_desktop.cartography.base_maps.grid import SIZE, blocks_of
from geohazard_desktop.cartography.base_maps.layers import Layer, Services, layer_of
from geohazard_desktop.cartography.base_maps.sampling import image_of
from geohazard_desktop.cartography.base_maps.spec import BaseMap, BaseMapUnusable
from geohazard_desktop.cartography.view import MapView

_KEPT_BYTES = 96_000_000
_REFUSED_S = 20.0  # a file that could not be opened is tried again after: the disk of a share that is gone is slow
_QUIET_S = 0.2  # tiles that come in within this are told of together
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class BaseMapReport:
    """What was painted: `problems` by base map, one sentence each; `attributions` of what is in sight, each once;
    `pending` when tiles are on their way, after which `arrived` is called."""

    problems: dict[str, str] = field(default_factory=dict)
    seen: bool = False  # something of them is in sight: the layers above are to be seen through (see_through.py)
    attributions: list[str] = field(default_factory=list)
    pending: bool = False


class BaseMapPainter:
    """Paints base maps of one map CRS; for one thread. Files stay open and blocks are kept for the next view.

    `arrived` is called from other threads when tiles have come in: the map may then be painted anew.
    """

    def __init__(self, map_epsg: int, arrived: Callable[[], None] | None = None) -> None:
        self._epsg = map_epsg
        self._teller = _Teller(arrived or (lambda: None))
        self._services: Services | None = None
        self._layers: dict[object, Layer] = {}
        self._images: OrderedDict[tuple[object, object], QImage | None] = OrderedDict()
        self._bytes = 0
        self._refused: dict[object, tuple[float, str]] = {}  # when, and why

    def painting(
        self, painter: QPainter, view: MapView, base_maps: Sequence[BaseMap]
    ) -> Generator[None, None, BaseMapReport]:
        """Paint the visible ones of `base_maps`, first first, the map's upper left corner at the painter's origin, in
        device pixels. Yields every few milliseconds; the painter is the caller's own again after each step."""
        report = BaseMapReport()
        shown = [one for one in base_maps if one.visible]
        self._let_go({_identity(one) for one in base_maps})
        for one in shown:
            layer = self._layer(one, report)
            if layer is not None:
                yield from self._paint(painter, view, one, layer, report)
        return report

    def _paint(
        self, painter: QPainter, view: MapView, one: BaseMap, layer: Layer, report: BaseMapReport
    ) -> Generator[None, None, None]:
        layer.begin()
        seen = False
        frame = QRectF(0.0, 0.0, view.width, view.height)
        for block in blocks_of(view):
            key = (_identity(one), block.key)
            if key in self._images:
                self._images.move_to_end(key)
                image = self._images[key]
            else:
                drawn = layer.block(block)
                image = None if drawn.words is None else image_of(drawn.words)
                report.pending = report.pending or drawn.pending
                if drawn.final and not drawn.pending:
                    self._keep(key, image)
            if image is not None:
                seen = True
                painter.save()
                painter.setOpacity(one.opacity)
                whole = QRectF(block.x, block.y, SIZE, SIZE)
                part = whole.intersected(frame)
                painter.drawImage(part.topLeft(), image, part.translated(-whole.topLeft()))
                painter.restore()
            yield
        layer.finish(seen=seen)
        if layer.problem:
            report.problems[one.id] = layer.problem
        report.seen = report.seen or seen
        if seen and layer.credit not in report.attributions:
            report.attributions.append(layer.credit)

    def retry(self) -> None:
        """Ask services again at once for what failed, and look for files that were not there."""
        self._refused.clear()
        stay = {key for key, layer in self._layers.items() if layer.retry()}
        self._let_go(stay)
        for kept in [one for one in self._images if one[0] not in stay]:
            self._bytes -= _size(self._images.pop(kept))

    def close(self) -> None:
        """Let go of files and connections."""
        self._let_go(set())
        if self._services is not None:
            self._services.close()
            self._services = None
        self._images.clear()
        self._bytes = 0

    # -- what is kept ----------------------------------------------------------------------------------------------

    def _layer(self, one: BaseMap, report: BaseMapReport) -> Layer | None:
        key = _identity(one)
        if key in self._layers:
            return self._layers[key]
        when, sentence = self._refused.get(key, (0.0, ""))
        if not sentence or time.monotonic() > when + _REFUSED_S:
            try:
                self._layers[key] = layer_of(one, self._epsg, self._common, self._teller.tell)
                return self._layers[key]
            except BaseMapUnusable as error:
                sentence = str(error)
                self._refused[key] = time.monotonic(), sentence
        report.problems[one.id] = sentence
        return None

    def _common(self) -> Services:
        if self._services is None:
            self._services = Services(self._teller.tell)
        return self._services

    def _let_go(self, wanted: set[object]) -> None:
        for key in [key for key in self._layers if key not in wanted]:
            self._layers.pop(key).close()

    def _keep(self, key: tuple[object, object], image: QImage | None) -> None:
        self._images[key] = image
        self._bytes += _size(image)
        while self._bytes > _KEPT_BYTES and len(self._images) > 1:
            _key, old = self._images.popitem(last=False)
            self._bytes -= _size(old)


def base_map_image(
    view: MapView, base_maps: Sequence[BaseMap], map_epsg: int, *, dpi: float = 200.0, seconds: float = 30.0
) -> tuple[QImage, BaseMapReport]:
    """The visible ones of `base_maps` as one picture for paper, transparent where there is none.

    Waits for services, `seconds` at most in all; what had not come by then is said in the report, and `pending` is
    True then.
    """
    fresh = threading.Event()
    paper = replace(view, dpi=dpi)
    painter = BaseMapPainter(map_epsg, fresh.set)
    end = time.monotonic() + seconds
    try:
        while True:
            fresh.clear()
            image, report = _painted(painter, paper, base_maps)
            left = end - time.monotonic()
            if not report.pending or left <= 0 or not fresh.wait(left):
                return image, report
    finally:
        painter.close()


def _painted(painter: BaseMapPainter, view: MapView, base_maps: Sequence[BaseMap]) -> tuple[QImage, BaseMapReport]:
    image = QImage(round(view.width), round(view.height), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    brush = QPainter(image)
    try:
        steps = painter.painting(brush, view, base_maps)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                report: BaseMapReport = end.value
                return image, report
    finally:
        brush.end()


def _identity(one: BaseMap) -> object:
    """What the pixels depend on: another opacity or title needs no new ones."""
    return one.kind, one.source, one.key, one.min_zoom, one.max_zoom, one.tms, one.matrix, one.epsg


def _size(image: QImage | None) -> int:
    return 200 if image is None else image.sizeInBytes()


class _Teller:
    """Calls `arrived` after the last of a run of tiles, and every now and then during it."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        self._arrived = arrived
        self._mutex = threading.Lock()
        self._timer: threading.Timer | None = None

    def tell(self) -> None:
        with self._mutex:
            if self._timer is None:
                self._timer = threading.Timer(_QUIET_S, self._now)
                self._timer.daemon = True
                self._timer.start()

    def _now(self) -> None:
        with self._mutex:
            self._timer = None
        try:
            self._arrived()
        except RuntimeError:  # a window that has gone meanwhile: Qt's object was deleted
            _log.info("tiles came in after their map had gone")
