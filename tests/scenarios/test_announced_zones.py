"""What was announced is on paper: whatever changes its border asks first."""

import sqlite3

import pytest
from hands import Hands, on_disk
from office import ZONE, at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geohazard_desktop.desktop.question import Question
from geohazard_desktop.workspace.edits import create_feature, move_features

pytestmark = pytest.mark.window


@pytest.fixture
def announced(hands: Hands) -> Hands:
    ws = hands.window.session.workspace
    (zone,) = ws.table("danger_zone")
    event = {"danger_zone": zone.uid, "step": "已划定", "document_no": "示政发〔2026〕1号", "date": "2026-06-01"}
    ws.apply(create_feature(ws.definitions, "zone_event", None, event))
    hands.click(at(1000, 1000))
    return hands


def answered(words: str, *, again: bool = False) -> list[str]:
    """Answer the next question by its button; what it said comes into the list."""
    said: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        said.append(dialog.words.text())
        if again:
            QTest.keyClick(dialog.again, Qt.Key.Key_Space)
        button = next(one for one in (dialog.yes, dialog.no) if one.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, answer)
    return said


def border(work) -> tuple[float, ...]:
    (zone,) = on_disk(work, "danger_zone")
    return zone.geometry.bounds


def test_a_corner_a_nudge_and_a_turn_ask_once_and_undo_does_not(announced: Hands, work):
    window, before = announced.window, border(work)
    announced.key(Qt.Key.Key_N)
    said = answered("取消，不改")
    announced.drag(ZONE[2], at(1600, 1600))
    assert "危险区 SL-W-0001 示例沟：已划定（文号 示政发〔2026〕1号）" in said[0]
    assert border(work) == before
    assert any("没有改" in one for one in announced.bars())
    said = answered("继续改", again=True)
    announced.drag(ZONE[2], at(1600, 1600))
    assert said
    assert border(work)[2] > before[2]
    window.windowHandle().requestActivate()  # the platform of the tests leaves it to the dialog that is gone
    QApplication.processEvents()
    announced.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # back to what is on paper: nothing to ask
    assert border(work) == before
    # Told and ticked: the next one is no longer asked about.
    announced.key(Qt.Key.Key_V)
    window.session.select([("danger_zone", on_disk(work, "danger_zone")[0].uid)])
    announced.key(Qt.Key.Key_Right)
    assert border(work)[0] > before[0]
    assert QApplication.activeModalWidget() is None


def test_the_next_time_the_file_is_open_it_asks_again(announced: Hands, work, sit_down):
    answered("继续改", again=True)
    announced.key(Qt.Key.Key_Up)
    moved = border(work)
    again = sit_down(work)
    again.click(at(1000, 1000))
    said = answered("取消，不改")
    again.key(Qt.Key.Key_Up)
    assert said
    assert border(work) == moved


def test_a_register_that_can_not_be_read_lets_nothing_through(announced: Hands, work):
    session = announced.window.session
    (zone,) = session.workspace.table("danger_zone")
    edit = move_features(session.workspace.definitions, [zone], 5, 0)
    session.workspace._sql.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(work, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert not session.apply(edit)
    assert announced.bars(), "said, not raised"
    other.execute("ROLLBACK")
    other.close()
    session.workspace._sql.execute("PRAGMA busy_timeout = 5000")  # the map is read meanwhile
    answered("继续改")
    assert session.apply(edit)
