"""The shares of the susceptibility classes stand beside the classes: those of now, whatever is reckoned meanwhile."""

from pathlib import Path
from threading import Event

import pytest
from fresh import fresh_workspace
from hands import Hands, until
from office import at
from shapely import box

from geohazard_desktop.analysis.shares import susceptibility_shares
from geohazard_desktop.desktop.checking import shares as shares_desk
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window
LAYER = "susceptibility_zone"


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    with Workspace.open(work) as ws:
        ws.apply(create_feature(ws.definitions, LAYER, box(*at(0, 0), *at(1000, 3000)), {"class": "高易发区"}))
    made = sit_down(work)
    until(lambda: figure(made, "高易发区") == "100.00 %", "reckoned after the opening")
    return made


def figure(hands: Hands, named: str) -> str:
    row = hands.window.layers.rows()[LAYER]
    return {row.child(one).text(0): row.child(one).text(1) for one in range(row.childCount())}[named]


def grow(hands: Hands, named: str, east: float) -> None:
    ws = hands.window.session.workspace
    shape = box(*at(east, 0), *at(east + 1000, 3000))
    hands.window.session.apply(create_feature(ws.definitions, LAYER, shape, {"class": named}))


def test_they_stay_when_the_tree_is_filled_anew_and_go_with_the_workspace(hands: Hands, tmp_path: Path, district):
    hands.window.fill_layers()
    assert figure(hands, "高易发区") == "100.00 %"
    path = tmp_path / "别的.gpkg"
    fresh_workspace(path, district).close()
    hands.open(path)
    assert figure(hands, "高易发区") == ""


def test_a_reckoning_that_ends_after_a_later_one_is_not_shown(hands: Hands, monkeypatch: pytest.MonkeyPatch):
    reckon, may_end, begun = shares_desk.susceptibility_shares, Event(), []

    def slow(ws: Workspace) -> object:
        found = reckon(ws)
        begun.append(found)
        if len(begun) == 1:
            may_end.wait(20)
        return found

    monkeypatch.setattr(shares_desk, "susceptibility_shares", slow)
    grow(hands, "中易发区", 1000)
    until(lambda: len(begun) == 1, "the first one is under way")
    grow(hands, "中易发区", 2000)
    until(lambda: figure(hands, "中易发区") == "66.67 %", "the second one is shown")
    may_end.set()
    until(lambda: not hands.window.jobs._running, "the first one has ended")
    assert figure(hands, "中易发区") == "66.67 %"


def test_a_run_of_the_checks_that_read_before_a_change_tells_no_shares(hands: Hands):
    shares = hands.window.handlers.checks.runs._shares
    edition, before = shares.edition, susceptibility_shares(hands.window.session.workspace)
    grow(hands, "中易发区", 1000)
    until(lambda: figure(hands, "中易发区") == "50.00 %", "reckoned after the change")
    shares.take(before, edition)
    assert figure(hands, "中易发区") == "50.00 %"
