"""Between rows of a layer table and features: reading by column, writing one feature, checking what is written."""

import math
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import Feature, FeatureTable, Value
from geohazard_desktop.workspace.schema import quoted, rtree

Bounds = tuple[float, float, float, float]
RowIds = NDArray[np.int64]
_ROWS_A_QUERY = 1000

_MULTI = {"polygon": MultiPolygon, "line": MultiLineString, "point": MultiPoint}
_PART = {"polygon": "Polygon", "line": "LineString", "point": "Point"}
_PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "list": (str,),
    "reference": (str,),
    "date": (str,),
    "datetime": (str,),
    "integer": (int,),
    "real": (float, int),
    "boolean": (bool, int),
}


class LayerRows:
    """Reads and writes one layer's table. `columns` are the table's real columns as found in the file."""

    def __init__(self, definition: LayerDefinition, columns: Sequence[str], srs_id: int) -> None:
        self.definition = definition
        self.columns = tuple(columns)
        self.srs_id = srs_id
        self.names = tuple(one.name for one in definition.fields if one.name in set(columns))
        self.has_geometry = definition.geometry != "none" and "geom" in columns
        self._booleans = [index for index, one in enumerate(self.names) if definition.by_name[one].type == "boolean"]
        picked = ["uid", "geom" if self.has_geometry else "NULL", *map(quoted, self.names)]
        self._select = f"SELECT {', '.join(picked)} FROM {quoted(definition.table)}"

    def table(
        self,
        sql: sqlite3.Connection,
        *,
        bounds: Bounds | None = None,
        uids: Sequence[str] | None = None,
        fields: Sequence[str] | None = None,
    ) -> FeatureTable:
        """Features in file order; all, or those whose box meets `bounds` (metres), or those with `uids`. All of them
        may be asked for with the `fields` named alone, which takes a quarter less."""
        if fields is not None:
            names = [one for one in self.names if one in set(fields)]
            picked = ", ".join(["uid", "geom" if self.has_geometry else "NULL", *map(quoted, names)])
            query = f"SELECT {picked} FROM {quoted(self.definition.table)} ORDER BY fid"
            return self._columns(sql.execute(query).fetchall(), names)
        if uids is not None:
            rows: list[tuple[object, ...]] = []
            for start in range(0, len(uids), 500):
                part = uids[start : start + 500]
                marks = ",".join("?" * len(part))
                rows += sql.execute(f"{self._select} WHERE uid IN ({marks}) ORDER BY fid", part).fetchall()
        elif bounds is not None and self.has_geometry:
            east_min, north_min, east_max, north_max = bounds
            tree = rtree(self.definition.table)
            rows = sql.execute(
                f"{self._select} WHERE fid IN (SELECT id FROM {tree} WHERE maxx >= ? AND minx <= ? "
                "AND maxy >= ? AND miny <= ?) ORDER BY fid",
                (east_min, east_max, north_min, north_max),
            ).fetchall()
        else:
            rows = sql.execute(f"{self._select} ORDER BY fid").fetchall()
        return self._columns(rows)

    def attributes(self, sql: sqlite3.Connection) -> FeatureTable:
        """All features in file order, their geometries left in the file."""
        picked = ", ".join(["uid", "NULL", *map(quoted, self.names)])
        return self._columns(
            sql.execute(f"SELECT {picked} FROM {quoted(self.definition.table)} ORDER BY fid").fetchall()
        )

    def row_ids(self, sql: sqlite3.Connection, bounds: Bounds) -> RowIds:
        """The rows whose box meets `bounds` (metres), ascending."""
        if not self.has_geometry:
            return no_rows()
        east_min, north_min, east_max, north_max = bounds
        found = sql.execute(
            f"SELECT id FROM {rtree(self.definition.table)} WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?",
            (east_min, east_max, north_min, north_max),
        ).fetchall()
        ids: RowIds = np.fromiter((row[0] for row in found), np.int64, len(found))
        ids.sort()
        return ids

    def row_boxes(self, sql: sqlite3.Connection, bounds: Bounds) -> tuple[RowIds, NDArray[np.float64]]:
        """The rows whose box meets `bounds`, and their boxes (N, 4: east min, north min, east max, north max), both as
        the R-tree has them: up to 4 m larger than the feature."""
        if not self.has_geometry:
            return no_rows(), np.empty((0, 4))
        east_min, north_min, east_max, north_max = bounds
        found = sql.execute(
            f"SELECT id, minx, miny, maxx, maxy FROM {rtree(self.definition.table)} "
            "WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ? ORDER BY id",
            (east_min, east_max, north_min, north_max),
        ).fetchall()
        numbers = np.array(found, dtype=np.float64).reshape(-1, 5)
        return numbers[:, 0].astype(np.int64), numbers[:, 1:]

    def row_ids_of(self, sql: sqlite3.Connection, uids: Sequence[str]) -> RowIds:
        """The rows of features, those that are there, ascending."""
        found: list[int] = []
        for start in range(0, len(uids), 500):
            part = uids[start : start + 500]
            marks = ",".join("?" * len(part))
            query = f"SELECT fid FROM {quoted(self.definition.table)} WHERE uid IN ({marks})"
            found += [row[0] for row in sql.execute(query, part)]
        return np.array(sorted(found), dtype=np.int64)

    def _picking(self, fields: Sequence[str], *, shapes: bool = True) -> tuple[list[str], str]:
        """Those of `fields` that are columns, and a query for them up to WHERE fid."""
        names = [one for one in self.names if one in set(fields)]
        geometry = "geom" if self.has_geometry and shapes else "NULL"
        picked = ", ".join(["fid", "uid", geometry, *map(quoted, names)])
        return names, f"SELECT {picked} FROM {quoted(self.definition.table)} WHERE fid"

    def block(
        self, sql: sqlite3.Connection, after: int, size: int, fields: Sequence[str]
    ) -> tuple[RowIds, FeatureTable]:
        """The next `size` rows behind row `after`, in file order, with some of their fields."""
        names, select = self._picking(fields)
        rows = sql.execute(f"{select} > ? ORDER BY fid LIMIT ?", (after, size)).fetchall()
        there: RowIds = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        return there, self._columns([row[1:] for row in rows], names)

    def rows(
        self, sql: sqlite3.Connection, ids: RowIds, fields: Sequence[str], *, shapes: bool = True
    ) -> tuple[RowIds, FeatureTable]:
        """The rows of `ids` (ascending) that are there, with some of their fields: (their ids, their features).
        Without `shapes` each geometry is None."""
        names, select = self._picking(fields, shapes=shapes)
        rows: list[Sequence[object]] = []
        for start in range(0, len(ids), _ROWS_A_QUERY):
            part = ids[start : start + _ROWS_A_QUERY]
            first, last = int(part[0]), int(part[-1])
            if last - first < 2 * len(part):  # nearly all of a range: reading it through is faster than asking for each
                wanted = set(part.tolist())
                query = f"{select} BETWEEN ? AND ? ORDER BY fid"
                rows += [row for row in sql.execute(query, (first, last)) if row[0] in wanted]
            else:
                listed = ",".join(map(str, part.tolist()))
                rows += sql.execute(f"{select} IN ({listed}) ORDER BY fid").fetchall()
        there: RowIds = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        return there, self._columns([row[1:] for row in rows], names)

    def find(self, sql: sqlite3.Connection, name: str, value: Value) -> list[Feature]:
        if name not in self.names:
            return []
        rows = sql.execute(f"{self._select} WHERE {quoted(name)} = ? ORDER BY fid", (value,)).fetchall()
        return list(self._columns(rows))

    def one(self, sql: sqlite3.Connection, uid: str) -> Feature | None:
        row = sql.execute(f"{self._select} WHERE uid = ?", (uid,)).fetchone()
        return None if row is None else self._feature(row)

    def _feature(self, row: Sequence[object]) -> Feature:
        raw = row[1]
        geometry = blob.decode(raw) if isinstance(raw, bytes) else None
        return Feature(self.definition.table, str(row[0] or ""), geometry, self._values(row[2:]))

    def _values(self, raw: Sequence[object]) -> dict[str, Value]:
        values: dict[str, Value] = {name: _plain(value) for name, value in zip(self.names, raw, strict=True)}
        for index in self._booleans:
            value = values[self.names[index]]
            values[self.names[index]] = None if value is None else bool(value)
        return values

    def _columns(self, rows: Sequence[Sequence[object]], names: Sequence[str] | None = None) -> FeatureTable:
        names = self.names if names is None else names
        pivot = list(zip(*rows, strict=True)) if rows else [()] * (2 + len(names))
        blobs = [one if isinstance(one, bytes) else None for one in pivot[1]]
        columns: dict[str, list[Value]] = {name: _plain_column(pivot[2 + index]) for index, name in enumerate(names)}
        for name in (self.names[index] for index in self._booleans):
            if name in columns:
                columns[name] = [None if value is None else bool(value) for value in columns[name]]
        return FeatureTable(
            self.definition.table, [str(uid or "") for uid in pivot[0]], blob.decode_many(blobs), columns
        )

    def insert(self, sql: sqlite3.Connection, feature: Feature) -> None:
        # Every column is named, absent values too: a column's default must not fill what the feature leaves empty.
        columns = ["uid", *(["geom"] if self.has_geometry else []), *map(quoted, self.names)]
        sql.execute(
            f"INSERT INTO {quoted(self.definition.table)} ({', '.join(columns)}) "
            f"VALUES ({', '.join('?' * len(columns))})",
            [feature.uid, *self._geometry_blob(feature), *(feature.values.get(name) for name in self.names)],
        )

    def update(self, sql: sqlite3.Connection, feature: Feature) -> None:
        pairs = [*(["geom = ?"] if self.has_geometry else []), *(f"{quoted(name)} = ?" for name in self.names)]
        sql.execute(
            f"UPDATE {quoted(self.definition.table)} SET {', '.join(pairs)} WHERE uid = ?",
            [*self._geometry_blob(feature), *(feature.values.get(name) for name in self.names), feature.uid],
        )

    def delete(self, sql: sqlite3.Connection, uid: str) -> None:
        sql.execute(f"DELETE FROM {quoted(self.definition.table)} WHERE uid = ?", (uid,))

    def _geometry_blob(self, feature: Feature) -> list[bytes | None]:
        return [blob.encode(feature.geometry, self.srs_id)] if self.has_geometry else []

    def image(self, geometry: bytes | None, values: Mapping[str, object], uid: str) -> Feature:
        """The feature of a journal entry's before-image."""
        kept = [values.get(name) for name in self.names]
        return Feature(self.definition.table, uid, blob.decode(geometry), self._values(kept))


def no_rows() -> RowIds:
    return np.empty(0, dtype=np.int64)


def _plain_column(column: Sequence[Any]) -> list[Value]:
    # Nearly every column is plain already; asking for the set of types costs a fifth of asking every value.
    plain = set(map(type, column)) <= {str, int, float, type(None)}
    return list(column) if plain else [_plain(value) for value in column]


def _plain(value: object) -> Value:
    # Another program may store a blob in a text column; it is shown, never trusted.
    if isinstance(value, bytes):
        return value.hex()
    return value if value is None or isinstance(value, str | int | float) else str(value)


def checked(definition: LayerDefinition, feature: Feature) -> Feature:
    """The feature as it may be stored: Multi geometry in 2-D, defaults filled in, values of the fields' types.

    Raises EditRefused naming the feature and the field.
    """
    values: dict[str, Value] = {}
    unknown = set(feature.values) - set(definition.by_name)
    if unknown:
        raise EditRefused(
            _("{title}没有这些字段：{fields}。").format(title=definition.title, fields="、".join(sorted(unknown))),
            _("请核对字段名。"),
        )
    for one in definition.fields:
        value = feature.values.get(one.name)
        value = one.default if value is None or value == "" else value
        values[one.name] = _checked_value(definition, feature, one, value)
    return Feature(feature.layer, feature.uid, _checked_geometry(definition, feature), values)


def _checked_value(definition: LayerDefinition, feature: Feature, one: FieldDefinition, value: Value) -> Value:
    if value is None:
        return None
    wrong = not isinstance(value, _PYTHON_TYPES[one.type]) or (isinstance(value, bool) and one.type != "boolean")
    if wrong or (isinstance(value, float) and not math.isfinite(value)):
        raise EditRefused(
            _("{name}的“{field}”不能是 {value}。").format(
                name=label(definition, feature), field=one.title, value=value
            ),
            _("请改成{kind}再存。").format(kind=_kind_words(one)),
        )
    if one.type == "real":
        return float(value)
    if one.type == "boolean":
        return bool(value)
    return value


def _kind_words(one: FieldDefinition) -> str:
    words = {"integer": _("整数"), "real": _("数字"), "boolean": _("是或否"), "date": _("日期，如 2026-07-18")}
    return words.get(one.type, _("文字"))


def _checked_geometry(definition: LayerDefinition, feature: Feature) -> BaseGeometry | None:
    geometry = feature.geometry
    if definition.geometry == "none" or geometry is None:
        return None
    kind = _PART[definition.geometry]
    if blob.is_unreadable(geometry):
        raise EditRefused(
            _("{name}的图形读不懂，没有改动它。").format(name=label(definition, feature)),
            _("请在写它的程序里把曲线转成折线，再导入。"),
        )
    if geometry.is_empty or geometry.geom_type not in {kind, f"Multi{kind}"}:
        raise EditRefused(
            _("{name}的图形不是{kind}。").format(
                name=label(definition, feature),
                kind={"polygon": _("面"), "line": _("线"), "point": _("点")}[definition.geometry],
            ),
            _("请换一种图形，或放到别的图层。"),
        )
    if not bool(shapely.get_coordinates(geometry).size) or not all(map(math.isfinite, geometry.bounds)):
        raise EditRefused(_("{name}的坐标不是数。").format(name=label(definition, feature)), _("请核对坐标系和坐标。"))
    if geometry.has_z:
        geometry = shapely.force_2d(geometry)
    return geometry if geometry.geom_type.startswith("Multi") else _MULTI[definition.geometry]([geometry])


def label(definition: LayerDefinition, feature: Feature) -> str:
    """How a feature is named to people: layer, name and number."""
    named = " ".join(part for part in (feature.text("name"), feature.text("id")) if part)
    return f"{definition.title} {named}" if named else definition.title
