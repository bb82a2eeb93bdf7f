"""Which way and shelter a card told stands in its row: the shelter stays as long, the way may be drawn anew."""

import pytest
from put_in import added as add
from shapely import LineString, Point, box

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.editing.delete import referring
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.papers.door_sticker import publish_door_stickers
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits import delete_features
from geohazard_desktop.workspace.edits.merge import merge
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def village(workspace) -> Workspace:
    ws = workspace
    zone = add(ws, "danger_zone", box(E, N, E + 200, N + 200), id="SL-W-0001", name="东坡", hazard_type="崩塌")
    square = add(ws, "shelter", Point(E + 600, N + 100), name="广场")
    school = add(ws, "shelter", Point(E - 400, N + 100), name="学校")
    east = add(ws, "evacuation_route", LineString([(E + 100, N + 100), (E + 600, N + 100)]), number="1",
               danger_zone=zone.uid, shelter=square.uid)  # fmt: skip
    add(ws, "evacuation_route", LineString([(E + 100, N + 100), (E - 400, N + 100)]), number="2",
        danger_zone=zone.uid, shelter=school.uid)  # fmt: skip
    add(ws, "household", Point(E + 110, N + 60), id="SL-H-0001", head="赵示例", evacuation_route=east.uid)
    add(ws, "household", Point(E + 120, N + 60), id="SL-H-0002", head="钱示例")
    return ws


def rows(ws: Workspace, layer: str, uid: str, step: str) -> Feature:
    (found,) = [one for one in ws.find("card_issue", layer, uid) if one.text("step") == step]
    return found


def one(ws: Workspace, layer: str, field: str, value: str) -> Feature:
    (found,) = ws.find(layer, field, value)
    return found


def test_the_row_of_a_card_says_which_way_and_shelter_it_told(village, tmp_path):
    publish_cards(village, tmp_path, kind="household")
    east, square = one(village, "evacuation_route", "number", "1"), one(village, "shelter", "name", "广场")
    told, without = (one(village, "household", "id", f"SL-H-000{number}").uid for number in (1, 2))
    for step in ("发放", "出纸"):
        row = rows(village, "household", told, step)
        assert (row["evacuation_route"], row["shelter"]) == (east.uid, square.uid)
    row = rows(village, "household", without, "发放")
    assert (row["evacuation_route"], row["shelter"]) == (None, None)  # no way was assigned, so none was told


@pytest.mark.parametrize("size", ["A6", "A6x4"])
def test_a_sticker_says_it_too(village, tmp_path, size):
    PRODUCTS["stickers_household"].publish(village, tmp_path, {"size": size})
    row = rows(village, "household", one(village, "household", "id", "SL-H-0001").uid, "发放")
    assert row["shelter"] == one(village, "shelter", "name", "广场").uid
    assert row["evacuation_route"] == one(village, "evacuation_route", "number", "1").uid


def test_a_card_that_names_two_ways_is_entered_with_neither(village, tmp_path):
    zone = one(village, "danger_zone", "id", "SL-W-0001")
    point = add(village, "hazard_point", Point(E + 50, N + 50), id="SL-D-0001", name="东坡", danger_zone=zone.uid)
    publish_cards(village, tmp_path, kind="work")
    row = rows(village, "hazard_point", point.uid, "发放")
    assert (row["evacuation_route"], row["shelter"]) == (None, None)


def test_a_way_that_a_card_told_may_go_and_the_row_stays_as_it_was(village, tmp_path):
    publish_cards(village, tmp_path, kind="household")
    way = one(village, "evacuation_route", "number", "1")
    before = village.count("card_issue")
    village.apply(delete_features(village.definitions, [way], referring=referring(village, [way])))
    assert village.feature("evacuation_route", way.uid) is None
    home = one(village, "household", "id", "SL-H-0001")
    assert home["evacuation_route"] is None
    assert village.count("card_issue") == before
    assert rows(village, "household", home.uid, "发放")["evacuation_route"] == way.uid
    village.undo()
    assert village.feature("evacuation_route", way.uid) is not None


def test_a_way_that_a_card_told_is_merged_like_any_other(village, tmp_path):
    publish_cards(village, tmp_path, kind="household")
    ways = [one(village, "evacuation_route", "number", number) for number in "12"]
    village.apply(merge(village.definitions, ways, referring=referring(village, ways)))
    assert village.count("evacuation_route") == 1


def test_a_shelter_that_a_card_told_stays(village, tmp_path):
    publish_cards(village, tmp_path, kind="household")
    square = one(village, "shelter", "name", "广场")
    with pytest.raises(EditRefused, match="不能删除。不再用了，请用“停用”"):
        village.apply(delete_features(village.definitions, [square], referring=referring(village, [square])))
    assert village.feature("shelter", square.uid) is not None
    publish_door_stickers(village, tmp_path / "区", per="zone")  # who was told of a zone alone holds nothing
    school = one(village, "shelter", "name", "学校")
    village.apply(delete_features(village.definitions, [school], referring=referring(village, [school])))
