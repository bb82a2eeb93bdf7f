"""拐点表: the command, and the panel kept in step with the tool and the map."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.desktop.drawing.corner_panel import CornerPanel
from geohazard_desktop.desktop.drawing.stroke_table import StrokeTable
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.vertex import VertexTool

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class CornerHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.panel: CornerPanel | None = None
        self.stroke_table: StrokeTable | None = None

    def table(self) -> dict[str, Callable[[], object]]:
        return {"shape.corners": self.toggle}

    @property
    def shown(self) -> bool:
        shown = (one for one in (self.panel, self.stroke_table) if one is not None)
        return any(not one.isHidden() for one in shown)

    def toggle(self) -> None:
        window = self._window
        tool = window.map.desk.tool
        if self.shown:
            self.close()
            return
        if isinstance(tool, DrawTool) and tool.kind != "point":
            if self.stroke_table is None:
                self.stroke_table = StrokeTable(window)
            self.stroke_table.open()
            window.refresh()
            return
        if not isinstance(window.map.desk.tool, VertexTool):
            window.center.run("tool.vertices")
        panel = self._made()
        panel.place()
        panel.show()
        self.follow()
        panel.table.setFocus()
        window.refresh()

    def close(self) -> None:
        if self.stroke_table is not None and not self.stroke_table.isHidden():
            self.stroke_table.leave()
        if self.panel is not None:
            self.panel.hide()
            self._window.map.canvas.setFocus()
            self._window.refresh()

    def _made(self) -> CornerPanel:
        if self.panel is None:
            window = self._window
            self.panel = CornerPanel(window.map.canvas, window.session)
            self.panel.closed.connect(self.close)
            self.panel.left.connect(window.map.canvas.setFocus)
            self.panel.said.connect(lambda words, severity: window.banner.say(severity, words))
            self.panel.ringed.connect(window.map.mark)
            window.map.canvas.resized.connect(self.panel.place)
            window.map.desk.changed.connect(self.follow)
        return self.panel

    def follow(self) -> None:
        """The tool took a step: the table shows its corners; without the tool it goes."""
        if self.panel is None or self.panel.isHidden():
            return
        tool = self._window.map.desk.tool
        if not isinstance(tool, VertexTool):
            self.panel.hide()
            self._window.refresh()
            return
        tool.hand.refresh(afresh=False)
        self.panel.show_hand(tool.hand)
