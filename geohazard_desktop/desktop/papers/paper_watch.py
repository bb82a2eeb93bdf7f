"""Whether what left the office still says what the data say: looked at by itself after a change, told at the foot.

Each issued paper is made again and compared in a process that gives way to everything else, once the hands rest, and at
most a quarter of the time, but for long looks: neither the map nor a drawing hand waits for it, nor does anybody who
asks: a click on the sign looks at once.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.apart import run_apart
from geohazard_desktop.desktop.background import Job, Jobs, Progress
from geohazard_desktop.desktop.papers.paper_entries import Entries, Mark, after_prints
from geohazard_desktop.desktop.papers.paper_looks import Looks
from geohazard_desktop.publishing.issues.standing import AT_DOORS, Standing, State
from geohazard_desktop.publishing.issues.touched import Touched, touched
from geohazard_desktop.workspace.edits.card_issues import REGISTER, VOID
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.register_query import Filled, RegisterQuery
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

Found = tuple[list[Standing], set[str] | None]  # standings; of which homes alone they are
_STANDINGS = "geohazard_desktop.publishing.issues.standings:standings"
_AFTER = "geohazard_desktop.publishing.issues.standings:standings_after"
_FIRST_MS = 6000  # after opening: the window furnishes itself and the map reads ahead
_QUIET_MS = 2500  # after the last change: the hand may go on
_AGAIN_MS = 60_000  # after a look that did not succeed (the file was busy)
_SHARE = 3  # times as long as a look took nothing is looked at
_MOST_REST_S = (
    20.0  # but no longer: a look of a minute on a busy machine must not keep what changed in the dark for three
)
_MOST_TOUCHED = 2000  # changes of which it is asked whom they reach; an import reaches everybody
_MOST_KINDS = 6  # told in the sign's tooltip


class PaperWatch(QObject):
    """`told`: what is known has changed. `found` is the last look, None before the first; `outdated`: data changed
    since; `fault` why the last look did not succeed. The one place that knows: sign and register say what it says."""

    told = Signal()

    def __init__(self, window: "MainWindow", jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self.found: list[Standing] | None = None
        self.outdated = False
        self.changes = 0  # seen so far of which an answer from before knows nothing
        self.fault = ""
        self.quiet_ms, self.share = _QUIET_MS, _SHARE
        self._job: Job | None = None
        self._looking = False  # at data that are others than those of `found`
        self._rests_until = 0.0
        self._looks, self._entries = Looks(), Entries()
        self._printing: int | None = None  # `changes` when this window began to print
        self._touched: list[Touched] | None = None  # what alone has changed since; None: whatever has
        self._day = date.min  # on which the last look began: ages and days ahead are of that day
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self.told.connect(self._say)
        session = window.session
        session.changed.connect(self._changed)
        session.closing.connect(self._forget)
        session.when_opened(self._opened)
        publisher = window.publisher
        publisher.started.connect(self._print_begins)
        for ended in (publisher.finished, publisher.failed, publisher.stopped):
            ended.connect(self._print_ended)

    @property
    def due(self) -> int:
        """Papers to print again, as far as the last look knows."""
        return sum(one.state.to_print for one in self.found or ())

    @property
    def withdrawn(self) -> int:
        """Papers to call back."""
        return sum(one.state is State.WITHDRAWN for one in self.found or ())

    @property
    def pending(self) -> bool:
        """Whether nobody knows yet how the papers stand beside the data of now, and it will be known by itself."""
        return not self.fault and (self.outdated or self._looking or self.found is None)

    # -- when it looks ---------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._timer.start(_FIRST_MS)

    def _forget(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.requestInterruption()
            self._job = None
        self.found, self.outdated, self.fault, self._rests_until, self._touched = None, False, "", 0.0, None
        self._looking = False
        self._looks.forget()
        self._entries.forget()
        self.told.emit()

    def _changed(self, deltas: Sequence[Delta]) -> None:
        counting = [one for one in deltas if _counts(one)]
        of_now = self._printing == self.changes and not counting
        trusted = self._window.publisher.entered() if of_now else ()
        made, old = self._entries.take([one for one in deltas if not _counts(one)], self.found, trusted=trusted)
        if made:
            self._came_out(made)
        if not counting and not old:
            return
        self.changes += 1
        self._looks.follow(counting)
        if old:
            self._looks.forget()  # what was found then knows nothing of these papers
        again = self._looks.again(date.today())
        if again is not None:
            self._back_to(again)
            return
        self._reach([*map(touched, counting), *old])

    def _reach(self, changes: Sequence[Touched]) -> None:
        """Nobody knows any more how what these reach stands: it is looked at when the hands rest."""
        known = self._touched if self.outdated else []
        whole = known is None or len(known) + len(changes) > _MOST_TOUCHED
        self._touched = None if known is None or whole else [*known, *changes]
        self.outdated = True
        self.told.emit()
        self._later()

    def _print_begins(self) -> None:
        self._printing = self.changes

    def _print_ended(self) -> None:
        self._window.session.poll()  # its last rows
        self._printing = None
        unprinted = self._entries.unprinted()
        if unprinted:
            self.changes += 1
            self._looks.forget()
            self._reach(unprinted)

    def _came_out(self, made: Sequence[Standing]) -> None:
        """What was printed since it was looked at is no longer to be printed."""
        if self.found is None:
            return
        self.found = after_prints(self.found, made)
        self._looks.each(lambda found: after_prints(found, made))
        self.told.emit()

    def mark(self) -> Mark:
        """What an answer that is begun now is reckoned from."""
        return Mark(self.changes, self._entries.prints)

    def as_of_now(self, found: Sequence[Standing], mark: Mark) -> list[Standing] | None:
        """An answer that was begun at `mark`, with what was printed since; None where it is of other data."""
        return self._entries.since(found, mark.prints) if mark.changes == self.changes else None

    def _back_to(self, found: list[Standing]) -> None:
        """The data are as they were at an earlier look: what is under way now looks at others."""
        self._timer.stop()
        if self._job is not None:
            self._job.requestInterruption()
            self._job = None
        self.found, self.fault, self.outdated, self._touched, self._day = found, "", False, [], date.today()
        self._looking = False
        self.told.emit()

    def _later(self) -> None:
        rest = int(max(0.0, self._rests_until - monotonic()) * 1000)
        self._timer.start(max(self.quiet_ms, rest))

    def look_now(self) -> None:
        """Somebody asks: what has not been looked at yet does not rest any longer."""
        if self.outdated and self._job is None:
            self._timer.start(0)

    def _look(self) -> None:
        ws = self._window.session.ws
        if ws is None or self._job is not None:
            return  # a look under way is followed by another where something changed
        if self._window.publisher.busy:
            self._later()
            return
        if not _comparable(ws):
            # Nothing was looked at, old entries neither: the look after the first print is one at all of them.
            self.outdated, self._touched, self._day = False, [], date.min
            self._take([])
            return
        path, began, mark = ws.path, monotonic(), self.mark()
        known = self.outdated and self.found is not None and not self.fault and self._day == date.today()
        changes = self._touched if known else None
        self.outdated, self._touched, self._day = False, [], date.today()
        self._looking = True
        self.told.emit()

        def work(progress: Progress) -> Found | GeohazardError:
            try:
                if changes is None:
                    return run_apart(_STANDINGS, path, "", progress=progress, gently=True), None
                found: Found = run_apart(_AFTER, path, changes, progress=progress, gently=True)
            except GeohazardError as error:
                return error  # told at the foot, not in front of what somebody is doing
            return found

        came = False

        def done(found: Found | GeohazardError) -> None:
            nonlocal came
            if self._job is not job:
                return  # of a workspace that was left
            came = True
            if isinstance(found, GeohazardError):
                self._missed(str(found))
            else:
                standings, homes = found
                whole = standings if homes is None else followed(self.found or [], standings, homes)
                self._take(self._entries.since(whole, mark.prints))

        def ended() -> None:
            if self._job is not job:
                return
            self._job = None
            if not came:
                self._missed(_("比的时候程序出错了。"))  # the reporter told what; the next look begins from nothing
            self._rests_until = monotonic() + rest_after(monotonic() - began, self.share)
            if self.outdated:
                self._later()

        job = self._job = self._jobs.start(work, done, ended=ended)

    # -- what it knows ---------------------------------------------------------------------------------------------

    def _take(self, found: list[Standing]) -> None:
        self.found, self.fault, self._looking = found, "", False
        if not self.outdated:
            self._looks.took(found, self._day)
        self.told.emit()

    def learn(self, found: Sequence[Standing], product: str) -> None:
        """What somebody had compared, of a product or ("") of all; `as_of_now`."""
        if not product:
            self._back_to(list(found))
            self._looks.took(found, self._day)
        elif self.found is not None:
            new = {one.key: one for one in found}
            self.found = [new.get(one.key, one) for one in self.found]
            self.told.emit()

    def _missed(self, fault: str) -> None:
        self.fault, self._touched, self._looking = fault, None, False
        self.told.emit()
        self._timer.start(_AGAIN_MS)

    def _say(self) -> None:
        words = []
        if self.due:
            words.append(_("{count} 张纸要重印").format(count=self.due))
        if self.withdrawn:
            words.append(_("{count} 张要收回").format(count=self.withdrawn))
        if self.fault:
            words = [_("没能比纸")]  # numbers of before would be said of data that are others now
        elif self._looking:
            words = [_("正在比发出去的纸")]
        elif self.outdated and self._any_out():
            words = [_("发出去的纸等着比")]
        self._window.status.set_papers("，".join(words), self._tip(), "info" if self.pending else "warning")

    def _any_out(self) -> bool:
        """Whether there is a paper to compare: in a new file none waits."""
        ws = self._window.session.ws
        return bool(self.found) or (ws is not None and _comparable(ws))

    def _tip(self) -> str:
        if self.fault:
            return _("发出去的纸和现在的数据没有比成：{fault}一分钟后再比。").format(fault=self.fault)
        if self.pending and self.outdated and not self._looking:
            return _("改动停下来就比发出去的纸和现在的数据还对不对。点一下马上比。")
        if self.pending:
            return _("发出去的纸和现在的数据还对不对，正在比，比好就说有几张要重印。")
        told = []
        for words, ones in (
            (_("发出去的纸和现在的数据不一样：{kinds}。"), [one for one in self.found or () if one.state.to_print]),
            (
                _("说的对象已撤销或没有了，要收回：{kinds}。"),
                [one for one in self.found or () if one.state is State.WITHDRAWN],
            ),
        ):
            if ones:
                told.append(words.format(kinds=kinds_words(ones)))
        return "\n".join([*told, _("点一下看是哪几张、改了什么。")]) if told else ""


def rest_after(seconds: float, share: float = _SHARE) -> float:
    """How long nothing is looked at after a look that took so long, in seconds."""
    return min(seconds * share, _MOST_REST_S)


def followed(before: Sequence[Standing], found: Sequence[Standing], homes: Collection[str]) -> list[Standing]:
    """What was known of other doors, and what was found anew; in the order of before."""
    new = {one.key: one for one in found}
    kept = [
        new.pop(one.key, one) for one in before if one.key in new or (one.product in AT_DOORS and one.uid not in homes)
    ]
    return [*kept, *new.values()]


def kinds_words(ones: Sequence[Standing]) -> str:
    """防灾避险明白卡 2 张、危险区警示图 1 张: the kinds, most first."""
    from geohazard_desktop.publishing.products import PRODUCTS

    counts = Counter(PRODUCTS[one.product].title for one in ones).most_common()
    told = "、".join(_("{kind} {count} 张").format(kind=kind, count=count) for kind, count in counts[:_MOST_KINDS])
    return told + (_(" 等") if len(counts) > _MOST_KINDS else "")


def _counts(delta: Delta) -> bool:
    """Whether a change can be one of a paper. A row of the register is none, but for one that puts another paper in
    force; what was set aside by an officer stands on none."""
    row = delta.after or delta.before
    if delta.layer == REGISTER:
        return row is not None and row.text("step") == VOID
    return not (delta.layer == "setting" and row is not None and row.text("key").startswith("check."))


def _comparable(ws: Workspace) -> bool:
    """Whether any paper was issued of which it is kept what it said."""
    definition = ws.definitions.get(REGISTER)
    if definition is None or "inputs_hash" not in definition.by_name:
        return False
    return len(ws.matching_rows(RegisterQuery(REGISTER, (Filled("inputs_hash"),)))) > 0
