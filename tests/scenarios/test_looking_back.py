"""The officer looks back: what was done, by whom, and takes things back from last month."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, on_disk, until
from office import at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from shapely import Point

from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.drawing.copies_desk import HistoryExportDialog
from geohazard_desktop.desktop.history.panel import HistoryPanel
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.identity import at_command_line
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


def lines(panel: HistoryPanel) -> list[str]:
    return [one.what for one in panel.rows.rows if one.subject is not None]


def pick(hands: Hands, words: str, which: int = 0) -> None:
    """Click a line of the history that holds `words`, the newest where `which` says no other."""
    panel = hands.window.history
    place = [n for n, one in enumerate(panel.rows.rows) if words in one.what and one.subject is not None][which]
    panel.list.scrollTo(panel.rows.index(place))
    QApplication.processEvents()
    box = panel.list.visualRect(panel.rows.index(place))
    QTest.mouseClick(panel.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, box.center())


def said(hands: Hands) -> str:
    return "\n".join(one.text() for one in hands.window.history.detail.findChildren(QLabel))


def rename(hands: Hands, name: str) -> None:
    session = hands.window.session
    (zone,) = session.workspace.table("danger_zone")
    assert session.apply(change_values(session.workspace.definitions, [zone], {"name": name}))


def answer(button: str) -> list[str]:
    """Answer the next question by the button `button` (yes or no); what it said comes into the list."""
    told: list[str] = []

    def reply() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        told.append("\n".join(one.text() for one in dialog.findChildren(QLabel)))
        QTest.mouseClick(getattr(dialog, button), LEFT)

    QTimer.singleShot(0, reply)
    return told


def test_a_step_says_what_it_changed_and_is_marked_on_the_map(hands: Hands):
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_N)
    hands.drag(at(1500, 1500), at(1700, 1600))
    rename(hands, "示例沟下段")
    hands.key(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    panel = hands.window.history
    assert hands.window.side.currentWidget() is panel
    assert panel.rows.rows[0].what == "今天"
    pick(hands, "名称")
    assert "示例沟下段" in said(hands)
    assert "示例沟" in said(hands)
    pick(hands, "拐点")
    ((before, after),) = hands.canvas.compared
    assert not before.equals(after)
    hands.window.side.setCurrentWidget(hands.window.form)
    assert list(hands.canvas.compared) == []


def test_back_to_a_step_is_told_first_and_can_be_undone(hands: Hands, work: Path):
    rename(hands, "第二个名字")
    rename(hands, "第三个名字")
    hands.draw(Qt.Key.Key_P, [at(2200, 600), at(3200, 700), at(3100, 1700)])
    hands.key(Qt.Key.Key_Escape)
    hands.window.center.run("edit.history")
    pick(hands, "名称", which=1)
    told = answer("no")
    hands.press("回到这一步之后…", hands.window.history)
    assert "会改回：危险区 1 个" in told[0]
    assert "会拿走那以后才有的：危险区 1 个" in told[0]
    assert len(on_disk(work, "danger_zone")) == 2
    answer("yes")
    hands.press("回到这一步之后…", hands.window.history)
    assert [one["name"] for one in on_disk(work, "danger_zone")] == ["第二个名字"]
    assert lines(hands.window.history)[0].startswith("回到")
    hands.press("撤销", hands.window.history)
    assert sorted(one.text("name") for one in on_disk(work, "danger_zone")) == ["", "第三个名字"]


def test_a_deleted_zone_is_found_and_restored(hands: Hands, work: Path):
    (before,) = on_disk(work, "danger_zone")
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_Delete)
    hands.window.center.run("edit.deleted")
    panel = hands.window.history
    assert panel.deleted_shown
    QTest.keyClicks(panel.search, "zzz")  # QTest types Latin letters alone
    until(lambda: not panel.rows.rows)
    panel.search.clear()
    until(lambda: panel.rows.rows)
    pick(hands, "示例沟")
    assert "SL-W-0001" in said(hands)
    assert len(hands.canvas.compared) == 1
    hands.press("恢复", panel)
    (after,) = on_disk(work, "danger_zone")
    assert after.same_as(before)
    assert not panel.rows.rows
    assert any("恢复" in one for one in hands.bars())


def test_the_history_of_one_feature_from_its_form(hands: Hands, work: Path):
    rename(hands, "第二个名字")
    hands.draw(Qt.Key.Key_P, [at(2200, 600), at(3200, 700), at(3100, 1700)])
    hands.key(Qt.Key.Key_Escape)
    hands.click(at(1000, 1000))
    (clock,) = [one for one in hands.window.form.footer.findChildren(QToolButton) if one.isVisible()]
    QTest.mouseClick(clock, LEFT)
    panel = hands.window.history
    assert len(lines(panel)) == 2
    assert "SL-W-0001" in panel.only_words.text()
    pick(hands, "画危险区")
    hands.press("只恢复它到这一版", panel)
    assert sorted(one.text("name") for one in on_disk(work, "danger_zone")) == ["", "示例沟"]


def test_the_list_goes_on_where_it_is_scrolled_to(hands: Hands):
    session = hands.window.session
    (zone,) = session.workspace.table("danger_zone")
    for number in range(260):
        session.workspace.apply(change_values(session.workspace.definitions, [zone], {"name": f"名 {number}"}))
        zone = session.workspace.feature("danger_zone", zone.uid)
    hands.window.center.run("edit.history")
    panel = hands.window.history
    assert panel.rows.count == 200
    bar = panel.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    until(lambda: panel.rows.whole)
    assert panel.rows.count == 264
    assert lines(panel)[-1] == "新建工作文件"


def test_the_history_goes_out_as_a_table_without_names(hands: Hands, tmp_path: Path, monkeypatch):
    rename(hands, "第二个名字")
    target = tmp_path / "历史.csv"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: target)

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, HistoryExportDialog)
        assert not dialog.personal.isChecked()
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, agree)
    hands.window.center.run("file.export_history")
    until(lambda: any("已导出" in one for one in hands.bars()))
    assert "第二个名字" in target.read_text(encoding="utf-8-sig")


def test_a_copy_for_others_has_no_names_and_no_history(hands: Hands, tmp_path: Path, monkeypatch):
    session = hands.window.session
    (zone,) = session.workspace.table("danger_zone")
    session.apply(change_values(session.workspace.definitions, [zone], {"patrol_person": "甲某某"}))
    target = tmp_path / "脱敏.gpkg"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: target)
    hands.window.center.run("file.copy_clean")
    until(lambda: any("脱敏" in one for one in hands.bars()))
    assert any("去掉 1 处个人信息" in one for one in hands.bars())
    assert "甲某某".encode() not in target.read_bytes()
    assert len(on_disk(target, "danger_zone")) == 1


def test_what_the_command_line_did_meanwhile_is_not_undone_unasked_but_offered(hands: Hands, work: Path):
    """A zone is renamed here; the command line adds a household. Ctrl+Z says whose the last step is, and the history
    takes that one back; pressed again it takes back what this window did."""
    rename(hands, "这里改的")
    by_command_line(work, "SL-H-0077")
    hands.window.session.poll()
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    (bar,) = [one for one in hands.window.banner.bars() if "最后一步" in one.sentence]
    assert "（命令行）做的，不归这个窗口撤销" in bar.sentence
    assert "再按一次，撤销这个窗口做的“改危险区 SL-W-0001 的名称”" in bar.remedy
    assert [one["name"] for one in on_disk(work, "danger_zone")] == ["这里改的"]
    hands.press("在历史里看", bar)
    panel = hands.window.history
    assert panel.rows.rows[1].who.endswith("（命令行）")
    assert "SL-H-0077" in said(hands)
    answer("yes")
    hands.press("退回这一步…", panel)
    assert on_disk(work, "household") == []
    assert [one["name"] for one in on_disk(work, "danger_zone")] == ["这里改的"]
    by_command_line(work, "SL-H-0078")
    hands.window.session.poll()
    for _press in range(3):  # told, then the way back, then the name
        hands.press("撤销", panel)
    assert [one["name"] for one in on_disk(work, "danger_zone")] == ["示例沟"]
    assert "SL-H-0078" in [one.text("id") for one in on_disk(work, "household")]


def by_command_line(path: Path, number: str) -> None:
    with Workspace.open(path, identity=at_command_line()) as ws:
        ws.apply(create_feature(ws.definitions, "household", Point(at(900, 900)), {"id": number}))
