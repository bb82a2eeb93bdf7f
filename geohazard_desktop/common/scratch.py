"""A folder for what this process needs for moments, below the system's temporary folder; gone when the process ends.

A process that is put down (a print that is stopped, a crash, a machine that is switched off) cannot tidy up, and what
it leaves may be people's data or an unpacked archive of gigabytes. So each folder holds a file that its process keeps
locked for as long as it lives: a folder whose lock anybody can have belongs to nobody, and `sweep` takes it away.
"""

import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from multiprocessing.util import Finalize
from pathlib import Path

_log = logging.getLogger("geohazard_desktop.scratch")
_PREFIX, _LOCK = "geohazard_desktop-run-", ".geohazard_desktop-alive"
_UNLOCKED = "geohazard_desktop-unlocked-"  # what `sweep` leaves alone: nothing says whether its process lives
_ATTEMPTS = 5
_guard = threading.Lock()
_own: "_Held | None" = None


def scratch() -> Path:
    """This process's folder, made when it is first asked for. What Python's `tempfile` makes from then on lies in it
    too: openpyxl writes each sheet of a workbook to such a file. Raises OSError where there is no room."""
    global _own
    with _guard:
        if _own is None or _own.pid != os.getpid() or not _own.folder.is_dir():
            where = _outside()
            _own = _held_anew(where)
            tempfile.tempdir = str(_own.folder)
            # After the processes that this one started have ended: what they left goes with it.
            Finalize(None, _finish, args=(_own, where), exitpriority=-1)
        return _own.folder


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A fresh folder, gone with the block."""
    folder = Path(tempfile.mkdtemp(dir=scratch()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(where: Path | None = None) -> list[Path]:
    """Take away what ended processes of this user left in `where` (default: the temporary folder); says which. What
    can't be taken away, since something still has it open, is left for the next time."""
    gone = []
    for folder in sorted((where or _outside()).glob(f"{_PREFIX}*")):
        held = _held(folder) if _ours(folder) else None
        if held is not None:
            _remove(held)
            if not folder.exists():
                gone.append(folder)
    return gone


def sweep_beside() -> None:
    """`sweep`, with nobody waiting for it: there may be gigabytes to take away."""

    def work() -> None:
        gone = sweep()
        if gone:
            _log.info("took away what %d ended processes had left", len(gone))

    threading.Thread(target=work, name="sweep", daemon=True).start()


class _Held:
    """A folder and the lock on it, which ends with the process at the latest; None where none can be had."""

    def __init__(self, folder: Path, lock: int | None) -> None:
        self.folder, self.lock, self.pid = folder, lock, os.getpid()


def _outside() -> Path:
    """The system's temporary folder, whatever `tempfile` was told here."""
    if _own is not None and tempfile.tempdir == str(_own.folder):
        return _own.folder.parent
    return Path(tempfile.gettempdir())


def _held_anew(where: Path) -> _Held:
    for _attempt in range(_ATTEMPTS):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=where))
        held = _held(folder, make=True)
        if held is not None:
            return held  # else another process took it for a left one before it was locked
        with suppress(OSError):  # whoever took it takes it away
            (folder / _LOCK).unlink(missing_ok=True)
            folder.rmdir()
    # A temporary folder on a disk that knows no locks: better one that nobody sweeps than none at all.
    return _Held(Path(tempfile.mkdtemp(prefix=_UNLOCKED, dir=where)), None)


def _held(folder: Path, *, make: bool = False) -> _Held | None:
    """The folder, locked; None where a living process has it, or where it is not one of these."""
    path = folder / _LOCK
    try:
        lock = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), 0o600)
    except OSError:
        return None
    try:
        _lock(lock)
        if not os.path.samestat(os.fstat(lock), path.stat()):
            raise FileNotFoundError(path)
    except OSError:
        os.close(lock)
        return None
    return _Held(folder, lock)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _ours(folder: Path) -> bool:
        return folder.is_dir() and not folder.is_symlink()  # the temporary folder is each user's own

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _ours(folder: Path) -> bool:
        return folder.is_dir() and not folder.is_symlink() and folder.lstat().st_uid == os.getuid()


def _remove(held: _Held) -> None:
    """The folder with its lock last, so that a removal cut short is taken up by the next sweep."""
    with suppress(OSError):  # gone already, or on Windows still open in a program: for the next sweep
        for one in held.folder.iterdir():
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            elif one.name != _LOCK:
                one.unlink(missing_ok=True)
    with suppress(OSError):  # Windows removes no file that is open, and no folder that is not empty
        if held.lock is not None:
            os.close(held.lock)
        if {one.name for one in held.folder.iterdir()} <= {_LOCK}:
            (held.folder / _LOCK).unlink(missing_ok=True)
            held.folder.rmdir()


def _finish(held: _Held, where: Path) -> None:
    if held.pid != os.getpid():
        return  # a forked process: the folder is its parent's
    _remove(held)
    if parent_process() is None:
        sweep(where)
