"""Features as the text of a clipboard, and text of a clipboard as features.

Written is what QGIS pastes as features and Excel as a table: a heading "wkt_geom" and the fields' titles, a line a
feature, columns parted by tabs. Personal fields are never in it. Read are the same, bare WKT, GeoJSON and lists of
coordinates; what the coordinates were taken for is said.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely import affinity
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.datums import datums
from geohazard_desktop.editing.coordinate_lists import read_list
from geohazard_desktop.editing.copies import Foreign
from geohazard_desktop.editing.far_places import district_of, outside_words
from geohazard_desktop.editing.tool import Place
from geohazard_desktop.exchange.rings import area_of_rings
from geohazard_desktop.workspace.definition import FieldDefinition, GeometryKind, LayerDefinition
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

WKT_HEAD = "wkt_geom"
_LAYER, _CRS = "图层", "坐标系"  # headings that this program reads back
_KINDS: Mapping[str, GeometryKind] = {
    "Polygon": "polygon",
    "LineString": "line",
    "LinearRing": "line",
    "Point": "point",
}
_MULTI = {"polygon": shapely.MultiPolygon, "line": shapely.MultiLineString, "point": shapely.MultiPoint}
_SURVEY_FILE = re.compile(r"\[[\u4e00-\u9fff]+\]")  # [属性描述], [地块坐标]: a survey's text file, no GeoJSON
_FEWEST = {"polygon": 3, "line": 2, "point": 1, "none": 0}


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text holds: features in metres of the workspace's CRS, and a sentence about how it was taken. `doubts`
    are sentences that a person has to agree to before anything is stored."""

    sources: tuple[Foreign, ...]
    note: str
    doubts: str = ""
    datum: str = ""  # of a list of coordinates


# -- writing -----------------------------------------------------------------------------------------------------------


def text_of(ws: Workspace, features: Sequence[Feature]) -> str:
    """Features with a geometry as text. Fields that are personal or hold other features' identities are left out."""
    shown: dict[str, FieldDefinition] = {}
    for layer in dict.fromkeys(one.layer for one in features):
        shown |= {one.title: one for one in _told(ws.definitions[layer])}
    titles = list(shown)
    lines = ["\t".join([WKT_HEAD, _LAYER, _CRS, *titles])]
    for one in features:
        if one.geometry is None:
            continue
        told = {field.title: one.values.get(field.name) for field in _told(ws.definitions[one.layer])}
        cells = [shapely.to_wkt(one.geometry, rounding_precision=-1), ws.definitions[one.layer].title]
        cells += [f"EPSG:{ws.epsg}", *(_cell(told.get(title)) for title in titles)]
        lines.append("\t".join(cells))
    return "\n".join(lines)


def _told(definition: LayerDefinition) -> list[FieldDefinition]:
    return [one for one in definition.fields if one.type != "reference" and not definition.is_personal(one.name)]


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "" if value is None else " ".join(str(value).split())


# -- reading -----------------------------------------------------------------------------------------------------------


def read_text(ws: Workspace, text: str, layer: str, *, datum: str | None = None) -> Pasted:
    """The features that `text` holds; coordinates alone become shapes of the kind of `layer`, in the `datum` that a
    person chose, or the one that their titles speak of.

    Raises EditRefused where there is nothing that could be drawn, naming the line at fault.
    """
    plain = text.strip()
    if not plain:
        raise EditRefused(_("剪贴板是空的，没有可以粘贴的要素。"), _("请先复制要素、WKT、GeoJSON 或一列坐标。"))
    if plain.startswith(("{", "[")) and not _SURVEY_FILE.match(plain):
        return _read_geojson(ws, plain)
    if plain.split("\t")[0].strip() == WKT_HEAD:
        return _read_table(ws, plain)
    if _wkt(plain.splitlines()[0]) is not None:
        return _read_wkt(ws, plain)
    return _read_coordinates(ws, plain, layer, datum)


def _read_table(ws: Workspace, text: str) -> Pasted:
    heading, *lines = text.splitlines()
    titles = [one.strip() for one in heading.split("\t")]
    sources: list[Foreign] = []
    notes: dict[str, None] = {}
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        row = dict(zip(titles, line.split("\t"), strict=False))
        geometry = _wkt(row[WKT_HEAD])
        if geometry is None:
            raise _bad_line(number, row[WKT_HEAD])
        known = next((one for one in ws.definitions.values() if one.title == row.get(_LAYER)), None)
        placed, note = _placed(ws, geometry, row.get(_CRS, ""))
        notes[note] = None
        name = " ".join(one for one in (row.get(_LAYER, ""), row.get(_("编号"), "")) if one) or _named(number - 1)
        sources.append(
            replace(_foreign(placed, name), values=_values(ws, known, row), layer=known.table if known else "")
        )
    return Pasted(tuple(sources), "".join(notes))


def _values(ws: Workspace, known: LayerDefinition | None, row: Mapping[str, str]) -> dict[str, Value]:
    """Values by field name: the titles of the layer it came from, else of any layer (the same title means the same)."""
    definitions = [known] if known is not None else list(ws.definitions.values())
    found: dict[str, Value] = {}
    for definition in definitions:
        for field in definition.fields:
            text = row.get(field.title) or row.get(field.name) or ""
            if text.strip() and field.name not in found:
                found[field.name] = _value(field, text.strip())
    return found


def _value(field: FieldDefinition, text: str) -> Value:
    try:
        if field.type == "integer":
            return int(text)
        if field.type == "real":
            return float(text)
    except ValueError:
        return text  # what does not fit the field is told when it is pasted
    return {_("是"): True, _("否"): False}.get(text, text) if field.type == "boolean" else text


def _read_wkt(ws: Workspace, text: str) -> Pasted:
    sources = []
    notes: dict[str, None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        geometry = _wkt(line.split("\t")[0])
        if geometry is None:
            raise _bad_line(number, line)
        placed, note = _placed(ws, geometry, "")
        notes[note] = None
        sources.append(_foreign(placed, _named(number)))
    return Pasted(tuple(sources), "".join(notes))


def _read_geojson(ws: Workspace, text: str) -> Pasted:
    try:
        data: Any = json.loads(text)
        found = list(_geojson_features(data))
        crs = str(((data.get("crs") or {}).get("properties") or {}).get("name", "")) if isinstance(data, dict) else ""
        shapes = [(shape(one["geometry"]), one.get("properties") or {}) for one in found if one.get("geometry")]
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.GEOSException) as error:
        raise EditRefused(
            _("剪贴板里的 GeoJSON 读不懂，没有粘贴。"), _("请核对括号和坐标是否完整，或改用文件导入。")
        ) from error
    if not shapes:
        raise EditRefused(_("剪贴板里的 GeoJSON 没有图形。"), _("请复制带 geometry 的要素。"))
    sources = []
    notes: dict[str, None] = {}
    for number, (geometry, properties) in enumerate(shapes, 1):
        placed, note = _placed(ws, geometry, crs)
        notes[note] = None
        row = {str(key): "" if value is None else str(value) for key, value in properties.items()}
        sources.append(replace(_foreign(placed, _named(number)), values=_values(ws, None, row)))
    return Pasted(tuple(sources), "".join(notes))


def _geojson_features(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _geojson_features(one)
    elif data["type"] == "FeatureCollection":
        yield from data["features"]
    elif data["type"] == "Feature":
        yield data
    else:
        yield {"geometry": data}


def _read_coordinates(ws: Workspace, text: str, layer: str, datum: str | None) -> Pasted:
    definition = ws.definition(layer)
    closed = definition.geometry == "polygon"
    found = read_list(text, ws.epsg, bounds=ws.extent(), datum=datum, closed=closed)
    outside = outside_words(district_of(ws), found.places)
    note = _("坐标按 {datum}“{form}”读。").format(datum=datums()[found.datum].title, form=found.form) + found.told
    origin: dict[str, Value] = {"source": _("粘贴的坐标（{mark}）").format(mark=found.mark)} if found.mark else {}
    if definition.geometry == "point":
        points = [_foreign(shapely.Point(one), _named(n)) for n, one in enumerate(found.places, 1)]
        return Pasted(tuple(replace(one, values=origin) for one in points), note, outside + found.doubts, found.datum)
    sources = []
    for listed in found.shapes:
        rings = [list(_opened(ring) if closed else ring) for ring in listed.rings]
        fewest = _FEWEST[definition.geometry]
        short = next((ring for ring in rings if len(ring) < fewest), None)
        if short is not None:
            raise EditRefused(
                _("剪贴板里{which}只有 {count} 个点，{title}至少要 {fewest} 个。").format(
                    which=_("的“{name}”").format(name=listed.name) if listed.name else "",
                    count=len(short),
                    title=definition.title,
                    fewest=fewest,
                ),
                _("请把坐标复制全，每行一个点。"),
            )
        if closed:
            made = area_of_rings(rings)
        else:
            made = shapely.LineString(rings[0]) if len(rings) == 1 else shapely.MultiLineString(rings)
        values = origin | ({"name": listed.name} if listed.name and "name" in definition.by_name else {})
        sources.append(replace(_foreign(made, listed.name or _("剪贴板里的坐标")), values=values))
    return Pasted(tuple(sources), note, outside + found.doubts, found.datum)


def _opened(ring: Sequence[Place]) -> Sequence[Place]:
    """Without the first corner written again at the end."""
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


# -- places ------------------------------------------------------------------------------------------------------------


def _wkt(text: str) -> BaseGeometry | None:
    try:
        found = shapely.from_wkt(text.strip().strip('"'))
    except shapely.errors.GEOSException:
        return None
    return None if found is None or found.is_empty else found


def _placed(ws: Workspace, geometry: BaseGeometry, crs: str) -> tuple[BaseGeometry, str]:
    """The geometry in metres of the workspace's CRS, and what its coordinates were taken for."""
    flat = shapely.force_2d(geometry)
    number = "".join(one for one in crs.rsplit(":", 1)[-1] if one.isdigit())
    east = flat.bounds[2]
    corners = abs(shapely.get_coordinates(flat))
    degrees = bool((corners <= (180.0, 90.0)).all())
    if number and not degrees:
        if int(number) == ws.epsg:
            return flat, ""
        try:
            way = Transformer.from_crs(CRS.from_epsg(int(number)), ws.crs, always_xy=True)
        except CRSError as error:
            raise EditRefused(
                _("不认识坐标系 {crs}，没有粘贴。").format(crs=crs), _("请用文件导入，并指定坐标系。")
            ) from error
        return _rounded(shapely.transform(flat, way.transform, interleaved=False)), _("坐标从 {crs} 换算。").format(
            crs=crs
        )
    if degrees:
        way = Transformer.from_crs(ws.crs.geodetic_crs, ws.crs, always_xy=True)
        moved = _rounded(shapely.transform(flat, way.transform, interleaved=False))
        return moved, _("坐标按 2000 国家大地坐标系的经纬度读。")
    zone = (ws.extent() or (0.0,))[0] // 1e6 * 1e6
    if zone and east < 1e6:
        moved = affinity.translate(flat, zone, 0.0)
        return moved, _("坐标不带带号，按本区的带（{zone:.0f}）读。").format(zone=zone / 1e6)
    return flat, _("坐标按本工作文件的坐标系（EPSG:{epsg}）读。").format(epsg=ws.epsg)


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    found: BaseGeometry = shapely.transform(geometry, lambda corners: corners.round(3))
    return found


def _foreign(geometry: BaseGeometry, name: str) -> Foreign:
    kind = _KINDS.get(geometry.geom_type.removeprefix("Multi"))
    if kind is None:
        raise EditRefused(
            _("{name}里混着几种图形，没有粘贴。").format(name=name), _("请把点、线、面分开，各自粘贴到自己的图层。")
        )
    parts = [shapely.LineString(one) if one.geom_type == "LinearRing" else one for one in shapely.get_parts(geometry)]
    return Foreign(kind, _MULTI[kind](parts), {}, name)


def _named(number: int) -> str:
    return _("剪贴板里的第 {number} 个图形").format(number=number)


def _bad_line(number: int, line: str) -> EditRefused:
    short = line if len(line) <= 30 else line[:30] + "…"
    return EditRefused(
        _("剪贴板第 {number} 行“{line}”不是 WKT 图形，一个都没有粘贴。").format(number=number, line=short),
        _("请每行写一个图形，如“POLYGON ((…))”。"),
    )
