"""What 威胁对象 says of 户 and 人 is read as people write it, and put right without touching other words."""

import pytest

from geohazard_desktop.domain.threat_numbers import threat_numbers, with_numbers


@pytest.mark.parametrize(
    ("text", "households", "people", "clear"),
    [
        ("住户 12 户 38 人、东源科技厂区、北岸路 900 m", 12, 38, True),
        ("居民12户38人", 12, 38, True),
        ("１２户（共３８人）", 12, 38, True),
        ("12 户，约 38 人", 12, 38, True),
        ("12户居民常住38人", 12, 38, True),
        ("38 人（12 户）", 12, 38, True),
        ("东侧 5 户 16 人、西侧 7 户 22 人", 12, 38, False),
        ("住户 12 户、学校 1 所", 12, None, True),
        ("住户 12 户、学生 200 人", 12, None, False),
        ("住户 12 户，工人 18 人，38 人常住", 12, None, False),
        ("5 户 16 人，另有 7 户", 12, None, False),
    ],
)
def test_numbers_are_read_as_they_are_written(text, households, people, clear):
    found = threat_numbers(text)
    assert (found.households, found.people, found.clear) == (households, people, clear)


@pytest.mark.parametrize("text", ["", "工棚 4 栋、矿区道路 300 m", "工人 26 人", "门户网站机房", "十余户居民"])
def test_where_no_household_is_counted_nothing_is_read(text):
    assert threat_numbers(text) is None


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("住户 12 户 38 人、北岸路 900 m", "住户 13 户 41 人、北岸路 900 m"),
        ("38 人（12 户）、38 号楼", "41 人（13 户）、38 号楼"),
        ("住户 12 户、学校 1 所", "住户 13 户、学校 1 所"),
        ("9 户 9 人", "13 户 41 人"),
    ],
)
def test_other_words_stay(text, right):
    assert with_numbers(text, 13, 41) == right
