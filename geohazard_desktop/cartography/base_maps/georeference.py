"""Where a raster lies: its CRS and the affine from pixels to coordinates, or the sentence that says what is lacking."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from geohazard_desktop.cartography.base_maps.spec import BaseMapUnusable
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.crs import label_of

Floats = NDArray[np.float64]
Affine = tuple[float, float, float, float, float, float]  # x = a·column + b·row + c, y = d·column + e·row + f
# Semi-major axes of the national datums before CGCS2000: no public parameters lead from them to it.
_OLD_DATUMS = {6378140.0: "1980 西安坐标系", 6378245.0: "1954 北京坐标系"}


@dataclass(frozen=True, slots=True)
class Georeference:
    """`to_pixels` takes the map's east and north and gives columns and rows."""

    crs: CRS
    affine: Affine
    to_pixels: Callable[[Floats, Floats], tuple[Floats, Floats]]
    doubt: str = ""  # a sentence where the place may be off

    @property
    def label(self) -> str:
        return label_of(self.crs)


def georeference(path: Path, dataset: Any, map_epsg: int, epsg: int | None) -> Georeference:
    """`epsg` is what the user says of a file that says nothing. Raises BaseMapUnusable."""
    affine = _affine(path, dataset)
    crs = _crs(path, dataset, epsg)
    try:
        transformer = Transformer.from_crs(CRS.from_epsg(map_epsg), crs, always_xy=True)
    except (CRSError, ProjError) as error:
        raise BaseMapUnusable(
            _("{name} 的坐标系“{crs}”换算不到本工作文件的 EPSG:{epsg}。").format(
                name=path.name, crs=crs.name, epsg=map_epsg
            ),
            _("请在 QGIS 里把它重投影成 EPSG:{epsg} 再添加。").format(epsg=map_epsg),
        ) from error
    a, b, c, d, e, f = affine
    whole = a * e - b * d

    def to_pixels(east: Floats, north: Floats) -> tuple[Floats, Floats]:
        x, y = transformer.transform(east, north)
        right, up = np.asarray(x) - c, np.asarray(y) - f
        return (e * right - b * up) / whole, (a * up - d * right) / whole

    return Georeference(crs, affine, to_pixels, _doubt(path, crs))


def _affine(path: Path, dataset: Any) -> Affine:
    found = dataset.transform
    numbers: Affine = (found.a, found.b, found.c, found.d, found.e, found.f)
    if found.is_identity:
        own = _world_file(path)
        if own is None:
            words = (
                _("{name} 只带控制点，还没有校正到坐标上。").format(name=path.name)
                if dataset.gcps[0]
                else _("{name} 里没有坐标，旁边也没有坐标文件（{suffix}）。").format(
                    name=path.name, suffix="、".join(_world_suffixes(path)[:2])
                )
            )
            raise BaseMapUnusable(words, _("请在 QGIS 的“地理配准”里校正，存成 GeoTIFF 再添加。"))
        numbers = own
    a, b, _c, d, e, _f = numbers
    if a * e - b * d == 0:
        raise BaseMapUnusable(
            _("{name} 的坐标文件写错了：像元没有大小。").format(name=path.name), _("请向提供的人要一份正确的。")
        )
    return numbers


def _world_suffixes(path: Path) -> list[str]:
    own = path.suffix.lower().lstrip(".")
    return list(dict.fromkeys((f".{own[:1]}{own[-1:]}w", ".tfw", f".{own}w", ".wld")))


def _world_file(path: Path) -> Affine | None:
    """GDAL looks for .pgw beside a .png; offices have .tfw there as well."""
    beside = {one.name.lower(): one for one in path.parent.iterdir()}
    for suffix in _world_suffixes(path):
        found = beside.get(path.with_suffix(suffix).name.lower())
        if found is None:
            continue
        try:
            a, d, b, e, x, y = (float(word) for word in found.read_text(encoding="ascii").split()[:6])
        except (OSError, ValueError) as error:
            raise BaseMapUnusable(
                _("坐标文件 {name} 读不懂：应有六行数字。").format(name=found.name), _("请向提供的人要一份正确的。")
            ) from error
        return a, b, x - (a + b) / 2, d, e, y - (d + e) / 2  # a world file names the middle of the first pixel
    return None


def _crs(path: Path, dataset: Any, epsg: int | None) -> CRS:
    try:
        if epsg is not None:
            return CRS.from_epsg(epsg)
        if dataset.crs:
            return CRS.from_wkt(dataset.crs.to_wkt())
    except CRSError as error:
        if epsg is not None:
            raise BaseMapUnusable(
                _("没有 EPSG:{epsg} 这个坐标系。").format(epsg=epsg), _("请核对编号，CGCS2000 的在 4490 到 4554 之间。")
            ) from error
    raise BaseMapUnusable(
        _("{name} 没有说明自己的坐标系。").format(name=path.name),
        _("请问提供的人，再在添加底图时填上它的 EPSG 编号。"),
    )


def _doubt(path: Path, crs: CRS) -> str:
    ellipsoid = crs.ellipsoid
    old = _OLD_DATUMS.get(round(ellipsoid.semi_major_metre, 1)) if ellipsoid is not None else None
    if old is None:
        return ""
    return _("{name} 是{old}，没有公开的转换参数，图上的位置可能差几十到一百多米。").format(name=path.name, old=old)
