"""已撤销 danger zones in the registers of zones and of their steps: listed, or left out and counted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from geohazard_desktop.analysis.zone_states import EVENTS, ZONES
from geohazard_desktop.desktop.lifted_zones import LiftedZones
from geohazard_desktop.workspace.register_query import Among, RegisterQuery
from geohazard_desktop.workspace.rows import RowIds, no_rows

if TYPE_CHECKING:
    from geohazard_desktop.desktop.register.panel import RegisterPanel


class RegisterLifted(QObject):
    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._zones: LiftedZones | None = None
        panel.hide_lifted.clicked.connect(self._clicked)

    def join(self, zones: LiftedZones) -> None:
        """Follow the switch of the view."""
        self._zones = zones
        zones.changed.connect(self._changed)

    @property
    def hidden(self) -> bool:
        return self._zones is not None and self._zones.hidden and self._panel.layer in (ZONES, EVENTS)

    def ids(self) -> RowIds:
        """The rows of the table that are lifted zones, or steps of one, ascending."""
        panel, uids = self._panel, self._zones.all if self._zones is not None else frozenset()
        if not uids or panel.layer not in (ZONES, EVENTS):
            return no_rows()
        if panel.layer == EVENTS:
            return panel.session.workspace.matching_rows(RegisterQuery(EVENTS, (Among(ZONES, tuple(sorted(uids))),)))
        return panel.model.fids[sorted(place for uid in uids if (place := panel.model.place(uid)) is not None)]

    def hidden_ids(self) -> RowIds:
        return self.ids() if self.hidden else no_rows()

    def _clicked(self) -> None:
        if self._zones is not None:
            self._zones.turn()

    def _changed(self) -> None:
        if self._panel.layer in (ZONES, EVENTS):
            self._panel.arrange()
