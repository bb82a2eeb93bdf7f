"""Which corners and edges lie near the pointer, of one layer: read through the file's own R-tree, so that nothing is
read that the pointer is not near to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.rows import Bounds, RowIds, no_rows
from geohazard_desktop.workspace.workspace import Workspace

Array = NDArray[np.float64]

_AROUND = 12.0  # boxes are looked up for so many tolerances around the pointer at once
_LEAST_AROUND = 1.0
_MANY_BOXES = 3000  # more than so many in one look-up: look up less the next time
_MOST_KEPT = 5000


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a feature near the pointer: corners (n, 2) and edges (m, 4: start, end)."""

    uid: str
    corners: Array
    edges: Array


class LayerIndex:
    """Features of one layer, findable by box. The boxes around the pointer are kept while it stays there."""

    def __init__(self, ws: Workspace, layer: str) -> None:
        self.ws, self.layer = ws, layer
        self._region: Bounds | None = None
        self._around = _AROUND
        self._ids = no_rows()
        self._boxes: Array = np.empty((0, 4))
        self._shapes: dict[int, Shape] = {}
        self._numbers: dict[str, str] = {}

    def number(self, uid: str) -> str:
        return self._numbers.get(uid, "")

    def follow(self, deltas: Sequence[Delta]) -> None:
        """Take changes in."""
        self._region = None
        changed = {one.uid for one in deltas}
        self._shapes = {row: shape for row, shape in self._shapes.items() if shape.uid not in changed}

    def near(self, box: Bounds, most: int) -> list[Shape]:
        """Features whose boxes meet `box` (metres); where there are more than `most`, those whose own box lies nearest,
        small ones first: a district around everything must not hide a house."""
        if self._region is None or not _inside(box, self._region):
            self._look_up(box)
        if not len(self._ids):
            return []
        b = self._boxes
        hit = np.flatnonzero((b[:, 0] <= box[2]) & (b[:, 2] >= box[0]) & (b[:, 1] <= box[3]) & (b[:, 3] >= box[1]))
        if len(hit) > most:
            middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
            some = b[hit]
            away = np.maximum(np.maximum(some[:, :2] - middle, middle - some[:, 2:]), 0.0)
            size = (some[:, 2] - some[:, 0]) * (some[:, 3] - some[:, 1])
            hit = np.sort(hit[np.lexsort((size, (away**2).sum(axis=1)))[:most]])
        rows = self._ids[hit].tolist()
        missing = [row for row in rows if row not in self._shapes]
        if missing:
            self._read(np.array(missing, dtype=np.int64))
        return [self._shapes[row] for row in rows if row in self._shapes]

    def _look_up(self, box: Bounds) -> None:
        more = (box[2] - box[0]) * self._around
        region = (box[0] - more, box[1] - more, box[2] + more, box[3] + more)
        self._ids, self._boxes = self.ws.row_boxes(self.layer, region)
        self._region = region
        if len(self._ids) > _MANY_BOXES:
            self._around = max(_LEAST_AROUND, self._around / 2)
        elif len(self._ids) < _MANY_BOXES / 10:
            self._around = min(_AROUND, self._around * 2)

    def _read(self, rows: RowIds) -> None:
        if len(self._shapes) > _MOST_KEPT:
            self._shapes.clear()
            self._numbers.clear()
        there, table = self.ws.rows(self.layer, rows, ["id"])
        numbers = table.columns.get("id", [None] * len(table))
        for row, uid, number, geometry in zip(there.tolist(), table.uids, numbers, table.geometries, strict=True):
            self._shapes[row] = Shape(uid, *segments(geometry))
            self._numbers[uid] = str(number or "")


def _inside(box: Bounds, region: Bounds) -> bool:
    return region[0] <= box[0] and region[1] <= box[1] and region[2] >= box[2] and region[3] >= box[3]


def segments(geometry: BaseGeometry | None) -> tuple[Array, Array]:
    """The corners (n, 2) and edges (m, 4: start, end) of a geometry, rings and holes included."""
    nothing = np.empty((0, 2)), np.empty((0, 4))
    if geometry is None or geometry.is_empty:
        return nothing
    corners = shapely.get_coordinates(geometry)
    if geometry.geom_type.endswith("Point"):
        return corners, nothing[1]
    lines = shapely.get_parts(geometry)
    if geometry.geom_type.endswith("Polygon"):
        lines = shapely.get_rings(lines)
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    same = line[:-1] == line[1:]
    return corners, np.hstack([coordinates[:-1], coordinates[1:]])[same]
