"""Makes areas that meet along the district's edge share every vertex on it, so that rounding can't open gaps."""

import itertools
from collections.abc import Iterable

import numpy as np
from shapely import STRtree, get_coordinates, points
from shapely.geometry import LineString, Point, Polygon

TOUCH = 1e-4  # metres


def ring_nodes(district: Polygon, areas: Iterable[Polygon]) -> list[Point]:
    """Every vertex of `areas` that lies on the district's edge."""
    corners = points(np.unique(np.vstack([get_coordinates(one) for one in areas]), axis=0))
    edge = LineString(district.exterior)
    return [one for one in corners if edge.distance(one) < TOUCH]


def with_nodes(area: Polygon, nodes: list[Point]) -> Polygon:
    """`area` with those of `nodes` that lie on its edges as vertices of its own."""
    tree = STRtree(nodes)
    rings = [_ring(ring.coords[:], nodes, tree) for ring in (area.exterior, *area.interiors)]
    return Polygon(rings[0], rings[1:])


def _ring(coords: list[tuple[float, ...]], nodes: list[Point], tree: STRtree) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in itertools.pairwise(coords):
        edge = LineString([(x0, y0), (x1, y1)])
        near = [nodes[i] for i in tree.query(edge.buffer(TOUCH)) if edge.distance(nodes[i]) < TOUCH]
        inner = [one for one in near if TOUCH < edge.project(one) < edge.length - TOUCH]
        found.append((x0, y0))
        found += [(one.x, one.y) for one in sorted(inner, key=edge.project)]
    return found
