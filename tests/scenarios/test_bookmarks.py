"""A view gets a name, is found by it after a restart, and is forgotten when asked to."""

from pathlib import Path

import pytest
from hands import CONTROL, Hands
from office import at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from geohazard_desktop.desktop import preferences

pytestmark = pytest.mark.window
SHIFT = Qt.KeyboardModifier.ShiftModifier


def remember(hands: Hands, name: str = "") -> str:
    """Ctrl+B, the name, Enter; returns what was suggested."""
    hands.come_forward()
    hands.key(Qt.Key.Key_B, CONTROL, on=hands.window)
    dialog = hands.window.handlers.bookmarks.dialog
    assert dialog.isVisible()
    line = dialog.findChild(QLineEdit)
    suggested = line.text()
    if name:
        line.selectAll()
        line.insert(name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()
    return suggested


def entries(hands: Hands) -> list[str]:
    menu = hands.window.handlers.bookmarks.menu()
    return [one.text() for one in menu.actions() if one.text()]


def view(hands: Hands) -> tuple[float, float, float]:
    now = hands.canvas.viewport
    return now.east, now.north, now.denominator


def test_a_named_view_is_there_after_a_restart_and_in_the_palette(hands: Hands, sit_down, work: Path):
    assert "还没有书签" in entries(hands)
    hands.window.map.look_at_place(*at(2000, 1500), closest=5000)
    there = view(hands)
    assert remember(hands, "东坡") == "书签 1"
    assert any("已记住书签“东坡”" in one for one in hands.bars())
    hands.window.center.run("view.full")
    again = sit_down(work)
    assert entries(again)[0].startswith("东坡")
    assert "1:5" in entries(again)[0]
    again.key(Qt.Key.Key_G, CONTROL, on=again.window)
    again.window.finder.edit.insert("东")
    assert again.window.finder.list.item(0).text().startswith("东坡　书签")
    QTest.keyClick(again.window.finder.edit, Qt.Key.Key_Return)
    assert view(again) == pytest.approx(there)


def test_a_name_taken_again_is_told_and_taken_back_and_one_is_deleted(hands: Hands):
    remember(hands, "东坡")
    first = view(hands)
    hands.window.map.look_at_place(*at(600, 600), closest=2000)
    remember(hands, "东坡")
    assert any("“东坡”改成了现在的视图" in one for one in hands.bars())
    hands.press("撤销", hands.window.banner.bars()[-1])
    marks = hands.window.handlers.bookmarks
    assert marks.views()["东坡"] == pytest.approx(first)
    # What is selected gives the name.
    ws = hands.window.session.workspace
    hands.window.session.select([("danger_zone", ws.table("danger_zone").uids[0])])
    assert "示例沟" in remember(hands)
    assert len(marks.views()) == 2
    marks.remove("东坡")
    assert any("已删除书签“东坡”" in one for one in hands.bars())
    assert list(marks.views()) != ["东坡"]
    assert len(marks.views()) == 1


def test_what_a_preferences_file_says_wrongly_is_no_bookmark(hands: Hands):
    liked = hands.window.liked
    liked.bookmarks = {str(hands.window.session.workspace.path): {"甲": [1, 2], "乙": "x", "丙": [1, 2, 3]}}
    assert list(hands.window.handlers.bookmarks.views()) == ["丙"]
    liked.store()
    assert preferences.load().bookmarks == liked.bookmarks
