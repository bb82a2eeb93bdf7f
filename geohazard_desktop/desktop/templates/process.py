"""What runs beside the template editor: pages taken once, set again after each stop of the typing hand.

A process of its own that stays warm while the window is open: the fonts are found, Typst keeps what has not changed,
and a template that never ends (`#while true {}`) can be put down.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geohazard_desktop.common.scratch import scratch
from geohazard_desktop.common.without_window import paint_without_window
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.proof import Wish

if TYPE_CHECKING:
    from geohazard_desktop.publishing.typeset.proof import ProofRoom

_log = logging.getLogger("geohazard_desktop.templates")


@dataclass(frozen=True, slots=True)
class Ask:
    """Set this. `path` None: the demo's data. `fresh`: the data have changed since the last one."""

    number: int
    path: Path | None
    wish: Wish
    templates: OfficeTemplates
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`pdf` is None where `sentence` says why; `at` is the place of a fault in a template. `data` is what the template
    gets."""

    number: int
    pdf: bytes | None
    template: str = ""
    seconds: float = 0.0
    taking: float = 0.0
    sentence: str = ""
    remedy: str = ""
    at: tuple[str, int, int] | None = None
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """The page of this question is taken; from now on the template is at work."""

    number: int


def serve(pipe: Connection) -> None:
    """Answer until the pipe is closed. Only the latest of several questions is answered."""
    paint_without_window()
    try:
        from geohazard_desktop.publishing.typeset.proof import ProofRoom

        room = ProofRoom()
        fresh = False
        while True:
            ask: Ask = pipe.recv()
            fresh |= ask.fresh
            while pipe.poll():
                ask = pipe.recv()
                fresh |= ask.fresh
            if fresh:
                room.forget()
                fresh = False
            pipe.send(_answer(room, ask, pipe))
    except (EOFError, OSError):
        _log.info("the window needs this process no longer")
    finally:
        pipe.close()


def _answer(room: "ProofRoom", ask: Ask, pipe: Connection) -> Answer:
    from geohazard_desktop.common.errors import GeohazardError
    from geohazard_desktop.publishing.typeset.proof import set_proof

    begun = time.perf_counter()
    page = None
    try:
        page = room.page(ask.path or _demo(), ask.wish, ask.templates)
        pipe.send(Begun(ask.number))
        taken = time.perf_counter()
        pdf = set_proof(page, ask.templates)
        now = time.perf_counter()
        return Answer(ask.number, pdf, page.template, now - taken, taken - begun, data=page.data)
    except GeohazardError as error:
        at = getattr(error, "at", None)
        name = "" if page is None else page.template
        return Answer(ask.number, None, name, sentence=error.sentence, remedy=error.remedy, at=at)


def _demo() -> Path:
    """The demo's workspace, made when somebody first wants to see its data: nobody in it is real."""
    from geohazard_desktop.cartography.new_workspace import new_workspace
    from geohazard_desktop.domain.district import read_district

    path = scratch() / "demo.gpkg"
    if not path.exists():
        new_workspace(path, read_district(), demo=True).close()
    return path
