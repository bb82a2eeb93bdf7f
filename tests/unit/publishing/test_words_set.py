"""Templates look for digits before they ask a regular expression: all it would find is broken and bound as before."""

import pypdfium2
import pytest

from geohazard_desktop.publishing.typeset.typesetting import typeset


def lines(tmp_path, text: str, way: str = "bound") -> list[str]:
    """`text` in a column of sixteen Chinese characters, line by line."""
    page = '#import "parts/base.typ": *\n#show: paper.with(60mm, 90mm)\n'
    page += f'#box(width: 16.5em, {way}(json("/data.json").words))'
    (tmp_path / "words.typ").write_text(page, encoding="utf-8")
    pdf = typeset("words", {"words": text}, title="字", folder=tmp_path)
    document = pypdfium2.PdfDocument(pdf)
    found = document[0].get_textpage().get_text_range().splitlines()
    document.close()
    return found


@pytest.mark.parametrize("way", ["bound", "words"])
def test_a_long_word_is_broken_wherever_it_stands(tmp_path, way):
    for text in ("http://www.example.gov.cn/zrzy/dzzh", "网址http://wwwexample", "превышениеприроднойопасности"):
        assert "".join(lines(tmp_path, text, way)).replace(" ", "") == text


@pytest.mark.parametrize(
    "text",
    [
        "沿箭头向北走到东边的路口那里再走约 1300 米，到广场",
        "一二三四五六七八九十一二三四左转，再走",
        "值班电话请打这个号码 139 0000 0001",
    ],
)
def test_numbers_with_their_units_and_turns_are_not_broken(tmp_path, text):
    kept = next(one for one in ("约 1300 米", "左转", "139 0000 0001") if one in text).removeprefix("约 ")
    made = lines(tmp_path, text)
    assert len(made) > 1
    assert any(kept in one for one in made), made


def test_two_numbers_are_broken_behind_their_sign(tmp_path):
    made = lines(tmp_path, "电话13900001007/13900001008;13900001009")
    assert "".join(made) == "电话13900001007/13900001008;13900001009"
    assert made[0].endswith(("/", ";"))
