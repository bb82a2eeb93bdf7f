"""Entering the meeting and coming back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.report import reporter

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.meetings.window import MeetingWindow


_MOST = 5  # sentences of one question; the checks list them all


class MeetingHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.meeting: MeetingWindow | None = None

    def table(self) -> dict[str, Callable[[], object]]:
        return {"view.meeting": self.begin}

    def begin(self) -> None:
        """The meeting's window on the screen of the room where there is one; the office's is put away, so that
        neither a glance nor Alt+Tab shows a form."""
        from geohazard_desktop.desktop.meetings import window as meeting_window

        if self.meeting is not None:
            self.meeting.raise_()
            return
        window = self._window
        if not self._may_be_shown():
            return
        made = meeting_window.begin(window)
        if made is None:
            return
        self.meeting = made
        made.closed.connect(self._end)
        others = [one for one in QApplication.screens() if one is not window.screen()]
        screen = others[0] if others else window.screen()
        made.setGeometry(screen.geometry())
        made.showFullScreen()
        window.hide()
        made.activateWindow()
        made.canvas.setFocus()
        made.hand.take(made.hand.mode)
        made.go(0)

    def _may_be_shown(self) -> bool:
        """False where an officer, having read whose names the room would see, puts that right first."""
        from geohazard_desktop.desktop.meetings.named import named_on_screen
        from geohazard_desktop.desktop.question import Question
        from geohazard_desktop.publishing.map_layers import about_people

        window = self._window
        ws = window.session.workspace
        seen = [one.table for one in ws.definitions.values() if window.layers.visible(one.table)]
        with reporter().guard():
            told = named_on_screen(ws, [one for one in seen if not about_people(ws.definitions[one])])
            if not told:
                return True
            more = [_("另有 {count} 处。").format(count=len(told) - _MOST)] if len(told) > _MOST else []
            words = "\n".join([*told[:_MOST], *more, _("开起会来，会场上的人都看得见。")])
            dialog = Question(window, _("大屏上会看到人名"), words, _("照样开会"), _("先去改"))
            answer = bool(dialog.exec())
            dialog.deleteLater()
            return answer
        return False

    def _end(self) -> None:
        made, self.meeting = self.meeting, None
        if made is None:
            return
        self._window.show()
        self._window.activateWindow()
        if self._window.session.ws is not None:
            self._window.map.redraw()
            self._window.map.canvas.setFocus()
            self._window.banner.say("info", _("会议结束。记下的意见在图层“意见”里；画的笔画没有保存。"))
        made.deleteLater()
