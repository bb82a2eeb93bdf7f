"""Starting map processes early and using them again. Imports nothing heavy."""

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

_waiting: list["Running"] = []


@dataclass(slots=True)
class Running:
    """A map process and the pipe to it."""

    process: SpawnProcess
    pipe: "Connection[Any, Any]"

    def stop(self) -> None:
        self.pipe.close()  # the process ends by itself when its pipe does
        self.process.join(0.2)
        if self.process.is_alive():
            self.process.terminate()


def begin() -> Running:
    """A new process, started by spawn as on Windows; it ends when the pipe is closed or this program ends."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), name="map", daemon=True)
    process.start()
    theirs.close()
    return Running(process, ours)


def warm_up() -> None:
    """Start one before it is needed."""
    _waiting.append(begin())


def take() -> Running:
    """A process that waits for a workspace."""
    while _waiting:
        found = _waiting.pop()
        if found.process.is_alive():
            return found
    return begin()


def give_back(running: Running) -> None:
    """It has been told to close its workspace: the next window may have it."""
    if running.process.is_alive() and not _waiting:
        _waiting.append(running)
    else:
        running.stop()


def _run(pipe: "Connection[Any, Any]") -> None:
    from geohazard_desktop.cartography.map_process.server import run

    run(pipe)
