"""画法 at the window: each way with real mouse and key events, half drawn and finished."""

import math
from pathlib import Path

import pytest
import shapely
from hands import Hands, corners, on_disk
from office import at
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

pytestmark = pytest.mark.window

SHIFT = Qt.KeyboardModifier.ShiftModifier


def way_button(hands: Hands) -> QToolButton:
    (found,) = [one for one in hands.window.tools.buttons() if one.property("family") == "way"]
    return found


def test_every_way_by_its_key_with_one_pen_in_the_hand(hands: Hands, work: Path):
    pixel = hands.canvas.viewport.pixel
    hands.key(Qt.Key.Key_P)
    drawn = 1

    def newest():
        nonlocal drawn
        drawn += 1
        found = on_disk(work, "danger_zone")
        assert len(found) == drawn
        return found[-1].geometry

    hands.key(Qt.Key.Key_R)
    assert way_button(hands).defaultAction().iconText() == "矩形"
    hands.click(at(2000, 400))
    hands.point_at(at(2600, 700))
    assert "正方形" in hands.window.status.hint_line.text()
    assert "公顷" in hands.window.map.live.figure.text()
    hands.click(at(2600, 700))
    assert newest().area == pytest.approx(180_000, rel=0.05)

    hands.key(Qt.Key.Key_R, SHIFT)
    for place in (at(2800, 400), at(3200, 600), at(3100, 800)):
        hands.click(place)
    box = newest()
    assert box.minimum_rotated_rectangle.area == pytest.approx(box.area, rel=1e-3)

    hands.key(Qt.Key.Key_C)
    hands.click(at(2200, 1300))
    hands.point_at(at(2400, 1300))
    assert "离真圆最多" in hands.window.status.hint_line.text()
    hands.click(at(2400, 1300))
    assert newest().area == pytest.approx(math.pi * 200**2, rel=0.1)

    hands.key(Qt.Key.Key_C, SHIFT)
    for place in (at(2900, 1300), at(3100, 1100), at(3300, 1300)):
        hands.click(place)
    assert newest().area == pytest.approx(math.pi * 200**2, rel=0.1)

    hands.key(Qt.Key.Key_B)
    hands.click(at(2200, 2000))
    hands.key(Qt.Key.Key_Up)
    hands.key(Qt.Key.Key_Up)
    hands.click(at(2400, 2000))
    assert len(corners(on_disk(work, "danger_zone")[-1])) == 8 + 1
    newest()

    hands.key(Qt.Key.Key_F)
    hands.drag(at(2900, 1900), at(3300, 1900))
    hands.drag(at(3300, 1900), at(3100, 2300))
    hands.key(Qt.Key.Key_Return)
    shape = newest()
    assert shape.area == pytest.approx(80_000, rel=0.1)
    assert shape.distance(shapely.Point(at(3100, 2300))) < 3 * pixel

    hands.key(Qt.Key.Key_D)
    assert way_button(hands).defaultAction().iconText() == "逐点"
    for place in (at(1700, 2600), at(2000, 2600), at(2000, 2800)):
        hands.click(place)
    hands.key(Qt.Key.Key_Return)
    newest()
    assert hands.bars() == []


def test_the_way_stays_for_the_next_layer_and_takes_the_pen_of_the_stage(hands: Hands, work: Path):
    hands.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_F)
    assert hands.window.map.desk.name == "draw.evacuation_route"
    hands.drag(at(2000, 1800), at(2800, 2200))
    hands.key(Qt.Key.Key_Return)
    assert len(on_disk(work, "evacuation_route")) == 2
    hands.key(Qt.Key.Key_P)
    assert hands.window.map.desk.tool.way.key == "freehand"


def test_an_unfinished_stroke_is_not_lost_to_another_way(hands: Hands):
    hands.key(Qt.Key.Key_P)
    hands.click(at(2000, 400))
    hands.click(at(2600, 700))
    hands.key(Qt.Key.Key_C)
    assert any("还没画完" in one for one in hands.bars())
    assert hands.window.map.desk.tool.way.key == "corners"
    assert hands.window.center.actions["way.corners"].isChecked()
    assert not hands.window.center.actions["way.circle"].isChecked()
    assert len(hands.window.map.desk.tool.places) == 2


def test_the_key_t_follows_a_border_in_the_middle_of_a_stroke_and_lets_go_of_it_again(hands: Hands, work: Path):
    hands.key(Qt.Key.Key_P)
    hands.click(at(2000, 500))
    hands.click(at(1500, 500))
    hands.key(Qt.Key.Key_T)
    hands.point_at(at(1500, 1500))
    assert "沿边 1" in hands.canvas.preview.label
    assert "Shift 走另一侧" in hands.window.status.hint_line.text()
    hands.click(at(1500, 1500))
    hands.key(Qt.Key.Key_T)
    assert way_button(hands).defaultAction().iconText() == "逐点"
    hands.click(at(2000, 1500))
    hands.key(Qt.Key.Key_Return)
    neighbour, drawn = (one.geometry for one in on_disk(work, "danger_zone"))
    assert drawn.intersection(neighbour).area == 0
    assert drawn.intersection(neighbour).length == pytest.approx(1000)


# -- numbers -----------------------------------------------------------------------------------------------------------


def typed(hands: Hands, text: str) -> None:
    """Into the line for numbers, which a sign typed on the map has opened."""
    line = hands.window.map.keyin.place
    QTest.keyClicks(line, text)


def test_a_zone_by_numbers_alone_as_in_cad(hands: Hands, work: Path):
    hands.key(Qt.Key.Key_P)
    hands.key(Qt.Key.Key_Equal)
    bar = hands.window.map.keyin
    east, north = at(2000, 600)
    typed(hands, f"{north} {east}")
    assert "X 北" in bar.preview.text()
    assert hands.canvas.typed.typed.place == pytest.approx((east, north), abs=1e-3), "seen before it is taken"
    hands.key(Qt.Key.Key_Return, on=bar.place)
    for text in ("@400<90", "@0,300", "@400<-90"):
        typed(hands, text)
        assert "上一点" in bar.preview.text()
        hands.key(Qt.Key.Key_Return, on=bar.place)
    typed(hands, "@9,9")
    hands.key(Qt.Key.Key_Return, on=bar.place)
    hands.key(Qt.Key.Key_Backspace, on=bar.place)
    hands.key(Qt.Key.Key_Return, on=bar.place)
    assert hands.canvas.typed is None
    assert not bar.isVisible()
    drawn = on_disk(work, "danger_zone")[-1].geometry
    assert drawn.equals_exact(
        shapely.multipolygons([shapely.box(*at(2000, 600), *at(2400, 900))]).normalize(), 0.01
    ) or (drawn.symmetric_difference(shapely.box(*at(2000, 600), *at(2400, 900))).area < 1)


def test_a_digit_on_the_map_begins_a_length_along_the_pointer(hands: Hands):
    hands.key(Qt.Key.Key_L)
    hands.click(at(1000, 2000))
    hands.point_at(at(1500, 2000))
    QTest.keyClicks(hands.canvas, "2")
    bar = hands.window.map.keyin
    assert bar.isVisible()
    typed(hands, "50")
    hands.point_at(at(1000, 2600))
    assert "沿鼠标方向 0°" in bar.preview.text() or "沿鼠标方向 359°" in bar.preview.text()
    hands.key(Qt.Key.Key_Return, on=bar.place)
    start, end = hands.window.map.desk.tool.places
    assert math.dist(start, end) == pytest.approx(250, abs=0.01)
    typed(hands, "<94.5")
    hands.key(Qt.Key.Key_Return, on=bar.place)
    assert not bar.isVisible()
    hands.click(at(1800, 2000))
    assert hands.window.map.desk.tool.places[-1][0] > end[0] + 300
    typed_wrong = "@abc"
    hands.key(Qt.Key.Key_Equal)
    typed(hands, typed_wrong)
    assert "看不懂" in bar.preview.text()
    assert not bar.take_button.isEnabled()


def test_a_circle_takes_its_radius_from_the_keys(hands: Hands, work: Path):
    hands.key(Qt.Key.Key_P)
    hands.key(Qt.Key.Key_C)
    hands.click(at(2500, 1000))
    QTest.keyClicks(hands.canvas, "1")
    bar = hands.window.map.keyin
    typed(hands, "50")
    hands.key(Qt.Key.Key_Return, on=bar.place)
    assert on_disk(work, "danger_zone")[-1].geometry.area == pytest.approx(math.pi * 150**2, rel=5e-3)


def test_a_house_is_closed_with_right_angles(hands: Hands, work: Path):
    hands.key(Qt.Key.Key_P)
    for place in (at(2000, 500), at(2600, 500), at(2600, 900)):
        hands.click(place)
    hands.key(Qt.Key.Key_J)
    drawn = on_disk(work, "danger_zone")[-1].geometry
    assert drawn.minimum_rotated_rectangle.area == pytest.approx(drawn.area, rel=1e-3)


def test_a_list_from_a_spreadsheet_becomes_corners_after_it_was_seen(hands: Hands, work: Path):
    hands.key(Qt.Key.Key_P)
    hands.click(at(2000, 500))
    hands.key(Qt.Key.Key_N, SHIFT)
    table = hands.window.handlers.corners.stroke_table
    assert table.model.rowCount() == 1
    rows = [at(2600, 500), at(2600, 900), at(2000, 900)]
    text = "\n".join(f"J{number}\t{north:.3f}\t{east:.3f}" for number, (east, north) in enumerate(rows, 1))
    QGuiApplication.clipboard().setText("点号\tX\tY\n" + text)
    hands.press("粘贴坐标", table)
    assert table.found.places == tuple(rows)
    assert len(hands.window.map.desk.tool.places) == 1, "seen, not yet taken"
    hands.press("加进 3 个点", table)
    assert table.model.rowCount() == 4
    index = table.model.index(2, 1)
    assert table.model.setData(index, f"{at(0, 950)[1]:.3f}")
    assert hands.window.map.desk.tool.places[2] == at(2600, 950)
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert corners(on_disk(work, "danger_zone")[-1])[2] == at(2600, 950)
    QGuiApplication.clipboard().setText("不是坐标")
    hands.press("粘贴坐标", table)
    assert any("没有找到坐标" in one for one in hands.bars())
    hands.key(Qt.Key.Key_V)
    assert table.isHidden()
