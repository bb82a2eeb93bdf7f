"""What leaves is put in its place whole or not at all: one file, or several that belong together.

Several are written into a folder of their own on the same disk and moved when they are whole. What lay there before is
moved aside first and comes back where a move is refused: a file held open by another program, a folder that is locked.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.moving import move_over
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _

_OLD = "before"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file to write, which is put at `path` when the block ends and is gone where it fails. Raises ExportRefused for
    an OSError within; what lay there is then as it was."""
    draft = path.with_name(_draft_name(path.suffix))
    try:
        yield draft
        _flushed(draft)
        move_over(draft, path)
    except OSError as error:
        raise refusal(path.name, error) from error
    finally:
        with suppress(OSError):  # a folder that went away took the draft along
            draft.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """`whole_file` for what is in memory; a folder that is not there yet is made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(path.name, error) from error
    with whole_file(path) as draft:
        draft.write_bytes(content)


@contextmanager
def drafts(target: Path) -> Iterator[Path]:
    """A folder beside `target` to write into; it is gone afterwards. Raises ExportRefused where there can be none."""
    folder = target.parent / _draft_name()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
    except OSError as error:
        raise refusal(target.name, error) from error
    try:
        yield folder
    except OSError as error:
        raise refusal(target.name, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(folder: Path, names: Sequence[str], target: Path, gone: Sequence[str] = ()) -> list[Path]:
    """Move the files `names` of `folder` beside `target`; the last one is the last to appear. Files `gone` beside it
    would speak of what was there before, and go. Raises ExportRefused, and everything is as it was."""
    old = folder / _OLD
    aside: list[str] = []
    done: list[str] = []
    place = target.parent
    try:
        old.mkdir(exist_ok=True)
        for name in names:
            _flushed(folder / name)
        for name in (*names, *gone):
            if name not in aside and (place / name).exists():
                move_over(place / name, old / name)
                aside.append(name)
        for name in names:
            move_over(folder / name, place / name)
            done.append(name)
    except OSError as error:
        for moved in done:
            move_over(place / moved, folder / moved)
        for moved in aside:
            move_over(old / moved, place / moved)
        raise refusal(name, error) from error
    return [place / name for name in names]


def drop_drafts(target: Path, process: int) -> list[Path]:
    """Take away what the process of that number, which has ended, was writing beside the file `target`, or in the
    folder `target` and those two deep in it: one that is put down tidies nothing, and half a file must not stand beside
    the whole ones. Says what is gone."""
    gone = []
    folder, depths = (target, ("", "*/", "*/*/")) if target.is_dir() else (target.parent, ("",))
    for depth in depths:
        for draft in list(folder.glob(f"{depth}.{process}-*.part*")):
            with suppress(OSError):  # a stick that was pulled takes it along; nobody takes it for a finished file
                if draft.is_dir():
                    shutil.rmtree(draft)
                else:
                    draft.unlink()
                gone.append(draft)
    return gone


def _draft_name(suffix: str = "") -> str:
    """Hidden where names with a dot are, and it says whose it is."""
    return f".{os.getpid()}-{uuid4().hex[:12]}.part{suffix}"


def refusal(name: str, error: OSError) -> ExportRefused:
    return ExportRefused(
        _("没有写成 {name}：{reason}。").format(name=name, reason=reason_of(error)),
        _("原来的文件没有动。请关掉打开它的程序、腾出空间，或换一个文件夹再导出。"),
    )


def _flushed(path: Path) -> None:
    """On the disk, not in a cache: a stick may be pulled as soon as the window says done."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())
