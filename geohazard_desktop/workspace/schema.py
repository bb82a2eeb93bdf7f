"""SQL of the workspace file: the GeoPackage's own tables, the layer tables, and the triggers that keep the journal.

The specification for people is `FORMAT.md` beside this file. Triggers are the journal's only writer, so that what
QGIS changes joins the history; they use plain SQL only, because another program's connection has neither our
functions nor our temporary tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition

FORMAT_VERSION = 1
GEOPACKAGE_APPLICATION_ID = 0x47504B47  # "GPKG"
GEOPACKAGE_USER_VERSION = 10300

_SQL_TYPES = {
    "text": "TEXT",
    "list": "TEXT",
    "reference": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "DATETIME",
}
GEOMETRY_TYPES = {"polygon": "MULTIPOLYGON", "line": "MULTILINESTRING", "point": "MULTIPOINT"}

CONTAINER = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
  f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
-- GDAL lists tables that nobody registered only where no other table is an attribute table: QGIS would not find this.
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
  VALUES ('layer_styles', 'attributes', 'layer_styles', 'layer_styles');
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema',
   'http://www.geopackage.org/spec/#extension_schema', 'read-write');
"""

JOURNAL = """
CREATE TABLE workspace_about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE layer_definition (table_name TEXT PRIMARY KEY, toml TEXT NOT NULL);
CREATE TABLE journal (
  entry INTEGER PRIMARY KEY AUTOINCREMENT, layer TEXT NOT NULL, uid TEXT,
  operation TEXT NOT NULL CHECK (operation IN ('I', 'U', 'D')),
  made_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  before_geom BLOB, before_values TEXT);
CREATE INDEX journal_by_feature ON journal (layer, uid, entry);
CREATE TABLE change (
  change_id INTEGER PRIMARY KEY AUTOINCREMENT, first_entry INTEGER NOT NULL, last_entry INTEGER NOT NULL,
  actor TEXT NOT NULL, made_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), words TEXT NOT NULL,
  origin TEXT NOT NULL, origin_number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'register', 'system', 'undo', 'redo')),
  undoes INTEGER REFERENCES change (change_id), UNIQUE (origin, origin_number));
CREATE TABLE journal_break (
  break_id INTEGER PRIMARY KEY AUTOINCREMENT, layer TEXT NOT NULL,
  noticed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  row_difference INTEGER NOT NULL DEFAULT 0, sentence TEXT NOT NULL);
"""


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL text literal."""
    return "'" + text.replace("'", "''") + "'"


def create_layer(definition: LayerDefinition, srs_id: int) -> Iterator[str]:
    """Statements that make one layer table with its registration, R-tree, aliases and constraints (no triggers)."""
    table = quoted(definition.table)
    columns = ["fid INTEGER PRIMARY KEY AUTOINCREMENT"]
    if definition.geometry != "none":
        columns.append(f"geom {GEOMETRY_TYPES[definition.geometry]}")
    columns.append("uid TEXT")
    columns += [f"{quoted(one.name)} {_SQL_TYPES[one.type]}{_default(one)}" for one in definition.fields]
    yield f"CREATE TABLE {table} ({', '.join(columns)})"
    yield f"CREATE INDEX {quoted('uid_of_' + definition.table)} ON {table} (uid)"
    kind = "attributes" if definition.geometry == "none" else "features"
    srs = "NULL" if definition.geometry == "none" else str(srs_id)
    yield (
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES "
        f"({literal(definition.table)}, '{kind}', {literal(definition.title)}, {literal(definition.title)}, {srs})"
    )
    if definition.geometry != "none":
        yield (
            "INSERT INTO gpkg_geometry_columns VALUES "
            f"({literal(definition.table)}, 'geom', '{GEOMETRY_TYPES[definition.geometry]}', {srs_id}, 0, 0)"
        )
        yield f"CREATE VIRTUAL TABLE {rtree(definition.table)} USING rtree(id, minx, maxx, miny, maxy)"
        yield (
            f"INSERT INTO gpkg_extensions VALUES ({literal(definition.table)}, 'geom', 'gpkg_rtree_index', "
            "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')"
        )
    for one in definition.fields:
        yield from _describe(definition.table, one)


def _default(one: FieldDefinition) -> str:
    if one.default is None:
        return ""
    if isinstance(one.default, str):
        return f" DEFAULT {literal(one.default)}"
    return f" DEFAULT {int(one.default) if isinstance(one.default, bool) else one.default}"


def _describe(table: str, one: FieldDefinition) -> Iterator[str]:
    constraint = "NULL"
    if one.values and one.type == "text":
        constraint = literal(f"{table}_{one.name}")
        for value in one.values:
            yield (
                "INSERT INTO gpkg_data_column_constraints VALUES "
                f"({constraint}, 'enum', {literal(value)}, NULL, NULL, NULL, NULL, {literal(value)})"
            )
    elif one.minimum is not None and one.maximum is not None:
        constraint = literal(f"{table}_{one.name}")
        yield (
            "INSERT INTO gpkg_data_column_constraints VALUES "
            f"({constraint}, 'range', NULL, {one.minimum}, 1, {one.maximum}, 1, NULL)"
        )
    title = f"{one.title}（{one.unit}）" if one.unit else one.title
    yield (
        "INSERT INTO gpkg_data_columns VALUES "
        f"({literal(table)}, {literal(one.name)}, {literal(one.name)}, {literal(title)}, NULL, NULL, {constraint})"
    )


def rtree(table: str) -> str:
    """The quoted name of a layer's R-tree."""
    return quoted(f"rtree_{table}_geom")


def triggers(definition: LayerDefinition, columns: Sequence[str]) -> Mapping[str, str]:
    """Every trigger a layer table must have, by name. `columns` are the table's real columns (others may add some)."""
    found = _own_triggers(definition.table, tuple(columns), definition.title if definition.append_only else None)
    return found if definition.geometry == "none" else {**found, **_rtree_triggers(definition.table)}


@lru_cache(maxsize=256)  # each opening compares them all with those of the file, each thread's connection too
def _own_triggers(prefix: str, columns: tuple[str, ...], register: str | None) -> Mapping[str, str]:
    return {**_journal_triggers(prefix, columns), **_guard_triggers(prefix, register)}


def _journal_triggers(prefix: str, columns: Sequence[str]) -> dict[str, str]:
    name, table = literal(prefix), quoted(prefix)
    values = [column for column in columns if column not in {"fid", "geom", "uid"}]
    image = " || ',' || ".join(f"{literal(_json_key(one))} || {_json_value('OLD.' + quoted(one))}" for one in values)
    image = f"'{{' || {image} || '}}'" if values else "'{}'"
    geometry = "OLD.geom" if "geom" in columns else "NULL"
    return {
        # Rows from other programs come without a uid, or with a copied one: give them their own before recording.
        f"{prefix}_journal_insert": (
            f"CREATE TRIGGER {quoted(prefix + '_journal_insert')} AFTER INSERT ON {table} BEGIN "
            f"UPDATE {table} SET uid = lower(hex(randomblob(16))) WHERE fid = NEW.fid AND (uid IS NULL OR uid = '' "
            f"OR EXISTS (SELECT 1 FROM {table} AS other WHERE other.uid = NEW.uid AND other.fid <> NEW.fid)); "
            f"INSERT INTO journal (layer, uid, operation) SELECT {name}, uid, 'I' FROM {table} WHERE fid = NEW.fid; "
            "END"
        ),
        f"{prefix}_journal_update": (
            f"CREATE TRIGGER {quoted(prefix + '_journal_update')} AFTER UPDATE ON {table} WHEN OLD.uid IS NEW.uid "
            "BEGIN INSERT INTO journal (layer, uid, operation, before_geom, before_values) "
            f"VALUES ({name}, OLD.uid, 'U', {geometry}, {image}); END"
        ),
        f"{prefix}_journal_delete": (
            f"CREATE TRIGGER {quoted(prefix + '_journal_delete')} AFTER DELETE ON {table} "
            "BEGIN INSERT INTO journal (layer, uid, operation, before_geom, before_values) "
            f"VALUES ({name}, OLD.uid, 'D', {geometry}, {image}); END"
        ),
    }


def _json_key(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '":'


def _json_value(column: str) -> str:
    # json_quote alone keeps 15 digits of a real; a before-image must come back bit by bit.
    return (
        f"CASE typeof({column}) WHEN 'null' THEN 'null' WHEN 'integer' THEN {column} "
        f"WHEN 'real' THEN printf('%!.17g', {column}) WHEN 'blob' THEN json_quote(hex({column})) "
        f"ELSE json_quote({column}) END"
    )


def _guard_triggers(prefix: str, register: str | None) -> dict[str, str]:
    """`register`: the title of a layer that only grows, None for any other."""
    table = quoted(prefix)
    found = {
        f"{prefix}_guard_uid": (
            f"CREATE TRIGGER {quoted(prefix + '_guard_uid')} BEFORE UPDATE OF uid ON {table} "
            "WHEN OLD.uid IS NOT NULL AND OLD.uid <> '' AND NEW.uid IS NOT OLD.uid AND NOT EXISTS "
            f"(SELECT 1 FROM {table} AS other WHERE other.uid = OLD.uid AND other.fid <> OLD.fid) "
            "BEGIN SELECT RAISE(ABORT, 'uid 是要素的内部标识，不能改'); END"
        )
    }
    if register is not None:
        for verb, words in (("UPDATE", "改"), ("DELETE", "删")):
            # Filling in a missing uid, done by the insert trigger, is the only change a register takes.
            allowed = " WHEN OLD.uid IS NEW.uid" if verb == "UPDATE" else ""
            name = f"{prefix}_guard_{verb.lower()}"
            found[name] = (
                f"CREATE TRIGGER {quoted(name)} BEFORE {verb} ON {table}{allowed} "
                f"BEGIN SELECT RAISE(ABORT, '{register}是只增不减的登记，不能{words}，请再记一条更正'); END"
            )
    return found


def journal_guards() -> dict[str, str]:
    """Triggers that keep the journal and the changes append-only."""
    return {
        f"{table}_guard_{verb.lower()}": (
            f"CREATE TRIGGER {table}_guard_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, '历史只增不减，不能改也不能删'); END"
        )
        for table in ("journal", "change")
        for verb in ("UPDATE", "DELETE")
    }


def _rtree_triggers(table: str) -> dict[str, str]:
    # The statements of OGC 12-128r18 annex F.3, in the form GDAL writes them.
    tree, name = rtree(table), f"rtree_{table}_geom"
    box = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
    there = "NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)"
    gone = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
    insert = f"INSERT OR REPLACE INTO {tree} VALUES (NEW.fid, {box});"
    remove = f"DELETE FROM {tree} WHERE id = OLD.fid;"
    on = quoted(table)
    return {
        f"{name}_insert": (
            f"CREATE TRIGGER {quoted(name + '_insert')} AFTER INSERT ON {on} WHEN ({there}) BEGIN {insert} END"
        ),
        f"{name}_update1": (
            f"CREATE TRIGGER {quoted(name + '_update1')} AFTER UPDATE OF geom ON {on} "
            f"WHEN OLD.fid = NEW.fid AND ({there}) BEGIN {insert} END"
        ),
        f"{name}_update2": (
            f"CREATE TRIGGER {quoted(name + '_update2')} AFTER UPDATE OF geom ON {on} "
            f"WHEN OLD.fid = NEW.fid AND {gone} BEGIN {remove} END"
        ),
        f"{name}_update3": (
            f"CREATE TRIGGER {quoted(name + '_update3')} AFTER UPDATE ON {on} "
            f"WHEN OLD.fid != NEW.fid AND ({there}) BEGIN {remove} {insert} END"
        ),
        f"{name}_update4": (
            f"CREATE TRIGGER {quoted(name + '_update4')} AFTER UPDATE ON {on} "
            f"WHEN OLD.fid != NEW.fid AND {gone} "
            f"BEGIN DELETE FROM {tree} WHERE id IN (OLD.fid, NEW.fid); END"
        ),
        f"{name}_delete": (
            f"CREATE TRIGGER {quoted(name + '_delete')} AFTER DELETE ON {on} WHEN OLD.geom NOT NULL BEGIN {remove} END"
        ),
    }
