"""An office's own templates as edits: each file is a row of the `setting` layer (`template.<path>`), so that it travels
with the workspace, is journaled and undone, and is seen by the publishing process.

What a template may say is judged on the floor that sets pages: a faulty one is kept as it was typed and prints nothing.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed, deleted, inserted, new_uid
from geohazard_desktop.workspace.reading import Reading

PREFIX = "template."
SETTING = "setting"
LARGEST = 2_000_000  # characters of one file: every change of it is written to the journal whole


def is_template_row(key: str) -> bool:
    """Whether a row of the `setting` layer is a template: such rows have a window of their own."""
    return key.startswith(PREFIX)


def templates_in(ws: Reading) -> dict[str, str]:
    """The workspace's own template files: text by path ("parts/base.typ", "settings.toml")."""
    return {path: row.text("value") for path, row in _rows(ws).items()}


def save_templates(ws: Reading, files: Mapping[str, str], words: str = "") -> Edit:
    """These files become the workspace's own. Unchanged ones are left out. Raises EditRefused for a path that leads
    out of the template folder, and for a file that is too large to be kept in the workspace."""
    rows = _rows(ws)
    deltas: list[Delta] = []
    told: list[str] = []
    for path, text in files.items():
        _refuse(path, text)
        row = rows.get(path)
        if row is not None and row.text("value") == text:
            continue
        if row is None:
            values = {"key": PREFIX + path, "name": _("模板 {path}").format(path=path), "value": text}
            deltas.append(inserted(Feature(SETTING, new_uid(), None, values)))
        else:
            deltas.append(changed(row, row.with_values(value=text)))
        told.append(path)
    return Edit(words or _("改模板 {paths}").format(paths=_listed(told)), deltas)


def restore_templates(ws: Reading, paths: list[str]) -> Edit:
    """The files of the folder, or those the program brings along, are in force again. No deltas where they are."""
    rows = _rows(ws)
    gone = [path for path in paths if path in rows]
    return Edit(_("恢复自带的模板 {paths}").format(paths=_listed(gone)), [deleted(rows[path]) for path in gone])


def _rows(ws: Reading) -> dict[str, Feature]:
    """By path; where another program left several rows of one path, the last counts."""
    found = {}
    for row in ws.table(SETTING):
        key = row.text("key")
        if is_template_row(key):
            found[key.removeprefix(PREFIX)] = row
    return found


def _refuse(path: str, text: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or any(one in ("..", ".") or ":" in one or "\\" in one for one in parts):
        raise EditRefused(
            _("“{path}”不是模板文件夹里的文件名。").format(path=path), _("文件名里不要有 ..、冒号和反斜杠。")
        )
    if len(text) > LARGEST:
        raise EditRefused(
            _("{path} 太大，放不进工作文件（最多 {most:.0f} MB）。").format(path=path, most=LARGEST / 1e6),
            _("图片请先缩小再放进来。"),
        )


def _listed(paths: list[str]) -> str:
    return "、".join(paths[:3]) + (_("等 {count} 个文件").format(count=len(paths)) if len(paths) > 3 else "")
