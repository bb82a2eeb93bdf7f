"""A household counts until it moves away, a shelter until it closes, and every count asks the same place."""

from datetime import date, timedelta

import pytest
from shapely import LineString, Point, box

from geohazard_desktop.analysis.counted_today import (
    closed_shelters,
    counted_table,
    counts_today,
    residence_count,
    residents_in,
    shelters_in_use,
)
from geohazard_desktop.analysis.evacuation import HouseholdWay, NoWay, WayFinder
from geohazard_desktop.analysis.exposure import exposure
from geohazard_desktop.analysis.shelter_users import users_of
from geohazard_desktop.analysis.street_meeting import street_pages
from geohazard_desktop.analysis.ways_in_force import ways_over
from geohazard_desktop.analysis.zone_residents import residents_of
from geohazard_desktop.checks.run import check
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.edits.endings import end, resume

E, N = 36_400_000.0, 4_370_000.0
TODAY = date.today()


@pytest.fixture
def village(workspace):
    """Two routes of one zone to two shelters; the one to 广场 is walked by two households, the other by one."""
    uids = {}

    def add(key, layer, geometry=None, **values):
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        uids[key] = edit.deltas[0].uid
        return uids[key]

    add("district", "district", box(E - 2000, N - 2000, E + 2000, N + 2000), name="示例区")
    zone = add("zone", "danger_zone", box(E, N, E + 200, N + 200), id="SL-W-0001", name="东坡", hazard_type="崩塌")
    square = add("square", "shelter", Point(E + 600, N + 100), id="SL-A-0001", name="广场", capacity=100)
    school = add("school", "shelter", Point(E - 500, N + 100), id="SL-A-0002", name="小学", capacity=100)
    add("east", "evacuation_route", LineString([(E + 100, N + 100), (E + 600, N + 100)]), id="SL-L-0001", number="1",
        danger_zone=zone, shelter=square)  # fmt: skip
    add("west", "evacuation_route", LineString([(E + 100, N + 100), (E - 500, N + 100)]), id="SL-L-0002", number="2",
        danger_zone=zone, shelter=school)  # fmt: skip
    for number, route in ((1, "east"), (2, "east"), (3, "west")):
        add(f"home{number}", "household", Point(E + 90 + number, N + 60), id=f"SL-H-000{number}", head="赵示例",
            people=number, evacuation_route=uids[route])  # fmt: skip
    return workspace, uids


def ended(ws, layer, uid, day=TODAY, reason="搬走"):
    ws.apply(end(ws.definitions, [ws.feature(layer, uid)], day, reason))


def test_a_day_ahead_changes_nothing_before_it_has_come(village):
    ws, uids = village
    ended(ws, "household", uids["home1"], TODAY + timedelta(days=3))
    assert residence_count(ws) == len(residents_in(ws)) == 3
    assert not counts_today(ws.feature("household", uids["home1"]), TODAY + timedelta(days=3))
    assert len(residents_in(ws, TODAY + timedelta(days=3))) == residence_count(ws, TODAY + timedelta(days=3)) == 2


def test_a_day_that_is_none_ends_nothing(village):
    ws, uids = village
    for text in ("", None, "搬走了", "2026-13-40"):
        assert counts_today(ws.feature("household", uids["home1"]).with_values(moved_out_on=text))


def test_who_moved_away_is_in_no_count_and_comes_back(village):
    ws, uids = village
    zone = ws.feature("danger_zone", uids["zone"])
    assert (len(residents_of(ws, zone).households), residents_of(ws, zone).people) == (3, 6)
    ended(ws, "household", uids["home3"])
    assert (len(residents_of(ws, zone).households), residents_of(ws, zone).people) == (2, 3)
    assert exposure(ws, zone.geometry).people == 3
    assert [one.text("id") for one in counted_table(ws.table("household"))] == ["SL-H-0001", "SL-H-0002"]
    assert ws.history()[0].words == "住户 SL-H-0003 迁出（" + TODAY.isoformat() + "）"
    ws.undo()
    assert exposure(ws, zone.geometry).people == 6
    ws.redo()
    ws.apply(resume(ws.definitions, [ws.feature("household", uids["home3"])]))
    assert ws.feature("household", uids["home3"]).text("moved_out_reason") == ""
    assert exposure(ws, zone.geometry).people == 6


def test_a_shelter_that_is_full_only_with_who_moved_away_is_not_full(village):
    ws, uids = village
    shelter = ws.feature("shelter", uids["square"])
    from geohazard_desktop.workspace.edits import change_values

    ws.apply(change_values(ws.definitions, [shelter], {"capacity": 2}))
    full = lambda: [one for one in check(ws) if one.rule == "shelter_capacity"]  # noqa: E731
    assert len(full()) == 1
    ended(ws, "household", uids["home2"])
    assert full() == []


def test_nobody_is_sent_to_a_closed_shelter(village):
    ws, uids = village
    home = ws.feature("household", uids["home1"])
    assert isinstance(WayFinder(ws).way(home), HouseholdWay)
    ended(ws, "shelter", uids["square"], reason="改作工地")
    assert ways_over(ws) == {uids["square"], uids["east"]}
    assert set(closed_shelters(ws)) == {uids["square"]}
    assert [one.uid for one in shelters_in_use(ws)] == [uids["school"]]
    way = WayFinder(ws).way(home)
    assert isinstance(way, NoWay)
    assert way.sentence == "住户 SL-H-0001 指定的路线 1 通往的避险安置点广场已经停用。"
    assert "另选一条" in way.remedy
    assert isinstance(WayFinder(ws).way(ws.feature("household", uids["home3"])), HouseholdWay)
    page = street_pages(ws)[0]
    assert ([one.number for one in page.routes], [one.name for one in page.shelters]) == (["2"], ["小学"])
    ws.undo()
    assert ways_over(ws) == frozenset()


def test_a_route_that_names_no_shelter_is_told_by_its_end(village):
    ws, uids = village
    from geohazard_desktop.workspace.edits import change_values

    ws.apply(change_values(ws.definitions, [ws.feature("evacuation_route", uids["east"])], {"shelter": None}))
    ended(ws, "shelter", uids["square"])
    assert uids["east"] in ways_over(ws)
    assert isinstance(WayFinder(ws).way(ws.feature("household", uids["home1"])), NoWay)


def test_the_check_counts_the_households_whose_cards_name_a_closed_shelter(village):
    ws, uids = village
    issue = {"card_no": "SL-H-0001", "kind": "防灾避险明白卡", "step": "发放", "household": uids["home1"]}
    ws.apply(create_feature(ws.definitions, "card_issue", None, issue))
    ended(ws, "shelter", uids["square"])
    (found,) = [one for one in check(ws) if one.rule == "shelter_closed"]
    assert found.severity == "error"
    assert "撤离路线 SL-L-0001 通往的避险安置点 广场 SL-A-0001 已停用，2 户的卡叫人往那里走，其中 1 户已经发了卡" in (
        found.sentence
    )
    (users,) = users_of(ws, closed_shelters(ws)).values()
    assert users.words() == "路线 1 通往这里，走这些路线的有 2 户，其中 1 户已经发了卡"
    ended(ws, "household", uids["home1"])
    (found,) = [one for one in check(ws) if one.rule == "shelter_closed"]
    assert "1 户的卡叫人往那里走。" in found.sentence
