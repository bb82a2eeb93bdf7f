"""沿已有边: from one place on a border to another along the borders in sight, corner for corner as they are stored.

Where one feature's border passes through both places, that border is followed, not a short cut across its neighbours.
Where the last corner and the pointer are both on borders that lead to each other, a click takes the whole way between;
anywhere else the side is straight, as corner by corner. Shift goes round the other side.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.border_network import ON_BORDER_M, BorderNetwork, Ways, borders_within
from geohazard_desktop.editing.constraint import side_words
from geohazard_desktop.editing.judgement import length_words
from geohazard_desktop.editing.tool import Bounds, Modifier, Place, ToolEvent
from geohazard_desktop.editing.ways import Way

if TYPE_CHECKING:
    from geohazard_desktop.editing.draw import DrawTool

_MARGIN = 1.0  # of the reach: borders so far around start and pointer are looked at
_LEAST_M = 200.0


class Trace(Way):
    key = "trace"

    def __init__(self) -> None:
        self._network = BorderNetwork([])
        self._box: Bounds | None = None
        self._borders: list[BaseGeometry] = []
        self._tree: shapely.STRtree | None = None
        self._ways: Ways | None = None  # along all borders in sight
        self._single: dict[int, Ways | None] = {}  # along one feature's border, by its place in the list
        self._from: Place | None = None
        self._other = False
        self._told = ""

    def reset(self) -> None:
        self._box = self._tree = self._ways = self._from = None
        self._borders, self._single = [], {}

    def move(self, stroke: "DrawTool", event: ToolEvent) -> None:
        self._other = Modifier.SHIFT in event.modifiers
        if stroke.places and stroke.pointer is not None:
            self._look_around(stroke, stroke.pointer)

    def press(self, stroke: "DrawTool", event: ToolEvent) -> bool:
        self.move(stroke, event)
        return False

    def takes_shift(self, stroke: "DrawTool") -> bool:
        """Shift is the other side where the last corner is on a border, else the right angle."""
        if stroke.places and self._from != stroke.places[-1]:
            self._look_around(stroke, stroke.places[-1])
        return bool(stroke.places) and self._ways is not None

    def follow(self) -> None:
        """A border changed."""
        self.reset()

    def ahead(self, stroke: "DrawTool", pointer: Place) -> list[Place]:
        self._told = ""
        if self._ways is None or not stroke.places or self._from != stroke.places[-1]:
            self._told = _("起点不在边上，走直线")
            return [pointer]
        ways = self._along_one(stroke.places[-1], pointer) or self._ways
        found = ways.other_to(pointer) if self._other else ways.to(pointer)
        if not found:
            off = ways.to(pointer) if self._other else []
            self._told = _("没有另一侧可走，走直线") if off else _("没有相连的边，走直线")
            return [pointer]
        return found

    def label(self, stroke: "DrawTool", pointer: Place) -> str:
        way = self.ahead(stroke, pointer)
        if self._told:
            return side_words(stroke.places[-1], pointer) + "\n" + self._told
        places = [stroke.places[-1], *way]
        side = _("另一侧") if self._other else _("沿边")
        return _("{side} {length}，{count} 个拐点").format(
            side=side, length=length_words(_length(places)), count=len(way)
        )

    def hint(self, stroke: "DrawTool") -> str:
        if not stroke.places:
            return _("在已有的边上单击定起点（捕捉要开着）；T 改回逐点。")
        if self.takes_shift(stroke):
            return _("移到边上，单击沿边到这里；Shift 走另一侧；T 改回逐点。")
        return _("起点不在边上：单击走直线到边上，再沿边；T 改回逐点。")

    def _look_around(self, stroke: "DrawTool", pointer: Place) -> None:
        """Have the borders around the last corner and the pointer at hand; read anew only when the pointer leaves."""
        start = stroke.places[-1]
        inside = self._box is not None and all(
            self._box[0] <= place[0] <= self._box[2] and self._box[1] <= place[1] <= self._box[3]
            for place in (start, pointer)
        )
        if not inside and (
            stroke.snapped or self._from != start
        ):  # in the open there is nothing to follow, and reading takes a moment
            self._box = _around(start, pointer)
            layers = stroke.context.seen_layers()
            self._borders = borders_within(stroke.context.workspace, layers, self._box)
            self._tree = shapely.STRtree(self._borders)
            self._network = BorderNetwork(self._borders)
            self._from = None
        if self._tree is not None and self._from != start:
            self._from = start
            self._ways = self._network.from_place(start)
            self._single = {}

    def _along_one(self, start: Place, pointer: Place) -> Ways | None:
        """Ways along the border of a feature that passes through both places; of several the one with the shortest."""
        if self._tree is None:
            return None
        ends = (set(self._touching(place)) for place in (start, pointer))
        found = [ways for index in sorted(set.intersection(*ends)) if (ways := self._of_one(index, start)) is not None]
        leading = [ways for ways in found if ways.to(pointer)]
        return min(leading, key=lambda ways: _length([start, *ways.to(pointer)]), default=None)

    def _touching(self, place: Place) -> list[int]:
        assert self._tree is not None
        return [int(one) for one in self._tree.query(shapely.Point(place), "dwithin", ON_BORDER_M)]

    def _of_one(self, index: int, start: Place) -> Ways | None:
        if index not in self._single:
            self._single[index] = BorderNetwork([self._borders[index]]).from_place(start)
        return self._single[index]


def _length(places: list[Place]) -> float:
    return sum(planar_distance(one, other) for one, other in pairwise(places))


def _around(one: Place, other: Place) -> Bounds:
    reach = max(_LEAST_M, abs(one[0] - other[0]), abs(one[1] - other[1]))
    more = reach * _MARGIN
    west, east = sorted((one[0], other[0]))
    south, north = sorted((one[1], other[1]))
    return west - more, south - more, east + more, north + more
