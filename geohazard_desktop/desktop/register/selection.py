"""The table's rows and the map's selection are one thing: carried from either side to the other, thousands at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QTimer

from geohazard_desktop.desktop.register.statistics import statistics
from geohazard_desktop.desktop.report import reporter

if TYPE_CHECKING:
    from geohazard_desktop.desktop.register.panel import RegisterPanel

_MANY = 200  # rows picked at once that reach the map after a moment, not with every key
_MOMENT_MS = 120


class RegisterSelection(QObject):
    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._quiet = False
        self._last_ticked = -1
        self._picking = self._timer(self._carry)
        self._counting = self._timer(self._count)
        panel.session.selection_changed.connect(self.follow)
        panel.view.selectionModel().selectionChanged.connect(self._picked)
        panel.view.ticked.connect(self._tick)

    def _timer(self, do: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(_MOMENT_MS)
        made.timeout.connect(do)
        return made

    @contextmanager
    def held(self) -> Iterator[None]:
        """While the table is filled anew its cells are nobody's choice."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def take(self) -> None:
        """Mark what is selected on the map."""
        session, model = self._panel.session, self._panel.model
        model.choose([uid for layer, uid in session.selection if layer == model.layer])

    def follow(self) -> None:
        """The map's selection has changed: mark it, and bring its first row into sight."""
        panel = self._panel
        if self._quiet or not panel.layer or not panel.isVisible():
            return
        self.take()
        with self.held():
            panel.view.selectionModel().clearSelection()
            first = panel.model.first_chosen()
            if first is not None:
                self.go_to(first, max(panel.view.currentIndex().column(), 0))
        panel.redraw()
        panel.tell_all()
        if panel.state.only_chosen:
            panel.arrange()

    def go_to(self, row: int, column: int = 0) -> None:
        """The cell under the keyboard, without selecting it."""
        view = self._panel.view
        index = self._panel.model.index(row, column)
        view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        view.scrollTo(index)

    def _count(self) -> None:
        panel = self._panel
        if panel.layer:
            with reporter().guard():
                panel.tell_statistics(statistics(panel.session.workspace, panel.model, panel.view.picked_cells()))

    def _picked(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self._counting.start()
        if self._quiet or not self._panel.layer:
            return
        if len(self._panel.view.picked_rows()) > _MANY:
            self._picking.start()
        else:
            self._carry()

    def _carry(self) -> None:
        """The rows with a selected cell are the map's selection."""
        self._picking.stop()
        rows = self._panel.view.picked_rows()
        if len(rows):
            self.choose(self._panel.model.uids_of(rows.tolist()))
            self._last_ticked = int(rows[0])

    def choose(self, uids: Sequence[str]) -> None:
        """Select features on the map; their rows are marked."""
        panel = self._panel
        panel.model.choose(uids)
        layer = panel.layer
        with self.held():
            panel.session.select([(layer, uid) for uid in uids])
        panel.redraw()
        panel.tell_all()

    def choose_all_shown(self) -> None:
        """Every row that is listed."""
        model = self._panel.model
        self.choose([model.uids[place] for place in model.order.tolist()])

    def choose_others(self) -> None:
        """Those that are listed and were not chosen."""
        model = self._panel.model
        self.choose([model.uids[place] for place in model.order[~model.chosen[model.order]].tolist()])

    def _tick(self, row: int, through: bool) -> None:
        """A row more or less in the map's selection; `through`: all from the one ticked before."""
        model = self._panel.model
        if not 0 <= row < len(model.order):
            return
        if through and 0 <= self._last_ticked < len(model.order):
            first, last = sorted((row, self._last_ticked))
            model.chosen[model.order[first : last + 1]] = True
        else:
            model.chosen[model.order[row]] ^= True
        self._last_ticked = row
        with self.held():
            self._panel.view.selectionModel().clearSelection()
            self.go_to(row, max(self._panel.view.currentIndex().column(), 0))
        self.choose([model.uids[place] for place in np.flatnonzero(model.chosen).tolist()])
