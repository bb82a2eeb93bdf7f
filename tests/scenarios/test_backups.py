"""Backups come by themselves while the officer draws, and one of them comes back from the list."""

from pathlib import Path
from threading import Event
from time import sleep

import pytest
from hands import LEFT, Hands, on_disk, until
from office import at
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from geohazard_desktop.common.errors import BackupFailed
from geohazard_desktop.desktop.history import backup_desk, backups_dialog
from geohazard_desktop.desktop.history.backups_dialog import BackupsDialog
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.workspace.backup import backups_of, look_into

pytestmark = pytest.mark.window
FIRST = [at(2200, 600), at(3200, 700), at(3100, 1700)]
SECOND = [at(2200, 2000), at(3000, 2000), at(3000, 2600)]


def test_the_first_change_brings_a_backup_and_the_window_goes_on(hands: Hands, work: Path, monkeypatch):
    desk = hands.window.handlers.backups
    desk._rest.setInterval(0)
    assert backups_of(work, desk.folder()) == []
    hands.draw(Qt.Key.Key_P, FIRST)
    until(lambda: backups_of(work, desk.folder()), "a backup")
    until(lambda: not desk.running)
    hands.draw(Qt.Key.Key_P, SECOND)  # within the hour: no second one
    assert not desk._rest.isActive()
    assert len(on_disk(work, "danger_zone")) == 3
    # The list of backups is closed while one is still looked into, and another is made.
    looked = Event()

    def slow(one, path):
        looked.wait(30)
        return look_into(one, path)

    monkeypatch.setattr(backups_dialog, "look_into", slow)
    dialog = BackupsDialog(hands.window, desk)
    QTest.mouseClick(next(one for one in dialog.findChildren(QPushButton) if one.text() == "立即备份"), LEFT)
    dialog.reject()
    dialog.deleteLater()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    looked.set()
    until(lambda: not hands.window.jobs._running, "all has ended")
    assert len(backups_of(work, desk.folder())) == 2


def test_whoever_leaves_at_once_has_a_backup_all_the_same(hands: Hands, work: Path):
    hands.draw(Qt.Key.Key_P, FIRST)
    hands.key(Qt.Key.Key_Escape)
    hands.window.center.run("file.close")
    assert len(backups_of(work, work.parent / "备份")) == 1


def test_a_backup_that_leaving_breaks_off_is_made_all_the_same(hands: Hands, work: Path, monkeypatch):
    began = Event()

    def slow(path: Path, folder: Path, stopped) -> object:
        began.set()
        while not stopped():
            sleep(0.01)
        raise BackupFailed("备份停下了。", "")

    monkeypatch.setattr(backup_desk, "_backed_up", slow)
    hands.window.center.run("file.backup")
    assert began.wait(30)
    monkeypatch.undo()
    hands.window.close()
    assert len(backups_of(work, work.parent / "备份")) == 1
    assert not hands.bars()


def test_a_folder_that_takes_no_backup_is_said(hands: Hands, work: Path, tmp_path: Path):
    (tmp_path / "文件").write_text("", encoding="utf-8")
    hands.window.liked.backup_folder = str(tmp_path / "文件")
    hands.window.center.run("file.backup")
    until(lambda: any("没有备份成" in one for one in hands.bars()))
    assert any("工作文件本身没有受影响" in one for one in hands.bars())


def test_a_backup_comes_back_from_the_list(hands: Hands, work: Path):
    hands.window.center.run("file.backup")
    until(lambda: any("已备份" in one for one in hands.bars()))
    hands.draw(Qt.Key.Key_P, FIRST)
    hands.key(Qt.Key.Key_Escape)
    told: list[str] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BackupsDialog)
        until(lambda: dialog._facts)
        dialog.table.selectRow(0)
        told.append(dialog.differs.text())
        QTimer.singleShot(0, agree)
        QTest.mouseClick(dialog.take, LEFT)

    def agree() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, Question)
        QTest.mouseClick(question.yes, LEFT)

    QTimer.singleShot(0, choose)
    hands.window.center.run("file.backups")
    assert "之后又做了 1 步" in told[0]
    assert "危险区 1 个，现在 2 个" in told[0]
    assert len(on_disk(work, "danger_zone")) == 1
    assert hands.window.session.ws is not None
    assert any("恢复前" in one for one in hands.bars())
    assert {one.note for one in backups_of(work, work.parent / "备份")} == {"", "恢复前"}
    hands.come_forward()
    hands.settle()
    hands.draw(Qt.Key.Key_P, FIRST)
    assert len(on_disk(work, "danger_zone")) == 2
