"""How a layer looks, for QGIS: the workspace's own style goes along, with the columns called as in the file.

A style that asks for a column which is not in the file, or is another kind of value there, would draw wrong classes
and no names: then none goes along, and QGIS draws in a colour of its own as it does with any file.
"""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

from geohazard_desktop.exchange.layer_order import LayerOrder
from geohazard_desktop.exchange.layer_rows import Leaving
from geohazard_desktop.workspace.workspace import Workspace

_DRAWN = (
    "renderer-v2",
    "labeling",
    "layerOpacity",
)  # of a QML; its forms and aliases are about columns as the workspace calls them
_OURS = "<!-- written with the exported file -->"  # QGIS writes a style anew, without it
_TEXTS = ("label", "filter", "fieldName", "expression", "description")
_QUOTED = re.compile(r'"([A-Za-z_][A-Za-z0-9_]*)"')  # a column in QGIS's expressions


def write_look(ws: Workspace, found: Leaving, order: LayerOrder, path: Path, names: Mapping[str, str]) -> list[str]:
    """Put the style into the GeoPackage, or beside another file as .qml. `names`: what each field is called in the
    file. Returns the names of further files."""
    qml = ws.stored_styles().get(order.layer, "")
    texts = {one.name for one in found.columns if one.kind == "boolean"} if path.suffix == ".shp" else set()
    look = _called(qml, {name: one for name, one in names.items() if name not in texts}, set(found.definition.by_name))
    if look is None or (found.cover is not None and any(found.cover(one) != one for one in _words(look))):
        return []
    if path.suffix == ".gpkg":
        _store(path, found.definition.title if order.titles else order.layer, look)
        return []
    beside = path.with_suffix(".qml")
    beside.write_text(look, encoding="utf-8", newline="\n")
    return [beside.name]


def is_others(path: Path) -> bool:
    """Whether a style lies there that this program did not write, or that somebody has changed since."""
    return path.exists() and not path.read_text(encoding="utf-8", errors="replace").rstrip().endswith(_OURS)


def _called(qml: str, names: Mapping[str, str], fields: set[str]) -> str | None:
    if not qml:
        return None
    root = ElementTree.fromstring(qml)  # our own text: what another program put there is under another name
    for part in list(root):
        if part.tag not in _DRAWN:
            root.remove(part)
    root.set("styleCategories", "Symbology|Labeling|Rendering")
    asked: set[str] = set()

    def renamed(match: re.Match[str]) -> str:
        name = match.group(1)
        asked.update({name} & fields)
        return f'"{names.get(name, name)}"'

    for element in root.iter():
        for key, value in element.attrib.items():
            element.set(key, _QUOTED.sub(renamed, value))
        if element.text:
            element.text = _QUOTED.sub(renamed, element.text)
    if not asked <= set(names):
        return None
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        + ElementTree.tostring(root, "unicode")
        + _OURS
        + "\n"
    )


def _words(look: str) -> list[str]:
    """What people wrote into a style: legend texts, conditions, what names are made of."""
    return [value for element in ElementTree.fromstring(look).iter() for key, value in element.items() if key in _TEXTS]


def _store(path: Path, layer: str, look: str) -> None:
    """The table that QGIS reads a GeoPackage's styles from."""
    with closing(sqlite3.connect(path)) as sql, sql:
        sql.execute(
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema "
            "TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, "
            "useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, "
            "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
        )
        sql.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', 'layer_styles')"
        )
        sql.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '')",
            (layer, layer, look),
        )
