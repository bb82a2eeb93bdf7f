"""An officer leaves a workspace with something typed and not stored: the program asks, and does what is answered."""

from pathlib import Path

import pytest
from fresh import fresh_workspace
from hands import LEFT, Hands, on_disk, until
from office import at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from shapely import Point

from geohazard_desktop.workspace.edits import create_feature

pytestmark = pytest.mark.window
MINE = "// of our own"


@pytest.fixture
def other(tmp_path: Path, district) -> Path:
    path = tmp_path / "另一份.gpkg"
    fresh_workspace(path, district).close()
    return path


@pytest.fixture
def asked(hands: Hands):
    """`asked(words)`: when the program asks, the button of these words is clicked ("": Esc). What was asked follows."""
    told: list[str] = []

    def answer(words: str) -> list[str]:
        def reply() -> None:
            box = QApplication.activeModalWidget()
            if box is None:
                QTimer.singleShot(20, reply)
                return
            told.append(box.windowTitle())
            found = [one for one in box.findChildren(QPushButton) if one.text() == words]
            if found:
                QTest.mouseClick(found[0], LEFT)
            else:
                QTest.keyClick(box, Qt.Key.Key_Escape)

        QTimer.singleShot(0, reply)
        return told

    return answer


@pytest.fixture
def drafted(hands: Hands):
    """A template with a line typed into it and not saved."""
    hands.window.center.run("publish.templates")
    window = hands.window.handlers.templates.window
    assert window is not None
    window.list.choose("parts/marks.typ")
    window.text.editor.go_to(1, 1)
    QTest.keyClicks(window.text.editor, MINE)
    QTest.keyClick(window.text.editor, Qt.Key.Key_Return)
    assert window.drafts.unsaved == ["parts/marks.typ"]
    yield window
    window.drafts.let_go(window.drafts.unsaved)
    window.close()


def own_templates(path: Path) -> dict[str, str]:
    rows = on_disk(path, "setting")
    return {one.text("key"): one.text("value") for one in rows if one.text("key").startswith("template.")}


def test_opening_another_file_asks_about_a_template_and_saves_it_first(hands, work, other, drafted, asked):
    told = asked("")
    assert not hands.window.handlers.files.open_path(other)
    assert told == ["模板还没存"]
    assert hands.window.session.workspace.path == work
    assert drafted.drafts.unsaved == ["parts/marks.typ"]
    asked("保存")
    assert hands.window.handlers.files.open_path(other)
    assert hands.window.session.workspace.path == other
    assert own_templates(work)["template.parts/marks.typ"].startswith(MINE)
    assert own_templates(other) == {}
    assert drafted.drafts.unsaved == []


def test_what_is_not_wanted_is_let_go_only_when_the_other_file_is_open(hands, work, other, drafted, asked, tmp_path):
    broken = tmp_path / "坏的.gpkg"
    broken.write_bytes(b"no workspace")
    asked("不保存")
    assert not hands.window.handlers.files.open_path(broken)
    assert drafted.drafts.unsaved == ["parts/marks.typ"]
    asked("不保存")
    assert hands.window.handlers.files.open_path(other)
    assert drafted.drafts.unsaved == []
    assert own_templates(work) == {}


def test_closing_the_file_or_the_window_asks_and_enter_saves(hands, work, drafted, asked):
    told = asked("")
    hands.window.center.run("file.close")
    assert hands.window.session.ws is not None
    asked("取消")
    hands.window.close()
    assert hands.window.isVisible()
    assert told == ["模板还没存"] * 2

    def enter() -> None:
        QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Return)

    QTimer.singleShot(0, enter)
    hands.window.close()
    assert not hands.window.isVisible()
    assert own_templates(work)["template.parts/marks.typ"].startswith(MINE)


def test_closing_the_template_window_asks_and_does_what_is_answered(hands, work, drafted, asked):
    told = asked("继续改")
    drafted.close()
    assert drafted.isVisible()
    assert drafted.drafts.unsaved == ["parts/marks.typ"]
    asked("不存")
    drafted.close()
    assert not drafted.isVisible()
    assert drafted.drafts.unsaved == []
    assert own_templates(work) == {}
    hands.window.center.run("publish.templates")
    drafted.text.editor.go_to(1, 1)
    QTest.keyClicks(drafted.text.editor, MINE)
    QTest.keyClick(drafted.text.editor, Qt.Key.Key_Return)
    asked("存上")
    drafted.close()
    assert not drafted.isVisible()
    assert own_templates(work)["template.parts/marks.typ"].startswith(MINE)
    assert told == ["模板还没存"] * 3
    hands.window.center.run("publish.templates")
    drafted.close()  # nothing is left to ask about
    assert not drafted.isVisible()


def test_a_file_that_is_opened_anew_keeps_what_was_typed(hands, work, drafted):
    assert hands.window.handlers.files.open_path(work)
    assert drafted.drafts.unsaved == ["parts/marks.typ"]
    assert drafted.drafts.text("parts/marks.typ").startswith(MINE)


def test_a_field_that_is_filled_in_wrong_is_asked_about_before_another_file_opens(hands, work, other, asked):
    session = hands.window.session
    edit = create_feature(
        session.workspace.definitions, "household", Point(at(900, 900)), {"id": "SL-H-0001", "head": "李示例"}
    )
    assert session.apply(edit)
    session.select([("household", edit.deltas[0].uid)])
    people = hands.window.form.editor("people")
    people.input.setFocus()
    people.input.selectAll()
    QTest.keyClicks(people.input, "1x")
    told = asked("回去改")
    assert not hands.window.handlers.files.open_path(other)
    assert told == ["还有没存上的内容"]
    assert hands.window.form.editor("people").input.text() == "1x"
    hands.open(work)  # the same file
    session.select([("household", edit.deltas[0].uid)])
    assert hands.window.form.editor("people").input.text() == "1x"
    asked("不要了，打开别的")
    assert hands.window.handlers.files.open_path(other)
    assert hands.window.form.waiting() == []
    until(lambda: hands.canvas.settled, "a frame of the other file")
