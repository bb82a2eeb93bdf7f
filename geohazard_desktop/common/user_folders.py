"""Where this user's files lie: settings, documents, state, logs. Nothing else decides a path of the user's.

Windows: AppData/Local and the Documents folder, also where it was moved. 麒麟, 统信, Debian: the XDG folders, whose
documents may be called 文档. GEOHAZARD_HOME moves everything below one folder: a portable copy on a stick, the tests.
Every folder is made when it is first asked for.
"""

import os
from pathlib import Path

import platformdirs

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _

NAME = "geohazard_desktop"
HOME_VARIABLE = "GEOHAZARD_HOME"


class FolderUnusable(GeohazardError):
    """A folder of the user's can't be made: a read-only profile, a full disk, a stick that was pulled."""

    code = "GH-104"


def config_folder() -> Path:
    """Settings and the installation's identity. Raises FolderUnusable."""
    return _made("config", Path(platformdirs.user_config_dir(NAME, appauthor=False)))


def state_folder() -> Path:
    """What the program remembers by itself, such as recent workspaces. Raises FolderUnusable."""
    return _made("state", Path(platformdirs.user_state_dir(NAME, appauthor=False)))


def log_folder() -> Path:
    """The program's log. Raises FolderUnusable."""
    return _made("log", Path(platformdirs.user_log_dir(NAME, appauthor=False)))


def cache_folder() -> Path:
    """What can be fetched or made again and may be deleted at any time. Raises FolderUnusable."""
    return _made("cache", Path(platformdirs.user_cache_dir(NAME, appauthor=False)))


def documents_folder() -> Path:
    """The user's documents, where the demo's copy and new workspaces go by default. Raises FolderUnusable."""
    return _made("documents", Path(platformdirs.user_documents_dir()))


def _made(kind: str, usual: Path) -> Path:
    home = os.environ.get(HOME_VARIABLE, "").strip()
    folder = Path(home).expanduser().absolute() / kind if home else usual
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(
            _("文件夹 {name} 用不了（{reason}）。").format(name=folder, reason=reason_of(error)),
            _("请检查磁盘是否已满、是否有写入权限；也可以用环境变量 {variable} 另指定一个文件夹。").format(
                variable=HOME_VARIABLE
            ),
        ) from error
    return folder
