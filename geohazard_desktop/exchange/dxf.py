"""AutoCAD's DXF through GDAL: the drawing's layers are chosen from, closed polylines are areas, texts inside them their
names. A DXF has no CRS: it is judged by the coordinates, or said by who imports it. DWG is refused."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.encoding import Encoding, choose
from geohazard_desktop.exchange.report import Evidence, refused
from geohazard_desktop.exchange.source import SourceTable, choose_layer
from geohazard_desktop.exchange.vector import Raw, read_raw

_LAYER, _TEXT = "Layer", "Text"
_BINARY = b"AutoCAD Binary DXF"
_BEYOND_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_CODE_PAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+(\S+)")


def dxf_layers(path: Path) -> list[str]:
    """The drawing's own layers that hold something, in the order in which they come."""
    meta, _fids, _wkb, values = _read(path, _encoding(path, None))
    return _names(meta, values)


def read_dxf(path: Path, *, layer: str | None, encoding: str | None = None) -> SourceTable:
    """One layer of the drawing. Columns: 图层, 文字 (of a text, or of the only text inside an area), 线型.

    Raises ImportRefused as `source.open_source` does.
    """
    from geohazard_desktop.exchange.vector import decoded

    chosen_encoding = _encoding(path, encoding)
    meta, _fids, wkb, values = _read(path, chosen_encoding)
    chosen = choose_layer(path, _names(meta, values), layer, word=_("CAD 图层"))
    columns = {str(name): list(column) for name, column in zip(meta["fields"], values, strict=True)}
    assert wkb is not None
    of_layer = np.array([str(one) == chosen for one in columns[_LAYER]])
    texts = [str(one or "").strip() for one in columns.get(_TEXT, [""] * len(wkb))]
    written = np.array([bool(one) for one in texts])
    # Texts name what they stand in, whatever layer they are on; alone they are points with a text.
    shapes = of_layer & ~written
    rows = np.flatnonzero(shapes if shapes.any() else of_layer)
    labels = [_("第 {number} 个要素").format(number=at + 1) for at in range(len(rows))]
    geometries, problems = decoded(wkb[rows], labels, path.name)
    with np.errstate(invalid="ignore"):
        made, closed = _areas(shapely.force_2d(geometries))
    names = [texts[row] for row in rows]
    named = 0
    if shapes.any() and written.any():
        places = shapely.force_2d(shapely.from_wkb(wkb[written], on_invalid="ignore"))
        inside = _texts_inside(made, places, [one for one in texts if one])
        named = sum(bool(one) for one in inside)
        names = [found or own for found, own in zip(inside, names, strict=True)]
    table = SourceTable(
        path,
        chosen,
        {
            _("图层"): [chosen] * len(rows),
            _("文字"): [one or None for one in names],
            _("线型"): [columns.get("Linetype", [None] * len(wkb))[row] for row in rows],
        },
        made,
        labels,
        encoding=chosen_encoding.title if chosen_encoding is not None else "UTF-8",
        problems=problems,
    )
    if chosen_encoding is not None:
        table.evidence.append(Evidence("encoding", chosen_encoding.sentence, chosen_encoding.doubt))
    told = _("CAD 图层“{layer}”里有 {count} 个图形").format(layer=chosen, count=len(rows))
    if closed:
        told += _("，其中 {count} 条闭合的多段线当作面").format(count=closed)
    if named:
        told += _("，{count} 个面里的文字读到“文字”列").format(count=named)
    table.evidence.append(Evidence("geometry", told + _("。")))
    table.evidence.append(Evidence("crs", _("DXF 不写坐标系，按坐标的大小判断；不对请改选。"), doubt=True))
    return table


def refuse_dwg(path: Path) -> Exception:
    return refused(
        _("{name} 是 DWG 图，读不了。").format(name=path.name),
        _("请在 CAD 里“另存为”DXF（如 AutoCAD 2013 DXF），再导入那一份。"),
    )


def _read(path: Path, encoding: Encoding | None) -> Raw:
    import pyogrio

    before = pyogrio.get_gdal_config_option("DXF_ENCODING")
    pyogrio.set_gdal_config_options({"DXF_ENCODING": None if encoding is None else _gdal_name(encoding)})
    try:
        return read_raw(path, name=path.name)
    finally:
        pyogrio.set_gdal_config_options({"DXF_ENCODING": before})


def _encoding(path: Path, asked: str | None) -> Encoding | None:
    """By the drawing's own bytes: old CAD leaves out $DWGCODEPAGE, or writes one that its texts are not in. None for a
    drawing of letters and digits, and where nothing but a Western page fits: GDAL reads those by itself."""
    raw = path.read_bytes()
    if raw.startswith(_BINARY):
        return None
    texts = sorted(set(_BEYOND_ASCII.findall(raw)))
    if not texts and not asked:
        return None
    page = _CODE_PAGE.search(raw)
    declared = [(page.group(1).decode("ascii", "replace"), _("$DWGCODEPAGE "))] if page else []
    try:
        return choose(texts, declared, asked, path.name)
    except ImportRefused:
        if asked:
            raise
        return None


def _gdal_name(encoding: Encoding) -> str:
    if encoding.codec == "gb18030":
        return "CP936" if encoding.title == "GBK" else "GB18030"  # Windows knows code pages by their number alone
    return {"utf-8": "UTF-8", "cp950": "CP950", "iso8859-1": "ISO-8859-1"}.get(encoding.codec, encoding.codec.upper())


def _names(meta: dict[str, Any], values: list[NDArray[Any]]) -> list[str]:
    column = dict(zip((str(one) for one in meta["fields"]), values, strict=True)).get(_LAYER, ())
    return list(dict.fromkeys(str(one) for one in column if one is not None))


def _areas(geometries: NDArray[np.object_]) -> tuple[NDArray[np.object_], int]:
    """Closed lines as polygons; how many were."""
    made, count = geometries.copy(), 0
    for at, one in enumerate(geometries):
        if one is not None and one.geom_type == "LineString" and len(one.coords) > 3 and one.is_closed:
            made[at] = shapely.Polygon(one.coords)
            count += 1
    return made, count


def _texts_inside(areas: NDArray[np.object_], places: NDArray[np.object_], texts: list[str]) -> list[str]:
    """For each area the only text in it; "" where there is none or more than one."""
    found = [""] * len(areas)
    for at, one in enumerate(areas):
        if one is None or one.geom_type not in ("Polygon", "MultiPolygon") or not one.is_valid:
            continue
        inside = [texts[row] for row in np.flatnonzero(shapely.intersects(one, places))]
        found[at] = inside[0] if len(inside) == 1 else ""
    return found
