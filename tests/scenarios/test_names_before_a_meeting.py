"""Before the room sees the map it is asked about names in the words on it, while they can still be put right."""

from pathlib import Path

import pytest
from hands import LEFT, Hands
from office import at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from shapely import Point

from geohazard_desktop.desktop.meetings.named import named_on_screen
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


@pytest.fixture
def named(work: Path) -> Path:
    """李示例 lives there; an objection of the last meeting and a note that nobody sees name 李示例 too."""
    with Workspace.open(work) as ws:
        for layer, place, values in (
            ("household", at(600, 2500), {"head": "李示例", "id": "SL-H-0001"}),
            ("objection", at(610, 2500), {"text": "李示例家门口也要算进去"}),
            ("landmark", at(700, 2600), {"name": "水塔", "remark": "李示例指的"}),
        ):
            ws.apply(create_feature(ws.definitions, layer, Point(place), values))
    return work


def asked(hands: Hands, answer: str) -> list[str]:
    """Press the key of the meeting and `answer` the question, if one comes."""
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Question):
            said.append(dialog.words.text())
            (found,) = [one for one in dialog.findChildren(QAbstractButton) if one.text() == answer]
            QTest.mouseClick(found, LEFT)

    QTimer.singleShot(0, look)
    hands.key(Qt.Key.Key_F10)
    return said


def test_names_on_the_screen_are_asked_about_before_the_meeting_begins(sit_down, named):
    hands: Hands = sit_down(named)
    window, meetings = hands.window, hands.window.handlers.meeting
    ws = window.session.workspace
    (zone,) = ws.table("danger_zone")
    assert window.session.apply(change_values(ws.definitions, [zone], {"name": "李示例家后沟"}))
    (told,) = asked(hands, "先去改")
    assert meetings.meeting is None
    assert "SL-W-0001 的名称里有人名“李示例”" in told
    assert "意见“李示例家门口也要算进去”里有人名“李示例”" in told
    assert "水塔" not in told, "a remark is on no screen"
    assert len(told.splitlines()) == 3
    hands.come_forward()
    assert asked(hands, "照样开会")
    assert meetings.meeting is not None
    meetings.meeting.close()
    QApplication.processEvents()
    (objection,) = ws.table("objection")
    zone = ws.feature("danger_zone", zone.uid)
    assert window.session.apply(change_values(ws.definitions, [zone], {"name": "后沟"}))
    assert window.session.apply(change_values(ws.definitions, [objection], {"text": "门口也要算进去"}))
    hands.come_forward()
    assert asked(hands, "先去改") == [], "nobody is asked about nothing"
    assert meetings.meeting is not None
    meetings.meeting.close()


def test_names_that_only_a_layer_out_of_sight_shows_are_not_told(named):
    with Workspace.open(named) as ws:
        (mark,) = ws.table("landmark")
        ws.apply(change_values(ws.definitions, [mark], {"name": "李示例家"}))
        seen = named_on_screen(ws, ["danger_zone", "landmark"])
        assert any("地标" in one and "李示例" in one for one in seen)
        assert not any("地标" in one for one in named_on_screen(ws, ["danger_zone"]))
