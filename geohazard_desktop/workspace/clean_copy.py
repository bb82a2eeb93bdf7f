"""A copy of a workspace without history and without personal data, for whoever inherits or asks for it.

Personal are the fields and layers whose definitions say so (`personal_words.py`). Their values are also looked for in
all other texts, where people write a name into a remark, and covered there. Public bodies stay: units, posts, an
office's number. At the end the file's very bytes are searched for each personal value: a copy in which one is found is
not handed out.
"""

import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.moving import move_over
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import blob, stored_files
from geohazard_desktop.workspace.backup import copy_file
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.personal_words import PersonalWords, personal_words
from geohazard_desktop.workspace.schema import quoted
from geohazard_desktop.workspace.workspace import Workspace

COVER = "〔略〕"
COVERED_TEXTS = _("{count} 处文字里的人名或电话盖成了〔略〕。")
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
            words = personal_words(ws)
        copy_file(path, draft)
        with closing(sqlite3.connect(draft, isolation_level=None)) as sql:
            blob.register(sql)
            report = _cleaned(sql, definitions, words)
        _prove_clean(draft, words)
        move_over(draft, target)
    except (OSError, sqlite3.Error) as error:
        raise ExportRefused(
            _("没有存成脱敏副本 {name}{reason}。").format(
                name=target.name,
                reason=_("（{reason}）").format(reason=reason_of(error)) if isinstance(error, OSError) else "",
            ),
            _("请关掉打开它的程序，或换一个文件夹、检查磁盘空间和权限。"),
        ) from error
    finally:
        with suppress(OSError):  # the disk is gone, or a scanner looks into it: it never had the copy's name
            draft.unlink(missing_ok=True)
    values, rows, covered, photos = report
    kept = tuple(dict.fromkeys([*words.kept, *words.around()]))
    return CleanReport(values, rows, covered, photos, len(words.names) + len(words.phones), kept)


# -- cleaning --------------------------------------------------------------------------------------------------------


def _cleaned(
    sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition], words: PersonalWords
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
        there = {row[1] for row in sql.execute(f"PRAGMA table_info({quoted(definition.table)})")}
        for one in definition.fields:
            if definition.is_personal(one.name) and one.name in there:
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
    sql: sqlite3.Connection, definitions: Mapping[str, LayerDefinition], tables: set[str], words: PersonalWords
) -> int:
    """Cover personal words in all other texts; returns in how many."""
    clean = covering(words)
    covered = 0
    for table in sorted(tables & definitions.keys()):
        names = [row[1] for row in sql.execute(f"PRAGMA table_info({quoted(table)})")]
        for name in names:
            if name in ("fid", "geom", "uid"):
                continue
            column = quoted(name)
            query = f"SELECT fid, {column} FROM {quoted(table)} WHERE typeof({column}) = 'text'"
            for fid, text in sql.execute(query).fetchall():
                told = clean(text)
                if told != text:
                    sql.execute(f"UPDATE {quoted(table)} SET {column} = ? WHERE fid = ?", (told, fid))
                    covered += 1
    return covered


def covering(words: PersonalWords) -> Callable[[str], str]:
    """What covers people's names and numbers in a text. A body's name goes before a person's that is part of it
    (安康社区 and somebody called 安康)."""
    bodies = "|".join(map(re.escape, words.around()))
    names = "|".join(re.escape(one) for one in sorted(words.names, key=len, reverse=True))
    pattern = re.compile(f"({bodies})|(?:{names})" if bodies else names) if names else None

    def covered(text: str) -> str:
        for start, end in reversed(words.phones_in(text)):
            text = text[:start] + COVER + text[end:]
        if pattern is None:
            return text
        return pattern.sub(lambda found: found.group(1) if bodies and found.group(1) else COVER, text)

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


def _prove_clean(draft: Path, words: PersonalWords) -> None:
    """Search the file's bytes. Raises ExportRefused with how many personal values are still there, without them."""
    data = draft.read_bytes()
    numbers = data.decode("latin-1")  # one letter a byte: digits stay where they are
    found = [numbers[start:end] for start, end in words.phones_in(numbers)]
    for one in words.around():
        data = data.replace(one.encode(), b"\0")
    found = [one for one in sorted(words.names) if one.encode() in data] + found
    if found:
        raise ExportRefused(
            _("副本里还查得到 {count} 项个人信息（第一项是“{first}…”开头的），没有存。").format(
                count=len(found), first=found[0][0]
            ),
            _("它们可能写在图层样式或别的程序加的表里。请先在那里改掉，再另存一次。"),
        )
