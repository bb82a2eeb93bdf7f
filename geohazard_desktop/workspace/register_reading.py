"""What a register asks of an open workspace: rows by condition and order, cells of the rows in sight, counts."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.workspace.connection import spoken
from geohazard_desktop.workspace.feature import FeatureTable, Value
from geohazard_desktop.workspace.rows import LayerRows, RowIds, no_rows

if TYPE_CHECKING:  # a map is shown without any of it
    from geohazard_desktop.workspace.register_order import KeptRanks
    from geohazard_desktop.workspace.register_query import Measured, RegisterQuery


class RegisterReading:
    """Mixed into `Reading`; a layer whose table is gone has no rows."""

    path: Path
    _sql: sqlite3.Connection
    _rows: dict[str, LayerRows]

    def all_rows(self, layer: str) -> tuple[RowIds, list[str]]:
        """All row ids, ascending, and their uids: 100 000 in less than a tenth of a second."""
        from geohazard_desktop.workspace import register_rows

        if layer not in self._rows:
            return no_rows(), []
        with spoken(self.path):
            return register_rows.all_rows(self._sql, self._rows[layer])

    def matching_rows(
        self, query: "RegisterQuery", measured: "Measured | None" = None, kept: "KeptRanks | None" = None
    ) -> RowIds:
        """The row ids that `query` asks for, in its order; `kept` spares what was ranked before."""
        from geohazard_desktop.workspace import register_rows

        if query.layer not in self._rows:
            return no_rows()
        with spoken(self.path):
            if kept is None:
                return register_rows.matching(self._sql, self._rows[query.layer], query, measured or {})
            ranked = partial(kept.of, self._sql, self.path, query.layer)
            return register_rows.matching(self._sql, self._rows[query.layer], query, measured or {}, ranked)

    def value_counts(
        self, query: "RegisterQuery", field: str, measured: "Measured | None" = None
    ) -> Mapping[Value, int]:
        """How often each value of `field` stands in the rows of `query`, whatever it asks of `field` itself."""
        from geohazard_desktop.workspace import register_rows

        if query.layer not in self._rows or field not in self._rows[query.layer].names:
            return {}
        with spoken(self.path):
            return register_rows.value_counts(self._sql, self._rows[query.layer], query, field, measured or {})

    def column(self, layer: str, ids: RowIds, field: str) -> list[Value]:
        """One field of rows, in the order of `ids`; None for a row or field that is gone."""
        from geohazard_desktop.workspace import register_rows

        if layer not in self._rows or field not in self._rows[layer].names:
            return [None] * len(ids)
        with spoken(self.path):
            return register_rows.column(self._sql, self._rows[layer], ids, field)

    def texts(self, layer: str, field: str) -> list[str]:
        """The different texts that one field of a layer holds now, but for empty ones; [] without such a field."""
        from geohazard_desktop.workspace import register_rows

        if layer not in self._rows or field not in self._rows[layer].names:
            return []
        with spoken(self.path):
            return register_rows.texts(self._sql, self._rows[layer], field)

    def cells(self, layer: str, ids: RowIds, fields: Sequence[str]) -> tuple[RowIds, FeatureTable]:
        """Like `rows`, with None for each geometry: what a table shows. `ids` ascending."""
        if layer not in self._rows:
            return no_rows(), FeatureTable.of(layer, [])
        with spoken(self.path):
            return self._rows[layer].rows(self._sql, ids, fields, shapes=False)
