"""Measuring: distance, area, angle, radius. What was measured stays on the map until it is cleared."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import Constraint, right_angle, side_words
from geohazard_desktop.editing.judgement import Judgement, judge, length_words
from geohazard_desktop.editing.measurement import NEEDED, TITLES, Kind, Measurement
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
from geohazard_desktop.editing.ways import Way

if TYPE_CHECKING:
    from geohazard_desktop.editing.typed import Typed


class MeasureTool(Tool):
    """Clicks set places. A distance that comes back to its first place becomes an area; an angle is whole with its
    third place, a circle with its second. With nothing begun, right click and Delete take away what lies under the
    pointer (Delete: else the last one)."""

    cursor = "cross"
    strokes = True

    def __init__(self, context: ToolContext, kind: Kind = "distance") -> None:
        super().__init__(context)
        self.measured: Kind = kind
        self.title = _("量{what}").format(what=TITLES[kind])
        self.places: list[Place] = []
        self.constraint = Constraint()
        self._pointer: Place | None = None
        self._snap: Snap | None = None

    # What typed places ask of a stroke (typed.py): a line without a way of its own.
    kind = "line"
    way = Way()

    @property
    def pointer(self) -> Place | None:
        return self._pointer

    def press(self, event: ToolEvent) -> None:
        if event.button is Button.RIGHT:
            if not self.places:
                self._remove_near(event.place, GRAB_PIXELS * event.pixel_size)
            return
        if event.button is not Button.LEFT:
            return
        self.move(event)
        first = self.places[0] if self.places else None
        near = GRAB_PIXELS * event.pixel_size
        outline = self.measured in ("distance", "area") and len(self.places) >= 3
        if first and outline and planar_distance(first, event.place) <= near:
            self._keep("area")
            return
        self.add(self._pointer or event.place)

    def add(self, place: Place) -> None:
        """One more place; what needs no more is kept at once."""
        if not self.places or planar_distance(self.places[-1], place) >= 1e-3:
            self.places.append(rounded(place))
        self.constraint = Constraint()
        if self.measured in ("angle", "radius") and len(self.places) == NEEDED[self.measured]:
            self.finish()

    def move(self, event: ToolEvent) -> None:
        place = event.place
        if self.places and not self.constraint.free:
            self._snap = None
            self._pointer = rounded(self.constraint.applied(self.places[-1], place))
            return
        if self.places and Modifier.SHIFT in event.modifiers:
            self._snap = None
            self._pointer = rounded(right_angle(self.places, place).applied(self.places[-1], place))
            return
        self._snap = self.context.snap(event, stroke=self.places)
        self._pointer = self._snap.place if self._snap else rounded(place)

    def double_click(self, event: ToolEvent) -> None:
        if event.button is Button.LEFT:
            self.finish()

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter" and self.places:
            self.finish()
            return True
        if press.key == "Backspace" and self.places:
            self.places.pop()
            return True
        if press.key == "Delete" and self.wants_delete:
            near = GRAB_PIXELS * press.pixel_size
            if not (self._pointer and self._remove_near(self._pointer, near)):
                self.context.measured.remove(self.context.measured.kept[-1])
            return True
        return super().key(press)

    def constrain(self, *, bearing: float | None = None, length: float | None = None) -> None:
        """Hold the next side to a bearing (degrees) or a length (metres); with both the place is set at once."""
        self.constraint = Constraint(bearing, length)
        if self.constraint.complete and self.places:
            self.add(self.constraint.applied(self.places[-1], self.places[-1]))

    def take_typed(self, typed: "Typed") -> None:
        """A place or a bearing, as it was typed (`typed.py`)."""
        if typed.bearing is not None:
            self.constrain(bearing=typed.bearing)
        elif typed.place is not None:
            self.add(typed.place)

    def finish(self) -> bool:
        """Keep what is measured so far. False where there are too few places yet."""
        return self._keep(self.measured)

    def _keep(self, kind: Kind) -> bool:
        found = Measurement(kind, tuple(self.places), self.context.epsg)
        if not found.whole:
            return False
        self.context.measured.add(found)
        self.places = []
        self._snap = None
        return True

    def _remove_near(self, place: Place, metres: float) -> bool:
        found = self.context.measured.nearest(place, metres)
        if found is not None:
            self.context.measured.remove(found)
        return found is not None

    def cancel(self) -> bool:
        had = bool(self.places)
        self.places = []
        self.constraint = Constraint()
        return had

    @property
    def takes_right(self) -> bool:  # type: ignore[override]
        return not self.places and bool(self.context.measured.kept)

    @property
    def wants_delete(self) -> bool:
        return not self.places and bool(self.context.measured.kept)

    @property
    def corners_set(self) -> int | None:
        return len(self.places)

    @property
    def busy(self) -> bool:
        return bool(self.places)

    def _ahead(self) -> list[Place]:
        return [] if self._pointer is None or self._pointer == self.places[-1] else [self._pointer]

    def now(self) -> Measurement | None:
        """What is being measured, the pointer's place included."""
        if not self.places:
            return None
        return Measurement(self.measured, (*self.places, *self._ahead()), self.context.epsg)

    def judgement(self) -> Judgement | None:
        """Length of the line so far, or area and perimeter of the outline; angle and radius stand at the pointer."""
        found = self.now()
        if found is None or self.measured not in ("distance", "area"):
            return None
        return judge("polygon" if self.measured == "area" and found.whole else "line", found.places, self.context.epsg)

    def preview(self) -> Preview:
        if not self.places:
            return Preview(kind="measure", snap=self._snap, pointer=self._pointer)
        ahead = self._ahead()
        rubber = (self.places[-1], ahead[0]) if ahead else ()
        closing = (ahead[0], self.places[0]) if ahead and self.measured == "area" and len(self.places) > 1 else ()
        return Preview(
            kind="measure",
            drawn=tuple(self.places),
            rubber=rubber,
            closing=closing,
            handles=tuple(self.places),
            snap=self._snap,
            pointer=self._pointer,
            label=self._label(rubber),
            judgement=self.judgement(),
        )

    def _label(self, rubber: tuple[Place, ...]) -> str:
        if not rubber:
            return ""
        words = side_words(rubber[0], rubber[1])
        found = self.now()
        if found is None or not found.whole:
            return words
        if self.measured == "angle":
            return _("夹角 {angle}").format(angle=found.figure)
        if self.measured == "distance" and len(found.places) > 2:
            return _("{side}，共 {total}").format(side=words, total=found.figure)
        return (
            _("半径 {figure}").format(figure=length_words(planar_distance(*rubber)))
            if self.measured == "radius"
            else words
        )

    def hint(self) -> str:
        if not self.places:
            start = {
                "distance": _("单击定起点"), "area": _("单击定第一个拐点"),
                "angle": _("单击第一条边上的点"), "radius": _("单击圆心"),
            }[self.measured]  # fmt: skip
            clear = _("；右键或 Delete 去掉量过的") if self.context.measured.kept else ""
            return _("{start}；= 键入坐标{clear}。").format(start=start, clear=clear)
        if self.measured == "angle":
            return _("单击角的顶点。") if len(self.places) == 1 else _("单击第二条边上的点。")
        if self.measured == "radius":
            return _("单击圆周上一点；= 键入半径。")
        if len(self.places) >= 3 and self.measured == "distance":
            return _("单击定下一点；单击第一点量面积；双击或回车留下；Esc 放弃，右键有更多。")
        return _("单击定下一点；双击或回车留下；退格退一点；Esc 放弃，右键有更多。")


def measuring(kind: Kind) -> Callable[[ToolContext], Tool]:
    """Makes a tool that measures one kind."""
    return lambda context: MeasureTool(context, kind)
