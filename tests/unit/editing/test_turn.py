"""Moving by numbers, copying, turning, scaling: exact to the millimetre, one step each, taken back exactly."""

import math

import pytest
import shapely
from desk import EAST, NORTH, at, click, drag
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.editing.move import MoveTool
from geohazard_desktop.editing.tool import Modifier
from geohazard_desktop.editing.turn import RotateTool, ScaleTool
from geohazard_desktop.workspace.edits.transform import scaled, turned

MOVE = {"north": "", "east": "", "bearing": "", "length": ""}
SCALE = {"factor": "", "now": "", "wanted": ""}


@pytest.fixture
def zone(desk):
    values = {"hazard_type": "滑坡", "name": "东沟", "state": "已公告", "patrol_person": "某人"}
    one = desk.put("danger_zone", shapely.box(EAST, NORTH, EAST + 100, NORTH + 40), **values)
    desk.select([("danger_zone", one.uid)])
    return one


def box_now(desk, key=None) -> tuple[float, ...]:
    west, south, east, north = desk.now(*(key or desk.selection[0])).geometry.bounds
    return west - EAST, south - NORTH, east - EAST, north - NORTH


def test_a_typed_shift_is_exact(desk, zone):
    tool = MoveTool(desk.context())
    assert tool.take_numbers({**MOVE, "north": "12.5", "east": "-3"})
    assert box_now(desk) == (-3, 12.5, 97, 52.5)
    assert tool.take_numbers({**MOVE, "bearing": "90", "length": "103 米"})
    assert box_now(desk) == (100, 12.5, 200, 52.5)
    desk.ws.undo()
    desk.ws.undo()
    assert desk.now("danger_zone", zone.uid).same_as(zone)


@pytest.mark.parametrize(
    ("texts", "words"),
    [({}, "还缺移动多少"), ({"north": "一点"}, "“一点”不是数字"), ({"bearing": "400", "length": "1"}, "不是方位角")],
)
def test_what_can_not_be_read_is_said(desk, zone, texts, words):
    with pytest.raises(EditRefused, match=words):
        MoveTool(desk.context()).take_numbers({**MOVE, **texts})
    assert not desk.edits


def test_ctrl_drag_leaves_the_original_and_moves_a_copy(desk, zone):
    tool = MoveTool(desk.context())
    drag(tool, (50, 20), (50, 120), Modifier.CONTROL)
    assert desk.now("danger_zone", zone.uid).same_as(zone)
    [key] = desk.selection
    copy = desk.now(*key)
    assert copy.uid != zone.uid
    assert copy.text("id") == "SL-W-0002"
    assert copy.text("name") == "东沟"
    assert copy.text("patrol_person") == "某人", "personal values stay within their layer"
    assert copy.text("state") == "拟划", "a copy has no document: its life begins anew"
    assert box_now(desk) == (0, 100, 100, 140)
    assert desk.edits[-1].words == "复制危险区 SL-W-0001"


def test_a_typed_copy(desk, zone):
    assert MoveTool(desk.context()).take_numbers({**MOVE, "north": "60", "switch": "1"})
    assert len(list(desk.ws.table("danger_zone"))) == 2


def test_turning_about_the_middle_and_about_a_clicked_point(desk, zone):
    tool = RotateTool(desk.context())
    assert tool.base() == (EAST + 50, NORTH + 20)
    assert tool.take_numbers({"angle": "90"})
    assert box_now(desk) == (30, -30, 70, 70)
    assert desk.edits[-1].words == "把危险区 SL-W-0001 顺时针旋转 90°"
    click(tool, 30, -30)
    tool.take_numbers({"angle": "-90"})
    assert box_now(desk) == (-70, -30, 30, 10)


def test_a_drag_turns_and_shift_holds_steps(desk, zone):
    tool = RotateTool(desk.context())
    tool.press(at(150, 20))
    tool.move(at(150, -17, modifiers=Modifier.SHIFT))
    assert tool.preview().label == "顺时针 15.00°"
    assert tool.busy
    tool.release(at(150, -17, modifiers=Modifier.SHIFT))
    assert desk.edits[-1].words == "把危险区 SL-W-0001 顺时针旋转 15°"
    tool.press(at(150, 20))
    tool.move(at(50, 120))
    assert tool.cancel()
    assert len(desk.edits) == 1


def test_scaling_by_factor_by_lengths_and_by_hand(desk, zone):
    tool = ScaleTool(desk.context())
    click(tool, 0, 0)
    assert tool.take_numbers({**SCALE, "factor": "2"})
    assert box_now(desk) == (0, 0, 200, 80)
    assert tool.take_numbers({**SCALE, "now": "200 米", "wanted": "100"})
    assert box_now(desk) == (0, 0, 100, 40)
    drag(tool, (100, 0), (150, 0))
    assert box_now(desk) == (0, 0, 150, 60)
    assert desk.edits[-1].words == "把危险区 SL-W-0001 缩放为 1.5 倍"
    with pytest.raises(EditRefused, match="还缺倍数"):
        tool.take_numbers(SCALE)
    assert not tool.take_numbers({**SCALE, "factor": "0"})
    assert "不合理" in desk.messages[-1]


def test_a_drag_from_the_base_point_is_said(desk, zone):
    tool = ScaleTool(desk.context())
    drag(tool, (50, 20), (90, 20))
    assert "基点" in desk.messages[-1]
    assert not desk.edits


def test_nothing_selected_a_click_selects(desk, zone):
    desk.select([])
    tool = RotateTool(desk.context())
    click(tool, 50, 20)
    assert desk.selection == [("danger_zone", zone.uid)]


def test_a_route_copied_gets_the_next_number(desk):
    line = LineString([(EAST, NORTH), (EAST + 50, NORTH)])
    one = desk.put("evacuation_route", line, number="3")
    desk.select([("evacuation_route", one.uid)])
    MoveTool(desk.context()).take_numbers({**MOVE, "north": "10", "switch": "1"})
    assert [each.text("number") for each in desk.ws.table("evacuation_route")] == ["3", "4"]


@given(st.floats(-720, 720), st.floats(0.1, 10), st.tuples(st.floats(-500, 500), st.floats(-500, 500)))
def test_turned_and_scaled_keep_what_they_must(degrees, factor, base):
    shape = shapely.MultiPolygon([shapely.box(EAST, NORTH, EAST + 100, NORTH + 40)])
    about = (EAST + base[0], NORTH + base[1])
    turn = turned(shape, about, degrees)
    assert turn.area == pytest.approx(shape.area, abs=0.5)
    assert turn.distance(Point(about)) == pytest.approx(shape.distance(Point(about)), abs=0.002)
    assert scaled(shape, about, factor).area == pytest.approx(shape.area * factor**2, abs=factor)
    back = turned(turn, about, -degrees)
    assert math.hypot(back.centroid.x - shape.centroid.x, back.centroid.y - shape.centroid.y) < 0.005
