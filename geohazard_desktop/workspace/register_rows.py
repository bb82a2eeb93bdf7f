"""The rows of a register: filtered in SQL, sorted by column, read as cells without their shapes.

Everything here works on row ids, so that a layer of 100 000 rows is a list of numbers until a row comes into sight.
"""

import sqlite3
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import LIST_SEPARATOR, Value, split_list
from geohazard_desktop.workspace.register_order import Ranks, falling, ranks_of
from geohazard_desktop.workspace.register_query import (
    MEASURES,
    Among,
    Between,
    Condition,
    Containing,
    Filled,
    Measured,
    RegisterQuery,
    SortKey,
)
from geohazard_desktop.workspace.rows import LayerRows, RowIds, no_rows
from geohazard_desktop.workspace.schema import quoted

NAME_FIELDS = ("name", "head", "id")  # what people call a feature by
_NAMES_A_QUERY = 900


def all_rows(sql: sqlite3.Connection, rows: LayerRows) -> tuple[RowIds, list[str]]:
    """Row ids ascending and their uids, read from the index on uid alone."""
    found = sql.execute(f"SELECT fid, coalesce(uid, '') FROM {quoted(rows.definition.table)}").fetchall()
    if not found:
        return no_rows(), []
    fids, uids = zip(*found, strict=True)
    ids: RowIds = np.array(fids, dtype=np.int64)
    order = np.argsort(ids)
    return ids[order], list(map(uids.__getitem__, order.tolist()))


def matching(
    sql: sqlite3.Connection,
    rows: LayerRows,
    query: RegisterQuery,
    measured: Measured,
    ranked: Callable[[str, RowIds, Callable[[], Ranks]], Ranks] = lambda _field, _ids, rank: rank(),
) -> RowIds:
    """The rows that `query` asks for, in its order. `ranked` may know the ranks of a column (field, rows) already."""
    ids = _filtered(sql, rows, query, measured)
    if query.rows is not None:
        ids = ids[np.isin(ids, query.rows)]
    if query.bounds is not None:
        ids = ids[np.isin(ids, rows.row_ids(sql, query.bounds))]
    return ids[_order(sql, rows, ids, query.sort, measured, ranked)] if query.sort else ids


def value_counts(
    sql: sqlite3.Connection, rows: LayerRows, query: RegisterQuery, field: str, measured: Measured
) -> dict[Value, int]:
    """How often each value of `field` stands in the rows of `query`, without the query's own conditions on the field.

    Parts of a list are counted one by one; empty cells under None.
    """
    others = tuple(one for one in query.conditions if one.field != field)
    rest = RegisterQuery(query.layer, others, query.text, (), query.rows, query.bounds)
    counts: dict[Value, int] = {}
    if not rest.narrows:
        name = quoted(field)
        found = sql.execute(f"SELECT {name}, count(*) FROM {quoted(rows.definition.table)} GROUP BY {name}").fetchall()
    else:
        ids = matching(sql, rows, rest, measured)
        values = column(sql, rows, ids, field)
        found = [(value, 1) for value in values]
    kind = rows.definition.by_name[field].type
    for value, count in found:
        parts: Sequence[Value] = split_list(value) if kind == "list" else [value]
        for part in parts or [None]:
            plain = bool(part) if kind == "boolean" and part is not None else part
            plain = None if plain == "" else plain
            counts[plain] = counts.get(plain, 0) + count
    return counts


def column(sql: sqlite3.Connection, rows: LayerRows, ids: RowIds, field: str) -> list[Value]:
    """The values of one field in the order of `ids`; None for rows that are gone."""
    name = quoted(field)
    table = quoted(rows.definition.table)
    if len(ids) > 2000:  # reading the column through is faster than asking for each row
        every = sql.execute(f"SELECT fid, {name} FROM {table}").fetchall()
        if len(every) == len(ids) and np.array_equal(np.fromiter((fid for fid, _value in every), np.int64), ids):
            return [value for _fid, value in every]
        found = dict(every)
    else:
        listed = ",".join(map(str, ids.tolist()))
        found = dict(sql.execute(f"SELECT fid, {name} FROM {table} WHERE fid IN ({listed})").fetchall())
    return [found.get(one) for one in ids.tolist()]


def texts(sql: sqlite3.Connection, rows: LayerRows, field: str) -> list[str]:
    """The different texts of one field, in no order that means anything."""
    name, table = quoted(field), quoted(rows.definition.table)
    query = f"SELECT DISTINCT {name} FROM {table} WHERE typeof({name}) = 'text' AND {name} <> ''"
    return [value for (value,) in sql.execute(query)]


# -- filtering -------------------------------------------------------------------------------------------------------


def _filtered(sql: sqlite3.Connection, rows: LayerRows, query: RegisterQuery, measured: Measured) -> RowIds:
    table = quoted(rows.definition.table)
    wheres: list[str] = []
    values: list[Any] = []
    for one in query.conditions:
        if one.field in rows.names:
            where, bound = _where(rows.definition.by_name[one.field], one)
            wheres.append(where)
            values += bound
    tail = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    found = sql.execute(f"SELECT fid FROM {table}{tail}", values).fetchall()
    ids: RowIds = np.fromiter(chain.from_iterable(found), np.int64, len(found))
    ids.sort()
    for one in query.conditions:
        if one.field in MEASURES and one.field in measured:
            ids = ids[_measure_holds(one, figures(measured, one.field, ids))]
    text = query.text.strip()
    return ids[np.isin(ids, _searched(sql, rows, text))] if text else ids


def _where(field: FieldDefinition, condition: Condition) -> tuple[str, list[Any]]:
    name = quoted(field.name)
    empty = f"({name} IS NULL OR {name} = '')"
    match condition:
        case Filled(filled=filled):
            return (f"NOT {empty}" if filled else empty), []
        case Containing(text=text):
            return f"{name} LIKE ? ESCAPE '\\'", [_like(text)]
        case Between(low=low, high=high):
            return _range(field, low, high)
        case Among(values=among):
            given = [one for one in among if one is not None]
            parts = [empty] if len(given) < len(among) else []
            if field.type == "list":
                parts += [f"instr('{LIST_SEPARATOR}' || {name} || '{LIST_SEPARATOR}', ?)"] * len(given)
                bound: list[Any] = [f"{LIST_SEPARATOR}{one}{LIST_SEPARATOR}" for one in given]
            else:
                parts += [f"{name} IN ({','.join('?' * len(given))})"] if given else []
                bound = [int(one) if isinstance(one, bool) else one for one in given]
            return (f"({' OR '.join(parts)})" if parts else "0"), bound
    raise TypeError(condition)


def _range(field: FieldDefinition, low: Value, high: Value) -> tuple[str, list[Any]]:
    name = quoted(field.name)
    # Text sorts behind every number in SQLite, so what another program typed beside numbers would be "large".
    kind = f"typeof({name}) IN ('integer', 'real')" if field.type in ("integer", "real") else f"{name} <> ''"
    parts, bound = [f"{name} IS NOT NULL", kind], list[Any]()
    if low is not None:
        parts.append(f"{name} >= ?")
        bound.append(low)
    if high is not None:
        parts.append(f"{name} <= ?")
        bound.append(f"{high}T99" if field.type == "datetime" and len(str(high)) == 10 else high)
    return " AND ".join(parts), bound


def _like(text: str) -> str:
    plain = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"


def _measure_holds(condition: Condition, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    there = ~np.isnan(numbers)
    if isinstance(condition, Filled):
        return there if condition.filled else ~there
    if isinstance(condition, Between):
        low = -np.inf if condition.low is None else float(condition.low)
        high = np.inf if condition.high is None else float(condition.high)
        return there & (numbers >= low) & (numbers <= high)
    return np.ones(len(numbers), dtype=bool)


def figures(measured: Measured, name: str, ids: RowIds) -> NDArray[np.float64]:
    """The measure `name` of `ids` (any order); nan where there is none."""
    result = np.full(len(ids), np.nan)
    if name not in measured or not len(measured[name][0]):
        return result
    known, values = measured[name]
    places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
    there = known[places] == ids
    result[there] = np.asarray(values, dtype=np.float64)[places[there]]
    return result


def _searched(sql: sqlite3.Connection, rows: LayerRows, text: str) -> RowIds:
    """Rows in which a text, or the name or number of what a row refers to, contains `text`, or whose name or person is
    spelt or abbreviated so in pinyin."""
    definition = rows.definition
    table = quoted(definition.table)
    like = _like(text)
    parts: list[str] = []
    bound: list[Any] = []
    for one in definition.fields:
        if one.name not in rows.names:
            continue
        if one.type in ("text", "list", "date"):
            parts.append(f"{quoted(one.name)} LIKE ? ESCAPE '\\'")
            bound.append(like)
        elif one.type == "reference" and _has_columns(sql, one.target, ("name", "id")):
            target = f"SELECT uid FROM {quoted(one.target)} WHERE name LIKE ? ESCAPE '\\' OR id LIKE ? ESCAPE '\\'"
            parts.append(f"{quoted(one.name)} IN ({target})")
            bound += [like, like]
    if not parts:
        return no_rows()
    found = {row[0] for row in sql.execute(f"SELECT fid FROM {table} WHERE {' OR '.join(parts)}", bound)}
    if any(letter.isascii() and letter.isalpha() for letter in text):
        for name in _spoken_fields(definition):
            if name in rows.names:
                found |= _spelt_so(sql, table, quoted(name), text)
    return np.array(sorted(found), dtype=np.int64)


def _spelt_so(sql: sqlite3.Connection, table: str, name: str, text: str) -> set[int]:
    """Rows whose `name` is spelt or abbreviated as `text`: each name is judged once, in however many rows it stands."""
    from geohazard_desktop.common.pinyin import matches

    chinese = sql.execute(f"SELECT DISTINCT {name} FROM {table} WHERE {name} GLOB '*[^ -~]*'")
    called = [one for (one,) in chinese if isinstance(one, str) and matches(one, text)]
    found: set[int] = set()
    for start in range(0, len(called), _NAMES_A_QUERY):
        part = called[start : start + _NAMES_A_QUERY]
        marks = ",".join("?" * len(part))
        found.update(row[0] for row in sql.execute(f"SELECT fid FROM {table} WHERE {name} IN ({marks})", part))
    return found


def _spoken_fields(definition: LayerDefinition) -> list[str]:
    """Names of things and of people: short texts that are typed by their initials."""
    return [
        one.name
        for one in definition.fields
        if one.type == "text"
        and not one.multiline
        and not one.name.endswith("phone")
        and (one.name in NAME_FIELDS or definition.is_personal(one.name))
    ]


def _has_columns(sql: sqlite3.Connection, table: str, names: Sequence[str]) -> bool:
    found = {row[1] for row in sql.execute(f"PRAGMA table_info({quoted(table)})")}
    return set(names) <= found


# -- sorting ---------------------------------------------------------------------------------------------------------


def _order(
    sql: sqlite3.Connection,
    rows: LayerRows,
    ids: RowIds,
    keys: Sequence[SortKey],
    measured: Measured,
    ranked: Callable[[str, RowIds, Callable[[], Ranks]], Ranks],
) -> NDArray[np.intp]:
    """Places of `ids` in order; what the keys leave equal stays in file order."""
    ranks = []
    for key in keys:
        if key.field in MEASURES:
            numbers = figures(measured, key.field, ids)
            found = np.where(np.isnan(numbers), np.inf, numbers)
        elif key.field in rows.names:
            found = ranked(key.field, ids, lambda name=key.field: _ranks(sql, rows, ids, name))  # type: ignore[misc]
        else:
            continue
        ranks.append(falling(found) if key.descending else found)
    return np.lexsort(ranks[::-1]) if ranks else np.arange(len(ids))


def _ranks(sql: sqlite3.Connection, rows: LayerRows, ids: RowIds, name: str) -> Ranks:
    field = rows.definition.by_name[name]
    values = column(sql, rows, ids, name)
    return ranks_of(field, values, _reference_words(sql, field.target, values) if field.type == "reference" else None)


def _reference_words(sql: sqlite3.Connection, target: str, values: Sequence[Value]) -> dict[str, str]:
    if not any(values) or not _has_columns(sql, target, ("name", "id")):
        return {}
    head = "head" if _has_columns(sql, target, ("head",)) else "NULL"
    found = sql.execute(f"SELECT uid, coalesce(nullif(name, ''), {head}, id) FROM {quoted(target)}")
    return {str(uid): str(words or "") for uid, words in found}
