"""Processes that paint and show no window."""

import os
import sys


def paint_without_window() -> None:
    """Choose Qt's platform for this process, before its application is made.

    On Windows it stays Qt's own one, which needs no screen either: there the offscreen platform looks for fonts
    in a folder of Qt's alone, and no map would have a name.
    """
    if sys.platform != "win32":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
