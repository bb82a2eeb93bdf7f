"""A point's 威胁人数 and a zone's 需转移人数: both are told, with why where a register explains it."""

import pytest
from notice_village import E, N, add, build, change, only
from shapely import Point

from geohazard_desktop.analysis.point_and_zone import two_numbers, two_numbers_note
from geohazard_desktop.checks.run import check
from geohazard_desktop.publishing.papers.hazard_list import ListMaker
from geohazard_desktop.publishing.papers.plan_table import PlanMaker
from geohazard_desktop.publishing.yearly.annexes import point_tables
from geohazard_desktop.publishing.yearly.tables import PlanTables


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    change(ws, only(ws, "danger_zone"), must_move_people=157, potential_loss_wan=2815.0)
    change(ws, only(ws, "hazard_point"), name="北坡", threatened_people=158, threatened_property_wan=2825.0)
    return ws


def both(ws):
    return two_numbers(ws, only(ws, "hazard_point"), only(ws, "danger_zone"))


def found(ws):
    return [one.sentence for one in check(ws) if one.rule == "danger_zone_point_numbers"]


def test_where_point_and_zone_say_the_same_nothing_is_told(village):
    change(village, only(village, "hazard_point"), threatened_people=157, threatened_property_wan=2815.04)
    assert both(village) is None
    assert two_numbers_note([both(village)]) == ""
    assert found(village) == []
    change(village, only(village, "hazard_point"), threatened_people=None, threatened_property_wan=None)
    assert both(village) is None


def test_what_nothing_explains_is_told_on_the_papers_and_found_by_the_check(village):
    told = both(village)
    assert told is not None
    assert (told.of_point(), told.of_zone(), told.away) == ("158 人、2825 万元", "157 人、2815 万元", 0)
    points = [only(village, "hazard_point")]
    maker = ListMaker(village)
    note = maker.form(points, maker.rows(points)).note or ""
    assert "数不一样：北坡 158 人、2825 万元（危险区 157 人、2815 万元）。" in note
    harm = str(PlanMaker(village).form(points[0])[0].harm)
    assert harm.endswith(
        "（危险区填的需转移人数是 157 人）"
    )  # as on the work card and in the list; the check asks for more
    (sentence,) = found(village)
    assert "填的威胁是 158 人、2825 万元，危险区 " in sentence
    assert "登记的是 157 人、2815 万元。" in sentence
    assert "请核对后改成一样的" in sentence


def test_who_leaves_with_the_zone_from_outside_explains_it(village):
    zone = only(village, "danger_zone")
    add(village, "household", Point(E + 900, N + 900), id="SL-H-0040", head="吴示例", people=1, property_wan=10.0,
        danger_zone=zone.uid)  # fmt: skip
    told = both(village)
    assert told is not None
    assert told.away == 1
    assert two_numbers_note([told]).startswith("隐患点的威胁数含在区外、归本区撤离的住户，危险区登记的数不含：北坡 ")
    assert found(village) == []
    harm = str(PlanMaker(village).form(only(village, "hazard_point"))[0].harm)
    assert harm.endswith("（危险区登记 157 人、2815 万元，不含区外 1 户）")
    change(village, only(village, "hazard_point"), threatened_people=160)
    assert len(found(village)) == 1


def test_the_yearly_plan_says_both_below_the_tables_that_have_them(village):
    from datetime import date

    tables = PlanTables(village, public=True, today=date(2026, 5, 1))
    for one in (tables.zone_table(), point_tables(tables)[0]):
        assert "北坡 158 人、2825 万元（危险区 157 人、2815 万元）" in one.note


def test_a_note_is_no_table(village):
    told = [both(village)] * 20
    words = two_numbers_note(told)
    assert words.count("北坡") == 12
    assert words.endswith("；另有 8 处。")
