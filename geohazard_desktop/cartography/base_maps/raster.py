"""Rasters through GDAL: only the part and the resolution that a block of the map needs, whatever the file's size.

A file's overviews (pyramids) are used where it has them. Where it has none and the map is zoomed out so far that every
block would read millions of pixels, a small picture of the whole is made once, off the painter's path (rough.py).
"""

import logging
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.base_maps.georeference import Georeference, georeference
from geohazard_desktop.cartography.base_maps.grid import SIZE, Block, Mesh, mesh_of
from geohazard_desktop.cartography.base_maps.rough import RoughCopy
from geohazard_desktop.cartography.base_maps.sampling import Words, bilinear, packed
from geohazard_desktop.cartography.base_maps.spec import BaseMapUnusable
from geohazard_desktop.cartography.view import Bounds
from geohazard_desktop.common.texts import _

SUFFIXES = (".tif", ".tiff", ".img", ".png", ".jpg", ".jpeg", ".jp2", ".vrt", ".asc")
_UNREADABLE = {".ecw": "ECW", ".sid": "MrSID"}  # their libraries are not free
DEAREST = 3_000_000  # source pixels that one block may read
_CACHE_MB = 96
_SAMPLE = 256
_SAMPLES = 5  # by as many, spread over a file without overviews
_STRETCH = (2.0, 98.0)

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]


def rasterio_module() -> Any:
    """GDAL, loaded with the first raster. What it would write into the log comes to us as exceptions."""
    import rasterio

    logging.getLogger("rasterio").setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings(
        "ignore", category=rasterio.errors.NotGeoreferencedWarning
    )  # georeference() says it in words
    return rasterio


def _errors(rasterio: Any) -> tuple[type[Exception], ...]:
    """What rasterio raises: its own, and GDAL's that it lets through."""
    from rasterio._err import CPLE_BaseError

    return rasterio.errors.RasterioError, CPLE_BaseError


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the file or of one of its overviews (`level`; None: the file itself): first column and row and size in
    its pixels, and the size in which it is read. `across` and `down`: the file's pixels to one of the level's."""

    column: int
    row: int
    width: int
    height: int
    columns: int
    rows: int
    level: int | None = None
    across: float = 1.0
    down: float = 1.0

    def inside(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The file's coordinates as coordinates of the piece that was read."""
        right, under = x / self.across - self.column, y / self.down - self.row
        return right * (self.columns / self.width), under * (self.rows / self.height)


class TooFarOut(Exception):
    """A block would have to read more than DEAREST pixels: the file has no overviews for this scale."""


class RasterFile:
    """An open raster. Not for several threads at once. `doubt` is a sentence where its place may be off."""

    def __init__(
        self, path: Path, map_epsg: int, epsg: int | None = None, arrived: Callable[[], None] | None = None
    ) -> None:
        """`arrived` is called from another thread when more of the file can be shown than before. Raises
        BaseMapUnusable."""
        self.path = path
        self._rasterio = rasterio_module()
        if not path.is_file():
            raise BaseMapUnusable(
                _("找不到底图文件 {name}。").format(name=path), _("请接上它所在的磁盘，或移除后重新添加。")
            )
        self.dataset = self._opened()
        self._levels: dict[int | None, Any] = {None: self.dataset}
        self._row_scales: dict[int | None, float] = {}
        self._arrived = arrived
        self._rough: RoughCopy | None = None
        try:
            self.place: Georeference = georeference(path, self.dataset, map_epsg, epsg)
            if self.dataset.count == 0 or self.dataset.dtypes[0].startswith("complex"):
                raise BaseMapUnusable(
                    _("{name} 里没有可以画的波段。").format(name=path.name), _("请换一幅影像或高程图。")
                )
        except BaseMapUnusable:
            self.dataset.close()
            raise
        # Asked now: after a failed read GDAL answers even such questions with the old error.
        self.overviews: list[int] = self.dataset.overviews(1)
        self.meanings: list[str] = [one.name for one in self.dataset.colorinterp]
        self.dtypes: list[str] = list(self.dataset.dtypes)
        self.palette = self._palette()
        self.two_valued = self.dataset.tags(1, ns="IMAGE_STRUCTURE").get("NBITS") == "1"

    def _opened(self, *, path: Path | None = None, **words: int | None) -> Any:
        try:
            with self._environment():
                return self._rasterio.open(path or self.path, **words)
        except _errors(self._rasterio) as error:
            kind = _UNREADABLE.get(self.path.suffix.lower())
            if kind:
                raise BaseMapUnusable(
                    _("{name} 是 {kind} 格式，本程序读不了。").format(name=self.path.name, kind=kind),
                    _("请向提供的人要 GeoTIFF，或转成 GeoTIFF 再添加。"),
                ) from error
            raise BaseMapUnusable(
                _("{name} 打不开，不是栅格文件，或已经损坏。").format(name=self.path.name),
                _("请用 QGIS 打开看看，或重新拷贝一份。"),
            ) from error

    def _environment(self) -> Any:
        return self._rasterio.Env(GDAL_CACHEMAX=_CACHE_MB)

    def close(self) -> None:
        if self._rough is not None:
            self._rough.close()
        for one in self._levels.values():
            one.close()

    @property
    def single(self) -> bool:
        """One band of figures: a candidate for 高程渲染."""
        return self.dataset.count == 1 and not self.palette

    def _palette(self) -> dict[int, tuple[int, int, int, int]]:
        if self.dataset.count > 2 or self.meanings[0] != "palette":
            return {}
        found: dict[int, tuple[int, int, int, int]] = self.dataset.colormap(1)
        return found

    # -- reading ---------------------------------------------------------------------------------------------------

    def mesh(self, block: Block) -> Mesh:
        return mesh_of(block, self.place.to_pixels)

    def piece(self, mesh: Mesh, *, reach: int = 2) -> Piece | None:
        """What has to be read for a block; None where the file has nothing. Raises TooFarOut."""
        bounds = mesh.bounds
        if bounds is None:
            return None
        fitting = [number for number, one in enumerate(self.overviews) if one <= mesh.step * 1.3]
        level = max(fitting, key=lambda one: self.overviews[one], default=None)
        found = self._piece(bounds, mesh.step, level, reach)
        if found is None or found.width * found.height <= DEAREST or level in self._row_scales:
            return found  # the small picture is the last resort; it has an overview of its own
        # A coarser overview is still a picture.
        coarser = [number for number, one in enumerate(self.overviews) if one > mesh.step * 1.3]
        if not coarser:
            self._make_rough()
            raise TooFarOut
        return self._piece(bounds, mesh.step, min(coarser, key=lambda one: self.overviews[one]), reach)

    def _piece(self, bounds: Bounds, step: float, level: int | None, reach: int) -> Piece | None:
        dataset = self._at(level)
        across = self.dataset.width / dataset.width
        down = self._row_scales.get(level, self.dataset.height / dataset.height)
        # On the grid of `factor`, so that neighbouring blocks read the same averages along their common edge.
        factor: int = 2 ** max(0, math.floor(math.log2(max(step / across, 1e-9)) + 0.4))
        left, top = bounds[0] / across / factor, bounds[1] / down / factor
        right, bottom = bounds[2] / across / factor, bounds[3] / down / factor
        column, row = (max(0, math.floor(one - reach) * factor) for one in (left, top))
        width = min(dataset.width, math.ceil(right + reach) * factor) - column
        height = min(dataset.height, math.ceil(bottom + reach) * factor) - row
        if width <= 0 or height <= 0:
            return None
        columns, rows = math.ceil(width / factor), math.ceil(height / factor)
        return Piece(column, row, width, height, columns, rows, level, across, down)

    def _at(self, level: int | None) -> Any:
        """The file, or one of its overviews. Asking the file for fewer pixels leaves the choice to GDAL, which reads
        all of a file of 30 GB where an overview is finer than wished by a hair."""
        if level not in self._levels:
            self._levels[level] = self._opened(overview_level=level)
        return self._levels[level]

    def _make_rough(self) -> None:
        """Have a small picture of the whole made; it is one more overview when it is there."""
        if self._arrived is None:
            return
        if self._rough is None:
            self._rough = RoughCopy(self.path, self._rasterio, self._arrived)

    def take_rough(self) -> None:
        """Take the small picture in, when it has come."""
        if self._rough is not None and self._rough.path is not None:
            self._levels[len(self.overviews)] = self._opened(path=self._rough.path)
            self._row_scales[len(self.overviews)] = self._rough.factor  # read in strips: its last row alone is short
            self.overviews.append(self._rough.factor)
            self._rough = None

    @property
    def making(self) -> float | None:
        """How far a small picture under way is; None where none is being made."""
        return None if self._rough is None or self._rough.failed else self._rough.share

    def farthest(self, block: Block, mesh: Mesh) -> int:
        """The scale's denominator (at 96 dots an inch) from which the file can be shown as it is."""
        step = math.sqrt(DEAREST) / (SIZE + 8) * max(self.overviews, default=1) / 2
        denominator = block.pixel / mesh.step * step * 96.0 / 0.0254
        size: int = 10 ** math.floor(math.log10(max(denominator, 1.0)))
        return max(1, int(denominator / size) * size)

    def read(self, piece: Piece, bands: list[int], *, nearest: bool = False) -> NDArray[Any]:
        """The bands of a piece. Raises BaseMapUnusable where the file is broken there."""
        resampling = self._rasterio.enums.Resampling.nearest if nearest else self._rasterio.enums.Resampling.average
        return self._read("read", piece, indexes=bands, resampling=resampling)

    def mask(self, piece: Piece) -> Bytes:
        """255 where the file has data: nodata, masks and opacity bands together."""
        found: Bytes = self._read("dataset_mask", piece, stacked=False)
        return found

    def _read(self, how: str, piece: Piece, *, stacked: bool = True, **words: Any) -> NDArray[Any]:
        window = self._rasterio.windows.Window(piece.column, piece.row, piece.width, piece.height)
        shape = (len(words["indexes"]), piece.rows, piece.columns) if stacked else (piece.rows, piece.columns)
        try:
            with self._environment():
                found: NDArray[Any] = getattr(self._at(piece.level), how)(window=window, out_shape=shape, **words)
        except _errors(self._rasterio) as error:
            raise BaseMapUnusable(
                _("{name} 有一部分读不出来，文件可能损坏，那里空着。").format(name=self.path.name),
                _("请重新拷贝一份。"),
            ) from error
        return found

    def sample(self, band: int) -> Floats:
        """Figures from all over the file for its statistics, in one dimension; read in a blink at any size."""
        pieces = [self.figures(one, [band])[0].ravel() for one in self._sample_pieces()]
        values = np.concatenate(pieces)
        found: Floats = values[np.isfinite(values)]
        return found

    def figures(self, piece: Piece, bands: list[int]) -> list[Floats]:
        """Bands as figures, NaN where there are no data."""
        there = self.mask(piece) > 0
        return [np.where(there, one.astype(np.float64), np.nan) for one in self.read(piece, bands)]

    def _sample_pieces(self) -> list[Piece]:
        level = max(range(len(self.overviews)), key=lambda one: self.overviews[one], default=None)
        dataset = self._at(level)
        width, height = dataset.width, dataset.height
        if max(width, height) <= 4 * _SAMPLE:
            return [Piece(0, 0, width, height, width, height, level)]
        wide, high = min(_SAMPLE, width), min(_SAMPLE, height)
        return [
            Piece(round((width - wide) * across), round((height - high) * down), wide, high, wide, high, level)
            for across in np.linspace(0, 1, _SAMPLES)
            for down in np.linspace(0, 1, _SAMPLES)
        ]


class RasterPainter:
    """Imagery: three bands of bytes as they are, all else stretched between its 2nd and 98th percentile."""

    def __init__(self, file: RasterFile) -> None:
        self.file = file
        self._limits: dict[int, tuple[float, float]] = {}

    def words(self, block: Block) -> Words | None:
        """The block's pixels, None where there are none. Raises TooFarOut, BaseMapUnusable."""
        mesh = self.file.mesh(block)
        piece = self.file.piece(mesh)
        return None if piece is None else bilinear(self.colours(piece), *piece.inside(*mesh.places()))

    def colours(self, piece: Piece) -> Words:
        file = self.file
        palette = file.palette
        if palette:
            table = np.zeros((max(palette) + 1, 4), dtype=np.uint8)
            for number, colour in palette.items():
                table[number] = colour
            (numbers,) = file.read(piece, [1], nearest=True)
            red, green, blue, alpha = np.moveaxis(table[np.clip(numbers, 0, len(table) - 1)], -1, 0)
            return packed(red, green, blue, np.minimum(alpha, file.mask(piece)))
        bands = self._bands()
        # A picture in colours is shown as it is; one band alone is a figure of any type, and would often be black.
        if len(bands) == 3 and all(file.dtypes[one - 1] == "uint8" for one in bands) and not file.two_valued:
            red, green, blue = file.read(piece, bands)
            return packed(red, green, blue, file.mask(piece))
        figures = file.figures(piece, bands)
        stretched = [self._stretched(band, one) for band, one in zip(bands, figures, strict=True)]
        there = np.isfinite(np.sum(figures, axis=0))
        red, green, blue = stretched if len(stretched) == 3 else stretched * 3
        return packed(red, green, blue, np.where(there, 255, 0).astype(np.uint8))

    def _bands(self) -> list[int]:
        """Red, green, blue, or the one band that there is."""
        names = self.file.meanings
        if {"red", "green", "blue"} <= set(names):
            return [names.index(one) + 1 for one in ("red", "green", "blue")]
        colours = [number for number, name in enumerate(names, 1) if name != "alpha"]
        return colours[:3] if len(colours) >= 3 else colours[:1]

    def _stretched(self, band: int, figures: Floats) -> Bytes:
        low, high = self.limits(band)
        scaled = (np.nan_to_num(figures, nan=low, posinf=high, neginf=low) - low) * (255.0 / (high - low))
        return np.clip(scaled, 0.0, 255.0).astype(np.uint8)

    def limits(self, band: int) -> tuple[float, float]:
        """From black to white."""
        if band not in self._limits:
            values = self.file.sample(band)
            low, high = np.percentile(values, _STRETCH) if len(values) else (0.0, 1.0)
            if high <= low and len(values):
                low, high = float(values.min()), float(values.max())
            self._limits[band] = float(low), float(high if high > low else low + 1.0)
        return self._limits[band]
