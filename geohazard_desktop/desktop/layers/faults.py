"""Which features of the open workspace have a shape that is none: looked for off the window's path, kept true by each
step."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from geohazard_desktop.desktop.background import Jobs, Progress
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.workspace.feature import Delta, FeatureTable
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:  # loaded when there is time to look
    from geohazard_desktop.cartography.faults import Fault

_AFTER_MS = 700  # the first map comes first
_AGAIN_MS = 60_000  # after a file that could not be read
_AT_ONCE = 500  # features of a step that are looked at where they are; more go off the window's path

Found = dict[str, list["Fault"]]


class LayerFaults(QObject):
    """`changed` when a layer's faults are others than before."""

    changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._found: Found = {}
        self._looking = 0  # number of the search whose answer counts
        self._late: dict[str, set[str]] = {}  # what has changed while a search was under way
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        session.when_opened(self._opened)
        session.closing.connect(self._closing)
        session.changed.connect(self._follow)

    @property
    def settled(self) -> bool:
        """Whether every layer has been looked at."""
        return not self._busy and not self._timer.isActive()

    def of(self, layer: str) -> "list[Fault]":
        return list(self._found.get(layer, ()))

    def sentences(self) -> dict[str, str]:
        """What the layer tree says of each layer that has faults."""
        if not any(self._found.values()):
            return {}
        from geohazard_desktop.cartography.faults import told

        definitions = self._session.workspace.definitions
        return {layer: told(definitions[layer], faults) for layer, faults in self._found.items() if faults}

    def _opened(self) -> None:
        self._found, self._late = {}, {}
        self._timer.start(_AFTER_MS)

    def _closing(self) -> None:
        self._timer.stop()
        self._looking += 1
        self._busy = False
        self._found, self._late = {}, {}

    def _look(self) -> None:
        ws = self._session.ws
        if ws is None:
            return
        self._looking += 1
        mine, path = self._looking, ws.path
        self._busy, self._late = True, {}
        self._jobs.start(
            lambda progress: _search(path, progress),
            lambda found: self._take(mine, found),
            failed=lambda: self._missed(mine),
        )

    def _missed(self, number: int) -> None:
        """The file could not be read, which is said: nothing is known of it, and it is looked at once more later."""
        if number == self._looking and self._session.ws is not None:
            self._busy, self._late = False, {}
            self._timer.start(_AGAIN_MS)

    def _take(self, number: int, found: Found) -> None:
        if number != self._looking or self._session.ws is None:
            return  # another workspace is open, or a later search is under way
        self._busy, late = False, self._late
        self._found, self._late = found, {}
        for layer, uids in late.items():
            self._look_again(layer, uids)
        self.changed.emit()

    def _follow(self, deltas: Sequence[Delta]) -> None:
        touched: dict[str, set[str]] = {}
        for one in deltas:
            touched.setdefault(one.layer, set()).add(one.uid)
        if self._busy:
            for layer, uids in touched.items():
                self._late.setdefault(layer, set()).update(uids)
        elif sum(map(len, touched.values())) > _AT_ONCE:
            self._timer.start(_AFTER_MS)
        elif not self._timer.isActive():
            before = self._found.copy()
            for layer, uids in touched.items():
                self._look_again(layer, uids)
            if self._found != before:
                self.changed.emit()

    def _look_again(self, layer: str, uids: Iterable[str]) -> None:
        ws = self._session.workspace
        definition = ws.definitions.get(layer)
        if definition is None or definition.helper or definition.geometry == "none":
            return
        asked = set(uids)
        from geohazard_desktop.cartography.faults import faults_of

        features = [one for one in (ws.feature(layer, uid) for uid in asked) if one is not None]
        new = faults_of(definition, FeatureTable.of(layer, features), ws.crs)
        kept = [one for one in self._found.get(layer, ()) if one.uid not in asked]
        self._found = self._found | {layer: [*kept, *new]}


def _search(path: Path, progress: Progress) -> Found:
    from geohazard_desktop.cartography.faults import faults_of

    with Workspace.open(path, read_only=True) as ws:
        layers = [one for one in ws.definitions.values() if one.geometry != "none" and not one.helper]
        found: Found = {}
        for number, one in enumerate(layers):
            found[one.table] = []
            for block in ws.blocks(one.table, ["id", "name"]):
                progress(number, len(layers))
                found[one.table] += faults_of(one, block, ws.crs)
        return found
