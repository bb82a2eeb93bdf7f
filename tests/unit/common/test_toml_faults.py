"""Where a TOML text is broken is said in Chinese, with line and column."""

import tomllib

import pytest

from geohazard_desktop.common.toml_faults import place_of, words_of


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a = \n", (1, 5), "第 1 行第 5 个字附近写错了"),
        ("a = 1\nb = [1, \n2 3]\n", (3, 3), "第 3 行第 3 个字附近写错了"),
        ("[style", None, "文本没有写完"),
        ("a = 1\na = 2\n", (2, 6), "第 2 行第 6 个字附近写错了"),
    ],
)
def test_the_place_is_found(text, place, words):
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert place_of(caught.value) == place
    assert words_of(caught.value) == words
