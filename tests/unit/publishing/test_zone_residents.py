"""One count of 户 and 人 for every paper: script, work card, plan table, sign, list; the typed number beside it."""

from datetime import date

import pytest
from notice_village import E, N, add, build, change, only
from shapely import Point

from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.zone_residents import residents_of
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.papers.drill_script import DrillMaker
from geohazard_desktop.publishing.papers.hazard_list import ListMaker
from geohazard_desktop.publishing.papers.plan_table import PlanMaker, grade_of_zone
from geohazard_desktop.publishing.papers.sign_board import SignMaker
from geohazard_desktop.publishing.papers.zone_facts import zone_facts

TODAY = date(2026, 11, 28)


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    route = only(ws, "evacuation_route")
    add(ws, "household", Point(E - 300, N + 100), id="SL-H-0018", people=3, evacuation_route=route.uid)
    return ws


def on_paper(ws):
    """威胁对象 as each of the office's papers prints it."""
    point = only(ws, "hazard_point")
    lists = ListMaker(ws, TODAY)
    row = lists.rows([point])[0]
    return {
        CardMaker(ws, TODAY).work_card(point).form.threatened_objects,
        PlanMaker(ws, TODAY).form(point)[0].harm,
        row[[one.key for one in lists.columns].index("threatened")],
    }


def test_every_paper_says_the_typed_number_and_the_registers(village):
    residents = residents_of(village, only(village, "danger_zone"))
    assert residents.words() == "2 户 5 人（其中 1 户在区外、归本区撤离）"
    assert on_paper(village) == {"住户 4 户（登记住户 2 户 5 人）"}
    assert DrillMaker(village, TODAY).form(only(village, "danger_zone")).scope.startswith("登记住户 2 户 5 人")


def test_the_same_number_is_said_once(village):
    change(village, only(village, "hazard_point"), threatened_objects="住户2 户 5人、便道")
    assert on_paper(village) == {"住户2 户 5人、便道（填报 4 户 12 人）"}
    change(village, only(village, "hazard_point"), threatened_households=2, threatened_people=40)
    change(village, only(village, "danger_zone"), must_move_people=None)
    assert on_paper(village) == {"住户2 户 5人、便道"}  # the others are those on the 便道
    change(village, only(village, "hazard_point"), threatened_objects="住户", threatened_households=2,
           threatened_people=5)  # fmt: skip
    assert on_paper(village) == {"住户"}


def test_a_household_nobody_counted_is_told(village):
    change(village, two(village), people=None)
    assert on_paper(village) == {"住户 4 户（登记住户 2 户 2 人，1 户没填人数）"}


def test_who_moved_away_leaves_the_count_and_the_papers_say_what_is_typed(village):
    zone = only(village, "danger_zone")
    change(village, zone, must_move_people=5)
    need = must_move(village, only(village, "danger_zone"))
    assert (need.words(), need.doubt("东坡")) == ("5 人", "")
    change(village, two(village), moved_out_on="2026-11-01")
    change(village, only(village, "hazard_point"), threatened_objects=None, threatened_households=2,
           threatened_people=5)  # fmt: skip
    need = must_move(village, only(village, "danger_zone"))
    assert need.words() == "5 人（登记住户 2 人）"
    # The one who walked a route of the zone from outside was never of the zone: nobody says who has gone.
    assert need.doubt("东坡") == "东坡填的需转移人数是 5 人，登记住户 2 人。请核对后改成一个数。"
    assert on_paper(village) == {"住户 1 户 2 人（填报 2 户 5 人）"}
    change(village, two(village), danger_zone=zone.uid)
    assert "，另有 1 户 3 人已迁出。" in must_move(village, only(village, "danger_zone")).doubt("东坡")


def test_a_number_too_small_gives_way_to_the_count(village):
    change(village, only(village, "danger_zone"), must_move_people=1)
    need = must_move(village, only(village, "danger_zone"))
    assert (need.number, need.words()) == (5, "5 人（按登记住户，填的是 1 人）")
    change(village, only(village, "hazard_point"), threatened_objects=None)
    sign = SignMaker(village, TODAY).of_sign(only(village, "warning_sign"))
    assert sign.form.threat == "需转移 5 人"
    assert "登记的是住户 2 户 5 人" in sign.note


def test_the_grade_rests_on_the_number_that_stands_beside_it(village):
    """A sheet that says 需转移 121 人 must not call the 险情 small because a form of last year says 90."""
    zone, house = only(village, "danger_zone"), next(iter(village.table("household")))
    change(village, zone, must_move_people=90, potential_loss_wan=10.0)
    zone = only(village, "danger_zone")
    assert (zone_facts(village, zone).danger_grade, grade_of_zone(village, zone)) == ("小型（Ⅳ级）", "小型")
    change(village, house, people=118)
    facts = zone_facts(village, zone)
    assert facts.must_move.startswith("12")
    assert (facts.danger_grade, grade_of_zone(village, zone)) == ("中型（Ⅲ级）", "中型")


def test_without_a_typed_number_the_count_stands_with_its_source(village):
    change(village, only(village, "danger_zone"), must_move_people=None)
    assert must_move(village, only(village, "danger_zone")).words() == "5 人（按登记住户）"
    for house in village.table("household"):
        change(village, house, moved_out_on="2026-11-01")
    assert must_move(village, only(village, "danger_zone")).words() is None


def test_workers_of_a_plant_in_the_zone_are_part_of_the_number(village):
    add(village, "facility", Point(E + 20, N + 20), name="示例厂", people=10)
    need = must_move(village, only(village, "danger_zone"))
    assert need.words() == "15 人（含区外 3 人，填的是 12 人）"
    # Two inside and ten of the plant are typed; three from outside leave with them.
    assert (need.number, need.doubt("东坡")) == (15, "")
    change(village, only(village, "danger_zone"), must_move_people=30)
    assert must_move(village, only(village, "danger_zone")).words() == "30 人（登记住户和设施 15 人）"


def test_who_stands_outside_is_told_apart(village):
    residents = residents_of(village, only(village, "danger_zone"))
    assert residents.inside_words() == "1 户 2 人，另有 1 户 3 人在区外、归本区撤离"
    route, zone = only(village, "evacuation_route"), only(village, "danger_zone")
    change(village, two(village), danger_zone=zone.uid)  # the form says that it belongs here; it stands outside still
    residents = residents_of(village, zone)
    assert residents.inside_words() == "1 户 2 人，另有 1 户 3 人在区外、归本区撤离"
    for house in list(village.table("household")):
        if house.uid != two(village).uid:
            change(village, house, moved_out_on="2026-11-01")
    assert residents_of(village, zone).inside_words() == "没有，另有 1 户 3 人在区外、归本区撤离"
    assert route.uid


def test_point_and_zone_say_when_they_differ(village):
    change(village, only(village, "hazard_point"), threatened_objects="住户、便道", threatened_people=30)
    assert {one.rpartition("（")[2] for one in on_paper(village)} == {"危险区填的需转移人数是 12 人）"}


def two(ws):
    return next(one for one in ws.table("household") if one.text("id") == "SL-H-0018")


def test_a_sign_says_one_number_and_the_office_hears_of_the_other(village):
    def made():
        return SignMaker(village, TODAY).of_sign(only(village, "warning_sign"))

    assert made().form.threat == "住户 4 户"
    assert "登记的是住户 2 户 5 人" in made().note
    point = only(village, "hazard_point")
    change(village, point, threatened_objects=None)
    change(village, two(village), people=None)
    assert made().form.threat == "需转移 12 人"
    assert "1 户没填人数" in made().note
    change(village, only(village, "danger_zone"), must_move_people=None)
    assert made().form.threat == "住户 2 户"
    assert made().note == ""
    assert residents_of(village, None).households == ()
