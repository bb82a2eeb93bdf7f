"""The strip above the status line while something is published: what, how far, how long, and how to stop it."""

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import Elided, button, label
from geohazard_desktop.desktop.theme import theme


class ProgressStrip(QFrame):
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(14), theme().px(6))
        column = QVBoxLayout()
        column.setSpacing(theme().px(4))
        line = QHBoxLayout()
        self.words = Elided("", "body", "text")
        line.addWidget(self.words, 1)
        self.left = label("", "note")
        line.addWidget(self.left)
        column.addLayout(line)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        self.stop = button(_("停下"), self.stop_asked.emit, size="small")
        row.addWidget(self.stop)
        self._title = ""
        self._begun = 0.0
        self.hide()

    def begin(self, title: str) -> None:
        self._title, self._begun = title, time.monotonic()
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
        spent = time.monotonic() - self._begun
        if done > 0:
            seconds = spent / done * (total - done)
            self.left.setText(_("还要约 {seconds:.0f} 秒").format(seconds=max(1, seconds)))
            self.stop.setText(_("停下，保留已出的 {count} 份").format(count=done))

    def end(self) -> None:
        self.hide()
