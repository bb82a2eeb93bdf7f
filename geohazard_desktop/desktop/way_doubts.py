"""Which ways the map must not show as sound: found in the background after a workspace is opened and after each change
that may make one doubtful, drawn apart on the map, and said in the form of such a route."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Job, Progress
from geohazard_desktop.desktop.hand_at_rest import at_rest
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.analysis.way_doubts import WayDoubt
    from geohazard_desktop.desktop.main_window import MainWindow

REST_MS = 300  # after the first map, and after a change: many at once are judged once
NEW_DAY_MS = 60_000
_AGAIN_MS = 5_000  # after a file that could not be read
_log = logging.getLogger(__name__)
Key = tuple[str, str]  # layer, uid


class WayDoubts(QObject):
    """`changed` when another way is in doubt than before, or for another reason."""

    changed = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._found: Mapping[Key, WayDoubt] = {}
        self._looks: dict[str, dict[str, str]] = {}
        self._job: Job | None = None
        self._wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        # A shelter closes on a date, whether or not anybody changes something then.
        self._day = date.today()
        self._midnight = QTimer(self)
        self._midnight.timeout.connect(self._new_day)
        self._midnight.start(NEW_DAY_MS)
        session = window.session
        session.opened.connect(self._ask)
        session.changed.connect(self._followed)
        session.closing.connect(self._forget)

    @property
    def busy(self) -> bool:
        """Whether what is known may still be that of before the last change."""
        return self._wanted or self._job is not None

    def of(self, key: Key) -> "WayDoubt | None":
        return self._found.get(key)

    def looks(self) -> Mapping[str, Mapping[str, str]]:
        """By layer and uid how the map draws what is in doubt (see `cartography.doubted`)."""
        return self._looks

    @property
    def routes(self) -> int:
        """How many routes are in doubt."""
        return len(self._looks.get("evacuation_route", {}))

    def note(self) -> str:
        """What the signs on the map mean, and how many routes have them: ？路线 1 条问清再走　×路线 2 条不能再用."""
        kinds = list(self._looks.get("evacuation_route", {}).values())
        words = {"ask": _("？路线 {count} 条问清再走"), "over": _("×路线 {count} 条不能再用")}
        return "　".join(told.format(count=kinds.count(kind)) for kind, told in words.items() if kind in kinds)

    def _new_day(self) -> None:
        today = date.today()
        if today != self._day and self._window.session.ws is not None:
            self._day = today
            self._ask()
            self._window.handlers.checks.runs.day_passed()
            self._window.map.redraw()

    def _ask(self) -> None:
        self._wanted = True
        self._timer.start(REST_MS)

    def _followed(self, deltas: Sequence[Delta]) -> None:
        from geohazard_desktop.analysis.way_doubts import CONCERNED

        if any(one.layer in CONCERNED for one in deltas):
            self._ask()

    def _forget(self) -> None:
        self._timer.stop()
        self._wanted = False
        if self._job is not None:
            self._job.requestInterruption()
        self._take({})

    def _look(self) -> None:
        window = self._window
        if window.session.ws is None:
            return
        if self._job is not None or not at_rest(window):
            self._timer.start(REST_MS)
            return
        self._wanted = False
        ws = window.session.ws

        def work(_progress: Progress) -> "Mapping[Key, WayDoubt] | None":
            from geohazard_desktop.analysis.way_doubts import way_doubts

            try:
                with Workspace.open(ws.path, read_only=True) as own:
                    return way_doubts(own)
            except GeohazardError as error:
                _log.info("ways not judged, tried again: %s", error)  # whoever paints and stores tells it to people
                return None

        self._job = window.jobs.start(work, lambda found: self._judged(ws, found), ended=self._ended)

    def _ended(self) -> None:
        self._job = None

    def _judged(self, ws: Workspace, found: "Mapping[Key, WayDoubt] | None") -> None:
        if ws is not self._window.session.ws:
            return
        if found is None:
            self._wanted = True
            self._timer.start(_AGAIN_MS)
            return
        before = self.routes
        self._take(found)
        if self.routes != before:
            self._window.following.tell_stages()

    def _take(self, found: "Mapping[Key, WayDoubt]") -> None:
        if found == self._found:
            return
        self._found = found
        looks: dict[str, dict[str, str]] = {}
        for (layer, uid), one in found.items():
            looks.setdefault(layer, {})[uid] = one.kind
        drawn_otherwise, self._looks = looks != self._looks, looks
        self.changed.emit()
        if drawn_otherwise:
            self._window.map.tell_left_out()
            self._window.map.redraw()


def connect(window: "MainWindow") -> None:
    """The map draws by it, the forms speak by it."""
    window.session.doubts = window.map.doubts = WayDoubts(window)
    window.map.canvas.maker.doubted = window.map.doubts.looks
