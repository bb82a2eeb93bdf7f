"""Corners: drag, add on an edge, delete, several at once; refused where the shape would cross itself."""

import pytest
import shapely
from desk import EAST, NORTH, at, click, drag, press_key
from shapely import Polygon

from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.tool import Button, Modifier
from geohazard_desktop.editing.vertex import VertexTool
from geohazard_desktop.workspace.edits import create_feature, vertices_of


@pytest.fixture
def zone(desk):
    one = desk.put("danger_zone", shapely.box(EAST, NORTH, EAST + 100, NORTH + 100), hazard_type="滑坡")
    desk.select([("danger_zone", one.uid)])
    return one


@pytest.fixture
def tool(desk):
    return VertexTool(desk.context())


def corners(desk, zone) -> list[tuple[float, float]]:
    return [
        (east - EAST, north - NORTH) for _ref, (east, north) in vertices_of(desk.now("danger_zone", zone.uid).geometry)
    ]


def test_all_corners_are_shown(tool, zone):
    assert len(tool.preview().handles) == 4


def test_drag_one_corner_and_undo_brings_the_exact_shape_back(desk, tool, zone):
    drag(tool, (100, 0), (150, -20))
    assert (150, -20) in corners(desk, zone)
    assert desk.edits[-1].words == "移动危险区 SL-W-0001 的 1 个拐点"
    desk.ws.undo()
    assert desk.now("danger_zone", zone.uid).geometry.equals_exact(zone.geometry, 0)


def test_several_corners_go_together(desk, tool, zone):
    drag(tool, (80, -20), (120, 120))  # a box around the two eastern corners
    assert len(tool.preview().chosen) == 2
    drag(tool, (100, 0), (130, 10))
    assert desk.edits[-1].words.endswith("的 2 个拐点")
    assert {(130, 10), (130, 110)} <= set(corners(desk, zone))


def test_press_on_an_edge_puts_a_corner_there(desk, tool, zone):
    drag(tool, (50, 1), (50, -30))
    assert (50, -30) in corners(desk, zone)
    assert len(corners(desk, zone)) == 5
    assert desk.edits[-1].words == "给危险区 SL-W-0001 加 1 个拐点"


def test_the_closing_edge_takes_a_corner_too(desk, tool, zone):
    before = corners(desk, zone)
    closing = ((before[-1][0] + before[0][0]) / 2, (before[-1][1] + before[0][1]) / 2)
    drag(tool, closing, (closing[0] + 7, closing[1] + 7))
    assert len(corners(desk, zone)) == 5
    desk.assert_all_valid()


def test_delete_takes_chosen_corners_out_and_says_when_it_can_not(desk, tool, zone):
    click(tool, 100, 100)
    assert press_key(tool, "Delete")
    assert (100, 100) not in corners(desk, zone)
    click(tool, 100, 0)
    press_key(tool, "Delete")
    assert "不成形" in desk.messages[-1]
    assert len(corners(desk, zone)) == 3


def test_a_corner_across_the_opposite_side_is_refused(desk, tool, zone):
    tool.press(at(0, 0))
    tool.move(at(150, 60))
    assert tool.preview().judgement.fault == "边线自己交叉了"
    assert tool.preview().faults
    tool.release(at(150, 60))
    assert "交叉" in desk.messages[-1]
    assert corners(desk, zone) == [(east - EAST, north - NORTH) for _ref, (east, north) in vertices_of(zone.geometry)]


def test_arrows_nudge_by_a_pixel(desk, tool, zone):
    click(tool, 100, 100)
    press_key(tool, "Right")
    press_key(tool, "Up", Modifier.SHIFT)
    assert (101, 110) in corners(desk, zone)


def test_escape_puts_back_what_is_in_the_hand(desk, tool, zone):
    tool.press(at(0, 0))
    tool.move(at(30, 30))
    assert tool.busy
    assert press_key(tool, "Escape")
    tool.release(at(30, 30))
    assert not desk.edits


def test_undo_while_dragging_drops_what_is_in_the_hand(desk, tool, zone):
    drag(tool, (100, 0), (150, -20))
    stop = desk.ws.subscribe(tool.follow)
    tool.press(at(0, 0))
    tool.move(at(20, 20))
    desk.ws.undo()
    tool.release(at(20, 20))
    stop()
    assert desk.now("danger_zone", zone.uid).geometry.equals_exact(zone.geometry, 0)


def test_a_click_picks_the_feature_to_change(desk, zone):
    desk.select([])
    tool = VertexTool(desk.context())
    click(tool, 50, 50)
    assert desk.selection == [("danger_zone", zone.uid)]
    assert len(tool.preview().handles) == 4


def test_a_dragged_corner_snaps_exactly(desk, zone):
    corner = (EAST + 150.123456, NORTH + 50.654321)
    desk.put("danger_zone", Polygon([corner, (EAST + 250, NORTH), (EAST + 250, NORTH + 90)]), hazard_type="崩塌")
    tool = VertexTool(desk.context(snapping=True))
    drag(tool, (100, 100), (147, 52))
    places = [place for _ref, place in vertices_of(desk.now("danger_zone", zone.uid).geometry)]
    assert corner in places


@pytest.fixture
def neighbour(desk, zone):
    """Shares the eastern side of the zone."""
    return desk.put("danger_zone", shapely.box(EAST + 100, NORTH, EAST + 200, NORTH + 100), hazard_type="崩塌")


def shared_gap(desk, zone, neighbour) -> float:
    first, second = (desk.now("danger_zone", one.uid).geometry for one in (zone, neighbour))
    hull = shapely.union(first, second)
    return first.intersection(second).area + (0.0 if hull.geom_type == "Polygon" and not hull.interiors else 1.0)


def test_shared_borders_stay_shared_when_asked(desk, zone, neighbour):
    context = desk.context()
    context.sharing = True
    tool = VertexTool(context)
    drag(tool, (100, 100), (130, 110))
    assert desk.edits[-1].words == "移动危险区 SL-W-0001 的 1 个拐点，连同 1 个相邻要素的共用边"
    assert (130, 110) in corners(desk, neighbour)
    drag(tool, (115, 55), (120, 50))
    assert len(corners(desk, zone)) == len(corners(desk, neighbour)) == 5
    assert shared_gap(desk, zone, neighbour) == 0
    click(tool, 120, 50)
    press_key(tool, "Delete")
    assert len(corners(desk, zone)) == len(corners(desk, neighbour)) == 4
    for _step in range(3):
        desk.ws.undo()
    assert desk.now("danger_zone", neighbour.uid).same_as(neighbour)
    assert desk.now("danger_zone", zone.uid).same_as(zone)


def test_borders_part_when_sharing_is_off(desk, tool, zone, neighbour):
    drag(tool, (100, 100), (90, 90))
    assert corners(desk, neighbour) == [(200, 0), (200, 100), (100, 100), (100, 0)]


def test_a_neighbour_that_would_become_faulty_refuses_the_whole_step(desk, zone, neighbour):
    context = desk.context()
    context.sharing = True
    tool = VertexTool(context)
    drag(tool, (100, 100), (260, 40))
    assert "危险区 SL-W-0002：边线自己交叉了" in desk.messages[-1]
    assert desk.now("danger_zone", zone.uid).same_as(zone)


def test_right_button_is_the_windows(desk, tool, zone):
    tool.press(at(0, 0, Button.RIGHT))
    tool.release(at(30, 30, Button.RIGHT))
    assert not desk.edits


def test_corners_of_several_features_go_together_in_one_step(desk, zone):
    other = desk.put("danger_zone", shapely.box(EAST + 300, NORTH, EAST + 400, NORTH + 100), hazard_type="崩塌")
    desk.select([("danger_zone", zone.uid), ("danger_zone", other.uid)])
    tool = VertexTool(desk.context())
    drag(tool, (80, 80), (320, 120))  # one corner of each
    drag(tool, (-20, -20), (20, 20), Modifier.SHIFT)
    assert len(tool.preview().chosen) == 3
    drag(tool, (100, 100), (110, 130))
    assert desk.edits[-1].words == "移动 2 个危险区的 3 个拐点"
    assert {(110, 130), (10, 30)} <= set(corners(desk, zone))
    assert (310, 130) in corners(desk, other)
    press_key(tool, "Delete")
    assert "不成形" in desk.messages[-1], "one of the two would be left with two corners: nothing is taken out"


def test_shift_click_takes_a_second_feature_under_the_hand(desk, tool, zone):
    other = desk.put("danger_zone", shapely.box(EAST + 300, NORTH, EAST + 400, NORTH + 100), hazard_type="崩塌")
    click(tool, 350, 50, Modifier.SHIFT)
    assert desk.selection == [("danger_zone", zone.uid), ("danger_zone", other.uid)]
    assert len(tool.preview().handles) == 8


def test_the_neighbours_are_seen_to_go_along(desk, zone, neighbour):
    context = desk.context()
    context.sharing = True
    tool = VertexTool(context)
    tool.press(at(100, 100))
    tool.move(at(130, 110))
    assert len(tool.preview().outlines) == 2


def test_a_zone_drawn_over_another_is_cut_and_told(desk, zone):
    context = desk.context()
    context.avoiding = context.sharing = True
    tool = DrawTool(context)
    for place in ((50, 20), (150, 20), (150, 80), (50, 80)):
        click(tool, *place)
    tool.finish()
    made = desk.now(*desk.drawn[-1])
    assert made.geometry.area == pytest.approx(3000)
    assert "与危险区 SL-W-0001 重叠的 0.30 公顷（投影）已经切去" in desk.messages[-1]
    assert {(100, 20), (100, 80)} <= set(corners(desk, zone)), "its new corners are the old zone's too"
    assert len(desk.edits) == 1
    desk.ws.undo()
    assert desk.now("danger_zone", zone.uid).same_as(zone)


def test_a_zone_inside_another_is_refused_while_overlaps_are_avoided(desk, zone):
    context = desk.context()
    context.avoiding = True
    tool = DrawTool(context)
    for place in ((20, 20), (80, 20), (80, 80)):
        click(tool, *place)
    assert not tool.finish()
    assert "什么都不剩" in desk.messages[-1]
    assert len(tool.places) == 3, "the stroke stays under the pen"


def test_a_revoked_zone_cuts_nothing(desk):
    zone = desk.put("danger_zone", shapely.box(EAST, NORTH, EAST + 100, NORTH + 100), hazard_type="滑坡")
    paper = {"date": "2026-05-02", "document_no": "示政发〔2026〕1号", "finding": "示例"}
    for step in ("已划定", "已撤销"):
        event = {"danger_zone": zone.uid, "step": step, **paper}
        desk.ws.apply(create_feature(desk.ws.definitions, "zone_event", None, event))
    context = desk.context()
    context.avoiding = True
    tool = DrawTool(context)
    for place in ((50, 20), (150, 20), (150, 80), (50, 80)):
        click(tool, *place)
    assert tool.finish()
    assert desk.now(*desk.drawn[-1]).geometry.area == pytest.approx(6000)
