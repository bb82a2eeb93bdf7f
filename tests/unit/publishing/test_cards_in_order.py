"""Two processes fill cards as one does: the same files, codes and entries, whatever becomes of the second."""

import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import put_in
import pytest
from shapely import LineString, Point, Polygon

from geohazard_desktop.cartography.new_workspace import new_workspace
from geohazard_desktop.domain.issue_code import ALPHABET, make_code
from geohazard_desktop.publishing.cards import in_order as cards_in_order
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.cards.second import SecondMaker
from geohazard_desktop.publishing.issues import issuing
from geohazard_desktop.workspace.feature import Feature, new_uid
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
HOUSES = 9
SENTENCE = "帮着填卡的进程中途停了，它没填完的卡已由本程序重新填好，一张不少。"


class Seconds:
    """The second processes that were begun. Each is waited for, else the first is done before the other has started."""

    def __init__(self, then=lambda maker: None) -> None:
        self.made: list[SecondMaker] = []
        self.blocks: list[int] = []
        self._then = then

    def __call__(self) -> SecondMaker:
        seconds = self

        class Noted(SecondMaker):
            def begin(self, order):
                super().begin(order)
                with self._changed:
                    assert self._changed.wait_for(lambda: self.ready or self.gone, 60)

            def ask(self, number, uids):
                super().ask(number, uids)
                seconds.blocks.append(number)
                seconds._then(self)

        maker = Noted()
        self.made.append(maker)
        return maker


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A zone without a signal of its own, a route, and nine households, one of them without a way."""
    from geohazard_desktop.domain.district import read_district

    path = tmp_path_factory.mktemp("village") / "village.gpkg"
    with new_workspace(path, read_district("150304")) as ws:
        add = partial(put_in.add, ws)
        point = add("hazard_point", Point(E + 50, N + 50), name="东坡崩塌", hazard_type="崩塌")
        square = Polygon([(E, N), (E + 200, N), (E + 200, N + 200), (E, N + 200)])
        zone = add("danger_zone", square, name="东坡", hazard_type="崩塌", hazard_point=point)
        shelter = add("shelter", Point(E + 600, N + 100), name="广场", area_m2=900.0)
        line = LineString([(E + 100, N + 100), (E + 600, N + 100)])
        route = add("evacuation_route", line, number="3", danger_zone=zone, shelter=shelter)
        for number in range(HOUSES):
            names = {"head": f"赵𠮷{number}", "people": 2, "evacuation_route": None if number == 4 else route}
            add("household", Point(E + 20 * number, N + 60), **names)
    return path


@pytest.fixture
def village(built, tmp_path) -> Path:
    return Path(shutil.copy(built, tmp_path / "village.gpkg"))


def in_turn():
    """Codes in their order instead of by lot."""
    letters = iter([a + b for a in ALPHABET for b in ALPHABET])
    return lambda _taken: make_code("22222" + next(letters))


@pytest.fixture
def small(monkeypatch):
    """Few cards are many here."""
    monkeypatch.setattr(cards_in_order, "MANY", HOUSES)
    monkeypatch.setattr(cards_in_order, "BLOCK", 2)
    monkeypatch.setattr(cards_in_order, "room_for_two", lambda: True)


def test_neighbours_come_to_one_process():
    """Who draws one household's map has drawn its neighbours'."""

    def street(route, count):
        return [Feature("household", new_uid(), None, {"evacuation_route": route}) for _one in range(count)]

    streets = {"one": 50, "two": 9, "three": 6, "four": 40, "five": 110, "six": 3, "": 190}
    subjects = [one for route, count in streets.items() for one in street(route, count)]
    made = cards_in_order.blocks(subjects)
    assert [one for block in made for one in block] == subjects
    assert [len(one) for one in made] == [50, 15, 40, 36, 37, 40, 47, 48, 47, 48]
    few = subjects[:100]
    assert [len(one) for one in cards_in_order.blocks(few)] == [10, 10, 10, 10, 10, 9, 6, 11, 12, 12]
    assert cards_in_order.blocks([]) == []


def second_processes() -> list[str]:
    """Those that fill cards and still live; a window of another test may have left its map process."""
    return [one.name for one in multiprocessing.active_children() if one.name == "cards"]


def published(path: Path, out: Path, **options):
    """The report, each file's bytes, and what the register says of each card but for the second it was entered."""
    with Workspace.open(path) as ws:
        report = publish_cards(ws, out, kind="household", **options)
        rows = [one.values for one in ws.table("card_issue")]
    files = {one.name: one.read_bytes() for one in sorted(out.iterdir())}
    told = [{key: value for key, value in one.items() if "_at" not in key and key != "version_of"} for one in rows]
    # How many cards one transaction takes is a matter of time; within each, issues come before what was put on paper.
    return report, files, sorted(told, key=lambda one: (one["step"], one["check_code"]))


def published_alone(village, out, monkeypatch, **options):
    monkeypatch.setattr(issuing, "new_code", in_turn())
    with monkeypatch.context() as patch:
        patch.setattr(cards_in_order, "MANY", HOUSES + 1)
        return published(Path(shutil.copy(village, out.with_suffix(".gpkg"))), out, **options)


def published_by_two(village, out, monkeypatch, seconds, **options):
    monkeypatch.setattr(issuing, "new_code", in_turn())
    monkeypatch.setattr(cards_in_order, "SecondMaker", seconds)
    found = published(village, out, **options)
    assert seconds.made
    assert not second_processes()
    return found


@pytest.mark.parametrize("together", [True, False])
def test_two_processes_print_and_enter_what_one_does(village, small, monkeypatch, tmp_path, together):
    alone = published_alone(village, tmp_path / "one", monkeypatch, together=together, code=True)
    seconds = Seconds()
    both = published_by_two(village, tmp_path / "two", monkeypatch, seconds, together=together, code=True)
    assert seconds.blocks
    assert len(both[1]) == (1 if together else HOUSES)
    assert both[1] == alone[1]
    assert both[2] == alone[2]
    assert both[0].notes == alone[0].notes
    assert both[0].problems == alone[0].problems
    assert any("预警信号" in one for one in both[0].notes)


class Slow:
    """Stands for a second process whose blocks come after some looks each."""

    ready, gone, given = True, False, 0

    def __init__(self, looks: int) -> None:
        self._looks, self._left = looks, looks
        self.asked: list[int] = []
        self.given_to: dict[int, tuple[str, ...]] = {}

    def begin(self, _order) -> None:
        pass

    def end(self) -> None:
        pass

    @property
    def waiting(self) -> int:
        return len(self.asked)

    def asked_for(self, number: int) -> bool:
        return number in self.asked

    def ask(self, number: int, uids) -> None:
        self.asked.append(number)
        self.given_to[number] = tuple(uids)

    def take(self, number: int, _seconds: float = 0.0):
        self._left -= 1
        if self._left > 0 or self.asked[0] != number:
            return None
        self._left = self._looks
        self.asked.remove(number)
        self.given += 1
        return list(self.given_to[number])


def test_a_later_block_is_made_card_by_card_while_one_is_waited_for(small, monkeypatch):
    monkeypatch.setattr(cards_in_order, "BLOCK", 10)
    monkeypatch.setattr(cards_in_order, "_SHARES", 1)
    subjects = [Feature("household", new_uid(), None, {"evacuation_route": str(n // 10)}) for n in range(60)]
    here: list[str] = []

    def make(_maker, one):
        here.append(one.uid)
        return one.uid

    ws = SimpleNamespace(path=Path("x.gpkg"), data_mark=str, read_only=True)
    facts = SimpleNamespace(today=None, used_for=lambda _one: None)
    kind = SimpleNamespace(make=make)
    monkeypatch.setattr(cards_in_order, "KINDS", {"household": kind})
    second = Slow(looks=4)
    maker = SimpleNamespace(ws=ws, facts=facts, copies=1, code=False)
    with cards_in_order.CardsInOrder(maker, kind, subjects, ahead=[second]) as cards:
        come = iter(cards)
        for _card in range(11):
            next(come)
        assert second.given == 1, "the second block came from the second process"
        assert len(here) == 10 + 3, "three cards of the third block were made while it was waited for"
        rest = [made for _one, made in come]
    assert [one.uid for one in subjects[11:]] == rest
    assert len(here) == len(set(here))
    assert len(here) + 10 * second.given == 60


def test_what_a_dying_process_leaves_is_made_anew_and_told_in_one_sentence(village, small, monkeypatch, tmp_path):
    def kill(maker):
        maker._process.kill()
        maker._process.join()

    alone = published_alone(village, tmp_path / "one", monkeypatch, together=True)
    both = published_by_two(village, tmp_path / "two", monkeypatch, Seconds(kill), together=True)
    assert both[1:] == alone[1:]
    assert both[0].notes.count(SENTENCE) == 1
    assert [one for one in both[0].notes if one != SENTENCE] == alone[0].notes


def test_a_process_that_hangs_is_not_waited_for_without_end(village, small, monkeypatch, tmp_path):
    monkeypatch.setattr(cards_in_order, "_PATIENCE", 1)
    monkeypatch.setattr(cards_in_order, "_TOLD_SECONDS", 0.01)
    alone = published_alone(village, tmp_path / "one", monkeypatch, together=True)
    with monkeypatch.context() as patch:
        patch.setattr(SecondMaker, "take", lambda _maker, _number, _seconds=0.0: None)
        both = published_by_two(village, tmp_path / "two", monkeypatch, Seconds(), together=True)
    assert both[1:] == alone[1:]
    assert both[0].notes.count(SENTENCE) == 1


def test_a_file_that_was_changed_meanwhile_is_left_to_the_process_that_prints(village, small, monkeypatch, tmp_path):
    monkeypatch.setattr(Workspace, "data_mark", lambda _ws: "another day")  # the second process asks the file itself
    seconds = Seconds()
    report, files, _rows = published_by_two(village, tmp_path / "two", monkeypatch, seconds)
    assert len(files) == HOUSES
    assert not seconds.blocks
    assert SENTENCE not in report.notes


def test_whoever_stops_leaves_no_process_behind(village, small, monkeypatch, tmp_path):
    class Stopped(Exception):
        """Somebody stops it."""

    def progress(done, _total, _words):
        if done == 3:
            raise Stopped

    monkeypatch.setattr(cards_in_order, "SecondMaker", Seconds())
    with pytest.raises(Stopped):
        published(village, tmp_path / "two", progress=progress)
    assert not second_processes()


_KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from geohazard_desktop.publishing.cards.second import CardOrder, SecondMaker
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
if __name__ == "__main__":
    path, day = Path(sys.argv[1]), date(2026, 11, 28)
    maker = SecondMaker()
    maker.begin(CardOrder(path, "", "household", day, 1, False, OfficeTemplates(), True))
    print(maker._process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
def test_it_ends_when_the_first_process_is_killed(village, tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(_KILLED, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    command = [sys.executable, str(script), str(village)]
    done = subprocess.run(command, check=False, env=environment, stdout=subprocess.PIPE)
    stat = Path(f"/proc/{int(done.stdout)}/stat")
    for _turn in range(600):
        try:
            if stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z":
                return  # it has ended; nobody has asked how
        except OSError:
            return
        time.sleep(0.05)
    pytest.fail("the second process outlived the first")


def test_few_cards_are_made_by_one_process(village, monkeypatch, tmp_path):
    def refuse():
        pytest.fail("a second process for nine cards")

    monkeypatch.setattr(cards_in_order, "SecondMaker", refuse)
    assert len(published(village, tmp_path / "one")[1]) == HOUSES


@pytest.mark.parametrize(
    ("cores", "free", "two"), [(1, None, False), (2, 2**28, False), (2, 2**31, True), (8, None, True)]
)
def test_it_wants_a_core_and_memory(monkeypatch, cores, free, two):
    monkeypatch.setattr(cards_in_order, "cores", lambda: cores)
    monkeypatch.setattr(cards_in_order, "free_memory", lambda: free)
    assert cards_in_order.room_for_two() is two


def test_where_no_process_can_be_started_one_makes_all(village, small, monkeypatch, tmp_path):
    def refuse():
        raise OSError("no more processes")

    monkeypatch.setattr(cards_in_order, "SecondMaker", refuse)
    assert len(published(village, tmp_path / "one")[1]) == HOUSES
