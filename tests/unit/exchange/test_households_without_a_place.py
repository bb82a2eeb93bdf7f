"""Rows of a list of people without coordinates or a name come in, told, and get their place from the corrected list."""

import pytest
from look_alikes import EAST, NORTH, TO_DEGREES, workbook

from geohazard_desktop.checks.run import check
from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.importer import import_file, plan_import, run_import
from geohazard_desktop.exchange.source import open_source

LON, LAT = TO_DEGREES.transform(EAST + 3000, NORTH + 4000)
HEADINGS = ["户主", "联系电话", "人口", "住址", "经度", "纬度"]
FULL = ["甲示例", "139 0000 0001", 3, "红旗沟1号", LON, LAT]
NO_PLACE = ["乙示例", None, 1, "红旗沟2号", None, None]
NO_NAME = [None, "139 0000 0003", 3, "红旗沟3号", LON + 0.002, LAT]
HALF = ["丁示例", None, 2, "红旗沟4号", LON, None]
REMARK = ["填表人：林示例", None, None, None, None, None]


@pytest.fixture
def listed(ws, tmp_path):
    def bring(*rows):
        return import_file(ws, workbook(tmp_path / "名单.xlsx", ("表1", [HEADINGS, *rows])), "household")

    return bring


def test_nobody_of_the_list_is_left_behind_but_its_remarks(ws, listed):
    report = listed(FULL, NO_PLACE, NO_NAME, HALF, REMARK)
    assert (report.imported, report.skipped) == (4, 1)
    places = {one["address"]: one.geometry is not None for one in ws.table("household")}
    assert places == {"红旗沟1号": True, "红旗沟2号": False, "红旗沟3号": True, "红旗沟4号": False}
    told = [one.sentence for one in report.problems]
    assert any("第 3 行（乙示例）：没有坐标，导入了但没有位置" in one for one in told)
    assert any("属性里按“放到地图上”，或在名单里改好坐标再导入一次" in one for one in told)
    assert any("第 4 行：没有填“户主姓名”，空着导入了" in one for one in told)
    assert any("第 5 行（丁示例）：经纬度只写了一半，导入了但没有位置" in one for one in told)
    assert any("第 6 行（填表人：林示例）：没有坐标，没有导入" in one for one in told)


def test_the_check_speaks_of_them_until_the_corrected_list_brings_the_place(ws, listed):
    listed(FULL, NO_PLACE)
    (found,) = [one for one in check(ws) if one.rule == "geometry"]
    assert "没有位置，也没有登记危险区：卡上画不出路线，叫人名单上也没有这一户" in found.sentence
    report = listed(FULL, [*NO_PLACE[:4], LON + 0.001, LAT])
    assert any("（户主相同，有一边没写位置），给它补上了位置" in one.sentence for one in report.problems)
    assert ws.count("household") == 2
    assert [one for one in check(ws) if one.rule == "geometry"] == []
    ws.undo()
    assert [one.geometry is None for one in ws.table("household")] == [False, True]


NAMESAKES = [  # two families of three whose heads have one name, 4 km apart
    ["张试例", "139 0000 1001", 3, None, LON, LAT],
    ["张试例", "139 0000 1002", 3, None, LON + 0.04, LAT],
]


@pytest.mark.parametrize("way", ["skip", "update", "add"])
def test_namesakes_with_as_many_people_are_no_one_household(ws, tmp_path, way):
    import_file(
        ws, workbook(tmp_path / "a.xlsx", ("表1", [HEADINGS, ["张试例", None, 3, None, None, None]])), "household"
    )
    later = workbook(tmp_path / "b.xlsx", ("表1", [HEADINGS, *NAMESAKES]))
    report = run_import(ws, plan_import(ws, open_source(later), "household", alike=way))
    assert report.imported == 2
    assert sorted(one.text("phone") for one in ws.table("household")) == ["", "139 0000 1001", "139 0000 1002"]
    told = [one.sentence for one in report.problems if "户主同名，有一边没写位置），导入成新住户" in one.sentence]
    assert len(told) == 2


@pytest.mark.parametrize(("way", "count", "words"), [("skip", 2, "补上位置"), ("add", 3, "照样导入成新住户")])
def test_a_household_without_a_place_is_one_row_only(ws, tmp_path, way, count, words):
    known = ["张试例", None, 3, "红旗沟1号", None, None]
    import_file(ws, workbook(tmp_path / "a.xlsx", ("表1", [HEADINGS, known])), "household")
    rows = [[*one[:3], "红旗沟1号", *one[4:]] for one in NAMESAKES]
    later = workbook(tmp_path / "b.xlsx", ("表1", [HEADINGS, *rows]))
    report = run_import(ws, plan_import(ws, open_source(later), "household", alike=way))
    assert ws.count("household") == count
    assert {"139 0000 1001", "139 0000 1002"} <= {one.text("phone") for one in ws.table("household")}
    assert any("那一户已经对上另一行），导入成新住户" in one.sentence for one in report.problems)
    told = [one.sentence for one in report.evidence if "住户" in one.sentence and "行" in one.sentence]
    assert [words in one for one in told] == [True, False]


def test_a_village_is_no_door(ws, listed):
    listed(["王示例", None, 3, "红旗村", None, None])
    report = listed(["王示例", "139 0000 0002", 3, "红旗村", LON, LAT])
    assert report.imported == 1
    assert ws.count("household") == 2


def test_a_list_with_addresses_alone_comes_in_and_says_how_many_have_no_place(ws, tmp_path):
    rows = [FULL[:4], NO_PLACE[:4], [None, None, None, None], REMARK[:4]]
    path = workbook(tmp_path / "名单.xlsx", ("表1", [HEADINGS[:4], *rows]))
    plan = plan_import(ws, open_source(path), "household")
    (told,) = [one for one in plan.report.evidence if one.subject == "geometry"]
    assert told.doubt
    assert "名单里没有坐标列：2 户没有位置" in told.sentence
    assert "放到地图上" in told.sentence
    assert [one.kind for one in plan.report.problems if one.row == 0] == [], "said once, not for each row"
    report = run_import(ws, plan)
    assert (report.imported, report.repaired) == (2, 0)
    assert [one.geometry for one in ws.table("household")] == [None, None]


def test_half_of_the_columns_is_no_place_and_is_said(ws, tmp_path):
    path = workbook(tmp_path / "名单.xlsx", ("表1", [HEADINGS[:5], FULL[:5]]))
    plan = plan_import(ws, open_source(path), "household")
    assert any("名单里没有坐标列（只有“经度”，不够）：1 户" in one.sentence for one in plan.report.evidence)


def test_of_other_layers_such_a_list_is_still_refused(ws, tmp_path):
    path = workbook(tmp_path / "安置点.xlsx", ("表1", [["名称", "可容纳人数"], ["示例学校", 30]]))
    with pytest.raises(ImportRefused, match="没有坐标列"):
        plan_import(ws, open_source(path), "shelter")
