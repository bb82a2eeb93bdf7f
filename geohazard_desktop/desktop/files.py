"""File dialogs in Chinese, and opening a finished file or its folder in the system's own program."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme

_last: Path | None = None


def workspaces() -> str:
    return _("工作文件 (*.gpkg)")


def sources() -> str:
    kinds = (
        "*.gpkg *.shp *.zip *.geojson *.json *.kml *.kmz *.ovkml *.ovkmz *.ovobj *.ovjsn *.gpx *.dxf *.dwg "
        "*.xlsx *.xlsm *.xls *.et *.csv *.txt"
    )
    return _("数据文件 ({kinds});;全部文件 (*)").format(kinds=kinds)


def _folder() -> Path:
    return _last if _last is not None and _last.is_dir() else documents_folder()


def _remember(path: Path) -> Path:
    global _last
    _last = path if path.is_dir() else path.parent
    return path


def _ask(dialog: QFileDialog) -> Path | None:
    """The system's own dialog where it has one; Qt's opens large enough to read names and dates."""
    dialog.resize(theme().px(900), theme().px(560))
    chosen = dialog.exec() and dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None


def ask_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    dialog = QFileDialog(parent, title, str(_folder()), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    found = _ask(dialog)
    return _remember(found) if found else None


def ask_photos(parent: QWidget, title: str) -> list[Path]:
    """Any number of photos; empty when the dialog was left."""
    kinds = _("照片 (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.gif *.heic *.heif);;全部文件 (*)")
    dialog = QFileDialog(parent, title, str(_folder()), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.resize(theme().px(900), theme().px(560))
    chosen = [Path(one) for one in dialog.selectedFiles()] if dialog.exec() else []
    dialog.deleteLater()
    if chosen:
        _remember(chosen[0])
    return chosen


def ask_save(parent: QWidget, title: str, name: str, kinds: str, suffix: str) -> Path | None:
    """Where to write; the suffix is added when it was left out. The dialog asks before it overwrites."""
    dialog = QFileDialog(parent, title, str(_folder()), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.lstrip("."))
    dialog.selectFile(name)
    path = _ask(dialog)
    if path is None:
        return None
    return _remember(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))


def ask_save_any(parent: QWidget, title: str, name: str, kinds: str, suffixes: Sequence[str]) -> Path | None:
    """Like `ask_save` where there are several kinds: the kind that is chosen gives the suffix."""
    dialog = QFileDialog(parent, title, str(_folder()), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    path = _ask(dialog)
    if path is None:
        return None
    if path.suffix.lower() not in suffixes:
        chosen = dialog.selectedNameFilter()
        path = path.with_name(path.name + next((one for one in suffixes if f"*{one}" in chosen), suffixes[0]))
    return _remember(path)


def ask_folder(parent: QWidget, title: str) -> Path | None:
    dialog = QFileDialog(parent, title, str(_folder()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    found = _ask(dialog)
    return _remember(found) if found else None


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
