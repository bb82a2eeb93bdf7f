"""The window's end of the process that sets previews: ask, be answered, put down what never ends."""

import multiprocessing
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.templates import process as template_process
from geohazard_desktop.desktop.templates.process import Answer, Ask, Begun
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.proof import Wish

LISTEN_MS = 10
LONGEST = 20.0  # seconds for setting one page: a template with an endless loop
_LONGEST_BEFORE = 120.0  # for starting the process and reading the data, which no template can hold up


class Proofs(QObject):
    """`answered` (Answer) of the latest question only; older ones are let go."""

    answered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(LISTEN_MS)
        self._timer.timeout.connect(self._listen)
        self._process: Any = None
        self._pipe: Any = None
        self._number = 0
        self._asked = 0.0
        self._begun: float | None = None  # when the process began to set a page

    @property
    def waiting(self) -> bool:
        """Whether an answer is due."""
        return self._timer.isActive()

    def warm_up(self) -> None:
        """Start the process: it imports and finds fonts while the window is being built."""
        if self._process is not None and self._process.is_alive():
            return
        self.close()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=template_process.serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, path: Path | None, wish: Wish, templates: OfficeTemplates, *, fresh: bool = False) -> None:
        """Wanted: this page with these templates. What is still under way is finished but not shown."""
        self.warm_up()
        self._number += 1
        self._asked = time.monotonic()
        self._pipe.send(Ask(self._number, path, wish, templates, fresh=fresh))
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()
        self._begun = None
        if self._process is not None:
            self._pipe.close()
            self._process.terminate()
            self._process.join(2)
            self._process = self._pipe = None

    def _listen(self) -> None:
        try:
            while self._pipe is not None and self._pipe.poll():
                answer: Answer | Begun = self._pipe.recv()
                if isinstance(answer, Begun):
                    self._begun = time.monotonic()
                    continue
                self._begun = None
                if answer.number == self._number:
                    self._timer.stop()
                    self.answered.emit(answer)
        except (EOFError, OSError):
            self._lost(_("排版的进程停了，没有说原因。"), _("请再改一下，或关上这个窗口再打开。"))
            return
        now = time.monotonic()
        if self.waiting and self._begun is None and now - self._asked > _LONGEST_BEFORE:
            self._lost(
                _("等了 {seconds:.0f} 秒，这一页的数据还没有读完，已停下。").format(seconds=_LONGEST_BEFORE),
                _("电脑可能正忙，请关上这个窗口，过一会儿再打开。"),
            )
        elif self.waiting and self._begun is not None and now - self._begun > LONGEST:
            self._lost(
                _("这一页排了 {seconds:.0f} 秒还没有排完，已停下。").format(seconds=LONGEST),
                _("模板里可能有停不下来的循环，请改正刚才写的地方。"),
            )

    def _lost(self, sentence: str, remedy: str) -> None:
        number = self._number
        self.close()
        self.answered.emit(Answer(number, None, sentence=sentence, remedy=remedy))
