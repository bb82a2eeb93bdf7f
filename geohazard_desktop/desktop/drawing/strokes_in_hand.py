"""The stroke in the hand and those laid aside: no change of tools loses what was drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.tool import Place

if TYPE_CHECKING:
    from geohazard_desktop.desktop.drawing.tool_desk import ToolDesk

PAN, ZOOM_BOX = "tool.pan", "tool.zoom_box"
PASSING = (PAN, ZOOM_BOX)  # they move the map alone: a stroke stays in the hand meanwhile


@dataclass(frozen=True, slots=True)
class Laid:
    """A stroke that was laid down unfinished: the command and the layer it was drawn with, and its tool."""

    name: str
    layer: str
    tool: DrawTool


class StrokesInHand(QObject):
    """`changed`: a stroke was laid down, or one was taken up. `putting_down`: the workspace closes, and what is laid
    down now is gone after it."""

    changed = Signal()
    putting_down = Signal()

    def __init__(self, desk: "ToolDesk") -> None:
        super().__init__(desk)
        self._desk = desk
        self.laid: list[Laid] = []  # laid down last last
        self._under = ""  # the tool that goes on when the passing one is put away

    def put_down(self) -> None:
        """The workspace closes."""
        self.make_way()
        self.putting_down.emit()
        if self.laid:
            self.laid.clear()
            self.changed.emit()

    def goes_on(self, name: str, layer: str) -> bool:
        """Whether the stroke stays in the hand: the map is moved meanwhile, or its own tool is asked for again."""
        if not isinstance(self._desk.tool, DrawTool) or not self._desk.tool.busy:
            return False
        own = self._under if self._desk.name in PASSING else self._desk.name
        if name in PASSING and name != self._desk.name:
            self._under, self._desk.name = own, name
            return True
        if name in PASSING or (name == own and layer == self._desk.layer):
            if self._desk.name not in PASSING:
                self._desk.said.emit(_("这一个还没画完，接着画就行。回车完成，Esc 取消。"))
            self._desk.name = own
            return True
        return False

    def lay_down(self) -> bool:
        """Keep an unfinished stroke aside. False where there is none."""
        tool = self._desk.tool
        if not isinstance(tool, DrawTool) or not tool.busy:
            return False
        tool.way.settle(tool)
        self.laid.append(Laid(self._under if self._desk.name in PASSING else self._desk.name, self._desk.layer, tool))
        self.changed.emit()
        return True

    def make_way(self) -> None:
        """Another tool comes: a stroke is laid down, anything else gives up what is unfinished."""
        tool = self._desk.tool
        if tool is not None and not self.lay_down():
            tool.cancel()

    def lay_again(self, name: str, layer: str, way: str, steps: Sequence[Sequence[Place]]) -> None:
        """Lay down a stroke that was kept when the workspace was left."""
        tool = DrawTool(self._desk.context(layer), way=self._desk.ways.ways.get(way))
        for one in steps:
            tool.extend(one)
        if tool.busy:
            self.laid.append(Laid(name, layer, tool))
            self.changed.emit()

    def resume(self) -> None:
        """Take the stroke that was laid down last into the hand again; one that is in the hand is laid down for it."""
        laid = self.laid.pop()
        self.make_way()
        fresh, context = self._desk.context(laid.layer), laid.tool.context
        for name in ("selection", "snapping", "sharing", "avoiding"):
            setattr(context, name, getattr(fresh, name))
        self._desk.name, self._desk.layer, self._desk.tool = laid.name, laid.layer, laid.tool
        self._desk.ways.key = laid.tool.way.key
        laid.tool.way.reset()
        laid.tool.follow(())
        self.changed.emit()
        self._desk.focus()
        self._desk.refresh()

    # -- steps of the stroke: Ctrl+Z and Ctrl+Y are the pen's while it draws ---------------------------------------

    @property
    def taken_back(self) -> int:
        """How many steps of the stroke can be put again."""
        return len(self._desk.tool.taken_back) if isinstance(self._desk.tool, DrawTool) else 0

    def forget_taken_back(self) -> bool:
        """The stroke was taken back to nothing: Ctrl+Z may go on to what is stored. True when there was something."""
        had = self.taken_back > 0
        if isinstance(self._desk.tool, DrawTool):
            self._desk.tool.taken_back = []
        self._desk.refresh()
        return had

    def step_back(self) -> bool:
        """One step of the unfinished stroke back; a drag is let go. False where nothing is unfinished."""
        if self._desk.tool is None or not self._desk.tool.busy:
            return False
        self._desk.press_key("Backspace" if self._desk.tool.strokes else "Escape")
        return True

    def step_forth(self) -> bool:
        """Put again what was taken back. False where the history is meant."""
        if isinstance(self._desk.tool, DrawTool) and self._desk.tool.taken_back:
            self._desk.tool.put_again()
            self._desk.refresh()
            return True
        return self._desk.drawing
