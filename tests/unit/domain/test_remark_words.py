"""Words of a remark count where they say it of somebody, not where they are denied or mean a house or a coming back."""

import pytest

from geohazard_desktop.domain.remark_words import gone_words, walking_words


@pytest.mark.parametrize(
    "text",
    [
        "无行动不便人员",
        "没有卧床、失能人员",
        "家中没有瘫痪病人和卧床老人",
        "2020年抬高房基",
        "不需搀扶",
        "地基抬高了半米",
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
