"""Start-up of the window: application, Chinese, theme, window; then the event loop."""

import gc
import sys
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from geohazard_desktop.cartography.fonts import refuse_without_chinese
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.scratch import sweep_beside
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import preferences, report, translation, window_place
from geohazard_desktop.desktop.cycle_collector import CycleCollector
from geohazard_desktop.desktop.furnishing import Later
from geohazard_desktop.desktop.main_window import MainWindow
from geohazard_desktop.desktop.theme import theme

_STYLE = "Fusion"


def application() -> QApplication:
    """The application, made once, with our look and Qt's own words in Chinese."""
    found = QApplication.instance()
    # Asked for by its name, the style has no face in Python, which would cost the start six thousandths of a second.
    name = [sys.argv[0] if sys.argv else "geohazard_desktop", "-style", _STYLE]
    app = found if isinstance(found, QApplication) else QApplication(name)
    if app.property("dressed"):
        return app
    app.setProperty("dressed", True)
    app.setApplicationName("geohazard_desktop")
    app.setApplicationDisplayName(_("地质灾害防治工作台"))
    if found is not None:
        app.setStyle(_STYLE)
    app.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
    translation.install(app)
    return app


def make_window(*, opening: bool = False) -> MainWindow:
    """The window with this user's preferences, not shown yet. `opening`: a workspace is opened in it at once."""
    application()
    report.install()
    liked = preferences.load()
    theme().set(name=liked.theme, percent=liked.percent)
    return MainWindow(liked, opening=opening)


def _settled(window: MainWindow) -> None:
    """The step of the last time has its panel now. What was made at the start stays; only what comes later is looked
    through for cycles. Now there is time to look for what earlier processes left in the temporary folder."""
    window.take_up_stage()
    sweep_beside()
    gc.freeze()
    CycleCollector(window)


def run_window(path: Path | None) -> int:
    """Show the window, with a workspace or with the start page; returns the exit status. Raises FontMissing."""
    application()
    refuse_without_chinese()
    window = make_window(opening=True)
    if path is None:
        window.show_start()
    window_place.show(window, window.screen().availableGeometry().size(), window.liked.window)
    window.stage_then = window_place.stage_of(window.liked)
    if path is not None and not window.files.open_path(path):
        window.show_start()  # the banner says why
    Later(window, lambda: _settled(window))
    app = QApplication.instance()
    assert app is not None
    return app.exec()
