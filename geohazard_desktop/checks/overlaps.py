"""Which areas lie over one another, and where."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.workspace.feature import Feature

_MANY = 2000  # areas from which on it pays to ask first which of them have a fault at all


def overlaps(
    areas: Sequence[Feature], least_m2: float, judged: Callable[[Feature], bool] | None = None
) -> Iterator[tuple[Feature, Feature, BaseGeometry]]:
    """Each pair of valid areas that share more than `least_m2` (square metres of the workspace's plane), and what they
    share; with `judged`, only pairs of which one is judged. Areas whose shape is missing or invalid are the geometry
    rule's matter."""
    usable = [one for one in areas if one.geometry is not None and one.geometry.is_valid]
    if len(usable) < 2:
        return
    shapes = np.array([one.geometry for one in usable], dtype=object)
    asked = _asked(usable, shapes, judged)
    first, second = STRtree(shapes).query(shapes[asked], predicate="intersects")
    first = asked[first]
    # A pair of two that are asked comes twice, one with a neighbour that is not comes once.
    both = np.isin(second, asked)
    kept = (first != second) & ((first < second) | ~both)
    for one, other in zip(first[kept].tolist(), second[kept].tolist(), strict=True):
        common = shapely.intersection(shapes[one], shapes[other])
        if common.area > least_m2:
            earlier, later = sorted((one, other))
            yield usable[earlier], usable[later], common


def cut_fix(rule: str, common: BaseGeometry) -> str:
    """ "cut_overlap" for a sliver: narrow along its whole length, as two drawings of one border make it."""
    width = 2.0 * common.area / max(common.length, 1e-9)
    return "cut_overlap" if width <= parameter(rule, "mend_width_m") else ""


def _asked(usable: Sequence[Feature], shapes: np.ndarray, judged: Callable[[Feature], bool] | None) -> np.ndarray:
    """Indices of the areas to compare. Of very many, those alone whose edges don't fit their neighbours': in a sound
    coverage of 100 000 areas that is none, where 300 000 pairs would have to be cut with each other."""
    if judged is not None:
        return np.array([index for index, one in enumerate(usable) if judged(one)], dtype=int)
    if len(usable) < _MANY or not (shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON).all():
        single = [part for shape in shapes for part in shapely.get_parts(shape)] if len(usable) >= _MANY else []
        if len(single) != len(usable):
            return np.arange(len(usable))
        shapes = np.array(single, dtype=object)
    faulty = shapely.coverage_invalid_edges(shapes)
    return np.flatnonzero(~shapely.is_empty(faulty))
