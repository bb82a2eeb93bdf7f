"""The corners under the hand: of which features they are, which are chosen, and the edits that change them. The vertex
tool works on it with the mouse, the table of corners (拐点表) with numbers."""

from collections.abc import Collection, Mapping, Sequence

from shapely.geometry import Point

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.editing.select import box_of
from geohazard_desktop.editing.tool import (
    CLICK_PIXELS,
    GRAB_PIXELS,
    Key,
    Modifier,
    Place,
    ToolContext,
    ToolEvent,
    rounded,
)
from geohazard_desktop.editing.vertex_places import moves_of, nearest_edge
from geohazard_desktop.workspace.edits import (
    Corners,
    Moves,
    VertexRef,
    add_shared,
    delete_corners,
    move_corners,
    vertices_of,
)
from geohazard_desktop.workspace.feature import Delta, Feature

_MOST_FEATURES = 50


class CornerChoice:
    """`features` are those selected, `corners` their corners, `chosen` the picked ones of them, all by feature."""

    def __init__(self, context: ToolContext) -> None:
        self.context = context
        self.features: dict[Key, Feature] = {}
        self.corners: dict[Key, dict[VertexRef, Place]] = {}
        self.chosen: dict[Key, set[VertexRef]] = {}
        self._wanted: list[Key] = []

    @property
    def any(self) -> bool:
        return any(self.chosen.values())

    @property
    def count(self) -> int:
        return sum(map(len, self.chosen.values()))

    def refresh(self, *, afresh: bool = True) -> None:
        """The features under the hand are those selected, as they are on disk now (afresh) or were when last looked."""
        wanted = list(self.context.selection)[:_MOST_FEATURES]
        if not afresh and self._wanted == wanted:
            return
        self._wanted = wanted
        found = {key: self.context.workspace.feature(*key) for key in wanted}
        self.features = {key: one for key, one in found.items() if one is not None and one.geometry is not None}
        self.corners = {key: dict(vertices_of(one.geometry)) for key, one in self.features.items()}
        for key, refs in list(self.chosen.items()):
            self.chosen[key] = refs & self.corners.get(key, {}).keys()

    def follow(self, deltas: Sequence[Delta]) -> set[Key]:
        """Take changes in; returns which of the features changed."""
        changed: set[Key] = set()
        for delta in deltas:
            key = (delta.layer, delta.uid)
            if key not in self.features:
                continue
            changed.add(key)
            if delta.after is None:
                del self.features[key]
                self.corners.pop(key, None)
                self.chosen.pop(key, None)
                continue
            self.features[key] = delta.after
            self.corners[key] = dict(vertices_of(delta.after.geometry))
            self.chosen[key] = self.chosen.get(key, set()) & set(self.corners[key])
        return changed

    # -- finding and choosing --------------------------------------------------------------------------------------

    def corner_at(self, event: ToolEvent) -> tuple[Key, VertexRef, Place] | None:
        best: tuple[float, Key, VertexRef, Place] | None = None
        for key, corners in self.corners.items():
            for ref, place in corners.items():
                metres = planar_distance(place, event.place)
                if metres <= GRAB_PIXELS * event.pixel_size and (best is None or metres < best[0]):
                    best = metres, key, ref, place
        return None if best is None else best[1:]

    def edge_at(self, event: ToolEvent) -> tuple[Key, VertexRef, Place] | None:
        """The nearest edge within reach: the number that a new corner gets there, and its place on the edge."""
        pointer = Point(event.place)
        for key, feature in self.features.items():
            geometry = feature.geometry
            if geometry is None or geometry.geom_type.endswith("Point"):
                continue
            area = geometry.geom_type.endswith("Polygon")
            if area and geometry.boundary.distance(pointer) > CLICK_PIXELS * event.pixel_size:
                continue
            found = nearest_edge(geometry, event.place, closed=area)
            if found is not None and found[0] <= CLICK_PIXELS * event.pixel_size:
                return key, found[1], rounded(found[2])
        return None

    def take(self, key: Key, ref: VertexRef, modifiers: Modifier) -> None:
        """A press on a corner: Shift adds it, Ctrl turns it on or off; else it is the only one, if not chosen yet."""
        own = self.chosen.get(key, set())
        if Modifier.CONTROL in modifiers or Modifier.SHIFT in modifiers:
            self.chosen[key] = own ^ {ref} if Modifier.CONTROL in modifiers else own | {ref}
        elif ref not in own:
            self.chosen = {key: {ref}}

    def take_box(self, box: tuple[Place, Place], modifiers: Modifier) -> None:
        east_min, north_min, east_max, north_max = box_of(*box)
        if not modifiers & (Modifier.SHIFT | Modifier.CONTROL):
            self.chosen = {}
        for key, corners in self.corners.items():
            inside = {
                ref
                for ref, (east, north) in corners.items()
                if east_min <= east <= east_max and north_min <= north <= north_max
            }
            self.chosen[key] = self.chosen.get(key, set()) | inside

    def take_refs(self, key: Key, refs: Collection[VertexRef]) -> None:
        """Choose corners of one feature by name."""
        self.chosen = {key: set(refs) & set(self.corners.get(key, {}))}

    # -- changing --------------------------------------------------------------------------------------------------

    def moves(
        self, refs: Mapping[Key, Collection[VertexRef]], by: Place, exact: tuple[Place, Place] | None = None
    ) -> list[Moves]:
        found = [
            Moves(self.features[key], moves_of(self.features[key], sorted(some), *by, exact))
            for key, some in refs.items()
            if key in self.features
        ]
        return [one for one in found if one.to]

    def shift(
        self, refs: Mapping[Key, Collection[VertexRef]], by: Place, exact: tuple[Place, Place] | None = None
    ) -> bool:
        """Move corners by metres (east, north); with `exact` the one at its first place goes to its second."""
        moves = self.moves(refs, by, exact) if any(by) else []
        return bool(moves) and self._store(moves)

    def put(self, key: Key, ref: VertexRef, place: Place) -> bool:
        """A corner at typed coordinates. False when it was refused, and a sentence has said why."""
        self.refresh()
        feature = self.features.get(key)
        if feature is None or self.corners[key].get(ref) in (None, place):
            return False
        return self._store([Moves(feature, {ref: place})])

    def put_all(self, key: Key, places: Mapping[VertexRef, Place]) -> bool:
        """Several corners of one feature at typed coordinates, in one step."""
        self.refresh()
        feature = self.features.get(key)
        return feature is not None and bool(places) and self._store([Moves(feature, places)])

    def _store(self, moves: Sequence[Moves]) -> bool:
        definitions = self.context.workspace.definitions
        neighbours = self.neighbours([one.feature for one in moves])
        return self.context.store(lambda: move_corners(definitions, moves, neighbours))

    def add(self, key: Key, ref: VertexRef, place: Place) -> bool:
        feature = self.features[key]
        neighbours = self.neighbours([feature])
        definitions = self.context.workspace.definitions
        if not self.context.store(lambda: add_shared(definitions, feature, ref, place, neighbours)):
            return False
        self.chosen = {key: {ref}}
        return True

    def delete(self) -> bool:
        """Take the chosen corners out."""
        self.refresh()
        gone = [Corners(self.features[key], frozenset(refs)) for key, refs in self.chosen.items() if refs]
        definitions = self.context.workspace.definitions
        neighbours = self.neighbours([one.feature for one in gone])
        self.chosen = {}
        return bool(gone) and self.context.store(lambda: delete_corners(definitions, gone, neighbours))

    def neighbours(self, features: Sequence[Feature]) -> list[Feature]:
        """Features of the same layers that may share a border, where borders are to stay shared."""
        if not self.context.sharing:
            return []
        found: dict[Key, Feature] = {}
        for one in features:
            if one.geometry is not None:
                table = self.context.workspace.table(one.layer, bounds=one.geometry.bounds)
                found |= {(near.layer, near.uid): near for near in table}
        return list(found.values())
