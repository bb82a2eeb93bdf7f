"""The strip of a job in the background: shown only when it takes longer than a moment."""

from PySide6.QtCore import QTimer

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.progress_strip import Strip
from geohazard_desktop.desktop.words import grouped

_UNSEEN_MS = 300  # what is done sooner is not announced


class JobStrip(Strip):
    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_UNSEEN_MS)
        self._soon.timeout.connect(self.show)

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
