"""What the checks say is of now, or it says that it isn't: whatever fails, overlaps or is left under way meanwhile."""

import time
from pathlib import Path
from threading import Event

import pytest
from fresh import fresh_workspace
from hands import Hands, until
from office import at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from shapely import Point, box

from geohazard_desktop.checks import run as checks_run
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.desktop.checking import runs as checks_runs
from geohazard_desktop.desktop.checking import unasked
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window

AGAIN = "要再查一遍"


def checked(hands: Hands) -> None:
    hands.key(Qt.Key.Key_F9)
    settle(hands)
    assert hands.window.handlers.checks.done


def settle(hands: Hands) -> None:
    until(lambda: not hands.window.handlers.checks.busy, "the checks rest")


def badge(hands: Hands) -> str:
    hands.window.following.tell_stages()  # as anything that happens meanwhile has it told
    return hands.window.stages.buttons["checks"].words


def come_in(hands: Hands, count: int) -> None:
    homes = [
        Feature("household", new_uid(), Point(at(700 + 5 * n, 900)), {"id": f"SL-H-{n:04}", "head": "钱示例"})
        for n in range(1, count + 1)
    ]
    hands.window.session.apply(Edit("导入", [inserted(one) for one in homes]))


def test_a_run_under_way_makes_nothing_sound_before_it_has_looked(hands: Hands, monkeypatch: pytest.MonkeyPatch):
    checked(hands)
    monkeypatch.setattr(checks_runs, "_MOST_TOUCHED", 2)
    come_in(hands, 3)
    assert AGAIN in badge(hands)
    hands.key(Qt.Key.Key_F9)
    assert hands.window.handlers.checks.busy
    assert AGAIN in badge(hands)
    settle(hands)
    assert AGAIN not in badge(hands)


def test_what_was_changed_before_a_run_is_not_called_looked_at_until_it_ends(hands: Hands):
    checked(hands)
    come_in(hands, 1)
    hands.key(Qt.Key.Key_F9)
    assert AGAIN in badge(hands)
    settle(hands)
    assert AGAIN not in badge(hands)


def test_what_changes_too_much_during_a_run_is_looked_at_by_the_next(hands: Hands, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checks_runs, "_MOST_TOUCHED", 2)
    hands.key(Qt.Key.Key_F9)
    come_in(hands, 3)
    settle(hands)
    assert AGAIN in badge(hands)


@pytest.mark.logs_errors
def test_a_look_that_failed_leaves_a_doubt_until_everything_was_looked_at(hands: Hands, monkeypatch):
    def fail(*_what: object, **_how: object) -> None:
        raise RuntimeError("no look")

    checked(hands)
    monkeypatch.setattr(checks_run, "check_near", fail)
    monkeypatch.setattr(unasked, "REST_MS", 1200)
    come_in(hands, 1)
    desk = hands.window.handlers.checks
    until(lambda: desk.outdated, "it is known that nobody looked")
    assert AGAIN in badge(hands)
    assert "没有查全" in hands.window.checks.summary.text()
    until(lambda: not desk.outdated and not desk.busy, "a whole run looked by itself")
    assert "household_route" in {one.rule for one in hands.window.checks.findings}


def test_a_look_at_an_older_state_changes_nothing_of_a_run_that_began_later(hands: Hands, monkeypatch):
    begun, may_end = Event(), Event()

    def slow(_ws: Workspace, _touched: object) -> checks_run.Recheck:
        begun.set()
        may_end.wait(5)
        old = Finding("household_route", "household", "", "gone", "warning", "of before")
        return checks_run.Recheck((old,), frozenset(), frozenset())

    checked(hands)
    monkeypatch.setattr(checks_run, "check_near", slow)
    come_in(hands, 1)
    until(begun.is_set, "the look has begun")
    checked(hands)
    may_end.set()
    QTest.qWait(300)
    assert "gone" not in {one.uid for one in hands.window.checks.findings}


def test_nobody_who_stopped_the_first_run_reads_that_nothing_was_found(hands: Hands, monkeypatch):
    monkeypatch.setattr(checks_runs, "MANY", 0)
    hands.key(Qt.Key.Key_F9)
    hands.press("停下", hands.window.checks)
    settle(hands)
    assert hands.window.checks.summary.text() == "还没有检查。"


def test_a_run_of_a_workspace_that_was_left_says_nothing_of_the_next(hands: Hands, tmp_path: Path, district):
    path = tmp_path / "别的.gpkg"
    fresh_workspace(path, district).close()
    hands.key(Qt.Key.Key_F9)
    time.sleep(0.5)  # it has told how far it is, and the window has not heard it yet
    hands.open(path)
    QTest.qWait(200)
    assert hands.window.checks.summary.text() == "还没有检查。"


def test_a_day_that_passes_during_the_first_run_is_looked_at_anew(hands: Hands):
    desk = hands.window.handlers.checks
    hands.key(Qt.Key.Key_F9)
    desk.runs.day_passed()
    settle(hands)
    assert desk.done
    assert AGAIN in badge(hands)


def test_why_a_finding_cannot_be_mended_goes_with_the_look_at_it(hands: Hands, monkeypatch):
    """It is not said again beside a finding that nobody looks at any more, when the list is laid out anew."""
    hands.window.session.apply(
        create_feature(
            hands.window.session.workspace.definitions,
            "danger_zone",
            box(*at(1500.6, 500), *at(2000, 1500)),
            {"id": "SL-W-0002", "hazard_type": "崩塌"},
        )
    )
    checked(hands)
    panel = hands.window.checks
    gap = next(one for one in panel.findings if one.rule == "danger_zone_gap")
    monkeypatch.setattr(hands.window.session, "read_only_reason", lambda: "只能看")
    panel.go(gap)
    assert "只能看" in words(hands)
    panel.go(next(one for one in panel.findings if not one.fix))
    panel._rebuild()
    assert "只能看" not in words(hands)


def test_what_a_run_found_is_taken_in_one_turn_and_shown_in_another(hands: Hands, monkeypatch: pytest.MonkeyPatch):
    runs, told = hands.window.handlers.checks.runs, []
    take = runs._checked

    def taken(*found: object) -> None:
        take(*found)
        told.append("taken")
        QTimer.singleShot(0, lambda: told.append("turn"))

    monkeypatch.setattr(runs, "_checked", taken)
    runs.told.connect(lambda: told.append("shown"))
    checked(hands)
    assert told == ["taken", "turn", "shown"]


def test_signs_of_the_tree_are_made_where_they_change(hands: Hands, monkeypatch: pytest.MonkeyPatch):
    checked(hands)
    marks, made = hands.window.layers.marks, []
    mark = marks._mark
    monkeypatch.setattr(marks, "_mark", lambda layer: (made.append(layer), mark(layer)))
    marks.set_findings({**marks._findings, "river": ("error", "检查：1 个错误，0 个提醒")})
    assert made == ["river"]
    assert "1 个错误" in hands.window.layers.rows()["river"].toolTip(1)


def words(hands: Hands) -> list[str]:
    return [one.text() for one in hands.window.checks.findChildren(QLabel) if one.isVisible()]
