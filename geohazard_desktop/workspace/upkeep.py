"""Keeping the history honest: are the triggers there, do the rows agree with the journal.

Opening only looks (it never changes the file); what is missing is mended inside the first transaction that writes,
and a break in the history is recorded there and said to the user.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import schema
from geohazard_desktop.workspace.definition import LayerDefinition


@dataclass(slots=True)
class Condition:
    """What a look at the file found. `breaks` maps a layer to (rows more than the journal explains, sentence)."""

    missing_triggers: dict[str, str] = field(default_factory=dict)
    obsolete_triggers: list[str] = field(default_factory=list)
    missing_columns: list[tuple[str, str]] = field(default_factory=list)
    breaks: dict[str, tuple[int, str]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        return not (self.missing_triggers or self.missing_columns or self.breaks)

    @property
    def sentences(self) -> list[str]:
        return [sentence for _difference, sentence in self.breaks.values()]


def look(sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition]) -> Condition:
    """Compare triggers and columns with what the definitions ask for. Reads the schema only: a few milliseconds."""
    found = Condition()
    rows = sql.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    actual = dict(rows)
    tables = {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    expected = dict(schema.journal_guards())
    for table, definition in definitions.items():
        if table not in tables:
            found.breaks[table] = (
                0,
                _("图层“{title}”被别的程序整个删掉了，里面的要素只留在历史里。").format(title=definition.title),
            )
            continue
        columns = [row[1] for row in sql.execute(f"PRAGMA table_info({schema.quoted(table)})")]
        found.columns[table] = columns
        wanted = ["uid", *(one.name for one in definition.fields)]
        found.missing_columns += [(table, name) for name in wanted if name not in columns]
        # A column that is only now wanted is no break: the history of those that are there is whole.
        expected |= schema.triggers(definition, columns)
    for name, text in expected.items():
        if name not in actual or (not name.startswith("rtree_") and actual[name] != text):
            _note_missing(found, definitions, name, text, existing=name in actual)
    return found


def _note_missing(
    found: Condition, definitions: Mapping[str, LayerDefinition], name: str, text: str, *, existing: bool
) -> None:
    # GDAL replaces some of the R-tree triggers by newer forms of its own: only a lost insert or delete is a loss.
    if name.startswith("rtree_") and not name.endswith(("_insert", "_delete")):
        return
    found.missing_triggers[name] = text
    if existing:
        found.obsolete_triggers.append(name)
    for table, definition in definitions.items():
        if name.startswith(f"{table}_journal_"):
            found.breaks.setdefault(
                table,
                (
                    0,
                    _("图层“{title}”曾被别的程序重建，那段时间的修改没有进历史。").format(title=definition.title),
                ),
            )


def count_differences(
    sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition], condition: Condition
) -> Condition:
    """Add breaks where a layer's row count disagrees with the journal (rows replaced past the triggers)."""
    explained: dict[str, int] = {}
    for layer, operation, count in sql.execute(
        "SELECT layer, operation, count(*) FROM journal WHERE operation <> 'U' GROUP BY layer, operation"
    ):
        explained[layer] = explained.get(layer, 0) + (count if operation == "I" else -count)
    for layer, difference in sql.execute("SELECT layer, sum(row_difference) FROM journal_break GROUP BY layer"):
        explained[layer] = explained.get(layer, 0) + difference
    for table, definition in definitions.items():
        if table not in condition.columns:
            continue
        rows = sql.execute(f"SELECT count(*) FROM {schema.quoted(table)}").fetchone()[0]
        difference = rows - explained.get(table, 0)
        if difference:
            sentence = _("图层“{title}”有 {count} 个要素的增减没有进历史，是别的程序绕过历史写的。")
            condition.breaks[table] = (difference, sentence.format(title=definition.title, count=abs(difference)))
    return condition


def mend(sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition], epsg: int, condition: Condition) -> None:
    """Inside a transaction: put back what is missing and record the breaks."""
    for table, definition in definitions.items():
        if table not in condition.columns:
            _forget_registration(sql, table)
            for statement in schema.create_layer(definition, epsg):
                sql.execute(statement)
    for name in condition.obsolete_triggers:
        sql.execute(f"DROP TRIGGER IF EXISTS {schema.quoted(name)}")
    for table, column in condition.missing_columns:
        sql.execute(f"ALTER TABLE {schema.quoted(table)} ADD COLUMN {schema.quoted(column)}")
        if column == "uid":
            sql.execute(f"UPDATE {schema.quoted(table)} SET uid = lower(hex(randomblob(16)))")
    for table, definition in definitions.items():
        columns = [row[1] for row in sql.execute(f"PRAGMA table_info({schema.quoted(table)})")]
        for name, statement in schema.triggers(definition, columns).items():
            widened = any(widened == table for widened, _column in condition.missing_columns)
            if name in condition.missing_triggers or table not in condition.columns or widened:
                sql.execute(f"DROP TRIGGER IF EXISTS {schema.quoted(name)}")
                sql.execute(statement)
    for name, statement in schema.journal_guards().items():
        if name in condition.missing_triggers:
            sql.execute(statement)
    for table, (difference, sentence) in condition.breaks.items():
        sql.execute(
            "INSERT INTO journal_break (layer, row_difference, sentence) VALUES (?, ?, ?)",
            (table, difference, sentence),
        )


def _forget_registration(sql: sqlite3.Connection, table: str) -> None:
    for registry in ("gpkg_geometry_columns", "gpkg_data_columns", "gpkg_extensions", "gpkg_contents"):
        sql.execute(f"DELETE FROM {registry} WHERE table_name = ?", (table,))
    sql.execute("DELETE FROM gpkg_data_column_constraints WHERE constraint_name LIKE ?", (f"{table}\\_%",))
    sql.execute(f"DROP TABLE IF EXISTS {schema.rtree(table)}")
