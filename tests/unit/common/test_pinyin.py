"""A name is found by what an officer types for it: characters, initials, spellings, or a mixture."""

import pytest

from geohazard_desktop.common.pinyin import initials, matches


def test_initials_know_every_reading_of_a_character():
    assert "cq" in initials("重庆")
    assert "zq" in initials("重庆")
    assert initials("达来浩") == {"dlh"} | (initials("达来浩") - {"dlh"})
    assert initials("") == {""}


def test_what_is_no_chinese_character_stays():
    assert initials("WD-W-003 号") >= {"wd-w-003h"}


def test_initials_of_a_long_name_of_many_readings_stay_few():
    assert len(initials("重行长地大着" * 4)) <= 64


@pytest.mark.parametrize("typed", ["达来", "dlh", "lh", "dalai", "dalaihao", "da来h", "DLH", " d l h ", ""])
def test_one_name_is_found_by_all_that_people_type(typed):
    assert matches("达来浩", typed)


@pytest.mark.parametrize("typed", ["dh", "ladh", "达h", "xyz", "dalaihaox", "，"])
def test_a_name_is_not_found_by_what_it_is_not_called(typed):
    assert not matches("达来浩", typed)


@pytest.mark.parametrize("typed", ["nvren", "nuren", "nr"])
def test_the_letter_u_with_dots_is_typed_v_or_u(typed):
    assert matches("女人沟", typed)


def test_a_rare_character_without_a_reading_breaks_nothing():
    assert matches("𠮷村", "cun")
    assert matches("𠮷村", "𠮷")
