"""The borders on the map as a network: which ways lead along them from one place to another.

Borders are the outlines of areas and the lines of line layers, noded where they meet or cross. Corners come back
exactly as they are stored, so that what is drawn along a border leaves neither gap nor overlap.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.editing.tool import Bounds, Place
from geohazard_desktop.workspace.workspace import Workspace

GRID_M = 0.001  # places closer than a millimetre are one
ON_BORDER_M = 0.01
MOST_CORNERS = 60_000  # of the borders looked at; more would stop the pen
_Node = tuple[int, int]
_Tree = dict[_Node, tuple[float, _Node | None]]  # metres from the start, and the node before


def borders_within(
    ws: Workspace, layers: Sequence[str], box: Bounds, *, most: int = MOST_CORNERS
) -> list[BaseGeometry]:
    """Outlines and lines of `layers` that meet `box` (metres); whole features, as long as they are not too many, else
    what of them is in the box."""
    found: list[BaseGeometry] = []
    for layer in layers:
        if ws.definition(layer).geometry not in ("polygon", "line"):
            continue
        ids = ws.row_ids(layer, box)
        _there, table = ws.rows(layer, ids, [])
        for one in table.geometries:
            if one is not None and not one.is_empty:
                found.append(_lines_of(one))
    if sum(int(shapely.get_num_coordinates(one)) for one in found) > most:
        found = [cut for one in found if not (cut := shapely.clip_by_rect(one, *box)).is_empty]
    return found


def _lines_of(geometry: BaseGeometry) -> BaseGeometry:
    if not geometry.geom_type.endswith("Polygon"):
        return geometry
    return shapely.MultiLineString(
        [ring.coords for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)]
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place on the network: at a node, or on an edge some metres from either end."""

    place: Place
    links: tuple[tuple[_Node, float], ...]

    @property
    def edge(self) -> frozenset[_Node] | None:
        """The edge that the place parts in two; None at a node."""
        return frozenset(node for node, _metres in self.links) if len(self.links) == 2 else None


class BorderNetwork:
    """Made once for a set of borders; `from_place` then answers every question from one place quickly."""

    def __init__(self, borders: Sequence[BaseGeometry]) -> None:
        exact: dict[_Node, Place] = {}
        for line in borders:
            for east, north in shapely.get_coordinates(line):
                exact.setdefault(_node(east, north), (float(east), float(north)))
        noded = shapely.union_all(np.array(borders, dtype=object), grid_size=GRID_M) if len(borders) else None
        parts = shapely.get_parts(noded) if noded is not None else np.array([])
        coordinates, line_of = shapely.get_coordinates(parts, return_index=True)
        self._places = exact
        self.ways: dict[_Node, dict[_Node, float]] = {}
        starts, ends = coordinates[:-1], coordinates[1:]
        same = line_of[:-1] == line_of[1:] if len(line_of) else np.zeros(0, dtype=bool)
        edges: list[tuple[_Node, _Node]] = []
        for start, end in zip(starts[same], ends[same], strict=True):
            one, other = _node(*start), _node(*end)
            if one == other:
                continue
            edges.append((one, other))
            length = math.dist(self.place(one), self.place(other))
            self.ways.setdefault(one, {})[other] = length
            self.ways.setdefault(other, {})[one] = length
        self._edges = edges
        # Small numbers keep the distances exact.
        self._origin = np.array(self.place(edges[0][0])) if edges else np.zeros(2)
        self._starts = np.array([self.place(one) for one, _other in edges]).reshape(-1, 2) - self._origin
        self._along = (
            np.array([self.place(other) for _one, other in edges]).reshape(-1, 2) - self._origin - self._starts
        )

    def place(self, node: _Node) -> Place:
        return self._places.get(node, (node[0] * GRID_M, node[1] * GRID_M))

    def spot(self, place: Place, *, within: float = ON_BORDER_M) -> _Spot | None:
        """The nearest border to `place`, None when there is none within so many metres."""
        if not self._edges:
            return None
        here = np.array(place) - self._origin
        squared = np.maximum((self._along**2).sum(axis=1), 1e-12)
        part = np.clip(((here - self._starts) * self._along).sum(axis=1) / squared, 0.0, 1.0)
        away = np.hypot(*(self._starts + self._along * part[:, None] - here).T)
        index = int(away.argmin())
        if away[index] > within:
            return None
        length = math.sqrt(float(squared[index]))
        along = float(part[index]) * length
        one, other = self._edges[index]
        for node, metres in ((one, along), (other, length - along)):
            if metres < GRID_M:
                return _Spot(place, ((node, 0.0),))
        return _Spot(place, ((one, along), (other, length - along)))

    def from_place(self, place: Place) -> "Ways | None":
        """All ways from `place`; None when it is on no border."""
        spot = self.spot(place)
        return None if spot is None else Ways(self, spot)


class Ways:
    """Ways along the borders from one place (Dijkstra, once)."""

    def __init__(self, network: BorderNetwork, start: _Spot) -> None:
        self._network, self._start = network, start
        self._tree = self._spread(start.links, frozenset())

    def to(self, place: Place) -> list[Place]:
        """The shortest way's places after the start, the last one `place`; nothing where no border leads there."""
        end = self._network.spot(place)
        if end is None or math.dist(place, self._start.place) < GRID_M:
            return []
        found = self._shortest(end)
        return [] if found is None else self._places(found, end)

    def other_to(self, place: Place) -> list[Place]:
        """The shortest way that shares no stretch with the shortest of all: round the other side."""
        end = self._network.spot(place)
        first = None if end is None else self._shortest(end)
        if end is None or first is None:
            return []
        closed = {frozenset(pair) for pair in pairwise(first)}
        closed |= {spot.edge for spot in (self._start, end) if spot.edge is not None}
        leaving, arriving = self._start.links, end.links
        if first:
            leaving = _without(leaving, first[0])
            arriving = _without(arriving, first[-1])
        elif self._start.edge is not None and self._start.edge == end.edge:
            # Both on one edge: away from each other, round by its ends.
            leaving = tuple(one for one in leaving if one[1] < dict(end.links)[one[0]])
            arriving = tuple(one for one in arriving if one[1] < dict(self._start.links)[one[0]])
        tree = self._spread(leaving, frozenset(closed))
        found = _through(arriving, tree)
        return [] if found is None else self._places(found[1], end)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _spread(self, links: Sequence[tuple[_Node, float]], closed: frozenset[frozenset[_Node]]) -> _Tree:
        ways = self._network.ways
        tree: _Tree = {}
        queue: list[tuple[float, _Node, _Node | None]] = [(metres, node, None) for node, metres in links]
        heapq.heapify(queue)
        while queue:
            metres, node, came = heapq.heappop(queue)
            if node in tree:
                continue
            tree[node] = metres, came
            for other, more in ways[node].items():
                if other not in tree and not (closed and frozenset((node, other)) in closed):
                    heapq.heappush(queue, (metres + more, other, node))
        return tree

    def _shortest(self, end: _Spot) -> list[_Node] | None:
        """The nodes on the shortest way; none of them where both places are on one edge."""
        found = _through(end.links, self._tree)
        if self._start.edge is not None and self._start.edge == end.edge:
            along, there = dict(self._start.links), dict(end.links)
            node = next(iter(along))
            if found is None or abs(along[node] - there[node]) <= found[0]:
                return []
        return None if found is None else found[1]

    def _places(self, nodes: Sequence[_Node], end: _Spot) -> list[Place]:
        found = [self._start.place]
        for node in nodes:
            place = self._network.place(node)
            if math.dist(found[-1], place) >= GRID_M:
                found.append(place)
        if len(found) > 1 and math.dist(found[-1], end.place) < GRID_M:
            found.pop()
        return [*found[1:], end.place]


def _through(links: Sequence[tuple[_Node, float]], tree: _Tree) -> tuple[float, list[_Node]] | None:
    """The shortest way's length and nodes to a place with such links."""
    reached = [(tree[node][0] + metres, node) for node, metres in links if node in tree]
    if not reached:
        return None
    length, last = min(reached)
    nodes: list[_Node] = []
    node: _Node | None = last
    while node is not None:
        nodes.append(node)
        node = tree[node][1]
    return length, nodes[::-1]


def _without(links: tuple[tuple[_Node, float], ...], node: _Node) -> tuple[tuple[_Node, float], ...]:
    """The links of a place on an edge but the one to `node`; a place at a node keeps its only one."""
    return links if len(links) == 1 else tuple(one for one in links if one[0] != node)


def _node(east: float, north: float) -> _Node:
    return round(float(east) / GRID_M), round(float(north) / GRID_M)
