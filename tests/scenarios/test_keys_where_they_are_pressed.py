"""A key means what it means where it is pressed: in a field, in a file that is only read, over papers."""

from pathlib import Path

import pytest
from hands import CONTROL, Hands, on_disk, until
from office import NEW_ZONE, at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


def test_a_letter_in_a_box_of_choices_picks_and_takes_no_tool(hands: Hands):
    window = hands.window
    hands.click(at(1000, 1000))
    box = next(one for one in window.form.findChildren(QComboBox) if one.isVisible() and not one.isEditable())
    box.setFocus()
    for key in (Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_L):
        hands.key(key, on=box)
    assert window.map.desk.name == "tool.select"
    box.showPopup()
    hands.key(Qt.Key.Key_N, on=box.view())
    box.hidePopup()
    assert window.map.desk.name == "tool.select"
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_N)
    assert window.map.desk.name == "tool.vertices"


def test_a_drawing_key_in_a_file_that_is_only_read_says_why_nothing_happens(sit_down, work: Path):
    with Workspace.open(work):  # a colleague writes in it
        hands = sit_down()
        hands.window.session.take(Workspace.open(work, read_only=True))
        hands.settle()
        hands.key(Qt.Key.Key_P)
        assert hands.window.map.desk.name == "tool.select"
        assert any("危险区：" in one for one in hands.bars())
        before = len(hands.bars())
        hands.key(Qt.Key.Key_I)  # what may be done is done without a word
        assert hands.window.map.desk.name == "tool.identify"
        assert len(hands.bars()) == before


def test_over_papers_no_key_changes_the_map(hands: Hands, work: Path):
    window = hands.window
    hands.click(at(1000, 1000))
    before = on_disk(work, "danger_zone")[0].geometry
    window.center.run("stage.publish")
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Right)
    for key in (Qt.Key.Key_P, Qt.Key.Key_Z, Qt.Key.Key_N):
        hands.key(key)
    assert window.stage == "publish"
    assert window.map.desk.name == "tool.select"
    assert on_disk(work, "danger_zone")[0].geometry.equals(before)
    assert any("出图这一步，按键不改图" in one for one in hands.bars())


def test_select_all_over_papers_ticks_the_list_in_sight(hands: Hands):
    window = hands.window
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    window.session.select([])
    window.center.run("stage.publish")
    panel = window.publish
    panel.choose(next(key for key, one in PRODUCTS.items() if one.subjects == "danger_zone"))
    until(lambda: panel.subject_table.model.rows, "the list")
    panel.subject_table.choose([])
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_A, CONTROL)
    assert panel.subject_table.number == len(panel.subject_table.model.rows) == 2
    assert window.session.selection == []
    assert window.shown_side() == "publish"


# -- the line for typed places -----------------------------------------------------------------------------------------


def test_a_traverse_is_typed_station_by_station_and_the_line_goes_with_it(hands: Hands, work: Path):
    hands.key(Qt.Key.Key_L)
    hands.click(at(1000, 2000))
    start = hands.window.map.desk.tool.places[0]
    hands.key(Qt.Key.Key_Equal)
    bar = hands.window.map.keyin
    bar.bearing.setFocus()
    for bearing, length in (("90", "200"), ("0", "150"), ("270", "50")):
        for text in (bearing, length):
            QTest.keyClicks(QApplication.focusWidget(), text)
            if text is length:
                assert hands.canvas.typed is not None, "seen before it is taken"
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert QApplication.focusWidget() is bar.bearing
    drawn = hands.window.map.desk.tool.places
    assert drawn[-1] == pytest.approx((start[0] + 150, start[1] + 150), abs=0.01)
    hands.window.center.run("draw.finish")
    assert not bar.isVisible()
    assert len(on_disk(work, "evacuation_route")) == 2


def test_bearing_and_distance_are_typed_as_people_write_them(hands: Hands):
    hands.key(Qt.Key.Key_L)
    hands.click(at(1000, 2000))
    hands.key(Qt.Key.Key_Equal)
    bar = hands.window.map.keyin
    bar.place.insert("方位角94°30′ 距离120")  # as an input method gives it
    assert "方位角 94°30′（从正北顺时针，朝正东），120.00 米" in bar.preview.text()
    bar.place.clear()
    QTest.keyClicks(bar.place, "94.5 120")
    assert "方位角 94°30′（从正北顺时针，朝正东），120.00 米" in bar.preview.text()
    hands.key(Qt.Key.Key_Return, on=bar.place)
    start, end = hands.window.map.desk.tool.places
    assert end == pytest.approx((start[0] + 119.63, start[1] - 9.42), abs=0.01)


# -- what is being drawn -----------------------------------------------------------------------------------------------


def test_the_panel_counts_the_corners_that_are_set_and_the_old_form_is_away(hands: Hands):
    window = hands.window
    hands.click(at(1000, 1000))
    assert window.session.selection
    hands.key(Qt.Key.Key_P)
    assert window.session.selection == []
    for place in NEW_ZONE[:3]:
        hands.click(place)
    hands.point_at(NEW_ZONE[3])
    captions = " ".join(one.text() for one in window.map.live.findChildren(type(window.map.live.title)))
    assert "3 个拐点" in captions
    assert "4 个拐点" not in captions
