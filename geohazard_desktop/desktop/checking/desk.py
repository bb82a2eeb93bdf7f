"""The checks at work: whole runs when asked, what an edit touched by itself, repairs, and what was set aside.

A run reads the file in a thread of its own; the window shows what is known and goes on.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QObject, QTimer

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.focus import Touched, touched_by
from geohazard_desktop.checks.set_aside import SETTING, Aside, asides_of, parted, set_aside, take_back
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Job, Jobs, Progress
from geohazard_desktop.desktop.checking.marks import FindingMarks
from geohazard_desktop.desktop.checking.process import MANY, look_at_file
from geohazard_desktop.desktop.checking.shares import SharesDesk
from geohazard_desktop.desktop.checking.sheet import FindingsSheet
from geohazard_desktop.desktop.checking.sift import HOUSEHOLDS, by_layer, features_of
from geohazard_desktop.desktop.checking.unasked import UnaskedChecks
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.undo_offer import say_done
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.identity import this_identity
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.analysis.shares import Share
    from geohazard_desktop.checks.bench import Repair
    from geohazard_desktop.checks.run import Recheck
    from geohazard_desktop.desktop.main_window import MainWindow

_AFTER_MS = 350  # after the last edit: the hand may go on
_MOST_LOOKED_AT = 500  # features of a group that the map goes to
_MOST_TOUCHED = 500  # features of a step beyond which only a whole run makes sense


class ChecksDesk(QObject):
    def __init__(self, window: "MainWindow", jobs: Jobs, shares: SharesDesk) -> None:
        super().__init__(window)
        self._window, self._jobs, self._shares = window, jobs, shares
        self._found: list[Finding] = []
        self._job: Job | None = None
        self._live: Job | None = None
        self._touched: list[Touched] = []
        self._whole = ""  # the moment of the last whole run
        self._near = False  # whether a look at what was touched has told something
        self._outdated = False
        self._missed = False  # more was changed since the run under way began than looks at places can judge
        self._watched = False  # whether somebody asked for the run under way
        self._unseen: frozenset[str] = frozenset()  # found by a run that nobody asked for: no signs on the map yet
        self._repair: tuple[Finding, Repair] | None = None
        self._shown_before = ""  # the finding whose price a change put away
        self.marks = FindingMarks(window.layers.visible)
        window.map.canvas.overlays.append(self.marks.paint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._look_again)
        window.session.changed.connect(self._changed)
        window.session.closing.connect(self._forget)
        self.sheet = FindingsSheet(window, jobs)
        panel = window.checks
        panel.stop_asked.connect(self.stop)
        panel.located.connect(self.locate)
        panel.repair_asked.connect(self.repair)
        panel.repair_all_asked.connect(self.repair_all)
        panel.field_asked.connect(self.open_field)
        panel.setting_asked.connect(window.files.fill_setting)
        panel.aside_asked.connect(self.ask_aside)
        panel.back_asked.connect(self.take_back)
        panel.export_asked.connect(self.sheet.export)
        panel.select_asked.connect(self.select)
        panel.cards_asked.connect(self.print_cards)
        panel.appeared.connect(self._appeared)
        self.unasked = UnaskedChecks(window, self)

    def table(self) -> dict[str, Callable[[], object]]:
        return {
            "check.run": self.run,
            "check.next": lambda: self._step(1),
            "check.previous": lambda: self._step(-1),
            "check.repair": self._repair_current,
            "check.export": self.sheet.export,
            "check.marks": self._toggle_marks,
            **self.unasked.table(),
        }

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
            self._show()
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
        self._show()
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
        seen = {one.key for one in self._found} - self._unseen
        looked = self._watched or self._window.checks.isVisible()
        self._found = findings
        self._unseen = frozenset() if looked else frozenset(one.key for one in findings) - seen
        seconds = monotonic() - begun
        told = _("{time:%H:%M:%S} 查完，用时 {seconds:.1f} 秒") if self._watched else _("{time:%H:%M:%S} 自动查完")
        self._whole = told.format(time=datetime.now(), seconds=seconds)
        self._shares.take(shares, edition)

    def _appeared(self) -> None:
        """Somebody looks at the list: the map shows where its findings are."""
        if self._unseen:
            self._unseen = frozenset()
            self.marks.set_findings(self._window.checks.findings)
            self._window.map.canvas.update()

    # -- after each edit -------------------------------------------------------------------------------------------

    def _changed(self, deltas: Sequence[Delta]) -> None:
        definitions = self._window.session.workspace.definitions
        told = [one for one in deltas if one.layer in definitions]
        of_interest = [one for one in told if not definitions[one.layer].helper or one.layer == SETTING]
        if not of_interest:
            return
        again = self._window.checks.priced or self._shown_before
        self._put_away()
        self._shown_before = again
        if len(of_interest) + len(self._touched) > _MOST_TOUCHED:
            self._lose_sight()
            self._touched = []
            self._show()
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
            self._show()
            self.unasked.wait()

    def _seen_again(self, job: Job, again: "Recheck") -> None:
        from geohazard_desktop.checks.run import merged

        if job is not self._live:
            return
        self._found, self._near = merged(self._found, again), True
        if not again.complete:
            self._lose_sight()
        self._show()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self.stop()
        self._job = self._live = None
        self._watched, self._unseen = False, frozenset()
        self._timer.stop()
        self._found, self._touched, self._whole = [], [], ""
        self._outdated = self._near = False
        self._window.checks.set_running(False)
        self._put_away()
        self.marks.set_findings([])
        self._window.layers.marks.set_findings({})
        self._window.checks.show_findings([], [], {}, "")

    def _show(self) -> None:
        window = self._window
        ws = window.session.workspace
        try:
            shown, kept = parted(self._found, asides_of(ws))
        except GeohazardError as error:
            reporter().error(error)
            return
        titles = {one.table: one.title for one in ws.definitions.values()}
        window.checks.show_findings(shown, kept, titles, self._moment())
        self.marks.set_findings([one for one in shown if one.key not in self._unseen])
        window.layers.marks.set_findings(by_layer(shown))
        window.map.canvas.update()
        window.following.tell_checks()
        window.refresh()
        self._propose_again()

    def _moment(self) -> str:
        """Of when what is listed is, and what of the workspace it leaves out; "" before anything was looked at."""
        if not self._whole:
            return _("只查了改动的地方，按 F9 查全部") if self._near else ""
        if self._outdated:
            return _("{moment}；以后的改动没有查全，请再全部检查").format(moment=self._whole)
        return self._whole

    def show(self, finding: Finding) -> None:
        """The finding in the list, current."""
        self._window.side.setCurrentWidget(self._window.checks)
        self._window.checks.go(finding)

    def show_layer(self, layer: str) -> None:
        self._window.side.setCurrentWidget(self._window.checks)
        self._window.checks.show_layer(layer)

    def _toggle_marks(self) -> None:
        self.marks.shown = not self.marks.shown
        self._window.center.check("check.marks", self.marks.shown)
        self._window.map.canvas.update()

    # -- one finding -----------------------------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        self._window.side.setCurrentWidget(self._window.checks)
        self._window.checks.step(by)

    def locate(self, finding: Finding) -> None:
        """Go to the place, select the feature, and show what would mend it with its price."""
        window = self._window
        window.side.setCurrentWidget(window.checks)
        keys = [key for key in finding.features if key[0] in window.session.workspace.definitions]
        if keys:
            window.layers.show_layer(finding.layer)
            window.session.select(keys)
            window.side.setCurrentWidget(window.checks)
        place = finding.place
        if place is not None and not shapely.is_empty(place):
            window.show_map()
            window.map.look_at_place(place.x, place.y)
        self._propose(finding)

    def select(self, findings: Sequence[Finding]) -> None:
        """The features of a group, on the map and in the register; the list stays in sight."""
        window = self._window
        keys = features_of(findings, window.session.workspace.definitions.__contains__)
        layers = dict.fromkeys(layer for layer, _uid in keys)
        for layer in layers:
            window.layers.show_layer(layer)
        window.session.select(keys)
        window.side.setCurrentWidget(window.checks)
        if window.docks["register"].isVisible() and len(layers) == 1 and window.register.layer not in layers:
            window.register.show_layer(*layers)
        if len(keys) <= _MOST_LOOKED_AT:
            window.show_map()
            window.map.look_at_keys_out_of_sight(keys)

    def print_cards(self, findings: Sequence[Finding]) -> None:
        """The list of cards with the households of a group ticked."""
        window = self._window
        window.session.select(
            [
                key
                for key in features_of(findings, window.session.workspace.definitions.__contains__)
                if key[0] == HOUSEHOLDS
            ]
        )
        window.center.run("publish.cards_household")

    def _propose(self, finding: Finding) -> None:
        self._put_away()
        if not finding.fix:
            return
        from geohazard_desktop.checks.repair import repair_of

        panel = self._window.checks
        reason = self._window.session.read_only_reason()
        if reason:
            panel.show_price(finding, reason, ready=False)
            return
        try:
            made = repair_of(self._window.session.workspace, finding)
        except GeohazardError as error:
            panel.show_price(finding, f"{error.sentence}{error.remedy}", ready=False)
            return
        if made is not None and not made.edit.deltas:
            panel.show_price(finding, made.price, ready=False)
        elif made is not None:
            self._repair = (finding, made)
            self.marks.proposal = made.outlines
            panel.show_price(finding, _("修法：{price}").format(price=made.price), ready=True)
            self._window.map.canvas.update()

    def _propose_again(self) -> None:
        """What a change put away is made anew of what the file says now, while its finding is the current one."""
        current = self._window.checks.current
        if current is not None and current.key == self._shown_before:
            self._propose(current)
        self._shown_before = ""

    def _put_away(self) -> None:
        self._window.checks.put_price_away()
        self._repair, self._shown_before = None, ""
        self.marks.proposal = ()
        self._window.map.canvas.update()

    def repair(self, finding: Finding) -> None:
        """Take the repair that is shown; show it first where another one or none is."""
        if self._repair is None or self._repair[0].key != finding.key:
            self._window.checks.go(finding)
            return
        made = self._repair[1]
        self._put_away()
        self._take(made.edit, _("{words}：{price}。").format(words=made.edit.words, price=made.price))

    def _repair_current(self) -> None:
        current = self._window.checks.current
        if current is not None and current.opens and not current.fix:
            self.open_field(current)
            return
        if current is None or not current.fix:
            self._window.banner.say("info", _("这一条没有现成的修法，请照提示改。"))
            return
        self.repair(current)

    def open_field(self, finding: Finding) -> None:
        """Only a hand can put it right: the form opens, the cursor in the field that is meant."""
        self._window.checks.go(finding)
        self._window.side.setCurrentWidget(self._window.form)
        self._window.form.show_field(finding.opens)

    def repair_all(self, findings: list[Finding]) -> None:
        from geohazard_desktop.checks.repair import repair_all

        if self._window.session.read_only_reason():
            self._window.banner.say("info", self._window.session.read_only_reason())
            return
        batch = repair_all(self._window.session.workspace, findings)
        self._put_away()
        if batch.count:
            self._take(batch.edit, _("{words}。").format(words=batch.edit.words))
        if batch.left:
            words = _("有 {count} 处没有修：{first}").format(count=len(batch.left), first=batch.left[0])
            self._window.banner.say("warning", words, _("请逐条看。"))

    def _take(self, edit: object, told: str) -> None:
        window = self._window
        if window.session.apply(edit):  # type: ignore[arg-type]
            say_done(window, told)

    # -- set aside -------------------------------------------------------------------------------------------------

    def ask_aside(self, finding: Finding) -> None:
        from geohazard_desktop.desktop.checking.aside_dialog import AsideDialog

        dialog = AsideDialog(self._window, finding)
        if dialog.exec():
            self.set_aside(finding, dialog.reason)
        dialog.deleteLater()

    def set_aside(self, finding: Finding, reason: str) -> None:
        session = self._window.session
        with reporter().guard():
            edit = set_aside(session.workspace, finding, reason, this_identity().actor, datetime.now())
            self._take(edit, _("这条提醒搁置了，在“搁置”里能恢复。"))
        self._show()

    def take_back(self, asides: list[Aside]) -> None:
        with reporter().guard():
            self._take(
                take_back(self._window.session.workspace, asides), _("恢复了 {n} 条提醒。").format(n=len(asides))
            )
        self._show()
