"""File dialogs in Chinese, and opening a finished file or its folder in the system's own program."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop.report import reporter

_last: Path | None = None


def workspaces() -> str:
    return _("工作文件 (*.gpkg)")


def sources() -> str:
    return _("数据文件 (*.gpkg *.shp *.zip *.geojson *.json *.xlsx *.xlsm *.csv *.txt);;全部文件 (*)")


def _folder() -> Path:
    return _last if _last is not None and _last.is_dir() else documents_folder()


def _remember(path: Path) -> Path:
    global _last
    _last = path if path.is_dir() else path.parent
    return path


def ask_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    found, _kind = QFileDialog.getOpenFileName(parent, title, str(_folder()), kinds)
    return _remember(Path(found)) if found else None


def ask_save(parent: QWidget, title: str, name: str, kinds: str, suffix: str) -> Path | None:
    """Where to write; the suffix is added when it was left out. The dialog asks before it overwrites."""
    found, _kind = QFileDialog.getSaveFileName(parent, title, str(_folder() / name), kinds)
    if not found:
        return None
    path = Path(found)
    return _remember(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))


def ask_folder(parent: QWidget, title: str) -> Path | None:
    found = QFileDialog.getExistingDirectory(parent, title, str(_folder()))
    return _remember(Path(found)) if found else None


def show_in_system(path: Path) -> None:
    """Open a file or folder with the program that the system has for it, and say so when there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        reporter().say("warning", _("这台机器没有能打开 {name} 的程序。").format(name=path.name), str(path))


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """`stem`, or `stem 2`, `stem 3` …: the first that is not taken."""
    path = folder / f"{stem}{suffix}"
    number = 2
    while path.exists():
        path = folder / f"{stem} {number}{suffix}"
        number += 1
    return path
