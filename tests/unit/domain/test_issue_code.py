"""The check code: what is read out over the telephone and typed wrong is noticed, always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain.issue_code import ALPHABET, LENGTH, is_code, make_code, new_code, read_code

payloads = st.text(st.sampled_from(ALPHABET), min_size=LENGTH - 1, max_size=LENGTH - 1)


def test_no_character_is_taken_for_another():
    assert not set("01OILDQBSZGUV") & set(ALPHABET)
    assert len(set(ALPHABET)) == 23


@given(payloads, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(payload, place, sign):
    plain = make_code(payload).replace("-", "")
    wrong = plain[:place] + sign + plain[place + 1 :]
    read = read_code(wrong, {make_code(payload)})
    if wrong == plain:
        assert read.code == make_code(payload)
    else:
        assert not read.code
        assert read.near == (make_code(payload),)
        assert f"第 {place + 1} 个字" in read.fault


@given(payloads, st.integers(0, LENGTH - 2))
def test_every_swap_of_neighbours_is_noticed(payload, place):
    plain = make_code(payload).replace("-", "")
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    read = read_code(swapped, {make_code(payload)})
    assert bool(read.code) == (swapped == plain)
    if swapped != plain:
        assert f"第 {place + 1} 个字和第 {place + 2} 个字像是写颠倒了" in read.fault


@given(payloads)
def test_a_code_is_read_however_it_is_typed(payload):
    code = make_code(payload)
    assert is_code(code)
    full = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in code)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code[:4]} {code[5:]} ", full, code.replace("-", "—")):
        assert read_code(typed).code == code
    assert read_code(f"核对码：{code} 第 2 版").code == code
    assert read_code(f"WD-D-0001|3|2|{code}|2026-11-22").code == code


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "请输入"),
        ("K7M4", "8 个字，这里有 4 个"),
        ("K7M4-RT9B", "第 8 个字“B”不对"),
        ("0000-0000", "第 1 个字“0”不对"),
    ],
)
def test_what_is_no_code_is_told_which_character(typed, words):
    read = read_code(typed)
    assert not read.code
    assert words in read.fault


def test_a_character_left_out_or_said_twice_finds_the_code():
    code = make_code("K7M4RT9")
    plain = code.replace("-", "")
    assert code in read_code(plain[:2] + plain[3:], {code}).near
    assert code in read_code(plain[:2] + plain[1:], {code}).near


def test_a_new_code_is_never_one_that_is_taken():
    first = make_code("2222222")
    signs = iter("2222222" + "3333333")
    assert new_code(lambda one: one == first, lambda _alphabet: next(signs)) == make_code("3333333")
