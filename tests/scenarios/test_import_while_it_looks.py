"""The import's window while it reads and judges: what stands in it is stored; once left, it rests."""

from pathlib import Path
from threading import Event

import pytest
from hands import Hands, until
from office import at
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geohazard_desktop.common.errors import WorkspaceLocked
from geohazard_desktop.desktop.imports import dialog as import_dialog
from geohazard_desktop.desktop.imports.dialog import ImportDialog

pytestmark = pytest.mark.window


@pytest.fixture
def homes(tmp_path: Path) -> Path:
    east, north = at(2100, 400)
    path = tmp_path / "沟口.csv"
    path.write_text(f"户主姓名,家庭人口,X,Y\n严示例,2,{east},{north}", encoding="utf-8")
    return path


@pytest.fixture
def dialog(hands: Hands, homes: Path) -> ImportDialog:
    made = ImportDialog(hands.window, hands.window.session, homes, "household")
    made.show()
    until(made.go_button.isEnabled, "the file judged")
    return made


def test_nothing_is_stored_by_a_look_that_is_older_than_what_was_chosen(dialog, hands, monkeypatch):
    may_end, look = Event(), import_dialog.look_together

    def slow(*asked: object) -> object:
        may_end.wait(20)
        return look(*asked)

    def fail(*_asked: object) -> object:
        raise WorkspaceLocked("别的程序占着。", "")

    monkeypatch.setattr(import_dialog, "look_together", slow)
    dialog._change(encoding="UTF-8")
    until(lambda: dialog._job is not None, "it looks")
    dialog._settle_timer.setInterval(3_600_000)
    dialog._change(constants={"address": "示例沟 1 号"})
    may_end.set()
    until(lambda: dialog._job is None, "the look ends")
    assert not dialog.go_button.isEnabled()
    dialog._import()
    assert dialog._job is None
    # Nor by one that failed.
    monkeypatch.setattr(import_dialog, "look_together", fail)
    dialog._settle_timer.start(0)
    until(lambda: not dialog.busy, "the look fails")
    assert not dialog.go_button.isEnabled()
    assert dialog.promise.text() == "还不能导入：别的程序占着。"
    monkeypatch.setattr(import_dialog, "look_together", look)
    dialog._settle_timer.start(0)
    until(dialog.go_button.isEnabled, "looked at as it stands now")
    dialog._import()
    until(lambda: not dialog.isVisible(), "stored")
    assert [one.text("address") for one in hands.window.session.workspace.table("household")] == ["示例沟 1 号"]


def test_a_window_that_was_left_looks_at_nothing_more(dialog: ImportDialog):
    dialog._change(encoding="UTF-8")
    dialog.reject()
    QTest.qWait(600)
    assert not dialog.busy


def test_a_window_that_was_left_keeps_nothing(hands: Hands, homes: Path):
    def leave() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, ImportDialog) and not found.busy:
            found.reject()
        else:
            QTimer.singleShot(20, leave)

    QTimer.singleShot(0, leave)
    hands.window.handlers.files._import(homes, "household")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not hands.window.findChildren(ImportDialog)
