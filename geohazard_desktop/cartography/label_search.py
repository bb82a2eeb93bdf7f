"""Where one label costs least: what it would hide, how far it is from its feature, whether another one is nearer.

Lengths are millimetres of the frame, costs those of `label_room`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import hypot

import numpy as np

from geohazard_desktop.cartography.label_ground import LabelGround, Lot, astray_price, led_times
from geohazard_desktop.cartography.label_places import FIRST, Block, Candidates
from geohazard_desktop.cartography.label_room import HALO, LEADER_OVER_LABEL, OVER_LABEL, OVER_SYMBOL, Room
from geohazard_desktop.cartography.label_sources import MATTERS_FROM, LabelSource
from geohazard_desktop.cartography.label_text import Box
from geohazard_desktop.cartography.placed_labels import Previous

KEEP = 45.0  # a label stays where it stood unless that costs so much more than elsewhere
KEEP_OFF_FIRST = 900.0  # what it costs to cover the leader of what must be on the map: hardly less than a name


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label may stand, what that costs, and the place on the ground that it hangs on. Millimetres."""

    cost: float
    block: Block
    box: Box
    leader: tuple[float, float, float, float] | None
    hold: tuple[float, float]


class Search:
    """Looks for places on `ground` among what `room` already holds; `previous` says where labels stood before."""

    def __init__(self, ground: LabelGround, room: Room, previous: Previous) -> None:
        self.ground, self.view, self.room, self.previous = ground, ground.view, room, previous
        self.strangers = ground.strangers

    def expected(self, source: LabelSource) -> list[tuple[float, float]]:
        """Where the label's middle would be if it stayed, in mm."""
        found = []
        for kept in self.previous.get(source.key, ()):
            x, y = self.view.to_mm(kept.east, kept.north)
            found.append((x + kept.right, y + kept.down))
        return found

    def place(self, source: LabelSource, block: Block, only: Candidates | None = None) -> Spot | None:
        """The cheapest place for `block`, or among `only`; None where every one costs too much."""
        expected = self.expected(source)
        # What names an area need not hide what lies in it.
        matters = source.label.priority >= MATTERS_FROM and not source.stays_inside
        most = OVER_LABEL if matters else OVER_SYMBOL
        best: tuple[float, Candidates, int] | None = None
        lots: Iterable[Lot] = self.ground.lots(source, block, expected)
        if only is not None:
            own = self.ground.lot(source, 0.0, only, expected)
            lots = [] if own is None else [own]
        for lot in lots:
            if best is not None and best[0] <= lot.bound - (KEEP if expected else 0.0):
                break  # nothing that follows can be better
            tried = self._cheapest(source, lot, bool(expected), most if best is None else min(most, best[0]))
            best = tried or best
            if best is not None and best[0] <= 0:
                break
        if best is None:
            return None
        cost, found, number = best
        a, b, c, d = found.boxes[number].tolist()
        x, y = found.feet[number].tolist()
        leader = leader_of(block, (a, b, c, d), (x, y)) if found.led[number] else None
        x, y = found.holds[number].tolist()
        return Spot(cost, block, (a, b, c, d), leader, (x, y))

    def claim(self, source: LabelSource, place: Spot) -> None:
        """Nothing else is set there."""
        a, b, c, d = place.box
        halo = min(source.label.halo, 0.4)
        self.room.claim(np.array([(a - halo, b - halo, c + halo, d + halo)]))
        if place.leader is not None:
            weight = KEEP_OFF_FIRST if source.label.priority >= FIRST else LEADER_OVER_LABEL
            self.room.add_leader(place.leader[:2], place.leader[2:], weight)

    def _cheapest(
        self, source: LabelSource, lot: Lot, expected: bool, most: float
    ) -> tuple[float, Candidates, int] | None:
        """The cheapest candidate below `most`, its leader counted; leaders are looked at only where they decide."""
        if lot.known is not None and self.room.as_found:
            cheapest = lot.known.cheapest(self.room, self.strangers, source, most)
            return None if cheapest is None else (cheapest[0], lot.known.found, cheapest[1])
        found = replace(lot.found, led=lot.found.led.copy())  # told below of more that need one
        newcomer = not (expected or source.stays_inside)
        costs = lot.costs + self.room.cost(found.boxes + HALO, newcomer=newcomer, standing=lot.standing)
        if lot.stays is not None:
            costs -= KEEP * lot.stays
        order = np.argsort(costs, kind="stable")
        order = order[costs[order] < most]
        best = -1
        for first in range(0, len(order), 8):
            some = order[first : first + 8]
            if best >= 0 and costs[best] <= costs[some[0]]:
                break
            astray = self.strangers.nearer(source, found.boxes[some], found.led[some])
            costs[some] += astray_price(source) * astray
            found.led[some] |= astray
            led = some[found.led[some]]
            if len(led):
                starts = np.clip(found.feet[led], found.boxes[led, :2], found.boxes[led, 2:])
                costs[led] += led_times(source) * self.room.leader_cost(starts, found.feet[led])
                costs[led] += self.strangers.barriers.crossed(source, starts, found.feet[led])
            least = int(some[np.argmin(costs[some])])
            best = least if best < 0 or costs[least] < costs[best] else best
        return None if best < 0 or costs[best] >= most else (float(costs[best]), found, best)


def leader_from(box: Box, foot: tuple[float, float]) -> tuple[float, float, float, float]:
    """From the label's nearest edge."""
    x = min(max(foot[0], box[0]), box[2])
    y = min(max(foot[1], box[1]), box[3])
    return x, y, foot[0], foot[1]


def leader_of(block: Block, box: Box, foot: tuple[float, float]) -> tuple[float, float, float, float]:
    """From the edge of the nearest line of words: beside the shorter of two lines the box is empty, and a leader from
    there would begin in the air."""
    leaders = [leader_from(one, foot) for one in block.rows(box)]
    return min(leaders, key=lambda one: hypot(one[2] - one[0], one[3] - one[1]))
