"""Words of a remark count where they say it of somebody, not where they are denied or mean a house or a coming back."""

import re

import pytest

from geohazard_desktop.domain.help_needed import Help
from geohazard_desktop.domain.remark_words import (
    FILE,
    absence_words,
    by_whom,
    gone_words,
    hearing_words,
    says_of_both,
    slow_words,
    walking_help,
    walking_words,
)
from geohazard_desktop.domain.rule_file import read_rules
from geohazard_desktop.domain.walking import likely_mobility


@pytest.mark.parametrize(
    "text",
    [
        "无行动不便人员",
        "没有卧床、失能人员",
        "家中没有瘫痪病人和卧床老人",
        "2020年抬高房基",
        "不需搀扶",
        "地基抬高了半米",
        "没人卧床",
        "家中无人卧床",
        "不用人抬",
        "轮椅已不用",
        "过门槛要抬脚",
        "卧床的奶奶已去世",
        "坐轮椅的老母亲去世",
        "卧床：无",
        "卧床人员（无）",
        "失能 0 人，行动不便：否",
        "汛期不能走沟里的路",
        "门口有轮椅坡道",
        "需要扶贫",
        "听力二级残疾",
        "无残疾人、无孕妇",
        "手臂骨折",
        "骨折已痊愈",
        "行动缓慢",
    ],
)
def test_nobody_is_said_to_need_help(text):
    assert walking_words(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("拄拐", ("拄拐",)),
        ("无人照顾卧床老人", ("卧床",)),  # what there is not is the carer
        ("身体不好卧床", ("卧床",)),
        ("没有子女、卧床", ("卧床",)),
        ("没有卧床，走不动", ("走不动",)),
        ("没有卧床的，老伴失能", ("失能",)),
        ("没有轮椅，要人背", ("轮椅", "要人背")),  # he can't walk and has none
        ("无人抬", ("抬",)),
        ("有无卧床未核实", ("卧床",)),
        ("抬到高处", ("抬",)),
        ("不能自理", ("不能自理",)),
        ("前年抬高房基，老伴要抬", ("抬",)),
        ("长期不得不卧床", ("卧床",)),
        ("电话无卧床老人一名", ("卧床",)),
        ("没有卧床、瘫痪的儿子在家", ("瘫",)),
        ("无失能、卧床两年", ("卧床",)),
        ("植物人", ("植物人",)),
        ("无法行走", ("无法行走",)),
        ("下不了床", ("下不了床",)),
        ("不能自己走", ("不能自己走",)),
        ("不会走路", ("不会走路",)),
        ("走不了", ("走不了",)),
        ("行动不方便", ("行动不方便",)),
        ("走路不便", ("走路不便",)),
        ("身边无人卧床两年", ("卧床",)),
        ("轮椅已不用，现卧床", ("卧床",)),
        ("卧床的奶奶已去世，爷爷瘫痪", ("瘫",)),
        ("卧床的老人老伴去世", ("卧床",)),
        ("父亲去世后卧床", ("卧床",)),
        ("卧床：无人照顾", ("卧床",)),
        ("卧床，无人照顾", ("卧床",)),
        ("是否行动不便：是", ("行动不便",)),
        ("轮椅：无", ("轮椅",)),  # who is asked for one may need it
        ("起不来床", ("起不来床",)),
        ("动不了", ("动不了",)),
        ("无行动能力", ("无行动能力",)),
        ("需要背", ("需要背",)),
        ("腿脚不好", ("腿脚不好",)),
        ("走路困难", ("走路困难",)),
        ("肢体二级残疾", ("肢体二级",)),
        ("双目失明", ("失明",)),
        ("需人扶", ("需人扶",)),
        ("柱拐", ("柱拐",)),
        ("残疾", ("残疾",)),
        ("老伴骨折", ("骨折",)),
        ("痴呆", ("痴呆",)),
        ("精神二级残疾", ("残疾", "精神二级")),
        ("每周透析、在家吸氧", ("透析", "吸氧")),
        ("儿媳怀孕", ("怀孕",)),
        ("坐月子", ("月子",)),
        ("偏瘫", ("瘫",)),
        ("听力残疾，腿残", ("腿残",)),
    ],
)
def test_a_doubt_brings_somebody_to_the_door(text, words):
    assert walking_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("行动缓慢", ("行动缓慢",)),
        ("家有婴儿", ("婴儿",)),
        ("行动缓慢，要人扶", ()),  # the other word says more
        ("无婴儿", ()),
    ],
)
def test_who_walks_slowly_is_told_where_nobody_needs_more(text, words):
    assert slow_words(text) == words


def test_a_word_that_leaves_open_whether_somebody_walks_is_answered_by_any_register():
    assert walking_help("残疾") is Help.ON_AN_ARM
    assert [walking_help("残疾", one) for one in (Help.ALONE, Help.SLOWLY)] == [Help.ALONE, Help.SLOWLY]
    assert walking_help("腿残", Help.ALONE) is Help.ON_AN_ARM
    assert by_whom("照顾痴呆母亲") == ("", ("照顾痴呆母亲",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("已搬回居住", ()),
        ("已搬回来了", ()),
        ("没有搬走", ()),
        ("已搬回老家", ("已搬",)),  # away from here
        ("已搬到城里，房子空着", ("已搬", "搬到", "房子空")),
    ],
)
def test_who_came_back_or_stayed_lives_there(text, words):
    assert gone_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("听力差", ("听力差",)),
        ("耳朵背", ("耳朵背",)),
        ("听力二级残疾", ("听力二级",)),
        ("耳聋：无", ()),
        ("耳聋的奶奶已去世", ()),
        ("没人耳聋", ()),
    ],
)
def test_who_hears_badly_is_said(text, words):
    assert hearing_words(text) == words


def test_what_the_file_says_is_put_together_once_for_all_cards(monkeypatch):
    told = by_whom("照顾卧床母亲"), says_of_both("夫妻均卧床"), walking_words("卧床")
    monkeypatch.delattr(re, "escape")  # whoever puts a pattern together asks for it
    assert (by_whom("照顾卧床母亲"), says_of_both("夫妻均卧床"), walking_words("卧床")) == told


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("白天上班", ["absent"]),
        ("儿子外地打工", ["absent"]),
        ("随子女住市里", ["absent"]),
        ("白天没人，夜班", ["day_out", "night_out"]),
        ("空置：否", []),
    ],
)
def test_when_nobody_may_be_there_is_said(text, kinds):
    assert list(absence_words(text)) == kinds


def test_every_word_of_somebody_who_can_not_walk_alone_has_a_choice_to_offer():
    table = read_rules(FILE).table("walking")
    carried = {*table.texts("carried")} & {*table.texts("words")} - {"抬"}
    said = {one: likely_mobility(one) for one in table.texts("words")}
    assert {one for one, choice in said.items() if choice == "卧床"} == carried
    assert all(walking_help(one) is Help.CARRIED for one in carried)
