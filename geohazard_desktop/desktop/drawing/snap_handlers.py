"""The switches of drawing: 捕捉 with its settings, 共用边, 避免重叠. All are kept in the user's preferences."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from geohazard_desktop.desktop.drawing.snap_popover import SnapPopover
from geohazard_desktop.editing.snap_settings import SnapSettings

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class SnapHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.popover: SnapPopover | None = None

    def table(self) -> dict[str, Callable[[], object]]:
        return {
            "draw.snap": lambda: self._switch("snap"),
            "draw.share": lambda: self._switch("share"),
            "draw.avoid": lambda: self._switch("avoid"),
            "draw.snap_settings": self.show_settings,
        }

    def switched(self) -> Sequence[tuple[str, bool]]:
        """Each switch's command and whether it is on."""
        desk = self._window.map.desk
        return ("draw.snap", desk.snapping), ("draw.share", desk.sharing), ("draw.avoid", desk.avoiding)

    def restore(self) -> None:
        """As the user left them."""
        liked, desk = self._window.liked, self._window.map.desk
        desk.snap_settings = SnapSettings.of(liked.snapping)
        desk.set_switches(snapping=liked.snap, sharing=liked.share, avoiding=liked.avoid)

    def _switch(self, name: str) -> None:
        liked = self._window.liked
        setattr(liked, name, not getattr(liked, name))
        liked.store()
        self.restore()
        self._window.refresh()

    def show_settings(self) -> None:
        window = self._window
        if self.popover is None:
            self.popover = SnapPopover(window)
            self.popover.changed.connect(self._changed)
        layers = window.session.workspace.in_use()
        self.popover.fill(
            window.map.desk.snap_settings,
            [(one.table, one.title, one.geometry) for one in layers if one.geometry != "none"],
            window.layers.current_layer(),
        )
        self.popover.open_at(self._under_button())

    def _under_button(self) -> QPoint:
        action = self._window.center.actions["draw.snap"]
        for one in self._window.tools.buttons():
            if one.defaultAction() is action and one.isVisible():
                return one.mapToGlobal(QPoint(0, one.height()))
        return self._window.map.canvas.mapToGlobal(QPoint(12, 12))

    def _changed(self, settings: SnapSettings) -> None:
        self._window.map.desk.snap_settings = settings
        self._window.liked.snapping = settings.plain()
        self._window.liked.store()
