"""Long work off the window's path: one helper for progress, cancel, result, and the error as a sentence.

The work runs in a thread of its own and must not touch widgets or the window's Workspace (its SQLite connection
belongs to the window's thread); it opens the file itself, read-only where it only reads.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal
from shiboken6 import isValid

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.desktop.report import reporter

_PATIENCE_S = 10.0  # with work that has to end before something is left
_unheard: "list[Job]" = []  # work that nobody waits for any more


class Cancelled(Exception):
    """Raised inside the work by `Progress` when the user stopped it. What is already written stays."""


class Progress:
    """Handed to the work; call it with (done, total, words). Raises Cancelled after the user has stopped the work."""

    def __init__(self, job: "Job") -> None:
        self._job = job

    def __call__(self, done: int, total: int, words: str = "") -> None:
        if self._job.isInterruptionRequested():
            raise Cancelled
        self._job.progressed.emit(done, total, str(words))

    def stopped(self) -> bool:
        """Whether the user has stopped the work, for work that must end by itself."""
        return self._job.isInterruptionRequested()


class Job(QThread):
    """`finished_with` (result), `refused` (GeohazardError), `stopped`; exactly one of them, in the window's thread."""

    progressed = Signal(int, int, str)
    finished_with = Signal(object)
    refused = Signal(object)
    stopped = Signal()
    broken = Signal(object)

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.refused.connect(reporter().error)
        self.broken.connect(reporter().unexpected)

    def requestInterruption(self) -> None:
        """Nothing where the job has ended and Qt's part of it is gone: whoever stops it need not know."""
        if isValid(self):
            super().requestInterruption()

    def run(self) -> None:
        try:
            result = self._work(Progress(self))
        except Cancelled:
            self.stopped.emit()
        except GeohazardError as error:
            self.refused.emit(error)
        except Exception as error:  # noqa: BLE001 - a thread has no excepthook of ours; the reporter logs it
            self.broken.emit(error)
        else:
            self.finished_with.emit(result)


def _let_go(job: Job) -> None:
    """What has ended is not kept by a parent that may stay all day. It is no child when it is deleted: its slots may
    hold the last reference to its parent, which would then delete its child within the child's own deletion."""
    job.setParent(None)
    job.deleteLater()


class Jobs:
    """The jobs under way: kept alive until they end, and waited for when the window closes."""

    def __init__(self, parent: QObject) -> None:
        self._parent = parent
        self._running: list[Job] = []

    def start(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        *,
        told: Callable[[int, int, str], object] | None = None,
        stopped: Callable[[], object] | None = None,
        failed: Callable[[], object] | None = None,
        ended: Callable[[], object] | None = None,
    ) -> Job:
        """`done` gets the result in the window's thread. A refusal or an error goes to the reporter, then to `failed`.
        `told` gets the progress, `stopped` follows a stop; `ended` comes last, whatever happened. All are given here
        and not connected later: work that is refused at once has ended before the next line of its caller.
        """
        job = Job(work, self._parent)
        job.finished_with.connect(done)
        if told is not None:
            job.progressed.connect(told)
        if stopped is not None:
            job.stopped.connect(stopped)
        if failed is not None:
            job.refused.connect(lambda _error: failed())
            job.broken.connect(lambda _error: failed())
        job.finished.connect(lambda: self._running.remove(job))
        if ended is not None:
            job.finished.connect(ended)
        job.finished.connect(lambda: _let_go(job))
        self._running.append(job)
        job.start()
        return job

    def wait(self, *, stop: bool = True, seconds: float = _PATIENCE_S) -> None:
        """Let work under way come to its end before the window or the workspace goes, `stop`: as soon as it can; and
        hand over what it gave: what is done by then is not lost. Nobody waits longer for a share or a service that
        hangs: that work goes on unheard, as a thread that its owner takes along would end the program."""
        until = monotonic() + seconds
        for job in list(self._running):
            if stop:
                job.requestInterruption()
            if job.wait(max(0, round((until - monotonic()) * 1000))):
                QCoreApplication.sendPostedEvents(job, QEvent.Type.MetaCall)
            elif stop:
                job.blockSignals(True)
                job.setParent(None)
                self._running.remove(job)
                _unheard.append(job)
