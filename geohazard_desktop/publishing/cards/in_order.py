"""Filled cards one after the other, for many of them by two processes: whoever is free makes the next block.

What comes out does not depend on who made it: a card is filled from the workspace alone.
"""

import logging
import multiprocessing
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, groupby, pairwise

from geohazard_desktop.common.machine import cores, free_memory
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.kinds import KINDS, Kind
from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.cards.second import CardOrder, SecondMaker
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.workspace.feature import Feature

_log = logging.getLogger("geohazard_desktop.publish")
MANY = 100  # from here on a second process is worth its start
BLOCK = 50  # cards that one of the two makes in a row, at most
_SMALLEST, _SHARES = 8, 8  # of few cards that many blocks are made, none smaller than this
_AHEAD = 200  # cards that may lie made before their turn
_ASKED = 3  # blocks that the second process has before it: it goes on while files are being written here
_MEMORY = 700 * 2**20  # bytes that have to be free
_TOLD_SECONDS = 1.0
_PATIENCE = 30  # times that: then a block that does not come is made here


class CardsInOrder:
    """The cards of `subjects`, each with its subject; a context, which lets the second process go. `waiting` is called
    now and then while nothing comes; a second process is taken from those begun `ahead`. `notes` says what became of
    it, where that is to be told."""

    def __init__(
        self,
        maker: CardMaker,
        kind: Kind,
        subjects: Sequence[Feature],
        waiting: Callable[[], object] = lambda: None,
        *,
        ahead: list[SecondMaker] | None = None,
    ) -> None:
        self.notes: list[str] = []
        self._maker, self._kind, self._waiting = maker, kind, waiting
        self._blocks = blocks(subjects)
        self._begins = [0, *accumulate(len(one) for one in self._blocks)]  # the first card of each
        self._next = 0  # the first block that nobody makes yet
        self._early: dict[int, list[Made]] = {}  # made here before their turn
        self._second = self._begun(ahead or []) if len(subjects) >= MANY else None

    def __enter__(self) -> "CardsInOrder":
        return self

    def __exit__(self, *_error: object) -> None:
        self._dismiss()

    def __iter__(self) -> Iterator[tuple[Feature, Made]]:
        for number, subjects in enumerate(self._blocks):
            mine = self._next <= number
            self._next = max(self._next, number + 1)
            self._hand_out(number)
            if mine:
                for one in subjects:
                    self._hand_out(number)  # as soon as the second process is ready or has made one
                    yield one, self._kind.make(self._maker, one)
            else:
                yield from zip(subjects, self._made(number), strict=True)

    def _begun(self, ahead: list[SecondMaker]) -> SecondMaker | None:
        second = ahead.pop() if ahead else _started()
        if second is None:
            return None
        maker, kind = self._maker, self._kind
        name = next(name for name, one in KINDS.items() if one is kind)
        ws, today = maker.ws, maker.facts.today
        order = CardOrder(
            ws.path, ws.data_mark(), name, today, maker.copies, maker.code, press().templates, not ws.read_only
        )
        second.begin(order)
        return second

    def _hand_out(self, number: int) -> None:
        second = self._second
        while second is not None and second.ready and self._next < self._end(number):
            # More each time that it has made one: of its first, which are next in turn, the first process would wait.
            if second.waiting >= min(_ASKED, 1 + second.given):
                return
            second.ask(self._next, [one.uid for one in self._blocks[self._next]])
            self._next += 1

    def _end(self, number: int) -> int:
        """Up to which block may be begun when it is that one's turn."""
        return min(len(self._blocks), bisect_left(self._begins, self._begins[number] + _AHEAD))

    def _made(self, number: int) -> list[Made]:
        """A block that was begun before its turn. Rather than wait for it, later ones are made here, card by card."""
        waited = 0
        while number not in self._early:
            second = self._second
            if second is None or not second.asked_for(number):
                self._lose()
                return self._filled(number)
            found = second.take(number)
            if found is None and (later := self._unfinished(number)) is not None:
                made = self._early.setdefault(later, [])
                made.append(self._kind.make(self._maker, self._blocks[later][len(made)]))
                self._hand_out(number)
                continue
            found = second.take(number, _TOLD_SECONDS) if found is None else found
            if found is not None:
                self._told_of(number)
                return found
            self._waiting()
            waited += 1
            if waited >= _PATIENCE:
                self._lose()
        return self._filled(number, self._early.pop(number))

    def _unfinished(self, number: int) -> int | None:
        """A block to be made here while `number` is waited for: one that was begun, else the next."""
        for one, made in self._early.items():
            if len(made) < len(self._blocks[one]):
                return one
        if self._next >= self._end(number):
            return None
        self._next += 1
        return self._next - 1

    def _filled(self, number: int, made: Sequence[Made] = ()) -> list[Made]:
        """A block of which the first cards are `made`."""
        found = list(made)
        for one in self._blocks[number][len(found) :]:
            self._hand_out(number)
            found.append(self._kind.make(self._maker, one))
        return found

    def _told_of(self, number: int) -> None:
        """What filling these cards here would have left behind."""
        for one in self._blocks[number]:
            self._maker.facts.used_for(one)

    def _lose(self) -> None:
        if self._second is not None:
            self.notes.append(_("帮着填卡的进程中途停了，它没填完的卡已由本程序重新填好，一张不少。"))
        self._dismiss()

    def _dismiss(self) -> None:
        second, self._second = self._second, None
        if second is not None:
            second.end()


@contextmanager
def started_ahead(cards: int) -> Iterator[list[SecondMaker]]:
    """A second process, where so many cards are worth one, for whoever has still to read the workspace: it loads its
    modules meanwhile. What nobody has taken at the end is let go."""
    second = _started() if cards >= MANY else None
    ahead = [] if second is None else [second]
    try:
        yield ahead
    finally:
        for one in ahead:
            one.end()


def _started() -> SecondMaker | None:
    if not room_for_two():
        return None
    try:
        return SecondMaker()
    except OSError:
        _log.warning("no second process for cards could be started", exc_info=True)
        return None


def blocks(subjects: Sequence[Feature]) -> list[Sequence[Feature]]:
    """`subjects` in their order, cut so that neighbours come to one process: they see one map (`HouseholdFrames`),
    which is drawn anew by each process that is asked for it. Of few cards the blocks are small: both have work to the
    end."""
    most = min(BLOCK, max(_SMALLEST, len(subjects) // _SHARES))
    ends = [0]
    at = 0
    for _key, group in groupby(subjects, key=_neighbours):
        count = sum(1 for _one in group)
        parts = -(-count // most)
        for part in range(1, parts + 1):
            end = at + count * part // parts
            if parts == 1 and len(ends) > 1 and end - ends[-2] <= most:
                ends[-1] = end
            else:
                ends.append(end)
        at += count
    return [subjects[first:end] for first, end in pairwise(ends)]


def _neighbours(subject: Feature) -> tuple[str, ...]:
    return tuple(subject.text(name) for name in ("evacuation_route", "danger_zone", "community", "group"))


def room_for_two() -> bool:
    """Whether this machine has a core and memory for a second process. A process that may have none of its own, or that
    only shows a page, makes all cards by itself."""
    if press().proof is not None or multiprocessing.current_process().daemon or cores() < 2:
        return False
    free = free_memory()
    return free is None or free >= _MEMORY
