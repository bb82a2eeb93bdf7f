"""Measuring keeps what was measured, says on which ground, and takes typed places; nothing of it is an edit."""

import math

import pytest
import shapely
from desk import EAST, EPSG, NORTH, at, click, press_key

from geohazard_desktop.analysis.measures import geodesic_length
from geohazard_desktop.editing.measure import MeasureTool
from geohazard_desktop.editing.measurement import MeasureBoard, Measurement, true_bearing
from geohazard_desktop.editing.tool import Button
from geohazard_desktop.editing.typed import Ground, read_typed


def place(east, north):
    return EAST + east, NORTH + north


def kept(tool):
    return tool.context.measured.kept


def test_a_distance_stays_and_the_next_one_comes_beside_it(desk):
    tool = MeasureTool(desk.context())
    for corner in ((0, 0), (300, 0), (300, 400)):
        click(tool, *corner)
    assert "draw.finish" in tool.offers
    tool.press(at(300, 400, Button.RIGHT))
    assert tool.busy  # the menu's, not the tool's
    press_key(tool, "Enter")
    assert not tool.offers
    for corner in ((500, 0), (600, 0)):
        click(tool, *corner)
    assert press_key(tool, "Enter")
    first, second = kept(tool)
    assert first.places == (place(0, 0), place(300, 0), place(300, 400))
    rows = dict(first.lines)
    assert rows["长度（投影）"] == "700 米"
    line = shapely.LineString([place(0, 0), place(300, 0), place(300, 400)])
    assert rows["长度（椭球）"] == f"{geodesic_length(line, EPSG):.0f} 米"
    assert rows["坐标方位角"] == "0°00′"
    assert [words for _place, words in first.segments()] == ["300 米", "400 米"]
    assert dict(second.lines)["坐标方位角"] == "90°00′"
    assert desk.edits == []


def test_a_line_that_comes_back_becomes_an_area(desk):
    tool = MeasureTool(desk.context())
    for corner in ((0, 0), (300, 0), (300, 400), (1, 1)):
        click(tool, *corner)
    (found,) = kept(tool)
    assert found.kind == "area"
    assert dict(found.lines)["面积（投影）"] == "6.00 公顷"
    assert "90.0 亩" in dict(found.lines)["面积（椭球）"]


def test_an_angle_is_whole_with_its_third_place(desk):
    tool = MeasureTool(desk.context(), "angle")
    for corner in ((100, 0), (0, 0), (0, 100)):
        click(tool, *corner)
    (found,) = kept(tool)
    assert found.figure == "90°00′"
    assert dict(found.lines)["另一侧"] == "270°00′"


def test_a_radius_gives_the_circle(desk):
    tool = MeasureTool(desk.context(), "radius")
    click(tool, 0, 0)
    click(tool, 100, 0)
    rows = dict(kept(tool)[0].lines)
    assert rows["半径（投影）"] == "100 米"
    assert rows["圆面积（椭球）"].startswith("3.14 公顷")
    assert rows["圆周长"] == "628 米"


def test_true_and_grid_bearing_differ_by_the_convergence():
    start, end = place(0, 0), place(0, 1000)
    turn = (true_bearing(start, end, EPSG) + 180.0) % 360.0 - 180.0
    assert 0.1 < abs(turn) < 2.0  # west of the central meridian grid north lies off true north


def test_escape_gives_up_what_is_begun_and_leaves_the_rest(desk):
    tool = MeasureTool(desk.context())
    click(tool, 0, 0)
    click(tool, 10, 0)
    press_key(tool, "Enter")
    click(tool, 50, 0)
    assert tool.busy
    assert press_key(tool, "Escape")
    assert len(kept(tool)) == 1
    assert not press_key(tool, "Escape")  # the window's: another tool


def test_right_click_and_delete_take_measurements_away(desk):
    tool = MeasureTool(desk.context())
    for east in (0, 100, 200):
        click(tool, east, 0)
        click(tool, east, 50)
        press_key(tool, "Enter")
    tool.press(at(100, 25, Button.RIGHT))
    assert [one.places[0][0] - EAST for one in kept(tool)] == [0, 200]
    tool.move(at(5000, 5000))
    assert tool.wants_delete
    assert press_key(tool, "Delete")
    assert [one.places[0][0] - EAST for one in kept(tool)] == [0]
    assert press_key(tool, "Delete")
    assert not tool.wants_delete


def test_typed_places_are_measured_too(desk):
    tool = MeasureTool(desk.context())
    click(tool, 0, 0)
    for text in ("@120<90", "@0,50"):
        (typed,) = read_typed(text, Ground(EPSG), tool)
        tool.take_typed(typed)
    press_key(tool, "Enter")
    assert dict(kept(tool)[0].lines)["长度（投影）"] == "170 米"


def test_too_few_places_say_nothing(desk):
    board = MeasureBoard()
    board.add(Measurement("area", (place(0, 0), place(1, 0)), EPSG))
    assert board.kept == []
    assert Measurement("angle", (place(0, 0),), EPSG).lines == ()


@pytest.mark.parametrize("kind", ["distance", "area", "angle", "radius"])
def test_what_is_copied_can_be_pasted_into_a_table(kind):
    found = Measurement(kind, (place(0, 0), place(1200, 0), place(1200, 900)), EPSG)
    lines = found.text.split("\n")
    assert lines[0] == found.title
    assert all(line.count("\t") == 1 for line in lines[1:])
    assert "\u2009" not in found.text
    assert math.isfinite(sum(found.anchor))
