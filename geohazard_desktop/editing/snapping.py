"""Snapping to what is drawn already: 端点 (vertex), 交点 (intersection), 中点 (midpoint), 边上 (edge).

Candidates come from the workspace's R-tree, up to 4 m too generous; what is snapped to is their exact geometry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.tool import Key, Place
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.rows import Bounds, RowIds, no_rows
from geohazard_desktop.workspace.workspace import Workspace

Array = NDArray[np.float64]
KINDS = ("vertex", "intersection", "midpoint", "edge")

_AROUND = 12  # boxes are looked up for so many tolerances around the pointer at once
_MOST_KEPT = 5000
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


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is known of a feature near the pointer: corners (n, 2) and edges (m, 4: start, end)."""

    uid: str
    corners: Array
    edges: Array


class _LayerIndex:
    """Features of one layer, findable by box through the file's own R-tree: nothing is read that the pointer is not
    near to. The boxes around the pointer are kept while it stays there."""

    def __init__(self, ws: Workspace, layer: str) -> None:
        self.ws, self.layer = ws, layer
        self._region: Bounds | None = None
        self._ids = no_rows()
        self._boxes: Array = np.empty((0, 4))
        self._shapes: dict[int, _Shape] = {}
        self._numbers: dict[str, str] = {}

    def number(self, uid: str) -> str:
        return self._numbers.get(uid, "")

    def follow(self, deltas: Sequence[Delta]) -> None:
        """Take changes in."""
        self._region = None
        changed = {one.uid for one in deltas}
        self._shapes = {row: shape for row, shape in self._shapes.items() if shape.uid not in changed}

    def near(self, box: Bounds, most: int) -> list[_Shape]:
        """Features whose boxes meet `box` (metres), at most so many."""
        region = self._region
        if region is None or not (
            region[0] <= box[0] and region[1] <= box[1] and region[2] >= box[2] and region[3] >= box[3]
        ):
            more = (box[2] - box[0]) * _AROUND
            region = (box[0] - more, box[1] - more, box[2] + more, box[3] + more)
            self._ids, self._boxes = self.ws.row_boxes(self.layer, region)
            self._region = region
        b = self._boxes
        hit = (b[:, 0] <= box[2]) & (b[:, 2] >= box[0]) & (b[:, 1] <= box[3]) & (b[:, 3] >= box[1])
        rows = self._ids[hit][:most]
        missing = [row for row in rows.tolist() if row not in self._shapes]
        if missing:
            self._read(np.array(missing, dtype=np.int64))
        return [self._shapes[row] for row in rows.tolist() if row in self._shapes]

    def _read(self, rows: RowIds) -> None:
        if len(self._shapes) > _MOST_KEPT:
            self._shapes.clear()
            self._numbers.clear()
        there, table = self.ws.rows(self.layer, rows, ["id"])
        numbers = table.columns.get("id", [None] * len(table))
        for row, uid, number, geometry in zip(there.tolist(), table.uids, numbers, table.geometries, strict=True):
            self._shapes[row] = _Shape(uid, *_segments(geometry))
            self._numbers[uid] = str(number or "")


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
        box = (east - tolerance, north - tolerance, east + tolerance, north + tolerance)
        found: list[_Candidate] = []
        for layer in self.layers:
            for shape in self._index(layer).near(box, _MOST_CANDIDATES + len(without)):
                if (layer, shape.uid) not in without:
                    found.append(_Candidate(layer, shape.uid, shape.corners, shape.edges))
                if len(found) >= _MOST_CANDIDATES:
                    return found
        return found

    def _index(self, layer: str) -> _LayerIndex:
        if layer not in self._indexes:
            self._indexes[layer] = _LayerIndex(self._ws, layer)
        return self._indexes[layer]

    def _follow(self, deltas: Sequence[Delta]) -> None:
        for layer in {one.layer for one in deltas} & set(self._indexes):
            self._indexes[layer].follow([one for one in deltas if one.layer == layer])


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
