"""Papers about one hazard point agree: what its fields leave empty comes from zone, place and office, and is told."""

from datetime import date

import pytest
from notice_village import E, N, add, build, change, flat, only, pages_of
from shapely import Point

from geohazard_desktop.checks.run import check
from geohazard_desktop.editing.automatic import automatic_values
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.issues.paper_standings import paper_standings
from geohazard_desktop.publishing.papers.hazard_facts import point_facts
from geohazard_desktop.publishing.papers.hazard_list import COLUMNS, ListMaker, list_data, publish_hazard_list
from geohazard_desktop.publishing.papers.plan_table import PlanMaker, publish_plan_tables
from geohazard_desktop.publishing.papers.zone_facts import zone_facts
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.yearly.tables import PlanTables

TODAY = date(2026, 11, 28)


@pytest.fixture
def village(workspace):
    """The village with a point of which nothing but kind, cause and size was typed, and no link to its zone."""
    ws = build(workspace)
    change(ws, only(ws, "hazard_point"), danger_zone=None, threatened_people=None, threatened_households=None,
           threatened_objects=None, unified_code=None, area_m2=None)  # fmt: skip
    change(ws, only(ws, "danger_zone"), hazard_point=None, potential_loss_wan=600.0)
    change(ws, only(ws, "household"), subdistrict="示例街道", people=2)
    return ws


def row_of(ws):
    lists = ListMaker(ws, TODAY)
    return dict(zip([one.key for one in COLUMNS], lists.rows([only(ws, "hazard_point")])[0], strict=True))


def test_work_card_table_list_and_yearly_plan_say_the_same(village):
    point = only(village, "hazard_point")
    card = CardMaker(village, TODAY).work_card(point).form
    table, _drawn = PlanMaker(village, TODAY).form(point)
    row = row_of(village)
    assert card.threatened_objects == table.harm == row["threatened"] == "住户 1 户 2 人"
    assert (table.people, table.property_wan) == ("2", "600")
    assert (row["households"], row["people"], row["property"]) == (1, 2, 600)
    assert table.grade == row["grade"] == "中型"
    assert card.subdistrict == "示例街道"
    assert card.duty_phone == card.issue.duty_phone == "0000-0000000"
    assert "示例广场" in str(card.shelter)
    assert "示例广场" in str(table.shelter)
    streets = PlanTables(village, public=False, today=TODAY).street_table()
    assert "示例街道" in str(streets.rows[0])
    assert "没登记" not in streets.note


def test_no_paper_rounds_what_was_registered(village):
    """Six digits are not all: one paper said 12345.7, another 12345.67."""
    change(village, only(village, "danger_zone"), potential_loss_wan=12345.67)
    point = only(village, "hazard_point")
    change(village, point, threatened_property_wan=12345.67)
    lists = ListMaker(village, TODAY)
    rows = lists.rows([only(village, "hazard_point")])
    printed = list_data(form := lists.form([point], rows), lists.columns, rows)["rows"]
    facts, _notes = point_facts(village, point.uid)
    for said in (
        PlanMaker(village, TODAY).form(only(village, "hazard_point"))[0].property_wan,
        str(printed),
        form.totals,
        facts.threat,
        zone_facts(village, only(village, "danger_zone")).potential_loss,
        str(PlanTables(village, public=False, today=TODAY).street_table().rows),
    ):
        assert "12345.67" in str(said)


def test_a_number_that_differs_in_its_last_digits_is_told_with_them(village, tmp_path):
    table, point = PRODUCTS["plan_table"], only(village, "hazard_point")
    change(village, point, threatened_property_wan=12345.67)
    table.publish(village, tmp_path, {})
    change(village, only(village, "hazard_point"), threatened_property_wan=12345.71)
    (standing,) = paper_standings(village, table)
    assert standing.changes == ("威胁财产：12345.67 改成 12345.71",)


def test_our_own_number_is_no_unified_code(village):
    row, (table, _drawn) = row_of(village), PlanMaker(village, TODAY).form(only(village, "hazard_point"))
    assert not row["code"]
    assert not table.unified_code
    assert row["remark"] == "本单位编号 SL-D-0001"
    change(village, only(village, "hazard_point"), unified_code="990101040001")
    assert row_of(village)["code"] == "990101040001"
    assert "SL-D-0001" not in str(row_of(village)["remark"])


def test_a_typed_value_wins_and_the_report_says_whose_the_others_are(village, tmp_path):
    point = only(village, "hazard_point")
    change(village, point, threatened_objects="便道", subdistrict="别处街道")
    card = CardMaker(village, TODAY).work_card(only(village, "hazard_point")).form
    assert card.subdistrict == "别处街道"
    assert card.threatened_objects == "便道（登记住户 1 户 2 人）"
    for report in (
        publish_cards(village, tmp_path / "a", kind="work"),
        publish_plan_tables(village, tmp_path / "b"),
        publish_hazard_list(village, tmp_path / "c", form="xlsx"),
    ):
        (told,) = [one for one in report.notes if one.startswith("隐患点 SL-D-0001 自己没有填的，印的是：")]
        assert "威胁财产取危险区的潜在损失" in told
        assert "街道" not in told
        assert "威胁对象" not in told
    stored = only(village, "hazard_point")
    assert stored["threatened_property_wan"] is None
    assert stored["danger_zone"] is None


def test_who_was_not_counted_makes_no_sum(village):
    change(village, only(village, "household"), people=None)
    table, _drawn = PlanMaker(village, TODAY).form(only(village, "hazard_point"))
    assert table.people == "12"  # what the zone says, by which the grade beside it is judged too
    change(village, only(village, "danger_zone"), must_move_people=None)
    table, _drawn = PlanMaker(village, TODAY).form(only(village, "hazard_point"))
    assert (table.people, table.grade) == (None, None)
    assert {"威胁人口", "险情等级"} <= set(table.empty_labels())


def test_the_household_card_knows_cause_and_size_by_the_only_point_in_its_zone(village, tmp_path):
    change(village, only(village, "hazard_point"), area_m2=40000.0)
    report = publish_cards(village, tmp_path, kind="household")
    (page, *_more) = map(flat, pages_of(report.files[0]))
    assert "采矿、降雨" in page
    assert "小型（面积4.00公顷）" in page
    assert any("没有关联隐患点" in one and "SL-D-0001 东坡塌陷 的" in one for one in report.notes)
    change(village, only(village, "hazard_point"), danger_zone=only(village, "danger_zone").uid)
    report = publish_cards(village, tmp_path, kind="household")
    assert not [one for one in report.notes if "没有关联隐患点" in one], "an officer said so, on the point"
    assert "danger_zone_hazard_point" not in {one.rule for one in check(village)}
    change(village, only(village, "hazard_point"), danger_zone=None)
    assert "danger_zone_hazard_point" in {one.rule for one in check(village)}
    add(village, "hazard_point", Point(E + 20, N + 20), id="SL-D-0002", name="北坑", hazard_type="地面塌陷")
    form = CardMaker(village, TODAY).household_card(only(village, "household")).form
    assert not form.causes
    assert not form.hazard_scale
    report = publish_cards(village, tmp_path, kind="household")
    assert any("不知道是哪一个" in one and "SL-D-0002 北坑" in one for one in report.notes)


def test_the_forms_show_the_same_values_beside_the_fields(village):
    zone, point = only(village, "danger_zone"), only(village, "hazard_point")
    assert automatic_values(village, zone)["hazard_point"].value == point.uid
    known = automatic_values(village, point)
    assert known["danger_zone"].value == zone.uid
    assert known["threatened_people"].value == 2
    assert known["threatened_property_wan"].value == 600.0
    assert known["duty_phone"].value == "0000-0000000"
    assert known["shelter"].value == only(village, "shelter").uid
    assert known["address"].value == "示例卫生室西侧约 220 米"
