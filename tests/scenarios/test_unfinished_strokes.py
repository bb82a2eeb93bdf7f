"""Nothing drawn is lost: Ctrl+Z takes corners back, the hand moves the map, another tool lays the stroke down."""

from pathlib import Path

import pytest
from hands import CONTROL, Hands, on_disk
from office import NEW_ZONE, at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geohazard_desktop.desktop.banner import Bar

pytestmark = pytest.mark.window


def begun(hands: Hands, count: int = 3) -> None:
    hands.key(Qt.Key.Key_P)
    for place in NEW_ZONE[:count]:
        hands.click(place)
    assert len(hands.window.map.desk.tool.places) == count


def places(hands: Hands) -> list[tuple[float, float]]:
    return list(hands.window.map.desk.tool.places)


def zones(work: Path) -> int:
    return len(on_disk(work, "danger_zone"))


def last_words(hands: Hands) -> str | None:
    return hands.window.session.workspace.undo_words()


def test_ctrl_z_takes_back_a_corner_and_ctrl_y_puts_it_again(hands: Hands, work: Path):
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    stored = last_words(hands)
    hands.key(Qt.Key.Key_P)
    for place in (at(200, 2000), at(400, 2000), at(400, 2300)):
        hands.click(place)
    three = places(hands)
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert places(hands) == three[:1]
    hands.key(Qt.Key.Key_Y, CONTROL)
    hands.key(Qt.Key.Key_Y, CONTROL)
    assert places(hands) == three
    hands.key(Qt.Key.Key_Y, CONTROL)
    assert places(hands) == three, "there is nothing more to put again"
    assert zones(work) == 2
    assert last_words(hands) == stored
    hands.key(Qt.Key.Key_Return)
    assert zones(work) == 3


def test_a_stroke_that_is_used_up_stands_between_the_key_and_what_is_stored(hands: Hands, work: Path):
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    hands.key(Qt.Key.Key_P)
    hands.click(at(200, 2000))
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert zones(work) == 2
    assert any("这一笔已经退完" in one for one in hands.bars())
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert zones(work) == 1


def test_the_hand_moves_the_map_in_the_middle_of_a_stroke(hands: Hands, work: Path):
    begun(hands)
    before = hands.canvas.viewport
    hands.key(Qt.Key.Key_H)
    hands.drag(at(2600, 1300), at(2400, 1200))
    assert hands.canvas.viewport != before
    assert len(places(hands)) == 3, "the drag moved the map and set no corner"
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.map.desk.name == "draw.danger_zone"
    hands.key(Qt.Key.Key_H)
    hands.key(Qt.Key.Key_H)
    hands.window.center.run("view.zoom_out")
    hands.settle()
    hands.click(NEW_ZONE[3])
    hands.key(Qt.Key.Key_Return)
    assert zones(work) == 2


def test_the_same_key_again_goes_on(hands: Hands):
    begun(hands)
    hands.key(Qt.Key.Key_P)
    assert len(places(hands)) == 3
    assert any("还没画完" in one for one in hands.bars())


def test_another_tool_lays_the_stroke_down_and_it_can_be_gone_on_with(hands: Hands, work: Path):
    begun(hands)
    three = places(hands)
    hands.key(Qt.Key.Key_V)
    kept = hands.window.banner.findChildren(Bar)
    assert any("已放下没画完的危险区（3 个点）" in one.sentence for one in kept)
    hands.click(at(1000, 1000))
    assert hands.window.session.selection
    hands.press("接着画")
    assert places(hands) == three
    hands.click(NEW_ZONE[3])
    hands.key(Qt.Key.Key_Return)
    assert zones(work) == 2
    assert not hands.window.map.desk.strokes.laid


def test_two_strokes_are_laid_down_one_upon_the_other(hands: Hands, work: Path):
    begun(hands)
    hands.key(Qt.Key.Key_L)
    hands.click(at(200, 2000))
    hands.click(at(400, 2200))
    hands.key(Qt.Key.Key_V)
    hands.window.center.run("draw.resume")
    assert hands.window.map.desk.name == "draw.evacuation_route"
    hands.key(Qt.Key.Key_Return)
    hands.window.center.run("draw.resume")
    assert len(places(hands)) == 3
    hands.key(Qt.Key.Key_Return)
    assert zones(work) == 2


def test_after_undo_the_map_shows_what_came_back(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.window.center.run("tool.move")
    QTest.keyClicks(hands.canvas, "1")
    QTest.keyClicks(QApplication.focusWidget(), "0")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    here = hands.canvas.viewport
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.canvas.viewport == here, "what is in sight already does not move the map"
    hands.window.map.look_at_place(*at(3900, 2900), closest=2000)
    hands.settle()
    scale = hands.canvas.viewport.denominator
    hands.key(Qt.Key.Key_Y, CONTROL)
    hands.settle()
    west, south, east, north = hands.canvas.viewport.bounds
    assert west < at(1000, 0)[0] < east
    assert south < at(0, 1000)[1] < north
    assert hands.canvas.viewport.denominator >= scale


def test_no_tool_works_on_what_is_out_of_sight_before_it_was_shown(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    uid = hands.window.session.selection[0][1]
    before = on_disk(work, "danger_zone")[0].geometry
    hands.window.map.look_at_place(*at(3900, 2900), closest=2000)
    hands.settle()
    hands.key(Qt.Key.Key_Left)
    assert on_disk(work, "danger_zone")[0].geometry.equals(before)
    assert any("不在图上看得见的地方" in one for one in hands.bars())
    hands.settle()
    assert hands.window.session.selection == [("danger_zone", uid)]
    hands.key(Qt.Key.Key_Left)
    assert not on_disk(work, "danger_zone")[0].geometry.equals(before)


def test_what_is_half_drawn_when_the_window_is_closed_waits_for_the_next_time(sit_down, work: Path):
    hands = sit_down(work)
    begun(hands)
    three = places(hands)
    again = sit_down(work)  # the first window is closed for it
    assert [one.tool.places for one in again.window.map.desk.strokes.laid] == [three]
    again.press("接着画")
    again.key(Qt.Key.Key_Z, CONTROL)
    assert places(again) == three[:2]
    again.key(Qt.Key.Key_Y, CONTROL)
    again.key(Qt.Key.Key_Return)
    assert zones(work) == 2
    assert not sit_down(work).window.map.desk.strokes.laid
