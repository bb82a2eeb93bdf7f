"""The open workspace and what is selected in it: the only road from the window to the data.

Every change goes through `apply`, which tells the window when it is on disk, or why it isn't.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from geohazard_desktop.cartography.qgis_styles import QgisStyles
from geohazard_desktop.common.errors import GeohazardError, WorkspaceBusyOrLost
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.workspace.backup import copy_file
from geohazard_desktop.workspace.feature import Delta, Edit, Feature
from geohazard_desktop.workspace.going_back import Plan
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.way_doubts import WayDoubts

Key = tuple[str, str]  # layer, uid


class Session(QObject):
    """Signals: `opened`, `leaving` (what is under way for the workspace comes to its end), `closing`, `changed` (list
    of Delta), `stored` (datetime), `storing_failed` (sentence), `selection_changed`, `applied` (Edit, after it is on
    disk)."""

    opened = Signal()
    leaving = Signal()
    closing = Signal()
    changed = Signal(list)
    stored = Signal(object)
    storing_failed = Signal(str)
    selection_changed = Signal()
    applied = Signal(object)
    doubts: "WayDoubts"  # comes with the window

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ws: Workspace | None = None
        self.selection: list[Key] = []
        self.gate: Callable[[Edit], bool] = lambda _edit: True  # asks before what must not happen unseen
        self._unsubscribe: Callable[[], None] | None = None
        self._qgis: QgisStyles | None = None
        self._late: list[Callable[[], object]] = []

    @property
    def workspace(self) -> Workspace:
        """The open workspace; asking without one is a fault of the program, not of the user."""
        if self.ws is None:
            raise RuntimeError("no workspace is open")
        return self.ws

    def open(self, path: Path) -> bool:
        """Open a workspace instead of the present one, which stays when the new one is refused."""
        try:
            ws = Workspace.open(path)
        except GeohazardError as error:
            reporter().error(error)
            return False
        self.take(ws)
        return True

    def take(self, ws: Workspace) -> None:
        """Show a workspace that is open already."""
        self.close()
        self.ws = ws
        self._unsubscribe = ws.subscribe(self._deltas)
        self._qgis = QgisStyles(ws)
        self.opened.emit()

    def when_opened(self, told: Callable[[], object]) -> None:
        """Call `told` after each opening; a part that is built while a workspace is open is told with `catch_up`."""
        self.opened.connect(told)
        if self.ws is not None:
            self._late.append(told)

    def catch_up(self) -> None:
        """Tell what was built after the opening that a workspace is open."""
        late, self._late = self._late, []
        for told in late:
            told()

    def close(self) -> None:
        self._late.clear()
        if self.ws is None:
            return
        self.leaving.emit()
        self.closing.emit()
        self.select([])
        if self._qgis is not None:
            self._qgis.close()
            self._qgis = None
        if self._unsubscribe:
            self._unsubscribe()
        self.ws.close()
        self.ws = None

    def read_only_reason(self) -> str:
        if self.ws is None or not self.ws.read_only:
            return ""
        return self.ws.read_only_reason or _("这个工作文件是只读的。")

    def apply(self, edit: Edit) -> bool:
        """One transaction. True when it is on disk; else it has been said why, and nothing changed."""
        return self._may(edit) and self._store(lambda: self.workspace.apply(edit), edit)

    def go_back(self, plan: Plan) -> bool:
        """Take a planned way back, as it was planned. True when it is on disk."""
        return self._may(plan.edit) and self._store(lambda: self.workspace.go_back(plan), plan.edit)

    def undo(self) -> bool:
        return self._store(self.workspace.undo)

    def redo(self) -> bool:
        return self._store(self.workspace.redo)

    def _may(self, edit: Edit) -> bool:
        """Ask the gate, which reads the file: that can fail as storing can."""
        try:
            return self.gate(edit)
        except GeohazardError as error:
            self._failed(error)
            return False

    def _failed(self, error: GeohazardError) -> None:
        reporter().error(error)
        if isinstance(error, WorkspaceBusyOrLost):
            self.storing_failed.emit(str(error))

    def _store(self, step: Callable[[], Edit | None], edit: Edit | None = None) -> bool:
        try:
            done = step()
        except GeohazardError as error:
            self._failed(error)
            return False
        self.stored.emit(datetime.now())
        self.applied.emit(edit or done)
        return True

    def copy_to(self, path: Path) -> None:
        """Copy the whole file, history included, as it is on disk now. Raises ExportRefused."""
        copy_file(self.workspace.path, path)

    def poll(self) -> None:
        """Pick up what another window or QGIS wrote. A file that has gone is said once by the reporter."""
        if self.ws is None:
            return
        try:
            self.ws.poll()
        except WorkspaceBusyOrLost as error:
            self.storing_failed.emit(str(error))
            return
        if self.ws.replaced and self.open(self.ws.path):
            reporter().say("info", _("这个工作文件在别处从备份恢复了，已重新打开。"))

    def _deltas(self, deltas: Sequence[Delta]) -> None:
        gone = {(one.layer, one.uid) for one in deltas if one.after is None}
        if gone.intersection(self.selection):
            self.select([key for key in self.selection if key not in gone])
        self.changed.emit(list(deltas))

    # -- selection ------------------------------------------------------------------------------------------------

    def select(self, keys: Sequence[Key], *, add: bool = False) -> None:
        """Replace the selection, or with `add` turn each key on or off in it."""
        wanted = dict.fromkeys(self.selection if add else ())  # a layer of 100 000 is selected at once
        for key in keys:
            if add and key in wanted:
                del wanted[key]
            else:
                wanted[key] = None
        if list(wanted) != self.selection:
            self.selection = list(wanted)
            self.selection_changed.emit()

    def selected_features(self, limit: int = 1000) -> list[Feature]:
        """The selected features as they are on disk now (at most `limit`)."""
        if self.ws is None:
            return []
        return self.ws.features(self.selection[:limit])

    def the_one(self) -> Feature | None:
        """The selected feature when exactly one is."""
        if self.ws is None or len(self.selection) != 1:
            return None
        return self.ws.feature(*self.selection[0])

    def label(self, feature: Feature) -> str:
        """What people call a feature: 危险区 WD-W-0008 乌尔特河东源段."""
        title = self.workspace.definitions[feature.layer].title
        return " ".join(part for part in (title, feature.text("id"), feature.text("name")) if part)
