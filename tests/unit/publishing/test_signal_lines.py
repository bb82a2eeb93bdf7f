"""A signal is read at a glance: its lines end where one draws breath, never inside 手摇警报器."""

from pathlib import Path

import pypdfium2
import pytest

from geohazard_desktop.publishing.typeset.typesetting import typeset

_PAGE = """#import "parts/base.typ": *
#set page(width: 220mm, height: 120mm, margin: 0mm)
#set text(font: hei)
#let data = json("/data.json")
#context block(width: data.w * 1mm, {how}(data.words, data.w * 1mm, data.h * 1mm, data.sizes.map(one => one * 1pt)))
"""
SIZES = (54, 46, 40, 37, 35, 32, 29, 26, 22, 18, 14, 11)


def signal_in(folder: Path, words: str, w: float, h: float, how: str = "phrased") -> bytes:
    (folder / "signal.typ").write_text(_PAGE.replace("{how}", how), encoding="utf-8")
    data = {"words": words, "w": w, "h": h, "sizes": list(SIZES)}
    return typeset("signal", data, title="信号", folder=folder)


def lines_of(folder: Path, words: str, w: float, h: float, how: str = "phrased") -> list[str]:
    with pypdfium2.PdfDocument(signal_in(folder, words, w, h, how)) as document:
        page = document[0].get_textpage()
        rows: dict[int, str] = {}
        for number in range(page.count_chars()):
            char = page.get_text_range(number, 1)
            if char.strip():
                _left, low, _right, high = page.get_charbox(number, loose=True)
                rows[round((low + high) / 8)] = rows.get(round((low + high) / 8), "") + char
    return [rows[one] for one in sorted(rows, reverse=True)]


@pytest.mark.parametrize(("w", "h"), [(147, 26), (114, 40), (101, 17), (90, 30), (60, 40)])
def test_a_signal_of_two_clauses_breaks_at_its_comma_or_not_at_all(tmp_path, w, h):
    lines = lines_of(tmp_path, "连续急促敲锣，同时手摇警报器", w, h)
    assert lines in (["连续急促敲锣，", "同时手摇警报器"], ["连续急促敲锣，同时手摇警报器"])


@pytest.mark.parametrize("w", [60, 70, 80, 100])
def test_a_long_clause_keeps_its_words_whole(tmp_path, w):
    lines = lines_of(tmp_path, "村口和沟口的手摇警报器连续响三分钟以上不停并且高音喇叭喊话", w, 30)
    assert len(lines) > 1
    assert "".join(lines) == "村口和沟口的手摇警报器连续响三分钟以上不停并且高音喇叭喊话"
    assert sum(word in line for line in lines for word in ("手摇警报器", "高音喇叭", "连续")) == 3


@pytest.mark.parametrize(
    "words", ["#panic() $x$ \\u{41} <script>", "铜锣" * 60, "㐂𠮷，", "，，", "敲锣\n吹哨，再敲锣", "a" * 120]
)
def test_odd_signals_are_printed_as_written_within_their_room(tmp_path, words):
    with pypdfium2.PdfDocument(signal_in(tmp_path, words, 100, 26)) as document:
        page = document[0].get_textpage()
        text = page.get_text_range()
        foot = min(page.get_charbox(number)[1] for number in range(page.count_chars()))
    assert "".join(text.split()) == "".join(words.split())
    assert 120 - foot * 25.4 / 72 <= 26.5


def test_a_long_text_without_a_comma_is_not_made_tiny_to_stand_in_one_line(tmp_path):
    lines = lines_of(tmp_path, "#panic() $x$ [] _i_ *b* @r `c` // = abc def ghi jkl mno pqr stu", 147, 31)
    assert len(lines) > 1


@pytest.mark.parametrize("w", [40, 43, 46, 49, 52, 55, 58])
def test_the_number_of_a_route_stays_with_its_word(tmp_path, w):
    words = "出门向北 40 米（直线）到 12 号路线，向东 610 米"
    lines = lines_of(tmp_path, words, w, 24, "squeezed")
    assert sum("12号路线" in one for one in lines) == 1, lines
