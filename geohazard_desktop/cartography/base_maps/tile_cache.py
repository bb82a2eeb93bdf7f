"""Tiles that came from services, kept in this user's cache folder: the map is there when the network is not.

One SQLite file, shared by every window and by publishing. It may be deleted at any time. No key is in it: a tile's
service goes by its address without key.
"""

import logging
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from geohazard_desktop.common.user_folders import FolderUnusable, cache_folder

FILE = "base_map_tiles.sqlite"
LARGEST_BYTES = 512_000_000
_DAY = 86_400.0
SHORTEST, LONGEST = 7 * _DAY, 90 * _DAY  # what a server says of the age of its tiles is taken within these
_PRUNE_EVERY = 400  # tiles
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptTile:
    """`data` is empty where the service has said that there is no such tile. Times are seconds since 1970."""

    data: bytes
    fetched_at: float
    stale: bool


class TileCache:
    """For many threads. A cache that can't be used is no cache: tiles then come from the network alone."""

    def __init__(self, path: Path | None = None, largest: int = LARGEST_BYTES) -> None:
        self._mutex = threading.Lock()
        self._largest = largest
        self._stored = 0
        self._sql: sqlite3.Connection | None = None
        try:
            self.path = path or cache_folder() / FILE
            self._sql = _opened(self.path)
        except sqlite3.DatabaseError as error:
            _log.info("the cache of tiles is made anew: %s", error)
            self._anew()
        except (OSError, FolderUnusable) as error:
            _log.warning("no cache of tiles: %s", type(error).__name__)

    def _anew(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
            self._sql = _opened(self.path)
        except (OSError, sqlite3.Error) as error:
            _log.warning("no cache of tiles: %s", error)
            self._sql = None

    def get(self, service: str, zoom: int, column: int, row: int) -> KeptTile | None:
        with self._mutex:
            if self._sql is None:
                return None
            try:
                found = self._sql.execute(
                    "SELECT data, fetched, expires FROM tile WHERE service = ? AND z = ? AND x = ? AND y = ?",
                    (service, zoom, column, row),
                ).fetchone()
            except sqlite3.Error as error:
                _log.info("a tile was not read from the cache: %s", error)
                return None
        return None if found is None else KeptTile(bytes(found[0]), found[1], found[2] < time.time())

    def put(self, service: str, zoom: int, column: int, row: int, data: bytes, lifetime: float) -> None:
        now = time.time()
        expires = now + min(LONGEST, max(SHORTEST, lifetime))
        with self._mutex:
            if self._sql is None:
                return
            try:
                with self._sql:
                    self._sql.execute(
                        "INSERT OR REPLACE INTO tile (service, z, x, y, data, fetched, expires, bytes) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        (service, zoom, column, row, data, now, expires, len(data) + 100),
                    )
                self._stored += 1
                if self._stored % _PRUNE_EVERY == 1:
                    self._prune()
            except sqlite3.Error as error:
                # Another window holds it, or the disk is full: the tile is shown all the same.
                _log.info("a tile was not kept: %s", error)

    def _prune(self) -> None:
        """The oldest go until nine tenths of the room are filled."""
        assert self._sql is not None
        (total,) = self._sql.execute("SELECT coalesce(sum(bytes), 0) FROM tile").fetchone()
        if total <= self._largest:
            return
        with self._sql:
            surplus, gone = total - self._largest * 0.9, 0
            for rowid, size in self._sql.execute("SELECT rowid, bytes FROM tile ORDER BY fetched").fetchall():
                if gone >= surplus:
                    break
                self._sql.execute("DELETE FROM tile WHERE rowid = ?", (rowid,))
                gone += size
        self._sql.execute("PRAGMA incremental_vacuum")

    def close(self) -> None:
        with self._mutex:
            if self._sql is not None:
                self._sql.close()
                self._sql = None


def _opened(path: Path) -> sqlite3.Connection:
    sql = sqlite3.connect(path, timeout=2.0, check_same_thread=False)
    try:
        sql.execute("PRAGMA auto_vacuum = INCREMENTAL")
        sql.execute("PRAGMA journal_mode = WAL")
        sql.execute("PRAGMA synchronous = OFF")  # it may be lost at any time
        sql.execute(
            "CREATE TABLE IF NOT EXISTS tile (service TEXT, z INTEGER, x INTEGER, y INTEGER, data BLOB NOT NULL, "
            "fetched REAL NOT NULL, expires REAL NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (service, z, x, y))"
        )
        sql.execute("CREATE INDEX IF NOT EXISTS tile_by_age ON tile (fetched)")
        sql.commit()
    except sqlite3.Error:
        sql.close()  # one that is open can't be made anew: Windows takes no such file away
        raise
    return sql
