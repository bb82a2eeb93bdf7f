"""What a field would say by itself comes from the place or the registers, with its reason, and is stored by nobody."""

import pytest
from shapely import Point, box

from geohazard_desktop.editing.automatic import automatic_values
from geohazard_desktop.workspace.edits import create_feature

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def put(workspace):
    def made(layer, geometry, **values):
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        return workspace.feature(layer, edit.deltas[0].uid)

    return made


def test_a_zone_counts_who_lives_in_it_and_says_whom_it_could_not_count(workspace, put):
    zone = put("danger_zone", box(E, N, E + 100, N + 100), hazard_type="滑坡")
    assert "must_move_people" not in automatic_values(workspace, zone)
    put("household", Point(E + 10, N + 10), head="张示例", people=4, property_wan=12.5)
    put("household", Point(E + 20, N + 20), head="李示例")
    put("household", Point(E + 500, N), head="王示例", people=9)
    found = automatic_values(workspace, zone)
    assert found["must_move_people"].value == 4
    assert "2 户" in found["must_move_people"].reason
    assert "1 户没有填人数" in found["must_move_people"].reason
    assert found["potential_loss_wan"].value == 12.5
    assert workspace.feature("danger_zone", zone.uid)["must_move_people"] is None


def test_a_house_knows_its_zone_by_place_and_its_people_by_its_members(workspace, put):
    zone = put("danger_zone", box(E, N, E + 100, N + 100), hazard_type="滑坡", state="已划定")
    house = put("household", Point(E + 10, N + 10), head="张示例")
    put("household_member", None, household=house.uid, name="张示例")
    found = automatic_values(workspace, house)
    assert found["danger_zone"].value == zone.uid
    assert found["people"].value == 1


def test_a_shelter_takes_whole_people_on_its_area(workspace, put):
    assert (
        automatic_values(workspace, put("shelter", Point(E, N), area_m2=100.0, area_per_person=1.5))["capacity"].value
        == 66
    )
    assert "capacity" not in automatic_values(workspace, put("shelter", Point(E, N), area_m2=100.0))
