"""Snapping to what is drawn already: 端点 (vertex), 交点 (intersection), 中点 (midpoint), 边上 (edge).

Geometry of each layer is read once into an STRtree; what changes later is kept beside the tree until there is so much
of it that the tree is built again. The workspace's own R-tree is 4 m coarse and would snap to the wrong corner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.tool import Key, Place
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.workspace import Workspace

Array = NDArray[np.float64]
KINDS = ("vertex", "intersection", "midpoint", "edge")

_REBUILD_AFTER = 400
_MOST_CANDIDATES = 60
_MOST_EDGES = 24


@dataclass(frozen=True, slots=True)
class Snap:
    """A place that the pointer snaps to, exactly as stored. `words` is kind · layer and number, for the label."""

    kind: str
    east: float
    north: float
    layer: str
    uid: str
    words: str

    @property
    def place(self) -> Place:
        return self.east, self.north


def kind_words(kind: str) -> str:
    return {"vertex": _("端点"), "intersection": _("交点"), "midpoint": _("中点"), "edge": _("边上")}[kind]


class _LayerIndex:
    """Geometries of one layer, findable by box."""

    def __init__(self, ws: Workspace, layer: str) -> None:
        self.ws, self.layer = ws, layer
        self.since: dict[str, BaseGeometry | None] = {}
        self._corners: dict[str, tuple[Array, Array]] = {}
        table = ws.table(layer)
        self._uids = table.uids
        self._geometries = table.geometries
        self._ids = dict(zip(table.uids, table.columns.get("id", [None] * len(table)), strict=False))
        self._position = {uid: index for index, uid in enumerate(table.uids)}
        self._tree = STRtree(self._geometries)

    def follow(self, delta: Delta) -> bool:
        """Take a change in; False when the tree had better be built again."""
        self.since[delta.uid] = delta.after.geometry if delta.after else None
        self._ids[delta.uid] = delta.after.text("id") if delta.after else None
        self._corners.pop(delta.uid, None)
        return len(self.since) < _REBUILD_AFTER

    def number(self, uid: str) -> str:
        return str(self._ids.get(uid) or "")

    def near(self, box: BaseGeometry) -> list[str]:
        found = [self._uids[index] for index in self._tree.query(box)]
        found = [uid for uid in found if uid not in self.since]
        found += [
            uid for uid, geometry in self.since.items() if geometry is not None and geometry.envelope.intersects(box)
        ]
        return found

    def segments(self, uid: str) -> tuple[Array, Array]:
        """Corners (n, 2) and edges (m, 4: start, end) of one feature."""
        if uid not in self._corners:
            if len(self._corners) > 5000:
                self._corners.clear()
            self._corners[uid] = _segments(self._geometry(uid))
        return self._corners[uid]

    def _geometry(self, uid: str) -> BaseGeometry | None:
        if uid in self.since:
            return self.since[uid]
        found: BaseGeometry | None = self._geometries[self._position[uid]]
        return found


def _segments(geometry: BaseGeometry | None) -> tuple[Array, Array]:
    nothing = np.empty((0, 2)), np.empty((0, 4))
    if geometry is None or geometry.is_empty:
        return nothing
    corners = shapely.get_coordinates(geometry)
    if geometry.geom_type.endswith("Point"):
        return corners, nothing[1]
    lines = shapely.get_parts(geometry.boundary if geometry.geom_type.endswith("Polygon") else geometry)
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    same = line[:-1] == line[1:]
    return corners, np.hstack([coordinates[:-1], coordinates[1:]])[same]


class Snapper:
    """Snaps to the given layers (default: every layer with geometry but the helpers). Close it when done."""

    def __init__(self, ws: Workspace, layers: Sequence[str] | None = None, kinds: Sequence[str] = KINDS) -> None:
        self._ws = ws
        self.layers = list(layers) if layers is not None else _snappable(ws)
        self.kinds = tuple(kinds)
        self._indexes: dict[str, _LayerIndex] = {}
        self._unsubscribe = ws.subscribe(self._follow)

    def close(self) -> None:
        self._unsubscribe()
        self._indexes.clear()

    def prepare(self) -> None:
        """Read all layers now, so that the first movement of the mouse needn't."""
        for layer in self.layers:
            self._index(layer)

    def snap(
        self,
        east: float,
        north: float,
        tolerance: float,
        *,
        without: Sequence[Key] = (),
        own: Sequence[Place] = (),
    ) -> Snap | None:
        """The best place within `tolerance` metres, or None. A corner beats an intersection, a midpoint, an edge.

        `without` are features that don't count (those being moved); `own` are corners of the unfinished stroke.
        """
        pointer = np.array([east, north])
        candidates = self._candidates(pointer, tolerance, set(without))
        best = self._vertex(pointer, tolerance, candidates, own)
        if best is not None:
            return best
        edges = _near_edges(pointer, tolerance, candidates)
        for kind, find in (("intersection", _intersection), ("midpoint", _midpoint), ("edge", _on_edge)):
            if kind in self.kinds:
                found = find(pointer, tolerance, edges)
                if found is not None:
                    place, layer, uid = found
                    return self._snap(kind, place, layer, uid)
        return None

    def _vertex(
        self, pointer: Array, tolerance: float, candidates: "list[_Candidate]", own: Sequence[Place]
    ) -> Snap | None:
        if "vertex" not in self.kinds:
            return None
        best: tuple[float, Snap] | None = None
        for one in candidates:
            if not len(one.corners):
                continue
            distances = np.hypot(*(one.corners - pointer).T)
            nearest = int(distances.argmin())
            if distances[nearest] <= tolerance and (best is None or distances[nearest] < best[0]):
                best = float(distances[nearest]), self._snap("vertex", one.corners[nearest], one.layer, one.uid)
        for place in own:
            distance = float(np.hypot(place[0] - pointer[0], place[1] - pointer[1]))
            if distance <= tolerance and (best is None or distance < best[0]):
                best = distance, Snap("vertex", place[0], place[1], "", "", _("端点 · 正在画的图形"))
        return best[1] if best else None

    def _snap(self, kind: str, place: Array, layer: str, uid: str) -> Snap:
        title = self._ws.definitions[layer].title
        named = " ".join(part for part in (title, self._index(layer).number(uid)) if part)
        return Snap(kind, float(place[0]), float(place[1]), layer, uid, f"{kind_words(kind)} · {named}")

    def _candidates(self, pointer: Array, tolerance: float, without: set[Key]) -> "list[_Candidate]":
        east, north = float(pointer[0]), float(pointer[1])
        box = shapely.box(east - tolerance, north - tolerance, east + tolerance, north + tolerance)
        found = []
        for layer in self.layers:
            index = self._index(layer)
            for uid in index.near(box):
                if (layer, uid) not in without:
                    found.append(_Candidate(layer, uid, *index.segments(uid)))
                if len(found) >= _MOST_CANDIDATES:
                    return found
        return found

    def _index(self, layer: str) -> _LayerIndex:
        if layer not in self._indexes:
            self._indexes[layer] = _LayerIndex(self._ws, layer)
        return self._indexes[layer]

    def _follow(self, deltas: Sequence[Delta]) -> None:
        for delta in deltas:
            index = self._indexes.get(delta.layer)
            if index is not None and not index.follow(delta):
                del self._indexes[delta.layer]


@dataclass(frozen=True, slots=True)
class _Candidate:
    layer: str
    uid: str
    corners: Array
    edges: Array


@dataclass(frozen=True, slots=True)
class _Edge:
    start: Array
    end: Array
    foot: Array
    distance: float
    layer: str
    uid: str


_Found = tuple[Array, str, str] | None


def _near_edges(pointer: Array, tolerance: float, candidates: Sequence[_Candidate]) -> list[_Edge]:
    """Edges that pass within the tolerance, nearest first."""
    found: list[_Edge] = []
    for one in candidates:
        if not len(one.edges):
            continue
        starts, ends = one.edges[:, :2], one.edges[:, 2:]
        along = ends - starts
        squared = np.maximum((along**2).sum(axis=1), 1e-12)
        fraction = np.clip(((pointer - starts) * along).sum(axis=1) / squared, 0.0, 1.0)
        feet = starts + along * fraction[:, None]
        distances = np.hypot(*(feet - pointer).T)
        for index in np.flatnonzero(distances <= tolerance):
            edge = _Edge(starts[index], ends[index], feet[index], float(distances[index]), one.layer, one.uid)
            found.append(edge)
    return sorted(found, key=lambda edge: edge.distance)[:_MOST_EDGES]


def _intersection(pointer: Array, tolerance: float, edges: Sequence[_Edge]) -> _Found:
    best: tuple[float, Array, _Edge] | None = None
    for one, other in combinations(edges, 2):
        place = _crossing(one, other)
        if place is None:
            continue
        distance = float(np.hypot(*(place - pointer)))
        if distance <= tolerance and (best is None or distance < best[0]):
            best = distance, place, one
    return (best[1], best[2].layer, best[2].uid) if best else None


def _crossing(one: _Edge, other: _Edge) -> Array | None:
    along, across = one.end - one.start, other.end - other.start
    divisor = along[0] * across[1] - along[1] * across[0]
    if abs(divisor) < 1e-9:
        return None
    gap = other.start - one.start
    first = (gap[0] * across[1] - gap[1] * across[0]) / divisor
    second = (gap[0] * along[1] - gap[1] * along[0]) / divisor
    # Ends are vertices, not intersections.
    if not (1e-9 < first < 1 - 1e-9 and 1e-9 < second < 1 - 1e-9):
        return None
    place: Array = one.start + along * first
    return place


def _midpoint(pointer: Array, tolerance: float, edges: Sequence[_Edge]) -> _Found:
    middles = [((one.start + one.end) / 2, one) for one in edges]
    near = [(float(np.hypot(*(place - pointer))), index) for index, (place, _one) in enumerate(middles)]
    distance, index = min(near, default=(tolerance + 1.0, -1))
    if distance > tolerance:
        return None
    place, edge = middles[index]
    return place, edge.layer, edge.uid


def _on_edge(_pointer: Array, _tolerance: float, edges: Sequence[_Edge]) -> _Found:
    return (edges[0].foot, edges[0].layer, edges[0].uid) if edges else None


def _snappable(ws: Workspace) -> list[str]:
    return [one.table for one in ws.definitions.values() if one.geometry != "none" and not one.helper]
