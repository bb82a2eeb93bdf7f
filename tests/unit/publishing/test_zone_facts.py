"""The office's own sheet of a zone says who lives there, who has to move, how grave it is and who watches; no other."""

import re

import pytest
from notice_village import E, N, add, build, change, flat, pages_of, personal_in
from shapely import LineString, Point, box

from geohazard_desktop.analysis.zone_residents import residents_of
from geohazard_desktop.publishing.papers.zone_facts import zone_facts
from geohazard_desktop.publishing.sheets.house_numbers import numbered_homes
from geohazard_desktop.publishing.sheets.products import publish_sheets
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    add(ws, "district", box(E - 3000, N - 3000, E + 3000, N + 3000), name="示例区")
    other = add(ws, "danger_zone", box(E, N + 300, E + 90, N + 390), name="西沟", id="SL-W-0002")
    add(ws, "household", Point(E + 50, N + 50), id="SL-H-0020", head="钱示例", danger_zone=other.uid)
    add(ws, "household", Point(E + 90, N + 90), id="SL-H-0021", head="吴示例")  # by its place, nobody counted
    add(ws, "household", Point(E + 900, N + 900), id="SL-H-0022", head="郑示例")
    change(ws, zone_of(ws), potential_loss_wan=269)
    return ws


def zone_of(ws):
    return next(one for one in ws.table("danger_zone") if one.text("id") == "SL-W-0001")


def sheet(ws, profile="internal"):
    zone = zone_of(ws)
    return WarningSheet(ws, SheetSpec(profile=profile, layer="danger_zone", uid=zone.uid))


def test_the_facts_of_a_zone(village):
    facts = sheet(village).form.facts
    assert (facts.hazard_type, facts.state) == ("地面塌陷", "拟划")
    assert (facts.households, facts.must_move) == ("2 户 2 人（1 户没填人数）", "12 人（登记住户 2 人，1 户没填人数）")
    assert (facts.danger_grade, facts.potential_loss) == ("小型（Ⅳ级）", "269 万元")
    assert (facts.patrol_person, facts.patrol_phone) == ("赵示例", "139 0000 0002")
    assert (facts.monitor, facts.monitor_phone, facts.disaster_grade) == ("李示例", "139 0000 0001", None)


def table_of(path) -> str:
    """What the table of routes says, from its title to the walking speeds."""
    return flat(pages_of(path)[0]).partition("撤离路线与安置点")[2].partition("步行速度")[0]


def test_the_table_of_routes_says_where_each_begins(village, tmp_path):
    """The zone's name in every row told nobody which way is his."""
    add(village, "subdistrict", box(E - 2000, N - 2000, E + 2000, N + 2000), name="示例街道", code="990101001")
    zone = zone_of(village)
    (path,) = publish_sheets(village, tmp_path, layer="danger_zone", uids=[zone.uid]).files
    assert "路线从（起点）到（安置点）" in table_of(path)
    assert "3村口老榆树拟划示例广场" in table_of(path)
    (path,) = publish_sheets(village, tmp_path / "街道", layer="subdistrict").files
    assert "从（起点、危险区）" in table_of(path)
    assert "3村口老榆树东坡SL-W-0001拟划示例广场" in table_of(path)
    (route,) = village.table("evacuation_route")
    change(village, route, start=None)
    (path,) = publish_sheets(village, tmp_path / "无", layer="danger_zone", uids=[zone.uid]).files
    assert "从（危险区）" in table_of(path)
    assert "3东坡SL-W-0001拟划示例广场" in table_of(path)


def test_houses_carry_their_numbers_and_no_name(village, tmp_path):
    """The secretary could not say whose house is which; the number is that of the calling list."""
    made = sheet(village)
    words = re.findall(r">([^<>]+)<", made.images["map"])
    assert {"0017", "0021"} <= set(words)
    assert "0020" not in words  # of another zone
    assert not [one for one in words if "示例" in one and "卫生室" not in one and "广场" not in one]
    labels = [item.label for group in made.form.legend for item in group.items]
    assert "住户（数字是住户编号）" in labels
    zone = zone_of(village)
    (path,) = publish_sheets(village, tmp_path, layer="danger_zone", uids=[zone.uid], profile="public").files
    assert "0017" not in flat("".join(pages_of(path)))


def test_houses_of_a_small_scale_have_no_numbers(village):
    far = numbered_homes(sheet(village).layers.only("household", list(village.table("household"))), "SL", 25_000.0)
    assert [one.style.label for one in far if one.layer == "household"] == [None]


def test_what_lacks_is_a_line_and_is_told(village):
    change(village, zone_of(village), must_move_people=None, patrol_phone=None)
    made = sheet(village)
    assert made.form.facts.danger_grade == "不低于小型（Ⅳ级）"  # with the number it might be graver
    assert "没有登记需转移人数、巡查责任人电话、前兆迹象，图上留了横线手写。" in [
        one.replace("、划定理由", "") for one in made.report.notes
    ]


def test_the_document_and_the_last_report_stand_beside_their_words(village):
    zone = zone_of(village)
    add(village, "zone_event", danger_zone=zone.uid, step="已划定", document_no="示政发〔2026〕1号", date="2026-06-01",
        actor="示例区人民政府")  # fmt: skip
    for day, grade in (("2026-07-01", "小型"), ("2026-07-03", "中型")):
        add(village, "report", danger_zone=zone.uid, disaster_grade=grade, reported_at=f"{day}T08:00")
    facts = zone_facts(village, zone)
    assert facts.state == "已划定（示政发〔2026〕1号）"
    assert facts.disaster_grade == "中型（2026-07-03 速报）"


def test_households_are_the_zones_own_and_stand_on_no_other_map(village):
    mine = {one.text("id") for one in residents_of(village, zone_of(village)).households}
    assert mine == {"SL-H-0017", "SL-H-0021"}
    drawn = {one.text("id") for one in sheet(village).features if one.layer == "household"}
    assert drawn == mine
    for other in (
        sheet(village, "public"),
        WarningSheet(village, SheetSpec()),
        WarningSheet(village, SheetSpec(profile="public")),
    ):
        assert not [one for one in other.features if one.layer == "household"]
        assert other.form.facts is None


@pytest.mark.parametrize(("paper", "count"), [("A3", 1), ("A4", 1), ("A4L", 1), ("slide", 2)])
def test_they_are_read_in_order_on_every_paper(village, tmp_path, paper, count):
    (pdf,) = publish_sheets(village, tmp_path, layer="danger_zone", uids=[zone_of(village).uid], paper=paper).files
    pages = [flat(one) for one in pages_of(pdf)]
    assert len(pages) == count
    said = "".join(pages)
    wanted = ("区内住户2户2人", "需转移人数12人", "险情等级小型", "巡查责任人赵示例电话13900000002")
    places = [said.find(one) for one in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_the_public_sheet_of_a_zone_names_nobody(village, tmp_path):
    uids = [one.uid for one in village.table("danger_zone")]
    folder = tmp_path / "公开"
    made = publish_sheets(village, folder, layer="danger_zone", uids=uids, profile="public")
    assert made.files
    assert personal_in(folder) == []
    for pdf in made.files:
        said = flat("".join(pages_of(pdf)))
        assert not [one for one in ("钱示例", "吴示例", "危险区情况", "住户") if one in said]


def test_who_keeps_each_shelter_that_a_route_leads_to_stands_there(village):
    assert sheet(village).form.facts.keepers == "示例广场：周示例 139 0000 0003"
    school = add(village, "shelter", Point(E - 500, N + 100), name="示例小学", id="SL-A-0002")
    add(village, "evacuation_route", LineString([(E + 90, N + 100), (E - 500, N + 100)]), number="12",
        danger_zone=zone_of(village).uid, shelter=school.uid)  # fmt: skip
    line = "＿＿＿＿＿＿"
    made = sheet(village)
    assert made.form.facts.keepers == f"示例广场：周示例 139 0000 0003；示例小学：{line} {line}"
    assert any("安置点负责人" in one for one in made.report.notes)


def test_rows_are_lower_before_the_panel_goes_to_a_page_of_its_own(demo_path, tmp_path):
    with Workspace.open(demo_path) as ws:
        uid = next(one.uid for one in ws.table("danger_zone") if one.text("id") == "WD-W-0001")
        report = publish_sheets(ws, tmp_path, layer="danger_zone", uids=[uid], paper="A4L")
    assert len(pages_of(report.files[0])) == 1
