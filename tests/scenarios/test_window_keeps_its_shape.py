"""What the first users of the window stumbled over: cut names, docks that move by themselves, a demo nobody asked for,
a clipboard that two windows shared."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, on_disk, until
from office import at
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shapely import box

from geohazard_desktop.desktop.stage_choice import StageChoice
from geohazard_desktop.workspace.edits import create_feature

pytestmark = pytest.mark.window


def cut_names(hands: Hands) -> list[str]:
    """The layers whose names have less room than they need."""
    tree = hands.window.layers.tree
    found = []
    for at_group in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(at_group)
        for row in range(group.childCount()):
            index = tree.indexFromItem(group.child(row), 0)
            if tree.sizeHintForIndex(index).width() > tree.visualRect(index).width() > 0:
                found.append(group.child(row).text(0))
    return found


def test_layers_keep_their_names_and_docks_their_width(sit_down, demo_path: Path):
    hands = sit_down(demo_path)
    window = hands.window
    QApplication.processEvents()
    assert cut_names(hands) == []
    window.layers.marks.set_note("danger_zone", "1 个撤离中", "1 个危险区正在撤离，还没有登记返回")
    QApplication.processEvents()
    assert cut_names(hands) == [], "the badge has a place of its own"
    item = window.layers.rows()["danger_zone"]
    assert [item.text(0), item.text(1), item.child(0).text(0)] == ["危险区", "8", "1 个撤离中"]
    window.layers.marks.set_note("danger_zone", "", "")
    assert item.child(0).text(0) != "1 个撤离中"
    before = {key: dock.width() for key, dock in window.docks.items() if key != "register"}
    hands.key(Qt.Key.Key_F9)
    until(lambda: window.handlers.checks.done, "the run of the checks")
    QApplication.processEvents()
    assert {key: dock.width() for key, dock in window.docks.items() if key != "register"} == before

    hands.key(Qt.Key.Key_F4)
    hands.settle()
    view = window.register.view
    assert view.viewport().height() // view.verticalHeader().defaultSectionSize() >= 6, "six rows beside the map"
    head = window.register.layers.parentWidget()
    assert head.height() < 2 * window.register.layers.height(), "one row of buttons"


def test_the_count_of_the_registers_layer_follows(hands: Hands):
    window = hands.window
    hands.key(Qt.Key.Key_F4)
    combo = window.register.layers
    row = combo.findData("danger_zone")
    assert combo.itemText(row) == "危险区　1"
    ws = window.session.workspace
    window.session.apply(
        create_feature(ws.definitions, "danger_zone", box(*at(2000, 500), *at(2600, 900)), {"hazard_type": "滑坡"})
    )
    assert combo.itemText(row) == "危险区　2"
    window.center.run("edit.undo")
    assert combo.itemText(row) == "危险区　1"


def test_the_checks_stage_says_that_only_what_was_touched_was_looked_at(hands: Hands):
    window = hands.window
    ws = window.session.workspace
    window.session.apply(
        create_feature(ws.definitions, "danger_zone", box(*at(2000, 500), *at(2600, 900)), {"hazard_type": "滑坡"})
    )
    until(lambda: "只查了改动处" in window.stages.buttons["checks"].words)
    hands.key(Qt.Key.Key_F9)
    until(lambda: window.handlers.checks.done)
    until(lambda: "改动处" not in window.stages.buttons["checks"].words, "the number of the whole run at its step")
    assert "提醒" in window.stages.buttons["checks"].words


def test_a_step_without_a_workspace_asks_in_which_one(sit_down):
    hands = sit_down()
    window = hands.window
    until(lambda: window.furnished)
    demo = window.handlers.files.demo_path()
    offered: list[list[str]] = []

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StageChoice)
        offered.append([one.text() for one in dialog.buttons.values()])
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, leave)
    window.start.stage_chosen.emit("zones")
    assert offered == [["打开工作文件……", "新建工作文件……", "看示例"]]
    assert hands.on_start_page()
    assert not demo.exists(), "nothing is made unasked"

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StageChoice)
        QTest.mouseClick(dialog.buttons["demo"], LEFT)

    QTimer.singleShot(0, take)
    window.start.stage_chosen.emit("zones")
    until(lambda: window.session.ws is not None and window.stage == "zones")


class _GivesBack(QLineEdit):
    """Hands the paste key to the window, as a widget does that knows the window's commands."""

    def __init__(self, window) -> None:
        super().__init__(window)
        self._window = window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_V:
            self._window.center.run("edit.paste")
        event.ignore()


def test_paste_never_turns_in_a_circle_and_stays_in_its_window(hands: Hands, work: Path, sit_down):
    window = hands.window
    window.session.select([("danger_zone", on_disk(work, "danger_zone")[0].uid)])
    window.center.run("edit.copy")
    asked = _GivesBack(window)
    asked.show()
    asked.setFocus()
    window.center.run("edit.paste")
    assert window.map.desk.name == "edit.paste", "the key came back: it is the window's, once"
    asked.deleteLater()
    hands.key(Qt.Key.Key_Escape)
    # Another window on the same file has the keyboard in a text: what this one pastes does not land there.
    from geohazard_desktop.desktop.start import make_window

    other = make_window()
    try:
        other.show()
        assert other.handlers.files.open_path(work)
        line = QLineEdit(other)
        line.show()
        other.activateWindow()
        line.setFocus()
        QGuiApplication.clipboard().setText("不是要素")
        window.center.run("edit.paste")
        assert line.text() == ""
        assert any("没有找到坐标" in one for one in hands.bars()), "it is the own window that reads the clipboard"
    finally:
        other.close()
        other.deleteLater()


def test_messages_give_way_to_what_is_used_and_take_no_click_from_the_map(hands: Hands, work: Path):
    window = hands.window
    for number in range(4):
        window.banner.say(
            "warning", f"第 {number} 张照片不能附。" + "这张照片的格式读不懂，请另存成 JPEG 再附上来。" * 6
        )
    bars = window.banner.bars()
    assert len(bars) == 2, "two at most; the older ones are in the list"
    until(lambda: all(one.height() < 90 for one in bars), "two lines each")
    assert len(window.banner.said) == 4
    assert bars[-1].older.isVisible()
    stack = bars[0].parentWidget()
    assert stack is not None
    below = hands.canvas.mapFrom(window, stack.mapTo(window, bars[0].geometry().center()))
    place = hands.canvas.viewport.to_map(below.x(), below.y())
    hands.key(Qt.Key.Key_P)
    QTest.mouseClick(bars[0], LEFT, Qt.KeyboardModifier.NoModifier, bars[0].rect().center())
    drawn = window.map.desk.tool.places
    assert len(drawn) == 1, "the click was meant for the map"
    assert abs(drawn[0][0] - place[0]) < 30
    # A bar that stays comes above the map in the middle of the stroke, and goes after it: the ground stays.
    first = drawn[0]

    def seen() -> QPoint:
        return hands.canvas.mapToGlobal(QPoint(*map(round, hands.canvas.viewport.to_screen(*first))))

    before, high = seen(), hands.canvas.height()
    window.banner.keep("test", "info", "这一条一直在。")
    until(lambda: hands.canvas.height() < high, "the bar's room")
    assert (seen() - before).manhattanLength() <= 1
    hands.key(Qt.Key.Key_Escape)
    window.banner.take_down("test")
    until(lambda: hands.canvas.height() == high, "its room again")
    assert (seen() - before).manhattanLength() <= 2
    window.session.select([("danger_zone", on_disk(work, "danger_zone")[0].uid)])
    hands.key(Qt.Key.Key_N)
    window.center.run("shape.corners")
    window.banner.say("info", "又一条。")
    panel = window.handlers.corners.panel
    over = panel.mapToGlobal(panel.rect().topLeft())
    table = panel.rect().translated(over)
    assert not table.intersects(stack.rect().translated(stack.mapToGlobal(stack.rect().topLeft())))
