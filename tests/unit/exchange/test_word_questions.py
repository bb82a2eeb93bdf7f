"""Words that are no choice are asked about; what nobody answered stays empty, and the report says what it may mean."""

import pytest
from look_alikes import EAST, NORTH, TO_DEGREES, workbook

from geohazard_desktop.exchange.importer import plan_import, run_import
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.exchange.word_questions import answered, word_questions

LON, LAT = TO_DEGREES.transform(EAST + 3000, NORTH + 4000)
MEMBERS = [
    ["户主姓名", "姓名", "行动能力"],
    ["李示例", "甲", "轮椅"],
    ["李示例", "乙", "轮椅"],
    ["李示例", "丙", "残疾"],
    ["李示例", "丁", "搀扶"],  # understood without asking
    ["李示例", "戊", None],
]


@pytest.fixture
def source(tmp_path):
    houses = [["户主姓名", "家庭人数", "经度", "纬度"], ["李示例", 5, LON, LAT]]
    return open_source(workbook(tmp_path / "住户.xlsx", ("住户", houses), ("家庭成员", MEMBERS)))


def test_each_word_is_asked_about_once(ws, source):
    asked = word_questions(ws.definitions, "household", source)
    assert [(one.word, one.count, one.likely) for one in asked] == [("轮椅", 2, "需搀扶"), ("残疾", 1, "")]
    assert asked[0].choices == ("正常", "缓行", "需搀扶", "卧床")
    assert word_questions(ws.definitions, "landmark", source) == []


def test_only_answers_are_stored(ws, source):
    told = answered(ws.definitions, "household", source, {"轮椅": "卧床"})
    report = run_import(ws, plan_import(ws, told, "household"))
    found = {one["name"]: one["mobility"] for one in ws.table("household_member")}
    assert found == {"甲": "卧床", "乙": "卧床", "丙": None, "丁": "需搀扶", "戊": None}
    (left,) = [one.sentence for one in report.problems if "行动能力" in one.sentence]
    assert "残疾" in left


def test_without_an_answer_the_report_says_what_is_likely(ws, source):
    plan = plan_import(ws, answered(ws.definitions, "household", source, {}), "household")
    assert sum("多半是“需搀扶”，请核对后补填" in one.sentence for one in plan.report.problems) == 2
    assert {one["mobility"] for one in plan.members} == {None, "需搀扶"}


def test_a_row_for_each_member_and_a_list_of_members_alone_are_asked_too(ws, tmp_path):
    rows = [["户主", "家庭人口", "经度", "纬度", "成员姓名", "身体状况"], ["李示例", 1, LON, LAT, "李示例", "瘫痪"]]
    source = open_source(workbook(tmp_path / "户.xlsx", ("表1", rows)))
    (one,) = word_questions(ws.definitions, "household", source)
    assert (one.word, one.likely) == ("瘫痪", "卧床")
    run_import(ws, plan_import(ws, answered(ws.definitions, "household", source, {"瘫痪": "卧床"}), "household"))
    assert [one["mobility"] for one in ws.table("household_member")] == ["卧床"]
    members = open_source(workbook(tmp_path / "人.xlsx", ("家庭成员", MEMBERS)))
    assert len(word_questions(ws.definitions, "household_member", members)) == 2


def test_the_column_that_somebody_chose_is_asked_about(ws, tmp_path):
    rows = [["户主姓名", "姓名", "情况", "行动能力"], ["李示例", "甲", "轮椅", "残疾"]]
    source = open_source(workbook(tmp_path / "人.xlsx", ("家庭成员", rows)))
    chosen = {"mobility": "情况"}
    assert [one.word for one in word_questions(ws.definitions, "household_member", source, chosen)] == ["轮椅"]
    told = answered(ws.definitions, "household_member", source, {"轮椅": "需搀扶", "残疾": "卧床"}, chosen)
    assert (told.columns["情况"], told.columns["行动能力"]) == (["需搀扶"], ["残疾"])
    assert word_questions(ws.definitions, "household_member", source, {"mobility": ""}) == []
