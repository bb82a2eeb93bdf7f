"""Measuring: length and bearing of a line, area of an outline. What was measured stays on the map until Esc."""

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import right_angle, side_words
from geohazard_desktop.editing.judgement import Judgement, judge
from geohazard_desktop.editing.snapping import Snap
from geohazard_desktop.editing.tool import (
    GRAB_PIXELS,
    Button,
    KeyPress,
    Modifier,
    Place,
    Preview,
    Tool,
    ToolContext,
    ToolEvent,
    rounded,
)


class MeasureTool(Tool):
    """Clicks set corners; a click on the first one closes the line to an outline, whose area is measured."""

    title = _("量测")
    cursor = "cross"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.places: list[Place] = []
        self.closed = False
        self.done = False
        self._pointer: Place | None = None
        self._snap: Snap | None = None

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.RIGHT:
            self.done = bool(self.places)
            return
        if event.button is not Button.LEFT:
            return
        if self.done:
            self.cancel()
        self.move(event)
        first = self.places[0] if self.places else None
        if first and len(self.places) >= 3 and planar_distance(first, event.place) <= GRAB_PIXELS * event.pixel_size:
            self.closed = self.done = True
            return
        place = self._pointer or event.place
        if not self.places or planar_distance(self.places[-1], place) >= 1e-3:
            self.places.append(place)

    def move(self, event: ToolEvent) -> None:
        if self.places and Modifier.SHIFT in event.modifiers:
            self._snap = None
            self._pointer = rounded(right_angle(self.places, event.place).applied(self.places[-1], event.place))
            return
        self._snap = self.context.snap(event)
        self._pointer = self._snap.place if self._snap else rounded(event.place)

    def double_click(self, event: ToolEvent) -> None:
        if event.button is Button.LEFT:
            self.done = bool(self.places)

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter" and self.places:
            self.done = True
            return True
        if press.key == "Backspace" and self.places:
            self.places.pop()
            self.closed = self.done = False
            return True
        return super().key(press)

    def cancel(self) -> bool:
        had = bool(self.places)
        self.places = []
        self.closed = self.done = False
        return had

    def judgement(self) -> Judgement:
        """Length of the line so far, or area and perimeter of the closed outline."""
        ahead = [] if self.done or self._pointer is None else [self._pointer]
        return judge("polygon" if self.closed else "line", [*self.places, *ahead], self.context.epsg)

    def preview(self) -> Preview:
        if not self.places:
            return Preview(kind="measure", snap=self._snap, pointer=self._pointer)
        following = not self.done and self._pointer is not None and self._pointer != self.places[-1]
        rubber = (self.places[-1], self._pointer) if following and self._pointer else ()
        drawn = (*self.places, self.places[0]) if self.closed else tuple(self.places)
        return Preview(
            kind="measure",
            drawn=drawn,
            rubber=rubber,
            handles=tuple(self.places),
            snap=self._snap,
            pointer=self._pointer,
            label=side_words(*rubber) if rubber else "",
            judgement=self.judgement(),
        )

    def hint(self) -> str:
        if self.done:
            return _("单击重新量；Esc 清除。")
        if len(self.places) >= 3:
            return _("单击定下一点；单击第一点量面积；右键、双击或回车结束。")
        return _("单击定下一点；右键、双击或回车结束；Esc 清除。") if self.places else _("单击定起点。")
