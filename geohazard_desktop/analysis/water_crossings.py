"""Where a way goes over water that no usable bridge spans: the one answer for papers, checks, the pen and the web page.

A flood's corridor is wider than its river, and people live in it. Whoever starts in it and leaves on their own side
crosses nothing; whoever goes over its river, or deeper into it than where they started, does.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.ops import substring

from geohazard_desktop.analysis.channels import CORRIDORS, RIVERS
from geohazard_desktop.analysis.crossings import Crossing, crossings, without_bridge
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.workspace.feature import Feature

_SAMPLE_M = 0.5  # along a way, so that none steps over a gully between two places


def unbridged(
    way: LineString, channels: Sequence[Feature], bridges: Sequence[Feature], *, start: Point | None = None
) -> list[Crossing]:
    """Crossings of `channels` (see `analysis.channels`) in walking order, a river in its corridor told once.

    `start` is where people set out, if not where `way` begins: only who starts in a corridor may leave it unasked.
    """
    found = [one for one in crossings(way, channels) if not _left_on_ones_own_side(one, way, start)]
    found = without_bridge(found, way, bridges)
    corridors = [one for one in found if one.area.layer == CORRIDORS]
    return [one for one in found if one.area.layer != RIVERS or not any(_meet(one, other) for other in corridors)]


def _left_on_ones_own_side(one: Crossing, way: LineString, start: Point | None) -> bool:
    """Whoever goes no deeper into the water's land than where they started comes out on their own side. What counts as
    no deeper is less the nearer they start to its edge: a gully is as wide as a few steps."""
    area = one.area.geometry
    if not one.leading or area is None or (start is not None and not area.intersects(start)):
        return False
    stretch = substring(way, one.start_m, one.end_m)
    places = shapely.points(shapely.get_coordinates(shapely.segmentize(stretch, _SAMPLE_M)))
    depths = shapely.distance(area.boundary, places)
    first = area.boundary.distance(start or Point(way.coords[0]))
    return bool(np.max(depths) - first <= min(parameter("crossing", "river_width_m"), first))


def _meet(one: Crossing, other: Crossing) -> bool:
    return one.start_m <= other.end_m and other.start_m <= one.end_m
