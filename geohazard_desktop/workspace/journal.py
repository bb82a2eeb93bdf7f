"""Reading the journal: what others wrote, and what an undo has to restore. The list of steps is `history.py`'s.

An entry holds the image before it. The image after an entry is the next entry's before-image of the same feature, or
the row itself where none follows: that is why before-images suffice, and why an import doesn't double the file.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Delta, Feature
from geohazard_desktop.workspace.history import OTHER_PROGRAM, Mark, newest_mark, still_has
from geohazard_desktop.workspace.rows import LayerRows

_AT_ONCE = 400

Key = tuple[str, str]  # layer, uid


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


@dataclass(slots=True)
class OwnSteps:
    """Which of an installation's steps are this opening's to undo: those that it `made` itself, and what was there
    `before` (change id) it was opened, which is how undo holds across restarts. What another window of the same
    installation makes meanwhile is that window's."""

    before: int
    made: set[int] = field(default_factory=set)

    @contextmanager
    def making(self, change_id: int) -> Iterator[None]:
        """While a step is committed: another thread's connection may read it before this one knows that it is there.
        What is rolled back leaves its number to another window."""
        self.made.add(change_id)
        try:
            yield
        except BaseException:
            self.made.discard(change_id)
            raise

    def has(self, change_id: int) -> bool:
        return change_id <= self.before or change_id in self.made


RowsOf = Callable[[str], LayerRows | None]


class Journal:
    """The append-only record of one workspace, seen through one connection."""

    def __init__(self, sql: sqlite3.Connection, rows_of: RowsOf, own: OwnSteps | None = None) -> None:
        self._sql = sql
        self._rows_of = rows_of
        self._own = own or OwnSteps(0)
        self._mark: Mark = None
        self._stacks: dict[str, tuple[list[int], list[int], int]] = {}

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
        """Ids of what `origin` can undo and redo, the next one last, of its steps that are this opening's own. Holds
        across restarts: it is read, not kept.

        The redo stack holds the ids of the undo changes to be reversed. Asked again, only what was added since is read.
        """
        if not still_has(self._sql, self._mark):
            self._stacks.clear()
        undo, redo, seen = self._stacks.get(origin, ([], [], 0))
        if self._sql.in_transaction:  # what is rolled back must not be remembered
            undo, redo = list(undo), list(redo)
        rows = self._sql.execute(
            "SELECT change_id, kind, undoes FROM change NOT INDEXED WHERE change_id > ? AND origin = ? "
            "AND kind IN ('edit', 'undo', 'redo') ORDER BY change_id",
            (seen, origin),
        ).fetchall()
        for change_id, kind, undoes in rows:
            # By its id, not the last: two windows may have taken turns.
            if kind == "undo" and undoes in undo:
                undo.remove(undoes)
            elif kind == "redo" and undoes in redo:
                redo.remove(undoes)
            if not self._own.has(change_id):
                continue
            if kind == "undo":
                redo.append(change_id)
            elif kind == "redo":
                undo.append(change_id)
            else:
                undo.append(change_id)
                redo.clear()
        if not self._sql.in_transaction:
            self._mark = newest_mark(self._sql)
            self._stacks[origin] = undo, redo, rows[-1][0] if rows else seen
        return undo, redo

    def net_deltas(self, first_entry: int, last_entry: int, *, most: int | None = None) -> list[Delta]:
        """What the entries did together, a delta a feature; steps that cancel out are left out.

        `most` looks at the first features alone: for showing a step of 100 000.
        """
        touched = self._sql.execute(
            "SELECT layer, uid, min(entry) FROM journal WHERE entry BETWEEN ? AND ? AND uid IS NOT NULL "
            "GROUP BY layer, uid ORDER BY 3 LIMIT ?",
            (first_entry, last_entry, -1 if most is None else most),
        ).fetchall()
        deltas = []
        for start in range(0, len(touched), _AT_ONCE):
            part = [one for one in touched[start : start + _AT_ONCE] if self._rows_of(one[0]) is not None]
            befores = self._images([entry for _layer, _uid, entry in part])
            afters = self.states_after([(layer, uid) for layer, uid, _entry in part], last_entry)
            for layer, uid, entry in part:
                before, after = befores[entry], afters[layer, uid]
                if before is not None and before.same_as(after):
                    continue
                if before is not None or after is not None:
                    deltas.append(Delta(layer, uid, before, after))
        return deltas

    def states_after(self, keys: Sequence[Key], last_entry: int) -> dict[Key, Feature | None]:
        """How features (of layers that are there) stood after an entry; None where there was none."""
        by_layer: dict[str, list[str]] = {}
        for layer, uid in keys:
            by_layer.setdefault(layer, []).append(uid)
        found: dict[Key, Feature | None] = {}
        for layer, uids in by_layer.items():
            rows = self._rows_of(layer)
            if rows is None:
                continue
            following = self._following(layer, uids, last_entry)
            images = self._images(sorted(following.values()))
            now = {one.uid: one for one in rows.table(self._sql, uids=[one for one in uids if one not in following])}
            for uid in uids:
                found[layer, uid] = images[following[uid]] if uid in following else now.get(uid)
        return found

    def _following(self, layer: str, uids: Sequence[str], last_entry: int) -> dict[str, int]:
        """The next entry of each feature behind `last_entry`, where there is one."""
        if last_entry >= self.last_entry():
            return {}
        found: dict[str, int] = {}
        for start in range(0, len(uids), _AT_ONCE):
            part = uids[start : start + _AT_ONCE]
            query = (
                "SELECT uid, min(entry) FROM journal WHERE layer = ? AND entry > ? AND uid IN "
                f"({','.join('?' * len(part))}) GROUP BY uid"
            )
            found |= dict(self._sql.execute(query, (layer, last_entry, *part)).fetchall())
        return found

    def _images(self, entries: Sequence[int]) -> dict[int, Feature | None]:
        """The before-images of entries; None for those that inserted."""
        found: dict[int, Feature | None] = {}
        for start in range(0, len(entries), _AT_ONCE):
            part = entries[start : start + _AT_ONCE]
            query = (
                "SELECT entry, layer, operation, uid, before_geom, before_values FROM journal "
                f"WHERE entry IN ({','.join('?' * len(part))})"
            )
            for entry, layer, operation, uid, geometry, values in self._sql.execute(query, part):
                rows = self._rows_of(layer)
                image = None if operation == "I" or rows is None else rows.image(geometry, json.loads(values), uid)
                found[entry] = image
        return found

    def who_touched_since(self, layer: str, uid: str, last_entry: int) -> str:
        """The actor of the latest later entry on this feature, "其他程序" when no change covers it."""
        row = self._sql.execute(
            "SELECT change.actor FROM journal LEFT JOIN change ON entry BETWEEN first_entry AND last_entry "
            "WHERE layer = ? AND uid = ? AND entry > ? ORDER BY entry DESC LIMIT 1",
            (layer, uid, last_entry),
        ).fetchone()
        return str(row[0]) if row and row[0] else _(OTHER_PROGRAM)
