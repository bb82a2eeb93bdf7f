"""What this program takes, one figure a process; run by beside_qgis.py.

usage: python ours.py redraws|window|hands|sheet|launch|memory FILE.gpkg      (prints JSON)
"""

import gc
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

LAYER = "susceptibility_zone"
WIDTH, HEIGHT, DPI = 1600, 1000, 96.0
SHARES = (1.0, 0.5, 0.125, 1 / 32)  # of the full width: 1, 1/4, 1/64, 1/1024 of the area
WINDOW_M = 1200.0  # width of the fixed window, metres
REDRAWS = 4


def _opened(file: str):
    """The layer as the map process holds it, and its bounds."""
    from geohazard_desktop.cartography.map_process.scene import MapScene
    from geohazard_desktop.workspace.workspace import Workspace

    with Workspace.open(file, read_only=True) as ws:
        bounds = ws.bounds(LAYER)
    return MapScene(Path(file)), bounds


def _redrawn(picture, view) -> float:
    from PySide6.QtGui import QColor, QImage, QPainter

    from geohazard_desktop.cartography.painter import paint_map

    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    begun = time.perf_counter()
    report = paint_map(painter, view, [picture])
    painter.end()
    seconds = time.perf_counter() - begun
    assert report.drawn(LAYER), "nothing was drawn"
    if os.environ.get("BENCH_PICTURE"):
        image.save(os.environ["BENCH_PICTURE"])
    return seconds


def redraws(file: str) -> dict[str, list[float]]:
    """Seconds of a redraw by share of the full width: the first, which reads the file, and those after it."""
    from PySide6.QtGui import QGuiApplication

    from geohazard_desktop.cartography.view import MM_PER_INCH, MapView

    application = QGuiApplication([])
    scene, bounds = _opened(file)
    size = WIDTH / DPI * MM_PER_INCH, HEIGHT / DPI * MM_PER_INCH
    full = MapView.fitting(bounds, *size, dpi=DPI, margin=0.0)
    found: dict[str, list[float]] = {}
    for share in SHARES:
        picture = scene.picture(LAYER)
        found[f"{share:g}"] = [_redrawn(picture, full.zoomed(1 / share)) for _ in range(REDRAWS)]
        scene.refresh()  # each extent reads for itself
    del application
    return found


def window(file: str) -> list[float]:
    """Seconds of a redraw of one window, the same whatever the layer holds beside it."""
    from PySide6.QtGui import QGuiApplication

    from geohazard_desktop.cartography.view import MM_PER_INCH, MapView

    application = QGuiApplication([])
    scene, bounds = _opened(file)
    size = WIDTH / DPI * MM_PER_INCH, HEIGHT / DPI * MM_PER_INCH
    at = bounds[0] + 5000.0, bounds[1] + 4000.0
    view = MapView(at, WINDOW_M / size[0] * 1000, *size, DPI)
    picture = scene.picture(LAYER)
    found = [_redrawn(picture, view) for _ in range(2 * REDRAWS)]
    del application
    return found


def sheet(file: str) -> list[float]:
    """Seconds of the A3 sheet as PDF, several in one process."""
    import tempfile

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from geohazard_desktop.publishing.sheets.products import publish_map
    from geohazard_desktop.workspace.workspace import Workspace

    found = []
    with tempfile.TemporaryDirectory() as folder, Workspace.open(file, read_only=True) as ws:
        for number in range(3):
            begun = time.perf_counter()
            publish_map(ws, Path(folder) / f"{number}.pdf")
            found.append(time.perf_counter() - begun)
    return found


def _with_window(file: str, then) -> None:
    """Start the program as a user does; `then(window)` is called when the complete map is in sight."""
    from geohazard_desktop import app
    from geohazard_desktop.cartography.map_process import launch

    def installed() -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from geohazard_desktop.desktop.main_window import MainWindow

        timer = QTimer(QApplication.instance())
        timer.setInterval(5)

        def look() -> None:
            (shown,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
            canvas = shown.map.canvas
            if shown.session.ws is not None and canvas.settled and not canvas.maker.busy:
                timer.stop()
                canvas.repaint()
                then(shown)

        timer.timeout.connect(look)
        timer.start()

    read_ahead = launch.read_ahead

    def asked(*known) -> None:
        """The windows' library is loaded when the program itself does it, after its map process has been started."""
        read_ahead(*known)
        from PySide6.QtWidgets import QApplication

        started = QApplication.exec

        def run() -> int:
            installed()
            return started()

        QApplication.exec = staticmethod(run)

    launch.read_ahead = asked
    app.main([file])


def launch(file: str) -> None:
    begun = float(os.environ["BENCH_START"])

    def seen(shown) -> None:
        canvas = shown.map.canvas
        _say({"launch": time.time() - begun, "size": [canvas.width(), canvas.height()]})

    _with_window(file, seen)


def memory(file: str) -> None:
    """Proportional set size in MiB of all our processes, some seconds after the map is there."""

    def seen(_shown) -> None:
        from PySide6.QtCore import QTimer

        QTimer.singleShot(3000, lambda: _say({"memory": _mebibytes(os.getpid())}))

    _with_window(file, seen)


def _mebibytes(root: int) -> float:
    parents = {}
    for one in Path("/proc").glob("[0-9]*"):
        try:
            told = one.joinpath("stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        parents[int(one.name)] = int(told.rpartition(")")[2].split()[1])
    family = {root}
    while True:
        more = {child for child, parent in parents.items() if parent in family} - family
        if not more:
            break
        family |= more
    rollups = [Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii") for one in family]
    return sum(int(text.split("\nPss:")[1].split()[0]) for text in rollups) / 1024


def hands(file: str) -> None:  # noqa: PLR0915 - one session of a hand, told in order
    """Drag and turn the wheel; seconds from an event to the end of the next painted frame, and how long the event loop
    was away at the longest."""
    from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
    from PySide6.QtGui import QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QApplication

    from geohazard_desktop.desktop.maps.canvas import MapCanvas

    frames: list[float] = []
    waits: list[float] = []
    state = {"event": 0.0, "tick": 0.0, "step": 0}
    painted = MapCanvas.paintEvent

    def paint(canvas, event) -> None:
        painted(canvas, event)
        if state["event"]:
            frames.append(time.perf_counter() - state["event"])
            state["event"] = 0.0

    MapCanvas.paintEvent = paint

    def seen(shown) -> None:
        canvas = shown.map.canvas
        shown.map.desk.take("tool.pan")
        middle = QPointF(canvas.width() / 2, canvas.height() / 2)
        gc.collect()

        def mouse(kind, place, held) -> None:
            button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
            event = QMouseEvent(kind, place, canvas.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(canvas, event)

        def wheel(notches: int) -> None:
            event = QWheelEvent(
                middle, canvas.mapToGlobal(middle), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(canvas, event)

        def step() -> None:
            number = state["step"]
            state["step"] += 1
            state["event"] = time.perf_counter()
            if number < 240:  # to and fro
                along = number % 120
                place = middle + QPointF(3.0 * (along if along < 60 else 120 - along), 2.0 * (along % 60))
                if number == 0:
                    mouse(QEvent.Type.MouseButtonPress, middle, Qt.MouseButton.LeftButton)
                mouse(QEvent.Type.MouseMove, place, Qt.MouseButton.LeftButton)
            elif number == 240:
                mouse(QEvent.Type.MouseButtonRelease, middle, Qt.MouseButton.NoButton)
            elif number < 320:  # in and out, now and then a notch
                if number % 5 == 0:
                    wheel(1 if number < 280 else -1)
                else:
                    state["event"] = 0.0
            else:
                clock.stop()
                ticker.stop()
                _say({"frames": frames, "longest": max(waits)})

        def tick() -> None:
            now = time.perf_counter()
            if state["tick"]:
                waits.append(now - state["tick"])
            state["tick"] = now

        clock = QTimer(canvas)
        clock.setTimerType(Qt.TimerType.PreciseTimer)
        clock.timeout.connect(step)
        ticker = QTimer(canvas)
        ticker.timeout.connect(tick)

        def go() -> None:
            clock.start(16)
            ticker.start(0)

        QTimer.singleShot(1500, go)

    _with_window(file, seen)


def _say(found: object) -> None:
    Path(os.environ["BENCH_OUT"]).write_text(json.dumps(found), encoding="utf-8")
    os._exit(0)


if __name__ == "__main__":
    what, path = sys.argv[1:3]
    result = {"redraws": redraws, "window": window, "sheet": sheet, "launch": launch, "memory": memory, "hands": hands}[
        what
    ](path)
    print(json.dumps(result))
