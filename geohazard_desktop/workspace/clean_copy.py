"""A copy of a workspace without history and without personal data, for whoever inherits or asks for it.

Personal are the fields and layers whose definitions say so. Their values are also looked for in all other texts, where
people write a name into a remark, and covered there. At the end the file's very bytes are searched for each of them: a
copy in which one is found is not handed out.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import blob, stored_files
from geohazard_desktop.workspace.backup import copy_file
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.schema import quoted
from geohazard_desktop.workspace.workspace import Workspace

COVER = "〔略〕"
_FEWEST = 2  # characters of a value that is looked for; one alone is no name
_PRINTED = ("district", "subdistrict", "place", "settlement")  # layers whose names stand on every map
_LOCAL = re.compile(r'"kind": ?"(raster|relief|mbtiles|folder)"')


@dataclass(frozen=True, slots=True)
class CleanReport:
    """What was left out: values in personal fields, rows of personal layers, texts in which one was covered, photos.

    `searched` values were looked for in the file's bytes and not found. `kept` are words that are personal in one field
    and public elsewhere (a place name as an address): they stay where they are public.
    """

    values: int
    rows: int
    covered: int
    photos: int
    searched: int
    kept: tuple[str, ...]


def clean_copy(path: Path, target: Path) -> CleanReport:
    """Write the copy; `target` is there only when it is clean. Raises ExportRefused and leaves nothing otherwise."""
    draft = target.with_name(f"{target.name}.clean")
    try:
        with Workspace.open(path, read_only=True) as ws:
            definitions = ws.definitions
            personal, public = _words(ws)
        copy_file(path, draft)
        with closing(sqlite3.connect(draft, isolation_level=None)) as sql:
            blob.register(sql)
            report = _cleaned(sql, definitions, personal - public)
        kept = tuple(sorted(personal & public))
        _prove_clean(draft, sorted(personal - public))
        draft.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise ExportRefused(
            _("没有存成脱敏副本 {name}。").format(name=target.name), _("请换一个文件夹，或检查磁盘空间和权限。")
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    values, rows, covered, photos = report
    return CleanReport(values, rows, covered, photos, len(personal - public), kept)


# -- what is personal ------------------------------------------------------------------------------------------------


def _words(ws: Workspace) -> tuple[set[str], set[str]]:
    """The personal texts, of now and of the whole history, and the words that are public all the same."""
    personal: set[str] = set()
    public: set[str] = set()
    for definition in ws.definitions.values():
        for one in definition.fields:
            public |= set(one.values)
    for layer in _PRINTED:
        if layer in ws.definitions:
            public |= {str(value) for value in ws.attributes(layer).columns.get("name", ()) if value}
    public |= {value for key, value in ws.settings().items() if key.startswith(("district.", "office.", "duty."))}
    for definition in ws.definitions.values():
        fields = _personal_texts(definition)
        if not fields:
            continue
        columns = ws.attributes(definition.table).columns
        for name in fields:
            personal |= {str(value).strip() for value in columns.get(name, ()) if isinstance(value, str)}
        for image in _images(ws, definition.table):
            personal |= {str(image[name]).strip() for name in fields if isinstance(image.get(name), str)}
    personal = {one for one in personal if len(one) >= _FEWEST}
    # What the layers' own definitions say (群测群防) is a word of the form wherever it stands.
    with closing(sqlite3.connect(f"{ws.path.absolute().as_uri()}?mode=ro", uri=True)) as sql:
        form = "\n".join(row[0] for row in sql.execute("SELECT toml FROM layer_definition"))
    return personal, public | {one for one in personal if one in form}


def _images(ws: Workspace, layer: str) -> Iterator[Mapping[str, object]]:
    """What rows of a layer held before each step of the history."""
    with closing(sqlite3.connect(f"{ws.path.absolute().as_uri()}?mode=ro", uri=True)) as sql:
        query = "SELECT before_values FROM journal WHERE layer = ? AND before_values IS NOT NULL"
        for (text,) in sql.execute(query, (layer,)):
            yield json.loads(text)


def _personal_texts(definition: LayerDefinition) -> list[str]:
    """Personal fields with free text: what stands in a list of values is a word of the form, not of a person."""
    return [
        one.name
        for one in definition.fields
        if definition.is_personal(one.name) and one.type in ("text", "list") and not one.values
    ]


# -- cleaning --------------------------------------------------------------------------------------------------------


def _cleaned(
    sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition], words: set[str]
) -> tuple[int, int, int, int]:
    """Values and rows taken out, texts covered, photos left out. The file is compacted afterwards."""
    triggers = sql.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'rtree\\_%' ESCAPE '\\'"
    ).fetchall()
    sql.execute("BEGIN")
    for name, _text in triggers:
        sql.execute(f"DROP TRIGGER {quoted(name)}")
    tables = {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    values = rows = covered = 0
    for definition in definitions.values():
        if definition.table not in tables:
            continue
        if definition.personal:
            rows += sql.execute(f"DELETE FROM {quoted(definition.table)}").rowcount
            continue
        for one in definition.fields:
            if definition.is_personal(one.name):
                column = quoted(one.name)
                query = f"UPDATE {quoted(definition.table)} SET {column} = NULL WHERE {column} IS NOT NULL"
                values += sql.execute(query).rowcount
    photos = 0
    if "attachment" in tables:
        photos = sql.execute("DELETE FROM attachment").rowcount
    if stored_files.TABLE in tables:
        sql.execute(f"DELETE FROM {quoted(stored_files.TABLE)}")
    for fid, value in sql.execute("SELECT fid, value FROM setting WHERE key LIKE 'base_map.%'").fetchall():
        if _LOCAL.search(str(value)):  # a path may hold the user's name, and is of no use elsewhere
            sql.execute("DELETE FROM setting WHERE fid = ?", (fid,))
    covered = _cover(sql, definitions, tables, words)
    _forget_history(sql, definitions, tables)
    for _name, text in triggers:
        sql.execute(text)
    sql.execute("COMMIT")
    sql.execute("VACUUM")
    return values, rows, covered, photos


def _cover(
    sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition], tables: set[str], words: set[str]
) -> int:
    """Cover personal words in all other texts; returns in how many."""
    if not words:
        return 0
    pattern = re.compile("|".join(re.escape(one) for one in sorted(words, key=len, reverse=True)))
    covered = 0
    for table in sorted(tables & definitions.keys()):
        names = [row[1] for row in sql.execute(f"PRAGMA table_info({quoted(table)})")]
        for name in names:
            if name in ("fid", "geom", "uid"):
                continue
            column = quoted(name)
            query = f"SELECT fid, {column} FROM {quoted(table)} WHERE typeof({column}) = 'text'"
            for fid, text in sql.execute(query).fetchall():
                clean = pattern.sub(COVER, text)
                if clean != text:
                    sql.execute(f"UPDATE {quoted(table)} SET {column} = ? WHERE fid = ?", (clean, fid))
                    covered += 1
    return covered


def _forget_history(sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition], tables: set[str]) -> None:
    """One step remains: that the copy was made, with every row as new."""
    for table in ("journal", "change", "journal_break"):
        sql.execute(f"DELETE FROM {table}")
    for table in sorted(tables & definitions.keys()):
        sql.execute(
            "INSERT INTO journal (layer, uid, operation) SELECT ?, uid, 'I' FROM " + quoted(table) + " ORDER BY fid",
            (table,),
        )
    first, last = sql.execute("SELECT coalesce(min(entry), 1), coalesce(max(entry), 0) FROM journal").fetchone()
    sql.execute(
        "INSERT INTO change (first_entry, last_entry, actor, words, origin, origin_number, kind) "
        "VALUES (?, ?, ?, ?, ?, 1, 'system')",
        (first, last, _("本机"), _("另存为脱敏副本"), "0" * 32),
    )


def _prove_clean(draft: Path, words: Sequence[str]) -> None:
    """Search the file's bytes. Raises ExportRefused with how many personal values are still there, without them."""
    data = draft.read_bytes()
    found = [one for one in words if one.encode() in data]
    if found:
        raise ExportRefused(
            _("副本里还查得到 {count} 项个人信息（第一项是“{first}…”开头的），没有存。").format(
                count=len(found), first=found[0][0]
            ),
            _("它们可能写在图层样式或别的程序加的表里。请先在那里改掉，再另存一次。"),
        )
