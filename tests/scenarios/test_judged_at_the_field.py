"""What is hardly meant is said where it is typed: taken numbers, telephone numbers, names of streets, far corners."""

from pathlib import Path

import pytest
from hands import CONTROL, LEFT, Hands, corners, on_disk, until
from office import EAST, NORTH, at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shapely import Point, box

from geohazard_desktop.desktop.question import Question
from geohazard_desktop.desktop.register.paste_dialog import PasteDialog
from geohazard_desktop.workspace.edits import create_feature

pytestmark = pytest.mark.window


@pytest.fixture
def put(hands: Hands):
    """Store a feature of the office and select it; returns its uid."""

    def make(layer: str, geometry, **values) -> str:
        ws = hands.window.session.workspace
        edit = create_feature(ws.definitions, layer, geometry, values)
        ws.apply(edit)
        uid = edit.deltas[0].uid
        hands.window.session.select([(layer, uid)])
        return uid

    return make


def type_into(hands: Hands, name: str, text: str) -> None:
    editor = hands.window.form.editor(name)
    hands.window.form.form.show_editor(editor)
    editor.input.selectAll()
    if text.isascii():
        QTest.keyClicks(editor.input, text)
        return
    event = QInputMethodEvent()  # Chinese comes from an input method
    event.setCommitString(text)
    QApplication.sendEvent(editor.input, event)


def answer(sure: bool, seen: list[str]) -> None:
    """Answer the next question, and keep what it said."""

    def reply() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, reply)
            return
        assert isinstance(dialog, Question)
        seen.append(dialog.words.text())
        QTest.mouseClick(dialog.yes if sure else dialog.no, LEFT)

    QTimer.singleShot(0, reply)


def test_a_number_that_another_has_is_refused_at_the_field(hands: Hands, work: Path, put):
    put("danger_zone", box(*at(2000, 500), *at(2600, 900)), id="SL-W-0002", hazard_type="滑坡")
    type_into(hands, "id", "SL-W-0001")
    editor = hands.window.form.editor("id")
    hands.key(Qt.Key.Key_Tab, on=editor.input)
    assert "已经是示例沟（SL-W-0001）的" in editor.fault.text()
    assert "SL-W-0003" in editor.fault.text(), "a free one is named"
    assert sorted(one["id"] for one in on_disk(work, "danger_zone")) == ["SL-W-0001", "SL-W-0002"]
    type_into(hands, "id", "SL-W-0003")
    hands.key(Qt.Key.Key_Return, on=editor.input)
    assert sorted(one["id"] for one in on_disk(work, "danger_zone")) == ["SL-W-0001", "SL-W-0003"]


def test_a_taken_number_is_refused_in_the_table_and_from_the_clipboard(hands: Hands, work: Path, put):
    for number in ("SL-W-0002", "SL-W-0003"):
        put("danger_zone", box(*at(2000, 500), *at(2600, 900)), id=number, hazard_type="滑坡")
    hands.window.session.select([])
    hands.window.layers.set_current("danger_zone")
    hands.key(Qt.Key.Key_F4)
    hands.settle()
    panel = hands.window.register
    column = next(place for place, one in enumerate(panel.model.columns) if one.key == "id")
    panel.view.setColumnHidden(column, False)
    row = next(row for row in range(panel.model.rowCount()) if panel.model.values(row)["id"] == "SL-W-0002")
    panel.view.setCurrentIndex(panel.model.index(row, column))
    panel.view.setFocus()
    hands.key(Qt.Key.Key_F2, on=panel.view)
    cell = QApplication.focusWidget()
    assert isinstance(cell, QLineEdit)
    cell.selectAll()
    QTest.keyClicks(cell, "SL-W-0001")
    hands.key(Qt.Key.Key_Return, on=cell)
    assert cell.property("wrong") is True
    hands.key(Qt.Key.Key_Escape, on=cell)
    seen: list[str] = []

    def reply() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PasteDialog)
        seen.extend(dialog.list.topLevelItem(at).text(3) for at in range(dialog.list.topLevelItemCount()))
        dialog.reject()

    panel.view.setCurrentIndex(panel.model.index(0, column))
    QGuiApplication.clipboard().setText("SL-W-0009\r\nSL-W-0009\r\n")
    QTimer.singleShot(0, reply)
    hands.key(Qt.Key.Key_V, CONTROL, on=panel.view)
    assert any("写了两次" in one for one in seen)
    assert sorted(one["id"] for one in on_disk(work, "danger_zone")) == ["SL-W-0001", "SL-W-0002", "SL-W-0003"]


def test_the_street_is_chosen_from_the_names_and_another_is_questioned(hands: Hands, work: Path, put):
    put("subdistrict", box(EAST, NORTH, EAST + 4000, NORTH + 3000), name="示例街道")
    put("household", Point(at(1000, 1000)), head="李示例", subdistrict="")
    editor = hands.window.form.editor("subdistrict")
    type_into(hands, "subdistrict", "不存在街道")
    hands.key(Qt.Key.Key_Return, on=editor.input)
    assert "没有叫“不存在街道”的" in editor.note.text()
    assert "示例街道" in editor.note.text()
    assert on_disk(work, "household")[0]["subdistrict"] == "不存在街道", "questioned, not refused"
    editor.input.setFocus()
    editor.input.clear()
    hands.key(Qt.Key.Key_Down, on=editor.input)
    popup = QApplication.activePopupWidget()
    assert popup is not None, "the arrow opens the names"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert editor.input.text() == "示例街道"
    assert on_disk(work, "household")[0]["subdistrict"] == "示例街道"
    assert editor.note.text() == ""


def test_a_telephone_number_of_seven_digits_is_said_at_the_field_and_by_the_checks(hands: Hands, work: Path, put):
    put("household", Point(at(1000, 1000)), head="李示例")
    type_into(hands, "phone", "1380000")
    hands.key(Qt.Key.Key_Return, on=hands.window.form.editor("phone").input)
    assert "有 7 位；手机号是 11 位" in hands.window.form.editor("phone").note.text()
    assert on_disk(work, "household")[0]["phone"] == "1380000", "said, not refused"


def test_a_corner_far_outside_is_questioned_in_the_words_of_typed_coordinates(hands: Hands, work: Path):
    window = hands.window
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_N)
    window.center.run("shape.corners")
    panel = window.handlers.corners.panel
    before = corners(on_disk(work, "danger_zone")[0])

    def put_into_first_row(text: str, sure: bool) -> None:
        cell = panel.model.index(0, 1)
        panel.table.setCurrentIndex(cell)
        panel.table.edit(cell)
        edit = panel.table.findChild(QLineEdit)
        edit.selectAll()
        QTest.keyClicks(edit, text)
        asked = len(seen)
        answer(sure, seen)
        hands.key(Qt.Key.Key_Return, on=edit)
        until(lambda: len(seen) > asked and QApplication.activeModalWidget() is None, "the question")

    seen: list[str] = []
    put_into_first_row("4470500", False)
    assert "这一点在本区范围外 97.50 千米。" in seen[0]
    assert "周长会从 4 000 米变成" in seen[0].replace("\u2009", " ")
    assert corners(on_disk(work, "danger_zone")[0]) == before, "nothing moves unasked"
    QGuiApplication.clipboard().setText("4470500 36400500")
    panel.table.setCurrentIndex(panel.model.index(0, 1))
    answer(False, seen)
    hands.key(Qt.Key.Key_V, CONTROL, on=panel.table)
    until(lambda: len(seen) > 1)
    assert "在本区范围外" in seen[1], "a pasted list is questioned by the same rule"
    assert corners(on_disk(work, "danger_zone")[0]) == before
    put_into_first_row("4369900", True)
    assert "这一点在本区范围外 100 米。" in seen[2]
    assert corners(on_disk(work, "danger_zone")[0]) != before, "who means it gets it"
