"""Writing what leaves the office: whole or not at all, and a sentence when the place refuses."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.moving import move_over
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _

_FORBIDDEN = set('\\/:*?"<>|') | {chr(code) for code in range(32)}
# Names of devices, whatever the ending (Windows: "Naming Files, Paths, and Namespaces").
_RESERVED = {
    *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"),
    *(f"{name}{digit}" for name in ("COM", "LPT") for digit in "0123456789¹²³"),
}
LONGEST_NAME = 80
_MOST_BYTES = 220  # Linux takes 255 of UTF-8 a name; an ending and a number come after


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place and move there: no half file on a full disk. Raises ExportRefused with the reason."""
    unfinished = path.with_name(f".{uuid4().hex[:12]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        move_over(unfinished, path)
    except OSError as error:
        with suppress(OSError):  # where not even the folder exists there is nothing to take away
            unfinished.unlink(missing_ok=True)
        raise ExportRefused(
            _("{name} 写不了（{reason}）。").format(name=path.name, reason=reason_of(error)),
            _("请关掉正打开它的程序，或换一个有空间、可以写的文件夹。"),
        ) from error


def file_name(*parts: str) -> str:
    """A file or folder name, without an ending, that every system takes: parts joined by "_", forbidden signs replaced,
    what prints nothing left out. Too long, the longest part is cut: the others say what for and of which size."""
    safe = [one for one in map(_safe, parts) if one]
    while len(name := "_".join(safe)) > LONGEST_NAME or len(name.encode()) > _MOST_BYTES:
        longest = max(range(len(safe)), key=lambda at: len(safe[at].encode()))
        safe[longest] = safe[longest][:-1]
    name = name.strip(" .") or "未命名"
    # Windows takes NUL.5.pdf for the device as well.
    return f"_{name}" if name.split(".")[0].rstrip().upper() in _RESERVED else name


def _safe(part: str) -> str:
    shown = ("＿" if sign in _FORBIDDEN else sign for sign in part.strip())
    # What prints nothing (direction marks, joiners) would make two files look the same, or read backwards.
    return "".join(one for one in shown if one.isprintable() or one == "\u3000")
