"""A workspace whose file goes away while it is open: a stick that is pulled, a share that drops, a file that is moved.

What is open is kept, so that nothing on the screen is lost: the file is looked for at its place, and taken up again
when it is back, or what can still be read of it is saved somewhere else.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from geohazard_desktop.common.errors import ExportRefused, GeohazardError, WorkspaceBusyOrLost
from geohazard_desktop.common.moving import move_over
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.admission import look_like_sqlite, refuse_foreign
from geohazard_desktop.workspace.connection import Connection
from geohazard_desktop.workspace.going_back import GoingBack
from geohazard_desktop.workspace.history import History, Mark, newest_mark, still_has
from geohazard_desktop.workspace.journal import Journal, OwnSteps


class Holding(GoingBack):
    """Holds on to the file."""

    _seen_version: int
    _own: OwnSteps
    _seen_mark: Mark

    def _title(self, layer: str) -> str:
        raise NotImplementedError

    @property
    def there(self) -> bool:
        """Whether the file that is open lies at its place. Asks the disk, not SQLite."""
        return self._connection.there

    def reconnect(self, path: Path | None = None) -> None:
        """Take the file up again where it lies now, or its copy at `path`; the next `poll` brings what changed in it.

        Raises WorkspaceBusyOrLost where there is none, or another one in its place.
        """
        path = path or self.path
        lost = WorkspaceBusyOrLost(
            _("工作文件 {name} 还没有回到原来的位置。").format(name=path.name),
            _("请插回移动盘，或把文件放回 {folder}。").format(folder=path.parent),
        )
        try:
            if not look_like_sqlite(path):
                raise lost
            fresh = Connection(path, read_only=self.read_only)
        except GeohazardError as error:
            raise lost from error
        try:
            refuse_foreign(fresh)
            if not still_has(fresh.sql, self._seen_mark):
                raise WorkspaceBusyOrLost(
                    _("{folder} 里的 {name} 不是刚才打开的那一个。").format(folder=path.parent, name=path.name),
                    _("请把原来的文件放回去；要用现在这一个，请重新打开它。"),
                )
        except BaseException:
            fresh.close()
            raise
        self._connection.close()
        self.path, self._connection, self._sql = path, fresh, fresh.sql
        self._journal = Journal(self._sql, self._rows.get, self._own)
        self._history = History(self._sql, self._title)
        self._seen_version = -1

    def rescue(self, target: Path) -> None:
        """Save what can still be read through the open file, history included, to `target`, and go on there.

        Raises ExportRefused where nothing can be read any more, or `target` can't be written; nothing is left there.
        """
        draft = target.with_name(f"{target.name}.part")
        try:
            draft.unlink(missing_ok=True)
            with closing(sqlite3.connect(draft)) as copy:
                self._sql.backup(copy)
                sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
                whole = newest_mark(copy) == self._seen_mark
            if not (sound and whole):
                raise sqlite3.DatabaseError("incomplete")
            move_over(draft, target)
        except (sqlite3.Error, OSError) as error:
            with suppress(OSError):  # where the disk went too there is nothing to take away
                draft.unlink(missing_ok=True)
            raise ExportRefused(
                _("原来的文件读不到了，没有另存成 {name}。").format(name=target.name),
                _("请插回移动盘再试；实在找不回来，请打开最近的备份。"),
            ) from error
        self.reconnect(target)
