"""What the hand touches and what the panels around the map make of it."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, on_disk
from office import at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from shapely import Point

from geohazard_desktop.workspace.edits import create_feature

pytestmark = pytest.mark.window


def test_escape_lets_go_of_the_drawing_tool_in_the_toolbar_too(hands: Hands):
    hands.key(Qt.Key.Key_P)
    actions = hands.window.center.actions
    assert actions["draw.danger_zone"].isChecked()
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.map.desk.name == "tool.select"
    assert not actions["draw.danger_zone"].isChecked()
    assert actions["tool.select"].isChecked()


def test_a_click_on_a_feature_shows_its_form_before_the_publishing_panel(hands: Hands):
    window = hands.window
    window.side.setCurrentWidget(window.publish)
    hands.click(at(1000, 1000))
    assert window.session.selection
    assert window.side.currentWidget() is window.form


def test_a_point_chosen_for_its_card_leaves_the_panel_of_cards_in_front(hands: Hands):
    window = hands.window
    window.session.apply(
        create_feature(window.session.workspace.definitions, "hazard_point", Point(at(3500, 2500)), {"name": "示例点"})
    )
    hands.settle()
    window.show_stage("publish")
    window.publish.choose("cards_work")
    hands.click(at(3500, 2500))
    assert window.publish.subjects()
    assert window.side.currentWidget() is window.publish


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_deleting_the_district_is_asked_first_when_it_is_not_locked(hands: Hands, work: Path, answer):
    from geohazard_desktop.desktop.question import Question

    window = hands.window
    (row,) = on_disk(work, "district")
    window.session.select([("district", row.uid)])
    window.center.run("edit.delete")
    assert any("行政区锁着，没有改" in one for one in hands.bars())
    hands.press("解锁行政区")
    asked: list[str] = []

    def reply() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        asked.append("".join(one.text() for one in dialog.findChildren(QLabel)))
        if answer == "yes":
            QTest.mouseClick(dialog.yes, LEFT)
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, reply)
    window.center.run("edit.delete")
    assert "行政区" in asked[0]
    assert len(on_disk(work, "district")) == (answer == "no")


def test_a_zone_is_deleted_at_once_and_offered_back(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_Delete)
    assert on_disk(work, "danger_zone") == []
    assert any("已删除" in one for one in hands.bars())
