"""Order and filter of a register, reckoned at once for small layers and off the window's path for large ones."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.desktop.background import Jobs, Progress
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.workspace.register_order import KeptRanks
from geohazard_desktop.workspace.register_query import Measured, RegisterQuery
from geohazard_desktop.workspace.rows import RowIds
from geohazard_desktop.workspace.workspace import Workspace

AT_ONCE = 3000  # rows that are arranged in less than a frame


class Arranging(QObject):
    """`arranged` carries the row ids of the query asked last; `waiting` whether one is under way."""

    arranged = Signal(object)
    waiting = Signal(bool)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.jobs: Jobs | None = None
        self._running = False
        self._next: Callable[[], None] | None = None
        self._asked = 0
        self._kept = KeptRanks()  # one job at a time has it

    @property
    def busy(self) -> bool:
        return self._running or self._next is not None

    def ask(self, query: RegisterQuery, measured: Measured, total: int) -> None:
        """Arrange `total` rows; a question that is asked while another is under way waits for its turn, the last one
        alone."""
        self._asked += 1
        ws = self._session.ws
        if ws is None:
            return
        if total <= AT_ONCE or self.jobs is None:
            self._next = None
            try:
                found = ws.matching_rows(query, measured)
            except GeohazardError as error:
                reporter().error(error)
                return
            self.arranged.emit(found)
            return
        asked = self._asked
        if self._running:
            self._next = lambda: self._begin(ws, query, measured, asked)
        else:
            self._begin(ws, query, measured, asked)

    def _begin(self, ws: Workspace, query: RegisterQuery, measured: Measured, asked: int) -> None:
        assert self.jobs is not None
        path, kept = ws.path, self._kept

        def work(_progress: Progress) -> RowIds:
            with Workspace.open(path, read_only=True) as own:
                return own.matching_rows(query, measured, kept)

        def done(found: RowIds) -> None:
            if asked == self._asked and self._session.ws is ws:
                self.arranged.emit(found)

        self._running = True
        self.waiting.emit(True)
        self.jobs.start(work, done, ended=self._ended)

    def _ended(self) -> None:
        self._running = False
        following, self._next = self._next, None
        if following is not None and self._session.ws is not None:
            following()
        else:
            self.waiting.emit(False)
