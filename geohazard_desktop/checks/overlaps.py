"""Which areas lie over one another, and where."""

from collections.abc import Iterator, Sequence

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.feature import Feature


def overlaps(areas: Sequence[Feature], least_m2: float) -> Iterator[tuple[Feature, Feature, BaseGeometry]]:
    """Each pair of valid areas that share more than `least_m2` (square metres of the workspace's plane), and what they
    share. Areas whose shape is missing or invalid are the geometry rule's matter."""
    usable = [one for one in areas if one.geometry is not None and one.geometry.is_valid]
    if len(usable) < 2:
        return
    shapes = [one.geometry for one in usable]
    for first, second in STRtree(shapes).query(shapes, predicate="intersects").T:
        if first < second:
            common = shapely.intersection(shapes[first], shapes[second])
            if common.area > least_m2:
                yield usable[first], usable[second], common
