"""Starts publishing processes, one at a time, and tells the window how far they are."""

import multiprocessing
import time
from collections import deque
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import drop_drafts
from geohazard_desktop.desktop.papers import publish_process
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.publishing.product import CHANGED_ONLY

if TYPE_CHECKING:
    from geohazard_desktop.publishing.report import MadeRow, SheetMap


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to publish. `what`: the product's key; `title` in the window's words; `options` may hold `uids`."""

    what: str
    title: str
    out: Path
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def again(self) -> bool:
        """Whether only what says something else than before is to be made: it is printed to replace what hangs."""
        lines = self.options["batch"].lines if self.what == "batch" else ()
        given = [one.options for one in lines] or [self.options]
        return all(one.get(CHANGED_ONLY.key) for one in given)


@dataclass(frozen=True, slots=True)
class Result:
    """`made_now`: what this order wrote, in visiting order; `files` has also what a batch found finished."""

    order: Order
    files: list[Path]
    notes: list[str]
    problems: list[str]
    pages: int
    seconds: float
    maps: "list[SheetMap]" = field(default_factory=list)
    rows: "list[MadeRow]" = field(default_factory=list)
    lacking: dict[str, Sequence[str]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    codes: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    made_now: list[Path] = field(default_factory=list)


_PATIENCE_S = 20.0  # with what is being written when somebody stops: a slow stick


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
        self._end_with_program: Any = None
        self._pipe: Any = None
        self._writing: Any = None  # a lock that the process holds while it enters and writes papers
        self._order: Order | None = None
        self.workspace: Path | None = None  # of the order under way, or of the last one
        self._unheard: deque[tuple[Any, ...]] = deque()  # messages that were read and not yet told
        self._entered: set[str] = set()
        self._begun = 0.0
        self.since = 0.0  # when the order under way, or the last one, was begun, by the clock
        self._kept = False
        self.paused = False

    @property
    def busy(self) -> bool:
        return self._order is not None

    @property
    def order(self) -> Order | None:
        """What is under way."""
        return self._order

    def entered(self) -> Collection[str]:
        """The codes of all papers that the order under way, or the last one, has entered in the register so far: the
        process says each before anybody can read it there."""
        with suppress(EOFError, OSError):  # `_listen` meets it too, and tells it
            self._hear()
        return self._entered

    def _hear(self) -> None:
        """Read what the process has sent, and keep for `_listen` what is to be told. Raises EOFError, OSError."""
        while self._pipe is not None and self._pipe.poll():
            message = self._pipe.recv()
            if message[0] == "entered":
                self._entered.update(message[1])
            else:
                self._unheard.append(message)

    def start(self, order: Order, workspace: Path) -> bool:
        """False when another is still under way."""
        if self.busy:
            return False
        if self._process is None or not self._process.is_alive():
            self._spawn(ahead=False)
        self._pipe.send((order.what, str(workspace), str(order.out), order.options))
        self._order, self.workspace, self._begun = order, workspace, time.monotonic()
        self.since = time.time()
        self._unheard.clear()
        self._entered = set()
        self.paused = False
        self._timer.start()
        self.started.emit(order)
        return True

    def pause(self, on: bool) -> None:
        """Hold on after the paper under way, or go on."""
        if self.busy and on != self.paused:
            self.paused = on
            self._pipe.send(publish_process.PAUSE if on else publish_process.GO_ON)

    def keep_ready(self, on: bool) -> None:
        """Keep a process between two orders: a page that is set anew after each touch of the hand must not wait for
        one to start."""
        self._kept = on
        if on and self._process is None:
            self._spawn(ahead=True)
        elif not on and not self.busy:
            self._dismiss()

    def _spawn(self, *, ahead: bool) -> None:
        self._dismiss()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._writing = context.Lock()
        # A daemon could have no second process for cards; so this one is ended below instead when the program ends.
        self._process = context.Process(target=publish_process.serve, args=(theirs, ahead, self._writing), daemon=False)
        self._process.start()
        self._end_with_program = util.Finalize(None, self._process.terminate, exitpriority=1)
        theirs.close()
        self._pipe = ours

    def stop(self) -> None:
        """End it now. Files that are finished stay; the one under way is left unfinished nowhere, and no paper is left
        in the register that was not written: what is entered is written first."""
        order = self._order
        if order is None:
            return
        until = time.monotonic() + _PATIENCE_S
        while not self._writing.acquire(timeout=0.1) and self._process.is_alive() and time.monotonic() < until:
            self.entered()  # or it would wait for somebody to hear it
        self.entered()
        self._process.terminate()
        self._order = None
        self._timer.stop()
        self._put_down(order)
        self.stopped.emit(order)

    def _listen(self) -> None:
        order = self._order
        assert order is not None
        ended = False
        try:
            self._hear()
        except (EOFError, OSError):  # Windows breaks the pipe already where it is asked whether there is anything
            ended = True
        while self._order is order and self._unheard:
            self._take(order, self._unheard.popleft())
        if self._order is order and (ended or (not self._process.is_alive() and not self._pipe.poll())):
            self._broken(order, _("出图的进程没有说原因就停了"))

    def _take(self, order: Order, message: tuple[Any, ...]) -> None:
        kind, *rest = message
        if kind == "progress":
            self.progressed.emit(*rest)
            return
        seconds = time.monotonic() - self._begun
        if kind == "done":
            self._end()
            found, notes, problems, pages, maps, more = rest
            self.finished.emit(
                Result(order, [Path(one) for one in found], notes, problems, pages, seconds, maps, **more)
            )
        elif kind == "refused":
            self._end()
            _code, sentence, remedy = rest
            reporter().error(GeohazardError(sentence, remedy))
            self.failed.emit(order)
        else:
            self._broken(order, rest[0])

    def _broken(self, order: Order, words: str) -> None:
        self._timer.stop()
        self._order = None
        self._put_down(order)
        reporter().unexpected(RuntimeError(words))
        self.failed.emit(order)

    def _end(self) -> None:
        self._timer.stop()
        self._order = None
        if not self._kept:
            self._dismiss()

    def _put_down(self, order: Order) -> None:
        """After its process could not end by itself: what it was writing goes."""
        number = self._process.pid
        self._dismiss()
        drop_drafts(order.out, number)

    def _dismiss(self) -> None:
        """End the process, which has nothing under way: its files are whole when it says that they are done."""
        if self._process is not None:
            self._pipe.close()
            self._end_with_program()
            self._process.join(2)
            self._process = self._pipe = None
