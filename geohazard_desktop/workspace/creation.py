"""Making a workspace file: whole or not at all."""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from pyproj import CRS
from pyproj.exceptions import CRSError

from geohazard_desktop import __version__
from geohazard_desktop.common.errors import DefinitionInvalid, FileExists
from geohazard_desktop.common.moving import move_to_new
from geohazard_desktop.common.places import layer_file
from geohazard_desktop.common.sqlite_fitness import refuse_unfit_sqlite
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.district import District
from geohazard_desktop.workspace import blob, schema
from geohazard_desktop.workspace.connection import spoken
from geohazard_desktop.workspace.definition import LayerDefinition, definitions_from_texts
from geohazard_desktop.workspace.feature import new_uid
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.issuer import column_of
from geohazard_desktop.workspace.journal import Journal


def create_file(path: Path, district: District, who: Identity, *, layers: Path | None = None) -> None:
    """Make an empty workspace for `district` at `path`, with every layer of the folder `layers`.

    It is built beside its place under another name and moved there whole, so that a process killed meanwhile leaves
    no half file. Raises FileExists when `path` exists, WorkspaceBusyOrLost when the disk refuses.
    """
    if path.exists():
        raise FileExists(_("{name} 已经存在，没有覆盖。").format(name=path.name), _("请换一个文件名，或直接打开它。"))
    refuse_unfit_sqlite()
    texts = definition_texts(layers)
    definitions = definitions_from_texts(texts["_common"], {k: v for k, v in texts.items() if k != "_common"})
    crs = projected_crs(district.epsg)
    unfinished = path.with_name(f".{path.name}.new")
    with spoken(path):
        unfinished.unlink(missing_ok=True)
        sql = sqlite3.connect(unfinished, isolation_level=None)
        try:
            blob.register(sql)
            sql.execute("PRAGMA page_size = 4096")
            sql.execute(f"PRAGMA application_id = {schema.GEOPACKAGE_APPLICATION_ID}")
            sql.execute(f"PRAGMA user_version = {schema.GEOPACKAGE_USER_VERSION}")
            _fill(sql, definitions, texts, crs, district)
            _record_beginning(sql, who)
            sql.execute("COMMIT")
        except BaseException:
            sql.close()
            unfinished.unlink(missing_ok=True)
            raise
        sql.close()
    move_to_new(unfinished, path)


def definition_texts(folder: Path | None = None) -> dict[str, str]:
    """The TOML texts of `layers/` by file stem, `_common` included."""
    folder = folder or layer_file()
    return {one.stem: one.read_text(encoding="utf-8") for one in sorted(folder.glob("*.toml"))}


def projected_crs(epsg: int) -> CRS:
    """The CRS of a code; DefinitionInvalid when it is unknown or not a projected one in metres."""
    try:
        crs = CRS.from_epsg(epsg)
    except CRSError as error:
        raise DefinitionInvalid(
            _("没有 EPSG:{epsg} 这个坐标系。").format(epsg=epsg), _("请在行政区设置里改成本地 3 度带的代码，如 4524。")
        ) from error
    if not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        raise DefinitionInvalid(
            _("EPSG:{epsg} 不是以米为单位的投影坐标系。").format(epsg=epsg),
            _("请在行政区设置里改成本地 3 度带的代码，如 4524。"),
        )
    return crs


def _fill(
    sql: sqlite3.Connection,
    definitions: Mapping[str, LayerDefinition],
    texts: Mapping[str, str],
    crs: CRS,
    district: District,
) -> None:
    sql.executescript(schema.CONTAINER + schema.JOURNAL)
    sql.execute("BEGIN")
    for row in _reference_systems(crs, district.epsg):
        sql.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", row)
    about = {"format": str(schema.FORMAT_VERSION), "epsg": str(district.epsg), "program": __version__}
    sql.executemany("INSERT INTO workspace_about VALUES (?, ?)", about.items())
    sql.executemany("INSERT INTO layer_definition VALUES (?, ?)", texts.items())
    for statement in schema.journal_guards().values():
        sql.execute(statement)
    for definition in definitions.values():
        for statement in schema.create_layer(definition, district.epsg):
            sql.execute(statement)
        columns = [row[1] for row in sql.execute(f"PRAGMA table_info({schema.quoted(definition.table)})")]
        for statement in schema.triggers(definition, columns).values():
            sql.execute(statement)
    _store_settings(sql, district)


def _record_beginning(sql: sqlite3.Connection, who: Identity) -> None:
    journal = Journal(sql, lambda _layer: None)
    journal.record(first_entry=1, actor=who.actor, origin=who.origin, words=_("新建工作文件"), kind="system")


def _store_settings(sql: sqlite3.Connection, district: District) -> None:
    """The district's facts become rows of the `setting` layer: from here on the workspace, not the file, is asked."""
    for one in district.settings.values():
        column = schema.quoted(column_of(one.key))
        sql.execute(
            f"INSERT INTO setting (uid, key, name, {column}, source) VALUES (?, ?, ?, ?, ?)",
            (new_uid(), one.key, one.title, _text_of(one.value), one.source),
        )


def _text_of(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _reference_systems(crs: CRS, epsg: int) -> list[tuple[str, int, str, int, str, str | None]]:
    wgs84, cgcs2000 = CRS.from_epsg(4326), CRS.from_epsg(4490)
    return [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
        (wgs84.name, 4326, "EPSG", 4326, wgs84.to_wkt("WKT1_GDAL"), None),
        (cgcs2000.name, 4490, "EPSG", 4490, cgcs2000.to_wkt("WKT1_GDAL"), None),
        (crs.name, epsg, "EPSG", epsg, crs.to_wkt("WKT1_GDAL"), None),
    ]
