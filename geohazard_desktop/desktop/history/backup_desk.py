"""Backups by themselves: with the first change of a session, then after each hour of work; and the way back to one."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from geohazard_desktop.common.errors import BackupFailed, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Cancelled, Job, Progress
from geohazard_desktop.desktop.leaving import printed_out
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.workspace.backup import Backup, back_up, backup_folder, restore, thin_out

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

Handler = Callable[[], object]
_REST_MS = 3000  # after a change: a hand that is drawing should not notice
_AGAIN_S = 600.0  # after one that failed


class BackupDesk(QObject):
    """`made`: there is a new one in the folder."""

    made = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._next = 0.0  # when the next one is due, by the monotonic clock
        self._owed = False  # to the open file, since it was changed
        self._job: Job | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.run)
        window.session.when_opened(self._opened)
        window.session.stored.connect(lambda _when: self._stored())
        window.session.closing.connect(self._closing)

    def table(self) -> dict[str, Handler]:
        return {"file.backup": lambda: self.run(tell=True), "file.backups": self.ask}

    @property
    def running(self) -> bool:
        return self._job is not None

    def folder(self) -> Path:
        return backup_folder(self._window.session.workspace.path, self._window.liked.backup_folder)

    # -- by itself -------------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._rest.stop()
        self._next, self._owed = 0.0, False

    def _stored(self) -> None:
        if self._window.liked.backup_minutes > 0 and time.monotonic() >= self._next:
            self._owed = True
            self._when_at_rest()

    def _when_at_rest(self) -> None:
        if self._owed and not self.running and not self._rest.isActive():
            self._rest.start()

    def _closing(self) -> None:
        """The change that asked for a backup must not leave without one, nor with one that was broken off."""
        self._rest.stop()
        if not self._owed or self.running:
            return
        self._owed = False
        path, folder = self._window.session.workspace.path, self.folder()
        try:
            _backed_up(path, folder, lambda: False)
        except GeohazardError as error:
            reporter().error(error)

    def run(self, *, tell: bool = False) -> None:
        """Make one now, off the window's path. What goes wrong is told; with `tell`, what went right too."""
        window = self._window
        if window.session.ws is None or self.running:
            return
        ws, folder = window.session.ws, self.folder()
        path = ws.path
        self._rest.stop()
        self._next, self._owed = time.monotonic() + _AGAIN_S, True

        def work(progress: Progress) -> Backup:
            try:
                return _backed_up(path, folder, progress.stopped)
            except BackupFailed:
                if progress.stopped():
                    raise Cancelled from None  # it is made when the file is left
                raise

        def done(made: Backup) -> None:
            if window.session.ws is ws:
                self._next, self._owed = time.monotonic() + 60.0 * window.liked.backup_minutes, False
            self.made.emit()
            if tell:
                window.banner.say("done", _("已备份为 {name}。").format(name=made.path.name), str(made.path.parent))

        def failed() -> None:
            if window.session.ws is ws:
                self._owed = False  # tried again after the next change some minutes later

        def ended() -> None:
            self._job = None
            self._when_at_rest()

        self._job = window.handlers.jobs.start(work, done, failed=failed, ended=ended)

    # -- the list --------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Show the backups; one that is chosen comes into the place of the open workspace."""
        from geohazard_desktop.desktop.history.backups_dialog import BackupsDialog

        window = self._window
        dialog = BackupsDialog(window, self)
        accepted = bool(dialog.exec())
        chosen = dialog.chosen()
        dialog.deleteLater()
        if accepted and chosen is not None:
            self.restore(chosen)

    def restore(self, backup: Backup) -> None:
        """Put a backup in the place of the open workspace, which is kept as a backup first."""
        window = self._window
        if not printed_out(window, _("没有恢复备份")):  # its process writes into the file
            return
        path, folder = window.session.workspace.path, self.folder()
        window.handlers.jobs.wait()
        self._owed = False  # the file of now is kept below
        window.session.close()
        kept: Backup | None = None
        try:
            kept = restore(path, backup, folder)
        except GeohazardError as error:
            failed = error
        if not window.handlers.files.open_path(path):
            window.show_start()
        if kept is None:
            reporter().error(failed)
            return
        words = _("已恢复到 {moment} 的备份。").format(moment=f"{backup.made_at:%Y-%m-%d %H:%M:%S}")
        window.banner.say("done", words, _("恢复前的文件存成了 {name}。").format(name=kept.path.name))


def _backed_up(path: Path, folder: Path, stopped: Callable[[], bool]) -> Backup:
    made = back_up(path, folder, stopped=stopped)
    thin_out(path, folder)
    return made
