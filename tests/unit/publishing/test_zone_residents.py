"""One count of 户 and 人 for every paper: script, work card, plan table, sign, list; the typed number beside it."""

from datetime import date

import pytest
from notice_village import E, N, add, build, change, only
from shapely import Point

from geohazard_desktop.analysis.zone_residents import residents_of
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.papers.drill_script import DrillMaker
from geohazard_desktop.publishing.papers.hazard_list import ListMaker
from geohazard_desktop.publishing.papers.plan_table import PlanMaker
from geohazard_desktop.publishing.papers.sign_board import SignMaker

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
    assert residents.words() == "2 户 5 人（其中 1 户在区外、走本区路线）"
    assert on_paper(village) == {"住户 4 户（登记住户 2 户 5 人）"}
    assert DrillMaker(village, TODAY).form(only(village, "danger_zone")).scope.startswith("登记住户 2 户 5 人")


def test_the_same_number_is_said_once(village):
    change(village, only(village, "hazard_point"), threatened_objects="住户2 户 5人、便道")
    assert on_paper(village) == {"住户2 户 5人、便道"}
    change(village, only(village, "hazard_point"), threatened_objects="住户", threatened_households=2,
           threatened_people=5)  # fmt: skip
    assert on_paper(village) == {"住户"}


def test_a_household_nobody_counted_is_told(village):
    change(village, two(village), people=None)
    assert on_paper(village) == {"住户 4 户（登记住户 2 户 2 人，1 户没填人数）"}


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
