"""A repair takes its fault away, makes no new one, says its price, and undo brings the fault back."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_with_faults import FIXES, MENDABLE
from shapely import LineString, Point, box
from test_rules import TODAY, E, N, office  # noqa: F401

from geohazard_desktop.checks.repair import label_of, repair_all, repair_of, repairs
from geohazard_desktop.checks.run import RULES, check
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits import geometry_fault
from geohazard_desktop.workspace.feature import Edit, Feature, deleted, inserted, new_uid


def _told(ws):
    return {(one.key, one.sentence) for one in check(ws, today=TODAY)}


@pytest.mark.parametrize("rule", MENDABLE)
def test_a_repair_takes_its_fault_away_and_makes_no_other(office, rule):  # noqa: F811
    sound = {key for key, _sentence in _told(office.ws)}
    MENDABLE[rule](office)
    before = _told(office.ws)
    (finding,) = [one for one in office.found(rule) if one.fix]
    assert finding.fix == FIXES[rule]
    made = repair_of(office.ws, finding)
    assert made.label == label_of(finding.fix)
    assert made.price
    assert not re.search(r"[a-zA-Z]{3,}", made.price.replace("SL-", ""))
    office.ws.apply(made.edit)
    after = check(office.ws, today=TODAY)
    assert finding.key not in {one.key for one in after}
    assert {one.key for one in after} <= {key for key, _sentence in before} | sound
    for delta in made.edit.deltas:
        if delta.after is not None and delta.after.geometry is not None:
            kind = office.ws.definition(delta.layer).geometry
            assert geometry_fault(kind, office.ws.feature(delta.layer, delta.uid).geometry) is None
    office.ws.undo()
    assert _told(office.ws) == before


def test_every_repair_has_a_fault_here():
    assert set(FIXES) == set(MENDABLE)
    assert {*FIXES.values(), "end_copy"} == set(repairs())


def test_a_household_twice_whose_paper_hangs_moves_out_and_the_one_with_the_paper_stays(office):  # noqa: F811
    house = office.made["household"]
    office.put("household", house.geometry, **{**house.values, "id": "SL-H-0002"})
    copy = office.made["household"]
    office.put("card_issue", card_no="SL-H-0002", kind="防灾避险明白卡", step="发放", household=copy.uid)
    (finding,) = office.found("duplicate_features")
    assert finding.fix == "end_copy"
    made = repair_of(office.ws, finding)
    assert (made.label, made.price) == ("重复的一户迁出", f"{house.text('id')}：与 SL-H-0002 重复")
    office.ws.apply(made.edit)
    assert office.ws.feature("household", house.uid).text("moved_out_reason") == "与 SL-H-0002 重复"
    assert office.ws.feature("household", copy.uid).text("moved_out_on") == ""
    assert office.found("duplicate_features") == []
    assert office.ws.count("household") == 2, "nothing is deleted"


def test_many_of_one_kind_are_one_step(office):  # noqa: F811
    for _number in range(3):
        office.put("shelter", Point(E + 800 + 10 * _number, N), capacity=5, id="SL-A-0001")
    found = office.found("duplicate_id")
    batch = repair_all(office.ws, found)
    assert (batch.count, batch.left) == (3, ())
    office.ws.apply(batch.edit)
    assert office.found("duplicate_id") == []
    numbers = [one.text("id") for one in office.ws.table("shelter")]
    assert len(set(numbers)) == len(numbers) == 4
    office.ws.undo()
    assert len(office.found("duplicate_id")) == 3


def test_a_straight_leg_through_another_zone_is_no_repair(office):  # noqa: F811
    MENDABLE["route_shelter"](office)
    office.put("danger_zone", box(E + 650, N + 405, E + 660, N + 415), hazard_type="崩塌", must_move_people=0)
    (finding,) = office.found("route_shelter")
    with pytest.raises(EditRefused, match="会穿过危险区"):
        repair_of(office.ws, finding)


def test_a_straight_leg_into_a_wide_river_before_its_middle_is_no_repair(office):  # noqa: F811
    MENDABLE["route_shelter"](office)  # the route ends 80 m before its shelter
    office.put("river", LineString([(E + 740, N - 500), (E + 740, N + 1200)]), name="红沟", width_m=2.0)
    (finding,) = office.found("route_shelter")
    assert repair_of(office.ws, finding).price == "+82.4 米"
    office.change("river", width_m=100.0)
    with pytest.raises(EditRefused, match="直线接上会进入河道中心线 红沟"):
        repair_of(office.ws, finding)


def test_a_copy_that_something_refers_to_stays(office):  # noqa: F811
    MENDABLE["duplicate_features"](office)
    copy = office.made["shelter"]
    office.put("household", Point(E + 900, N), head="钱示例", people=1)
    office.change("evacuation_route", shelter=copy.uid)
    (finding,) = office.found("duplicate_features")
    with pytest.raises(EditRefused, match="还被撤离路线引用"):
        repair_of(office.ws, finding)


def test_a_feature_that_has_gone_is_not_mended(office):  # noqa: F811
    MENDABLE["sliver"](office)
    (finding,) = office.found("sliver")
    office.ws.apply(Edit("删", [deleted(office.ws.feature("key_area", finding.uid))]))
    with pytest.raises(EditRefused, match="已经不在了"):
        repair_of(office.ws, finding)


def test_the_price_of_a_longer_route_is_in_metres(office):  # noqa: F811
    MENDABLE["route_shelter"](office)
    (finding,) = office.found("route_shelter")
    assert repair_of(office.ws, finding).price == "+82.4 米"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=4, max_size=8, unique=True))
def test_whatever_crosses_itself_is_sound_after_mending(office, corners):  # noqa: F811
    from shapely import Polygon

    shape = Polygon([(E + 900 + east, N - 900 + north) for east, north in corners])
    uid = new_uid()
    made = Feature("key_area", uid, shape, {"name": "乱画"})
    office.ws.apply(Edit("添加", [inserted(made)]))
    for one in [one for one in office.found("geometry") if one.uid == uid and one.fix]:
        office.ws.apply(repair_of(office.ws, one).edit)
        assert [left for left in office.found("geometry") if left.uid == uid] == []
    office.ws.apply(Edit("删", [deleted(office.ws.feature("key_area", uid))]))


def test_every_rule_is_called_something():
    titles = [rule.TITLE for rule in RULES]
    assert len(set(titles)) == len(titles)
    assert all(re.fullmatch(r"[\u4e00-\u9fff、]{3,16}", title) for title in titles)


def test_two_loose_ends_that_meet_are_one_repair(office):  # noqa: F811
    office.put("road", LineString([(E, N - 500), (E + 100, N - 500)]), name="一路")
    office.put("road", LineString([(E + 101, N - 500), (E + 200, N - 500)]), name="二路")
    found = office.found("dangle")
    batch = repair_all(office.ws, found)
    assert (len(found), batch.count, batch.left) == (2, 1, ())
    office.ws.apply(batch.edit)
    assert office.found("dangle") == []
