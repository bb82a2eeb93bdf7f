"""Tools that change shapes, without a window: what they touch, what they say, and what stays under the pen."""

import pytest
import shapely
from desk import EAST, NORTH, Desk, at, click, press_key
from shapely import LineString, Polygon, box

from geohazard_desktop.editing.shape_clicks import ExtendTool, FillHoleTool, TrimTool
from geohazard_desktop.editing.shape_corners import SimplifyTool, SmoothTool
from geohazard_desktop.editing.shape_options import BufferTool, OffsetTool
from geohazard_desktop.editing.shape_strokes import AddPartTool, HoleTool, ReshapeTool, SplitTool
from geohazard_desktop.editing.tool import Button
from geohazard_desktop.workspace.edits import create_feature


def square(east: float, north: float, size: float = 100.0) -> Polygon:
    return box(EAST + east, NORTH + north, EAST + east + size, NORTH + north + size)


def areas(desk: Desk, layer: str = "danger_zone") -> list[float]:
    return [round(one.geometry.area, 3) for one in desk.ws.table(layer)]


def test_a_stroke_takes_back_gives_up_and_finishes_like_any_other(desk: Desk):
    one = desk.put("danger_zone", square(0, 0))
    desk.select([("danger_zone", one.uid)])
    tool = SplitTool(desk.context())
    click(tool, 50, -20)
    click(tool, 80, 50)
    assert press_key(tool, "Backspace")
    assert len(tool.places) == 1
    assert press_key(tool, "Escape")
    assert not tool.busy
    click(tool, 50, -20)
    click(tool, 50, 120)
    tool.double_click(at(50, 120))
    assert areas(desk) == [5000, 5000]
    assert not tool.busy


def test_without_a_selection_the_current_layer_is_cut_and_nothing_else(desk: Desk):
    desk.put("danger_zone", square(0, 0))
    desk.put("danger_zone", square(200, 0))
    desk.put("subsidence_area", square(0, 0))
    desk.put("subdistrict", square(-500, -500, 2000), name="示例街道")
    tool = SplitTool(desk.context())
    click(tool, -20, 50)
    click(tool, 320, 50)
    press_key(tool, "Enter")
    assert areas(desk) == [5000, 5000, 5000, 5000]
    assert areas(desk, "subsidence_area") == [10_000]
    assert len({one.text("id") for one in desk.ws.table("danger_zone")}) == 4
    base = SplitTool(desk.context("subdistrict"))
    click(base, -600, 50)
    click(base, 2000, 50)
    press_key(base, "Enter")
    assert areas(desk, "subdistrict") == [4_000_000], "a map of the base is cut only when it is selected"
    assert "没有选中" in desk.messages[-1]


def test_a_draft_that_a_register_speaks_of_is_named_before_its_shape_changes(desk: Desk):
    one = desk.put("danger_zone", square(0, 0))
    event = {"danger_zone": one.uid, "step": "拟划", "date": "2026-06-01"}
    desk.ws.apply(create_feature(desk.ws.definitions, "zone_event", None, event))
    desk.select([("danger_zone", one.uid)])
    tool = ReshapeTool(desk.context())
    for east, north in ((90, 20), (150, 20), (150, 80)):
        click(tool, east, north)
    tool.move(at(90, 80, Button.NONE))
    tool.preview()
    said = [words for words in desk.messages if "危险区过程 1 条" in words]
    assert len(said) == 1, "once, and before anything is stored"
    assert areas(desk) == [10_000]
    click(tool, 90, 80)
    press_key(tool, "Enter")
    assert areas(desk) == [10_000 + 50 * 60]


def test_who_lies_in_a_new_piece_but_belongs_to_the_old_one_is_said(desk: Desk):
    one = desk.put("danger_zone", square(0, 0))
    desk.put("household", shapely.Point(EAST + 10, NORTH + 50), head="赵示例", danger_zone=one.uid)
    desk.select([("danger_zone", one.uid)])
    tool = SplitTool(desk.context())
    click(tool, 30, -20)
    click(tool, 30, 120)
    press_key(tool, "Enter")
    assert "住户" in desk.messages[-1]
    assert "请逐个核对" in desk.messages[-1]
    assert desk.ws.find("household", "danger_zone", one.uid)


@pytest.mark.parametrize("tool_class", [SplitTool, ReshapeTool])
def test_a_shared_border_stays_shared_when_the_switch_is_on(desk: Desk, tool_class):
    left, right = desk.put("danger_zone", square(0, 0)), desk.put("danger_zone", square(100, 0))
    desk.select([("danger_zone", left.uid)])
    context = desk.context()
    context.sharing = True
    tool = tool_class(context)
    places = ((-20, 50), (110, 63)) if tool_class is SplitTool else ((95, 20), (140, 30), (140, 70), (95, 80))
    for east, north in places:
        click(tool, east, north)
    press_key(tool, "Enter")
    shapes = [one.geometry for one in desk.ws.table("danger_zone")]
    assert sum(one.area for one in shapes) == pytest.approx(20_000, abs=0.1)
    assert shapely.coverage_is_valid(shapes)
    assert desk.now("danger_zone", right.uid).geometry.is_valid
    assert len(desk.edits) == 1
    desk.ws.undo()
    assert areas(desk) == [10_000, 10_000]


def test_a_hole_and_a_part_that_are_none_stay_under_the_pen(desk: Desk):
    one = desk.put("danger_zone", square(0, 0))
    hole = HoleTool(desk.context())
    for east, north in ((50, 50), (150, 50), (150, 90)):
        click(hole, east, north)
    press_key(hole, "Enter")
    assert hole.busy
    assert "不全在" in desk.messages[-1]
    part = AddPartTool(desk.context())
    assert "先按 V" in part.hint()
    desk.select([("danger_zone", one.uid)])
    part = AddPartTool(desk.context())
    for east, north in ((50, 50), (150, 50), (150, 90)):
        click(part, east, north)
    press_key(part, "Enter")
    assert part.busy
    assert areas(desk) == [10_000]


def test_clicks_say_what_they_would_do_and_why_they_can_not(desk: Desk):
    desk.put("danger_zone", Polygon(square(0, 0).exterior, [square(40, 40, 20).exterior]))
    fill = FillHoleTool(desk.context())
    fill.move(at(20, 20, Button.NONE))
    assert "请单击面里的一个洞" in fill.hint()
    fill.move(at(50, 50, Button.NONE))
    assert fill.hint() == "单击：填上危险区 SL-W-0001 的一个洞。"
    assert fill.preview().outlines[0].area == pytest.approx(10_000)
    press_key(fill, "Enter")
    assert areas(desk) == [10_000]
    way = desk.put("evacuation_route", LineString([(EAST + 300, NORTH + 50), (EAST + 200, NORTH + 50)]))
    extend = ExtendTool(desk.context("evacuation_route"))
    click(extend, 290, 50)
    assert "前面没有可以接上的边" in desk.messages[-1]
    click(extend, 205, 50)
    tip = shapely.get_coordinates(desk.now("evacuation_route", way.uid).geometry)[-1]
    assert tuple(tip) == (EAST + 100, NORTH + 50)
    trim = TrimTool(desk.context("evacuation_route"))
    click(trim, 150, 50)
    assert "不知道剪到哪里" in desk.messages[-1]


def test_an_offset_follows_the_pointer_or_the_typed_number(desk: Desk):
    way = desk.put("evacuation_route", LineString([(EAST, NORTH), (EAST + 100, NORTH)]), number="1")
    desk.select([("evacuation_route", way.uid)])
    tool = OffsetTool(desk.context("evacuation_route"))
    tool.move(at(50, -12, Button.NONE))
    assert tool.preview().label == "向右 12.00 米"
    tool.choose("distance", 5.0)
    click(tool, 50, 30)
    made = list(desk.ws.table("evacuation_route"))[-1]
    assert shapely.get_coordinates(made.geometry)[0][1] == NORTH + 5
    assert made.text("number") == "2", "two routes of one number would be mixed up on the map"
    assert made.text("id") == "SL-L-0002"


def test_a_buffer_goes_into_the_layer_that_is_made_from_such_features(desk: Desk):
    line = desk.put("river", LineString([(EAST, NORTH), (EAST + 500, NORTH)]), name="示例沟")
    desk.select([("river", line.uid)])
    tool = BufferTool(desk.context())
    assert [one.value for one in tool.options() if one.key == "layer"] == ["river_corridor"]
    tool.choose("width", 30.0)
    tool.choose("width_source", "测试")
    assert tool.apply()
    made = list(desk.ws.table("river_corridor"))[-1]
    assert (made["width_m"], made["derived_from"], made["width_source"]) == (30.0, line.uid, "测试")
    assert not tool.apply(), "what was drawn just now is not buffered again"
    assert "画好了" in desk.messages[-1]
    tool.choose("width", None)
    desk.select([("river", line.uid)])
    tool.context.selection = desk.selection
    assert tool.made() is None
    assert "大于零" in tool.note()


@pytest.mark.parametrize("tool_class", [SimplifyTool, SmoothTool])
def test_corners_before_and_after_are_seen_before_they_are_stored(desk: Desk, tool_class):
    one = desk.put("danger_zone", Polygon([*square(0, 0).exterior.coords[:2], (EAST + 50, NORTH + 101)]))
    desk.select([("danger_zone", one.uid)])
    tool = tool_class(desk.context())
    assert desk.edits == []
    preview = tool.preview()
    assert preview.chosen
    assert "拐点" in tool.note()
    tool.choose("tolerance", 0.0)
    assert tool.made() is None
    tool.choose("tolerance", 3.0)
    press_key(tool, "Enter")
    assert len(desk.edits) == (1 if tool_class is SmoothTool else 0)
