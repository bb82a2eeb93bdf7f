"""Hands slip: each slip gets one clear sentence, and costs at most the unfinished stroke."""

from pathlib import Path

import pytest
from hands import CONTROL, LEFT, Hands, corners, on_disk
from office import NEW_ZONE, at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

pytestmark = pytest.mark.window
Key = Qt.Key


def test_a_stroke_that_crosses_itself_is_refused_once_and_mended_under_the_pen(hands: Hands, work: Path):
    hands.draw(Key.Key_P, [at(2200, 600), at(3200, 1600), at(3200, 600), at(2200, 1600)])
    (said,) = hands.bars()
    assert "交叉" in said
    assert "退格" in said
    assert len(on_disk(work, "danger_zone")) == 1
    hands.key(Key.Key_Return)
    assert len(hands.bars()) == 1, "the same sentence does not pile up"
    for _each in range(3):
        hands.key(Key.Key_Backspace)
    for place in (at(3200, 600), at(3200, 1600), at(2200, 1600)):
        hands.click(place)
    hands.key(Key.Key_Return)
    assert len(on_disk(work, "danger_zone")) == 2
    assert on_disk(work, "danger_zone")[1].geometry.is_valid


def test_points_set_twice_are_stored_once_and_a_double_click_adds_none(hands: Hands, work: Path):
    hands.key(Key.Key_P)
    for place in NEW_ZONE[:3]:
        hands.click(place)
        hands.click(place)
    hands.click(NEW_ZONE[3])
    QTest.mouseDClick(hands.canvas, LEFT, pos=hands.pixel(NEW_ZONE[3]))
    made = on_disk(work, "danger_zone")[1]
    assert len(corners(made)) == 5, "four corners, and the first again that closes the ring"


def test_a_zone_beyond_the_district_is_kept_and_told(hands: Hands, work: Path):
    hands.window.center.run("view.zoom_out")
    hands.settle()
    hands.draw(Key.Key_P, [at(3600, 1000), at(4400, 1000), at(4400, 1800), at(3600, 1800)])
    assert len(on_disk(work, "danger_zone")) == 2
    told = [one for one in hands.bars() if "本区范围外" in one]
    assert len(told) == 1, hands.bars()
    hands.key(Key.Key_Z, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 1


def test_too_few_corners_and_another_tool_in_the_middle(hands: Hands, work: Path):
    hands.draw(Key.Key_P, NEW_ZONE[:2])
    assert any("还差 1 个拐点" in one for one in hands.bars())
    hands.click(NEW_ZONE[2])
    hands.key(Key.Key_L)
    assert [len(one.tool.places) for one in hands.window.map.desk.strokes.laid] == [3], "kept, not given up"
    assert not hands.window.map.desk.drawing
    assert len(on_disk(work, "danger_zone")) == 1
