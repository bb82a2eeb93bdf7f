"""What a file, a folder or a service is, before it becomes a base map: for the dialog that adds it."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pyproj import CRS, Transformer
from PySide6.QtGui import QImage

from geohazard_desktop.cartography.base_maps.fetching import fetch_tile
from geohazard_desktop.cartography.base_maps.raster import RasterFile
from geohazard_desktop.cartography.base_maps.sampling import decoded, image_of
from geohazard_desktop.cartography.base_maps.service_urls import host_of, needs_key
from geohazard_desktop.cartography.base_maps.spec import BaseMap
from geohazard_desktop.cartography.base_maps.tile_files import MBTiles, TileFacts, TileFolder
from geohazard_desktop.cartography.base_maps.tiles import to_tiles
from geohazard_desktop.cartography.view import Bounds
from geohazard_desktop.common.texts import _

_TESTED_ZOOM = 12


@dataclass(frozen=True, slots=True)
class Found:
    """`facts` are sentences about it, `doubts` what is to be thought of; `bounds` in metres of the map's CRS."""

    base_map: BaseMap
    facts: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    bounds: Bounds | None = None
    single: bool = False  # one band of figures: it can be shown as relief


def look_at_path(path: Path, map_epsg: int, *, epsg: int | None = None, district: Bounds | None = None) -> Found:
    """Judge a file or a folder of tiles. Raises BaseMapUnusable."""
    if path.is_dir():
        folder = TileFolder(path)
        found = _tiles(BaseMap("", path.name, "folder", str(path)), folder.facts)
    elif path.suffix.lower() == ".mbtiles":
        package = MBTiles(path)
        try:
            found = _tiles(BaseMap("", package.facts.name or path.stem, "mbtiles", str(path)), package.facts)
        finally:
            package.close()
    else:
        file = RasterFile(path, map_epsg, epsg)
        try:
            found = _raster(file, map_epsg, epsg)
        finally:
            file.close()
    away = _away(found.bounds, district)
    return replace(found, doubts=(*found.doubts, away)) if away else found


def _raster(file: RasterFile, map_epsg: int, epsg: int | None) -> Found:
    dataset, place = file.dataset, file.place
    bounds = raster_bounds(file, map_epsg)
    size = _("{width} × {height} 像元，{bands} 个波段").format(
        width=dataset.width, height=dataset.height, bands=dataset.count
    )
    metres = (bounds[2] - bounds[0]) / dataset.width if bounds is not None else None
    facts = [size if metres is None else _("{size}，一个像元约 {metres:.3g} 米").format(size=size, metres=metres)]
    facts.append(_("坐标系：{label}").format(label=place.label))
    doubts = [place.doubt] if place.doubt else []
    if max(dataset.width, dataset.height) > 20_000 and not file.overviews:
        doubts.append(_("没有金字塔：缩小到全区时画不动，可先在 QGIS 里构建。"))
    single = file.single
    if single and file.dtypes[0] == "uint8":
        facts.append(_("单波段 8 位：灰度只示相对高低或明暗，不是米。"))
    title = file.path.stem
    base_map = BaseMap("", title, "relief" if single else "raster", str(file.path), epsg=epsg)
    return Found(base_map, tuple(facts), tuple(doubts), bounds, single)


def raster_bounds(file: RasterFile, map_epsg: int) -> Bounds | None:
    """The box of a raster in metres of the map's CRS."""
    a, b, c, d, e, f = file.place.affine
    side = np.linspace(0.0, 1.0, 9)
    columns = np.concatenate([side, side, 0 * side, 0 * side + 1]) * file.dataset.width
    rows = np.concatenate([0 * side, 0 * side + 1, side, side]) * file.dataset.height
    back = Transformer.from_crs(file.place.crs, CRS.from_epsg(map_epsg), always_xy=True)
    return _box(*back.transform(a * columns + b * rows + c, d * columns + e * rows + f))


def _tiles(one: BaseMap, facts: TileFacts) -> Found:
    zooms = _("第 {low} 到 {high} 级").format(low=facts.min_zoom, high=facts.max_zoom)
    told = _("按 TMS 排（行号从南往北）") if facts.tms else _("按通用的排法（行号从北往南）")
    made = replace(
        one,
        attribution=facts.attribution,
        min_zoom=facts.min_zoom,
        max_zoom=facts.max_zoom,
        tms=facts.tms,
    )
    return Found(made, (zooms,) if one.kind == "mbtiles" else (zooms, told))


def _box(x: object, y: object) -> Bounds | None:
    east, north = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if not (np.isfinite(east).all() and np.isfinite(north).all()):
        return None
    return float(east.min()), float(north.min()), float(east.max()), float(north.max())


def _away(bounds: Bounds | None, district: Bounds | None) -> str:
    """Said where a raster does not touch the district at all."""
    if bounds is None or district is None:
        return ""
    across = max(bounds[0] - district[2], district[0] - bounds[2], 0.0)
    along = max(bounds[1] - district[3], district[1] - bounds[3], 0.0)
    metres = float(np.hypot(across, along))
    if metres <= 0:
        return ""
    return _("这幅图不在本区，相距约 {km:.0f} 千米，请核对坐标系。").format(km=max(1.0, metres / 1000))


@dataclass(frozen=True, slots=True)
class Tested:
    """What a service sent for a place in the district: its picture, or the sentence that says why there is none."""

    sentence: str
    image: QImage | None = None


def tried_service(one: BaseMap, longitude: float, latitude: float, *, timeout: float = 10.0) -> Tested:
    """Ask a service for one tile, now. Waits for the network: not for the window's thread."""
    if needs_key(one.source) and not one.key:
        return Tested(_("请先填密钥。"))
    zoom = max(one.min_zoom, min(one.max_zoom, _TESTED_ZOOM))
    x, y = (float(at) * 2**zoom for at in to_tiles(one.matrix, np.array(longitude), np.array(latitude)))
    begun = time.monotonic()
    found = fetch_tile(one, zoom, int(x), int(y), timeout=timeout)
    seconds = time.monotonic() - begun
    if found.fault:
        return Tested(_("{fault}。").format(fault=found.fault))
    words = decoded(found.data) if found.data else None
    if words is None:
        told = _("{host} 有回应，但说没有本区第 {zoom} 级的图，请核对网址。")
        return Tested(told.format(host=host_of(one.source), zoom=zoom))
    told = _("取到了：第 {zoom} 级，{width} × {height}，用了 {seconds:.1f} 秒。")
    rows, columns = words.shape
    return Tested(told.format(zoom=zoom, width=columns, height=rows, seconds=seconds), image_of(words))
