"""The program's log: one file of the user's, for the maintainer told of a failure. Window and commands share it."""

import logging
from pathlib import Path

from geohazard_desktop.common.user_folders import log_folder

NAME = "geohazard_desktop.log"
LARGEST_BYTES = 1_000_000


def log_file() -> Path:
    """Where the log lies. Raises FolderUnusable."""
    return log_folder() / NAME


def start_log() -> logging.Handler:
    """Send what geohazard_desktop logs from INFO up to the log file; returns the handler, to be closed by stop_log.

    The file is made with the first record. Raises FolderUnusable, and OSError where the file can't be written.
    """
    path = log_file()
    _set_aside(path)
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("geohazard_desktop")
    root.addHandler(handler)
    if root.getEffectiveLevel() > logging.INFO:
        root.setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Detach the handler and close its file."""
    logging.getLogger("geohazard_desktop").removeHandler(handler)
    handler.close()


def _set_aside(path: Path) -> None:
    # Only at the start, and never while a record is written: Windows can't rename a file that a second window holds
    # open, and a rotating handler would then lose the very record that mattered.
    try:
        if path.stat().st_size > LARGEST_BYTES:
            path.replace(path.with_suffix(".1.log"))
    except OSError as error:
        if path.exists():
            logging.getLogger(__name__).info("the log goes on in the old file: %s", error)
