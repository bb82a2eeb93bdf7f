"""What only a remark says of somebody who can't walk counts until the register says it, for every paper alike."""

import pytest

from geohazard_desktop.domain.help_needed import Help
from geohazard_desktop.domain.household_help import household_help, slow_remarks, surely_deaf, unheard_remarks
from geohazard_desktop.domain.household_pace import pace_of
from geohazard_desktop.domain.remark_words import walking_help

CARRIED, ARM, ALONE, UNKNOWN = Help.CARRIED, Help.ON_AN_ARM, Help.ALONE, Help.UNKNOWN


@pytest.mark.parametrize(
    ("remark", "registered", "help"),
    [
        ("轮椅，须两人抬", UNKNOWN, CARRIED),
        ("户主坐轮椅", UNKNOWN, CARRIED),
        ("户主坐轮椅", ARM, ARM),  # somebody asked: an arm is enough
        ("老伴卧床", ARM, CARRIED),
        ("老伴卧床", ALONE, CARRIED),
        ("拄拐", UNKNOWN, ARM),
        ("半失能", UNKNOWN, ARM),
        ("老伴半失能，儿子失能", UNKNOWN, CARRIED),
        ("有无卧床未核实", UNKNOWN, CARRIED),  # a doubt counts, as on the calling list
        ("下不了床", UNKNOWN, CARRIED),
        ("无法行走", ARM, CARRIED),
        ("不能自己走", UNKNOWN, CARRIED),
        ("不能自己走", ARM, ARM),
        ("走路不便", UNKNOWN, ARM),
        ("无行动不便人员", UNKNOWN, UNKNOWN),
        ("院里养狗", ALONE, ALONE),
    ],
)
def test_a_remark_and_the_register_give_the_graver_help(remark, registered, help):
    assert walking_help(remark, registered) is help


def test_a_remark_of_the_household_is_of_one_of_those_of_whom_nothing_is_known():
    known = household_help([("", ""), ("正常", "")], ["老伴卧床"])
    assert sorted(known.people, key=lambda one: one.value) == [CARRIED, ALONE]
    assert known.remarks == ("老伴卧床",)
    assert not pace_of(known, 2).alone


def test_who_lives_alone_and_lies_in_bed_by_the_remark_is_led_out_by_nobody():
    assert pace_of(household_help((), ["卧床"]), 1).alone
    assert pace_of(household_help((), ["卧床"])).alone  # how many live there is not known
    assert not pace_of(household_help((), ["卧床"]), 3).alone
    assert pace_of(household_help([("正常", "")], ["卧床"]), 1).alone  # register and remark are at odds
    assert not pace_of(household_help([("正常", "")], ["卧床"]), 2).alone
    assert pace_of(household_help([("需搀扶", "")], ["老伴卧床"]), 2).alone


def test_a_members_own_remark_is_of_that_member():
    known = household_help([("需搀扶", "卧床多年"), ("正常", "")])
    assert known.people == (CARRIED, ALONE)
    assert not pace_of(known, 2).alone
    assert household_help([("卧床", "轮椅"), ("", "")], ["卧床"]).remarks == ()  # the register says it


@pytest.mark.parametrize(
    ("members", "remarks", "people", "carried", "supported", "alone"),
    [
        # who looks after somebody walks
        ([("正常", "照顾卧床母亲"), ("卧床", "")], [], 2, 1, 0, False),
        ([("正常", "在家护理瘫痪老伴，腰不好"), ("", "")], [], 2, 1, 0, False),
        ([("", "照顾卧床母亲，自己拄拐"), ("卧床", "")], [], 2, 1, 1, True),
        ([("正常", "照顾卧床母亲"), ("需搀扶", "")], [], 2, 1, 0, False),
        ([("", "由女儿照顾，卧床")], [], 1, 1, 0, True),
        ([("", "无人照顾卧床老人")], [], 1, 1, 0, True),
        # who names somebody is not the one that lies in bed
        ([("正常", "母亲卧床"), ("卧床", "")], [], 2, 1, 0, False),
        ([("正常", "母亲长年卧床"), ("", "")], [], 2, 1, 0, False),
        ([("正常", "母亲卧床")], [], None, 1, 0, False),  # she is not listed
        ([("正常", "母亲卧床")], [], 1, 1, 0, False),
        ([("卧床", "老伴也卧床"), ("正常", "")], [], 2, 2, 0, True),
        ([("正常", "母亲需搀扶"), ("正常", "")], [], 2, 0, 1, False),
        ([("", "女儿搀扶"), ("正常", "")], [], 2, 0, 1, False),  # she helps
        ([("", "女儿照顾，卧床"), ("正常", "")], [], 2, 1, 0, False),
        ([("", "老伴已去世，卧床")], [], 1, 1, 0, True),
        ([("", "老伴去世后卧床")], [], 1, 1, 0, True),
        ([("", "和儿子住卧床"), ("正常", "")], [], 2, 1, 0, False),
        ([("", "母亲卧床自己拄拐"), ("", "")], [], 2, 1, 1, True),
        ([("", "老人卧床")], [], 1, 1, 0, True),
        # of two of whom everything is written it is the one on an arm
        ([("需搀扶", ""), ("正常", "")], ["李老例卧床"], 2, 1, 0, False),
        ([("需搀扶", ""), ("正常", "")], ["老伴卧床"], 3, 1, 1, False),  # or the third
        ([("需搀扶", ""), ("正常", "")], ["老伴卧床"], None, 1, 1, False),
        ([("需搀扶", ""), ("", "")], ["老伴卧床"], 2, 1, 1, True),  # or who may not walk either
        # of both
        ([], ["夫妻均瘫痪卧床"], 2, 2, 0, True),
        ([], ["老两口都卧床"], 2, 2, 0, True),
        ([], ["父母都需搀扶"], 3, 0, 2, False),
        ([("卧床", ""), ("正常", "")], ["夫妻均卧床"], 2, 2, 0, True),
        ([("卧床", ""), ("需搀扶", "")], ["夫妻均卧床"], 2, 2, 0, True),
        ([("卧床", ""), ("卧床", "")], ["夫妻均卧床"], 3, 2, 0, False),
        ([], ["两人卧床"], 2, 2, 0, True),
        ([], ["卧床 2 人"], 2, 2, 0, True),
        ([], ["失能老人：两名"], 3, 2, 0, False),
        ([], ["卧床2个月"], 2, 1, 0, False),
        ([], ["轮椅，须两人抬"], 2, 1, 0, False),  # two who carry
        ([], ["夫妻均无卧床"], 2, 0, 0, False),
        # what leaves open whether he walks, until the register says how each walks
        ([("", "骨折")], [], 1, 0, 1, True),
        ([("正常", "骨折")], [], 1, 0, 0, False),
        ([("", "")], ["残疾"], 1, 0, 1, True),
        ([("缓行", "")], ["残疾"], 1, 0, 0, False),
        ([("正常", ""), ("", "")], ["老伴残疾"], 2, 0, 1, False),
        ([("正常", "")], ["老伴残疾"], 2, 0, 1, False),  # who is not listed
        ([("正常", ""), ("缓行", "")], ["老伴残疾"], 2, 0, 0, False),
        ([("卧床", ""), ("", "")], ["残疾"], 2, 1, 0, False),
        ([("", "行动缓慢")], ["家有婴儿"], 3, 0, 0, False),
    ],
)
def test_each_who_needs_help_is_counted_once(members, remarks, people, carried, supported, alone):
    known = household_help(members, remarks, people)
    assert (known.people.count(CARRIED), known.people.count(ARM)) == (carried, supported)
    assert pace_of(known, people).alone is alone


@pytest.mark.parametrize(
    ("members", "remarks", "people", "told"),
    [
        ([("", "行动缓慢")], [], 1, ("行动缓慢",)),
        ([("正常", "行动缓慢")], [], 1, ()),
        ([], ["家有婴儿"], 3, ("家有婴儿",)),
        ([("正常", "")], ["家有婴儿"], 2, ("家有婴儿",)),
        ([("正常", ""), ("缓行", "")], ["家有婴儿"], 2, ()),
    ],
)
def test_who_walks_slowly_by_a_remark_is_told_until_the_register_says_it(members, remarks, people, told):
    assert slow_remarks(members, remarks, people) == told
    assert not pace_of(household_help(members, remarks, people), people).helped


def test_a_remark_of_somebody_else_is_not_of_the_member_who_has_it():
    known = household_help([("正常", "母亲卧床"), ("缓行", "")], people=2)
    assert known.people == (ALONE, CARRIED)
    assert known.remarks == ("母亲卧床",)


@pytest.mark.parametrize(
    ("members", "remarks", "people", "said", "sure"),
    [
        ([("", "耳聋"), ("", "")], [], 2, 1, (0,)),
        ([("听得见", "老伴耳聋"), ("", "")], [], 2, 1, None),  # whose remark it is hears
        ([("听得见", "老伴耳聋"), ("听不见", "")], [], 2, 0, None),
        ([("", "")], ["耳聋"], 1, 1, (0,)),
        ([("", "")], ["老伴耳聋"], 1, 1, None),
        ([("", "")], ["耳聋"], 2, 1, None),  # one of two
        ([("", "耳聋")], ["老伴耳背"], 2, 2, None),
        ([], ["耳聋"], 1, 1, None),
        ([("听不见", "耳聋")], ["耳聋"], 2, 0, None),
    ],
)
def test_who_does_not_hear_by_a_remark_is_named_only_where_it_can_be_nobody_else(members, remarks, people, said, sure):
    assert len(unheard_remarks(members, remarks)) == said
    assert surely_deaf(members, remarks, people) == sure


@pytest.mark.parametrize(
    ("members", "asked"),
    [
        ([], True),
        ([("", "")], True),
        ([("听得见", ""), ("", "")], True),  # of the other one nobody wrote whether he hears
        ([("听得见", ""), ("听得见", "")], False),
        ([("听不见", ""), ("", "")], False),
    ],
)
def test_a_remark_of_not_hearing_counts_until_of_each_it_is_known(members, asked):
    assert bool(unheard_remarks(members, ["老伴耳聋"])) is asked
