"""An officer measures, goes on with other work, finds the figures still there; goes to a place and back."""

import pytest
from hands import CONTROL, Hands, until
from office import EAST, NORTH, at
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

pytestmark = pytest.mark.window
ALT = Qt.KeyboardModifier.AltModifier


def test_measurements_stay_through_other_work_until_they_are_cleared(hands: Hands):
    board = hands.window.map.desk.board
    hands.draw(Qt.Key.Key_M, [at(200, 200), at(1200, 200), at(1200, 2200)])
    (found,) = board.kept
    assert dict(found.lines)["段数"] == "2 段"
    hands.window.show_stage("zones")
    hands.key(Qt.Key.Key_V)
    assert board.kept == [found]
    assert hands.window.map.measures.panel.isVisible()
    hands.window.center.run("measure.copy")
    assert "长度（椭球）" in QGuiApplication.clipboard().text()
    hands.window.center.run("measure.clear")
    assert board.kept == []
    assert not hands.window.map.measures.panel.isVisible()


def test_going_to_a_name_by_its_initials_and_back(hands: Hands):
    finder = hands.window.finder
    hands.window.map.views.keep()
    before = hands.canvas.viewport
    hands.key(Qt.Key.Key_G, CONTROL)
    assert finder.isVisible()
    QTest.keyClicks(finder.edit, "slg")
    assert "示例沟" in finder.list.item(0).text()
    QTest.keyClick(finder.edit, Qt.Key.Key_Return)
    assert hands.window.session.selection[0][0] == "danger_zone"
    hands.settle()
    assert hands.canvas.viewport != before
    hands.key(Qt.Key.Key_Left, ALT)
    until(lambda: abs(hands.canvas.viewport.east - before.east) < 5 * before.pixel)
    assert hands.canvas.viewport.denominator == pytest.approx(before.denominator)
    hands.key(Qt.Key.Key_Right, ALT)
    assert hands.canvas.viewport != before


def test_going_to_coordinates_and_to_a_scale(hands: Hands):
    finder = hands.window.finder
    hands.key(Qt.Key.Key_G, CONTROL)
    QTest.keyClicks(finder.edit, f"{NORTH + 900:.0f} {EAST + 700:.0f}")
    assert "X 北" in finder.list.item(0).text()
    QTest.keyClick(finder.edit, Qt.Key.Key_Return)
    assert hands.canvas.viewport.east == pytest.approx(EAST + 700, abs=2)
    hands.key(Qt.Key.Key_G, CONTROL)
    QTest.keyClicks(finder.edit, "1:2500")
    QTest.keyClick(finder.edit, Qt.Key.Key_Return)
    assert hands.canvas.viewport.denominator == pytest.approx(2500)


def test_a_text_that_leads_nowhere_says_why_and_stays(hands: Hands):
    finder = hands.window.finder
    hands.key(Qt.Key.Key_G, CONTROL)
    QTest.keyClicks(finder.edit, "1, 2")
    assert "看不懂坐标" in finder.list.item(0).text()
    QTest.keyClick(finder.edit, Qt.Key.Key_Return)
    assert finder.isVisible()
    QTest.keyClick(finder.edit, Qt.Key.Key_Escape)
    assert not finder.isVisible()


def test_a_scale_that_is_typed_at_the_foot_is_the_map_s(hands: Hands):
    edit = hands.window.status.scale.lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "1:7000")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert hands.canvas.viewport.denominator == pytest.approx(7000)
