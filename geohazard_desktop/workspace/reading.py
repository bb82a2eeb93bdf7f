"""What can be asked of an open workspace: the reading half of `Workspace`."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import numbers, schema
from geohazard_desktop.workspace.connection import spoken
from geohazard_desktop.workspace.definition import LayerDefinition, parse_style
from geohazard_desktop.workspace.ended_look import with_ended
from geohazard_desktop.workspace.feature import Feature, FeatureTable, Value
from geohazard_desktop.workspace.issuer import PERSONAL
from geohazard_desktop.workspace.own_district import own_district_bounds
from geohazard_desktop.workspace.register_reading import RegisterReading
from geohazard_desktop.workspace.rows import Bounds, LayerRows, RowIds, no_rows

_BEFORE_ALL_ROWS = -(2**63)  # another program may have given a row any number


class Reading(RegisterReading):
    """Reads through the connection that `Workspace` opens; every error of SQLite comes out as a sentence."""

    path: Path
    definitions: dict[str, LayerDefinition]
    _sql: sqlite3.Connection
    _rows: dict[str, LayerRows]

    def definition(self, layer: str) -> LayerDefinition:
        """Raises EditRefused when the workspace has no such layer."""
        if layer not in self.definitions:
            raise EditRefused(
                _("工作文件 {name} 里没有图层 {layer}。").format(name=self.path.name, layer=layer),
                _("可用的图层：{layers}。").format(layers="、".join(one.title for one in self.definitions.values())),
            )
        return self.definitions[layer]

    def table(
        self,
        layer: str,
        *,
        bounds: Bounds | None = None,
        uids: Sequence[str] | None = None,
        fields: Sequence[str] | None = None,
    ) -> FeatureTable:
        """Features of a layer in file order. `bounds` (metres, east and north) is a filter on boxes, 4 m coarse; the
        whole layer can be had with some of its `fields` alone."""
        self.definition(layer)
        if layer not in self._rows:
            return FeatureTable.of(layer, [])
        with spoken(self.path):
            return self._rows[layer].table(self._sql, bounds=bounds, uids=uids, fields=fields)

    def attributes(self, layer: str) -> FeatureTable:
        """All features of a layer in file order, with None for each geometry: less than half the time of `table`."""
        self.definition(layer)
        if layer not in self._rows:
            return FeatureTable.of(layer, [])
        with spoken(self.path):
            return self._rows[layer].attributes(self._sql)

    def row_ids(self, layer: str, bounds: Bounds) -> RowIds:
        """Which rows' boxes meet `bounds` (metres), ascending: for layers too large to be read whole. A row id holds
        only until the row is deleted; a uid is for ever."""
        self.definition(layer)
        if layer not in self._rows:
            return no_rows()
        with spoken(self.path):
            return self._rows[layer].row_ids(self._sql, bounds)

    def row_boxes(self, layer: str, bounds: Bounds) -> tuple[RowIds, NDArray[np.float64]]:
        """The rows whose boxes meet `bounds` (metres), ascending, and the boxes (N, 4), up to 4 m larger than the
        feature."""
        self.definition(layer)
        if layer not in self._rows:
            return no_rows(), np.empty((0, 4))
        with spoken(self.path):
            return self._rows[layer].row_boxes(self._sql, bounds)

    def row_ids_of(self, layer: str, uids: Sequence[str]) -> RowIds:
        """The row ids of features; those that are gone are left out."""
        self.definition(layer)
        if layer not in self._rows:
            return no_rows()
        with spoken(self.path):
            return self._rows[layer].row_ids_of(self._sql, uids)

    def rows(self, layer: str, ids: RowIds, fields: Sequence[str]) -> tuple[RowIds, FeatureTable]:
        """The rows of `ids` (ascending) that are there, with the `fields` named alone: (their ids, their features)."""
        self.definition(layer)
        if layer not in self._rows:
            return no_rows(), FeatureTable.of(layer, [])
        with spoken(self.path):
            return self._rows[layer].rows(self._sql, ids, fields)

    def blocks(self, layer: str, fields: Sequence[str], size: int = 2000) -> Iterator[FeatureTable]:
        """A whole layer in file order, `size` features at a time with the `fields` named alone: for work that needs
        each feature once. Between two blocks others may write; what they change behind the block is seen."""
        self.definition(layer)
        last = _BEFORE_ALL_ROWS
        while layer in self._rows:
            with spoken(self.path):
                ids, table = self._rows[layer].block(self._sql, last, size, fields)
            if not len(ids):
                return
            yield table
            last = int(ids[-1])

    def any_true(self, layer: str, field: str) -> bool:
        """Whether a boolean field is true in any row."""
        if layer not in self._rows or field not in self._rows[layer].names:
            return False
        with spoken(self.path):
            query = f"SELECT EXISTS (SELECT 1 FROM {schema.quoted(layer)} WHERE {schema.quoted(field)} = 1)"
            return bool(self._sql.execute(query).fetchone()[0])

    def feature(self, layer: str, uid: str) -> Feature | None:
        self.definition(layer)
        if layer not in self._rows:
            return None
        with spoken(self.path):
            return self._rows[layer].one(self._sql, uid)

    def features(self, keys: Sequence[tuple[str, str]]) -> list[Feature]:
        """The features of (layer, uid), in that order; those that are gone are left out. Thousands at once."""
        uids: dict[str, list[str]] = {}
        for layer, uid in keys:
            uids.setdefault(layer, []).append(uid)
        found = {(layer, one.uid): one for layer, own in uids.items() for one in self.table(layer, uids=own)}
        return [found[key] for key in keys if key in found]

    def find(self, layer: str, field: str, value: Value) -> list[Feature]:
        """Features whose `field` equals `value`."""
        self.definition(layer)
        if layer not in self._rows:
            return []
        with spoken(self.path):
            return self._rows[layer].find(self._sql, field, value)

    def count(self, layer: str) -> int:
        if layer not in self._rows:
            return 0
        with spoken(self.path):
            return int(self._sql.execute(f"SELECT count(*) FROM {schema.quoted(layer)}").fetchone()[0])

    def bounds(self, layer: str) -> Bounds | None:
        """The layer's box (east min, north min, east max, north max) in metres, to the R-tree's 4 m; None if empty."""
        if layer not in self._rows or not self._rows[layer].has_geometry:
            return None
        with spoken(self.path):
            row = self._sql.execute(
                f"SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {schema.rtree(layer)}"
            ).fetchone()
        return None if row[0] is None else (row[0], row[1], row[2], row[3])

    def extent(self) -> Bounds | None:
        """The district's box, or that of all layers where there is no district; None for an empty workspace."""
        district = own_district_bounds(self)
        if district:
            return district
        boxes = [box for box in map(self.bounds, self.definitions) if box]
        if not boxes:
            return None
        east_min, north_min, east_max, north_max = zip(*boxes, strict=True)
        return min(east_min), min(north_min), max(east_max), max(north_max)

    def setting(self, key: str, default: str = "") -> str:
        return self.settings().get(key, default)

    def settings(self) -> dict[str, str]:
        """But for those about a person, which `issuer` has."""
        with spoken(self.path):
            return {
                str(key): str(value or "")
                for key, value in self._sql.execute("SELECT key, value FROM setting WHERE key IS NOT NULL")
                if key not in PERSONAL
            }

    def definition_text(self, name: str) -> str:
        """A definition's TOML as the file has it, "" where it has none; "_common" has the fields of every layer."""
        with spoken(self.path):
            row = self._sql.execute("SELECT toml FROM layer_definition WHERE table_name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def in_use(self) -> list[LayerDefinition]:
        """The layers that people are shown, in tree order: a reference layer that holds nothing was taken away."""
        there = [one for one in self.definitions.values() if not one.helper]
        return [one for one in there if not one.reference or self.count(one.table)]

    def settings_of(self, prefix: str) -> dict[str, str]:
        """The settings whose keys begin with `prefix`, which has no sign that SQL's LIKE reads otherwise."""
        with spoken(self.path):
            rows = self._sql.execute("SELECT key, value FROM setting WHERE key LIKE ?", (f"{prefix}%",))
            return {str(key): str(value or "") for key, value in rows}

    def style(self, layer: str) -> Mapping[str, Any]:
        """The workspace's own style of a layer where there is one, else the definition's; a mapping as in TOML. What is
        over is drawn apart in both."""
        definition = self.definition(layer)
        own = self.find("style", "table_name", layer) if "style" in self._rows else []
        if not own:
            return definition.style
        return with_ended(parse_style(own[-1].text("toml"), definition.title), definition)

    def next_numbers(self, layer: str, count: int = 1) -> list[str]:
        """The next `count` numbers for people, such as WD-W-0008. A deleted feature's number is never given again."""
        definition = self.definition(layer)
        if not definition.letter or layer not in self._rows:
            return [""] * count
        with spoken(self.path):
            return numbers.following(self._sql, definition, self.setting("district.prefix"), count)

    def next_number(self, layer: str) -> str:
        return self.next_numbers(layer)[0]
