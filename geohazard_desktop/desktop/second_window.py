"""Two windows of one user on one file: the second says so, and leaves the first one's steps alone.

Who has a file open is held in the user's own folder, never beside the file, which may lie on a stick or a share; so
windows of other machines are not known here.
"""

import hashlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QTimer

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import state_folder

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_log = logging.getLogger("geohazard_desktop.window")
_BAR = "second-window"
_LOOK_MS = 2000


class SecondWindow:
    """Holds the present file's lock as long as it is open; without it, asks for it now and then."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._lock: QLockFile | None = None
        self._timer = QTimer(window)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look_again)
        window.session.closing.connect(self._closing)
        window.session.when_opened(self._opened)

    def _opened(self) -> None:
        ws = self._window.session.workspace
        place = None if ws.read_only else _place(ws.path)
        if place is None:
            return
        self._lock = QLockFile(str(place))
        self._lock.setStaleLockTime(0)  # however old, it holds until its program has ended
        if self._lock.tryLock(0):
            return
        if self._lock.error() != QLockFile.LockError.LockFailedError:
            _log.info("no lock for %s: %s", place, self._lock.error())
            return
        ws.beside_another()
        self._window.following.changed([])  # what can be taken back is less now
        self._window.banner.keep(
            _BAR,
            "info",
            _("{name} 在另一个窗口里也开着。").format(name=ws.path.name),
            _("两边改的都随时存上、互相看得见；撤销只撤这个窗口做的。"),
        )
        self._timer.start()

    def look_again(self) -> None:
        """The other window may have been closed."""
        if self._lock is not None and self._lock.tryLock(0):
            self._timer.stop()
            self._window.banner.take_down(_BAR)

    def _closing(self) -> None:
        self._timer.stop()
        self._window.banner.take_down(_BAR)
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


def _place(path: Path) -> Path | None:
    """Where it is held who has the file open; None where the user's folder takes no file: then nobody can say."""
    try:
        folder = state_folder() / "open"
        folder.mkdir(parents=True, exist_ok=True)
    except (GeohazardError, OSError) as error:
        _log.info("no place for locks: %s", error)
        return None
    return folder / f"{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]}.lock"
