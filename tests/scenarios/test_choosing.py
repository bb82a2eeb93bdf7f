"""Choosing features by every way: drawn around, by the keyboard alone, by what they touch, and back again."""

import pytest
import shapely
from hands import CONTROL, LEFT, Hands
from office import EAST, NORTH, at
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from geohazard_desktop.workspace.edits import create_feature

pytestmark = pytest.mark.window
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
HOUSES = {"SL-H-0001": at(600, 600), "SL-H-0002": at(1400, 1400), "SL-H-0003": at(2600, 700)}


@pytest.fixture
def village(hands: Hands) -> Hands:
    ws = hands.window.session.workspace
    for number, place in HOUSES.items():
        ws.apply(create_feature(ws.definitions, "household", shapely.Point(place), {"id": number}))
    hands.window.map.look_at_all()
    hands.settle()
    return hands


def chosen(hands: Hands) -> set[str]:
    return {one.text("id") for one in hands.window.session.selected_features()}


def test_drawn_around_by_corners_by_hand_and_by_a_circle(village: Hands):
    hands, window = village, village.window
    hands.key(Qt.Key.Key_V, SHIFT)
    for place in (at(550, 550), at(700, 550), at(700, 700), at(550, 700)):
        hands.click(place)
    assert window.map.desk.drawing
    hands.click(at(550, 550))
    assert chosen(hands) == {"SL-H-0001"}, "neither the zone nor the district around it is meant"
    for place in (at(1300, 1300), at(1600, 1300), at(1350, 1600)):  # the house well inside
        hands.click(place)
    hands.key(Qt.Key.Key_Return, SHIFT)
    assert chosen(hands) == {"SL-H-0001", "SL-H-0002", "SL-W-0001"}
    window.center.run("tool.select_freehand")
    around = [hands.pixel(one) for one in (at(2500, 600), at(2700, 600), at(2700, 800), at(2500, 800))]
    QTest.mousePress(hands.canvas, LEFT, NONE, around[0])
    for one in around[1:]:
        hands._move(QPointF(one), LEFT)
    QTest.mouseRelease(hands.canvas, LEFT, NONE, around[-1])
    assert chosen(hands) == {"SL-H-0003"}
    window.center.run("tool.select_radius")
    hands.click(at(600, 600))
    hands.key(Qt.Key.Key_Equal)
    field = window.map.numbers.edits["radius"]
    QTest.keyClicks(field, "150")
    hands.key(Qt.Key.Key_Return, on=field)
    assert chosen(hands) == {"SL-H-0001", "SL-W-0001"}
    hands.key(Qt.Key.Key_Escape)
    assert window.map.desk.name == "tool.select"
    assert chosen(hands) == {"SL-H-0001", "SL-W-0001"}, "putting the tool down keeps what is selected"


def test_a_box_without_a_mouse(village: Hands):
    hands = village
    cross = hands.window.map.desk.cross
    hands.point_at(at(500, 1700))
    hands.key(Qt.Key.Key_Down, CONTROL)
    hands.key(Qt.Key.Key_Return, SHIFT)
    while hands.canvas.viewport.to_map(cross.place.x(), cross.place.y())[0] < EAST + 1600:
        hands.key(Qt.Key.Key_Right, SHIFT)
    while hands.canvas.viewport.to_map(cross.place.x(), cross.place.y())[1] > NORTH + 450:
        hands.key(Qt.Key.Key_Down, SHIFT)
    assert hands.canvas.preview.rectangle is not None
    hands.key(Qt.Key.Key_Return)
    assert {"SL-H-0002"} <= chosen(hands)
    assert "SL-H-0003" not in chosen(hands)
    assert not cross.holding
    hands.key(Qt.Key.Key_Return, SHIFT)
    hands.key(Qt.Key.Key_Up, SHIFT)
    hands.key(Qt.Key.Key_Escape)
    assert hands.canvas.preview.rectangle is None, "Esc lets the box go and leaves the selection"
    assert {"SL-H-0002"} <= chosen(hands)


def test_by_what_they_touch_the_other_way_round_and_back(village: Hands):
    hands, window = village, village.window
    window.session.select([("danger_zone", window.session.workspace.table("danger_zone").uids[0])])
    window.center.run("select.inside")
    assert chosen(hands) == {"SL-H-0001", "SL-H-0002"}
    window.center.run("select.invert")
    assert chosen(hands) == {"SL-H-0003"}
    window.center.run("select.meeting")
    assert chosen(hands) == {"SL-H-0003"}
    assert any("没有符合的要素" in one for one in hands.bars())
    hands.key(Qt.Key.Key_Left, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert chosen(hands) == {"SL-H-0001", "SL-H-0002"}
    window.center.run("select.previous")
    assert chosen(hands) == {"SL-W-0001"}
    window.center.run("select.previous")
    assert any("前面没有别的选择" in one for one in hands.bars())
    window.center.run("select.next")
    window.center.run("edit.select_none")
    window.center.run("select.previous")
    assert chosen(hands) == {"SL-H-0001", "SL-H-0002"}, "what was let go by mistake comes first"
    window.center.run("select.shown")
    assert {"SL-W-0001", "SL-L-0001", *HOUSES} <= chosen(hands)


def test_a_click_into_a_zone_means_the_zone_and_again_the_house_below_it(hands: Hands):
    window = hands.window
    ws = window.session.workspace
    walls = shapely.box(*at(980, 980), *at(1020, 1020))
    ws.apply(create_feature(ws.definitions, "building", walls, {"name": "示例楼"}))
    hands.settle()

    def hit() -> list[str]:
        return [layer for layer, _uid in window.session.selection]

    hands.click(at(1000, 1000))
    assert hit() == ["danger_zone"]
    assert "这里叠着 2 个" in window.map.desk.hint()
    hands.click(at(1000, 1000))
    assert hit() == ["building"]
    hands.click(at(1000, 1000))
    assert hit() == ["danger_zone"]
    # Whoever has chosen the layer of buildings in the tree means these.
    window.layers.set_current("building")
    hands.key(Qt.Key.Key_Escape)
    hands.click(at(1005, 1005))
    assert hit() == ["building"]
    window.layers.set_current("danger_zone")
    hands.key(Qt.Key.Key_I)
    hands.click(at(1000, 1000))
    assert hit() == ["danger_zone"], "looking says the same"
    # The tool for corners lets a second click reach what lies below, too.
    window.session.select([])
    hands.key(Qt.Key.Key_N)
    hands.click(at(1000, 1000))
    assert hit() == ["danger_zone"]
    hands.click(at(1000, 1000))
    assert hit() == ["building"]
