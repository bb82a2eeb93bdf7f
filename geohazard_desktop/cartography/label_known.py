"""The cheapest place of a name on a ground that many maps share: what the ground alone decides is reckoned once.

What a map lays over its ground can only make places dearer. So the place that is cheapest on the bare ground is the
cheapest on every map that leaves it free, and elsewhere the places are looked at in the order of the bare ground until
none that follows can be cheaper.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.label_obstacles import Strangers
from geohazard_desktop.cartography.label_places import Candidates
from geohazard_desktop.cartography.label_room import HALO, Room, Standing
from geohazard_desktop.cartography.label_sources import LabelSource
from geohazard_desktop.cartography.strips import Floats

_AT_ONCE = 8
_NOBODY = -1


class KnownPlaces:
    """The candidates of one lot. `costs` (K,) is what each costs by itself, `standing` what it covers of the ground,
    `astray` what it costs to stand nearer to another feature, `led_times` what a leader's price is multiplied by,
    `most` from which price on no place is wanted."""

    def __init__(
        self, found: Candidates, costs: Floats, standing: Standing, *, astray: float, led_times: float, most: float
    ) -> None:
        self.found = replace(found, led=found.led.copy())  # told below of more that need a leader
        self._costs, self._standing = costs, standing
        self._astray, self._times, self._most = astray, led_times, most
        self._boxes = found.boxes + HALO
        self._starts = np.clip(found.feet, found.boxes[:, :2], found.boxes[:, 2:])
        self._bare = costs + standing.alone()
        self._order = np.argsort(self._bare, kind="stable")
        self._off = np.full(len(costs), np.nan)  # what standing astray costs, and the leader on the ground; where known
        self._led = np.zeros(len(costs))
        self._best: tuple[float, int] | None = None

    def cheapest(self, room: Room, strangers: Strangers, source: LabelSource, most: float) -> tuple[float, int] | None:
        """The price of the cheapest candidate below `most` and its number; of several the one that is cheapest without
        its leader, then the first."""
        if self._best is None:
            self._best = self._sought(room, strangers, source, self._most, bare=True) or (np.inf, _NOBODY)
        cost, number = self._best
        if cost >= most:
            return None
        if self._free(room, number):
            return self._best
        return self._sought(room, strangers, source, most, bare=False)

    def _free(self, room: Room, number: int) -> bool:
        """Whether a candidate and its leader touch nothing that came after the ground."""
        one = slice(number, number + 1)
        over = room.covered_labels(self._boxes[one])
        if over.hard[0] or over.soft_sum[0]:
            return False
        return not self.found.led[number] or not room.led_over_labels(self._starts[one], self.found.feet[one])[0]

    def _sought(
        self, room: Room, strangers: Strangers, source: LabelSource, most: float, *, bare: bool
    ) -> tuple[float, int] | None:
        best: tuple[float, float, int] | None = None
        for first in range(0, len(self._order), _AT_ONCE):
            some = self._order[first : first + _AT_ONCE]
            least = float(self._bare[some[0]])
            if least >= most or (best is not None and best[0] < least):
                break
            self._look_at(some, room, strangers, source)
            bared = self._bare[some]
            if not bare:
                new = room.covered_labels(self._boxes[some])
                bared = self._costs[some] + self._standing.taken(some).with_labels(new)
            whole = bared + self._off[some]
            led = np.flatnonzero(self.found.led[some])
            if len(led):
                these = some[led]
                over = 0.0 if bare else room.led_over_labels(self._starts[these], self.found.feet[these])
                whole[led] += self._times * (self._led[these] + over)
            at = np.flatnonzero(whole == whole.min())
            cheap = min((float(whole[one]), float(bared[one]), int(some[one])) for one in at.tolist())
            best = cheap if best is None else min(best, cheap)
        return None if best is None or best[0] >= most else (best[0], best[2])

    def _look_at(self, some: NDArray[np.int64], room: Room, strangers: Strangers, source: LabelSource) -> None:
        if not np.isnan(self._off[some]).any():
            return
        found = self.found
        astray = strangers.nearer(source, found.boxes[some], found.led[some])
        found.led[some] |= astray
        self._off[some] = self._astray * astray
        led = some[found.led[some]]
        if len(led):
            starts, feet = self._starts[led], found.feet[led]
            self._led[led] = room.led_over_ground(starts, feet)
            self._off[led] += strangers.barriers.crossed(source, starts, feet)
