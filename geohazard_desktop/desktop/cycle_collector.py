"""Python looks for cycles of objects in the window's thread alone, between two events.

By itself it looks wherever something is made: within a handler while Qt goes along its list of widgets (a new style
sheet does), or in the thread of a job. A widget that only a cycle holds would be deleted under Qt's hands, or in a
thread that it does not belong to, and either ends the program without a word.
"""

import gc
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 100
_FEWEST = 50  # objects more than at the last look; Python's threshold also counts what was made and went in between
_FULL_SHARE = 0.01  # of the time that passes may go into looking through everything


class CycleCollector(QObject):
    """Takes the looking over from Python, whose own is off from now on; it belongs to the thread that makes it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._full_after = 0.0
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(_LOOK_MS)

    def look(self) -> None:
        """Look through what is young, and what is older as many looks later as Python would."""
        young, middle, old = gc.get_count()
        _youngest, most_middle, most_old = gc.get_threshold()
        if young < _FEWEST:
            return
        if middle <= most_middle:
            gc.collect(0)
        elif old <= most_old or perf_counter() < self._full_after:
            gc.collect(1)
        else:
            began = perf_counter()
            gc.collect(2)
            ended = perf_counter()
            self._full_after = ended + (ended - began) / _FULL_SHARE
