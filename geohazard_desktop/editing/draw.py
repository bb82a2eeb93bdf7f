"""Drawing polygons, lines and points: the stroke, from its first click until it is on disk.

Left button sets a corner; double click or Enter finishes; Backspace takes the last step back; Esc gives up; the right
button offers all of these. How corners come about is the way's matter (`ways.py`: corner by corner, freehand, circle
…); finishing, judging and storing are the same for all. A stroke that may not be stored (it crosses itself, the disk
refuses) stays under the pen until it is mended.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import Constraint, square_closing
from geohazard_desktop.editing.defaults import first_values, outside_district
from geohazard_desktop.editing.freehand import Freehand, without_loops
from geohazard_desktop.editing.judgement import Judgement, area_words, judge, stroke_geometry
from geohazard_desktop.editing.regular_shapes import without_repeats
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
    snapped_words,
)
from geohazard_desktop.editing.ways import RegularPolygon, Way
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Delta, Edit, Value
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.editing.typed import Typed

_MOST_HANDLES = 400
FEWEST = {"polygon": 3, "line": 2, "point": 1}
Defaults = Callable[[Workspace, str, BaseGeometry], Mapping[str, Value]]


class DrawTool(Tool):
    """Draws one feature after another into `context.layer`; the layer's geometry says what is drawn.

    `places` are corners that are set (of a whole shape: the places that give it), `way` says how they come about.
    """

    cursor = "cross"
    strokes = True

    def __init__(self, context: ToolContext, *, defaults: Defaults = first_values, way: Way | None = None) -> None:
        super().__init__(context)
        definition = context.workspace.definition(context.layer)
        if definition.geometry == "none":
            raise ValueError(f"{context.layer} has no geometry to draw")
        self.kind = definition.geometry
        self.title = _("画{title}").format(title=definition.title)
        self._title = definition.title
        self._defaults = defaults
        self.way = Way() if way is None or self.kind == "point" else way
        self.way.reset()
        self.places: list[Place] = []
        self._steps: list[int] = []  # how many places each step added: so many go with a step back
        self.taken_back: list[list[Place]] = []  # steps that were taken back, and can be put again
        self.constraint = Constraint()
        self._last_outline: tuple[object, list[Place]] | None = None
        self._pointer: Place | None = None
        self._snap: Snap | None = None
        self._meant: Place = (0.0, 0.0)  # where the pointer was
        self._pixel = 1.0
        self._done = False  # it drew one, and stays in the hand for the next

    # -- events ----------------------------------------------------------------------------------------------

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        self._follow_pointer(event)
        if self._on_first(event) and not self.way.running:
            self.way.move(self, event)
            self.extend(self._next())  # a way along borders back to the first corner
            self.finish()
            return
        if self.way.press(self, event):
            return
        self.extend(self._next() or [self._pointer or event.place])

    def move(self, event: ToolEvent) -> None:
        self._follow_pointer(event)
        self.way.move(self, event)

    def release(self, event: ToolEvent) -> None:
        if event.button is Button.LEFT:
            self._follow_pointer(event)
            self.way.release(self, event)

    def double_click(self, event: ToolEvent) -> None:
        # Its first half was a press already: the corner is set.
        if event.button is Button.LEFT and self.kind != "point" and len(self.places) > 1 and not self.way.whole:
            self.finish()

    def key(self, press: KeyPress) -> bool:
        if press.key == "Enter" and self.places:
            self.finish()
            return True
        if press.key == "Backspace" and self.places:
            if not self.way.back(self):
                count = self._steps.pop()
                self.taken_back.append(self.places[-count:])
                del self.places[-count:]
            return True
        if self.way.key_press(self, press):
            self._done = False  # what the key changed is told from now on, not the shape before
            return True
        return super().key(press)

    def cancel(self) -> bool:
        had = bool(self.places) or not self.constraint.free
        self._begin()
        self._snap, self._done = None, False
        return had

    def follow(self, deltas: Sequence[Delta]) -> None:
        super().follow(deltas)
        self.way.follow()

    def take_way(self, way: Way) -> bool:
        """Go on in another way. A stroke of corners goes on with them; else it must be finished or given up first,
        which a sentence says. False then."""
        if self.kind == "point":
            return False
        if way.key == self.way.key:
            return True
        if len(self.places) > 1 and (way.whole or self.way.whole):
            self.context.on_message(
                _("这一个还没画完，不能换成{way}。请先按回车完成，或按 Esc 取消。").format(way=way.title)
            )
            return False
        self.way.settle(self)
        self.way, self._last_outline = way, None
        way.reset()
        return True

    # -- what the window offers beside the mouse -------------------------------------------------------------

    def add(self, place: Place) -> bool:
        """Set a corner at exactly `place` (a click, or typed coordinates). False when it is the last one again."""
        if self.kind == "point":
            self._begin()  # one that the disk refused: the new click is the place that is meant
        return self.extend([place])

    def extend(self, places: Sequence[Place]) -> bool:
        """Add corners in one step, taken back in one step. False where none of them is new."""
        last = self.places[-1:]
        new = without_repeats([*last, *places], closed=False)[len(last) :]
        if self.kind == "point":
            self._begin()
            new = list(places[-1:])
        if not new or (self.way.whole and len(self.places) >= self.way.needs):
            return False
        self.places += new
        self._steps.append(len(new))
        self.taken_back = []
        self.constraint = Constraint()
        if self.kind == "point":
            self.finish()
        elif self.way.whole and len(self.places) == self.way.needs:
            if self.way.outline(self.places):
                self.finish()
            else:
                self.context.on_message(self.way.refusal())
                del self.places[len(self.places) - self._steps.pop() :]
        return True

    def replace_corner(self, index: int, place: Place) -> bool:
        """Move a corner that is set already. False where it would fall on the one before or after it."""
        beside = [self.places[near] for near in (index - 1, index + 1) if 0 <= near < len(self.places)]
        if any(planar_distance(one, place) < 1e-3 for one in beside):
            return False
        self.places[index] = place
        self.way.follow()
        return True

    def remove_corner(self, index: int) -> None:
        """Take one corner out of the middle of the stroke."""
        del self.places[index]
        step, count = 0, self._steps[0]
        while index >= count:
            step += 1
            count += self._steps[step]
        self._steps[step] -= 1
        self._steps = [one for one in self._steps if one]
        self.way.follow()

    def back(self) -> bool:
        """Take the last corner back."""
        return self.key(KeyPress("Backspace"))

    @property
    def steps(self) -> list[list[Place]]:
        """The places of the stroke, as many together as were set in one step."""
        found, at = [], 0
        for count in self._steps:
            found.append(self.places[at : at + count])
            at += count
        return found

    def put_again(self) -> bool:
        """Set again what was taken back last. False where nothing was."""
        if not self.taken_back:
            return False
        *left, places = self.taken_back
        done = self.extend(places)
        if self.places:  # the stroke goes on
            self.taken_back = left
        return done

    def constrain(self, *, bearing: float | None = None, length: float | None = None) -> None:
        """Hold the next side to a bearing (degrees from grid north, clockwise) or a length (metres), or both.

        With both given the corner is set at once.
        """
        self.constraint = Constraint(bearing, length)
        if length is not None and bearing is None and self.way.whole and self.places:
            self.add(self.way.at_length(self.places, self._pointer or self.places[-1], length))  # a radius, a width
        elif self.constraint.complete and self.places:
            self.add(rounded(self.constraint.applied(self.places[-1], self.places[-1])))

    def take_typed(self, typed: "Typed") -> None:
        """A corner, a bearing to hold, or how many sides, as it was typed (`typed.py`)."""
        if typed.bearing is not None:
            self.constrain(bearing=typed.bearing)
        elif typed.sides is not None and isinstance(self.way, RegularPolygon):
            self.way.set_sides(typed.sides)
        elif typed.place is not None:
            self.add(typed.place)

    def close_square(self) -> bool:
        """Close the outline with right angles at the last corner and at one more, and store it. False: said why not."""
        if self.kind != "polygon" or self.way.whole or len(self.places) < 3:
            self.context.on_message(_("直角闭合要先画好面的三个拐点。请接着画。"))
            return False
        corner = square_closing(self.places)
        if corner is None:
            self.context.on_message(_("最后一边已经正对起点，不能再加直角。请移开最后一点，或按回车完成。"))
            return False
        self.extend([rounded(corner)])
        return self.finish()

    def finish(self) -> bool:
        """Store the stroke. False when it stays under the pen, and a sentence has said why."""
        self.way.settle(self)
        fewest = self.way.needs if self.way.whole else FEWEST[self.kind]
        if len(self.places) < fewest:
            word = _("还差 {count} 个拐点。") if self.kind == "polygon" else _("还差 {count} 个点。")
            self.context.on_message(word.format(count=fewest - len(self.places)) + _("请继续画，或按 Esc 取消。"))
            return False
        corners, loops = self._corners(self.places), 0.0
        found = judge(self.kind, corners, self.context.epsg)
        if found.faults and self.way.key == Freehand.key and self.kind == "polygon":
            mended = without_loops(corners)
            if mended is not None:
                corners, loops = mended
                found = judge(self.kind, corners, self.context.epsg)
        geometry = stroke_geometry(self.kind, corners)
        if found.fault or geometry is None:
            sentence = _("{title}：{fault}，还没有存。").format(title=self._title, fault=found.fault)
            self.context.on_message(sentence + found.remedy + _("退格键可以退一步。"))
            return False
        if not self._store(geometry):
            return False
        self._begin()
        self._done = True
        if loops > 0:
            told = _("收笔处有小圈，去掉了 {area}。画错了可以撤销。")
            self.context.on_message(told.format(area=area_words(loops)))
        return True

    # -- what the canvas asks --------------------------------------------------------------------------------

    def judgement(self, *, with_pointer: bool = True) -> Judgement:
        """The stroke judged, with the corner that the pointer would set."""
        places = [*self.places, *self._next()] if with_pointer else self.places
        return judge(self.kind, self._corners(places), self.context.epsg)

    def shape(self) -> BaseGeometry | None:
        """The stroke with the corner that the pointer would set, for counting who is inside; None while too short.

        May be invalid: ask `judgement` first.
        """
        return stroke_geometry(self.kind, self._corners([*self.places, *self._next()]))

    @property
    def pointer(self) -> Place | None:
        """Where a click would set the next corner: snapped, held, or the first corner again."""
        return self._pointer

    @property
    def corners_set(self) -> int | None:
        return None if self.way.whole else len(self.places)

    @property
    def snapped(self) -> bool:
        return self._snap is not None

    def preview(self) -> Preview:
        if not self.places:
            again = self._done and self.kind != "point"
            label = _("下一个{title}；Esc 收笔").format(title=self._title) if again else ""
            return Preview(kind=self.kind, snap=self._snap, pointer=self._pointer, label=label)
        ahead = self._next()
        found = self.judgement()
        label = self.way.label(self, ahead[-1]) if ahead else ""
        if self.way.whole:
            outline = self._corners([*self.places, *ahead])
            return Preview(
                kind=self.kind,
                drawn=(*outline, *outline[:1]) if self.kind == "polygon" else tuple(outline),
                guide=tuple(self.way.guide(self.places, ahead[-1] if ahead else None)),
                handles=tuple(self.places),
                snap=self._snap,
                pointer=self._pointer,
                label=label,
                judgement=found if outline else None,
            )
        closes = self.kind == "polygon" and len(self.places) + len(ahead) >= 3
        down = self.way.running  # the pen's own line is no rubber band
        return Preview(
            kind=self.kind,
            drawn=(*self.places, *ahead) if down else tuple(self.places),
            rubber=(self.places[-1], *ahead) if ahead and not down else (),
            closing=((ahead or self.places)[-1], self.places[0]) if closes else (),
            handles=tuple(self.places[:_MOST_HANDLES]),
            faults=found.faults,
            snap=self._snap,
            pointer=self._pointer,
            label=label,
            judgement=found,
        )

    def hint(self) -> str:
        if self.kind == "point":
            words = _("单击接着放{title}；不放了按 Esc。") if self._done else _("单击放{title}；= 键入坐标。")
            return words.format(title=self._title)
        if self._done and not self.places:
            return _("画好了，笔还在手里：可以接着画下一个{title}，不画了按 Esc。").format(title=self._title)
        return self.way.hint(self) or self._next_click()

    def _next_click(self) -> str:
        count = len(self.places)
        if not count:
            return _("单击定{title}的第一个点；= 键入坐标。").format(title=self._title)
        if count < FEWEST[self.kind]:
            return _("单击定下一点；按住 Shift 走直角，退格退一点，Esc 取消。")
        if self.kind == "polygon":
            return _("单击定下一点；单击第一点、双击或回车完成；退格退一点，右键有更多。")
        return _("单击定下一点；双击或回车完成；退格退一点，右键有更多。")

    @property
    def busy(self) -> bool:
        return bool(self.places)

    # -- inside ----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Nothing is drawn yet; the way stays."""
        self.places.clear()
        self._steps.clear()
        self.taken_back = []
        self.constraint = Constraint()
        self.way.reset()

    def _corners(self, places: Sequence[Place]) -> list[Place]:
        """What would be stored: no corner twice in a row, a whole shape of a line layer closed."""
        if self.kind == "point":
            return list(places)
        key = tuple(places), getattr(self.way, "sides", 0)
        if self._last_outline is None or self._last_outline[0] != key:  # one move of the pointer asks several times
            self._last_outline = key, self._outline(places)
        return list(self._last_outline[1])

    def _outline(self, places: Sequence[Place]) -> list[Place]:
        outline = without_repeats(self.way.outline(places), closed=self.kind == "polygon" or self.way.whole)
        return [*outline, *outline[:1]] if self.way.whole and self.kind == "line" else outline

    def moved_words(self) -> str:
        """How far from the click a house was put, and where it was snapped to; "" where it stands as clicked."""
        snap = self._snap
        if snap is None or self.places[-1:] != [snap.place]:
            return ""
        return snapped_words((self.context.layer,), self._meant, snap)

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
        for words in (outside_district(ws, layer, geometry), self.moved_words()):
            if words:
                self.context.on_message(words)
        return True

    def _follow_pointer(self, event: ToolEvent) -> None:
        self._pixel = event.pixel_size
        held = self.constraint
        if held.free and self.places and Modifier.SHIFT in event.modifiers and not self.way.takes_shift(self):
            self._snap = None
            self._pointer = rounded(self.way.held(self.places, event.place))
            return
        if not held.free and self.places:
            self._snap = None
            self._pointer = rounded(held.applied(self.places[-1], event.place))
            return
        self._snap = self.context.snap(event, stroke=self.places, of=(self.context.layer,))
        self._meant = event.place
        self._pointer = self._snap.place if self._snap else rounded(event.place)
        if self._on_first(event):
            self._pointer = self.places[0]

    def _on_first(self, event: ToolEvent) -> bool:
        """The pointer is on the first corner of a polygon that can be closed."""
        return (
            self.kind == "polygon"
            and bool(self.places)
            and self.way.closes(self)
            and self.constraint.free
            and planar_distance(self.places[0], event.place) <= GRAB_PIXELS * event.pixel_size
        )

    def _next(self) -> list[Place]:
        """The corner that a click would set now; nothing where it would be no new one."""
        if self._pointer is None or not self.places:
            return []
        if self.way.whole and len(self.places) >= self.way.needs:
            return []
        if self.kind == "polygon" and self._pointer == self.places[0] and len(self.places) > 1 and not self.way.running:
            return self.way.ahead(self, self._pointer)[:-1]
        near = planar_distance(self.places[-1], self._pointer) < CLICK_PIXELS * self._pixel * 0.1
        return [] if near and not self.way.running else self.way.ahead(self, self._pointer)
