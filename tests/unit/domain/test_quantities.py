"""Numbers as the office writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain import quantities as q

THIN = q.THIN


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (3503, 0, f"3{THIN}503"),
        (0, 0, "0"),
        (-0.2, 0, "0"),
        (-0.004, 2, "0.00"),
        (1234567.891, 2, f"1{THIN}234{THIN}567.89"),
    ],
)
def test_thousands_are_parted_and_nothing_is_minus_zero(number, digits, text):
    assert q.grouped(number, digits) == text


@pytest.mark.parametrize(
    ("square_metres", "text"),
    [
        (0, "0 m²"),
        (99, "99 m²"),
        (100, "0.01 公顷"),
        (460_200, "46.02 公顷"),
        (999_940, "99.99 公顷"),
        (999_960, "1.00 km²"),
    ],
)
def test_areas(square_metres, text):
    assert q.area_words(square_metres) == text


def test_areas_in_other_units():
    assert q.mu_words(460_200) == "690.3 亩"
    assert q.square_kilometre_words(6_210_000) == "6.21 km²"


@pytest.mark.parametrize(
    ("metres", "text"), [(350, "350 米"), (1755, f"1{THIN}755 米"), (9999.6, "10.00 千米"), (12_345, "12.35 千米")]
)
def test_lengths(metres, text):
    assert q.length_words(metres) == text


@pytest.mark.parametrize(
    ("metres", "rounded", "text"),
    [
        (0, 0, "0 米"),
        (7.4, 7, "7 米"),
        (9.6, 10, "10 米"),
        (344.9, 340, "340 米"),
        (345, 350, "350 米"),
        (996, 1000, "1 千米"),
        (1234, 1230, "1.2 千米"),
    ],
)
def test_ways(metres, rounded, text):
    assert q.way_metres(metres) == rounded
    assert q.way_words(metres) == text


@given(st.floats(0, 1e6))
def test_a_way_is_rounded_by_half_a_step_at_most(metres):
    assert abs(q.way_metres(metres) - metres) <= 5.0


@given(st.floats(0, 1e7))
def test_minutes_never_understate(seconds):
    assert seconds <= q.whole_minutes(seconds) * 60 <= seconds + 60


def test_minutes_in_words():
    assert q.minutes_words(0) == "0 分钟"
    assert q.minutes_words(59) == "59 分钟"
    assert q.minutes_words(60) == "1 小时"
    assert q.minutes_words(75) == "1 小时 15 分钟"
    with pytest.raises(ValueError, match="duration"):
        q.whole_minutes(-1)


@pytest.mark.parametrize(
    ("degrees", "eight", "sixteen"),
    [
        (0, "北", "北"),
        (359.9, "北", "北"),
        (22.4, "北", "北东北"),
        (22.5, "东北", "北东北"),
        (67.4, "东北", "东东北"),
        (-90, "西", "西"),
        (202, "南", "南西南"),
    ],
)
def test_directions(degrees, eight, sixteen):
    assert q.direction_words(degrees) == eight
    assert q.direction_words(degrees, 16) == sixteen


@given(st.floats(-720, 720))
def test_the_opposite_way_is_the_opposite_word(degrees):
    for points in (8, 16):
        opposite = str.maketrans("东西南北", "西东北南")
        word = q.direction_words(degrees, points)
        step = 360 / points
        if abs((degrees % step) - step / 2) > 1e-6:
            assert q.direction_words(degrees + 180, points) == word.translate(opposite)


@pytest.mark.parametrize(("degrees", "text"), [(94.93, "94°56′"), (0, "0°00′"), (359.9999, "0°00′"), (-1, "359°00′")])
def test_bearings(degrees, text):
    assert q.bearing_words(degrees) == text


@pytest.mark.parametrize(
    ("wan", "text"),
    [
        (0, "0 万元"),
        (460, "460 万元"),
        (0.5, "0.5 万元"),
        (12.346, "12.35 万元"),
        (9999, f"9{THIN}999 万元"),
        (12_000, "1.20 亿元"),
    ],
)
def test_money(wan, text):
    assert q.money_words(wan) == text


def test_people_households_volumes():
    assert q.people_words(3503) == f"3{THIN}503 人"
    assert q.household_words(286) == "286 户"
    assert q.volume_words(3600) == f"3{THIN}600 m³"
    assert q.volume_words(12_500) == "1.25 万 m³"
    assert q.volume_words(100_000) == "10 万 m³"


def test_degrees_never_show_sixty_seconds():
    assert q.dms(106.72) == "106°43′12.00″"
    assert q.dms(106.99999999) == "107°00′00.00″"
    assert q.dms(-0.5) == "-0°30′00.00″"
