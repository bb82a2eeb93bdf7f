"""A box drawn with the magnifier, or with Shift and the hand, is what the map shows next; strokes stay in the hand."""

import pytest
from hands import LEFT, Hands
from office import NEW_ZONE, at
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

pytestmark = pytest.mark.window
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
BOX = at(1000, 1000), at(1800, 1400)


def pull(hands: Hands, modifier: Qt.KeyboardModifier = NONE) -> None:
    first, last = (hands.pixel(one) for one in BOX)
    QTest.mousePress(hands.canvas, LEFT, modifier, first)
    hands._move(QPointF(last), LEFT)
    QTest.mouseRelease(hands.canvas, LEFT, modifier, last)


def middle(hands: Hands) -> tuple[float, float]:
    return hands.canvas.viewport.east, hands.canvas.viewport.north


def test_the_box_fills_the_map_and_a_click_doubles(hands: Hands):
    canvas, before = hands.canvas, hands.canvas.viewport
    hands.key(Qt.Key.Key_W)
    assert "拖出一个框" in hands.window.map.desk.hint()
    pull(hands)
    west, south, east, north = canvas.viewport.bounds
    assert west <= BOX[0][0] + 10
    assert east >= BOX[1][0] - 10
    assert south <= BOX[0][1] + 10
    assert north >= BOX[1][1] - 10
    assert canvas.viewport.denominator < before.denominator / 2
    assert middle(hands) == pytest.approx(at(1400, 1200), abs=15)
    assert hands.window.session.selection == [], "a look selects nothing"
    scale = canvas.viewport.denominator
    hands.click(at(1400, 1200))
    assert canvas.viewport.denominator == pytest.approx(scale / 2, rel=0.05)
    QTest.mouseClick(canvas, LEFT, ALT, hands.pixel(at(1400, 1200)))
    assert canvas.viewport.denominator == pytest.approx(scale, rel=0.05)
    hands.key(Qt.Key.Key_Left, ALT)
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.map.desk.name == "tool.select"


def test_with_alt_what_is_in_sight_goes_into_the_box(hands: Hands):
    before = hands.canvas.viewport.denominator
    hands.key(Qt.Key.Key_W)
    pull(hands, ALT)
    assert hands.canvas.viewport.denominator > before * 2


def test_escape_lets_a_box_go_and_shift_draws_one_with_the_hand(hands: Hands):
    canvas, before = hands.canvas, hands.canvas.viewport
    hands.key(Qt.Key.Key_H)
    QTest.mousePress(canvas, LEFT, SHIFT, hands.pixel(BOX[0]))
    hands._move(QPointF(hands.pixel(BOX[1])), LEFT)
    assert hands.window.map.desk.zoom_box.drawing
    assert canvas.viewport == before, "the map stays while the box is drawn"
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.map.desk.zoom_box.drawing
    QTest.mouseRelease(canvas, LEFT, SHIFT, hands.pixel(BOX[1]))
    assert canvas.viewport == before
    assert hands.window.map.desk.name == "tool.pan"
    pull(hands, SHIFT)
    assert canvas.viewport.denominator < before.denominator / 2


def test_a_stroke_goes_on_after_the_box(hands: Hands):
    desk = hands.window.map.desk
    hands.key(Qt.Key.Key_P)
    for place in NEW_ZONE[:2]:
        hands.click(place)
    tool = desk.tool
    hands.key(Qt.Key.Key_W)
    first, last = hands.pixel(at(2000, 400)), hands.pixel(at(3300, 1900))
    QTest.mousePress(hands.canvas, LEFT, NONE, first)
    hands._move(QPointF(last), LEFT)
    QTest.mouseRelease(hands.canvas, LEFT, NONE, last)
    assert desk.tool is tool
    hands.key(Qt.Key.Key_W)
    assert desk.name == "draw.danger_zone"
    for place in NEW_ZONE[2:]:
        hands.click(place)
    hands.key(Qt.Key.Key_Return)
    assert len(hands.window.session.workspace.table("danger_zone")) == 2
