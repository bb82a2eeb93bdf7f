"""Moving a file that was written whole to its place."""

import os
import time
from pathlib import Path

# A virus scanner or an index looks into each fresh file for some moments, and Windows moves none that is open.
_WAITS_S = (0.02, 0.05, 0.1, 0.2, 0.3)
_HELD = (5, 32)  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION


def move_over(source: Path, target: Path) -> None:
    """Put `source` in the place of `target`, whether that exists or not. Raises OSError, and both are as they were."""
    for wait in _WAITS_S:
        try:
            os.replace(source, target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(wait)
        else:
            return
    os.replace(source, target)


def move_to_new(source: Path, target: Path) -> None:
    """The same where nothing may be written over: raises FileExistsError where `target` is there by now."""
    if target.exists():
        raise FileExistsError(17, "File exists", str(target))
    move_over(source, target)
