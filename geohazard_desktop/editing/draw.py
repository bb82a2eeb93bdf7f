"""Drawing polygons, lines and points, corner by corner.

Left button sets a corner; right button, double click or Enter finishes; Backspace takes the last corner back; Esc gives
up. A stroke that may not be stored (it crosses itself, the disk refuses) stays under the pen until it is mended.
"""

from collections.abc import Callable, Mapping

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import Constraint, right_angle, side_words
from geohazard_desktop.editing.defaults import first_values, outside_district
from geohazard_desktop.editing.judgement import Judgement, judge, stroke_geometry
from geohazard_desktop.editing.snapping import Snap
from geohazard_desktop.editing.tool import (
    CLICK_PIXELS,
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
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Edit, Value
from geohazard_desktop.workspace.workspace import Workspace

FEWEST = {"polygon": 3, "line": 2, "point": 1}
Defaults = Callable[[Workspace, str, BaseGeometry], Mapping[str, Value]]


class DrawTool(Tool):
    """Draws one feature after another into `context.layer`; the layer's geometry says what is drawn."""

    cursor = "cross"

    def __init__(self, context: ToolContext, *, defaults: Defaults = first_values) -> None:
        super().__init__(context)
        definition = context.workspace.definition(context.layer)
        if definition.geometry == "none":
            raise ValueError(f"{context.layer} has no geometry to draw")
        self.kind = definition.geometry
        self.title = _("画{title}").format(title=definition.title)
        self._title = definition.title
        self._defaults = defaults
        self.places: list[Place] = []
        self.constraint = Constraint()
        self._pointer: Place | None = None
        self._snap: Snap | None = None
        self._pixel = 1.0

    # -- events ----------------------------------------------------------------------------------------------

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.RIGHT:
            if self.places:
                self.finish()
            return
        if event.button is not Button.LEFT:
            return
        self._follow_pointer(event)
        if self._on_first(event):
            self.finish()
            return
        self.add(self._pointer or event.place)

    def move(self, event: ToolEvent) -> None:
        self._follow_pointer(event)

    def double_click(self, event: ToolEvent) -> None:
        # Its first half was a press already: the corner is set.
        if event.button is Button.LEFT and self.kind != "point" and len(self.places) > 1:
            self.finish()

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter" and self.places:
            self.finish()
            return True
        if press.key == "Backspace" and self.places:
            self.places.pop()
            return True
        return super().key(press)

    def cancel(self) -> bool:
        had = bool(self.places) or not self.constraint.free
        self.places.clear()
        self.constraint = Constraint()
        self._snap = None
        return had

    # -- what the window offers beside the mouse -------------------------------------------------------------

    def add(self, place: Place) -> bool:
        """Set a corner at exactly `place` (a click, or typed coordinates). False when it is the last one again."""
        if self.kind == "point":
            self.places.clear()  # one that the disk refused: the new click is the place that is meant
        elif self.places and planar_distance(self.places[-1], place) < 1e-3:
            return False
        self.places.append(place)
        self.constraint = Constraint()
        if self.kind == "point":
            self.finish()
        return True

    def back(self) -> bool:
        """Take the last corner back."""
        return self.key(KeyPress("Backspace"))

    def constrain(self, *, bearing: float | None = None, length: float | None = None) -> None:
        """Hold the next side to a bearing (degrees from grid north, clockwise) or a length (metres), or both.

        With both given the corner is set at once.
        """
        self.constraint = Constraint(bearing, length)
        if self.constraint.complete and self.places:
            self.add(rounded(self.constraint.applied(self.places[-1], self.places[-1])))

    def finish(self) -> bool:
        """Store the stroke. False when it stays under the pen, and a sentence has said why."""
        fewest = FEWEST[self.kind]
        if len(self.places) < fewest:
            word = _("还差 {count} 个拐点。") if self.kind == "polygon" else _("还差 {count} 个点。")
            self.context.on_message(word.format(count=fewest - len(self.places)) + _("请继续画，或按 Esc 取消。"))
            return False
        found = self.judgement(with_pointer=False)
        geometry = stroke_geometry(self.kind, self.places)
        if found.fault or geometry is None:
            sentence = _("{title}：{fault}，还没有存。").format(title=self._title, fault=found.fault)
            self.context.on_message(sentence + found.remedy + _("退格键可以退一点。"))
            return False
        if self._store(geometry):
            self.places.clear()
            self.constraint = Constraint()
            return True
        return False

    # -- what the canvas asks --------------------------------------------------------------------------------

    def judgement(self, *, with_pointer: bool = True) -> Judgement:
        """The stroke judged, with the corner that the pointer would set."""
        places = [*self.places, *self._next()] if with_pointer else self.places
        return judge(self.kind, places, self.context.epsg)

    def shape(self) -> BaseGeometry | None:
        """The stroke with the corner that the pointer would set, for counting who is inside; None while too short.

        May be invalid: ask `judgement` first.
        """
        return stroke_geometry(self.kind, [*self.places, *self._next()])

    def preview(self) -> Preview:
        if not self.places:
            return Preview(kind=self.kind, snap=self._snap, pointer=self._pointer)
        ahead = self._next()
        found = self.judgement()
        closes = self.kind == "polygon" and len(self.places) + len(ahead) >= 3
        return Preview(
            kind=self.kind,
            drawn=tuple(self.places),
            rubber=(self.places[-1], *ahead) if ahead else (),
            closing=((ahead or self.places)[-1], self.places[0]) if closes else (),
            handles=tuple(self.places),
            faults=found.faults,
            snap=self._snap,
            pointer=self._pointer,
            label=side_words(self.places[-1], ahead[0]) if ahead else "",
            judgement=found,
        )

    def hint(self) -> str:
        if self.kind == "point":
            return _("单击放{title}；= 键入坐标。").format(title=self._title)
        count = len(self.places)
        if not count:
            return _("单击定{title}的第一个点；= 键入坐标。").format(title=self._title)
        if count < FEWEST[self.kind]:
            return _("单击定下一点；按住 Shift 走直角，退格退一点，Esc 取消。")
        if self.kind == "polygon":
            return _("单击定下一点；单击第一点、右键、双击或回车完成；退格退一点。")
        return _("单击定下一点；右键、双击或回车完成；退格退一点。")

    @property
    def busy(self) -> bool:
        return bool(self.places)

    # -- inside ----------------------------------------------------------------------------------------------

    def _store(self, geometry: BaseGeometry) -> bool:
        ws, layer = self.context.workspace, self.context.layer
        made: list[str] = []

        def make() -> Edit:
            edit = create_feature(ws.definitions, layer, geometry, self._defaults(ws, layer, geometry))
            made.append(edit.deltas[0].uid)
            return edit

        if not self.context.store(make):
            return False
        self.context.on_drawn((layer, made[0]))
        warning = outside_district(ws, layer, geometry)
        if warning:
            self.context.on_message(warning)
        return True

    def _follow_pointer(self, event: ToolEvent) -> None:
        self._pixel = event.pixel_size
        held = self.constraint
        if held.free and self.places and Modifier.SHIFT in event.modifiers:
            held = right_angle(self.places, event.place)
        if not held.free and self.places:
            self._snap = None
            self._pointer = rounded(held.applied(self.places[-1], event.place))
            return
        self._snap = self.context.snap(event)
        self._pointer = self._snap.place if self._snap else rounded(event.place)
        if self._on_first(event):
            self._pointer = self.places[0]

    def _on_first(self, event: ToolEvent) -> bool:
        """The pointer is on the first corner of a polygon that can be closed."""
        return (
            self.kind == "polygon"
            and len(self.places) >= FEWEST[self.kind]
            and self.constraint.free
            and planar_distance(self.places[0], event.place) <= GRAB_PIXELS * event.pixel_size
        )

    def _next(self) -> list[Place]:
        """The corner that a click would set now; nothing where it would be no new one."""
        if self._pointer is None or not self.places:
            return []
        if planar_distance(self.places[-1], self._pointer) < CLICK_PIXELS * self._pixel * 0.1:
            return []
        closing = self.kind == "polygon" and self._pointer == self.places[0]
        return [] if closing else [self._pointer]
