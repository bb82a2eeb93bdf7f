"""The strip above the status line while something is at work: what, how far, how long, and how to stop it."""

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import Elided, button, label
from geohazard_desktop.desktop.theme import theme


class Strip(QFrame):
    """What is at work, how far it is, and how to stop it. `line` takes more words, `row` more buttons."""

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme().px(14), theme().px(6), theme().px(14), theme().px(6))
        column = QVBoxLayout()
        column.setSpacing(theme().px(4))
        self.line = QHBoxLayout()
        self.words = Elided("", "body", "text")
        self.line.addWidget(self.words, 1)
        column.addLayout(self.line)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column.addWidget(self.bar)
        self.row.addLayout(column, 1)
        self.stop = button(_("停下"), self.stop_asked.emit, size="small")
        self.row.addWidget(self.stop)
        self.hide()


class ProgressStrip(Strip):
    """Of what is published: how long it will take, and a pause too."""

    pause_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.left = label("", "note")
        self.line.addWidget(self.left)
        self.pause = button(_("暂停"), self._pause, size="small", icon_name="pause")
        self.pause.setCheckable(True)
        self.row.insertWidget(1, self.pause)
        self._title = ""
        self._begun = 0.0
        self._first = -1  # how many were there when the time began to count

    def begin(self, title: str) -> None:
        self._title, self._first = title, -1
        self.pause.setChecked(False)
        self._say_pause()
        self.pause.hide()  # what has but one part can't be held
        self.words.set_text(_("正在出：{title}。可以接着画图，出的是这一刻的数据。").format(title=title))
        self.left.setText("")
        self.stop.setText(_("停下"))
        self.bar.setRange(0, 0)
        self.show()

    def show_progress(self, done: int, total: int, words: str) -> None:
        if total <= 0:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        told = _("正在出第 {n} 份，共 {total} 份").format(n=min(done + 1, total), total=total)
        self.words.set_text(f"{told}：{words}" if words else told)
        self.pause.setVisible(total > 1)
        if self._first < 0 < done:  # reading the file is no part of it, nor what another day made
            self._first, self._begun = done, time.monotonic()
        spent = time.monotonic() - self._begun
        if done > self._first and not self.pause.isChecked():
            seconds = spent / (done - self._first) * (total - done)
            self.left.setText(_left(seconds))
            self.stop.setText(_("停下，以后接着出"))

    def _pause(self) -> None:
        """Time that stands still is not counted, nor what was made before."""
        on = self.pause.isChecked()
        self._say_pause()
        if on:
            self.left.setText(_("停着；窗口和地图照常能用"))
        else:
            self._begun, self._first = time.monotonic(), self.bar.value()
            self.left.setText("")
        self.pause_asked.emit(on)

    def _say_pause(self) -> None:
        self.pause.setText(_("接着出") if self.pause.isChecked() else _("暂停"))

    def end(self) -> None:
        self.hide()


def _left(seconds: float) -> str:
    if seconds < 90:
        return _("还要约 {seconds:.0f} 秒").format(seconds=max(1, seconds))
    return _("还要约 {minutes:.0f} 分钟").format(minutes=seconds / 60)
