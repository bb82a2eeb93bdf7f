"""Who can leave alone: the same for papers, lists, the drawing panel and checks, whatever word the register has."""

import pytest

from geohazard_desktop.domain.calling import Person, help_words, helped_counts
from geohazard_desktop.domain.help_needed import Help, help_of
from geohazard_desktop.domain.household_help import household_help
from geohazard_desktop.domain.household_pace import pace_of


@pytest.mark.parametrize(
    ("word", "help", "helped"),
    [
        ("卧床", Help.CARRIED, True),
        ("需搀扶", Help.ON_AN_ARM, True),
        ("拄双拐", Help.ON_AN_ARM, True),  # a list of others wrote it: nobody is left without help
        ("缓行", Help.SLOWLY, False),
        ("正常", Help.ALONE, False),
        ("", Help.UNKNOWN, False),
    ],
)
def test_every_user_gets_one_answer(word, help, helped):
    assert help_of(word) is help
    assert help_of(f" {word} ") is help
    assert help.helped is helped
    assert pace_of(household_help([(word, "")]), 1).helped is helped
    assert bool(helped_counts([Person(mobility=word)])) is helped
    assert ("行动能力没登记" in "".join(help_words([Person(mobility=word)]))) is (help is Help.UNKNOWN)


def test_whom_nobody_can_lead_out_waits_whatever_word_says_so():
    assert pace_of(household_help([("拄双拐", "")]), 1).alone
    assert pace_of(household_help([("拄双拐", "")]), 2).walker.key == "slow"
