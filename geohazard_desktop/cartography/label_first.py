"""The names that must be on the map: set one after the other, then each once more with all the others in place.

The first round gives the best places to who comes first and leaves long leaders under other names to who comes last;
afterwards each looks for its best place anew, until nothing moves. Who found none at all comes first in another try.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from geohazard_desktop.cartography.label_room import Room
from geohazard_desktop.cartography.label_sources import LabelSource

_ROUNDS, _TRIES = 3, 4
_MOST_LOST = 12  # more names than that without a place: the map is too small, and no other order mends it
_GOOD = 8.0  # a place that costs no more is left alone

Key = tuple[str, str]


class Priced(Protocol):
    """A place that was found, and what it costs there."""

    @property
    def cost(self) -> float: ...


Place = TypeVar("Place", bound=Priced)


class Settling(Generic[Place]):
    """`find` asks `room` for the best place of a name, `claim` takes it."""

    def __init__(
        self,
        room: Room,
        find: Callable[[LabelSource], Place | None],
        claim: Callable[[LabelSource, Place], None],
    ) -> None:
        self._room, self._find, self._claim = room, find, claim
        self._empty = room.mark()

    def settled(self, sources: Sequence[LabelSource]) -> list[tuple[LabelSource, Place | None]]:
        """The places of `sources` in their order, claimed; None for those without any."""
        order = list(sources)
        best: dict[Key, Place] = {}
        least = [float("inf")]
        for _try in range(_TRIES):
            chosen = self._in_turn(order)
            if len(order) - len(chosen) > _MOST_LOST:
                best = best or chosen
                break
            chosen = self._improved(order, chosen)
            lost = [one for one in order if one.key not in chosen]
            # Fewer of what matters most; a route's number is not given up for two shelters.
            weights = sorted((one.label.priority for one in lost), reverse=True)
            if weights < least:
                best, least = chosen, weights
            if not lost:
                break
            order = [*lost, *(one for one in order if one.key in chosen)]
        self._stand(sources, best)
        return [(one, best.get(one.key)) for one in sources]

    def _in_turn(self, order: Sequence[LabelSource]) -> dict[Key, Place]:
        self._room.back_to(self._empty)
        chosen: dict[Key, Place] = {}
        for one in order:
            found = self._find(one)
            if found is not None:
                chosen[one.key] = found
                self._claim(one, found)
        return chosen

    def _improved(self, order: Sequence[LabelSource], chosen: dict[Key, Place]) -> dict[Key, Place]:
        for _round in range(_ROUNDS):
            before = dict(chosen)
            paid = {one.key: chosen[one.key].cost if one.key in chosen else float("inf") for one in order}
            # Who pays most moves first.
            for one in sorted(order, key=lambda source: -paid[source.key]):
                if paid[one.key] > _GOOD:
                    self._stand([other for other in order if other.key != one.key], chosen)
                    found = self._find(one)
                    if found is not None:
                        chosen[one.key] = found
            if chosen == before:
                break
        return chosen

    def _stand(self, sources: Sequence[LabelSource], chosen: Mapping[Key, Place]) -> None:
        """The room with these names in it and no others."""
        self._room.back_to(self._empty)
        for one in sources:
            if one.key in chosen:
                self._claim(one, chosen[one.key])
