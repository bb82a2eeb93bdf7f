"""Changing corners: drag one or several, press on an edge to put a new one there, Delete takes the chosen ones out.

Works on the selected features; with nothing selected a click picks one. Each drag is one step of the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.constraint import side_words
from geohazard_desktop.editing.hits import hits
from geohazard_desktop.editing.judgement import judge_geometry
from geohazard_desktop.editing.select import box_of
from geohazard_desktop.editing.snapping import Snap
from geohazard_desktop.editing.tool import (
    CLICK_PIXELS,
    DRAG_PIXELS,
    GRAB_PIXELS,
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
from geohazard_desktop.workspace.edits import VertexRef, add_shared, delete_shared, move_shared, vertices_of
from geohazard_desktop.workspace.edits.vertices import geometry_of, rings_of
from geohazard_desktop.workspace.feature import Delta, Feature

_MOST_FEATURES = 50
_NUDGES = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, 1), "Down": (0, -1)}


@dataclass
class _Drag:
    """What the hand holds: corners of one feature, or a new one that is put in at `new`."""

    key: Key
    refs: list[VertexRef]
    start: Place
    pressed: Place
    held: tuple[Key, ...] = ()
    new: VertexRef | None = None
    end: Place | None = None


class VertexTool(Tool):
    title = _("改拐点")
    cursor = "arrow"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.chosen: dict[Key, set[VertexRef]] = {}
        self._features: dict[Key, Feature] = {}
        self._corners: dict[Key, dict[VertexRef, Place]] = {}
        self._wanted: list[Key] = []
        self._drag: _Drag | None = None
        self._box: tuple[Place, Place] | None = None
        self._snap: Snap | None = None
        self._pointer: Place | None = None

    # -- events ----------------------------------------------------------------------------------------------------

    def press(self, event: ToolEvent) -> None:
        if event.button is not Button.LEFT:
            return
        self._refresh()
        grabbed = self._corner_at(event)
        if grabbed is not None:
            key, ref, place = grabbed
            self._take(key, ref, event.modifiers)
            if ref in self.chosen.get(key, set()):
                self._drag = _Drag(key, sorted(self.chosen[key]), place, event.place, self._holding(key, place))
            return
        edge = self._edge_at(event)
        if edge is not None:
            key, ref, place = edge
            self.chosen = {}
            self._drag = _Drag(key, [], place, event.place, (key,), new=ref, end=place)
            return
        self._box = (event.place, event.place)

    def move(self, event: ToolEvent) -> None:
        self._pointer = event.place
        if self._box is not None:
            self._box = (self._box[0], event.place)
        elif self._drag is not None:
            far = planar_distance(self._drag.pressed, event.place) > DRAG_PIXELS * event.pixel_size
            if far or self._drag.end is not None:
                self._snap = self.context.snap(event, without=self._drag.held)
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
            self._choose_in_box(box, event.modifiers)
        elif box is not None:
            self._pick(event)

    def key(self, press: KeyPress) -> bool:
        if press.key in ("Delete", "Backspace") and any(self.chosen.values()) and self._drag is None:
            self._delete()
            return True
        if press.key in _NUDGES and any(self.chosen.values()) and self._drag is None:
            step = press.pixel_size * (10 if Modifier.SHIFT in press.modifiers else 1)
            east, north = _NUDGES[press.key]
            self._refresh()
            for key, refs in list(self.chosen.items()):
                self._shift(key, sorted(refs), east * step, north * step)
            return True
        return super().key(press)

    def cancel(self) -> bool:
        had = self._drag is not None or self._box is not None or any(self.chosen.values())
        self._drag, self._box, self._snap = None, None, None
        self.chosen = {}
        return had

    def follow(self, deltas: Sequence[Delta]) -> None:
        for delta in deltas:
            key = (delta.layer, delta.uid)
            if key not in self._features:
                continue
            if self._drag is not None and self._drag.key == key:
                self._drag = None  # the corners in the hand are not what they were
            if delta.after is None:
                del self._features[key]
                self._corners.pop(key, None)
                self.chosen.pop(key, None)
                continue
            self._features[key] = delta.after
            self._corners[key] = dict(vertices_of(delta.after.geometry))
            self.chosen[key] = self.chosen.get(key, set()) & self._corners[key].keys()

    # -- what the canvas asks --------------------------------------------------------------------------------------

    def preview(self) -> Preview:
        self._refresh(afresh=False)
        handles: list[Place] = []
        chosen: list[Place] = []
        for key, corners in self._corners.items():
            own = self.chosen.get(key, set())
            for ref, place in corners.items():
                (chosen if ref in own else handles).append(place)
        outlines: tuple[BaseGeometry, ...] = ()
        judgement = None
        label = ""
        drag = self._drag
        if drag is not None and drag.end is not None:
            geometry = self._dragged(drag, drag.end)
            if geometry is not None:
                outlines = (geometry,)
                kind = self.context.workspace.definition(drag.key[0]).geometry
                judgement = judge_geometry(kind, geometry, self.context.epsg)
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
        return any(self.chosen.values())

    def hint(self) -> str:
        if not self._features:
            return _("单击要改的面或线，它的拐点会显示出来。")
        if any(self.chosen.values()):
            return _("拖动选中的拐点；Delete 删除；方向键微移；Esc 取消选中。")
        return _("拖动拐点；在边上按下可加一个拐点；框选几个拐点一起改。")

    @property
    def busy(self) -> bool:
        return self._drag is not None

    # -- inside ----------------------------------------------------------------------------------------------------

    def _refresh(self, *, afresh: bool = True) -> None:
        """The features under the hand are those selected, as they are on disk now (afresh) or were when last looked."""
        wanted = list(self.context.selection)[:_MOST_FEATURES]
        if not afresh and self._wanted == wanted:
            return
        self._wanted = wanted
        found = {key: self.context.workspace.feature(*key) for key in wanted}
        self._features = {key: one for key, one in found.items() if one is not None and one.geometry is not None}
        self._corners = {key: dict(vertices_of(one.geometry)) for key, one in self._features.items()}
        for key, refs in list(self.chosen.items()):
            self.chosen[key] = refs & self._corners.get(key, {}).keys()

    def _corner_at(self, event: ToolEvent) -> tuple[Key, VertexRef, Place] | None:
        best: tuple[float, Key, VertexRef, Place] | None = None
        for key, corners in self._corners.items():
            for ref, place in corners.items():
                metres = planar_distance(place, event.place)
                if metres <= GRAB_PIXELS * event.pixel_size and (best is None or metres < best[0]):
                    best = metres, key, ref, place
        return None if best is None else best[1:]

    def _edge_at(self, event: ToolEvent) -> tuple[Key, VertexRef, Place] | None:
        """The nearest edge within reach: the number that a new corner gets there, and its place on the edge."""
        pointer = Point(event.place)
        for key, feature in self._features.items():
            geometry = feature.geometry
            if geometry is None or geometry.geom_type.endswith("Point"):
                continue
            if geometry.boundary.distance(pointer) > CLICK_PIXELS * event.pixel_size and geometry.geom_type.endswith(
                "Polygon"
            ):
                continue
            found = _nearest_edge(geometry, event.place, closed=geometry.geom_type.endswith("Polygon"))
            if found is not None and found[0] <= CLICK_PIXELS * event.pixel_size:
                return key, found[1], rounded(found[2])
        return None

    def _take(self, key: Key, ref: VertexRef, modifiers: Modifier) -> None:
        own = self.chosen.get(key, set())
        if Modifier.CONTROL in modifiers or Modifier.SHIFT in modifiers:
            self.chosen[key] = own ^ {ref} if Modifier.CONTROL in modifiers else own | {ref}
        elif ref not in own:
            self.chosen = {key: {ref}}

    def _choose_in_box(self, box: tuple[Place, Place], modifiers: Modifier) -> None:
        east_min, north_min, east_max, north_max = box_of(*box)
        if not modifiers & (Modifier.SHIFT | Modifier.CONTROL):
            self.chosen = {}
        for key, corners in self._corners.items():
            inside = {
                ref
                for ref, (east, north) in corners.items()
                if east_min <= east <= east_max and north_min <= north <= north_max
            }
            self.chosen[key] = self.chosen.get(key, set()) | inside

    def _pick(self, event: ToolEvent) -> None:
        """A click beside the corners: take the feature there under the hand."""
        had = any(self.chosen.values())
        self.chosen = {}
        found = hits(self.context.workspace, self.context.click_layers(), event.place, CLICK_PIXELS * event.pixel_size)
        keys = [one.key for one in found]
        if had and (not keys or keys[0] in self._features):
            return  # the first click beside only lets the corners go
        self.context.on_select(keys[:1])

    def _commit(self, drag: _Drag, end: Place) -> None:
        feature = self._features.get(drag.key)
        if feature is None:
            return
        definitions = self.context.workspace.definitions
        if drag.new is not None:
            new = drag.new
            if self.context.store(lambda: add_shared(definitions, feature, new, end, self._neighbours(feature))):
                self.chosen = {drag.key: {new}}
            return
        self._shift(drag.key, drag.refs, end[0] - drag.start[0], end[1] - drag.start[1], exact=(drag.start, end))

    def _shift(
        self, key: Key, refs: Sequence[VertexRef], east: float, north: float, exact: tuple[Place, Place] | None = None
    ) -> None:
        feature = self._features.get(key)
        if feature is None or (not east and not north):
            return
        moves = _moves(feature, refs, east, north, exact)
        if moves:
            definitions = self.context.workspace.definitions
            self.context.store(lambda: move_shared(definitions, feature, moves, self._neighbours(feature)))

    def _delete(self) -> None:
        self._refresh()
        for key, refs in list(self.chosen.items()):
            feature = self._features.get(key)
            if feature is not None and refs:
                self._delete_of(feature, frozenset(refs))
                self.chosen[key] = set()

    def _delete_of(self, feature: Feature, refs: frozenset[VertexRef]) -> None:
        definitions = self.context.workspace.definitions
        self.context.store(lambda: delete_shared(definitions, feature, refs, self._neighbours(feature)))

    def _neighbours(self, feature: Feature) -> list[Feature]:
        """Features of the same layer that may share a border, where borders are to stay shared."""
        if not self.context.sharing or feature.geometry is None:
            return []
        return list(self.context.workspace.table(feature.layer, bounds=feature.geometry.bounds))

    def _holding(self, key: Key, place: Place) -> tuple[Key, ...]:
        """Features that move with the corner at `place`: it must not snap to where they were."""
        others = self._neighbours(self._features[key])
        at_place = [one for one in others if any(there == place for _ref, there in vertices_of(one.geometry))]
        return (key, *((one.layer, one.uid) for one in at_place))

    def _dragged(self, drag: _Drag, end: Place) -> BaseGeometry | None:
        """The feature as it would be; None when it would be no shape at all."""
        feature = self._features.get(drag.key)
        if feature is None or feature.geometry is None:
            return None
        kind = self.context.workspace.definition(drag.key[0]).geometry
        rings = rings_of(feature.geometry)
        try:
            if drag.new is not None:
                part, ring, corner = drag.new
                rings[part][ring] = np.insert(rings[part][ring], corner, end, axis=0)
            else:
                shift = end[0] - drag.start[0], end[1] - drag.start[1]
                for ref, place in _moves(feature, drag.refs, *shift, (drag.start, end)).items():
                    rings[ref.part][ref.ring][ref.corner] = place
            return geometry_of(kind, rings)
        except (GeohazardError, ValueError, IndexError, shapely.errors.GEOSException):
            return None


def _moves(
    feature: Feature, refs: Sequence[VertexRef], east: float, north: float, exact: tuple[Place, Place] | None
) -> dict[VertexRef, Place]:
    """New places of corners. The corner in the hand goes exactly where it snapped, the others by the same way."""
    places = dict(vertices_of(feature.geometry))
    moves: dict[VertexRef, Place] = {}
    for ref in refs:
        if ref not in places:
            continue
        old = places[ref]
        held = exact is not None and old == exact[0]
        moves[ref] = exact[1] if held and exact is not None else rounded((old[0] + east, old[1] + north))
    return moves


def _nearest_edge(geometry: BaseGeometry, place: Place, *, closed: bool) -> tuple[float, VertexRef, Place] | None:
    """Distance, number of a corner put in there, and the foot on the edge."""
    pointer = np.array(place)
    best: tuple[float, VertexRef, Place] | None = None
    for part, rings in enumerate(rings_of(geometry)):
        for ring, corners in enumerate(rings):
            starts = corners if closed else corners[:-1]
            ends = np.roll(corners, -1, axis=0) if closed else corners[1:]
            if not len(starts):
                continue
            along = ends - starts
            squared = np.maximum((along**2).sum(axis=1), 1e-12)
            fraction = np.clip(((pointer - starts) * along).sum(axis=1) / squared, 0.0, 1.0)
            feet = starts + along * fraction[:, None]
            distances = np.hypot(*(feet - pointer).T)
            index = int(distances.argmin())
            if best is None or distances[index] < best[0]:
                foot = float(feet[index][0]), float(feet[index][1])
                best = float(distances[index]), VertexRef(part, ring, index + 1), foot
    return best
