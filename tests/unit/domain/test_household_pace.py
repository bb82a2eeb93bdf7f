"""At whose pace a household leaves: nobody is taken for sound, who is carried slows nobody down."""

import pytest

from geohazard_desktop.domain.household_help import household_help
from geohazard_desktop.domain.household_pace import pace_of
from geohazard_desktop.domain.walking import going_note


@pytest.mark.parametrize(
    ("mobility", "people", "walker", "carried", "supported", "alone"),
    [
        ([], None, "老人", False, False, False),
        (["", "正常"], 2, "老人", False, False, False),
        (["缓行"], 1, "老人", False, False, False),
        (["需搀扶", "正常"], 2, "慢行", False, True, False),
        (["需搀扶"], 3, "慢行", False, True, False),  # two more, of whom nothing is listed
        (["需搀扶"], None, "慢行", False, True, True),
        (["卧床", ""], 2, "老人", True, False, False),
        (["卧床"], 1, None, True, False, True),
        (["卧床", "需搀扶"], 2, "慢行", True, True, True),
    ],
)
def test_the_pace_of_a_household(mobility, people, walker, carried, supported, alone):
    pace = pace_of(household_help((one, "") for one in mobility), people)
    assert (pace.walker.label if pace.walker else None) == walker
    assert (pace.carried, pace.supported, pace.alone) == (carried, supported, alone)
    assert pace.helped == (carried or supported)


@pytest.mark.parametrize(
    ("people", "deaf", "unheard"),
    [(1, 1, True), (2, 2, True), (2, 1, False), (None, 1, False), (0, 1, False), (1, 0, False)],
)
def test_only_a_household_whose_head_count_is_known_hears_nothing(people, deaf, unheard):
    listed = household_help([("正常", "")] * max(1, deaf))
    assert pace_of(listed, people, deaf=deaf).unheard is unheard


def test_getting_going_in_one_line_and_in_two():
    assert going_note() == "夜里走得更慢；动身另加白天 5、夜里 15 分钟"
    assert going_note(lines=2).split("\n") == ["夜里走得更慢；动身另加", "白天 5、夜里 15 分钟"]
