"""GeoPackage, Shapefile and GeoJSON through GDAL, with the reasons for encoding and CRS said in sentences."""

import json
import logging
import math
import sqlite3
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from geohazard_desktop.common.scratch import scratch_folder
from geohazard_desktop.common.sqlite_uri import sqlite_uri
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange import encoding as encodings
from geohazard_desktop.exchange import shapefile as shapefiles
from geohazard_desktop.exchange.dbf_names import COMPANION, whole_names
from geohazard_desktop.exchange.report import Evidence, Problem, refused
from geohazard_desktop.exchange.source import SourceTable, choose_layer

log = logging.getLogger(__name__)
Raw = tuple[dict[str, Any], Any, NDArray[np.object_] | None, list[NDArray[Any]]]
_BYTEWISE = "ISO-8859-1"  # one byte, one character: texts come through untouched and are decoded by us


def read_vector(path: Path, *, layer: str | None, encoding: str | None, epsg: int | None) -> SourceTable:
    """See source.open_source."""
    suffix = path.suffix.lower()
    if suffix != ".gpkg":
        choose_layer(path, [path.stem], layer, word=_("图层"))
    if suffix == ".shp":
        table = _read_shapefile(path, encoding)
    elif suffix == ".gpkg":
        table = _read_geopackage(path, layer)
    else:
        table = _read_geojson(path, encoding)
    if epsg is not None:
        table.asked_epsg = epsg
    _unscramble(table)
    return table


# -- Shapefile -----------------------------------------------------------------------------------------------------


def _read_shapefile(path: Path, asked: str | None) -> SourceTable:
    found = shapefiles.look(path)
    with scratch_folder() as folder:
        target = shapefiles.copied(found, folder) if found.restore_index else path
        meta, _fids, wkb, values = read_raw(target, name=path.name, encoding=_BYTEWISE, restore=found.restore_index)
    names = [str(one) for one in meta["fields"]]
    texts = [name.encode("latin-1") for name in names]
    bytewise = {}
    for name, column in zip(names, values, strict=True):
        if column.dtype == object:
            bytewise[name] = [one.encode("latin-1") if isinstance(one, str) else None for one in column]
            texts += dict.fromkeys(one for one in bytewise[name] if one)
    chosen = encodings.choose(texts, found.declared, asked, path.name)
    columns: dict[str, list[Any]] = {}
    cut = 0
    whole = whole_names(path)
    for name, column in zip(names, values, strict=True):
        heading = name.encode("latin-1").decode(chosen.codec, "ignore")
        heading = whole.get(heading, heading)
        if name in bytewise:
            columns[heading] = [None if one is None else one.decode(chosen.codec, "ignore") for one in bytewise[name]]
            cut += encodings.bad_texts([one for one in bytewise[name] if one], chosen.codec)
        else:
            columns[heading] = _plain(column)
    table = _table(path, path.stem, columns, wkb)
    table.encoding = chosen.title
    table.cut_names = True
    table.evidence.append(Evidence("encoding", chosen.sentence, chosen.doubt))
    table.evidence += found.evidence
    if whole:
        table.evidence.append(
            Evidence("fields", _("列名按旁边的“{name}”还原成全名。").format(name=COMPANION.lstrip("_")))
        )
    if found.prj:
        table.crs = _crs_of(found.prj)
        table.crs_sentence = _(".prj 文件写的是")
    return table


# -- GeoPackage ----------------------------------------------------------------------------------------------------


def _read_geopackage(path: Path, asked: str | None) -> SourceTable:
    spatial, others = _layers_of(path)
    if asked is None and spatial:
        layer = choose_layer(path, spatial, None, word=_("图层"))
    else:
        layer = choose_layer(path, [*spatial, *others], asked, word=_("图层"))
    meta, _fids, wkb, values = read_raw(path, name=path.name, layer=layer)
    columns = {str(name): _plain(column) for name, column in zip(meta["fields"], values, strict=True)}
    table = _table(path, layer, columns, wkb)
    table.encoding = "UTF-8"
    table.evidence.append(Evidence("encoding", _("GeoPackage 的文字按标准是 UTF-8。")))
    if meta["crs"]:
        table.crs = _crs_of(meta["crs"])
        table.crs_sentence = _("GeoPackage 里登记的是")
    return table


def _layers_of(path: Path) -> tuple[list[str], list[str]]:
    try:
        sql = sqlite3.connect(sqlite_uri(path.resolve(), "ro"), uri=True)
        try:
            rows = sql.execute("SELECT table_name, data_type FROM gpkg_contents ORDER BY rowid").fetchall()
        finally:
            sql.close()
    except sqlite3.Error as error:
        raise refused(
            _("{name} 是数据库文件，但不是 GeoPackage，或已损坏。").format(name=path.name),
            _("请向提供数据的人重新要一份。"),
        ) from error
    spatial = [name for name, kind in rows if kind == "features"]
    others = [name for name, kind in rows if kind == "attributes" and name != "layer_styles"]
    return spatial, others


# -- GeoJSON -------------------------------------------------------------------------------------------------------


def _read_geojson(path: Path, asked: str | None) -> SourceTable:
    raw = path.read_bytes()
    chosen = encodings.of_text_file(raw, [("UTF-8", _("GeoJSON 标准"))], asked, path.name)
    data = _parsed_json(path, raw.decode(chosen.codec))
    if isinstance(data, list):  # a bare array of features, as some public collections write
        data = {"type": "FeatureCollection", "features": data}
    if not isinstance(data, dict) or "type" not in data:
        raise refused(_("{name} 不是 GeoJSON。").format(name=path.name), _("请核对文件。"))
    text = json.dumps(data, ensure_ascii=False).encode()
    meta, _fids, wkb, values = read_raw(text, name=path.name)
    columns = {str(name): _plain(column) for name, column in zip(meta["fields"], values, strict=True)}
    table = _table(path, path.stem, columns, wkb)
    table.encoding = chosen.title
    table.evidence.append(Evidence("encoding", chosen.sentence, chosen.doubt))
    if "crs" in data:
        table.crs = _crs_of(meta["crs"]) if meta["crs"] else None
        table.crs_sentence = _("GeoJSON 里写的是")
    else:
        table.crs = CRS.from_epsg(4326)
        table.crs_sentence = _("GeoJSON 没有另写，按标准（RFC 7946）是")
    return table


def _parsed_json(path: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise refused(
            _("{name} 第 {line} 行第 {column} 个字符处不合 JSON 的写法，可能没有拷完整。").format(
                name=path.name, line=error.lineno, column=error.colno
            ),
            _("请重新拷一份或重新导出。"),
        ) from error


# -- common --------------------------------------------------------------------------------------------------------


def read_raw(
    source: Path | bytes, *, name: str, layer: str | None = None, encoding: str | None = None, restore: bool = False
) -> Raw:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError

    before = pyogrio.get_gdal_config_option("SHAPE_RESTORE_SHX")
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES" if restore else None})
    try:
        # GDAL's English remarks are for the log: what they mean for the data is judged below, feature by feature.
        with warnings.catch_warnings(record=True) as remarks:
            warnings.simplefilter("always")
            read: Raw = pyogrio.raw.read(source, layer=layer, encoding=encoding, datetime_as_string=True)
        for one in remarks:
            log.info("%s: %s", name, one.message)
    except (DataSourceError, DataLayerError, FieldError, RuntimeError, ValueError) as error:
        raise refused(
            _("{name} 读不出来（{reason}）。").format(name=name, reason=str(error).strip().rstrip(".")),
            _("文件可能不完整，请向提供数据的人重新要一份。"),
        ) from error
    finally:
        pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": before})
    return read


def _crs_of(text: str) -> CRS | None:
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        return None
    # GDAL gives "undefined" systems names and types that no transformation can start from.
    return crs if crs.is_geographic or crs.is_projected else None


def _table(path: Path, layer: str, columns: dict[str, list[Any]], wkb: NDArray[np.object_] | None) -> SourceTable:
    count = len(wkb) if wkb is not None else len(next(iter(columns.values()), ()))
    labels = [_("第 {number} 个要素").format(number=index + 1) for index in range(count)]
    table = SourceTable(path, layer, columns, np.full(count, None, dtype=object), labels)
    if wkb is not None:
        table.geometries, table.problems = decoded(wkb, labels, path.name)
    return table


def decoded(wkb: NDArray[np.object_], labels: Sequence[str], name: str) -> tuple[NDArray[np.object_], list[Problem]]:
    """Geometries from WKB; rings left open are closed, what can't be read becomes None, both with a problem."""
    with np.errstate(invalid="ignore"):  # a coordinate that is no number is told by the repair, with its feature
        return _decoded(wkb, labels, name)


def _decoded(wkb: NDArray[np.object_], labels: Sequence[str], name: str) -> tuple[NDArray[np.object_], list[Problem]]:
    geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    problems = []
    for index in np.flatnonzero(shapely.is_missing(geometries)):
        if wkb[index] is None:
            continue
        fixed = shapely.from_wkb(wkb[index], on_invalid="fix")
        row = int(index)
        if fixed is None or fixed.is_empty:
            words = _("{name} {label}：图形读不出来，没有导入。请在源文件里重画后再导入。")
            problems.append(Problem(labels[row], words.format(name=name, label=labels[row]), "skipped", row))
            continue
        geometries[index] = fixed
        words = _("{name} {label}：边线没有闭合，已把首尾接上。请看看接得对不对。")
        problems.append(Problem(labels[row], words.format(name=name, label=labels[row]), "repaired", row))
    return geometries, problems


def _plain(column: NDArray[Any]) -> list[Any]:
    """A NumPy column as plain Python values; NaN, NaT and bytes become None."""
    if column.dtype.kind == "M":
        return [None if np.isnat(one) else str(one) for one in column]
    if column.dtype.kind == "f":
        return [None if math.isnan(one) else one for one in column.tolist()]
    values: list[Any] = column.tolist()
    if column.dtype == object:
        return [
            None if isinstance(one, bytes) or (isinstance(one, float) and math.isnan(one)) else one for one in values
        ]
    return values


def _unscramble(table: SourceTable) -> None:
    for name, column in table.columns.items():
        texts = sorted({one for one in column if isinstance(one, str)})
        found = encodings.unscrambled(texts)
        if found is None:
            continue
        fixed = dict(zip(texts, found[0], strict=True))
        table.columns[name] = [fixed.get(one, one) if isinstance(one, str) else one for one in column]
        sample = next(one for one in texts if not one.isascii())
        words = _("“{column}”列的文字来时就是乱码（{why}），已还原，例如“{before}”→“{after}”。")
        table.evidence.append(
            Evidence(
                "encoding",
                words.format(column=name, why=found[1], before=sample[:8], after=fixed[sample][:8]),
                doubt=True,
            )
        )
