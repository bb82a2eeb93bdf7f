"""Commands about the life of danger zones."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.zones.events_dialog import ZoneEventsDialog


class ZoneHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.dialog: ZoneEventsDialog | None = None

    def table(self) -> dict[str, Callable[[], object]]:
        return {"tools.zone_events": self.show_events}

    def show_events(self) -> None:
        """危险区过程 beside the map; once open it comes to the front."""
        from geohazard_desktop.desktop.zones.events_dialog import ZoneEventsDialog

        if self.dialog is None:
            self.dialog = ZoneEventsDialog(self._window.session, self._window)
        self.dialog.refresh()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
