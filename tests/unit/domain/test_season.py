"""The key prevention period comes from the settings and may run over the turn of the year."""

from datetime import date

import pytest

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.domain.season import season_of

SUMMER = {"season.start": "06-01", "season.end": "10-31"}
WINTER = {"season.start": "11-15", "season.end": "03-31"}


@pytest.mark.parametrize(
    ("day", "inside"), [("2026-05-31", False), ("2026-06-01", True), ("2026-10-31", True), ("2026-11-01", False)]
)
def test_both_ends_belong_to_it(day, inside):
    assert season_of(SUMMER).contains(date.fromisoformat(day)) is inside


@pytest.mark.parametrize(
    ("day", "inside"), [("2026-11-14", False), ("2026-12-31", True), ("2027-01-01", True), ("2027-04-01", False)]
)
def test_it_may_run_over_the_turn_of_the_year(day, inside):
    assert season_of(WINTER).contains(date.fromisoformat(day)) is inside


def test_words():
    assert season_of(SUMMER).words() == "6 月 1 日—10 月 31 日"
    assert season_of(WINTER).words() == "11 月 15 日—次年 3 月 31 日"


def test_not_filled_in_is_no_season():
    assert season_of({}) is None
    assert season_of({"season.start": "", "season.end": " "}) is None


@pytest.mark.parametrize("text", ["6月1日", "02-30", "13-01", "00-10", "0601"])
def test_what_is_no_day_is_refused_with_the_key(text):
    with pytest.raises(DefinitionInvalid, match=r"season\.start"):
        season_of({"season.start": text, "season.end": "10-31"})


def test_half_a_season_is_refused():
    with pytest.raises(DefinitionInvalid, match=r"season\.end"):
        season_of({"season.start": "06-01"})
