"""Starting map processes early and using them again.

Everything waits for this module at the start of the program: it imports what starting a process takes, and no more.
"""

import atexit
import gc
import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geohazard_desktop.cartography.map_process.messages import Open

_waiting: list["Running"] = []
_all: set["Running"] = set()


class Running:
    """A map process and the pipe to it. `tell` gets each message in a thread of its own, and None when the process has
    ended."""

    def __init__(self, process: SpawnProcess, pipe: "Connection[Any, Any]") -> None:
        self.process = process
        self.pipe = pipe
        self.tell: Callable[[Any], None] | None = None

    def listen(self) -> None:
        while True:
            try:
                message = self.pipe.recv()
            except (EOFError, OSError):
                message = None
            tell = self.tell
            if tell is not None:
                try:
                    tell(message)
                except RuntimeError:  # the window went before its map process
                    import logging

                    logging.getLogger(__name__).debug("nobody is told any more")
            if message is None:
                return

    def stop(self) -> None:
        """End it: by itself, so that it gives its shared memory back; by force where it does not."""
        self.tell = None
        with suppress(OSError):
            self.pipe.send(None)
        self.process.join(3.0)
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(3.0)
        _all.discard(self)


def begin() -> Running:
    """A new process, started by spawn as on Windows; it ends when the pipe is closed or this program ends."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), name="map", daemon=True)
    process.start()
    theirs.close()
    running = Running(process, ours)
    _all.add(running)
    threading.Thread(target=running.listen, name="map", daemon=True).start()
    return running


def warm_up() -> None:
    """Start one before it is needed."""
    _waiting.append(begin())


def read_ahead(path: Path, canvas: tuple[float, float, float]) -> None:
    """The process that waits reads the workspace that will be opened, and paints it for the canvas (width, height,
    device pixel ratio) that the window will probably have."""
    _waiting[-1].pipe.send(open_message(path, canvas))


def open_message(path: Path, canvas: tuple[float, float, float] | None = None) -> "Open":
    """Messages are light: they load nothing but the view."""
    from geohazard_desktop.cartography.map_process.messages import Open

    return Open(str(path.absolute()), canvas)


def take() -> Running:
    """A process that waits for a workspace."""
    while _waiting:
        found = _waiting.pop()
        if found.process.is_alive():
            return found
    return begin()


def give_back(running: Running) -> None:
    """It has been told to close its workspace: the next window may have it."""
    running.tell = None
    if running.process.is_alive() and not _waiting:
        _waiting.append(running)
    else:
        running.stop()


@atexit.register
def _end() -> None:
    for one in list(_all):
        one.stop()


def _run(pipe: "Connection[Any, Any]") -> None:
    gc.disable()  # until everything is loaded
    from geohazard_desktop.cartography.map_process.server import run

    run(pipe)
