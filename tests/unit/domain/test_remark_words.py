"""Words of a remark count where they say it of somebody, not where they are denied or mean a house or a coming back."""

import re

import pytest

from geohazard_desktop.domain.remark_words import by_whom, gone_words, hearing_words, says_of_both, walking_words


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
        ("没有轮椅，要人背", ("轮椅",)),  # he can't walk and has none
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
    ],
)
def test_a_doubt_brings_somebody_to_the_door(text, words):
    assert walking_words(text) == words


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
    ("text", "words"), [("听力差", ("听力差",)), ("耳朵背", ("耳朵背",)), ("耳聋的奶奶已去世", ()), ("没人耳聋", ())]
)
def test_who_hears_badly_is_said(text, words):
    assert hearing_words(text) == words


def test_what_the_file_says_is_put_together_once_for_all_cards(monkeypatch):
    told = by_whom("照顾卧床母亲"), says_of_both("夫妻均卧床"), walking_words("卧床")
    monkeypatch.delattr(re, "escape")  # whoever puts a pattern together asks for it
    assert (by_whom("照顾卧床母亲"), says_of_both("夫妻均卧床"), walking_words("卧床")) == told
