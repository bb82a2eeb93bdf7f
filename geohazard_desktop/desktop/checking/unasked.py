"""Checks that nobody asked for: after a workspace was opened and its first map painted, and after changes that the look
at what was touched could not judge. They run apart and give way; what they find is a number at the step 检查.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from geohazard_desktop.desktop.hand_at_rest import at_rest

if TYPE_CHECKING:
    from geohazard_desktop.desktop.checking.runs import ChecksRuns
    from geohazard_desktop.desktop.main_window import MainWindow

REST_MS = 1500  # without a change, a stroke or another look: the hand goes first


class UnaskedChecks(QObject):
    """Waits for a moment in which `runs` may look at everything by itself."""

    def __init__(self, window: "MainWindow", runs: "ChecksRuns") -> None:
        super().__init__(window)
        self._window, self._runs = window, runs
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        session = window.session
        session.when_opened(self.wait)
        session.changed.connect(self.wait)
        session.closing.connect(self._timer.stop)
        window.map.canvas.viewed.connect(self._viewed)

    def table(self) -> dict[str, Callable[[], object]]:
        return {"check.unasked": self.turn}

    def turn(self) -> None:
        """The switch; turned off, what runs by itself stops."""
        liked = self._window.liked
        liked.check_unasked = not liked.check_unasked
        liked.store()
        self._window.center.check("check.unasked", liked.check_unasked)
        if liked.check_unasked:
            self.wait()
        else:
            self._timer.stop()
            self._runs.stop_unasked()

    def wait(self, *_told: object) -> None:
        """For the next moment of rest, where it is wanted at all."""
        if self._window.session.ws is not None and self._window.liked.check_unasked:
            self._timer.start(REST_MS)

    def _viewed(self, _viewport: object) -> None:
        if self._timer.isActive():
            self._timer.start(REST_MS)

    def _look(self) -> None:
        window, runs = self._window, self._runs
        if window.session.ws is None or (runs.done and not runs.outdated):
            return
        if runs.busy or not at_rest(window):
            self._timer.start(REST_MS)
        else:
            runs.run_unasked()
