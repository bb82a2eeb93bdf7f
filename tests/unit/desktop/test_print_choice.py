"""打印 offers what differs, and means by itself what somebody has just asked for."""

from pathlib import Path

import pytest

from geohazard_desktop.desktop.pages.print_choice import print_offer


@pytest.fixture
def made(tmp_path: Path) -> list[Path]:
    found = [tmp_path / name for name in ("1.pdf", "2.pdf", "3.pdf", "4.xlsx")]
    for one in found:
        one.write_bytes(b"%PDF")
    return found


def offered(offer) -> dict[str, list[str]]:
    return {one.key: [path.name for path in one.paths] for one in offer.choices}


def first(offer) -> str:
    return str(offer.choices[offer.first].key)


def test_what_was_made_anew_is_meant_while_one_of_it_is_in_sight(made):
    offer = print_offer(shown=made[0], chosen=[], run=made[:2], again=True, made=made)
    assert offered(offer) == {"shown": ["1.pdf"], "run": ["1.pdf", "2.pdf"], "all": ["1.pdf", "2.pdf", "3.pdf"]}
    assert first(offer) == "run"
    assert "刚重出的 2 个" in offer.choices[offer.first].words


@pytest.mark.parametrize(("shown", "again"), [(2, True), (0, False)])
def test_a_page_of_another_day_or_a_plain_run_is_printed_alone(made, shown, again):
    offer = print_offer(shown=made[shown], chosen=[], run=made[:2], again=again, made=made)
    assert first(offer) == "shown"
    assert "run" in offered(offer)


def test_what_a_hand_marked_comes_before_all_else(made):
    offer = print_offer(shown=made[0], chosen=[made[2], made[1]], run=made[:2], again=True, made=made)
    assert first(offer) == "chosen"
    assert offered(offer)["chosen"] == ["3.pdf", "2.pdf"], "in the order given"


def test_the_same_files_are_offered_once_in_the_words_of_what_is_meant(made):
    offer = print_offer(shown=made[0], chosen=[], run=made[:1], again=True, made=made[:1])
    assert offered(offer) == {"run": ["1.pdf"]}
    assert first(offer) == "run"


def test_files_that_cannot_be_printed_are_told_with_their_reason(made):
    made[1].unlink()
    offer = print_offer(shown=made[0], chosen=[], run=made, again=True, made=made)
    run = offer.choices[offer.first]
    assert [one.name for one in run.paths] == ["1.pdf", "3.pdf"]
    assert run.left_out == (
        "2.pdf 已经不在文件夹里，印不了，要印请再出一次。4.xlsx 不是 PDF，不在这里打印，请用原来的程序打开。"
    )


def test_nothing_made_is_nothing_offered():
    assert not print_offer(shown=None, chosen=[], run=[], again=True, made=[]).choices
