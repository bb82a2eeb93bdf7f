"""画法 at the window: which way of drawing is chosen. It is kept until another is chosen, whatever is drawn."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.all_ways import make_ways
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.trace import Trace
from geohazard_desktop.editing.ways import Way

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_STAGE_LAYERS = {"zones": "draw.danger_zone", "routes": "draw.evacuation_route"}


class ChosenWay:
    """The ways, and the one in use."""

    def __init__(self) -> None:
        self.ways = make_ways()
        self.key = Way.key

    @property
    def way(self) -> Way:
        return self.ways[self.key]


class WayHandlers:
    """Commands `way.<key>`."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Callable[[], object]]:
        keys = self._window.map.desk.ways.ways
        return {
            **{f"way.{key}": lambda key=key: self.choose(key) for key in keys},  # type: ignore[misc]
            "draw.close_square": self._window.map.desk.close_square,
        }

    def choose(self, key: str) -> None:
        """Draw in this way from now on. Where nothing is being drawn, the pen of this stage is taken with it."""
        window = self._window
        desk = window.map.desk
        if key == Trace.key == desk.ways.key and desk.drawing:
            key = Way.key  # the key that switched it on in the middle of a stroke switches it off
        if not desk.take_way(key):
            window.refresh()  # the button that was pressed shows again what is so
            return
        if not isinstance(desk.tool, DrawTool) or desk.tool.kind == "point":
            self._take_pen()
        window.map.canvas.setFocus()
        window.refresh()

    def _take_pen(self) -> None:
        window = self._window
        pen = _STAGE_LAYERS.get(window.stage)
        layer = window.layers.current_layer()
        definition = window.session.workspace.definitions.get(layer)
        if pen is None and definition is not None and definition.drawn and definition.geometry in ("polygon", "line"):
            pen = {"danger_zone": "draw.danger_zone", "evacuation_route": "draw.evacuation_route"}.get(
                layer, "layer.draw"
            )
        if pen is not None:
            window.center.run(pen)
            return
        told = _("画法换成了{way}。按 P 画危险区，按 L 画撤离路线。")
        window.banner.say("info", told.format(way=window.map.desk.ways.way.title))
