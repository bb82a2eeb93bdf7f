"""Measures of many features for a register: area and length on the ellipsoid, row by row."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.analysis.measures import geodesic_areas, geodesic_length, measurable
from geohazard_desktop.workspace.register_query import AREA
from geohazard_desktop.workspace.rows import RowIds
from geohazard_desktop.workspace.workspace import Workspace

_BLOCK = 2000


def measure_rows(
    ws: Workspace, layer: str, measure: str, ids: RowIds, progress: Callable[[int, int], None] = lambda _n, _m: None
) -> tuple[RowIds, NDArray[np.float64]]:
    """The measure (`AREA`: m², `LENGTH`: m; perimeter of an area) of the rows `ids` (ascending) that are there.

    nan where a shape is missing or can't be measured; `progress` gets (done, all) between blocks.
    """
    found_ids: list[RowIds] = []
    found: list[NDArray[np.float64]] = []
    for start in range(0, len(ids), _BLOCK):
        progress(start, len(ids))
        there, table = ws.rows(layer, ids[start : start + _BLOCK], ())
        shapes = [one if one is not None and measurable(one) else None for one in table.geometries]
        if measure == AREA:
            numbers = np.asarray(geodesic_areas(shapes, ws.epsg), dtype=np.float64)
        else:
            numbers = np.array([np.nan if one is None else geodesic_length(one, ws.epsg) for one in shapes])
        numbers = numbers.astype(np.float64)
        numbers[[one is None for one in shapes]] = np.nan
        found_ids.append(there)
        found.append(numbers)
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0)
    return np.concatenate(found_ids), np.concatenate(found)
