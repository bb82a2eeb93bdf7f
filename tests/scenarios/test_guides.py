"""Following edges beyond their ends: the hand rests on corners and edges, and the pen keeps to their lines."""

import pytest
from hands import Hands, on_disk, until
from office import EAST, NORTH, at
from PySide6.QtCore import Qt
from shapely import box

from geohazard_desktop.desktop.drawing.snap_grid import lines_of
from geohazard_desktop.workspace.edits import create_feature

pytestmark = pytest.mark.window


@pytest.fixture
def drafting(hands: Hands) -> Hands:
    """A second zone stands away from the first; the pen is out."""
    ws = hands.window.session.workspace
    there = box(*at(2600, 2000), *at(3000, 2400))
    ws.apply(create_feature(ws.definitions, "danger_zone", there, {"id": "SL-W-0002"}))
    hands.window.map.look_at_all()
    hands.settle()
    hands.key(Qt.Key.Key_P)
    return hands


def rest(hands: Hands, place) -> None:
    """The hand stays until it has been noticed."""
    hands.point_at(place)
    timer = hands.window.map.desk.acquiring.timer
    until(lambda: not timer.isActive(), "a rest")


def held(hands: Hands) -> list:
    return [one.place for one in hands.window.map.desk.snapper().acquired.held]


def test_where_the_lines_of_two_far_corners_cross(drafting: Hands, work):
    hands = drafting
    rest(hands, at(1500, 1500))
    assert held(hands) == [at(1500, 1500)]
    rest(hands, at(2600, 2000))
    assert held(hands) == [at(1500, 1500), at(2600, 2000)]
    pixel = hands.canvas.viewport.pixel
    # Up from the first one's east side, left from the second one's south side.
    hands.point_at((EAST + 1500 + 3 * pixel, NORTH + 2000 - 2 * pixel))
    snap = hands.canvas.preview.snap
    assert (snap.kind, snap.place) == ("intersection", at(1500, 2000))
    assert snap.guide is not None
    assert snap.second is not None
    hands.point_at((EAST + 1500 + 2 * pixel, NORTH + 2500))
    snap = hands.canvas.preview.snap
    assert (snap.words, snap.east) == ("延长线 · 危险区 SL-W-0001", EAST + 1500)
    # A tremor is no second rest; coming back is, and lets the corner go.
    rest(hands, at(1500, 1500))
    assert held(hands) == [at(2600, 2000)]
    rest(hands, (EAST + 1500 + pixel, NORTH + 1500))
    assert held(hands) == [at(2600, 2000)]
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_P)
    assert held(hands) == []


def test_parallel_to_an_edge_that_was_rested_on(drafting: Hands, work):
    hands = drafting
    hands.click(at(2000, 600))
    rest(hands, at(1500, 1150))
    assert len(held(hands)) == 1
    pixel = hands.canvas.viewport.pixel
    hands.point_at((EAST + 2000 + 3 * pixel, NORTH + 1200))
    assert hands.canvas.preview.snap.words == "平行 · 危险区 SL-W-0001"
    hands.click((EAST + 2000 + 3 * pixel, NORTH + 1200))
    first, second = hands.window.map.desk.tool.places
    assert second[0] == pytest.approx(first[0], abs=1e-6)
    hands.click(at(2300, 1250))
    hands.key(Qt.Key.Key_Return)
    assert len(on_disk(work, "danger_zone")) == 3
    assert held(hands) == [], "what was stored may have moved the edge"


def test_the_grid_is_drawn_where_it_can_be_told_apart(drafting: Hands):
    window, canvas = drafting.window, drafting.canvas
    window.center.run("draw.snap_settings")
    popover = window.handlers.snapping.popover
    popover.kinds["grid"].click()
    popover.close()
    before = canvas.grab().toImage()
    canvas.look(canvas.viewport.at_scale(20_000))
    spacing = window.map.desk.snap_settings.grid_m
    apart = spacing / canvas.viewport.pixel
    assert len(lines_of(canvas.viewport, spacing, 10.0)) == pytest.approx(
        (canvas.width() + canvas.height()) / apart, abs=2
    )
    drafting.settle()
    with_lines = canvas.grab().toImage()
    window.center.run("draw.snap")
    assert canvas.grab().toImage() != with_lines, "without snapping there is no grid to see"
    window.center.run("draw.snap")
    assert canvas.grab().toImage() == with_lines
    assert lines_of(canvas.viewport.at_scale(5_000_000), spacing, 10.0) == []
    assert before != with_lines
