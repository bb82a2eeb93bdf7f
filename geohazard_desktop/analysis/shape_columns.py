"""What shapes measure, as further columns of a table: for styles that class, choose or name features by it.

On the ellipsoid, as everywhere. A shape that is missing or can't be measured has no value, so only conditions on
what is empty, and negated ones, hold for it, and no label tells it.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import geodesic_areas, geodesic_lengths, on_earth
from geohazard_desktop.domain.shape_measures import AREA, LENGTH, measure_of
from geohazard_desktop.workspace.conditions import ConditionFault, wheres_of
from geohazard_desktop.workspace.edits.style import style_now
from geohazard_desktop.workspace.feature import FeatureTable, Value
from geohazard_desktop.workspace.workspace import Workspace

_DIMENSION = {AREA: ("Polygon", "MultiPolygon"), LENGTH: ("LineString", "MultiLineString")}


def with_measures(table: FeatureTable, names: Collection[str], epsg: int) -> FeatureTable:
    """The table with a column for each of the measures `names` (面积:公顷) that it lacks; the table itself where it
    lacks none. Its shapes are in metres of `epsg`."""
    lacking = sorted(set(names) - set(table.columns))
    if not lacking:
        return table
    columns = measure_columns(table.geometries.tolist(), lacking, epsg)
    return FeatureTable(table.layer, table.uids, table.geometries, table.columns | columns)


def measures_to_tell(ws: Workspace, layer: str) -> dict[str, dict[str, Value]]:
    """By name and uid, what the shapes of `layer` measure, as far as the conditions of its style ask for it."""
    names: set[str] = set()
    for rule in style_now(ws, layer).get("rule", ()):
        with suppress(ConditionFault):  # such a rule takes nothing, and the window says so
            names |= {one.field for one in wheres_of(rule["where"])} if "where" in rule else set()
    asked = {one for one in names if measure_of(one) is not None}
    if not asked:
        return {}
    table = ws.table(layer, fields=())
    columns = measure_columns(table.geometries.tolist(), asked, ws.epsg)
    return {name: dict(zip(table.uids, column, strict=True)) for name, column in columns.items()}


def measure_columns(shapes: Sequence[BaseGeometry | None], names: Collection[str], epsg: int) -> dict[str, list[Value]]:
    """The values of each measure, shape by shape; each kind is measured once, whatever its units."""
    there = [one if one is not None and not one.is_empty and on_earth(one, epsg) else None for one in shapes]
    kinds: dict[str, list[float | None]] = {}
    columns: dict[str, list[Value]] = {}
    for name in names:
        measure = measure_of(name)
        if measure is None:
            continue
        if measure.kind not in kinds:
            kinds[measure.kind] = _measured(there, measure.kind, epsg)
        columns[name] = [None if one is None else one / measure.size for one in kinds[measure.kind]]
    return columns


def _measured(shapes: Sequence[BaseGeometry | None], kind: str, epsg: int) -> list[float | None]:
    fitting = _DIMENSION.get(kind, _DIMENSION[AREA])  # a perimeter is an area's
    asked = [one if one is not None and one.geom_type in fitting else None for one in shapes]
    numbers: NDArray[np.float64] = geodesic_areas(asked, epsg) if kind == AREA else geodesic_lengths(asked, epsg)
    return [None if shape is None else float(one) for shape, one in zip(asked, numbers, strict=True)]
