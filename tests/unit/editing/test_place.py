"""What is registered without a place gets one by a click, in one step; what was registered of it stays."""

import pytest
import shapely
from desk import EAST, NORTH, click

from geohazard_desktop.checks.run import check
from geohazard_desktop.editing.place import PlaceTool
from geohazard_desktop.editing.typed import Typed
from geohazard_desktop.workspace.edits import delete_features
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid


@pytest.fixture
def placed():
    return []


@pytest.fixture
def house(desk):
    desk.put("danger_zone", shapely.box(EAST, NORTH, EAST + 100, NORTH + 100), hazard_type="滑坡")
    listed = Feature("household", new_uid(), None, {"head": "乙示例", "id": "SL-H-0001", "people": 2})
    desk.ws.apply(Edit("导入名单", [inserted(listed)]))
    return desk.now("household", listed.uid)


@pytest.fixture
def tool(desk, house, placed):
    return PlaceTool(
        desk.context("household", snapping=True), (house.layer, house.uid), lambda *told: placed.append(told)
    )


def test_a_click_places_it_and_fills_what_the_place_says_in_one_step(desk, house, tool, placed):
    assert "SL-H-0001 这一户的房子" in tool.hint()
    assert "Esc 不放" in tool.hint()
    assert [one.unplaced for one in check(desk.ws) if one.rule == "geometry"] == [True]
    click(tool, 20, 30)
    (zone,) = desk.ws.table("danger_zone")
    now = desk.ws.feature(house.layer, house.uid)
    assert shapely.get_coordinates(now.geometry).tolist() == [[EAST + 20, NORTH + 30]]
    assert (now["danger_zone"], now["head"], desk.ws.count("household")) == (zone.uid, "乙示例", 1)
    assert not tool.busy
    assert [edit.words for edit, _warning in placed] == ["放住户 SL-H-0001 到地图上"]
    assert [one for one in check(desk.ws) if one.rule == "geometry"] == []
    desk.ws.undo()
    before = desk.ws.feature(house.layer, house.uid)
    assert (before.geometry, before["danger_zone"]) == (None, None)


def test_a_house_snaps_to_a_building_alone_and_says_how_far(desk, house, tool, placed):
    def stands():
        return shapely.get_coordinates(desk.ws.feature(house.layer, house.uid).geometry).tolist()

    desk.put("landmark", shapely.Point(EAST + 300, NORTH + 300), name="老井")
    click(tool, 302, 301)
    assert (stands(), placed[-1][1]) == ([[EAST + 302, NORTH + 301]], "")
    desk.put("building", shapely.box(EAST + 400, NORTH + 400, EAST + 440, NORTH + 500))
    click(tool, 401, 420)  # indoors
    assert (stands(), placed[-1][1]) == ([[EAST + 401, NORTH + 420]], "")
    click(tool, 398, 425)
    assert stands() == [[EAST + 400, NORTH + 425]]
    assert placed[-1][1].startswith("吸到边上 · 建筑")
    assert "挪了 2.0 米" in placed[-1][1]
    tool.take_typed(Typed("", place=(EAST + 400, NORTH + 425.5)))
    assert placed[-1][1] == ""


def test_typed_coordinates_place_it_again_and_leave_the_zone_that_was_written_down(desk, house, tool, placed):
    click(tool, 20, 30)
    zone = desk.ws.feature(house.layer, house.uid)["danger_zone"]
    tool.take_typed(Typed("", place=(EAST + 400, NORTH + 500)))
    now = desk.ws.feature(house.layer, house.uid)
    assert shapely.get_coordinates(now.geometry).tolist() == [[EAST + 400, NORTH + 500]]
    assert now["danger_zone"] == zone
    assert placed[-1][0].words == "重新放住户 SL-H-0001"


def test_a_refused_click_leaves_nothing_under_the_pen(desk, house, tool, placed):
    desk.refuse = True
    click(tool, 20, 30)
    assert (desk.ws.feature(house.layer, house.uid).geometry, tool.busy, placed) == (None, False, [])
    desk.refuse = False
    click(tool, 40, 50)
    assert len(placed) == 1


def test_what_was_deleted_meanwhile_is_said_and_not_made_anew(desk, house, tool, placed):
    desk.ws.apply(delete_features(desk.ws.definitions, [house]))
    click(tool, 20, 30)
    assert placed == [(None, "")]
    assert desk.messages == ["要放的住户已经删除了，没有放。"]
    assert desk.ws.count("household") == 0


def test_a_place_outside_the_district_is_told(desk, tool, placed):
    desk.put("district", shapely.box(EAST - 1000, NORTH - 1000, EAST + 2000, NORTH + 2000), name="示例区")
    click(tool, 90_000, 30)
    assert "在本区范围外" in placed[0][1]
