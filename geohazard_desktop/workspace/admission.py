"""Whether a file is a workspace that this program can open, and if not, why, in words."""

from pathlib import Path

from geohazard_desktop.common.errors import NotAWorkspace, WorkspaceTooNew
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace import schema
from geohazard_desktop.workspace.connection import Connection, spoken

_SQLITE_MAGIC = b"SQLite format 3\x00"


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


def refuse_foreign(connection: Connection) -> None:
    """Raises NotAWorkspace for a GeoPackage that is none of ours, WorkspaceTooNew for a later version's."""
    name = connection.path.name
    with spoken(connection.path):
        tables = {row[0] for row in connection.sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "workspace_about" not in tables or "layer_definition" not in tables:
            raise NotAWorkspace(
                _("{name} 是普通数据文件，不是本程序的工作文件。").format(name=name),
                _("请新建工作文件，再用“导入”把它读进来。"),
            )
        row = connection.sql.execute("SELECT value FROM workspace_about WHERE key = 'format'").fetchone()
    if row is None or not str(row[0]).isdigit():
        raise NotAWorkspace(_("工作文件 {name} 没有版本记录，可能已损坏。").format(name=name), _("请换用最近的备份。"))
    if int(row[0]) > schema.FORMAT_VERSION:
        raise WorkspaceTooNew(
            _("工作文件 {name} 是更新版本的程序建立的。").format(name=name),
            _("请升级本程序再打开；文件没有被改动。"),
        )
