"""Drawing corner by corner: what is finished is on disk, what may not be stored stays under the pen."""

import pytest
import shapely
from desk import EAST, NORTH, at, click, press_key
from shapely import Polygon

from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.tool import Button, Modifier


def square(tool, size: float = 100) -> None:
    for place in ((0, 0), (size, 0), (size, size), (0, size)):
        click(tool, *place)


def stored(desk, layer="danger_zone"):
    (one,) = list(desk.ws.table(layer))
    return one


@pytest.mark.parametrize("how", ["double", "enter", "first"])
def test_three_ways_to_finish(desk, how):
    tool = DrawTool(desk.context())
    square(tool)
    if how == "double":
        tool.double_click(at(0, 100))
    elif how == "enter":
        assert press_key(tool, "Enter")
    else:
        click(tool, 3, 3)  # near enough to the first corner
    one = stored(desk)
    expected = Polygon([(EAST, NORTH), (EAST + 100, NORTH), (EAST + 100, NORTH + 100), (EAST, NORTH + 100)])
    assert one.geometry.equals(expected)
    assert one.text("id") == "SL-W-0001"
    assert desk.drawn == [("danger_zone", one.uid)]
    assert desk.edits[0].words == "画危险区 SL-W-0001"
    assert not tool.busy
    assert desk.messages == []


def test_the_next_stroke_starts_afresh(desk):
    tool = DrawTool(desk.context("shelter"))
    click(tool, 10, 10)
    click(tool, 20, 20)
    assert [one.text("id") for one in desk.ws.table("shelter")] == ["SL-A-0001", "SL-A-0002"]


def test_a_corner_set_twice_counts_once(desk):
    tool = DrawTool(desk.context())
    click(tool, 0, 0)
    click(tool, 0, 0)
    assert len(tool.places) == 1


def test_too_few_corners_say_how_many_are_missing(desk):
    tool = DrawTool(desk.context())
    click(tool, 0, 0)
    click(tool, 50, 0)
    assert not tool.finish()
    assert "还差 1 个拐点" in desk.messages[-1]
    assert len(tool.places) == 2


def test_self_crossing_is_shown_and_refused_but_the_stroke_is_kept(desk):
    tool = DrawTool(desk.context())
    for place in ((0, 0), (100, 100), (100, 0)):
        click(tool, *place)
    tool.move(at(0, 100, Button.NONE))
    preview = tool.preview()
    assert preview.judgement.fault == "边线自己交叉了"
    assert preview.faults == ((EAST + 50, NORTH + 50),)
    click(tool, 0, 100)
    assert not tool.finish()
    assert "交叉" in desk.messages[-1]
    assert len(tool.places) == 4
    assert desk.ws.count("danger_zone") == 0
    press_key(tool, "Backspace")
    assert tool.finish()
    assert desk.ws.count("danger_zone") == 1


def test_a_disk_that_refuses_loses_nothing(desk):
    tool = DrawTool(desk.context())
    square(tool)
    desk.refuse = True
    assert not tool.finish()
    assert len(tool.places) == 4
    desk.refuse = False
    assert tool.finish()


def test_backspace_and_escape(desk):
    tool = DrawTool(desk.context())
    square(tool)
    assert press_key(tool, "Backspace")
    assert len(tool.places) == 3
    assert press_key(tool, "Escape")
    assert not tool.places
    assert not press_key(tool, "Escape")  # nothing left to give up: the key is the window's
    assert desk.ws.count("danger_zone") == 0


def test_shift_holds_the_right_angle(desk):
    tool = DrawTool(desk.context())
    click(tool, 0, 0)
    click(tool, 100, 0)
    click(tool, 112, 80, Modifier.SHIFT)
    assert tool.places[-1] == pytest.approx((EAST + 100, NORTH + 80), abs=1e-3)


def test_typed_bearing_and_length(desk):
    tool = DrawTool(desk.context("evacuation_route"))
    click(tool, 0, 0)
    tool.constrain(length=50.0)
    click(tool, 300, 0)
    assert tool.places[-1] == pytest.approx((EAST + 50, NORTH), abs=1e-3)
    assert tool.constraint.free  # for one side only
    tool.constrain(bearing=0.0)
    click(tool, 70, 40)
    assert tool.places[-1] == pytest.approx((EAST + 50, NORTH + 40), abs=1e-3)
    tool.constrain(bearing=90.0, length=10.0)
    assert tool.places[-1] == pytest.approx((EAST + 60, NORTH + 40), abs=1e-3)


def test_judgement_follows_the_pointer(desk):
    tool = DrawTool(desk.context())
    click(tool, 0, 0)
    click(tool, 100, 0)
    tool.move(at(100, 100, Button.NONE))
    found = tool.preview().judgement
    assert found.corners == 3
    assert found.planar_area_m2 == pytest.approx(5000)
    assert found.area_m2 == pytest.approx(5000, rel=1e-3)
    assert dict(found.lines())["拐点"] == "3 个"


def test_what_the_place_tells_is_filled_in(desk):
    zone = desk.put("danger_zone", shapely.box(EAST, NORTH, EAST + 100, NORTH + 100), hazard_type="滑坡")
    shelter = desk.put("shelter", shapely.Point(EAST + 500, NORTH))
    tool = DrawTool(desk.context("evacuation_route"))
    for place in ((50, 50), (300, 20), (495, 5)):
        click(tool, *place)
    assert tool.finish()
    route = stored(desk, "evacuation_route")
    assert (route["danger_zone"], route["shelter"], route["number"]) == (zone.uid, shelter.uid, "1")
    house = DrawTool(desk.context("household"))
    click(house, 20, 20)
    assert stored(desk, "household")["danger_zone"] == zone.uid


def test_a_zone_outside_the_district_is_stored_and_said(desk):
    desk.put("district", shapely.box(EAST - 500, NORTH - 500, EAST + 50, NORTH + 500))
    tool = DrawTool(desk.context())
    square(tool)
    assert tool.finish()
    assert desk.ws.count("danger_zone") == 1
    assert desk.messages == ["已存，但这个危险区有一部分在本区范围外。请核对边线，画错了可以撤销。"]


def test_a_line_may_come_back_to_its_start(desk):
    tool = DrawTool(desk.context("evacuation_route"))
    for place in ((0, 0), (100, 0), (100, 100), (0, 0)):
        click(tool, *place)
    assert tool.finish()
    assert len(shapely.get_coordinates(stored(desk, "evacuation_route").geometry)) == 4


def test_the_pen_says_that_it_stays_in_the_hand(desk):
    tool = DrawTool(desk.context())
    for place in ((0, 0), (100, 0), (100, 100)):
        click(tool, *place)
    assert press_key(tool, "Enter")
    tool.move(at(200, 200, Button.NONE))
    assert tool.preview().label == "下一个危险区；Esc 收笔"
    assert tool.hint() == "画好了，笔还在手里：可以接着画下一个危险区，不画了按 Esc。"
    click(tool, 300, 300)
    assert "收笔" not in tool.preview().label
    assert "笔还在手里" not in tool.hint()
    assert press_key(tool, "Escape")
    assert "画好了" not in tool.hint(), "this one was given up"


def test_snapped_corners_are_exactly_those_of_the_neighbour(desk):
    corner = (EAST + 100.123456789, NORTH + 0.987654321)
    desk.put("danger_zone", Polygon([(EAST, NORTH), corner, (EAST, NORTH + 100)]), hazard_type="滑坡")
    tool = DrawTool(desk.context(snapping=True))
    tool.move(at(104, 3, Button.NONE))
    assert tool.preview().snap.kind == "vertex"
    assert tool.preview().snap.words == "端点 · 危险区 SL-W-0001"
    click(tool, 104, 3)
    assert tool.places == [corner]


def test_a_layer_without_geometry_can_not_be_drawn(desk):
    with pytest.raises(ValueError, match="zone_event"):
        DrawTool(desk.context("zone_event"))


def test_corners_of_the_unfinished_stroke_can_be_moved_and_taken_out(desk):
    tool = DrawTool(desk.context())
    square(tool)
    assert tool.replace_corner(1, (EAST + 130, NORTH))
    assert not tool.replace_corner(1, tool.places[2])
    tool.remove_corner(3)
    assert tool.places == [(EAST, NORTH), (EAST + 130, NORTH), (EAST + 100, NORTH + 100)]
    press_key(tool, "Backspace")
    assert len(tool.places) == 2
    tool.extend([(EAST + 50, NORTH + 50), (EAST, NORTH + 50)])
    tool.remove_corner(0)
    press_key(tool, "Backspace")
    assert tool.places == [(EAST + 130, NORTH)]
