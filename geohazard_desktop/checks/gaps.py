"""Narrow ground between neighbouring areas that belongs to none of them: it looks like one border on the map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.feature import Feature


@dataclass(frozen=True, slots=True)
class Gap:
    """`shape` lies between `owner`, with whom it shares the longest border, and `others`. `width` is the mean width
    in metres."""

    shape: BaseGeometry
    owner: Feature
    others: tuple[Feature, ...]
    width: float


def gaps(areas: Sequence[Feature], widest_m: float, least_m2: float) -> Iterator[Gap]:
    """Gaps not wider than `widest_m` (metres) and larger than `least_m2` between two or more of `areas`.

    Only valid areas count. A gap is what closing the areas by half that width fills and no area covers.
    """
    usable = [one for one in areas if one.geometry is not None and one.geometry.is_valid]
    if len(usable) < 2:
        return
    shapes = np.array([one.geometry for one in usable], dtype=object)
    near = _near_pairs(shapes, widest_m)
    seen: list[BaseGeometry] = []
    for group in near:
        union = shapely.union_all(shapes[group])
        half = widest_m / 2 + 1e-6
        closed = union.buffer(half, join_style="mitre").buffer(-half, join_style="mitre")
        for part in shapely.get_parts(closed.difference(union)):
            if part.area > least_m2 and part.geom_type == "Polygon":
                found = _gap(part, usable, shapes, group)
                if found is not None and not any(found.shape.equals(one) for one in seen):
                    seen.append(found.shape)
                    yield found


def _near_pairs(shapes: np.ndarray, widest_m: float) -> list[list[int]]:
    """Groups of areas whose borders come within `widest_m` of each other without fitting: all others are sound, and of
    100 000 areas of a sound coverage none is left."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    open_edges = shapely.coverage_invalid_edges(parts, gap_width=widest_m)
    doubtful = np.unique(owners[~shapely.is_empty(open_edges)])
    if len(doubtful) < 2:
        return []
    first, second = STRtree(shapes[doubtful]).query(shapes[doubtful], predicate="dwithin", distance=widest_m)
    first, second = doubtful[first], doubtful[second]
    neighbours: dict[int, set[int]] = {}
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        if one != other:
            neighbours.setdefault(one, set()).add(other)
    groups, done = [], set()
    for start in neighbours:
        if start in done:
            continue
        group, waiting = set(), [start]
        while waiting:
            one = waiting.pop()
            if one not in group:
                group.add(one)
                waiting += neighbours[one] - group
        done |= group
        groups.append(sorted(group))
    return groups


def _gap(part: BaseGeometry, usable: Sequence[Feature], shapes: np.ndarray, group: list[int]) -> Gap | None:
    touched = [index for index in group if shapely.distance(shapes[index], part) < 0.001]
    if len(touched) < 2:
        return None  # a notch in one outline is drawn so
    shared = [shapely.length(shapely.intersection(shapes[index].buffer(0.001), part.boundary)) for index in touched]
    order = [touched[at] for at in np.argsort(shared)[::-1]]
    width = 2.0 * part.area / max(part.length, 1e-9)
    return Gap(part, usable[order[0]], tuple(usable[index] for index in order[1:]), width)
