"""Households with their members: on a second sheet, in a row each, corrected and brought later."""

import pytest
from look_alikes import EAST, NORTH, TO_DEGREES, fill, workbook
from shapely import Point

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.importer import import_file, plan_import, run_import
from geohazard_desktop.exchange.lists import write_template
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.exchange.word_questions import answered, word_questions
from geohazard_desktop.workspace.edits.features import change_values

PLACE = Point(EAST + 3000, NORTH + 4000)
LON, LAT = TO_DEGREES.transform(PLACE.x, PLACE.y)


def test_households_with_their_members_on_a_second_sheet(ws, tmp_path):
    write_template("hazard_point", tmp_path / "隐患点.xlsx")
    point = {"统一编号": "990101040001", "名称": "示例塌陷", "灾害类型": "塌陷", "经度": LON, "纬度": LAT}
    import_file(ws, fill(tmp_path / "隐患点.xlsx", [point]), "hazard_point")
    write_template("household", tmp_path / "住户.xlsx")
    rows = [
        {"户主姓名": "李示例", "家庭人数": 2, "经度": LON, "纬度": LAT, "隐患点": "990101040001"},
        {"户主姓名": "王示例", "家庭人数": "3人", "经度": LON, "纬度": LAT, "隐患点": "示例塌陷"},
        {"户主姓名": "赵示例"},
        {"家庭人数": 1, "经度": LON, "纬度": LAT},
    ]
    members = [
        {"户主姓名": "李示例", "姓名": "李示例", "性别": "男", "年龄": "72岁", "行动能力": "缓行"},
        {"户主姓名": "李示例", "姓名": "张示例", "性别": "女", "出生年份": "1956-03"},
        {"户主姓名": "王示例", "姓名": "王示例"},
        {"户主姓名": "孙示例", "姓名": "孙示例"},
        {"户主姓名": "赵示例", "姓名": "赵示例"},
    ]
    fill(tmp_path / "住户.xlsx", rows)
    steps = len(ws.history())
    report = import_file(ws, fill(tmp_path / "住户.xlsx", members, sheet=1), "household")
    assert (report.imported, report.skipped) == (2, 3)
    assert len(ws.history()) == steps + 1
    li, wang = ws.table("household")
    hazard = ws.find("hazard_point", "unified_code", "990101040001")[0]
    assert (li["hazard_point"], wang["hazard_point"]) == (hazard.uid, hazard.uid)
    assert wang["people"] == 3
    people = {one["name"]: one for one in ws.table("household_member")}
    assert set(people) == {"李示例", "张示例", "王示例"}
    assert people["李示例"]["household"] == li.uid
    assert (people["李示例"]["age"], people["李示例"]["mobility"]) == (72, "缓行")
    assert people["张示例"]["birth_year"] == 1956
    said = "".join(one.sentence for one in report.problems)
    assert "住户表里没有“孙示例”这一户" in said
    assert "“赵示例”这一户没有导入，它的 1 名成员也没有导入" in said
    assert "家庭人数写的是 3，成员却列了 1 名" in said
    assert "第 5 行：没有填“户主姓名”，这是必填项，没有导入" in said
    ws.undo()
    assert ws.count("household") == ws.count("household_member") == 0


def test_households_with_a_row_for_each_member(ws, tmp_path):
    rows = [
        ["某街道住户登记表", None, None, None, None, None, None],
        ["户主", "家庭人口", "经度", "纬度", "成员姓名", "性别", "年龄"],
        ["李示例", 2, LON, LAT, "李示例", "男", 72],
        [None, None, None, None, "张示例", "女", 70],
        ["王示例", 1, LON, LAT, "王示例", "男", 50],
        ["李示例", 2, LON + 0.01, LAT, "李小示", "男", 30],
        ["李示例", 2, LON + 0.01, LAT, "周示例", "女", 30],
        ["合计", 5, None, None, None, None, None],
    ]
    report = import_file(ws, workbook(tmp_path / "住户.xlsx", ("表1", rows)), "household")
    assert (report.imported, report.skipped) == (3, 0)
    assert [one["head"] for one in ws.table("household")] == ["李示例", "王示例", "李示例"]
    by_house: dict = {}
    for one in ws.table("household_member"):
        by_house.setdefault(one["household"], []).append(one["name"])
    assert [by_house[uid] for uid in ws.table("household").uids] == [
        ["李示例", "张示例"],
        ["王示例"],
        ["李小示", "周示例"],
    ]
    said = "".join(one.sentence for one in report.evidence)
    assert "表头在第 2 行" in said
    assert "第 8 行是合计" in said


def test_a_remark_in_a_members_row_is_of_the_member_and_makes_no_other_household(ws, tmp_path):
    rows = [
        ["户主姓名", "联系电话", "家庭成员", "行动能力", "听力", "备注", "经度", "纬度"],
        ["李示例", "139 0000 0001", "李示例", "正常", "听得见", "低保户", LON, LAT],
        ["李示例", "139 0000 0001", "张示例", "拄拐", "耳背", "夜里一人在家", LON, LAT],
        [None, None, "李小例", "正常", None, "白天上班", None, None],
        ["王示例", "139 0000 0002", "王示例", "正常", None, "独居", LON, LAT],
    ]
    report = import_file(ws, workbook(tmp_path / "户.xlsx", ("名单", rows)), "household")
    li, wang = ws.table("household")
    assert (report.imported, li["remark"], wang["remark"]) == (2, "低保户", "独居")
    people = {one["name"]: one for one in ws.table("household_member")}
    assert {name: one["household"] for name, one in people.items()} == {
        **dict.fromkeys(("李示例", "张示例", "李小例"), li.uid),
        "王示例": wang.uid,
    }
    assert people["张示例"]["remark"] == "夜里一人在家；行动能力写的是“拄拐”；听力写的是“耳背”"
    assert people["李小例"]["remark"] == "白天上班"
    assert (people["李示例"]["remark"], people["王示例"]["remark"]) == (None, None)
    said = "".join(one.sentence for one in report.problems)
    assert "多半是“需搀扶”" in said
    assert "多半是“听不见”" in said


def test_what_a_members_remark_means_for_the_household_is_the_households(ws, tmp_path):
    rows = [
        ["户主姓名", "家庭成员", "备注", "经度", "纬度"],
        ["李示例", "李示例", None, LON, LAT],
        ["李示例", "李小例", "白天上班，家中无人", LON, LAT],
    ]
    source = open_source(workbook(tmp_path / "户.xlsx", ("名单", rows)))
    (question,) = word_questions(ws.definitions, "household", source)
    run_import(
        ws, plan_import(ws, answered(ws.definitions, "household", source, {question.key: "白天没人"}), "household")
    )
    (home,) = ws.table("household")
    assert (home["at_home"], home["remark"]) == ("白天没人", None)
    assert ws.count("household_member") == 2


def test_two_heads_of_one_name_are_told_apart_by_their_number(ws, tmp_path):
    houses = [
        ["编号", "户主姓名", "经度", "纬度"],
        ["SL-H-0008", "李示例", LON, LAT],
        ["SL-H-0009", "李示例", LON, LAT],
    ]
    members = [["户主姓名", "姓名"], ["李示例", "甲"], ["SL-H-0009", "乙"]]
    path = workbook(tmp_path / "住户.xlsx", ("住户", houses), ("家庭成员", members))
    report = import_file(ws, path, "household")
    assert "有 2 户的户主都叫“李示例”" in "".join(one.sentence for one in report.problems)
    only = next(iter(ws.table("household_member")))
    assert ws.feature("household", only["household"])["id"] == "SL-H-0009"


def test_a_member_that_was_left_out_can_be_brought_later(ws, tmp_path):
    houses = [["户主姓名", "经度", "纬度"], ["李示例", LON, LAT]]
    members = [["户主姓名", "姓名", "年龄"], ["李示例", "甲", 70], ["李实例", "乙", 71]]
    path = workbook(tmp_path / "住户.xlsx", ("住户", houses), ("家庭成员", members))
    assert import_file(ws, path, "household").skipped == 1
    members[2][0] = "李示例"
    workbook(path, ("住户", houses), ("家庭成员", members))
    report = import_file(ws, path, "household_member", source_layer="家庭成员")
    assert (report.imported, report.skipped) == (1, 1)
    assert [one["name"] for one in ws.table("household_member")] == ["甲", "乙"]
    assert {one["household"] for one in ws.table("household_member")} == {ws.table("household").uids[0]}


def test_a_corrected_household_list_brings_what_was_left_out_and_nothing_twice(ws, tmp_path):
    houses = [["户主姓名", "经度", "纬度"], ["李示例", LON, LAT], ["王示例", None, None]]
    members = [["户主姓名", "姓名"], ["李示例", "甲"], ["李实例", "乙"], ["王示例", "丙"]]
    path = workbook(tmp_path / "住户.xlsx", ("住户", houses), ("家庭成员", members))
    import_file(ws, path, "household")
    assert [one["name"] for one in ws.table("household_member")] == ["甲"]
    members[2][0] = "李示例"
    report = import_file(ws, workbook(path, ("住户", houses), ("家庭成员", members)), "household")
    assert (report.imported, ws.count("household")) == (0, 1)
    assert ws.undo_words() == "从 住户.xlsx 补上 1 名家庭成员"
    houses[2] = ["王示例", LON + 0.01, LAT]
    assert import_file(ws, workbook(path, ("住户", houses), ("家庭成员", members)), "household").imported == 1
    assert sorted(one["name"] for one in ws.table("household_member")) == ["丙", "乙", "甲"]
    with pytest.raises(ImportRefused, match="已经有一样的了"):
        import_file(ws, path, "household")


SEVERAL = [
    ["户主姓名", "家庭人口", "经度", "纬度", "行动能力", "年龄", "联系电话"],
    ["甲示例", "3人", LON, LAT, "正常", 40, "139 0000 0001"],
    ["乙示例", "2", LON + 0.001, LAT, "卧床", 70, "无"],
    ["丙示例", 1, LON + 0.002, LAT, "卧床", 80, "没有电话"],
    ["丁示例", None, LON + 0.003, LAT, "要人背", 60, "139 0000 0004"],
]


def test_who_cannot_walk_in_a_household_of_several_is_kept_without_a_name(ws, tmp_path):
    """Nobody knows whose word it is: a member without a name keeps it, and the row is told."""
    path = workbook(tmp_path / "住户.xlsx", ("住户", SEVERAL))
    report = import_file(ws, path, "household")
    heads = {one.uid: one["head"] for one in ws.table("household")}
    found = {heads[one["household"]]: one for one in ws.table("household_member")}
    assert {head: (one["name"], one["mobility"]) for head, one in found.items()} == {
        "乙示例": (None, "卧床"),
        "丙示例": ("丙示例", "卧床"),
        "丁示例": (None, None),
    }
    assert found["丁示例"]["remark"] == "行动能力写的是“要人背”"
    assert found["乙示例"]["age"] is None  # whose age it is, nobody knows either
    told = [one.sentence for one in report.problems]
    assert any("第 3 行（乙示例）：户里有一人卧床，没写是谁" in one for one in told)
    assert any("第 5 行（丁示例）：“行动能力”没有“要人背”这一项" in one for one in told)
    assert not any("第 2 行" in one or "第 4 行" in one or "成员却列了" in one for one in told)


def test_the_same_list_again_brings_nobody_twice_though_the_name_is_known_by_now(ws, tmp_path):
    path = workbook(tmp_path / "住户.xlsx", ("住户", [*SEVERAL[:3], SEVERAL[4]]))
    import_file(ws, path, "household")
    unknown, _untold = ws.table("household_member")
    ws.apply(change_values(ws.definitions, [unknown], {"name": "戊示例"}))
    with pytest.raises(ImportRefused, match="已经有一样的了"):
        import_file(ws, path, "household")


def test_the_row_of_a_household_of_several_is_its_heads_where_somebody_says_so(ws, tmp_path):
    source = open_source(workbook(tmp_path / "住户.xlsx", ("住户", SEVERAL)))
    assert plan_import(ws, source, "household").of_several == 2
    run_import(ws, plan_import(ws, source, "household", whose="head"))
    members = {one["name"]: (one["mobility"], one["age"]) for one in ws.table("household_member")}
    assert members["乙示例"] == ("卧床", 70)
    assert members["甲示例"] == ("正常", 40)


def test_a_word_for_no_telephone_is_no_number(ws, tmp_path):
    report = import_file(ws, workbook(tmp_path / "住户.xlsx", ("住户", SEVERAL)), "household")
    phones = {one["head"]: one["phone"] for one in ws.table("household")}
    assert phones == {"甲示例": "139 0000 0001", "乙示例": None, "丙示例": None, "丁示例": "139 0000 0004"}
    assert any("“联系电话”的写法对应到：无→空着（1 个）、没有电话→空着" in one.sentence for one in report.evidence)
