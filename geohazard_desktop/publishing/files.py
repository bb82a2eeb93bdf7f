"""Names of the files that leave the office: every system takes them, and they sort."""

from collections.abc import Sequence
from pathlib import Path

from geohazard_desktop.common.texts import _

_FORBIDDEN = set('\\/:*?"<>|') | {chr(code) for code in range(32)}
# Names of devices, whatever the ending (Windows: "Naming Files, Paths, and Namespaces").
_RESERVED = {
    *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"),
    *(f"{name}{digit}" for name in ("COM", "LPT") for digit in "0123456789¹²³"),
}
LONGEST_NAME = 80
_MOST_BYTES = 220  # Linux takes 255 of UTF-8 a name; an ending and a number come after


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


def free_path(path: Path) -> Path:
    """`path`, or where a file lies there already the next of its kind: 意见图_2.pdf."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}_{number}")
    return found


def part_words(numbers: Sequence[str]) -> str:
    """For the name of a file that holds some of many: the number of the one, or the first and how many."""
    if len(numbers) < 2:
        return "".join(numbers)
    return _("{first}等{count}份").format(first=numbers[0], count=len(numbers))


def path_beside(path: Path, content: bytes) -> Path:
    """Where a file of some of many goes: `path`, unless another content lies there, which may not be on paper yet."""
    try:
        same = not path.exists() or path.read_bytes() == content
    except OSError:  # what can't be read is not to be lost either
        same = False
    return path if same else free_path(path)


def beside_words(asked: Path, path: Path) -> list[str]:
    """A sentence where `path_beside` left a file as it was."""
    if asked == path:
        return []
    words = _("原来的 {name} 没有覆盖，里面的可能还没有打印；这次的存成 {new}。")
    return [words.format(name=asked.name, new=path.name)]


def _safe(part: str) -> str:
    shown = ("＿" if sign in _FORBIDDEN else sign for sign in part.strip())
    # What prints nothing (direction marks, joiners) would make two files look the same, or read backwards.
    return "".join(one for one in shown if one.isprintable() or one == "\u3000")
