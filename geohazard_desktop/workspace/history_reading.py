"""What can be asked of a history: steps by page, what one changed, what was deleted, how a feature stood."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from geohazard_desktop.workspace.connection import spoken
from geohazard_desktop.workspace.feature import Delta, Feature
from geohazard_desktop.workspace.history import History, HistoryEntry, StepFilter, like, local_time
from geohazard_desktop.workspace.journal import Journal, Key
from geohazard_desktop.workspace.reading import Reading
from geohazard_desktop.workspace.schema import quoted


@dataclass(frozen=True, slots=True)
class DeletedFeature:
    """A feature that is no longer there, as it was at its end. `entry` is the journal's entry that deleted it."""

    feature: Feature
    entry: int
    made_at: datetime
    actor: str
    words: str


class HistoryReading(Reading):
    """Reads the journal through the connection that `Workspace` opens."""

    _journal: Journal
    _history: History

    def history(self, limit: int = 200) -> list[HistoryEntry]:
        """The newest steps, newest first."""
        return self.history_page(self.steps(), limit)

    def steps(self, wanted: StepFilter | None = None) -> Iterator[HistoryEntry]:
        """All steps that `wanted` asks for, newest first, read by page: take them through `history_page`."""
        return self._history.steps(wanted)

    def history_page(self, steps: Iterator[HistoryEntry], size: int) -> list[HistoryEntry]:
        """The next `size` of `steps`; fewer at the end."""
        with spoken(self.path):
            return list(islice(steps, size))

    def history_actors(self) -> list[str]:
        with spoken(self.path):
            return self._history.actors()

    def history_layers(self) -> list[str]:
        """Layers of which the history knows something, in tree order."""
        with spoken(self.path):
            known = set(self._history.layers())
        return [one for one in self.definitions if one in known]

    def step_deltas(self, step: HistoryEntry, *, most: int = 500) -> list[Delta]:
        """What a step changed, at most the first `most` features."""
        with spoken(self.path):
            return self._journal.net_deltas(step.first_entry, step.last_entry, most=most)

    def deleted(self, layer: str = "", text: str = "", *, most: int = 500) -> list[DeletedFeature]:
        """Features that were deleted and are not there now, last deleted first; `text` sifts by number and name."""
        conditions, values = ["operation = 'D'"], []
        if layer:
            conditions.append("layer = ?")
            values.append(layer)
        if text:
            conditions.append(
                "coalesce(json_extract(before_values, '$.id'), '') || ' ' || "
                "coalesce(json_extract(before_values, '$.name'), '') LIKE ? ESCAPE '\\'"
            )
            values.append(like(text))
        found: list[DeletedFeature] = []
        with spoken(self.path):
            # Deletions are few among the entries: reading all once is faster than asking the index for each.
            rows = self._sql.execute(
                f"SELECT max(entry), layer, uid FROM journal NOT INDEXED WHERE {' AND '.join(conditions)} "
                "GROUP BY layer, uid ORDER BY 1 DESC",
                values,
            ).fetchall()
            for entry, table, uid in rows:
                if len(found) == most:
                    break
                if table in self._rows and not self._is_there(table, uid):
                    found.append(self._deleted_at(entry))
        return found

    def _is_there(self, layer: str, uid: str) -> bool:
        query = f"SELECT 1 FROM {quoted(layer)} WHERE uid = ?"
        return self._sql.execute(query, (uid,)).fetchone() is not None

    def _deleted_at(self, entry: int) -> DeletedFeature:
        row = self._sql.execute(
            "SELECT layer, uid, before_geom, before_values, made_at FROM journal WHERE entry = ?", (entry,)
        ).fetchone()
        layer, uid, geometry, values, made_at = row
        step = self._history.step_at(entry)
        feature = self._rows[layer].image(geometry, json.loads(values), uid)
        actor, words = (step.actor, step.words) if step is not None else ("", "")
        return DeletedFeature(feature, entry, local_time(made_at), actor, words)

    def feature_after(self, layer: str, uid: str, step: HistoryEntry) -> Feature | None:
        """How a feature stood right after a step; None where it was not there."""
        self.definition(layer)
        with spoken(self.path):
            return self._journal.states_after([(layer, uid)], step.last_entry).get((layer, uid))

    def features_after(self, keys: Sequence[Key], step: HistoryEntry) -> dict[Key, Feature | None]:
        """The same of many at once, by layer and uid; of layers that are there."""
        with spoken(self.path):
            return self._journal.states_after(keys, step.last_entry)
