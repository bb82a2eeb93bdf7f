"""The hands of the window's scenarios: real mouse and key events on the real window, and waiting for what must come."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import shapely
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from geohazard_desktop.desktop.main_window import MainWindow
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
_SECONDS = 120.0  # only a test that fails waits so long: a slow or busy machine is no fault
_PAUSE_MS = 5
_WAITING = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents

Place = tuple[float, float]


def until(holds: Callable[[], object], what: str = "") -> None:
    """Let the window live until `holds`; the test fails when it never does. Meanwhile it rests, as in the program: a
    loop that asks without a pause would take the processor from the processes that it waits for."""
    end = time.monotonic() + _SECONDS
    waker = QTimer()
    waker.start(_PAUSE_MS)  # what comes true without an event, in a thread or a file, is seen too
    _go_on_deleting()
    while not holds():
        assert time.monotonic() < end, f"never came true: {what or holds}"
        QApplication.processEvents(_WAITING)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)  # and what follows from it at once
        _go_on_deleting()


def _go_on_deleting() -> None:
    """What was let go goes, as in the program's own loop: no `processEvents` does it, and each look through all widgets
    (a change of type or theme) took longer than the one before."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Hands:
    """What an officer does at the window. Places are metres of the workspace's CRS: east, north."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.canvas = window.map.canvas

    def open(self, path: Path) -> None:
        assert self.window.handlers.files.open_path(path)
        self.settle()

    def come_forward(self) -> None:
        """Keys go to the window that is in front."""
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window, 10_000)

    def settle(self) -> None:
        until(lambda: self.canvas.settled and not self.canvas.maker.busy, "a finished frame")

    # -- mouse and keys --------------------------------------------------------------------------------------------

    def pixel(self, place: Place) -> QPoint:
        x, y = self.canvas.viewport.to_screen(*place)
        point = QPoint(round(x), round(y))
        assert self.canvas.rect().contains(point), f"{place} is not in sight"
        return point

    def point_at(self, place: Place) -> None:
        self._move(QPointF(self.pixel(place)), Qt.MouseButton.NoButton)

    def _move(self, where: QPointF, held: Qt.MouseButton) -> None:
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            where,
            self.canvas.mapToGlobal(where),
            Qt.MouseButton.NoButton,
            held,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.canvas, event)

    def click(self, place: Place) -> None:
        self.point_at(place)
        QTest.mouseClick(self.canvas, LEFT, Qt.KeyboardModifier.NoModifier, self.pixel(place))

    def drag(self, start: Place, end: Place) -> None:
        """Press at one place, let go at another; both as the map lies when the hand begins."""
        first, last = self.pixel(start), self.pixel(end)
        QTest.mousePress(self.canvas, LEFT, Qt.KeyboardModifier.NoModifier, first)
        for part in (0.3, 0.7, 1.0):
            self._move(QPointF(first) + QPointF(last - first) * part, LEFT)
        QTest.mouseRelease(self.canvas, LEFT, Qt.KeyboardModifier.NoModifier, last)

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, on: QWidget | None = None
    ) -> None:
        QTest.keyClick(on or self.canvas, key, modifier)
        QApplication.processEvents()

    def draw(self, tool: Qt.Key, places: Sequence[Place]) -> None:
        """Take a drawing tool by its key, set each corner by a click, finish by Enter."""
        self.key(tool)
        for place in places:
            self.click(place)
        self.key(Qt.Key.Key_Return)

    def press(self, words: str, inside: QWidget | None = None) -> None:
        """Click the button in sight that says `words`."""
        buttons = (inside or self.window).findChildren(QAbstractButton)
        found = [one for one in buttons if one.text() == words and one.isVisible()]
        assert found, f"no button says {words}: {[one.text() for one in buttons if one.isVisible()]}"
        QTest.mouseClick(found[0], LEFT)

    # -- what is seen ----------------------------------------------------------------------------------------------

    def bars(self) -> list[str]:
        return [one.sentence + one.remedy for one in self.window.banner.bars()]

    def on_start_page(self) -> bool:
        return self.window.session.ws is None and self.window.pages.currentWidget() is self.window.start


def on_disk(path: Path, layer: str) -> list[Feature]:
    """What another program reads from the file at this moment."""
    with Workspace.open(path, read_only=True) as ws:
        return list(ws.table(layer))


def corners(feature: Feature) -> list[Place]:
    return [(float(east), float(north)) for east, north in shapely.get_coordinates(feature.geometry)]
