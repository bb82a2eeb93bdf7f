"""A print during a comparison, a change during a print: what the window says of a paper is true whenever it says it.

Nobody but the model below knows the truth; the watch sees rows, changes and answers, whenever they come.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QObject, Signal

from geohazard_desktop.desktop.papers import paper_watch
from geohazard_desktop.desktop.papers.paper_entries import Entries, after_prints, printed_since
from geohazard_desktop.desktop.papers.paper_watch import PaperWatch
from geohazard_desktop.publishing.issues.standing import Standing, State
from geohazard_desktop.workspace.edits.card_issues import ISSUED, PRINTED, RECEIVED, REGISTER
from geohazard_desktop.workspace.feature import Delta, Feature

PRODUCT = "cards_household"
HOMES = ("甲", "乙")


def standing(uid: str, state: State = State.LATEST, version: int = 1, code: str = "") -> Standing:
    return Standing(PRODUCT, "household", uid, uid, "", "", state, (), code or f"{uid}{version}", version)


def entered(uid: str, version: int, step: str, number: int = 0) -> Delta:
    values = {"product": PRODUCT, "subject": uid, "subject_layer": "household", "subject_name": uid, "household": uid,
              "version": version, "check_code": f"{uid}{version}", "step": step}  # fmt: skip
    row = Feature(REGISTER, f"{uid}{version}{step}{number}", None, values)
    return Delta(REGISTER, row.uid, None, row)


def test_the_same_version_once_more_is_no_newer_and_what_is_called_back_stays_so():
    due = standing("甲", State.CHANGED, version=2)
    assert printed_since(due, "AAAA-AAAA", 3).state is State.LATEST
    assert printed_since(due, due.code, 2) == due
    assert printed_since(due, "AAAA-AAAA", 1) == due
    assert printed_since(due, "AAAA-AAAA", 2).state is State.LATEST, "another window numbered it alike"
    back = standing("甲", State.WITHDRAWN)
    assert printed_since(back, "AAAA-AAAA", 2) == back


def test_an_older_answer_takes_over_what_came_out_meanwhile_and_a_newer_one_stands():
    entries = Entries()
    old = [standing("甲", State.CHANGED)]
    made, again = entries.take([entered("甲", 2, ISSUED), entered("甲", 2, PRINTED)], old, trusted={"甲2"})
    assert not again
    assert after_prints(old, made) == entries.since(old, 0) == [standing("甲", version=2)]
    assert entries.since([], 0)[0].state is State.LATEST, "a first paper is known, too"
    newer = [standing("甲", State.CHANGED, version=2)]
    assert entries.since(newer, 0) == newer
    assert entries.since(old, entries.prints) == old, "an answer that was begun later knew of it"


def test_who_signs_for_a_paper_that_nobody_confirmed_has_it_looked_at_and_for_any_other_does_not():
    entries = Entries()
    for known, count in (([standing("甲", State.UNCONFIRMED)], 1), ([standing("甲")], 0)):
        assert len(entries.take([entered("甲", 1, RECEIVED)], known, trusted=())[1]) == count


@dataclass
class Truth:
    """What the file holds: the data of each home, and its papers with the data that they were made from."""

    data: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HOMES, 0))
    papers: dict[str, list[tuple[int, bool]]] = field(default_factory=lambda: {one: [(0, True)] for one in HOMES})

    def standings(self, homes: Any = HOMES) -> list[Standing]:
        found = []
        for home in HOMES:
            if home in homes:
                made, printed = self.papers[home][-1]
                right = State.LATEST if made == self.data[home] else State.CHANGED
                found.append(standing(home, right if printed else State.UNCONFIRMED, len(self.papers[home])))
        return found


class Session(QObject):
    changed = Signal(object)
    closing = Signal()
    selection_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ws = SimpleNamespace(path=Path("没有.gpkg"))
        self.unread: list[Delta] = []

    def when_opened(self, _do: Callable[[], None]) -> None:
        pass

    def poll(self) -> None:
        found, self.unread = self.unread, []
        if found:
            self.changed.emit(found)


class Publisher(QObject):
    started, finished, failed, stopped = Signal(object), Signal(object), Signal(object), Signal(object)
    busy = False

    def __init__(self) -> None:
        super().__init__()
        self.codes: set[str] = set()

    def entered(self) -> set[str]:
        return self.codes


class Job:
    def __init__(self, work: Callable[[Any], Any], done: Callable[[Any], None], ended: Callable[[], None]) -> None:
        self.work, self.done, self.ended = work, done, ended
        self.answer: Any = None

    def requestInterruption(self) -> None:
        pass


class Window(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.session, self.publisher = Session(), Publisher()
        self.status = SimpleNamespace(set_papers=lambda *_told: None)


class World:
    """One window, its publishing process, and the process that compares; each goes on when the test says so."""

    def __init__(self) -> None:
        self.truth, self.window = Truth(), Window()
        self.jobs: list[Job] = []
        self.watch = PaperWatch(self.window, SimpleNamespace(start=self.start))  # type: ignore[arg-type]
        self.watch.quiet_ms, self.watch.share = 600_000, 0
        self.values = 0
        self.read: dict[str, int] | None = None  # what the publishing process, or another window's, began with
        self.others: dict[str, int] | None = None
        self.undone: list[Delta] = []
        self.number = 0

    def start(self, work: Callable[[Any], Any], done: Callable[[Any], None], *, ended: Callable[[], None]) -> Job:
        self.jobs.append(Job(work, done, ended))
        return self.jobs[-1]

    def run_apart(self, what: str, _path: Path, changes: Any, **_more: Any) -> Any:
        if what.endswith("standings_after"):
            homes = {name for one in changes for name in (one.uid, *one.names)} & {*HOMES}
            return self.truth.standings(homes), homes
        return self.truth.standings()

    # -- what may happen -------------------------------------------------------------------------------------------

    def change(self, home: str) -> None:
        self.values += 1
        self._set(home, self.values)

    def undo(self, home: str) -> None:
        self._set(home, 0)

    def _set(self, home: str, value: int) -> None:
        was, now = (Feature("household", home, None, {"note": str(one)}) for one in (self.truth.data[home], value))
        if self.truth.data[home] != value:
            self.truth.data[home] = value
            self.window.session.changed.emit([Delta("household", home, was, now)])

    def print_begins(self, _home: str) -> None:
        if not self.window.publisher.busy:
            self.window.publisher.busy, self.read = True, dict(self.truth.data)
            self.window.publisher.codes.clear()
            self.window.publisher.started.emit(None)

    def print_enters(self, home: str) -> None:
        if self._enters(home, self.read):
            self.window.publisher.codes.add(f"{home}{len(self.truth.papers[home])}")

    def print_writes(self, home: str) -> None:
        if self.read is not None:
            self._writes(home)

    def print_ends(self, _home: str) -> None:
        if self.read is not None:
            self.read, self.window.publisher.busy = None, False
            self.window.publisher.finished.emit(None)

    def others_begin(self, _home: str) -> None:
        self.others = dict(self.truth.data)

    def others_print(self, home: str) -> None:
        if self.others is not None and self._enters(home, self.others):
            self._writes(home)

    def _enters(self, home: str, data: dict[str, int] | None) -> bool:
        new = data is not None and self.truth.papers[home][-1][1]
        if new:
            self.truth.papers[home].append((data[home], False))
            self._row(home, ISSUED)
        return new

    def _writes(self, home: str) -> None:
        made, printed = self.truth.papers[home][-1]
        if not printed:
            self.truth.papers[home][-1] = made, True
            self._row(home, PRINTED)

    def reprint_as_it_was(self, home: str) -> None:
        if self.truth.papers[home][-1][1]:
            self._row(home, PRINTED)

    def signed(self, home: str) -> None:
        self.truth.papers[home][-1] = self.truth.papers[home][-1][0], True
        self._row(home, RECEIVED)

    def _row(self, home: str, step: str) -> None:
        self.number += 1
        self.window.session.unread.append(entered(home, len(self.truth.papers[home]), step, self.number))

    def poll(self, _home: str) -> None:
        self.window.session.poll()

    def look_begins(self, _home: str) -> None:
        self.watch.look_now()
        QCoreApplication.processEvents()

    def look_reads(self, _home: str) -> None:
        for job in self.jobs:
            if job.answer is None:
                job.answer = job.work(None)

    def look_ends(self, _home: str) -> None:
        for job in self.jobs:
            job.done(job.work(None) if job.answer is None else job.answer)
            job.ended()
        self.jobs = []


STEPS = [name for name in vars(World) if not name.startswith("_") and name not in ("start", "run_apart")]


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(HOMES)), min_size=4, max_size=40))
@settings(max_examples=300)
def test_what_the_window_says_of_a_paper_is_true_whenever_it_says_anything(steps):
    says_the_truth(steps)


def test_a_print_during_a_comparison_is_not_undone_by_its_older_answer():
    steps = ["change", "look_begins", "look_reads", "print_begins", "print_enters", "print_writes", "poll", "look_ends"]
    world = says_the_truth([(one, "甲") for one in steps])
    assert not world.watch.pending, "and nobody need look again"
    assert world.watch.found == world.truth.standings()


def test_a_changed_paper_that_was_printed_again_as_it_was_is_still_to_be_printed_anew():
    steps = ["change", "look_begins", "look_ends", "reprint_as_it_was", "poll"]
    world = says_the_truth([(one, "甲") for one in steps])
    assert world.watch.due == 1


def test_a_paper_that_another_window_made_from_older_data_is_looked_at():
    steps = ["others_begin", "change", "look_begins", "look_ends", "others_print", "poll"]
    assert says_the_truth([(one, "甲") for one in steps]).watch.pending


def test_a_paper_that_another_window_made_from_older_data_while_this_one_prints_is_looked_at():
    steps = ["others_begin", "change", "look_begins", "look_ends", "print_begins", "others_print", "poll"]
    world = says_the_truth([(one, "甲") for one in steps])
    assert world.watch.pending
    assert says_the_truth([(one, "甲") for one in [*steps, "print_ends", "look_begins", "look_ends"]]).watch.due == 1


def test_papers_without_a_file_are_told_when_a_print_is_stopped_between():
    steps = ["print_begins", "print_enters", "poll", "print_ends", "look_begins", "look_ends"]
    assert says_the_truth([(one, "甲") for one in steps]).watch.due == 1


def test_the_first_look_after_the_first_print_is_one_at_all_papers():
    """Where nothing was kept of any paper nothing was looked at."""
    with pytest.MonkeyPatch.context() as patch:
        world = World()
        asked = []
        patch.setattr(paper_watch, "run_apart", lambda what, *_given, **_more: asked.append(what) or [])
        patch.setattr(paper_watch, "_comparable", lambda _ws: bool(world.jobs) or world.number > 0)
        world.change("甲")
        world.look_begins("")
        assert world.watch.found == []
        for step in ("print_begins", "print_enters", "print_writes", "print_ends", "change", "look_begins"):
            getattr(world, step)("甲")
        world.look_reads("")
        assert asked == ["geohazard_desktop.publishing.issues.standings:standings"]
        world.window.deleteLater()


def says_the_truth(steps: list[tuple[str, str]]) -> World:
    with pytest.MonkeyPatch.context() as patch:
        world = World()
        patch.setattr(paper_watch, "run_apart", world.run_apart)
        patch.setattr(paper_watch, "_comparable", lambda _ws: True)
        world.change("乙")  # so that there is something to look at
        world.undo("乙")
        for name in ("look_begins", "look_ends"):
            getattr(world, name)("")
        for number, (name, home) in enumerate(steps):
            getattr(world, name)(home)
            if not world.watch.pending and not world.window.session.unread and not world.window.publisher.busy:
                known = {one.key: (one.state, one.version) for one in world.watch.found or ()}
                true = {one.key: (one.state, one.version) for one in world.truth.standings()}
                assert known == true, steps[: number + 1]
        world.window.deleteLater()
        return world
