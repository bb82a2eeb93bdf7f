"""What the register of papers says under 现况."""

import pytest

from geohazard_desktop.desktop.papers.issue_rows import Row
from geohazard_desktop.publishing.issues.standing import DRAWN, DRAWN_BEFORE, GROUND_BEFORE, Standing, State


def row(*changes: str) -> Row:
    standing = Standing("cards_household", "household", "u", "SL-H-0001", "", "", State.CHANGED, changes)
    return Row("cards_household", "避险卡", "household", "u", "SL-H-0001", "", "", "", standing=standing)


@pytest.mark.parametrize("drawing", [DRAWN, DRAWN_BEFORE, GROUND_BEFORE])
def test_a_paper_whose_words_are_the_same_is_not_said_to_say_otherwise(drawing):
    assert row(drawing).state == "图有变"
    assert row(drawing).told == f"图有变：{drawing}"
    assert row(drawing).to_print


def test_a_paper_with_other_words_is():
    assert row("户主联系电话：甲 改成 乙").state == "内容有变"
