"""Looks at papers that hold again once the data are as they were: an undo waits for no comparison."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from geohazard_desktop.publishing.issues.standing import Standing
from geohazard_desktop.workspace.feature import Delta, Feature

_MOST_LOOKS = 6
_MOST_CHANGED = 2000  # features; farther back nobody undoes step by step


@dataclass(slots=True)
class _Look:
    found: list[Standing]
    day: date  # ages and days ahead are of that day
    # What is otherwise than it was at that look: how it was then.
    since: dict[tuple[str, str], Feature | None] = field(default_factory=dict)

    def follow(self, delta: Delta) -> None:
        key = delta.layer, delta.uid
        then = self.since.get(key, delta.before)
        if delta.after is None if then is None else then.same_as(delta.after):
            self.since.pop(key, None)
        else:
            self.since[key] = then


class Looks:
    """The last looks, each with what has changed since."""

    def __init__(self) -> None:
        self._kept: list[_Look] = []

    def took(self, found: Sequence[Standing], day: date) -> None:
        """What was found in the data as they are now."""
        now = _Look(list(found), day)
        self._kept = [now, *(one for one in self._kept if one.since)][:_MOST_LOOKS]

    def follow(self, deltas: Iterable[Delta]) -> None:
        for delta in deltas:
            for one in self._kept:
                one.follow(delta)
        self._kept = [one for one in self._kept if len(one.since) <= _MOST_CHANGED]

    def again(self, today: date) -> list[Standing] | None:
        """What was found when the data were as they are now; None where nobody looked then."""
        return next((list(one.found) for one in self._kept if not one.since and one.day == today), None)

    def each(self, made: Callable[[list[Standing]], list[Standing]]) -> None:
        """Papers went out, made from the data as they are now: how they stand beside other data, nobody knows."""
        self._kept = [one for one in self._kept if not one.since]
        for one in self._kept:
            one.found = made(one.found)

    def forget(self) -> None:
        self._kept = []
