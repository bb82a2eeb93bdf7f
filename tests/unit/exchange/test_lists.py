"""Excel and CSV lists: the empty table, coordinates in every spelling, members, row-precise sentences."""

import csv
import errno
import os

import openpyxl
import pytest
from fresh import fresh_workspace
from look_alikes import EAST, NORTH, TO_DEGREES, fill, skipped, workbook
from pyproj import Transformer
from shapely import Point, box

from geohazard_desktop.common.errors import ExportRefused, FileExists, ImportRefused, UsageWrong
from geohazard_desktop.domain.district import District, Setting
from geohazard_desktop.domain.quantities import dms
from geohazard_desktop.exchange.coordinate_text import from_packed, ordered, parse_degrees
from geohazard_desktop.exchange.importer import import_file
from geohazard_desktop.exchange.lists import LISTS, write_template
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.identity import Identity

PLACE = Point(EAST + 3000, NORTH + 4000)
LON, LAT = TO_DEGREES.transform(PLACE.x, PLACE.y)


# -- the empty tables --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", LISTS)
def test_every_heading_of_a_template_comes_back(kind, tmp_path):
    write_template(kind, tmp_path / "空.xlsx")
    book = openpyxl.load_workbook(tmp_path / "空.xlsx")
    headings = [cell.value for cell in book.worksheets[0][1]]
    definition = read_definitions()[kind]
    assert len(headings) == len(set(headings))
    assert book.worksheets[0].max_row == 1
    for one in definition.fields:
        if one.required:
            assert any(heading.startswith(one.title) and heading.endswith("*") for heading in headings)
    assert ("经度" in headings) == (definition.geometry == "point")
    assert book.worksheets[-1].title == "填写说明"


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_full_disk_leaves_no_half_template(ending, tmp_path, monkeypatch):
    """It would be "there already" at the second try."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportRefused, match="磁盘满了"):
        write_template("household", tmp_path / f"空{ending}")
    assert list(tmp_path.iterdir()) == []


def test_templates_have_lists_to_choose_from(tmp_path):
    write_template("hazard_point", tmp_path / "空.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "空.xlsx").worksheets[0].data_validations.dataValidation
    assert any("崩塌,滑坡" in rule.formula1 for rule in rules)
    assert all(len(rule.formula1) <= 257 for rule in rules)  # Excel refuses the file above 255 characters


def test_who_does_not_hear_and_when_nobody_is_home_have_columns_with_their_choices(tmp_path):
    write_template("household", tmp_path / "空.xlsx")
    homes, members, *_help = openpyxl.load_workbook(tmp_path / "空.xlsx").worksheets
    for sheet, heading, choices in ((homes, "在家情况", "白天没人,夜里没人"), (members, "听力", "听得见,听不见")):
        assert heading in [one.value for one in sheet[1]]
        assert any(choices in rule.formula1 for rule in sheet.data_validations.dataValidation)


def test_a_csv_template_opens_in_excel(tmp_path):
    write_template("shelter", tmp_path / "空.csv")
    assert (tmp_path / "空.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "可容人数（人）" in (tmp_path / "空.csv").read_text(encoding="utf-8-sig")


def test_templates_are_not_written_over_anything(tmp_path):
    write_template("person", tmp_path / "空.xlsx")
    with pytest.raises(FileExists):
        write_template("person", tmp_path / "空.xlsx")
    with pytest.raises(UsageWrong, match="没有“river”的空表"):
        write_template("river", tmp_path / "河.xlsx")
    with pytest.raises(UsageWrong, match=r"\.xlsx 或 \.csv"):
        write_template("person", tmp_path / "空.pdf")


def test_an_empty_template_is_refused(ws, tmp_path):
    write_template("shelter", tmp_path / "空.xlsx")
    with pytest.raises(ImportRefused, match="一个要素也没有"):
        import_file(ws, tmp_path / "空.xlsx", "shelter")


# -- coordinates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        (106.72, 106.72),
        ("106.72°", 106.72),
        ("E106.72", 106.72),
        ("东经106.72°", 106.72),
        ("106°43′12.00″", 106.72),
        ("106°43'12\"E", 106.72),
        ("106度43分12秒", 106.72),
        ("东经106°43′12″", 106.72),
        ("106 43 12", 106.72),
        ("106°43.2′", 106.72),
        ("１０６．７２", 106.72),
        ("4374796.445", 4374796.445),
        ("39°61′00″", None),
        ("乌达", None),
        (True, None),
    ],
)
def test_degrees_in_every_spelling(written, degrees):
    assert parse_degrees(written) == (degrees if degrees is None else pytest.approx(degrees))


def test_order_and_kind_show_in_the_size():
    assert ordered(106.72, 39.5) == (106.72, 39.5, False, False)
    assert ordered(39.5, 106.72) == (106.72, 39.5, False, True)
    assert ordered(36389901.0, 4374796.0) == (36389901.0, 4374796.0, True, False)
    assert ordered(4374796.0, 389901.0) == (389901.0, 4374796.0, True, True)
    assert ordered(0.0, 0.0) is None
    assert ordered(12345678.0, 99.0) is None


def test_packed_degrees():
    assert from_packed(106.4312) == pytest.approx(106.72)
    assert from_packed(106.72) is None
    assert dms(106.72) == "106°43′12.00″"


def test_one_place_in_five_spellings(ws, tmp_path):
    write_template("shelter", tmp_path / "安置点.xlsx")
    rows = [
        {"名称": "甲", "经度": LON, "纬度": LAT},
        {"名称": "乙", "经度": dms(LON), "纬度": dms(LAT)},
        {"名称": "丙", "X": PLACE.y, "Y": PLACE.x},
        {"名称": "丁", "经度": LON, "纬度": LAT, "X": PLACE.y, "Y": PLACE.x},
    ]
    report = import_file(ws, fill(tmp_path / "安置点.xlsx", rows), "shelter")
    assert (report.imported, report.skipped) == (4, 0)
    for one in ws.table("shelter"):
        assert one.geometry.distance(PLACE) < 0.2
    assert [one["id"] for one in ws.table("shelter")] == [f"SL-A-000{n}" for n in range(1, 5)]


def test_x_is_north_and_without_its_zone_number_it_is_found_by_the_district(ws, tmp_path):
    write_template("shelter", tmp_path / "安置点.xlsx")
    path = fill(tmp_path / "安置点.xlsx", [{"名称": "甲", "X": PLACE.y, "Y": PLACE.x - 36_000_000}])
    report = import_file(ws, path, "shelter")
    assert report.crs == "EPSG:4545"
    assert any("不带带号" in one.sentence and "示例区" in one.sentence for one in report.evidence)
    assert ws.table("shelter").geometries[0].distance(PLACE) < 0.01


def test_without_a_district_a_bare_easting_is_not_guessed(empty, tmp_path):
    write_template("shelter", tmp_path / "安置点.xlsx")
    path = fill(tmp_path / "安置点.xlsx", [{"名称": "甲", "X": PLACE.y, "Y": PLACE.x - 36_000_000}])
    with pytest.raises(ImportRefused, match="没有说是哪个坐标系"):
        import_file(empty, path, "shelter")
    assert import_file(empty, path, "shelter", epsg=4545).imported == 1


def test_swapped_columns_are_put_right_and_told(ws, tmp_path):
    write_template("shelter", tmp_path / "安置点.xlsx")
    rows = [{"名称": "甲", "X": PLACE.x, "Y": PLACE.y}, {"名称": "乙", "经度": LON, "纬度": LAT}]
    report = import_file(ws, fill(tmp_path / "安置点.xlsx", rows), "shelter")
    assert (report.imported, report.repaired) == (2, 1)
    assert report.problems[0].feature == "第 2 行（甲）"
    assert "写反了" in report.problems[0].sentence
    assert ws.table("shelter").geometries[0].distance(PLACE) < 0.01


def test_rows_that_can_not_be_placed_are_left_out_row_by_row(ws, tmp_path):
    write_template("shelter", tmp_path / "安置点.xlsx")
    rows = [
        {"名称": "好", "经度": LON, "纬度": LAT},
        {"名称": "无"},
        {"名称": "半", "经度": LON},
        {"名称": "字", "经度": "在河边", "纬度": LAT},
        {"名称": "两处", "经度": LON, "纬度": LAT, "X": PLACE.y + 500, "Y": PLACE.x},
        {"名称": "外省", "经度": 114.1, "纬度": 22.6},
        {"名称": "零", "经度": 0, "纬度": 0},
    ]
    report = import_file(ws, fill(tmp_path / "安置点.xlsx", rows), "shelter")
    out = skipped(report)
    assert report.imported == 1
    assert report.skipped == len(out) == 6
    for feature, words in {
        "第 3 行（无）": "没有坐标",
        "第 4 行（半）": "只写了一半",
        "第 5 行（字）": "“在河边”不是坐标",
        "第 6 行（两处）": "相差 500 米",
        "第 7 行（外省）": "离示例区太远",
        "第 8 行（零）": "不像国内的坐标",
    }.items():
        assert words in out[feature]
        assert out[feature].startswith(f"安置点.xlsx {feature}：")


def test_degrees_packed_as_survey_calculators_do_are_found(ws, tmp_path):
    def packed(degrees):
        whole, rest = divmod(degrees, 1)
        minutes, seconds = divmod(rest * 60, 1)
        return round(whole + int(minutes) / 100 + seconds * 60 / 1e4, 6)

    write_template("shelter", tmp_path / "安置点.xlsx")
    rows = [{"名称": "甲", "经度": LON, "纬度": LAT}, {"名称": "乙", "经度": packed(LON), "纬度": packed(LAT)}]
    report = import_file(ws, fill(tmp_path / "安置点.xlsx", rows), "shelter")
    assert "按度分秒读" in skipped(report)["第 3 行（乙）"]


# -- households --------------------------------------------------------------------------------------------------------


def test_merged_cells_mean_all_their_rows(ws, tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["户主姓名", "坐标", None, "成员姓名"])
    page.append([None, "经度", "纬度", None])
    page.append(["李示例", LON, LAT, "李示例"])
    page.append([None, None, None, "张示例"])
    for area in ("A1:A2", "B1:C1", "D1:D2", "A3:A4", "B3:B4", "C3:C4"):
        page.merge_cells(area)
    book.save(tmp_path / "住户.xlsx")
    assert import_file(ws, tmp_path / "住户.xlsx", "household").imported == 1
    assert [one["name"] for one in ws.table("household_member")] == ["李示例", "张示例"]


# -- CSV and other spellings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("codec", "title"), [("gbk", "GBK"), ("utf-8-sig", "UTF-8"), ("utf-8", "UTF-8")])
def test_csv_in_both_encodings(ws, tmp_path, codec, title):
    with (tmp_path / "点.csv").open("w", encoding=codec, newline="") as stream:
        out = csv.writer(stream)
        out.writerow(
            ["灾害点编号", "名称", "灾害类型", "规模", "威胁人口（人）", "X", "Y", "发现日期", "规模（万立方米）"]
        )
        out.writerow(["990101010001", "示例滑坡", "滑坡", "小", "约30人", PLACE.y, PLACE.x, "2024年6月1日", "1.5"])
    report = import_file(ws, tmp_path / "点.csv", "hazard_point", mapping={"surveyed_on": "发现日期"})
    assert report.encoding == title
    point = next(iter(ws.table("hazard_point")))
    assert (point["unified_code"], point["scale_class"], point["threatened_people"]) == ("990101010001", "小型", 30)
    assert point["surveyed_on"] == "2024-06-01"
    assert point["volume_m3"] == 15_000
    assert point.geometry.distance(PLACE) < 0.01


def test_semicolons_and_one_column_for_both_coordinates(ws, tmp_path):
    (tmp_path / "点.csv").write_text(f"名称;经纬度\n甲;{LON},{LAT}\n乙;{LAT} {LON}\n丙;河边\n", encoding="utf-8")
    report = import_file(ws, tmp_path / "点.csv", "place")
    assert (report.imported, report.skipped) == (2, 1)
    assert all(one.distance(PLACE) < 0.5 for one in ws.table("place").geometries)


def test_gcj02_lists(ws, tmp_path):
    import numpy as np

    from geohazard_desktop.exchange.gcj02 import gcj02_from_wgs84

    longitude, latitude = gcj02_from_wgs84(np.array([LON]), np.array([LAT]))
    (tmp_path / "点.csv").write_text(f"名称,lng,lat\n甲,{longitude[0]:.9f},{latitude[0]:.9f}\n", encoding="utf-8")
    plain = import_file(ws, tmp_path / "点.csv", "place")
    assert any("火星坐标" in one.sentence for one in plain.evidence)
    assert ws.table("place").geometries[0].distance(PLACE) > 300
    ws.undo()
    assert import_file(ws, tmp_path / "点.csv", "place", epsg=4490, shift="gcj02").crs == "GCJ-02"
    assert ws.table("place").geometries[0].distance(PLACE) < 0.2


def test_several_sheets_ask_which(ws, tmp_path):
    rows = [["名称", "经度", "纬度"], ["甲", LON, LAT]]
    path = workbook(tmp_path / "点.xlsx", ("甲表", rows), ("乙表", rows))
    with pytest.raises(ImportRefused, match=r"2 个工作表.*甲表、乙表"):
        import_file(ws, path, "place")
    assert import_file(ws, path, "place", source_layer="乙表").imported == 1


def test_lists_without_coordinates_or_for_areas_are_refused(ws, tmp_path):
    path = workbook(tmp_path / "点.xlsx", ("甲表", [["名称", "电话"], ["甲", "139 0000 0001"]]))
    with pytest.raises(ImportRefused, match=r"点\.xlsx 里没有坐标列"):
        import_file(ws, path, "place")
    with pytest.raises(ImportRefused, match="是表格"):
        import_file(ws, path, "danger_zone")


def test_people_need_no_place(ws, tmp_path):
    write_template("person", tmp_path / "责任人.xlsx")
    rows = [{"姓名": "周示例", "职责": "值班员、监测人", "联系电话": 13900000002}, {"姓名": "吴示例", "职责": "队长"}]
    report = import_file(ws, fill(tmp_path / "责任人.xlsx", rows), "person")
    assert (report.imported, report.repaired) == (2, 1)
    assert next(iter(ws.table("person")))["phone"] == "13900000002"
    assert "第 3 行（吴示例）" in report.problems[0].sentence


def test_formulas_nobody_worked_out_are_refused_not_read_as_empty(ws, tmp_path):
    rows = [["名称", "经度", "纬度"], ["甲", f"={LON}+0", LAT]]
    with pytest.raises(ImportRefused, match=r"点\.xlsx 的“甲表”表 B2 格是公式"):
        import_file(ws, workbook(tmp_path / "点.xlsx", ("甲表", rows)), "place")


def test_cells_under_no_heading_are_told(ws, tmp_path):
    rows = [["名称", "经度", "纬度", None], ["甲", LON, LAT, "要紧的话"]]
    report = import_file(ws, workbook(tmp_path / "点.xlsx", ("甲表", rows)), "place")
    assert any("第 4 列有内容但没有列名" in one.sentence for one in report.evidence)


def test_error_cells_are_told(ws, tmp_path):
    rows = [["名称", "经度", "纬度"], ["#REF!", LON, LAT]]
    report = import_file(ws, workbook(tmp_path / "点.xlsx", ("甲表", rows)), "place")
    assert "错误值 #REF!" in report.problems[0].sentence
    assert next(iter(ws.table("place")))["name"] is None


def test_a_list_corrected_and_imported_again_adds_only_what_was_missing(ws, tmp_path):
    head = ["户主姓名", "经度", "纬度", "成员姓名"]
    rows = [head, ["李示例", LON, LAT, "李示例"], ["王示例", None, None, "王示例"]]
    report = import_file(ws, workbook(tmp_path / "住户.xlsx", ("表", rows)), "household")
    assert (report.imported, report.skipped) == (1, 1)
    rows[2] = ["王示例", LON + 0.01, LAT, "王示例"]
    report = import_file(ws, workbook(tmp_path / "住户.xlsx", ("表", rows)), "household")
    assert (report.imported, report.skipped) == (1, 1)
    assert [one["head"] for one in ws.table("household")] == ["李示例", "王示例"]
    assert [one["name"] for one in ws.table("household_member")] == ["李示例", "王示例"]


def test_eastings_with_and_without_zone_number_may_stand_in_one_list(ws, tmp_path):
    rows = [["名称", "X坐标", "Y坐标"], ["甲", PLACE.y, PLACE.x], ["乙", PLACE.y, PLACE.x - 36_000_000]]
    report = import_file(ws, workbook(tmp_path / "点.xlsx", ("甲表", rows)), "place")
    assert (report.imported, report.repaired) == (2, 0)
    assert all(one.distance(PLACE) < 0.01 for one in ws.table("place").geometries)


def test_a_list_as_offices_keep_it(ws, tmp_path):
    rows = [
        ["示例区地质灾害隐患点一览表"],
        [
            "序号",
            "隐患点编号",
            "隐患点名称",
            "灾种",
            "规模（m³）",
            "规模等级",
            "受威胁户数",
            "威胁财产（元）",
            "X坐标",
            "Y坐标",
        ],
        [1, "990101010001", "示例一", "滑坡", "1.2万", "小", 12, "300000", PLACE.y, PLACE.x],
        [2, "990101010002", "示例二", "滑坡、崩塌", "约500", "中型", "10-12", 300000, PLACE.y, PLACE.x],
        [3, "990101010003", "示例三", "采空塌陷", "约500", "中型", "10-12", 300000, PLACE.y, PLACE.x],
        ["合计", None, None, None, None, None, 12, 900000, None, None],
    ]
    report = import_file(ws, workbook(tmp_path / "点.xlsx", ("甲表", rows)), "hazard_point")
    assert (report.imported, report.repaired, report.skipped) == (2, 1, 1)
    one, three = ws.table("hazard_point")
    assert (one["unified_code"], one["name"], one["volume_m3"]) == ("990101010001", "示例一", 12_000)
    assert (one["threatened_property_wan"], three["threatened_property_wan"]) == (30, 30)
    assert (three["hazard_type"], three["volume_m3"], three["threatened_households"]) == ("地面塌陷", 500, None)
    said = {one.feature: one.sentence for one in report.problems}
    assert "“灾害类型”没有“滑坡、崩塌”这一项" in said["第 4 行（990101010002）"]
    assert "“10-12”不是整数" in said["第 5 行（990101010003）"]


def test_a_second_district_works_by_its_data_alone(tmp_path):
    """In the far north-east, in a zone without number in front: nothing of the first district helps here."""
    facts = {"district.name": "第二区", "district.code": "990202", "district.prefix": "DE", "district.epsg": 4552}
    district = District({name: Setting(name, name, value, "测试") for name, value in facts.items()})
    with fresh_workspace(tmp_path / "二.gpkg", district, identity=Identity("乙", "b" * 32)) as ws:
        border = box(450_000, 5_100_000, 470_000, 5_120_000)
        ws.apply(Edit("画", [inserted(Feature("district", new_uid(), border, {"name": "第二区"}))]))
        rows = [
            ["名称", "X", "Y", "经度", "纬度"],
            ["甲", 5_110_000, 460_000, None, None],
            ["乙", 5_110_000, 43_460_000, None, None],
            ["丙", None, None, *Transformer.from_crs(4552, 4490, always_xy=True).transform(460_000, 5_110_000)],
        ]
        report = import_file(ws, workbook(tmp_path / "点.xlsx", ("表", rows)), "shelter")
        assert (report.imported, report.repaired, report.skipped) == (3, 0, 0)
        assert all(one.distance(Point(460_000, 5_110_000)) < 0.01 for one in ws.table("shelter").geometries)
        assert [one["id"] for one in ws.table("shelter")] == ["DE-A-0001", "DE-A-0002", "DE-A-0003"]
