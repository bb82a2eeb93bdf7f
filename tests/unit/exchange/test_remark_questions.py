"""What a list's 备注 says is asked about once a word; what is answered becomes fields, the rest stays a remark."""

import pytest
from look_alikes import EAST, NORTH, TO_DEGREES, workbook

from geohazard_desktop.checks.run import check
from geohazard_desktop.exchange.importer import plan_import, run_import
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.exchange.word_questions import answered, word_questions

LON, LAT = TO_DEGREES.transform(EAST + 3000, NORTH + 4000)
REMARKS = {
    "甲": (1, "独居，聋哑，敲门听不见"),
    "乙": (2, "白天没人，钥匙在隔壁"),
    "丙": (2, "夜班，晚上没人"),
    "丁": (3, "夜班"),
    "戊": (4, "孩子住校，周末回"),
    "己": (2, "轮椅，须两人抬"),
    "庚": (2, "无聋哑人，无行动不便人员"),
    "辛": (1, "常年在外打工，仅过年回"),
    "壬": (2, "院里养狗"),
    "癸": (2, "老伴二级残疾"),
    "子": (1, "行动缓慢"),
}


@pytest.fixture
def source(tmp_path):
    rows = [
        [f"{name}示例", people, LON + 0.001 * at, LAT, remark]
        for at, (name, (people, remark)) in enumerate(REMARKS.items())
    ]
    return open_source(
        workbook(tmp_path / "住户.xlsx", ("住户", [["户主姓名", "家庭人数", "经度", "纬度", "备注"], *rows]))
    )


def test_each_word_is_asked_about_once_with_its_rows_and_nothing_denied(ws, source):
    asked = [
        (one.title, one.word, one.count, one.likely) for one in word_questions(ws.definitions, "household", source)
    ]
    assert asked == [
        ("听力", "聋哑", 1, "听不见"),
        ("在家情况", "夜班", 2, "夜里没人"),
        ("在家情况", "白天没人", 1, "白天没人"),
        ("在家情况", "住校", 1, ""),  # one of them is away, or all: who knows
        ("在家情况", "常年在外", 1, ""),
        ("行动能力", "轮椅", 1, "需搀扶"),
        ("行动能力", "残疾", 1, ""),  # who knows whether he walks
        ("行动能力", "行动缓慢", 1, "缓行"),
    ]
    assert word_questions(ws.definitions, "household", source, {"remark": ""}) == []
    assert word_questions(ws.definitions, "landmark", source) == []


def test_answers_become_fields_and_the_rest_is_told_by_the_check(ws, source):
    asked = {one.word: one for one in word_questions(ws.definitions, "household", source)}
    assert asked["夜班"].examples == ("夜班，晚上没人", "夜班")
    meant = {"聋哑": "听不见", "夜班": "夜里没人", "常年在外": "平时不住", "轮椅": "卧床"}
    answers = {asked[word].key: choice for word, choice in meant.items()}
    run_import(ws, plan_import(ws, answered(ws.definitions, "household", source, answers), "household"))
    homes = {one.text("head")[0]: one for one in ws.table("household")}
    at_home = {name: one["at_home"] for name, one in homes.items() if one["at_home"]}
    assert at_home == {"丙": "夜里没人", "丁": "夜里没人", "辛": "平时不住"}
    assert {name: one.text("remark") for name, one in homes.items()} == {
        name: remark for name, (_people, remark) in REMARKS.items()
    }  # nothing of the remark is lost
    members = {one.text("household"): one for one in ws.table("household_member")}
    assert {uid: (one.text("name"), one.text("hearing"), one.text("mobility")) for uid, one in members.items()} == {
        homes["甲"].uid: ("甲示例", "听不见", ""),  # lives alone
        homes["己"].uid: ("", "", "卧床"),  # nobody knows which of the two
    }
    told = {one.uid: one.sentence for one in check(ws) if one.rule == "household_remarks"}
    assert {name for name, one in homes.items() if one.uid in told} == {"乙", "戊", "癸", "子"}
    assert "“残疾”，登记里没有记谁走不动" in told[homes["癸"].uid]
    assert "“行动缓慢”，登记里没有记谁走得慢" in told[homes["子"].uid]
    assert "“白天没人”，在家情况没有填" in told[homes["乙"].uid]


def test_a_cell_that_says_something_stays(ws, tmp_path):
    rows = [
        ["户主姓名", "家庭人数", "经度", "纬度", "在家情况", "备注"],
        ["甲示例", 2, LON, LAT, "全天有人", "以前夜班"],
        ["乙示例", 2, LON + 0.001, LAT, None, "夜班"],
    ]
    source = open_source(workbook(tmp_path / "户.xlsx", ("住户", rows)))
    (one,) = word_questions(ws.definitions, "household", source)
    assert (one.word, one.count) == ("夜班", 1)
    told = answered(ws.definitions, "household", source, {one.key: "夜里没人"})
    assert told.columns["在家情况"] == ["全天有人", "夜里没人"]


def test_remarks_of_members_are_asked_about_on_their_own_sheet(ws, tmp_path):
    houses = [["户主姓名", "家庭人数", "经度", "纬度"], ["李示例", 2, LON, LAT]]
    members = [["户主姓名", "姓名", "备注"], ["李示例", "甲", "耳背"], ["李示例", "乙", "夜班"]]
    source = open_source(workbook(tmp_path / "户.xlsx", ("住户", houses), ("家庭成员", members)))
    (one,) = word_questions(ws.definitions, "household", source)
    assert (one.title, one.word) == ("听力", "耳背")  # where a member works at night, the house need not be empty
    run_import(ws, plan_import(ws, answered(ws.definitions, "household", source, {one.key: "听不见"}), "household"))
    assert {one.text("name"): one.text("hearing") for one in ws.table("household_member")} == {"甲": "听不见", "乙": ""}


def test_an_answer_about_a_remark_is_never_written_on_the_head_of_several(ws, tmp_path):
    """行动能力 is the head's by the user's word; 母亲卧床 is said of somebody else."""
    head = ["户主姓名", "家庭人数", "经度", "纬度", "行动能力", "年龄", "备注"]
    rows = [
        ["子示例", 3, LON, LAT, "", 45, "母亲卧床"],
        ["丑示例", 2, LON + 0.001, LAT, "需搀扶", 70, ""],
        ["寅示例", 1, LON + 0.002, LAT, "", 80, "卧床"],
        ["卯示例", 1, LON + 0.003, LAT, "", 46, "母亲卧床"],
    ]
    source = open_source(workbook(tmp_path / "住户.xlsx", ("住户", [head, *rows])))
    (asked,) = [one for one in word_questions(ws.definitions, "household", source) if one.word == "卧床"]
    told = answered(ws.definitions, "household", source, {asked.key: "卧床"})
    assert plan_import(ws, told, "household").of_several == 1, "only the column's own word is asked about"
    plan = plan_import(ws, told, "household", whose="head")
    assert plan.of_several >= 1, "the question stays where it was answered"
    heads = {one.uid: one.text("head") for one in plan.features}
    found = [(heads[one.text("household")], one.text("name"), one.text("mobility"), one["age"]) for one in plan.members]
    assert found == [
        ("子示例", "子示例", "", 45),
        ("子示例", "", "卧床", None),
        ("丑示例", "丑示例", "需搀扶", 70),
        ("寅示例", "寅示例", "卧床", 80),
        ("卯示例", "卯示例", "", 46),
        ("卯示例", "", "卧床", None),
    ]
    assert any("家庭人数写的是 1，备注里卧床的却不是户主" in one.sentence for one in plan.report.problems)
    assert any("第 2 行（子示例）：户里有一人卧床，没写是谁" in one.sentence for one in plan.report.problems)
