"""The menu under a right click while something is unfinished: 完成 lies under the pointer, so that a second right
click, or Enter, finishes."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


class StrokeMenu(QMenu):
    """`offers` are commands, the first one preselected."""

    def __init__(self, parent: QWidget, actions: Mapping[str, QAction], offers: Sequence[str]) -> None:
        super().__init__(parent)
        self._first = actions[offers[0]]
        for number, id in enumerate(offers):
            if number in (2, len(offers) - 1):
                self.addSeparator()
            self.addAction(actions[id])
        self.setDefaultAction(self._first)

    def open(self, place: QPoint) -> None:
        """At a place of the screen."""
        self.popup(place - QPoint(self.actionGeometry(self._first).left() + 8, 8), self._first)
        self.setActiveAction(self._first)
