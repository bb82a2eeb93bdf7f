"""Starts publishing processes, one at a time, and tells the window how far they are."""

import multiprocessing
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import publish_process
from geohazard_desktop.desktop.report import reporter


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to publish. `what`: map, cards or web; `title` in the window's words."""

    what: str
    title: str
    out: Path
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    order: Order
    files: list[Path]
    notes: list[str]
    problems: list[str]
    pages: int
    seconds: float


class Publisher(QObject):
    """`started`, `failed`, `stopped` (Order), `progressed` (done, total, words), `finished` (Result)."""

    started = Signal(object)
    progressed = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._listen)
        self._process: Any = None
        self._pipe: Any = None
        self._order: Order | None = None
        self._begun = 0.0

    @property
    def busy(self) -> bool:
        return self._order is not None

    def start(self, order: Order, workspace: Path) -> bool:
        """False when another is still under way."""
        if self.busy:
            return False
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        self._process = context.Process(
            target=publish_process.run,
            args=(theirs, order.what, str(workspace), str(order.out), order.options),
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._pipe, self._order, self._begun = ours, order, time.monotonic()
        self._timer.start()
        self.started.emit(order)
        return True

    def stop(self) -> None:
        """End it now. Files that are finished stay; the one under way is left unfinished nowhere."""
        order = self._order
        if order is None:
            return
        self._process.terminate()
        self._end()
        self.stopped.emit(order)

    def _listen(self) -> None:
        order = self._order
        assert order is not None
        try:
            while self._order is order and self._pipe.poll():
                self._take(order, self._pipe.recv())
        except EOFError:
            self._broken(order, _("出图的进程没有说原因就停了"))
        else:
            if self._order is order and not self._process.is_alive() and not self._pipe.poll():
                self._broken(order, _("出图的进程没有说原因就停了"))

    def _take(self, order: Order, message: tuple[Any, ...]) -> None:
        kind, *rest = message
        if kind == "progress":
            self.progressed.emit(*rest)
            return
        seconds = time.monotonic() - self._begun
        if kind == "done":
            self._end()
            found, notes, problems, pages = rest
            self.finished.emit(Result(order, [Path(one) for one in found], notes, problems, pages, seconds))
        elif kind == "refused":
            self._end()
            _code, sentence, remedy = rest
            reporter().error(GeohazardError(sentence, remedy))
            self.failed.emit(order)
        else:
            self._broken(order, rest[0])

    def _broken(self, order: Order, words: str) -> None:
        self._end()
        reporter().unexpected(RuntimeError(words))
        self.failed.emit(order)

    def _end(self) -> None:
        self._timer.stop()
        self._process.join(2)
        self._pipe.close()
        self._process = self._pipe = self._order = None
