"""What the commands of menu 改形 do: take a tool for the current layer, or change what is selected at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.desktop.commands import BY_ID
from geohazard_desktop.editing.shape_tools import SHAPE_TOOLS

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class ShapeHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Callable[[], object]]:
        return {name: lambda name=name: self._take(name) for name in SHAPE_TOOLS}  # type: ignore[misc]

    def _take(self, name: str) -> None:
        """The tool works on what is selected, else on the layer that is current in the tree."""
        window = self._window
        window.show_map()
        stages = BY_ID[name].stages
        if stages and window.stage not in stages:
            window.show_stage(next(iter(stages)))
        window.map.desk.take(name, self._layer())
        window.refresh()

    def _layer(self) -> str:
        """The current layer where it has areas or lines; else the danger zones, which are what is drawn here."""
        window = self._window
        definitions = window.session.workspace.definitions
        current = definitions.get(window.layers.current_layer())
        return current.table if current is not None and current.geometry in ("polygon", "line") else "danger_zone"
