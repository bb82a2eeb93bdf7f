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
    ("number", "text"),
    [(0, "0"), (100, "100"), (12345.67, "12345.67"), (1_000_000, "1000000"), (0.1 + 0.2, "0.3"), (2.5, "2.5")],
)
def test_a_registered_number_keeps_its_digits(number, text):
    assert q.registered(number) == text


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


def test_areas_in_mu():
    assert q.mu_words(460_200) == "690.3 亩"


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


@pytest.mark.parametrize(("degrees", "text"), [(94.93, "94°56′"), (0, "0°00′"), (359.9999, "0°00′"), (-1, "359°00′")])
def test_bearings(degrees, text):
    assert q.bearing_words(degrees) == text


def test_people_and_volumes():
    assert q.people_words(3503) == f"3{THIN}503 人"
    assert q.volume_words(3600) == f"3{THIN}600 m³"
    assert q.volume_words(12_500) == "1.25 万 m³"
    assert q.volume_words(100_000) == "10 万 m³"


def test_degrees_never_show_sixty_seconds():
    assert q.dms(106.72) == "106°43′12.00″"
    assert q.dms(106.99999999) == "107°00′00.00″"
    assert q.dms(-0.5) == "-0°30′00.00″"
