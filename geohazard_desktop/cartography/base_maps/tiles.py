"""Map tiles: web Mercator or 天地图's longitude and latitude, resampled into the map's CRS as one picture.

The tiles that a block needs are put together first and sampled then, so no seam can show between them. Where a tile
lacks, the part of a coarser one stands in for it.
"""

import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from geohazard_desktop.cartography.base_maps.grid import Block, mesh_of
from geohazard_desktop.cartography.base_maps.sampling import Words, bilinear, decoded, scaled
from geohazard_desktop.cartography.base_maps.spec import Matrix

Floats = NDArray[np.float64]
Address = tuple[int, int, int]  # zoom, column, row from the north
USUAL = 256
MOST_TILES = 60  # for one block; more means that the source is far finer than the view
_KEPT_BYTES = 64_000_000
_PARENTS = 6
_MERCATOR_LIMIT = 85.051128779806604


class TooManyTiles(Exception):
    """The view would need far more tiles than can be looked at: the source has none for so small a scale."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A tile as its source has it now. `pending`: a better one was sent for; `final`: asking again gives the same."""

    data: bytes | None
    pending: bool = False
    final: bool = True
    mark: str = ""  # changes when the tile does


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block as it can be drawn now."""

    words: Words | None
    pending: bool = False
    final: bool = True


class TileSource(Protocol):
    """Where tiles come from. `get` must not wait for a network; `wanted` says whether a missing tile is to be sent
    for. Tiles outside `holds` are neither asked for nor missed."""

    def get(self, address: Address, *, wanted: bool) -> Answer: ...
    def holds(self, address: Address) -> bool: ...


def columns_and_rows(matrix: Matrix, zoom: int) -> tuple[int, int]:
    """How many tiles a zoom has."""
    return 2**zoom, (2**zoom if matrix == "w" else 2 ** max(zoom - 1, 0))


def to_tiles(matrix: Matrix, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Degrees as columns and rows of zoom 0 (parts of the one tile); times 2**zoom for any other."""
    if matrix == "c":
        return (longitude + 180.0) / 360.0, (90.0 - latitude) / 360.0
    radians = np.radians(np.where(np.abs(latitude) <= _MERCATOR_LIMIT, latitude, np.nan))
    return (longitude + 180.0) / 360.0, 0.5 - np.arcsinh(np.tan(radians)) / (2.0 * math.pi)


class TileMatrix:
    """From the map's CRS to tiles."""

    def __init__(self, matrix: Matrix, map_epsg: int) -> None:
        self.matrix = matrix
        crs = CRS.from_epsg(map_epsg)
        # CGCS2000 and WGS 84 differ by centimetres: degrees of the map's own datum are the tiles' degrees.
        self._transformer = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)

    def units(self, east: Floats, north: Floats) -> tuple[Floats, Floats]:
        """East and north as columns and rows of zoom 0."""
        longitude, latitude = self._transformer.transform(east, north)
        return to_tiles(self.matrix, np.asarray(longitude), np.asarray(latitude))

    def zoom_for(self, step: float, tile: int) -> int:
        """The zoom whose pixels are nearest to the map's; `step` is in tiles of zoom 0 a pixel."""
        return round(-math.log2(max(step * tile, 1e-12)))


class TilePainter:
    """One source of tiles on one map."""

    def __init__(self, source: TileSource, matrix: TileMatrix, min_zoom: int, max_zoom: int) -> None:
        self.source, self.matrix = source, matrix
        self.min_zoom, self.max_zoom = min_zoom, max_zoom
        self.tile = USUAL
        self.broken = 0  # tiles that are no pictures
        self._kept: OrderedDict[tuple[Address, str], Words | None] = OrderedDict()
        self._bytes = 0

    def block(self, block: Block) -> Drawn:
        """The block as it can be drawn now. Raises TooManyTiles."""
        mesh = mesh_of(block, self.matrix.units)
        bounds = mesh.bounds
        if bounds is None:
            return Drawn(None)
        zoom = min(self.max_zoom, max(self.min_zoom, self.matrix.zoom_for(mesh.step, self.tile)))
        columns, rows = self._range(bounds, zoom)
        if len(columns) * len(rows) > MOST_TILES:
            raise TooManyTiles
        held = [(zoom, column, row) for row in rows for column in columns if self.source.holds((zoom, column, row))]
        found = {one: self._tile(one) for one in held}
        pending = any(one.pending for one in found.values())
        final = all(one.final for one in found.values())
        if not any(one.words is not None for one in found.values()):
            return Drawn(None, pending, final)
        side = self.tile
        mosaic = np.zeros((len(rows) * side, len(columns) * side), dtype=np.uint32)
        for (_zoom, column, row), one in found.items():
            if one.words is not None:
                top, left = (row - rows[0]) * side, (column - columns[0]) * side
                mosaic[top : top + side, left : left + side] = self._fitting(one.words)
        x, y = mesh.places()
        scale = 2**zoom
        words = bilinear(mosaic, (x * scale - columns[0]) * side, (y * scale - rows[0]) * side)
        return Drawn(words, pending, final)

    def _range(self, bounds: tuple[float, float, float, float], zoom: int) -> tuple[range, range]:
        """Columns and rows that a block needs, with the pixel beside it that mixing takes."""
        scale, more = 2**zoom, 1.0 / self.tile
        wide, high = columns_and_rows(self.matrix.matrix, zoom)
        left, top, right, bottom = (one * scale for one in bounds)
        columns = range(max(0, math.floor(left - more)), min(wide, math.floor(right + more) + 1))
        rows = range(max(0, math.floor(top - more)), min(high, math.floor(bottom + more) + 1))
        return (columns, rows) if columns and rows else (range(0), range(0))

    def _fitting(self, words: Words) -> Words:
        return words if words.shape == (self.tile, self.tile) else scaled(words, self.tile, self.tile)

    def _tile(self, address: Address) -> Drawn:
        """A tile, or what stands in for it."""
        answer = self.source.get(address, wanted=True)
        words = self._decoded(address, answer)
        zoom, column, row = address
        for up in range(1, min(_PARENTS, zoom - self.min_zoom) + 1):
            if words is not None:
                break
            parent = (zoom - up, column >> up, row >> up)
            coarse = self._decoded(parent, self.source.get(parent, wanted=False))
            if coarse is not None:
                words = _part(self._fitting(coarse), column, row, up)
        return Drawn(words, answer.pending, answer.final)

    def _decoded(self, address: Address, answer: Answer) -> Words | None:
        if answer.data is None:
            return None
        key = (address, answer.mark)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        words = decoded(answer.data)
        if words is None:
            self.broken += 1
        elif words.shape[0] == words.shape[1] and not self._kept and words.shape[0] > 0:
            self.tile = words.shape[0]  # 512 on services for fine screens
        self._kept[key] = words
        self._bytes += 0 if words is None else words.nbytes
        while self._bytes > _KEPT_BYTES and len(self._kept) > 1:
            _key, old = self._kept.popitem(last=False)
            self._bytes -= 0 if old is None else old.nbytes
        return words


def _part(words: Words, column: int, row: int, up: int) -> Words | None:
    """The part of a coarser tile, enlarged to a whole one."""
    side = words.shape[0]
    count = 2**up
    part = side // count
    if part < 1:
        return None
    left, top = (column % count) * part, (row % count) * part
    return scaled(words[top : top + part, left : left + part], side, side)
