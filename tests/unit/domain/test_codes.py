"""Doubts about numbers are said, and only where there is one."""

import pytest

from geohazard_desktop.domain.codes import numbers_in, phone_doubt, unified_code_doubt


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12379",
        "139 0000 0001 或 139 0000 0002",
        "95598",
        "400-000-0000",
        "139 0000 0001",
        "0473-0000000",
        "13900000001、0000-0000000",
        "+86 139 0000 0001",
        "119",
        "（0473）000 0000",
        "139 0000 0001 139 0000 0002",
        "13900000001\n0473-0000000",
    ],
)
def test_a_number_that_can_be_dialled_raises_no_doubt(text):
    assert phone_doubt(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("139 0000 001", "10 位"),
        ("13900000001转2", "以外的字"),
        ("239000000011", "12 位"),
        ("123", "3 位"),
        ("1380000", "7 位"),
        ("13900000001、123", "“123”有 3 位"),
        ("3990000", "没有区号"),
        ("12900000001", "不像手机号"),
    ],
)
def test_a_number_that_can_hardly_be_dialled_is_said(text, said):
    assert said in phone_doubt(text)


def test_a_unified_code_is_compared_with_district_and_hazard():
    assert unified_code_doubt("150304040001", "150304", "地面塌陷") == ""
    assert unified_code_doubt("") == ""
    assert "12 位" in unified_code_doubt("15030404")
    assert "150304" in unified_code_doubt("150303040001", "150304")
    assert "表示地面塌陷" in unified_code_doubt("150304040001", "150304", "滑坡")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("139 0000 0001", {"13900000001"}),
        ("139 0000 0001 139 0000 0002", {"13900000001", "13900000002"}),
        ("13900000001 0473-2000000", {"13900000001", "04732000000"}),
        ("13900000001\n13900000002", {"13900000001", "13900000002"}),
        ("0473 2000000", {"04732000000"}),
        ("0473-2000000 转 801", {"04732000000转801"}),
    ],
)
def test_numbers_of_a_cell_are_told_apart_by_a_blank_too(text, numbers):
    assert numbers_in(text) == numbers
