"""What runs in the publishing process: a step of `publishing/`, its progress and result sent back through a pipe.

A process of its own, started by spawn as Windows does: the window never waits for Typst or the painter, stopping is
certain, and what the window has cached is not touched from another thread.
"""

import logging
import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_log = logging.getLogger("geohazard_desktop.publish")


def serve(pipe: Connection, ahead: bool) -> None:
    """Run the orders that come through the pipe until it is closed. `ahead`: import what they need before."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        if ahead:
            from geohazard_desktop.publishing import sheet_products, typesetting  # noqa: F401
        while True:
            what, workspace, out, options = pipe.recv()
            run(pipe, what, workspace, out, options)
    except (EOFError, OSError):
        _log.info("the window needs this process no longer")
    finally:
        pipe.close()


def run(pipe: Connection, what: str, workspace: str, out: str, options: dict[str, Any]) -> None:
    """Sends ("progress", done, total, words), then one of ("done", files, notes, problems, pages, maps),
    ("refused", code, sentence, remedy), ("broken", words)."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from geohazard_desktop.common.errors import GeohazardError

    try:
        report = _publish(pipe, what, Path(workspace), Path(out), options)
        files = [str(one) for one in report.files]
        pipe.send(("done", files, report.notes, report.problems, report.pages, report.maps))
    except GeohazardError as error:
        pipe.send(("refused", error.code, error.sentence, error.remedy))
    except Exception as error:  # noqa: BLE001 - the window tells it; the traceback goes with it to the log
        import traceback

        pipe.send(("broken", f"{type(error).__name__}: {error}\n{traceback.format_exc()}"))


def _publish(pipe: Connection, what: str, workspace: Path, out: Path, options: dict[str, Any]) -> Any:
    from geohazard_desktop.publishing.products import PRODUCTS
    from geohazard_desktop.workspace.workspace import Workspace

    def progress(done: int, total: int, words: str = "") -> None:
        pipe.send(("progress", done, total, str(words)))

    product = PRODUCTS[what]
    words = dict(options)
    uids = words.pop("uids", None)
    with Workspace.open(workspace, read_only=not product.registers) as ws:
        return product.publish(ws, out, words, uids=uids, progress=progress)
