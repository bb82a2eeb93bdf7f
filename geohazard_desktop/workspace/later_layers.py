"""Layers that the program gained after a workspace was made: they come into the file when somebody writes into them."""

from typing import TYPE_CHECKING

from geohazard_desktop.common.errors import EditRefused, WorkspaceReadOnly
from geohazard_desktop.common.places import layer_file
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import schema, upkeep
from geohazard_desktop.workspace.definition import definitions_from_texts
from geohazard_desktop.workspace.journal import Journal

if TYPE_CHECKING:
    from geohazard_desktop.workspace.workspace import Workspace


def add_layers(ws: "Workspace", tables: tuple[str, ...]) -> bool:
    """Put the shipped definitions of `tables` and their empty layers into the file; False where all are there already.

    Nothing is drawn or changed by it, so it is no step of the history. Who has read `ws.definitions` (the layer tree,
    the map's process) has to read them again. Raises WorkspaceReadOnly, ResourceMissing, WorkspaceBusyOrLost,
    EditRefused where another program has put a table of that name into the file.
    """
    missing = [one for one in tables if one not in ws.definitions]
    if not missing:
        return False
    if ws.read_only:
        raise WorkspaceReadOnly(
            _("{name} 只能看，不能加图层。").format(name=ws.path.name), _("请另存一份，在那一份里做。")
        )
    shipped = {one: layer_file(f"{one}.toml").read_text(encoding="utf-8") for one in missing}
    with ws._connection.transaction() as sql:
        there = {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        taken = [one for one in missing if one in there]
        if taken:
            raise EditRefused(
                _("{name} 里已经有别的程序建的表 {table}。").format(name=ws.path.name, table="、".join(taken)),
                _("请在那个程序里把它改名，再做一次。"),
            )
        texts = dict(sql.execute("SELECT table_name, toml FROM layer_definition").fetchall())
        common = texts.pop("_common", "")
        found = definitions_from_texts(common, texts | shipped)
        sql.executemany("INSERT INTO layer_definition VALUES (?, ?)", shipped.items())
        for table in missing:
            for statement in schema.create_layer(found[table], ws.epsg):
                sql.execute(statement)
            columns = [row[1] for row in sql.execute(f"PRAGMA table_info({schema.quoted(table)})")]
            for statement in schema.triggers(found[table], columns).values():
                sql.execute(statement)
    known = dict(ws.definitions)
    ws.definitions.clear()
    ws.definitions.update({table: known.get(table, one) for table, one in found.items()})
    ws._condition = upkeep.look(ws._sql, ws.definitions)
    ws._rows = ws._layer_rows()
    ws._journal = Journal(ws._sql, ws._rows.get)
    return True
