"""年度方案 in the window: chosen, looked at, made; the Word file is for another program, and the window says so."""

from pathlib import Path

import pytest
from hands import Hands, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from geohazard_desktop.desktop.report import reporter


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    return sit_down(work)


def choose_word_alone(hands: Hands) -> None:
    hands.window.center.run("publish.yearly_plan")
    (form,) = [one for one in hands.window.publish.options.findChildren(QComboBox) if one.findData("docx") >= 0]
    form.setFocus()
    hands.key(Qt.Key.Key_Down, on=form)
    assert form.currentText() == "只要 Word（接着写）"


def test_the_plan_is_made_for_word_alone_and_the_window_says_what_opens_it(hands: Hands, work: Path):
    window = hands.window
    said: list[str] = []
    reporter().shown.connect(lambda _kind, words, *_more: said.append(words))
    choose_word_alone(hands)
    hands.press("预览", window.publish)
    until(lambda: any("没有页面可以预览" in one for one in said), "what a preview can't show")
    assert window.pages.currentWidget() is not window.preview
    assert not window.publish.results
    hands.press("出图", window.publish)
    until(lambda: window.publish.results and not window.publisher.busy, "the plan")
    (made,) = window.publish.results
    assert made.suffix == ".docx"
    assert made.is_file()
    assert any("Word" in one for one in said)
    assert window.pages.currentWidget() is not window.preview
    assert any("处要填写" in one for one in window.publish.made.told.texts())
