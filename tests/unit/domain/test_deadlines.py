"""A monitoring cycle is read as it is written; a text that names none gives no deadline."""

import pytest

from geohazard_desktop.domain.deadlines import card_days, cycle_days, review_days

DEMO = "汛期每天 1 次，雨天加密；非汛期每 10 天 1 次"


@pytest.mark.parametrize(
    ("text", "season", "outside"),
    [
        (DEMO, 1, 10),
        ("每周一次", 7, 7),
        ("每月 2 次", 16, 16),
        ("每两天巡查一次", 2, 2),
        ("每日1次,汛期每日3次", 1, 1),
        ("重点防范期每旬 1 次；其余每月 1 次", 10, 31),
        ("1 天 2 次", 1, 1),
        ("汛期每 2 小时一次", 1, None),
        ("每季度监测1次", 92, 92),
        ("半个月一次", None, None),  # what is not understood is not guessed
        ("雨天加密", None, None),
        ("", None, None),
        ("定期", None, None),
    ],
)
def test_the_longest_gap_of_a_cycle(text, season, outside):
    assert cycle_days(text, in_season=True) == season
    assert cycle_days(text, in_season=False) == outside


def test_days_and_what_they_hold_for_stand_in_the_rules():
    assert review_days()[0] >= 1
    assert "hazard_point" in review_days()[1]
    assert "cards_household" in card_days()[1]
