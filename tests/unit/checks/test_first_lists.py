"""What a first list of people leaves open is asked for: who can't walk, and who stands in it twice."""

import pytest
import shapely

from geohazard_desktop.checks.focus import touched_by
from geohazard_desktop.checks.run import check, check_near, merged
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.feature import Edit, Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def put(workspace: Workspace):
    def made(layer: str, geometry=None, **values) -> Feature:
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        found = workspace.feature(layer, edit.deltas[0].uid)
        assert found is not None
        return found

    return made


@pytest.fixture
def zone(put) -> Feature:
    return put("danger_zone", shapely.box(E, N, E + 100, N + 100), id="SL-W-0001", hazard_type="滑坡")


def found(ws: Workspace, rule: str) -> list[str]:
    return [one.sentence for one in check(ws) if one.rule == rule]


def test_a_zone_of_whose_people_nobody_is_known_to_walk_is_asked_about_once(workspace, put, zone):
    assert found(workspace, "mobility_unknown") == [], "nobody lives there"
    home = put("household", shapely.Point(E + 10, N + 10), head="严示例", people=2)
    put("household_member", household=put("household", shapely.Point(E + 20, N + 10), head="乙示例").uid)
    put("household", shapely.Point(E + 30, N + 10), head="丙示例")  # nobody counted, nobody listed
    put("household", shapely.Point(E + 900, N), head="丁示例", people=3)  # in no zone
    (sentence,) = found(workspace, "mobility_unknown")
    assert sentence.startswith("危险区 SL-W-0001 的 2 户都没有登记谁走不动")
    assert "请问清后在家庭成员里填行动能力" in sentence
    member = put("household_member", household=home.uid)
    before = check(workspace)
    edit = change_values(workspace.definitions, [member], {"mobility": "正常"})
    workspace.apply(edit)
    again = check_near(workspace, touched_by(edit.deltas, workspace.definitions))
    assert [one for one in merged(before, again) if one.rule == "mobility_unknown"] == [], "seen at once, without F9"
    assert found(workspace, "mobility_unknown") == []


def test_a_zone_that_is_lifted_asks_nobody(workspace, put, zone):
    put("household", shapely.Point(E + 10, N + 10), head="严示例", people=2)
    assert len(found(workspace, "mobility_unknown")) == 1
    for step in ("已划定", "已撤销"):
        put("zone_event", danger_zone=zone.uid, step=step, date="2026-01-02", document_no="示政发〔2026〕1号")
    assert found(workspace, "mobility_unknown") == []


def test_one_head_with_one_telephone_in_two_households_is_asked_about(workspace, put):
    first = put("household", shapely.Point(E, N), id="SL-H-0001", head="严示例", phone="139 0000 0001", people=2)
    second = put("household", shapely.Point(E + 500, N), id="SL-H-0002", head="严 示例", phone="13900000001")
    put("household", shapely.Point(E + 600, N), head="严示例", phone="139 0000 0002")
    put("household", shapely.Point(E + 700, N), head="乙示例", phone="139 0000 0001")
    put("household", shapely.Point(E + 800, N), head="丙示例")
    put("household", shapely.Point(E + 900, N), head="丙示例")
    (sentence,) = found(workspace, "household_twice")
    assert "住户 SL-H-0002 和住户 SL-H-0001 的户主姓名一样，电话也对得上" in sentence
    assert "删去一户，发过卡的用“住户迁出”；真是两户的，带理由搁置" in sentence
    before = check(workspace)
    edit = change_values(workspace.definitions, [first], {"moved_out_on": "2026-01-01"})
    workspace.apply(edit)
    again = check_near(workspace, touched_by(edit.deltas, workspace.definitions))
    assert [one for one in merged(before, again) if one.rule == "household_twice"] == []
    assert found(workspace, "household_twice") == []
    assert second.text("moved_out_on") == ""


def test_one_number_of_two_in_a_cell_is_enough(workspace, put):
    put("household", shapely.Point(E, N), id="SL-H-0001", head="严示例", phone="13900000001、139 0000 0002")
    put("household", shapely.Point(E + 500, N), id="SL-H-0002", head="严示例", phone="+86 139 0000 0002")
    (sentence,) = found(workspace, "household_twice")
    assert "住户 SL-H-0002 和住户 SL-H-0001" in sentence


def test_an_edit_that_makes_it_twice_is_seen_at_once(workspace, put):
    put("household", shapely.Point(E, N), id="SL-H-0001", head="严示例", phone="139 0000 0001")
    second = put("household", shapely.Point(E + 5000, N), id="SL-H-0002", head="严示例")
    edit: Edit = change_values(workspace.definitions, [second], {"phone": "139 0000 0001"})
    workspace.apply(edit)
    again = check_near(workspace, touched_by(edit.deltas, workspace.definitions))
    assert [one.rule for one in again.findings if one.rule == "household_twice"] == ["household_twice"]


def test_a_copy_at_the_same_place_is_told_once(workspace, put):
    for number in (1, 2):
        put("household", shapely.Point(E, N), id=f"SL-H-000{number}", head="严示例", phone="139 0000 0001")
    told = [one.rule for one in check(workspace) if one.rule in ("household_twice", "duplicate_features")]
    assert told == ["duplicate_features"]
