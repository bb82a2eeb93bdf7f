"""One SQLite connection to a workspace file, and what can go wrong with it, said in sentences.

Rollback journal with full sync, not WAL: officers copy the file to a stick or a chat while it is open, put it on
shares and open it in read-only folders, so the one file must be whole at every moment. QGIS switches a file to WAL
while it edits and leaves it so where we had it open too: it is switched back as soon as the other program is gone.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geohazard_desktop.common.errors import (
    EditRefused,
    GeohazardError,
    NotAWorkspace,
    WorkspaceBusyOrLost,
    WorkspaceLocked,
    WorkspaceReadOnly,
)
from geohazard_desktop.common.sqlite_fitness import refuse_unfit_sqlite
from geohazard_desktop.common.sqlite_uri import sqlite_uri
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import blob

log = logging.getLogger(__name__)
BUSY_MILLISECONDS = 3000
SYNCHRONOUS = "FULL"  # a step that is done has reached the disk itself: a power cut takes nothing back
_LEAST_FREE = 64 * 1024  # bytes; below, no rollback journal fits


class Connection:
    """A connection that reads at once and writes only inside `transaction()`."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        refuse_unfit_sqlite()
        self.path = path
        self.read_only = read_only
        self._closed = False
        self._identity = _file_identity(path)
        with spoken(path):
            self.sql = _connected(path, read_only=read_only)
            self.sql.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
            self.sql.execute("PRAGMA recursive_triggers = OFF")
            self.sql.execute("PRAGMA foreign_keys = OFF")
        blob.register(self.sql)

    def close(self) -> None:
        """May be called twice."""
        if self._closed:
            return
        self._closed = True
        try:
            if self.there:  # what is gone must not be written to once more
                self.keep_rollback_journal()
        finally:
            self.sql.close()

    def keep_rollback_journal(self) -> None:
        """Leave WAL, which another program switched on, unless it still has the file open. Never waits."""
        if self.read_only or self.sql.in_transaction or not self.is_wal():
            return
        try:
            self.sql.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            log.info("the file stays in WAL for now: %s", error)

    def is_wal(self) -> bool:
        """Whether another program has switched the file to a write-ahead log."""
        try:
            return bool(self.sql.execute("PRAGMA journal_mode").fetchone()[0] == "wal")
        except sqlite3.Error as error:  # a file that is gone or broken is reported where it is read, not here
            log.info("journal mode unknown: %s", error)
            return False

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is done inside is on disk when the block ends, or was never there."""
        if self.read_only:
            raise WorkspaceReadOnly(
                _("工作文件 {name} 只能看，不能改。").format(name=self.path.name),
                _("请另存一份到可以写的文件夹再改。"),
            )
        self._refuse_when_gone()
        self.keep_rollback_journal()
        with spoken(self.path):
            self.sql.execute("BEGIN IMMEDIATE")
            try:
                yield self.sql
                self._refuse_when_gone()
                self.sql.execute("COMMIT")
            except BaseException:
                if self.sql.in_transaction:
                    self.sql.execute("ROLLBACK")
                raise

    @property
    def there(self) -> bool:
        """Whether the very file that is open lies at its path."""
        return _file_identity(self.path) == self._identity

    def _refuse_when_gone(self) -> None:
        # On Linux an unlinked file can still be written: the stroke would be "saved" into nothing.
        if not self.there:
            raise WorkspaceBusyOrLost(
                _("工作文件 {name} 不在原来的位置了，这一步没有存上。").format(name=self.path.name),
                _("请插回移动盘，或把文件放回 {folder}，再做一次。").format(folder=self.path.parent),
            )


def _connected(path: Path, *, read_only: bool) -> sqlite3.Connection:
    whole = path.resolve()
    sql = _connection_of(sqlite_uri(whole, "ro" if read_only else "rw"))
    if not read_only:
        return sql
    try:
        sql.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        # A file left in WAL wants to make files beside itself even for reading; where no folder takes them and no
        # log waits to be read, nobody can be writing either.
        sql.close()
        if error.sqlite_errorname != "SQLITE_CANTOPEN" or path.with_name(f"{path.name}-wal").exists():
            raise
        sql = _connection_of(sqlite_uri(whole, "ro", immutable=True))
    return sql


def _connection_of(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)


def _file_identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, with the file's name and the remedy."""
    try:
        yield
    except GeohazardError:
        raise
    except sqlite3.Error as error:
        raise _as_sentence(error, path) from error


def _as_sentence(error: sqlite3.Error, path: Path) -> GeohazardError:
    name = getattr(error, "sqlite_errorname", "") or ""
    text = str(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "locked" in text:
        return WorkspaceLocked(
            _("工作文件 {name} 正被另一个程序写着，这一步没有做。").format(name=path.name),
            _("请在那个程序里保存并结束编辑，再做一次。"),
        )
    if name.startswith("SQLITE_READONLY") or "readonly" in text:
        return WorkspaceReadOnly(
            _("工作文件 {name} 只能看，不能改。").format(name=path.name), _("请另存一份到可以写的文件夹再改。")
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return NotAWorkspace(
            _("文件 {name} 已损坏或不是 GeoPackage 文件。").format(name=path.name),
            _("请换用最近的备份；原文件没有被改动。"),
        )
    if name.startswith("SQLITE_CONSTRAINT"):
        return EditRefused(_("这一步没有存上：{reason}。").format(reason=text), "")
    if name.startswith("SQLITE_FULL") or _is_full(path):
        return WorkspaceBusyOrLost(
            _("存放 {name} 的磁盘满了，这一步没有存上。").format(name=path.name),
            _("请腾出空间再做一次，之前的内容都还在。"),
        )
    words = {
        "SQLITE_CANTOPEN": _("打不开，或所在文件夹不能写了"),
        "SQLITE_IOERR": _("磁盘或移动盘读写出错"),
        "SQLITE_PERM": _("没有权限了"),
        "SQLITE_AUTH": _("没有权限了"),
        "SQLITE_NOMEM": _("内存不够"),
    }
    reason = next((words[one] for one in words if name.startswith(one)), text)
    return WorkspaceBusyOrLost(
        _("工作文件 {name} 读写失败（{reason}），这一步没有存上。").format(name=path.name, reason=reason),
        _("请检查磁盘或移动盘，再做一次；之前的内容都还在。"),
    )


def _is_full(path: Path) -> bool:
    """Whether the disk has no room left: SQLite often tells a full disk as a failed read or write."""
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_FREE
    except OSError:  # the disk is gone: another sentence
        return False
