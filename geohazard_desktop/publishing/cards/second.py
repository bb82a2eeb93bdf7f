"""A second process that fills cards beside the one that prints them.

Filling a card takes as long as setting its pages, and Python's lock lets one thread of a process fill at a time. The
second process reads the workspace for itself, fills the blocks that it is given, and sends the cards back; it knows
nothing of the register and writes nothing. It ends by itself when its pipe is closed, by whatever death of the first.
"""

import gc
import logging
import multiprocessing
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates

_log = logging.getLogger("geohazard_desktop.publish")
_READY = "ready"
_ENDS_WITHIN = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class CardOrder:
    """All that a filled card depends on beside its household. `mark` is the workspace's `data_mark`: a file that says
    another one now would give other cards."""

    path: Path
    mark: str
    kind: str
    today: date
    copies: int
    code: bool
    templates: OfficeTemplates
    entered: bool  # whether the register will ask for its digest


class SecondMaker:
    """The first process's end of it: an order goes in, then blocks of uids; their cards come out when they are done."""

    def __init__(self) -> None:
        """The process loads what it needs while the first one reads. Raises OSError where none can be started."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe: Connection[Any, Any] = ours
        self._process = context.Process(target=serve, args=(theirs,), name="cards", daemon=True)
        try:
            self._process.start()
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._changed = threading.Condition()
        self._asked: set[int] = set()
        self._made: dict[int, list[Made]] = {}
        self.ready = self.gone = False
        self.given = 0  # blocks that have come
        # A thread takes the cards in as they come: a full pipe would hold the other process up.
        self._listener = threading.Thread(target=self._listen, name="cards", daemon=True)
        self._listener.start()

    def begin(self, order: CardOrder) -> None:
        """Have it read the workspace; `ready` says when it has."""
        with suppress(OSError):  # it has ended: the listener notices too
            self._pipe.send(order)

    @property
    def waiting(self) -> int:
        """How many blocks it has still to make."""
        return len(self._asked)

    def ask(self, number: int, uids: Sequence[str]) -> None:
        """Have a block made."""
        with self._changed:
            if self.gone:
                return
            self._asked.add(number)
        with suppress(OSError):  # it has ended: the listener notices too
            self._pipe.send((number, tuple(uids)))

    def asked_for(self, number: int) -> bool:
        return number in self._asked or number in self._made

    def take(self, number: int, seconds: float = 0.0) -> list[Made] | None:
        """The cards of a block that was asked for; None where they have not come within `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: number in self._made or self.gone, seconds)
            return self._made.pop(number, None)

    def end(self) -> None:
        """It is needed no longer."""
        with suppress(OSError):
            self._pipe.send(None)
        self._process.join(_ENDS_WITHIN)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(_ENDS_WITHIN)
        self._listener.join(_ENDS_WITHIN)
        self._pipe.close()

    def _listen(self) -> None:
        try:
            while True:
                told = self._pipe.recv()
                with self._changed:
                    if told == _READY:
                        self.ready = True
                    else:
                        number, cards = told
                        self._made[number] = cards
                        self.given += 1
                        self._asked.discard(number)
                    self._changed.notify_all()
        except (EOFError, OSError):
            with self._changed:
                self.ready, self.gone = False, True
                self._asked.clear()
                self._changed.notify_all()


def serve(pipe: "Connection[Any, Any]") -> None:
    """Take an order, then fill blocks of cards until the pipe is closed or None comes. A fault ends it: the first
    process makes the block itself, meets the same fault and tells it."""
    try:
        _serve(pipe)
    except (EOFError, OSError):
        _log.info("the first process needs this one no longer")
    except Exception:  # noqa: BLE001 - see above
        _log.warning("the second process for cards gave up", exc_info=True)
    finally:
        pipe.close()


def _serve(pipe: "Connection[Any, Any]") -> None:
    from geohazard_desktop.publishing.cards.kinds import KINDS
    from geohazard_desktop.publishing.cards.maker import CardMaker
    from geohazard_desktop.publishing.typeset.press import printing
    from geohazard_desktop.workspace.workspace import Workspace

    order: CardOrder | None = pipe.recv()
    if order is None:
        return
    kind = KINDS[order.kind]
    with Workspace.open(order.path, read_only=True) as ws, printing(templates=order.templates):
        maker = CardMaker(ws, order.today, copies=order.copies, code=order.code)
        subjects = {one.uid: one for one in ws.table(kind.layer)}
        if ws.data_mark() != order.mark:
            _log.info("the workspace was changed while the second process for cards read it")
            return
        gc.freeze()  # nothing that was read goes away before the process does
        pipe.send(_READY)
        while (block := pipe.recv()) is not None:
            number, uids = block
            cards = [kind.make(maker, subjects[uid]) for uid in uids]
            for one in cards:
                # JSON and digest are wanted too, and are made here rather than there.
                _known = one.paper if order.entered else one.data
            pipe.send((number, cards))
