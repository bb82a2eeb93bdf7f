"""Walking times: three walkers, rounded up, never fewer minutes than the way takes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain import walking
from geohazard_desktop.workspace.definition import read_definitions

METRES = st.floats(0, 1e6, allow_nan=False)


def test_three_walkers_from_fast_to_slow_each_with_its_source():
    found = walking.walkers()
    assert [(one.key, one.metres_per_second) for one in found] == [("normal", 1.0), ("elderly", 0.8), ("slow", 0.5)]
    assert [one.label for one in found] == ["常人", "老人", "慢行"]
    assert all(one.source.words and one.card_label and one.who for one in found)
    assert not walking.walker("elderly").source.verified


@pytest.mark.parametrize(
    ("metres", "minutes"),
    [(0, [0, 0, 0]), (1, [1, 1, 1]), (60, [1, 2, 2]), (480, [8, 10, 16]), (480.5, [9, 11, 17]), (1480, [25, 31, 50])],
)
def test_minutes_are_rounded_up(metres, minutes):
    assert list(walking.walking_minutes(metres).values()) == minutes


@given(METRES)
def test_minutes_never_understate_and_waste_less_than_one(metres):
    for one in walking.walkers():
        needed = Fraction(metres) / (one.speed * 60)
        assert needed <= one.minutes(metres) < needed + 1


@given(METRES, METRES)
def test_a_longer_way_never_takes_less(one, other):
    short, long = sorted((one, other))
    for walker in walking.walkers():
        assert walker.minutes(short) <= walker.minutes(long)


@given(st.integers(0, 10_000))
def test_whole_minutes_stay_what_they_are(minutes):
    for one in walking.walkers():
        assert one.minutes(float(one.speed * 60 * minutes)) == minutes


@pytest.mark.parametrize("metres", [-1.0, float("nan"), float("inf")])
def test_a_length_that_is_none_is_refused(metres):
    with pytest.raises(ValueError, match="length"):
        walking.walking_minutes(metres)


def test_who_walks_how_and_who_must_be_carried():
    walks = {word: one.key for one in walking.walkers() for word in one.mobility}
    assert (walks["正常"], walks["需搀扶"]) == ("normal", "slow")
    assert walks.keys().isdisjoint({"卧床", ""})
    assert walking.must_be_carried("卧床")
    assert not walking.must_be_carried("需搀扶")


def test_every_mobility_of_a_household_member_is_judged():
    words = read_definitions()["household_member"].by_name["mobility"].values
    assert words
    for word in words:
        assert any(word in one.mobility for one in walking.walkers()) is not walking.must_be_carried(word)


def test_the_time_to_get_going_is_said_beside_the_minutes():
    going = walking.getting_going()
    assert (going.day_minutes, going.night_minutes, going.source.verified) == (5, 15, False)
    assert "白天约 5 分钟" in walking.start_note()
    assert "夜里约 15 分钟" in walking.start_note()
    note = walking.speeds_note()
    assert "常人 1.0、老人 0.8、慢行 0.5 米/秒" in note
    assert "夜间用时乘 1.25" in note


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("轮椅", "需搀扶"),
        ("坐轮椅，行动不便", "需搀扶"),
        ("半失能", "需搀扶"),
        ("失能", "卧床"),
        ("长期卧床", "卧床"),
        ("失能、轮椅", "卧床"),
        ("完全失能，行动不便", "卧床"),
        ("生活不能自理", "卧床"),
        ("走得慢", "缓行"),
        ("健康", "正常"),
        ("不健康", ""),  # nobody is taken for sound by a part of a text
        ("残疾", ""),
        ("", ""),
    ],
)
def test_what_lists_of_others_probably_mean(written, likely):
    assert walking.likely_mobility(written) == likely
