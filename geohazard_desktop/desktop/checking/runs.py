"""When the checks look at the workspace, and what they found: whole runs when asked or by themselves, and what an edit
touched.

A run reads the file in a thread of its own; the window shows what is known and goes on.
"""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.focus import Touched, touched_by
from geohazard_desktop.checks.set_aside import SETTING
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Job, Jobs, Progress
from geohazard_desktop.desktop.checking.process import MANY, look_at_file
from geohazard_desktop.desktop.checking.shares import SharesDesk
from geohazard_desktop.desktop.checking.unasked import UnaskedChecks
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.analysis.shares import Share
    from geohazard_desktop.checks.run import Recheck
    from geohazard_desktop.desktop.main_window import MainWindow

_AFTER_MS = 350  # after the last edit: the hand may go on
_MOST_TOUCHED = 500  # features of a step beyond which only a whole run makes sense


class ChecksRuns(QObject):
    """`told`: what is known of the workspace is another; `edited`: something that checks look at was changed."""

    told = Signal()
    edited = Signal()

    def __init__(self, window: "MainWindow", jobs: Jobs, shares: SharesDesk) -> None:
        super().__init__(window)
        self._window, self._jobs, self._shares = window, jobs, shares
        self.found: list[Finding] = []
        self.unseen: frozenset[str] = frozenset()  # found by a run that nobody asked for: no signs on the map yet
        self._job: Job | None = None
        self._live: Job | None = None
        self._touched: list[Touched] = []
        self._whole = ""  # the moment of the last whole run
        self._near = False  # whether a look at what was touched has told something
        self._outdated = False
        self._missed = False  # more was changed since the run under way began than looks at places can judge
        self._watched = False  # whether somebody asked for the run under way
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._look_again)
        window.session.changed.connect(self._changed)
        window.session.closing.connect(self._forget)
        window.checks.stop_asked.connect(self.stop)
        self.unasked = UnaskedChecks(window, self)

    @property
    def done(self) -> bool:
        """Whether the whole workspace has been looked at."""
        return bool(self._whole)

    @property
    def outdated(self) -> bool:
        """Whether more was changed than what the look at single places could judge."""
        return self._outdated

    @property
    def busy(self) -> bool:
        return self._job is not None or self._live is not None or self._timer.isActive()

    def moment(self) -> str:
        """Of when what is listed is, and what of the workspace it leaves out; "" before anything was looked at."""
        if not self._whole:
            return _("只查了改动的地方，按 F9 查全部") if self._near else ""
        if self._outdated:
            return _("{moment}；以后的改动没有查全，请再全部检查").format(moment=self._whole)
        return self._whole

    # -- whole runs ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """What somebody asked for: the list comes into sight with the progress. A run under way is taken over."""
        self._window.side.setCurrentWidget(self._window.checks)
        if self._job is None:
            ws = self._window.session.workspace
            self._job = self._begin(apart=sum(ws.count(layer) for layer in ws.definitions) > MANY, gently=False)
        if not self._watched:
            self._watched = True
            self._window.checks.show_progress(0, 0, "")
            self._window.checks.set_running(True)

    def run_unasked(self) -> None:
        """The same for the number at the step alone, behind everything else that wants the processor."""
        if self._job is None:
            self._job = self._begin(apart=True, gently=True)

    def day_passed(self) -> None:
        """What hangs on the date may be due now."""
        if self.done or self._job is not None:
            self._lose_sight()
        if self.done:
            self.told.emit()
        self.unasked.wait()

    def _lose_sight(self) -> None:
        """Only a whole run that begins from now on tells what is so."""
        self._outdated = self._missed = True

    def _begin(self, *, apart: bool, gently: bool) -> Job:
        """What is listed stays what it was, out of date or not, until the run has something to put in its place."""
        ws, begun, edition = self._window.session.workspace, monotonic(), self._shares.edition
        if self._touched or self._live is not None:
            self._outdated = True  # the run looks at it too, and no look that read an older state comes after it
        self._touched, self._live = [], None
        self._missed = self._watched = False

        def work(progress: Progress) -> object:
            return look_at_file(ws.path, progress, apart=apart, gently=gently)

        job = self._jobs.start(
            work,
            lambda result: self._checked(job, begun, edition, *result),
            told=lambda *told: self._progressed(job, *told),
            stopped=lambda: self._stopped(job),
            failed=lambda: self._failed(job),
            ended=lambda: self._ended(job),
        )
        return job

    def stop(self) -> None:
        if self._job is not None:
            self._job.requestInterruption()

    def stop_unasked(self) -> None:
        if not self._watched:
            self.stop()

    def _progressed(self, job: Job, done: int, total: int, words: str) -> None:
        if job is self._job and self._watched:
            self._window.checks.show_progress(done, total, words)

    def _ended(self, job: Job) -> None:
        """Ten thousand findings are taken in one turn and shown in another, so that the hand is served between."""
        QTimer.singleShot(0, self, lambda: self._show_found(job))

    def _show_found(self, job: Job) -> None:
        if job is not self._job:
            return  # of a workspace that was left
        self._job = None
        self._window.checks.set_running(False)
        self.told.emit()
        if self._touched:
            self._timer.start()

    def _stopped(self, job: Job) -> None:
        self._failed(job)
        if job is self._job and self._watched:
            self._window.banner.say("info", _("检查停下了，列出的是停下以前的结果。"))

    def _failed(self, job: Job) -> None:
        """What is listed is not of now; why was said already."""
        if job is self._job:
            self._outdated = True

    def _checked(self, job: Job, begun: float, edition: int, findings: list[Finding], shares: "list[Share]") -> None:
        if job is not self._job:
            return
        self._outdated = self._missed
        seen = {one.key for one in self.found} - self.unseen
        looked = self._watched or self._window.checks.isVisible()
        self.found = findings
        self.unseen = frozenset() if looked else frozenset(one.key for one in findings) - seen
        seconds = monotonic() - begun
        told = _("{time:%H:%M:%S} 查完，用时 {seconds:.1f} 秒") if self._watched else _("{time:%H:%M:%S} 自动查完")
        self._whole = told.format(time=datetime.now(), seconds=seconds)
        self._shares.take(shares, edition)

    # -- after each edit -------------------------------------------------------------------------------------------

    def _changed(self, deltas: Sequence[Delta]) -> None:
        definitions = self._window.session.workspace.definitions
        told = [one for one in deltas if one.layer in definitions]
        of_interest = [one for one in told if not definitions[one.layer].helper or one.layer == SETTING]
        if not of_interest:
            return
        self.edited.emit()
        if len(of_interest) + len(self._touched) > _MOST_TOUCHED:
            self._lose_sight()
            self._touched = []
            self.told.emit()
            return
        self._touched += touched_by(of_interest, definitions)
        self._timer.start()

    def _look_again(self) -> None:
        session = self._window.session
        if session.ws is None or not self._touched:
            return
        if self._live is not None or self._job is not None:
            return  # what has come in meanwhile is looked at when that ends
        path, touched = session.workspace.path, self._touched
        self._touched = []

        def work(_progress: Progress) -> object:
            from geohazard_desktop.checks.run import check_near

            with Workspace.open(path, read_only=True) as ws:
                return check_near(ws, touched)

        job = self._live = self._jobs.start(
            work,
            lambda again: self._seen_again(job, again),
            failed=lambda: self._look_failed(job),
            ended=lambda: self._live_ended(job),
        )

    def _live_ended(self, job: Job) -> None:
        if job is self._live:
            self._live = None
            if self._touched:
                self._timer.start()

    def _look_failed(self, job: Job) -> None:
        """What was touched has been looked at by nobody; why was said already."""
        if job is self._live:
            self._lose_sight()
            self.told.emit()
            self.unasked.wait()

    def _seen_again(self, job: Job, again: "Recheck") -> None:
        from geohazard_desktop.checks.run import merged

        if job is not self._live:
            return
        self.found, self._near = merged(self.found, again), True
        if not again.complete:
            self._lose_sight()
        self.told.emit()

    def _forget(self) -> None:
        self.stop()
        self._job = self._live = None
        self._watched, self.unseen = False, frozenset()
        self._timer.stop()
        self.found, self._touched, self._whole = [], [], ""
        self._outdated = self._near = False
        self._window.checks.set_running(False)
