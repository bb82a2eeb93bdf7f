"""A 街道's internal sheet lists its danger zones and hazard points, numbers as every paper says them."""

import re
from dataclasses import replace

import pypdfium2
import pytest
from notice_village import E, N, add, build, change
from shapely import Point, box

from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.publishing.issues.kept_paper import KeptPaper, Paper, says_the_same
from geohazard_desktop.publishing.sheets.map_forms import MAP_SHEET
from geohazard_desktop.publishing.sheets.products import publish_sheets
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    add(ws, "district", box(E - 3000, N - 3000, E + 9000, N + 3000), name="示例区")
    add(ws, "subdistrict", box(E - 2500, N - 2500, E + 3000, N + 2500), name="西街道")
    add(ws, "subdistrict", box(E + 4000, N - 2500, E + 9000, N + 2500), name="东街道")
    add(ws, "hazard_point", Point(E + 1500, N + 1500), id="SL-D-0007", name="东坡崩塌", status="在册",
        threatened_households=4, threatened_people=12)  # fmt: skip
    add(ws, "hazard_point", Point(E + 1600, N + 1500), id="SL-D-0002", name="旧坡滑坡", status="销号")
    return ws


def street(ws, name):
    return next(one.uid for one in ws.table("subdistrict") if one.text("name") == name)


def listed(ws, name, profile="internal"):
    return WarningSheet(ws, SheetSpec("A3", profile, "subdistrict", street(ws, name))).form.listed


def test_zones_come_first_then_points_and_those_off_the_list_last(village):
    zone = next(one for one in village.table("danger_zone") if one.text("id") == "SL-W-0001")
    change(village, zone, potential_loss_wan=269)
    made = listed(village, "西街道")
    assert made.title == "西街道的危险区、隐患点"
    first, linked, alone, off = made.rows
    assert (first.number, first.name) == ("SL-W-0001", zone.text("name"))
    assert must_move(village, zone).told() in first.people
    assert first.draft
    assert first.state == "拟划"
    assert (linked.number, linked.people) == ("990101040001", "见 SL-W-0001"), "one number, in the zone's row"
    assert linked.grade == first.grade == "小型"
    assert (alone.number, alone.people, alone.grade) == ("SL-D-0007", "4 户 12 人", "未判定")
    assert (off.state, off.people) == ("销号", "未登记")
    assert made.none is None


def test_households_of_the_register_stand_beside_people_of_the_register_alone(village):
    for form, said in ((157, "157 人"), (2, "1 户 2 人")):  # one household of two people is registered
        zone = next(one for one in village.table("danger_zone") if one.text("id") == "SL-W-0001")
        change(village, zone, must_move_people=form)
        assert listed(village, "西街道").rows[0].people == said


def test_a_grade_that_might_be_graver_and_people_of_whom_nothing_is_known_are_said_so(village):
    add(village, "danger_zone", box(E + 100, N + 1200, E + 300, N + 1400), name="北沟", id="SL-W-0002")
    first, second = listed(village, "西街道").rows[:2]
    assert first.grade == "不低于小型", "its loss is not known"
    assert (second.number, second.people, second.grade) == ("SL-W-0002", "人数未登记", "未判定")


def test_a_point_belongs_by_its_register_too(village):
    add(village, "hazard_point", Point(E + 3500, N), id="SL-D-0009", name="界外", subdistrict="西街道", status="在册")
    assert "界外" in [one.name for one in listed(village, "西街道").rows]
    assert listed(village, "东街道").rows == ()
    zone = next(one for one in village.table("danger_zone") if one.text("id") == "SL-W-0001")
    add(village, "hazard_point", Point(E + 4500, N), id="SL-D-0010", name="坡脚", status="在册", danger_zone=zone.uid)
    (row,) = listed(village, "东街道").rows
    assert row.people == must_move(village, zone).told(), "its zone has no row here to look at"


def test_only_the_office_s_sheets_of_a_street_and_of_the_district_on_a_wall_have_it(village):
    assert listed(village, "西街道", "public") is None
    assert WarningSheet(village, SheetSpec("A3", "internal")).form.listed is None
    wall = WarningSheet(village, SheetSpec("A1", "internal")).form.listed
    assert [one.number for one in wall.rows] == ["SL-W-0001"]
    assert wall.note == "在册的隐患点 2 处，见隐患点一览表。"


def words_of(path):
    with pypdfium2.PdfDocument(path) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]


def test_on_a_slide_it_follows_the_ways(village, tmp_path):
    (path,) = publish_sheets(
        village, tmp_path, layer="subdistrict", uids=[street(village, "西街道")], paper="slide"
    ).files
    with pypdfium2.PdfDocument(path) as document:
        first, second = ("".join(one.get_textpage().get_text_range().split()) for one in document)
    assert "西街道的危险区、隐患点" not in first
    assert second.index("撤离路线") < second.index("西街道的危险区、隐患点") < second.index("图签")
    assert all(one in second for one in ("SL-W-0001", "SL-D-0007", "SL-D-0002"))
    assert "步行速度" in second, "what stands below the ways on other papers stands here too"
    other = publish_sheets(
        village, tmp_path / "b", layer="subdistrict", uids=[street(village, "东街道")], paper="slide"
    ).files
    assert "“东街道”没有登记撤离路线。也没有登记危险区和隐患点。" in words_of(other[0])[1]
    public = publish_sheets(
        village, tmp_path / "c", layer="subdistrict", uids=[street(village, "东街道")], profile="public"
    ).files
    assert "东街道没有登记的危险区。听到信号，听从现场人员指挥" in words_of(public[0])[0]


def test_where_columns_are_too_narrow_for_it_it_is_on_the_second_page(village, tmp_path):
    (path,) = publish_sheets(village, tmp_path, layer="subdistrict", uids=[street(village, "西街道")], paper="A4").files
    first, second = words_of(path)
    assert "西街道的危险区、隐患点" not in first
    assert "西街道的危险区、隐患点" in second


@pytest.mark.parametrize("paper", ["A3", "A4L", "A1"])
def test_it_stands_on_the_first_page_and_of_many_as_many_as_find_room(village, tmp_path, paper):
    report = publish_sheets(village, tmp_path / "a", layer="subdistrict", paper=paper)
    first = next(words_of(one) for one in report.files if "西街道" in one.name)
    assert len(first) == 1
    assert "西街道的危险区、隐患点" in first[0]
    assert "见SL-W-0001" in first[0]
    for number in range(60):
        add(village, "hazard_point", Point(E + 1500, N + 10 * number), id=f"SL-D-1{number:03}", name="坡")
    report = publish_sheets(village, tmp_path / "b", layer="subdistrict", paper=paper)
    many = next(words_of(one) for one in report.files if "西街道" in one.name)
    assert len(many) == 1
    shown = many[0].count("SL-D-1")
    assert f"还有{64 - shown - 4 + missing(many[0])}处这里排不下，见危险区登记表、隐患点一览表。" in many[0]


def missing(words):
    """Of the four rows that come before and after the sixty, those that found no room."""
    return sum(one not in words for one in ("990101040001", "SL-D-0007", "SL-D-0002")) + ("SL-W-0001" not in words)


def test_where_nothing_is_registered_the_page_says_so_on_every_paper(village, tmp_path):
    for paper in ("A3", "A4", "A4L"):
        report = publish_sheets(village, tmp_path / paper, layer="subdistrict", paper=paper)
        words = next(words_of(one) for one in report.files if "东街道" in one.name)
        assert "“东街道”没有登记撤离路线。也没有登记危险区和隐患点。" in words[0]


def test_a_sheet_from_before_it_had_the_table_is_not_old_for_want_of_it(village):
    """What the map shows is the same; the reprint has the table."""
    sheet = WarningSheet(village, SheetSpec("A3", "internal", "subdistrict", street(village, "西街道")))
    today = Paper(MAP_SHEET, sheet.form.data(), sheet.images, "图")
    before = Paper(MAP_SHEET, replace(sheet.form, listed=None).data(), sheet.images, "图")
    before.data["sheets"][0].pop("listed")
    assert says_the_same(KeptPaper(before, {}, ""), today)
    other = Paper(MAP_SHEET, replace(sheet.form, listed=None, title="别的图").data(), sheet.images, "图")
    assert not says_the_same(KeptPaper(before, {}, ""), other)
