"""A picture with its place on the ground, as GeoTIFF."""

import numpy as np
from pyproj import CRS
from PySide6.QtGui import QImage


def geotiff(png: bytes, west: float, north: float, step: float, crs: CRS) -> bytes:
    """`png` as GeoTIFF in `crs`; its upper left corner lies at (west, north), a pixel is `step` metres large."""
    from rasterio.io import MemoryFile
    from rasterio.transform import Affine

    image = QImage.fromData(png).convertToFormat(QImage.Format.Format_RGB888)
    wide, high = image.width(), image.height()
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(high, image.bytesPerLine())
    bands = np.moveaxis(rows[:, : wide * 3].reshape(high, wide, 3), 2, 0)
    profile = {
        "driver": "GTiff",
        "width": wide,
        "height": high,
        "count": 3,
        "dtype": "uint8",
        "crs": crs.to_wkt(),
        "transform": Affine(step, 0.0, west, 0.0, -step, north),
        "photometric": "RGB",
        "compress": "deflate",
        "predictor": 2,
        "tiled": True,
    }
    with MemoryFile() as target:
        with target.open(**profile) as raster:
            raster.write(bands)
        return bytes(target.read())
