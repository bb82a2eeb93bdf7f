"""Which templates are in force: the office's own over the shipped ones, file by file.

A file in the workspace (`workspace.edits.templates`) wins over one in the folder 打印模板 beside the workspace, and
that one over the file that the program brings along. `settings.toml` alone is not taken whole: what the office wrote
in it replaces what is shipped key by key, so that a setting which a later version adds is never missing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from geohazard_desktop.common.errors import TypesettingFailed
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.toml_faults import place_of
from geohazard_desktop.workspace.edits.template_settings import settings_text
from geohazard_desktop.workspace.edits.templates import templates_in
from geohazard_desktop.workspace.workspace import Workspace

FOLDER = "打印模板"
SETTINGS = "settings.toml"
# Texts; Typst reads other pictures from the folder itself. The last two are the web page's; its .js are no template.
TEMPLATE_KINDS = {".typ", ".toml", ".json", ".svg", ".html", ".css"}
LARGEST_FOLDER = 64_000_000  # bytes; somebody chose the whole desktop

Origin = Literal["shipped", "folder", "workspace"]


@dataclass(frozen=True, slots=True)
class OfficeTemplates:
    """An office's own files by path, and where each comes from. `folder` is where Typst finds pictures and fonts."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    folder: Path | None = None

    def font_folders(self) -> tuple[Path, ...]:
        fonts = None if self.folder is None else self.folder / "fonts"
        return (fonts,) if fonts is not None and fonts.is_dir() else ()

    def words(self) -> str:
        """What a report says of them; "" where all are the shipped ones."""
        parts = []
        for origin, where in (("workspace", _("工作文件里的")), ("folder", _("文件夹“{name}”里的"))):
            paths = [path for path, one in self.origins.items() if one == origin]
            if paths:
                name = self.folder.name if self.folder is not None else ""
                parts.append(where.format(name=name) + "、".join(sorted(paths)))
        return _("用了本单位的模板：{files}。").format(files="；".join(parts)) if parts else ""

    def whole(self) -> dict[str, bytes]:
        """All files that a page is set from. Raises TypesettingFailed for settings that can't be read."""
        files = files_below(resource("templates")) | dict(self.files)
        if SETTINGS in self.files:
            files[SETTINGS] = _merged(self.files[SETTINGS])
        return files

    def text(self, path: str) -> str:
        """One file as it is in force. Raises TypesettingFailed where it is no UTF-8, ResourceMissing."""
        own = self.files.get(path)
        try:
            return resource("templates", path).read_text(encoding="utf-8") if own is None else own.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise TypesettingFailed(
                _("模板 {name} 不是 UTF-8 编码，没有印任何东西。").format(name=path), _("请另存为 UTF-8。")
            ) from error

    def settings(self) -> dict[str, Any]:
        """What settings.toml says, the office's own over the shipped. Raises TypesettingFailed."""
        return _settings(self.files.get(SETTINGS, b""))

    def with_files(self, files: Mapping[str, str | None]) -> "OfficeTemplates":
        """Others for a preview: a text is in force as if saved, None takes the workspace's file away."""
        mine, origins = dict(self.files), dict(self.origins)
        below = files_below(self.folder) if self.folder is not None else {}
        for path, text in files.items():
            if text is not None:
                mine[path], origins[path] = text.encode(), "workspace"
            elif path in below:
                mine[path], origins[path] = below[path], "folder"
            else:
                mine.pop(path, None)
                origins.pop(path, None)
        return OfficeTemplates(mine, origins, self.folder)


def templates_of(ws: Workspace) -> OfficeTemplates:
    """The office's own templates for a workspace. Raises TypesettingFailed where the folder beside it can't be read."""
    beside = ws.path.parent / FOLDER
    folder = beside if beside.is_dir() else None
    below = from_folder(folder)
    own = {name: text.encode() for name, text in templates_in(ws).items()}
    origins: dict[str, Origin] = {**below.origins, **dict.fromkeys(own, "workspace")}
    return OfficeTemplates({**below.files, **own}, origins, folder)


def from_folder(folder: Path | None) -> OfficeTemplates:
    """Those of one folder alone. Raises TypesettingFailed where it can't be read or holds far too much."""
    if folder is None:
        return OfficeTemplates()
    files = files_below(folder)
    return OfficeTemplates(files, dict.fromkeys(files, "folder"), folder)


def files_below(home: Path) -> dict[str, bytes]:
    """The template files below a folder by path. Raises TypesettingFailed."""
    try:
        found = [one for one in sorted(home.rglob("*")) if one.suffix.lower() in TEMPLATE_KINDS and one.is_file()]
        if sum(one.stat().st_size for one in found) > LARGEST_FOLDER:
            raise TypesettingFailed(
                _("文件夹 {name} 里的东西太多，不像是模板文件夹。").format(name=home.name),
                _("请选只放模板的文件夹。"),
            )
        return {one.relative_to(home).as_posix(): _read(one, one.stat().st_mtime_ns) for one in found}
    except OSError as error:
        raise TypesettingFailed(
            _("模板文件夹 {name} 读不了（{reason}）。").format(name=home.name, reason=reason_of(error)),
            _("请检查文件夹的权限。"),
        ) from error


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> bytes:
    return path.read_bytes()


@lru_cache(maxsize=16)
def _merged(own: bytes) -> bytes:
    return settings_text(_settings(own)).encode()


@lru_cache(maxsize=16)
def _settings(own: bytes) -> dict[str, Any]:
    shipped = tomllib.loads(resource("templates", SETTINGS).read_text(encoding="utf-8"))
    return _over(shipped, read_settings(own))


def read_settings(content: bytes) -> dict[str, Any]:
    """Raises TypesettingFailed naming line and column."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise TypesettingFailed(
            _("版面设置 {name} 不是 UTF-8 编码。").format(name=SETTINGS), _("请另存为 UTF-8。")
        ) from error
    except tomllib.TOMLDecodeError as error:
        lines = content.decode("utf-8-sig").split("\n")
        line, column = place_of(error) or (len(lines), len(lines[-1]) + 1)
        raise TypesettingFailed(
            _("版面设置 {name} 第 {line} 行第 {column} 列写法不对。没有印任何东西。").format(
                name=SETTINGS, line=line, column=column
            ),
            _("一行一项，文字要用英文引号括起来；或恢复程序自带的那一份。"),
            at=(SETTINGS, line, column),
        ) from error


def _over(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(shipped)
    for key, value in own.items():
        before = found.get(key)
        both_tables = isinstance(before, dict) and isinstance(value, dict)
        found[key] = _over(before, value) if both_tables and isinstance(before, dict) else value
    return found
