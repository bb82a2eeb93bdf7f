"""Numbers for people: made, read back, and never mistaken for those of another series."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain.numbering import format_number, household_card_number, serial_of, work_card_number

PREFIXES = st.text(string.ascii_uppercase, max_size=6)
LETTERS = st.sampled_from("WLJADHSTFKZ")


def test_the_form():
    assert format_number("WD", "W", 8) == "WD-W-0008"
    assert format_number("", "W", 8) == "W-0008"
    assert format_number("WD", "H", 12345) == "WD-H-12345"


@given(PREFIXES, LETTERS, st.integers(1, 10**7))
def test_a_number_gives_its_serial_back(prefix, letter, serial):
    assert serial_of(format_number(prefix, letter, serial), prefix, letter) == serial


@given(PREFIXES, LETTERS, LETTERS, st.integers(1, 10**5))
def test_a_number_belongs_to_one_series(prefix, letter, other, serial):
    if letter != other:
        assert serial_of(format_number(prefix, letter, serial), prefix, other) is None


@given(st.text(max_size=20))
def test_any_text_can_be_asked(text):
    found = serial_of(text, "WD", "W")
    assert found is None or format_number("WD", "W", found) in (text.strip(), format_number("WD", "W", int(text[-4:])))


@pytest.mark.parametrize("text", ["WD-W-8", "XX-W-0008", "WD-W-0008a", "WD-W-٠٠٠٨", "W-0008", "", "wd-w-0008"])
def test_numbers_of_others_are_no_serials_of_ours(text):
    assert serial_of(text, "WD", "W") is None


def test_spaces_around_a_typed_number_do_not_matter():
    assert serial_of(" WD-W-0008 ", "WD", "W") == 8


def test_cards_are_numbered_after_their_point():
    assert work_card_number("150304040001", 2) == "150304040001-G02"
    assert household_card_number("150304040001", 17) == "150304040001-B017"


@pytest.mark.parametrize("serial", [0, -1])
def test_series_begin_at_one(serial):
    with pytest.raises(ValueError, match="begins at 1"):
        format_number("WD", "W", serial)
    with pytest.raises(ValueError, match="begins at 1"):
        household_card_number("1", serial)
