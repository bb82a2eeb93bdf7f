"""The strip above the status line while a job is at work: what, how far, and how to stop it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import Elided, button
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.words import grouped

_UNSEEN_MS = 300  # what is done sooner is not announced


class JobStrip(QFrame):
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(14), theme().px(6))
        column = QVBoxLayout()
        column.setSpacing(theme().px(4))
        self.words = Elided("", "body", "text")
        column.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        self.stop = button(_("停下"), self.stop_asked.emit, size="small")
        row.addWidget(self.stop)
        self._title = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_UNSEEN_MS)
        self._soon.timeout.connect(self.show)
        self.hide()

    def begin(self, title: str) -> None:
        self._title = title
        self.words.set_text(_("{title}。可以接着画图，导出的是这一刻的数据。").format(title=title))
        self.bar.setRange(0, 0)
        self._soon.start()

    def show_progress(self, done: int, total: int, words: str) -> None:
        """The last part, which can't be measured, is a bar that runs."""
        if total <= 0:
            return
        whole = done >= total
        self.bar.setRange(0, 0 if whole else total)
        self.bar.setValue(done)
        far = "" if whole else _(" {done} / {total}").format(done=grouped(done), total=grouped(total))
        self.words.set_text(f"{self._title}：{words}{far}")

    def end(self) -> None:
        self._soon.stop()
        self.hide()
