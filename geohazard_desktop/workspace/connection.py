"""One SQLite connection to a workspace file, and what can go wrong with it, said in sentences.

Rollback journal with full sync, not WAL: officers copy the file to a stick or a chat while it is open, put it on
shares and open it in read-only folders, so the one file must be whole at every moment.
"""

import os
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
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import blob

_SQLITE_MAGIC = b"SQLite format 3\x00"
BUSY_MILLISECONDS = 3000


class Connection:
    """A connection that reads at once and writes only inside `transaction()`."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._identity = _file_identity(path)
        mode = "ro" if read_only else "rw"
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        with spoken(path):
            self.sql = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
            self.sql.execute("PRAGMA synchronous = FULL")
            self.sql.execute("PRAGMA recursive_triggers = OFF")
            self.sql.execute("PRAGMA foreign_keys = OFF")
        blob.register(self.sql)

    def close(self) -> None:
        self.sql.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is done inside is on disk when the block ends, or was never there."""
        if self.read_only:
            raise WorkspaceReadOnly(
                _("工作文件 {name} 只能看，不能改。").format(name=self.path.name),
                _("请另存一份到可以写的文件夹再改。"),
            )
        self._refuse_when_gone()
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

    def _refuse_when_gone(self) -> None:
        # On Linux an unlinked file can still be written: the stroke would be "saved" into nothing.
        if _file_identity(self.path) != self._identity:
            raise WorkspaceBusyOrLost(
                _("工作文件 {name} 不在原来的位置了，这一步没有存上。").format(name=self.path.name),
                _("请插回移动盘，或把文件放回 {folder}，再做一次。").format(folder=self.path.parent),
            )


def _file_identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def look_like_sqlite(path: Path) -> bool:
    """True when the file starts as an SQLite database does. Raises NotAWorkspace when it can't be read at all."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE_MAGIC)) == _SQLITE_MAGIC
    except FileNotFoundError as error:
        raise NotAWorkspace(
            _("找不到工作文件 {name}。").format(name=path), _("请看看文件是否移走了，或移动盘没有插上。")
        ) from error
    except OSError as error:
        raise NotAWorkspace(
            _("工作文件 {name} 读不了（{reason}）。").format(name=path.name or path, reason=reason_of(error)),
            _("请检查文件的权限，或换一个地方再试。"),
        ) from error


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
    if name.startswith("SQLITE_FULL"):
        return WorkspaceBusyOrLost(
            _("存放 {name} 的磁盘满了，这一步没有存上。").format(name=path.name),
            _("请腾出空间再做一次，之前的内容都还在。"),
        )
    return WorkspaceBusyOrLost(
        _("工作文件 {name} 读写失败（{reason}），这一步没有存上。").format(name=path.name, reason=text),
        _("请检查磁盘或移动盘，再做一次；之前的内容都还在。"),
    )
