"""What only a remark says of somebody who can't walk counts until the register says it, for every paper alike."""

import pytest

from geohazard_desktop.domain.help_needed import Help
from geohazard_desktop.domain.household_help import household_help
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
