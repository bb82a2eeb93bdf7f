"""The row of 导出登记 for what the window wrote. It belongs into the file that was exported, which may have been left
meanwhile for another."""

from collections.abc import Callable
from pathlib import Path

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.workspace.feature import Edit
from geohazard_desktop.workspace.workspace import Workspace


def enter_export_of(session: Session, source: Path, entry: Callable[[Workspace], Edit | None]) -> str:
    """Store the `entry` of an export from `source`; what has to be told of it: where it stands if that is not the open
    file, or why it stands nowhere."""
    ws = session.ws
    if ws is not None and ws.path == source:
        if session.read_only_reason():
            return _("工作文件只能看，这次导出没有记进导出登记。")
        edit = entry(ws)
        if edit is not None:
            session.apply(edit)  # says why where it can't
        return ""
    try:
        with Workspace.open(source) as left:
            if left.read_only:
                return _("{name} 只能看，这次导出没有记进它的导出登记。").format(name=source.name)
            edit = entry(left)
            if edit is None:
                return ""
            left.apply(edit)
    except GeohazardError as error:
        return _("这次导出没有记进 {name} 的导出登记：{why}").format(name=source.name, why=error)
    return _("记进了 {name} 的导出登记。").format(name=source.name)
