"""A whole run of the checks in a process of its own, for workspaces so large that a thread would stop the window.

Some of the geometry library's calls keep Python's lock for seconds on 100 000 areas. The process is started by spawn,
reads the file by itself, and is ended when the run is stopped.
"""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.common.errors import GeohazardError

if TYPE_CHECKING:
    from geohazard_desktop.analysis.shares import Share
    from geohazard_desktop.checks.finding import Finding

MANY = 20_000  # features of a workspace from which on the run goes apart
_TURN_S = 0.1

Progress = Callable[[int, int, str], object]
Result = tuple["list[Finding]", "list[Share]"]


def look_at_all(path: Path, progress: Progress) -> Result:
    """Every finding, and the susceptibility shares; `progress` may raise to stop."""
    from geohazard_desktop.analysis.shares import susceptibility_shares
    from geohazard_desktop.checks.run import check
    from geohazard_desktop.workspace.workspace import Workspace

    with Workspace.open(path, read_only=True) as ws:
        return check(ws, progress=progress), list(susceptibility_shares(ws))


def look_at_all_apart(path: Path, progress: Progress) -> Result:
    """The same from another process. Call it in a thread; raises what the run raised, or what `progress` raises."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, str(path)), daemon=True)
    process.start()
    theirs.close()
    told: tuple[int, int, str] = (0, 0, "")
    try:
        while True:
            if not ours.poll(_TURN_S):
                progress(*told)  # it may be stopped in the middle of a rule
                continue
            kind, content = ours.recv()
            if kind == "progress":
                told = content
            elif kind == "done":
                return content  # type: ignore[no-any-return]
            elif kind == "refused":
                code, sentence, remedy = content
                error = GeohazardError(sentence, remedy)
                error.code = code  # type: ignore[misc]
                raise error
            else:
                raise RuntimeError(content)
    except EOFError as error:
        raise RuntimeError(f"the checks' process ended with {process.exitcode}") from error
    finally:
        process.terminate()
        process.join()
        ours.close()


def _serve(pipe: Connection, path: str) -> None:
    """Sends ("progress", (done, total, words)), then one of ("done", result), ("refused", …), ("broken", words)."""
    try:
        pipe.send(("done", look_at_all(Path(path), lambda *told: pipe.send(("progress", told)))))
    except GeohazardError as error:
        pipe.send(("refused", (error.code, error.sentence, error.remedy)))
    except Exception:  # noqa: BLE001 - the window tells it; the traceback goes with it to the log
        import traceback

        pipe.send(("broken", traceback.format_exc()))
