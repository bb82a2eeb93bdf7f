"""How large a dialog opens: as its type asks, and never larger than what it opens over."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from geohazard_desktop.desktop.theme import theme

_FRAME = QSize(16, 40)  # title bar and edges that the system draws around


def open_at(window: QWidget, width: float, height: float) -> None:
    """Give a window its first size, in pixels at 100 %; in large type on a small screen what the screen has, so that
    its buttons are in sight."""
    parent = window.parentWidget()
    room = window.screen().availableGeometry().size()
    if parent is not None:
        room = room.expandedTo(parent.window().size())
    wanted = QSize(theme().px(width), theme().px(height))
    window.resize(wanted.boundedTo(room - _FRAME))
