"""Nobody asked, and still the step says how much is wrong: after opening, after large changes, in nobody's way."""

from pathlib import Path

import pytest
from fresh import fresh_workspace
from hands import Hands, on_disk, until
from office import at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shapely import Point

from geohazard_desktop.desktop import preferences
from geohazard_desktop.desktop.checking import runs as checks_runs
from geohazard_desktop.desktop.checking import unasked
from geohazard_desktop.desktop.papers.publish_panel import CHOOSE
from geohazard_desktop.desktop.window_words import stage_states
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unasked, "REST_MS", 40)


def checked(hands: Hands) -> None:
    desk = hands.window.handlers.checks
    until(lambda: desk.done and not desk.outdated and not desk.busy, "checked by itself")


def badge(hands: Hands) -> tuple[str, str]:
    button = hands.window.stages.buttons["checks"]
    return button.words, button.severity


def rules(hands: Hands) -> list[str]:
    return [one.rule for one in hands.window.checks.findings]


def homes(count: int) -> list[Feature]:
    """Households in the zone, without a route."""
    return [
        Feature("household", new_uid(), Point(at(700 + 5 * n, 900)), {"id": f"SL-H-{n:04}", "head": "钱示例"})
        for n in range(1, count + 1)
    ]


def test_after_opening_the_step_says_it_and_nothing_else_moves(at_once, hands: Hands):
    window = hands.window
    assert badge(hands) == ("找出会印错的地方", "")
    checked(hands)
    errors = sum(one.severity == "error" for one in window.checks.findings)
    warnings = sum(one.severity == "warning" for one in window.checks.findings)
    assert errors
    assert warnings
    assert badge(hands) == (f"{errors} 错误 · {warnings} 提醒", "error")
    assert window.side.currentWidget() is window.form
    assert window.map.canvas.hasFocus()
    assert hands.bars() == []
    marks, viewport = window.handlers.checks.marks, window.map.canvas.viewport
    assert marks.in_sight(viewport) == []
    QTest.mouseClick(window.stages.buttons["checks"], Qt.MouseButton.LeftButton)
    assert window.side.currentWidget() is window.checks
    assert window.checks.isVisible()
    assert not window.handlers.checks.busy, "the list is there, it is not looked for again"
    assert marks.in_sight(viewport)


def test_what_is_too_much_to_be_judged_by_places_is_judged_anew_when_the_hand_rests(
    at_once, hands: Hands, monkeypatch: pytest.MonkeyPatch
):
    checked(hands)
    assert "household_route" not in rules(hands)
    monkeypatch.setattr(checks_runs, "_MOST_TOUCHED", 2)
    desk, session = hands.window.handlers.checks, hands.window.session
    hands.key(Qt.Key.Key_P)
    hands.click(at(3000, 300))
    session.apply(Edit("导入", [inserted(one) for one in homes(3)]))
    assert desk.outdated
    hands.click(at(3200, 300))
    assert not desk.busy, "never while a stroke is in the hand"
    hands.key(Qt.Key.Key_Escape)
    checked(hands)
    assert rules(hands).count("household_route") == 3


def test_who_asks_meanwhile_sees_the_run_that_is_under_way(at_once, hands: Hands):
    desk, panel = hands.window.handlers.checks, hands.window.checks
    until(lambda: desk.busy, "it has begun")
    assert not panel.progress.isVisible()
    hands.key(Qt.Key.Key_F9)
    assert panel.progress.isVisible()
    checked(hands)
    assert not panel.progress.isVisible()
    assert rules(hands)
    assert desk.marks.in_sight(hands.window.map.canvas.viewport)


def test_the_switch_ends_it_and_is_remembered(at_once, hands: Hands, sit_down, work: Path):
    window = hands.window
    until(lambda: window.handlers.checks.busy, "it has begun")
    window.center.run("check.unasked")
    until(lambda: not window.handlers.checks.busy, "it has ended")
    assert not window.handlers.checks.done
    assert hands.bars() == []
    assert not window.center.actions["check.unasked"].isChecked()
    assert not preferences.load().check_unasked
    again = sit_down(work)
    assert not again.window.handlers.checks.runs.unasked._timer.isActive()
    again.window.center.run("check.unasked")
    checked(again)
    assert badge(again)[1] == "error"


def test_a_workspace_that_is_left_takes_its_run_along(at_once, hands: Hands, tmp_path: Path, district):
    window = hands.window
    until(lambda: window.handlers.checks.busy, "it has begun")
    path = tmp_path / "别的.gpkg"
    fresh_workspace(path, district).close()
    hands.open(path)
    checked(hands)
    assert hands.bars() == []
    assert not [one for one in window.checks.findings if one.layer == "danger_zone"]


def test_who_may_only_read_is_told_too(at_once, sit_down, work: Path):
    hands = sit_down()
    assert hands.window.session.ws is None
    hands.window.session.take(Workspace.open(work, read_only=True))
    hands.settle()
    assert hands.window.session.read_only_reason()
    checked(hands)
    assert badge(hands)[1] == "error"


def test_a_group_is_chosen_on_the_map_and_in_the_register_and_its_cards_are_ticked(hands: Hands, work: Path):
    window = hands.window
    window.session.apply(Edit("导入", [inserted(one) for one in homes(3)]))
    other = create_feature(
        window.session.workspace.definitions, "household", Point(at(3000, 2500)), {"id": "SL-H-0900"}
    )
    window.session.apply(other)
    hands.key(Qt.Key.Key_F9)
    checked_desk = window.handlers.checks
    until(lambda: checked_desk.done and not checked_desk.busy, "checked")
    window.center.run("layer.table")
    panel = window.checks
    panel._set_sift(rule="household_route")
    hands.press("选中这些", panel)
    there = {one.uid for one in on_disk(work, "household") if one.text("head")}
    assert {uid for layer, uid in window.session.selection if layer == "household"} == there
    assert window.register.layer == "household"
    assert window.side.currentWidget() is panel
    hands.press("打印这些住户的卡", panel)
    assert window.publish.kind == "cards_household"
    assert window.publish.pages.currentIndex() == CHOOSE
    table = window.publish.subject_table
    until(lambda: table.model.chosen == there, "they are ticked, the other is not")


def test_the_step_never_calls_sound_what_was_not_looked_at_since(
    at_once, hands: Hands, monkeypatch: pytest.MonkeyPatch
):
    checked(hands)
    told = badge(hands)[0]
    hands.window.center.run("check.unasked")  # nobody looks by itself from here on
    monkeypatch.setattr(checks_runs, "_MOST_TOUCHED", 2)
    hands.window.session.apply(Edit("导入", [inserted(one) for one in homes(3)]))
    assert badge(hands) == (f"{told}（要再查一遍）", "error")
    hands.key(Qt.Key.Key_F9)
    checked(hands)
    assert "要再查一遍" not in badge(hands)[0]


@pytest.mark.parametrize(
    ("whole", "outdated", "words"),
    [(False, False, "找出会印错的地方"), (True, False, "没有发现问题"), (True, True, "要再查一遍")],
)
def test_nothing_found_is_no_all_clear_unless_everything_was_looked_at(whole, outdated, words, workspace):
    told = stage_states(workspace, [], drawn="", publishing=False, whole=whole, outdated=outdated)
    assert told["checks"] == (words, "")
