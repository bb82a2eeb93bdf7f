"""Where a way goes through an area it had better not: danger zones, river corridors without a bridge.

Lines run in walking direction. All geometry is in metres of the workspace's CRS.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.workspace.feature import Feature


@dataclass(frozen=True, slots=True)
class Crossing:
    """One stretch of a way inside an area: from `start_m` to `end_m` along the way (planar), entered at `place`.

    `leading` is true for the stretch that the way begins with: who lives in a zone can't but start in it.
    """

    area: Feature
    start_m: float
    end_m: float
    place: Point
    leading: bool


def crossings(way: LineString, areas: Iterable[Feature]) -> list[Crossing]:
    """Every stretch of `way` inside one of `areas`, in walking order. Running along an edge is no crossing."""
    if way.is_empty or way.length == 0:
        return []
    margin = parameter("crossing", "edge_m")
    found: list[Crossing] = []
    known = list(areas)
    met = shapely.intersects(np.array([one.geometry for one in known], dtype=object), way)
    for one in (area for area, hit in zip(known, met, strict=True) if hit):
        if one.geometry is None:
            continue
        found += [_crossing(way, one, *span, margin) for span in _spans(way, _inner(one.geometry, margin), margin)]
    return sorted(found, key=lambda one: one.start_m)


@lru_cache(maxsize=256)
def _inner(area: BaseGeometry, margin: float) -> BaseGeometry:
    """The area without its edge; the ways of many households meet the same zone."""
    core = area.buffer(-margin)
    inner = area if core.is_empty else core
    shapely.prepare(inner)
    return inner


def _spans(way: LineString, area: BaseGeometry, margin: float) -> list[tuple[float, float]]:
    """Stretches (metres along) inside `area`, walked edge by edge, so that a way that crosses itself is told right."""
    spans: list[tuple[float, float]] = []
    along = 0.0
    corners = shapely.get_coordinates(way)
    for start, end in itertools.pairwise(corners):
        edge = LineString([start, end])
        if edge.length and area.intersects(edge):
            for part in shapely.get_parts(edge.intersection(area)):
                if part.geom_type != "LineString" or part.length == 0:
                    continue
                ends = sorted(edge.project(Point(one)) for one in (part.coords[0], part.coords[-1]))
                spans.append((along + ends[0], along + ends[1]))
        along += edge.length
    return [span for span in _joined(spans) if span[1] - span[0] > margin]


def _joined(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1e-6:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _crossing(way: LineString, area: Feature, start: float, end: float, margin: float) -> Crossing:
    first = Point(way.coords[0])
    leading = start <= 2.0 * margin + 1e-6 and area.geometry is not None and bool(area.geometry.intersects(first))
    return Crossing(area, start, end, way.interpolate(start), leading)


def without_bridge(found: Iterable[Crossing], way: LineString, bridges: Sequence[Feature]) -> list[Crossing]:
    """The crossings of a channel that no usable bridge spans.

    A bridge counts when it lies on the stretch (within `bridge_near_m`) and isn't marked as under water in flood.
    """
    near = parameter("crossing", "bridge_near_m")
    usable = [one.geometry for one in bridges if one.geometry is not None and one["flooded"] is not True]
    left = []
    for one in found:
        stretch = substring(way, one.start_m, one.end_m)
        if not any(stretch.distance(place) <= near for place in usable):
            left.append(one)
    return left
