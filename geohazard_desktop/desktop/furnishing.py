"""What stands in the window only after its first map: the panels, the desks, the pages. A start that waits for none of
them shows its map in half the time; whoever needs one earlier gets them all (MainWindow.__getattr__)."""

import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTabWidget, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import swatches

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

SIDES: Mapping[str, str] = {
    "form": _("属性"),
    "checks": _("检查"),
    "history": _("历史"),
    "publish": _("出图与发卡"),
}
LATE = frozenset(SIDES) | {"register", "publisher", "handlers", "finder", "preview", "web", "layer_desk", "form_desk"}
_LOOK_MS = 20
_LATEST_S = 2.0  # a map that takes longer is not waited for
MODULES = (
    "desktop.forms.form_panel",
    "desktop.checking.panel",
    "desktop.history.panel",
    "desktop.papers.publish_panel",
    "desktop.register.panel",
    "desktop.papers.publisher",
    "desktop.pages.preview_page",
    "desktop.papers.web_page",
    "desktop.handlers",
    "desktop.finder",
    "desktop.layers.desk",
    "desktop.forms.form_desk",
    "editing.all_tools",
    "desktop.drawing.live_panel",
    "desktop.drawing.typed_mark",
)


class Seats:
    """The tabs on the right, by key; an empty page keeps the place of a panel that is still to come."""

    def __init__(self, side: QTabWidget) -> None:
        self._side = side
        self._widgets: dict[str, QWidget] = {}
        for key, title in SIDES.items():
            self._widgets[key] = QWidget()
            side.addTab(self._widgets[key], title)

    def widget(self, key: str) -> QWidget:
        return self._widgets[key]

    def key_of(self, widget: QWidget | None) -> str:
        return next((key for key, one in self._widgets.items() if one is widget), "")

    def take(self, key: str, panel: QWidget) -> None:
        """The panel has come; where its place was in sight, it is."""
        empty = self._widgets[key]
        place, shown = self._side.indexOf(empty), self._side.currentWidget() is empty
        self._widgets[key] = panel
        quiet = self._side.blockSignals(True)
        self._side.insertTab(place, panel, SIDES[key])
        self._side.removeTab(place + 1)
        if shown:
            self._side.setCurrentIndex(place)
        self._side.blockSignals(quiet)
        empty.deleteLater()


class Later(QObject):
    """Furnishes a window between events once its first map or page is there: module by module, then the parts."""

    def __init__(self, window: "MainWindow", done: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._done = window, done
        self._left = list(MODULES)
        self._until = time.monotonic() + _LATEST_S
        swatches.hold(True)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(_LOOK_MS)

    def _step(self) -> None:
        window = self._window
        if not window.furnished:
            waits = window.session.ws is not None and not window.map.canvas.settled
            if waits and time.monotonic() < self._until:
                return
            swatches.hold(False)
            self._timer.setInterval(0)
            if self._left:
                import_module(f"geohazard_desktop.{self._left.pop(0)}")
                return
            window.furnish()
        swatches.hold(False)
        self._timer.stop()
        self._done()
        self.deleteLater()


def furnish(window: "MainWindow") -> None:
    """Build the late parts, connect them, and tell them of the workspace that is open."""
    from geohazard_desktop.desktop.checking.panel import ChecksPanel
    from geohazard_desktop.desktop.finder import Finder
    from geohazard_desktop.desktop.forms.form_desk import FormDesk
    from geohazard_desktop.desktop.forms.form_panel import FormPanel
    from geohazard_desktop.desktop.handlers import Handlers
    from geohazard_desktop.desktop.history.panel import HistoryPanel
    from geohazard_desktop.desktop.layers.desk import LayerDesk
    from geohazard_desktop.desktop.pages.preview_page import PreviewPage
    from geohazard_desktop.desktop.papers.publish_panel import PublishPanel
    from geohazard_desktop.desktop.papers.publisher import Publisher
    from geohazard_desktop.desktop.papers.web_page import WebPage
    from geohazard_desktop.desktop.register.panel import RegisterPanel
    from geohazard_desktop.desktop.window_wiring import connect_late

    session = window.session
    window.form = FormPanel(session)
    window.checks = ChecksPanel()
    window.history = HistoryPanel(session)
    window.publish = PublishPanel(session)
    for key in SIDES:
        window.seats.take(key, getattr(window, key))
    window.register = RegisterPanel(session, window.liked)
    empty = window.docks["register"].widget()
    window.docks["register"].setWidget(window.register)
    empty.deleteLater()
    window.publisher = Publisher(window)
    window.preview = PreviewPage(session)
    window.web = WebPage()
    for page in (window.preview, window.web):
        window.pages.addWidget(page)
    window.handlers = Handlers(window)
    window.center.complete()
    window.finder = Finder(window, window.center)
    window.layer_desk = LayerDesk(window)
    window.form_desk = FormDesk(window)
    connect_late(window)
    session.catch_up()
    if session.ws is not None:
        session.selection_changed.emit()  # what was chosen while there was no form
