"""A workspace file as a program of an earlier day left it: without fields that layers gained later."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path


def take_fields(path: Path, layer: str, fields: Iterable[str]) -> None:
    """Take `fields` from a layer's table and definition, with the rules that draw what is over by them, and all
    triggers but those of the spatial index. The table is copied: SQLite drops columns from 3.35 on alone."""
    fields = tuple(fields)
    with closing(sqlite3.connect(path)) as sql:
        sql.execute("PRAGMA legacy_alter_table = ON")  # else a rename looks into triggers whose functions are elsewhere
        (toml,) = sql.execute("SELECT toml FROM layer_definition WHERE table_name = ?", (layer,)).fetchone()
        sql.execute("UPDATE layer_definition SET toml = ? WHERE table_name = ?", (_without(toml, fields), layer))
        parts = "SELECT name, type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
        made = {name: (kind, text) for name, kind, text in sql.execute(parts, (layer,)).fetchall()}
        table = made.pop(layer)[1]
        for name in fields:
            table, count = re.subn(rf', "{name}" [A-Z]+(?=[,)])', "", table)
            assert count == 1, (layer, name)
        sql.execute(table.replace(f'"{layer}"', '"earlier"', 1))
        kept = ", ".join(f'"{row[1]}"' for row in sql.execute('PRAGMA table_info("earlier")').fetchall())
        sql.execute(f'INSERT INTO "earlier" ({kept}) SELECT {kept} FROM "{layer}"')
        sql.execute(f'DROP TABLE "{layer}"')
        sql.execute(f'ALTER TABLE "earlier" RENAME TO "{layer}"')
        for name, (kind, text) in made.items():
            if kind == "index" or name.startswith("rtree_"):
                sql.execute(text)
        sql.commit()


def _without(toml: str, fields: tuple[str, ...]) -> str:
    parts = toml.split("[[")
    over = {n for n, one in enumerate(parts) if "until_today" in one and any(f'"{name}"' in one for name in fields)}
    gone = over | {n + 1 for n in over}  # a rule and its symbol
    gone |= {n for n, one in enumerate(parts) if any(f'name = "{name}"' in one for name in fields)}
    return "[[".join(one for n, one in enumerate(parts) if n not in gone)
