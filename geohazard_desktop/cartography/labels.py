"""Which labels the map shows and where: priorities, collisions, leaders, positions given by hand.

What must be on the map (`FIRST`) comes first, then line names, which block their strip, then the greatest priority. A
label that finds no room is left out and reported, never printed over another one or cut at the frame.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.label_barriers import IN_ANOTHERS_ZONE, ZONES
from geohazard_desktop.cartography.label_crowd import Crowd
from geohazard_desktop.cartography.label_first import Settling
from geohazard_desktop.cartography.label_ground import LabelGround
from geohazard_desktop.cartography.label_hand import (
    Offsets,
    clear_of_boxes,
    clear_of_point,
    hand_foot,
    label_anchor,
    manual_positions,
    sheet_positions,
)
from geohazard_desktop.cartography.label_lines import LineNames
from geohazard_desktop.cartography.label_places import (
    FIRST,
    SHRINKS_FROM,
    Block,
    Candidates,
    only_places,
    smaller_blocks,
    whole_block,
)
from geohazard_desktop.cartography.label_rings import LEADER_FROM
from geohazard_desktop.cartography.label_room import OVER_START
from geohazard_desktop.cartography.label_search import Search, Spot, leader_of
from geohazard_desktop.cartography.label_sources import MATTERS_FROM, LabelSource
from geohazard_desktop.cartography.label_text import Box
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.placed_labels import Kept, PlacedLabel, Placement, Previous, placed_label
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.view import MapView

__all__ = [
    "Kept",
    "LabelSource",
    "PlacedLabel",
    "Placement",
    "Previous",
    "label_anchor",
    "manual_positions",
    "place_labels",
    "sheet_positions",
]

SAME_NAME_MM = 15.0
# What was put beside its feature on a small-scale map lies far from it on a large one: there the search takes over.
HAND_REACH_MM = 150.0
LEAVE_TO_LINES, LINES_FROM = 5.0, 60.0  # what it costs what must be on the map to stand where a river's name would
MISLEADS_FROM = IN_ANOTHERS_ZONE  # what costs so much hides a start or a corner, or lies where it names another thing
MOST_SHRUNK = 40  # names without a place: more of them, and none is made smaller


def place_labels(
    view: MapView,
    pictures: Sequence[LayerPicture],
    fixed: Offsets,
    *,
    blocked: Sequence[Box] = (),
    previous: Previous | None = None,
    within: BaseGeometry | None = None,
    unnamed: Collection[tuple[str, str]] = (),
) -> Placement:
    """Place the labels of all `pictures` (in draw order) in `view`. `fixed` gives (east, north) in metres from a
    feature's anchor (see `label_anchor`) to its label's middle, by (layer, uid). `blocked` boxes (left, top, right,
    bottom in mm) are covered by something else: an inset, a scale bar.

    `previous` is the last frame's `kept` ({} for the first): labels stay where they stood unless that place became
    bad, and nothing depends on the window's edge. None for paper: the frame is the map's edge, names make room for it.
    Only what meets the area `within` (metres) is named, and nothing that is `unnamed` (layer, uid).
    """
    ground = LabelGround(view, pictures, previous=previous, within=within, unnamed=unnamed)
    return _Placing(ground, fixed, blocked, previous).placed()


def labels_on(ground: LabelGround, fixed: Offsets, *, blocked: Sequence[Box] = ()) -> Placement:
    """`place_labels` on a ground that many maps share: the same names in the same places, sooner."""
    return _Placing(ground, fixed, blocked, None).placed()


class _Placing:
    def __init__(self, ground: LabelGround, fixed: Offsets, blocked: Sequence[Box], previous: Previous | None) -> None:
        self.ground, self.view, self.fixed, self.blocked = ground, ground.view, fixed, blocked
        self.steady = previous is not None
        self.previous: Previous = previous or {}
        self.room = ground.empty_room()
        self.search = Search(ground, self.room, self.previous)
        self.room.claim(np.array(blocked, dtype=float))
        self.sources = sorted(ground.sources, key=self._rank)
        self.result = Placement()

    def _rank(self, source: LabelSource) -> tuple[object, ...]:
        return -source.label.priority, source.key not in self.previous, -source.size, source.uid

    def placed(self) -> Placement:
        result = self.result
        lines = [one for one in self.sources if one.label.placement == "line"]
        others = [one for one in self.sources if one.label.placement != "line"]
        held = {one.key: self._by_hand(one) for one in others if one.key in self.fixed}
        along = [self.ground.line_names(one) for one in lines]
        set_by_hand = [self._line_by_hand(one, names) for one, names in zip(lines, along, strict=True)]
        self._reserve([one for one in others if not held.get(one.key)])
        self._first([one for one in others if one.label.priority >= FIRST and not held.get(one.key)], lines)
        others = [one for one in others if one.label.priority < FIRST]
        left_over: list[LabelSource] = []
        for source, names, by_hand in zip(lines, along, set_by_hand, strict=True):
            if not self._along(source, names, by_hand) and by_hand is None:
                left_over.append(source)
        # A short line that can't carry its name still gets it beside it, when it matters (routes).
        straight = [one for one in others if not held.get(one.key)]
        straight += [one for one in left_over if one.label.priority >= MATTERS_FROM]
        result.unplaced += [one for one in left_over if one.label.priority < MATTERS_FROM]
        crowd = Crowd(self.room, [one for one in straight if one.key not in self.previous])
        for source in sorted(straight, key=self._rank):
            if not (self._said_nearby(source) or self._whole(source, crowd) or self._smaller(source)):
                result.unplaced.append(source)
        return result

    def _first(self, sources: Sequence[LabelSource], lines: Sequence[LabelSource]) -> None:
        """What must be on the map. It leaves rivers and roads their places where that costs little."""
        if not sources:
            return
        named = [one for one in lines if one.label.priority >= LINES_FROM]
        ways = [part for one in named for part in shapely.get_parts(one.shape) if part.length > 0]
        points = [shapely.get_coordinates(shapely.segmentize(one, 1.5)) for one in ways]
        self.room.lend(np.concatenate([np.empty((0, 2)), *points]), LEAVE_TO_LINES)
        for one, place in Settling(self.room, self._place_in_any_size, self.search.claim).settled(sources):
            if place is None:
                self.result.unplaced.append(one)
            else:
                self._set(one, place)
        self.room.lend(np.empty((0, 2)), 0.0)

    def _place_in_any_size(self, source: LabelSource) -> Spot | None:
        return self._clear_of_starts(source, [whole_block(source), *smaller_blocks(source), *_number_alone(source)])

    def _clear_of_starts(self, source: LabelSource, blocks: Sequence[Block]) -> Spot | None:
        """The first of `blocks` that finds a place, but a smaller one rather than the place where a way begins or, of a
        point's name, one where a way turns or that is another's danger zone. A zone's number and state stay with its
        name: papers agree on them."""
        misleads = MISLEADS_FROM if shapely.get_dimensions(source.shape) == 0 else OVER_START
        best: Spot | None = None
        for block in blocks:
            found = self.search.place(source, block)
            if found is not None and found.cost < misleads:
                return found
            best = best or found
        return best

    def _whole(self, source: LabelSource, crowd: Crowd) -> bool:
        if not crowd.knows(source):
            place = self.search.place(source, whole_block(source))
            if place is not None and place.cost >= MISLEADS_FROM:
                place = self._clear_of_starts(source, [whole_block(source), *smaller_blocks(source)])
            return self._stands(source, place)
        found = crowd.candidates(source)
        return found is not None and self._straight(source, whole_block(source), found)

    def _smaller(self, source: LabelSource) -> bool:
        """Rather than none: without its second line, then smaller. A crowded map has no room for that either."""
        if source.label.priority < SHRINKS_FROM or len(self.result.unplaced) > MOST_SHRUNK:
            return False
        return any(self._straight(source, one) for one in (*smaller_blocks(source), *_number_alone(source)))

    def _said_nearby(self, source: LabelSource) -> bool:
        """A river's surface needs no name of its own beside the name along the river."""
        if source.label.priority >= MATTERS_FROM or shapely.get_dimensions(source.shape) != 2:
            return False
        same = [shapely.Point(one.centre) for one in self.result.labels if one.text == source.text]
        return any(shapely.distance(one, source.shape) < SAME_NAME_MM for one in same)

    def _reserve(self, sources: Sequence[LabelSource]) -> None:
        boxes = []
        for source in sources:
            expected = self.search.expected(source) or only_places(source, self.view)
            if expected:
                (x, y), half = expected[0], whole_block(source).half
                boxes.append((x - half[0], y - half[1], x + half[0], y + half[1]))
        if boxes:
            self.room.reserve(np.array(boxes))

    # -- by hand ---------------------------------------------------------------------------------------------------

    def _by_hand(self, source: LabelSource) -> bool:
        """Set a label where the hand put it, clear of its own symbol and of what lies over the map."""
        block = whole_block(source)
        view, offset = self.view, self.fixed[source.key]
        ax, ay = view.to_mm(*label_anchor(source.geometry))
        right, down = offset[0] * view.mm_per_metre, -offset[1] * view.mm_per_metre
        if shapely.get_dimensions(source.shape) == 0:
            gap = source.radius + block.label.halo
            right, down = clear_of_point((right, down), (block.width, block.height), gap)
        wide, high = block.half.tolist()
        x, y = ax + right, ay + down
        if shapely.distance(shapely.Point(x, y), source.shape) > HAND_REACH_MM:
            return False
        box = clear_of_boxes((x - wide, y - high, x + wide, y + high), self.blocked, self.room.inner)
        if box is None:
            return False
        halo = min(source.label.halo, 0.4)
        self.room.claim(np.array([(box[0] - halo, box[1] - halo, box[2] + halo, box[3] + halo)]))
        leader = None
        gap = shapely.distance(shapely.box(*box), source.shape)
        if shapely.get_dimensions(source.shape) < 2:
            gap -= source.radius
        elif gap > 0:
            gap += LEADER_FROM  # however near: beside an area lies another one
        if gap > LEADER_FROM or self.ground.strangers.nearer(source, np.array([box]))[0]:
            leader = leader_of(block, box, hand_foot(source.shape, (ax, ay), box))
            self.room.add_leader(leader[:2], leader[2:])
        self.result.labels.append(placed_label(source, block.lines(box), (box,), leader, by_hand=True))
        return True

    def _line_by_hand(self, source: LabelSource, names: Sequence[LineNames]) -> tuple[float, float] | None:
        """A line's name that the hand put beside its line still follows it; farther away it lies flat. Its middle."""
        own = next((one for one in source.pieces if (source.layer, one[0]) in self.fixed), None)
        if own is None:
            return None
        source = replace(source, uid=own[0], geometry=own[1])
        east, north = label_anchor(own[1])
        offset = self.fixed[source.key]
        x, y = self.view.to_mm(east + offset[0], north + offset[1])
        found = [one for one in (part.nearest(x, y) for part in names) if one is not None]
        found = [one for one in found if self.room.inside(one.boxes).all()]
        best = min(found, key=lambda one: (one.middle[0] - x) ** 2 + (one.middle[1] - y) ** 2, default=None)
        if best is not None:
            self.room.claim(best.boxes)
            self.result.labels.append(placed_label(source, (best.glyphs,), _as_boxes(best.boxes), by_hand=True))
            return best.middle
        return (x, y) if self._by_hand(source) else None

    # -- by the search ---------------------------------------------------------------------------------------------

    def _along(
        self, source: LabelSource, names: Sequence[LineNames], by_hand: tuple[float, float] | None
    ) -> list[PlacedLabel]:
        expected = self.search.expected(source)
        placed = []
        for part in names:
            for one in part.repeated(self.room, kept=expected, steady=self.steady, by_hand=by_hand):
                placed.append(placed_label(source, (one.glyphs,), _as_boxes(one.boxes)))
                self._keep(source, one.middle, (0.0, 0.0))
        self.result.labels += placed
        return placed

    def _straight(self, source: LabelSource, block: Block, only: Candidates | None = None) -> bool:
        """Set a label where it costs least; False where everything costs too much."""
        return self._stands(source, self.search.place(source, block, only))

    def _stands(self, source: LabelSource, place: Spot | None) -> bool:
        if place is None:
            return False
        self.search.claim(source, place)
        self._set(source, place)
        return True

    def _set(self, source: LabelSource, place: Spot) -> None:
        a, b, c, d = place.box
        self.result.labels.append(placed_label(source, place.block.lines(place.box), (place.box,), place.leader))
        x, y = place.hold
        self._keep(source, (x, y), ((a + c) / 2 - x, (b + d) / 2 - y))

    def _keep(self, source: LabelSource, ground: tuple[float, float], offset: tuple[float, float]) -> None:
        east, north = self.view.from_mm(*ground)
        self.result.kept.setdefault(source.key, []).append(Kept(east, north, *offset))


def _number_alone(source: LabelSource) -> list[Block]:
    """A name that no map holds: its number says which zone. Of a shelter the second line, 容 8 人, says nothing."""
    if source.layer != ZONES or not source.second:
        return []
    return [Block.of(replace(source.label, size=source.label.second_size), source.second, "")]


def _as_boxes(rows: Floats) -> tuple[Box, ...]:
    return tuple((a, b, c, d) for a, b, c, d in rows.tolist())
