"""Selecting, looking, moving, deleting, measuring."""

import pytest
import shapely
from desk import EAST, NORTH, at, click, drag, press_key

from geohazard_desktop.editing.delete import delete_selection
from geohazard_desktop.editing.hits import hits
from geohazard_desktop.editing.identify import IdentifyTool
from geohazard_desktop.editing.move import MoveTool
from geohazard_desktop.editing.select import SelectTool
from geohazard_desktop.editing.tool import Button, Modifier


@pytest.fixture
def scene(desk):
    """A district, a zone in it, a route and a house in the zone."""
    district = desk.put("district", shapely.box(EAST - 1000, NORTH - 1000, EAST + 2000, NORTH + 2000))
    zone = desk.put("danger_zone", shapely.box(EAST, NORTH, EAST + 100, NORTH + 100), hazard_type="滑坡")
    route = desk.put("evacuation_route", shapely.LineString([(EAST + 50, NORTH + 50), (EAST + 300, NORTH + 50)]))
    house = desk.put("household", shapely.Point(EAST + 20, NORTH + 20))
    return {one.layer: (one.layer, one.uid) for one in (district, zone, route, house)}


def test_points_lie_above_lines_above_the_smallest_polygon(desk, scene):
    layers = ["district", "danger_zone", "evacuation_route", "household"]
    found = [one.layer for one in hits(desk.ws, layers, (EAST + 21, NORTH + 21), 5)]
    assert found == ["household", "danger_zone", "district"]
    assert hits(desk.ws, layers, (EAST + 60, NORTH + 52), 5)[0].layer == "evacuation_route"
    assert hits(desk.ws, layers, (EAST + 5000, NORTH), 5) == []


def test_a_zone_lies_before_what_shows_through_it_unless_that_layer_is_chosen(desk, scene):
    house = desk.put("building", shapely.box(EAST + 70, NORTH + 70, EAST + 80, NORTH + 80))
    road = desk.put("road", shapely.LineString([(EAST, NORTH + 75), (EAST + 100, NORTH + 75)]))
    layers = ["household", "evacuation_route", "danger_zone", "road", "building", "district"]
    place = (EAST + 75, NORTH + 75)
    found = [one.layer for one in hits(desk.ws, layers, place, 5)]
    assert found == ["danger_zone", "road", "building", "district"]
    assert hits(desk.ws, layers, place, 5, meant="building")[0].uid == house.uid
    assert hits(desk.ws, layers, place, 5, meant="road")[0].uid == road.uid
    assert hits(desk.ws, layers, place, 5, meant="district")[0].layer == "danger_zone", "the smallest area first"
    desk.put("evacuation_route", shapely.LineString([(EAST + 70, NORTH + 76), (EAST + 80, NORTH + 76)]))
    assert hits(desk.ws, layers, place, 5)[0].layer == "evacuation_route"
    assert hits(desk.ws, layers[3:], place, 5)[0].layer == "road", "without zones all is as before"


def test_click_selects_and_a_second_click_goes_deeper(desk, scene):
    tool = SelectTool(desk.context())
    click(tool, 20, 20)
    assert desk.selection == [scene["household"]]
    click(tool, 20, 20)
    assert desk.selection == [scene["danger_zone"]]
    click(tool, 1900, 1900)
    assert desk.selection == [scene["district"]]
    click(tool, 9000, 9000)
    assert desk.selection == []


def test_an_empty_file_is_told_where_to_begin(desk):
    tool = SelectTool(desk.context())
    assert "按“导入”" in tool.hint()
    desk.put("household", shapely.Point(EAST + 20, NORTH + 20))
    assert "单击选一个" in tool.hint()


def test_shift_adds_and_ctrl_takes_out(desk, scene):
    tool = SelectTool(desk.context())
    click(tool, 20, 20)
    click(tool, 200, 50, Modifier.SHIFT)
    assert desk.selection == [scene["household"], scene["evacuation_route"]]
    click(tool, 20, 20, Modifier.CONTROL)
    assert desk.selection == [scene["evacuation_route"]]


def test_a_box_to_the_right_takes_the_whole_to_the_left_what_it_touches(desk, scene):
    tool = SelectTool(desk.context())
    drag(tool, (-10, -10), (120, 120))
    assert set(desk.selection) == {scene["danger_zone"], scene["household"]}
    drag(tool, (120, 120), (-10, -10))
    assert set(desk.selection) == {
        scene["district"],
        scene["danger_zone"],
        scene["household"],
        scene["evacuation_route"],
    }
    tool.press(at(0, 0))
    tool.move(at(50, 60))
    assert tool.preview().rectangle == (EAST, NORTH, EAST + 50, NORTH + 60)
    assert press_key(tool, "Escape")
    assert tool.preview().empty


def test_identify_lists_everything_and_selects_nothing(desk, scene):
    tool = IdentifyTool(desk.context())
    tool.press(at(20, 20))
    assert desk.looked[-1] == [scene["household"], scene["danger_zone"], scene["district"]]
    assert desk.selection == []


def test_drag_moves_and_undo_brings_back_exactly(desk, scene):
    before = desk.now(*scene["danger_zone"])
    desk.select([scene["danger_zone"], scene["household"]])
    tool = MoveTool(desk.context())
    drag(tool, (60, 20), (90.1234567, 33.3))
    assert desk.edits[-1].words == "移动 1 个危险区和 1 个住户"
    moved = desk.now(*scene["danger_zone"])
    assert moved.geometry.bounds[:2] == pytest.approx((EAST + 30.123, NORTH + 13.3), abs=1e-6)
    desk.ws.undo()
    assert desk.now(*scene["danger_zone"]).same_as(before)


def test_a_press_without_a_drag_moves_nothing(desk, scene):
    tool = MoveTool(desk.context())
    click(tool, 20, 20)
    assert desk.selection == [scene["household"]]
    assert not desk.edits


def test_what_is_moved_snaps_by_its_corner_to_others_not_to_itself(desk, scene):
    corner = (EAST + 400.5, NORTH + 7.25)
    desk.put("shelter", shapely.Point(corner))
    desk.select([scene["danger_zone"]])
    tool = MoveTool(desk.context(snapping=True))
    drag(tool, (2, 2), (398, 9))
    assert desk.now(*scene["danger_zone"]).geometry.bounds[:2] == pytest.approx(corner, abs=1e-9)


def test_a_house_that_is_moved_snaps_to_buildings_alone_as_one_that_is_placed(desk, scene):
    desk.put("landmark", shapely.Point(EAST + 300, NORTH + 300), name="老井")
    desk.put("building", shapely.box(EAST + 400, NORTH + 400, EAST + 440, NORTH + 500))
    desk.select([scene["household"]])
    tool = MoveTool(desk.context(snapping=True))
    drag(tool, (20, 20), (302, 301))
    assert where(desk, scene) == (EAST + 302, NORTH + 301)
    assert desk.messages == []
    drag(tool, (302, 301), (398, 425))
    assert where(desk, scene) == (EAST + 400, NORTH + 425)
    assert desk.messages[-1].startswith("吸到边上 · 建筑")
    assert "挪了 2.0 米" in desk.messages[-1]


def where(desk, scene) -> tuple[float, float]:
    return desk.now(*scene["household"]).geometry.bounds[:2]


def test_a_selected_point_goes_with_a_drag_of_the_selecting_hand_after_a_clear_way(desk, scene):
    tool = SelectTool(desk.context())
    desk.select([scene["household"]])
    tool.move(at(21, 20))
    assert (tool.cursor, "移动" in tool.hint()) == ("move", True)
    drag(tool, (20, 20), (28, 20))  # a hand that shakes
    assert not desk.edits
    desk.select([scene["household"]])
    drag(tool, (20, 20), (60, 20), modifiers=Modifier.SHIFT)  # a box that adds
    assert not desk.edits
    desk.select([scene["household"]])
    drag(tool, (20, 20), (60, 25))
    assert where(desk, scene) == (EAST + 60, NORTH + 25)
    assert desk.messages == ["移动了 40.31 米。不是要移的，按 Ctrl+Z 撤销。"]
    assert desk.selection == [scene["household"]]
    tool.press(at(60, 25, Button.LEFT))
    tool.move(at(90, 25, Button.LEFT))
    assert tool.preview().outlines
    assert press_key(tool, "Escape")
    tool.release(at(90, 25, Button.LEFT))
    assert len(desk.edits) == 1, "Esc puts it back"


def test_a_box_of_the_selecting_hand_moves_nothing_that_is_no_single_point_or_locked(desk, scene):
    tool = SelectTool(desk.context())
    for chosen in ([scene["danger_zone"]], [scene["household"], scene["danger_zone"]], []):
        desk.select(chosen)
        drag(tool, (20, 20), (60, 25))
    desk.select([scene["household"]])
    tool.context.locked = lambda layer: layer == "household"
    drag(tool, (20, 20), (60, 25))
    assert not desk.edits


def test_arrow_keys_nudge(desk, scene):
    desk.select([scene["household"]])
    tool = MoveTool(desk.context())
    assert press_key(tool, "Left")
    assert press_key(tool, "Up", Modifier.SHIFT)
    assert desk.now(*scene["household"]).geometry.bounds[:2] == (EAST + 19, NORTH + 30)
    desk.select([])
    assert not press_key(tool, "Left")


def test_delete_and_undo(desk, scene):
    before = desk.now(*scene["danger_zone"])
    desk.select([scene["danger_zone"]])
    assert delete_selection(desk.context())
    assert desk.selection == []
    assert desk.ws.feature(*scene["danger_zone"]) is None
    desk.ws.undo()
    assert desk.now(*scene["danger_zone"]).same_as(before)
    assert not delete_selection(desk.context())
    assert "没有选中" in desk.messages[-1]


def test_what_hangs_on_a_feature_goes_or_lets_go_in_one_step(desk, scene):
    zone = desk.now(*scene["danger_zone"])
    route = desk.put("evacuation_route", shapely.LineString([(EAST, NORTH), (EAST, NORTH + 9)]), danger_zone=zone.uid)
    desk.select([scene["danger_zone"]])
    assert delete_selection(desk.context())
    assert desk.edits[-1].words == "删除危险区 SL-W-0001，清空 1 处引用"
    assert desk.now("evacuation_route", route.uid)["danger_zone"] is None
    desk.ws.undo()
    assert desk.now("evacuation_route", route.uid)["danger_zone"] == zone.uid
    member = desk.put("household_member", None, household=scene["household"][1], name="李示例")
    desk.select([scene["household"]])
    assert delete_selection(desk.context())
    assert desk.edits[-1].words == "删除住户 SL-H-0001，连同家庭成员"
    assert desk.ws.feature("household_member", member.uid) is None
    desk.ws.undo()
    assert desk.now("household_member", member.uid)


def test_what_a_register_speaks_of_is_not_deleted(desk, scene):
    desk.put("zone_event", None, danger_zone=scene["danger_zone"][1], step="拟划")
    desk.select([scene["danger_zone"]])
    assert not delete_selection(desk.context())
    assert desk.messages[-1].startswith("危险区 SL-W-0001 在危险区过程里已有 1 条，不能删除。请保留它")
    assert desk.now(*scene["danger_zone"])
