"""Boundaries that every map stands on are not shifted by a slip of the hand: layers are locked, and say so."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, on_disk
from office import EAST, NORTH, at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shapely import box

from geohazard_desktop.desktop import preferences
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window
EMPTY = at(2500, 2200)  # nothing but the town and the zoning lies there
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def town(work: Path) -> Path:
    with Workspace.open(work) as ws:
        for layer, values in (
            ("subdistrict", {"name": "示例街道"}),
            ("susceptibility_zone", {"class": "中易发区"}),
        ):
            shape = box(EAST, NORTH, EAST + 4000, NORTH + 3000)
            ws.apply(create_feature(ws.definitions, layer, shape, values))
    return work


def shape(town: Path, layer: str = "subdistrict"):
    return on_disk(town, layer)[0].geometry


def lock_of(hands: Hands, layer: str):
    tree = hands.window.layers.tree
    return tree.visualItemRect(hands.window.layers.rows()[layer]), tree.columnViewportPosition(2)


def click_lock(hands: Hands, layer: str) -> None:
    tree = hands.window.layers.tree
    tree.scrollToItem(hands.window.layers.rows()[layer])
    row, left = lock_of(hands, layer)
    place = row.center()
    place.setX(left + tree.columnWidth(2) // 2)
    QTest.mouseClick(tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def test_a_click_into_empty_ground_selects_no_town_and_arrows_move_none(sit_down, town: Path):
    hands = sit_down(town)
    before = shape(town)
    hands.click(EMPTY)
    assert hands.window.session.selection == []
    assert "这里只有锁定的" in hands.window.map.desk.hint()
    hands.key(Qt.Key.Key_Left)
    hands.key(Qt.Key.Key_Left)
    assert shape(town).equals(before)
    # What lies above it is picked as before.
    hands.click(at(1000, 1000))
    assert [layer for layer, _uid in hands.window.session.selection] == ["danger_zone"]


def test_identify_still_tells_of_locked_layers_and_alt_picks_one(sit_down, town: Path):
    hands = sit_down(town)
    hands.key(Qt.Key.Key_I)
    hands.click(EMPTY)
    assert hands.window.session.selection[0][0] in ("subdistrict", "susceptibility_zone", "district")
    hands.key(Qt.Key.Key_V)
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.session.selection == []
    QTest.mouseClick(hands.canvas, LEFT, ALT, hands.pixel(EMPTY))
    assert len(hands.window.session.selection) == 1


@pytest.mark.parametrize("how", ["arrows", "drag", "turn", "offset", "corner", "delete"])
def test_no_tool_changes_a_locked_shape_and_says_why(sit_down, town: Path, how: str):
    hands = sit_down(town)
    uid = on_disk(town, "subdistrict")[0].uid
    hands.window.session.select([("subdistrict", uid)])
    before, steps = shape(town), len(hands.window.session.workspace.history())
    if how == "arrows":
        hands.key(Qt.Key.Key_Left)
    elif how == "drag":
        hands.window.center.run("tool.move")
        hands.drag(EMPTY, at(2700, 2300))
        hands.window.session.select([("subdistrict", uid)])
        QTest.keyClicks(hands.window.map.numbers.edits["north"], "30")
        hands.key(Qt.Key.Key_Return, on=hands.window.map.numbers.edits["north"])
    elif how == "turn":
        hands.window.center.run("tool.rotate")
        hands.canvas.setFocus()
        hands.key(Qt.Key.Key_5)
        hands.key(Qt.Key.Key_Return, on=QApplication.focusWidget())
    elif how == "offset":
        hands.window.center.run("shape.offset")
        hands.point_at(EMPTY)
        hands.canvas.setFocus()
        hands.key(Qt.Key.Key_5)
        hands.key(Qt.Key.Key_Return, on=QApplication.focusWidget())
    elif how == "corner":
        hands.window.center.run("view.full")
        hands.settle()
        hands.key(Qt.Key.Key_N)
        hands.drag(at(0, 3000), at(100, 2900))
    else:
        hands.key(Qt.Key.Key_Delete)
    assert shape(town).equals(before)
    assert len(hands.window.session.workspace.history()) == steps
    if how != "corner":
        assert any("街道（镇）锁着，没有改" in one for one in hands.bars())


def test_the_lock_in_the_tree_opens_the_layer_and_is_kept(sit_down, town: Path):
    hands = sit_down(town)
    click_lock(hands, "susceptibility_zone")
    assert any("易发区已解锁" in one for one in hands.bars())
    hands.click(EMPTY)
    assert [layer for layer, _uid in hands.window.session.selection] == ["susceptibility_zone"]
    before = shape(town, "susceptibility_zone")
    hands.key(Qt.Key.Key_Right)
    assert not shape(town, "susceptibility_zone").equals(before)
    click_lock(hands, "danger_zone")
    hands.click(at(1000, 1000))
    assert hands.window.session.selection[0][0] != "danger_zone"
    again = sit_down(town)
    locked = again.window.map.locks.locked
    assert [locked(one) for one in ("susceptibility_zone", "danger_zone", "subdistrict")] == [False, True, True]
    assert str(town) in preferences.load().locks


def test_the_sentence_that_refuses_offers_to_unlock(sit_down, town: Path):
    hands = sit_down(town)
    hands.window.session.select([("subdistrict", on_disk(town, "subdistrict")[0].uid)])
    before = shape(town)
    hands.key(Qt.Key.Key_Right)
    hands.press("解锁街道（镇）")
    hands.key(Qt.Key.Key_Right)
    assert not shape(town).equals(before)
    # Nobody draws into a layer that is locked, and it is said before the first corner.
    hands.window.layers.set_current("settlement")
    hands.window.center.run("layer.draw")
    assert hands.window.map.desk.name == "tool.select"
    assert any("居民地锁着" in one for one in hands.bars())
