"""Whether work that nobody asked for may begin: the map is there, and no hand is at it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


def at_rest(window: "MainWindow") -> bool:
    """A complete map is in sight (or another page in its place), nothing is being drawn, no mouse button is held."""
    canvas, desk = window.map.canvas, window.map.desk
    painted = (canvas.settled or not window.map.isVisible()) and not canvas.maker.busy
    return painted and not desk.drawing and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton
