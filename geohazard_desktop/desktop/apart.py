"""Work on the workspace's file in a process of its own: what keeps Python's lock for long must not stop the window.

The process is started by spawn, opens the file read-only by itself, and is ended when the work is stopped.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.without_window import paint_without_window

_TURN_S = 0.1
Progress = Callable[[int, int, str], object]


def run_apart(work: str, path: Path, *arguments: Any, progress: Progress, gently: bool = False) -> Any:
    """What `work` ("module:function") gives, called with the workspace, `arguments` and `progress`, which may raise to
    stop. Call it in a thread. `gently`: for what nobody waits for, it gives way to whatever else wants the processor.
    Raises what the work raised of this program's errors; RuntimeError for any other."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, str(path), arguments, gently), daemon=True)
    process.start()
    theirs.close()
    told: tuple[int, int, str] = (0, 0, "")
    try:
        while True:
            if not ours.poll(_TURN_S):
                progress(*told)  # it may be stopped at any moment
                continue
            kind, content = ours.recv()
            if kind == "progress":
                told = content
                progress(*told)
            elif kind == "done":
                return content
            elif kind == "refused":
                code, sentence, remedy = content
                refused = GeohazardError(sentence, remedy)
                refused.code = code  # type: ignore[misc]
                raise refused
            else:
                raise RuntimeError(content)
    except EOFError as error:
        raise RuntimeError(f"the process for {work} ended with {process.exitcode}") from error
    finally:
        process.terminate()
        process.join()
        ours.close()


def _serve(pipe: Connection, work: str, path: str, arguments: tuple[Any, ...], gently: bool) -> None:
    """Sends ("progress", (done, total, words)), then one of ("done", result), ("refused", …), ("broken", words)."""
    paint_without_window()
    if gently:
        _give_way()
    from geohazard_desktop.workspace.workspace import Workspace

    module, _colon, name = work.partition(":")
    try:
        with Workspace.open(Path(path), read_only=True) as ws:
            found = getattr(import_module(module), name)(
                ws, *arguments, progress=lambda *told: pipe.send(("progress", told))
            )
        pipe.send(("done", found))
    except GeohazardError as error:
        pipe.send(("refused", (error.code, error.sentence, error.remedy)))
    except Exception:  # noqa: BLE001 - the window tells it; the traceback goes with it to the log
        import traceback

        pipe.send(("broken", traceback.format_exc()))


def _give_way() -> None:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = ctypes.c_void_p  # a handle is wider than ctypes takes it for
        kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), 0x4000)  # BELOW_NORMAL_PRIORITY_CLASS
    else:
        os.nice(5)
