"""已撤销 danger zones out of sight: a switch of the view, remembered for each workspace; the data stay as they are.

What is hidden is counted wherever it would have stood: in the layer tree, on the map, below the tables.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from geohazard_desktop.analysis.zone_states import EVENTS, ZONES, zone_states
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.preferences import Preferences
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_MOST_REMEMBERED = 50  # workspaces


class LiftedZones(QObject):
    """`changed` when the switch was turned, or a zone was lifted or is no more so."""

    changed = Signal()

    def __init__(self, session: Session, liked: Preferences) -> None:
        super().__init__(session)
        self._session, self._liked = session, liked
        self._found: frozenset[str] | None = None  # uids of lifted zones; None: not looked for yet
        session.opened.connect(self._opened)
        session.changed.connect(self._changed)

    @property
    def hidden(self) -> bool:
        ws = self._session.ws
        return ws is not None and str(ws.path) in self._liked.lifted_hidden

    @property
    def all(self) -> frozenset[str]:
        """Every lifted zone, shown or not."""
        ws = self._session.ws
        if self._found is None:
            states = {} if ws is None else zone_states(ws)
            self._found = frozenset(uid for uid, state in states.items() if state == lifted())
        return self._found

    @property
    def uids(self) -> frozenset[str]:
        """Those that are not to be seen."""
        return self.all if self.hidden else frozenset()

    def states(self) -> tuple[str, ...]:
        """The states that the map leaves out."""
        return (lifted(),) if self.hidden else ()

    def seen(self, keys: Sequence[Key]) -> list[Key]:
        """`keys` without what is out of sight."""
        gone = self.uids
        return [one for one in keys if one[0] != ZONES or one[1] not in gone] if gone else list(keys)

    def note(self) -> str:
        """已撤销 1 个没有显示."""
        return _("已撤销 {count} 个没有显示").format(count=len(self.uids)) if self.uids else ""

    def turn(self) -> None:
        path = str(self._session.workspace.path)
        others = [one for one in self._liked.lifted_hidden if one != path]
        self._liked.lifted_hidden = others if self.hidden else [path, *others][:_MOST_REMEMBERED]
        self._liked.store()
        self._tell()

    def _opened(self) -> None:
        self._found = None
        self._tell()

    def _changed(self, deltas: Sequence[Delta]) -> None:
        if any(one.layer in (ZONES, EVENTS) for one in deltas):
            before, self._found = self._found, None
            if before != self.all:
                self._tell()

    def _tell(self) -> None:
        kept = self.seen(self._session.selection)
        if kept != self._session.selection:
            self._session.select(kept)
        self.changed.emit()


def connect(window: "MainWindow") -> None:
    """Map, tools and tree; the register asks by itself."""
    page = window.map
    page.lifted = zones = LiftedZones(window.session, window.liked)
    page.canvas.maker.without = zones.states
    page.desk.seen = zones.seen

    left_out = zones.uids  # of the picture in sight

    def changed() -> None:
        nonlocal left_out
        page.tell_left_out()
        window.layers.marks.set_left_out(ZONES, len(zones.uids), zones.note())
        window.center.check("view.lifted", not zones.hidden)
        if zones.uids != left_out:  # an opening asks for its picture by itself
            left_out = zones.uids
            page.redraw()

    zones.changed.connect(changed)


def handlers(window: "MainWindow") -> dict[str, Callable[[], object]]:
    return {"view.lifted": window.map.lifted.turn}
