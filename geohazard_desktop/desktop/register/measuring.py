"""Columns of measures are reckoned when they are shown, and kept in step with the shapes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject

from geohazard_desktop.analysis.register_measures import measure_rows
from geohazard_desktop.desktop.background import Progress
from geohazard_desktop.desktop.register.arranging import AT_ONCE
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.rows import RowIds
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.register.panel import RegisterPanel


class RegisterMeasuring(QObject):
    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._under_way: set[tuple[str, str]] = set()

    def wanted(self) -> list[str]:
        """Measures that are shown, filtered or sorted by."""
        panel = self._panel
        asked = set(panel.columns.shown())
        asked |= {one.field for one in panel.state.conditions} | {one.field for one in panel.state.sort}
        return [one.key for one in panel.model.columns if one.field is None and one.key in asked]

    def settle(self) -> None:
        """Reckon what is wanted and missing; order and filter follow when it is there."""
        for key in self.wanted():
            if key not in self._panel.model.measured:
                self._reckon(key, self._panel.model.fids)

    def _reckon(self, key: str, ids: RowIds) -> None:
        panel, ws, layer = self._panel, self._panel.session.ws, self._panel.layer
        if ws is None or (layer, key) in self._under_way:
            return
        if len(ids) <= AT_ONCE or panel.arranging.jobs is None:
            with reporter().guard():
                self._take(layer, key, measure_rows(ws, layer, key, ids))
            return
        path = ws.path
        self._under_way.add((layer, key))

        def work(progress: Progress) -> object:
            with Workspace.open(path, read_only=True) as own:
                return measure_rows(own, layer, key, ids, progress)

        def ended() -> None:
            self._under_way.discard((layer, key))

        panel.arranging.jobs.start(
            work, lambda found: self._take(layer, key, found), told=panel.tell_measuring, ended=ended
        )

    def _take(self, layer: str, key: str, found: Any) -> None:
        panel = self._panel
        if layer != panel.layer:
            return
        panel.model.measured = {**panel.model.measured, key: found}
        asked = {one.field for one in panel.state.conditions} | {one.field for one in panel.state.sort}
        panel.redraw()
        if key in asked:
            panel.arrange()

    def follow(self, deltas: Sequence[Delta]) -> None:
        """Shapes that changed are measured anew, those alone."""
        panel, ws = self._panel, self._panel.session.ws
        uids = [one.uid for one in deltas if one.layer == panel.layer and one.after is not None]
        if ws is None or not uids or not panel.model.measured:
            return
        if len(uids) > AT_ONCE:
            panel.model.measured = {}
            self.settle()
            return
        with reporter().guard():
            ids = ws.row_ids_of(panel.layer, uids)
            for key, (known, figures) in dict(panel.model.measured).items():
                there, numbers = measure_rows(ws, panel.layer, key, ids)
                left = np.isin(known, there, invert=True)
                joined = np.concatenate([known[left], there])
                order = np.argsort(joined)
                all_figures = np.concatenate([np.asarray(figures)[left], numbers])[order]
                panel.model.measured = {**panel.model.measured, key: (joined[order], all_figures)}
        panel.redraw()
