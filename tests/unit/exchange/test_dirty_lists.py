"""Lists as they really come: read whole, or refused in one sentence that says where and what to do."""

import re
import zipfile

import pytest
from look_alikes import workbook

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.contents import layers_inside
from geohazard_desktop.exchange.importer import plan_import
from geohazard_desktop.exchange.layer_guess import guess_layer
from geohazard_desktop.exchange.source import open_source

HEAD = "户主姓名,联系电话,住址,经度,纬度"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "引号.csv",
            f'{HEAD}\n"甲示例,139 0000 0001,1号,106.7,39.5\n乙示例,,2号,106.7,39.5\n',
            "第 2 行有一个双引号没有配对",
        ),
        ("长.csv", f"{HEAD}\n甲示例,,{'长' * 140_000},106.7,39.5\n", "第 2 行读不下去"),
        ("旧.csv", OLD_OFFICE, "是旧格式的表格（.xls、.et），或是加了密码的工作簿"),
        ("旧.xlsx", OLD_OFFICE, "是旧格式的表格（.xls、.et），或是加了密码的工作簿"),
        ("旧.et", OLD_OFFICE, "请在表格软件里另存为 .xlsx"),
        ("名单.csv", b"PK\x03\x04" + b"\0" * 60, "请把后缀改回 .xlsx"),
    ],
)
def test_what_cannot_be_read_is_refused_with_where_and_what_to_do(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ImportRefused) as told:
        open_source(path)
    assert name in str(told.value)
    assert says in str(told.value)


def test_a_lone_quote_within_a_cell_and_a_line_break_within_quotes_are_no_fault(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_text(f'{HEAD}\n甲示例,,5" 管旁,106.7,39.5\n乙示例,,"东头\n第二家",106.7,39.5\n', encoding="utf-8")
    assert open_source(path).columns["住址"] == ['5" 管旁', "东头\n第二家"]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("gbk", "\t"), ("utf-16", "\t"), ("utf-8-sig", ";"), ("gb18030", ",")]
)
def test_encodings_and_delimiters_of_offices_are_told_by_themselves(ws, tmp_path, encoding, delimiter):
    path = tmp_path / "名单.txt"
    rows = [HEAD, "甲示例,139 0000 0001,红旗村1号,106.70,39.50"]
    path.write_text("\n".join(rows).replace(",", delimiter), encoding=encoding)
    (found,) = plan_import(ws, open_source(path), "household").features
    assert (found["head"], found["address"]) == ("甲示例", "红旗村1号")


MEMBERS = ["户主姓名", "联系电话", "家庭成员", "性别", "年龄", "行动能力", "住址", "经度", "纬度"]


def test_a_list_of_households_with_a_row_for_each_member_goes_to_the_households(ws, tmp_path):
    rows = [
        ["甲示例", "139 0000 0001", "甲示例", "男", 70, "正常", "红旗村1号", 106.70, 39.50],
        [None, None, "丁示例", "女", 68, "卧床", None, None, None],
    ]
    source = open_source(workbook(tmp_path / "花名册.xlsx", ("表1", [MEMBERS, *rows])))
    for in_hand in ("danger_zone", "household"):
        assert guess_layer(ws.definitions, source, in_hand, ("表",)).layer == "household"
    plan = plan_import(ws, source, "household")
    assert [one["head"] for one in plan.features] == ["甲示例"]
    assert [(one["name"], one["mobility"]) for one in plan.members] == [("甲示例", "正常"), ("丁示例", "卧床")]


def test_a_list_of_members_alone_still_goes_to_the_members(ws, tmp_path):
    rows = [["甲示例", "丁示例", "女", 68, "卧床"]]
    headings = ["户主姓名", "家庭成员", "性别", "年龄", "行动能力"]
    source = open_source(workbook(tmp_path / "成员.xlsx", ("表1", [headings, *rows])))
    assert guess_layer(ws.definitions, source, "danger_zone", ("成员",)).layer == "household_member"


def test_empty_sheets_of_a_workbook_are_nothing_to_choose(tmp_path):
    row = [HEAD.split(","), ["甲示例", "139 0000 0001", "1号", 106.7, 39.5]]
    path = workbook(tmp_path / "各村.xlsx", ("红旗村", row), ("Sheet2", []), ("前进村", [[], *row]))
    assert layers_inside(path) == ["红旗村", "前进村"]


def test_a_sheet_whose_stated_size_is_wrong_is_not_taken_for_empty(tmp_path):
    """Some programs write A1 as the size of whatever they write; the first cell may be blank."""
    row = [[None, *HEAD.split(",")], [None, "甲示例", "139 0000 0001", "1号", 106.7, 39.5]]
    made, path = workbook(tmp_path / "对.xlsx", ("红旗村", row), ("前进村", row)), tmp_path / "各村.xlsx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for one in old.namelist():
            text = old.read(one)
            if one == "xl/worksheets/sheet1.xml":
                text, count = re.subn(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', text)
                assert count == 1
            new.writestr(one, text)
    assert layers_inside(path) == ["红旗村", "前进村"]


def test_a_heading_of_two_storeys_is_read_whole_and_a_title_is_none(tmp_path):
    rows = [
        ["示例社区住户花名册", "示例社区住户花名册", "示例社区住户花名册", "示例社区住户花名册"],
        ["户主姓名", "家庭人口", "联系电话", "坐标"],
        ["", "（人）", "", "经度", "纬度"],
        ["张示例", 3, "139 0000 0001", 106.72, 39.5],
    ]
    source = open_source(workbook(tmp_path / "户.xlsx", ("住户", rows)))
    assert list(source.columns) == ["户主姓名", "家庭人口（人）", "联系电话", "经度", "纬度"]
    rows = [["联系电话", "", "", ""], ["户主姓名", "", "家庭人口", "住址"], ["张示例", "备用", 3, "示例村"]]
    assert list(open_source(workbook(tmp_path / "户2.xlsx", ("住户", rows))).columns) == [
        "户主姓名",
        "家庭人口",
        "住址",
    ]
