"""The window's end of the map process: asks for pictures of views and hands them to the canvas as they come."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from geohazard_desktop.cartography.map_process import launch
from geohazard_desktop.cartography.map_process.messages import (
    Broken,
    Changed,
    Close,
    FromProcess,
    Only,
    Painted,
    Preview,
    Reading,
    Refresh,
    Refused,
    RetryBaseMaps,
    Show,
    Taken,
    TilesArrived,
    ToProcess,
)
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.cartography.viewport import DPI, MARGIN, Viewport
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:  # nothing is loaded for what may not come
    from geohazard_desktop.cartography.base_maps.painting import BaseMapReport
    from geohazard_desktop.cartography.base_maps.spec import BaseMap
    from geohazard_desktop.cartography.labels import PlacedLabel

FixedLabels = Mapping[tuple[str, str], tuple[float, float]]  # as in cartography.painter, which is not loaded for it
_log = logging.getLogger(__name__)
_MOST_BOXES = 300  # changes at more places than this are painted as a whole
_MOST_LOSSES, _LOSSES_IN_S = 3, 60.0


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
    labels: "tuple[PlacedLabel, ...]" = ()
    schematic: bool = False
    base_maps: "BaseMapReport | None" = None


class FrameMaker(QObject):
    """`ready` carries a Frame, `refused` a sentence why there is none; `tiles_arrived` says that base maps can be
    painted better now. The newest order replaces those before."""

    ready = Signal(object)
    refused = Signal(str)
    tiles_arrived = Signal()
    reading = Signal(str, int, int)  # layer, features read, features to be read: a large layer takes its time
    _arrived = Signal(object, object)  # Running, message; None instead of a message: the process is gone

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.layers: Callable[[], Sequence[str]] = lambda: ()
        self.fixed_labels: Callable[[], FixedLabels] = dict
        self.base_maps: Callable[[], Sequence[BaseMap]] = lambda: ()
        # Boxes (left, top, right, bottom in logical pixels) that something else covers: no name is set there.
        self.covered: Callable[[Viewport], Sequence[tuple[float, float, float, float]]] = lambda _viewport: ()
        self.without: Callable[[], tuple[str, ...]] = tuple  # states of danger zones that are left out
        self.doubted: Callable[[], Mapping[str, Mapping[str, str]]] = dict  # what is not drawn as sound
        self.spoken_of: Callable[[], bytes] = bytes  # an area (WKB): around it the map is paler
        self.labels = True
        self.magnify = 1.0  # words and symbols this much larger, the ground as it is: for who sits far away
        self.names_anew = False  # the next picture looks for the places of names as if there had been none before
        self.last_seconds = 0.0
        self._running: launch.Running | None = None
        self._path: Path | None = None
        self._previews: dict[str, Mapping[str, Any]] = {}
        self._only: dict[str, frozenset[str]] = {}
        self._orders: dict[int, Viewport] = {}
        self._number = 0
        self._done = 0
        self._ratio = 1.0
        self._memories: dict[str, SharedMemory] = {}
        self._losses: list[float] = []
        self._arrived.connect(self._take)

    # -- what is to be shown ---------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Pictures of this workspace from now on."""
        self.close()
        self._path = path
        self._connect()
        self._send(launch.open_message(path))

    def close(self) -> None:
        """Let go of the file; the process is kept for the next one."""
        self.stop()
        self._previews.clear()
        self._only.clear()
        self._path = None
        running, self._running = self._running, None
        self._forget_memories()
        if running is not None:
            try:
                running.pipe.send(Close())
            except OSError:
                _log.info("the map process was gone already")
            launch.give_back(running)

    def follow(self, deltas: Sequence[Delta]) -> None:
        """What is on disk now looks different where these features were and are."""
        if len(deltas) > _MOST_BOXES:
            self.refresh()
            return
        uids: dict[str, list[str]] = {}
        boxes: list[Bounds] = []
        for one in deltas:
            uids.setdefault(one.layer, []).append(one.uid)
            for side in (one.before, one.after):
                if side is not None and side.geometry is not None and not side.geometry.is_empty:
                    boxes.append(side.geometry.bounds)
        self._send(Changed({layer: tuple(found) for layer, found in uids.items()}, tuple(boxes)))

    def refresh(self) -> None:
        self._send(Refresh())

    def retry_base_maps(self) -> None:
        """Ask again at once for what services did not give."""
        self._send(RetryBaseMaps())

    def preview(self, layer: str, style: Mapping[str, Any] | None) -> None:
        """Show a layer in a style that is not in the file; None: in the file's again."""
        self._previews.pop(layer, None)
        if style is not None:
            self._previews[layer] = style
        self._send(Preview(layer, style))

    def only(self, layer: str, uids: frozenset[str] | None) -> None:
        """Of a layer show the features of these uids alone; None: all of them again."""
        self._only.pop(layer, None)
        if uids is not None:
            self._only[layer] = uids
        self._send(Only(layer, uids))

    # -- pictures --------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a picture that was asked for has not come."""
        return self._done < self._number

    def stop(self) -> None:
        """What was asked for is not wanted any more."""
        self._orders.clear()
        self._done = self._number

    def start(self, viewport: Viewport, ratio: float) -> None:
        """Ask for a picture of `viewport` at a device pixel ratio."""
        if self._path is None:
            return
        self._number += 1
        self._orders[self._number] = viewport
        self._ratio = ratio
        whole = viewport.grown(MARGIN)
        fixed = dict(self.fixed_labels())
        layers, base_maps = tuple(self.layers()), tuple(self.base_maps())
        mm = 25.4 / DPI / self.magnify
        blocked = tuple(tuple((one + MARGIN) * mm for one in box) for box in self.covered(viewport))
        anew, self.names_anew = self.names_anew, False
        self._send(
            Show(
                self._number,
                whole.view(ratio).magnified(self.magnify),
                layers,
                self.labels,
                base_maps,
                fixed,
                blocked,
                anew,
                tuple(self.without()),
                self.doubted(),
                self.spoken_of(),
            )
        )

    def _take(self, running: launch.Running, message: FromProcess | None) -> None:
        if running is not self._running:
            return
        if message is None:
            self._lost()
            return
        if isinstance(message, TilesArrived):
            self.tiles_arrived.emit()
            return
        viewport = self._orders.get(message.number)
        if isinstance(message, Reading):
            if viewport is not None:
                self.reading.emit(message.layer, message.done, message.total)
        elif isinstance(message, Painted):
            image = self._copied(message)
            self._send(Taken(message.number))
            if viewport is None:
                return
            self._settle(message.number)
            image.setDevicePixelRatio(self._ratio)
            self.last_seconds = message.seconds
            self.ready.emit(
                Frame(
                    image,
                    viewport,
                    MARGIN,
                    message.seconds,
                    message.view,
                    message.problems,
                    message.labels,
                    message.schematic,
                    message.base_maps,
                )
            )
        elif viewport is not None:
            self._settle(message.number)
            if isinstance(message, Refused):
                self.refused.emit(f"{message.sentence}{message.remedy}")
            elif isinstance(message, Broken):
                _log.error("the map process failed: %s", message.words)
                self.refused.emit(_("地图没有画成（程序内部错误，已记入日志）。请再试一次；反复出现请把日志发给我们。"))

    def _settle(self, number: int) -> None:
        self._done = max(self._done, number)
        for one in [one for one in self._orders if one <= number]:
            del self._orders[one]

    def _copied(self, message: Painted) -> QImage:
        form = message.width, message.height, message.width * 4, QImage.Format.Format_RGB32
        if message.pixels:
            return QImage(message.pixels, *form).copy()
        memory = self._memories.get(message.memory)
        if memory is None:
            # Both processes share one resource tracker: it counts a memory once and frees it when all have ended.
            memory = SharedMemory(name=message.memory)
            self._memories[message.memory] = memory
        assert memory.buf is not None
        rows = memory.buf[: message.width * message.height * 4].toreadonly()
        image = QImage(rows, *form).copy()
        rows.release()
        return image

    # -- the process -----------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        running = launch.take()
        running.tell = lambda message: self._arrived.emit(running, message)
        self._running = running

    def _send(self, message: ToProcess) -> None:
        if self._running is None:
            return
        try:
            self._running.pipe.send(message)
        except OSError:
            _log.warning("the map process does not listen; its end is noticed by the listener")

    def _lost(self) -> None:
        """Start another one and ask again; a process that is lost again and again is told to people."""
        self._running = None
        self._forget_memories()
        path = self._path
        now = time.monotonic()
        self._losses = [one for one in self._losses if now - one < _LOSSES_IN_S] + [now]
        if path is None:
            return
        _log.error("the map process ended by itself (%d times lately)", len(self._losses))
        if len(self._losses) > _MOST_LOSSES:
            self.stop()
            self.refused.emit(
                _("画地图的进程一再中断，地图没有更新。已存的内容不受影响；请关闭其他程序腾出内存，再重新打开本文件。")
            )
            return
        self._connect()
        self._send(launch.open_message(path))
        for layer, style in self._previews.items():
            self._send(Preview(layer, style))
        for layer, uids in self._only.items():
            self._send(Only(layer, uids))
        if self._orders:
            newest = max(self._orders)
            viewport = self._orders[newest]
            self._orders.clear()
            self.start(viewport, self._ratio)

    def _forget_memories(self) -> None:
        for one in self._memories.values():
            one.close()
        self._memories.clear()
