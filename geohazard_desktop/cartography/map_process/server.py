"""The map process: takes what the window asks for, paints, hands pictures over in shared memory.

Painting goes in small pieces; between two of them the pipe is looked at. A picture that nobody wants any more is given
up, unless it is the same scale and well on its way: a map that is dragged would never see one else.
"""

import gc
import logging
import time
from collections.abc import Generator, Mapping
from contextlib import suppress
from math import inf
from multiprocessing import Pipe, connection
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.home import home_viewport
from geohazard_desktop.cartography.map_process.ground import Ground, ground_painting
from geohazard_desktop.cartography.map_process.messages import (
    Broken,
    Changed,
    Only,
    Open,
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
from geohazard_desktop.cartography.map_process.scene import MapScene
from geohazard_desktop.cartography.painter import has_names, paint_labels
from geohazard_desktop.cartography.viewport import MARGIN, Viewport
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.without_window import paint_without_window

if TYPE_CHECKING:  # nothing of base maps is loaded before there is one, nothing that places names before they are due
    from geohazard_desktop.cartography.base_maps.painting import BaseMapPainter, BaseMapReport
    from geohazard_desktop.cartography.labels import PlacedLabel, Previous

_log = logging.getLogger(__name__)
_FINISHED_AFTER_S = 0.15  # a picture of the wanted scale that is older is finished first
_SLICE_S = 0.01
_TELL_AFTER_S = 0.6
_MEMORIES = 2

Job = Generator[None, None, Painted]


def run(pipe: "Connection[Any, Any]") -> None:
    """Serve until the pipe closes."""
    paint_without_window()
    gc.freeze()
    gc.enable()
    application = QGuiApplication(["map"])
    server = Server(pipe)
    try:
        server.serve()
    except (EOFError, ConnectionError, KeyboardInterrupt):
        pass  # the window is gone: nothing is left to be painted, and nothing here is worth keeping
    finally:
        server.close()
        del application


class Server:
    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        self._pipe = pipe
        self._scene: MapScene | None = None
        self._opening = ""
        self._previews: dict[str, Mapping[str, Any]] = {}  # styles that are not in the file
        self._only: dict[str, frozenset[str]] = {}  # of these layers these features alone
        self._wanted: Show | None = None
        self._shown: Show | None = None
        self._job: Job | None = None
        self._ahead: Generator[None, None, None] | None = None
        self._ahead_at = 0.0  # the scale of the picture that is painted ahead
        self._begun = self._told = 0.0
        self._ground: Ground | None = None
        self._dirty: list[tuple[float, float, float, float]] = []
        self._kept_labels: Previous = {}  # where names stand; kept while the map is dragged at one scale
        self._kept_at = 0.0  # that scale
        self._names_anew_from: float = inf  # the number of the first picture that keeps none of them
        self._memories = _Memories()
        self._base_maps: BaseMapPainter | None = None
        self._tiles, self._tiles_bell = Pipe(duplex=False)  # rung from the threads that fetch tiles

    def serve(self) -> None:
        while True:
            self._listen(wait=self._job is None and self._ahead is None)
            if self._job is None and self._wanted is not None:
                self._shown, self._wanted = self._wanted, None
                self._begun = time.perf_counter()
                self._job = self._painting(self._shown)
            if self._job is not None:
                self._advance(self._job)
            elif self._ahead is not None:
                self._read_ahead(self._ahead)

    def close(self) -> None:
        self._give_up()
        self._forget()
        self._memories.close()

    def _listen(self, *, wait: bool) -> None:
        if wait and self._wanted is None:
            connection.wait([self._pipe, self._tiles])
        while self._pipe.poll():
            self._take(self._pipe.recv())
        rung = False
        while self._tiles.poll():
            self._tiles.recv_bytes()
            rung = True
        if rung:
            self._pipe.send(TilesArrived())

    def _read_ahead(self, steps: Generator[None, None, None]) -> None:
        """Before a picture is asked for, while the window is still being built."""
        try:
            next(steps)
        except StopIteration:
            self._ahead = None
        except Exception:  # noqa: BLE001 - it is met again, and told, with the first picture
            self._ahead = None

    def _reading_ahead(self, canvas: tuple[float, float, float] | None) -> Generator[None, None, None]:
        """What the first picture needs; with a `canvas`, that picture itself as it will probably be asked for."""
        scene = self._opened()
        for layer in scene.layers():
            yield
            scene.picture(layer)
        bounds = scene.home
        if canvas is None or bounds is None:
            return
        width, height, ratio = canvas
        viewport = home_viewport(bounds, Viewport(0.0, 0.0, 1.0, width, height)).aligned(ratio).grown(MARGIN)
        layers = tuple(scene.drawn())
        yield
        self._ahead_at = viewport.denominator
        self._ground = yield from ground_painting(
            None, viewport.view(ratio), self._key(layers), scene.pictures(layers), []
        )
        if any(map(has_names, scene.pictures(layers))):
            from geohazard_desktop.cartography import labels  # noqa: F401 - loaded while nobody waits

    def _key(self, layers: tuple[str, ...], *, see_through: bool = False, seen: bool = False) -> object:
        """What decides how the ground looks, its place apart. `see_through`: base maps lie below; `seen`: they show."""
        return layers, self._opened().version, see_through, seen

    def _opened(self) -> MapScene:
        if self._scene is None:
            self._scene = MapScene(Path(self._opening))
            for layer, style in self._previews.items():
                self._scene.preview(layer, style)
            for layer, uids in self._only.items():
                self._scene.only(layer, uids)
        return self._scene

    def _advance(self, job: Job) -> None:
        shown = self._shown
        assert shown is not None
        until = time.perf_counter() + _SLICE_S
        try:
            while time.perf_counter() < until:
                next(job)
            self._tell_reading(shown)
        except StopIteration as end:
            self._job = None
            self._pipe.send(end.value)
            if self._scene is not None and self._scene.in_the_way:
                self._forget()  # read anew for the next picture, as long as another program is at it
        except GeohazardError as error:
            self._give_up()
            self._pipe.send(Refused(shown.number, error.code, error.sentence, error.remedy))
        except Exception as error:  # noqa: BLE001 - the window tells it; the traceback goes with it to the log
            import traceback

            self._give_up()
            self._ground = None
            self._pipe.send(Broken(shown.number, f"{type(error).__name__}: {error}\n{traceback.format_exc()}"))

    def _tell_reading(self, shown: Show) -> None:
        now = time.perf_counter()
        if self._scene is None or now - max(self._begun, self._told) < _TELL_AFTER_S:
            return
        for layer, done, total in self._scene.reading():
            self._told = now
            self._pipe.send(Reading(shown.number, layer, done, total))
            return

    # -- what the window says --------------------------------------------------------------------------------------

    def _take(self, message: ToProcess | None) -> None:
        if message is None:
            raise EOFError
        if isinstance(message, Taken):
            self._memories.taken(message.number)
        elif isinstance(message, Show):
            self._want(message)
        elif isinstance(message, Changed):
            self._restart()
            if self._scene is not None and self._scene.follow(message.uids):
                self._dirty += message.boxes
        elif isinstance(message, Preview):
            self._preview(message)
        elif isinstance(message, Only):
            self._show_only(message)
        elif isinstance(message, RetryBaseMaps):
            if self._base_maps is not None:
                self._base_maps.retry()
        elif isinstance(message, Refresh):
            self._restart()
            self._kept_labels = {}
            if self._scene is not None:
                self._scene.refresh()
        elif not isinstance(message, Open) or message.path != self._opening:
            self._give_up()
            self._forget()
            self._wanted = None
            self._memories.taken_all()  # who asked for what was on its way has gone
            self._previews.clear()
            self._only.clear()
            self._opening = message.path if isinstance(message, Open) else ""
            self._ahead = self._reading_ahead(message.canvas) if isinstance(message, Open) else None

    def _preview(self, message: Preview) -> None:
        """Kept: the scene may not be read yet, or be read anew after another program was in the way."""
        self._restart()
        self._previews.pop(message.layer, None)
        if message.style is not None:
            self._previews[message.layer] = message.style
        if self._scene is not None:
            self._scene.preview(message.layer, message.style)

    def _show_only(self, message: Only) -> None:
        """Kept, as a preview is."""
        self._restart()
        self._only.pop(message.layer, None)
        if message.uids is not None:
            self._only[message.layer] = message.uids
        if self._scene is not None:
            self._scene.only(message.layer, message.uids)

    def _want(self, show: Show) -> None:
        self._wanted = show
        if show.layers and show.view.denominator != self._ahead_at:
            self._ahead = None  # another picture than the one that is painted ahead
        if show.names_anew or not show.labels:
            self._names_anew_from = show.number
        if self._job is None or self._shown is None:
            return
        same_scale = self._shown.view.denominator == show.view.denominator and self._shown.layers == show.layers
        if not same_scale or time.perf_counter() - self._begun < _FINISHED_AFTER_S:
            self._give_up()

    def _restart(self) -> None:
        """The picture under way is no longer right; it is wanted still."""
        if self._job is not None and self._wanted is None:
            self._wanted = self._shown
        self._give_up()

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.close()
            self._job = None

    def _forget(self) -> None:
        if self._scene is not None:
            self._scene.close()
        self._scene, self._ground = None, None
        self._kept_labels = {}
        if self._base_maps is not None:
            self._base_maps.close()
            self._base_maps = None
        self._dirty.clear()

    # -- painting --------------------------------------------------------------------------------------------------

    def _painting(self, show: Show) -> Job:
        if self._ahead is not None and show.layers:
            ahead, self._ahead = self._ahead, None
            yield from ahead
        scene = self._opened()
        scene.leave_out(show.without)
        scene.doubt(show.doubted)
        pictures = scene.pictures(show.layers)
        yield
        report: BaseMapReport | None = None
        below: QImage | None = None
        if show.base_maps:
            below, report = yield from self._base_map(show, scene.epsg)
        if report is not None and report.seen:
            from geohazard_desktop.cartography.base_maps.see_through import seen_through

            pictures = seen_through(pictures)
        seen = report is not None and report.seen
        key = self._key(show.layers, see_through=below is not None, seen=seen)
        dirty = list(self._dirty)
        ground = yield from ground_painting(
            self._ground, show.view, key, pictures, dirty, see_through=below is not None
        )
        self._ground = ground
        self._dirty = self._dirty[len(dirty) :]
        image = ground.image
        if below is not None:
            image = below
            painter = QPainter(image)
            painter.drawImage(0, 0, ground.image)
            painter.end()
        labels: tuple[PlacedLabel, ...] = ()
        within: BaseGeometry | None = None
        if show.spoken_of:
            from geohazard_desktop.cartography.veil import veiled

            image, within = veiled(image, show.view, show.spoken_of)
        if show.labels:
            image = QImage(image)
            painter = QPainter(image)
            self._forget_names(show)
            placed = paint_labels(
                painter,
                show.view,
                pictures,
                fixed_labels=show.fixed_labels,
                previous=self._kept_labels,
                blocked=show.blocked,
                within=within,
            )
            painter.end()
            self._kept_labels = placed.kept_labels
            labels = tuple(placed.labels)
            yield
        while not self._memories.free:
            yield
        memory, pixels = self._memories.write(show.number, image)
        return Painted(
            show.number,
            memory,
            image.width(),
            image.height(),
            show.view,
            time.perf_counter() - self._begun,
            ground.problems,
            labels,
            scene.schematic(show.layers),
            report,
            pixels,
        )

    def _forget_names(self, show: Show) -> None:
        """One view looks the same whichever way one came to it: only a map that is dragged keeps its names in place."""
        if show.number >= self._names_anew_from or show.view.denominator != self._kept_at:
            self._kept_labels = {}
        if show.number >= self._names_anew_from:
            self._names_anew_from = inf
        self._kept_at = show.view.denominator

    def _base_map(self, show: Show, epsg: int) -> Generator[None, None, "tuple[QImage, BaseMapReport]"]:
        """What lies under the layers, on white."""
        if self._base_maps is None:
            from geohazard_desktop.cartography.base_maps.painting import BaseMapPainter

            self._base_maps = BaseMapPainter(epsg, lambda: self._tiles_bell.send_bytes(b"1"))
        image = QImage(round(show.view.width), round(show.view.height), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        try:
            report = yield from self._base_maps.painting(painter, show.view, show.base_maps)
        finally:
            painter.end()
        return image, report


class _Memories:
    """Shared memories that pictures are handed over in, by turns."""

    def __init__(self) -> None:
        self._all: list[SharedMemory] = []
        self._used: dict[int, SharedMemory] = {}  # by the number of the picture in it

    @property
    def free(self) -> bool:
        return len(self._used) < _MEMORIES

    def taken(self, number: int) -> None:
        # Pictures are taken in order: what came before can't be waited for any more.
        for one in [one for one in self._used if one <= number]:
            del self._used[one]

    def taken_all(self) -> None:
        self._used.clear()

    def write(self, number: int, image: QImage) -> tuple[str, bytes]:
        """The name of the memory that holds the picture, or the picture itself where the system has none to share."""
        try:
            return self._write(number, image), b""
        except OSError as error:
            _log.warning("no shared memory (%s): the picture goes through the pipe", error)
            return "", bytes(image.constBits())

    def _write(self, number: int, image: QImage) -> str:
        size = image.sizeInBytes()
        used = {one.name for one in self._used.values()}
        found = next((one for one in self._all if one.name not in used and one.size >= size), None)
        if found is None:
            for one in [one for one in self._all if one.name not in used]:
                self._drop(one)
            found = SharedMemory(create=True, size=size)
            self._all.append(found)
        assert found.buf is not None
        found.buf[:size] = image.constBits()
        self._used[number] = found
        return found.name

    def _drop(self, memory: SharedMemory) -> None:
        self._all.remove(memory)
        memory.close()
        with suppress(FileNotFoundError):
            memory.unlink()

    def close(self) -> None:
        for one in list(self._all):
            self._drop(one)
