"""Days in words, and ages that grow."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain.dates import age_in, day_words, month_day_words, parse_day


@pytest.mark.parametrize(
    "text",
    ["2026-07-18", "2026/7/18", "2026.7.18", "2026年7月18日", " 20260718 ", "2026 年 7 月 18 日"],
)
def test_days_are_read(text):
    assert parse_day(text) == date(2026, 7, 18)


@pytest.mark.parametrize("text", ["", "2026-02-30", "18.7.2026", "七月", "2026-7", "202607181"])
def test_what_is_no_day_is_none(text):
    assert parse_day(text) is None


@given(st.dates(date(1000, 1, 1)))
def test_a_day_in_words_is_read_back(day):
    assert parse_day(day_words(day)) == day
    assert parse_day(day.isoformat()) == day


def test_words():
    assert day_words(date(2026, 7, 8)) == "2026 年 7 月 8 日"
    assert month_day_words(date(2026, 7, 8)) == "7 月 8 日"


def test_ages():
    assert age_in(2026, 1950) == 76
    assert age_in(2026, None, 70, date(2024, 5, 1)) == 72
    assert age_in(2026, None, 70) == 70
    assert age_in(2026, 2030) is None
    assert age_in(2026, None) is None
