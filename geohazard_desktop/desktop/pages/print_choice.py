"""What 打印 offers: the page in sight, what a hand chose among the finished, what the last run made, all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geohazard_desktop.common.texts import _

_NAMED = 3  # files whose names are told; of more there is a number


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """Some PDFs, in the order in which they are printed. `key` is "shown", "chosen", "run" or "all". `left_out` is a
    sentence about files that belong to it and can't be printed here ("": none)."""

    key: str
    words: str
    paths: tuple[Path, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class PrintOffer:
    """`choices` that differ; number `first` of them is meant when nobody says otherwise."""

    choices: tuple[PrintChoice, ...]
    first: int = 0


def print_offer(
    *, shown: Path | None, chosen: Sequence[Path], run: Sequence[Path], again: bool, made: Sequence[Path]
) -> PrintOffer:
    """`shown`: the file in sight; `chosen`: those that a hand marked in the list; `run`: what the last run made, as one
    walks with it, `again`: it was to make anew what had changed; `made`: all since opening.

    A run is meant by itself only where it was for printing again and the page in sight is one of it.
    """
    marked = chosen if len(chosen) > 1 else ()
    words = {
        "shown": lambda _count: _("正在看的这一个文件"),
        "chosen": lambda count: _("选中的 {count} 个文件").format(count=count),
        "run": lambda count: (
            _("只印刚重出的 {count} 个文件").format(count=count)
            if again
            else _("只印刚出的 {count} 个文件").format(count=count)
        ),
        "all": lambda count: _("已经出的全部 {count} 个文件").format(count=count),
    }
    found: list[PrintChoice] = []
    wanted = "chosen" if marked else "run" if again and run and shown in (None, *run) else "shown"
    first = 0
    rows = (("shown", () if shown is None else (shown,)), ("chosen", marked), ("run", run), ("all", made))
    for key, files in rows:
        paths = tuple(one for one in files if _printable(one))
        # The very same files twice would be a question about nothing; what is meant by itself keeps its own words.
        same = next((number for number, one in enumerate(found) if set(one.paths) == set(paths)), None)
        if not paths or (same is not None and key != wanted):
            continue
        choice = PrintChoice(key, words[key](len(paths)), paths, _left_out(files))
        if same is None:
            found.append(choice)
        else:
            found[same] = choice
        if key == wanted:
            first = len(found) - 1 if same is None else same
    return PrintOffer(tuple(found), first)


def _printable(path: Path) -> bool:
    return path.suffix.lower() == ".pdf" and path.is_file()


def _left_out(paths: Sequence[Path]) -> str:
    """Which of these files are not among those that can be printed, and why."""
    others = [one for one in paths if one.suffix.lower() != ".pdf"]
    gone = [one for one in paths if one.suffix.lower() == ".pdf" and not one.is_file()]
    told = []
    if gone:
        told.append(_("{files}已经不在文件夹里，印不了，要印请再出一次。").format(files=_called(gone)))
    if others:
        told.append(_("{files}不是 PDF，不在这里打印，请用原来的程序打开。").format(files=_called(others)))
    return "".join(told)


def _called(paths: Sequence[Path]) -> str:
    names = "、".join(one.name for one in paths[:_NAMED])
    if len(paths) <= _NAMED:
        return _("{names} ").format(names=names)
    return _("{names} 等 {count} 个文件").format(names=names, count=len(paths))
