"""What stands around the map keeps step with the data: counts, words of the stages, what undo would take back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.desktop import swatches
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.window_words import checks_state, stage_states
from geohazard_desktop.desktop.zones.stage import mark_tree
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_QUIET_MS = 150  # after the last change: many at once are counted once


class Following(QObject):
    """`undo_words` are of the steps that undo and redo would take, `others_words` of the newest step where another
    program made it; None where there is none."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.undo_words: tuple[str | None, str | None] = (None, None)
        self.others_words: str | None = None
        self._touched: set[str] = set()
        self._counts = QTimer(self)
        self._counts.setSingleShot(True)
        self._counts.setInterval(_QUIET_MS)
        self._counts.timeout.connect(self._recount)

    @property
    def behind(self) -> bool:
        """Whether counts and words are still those of before the last change."""
        return self._counts.isActive()

    def changed(self, deltas: Sequence[Delta]) -> None:
        self._touched |= {one.layer for one in deltas}
        self._counts.start()
        self.read_undo()
        if self._window.shown_side() == "history":
            self._window.history.refresh()

    def read_undo(self) -> None:
        ws = self._window.session.ws
        try:
            self.undo_words = (ws.undo_words(), ws.redo_words()) if ws is not None else (None, None)
            others = ws.step_of_others() if ws is not None else None
            self.others_words = None if others is None else others.words
        except GeohazardError as error:
            reporter().error(error)
        self._window.refresh()

    def _recount(self) -> None:
        window, ws = self._window, self._window.session.ws
        if ws is None:
            return
        touched, self._touched = self._touched, set()
        if "style" in touched:
            swatches.forget()
            window.fill_layers()
        if window.furnished:
            window.layer_desk.settle_layers()
        window.layers.marks.set_counts({layer: ws.count(layer) for layer in touched if layer in ws.definitions})
        self.tell_stages()
        window.refresh()

    def tell_stages(self) -> None:
        """Each stage says in words how far it is."""
        window, ws = self._window, self._window.session.workspace
        drawn = window.map.desk.layer if window.hand[0] else ""
        findings, busy = (window.checks.findings, window.publisher.busy) if window.furnished else ([], False)
        checks = window.handlers.checks if window.furnished else None
        told = stage_states(
            ws,
            findings,
            drawn=drawn,
            publishing=busy,
            whole=checks is not None and checks.done,
            outdated=checks is not None and checks.outdated,
            doubtful=window.session.doubts.routes,
        )
        mark_tree(window.layers, ws)
        for key, (words, severity) in told.items():
            window.stages.set_state(key, words, severity)

    def tell_checks(self) -> None:
        """The same for what the checks found alone, where nothing else became otherwise."""
        window, checks = self._window, self._window.handlers.checks
        words, severity = checks_state(window.checks.findings, whole=checks.done, outdated=checks.outdated)
        window.stages.set_state("checks", words, severity)
