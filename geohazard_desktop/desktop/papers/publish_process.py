"""What runs in the publishing process: a step of `publishing/`, its progress and result sent back through a pipe.

A process of its own, started by spawn as Windows does: the window never waits for Typst or the painter, stopping is
certain, and what the window has cached is not touched from another thread.
"""

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Lock
from pathlib import Path
from typing import Any

from geohazard_desktop.common.without_window import paint_without_window

PAUSE, GO_ON = ("pause",), ("go on",)
PREVIEW = "preview"  # an option of every product: the page is made to be looked at

_log = logging.getLogger("geohazard_desktop.publish")


def serve(pipe: Connection, ahead: bool, writing: Lock) -> None:
    """Run the orders that come through the pipe until it is closed. `ahead`: import what they need before. `writing` is
    held while papers are entered, written and confirmed: the window puts this process down between."""
    paint_without_window()
    try:
        if ahead:
            from geohazard_desktop.publishing.sheets import products as sheet_products  # noqa: F401
            from geohazard_desktop.publishing.typeset import typesetting  # noqa: F401
        while True:
            what, workspace, out, options = pipe.recv()
            run(pipe, what, workspace, out, options, writing)
    except (EOFError, OSError):
        _log.info("the window needs this process no longer")
    finally:
        pipe.close()


def run(
    pipe: Connection,
    what: str,
    workspace: str,
    out: str,
    options: dict[str, Any],
    writing: AbstractContextManager[Any],
) -> None:
    """Sends ("progress", done, total, words) and, before these are in the register, ("entered", codes of papers); then
    one of ("done", files, notes, problems, pages, maps, more), ("refused", code, sentence, remedy), ("broken", words).
    """
    paint_without_window()
    from geohazard_desktop.common.errors import GeohazardError

    try:
        report = _publish(pipe, what, Path(workspace), Path(out), options, writing)
        files = [str(one) for one in report.files]
        more = {
            "rows": report.rows,
            "lacking": report.lacking,
            "states": report.states,
            "copies": report.copies,
            "codes": report.codes,
            "made_now": report.made_now,
        }
        pipe.send(("done", files, report.notes, report.problems, report.pages, report.maps, more))
    except GeohazardError as error:
        pipe.send(("refused", error.code, error.sentence, error.remedy))
    except Exception as error:  # noqa: BLE001 - the window tells it; the traceback goes with it to the log
        import traceback

        pipe.send(("broken", f"{type(error).__name__}: {error}\n{traceback.format_exc()}"))


def _publish(
    pipe: Connection,
    what: str,
    workspace: Path,
    out: Path,
    options: dict[str, Any],
    writing: AbstractContextManager[Any],
) -> Any:
    from geohazard_desktop.publishing.products import PRODUCTS
    from geohazard_desktop.publishing.typeset.press import printing
    from geohazard_desktop.workspace.workspace import Workspace

    def progress(done: int, total: int, words: str = "") -> None:
        pipe.send(("progress", done, total, str(words)))
        while pipe.poll() and pipe.recv() == PAUSE:
            pipe.recv()  # waits here until the window says GO_ON

    def entering(codes: Sequence[str]) -> None:
        pipe.send(("entered", tuple(codes)))

    words = dict(options)
    uids = words.pop("uids", None)
    preview = words.pop(PREVIEW, False)
    if what == "batch":
        with printing(entering=entering, writing=writing):
            return _batch(workspace, out, words["batch"], progress)
    if what == "lacking":
        return _lacking(workspace, words["product"], uids, words["options"])
    product = PRODUCTS[what]
    # A preview reads only, so it can enter nothing in a register.
    reading = preview or not product.registers
    with Workspace.open(workspace, read_only=reading) as ws, printing(entering=entering, writing=writing):
        if preview:
            return product.publish(ws, out, words, uids=uids, progress=progress)
        from geohazard_desktop.publishing.batch import Noting, line_of

        noting = Noting(ws, line_of(what, options), out)
        with printing(wrote=noting.wrote):
            report = product.publish(ws, out, words, uids=uids, progress=progress)
        noting.end(report)
        return report


def _batch(workspace: Path, folder: Path, batch: Any, progress: Any) -> Any:
    from geohazard_desktop.publishing.batch import run_batch
    from geohazard_desktop.publishing.products import PRODUCTS
    from geohazard_desktop.workspace.workspace import Workspace

    registers = any(PRODUCTS[one.product].registers for one in batch.lines)
    with Workspace.open(workspace, read_only=not registers) as ws:
        return run_batch(ws, folder, batch, progress)


def _lacking(workspace: Path, product: str, uids: Any, options: Any) -> Any:
    """What lacks of subjects and how their last papers stand, before anything is made for them."""
    from geohazard_desktop.publishing.issues.last_copies import copies_by_subject
    from geohazard_desktop.publishing.issues.standings import standings
    from geohazard_desktop.publishing.products import PRODUCTS
    from geohazard_desktop.publishing.report import PublishReport
    from geohazard_desktop.publishing.subject_parts import lacking_of
    from geohazard_desktop.workspace.workspace import Workspace

    with Workspace.open(workspace, read_only=True) as ws:
        states = {}
        if PRODUCTS[product].registers:
            found = standings(ws, product, uids=set(uids), options=options)
            states = {one.uid: str(one.state) for one in found if one.uid}
        chosen_copies = any(one.key == "copies" for one in PRODUCTS[product].options)
        copies = copies_by_subject(ws, product, uids) if chosen_copies else {}
        lacking = dict(lacking_of(ws, PRODUCTS[product], set(uids)))
        return PublishReport(lacking=lacking, states=states, copies=copies)
