"""A step that could not be stored, and a file that went away: one bar that stays, and the ways out of it.

The stroke stays under the pen. The file is looked for every two seconds and taken up again when it is back.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from geohazard_desktop.common.errors import GeohazardError, WorkspaceBusyOrLost
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.banner import Offer
from geohazard_desktop.desktop.window_words import summary
from geohazard_desktop.workspace.backup import Backup, backups_of

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_LOOK_MS = 2000
_BAR = "not-stored"


class LostFileDesk(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.lost = False
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)
        window.session.when_opened(self._opened)
        window.session.closing.connect(self._look.stop)

    def _opened(self) -> None:
        self.lost = False
        self._look.start()

    def look(self) -> None:
        """Is the file where it was? Told once when it goes, and once when it is back."""
        ws = self._window.session.ws
        if ws is None:
            return
        if ws.there:
            if self.lost:
                self._back()
        elif self.lost:
            self._take_up()
        else:
            self.lost = True
            self._window.status.set_unsaved(self._words())
            self.tell(self._words())

    def _words(self) -> str:
        path = self._window.session.workspace.path
        told = _("工作文件 {name} 不在原来的位置了。请插回移动盘，或把文件放回 {folder}；")
        told += _("放回来会自动接着用，没画完的一笔还在。")
        return told.format(name=path.name, folder=path.parent)

    def not_stored(self, sentence: str) -> None:
        """A step could not be stored, for the reason in `sentence`."""
        ws = self._window.session.ws
        self.lost = self.lost or (ws is not None and not ws.there)
        self.tell(self._words() if self.lost else sentence)

    def tell(self, sentence: str) -> None:
        """A bar that stays until a step is stored again, with the ways out."""
        self._window.banner.forget(WorkspaceBusyOrLost.code)  # one bar says it
        offers: list[Offer] = [(_("再试一次"), self.again), (_("另存到别处…"), self.elsewhere)]
        backup = self._newest_backup() if self.lost else None
        if backup is not None:
            offers.append((_("打开最近的备份"), lambda: self._window.handlers.files.open_path(backup.path)))
        self._window.banner.keep(_BAR, "error", sentence, "", offers)

    def _newest_backup(self) -> Backup | None:
        path = self._window.session.workspace.path
        try:
            found = backups_of(path, self._window.handlers.backups.folder())
        except GeohazardError:  # they lay on the disk that went away: nothing to offer
            return None
        return found[0] if found else None

    # -- ways out --------------------------------------------------------------------------------------------------

    def _take_up(self) -> bool:
        """The file lies at its place again, perhaps as another one to the system: go on in it."""
        try:
            self._window.session.workspace.reconnect()
        except GeohazardError:
            return False  # not yet; the bar says so all the time
        self._back()
        return True

    def _back(self) -> None:
        window = self._window
        self.lost = False
        window.banner.take_down(_BAR)
        window.map.canvas.maker.open(window.session.workspace.path)
        window.map.redraw()
        window.session.poll()
        path = window.session.workspace.path
        window.status.set_opened(path, "")
        window.banner.say("done", _("工作文件 {name} 回来了，可以接着存。").format(name=path.name))

    def again(self) -> None:
        """Try once more: take the file up again where it was lost, and store the stroke that waits."""
        window = self._window
        if self.lost or not window.session.workspace.there:
            self.lost = True
            try:
                window.session.workspace.reconnect()
            except GeohazardError as error:
                self.tell(str(error))
                return
            self._back()
        self._store_waiting()

    def _store_waiting(self) -> None:
        window = self._window
        if window.map.desk.drawing:
            window.map.desk.press_key("Enter")
        else:
            window.banner.take_down(_BAR)

    def elsewhere(self) -> None:
        """Save what can be read to another place and go on there, the stroke still under the pen."""
        window = self._window
        ws = window.session.workspace
        name = files.free_name(documents_folder(), ws.path.stem, ".gpkg").name
        found = files.ask_save(window, _("另存到别处"), name, files.workspaces(), ".gpkg")
        if found is None or found == ws.path:
            self.tell(self._words())
            return
        try:
            ws.rescue(found)
        except GeohazardError as error:
            self.tell(str(error))
            return
        self.lost = False
        window.setWindowTitle(f"{found.name} — " + window.windowTitle().partition(" — ")[2])
        window.liked.remember(found, found.stem, summary(ws))
        window.banner.take_down(_BAR)
        window.map.canvas.maker.open(found)
        window.map.redraw()
        window.status.set_opened(found, "")
        words = _("已另存到 {name}，接着在这里改。").format(name=found.name)
        window.banner.say("done", words, str(found.parent))
        self._store_waiting()
