"""Layers that come into a workspace after it was made: those that the program gained, when somebody writes into them,
and the office's reference layers. Opening a file adds none."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geohazard_desktop.common.errors import EditRefused, WorkspaceReadOnly
from geohazard_desktop.common.places import layer_file
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import schema, upkeep
from geohazard_desktop.workspace.definition import LayerDefinition, definitions_from_texts
from geohazard_desktop.workspace.journal import Journal
from geohazard_desktop.workspace.own_words import read_own_words

if TYPE_CHECKING:
    from geohazard_desktop.workspace.workspace import Workspace


def add_layers(ws: "Workspace", tables: tuple[str, ...]) -> bool:
    """Put the shipped definitions of `tables` and their empty layers into the file; False where all are there already.
    Raises as `add_definitions` does, and ResourceMissing."""
    missing = [one for one in tables if one not in ws.definitions]
    return add_definitions(ws, {one: layer_file(f"{one}.toml").read_text(encoding="utf-8") for one in missing})


def add_definitions(ws: "Workspace", added: Mapping[str, str]) -> bool:
    """Put the definitions of `added` (TOML text by table) and their empty layers into the file; False for none.

    Nothing is drawn or changed by it, so it is no step of the history. Who has read `ws.definitions` (the layer tree,
    the map's process) has to read them again. Raises WorkspaceReadOnly, WorkspaceBusyOrLost, DefinitionInvalid,
    EditRefused where another program has put a table of that name into the file.
    """
    if not added:
        return False
    if ws.read_only:
        raise WorkspaceReadOnly(
            _("{name} 只能看，不能加图层。").format(name=ws.path.name), _("请另存一份，在那一份里做。")
        )
    with ws._connection.transaction() as sql:
        there = {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        taken = [one for one in added if one in there]
        if taken:
            raise EditRefused(
                _("{name} 里已经有别的程序建的表 {table}。").format(name=ws.path.name, table="、".join(taken)),
                _("请在那个程序里把它改名，再做一次。"),
            )
        texts = dict(sql.execute("SELECT table_name, toml FROM layer_definition").fetchall())
        found = definitions_from_texts(texts.pop("_common", ""), texts | dict(added))
        sql.executemany("INSERT INTO layer_definition VALUES (?, ?)", added.items())
        for table in added:
            for statement in schema.create_layer(found[table], ws.epsg):
                sql.execute(statement)
            columns = [row[1] for row in sql.execute(f"PRAGMA table_info({schema.quoted(table)})")]
            for statement in schema.triggers(found[table], columns).values():
                sql.execute(statement)
    _know(ws, found)
    return True


def take_in(ws: "Workspace") -> None:
    """Know the layers that another window, or another connection of this one, has put into the file meanwhile."""
    count = ws._sql.execute("SELECT count(*) FROM layer_definition WHERE table_name <> '_common'").fetchone()[0]
    if count == len(ws.made_definitions):
        return
    texts = dict(ws._sql.execute("SELECT table_name, toml FROM layer_definition").fetchall())
    _know(ws, definitions_from_texts(texts.pop("_common", ""), texts))


def _know(ws: "Workspace", found: Mapping[str, LayerDefinition]) -> None:
    made = {table: ws.made_definitions.get(table, one) for table, one in found.items()}
    ws.made_definitions = made
    ws.definitions.clear()
    ws.definitions.update(made)
    ws._condition = upkeep.look(ws._sql, ws.definitions)
    ws._rows = ws._layer_rows()
    ws._journal = Journal(ws._sql, ws._rows.get, ws._own)
    read_own_words(ws)
