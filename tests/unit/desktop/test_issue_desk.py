"""A paper that is printed once more is entered in the register of its own file."""

from threading import Event
from types import SimpleNamespace
from unittest.mock import MagicMock

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from geohazard_desktop.desktop.background import Jobs
from geohazard_desktop.desktop.papers import issue_desk
from geohazard_desktop.desktop.papers.issue_desk import IssueHandlers
from geohazard_desktop.desktop.session import Session


def test_a_reprint_is_entered_before_its_file_is_left_or_it_is_said_that_it_was_not(workspace, tmp_path, monkeypatch):
    go_on, entered = Event(), []
    window = QObject()
    window.session = Session(window)
    window.session.take(workspace)
    window.status, window.banner, window.show_stage = MagicMock(), MagicMock(), MagicMock()
    window.handlers, window.publish = MagicMock(), MagicMock()
    window.publish.folder.return_value = tmp_path
    monkeypatch.setattr(issue_desk, "PaperWatch", MagicMock())
    monkeypatch.setattr(issue_desk, "told", lambda _paper: "户卡")
    monkeypatch.setattr(issue_desk, "run_apart", lambda *_all, **_more: [] if go_on.wait(30) else None)
    monkeypatch.setattr(IssueHandlers, "_note", lambda _desk, papers, *_more: entered.extend(papers))
    paper = SimpleNamespace(kind_words="户卡", number="SL-H-0001", version=1, code="ABC")

    desk = IssueHandlers(window, Jobs(window))
    desk.reprint(paper)
    desk.reprint(paper)  # nothing is to be seen yet: pressed again
    assert "正在照原样重印" in window.status.set_hint.call_args.args[0]
    go_on.set()
    window.session.close()
    assert entered == [paper], "once"

    go_on.clear()
    monkeypatch.setattr(desk._entered, "wait", lambda **_more: None)  # as a share that hangs
    window.session.open(workspace.path)
    desk.reprint(paper)
    window.session.close()
    go_on.set()
    while window.banner.say.call_args.args[0] != "warning":
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    assert "没有记进它的发卡登记" in window.banner.say.call_args.args[1]
    assert entered == [paper]
