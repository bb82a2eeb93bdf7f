"""The order of a register's rows: ranks of a column as an office list stands, kept for as long as the file is the same.

Values are ranked once a column, not compared once a pair; 100 000 numbers for people take 0.15 s.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Value
from geohazard_desktop.workspace.rows import RowIds

_DIGITS = re.compile(r"\d+")
# Words with one number at their end, below a thousand thousand millions: its first digit of twelve is then a 0.
_NUMBERED = re.compile(r"^([^\d\n]*)([0-9]{1,11})$", re.MULTILINE)
_MOST_KEPT = 8  # columns

Ranks = NDArray[np.float64]


class KeptRanks:
    """Ranks of columns that were asked for before. A file that was written to since is ranked anew; what a register of
    100 000 rows is sorted by back and forth is ranked once."""

    def __init__(self) -> None:
        self._mark: tuple[object, ...] = ()
        self._kept: dict[str, tuple[RowIds, Ranks]] = {}

    def of(
        self, sql: sqlite3.Connection, path: Path, layer: str, field: str, ids: RowIds, rank: Callable[[], Ranks]
    ) -> Ranks:
        """The ranks of `ids`; `rank` is called where none are kept."""
        mark = (layer, *_mark(sql, path))
        if mark != self._mark:
            self._mark, self._kept = mark, {}
        kept = self._kept.get(field)
        if kept is None or not np.array_equal(kept[0], ids):
            if len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            kept = self._kept[field] = (ids, rank())
        return kept[1]


def _mark(sql: sqlite3.Connection, path: Path) -> tuple[object, ...]:
    """Tells the file of now from that of any other time: SQLite counts its transactions in its head, and a file whose
    journal is kept beside it (WAL) in the journal of ours."""
    with path.open("rb") as file:
        counter = file.read(28)[24:]
    return str(path), counter, sql.execute("SELECT max(entry) FROM journal").fetchone()[0]


def ranks_of(field: FieldDefinition, values: Sequence[Value], words: Mapping[str, str] | None) -> Ranks:
    """Rising; inf for empty cells. `words` are what references are called."""
    unlike = {value for value in values if value is not None and value != ""}
    ordered: Iterable[Value]
    if field.values and field.type == "text":
        # 小型 comes before 大型: the definition lists its values in their order.
        listed = {value: place for place, value in enumerate(field.values)}
        ordered = sorted(unlike, key=lambda one: (listed.get(str(one), len(listed)), collation(str(one))))
    elif words is not None:
        ordered = sorted(unlike, key=lambda one: collation(words.get(str(one), str(one))))
    elif (numbered := _numbered(unlike)) is not None:
        ordered = numbered
    else:
        ordered = sorted(unlike, key=_plain_key)
    place_of: dict[Value, float] = {value: float(place) for place, value in enumerate(ordered)}
    place_of[None] = place_of[""] = np.inf
    return np.fromiter(map(place_of.__getitem__, values), np.float64, len(values))


def falling(ranks: Ranks) -> Ranks:
    """The same downwards; empty cells stay last."""
    return np.where(np.isinf(ranks), ranks, -ranks)


def _numbered(values: Iterable[Value]) -> list[Value] | None:
    """Words with one number at their end (WD-W-0008, 图斑甲12), in the order of `collation`, all at once; None where
    one is something else."""
    texts = [one for one in values if isinstance(one, str)]
    joined = "\n".join(texts)
    found = _NUMBERED.findall(joined) if texts else []
    if len(found) != len(texts) or joined.count("\n") != len(texts) - 1 or len(texts) != len(set(values)):
        return None
    heads = {head for head, _number in found}
    place = {head: at for at, head in enumerate(sorted(heads, key=lambda one: collation(one) + b"0"))}
    first = np.fromiter((place[head] for head, _number in found), np.int64, len(found))
    second = np.fromiter((int(number) for _head, number in found), np.int64, len(found))
    return [texts[at] for at in np.lexsort((second, first)).tolist()]


def _plain_key(value: Value) -> tuple[int, float, bytes]:
    # Values of one field have one type; a foreign program's exception still has an order, among texts.
    if isinstance(value, str):
        return 1, 0.0, collation(value)
    return 0, float(value or 0), b""


def collation(text: str) -> bytes:
    """A key by which texts stand as in an office list: numbers inside by their value (沟2 before 沟10), Chinese by
    pinyin as GB 2312 orders its 3755 common characters, rarer ones behind them by stroke."""
    padded = _DIGITS.sub(lambda found: found.group().zfill(12), text) if not text.isalpha() else text
    return padded.casefold().encode("gb18030", "replace")
