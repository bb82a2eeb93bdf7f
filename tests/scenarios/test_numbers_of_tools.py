"""A surveyor types a number over the map while a tool is in the hand: the number is what is done, not the pointer."""

from pathlib import Path

import pytest
from hands import CONTROL, Hands, on_disk
from office import at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.window


def type_over_map(hands: Hands, text: str) -> None:
    """The first sign goes to the map, where the keyboard is; what follows to whatever took it."""
    QTest.keyClicks(hands.canvas, text[0])
    for sign in text[1:]:
        QTest.keyClicks(QApplication.focusWidget(), sign)


def enter() -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def bounds(work: Path) -> tuple[float, ...]:
    """Of the one zone, in metres from the corner of the district."""
    west, south, east, north = on_disk(work, "danger_zone")[0].geometry.bounds
    origin = at(0, 0)
    return tuple(round(one, 2) for one in (west - origin[0], south - origin[1], east - origin[0], north - origin[1]))


def steps(hands: Hands) -> int:
    return len(hands.window.session.workspace.history())


def test_a_distance_typed_over_the_map_is_the_offset_and_not_the_pointers(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.window.center.run("shape.offset")
    hands.point_at(at(1700, 1000))
    type_over_map(hands, "20")
    assert hands.canvas.preview.label == "向外 20.00 米"
    enter()
    assert bounds(work) == (480, 480, 1520, 1520)
    enter()
    assert bounds(work) == (480, 480, 1520, 1520), "a second Enter does it no second time"


def test_enter_without_a_number_offsets_nothing_and_says_what_is_missing(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.window.center.run("shape.offset")
    hands.point_at(at(1700, 1000))
    before = steps(hands)
    hands.key(Qt.Key.Key_Return)
    assert steps(hands) == before
    assert any("还没有键入偏移多远" in one for one in hands.bars())
    type_over_map(hands, "2o")
    hands.click(at(1700, 1000))
    assert steps(hands) == before, "a click does not take the pointer's distance for a number that can't be read"


def test_a_number_after_the_click_offsets_no_second_time_until_it_is_undone(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.window.center.run("shape.offset")
    hands.click(at(1600, 1000))
    clicked = bounds(work)
    assert clicked[2] == pytest.approx(1600, abs=3)
    type_over_map(hands, "20")
    enter()
    assert bounds(work) == clicked
    assert any("已经偏移好了" in one for one in hands.bars())
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert bounds(work) == (500, 500, 1500, 1500)
    hands.point_at(at(1700, 1000))
    type_over_map(hands, "20")
    enter()
    assert bounds(work) == (480, 480, 1520, 1520)


@pytest.mark.parametrize(
    ("command", "typed", "corners"),
    [
        ("tool.move", "12.5", (500, 512.5, 1500, 1512.5)),
        ("tool.rotate", "-90", (500, 500, 1500, 1500)),
        ("tool.scale", "2", (0, 0, 2000, 2000)),
    ],
)
def test_a_number_typed_over_the_map_goes_into_the_box_of_the_tool(hands: Hands, work: Path, command, typed, corners):
    hands.click(at(1000, 1000))
    hands.window.center.run(command)
    before = steps(hands)
    type_over_map(hands, typed)
    assert hands.window.map.keyin.isHidden()
    enter()
    assert steps(hands) == before + 1
    assert bounds(work) == corners


def test_the_equals_sign_opens_the_box_of_the_tool_and_not_the_line_for_places(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    for command, box in (
        ("tool.rotate", lambda: hands.window.map.numbers.edits["angle"]),
        ("shape.offset", lambda: hands.window.handlers.shapes.bar.fields["distance"]),
    ):
        hands.window.center.run(command)
        hands.canvas.setFocus()
        hands.key(Qt.Key.Key_Equal)
        assert hands.window.map.keyin.isHidden()
        assert QApplication.focusWidget() is box()


def test_a_width_typed_over_the_map_is_the_buffers(hands: Hands, work: Path):
    hands.window.center.run("shape.buffer")
    hands.click(at(750, 2650))  # the keyboard is at the map now
    type_over_map(hands, "80")
    enter()
    made = on_disk(work, "danger_zone")[-1]
    assert "80 米缓冲区" in made.text("source")


# -- base point and target ---------------------------------------------------------------------------------------------


def test_a_zone_moves_from_a_base_point_to_a_target_by_two_clicks(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.window.center.run("tool.move")
    hands.click(at(1500, 1500))  # its own corner
    assert "单击目标点" in hands.window.map.desk.hint()
    hands.point_at(at(1800, 1600))
    assert hands.canvas.preview.outlines
    hands.click(at(1800, 1600))
    moved = bounds(work)
    assert moved[2:] == pytest.approx((1800, 1600), abs=4)
    hands.click(at(2600, 2300))  # open ground is a base point too, and the zone stays selected
    hands.click(at(2500, 2300))
    assert bounds(work)[2] == pytest.approx(moved[2] - 100, abs=8)
    assert [layer for layer, _uid in hands.window.session.selection] == ["danger_zone"]


def test_with_the_base_point_set_a_number_goes_towards_the_pointer(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.window.center.run("tool.move")
    hands.click(at(2600, 1000))
    QTest.keyPress(hands.canvas, Qt.Key.Key_Shift)
    hands.point_at(at(2900, 1000))
    QTest.keyRelease(hands.canvas, Qt.Key.Key_Shift)
    type_over_map(hands, "250")
    enter()
    west, south, _east, _north = bounds(work)
    assert ((west - 500) ** 2 + (south - 500) ** 2) ** 0.5 == pytest.approx(250, abs=0.01)
    assert west == pytest.approx(750, abs=1)


def test_escape_and_ctrl_z_let_a_base_point_go_and_change_nothing(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    before = steps(hands)
    hands.window.center.run("tool.move")
    hands.click(at(2600, 1000))
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.map.desk.drawing
    hands.click(at(2600, 1000))
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert not hands.window.map.desk.drawing
    assert steps(hands) == before
    assert bounds(work) == (500, 500, 1500, 1500)
    hands.drag(at(2600, 1000), at(2900, 1100))
    assert bounds(work) == (500, 500, 1500, 1500), "a drag of the ground moves no zone"
    assert any("从选中的要素上按下" in one for one in hands.bars())
