"""The many names of a crowded map: most places are ruled out for all of them at once, before any is looked at."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from geohazard_desktop.cartography.label_places import Candidates, around_point, boxes_around, whole_block
from geohazard_desktop.cartography.label_room import HALO, Room
from geohazard_desktop.cartography.label_sources import MATTERS_FROM, LabelSource
from geohazard_desktop.cartography.strips import Floats

MANY = 200  # fewer names are quicker without a raster
_CELL = 0.25  # mm


class Crowd:
    """Looks at the names of points among `sources` for all at once. Names that matter may cover symbols and are not
    looked at here."""

    def __init__(self, room: Room, sources: Sequence[LabelSource]) -> None:
        self._own: dict[tuple[str, str], slice] = {}
        points = [
            one
            for one in sources
            if one.shape.geom_type == "Point" and one.label.placement != "inside" and one.label.priority < MATTERS_FROM
        ]
        if len(points) < MANY:
            return
        where = shapely.get_coordinates([one.shape for one in points])
        halves = np.array([whole_block(one).half for one in points])
        boxes = boxes_around(where, halves, np.array([(one.radius, one.label.halo) for one in points]))
        each = boxes.shape[1]
        boxes = boxes.reshape(-1, 4) + HALO
        good = np.flatnonzero(room.inside(boxes - HALO) & ~_surely_over(boxes, room.taken, room.inner[2:]))
        # A raster is coarse; what it leaves is few enough to be compared exactly.
        over = shapely.STRtree(shapely.box(*room.taken[:, :4].T)).query(shapely.box(*boxes[good].T))[0]
        good = np.delete(good, np.unique(over))
        self._boxes = boxes[good].T.copy()
        self._places = good % each
        self._alive = np.ones(len(good), dtype=bool)
        first = np.searchsorted(good, np.arange(len(points) + 1) * each).tolist()
        self._own = {one.key: slice(*ends) for one, ends in zip(points, pairwise(first), strict=True)}
        room.claimed = self._take

    def knows(self, source: LabelSource) -> bool:
        return source.key in self._own

    def candidates(self, source: LabelSource) -> Candidates | None:
        """The places around a point that are free of symbols and labels; None when there is none."""
        own = self._own[source.key]
        free = self._places[own][self._alive[own]]
        if not len(free):
            return None
        return around_point(whole_block(source), source.shape.x, source.shape.y, source.radius, free)

    def _take(self, taken: Floats) -> None:
        left, top, right, bottom = self._boxes
        for box in taken.tolist():
            self._alive &= ~((left < box[2]) & (right > box[0]) & (top < box[3]) & (bottom > box[1]))


def _surely_over(boxes: Floats, taken: Floats, size: tuple[float, float]) -> NDArray[np.bool_]:
    """Which of very many boxes (K, 4) lie over something beyond doubt: they share a cell of a raster."""
    wide, high = (int(np.ceil(one / _CELL)) + 4 for one in size)

    def cells(rows: Floats) -> NDArray[np.int64]:
        """The cells that lie wholly in each box: left, top, right (not included), bottom (not included)."""
        low = np.clip(np.ceil(rows[:, :2] / _CELL - 1e-9), 0, (wide, high))
        end = np.clip(np.floor(rows[:, 2:4] / _CELL + 1e-9), 0, (wide, high))
        return np.hstack([low, np.maximum(low, end)]).astype(np.int64)

    sums = np.zeros((high + 1, wide + 1), dtype=np.int32)
    for left, top, right, bottom in cells(taken).tolist():
        sums[top + 1 : bottom + 1, left + 1 : right + 1] = 1
    sums = sums.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    left, top, right, bottom = cells(boxes).T
    return np.asarray(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left] > 0)
