"""The switch below the table by which the map shows only the rows that the table lists."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.map_filter import MapFilter

if TYPE_CHECKING:
    from geohazard_desktop.desktop.register.panel import RegisterPanel


class RegisterOnTheMap(QObject):
    """While it is on, the map follows each new filter of the layer; it stays on when another table is opened."""

    def __init__(self, panel: "RegisterPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._filters: MapFilter | None = None
        panel.on_the_map.clicked.connect(self._clicked)

    def join(self, filters: MapFilter) -> None:
        self._filters = filters
        filters.changed.connect(lambda _layer: self.tell())

    def arranged(self) -> None:
        """The table lists other rows now."""
        panel, filters = self._panel, self._filters
        if filters is None or not filters.on(panel.layer):
            return
        if panel.state.narrows:
            self._show()
        else:
            filters.clear(panel.layer)  # the filter was taken off the table: nothing is left to filter by
            panel.tell_passing(_("筛选清除了，图上也全部显示了。"))

    def tell(self) -> None:
        """Offer it where there is something to leave out: a filter, and shapes."""
        panel, filters = self._panel, self._filters
        definition = panel.model.definition
        spatial = definition is not None and definition.geometry != "none"
        on = filters is not None and filters.on(panel.layer)
        panel.on_the_map.setVisible(on or (spatial and panel.state.narrows))
        panel.on_the_map.setChecked(on)

    def _clicked(self) -> None:
        panel, filters = self._panel, self._filters
        if filters is None:
            return
        if filters.on(panel.layer):
            filters.clear(panel.layer)
        else:
            self._show()

    def _show(self) -> None:
        panel = self._panel
        assert self._filters is not None
        self._filters.show_only(panel.layer, panel.model.uids_of(range(len(panel.model.order))))
