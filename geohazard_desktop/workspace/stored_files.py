"""Whole files inside the workspace (photos, what issued cards were printed from), each known by its SHA-256.

They lie in a plain table beside the layers: the journal would write each of them out once more, in hexadecimal, with
every change of its caption. A file is only ever added. What a deleted attachment spoke of stays, so that undo finds it;
a copy without history may leave out the files that no row of `attachment` speaks of.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence

from geohazard_desktop.workspace.connection import Connection, spoken

TABLE = "attachment_file"
_MADE = f"""CREATE TABLE IF NOT EXISTS {TABLE} (
  digest TEXT PRIMARY KEY, bytes BLOB NOT NULL,
  stored_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""


class StoredFiles:
    """The part of a workspace that keeps files."""

    _connection: Connection
    _sql: sqlite3.Connection

    def keep_file(self, data: bytes) -> str:
        """Store a file; returns its digest. On disk when this returns; what is there already is not stored twice.

        Raises WorkspaceReadOnly, WorkspaceLocked, WorkspaceBusyOrLost (a full disk, a stick pulled).
        """
        digest = hashlib.sha256(data).hexdigest()
        if self.has_file(digest):
            return digest
        with self._connection.transaction() as sql:
            sql.execute(_MADE)
            sql.execute(f"INSERT OR IGNORE INTO {TABLE} (digest, bytes) VALUES (?, ?)", (digest, data))
        return digest

    def keep_files(self, files: Sequence[bytes]) -> list[str]:
        """Store several files in one transaction; returns their digests in order. Raises as `keep_file`."""
        digests = [hashlib.sha256(one).hexdigest() for one in files]
        with self._connection.transaction() as sql:
            sql.execute(_MADE)
            sql.executemany(
                f"INSERT OR IGNORE INTO {TABLE} (digest, bytes) VALUES (?, ?)", zip(digests, files, strict=True)
            )
        return digests

    def file_sizes(self, digests: Iterable[str]) -> int:
        """Bytes that these files take in the workspace."""
        with spoken(self._connection.path):
            if not self._has_table():
                return 0
            query = (
                f"SELECT coalesce(sum(length(bytes)), 0) FROM {TABLE} WHERE digest IN (SELECT value FROM json_each(?))"
            )
            return int(self._sql.execute(query, (json.dumps(sorted(set(digests))),)).fetchone()[0])

    def has_file(self, digest: str) -> bool:
        with spoken(self._connection.path):
            if not self._has_table():
                return False
            return self._sql.execute(f"SELECT 1 FROM {TABLE} WHERE digest = ?", (digest,)).fetchone() is not None

    def file(self, digest: str) -> bytes | None:
        """The bytes of a stored file; None where the workspace has none of that digest, or they were damaged."""
        with spoken(self._connection.path):
            if not self._has_table():
                return None
            row = self._sql.execute(f"SELECT bytes FROM {TABLE} WHERE digest = ?", (digest,)).fetchone()
        if row is None or hashlib.sha256(row[0]).hexdigest() != digest:
            return None
        return bytes(row[0])

    def _has_table(self) -> bool:
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self._sql.execute(query, (TABLE,)).fetchone() is not None
