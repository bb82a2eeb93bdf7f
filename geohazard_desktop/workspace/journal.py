"""Reading the journal: history in words, what others wrote, and what an undo has to restore.

An entry holds the image before it. The image after an entry is the next entry's before-image of the same feature, or
the row itself where none follows: that is why before-images suffice, and why an import doesn't double the file.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Delta, Feature
from geohazard_desktop.workspace.rows import LayerRows

UNDOABLE = ("edit", "undo", "redo")
OTHER_PROGRAM = "其他程序"
ONE_STEP_S = 15.0  # rows that another program wrote with smaller pauses read as one step


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step as people read it. `change_id` is None for what another program wrote. `made_at` is local time."""

    change_id: int | None
    made_at: datetime
    actor: str
    words: str
    kind: str
    features: int
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A row of `change`."""

    change_id: int
    first_entry: int
    last_entry: int
    actor: str
    words: str
    kind: str
    undoes: int | None


RowsOf = Callable[[str], LayerRows | None]


class Journal:
    """The append-only record of one workspace, seen through one connection."""

    def __init__(self, sql: sqlite3.Connection, rows_of: RowsOf) -> None:
        self._sql = sql
        self._rows_of = rows_of

    def last_entry(self) -> int:
        found = self._sql.execute("SELECT max(entry) FROM journal").fetchone()[0]
        return int(found or 0)

    def record(
        self, *, first_entry: int, actor: str, origin: str, words: str, kind: str, undoes: int | None = None
    ) -> int:
        """Add the change row that covers every entry from `first_entry` on; returns its id."""
        number = self._sql.execute(
            "SELECT coalesce(max(origin_number), 0) + 1 FROM change WHERE origin = ?", (origin,)
        ).fetchone()[0]
        cursor = self._sql.execute(
            "INSERT INTO change (first_entry, last_entry, actor, words, origin, origin_number, kind, undoes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (first_entry, self.last_entry(), actor, words, origin, number, kind, undoes),
        )
        return int(cursor.lastrowid or 0)

    def change(self, change_id: int) -> Change:
        row = self._sql.execute(
            "SELECT change_id, first_entry, last_entry, actor, words, kind, undoes FROM change WHERE change_id = ?",
            (change_id,),
        ).fetchone()
        return Change(*row)

    def stacks(self, origin: str) -> tuple[list[int], list[int]]:
        """Ids of what `origin` can undo and redo, the next one last. Holds across restarts: it is read, not kept.

        The redo stack holds the ids of the undo changes to be reversed.
        """
        undo: list[int] = []
        redo: list[int] = []
        rows = self._sql.execute(
            "SELECT change_id, kind FROM change WHERE origin = ? AND kind IN ('edit', 'undo', 'redo') "
            "ORDER BY change_id",
            (origin,),
        )
        for change_id, kind in rows:
            if kind == "undo":
                undo.pop()
                redo.append(change_id)
            elif kind == "redo":
                redo.pop()
                undo.append(change_id)
            else:
                undo.append(change_id)
                redo.clear()
        return undo, redo

    def net_deltas(self, first_entry: int, last_entry: int) -> list[Delta]:
        """What the entries did together, a delta a feature; steps that cancel out are left out."""
        touched = self._sql.execute(
            "SELECT layer, uid, min(entry) FROM journal WHERE entry BETWEEN ? AND ? GROUP BY layer, uid ORDER BY 3",
            (first_entry, last_entry),
        ).fetchall()
        deltas = []
        for layer, uid, entry in touched:
            rows = self._rows_of(layer)
            if rows is None or uid is None:
                continue
            before = self._before(rows, entry)
            after = self._state_after(rows, uid, last_entry)
            if before is None and after is None:
                continue
            if before is not None and before.same_as(after):
                continue
            deltas.append(Delta(layer, uid, before, after))
        return deltas

    def _before(self, rows: LayerRows, entry: int) -> Feature | None:
        operation, uid, geometry, values = self._sql.execute(
            "SELECT operation, uid, before_geom, before_values FROM journal WHERE entry = ?", (entry,)
        ).fetchone()
        if operation == "I":
            return None
        return rows.image(geometry, json.loads(values), uid)

    def _state_after(self, rows: LayerRows, uid: str, last_entry: int) -> Feature | None:
        following = self._sql.execute(
            "SELECT min(entry) FROM journal WHERE layer = ? AND uid = ? AND entry > ?",
            (rows.definition.table, uid, last_entry),
        ).fetchone()[0]
        if following is not None:
            return self._before(rows, following)
        return rows.one(self._sql, uid)

    def who_touched_since(self, layer: str, uid: str, last_entry: int) -> str:
        """The actor of the latest later entry on this feature, "其他程序" when no change covers it."""
        row = self._sql.execute(
            "SELECT change.actor FROM journal LEFT JOIN change ON entry BETWEEN first_entry AND last_entry "
            "WHERE layer = ? AND uid = ? AND entry > ? ORDER BY entry DESC LIMIT 1",
            (layer, uid, last_entry),
        ).fetchone()
        return str(row[0]) if row and row[0] else _(OTHER_PROGRAM)

    def history(self, limit: int, title_of: Callable[[str], str]) -> list[HistoryEntry]:
        """The newest `limit` steps, newest first; runs of entries without a change row are other programs' steps."""
        known = [self._entry_of(row) for row in self._recent_changes(limit)]
        foreign = self._foreign_runs(limit, title_of)
        merged = sorted([*known, *foreign], key=lambda pair: pair[0], reverse=True)
        return [step for _last, step in merged[:limit]]

    def _recent_changes(self, limit: int) -> Sequence[tuple[int, int, int, str, str, str, str]]:
        return self._sql.execute(
            "SELECT change_id, first_entry, last_entry, actor, made_at, words, kind FROM change "
            "ORDER BY change_id DESC LIMIT ?",
            (limit,),
        ).fetchall()

    def _entry_of(self, row: tuple[int, int, int, str, str, str, str]) -> tuple[int, HistoryEntry]:
        change_id, first, last, actor, made_at, words, kind = row
        layers = self._sql.execute(
            "SELECT layer, count(DISTINCT uid) FROM journal WHERE entry BETWEEN ? AND ? GROUP BY layer", (first, last)
        ).fetchall()
        count = sum(number for _layer, number in layers)
        names = tuple(layer for layer, _number in layers)
        return last, HistoryEntry(change_id, local_time(made_at), actor, words, kind, count, names)

    def _foreign_runs(self, limit: int, title_of: Callable[[str], str]) -> list[tuple[int, HistoryEntry]]:
        rows: list[tuple[int, str, str, str, str]] = []
        for first, last in self._gaps():
            rows += self._sql.execute(
                "SELECT entry, layer, operation, made_at, uid FROM journal WHERE entry BETWEEN ? AND ? "
                "ORDER BY entry DESC LIMIT 5000",
                (first, last),
            ).fetchall()
            if len(rows) >= 5000:
                break
        runs: list[list[tuple[int, str, str, str, str]]] = []
        for row in rows:
            if runs and runs[-1][-1][0] - row[0] == 1 and _seconds_between(row[3], runs[-1][-1][3]) < ONE_STEP_S:
                runs[-1].append(row)
            else:
                runs.append([row])
        return [(run[0][0], _foreign_entry(run, title_of)) for run in runs[:limit]]

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """Ranges of entries that no change covers, newest first."""
        upper = self.last_entry()
        for first, last in self._sql.execute(
            "SELECT first_entry, last_entry FROM change ORDER BY last_entry DESC"
        ).fetchall():
            if last < upper:
                yield last + 1, upper
            upper = min(upper, first - 1)
        if upper >= 1:
            yield 1, upper


def _foreign_entry(run: Sequence[tuple[int, str, str, str, str]], title_of: Callable[[str], str]) -> HistoryEntry:
    verbs = {"I": _("新增"), "U": _("修改"), "D": _("删除")}
    counts: dict[tuple[str, str], set[str]] = {}
    for _entry, layer, operation, _made_at, uid in run:
        counts.setdefault((operation, layer), set()).add(uid)
    words = "，".join(
        _("{verb}{title} {count} 个").format(verb=verbs[operation], title=title_of(layer), count=len(uids))
        for (operation, layer), uids in counts.items()
    )
    return HistoryEntry(
        None,
        local_time(run[0][3]),
        _(OTHER_PROGRAM),
        words,
        "foreign",
        len({uid for *_others, uid in run}),
        tuple({layer for _entry, layer, *_rest in run}),
    )


def _seconds_between(earlier: str, later: str) -> float:
    return (local_time(later) - local_time(earlier)).total_seconds()


def local_time(stamp: str) -> datetime:
    """A journal stamp (UTC, ISO 8601 with Z) as this machine's local time."""
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone()
