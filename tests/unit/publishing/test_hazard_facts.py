"""The office's own sheet of a hazard point says what the register holds of it and who watches; no other sheet does."""

import pytest
from notice_village import E, N, add, build, change, flat, only, pages_of, personal_in
from shapely import Point, box

from geohazard_desktop.publishing.papers.hazard_facts import point_facts
from geohazard_desktop.publishing.papers.plan_table import PlanMaker
from geohazard_desktop.publishing.sheets.products import publish_sheets
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    add(ws, "district", box(E - 3000, N - 3000, E + 3000, N + 3000), name="示例区")
    change(ws, only(ws, "danger_zone"), potential_loss_wan=269)
    change(ws, point_of(ws), stability="欠稳定", trend="缓慢发展", monitoring_methods="定期巡视",
           threatened_property_wan=277, monitoring_cycle="汛期每天 1 次", status="在册")  # fmt: skip
    return ws


def point_of(ws):
    return next(one for one in ws.table("hazard_point") if one.text("id") == "SL-D-0001")


def facts_of(ws):
    facts, notes = point_facts(ws, point_of(ws).uid)
    assert facts is not None
    return facts, notes


def test_the_facts_of_a_point(village):
    facts, notes = facts_of(village)
    assert (facts.unified_code, facts.state, facts.hazard_type) == ("990101040001", "在册", "地面塌陷")
    assert (facts.scale, facts.danger_grade) == ("小型（面积 4.00 公顷）", "小型（Ⅳ级）")
    assert (facts.stability, facts.threat, facts.causes) == ("欠稳定，缓慢发展", "4 户 12 人、277 万元", "采矿、降雨")
    assert (facts.lead, facts.lead_phone, facts.monitor, facts.monitor_phone) == (
        "孙示例", "139 0000 0004", "李示例", "139 0000 0001")  # fmt: skip
    assert (facts.methods, facts.cycle) == ("定期巡视", "汛期每天 1 次")
    assert notes == []


def test_what_is_threatened_is_said_as_the_plan_table_says_it(village):
    """With the zone's other number and why, where the register knows why."""
    add(village, "household", Point(E + 900, N + 900), id="SL-H-0040", head="吴示例", people=1, property_wan=8.0,
        evacuation_route=only(village, "evacuation_route").uid)  # fmt: skip
    change(village, point_of(village), threatened_people=13)
    facts, _notes = facts_of(village)
    assert facts.objects == PlanMaker(village).form(point_of(village))[0].harm
    assert "危险区登记 12 人、269 万元，不含区外 1 户" in str(facts.objects)


def test_what_lacks_is_a_line_and_told_and_our_own_number_is_no_unified_code(village):
    change(village, point_of(village), unified_code=None, monitoring_phone=None, threatened_households=None,
           threatened_people=12, danger_zone=None)  # fmt: skip
    change(village, only(village, "danger_zone"), hazard_point=None, hazard_type="泥石流")  # of no point any more
    facts, notes = facts_of(village)
    assert facts.unified_code == ""
    assert facts.threat == "＿＿＿＿＿＿ 户 12 人、277 万元"
    assert facts.danger_grade is None, "graded are the numbers of a zone, and it has none"
    assert notes == [
        "没有登记统一编号、威胁、监测负责人电话，图上留了横线手写。",
        "没有属于它的危险区，险情等级没有判定（按危险区的需转移人数和潜在损失判），图上留了横线手写。",
    ], "a grade is judged, nobody registers it"
    change(village, point_of(village), threatened_people=None, threatened_property_wan=None)
    assert facts_of(village)[0].threat is None


def test_numbers_taken_from_the_zone_are_told_with_whose_they_are(village):
    change(village, point_of(village), threatened_property_wan=None, signs=None, address=None)
    facts, notes = facts_of(village)
    assert facts.threat == "4 户 12 人、269 万元"
    assert notes == ["隐患点 990101040001 自己没有填的，印的是：威胁财产取危险区的潜在损失。"]


def test_a_point_taken_off_the_list_says_when_and_why(village):
    change(village, point_of(village), status="销号", closed_on="2025-10-20", closed_reason="险情已消除")
    assert facts_of(village)[0].state == "销号（2025-10-20，险情已消除）"
    change(village, point_of(village), closed_on=None, closed_reason=None)
    assert facts_of(village)[0].state == "销号"


@pytest.mark.parametrize(("paper", "count"), [("A3", 1), ("A4", 1), ("A4L", 1), ("A1", 1), ("slide", 2)])
def test_they_are_read_in_order_on_every_paper(village, tmp_path, paper, count):
    reason = "削坡、挡墙和截排水工程完工，专家核查险情已消除"
    change(village, point_of(village), status="销号", closed_on="2025-10-20", closed_reason=reason)
    (pdf,) = publish_sheets(village, tmp_path, layer="hazard_point", paper=paper).files
    pages = [flat(one) for one in pages_of(pdf)]
    assert len(pages) == count
    said = "".join(pages)
    wanted = ("隐患点情况", "统一编号990101040001", "险情等级小型", "威胁4户12人、277万元",
              "监测负责人孙示例电话13900000004", "监测人李示例电话13900000001", f"状态销号（2025-10-20，{reason}）",
              "监测方法定期巡视")  # fmt: skip
    places = [said.find(one) for one in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_no_public_sheet_and_no_sheet_of_anything_else_has_them(village, tmp_path):
    spec = SheetSpec(profile="public", layer="hazard_point", uid=point_of(village).uid)
    zone = SheetSpec(layer="danger_zone", uid=only(village, "danger_zone").uid)
    for other in (
        WarningSheet(village, spec),
        WarningSheet(village, zone),
        WarningSheet(village, SheetSpec()),
    ):
        assert other.form.point is None
    made = publish_sheets(village, tmp_path / "公开", layer="hazard_point", profile="public")
    assert made.files
    assert personal_in(tmp_path / "公开") == []
    for pdf in made.files:
        assert "隐患点情况" not in flat("".join(pages_of(pdf)))
