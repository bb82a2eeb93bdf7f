"""The shares of the susceptibility classes beside the plan's figures, in the layer tree and above the findings. They
are reckoned at the opening and after each change of what they are made of, or come with a run of the checks.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from geohazard_desktop.analysis.shares import Share, susceptibility_shares
from geohazard_desktop.desktop.background import Job, Jobs, Progress
from geohazard_desktop.desktop.layers.entries import share_figures
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_LAYER = "susceptibility_zone"
_MADE_OF = frozenset((_LAYER, "setting"))
_MOST = 5000  # 易发区 whose shares are reckoned after each change
_OPENED_MS, _QUIET_MS = 600, 150  # after the opening; after the last change, many at once are reckoned once


class SharesDesk(QObject):
    """`edition` is another one after each change of what the shares are made of."""

    def __init__(self, window: "MainWindow", jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._latest: Job | None = None
        self.edition = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._reckon)
        session = window.session
        session.when_opened(lambda: self._timer.start(_OPENED_MS))
        session.changed.connect(self._followed)
        session.closing.connect(self._forget)

    def take(self, shares: Sequence[Share], edition: int) -> None:
        """Those of a run of the checks that began with that edition; older ones only where nothing newer is to come."""
        if edition == self.edition or not self._few():
            self._show(shares)

    def _followed(self, deltas: Sequence[Delta]) -> None:
        if any(one.layer in _MADE_OF for one in deltas):
            self.edition += 1
            self._timer.start(_QUIET_MS)

    def _reckon(self) -> None:
        if not self._few():
            return  # of so many, a run of the checks reckons them when it is asked for
        path = self._window.session.workspace.path

        def work(_progress: Progress) -> object:
            with Workspace.open(path, read_only=True) as own:
                return susceptibility_shares(own)

        job = self._latest = self._jobs.start(work, lambda shares: self._reckoned(job, shares))

    def _few(self) -> bool:
        ws = self._window.session.ws
        return ws is not None and _LAYER in ws.definitions and ws.count(_LAYER) <= _MOST

    def _reckoned(self, job: Job, shares: Sequence[Share]) -> None:
        if job is self._latest:
            self._show(shares)

    def _forget(self) -> None:
        self._timer.stop()
        self._latest = None
        self.edition += 1
        self._show(())

    def _show(self, shares: Sequence[Share]) -> None:
        self._window.layers.marks.set_figures(_LAYER, share_figures(shares))
        self._window.checks.show_shares(shares)
