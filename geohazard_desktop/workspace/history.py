"""The history as a list of steps, newest first: read a page at a time, sifted by layer, feature, person or words.

Steps come from two sources: rows of `change` (this program), and runs of journal entries that no change covers (other
programs). A journal of hundreds of thousands of steps is never read whole: pages are asked for by number, so that no
statement stays open between two pages and keeps others from writing.
"""

import heapq
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.common.texts import _

OTHER_PROGRAM = "其他程序"
ONE_STEP_S = 15.0  # rows that another program wrote with smaller pauses read as one step
_PAGE = 300
_COUNTED = 2000  # entries of a step up to which its features are counted one by one
_COLUMNS = "change_id, first_entry, last_entry, actor, made_at, words, kind, undoes"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step as people read it. `change_id` is None for what another program wrote. `made_at` is local time.

    It covers the journal's entries `first_entry` to `last_entry`. `features` is their number where a step has more than
    2000 entries, and `layers` is empty there.
    """

    change_id: int | None
    made_at: datetime
    actor: str
    words: str
    kind: str
    features: int
    layers: tuple[str, ...]
    first_entry: int = 0
    last_entry: int = 0
    undoes: int | None = None

    @property
    def key(self) -> tuple[int, int | None]:
        return self.last_entry, self.change_id


@dataclass(frozen=True, slots=True)
class StepFilter:
    """Which steps are wanted; empty parts ask for nothing. `uid` goes with `layer`: the steps of one feature."""

    text: str = ""
    actor: str = ""
    layer: str = ""
    uid: str = ""


Mark = tuple[int, str] | None
_Row = tuple[int, int, int, str, str, str, str, int | None]
_Foreign = tuple[int, str, str, str, str, float]


class History:
    """Reads the steps of one workspace through one connection. `title_of` names a layer to people."""

    def __init__(self, sql: sqlite3.Connection, title_of: Callable[[str], str]) -> None:
        self._sql = sql
        self._title_of = title_of
        self._holes: list[tuple[int, int]] = []  # between two changes, oldest first
        self._mark: Mark = None
        self._covered = (0, 0)  # last change looked at for holes, and its last entry

    def steps(self, wanted: StepFilter | None = None) -> Iterator[HistoryEntry]:
        """The steps that `wanted` asks for, newest first. Steps that are added later are not seen: ask anew."""
        wanted = wanted or StepFilter()
        entries = self._entries_of(wanted.layer, wanted.uid) if wanted.layer else None
        own = self._changes(wanted) if entries is None else self._changes_of(entries, wanted)
        sources = [own] if wanted.actor != _(OTHER_PROGRAM) else []
        if wanted.actor in ("", _(OTHER_PROGRAM)):
            sources.append(self._foreign(entries, wanted))
        yield from heapq.merge(*sources, key=lambda one: (-one.last_entry, one.change_id is None))

    def actors(self) -> list[str]:
        """Everybody who made a step, in the order of their names."""
        found = [row[0] for row in self._sql.execute("SELECT DISTINCT actor FROM change ORDER BY actor")]
        return [*found, *([_(OTHER_PROGRAM)] if self._gaps() else [])]

    def layers(self) -> list[str]:
        """Layers of which the history knows something."""
        return [row[0] for row in self._sql.execute("SELECT DISTINCT layer FROM journal")]

    def step_at(self, entry: int) -> HistoryEntry | None:
        """The step that an entry of the journal belongs to."""
        row = self._change_at(entry)
        if row is not None and row[1] <= entry <= row[2]:
            return self._entry(row)
        for first, last in self._gaps():
            if first <= entry <= last:
                runs = self._runs(first, last, StepFilter())
                return next((one for one in runs if one.first_entry <= entry <= one.last_entry), None)
        return None

    # -- steps of this program -------------------------------------------------------------------------------------

    def _changes(self, wanted: StepFilter) -> Iterator[HistoryEntry]:
        """By page: the whole table is seldom wanted."""
        conditions, values = ["change_id < ?"], []
        if wanted.actor:
            conditions.append("actor = ?")
            values.append(wanted.actor)
        if wanted.text:
            conditions.append("words LIKE ? ESCAPE '\\'")
            values.append(like(wanted.text))
        query = f"SELECT {_COLUMNS} FROM change WHERE {' AND '.join(conditions)} ORDER BY change_id DESC LIMIT {_PAGE}"
        before = 1 << 62
        while rows := self._sql.execute(query, (before, *values)).fetchall():
            for row in rows:
                yield self._entry(row)
            before = rows[-1][0]

    def _changes_of(self, entries: NDArray[np.int64], wanted: StepFilter) -> Iterator[HistoryEntry]:
        """The changes that cover any of `entries` (ascending)."""
        place = len(entries) - 1
        while place >= 0:
            row = self._change_at(int(entries[place]))
            if row is None:
                return
            if row[2] < entries[place]:  # it stands in a hole; what lies below may be covered
                place = int(np.searchsorted(entries, row[2], side="right")) - 1
                continue
            if (not wanted.actor or row[3] == wanted.actor) and wanted.text.lower() in row[5].lower():
                yield self._entry(row)
            place = int(np.searchsorted(entries, row[1])) - 1

    def _change_at(self, entry: int) -> _Row | None:
        """The last change that begins at or before an entry. Changes and entries grow together, so it is halved for."""
        low, high = 0, self._newest_change()
        query = f"SELECT {_COLUMNS} FROM change WHERE change_id <= ? ORDER BY change_id DESC LIMIT 1"
        found: _Row | None = None
        while low < high:
            middle = (low + high + 1) // 2
            row = self._sql.execute(query, (middle,)).fetchone()
            if row is not None and row[0] > low and row[1] <= entry:
                found, low = row, middle
            elif row is None or row[0] <= low:
                # Nothing between: numbers that a refused step left unused.
                low = middle
            else:
                high = row[0] - 1
        return found

    def _newest_change(self) -> int:
        return int(self._sql.execute("SELECT coalesce(max(change_id), 0) FROM change").fetchone()[0])

    def _entry(self, row: _Row) -> HistoryEntry:
        change_id, first, last, actor, made_at, words, kind, undoes = row
        count, names = last - first + 1, ()
        if 0 < count <= _COUNTED:
            layers = self._sql.execute(
                "SELECT layer, count(DISTINCT uid) FROM journal WHERE entry BETWEEN ? AND ? GROUP BY layer",
                (first, last),
            ).fetchall()
            count, names = sum(number for _layer, number in layers), tuple(layer for layer, _number in layers)
        return HistoryEntry(
            change_id, local_time(made_at), actor, words, kind, max(0, count), names, first, last, undoes
        )

    # -- steps of other programs -----------------------------------------------------------------------------------

    def _foreign(self, entries: NDArray[np.int64] | None, wanted: StepFilter) -> Iterator[HistoryEntry]:
        for first, last in self._gaps():
            if entries is not None and np.searchsorted(entries, first) == np.searchsorted(entries, last, "right"):
                continue
            for one in self._runs(first, last, wanted):
                if wanted.text.lower() in one.words.lower():
                    yield one

    def _gaps(self) -> list[tuple[int, int]]:
        """Ranges of entries that no change covers, newest first. What was found before is kept: both tables only
        grow."""
        if not still_has(self._sql, self._mark):
            self._holes, self._covered = [], (0, 0)
        self._mark = newest_mark(self._sql)
        if self._covered == (0, 0):
            self._cover_at_once()
        seen, upper = self._covered
        for change_id, first, last in self._sql.execute(
            "SELECT change_id, first_entry, last_entry FROM (SELECT change_id, first_entry, last_entry, "
            "lag(last_entry, 1, ?) OVER (ORDER BY change_id) AS before FROM change WHERE change_id > ?) "
            "WHERE first_entry > before + 1 OR change_id = (SELECT max(change_id) FROM change)",
            (upper, seen),
        ).fetchall():
            before = self._sql.execute(
                "SELECT last_entry FROM change WHERE change_id < ? ORDER BY change_id DESC LIMIT 1", (change_id,)
            ).fetchone()
            end = before[0] if before else 0
            if first > end + 1:
                self._holes.append((end + 1, first - 1))
            self._covered = (change_id, last)
        newest = int(self._sql.execute("SELECT coalesce(max(entry), 0) FROM journal").fetchone()[0])
        uncovered = [(self._covered[1] + 1, newest)] if newest > self._covered[1] else []
        return [*uncovered, *reversed(self._holes)]

    def _cover_at_once(self) -> None:
        """Where no other program ever wrote, the changes' entries add up to the last one: no need to look between."""
        newest, last, count = self._sql.execute(
            "SELECT max(change_id), max(last_entry), sum(last_entry - first_entry + 1) FROM change"
        ).fetchone()
        if newest is not None and count == last:
            self._covered = (newest, last)

    def _runs(self, first: int, last: int, wanted: StepFilter) -> list[HistoryEntry]:
        """Steps inside one hole, newest first."""
        condition = " AND layer = ?" if wanted.layer else ""
        condition += " AND uid = ?" if wanted.uid else ""
        rows: list[_Foreign] = self._sql.execute(
            "SELECT entry, layer, operation, made_at, coalesce(uid, ''), 86400.0 * julianday(made_at) FROM journal "
            f"WHERE entry BETWEEN ? AND ?{condition} ORDER BY entry DESC",
            (first, last, *(one for one in (wanted.layer, wanted.uid) if one)),
        ).fetchall()
        runs: list[list[_Foreign]] = []
        for row in rows:
            if runs and runs[-1][-1][5] - row[5] < ONE_STEP_S:
                runs[-1].append(row)
            else:
                runs.append([row])
        return [self._foreign_entry(run) for run in runs]

    def _foreign_entry(self, run: Sequence[_Foreign]) -> HistoryEntry:
        verbs = {"I": _("新增"), "U": _("修改"), "D": _("删除")}
        counts: dict[tuple[str, str], set[str]] = {}
        for _entry, layer, operation, _made_at, uid, _seconds in run:
            counts.setdefault((operation, layer), set()).add(uid)
        words = "，".join(
            _("{verb}{title} {count} 个").format(verb=verbs[operation], title=self._title_of(layer), count=len(uids))
            for (operation, layer), uids in counts.items()
        )
        touched = {(row[1], row[4]) for row in run}
        return HistoryEntry(
            None,
            local_time(run[0][3]),
            _(OTHER_PROGRAM),
            words,
            "foreign",
            len(touched),
            tuple(dict.fromkeys(row[1] for row in run)),
            run[-1][0],
            run[0][0],
        )

    def _entries_of(self, layer: str, uid: str) -> NDArray[np.int64]:
        """A layer's or a feature's entries, ascending, from the index alone."""
        if uid:
            found = self._sql.execute("SELECT entry FROM journal WHERE layer = ? AND uid = ?", (layer, uid)).fetchall()
        else:
            query = "SELECT entry FROM journal INDEXED BY journal_by_feature WHERE layer = ?"
            found = self._sql.execute(query, (layer,)).fetchall()
        return np.sort(np.fromiter((row[0] for row in found), np.int64, len(found)))


def newest_mark(sql: sqlite3.Connection) -> Mark:
    """What tells the newest change from another one that has its number after a backup was put back."""
    found: Mark = sql.execute("SELECT change_id, made_at FROM change ORDER BY change_id DESC LIMIT 1").fetchone()
    return found


def still_has(sql: sqlite3.Connection, mark: Mark) -> bool:
    """Whether the journal has grown from where `mark` was taken; not so where a backup was put in its place."""
    query = "SELECT 1 FROM change WHERE change_id = ? AND made_at = ?"
    return mark is None or sql.execute(query, mark).fetchone() is not None


def like(text: str) -> str:
    """A pattern for LIKE … ESCAPE '\\' that finds `text` anywhere."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def local_time(stamp: str) -> datetime:
    """A journal stamp (UTC, ISO 8601 with Z) as this machine's local time."""
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone()
