"""Changing corners: drag one or several, press on an edge to put a new one there, Delete takes the chosen ones out.

Works on the selected features; with nothing selected a click picks one. What is chosen may belong to several features;
each drag is one step of the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import side_words
from geohazard_desktop.editing.corner_choice import CornerChoice
from geohazard_desktop.editing.hits import Deeper, hits_under
from geohazard_desktop.editing.judgement import judge_geometry
from geohazard_desktop.editing.select import box_of
from geohazard_desktop.editing.snapping import Snap
from geohazard_desktop.editing.tool import (
    DRAG_PIXELS,
    Button,
    Key,
    KeyPress,
    Modifier,
    Place,
    Preview,
    Tool,
    ToolContext,
    ToolEvent,
    rounded,
)
from geohazard_desktop.editing.vertex_places import moved_edges, moved_shape, shape_with
from geohazard_desktop.workspace.edits import VertexRef, move_corners, vertices_of
from geohazard_desktop.workspace.feature import Delta, Feature

_NUDGES = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, 1), "Down": (0, -1)}


@dataclass
class _Drag:
    """What the hand holds: chosen corners by feature, the one under the hand at `start` in `key`; or a new one that is
    put in there at `new`. `neighbours` share the border, where borders are to stay shared; what is `held` moves along
    and must not be snapped to where it was."""

    key: Key
    refs: dict[Key, list[VertexRef]]
    start: Place
    pressed: Place
    neighbours: list[Feature]
    held: tuple[Key, ...] = ()
    new: VertexRef | None = None
    end: Place | None = None


class VertexTool(Tool):
    title = _("改拐点")
    cursor = "arrow"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.hand = CornerChoice(context)
        self._drag: _Drag | None = None
        self._box: tuple[Place, Place] | None = None
        self._snap: Snap | None = None
        self._pointer: Place | None = None
        self._deeper = Deeper()

    # -- events ----------------------------------------------------------------------------------------------------

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        self.hand.refresh()
        grabbed = self.hand.corner_at(event)
        if grabbed is not None:
            key, ref, place = grabbed
            self.hand.take(key, ref, event.modifiers)
            if ref in self.hand.chosen.get(key, set()):
                self._drag = self._hold(key, place, event.place)
            return
        edge = self.hand.edge_at(event)
        if edge is not None:
            key, ref, place = edge
            self.hand.chosen = {}
            neighbours = self.hand.neighbours([self.hand.features[key]])
            self._drag = _Drag(key, {}, place, event.place, neighbours, (key,), new=ref, end=place)
            return
        self._box = (event.place, event.place)

    def move(self, event: ToolEvent) -> None:
        self._pointer = event.place
        if self._box is not None:
            self._box = (self._box[0], event.place)
        elif self._drag is not None:
            far = planar_distance(self._drag.pressed, event.place) > DRAG_PIXELS * event.pixel_size
            if far or self._drag.end is not None:
                self._snap = self.context.snap(
                    event, without=self._drag.held, of={layer for layer, _uid in self._drag.held}
                )
                self._drag.end = self._snap.place if self._snap else rounded(event.place)

    def release(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        self.move(event)
        drag, self._drag = self._drag, None
        box, self._box = self._box, None
        self._snap = None
        if drag is not None and drag.end is not None:
            self._commit(drag, drag.end)
        elif box is not None and planar_distance(*box) > DRAG_PIXELS * event.pixel_size:
            self.hand.take_box(box, event.modifiers)
        elif box is not None:
            self._pick(event)

    def key(self, press: KeyPress) -> bool:
        if press.key in ("Delete", "Backspace") and self.hand.any and self._drag is None:
            self.hand.delete()
            return True
        if press.key in _NUDGES and self.hand.any and self._drag is None:
            step = press.pixel_size * (10 if Modifier.SHIFT in press.modifiers else 1)
            east, north = _NUDGES[press.key]
            self.hand.refresh()
            self.hand.shift(self.hand.chosen, rounded((east * step, north * step)))
            return True
        return super().key(press)

    def cancel(self) -> bool:
        had = self._drag is not None or self._box is not None or self.hand.any
        self._drag, self._box, self._snap = None, None, None
        self.hand.chosen = {}
        return had

    def follow(self, deltas: Sequence[Delta]) -> None:
        changed = self.hand.follow(deltas)
        if self._drag is not None and changed & {self._drag.key, *self._drag.refs}:
            self._drag = None  # the corners in the hand are not what they were

    # -- what the canvas asks --------------------------------------------------------------------------------------

    def preview(self) -> Preview:
        self.hand.refresh(afresh=False)
        handles: list[Place] = []
        chosen: list[Place] = []
        for key, corners in self.hand.corners.items():
            own = self.hand.chosen.get(key, set())
            for ref, place in corners.items():
                (chosen if ref in own else handles).append(place)
        outlines: tuple[BaseGeometry, ...] = ()
        judgement = None
        label = ""
        drag = self._drag
        if drag is not None and drag.end is not None:
            own_shape, others = self._dragged(drag, drag.end)
            if own_shape is not None:
                kind = self.context.workspace.definition(drag.key[0]).geometry
                judgement = judge_geometry(kind, own_shape, self.context.epsg)
                outlines = (own_shape, *others)
            label = side_words(drag.start, drag.end) if drag.start != drag.end else ""
        return Preview(
            outlines=outlines,
            handles=tuple(handles),
            chosen=tuple(chosen),
            rectangle=box_of(*self._box) if self._box and self._box[0] != self._box[1] else None,
            faults=judgement.faults if judgement else (),
            snap=self._snap,
            pointer=self._pointer,
            label=label,
            judgement=judgement,
        )

    @property
    def wants_delete(self) -> bool:
        return self.hand.any

    def hint(self) -> str:
        if not self.hand.features:
            return _("单击要改的面或线，它的拐点会显示出来。")
        if self.hand.any:
            return _("选中了 {count} 个拐点：拖动一起移；Delete 删除；方向键微移；Esc 取消选中。").format(
                count=self.hand.count
            )
        return _("拖动拐点；在边上按下可加一个拐点；框选几个拐点一起改，按住 Shift 再加。")

    @property
    def busy(self) -> bool:
        return self._drag is not None

    # -- inside ----------------------------------------------------------------------------------------------------

    def _pick(self, event: ToolEvent) -> None:
        """A click beside the corners: take the feature there under the hand; with Shift or Ctrl beside those there."""
        had = self.hand.any
        self.hand.chosen = {}
        found = hits_under(self.context, self.context.click_layers(), event)
        keys = [one.key for one in found]
        if event.modifiers & (Modifier.SHIFT | Modifier.CONTROL):
            more = [one for one in keys[:1] if one not in self.context.selection]
            self.context.on_select([*self.context.selection, *more])
            return
        if had and (not keys or keys[0] in self.hand.features):
            return  # the first click beside only lets the corners go
        meant = self._deeper.take(found, event)
        self.context.on_select([] if meant is None else [meant.key])

    def _commit(self, drag: _Drag, end: Place) -> None:
        if drag.key not in self.hand.features:
            return
        if drag.new is not None:
            self.hand.add(drag.key, drag.new, end)
        else:
            by = end[0] - drag.start[0], end[1] - drag.start[1]
            self.hand.shift(drag.refs, by, exact=(drag.start, end))

    def _hold(self, key: Key, place: Place, pressed: Place) -> _Drag:
        """Take the chosen corners in the hand."""
        hand = self.hand
        refs = {one: sorted(some) for one, some in hand.chosen.items() if some and one in hand.features}
        neighbours = hand.neighbours([hand.features[one] for one in refs])
        wanted = {there for one, some in refs.items() for ref, there in hand.corners[one].items() if ref in some}
        along = [
            (one.layer, one.uid)
            for one in neighbours
            if any(there in wanted for _ref, there in vertices_of(one.geometry))
        ]
        return _Drag(key, refs, place, pressed, neighbours, tuple(dict.fromkeys([*refs, *along])))

    def _dragged(self, drag: _Drag, end: Place) -> tuple[BaseGeometry | None, list[BaseGeometry]]:
        """The feature under the hand as it would be (None when it would be no shape at all), and what goes along."""
        feature = self.hand.features.get(drag.key)
        if feature is None or feature.geometry is None:
            return None, []
        definitions = self.context.workspace.definitions
        if drag.new is not None:
            return shape_with(definitions[feature.layer].geometry, feature, drag.new, end), []
        moves = self.hand.moves(drag.refs, (end[0] - drag.start[0], end[1] - drag.start[1]), (drag.start, end))
        try:
            deltas = move_corners(definitions, moves, drag.neighbours).deltas if drag.neighbours else []
        except GeohazardError:
            deltas = []  # said when the hand lets go; the judgement shows what is wrong with the shape under it
        # Of neighbours only the edges that go along: to draw a street of whole areas anew would cost half a frame.
        own = {(one.feature.layer, one.feature.uid) for one in moves}
        shown = {
            (one.layer, one.uid): one.after.geometry
            if (one.layer, one.uid) in own or one.before is None
            else moved_edges(one.before.geometry, one.after.geometry)
            for one in deltas
            if one.after is not None and one.after.geometry is not None
        }
        for one in moves:
            kind = definitions[one.feature.layer].geometry
            shown.setdefault((one.feature.layer, one.feature.uid), moved_shape(kind, one.feature, one.to))
        held = shown.pop(drag.key, None)
        return held, [one for one in shown.values() if one is not None]
