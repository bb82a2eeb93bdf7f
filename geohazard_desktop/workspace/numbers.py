"""Numbers for people (WD-W-0008): which come next, and which rows another program left without one."""

import sqlite3
from collections.abc import Mapping

from geohazard_desktop.domain.numbering import format_number, serial_of
from geohazard_desktop.workspace import schema
from geohazard_desktop.workspace.definition import LayerDefinition


def following(sql: sqlite3.Connection, definition: LayerDefinition, prefix: str, count: int) -> list[str]:
    """The next `count` numbers of a layer that has a letter; one that was ever given is not given again."""
    used = sql.execute(
        f"SELECT id FROM {schema.quoted(definition.table)} UNION ALL SELECT json_extract(before_values, '$.id') "
        "FROM journal WHERE layer = ? AND operation = 'D'",
        (definition.table,),
    ).fetchall()
    serials = (serial_of(str(row[0]), prefix, definition.letter) for row in used if row[0])
    highest = max((one for one in serials if one is not None), default=0)
    return [format_number(prefix, definition.letter, highest + 1 + index) for index in range(count)]


def missing(
    sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition], columns: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """The uids of the rows of each numbered layer that have no `id`, as OGR and QGIS leave them."""
    found = {}
    for table, definition in definitions.items():
        if definition.letter and "id" in columns.get(table, ()):
            rows = sql.execute(
                f"SELECT uid FROM {schema.quoted(table)} WHERE (id IS NULL OR id = '') AND uid IS NOT NULL ORDER BY fid"
            ).fetchall()
            if rows:
                found[table] = [str(row[0]) for row in rows]
    return found
