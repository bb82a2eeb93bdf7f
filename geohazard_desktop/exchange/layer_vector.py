"""GeoPackage, Shapefile and GeoJSON through GDAL. What GDAL would shorten or leave out is judged here before, so
that it can be told; what was written is counted again in the file."""

import csv
import logging
import sqlite3
import warnings
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.dbf_names import COMPANION, FULL_TEXTS, short_names, shortened
from geohazard_desktop.exchange.layer_order import LayerOrder, LayerReport
from geohazard_desktop.exchange.layer_rows import Leaving, LeavingColumn

log = logging.getLogger(__name__)
_GEOMETRY = {"polygon": "MultiPolygon", "line": "MultiLineString", "point": "Point"}
_DEGREES = 10  # decimals: 0.01 mm
_TEXT_BYTES = 254  # of a DBF cell
_GBK_PAGE = 0x4D  # the DBF header's byte for code page 936
_BYTEWISE = "ISO-8859-1"  # one byte, one character: texts are encoded here, whatever GDAL was built with
Field = tuple[str, NDArray[Any], NDArray[np.bool_] | None]


def write_geopackage(found: Leaving, order: LayerOrder, path: Path, _report: LayerReport) -> list[str]:
    """One layer, named as people call it. Returns the files' names."""
    names = headings(found.columns, order)
    found.called = _called(found, names)
    layer = found.definition.title if order.titles else found.definition.table
    options = {"IDENTIFIER": found.definition.title, "DESCRIPTION": _use(order)}
    _write(path, found, _fields(found, names, order), layer=layer, driver="GPKG", options=options)
    if not order.titles:
        _say_titles(path, layer, names, found.columns)
    return [path.name]


def write_geojson(found: Leaving, order: LayerOrder, path: Path, _report: LayerReport) -> list[str]:
    """By RFC 7946: WGS 84, outer rings counter-clockwise. Ten decimals of a degree are a hundredth of a millimetre."""
    found.shapes = single_parts(found.shapes)
    options = {"RFC7946": "YES", "COORDINATE_PRECISION": str(_DEGREES)}
    names = headings(found.columns, order)
    found.called = _called(found, names)
    _write(path, found, _fields(found, names, order), driver="GeoJSON", options=options)
    return [path.name]


def write_shapefile(found: Leaving, order: LayerOrder, path: Path, report: LayerReport) -> list[str]:
    """The four files, .cpg, and beside them what they have no room for: whole column names, whole texts."""
    codec = "utf-8" if order.form == "shp-utf8" else "gb18030"
    wide = headings(found.columns, order, units=False)
    names = short_names(wide, codec)
    found.called = _called(found, names)
    stem = path.stem
    fields: list[Field] = []
    cut: list[tuple[int, str, str]] = []
    counts = [0] * len(names)
    for at, column in enumerate(found.columns):
        if column.kind in ("text", "boolean", "datetime"):
            texts = [_plain(column, one) for one in column.values]
            raw: list[bytes | None] = []
            for row, text in enumerate(texts):
                encoded, whole = shortened(text, codec, _TEXT_BYTES)
                raw.append(encoded)
                if not whole and text is not None:
                    counts[at] += 1
                    cut.append((row, column.heading, text))
            letters = [None if one is None else one.decode("latin-1") for one in raw]
            fields.append((_letters(names[at], codec), np.array(letters, dtype=object), None))
        else:
            fields.append((_letters(names[at], codec), *_numbers(column)))
    if order.profile == "internal":
        fields.append(("uid", np.array(found.uids, dtype=object), None))
    if found.definition.geometry == "point":
        found.shapes = single_parts(found.shapes)
    _write(path, found, fields, driver="ESRI Shapefile", encoding=_BYTEWISE)
    beyond = codec != "utf-8" and _beyond_gbk(found.columns)
    word = "UTF-8" if codec == "utf-8" else "GB18030" if beyond else "GBK"
    path.with_suffix(".cpg").write_text(word, encoding="ascii")
    with path.with_suffix(".dbf").open("r+b") as stream:
        stream.seek(29)
        stream.write(bytes([0 if codec == "utf-8" else _GBK_PAGE]))
    if beyond:
        report.notes.append(_("{count} 格有 GBK 没有的字，只认 GBK 的旧程序里会显示不出来。").format(count=beyond))
    files = [f"{stem}{one}" for one in (".shx", ".dbf", ".prj", ".cpg", ".shp")]
    return [*_write_beside(path, found, names, wide, counts, cut, report), *files]


def _called(found: Leaving, names: Sequence[str]) -> dict[str, str]:
    return {one.name: name for one, name in zip(found.columns, names, strict=True)}


def headings(columns: Sequence[LeavingColumn], order: LayerOrder, *, units: bool = True) -> list[str]:
    """What the columns are called in the file, each once."""
    found: list[str] = []
    for one in columns:
        name = one.name if not order.titles else one.heading if units else one.title
        found.append(name if name not in found else f"{name}_{one.name}")
    return found


def single_parts(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """What has one part only as that part: a point rather than a multipoint of one. Points stay as they are where any
    of them has more: a file has one kind."""
    counts = shapely.get_num_geometries(shapes)
    if (shapely.get_dimensions(shapes) == 0).any() and (counts > 1).any():
        return shapes
    made = shapes.copy()
    alone = counts == 1
    made[alone] = shapely.get_geometry(shapes[alone], 0)
    return made


# -- GDAL ------------------------------------------------------------------------------------------------------------


def _fields(found: Leaving, names: Sequence[str], order: LayerOrder) -> list[Field]:
    fields = [(name, *_array(column)) for name, column in zip(names, found.columns, strict=True)]
    if order.profile == "internal":
        # Whoever brings the features back keeps their identity, and with it what refers to them.
        fields.append(("uid", np.array(found.uids, dtype=object), None))
    return fields


def _array(column: LeavingColumn) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    return (np.array(column.values, dtype=object), None) if column.kind == "text" else _numbers(column)


def _numbers(column: LeavingColumn) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """A NumPy array, and where it says nothing."""
    values = column.values
    absent = np.array([one is None for one in values])
    if column.kind in ("date", "datetime"):
        unit = "datetime64[D]" if column.kind == "date" else "datetime64[ms]"
        return np.array([np.datetime64("NaT") if one is None else one for one in values], dtype=unit), None
    if column.kind == "real":
        return np.array([np.nan if one is None else one for one in values], dtype="float64"), None
    kind = "bool" if column.kind == "boolean" else "int64"
    return np.array([0 if one is None else one for one in values], dtype=kind), absent


def _write(
    path: Path,
    found: Leaving,
    fields: Sequence[Field],
    *,
    driver: str,
    layer: str | None = None,
    encoding: str | None = None,
    options: dict[str, str] | None = None,
) -> None:
    import pyogrio

    more: dict[str, Any] = {} if encoding is None else {"encoding": encoding}
    if driver == "GPKG":
        more["dataset_options"] = {"VERSION": "1.2"}  # what programs of ten years ago read without a warning
    kind = found.definition.geometry
    shapes = None
    if kind != "none":
        if kind == "point":
            found.shapes = single_parts(found.shapes)
        several = bool((shapely.get_num_geometries(found.shapes) > 1).any())
        more["geometry_type"] = "MultiPoint" if kind == "point" and several else _GEOMETRY[kind]
        if driver == "GeoJSON":
            more["geometry_type"] = "Unknown"
        more["crs"] = found.crs.to_wkt()
        shapes = shapely.to_wkb(found.shapes)
    try:
        # GDAL's English remarks are for the log: what they mean for the data was judged before.
        with warnings.catch_warnings(record=True) as remarks:
            warnings.simplefilter("always")
            pyogrio.raw.write(
                path,
                shapes,
                [one[1] for one in fields],
                [one[0] for one in fields],
                field_mask=[one[2] for one in fields],
                layer=layer or path.stem,
                driver=driver,
                layer_options=options or {},
                **more,
            )
            count = pyogrio.read_info(path, layer=layer, encoding=encoding, force_feature_count=True)["features"]
        for one in remarks:
            log.info("%s: %s", path.name, one.message)
    except (RuntimeError, ValueError) as error:  # pyogrio's own errors are RuntimeErrors
        log.info("%s: %s", path.name, error)
        raise not_whole(path) from error
    if count != len(found):
        log.info("%s: %s of %s features", path.name, count, len(found))
        raise not_whole(path)


def not_whole(path: Path) -> ExportRefused:
    """GDAL says in English, or not at all, why a file did not become whole: mostly the disk is full."""
    return ExportRefused(
        _("没有写成 {name}：文件没有写完整，多半是磁盘满了或移动盘拔了。").format(name=path.name),
        _("原来的文件没有动。请腾出空间，或换一个文件夹再导出。"),
    )


def _say_titles(path: Path, layer: str, names: Sequence[str], columns: Sequence[LeavingColumn]) -> None:
    """Columns under their field names: their Chinese titles as the standard's schema extension says them."""
    with closing(sqlite3.connect(path)) as sql, sql:
        sql.execute(
            "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT "
            "NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, "
            "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"
        )
        sql.execute(
            "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
            "name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, "
            "CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name))"
        )
        for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
            sql.execute(
                "INSERT OR IGNORE INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', "
                "'http://www.geopackage.org/spec/#extension_schema', 'read-write')",
                (table,),
            )
        sql.execute(
            "CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
            "constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, "
            "max_is_inclusive BOOLEAN, description TEXT, CONSTRAINT gdcc_ntv UNIQUE (constraint_name, "
            "constraint_type, value))"
        )
        sql.executemany(
            "INSERT OR REPLACE INTO gpkg_data_columns (table_name, column_name, name, title) VALUES (?, ?, ?, ?)",
            [(layer, name, one.heading, one.heading) for name, one in zip(names, columns, strict=True)],
        )


def _use(order: LayerOrder) -> str:
    return _("内部使用，不得公开") if order.profile == "internal" else _("不含个人信息")


# -- beside a Shapefile ----------------------------------------------------------------------------------------------


def _plain(column: LeavingColumn, value: Any) -> str | None:
    if value is None:
        return None
    if column.kind == "boolean":
        return _("是") if value else _("否")
    return value.isoformat() if column.kind == "datetime" else str(value)


def _letters(name: str, codec: str) -> str:
    return name.encode(codec).decode("latin-1")


def _beyond_gbk(columns: Sequence[LeavingColumn]) -> int:
    """How many texts have a character that GBK lacks."""
    count = 0
    for column in columns:
        for one in column.values if column.kind == "text" else ():
            try:
                (one or "").encode("gbk")
            except UnicodeEncodeError:
                count += 1
    return count


def _write_beside(
    path: Path,
    found: Leaving,
    names: Sequence[str],
    wide: Sequence[str],
    counts: Sequence[int],
    cut: Sequence[tuple[int, str, str]],
    report: LayerReport,
) -> list[str]:
    files: list[str] = []
    renamed = [(short, whole) for short, whole in zip(names, wide, strict=True) if short != whole]
    if renamed:
        name = f"{path.stem}{COMPANION}"
        with (path.parent / name).open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([_("文件里的列名"), _("原来的列名"), _("单位"), _("字段名"), _("截短的格数")])
            for short, column, count in zip(names, found.columns, counts, strict=True):
                writer.writerow([short, column.title, column.unit, column.name, count])
        files.append(name)
        words = _("{count} 个列名放不下，缩短了，对照表在 {name}。")
        report.notes.append(words.format(count=len(renamed), name=name))
    if cut:
        name = f"{path.stem}{FULL_TEXTS}"
        ids = found.texts("id")
        with (path.parent / name).open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([_("第几个要素"), _("编号"), _("列"), _("全文")])
            writer.writerows([row + 1, ids[row], heading, text] for row, heading, text in cut)
        files.append(name)
        columns = "、".join(dict.fromkeys(heading for _row, heading, _text in cut))
        words = _("Shapefile 一格只放 254 字节，{count} 格截短了（{columns}），全文在 {name}。")
        report.notes.append(words.format(count=len(cut), columns=columns, name=name))
    return files
