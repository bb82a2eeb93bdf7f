"""A small picture of a whole raster that has no overviews: made once in the background, kept in the cache folder.

An office's orthophoto often comes without pyramids, and far out each block would read millions of its pixels. This
reads them once, strip by strip, while the map goes on. The file itself is never touched.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from geohazard_desktop.common.moving import move_over
from geohazard_desktop.common.user_folders import cache_folder

SIDE = 3072  # of the small picture's longer side
FOLDER = "base_map_pictures"
KEPT = 24  # pictures; the oldest go
_STRIP = 32_000_000  # source pixels read at a time
_MOST_BANDS = 4
_log = logging.getLogger(__name__)


class RoughCopy:
    """`path` is the small GeoTIFF once it is there, `factor` source pixels to one of its own; `share` says how far it
    is, `failed` that there will be none. `done` is called from the thread that makes it, at each tenth and at the end.
    """

    def __init__(self, source: Path, rasterio: Any, done: Callable[[], None]) -> None:
        self.path: Path | None = None
        self.factor = 1
        self.share = 0.0
        self.failed = False
        self._source, self._rasterio, self._done = source, rasterio, done
        self._stop = threading.Event()
        threading.Thread(target=self._run, name="base map picture", daemon=True).start()

    def close(self) -> None:
        """Give up a picture under way."""
        self._stop.set()

    def _run(self) -> None:
        found: Path | None = None
        try:
            found = self._kept_or_made()
        except Exception as error:  # noqa: BLE001 - whatever breaks here, the map says that the file has no pyramids
            _log.info("no small picture of %s: %s", self._source.name, type(error).__name__)
        self.failed = found is None
        self.path = found
        if not self._stop.is_set():
            self._done()

    def _kept_or_made(self) -> Path | None:
        folder = cache_folder() / FOLDER
        folder.mkdir(exist_ok=True)
        about = self._source.stat()
        words = f"{self._source}|{about.st_size}|{about.st_mtime_ns}|{SIDE}"  # another state of the file is another one
        path = folder / f"{hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()}.tif"
        with self._rasterio.open(self._source) as source:
            self.factor = max(1, -(-max(source.width, source.height) // SIDE))
            if path.exists():
                os.utime(path)  # in use: not the next to go
                return path
            fresh = path.with_suffix(f".{os.getpid()}.new")
            try:
                if not self._make(source, fresh):
                    return None
                move_over(fresh, path)
            finally:
                fresh.unlink(missing_ok=True)
        for one in sorted(folder.glob("*.tif"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
            with suppress(OSError):  # another window shows it, and Windows keeps what is open
                one.unlink(missing_ok=True)
        return path

    def _make(self, source: Any, fresh: Path) -> bool:
        """False when it was given up."""
        factor, count = self.factor, min(source.count, _MOST_BANDS)
        columns, rows = -(-source.width // factor), -(-source.height // factor)
        bands = list(range(1, count + 1))
        profile = {
            "driver": "GTiff", "width": columns, "height": rows, "count": count, "dtype": source.dtypes[0],
            "nodata": source.nodata, "compress": "deflate", "interleave": "band", "blockysize": 1,
        }  # fmt: skip
        palette = source.colorinterp[0].name == "palette"
        resampling = self._rasterio.enums.Resampling.nearest if palette else self._rasterio.enums.Resampling.average
        # Whole rows of the file's blocks, so that none is read twice.
        block = max(1, int(source.block_shapes[0][0]))
        high = max(1, _STRIP // source.width // factor, -(-block // factor)) * factor
        told = 0.0
        with (
            self._rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True, GDAL_CACHEMAX=64),
            self._rasterio.open(fresh, "w", **profile) as made,
        ):
            if not palette:
                made.colorinterp = source.colorinterp[:count]
            for top in range(0, source.height, high):
                if self._stop.is_set():
                    return False
                under = min(source.height, top + high)
                first, last = top // factor, -(-under // factor)
                window = ((top, under), (0, source.width))
                place = ((first, last), (0, columns))
                shape = (last - first, columns)
                read = source.read(bands, window=window, out_shape=(count, *shape), resampling=resampling)
                made.write(read, bands, window=place)
                if source.nodata is None:
                    made.write_mask(source.dataset_mask(window=window, out_shape=shape), window=place)
                self.share = under / source.height
                if self.share >= told + 0.1 and under < source.height:
                    told = self.share
                    self._done()
            made.build_overviews([4], resampling)
        return True
