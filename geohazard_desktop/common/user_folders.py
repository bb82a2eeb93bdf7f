"""Where this user's files lie: settings, documents, logs. Nothing else decides a path of the user's."""

import os
from pathlib import Path

import platformdirs

NAME = "geohazard_desktop"
HOME_VARIABLE = "GEOHAZARD_HOME"


def config_folder() -> Path:
    """Settings and the installation's identity; made when missing."""
    return _made("config", Path(platformdirs.user_config_dir(NAME, appauthor=False)))


def state_folder() -> Path:
    """Logs and the list of recent workspaces; made when missing."""
    return _made("state", Path(platformdirs.user_state_dir(NAME, appauthor=False)))


def documents_folder() -> Path:
    """The user's documents, where the demo's copy and new workspaces go by default; made when missing."""
    return _made("documents", Path(platformdirs.user_documents_dir()))


def _made(kind: str, usual: Path) -> Path:
    # One variable moves everything: a portable installation on a stick, and the tests.
    own = os.environ.get(HOME_VARIABLE)
    folder = Path(own) / kind if own else usual
    folder.mkdir(parents=True, exist_ok=True)
    return folder
