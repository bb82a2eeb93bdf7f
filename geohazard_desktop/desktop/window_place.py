"""Where the window stood, how wide its panels were and at which step somebody worked: from one day to the next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

from geohazard_desktop.desktop.commands import STAGES
from geohazard_desktop.desktop.theme import theme

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.preferences import Preferences

_PANELS = ("layers", "side", "register")
_LEAST, _MOST = 120, 2000  # pixels of a panel at 100 % that can have been meant


def keep(window: "MainWindow") -> None:
    """Before it closes; the panels and the step where a workspace is open."""
    liked = window.liked
    liked.window = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    if window.session.ws is None:
        return
    liked.stage = window.stage
    shares = {key: window.docks[key] for key in _PANELS if window.docks[key].isVisible()}
    sizes = {key: one.height() if key == "register" else one.width() for key, one in shares.items()}
    liked.panels |= {key: round(size * 100 / theme().px(100)) for key, size in sizes.items()}


def show(window: QWidget, room: QSize, kept: str = "") -> None:
    """Show the window where it stood (`kept`, as `keep` wrote it); Qt brings it back from a screen that is gone. The
    first time, or where its screen is smaller than it, it fills the `room` of its screen, whatever it would rather have
    at least: on 1280 by 720 enlarged to 125 % its foot lay outside."""
    window.setMinimumSize(window.minimumSize().boundedTo(room))
    if kept and window.restoreGeometry(QByteArray.fromBase64(kept.encode())) and window.isMaximized():
        window.show()
        return
    if window.width() <= room.width() and window.height() <= room.height():
        window.show()
        return
    window.resize(window.size().boundedTo(room))
    window.showMaximized()


def panel_sizes(liked: "Preferences", usual: list[int]) -> list[int]:
    """Of layers, side and register, in pixels at 100 %, as a hand left them; else the usual ones."""
    told = [liked.panels.get(key) for key in _PANELS]
    return [
        one if isinstance(one, int) and _LEAST <= one <= _MOST else other
        for one, other in zip(told, usual, strict=True)
    ]


def stage_of(liked: "Preferences") -> str:
    return liked.stage if liked.stage in {one.key for one in STAGES} else "layers"
