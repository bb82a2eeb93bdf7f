"""Rasters, tiles and servers made for the tests of base maps. Places are metres of EPSG:4524."""

import sqlite3
from pathlib import Path

import numpy as np
import rasterio
from pyproj import Transformer
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from rasterio import Affine

EPSG = 4524
EAST, NORTH = 36_390_000.0, 4_375_000.0  # the middle of every made district
TO_LONLAT = Transformer.from_crs(EPSG, 4490, always_xy=True)


def write_raster(path: Path, bands: np.ndarray, pixel: float, *, crs: str | None = f"EPSG:{EPSG}", **words) -> Path:
    """`bands`: (count, rows, columns); its middle lies at EAST, NORTH."""
    count, rows, columns = bands.shape
    corner = Affine(pixel, 0, EAST - columns * pixel / 2, 0, -pixel, NORTH + rows * pixel / 2)
    profile = {"driver": "GTiff", "count": count, "height": rows, "width": columns, "dtype": bands.dtype.name}
    with rasterio.open(path, "w", **{**profile, "transform": corner, "crs": crs, **words}) as made:
        made.write(bands)
    return path


def picture(colour: str, side: int = 256, form: str = "PNG") -> bytes:
    """A tile of one colour."""
    return _bytes(_plain(colour, side), form)


def spotted(colour: str, spot: tuple[int, int], side: int = 256) -> bytes:
    """A tile of one colour with one red spot of 5 by 5 pixels around `spot`."""
    image = _plain(colour, side)
    for x in range(spot[0] - 2, spot[0] + 3):
        for y in range(spot[1] - 2, spot[1] + 3):
            if 0 <= x < side and 0 <= y < side:
                image.setPixelColor(x, y, QColor("#FF0000"))
    return _bytes(image, "PNG")


def _plain(colour: str, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour) if colour else Qt.GlobalColor.transparent)
    return image


def _bytes(image: QImage, form: str) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form)
    return bytes(data)


def write_mbtiles(path: Path, tiles: dict[tuple[int, int, int], bytes], **metadata: str) -> Path:
    """`tiles` by zoom, column and row from the north."""
    with sqlite3.connect(path) as sql:
        sql.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        sql.execute("CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)")
        sql.execute("CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
        sql.executemany("INSERT INTO metadata VALUES (?, ?)", list({"format": "png", **metadata}.items()))
        sql.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)", [(z, x, 2**z - 1 - y, data) for (z, x, y), data in tiles.items()]
        )
    sql.close()
    return path


def write_folder(folder: Path, tiles: dict[tuple[int, int, int], bytes], *, tms: bool = False) -> Path:
    for (zoom, column, row), data in tiles.items():
        number = 2**zoom - 1 - row if tms else row
        home = folder / str(zoom) / str(column)
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{number}.png").write_bytes(data)
    return folder
