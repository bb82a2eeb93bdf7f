"""Names and texts in the little room that a DBF gives: 10 bytes for a column's name, 254 for a text."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

NAME_BYTES = 10
COMPANION = "_列名对照.csv"  # beside a Shapefile: its short column names and the whole ones
FULL_TEXTS = "_全文.csv"  # beside a Shapefile: texts that it holds the beginning of
_NEEDLESS = re.compile(r"[（）()\[\]、，,/\s]+")


def short_names(names: Sequence[str], codec: str) -> list[str]:
    """Each of `names` in at most 10 bytes of `codec`, each once: brackets go first, then the end; a number tells apart
    what would be the same."""
    found: list[str] = []
    for name in names:
        whole = name if len(name.encode(codec)) <= NAME_BYTES else _NEEDLESS.sub("", name)
        short = _cut(whole, codec, NAME_BYTES)
        number = 2
        while short in found:
            tail = f"_{number}"
            short = _cut(whole, codec, NAME_BYTES - len(tail)) + tail
            number += 1
        found.append(short)
    return found


def shortened(text: str | None, codec: str, most: int) -> tuple[bytes | None, bool]:
    """`text` in at most `most` bytes, never ending within a character; and whether that is all of it."""
    if text is None:
        return None, True
    encoded = text.encode(codec, "replace")
    if len(encoded) <= most:
        return encoded, True
    return _cut(text, codec, most).encode(codec, "replace"), False


def whole_names(shapefile: Path) -> dict[str, str]:
    """What stands beside a Shapefile that this program wrote: short column name -> whole one. Empty without it."""
    path = shapefile.with_name(f"{shapefile.stem}{COMPANION}")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return {row[0]: row[1] for row in list(csv.reader(stream))[1:] if len(row) > 1 and row[0] and row[1]}
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}  # nobody's business: the columns are matched by what they are called


def _cut(text: str, codec: str, most: int) -> str:
    size = 0
    for at, letter in enumerate(text):
        size += len(letter.encode(codec, "replace"))
        if size > most:
            return text[:at]
    return text
