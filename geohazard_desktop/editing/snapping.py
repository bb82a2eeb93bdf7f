"""Snapping to what is drawn already: 端点 (vertex), 交点 (intersection), 垂足 (perpendicular), 中点 (midpoint), 边上
(edge), 延长线 (extension), 平行 (parallel), 方里网 (grid).

Candidates come from the workspace's R-tree, up to 4 m too generous; what is snapped to is their exact geometry.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing import snap_places
from geohazard_desktop.editing.acquired import Acquired, Acquisitions, corner_rays, edge_rays
from geohazard_desktop.editing.snap_index import LayerIndex, Shape
from geohazard_desktop.editing.snap_places import Found
from geohazard_desktop.editing.snap_settings import KINDS, SnapSettings, kind_words
from geohazard_desktop.editing.tool import Key, Place
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.workspace import Workspace

__all__ = ["KINDS", "Snap", "SnapSettings", "Snapper", "kind_words"]

Array = NDArray[np.float64]

_MOST_CANDIDATES = 120  # of one layer
_EXTENSION_SHARE = 0.6  # a guide that is not there yet must be meant: nearer than what is there
_EXTENSION_REACH = 40.0  # tolerances from the corner: farther off nobody remembers that it was touched


@dataclass(frozen=True, slots=True)
class Snap:
    """A place that the pointer snaps to, exactly as stored. `words` is kind · layer and number, for the label; `guide`
    the dashed line that leads there (of an extension, a parallel or a perpendicular), `second` the other one where two
    cross."""

    kind: str
    east: float
    north: float
    layer: str
    uid: str
    words: str
    guide: tuple[Place, Place] | None = None
    second: tuple[Place, Place] | None = None

    @property
    def place(self) -> Place:
        return self.east, self.north


@dataclass(frozen=True, slots=True)
class _Near:
    """All candidates at once: corners (n, 2) and edges (m, 4), and the number in `keys` of the feature of each row."""

    keys: list[Key]
    corners: Array
    corner_of: NDArray[np.intp]
    edges: Array
    edge_of: NDArray[np.intp]


class Snapper:
    """Snaps to the given layers (default: every layer with geometry but the helpers). Close it when done.

    `settings` may be changed at any time. `in_sight` names the layers that the map shows: what is not seen is not
    snapped to.
    """

    def __init__(
        self,
        ws: Workspace,
        layers: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        *,
        settings: SnapSettings | None = None,
        in_sight: Callable[[], Iterable[str]] | None = None,
    ) -> None:
        self._ws = ws
        self._layers = list(layers) if layers is not None else _snappable(ws)
        self._in_sight = in_sight
        self.settings = settings or SnapSettings()
        if kinds is not None:
            self.settings = replace(self.settings, kinds=tuple(kinds))
        self._indexes: dict[str, LayerIndex] = {}
        self._rays: Array = np.empty((0, 4))  # of the corner that the pointer passed last
        self._ray_of: Key = ("", "")
        self.acquired = Acquisitions()
        self._guides = self.acquired.guides(self._rays, self._ray_of, None, parallel=False)
        self._unsubscribe = ws.subscribe(self._follow)

    def close(self) -> None:
        self._unsubscribe()
        self._indexes.clear()

    @property
    def layers(self) -> list[str]:
        """The layers that are snapped to now."""
        shown = None if self._in_sight is None else set(self._in_sight())
        return [one for one in self._layers if one not in self.settings.off and (shown is None or one in shown)]

    def snap(
        self,
        east: float,
        north: float,
        tolerance: float,
        *,
        without: Sequence[Key] = (),
        own: Sequence[Place] = (),
        start: Place | None = None,
        only: Collection[str] | None = None,
    ) -> Snap | None:
        """The best place within `tolerance` metres, or None. A corner beats an intersection, a perpendicular, a
        midpoint, an edge, an extension, a grid crossing.

        `without` are features that don't count (those being moved); `own` are corners of the unfinished stroke that
        count; `start` is its last corner, from which a perpendicular is dropped. `only` are the layers that count
        (None: all that are set): within one of their areas nothing is snapped to, and to no line that is not there.
        """
        pointer = np.array([east, north])
        near = self._near(pointer, tolerance, set(without), only)
        if only is not None and snap_places.within(pointer, near.edges, near.edge_of):
            return None
        best = self._vertex(pointer, tolerance, near, own)
        if best is not None:
            return best
        edges, edge_of = near.edges, near.edge_of
        if len(edges):
            places, distances, _fractions = snap_places.feet(pointer, edges)
            order = np.argsort(distances, kind="stable")
            order = order[distances[order] <= tolerance]
            edges, places = edges[order], places[order]
            edge_of = edge_of[order]
        for kind, found in self._on_edges(pointer, tolerance, edges, start):
            if only is not None and found.row < 0:
                continue
            layer, uid = near.keys[edge_of[found.row]] if found.row >= 0 else self._guides.keys[found.rays[0]]
            return self._snap(kind, found, layer, uid)
        return self._grid(pointer, tolerance) if only is None else None

    def rest(self, east: float, north: float, tolerance: float) -> bool:
        """The hand rests: remember the corner or edge there, or let it go again. False where there is none."""
        pointer = np.array([east, north])
        near = self._near(pointer, tolerance, set())
        corner = snap_places.nearest(pointer, near.corners, tolerance)
        if corner >= 0:
            rays = corner_rays(near.corners[corner], near.edges)
            if not len(rays):
                return False  # a lone point has no edge to follow
            place = float(near.corners[corner, 0]), float(near.corners[corner, 1])
            self.acquired.turn(Acquired(place, near.keys[near.corner_of[corner]], rays))
            return True
        if not len(near.edges):
            return False
        places, distances, _fractions = snap_places.feet(pointer, near.edges)
        row = int(np.argmin(distances))
        if distances[row] > tolerance:
            return False
        edge, foot = near.edges[row], (float(places[row, 0]), float(places[row, 1]))
        self.acquired.turn(Acquired(foot, near.keys[near.edge_of[row]], edge_rays(edge), edge))
        return True

    def _on_edges(
        self, pointer: Array, tolerance: float, edges: Array, start: Place | None
    ) -> Iterable[tuple[str, Found]]:
        """What `edges` (near ones, nearest first) and the lengthened ones offer, best first."""
        wanted = self.settings.kinds
        found: Found | None = None
        if len(edges) and "intersection" in wanted:
            found = snap_places.intersection(pointer, edges, tolerance)
            if found is not None:
                yield "intersection", found
        ahead = self._ahead(pointer, tolerance, edges, start)
        if ahead is not None and ahead[0] == "intersection" and "intersection" in wanted:
            yield ahead
        if len(edges):
            if start is not None and "perpendicular" in wanted:
                found = snap_places.perpendicular(pointer, edges, start, tolerance)
                if found is not None:
                    yield "perpendicular", found
            if "midpoint" in wanted:
                found = snap_places.midpoint(pointer, edges, tolerance)
                if found is not None:
                    yield "midpoint", found
            if "edge" in wanted:
                places, _distances, _fractions = snap_places.feet(pointer, edges[:1])
                yield "edge", Found((float(places[0, 0]), float(places[0, 1])), 0)
        if ahead is not None and ahead[0] != "intersection":
            yield ahead

    def _ahead(self, pointer: Array, tolerance: float, edges: Array, start: Place | None) -> tuple[str, Found] | None:
        """On lines that are not there: lengthened edges, and parallels to the edges that were pointed out."""
        wanted = self.settings.kinds
        if "extension" not in wanted and "parallel" not in wanted:
            return None
        touched = self._rays[np.hypot(*(self._rays[:, 2:] - pointer).T) <= tolerance * _EXTENSION_REACH]
        self._guides = self.acquired.guides(touched, self._ray_of, start, parallel="parallel" in wanted)
        rays = self._guides.rays if "extension" in wanted else self._guides.rays[self._guides.parallels :]
        if not len(rays):
            return None
        found = snap_places.extension(pointer, edges, rays, tolerance * _EXTENSION_SHARE)
        if found is None:
            return None
        first = len(self._guides.rays) - len(rays)
        place = replace(found[1], rays=tuple(row + first for row in found[1].rays))
        parallel = found[0] == "extension" and place.rays[0] >= self._guides.parallels
        return ("parallel" if parallel else found[0]), place

    def _vertex(self, pointer: Array, tolerance: float, near: _Near, own: Sequence[Place]) -> Snap | None:
        if "vertex" not in self.settings.kinds:
            return None
        mine = np.array(own, dtype=float).reshape(-1, 2)
        index = snap_places.nearest(pointer, mine, tolerance)
        reach = tolerance if index < 0 else float(np.hypot(*(mine[index] - pointer)))
        found = snap_places.nearest(pointer, near.corners, reach)
        if found >= 0:
            layer, uid = near.keys[near.corner_of[found]]
            self._touch(near, found)
            place = float(near.corners[found, 0]), float(near.corners[found, 1])
            return self._snap("vertex", Found(place, found), layer, uid)
        if index < 0:
            return None
        first = index == 0 and len(own) > 1
        words = _("端点 · 起点") if first else _("端点 · 正在画的图形")
        return Snap("vertex", float(mine[index, 0]), float(mine[index, 1]), "", "", words)

    def _touch(self, near: _Near, corner: int) -> None:
        """The pointer touched a corner: the edges that end there can be followed beyond it."""
        place, key = near.corners[corner], near.keys[near.corner_of[corner]]
        rays = corner_rays(place, near.edges)
        if len(rays):
            self._rays, self._ray_of = rays, key

    def _grid(self, pointer: Array, tolerance: float) -> Snap | None:
        if "grid" not in self.settings.kinds:
            return None
        spacing = self.settings.grid_m
        found = snap_places.grid(pointer, spacing, tolerance)
        if found is None:
            return None
        name = kind_words("grid") if spacing == 1000 else _("格网 {metres:g} 米").format(metres=spacing)
        words = _("{name} · X 北 {north:.0f}  Y 东 {east:.0f}").format(
            name=name, north=found.place[1], east=found.place[0]
        )
        return Snap("grid", *found.place, "", "", words)

    def _snap(self, kind: str, found: Found, layer: str, uid: str) -> Snap:
        title = self._ws.definitions[layer].title if layer in self._ws.definitions else ""
        named = " ".join(part for part in (title, self._index(layer).number(uid)) if part)
        return Snap(kind, *found.place, layer, uid, f"{kind_words(kind)} · {named}", found.guide, found.second)

    def _near(self, pointer: Array, tolerance: float, without: set[Key], only: Collection[str] | None = None) -> _Near:
        east, north = float(pointer[0]), float(pointer[1])
        box = (east - tolerance, north - tolerance, east + tolerance, north + tolerance)
        keys: list[Key] = []
        shapes: list[Shape] = []
        for layer in self.layers:
            if only is not None and layer not in only:
                continue
            for shape in self._index(layer).near(box, _MOST_CANDIDATES + len(without)):
                if (layer, shape.uid) not in without:
                    keys.append((layer, shape.uid))
                    shapes.append(shape)
        numbers = np.arange(len(shapes))
        return _Near(
            keys,
            np.concatenate([np.empty((0, 2)), *(one.corners for one in shapes)]),
            np.repeat(numbers, [len(one.corners) for one in shapes]),
            np.concatenate([np.empty((0, 4)), *(one.edges for one in shapes)]),
            np.repeat(numbers, [len(one.edges) for one in shapes]),
        )

    def _index(self, layer: str) -> LayerIndex:
        if layer not in self._indexes:
            self._indexes[layer] = LayerIndex(self._ws, layer)
        return self._indexes[layer]

    def _follow(self, deltas: Sequence[Delta]) -> None:
        self._rays = np.empty((0, 4))
        self.acquired.clear()
        for layer in {one.layer for one in deltas} & set(self._indexes):
            self._indexes[layer].follow([one for one in deltas if one.layer == layer])


def _snappable(ws: Workspace) -> list[str]:
    return [one.table for one in ws.definitions.values() if one.geometry != "none" and not one.helper]
