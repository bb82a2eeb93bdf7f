"""Whether a workspace file can be written where it lies, and if not, why, in words."""

import os
import tempfile
from pathlib import Path

from geohazard_desktop.common.texts import _


def why_read_only(path: Path) -> str:
    """ "" when the file can be written, else the reason as a phrase.

    The rollback journal is made beside the file, so the folder has to be writable too. Looking must not change
    anything: the folder is tried with os.access where that can be trusted (it ignores Windows' ACLs, so there a
    nameless temporary file is made and is gone at once).
    """
    if not os.access(path, os.W_OK) or _marked(path):
        return _("文件设了只读")
    if not _folder_takes_files(path.parent):
        return _("所在文件夹不能写")
    return ""


def _marked(path: Path) -> bool:
    """Nobody may write, by the file's own mark. An administrator could all the same, but whoever set it meant it."""
    return not path.stat().st_mode & 0o222


def _folder_takes_files(folder: Path) -> bool:
    if os.name != "nt":
        return os.access(folder, os.W_OK) and not _marked(folder)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
