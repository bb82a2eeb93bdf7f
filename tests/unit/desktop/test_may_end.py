"""Closing while something is exported: asked first; who waits has it closed when the file is whole, and only then."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from geohazard_desktop.desktop.leaving import may_end
from geohazard_desktop.desktop.save_question import SaveQuestion


class Desk(QObject):
    exported, ended = Signal(), Signal()
    busy = True


@pytest.mark.parametrize("whole", [True, False])
def test_an_export_is_asked_about_and_waited_for(application, monkeypatch, whole):
    desk, window, closed = Desk(), QWidget(), []
    window.handlers, window.register = (
        SimpleNamespace(exporting=desk),
        SimpleNamespace(exporting=SimpleNamespace(busy=False)),
    )
    window.status = SimpleNamespace(set_hint=lambda _words: None)
    for answer, may in (("cancel", False), ("drop", True), ("save", False)):
        monkeypatch.setattr(SaveQuestion, "ask", lambda _question, answer=answer: answer)
        assert may_end(window, lambda: closed.append(1)) is may
    if whole:
        desk.exported.emit()
    desk.ended.emit()
    QTest.qWait(1)
    assert closed == [1] * whole
    desk.exported.emit()  # the next one, later: nobody waits for it
    QTest.qWait(1)
    assert closed == [1] * whole
    desk.busy = False
    assert may_end(window, lambda: None)
