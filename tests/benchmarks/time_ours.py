"""Time this program and QGIS in turn on one workspace made by make_polygons.py; prints medians and ratios.

usage: python time_ours.py FILE.gpkg [RUNS]

Each figure comes from a process of its own; the two programs take turns, so that a busy machine is busy for both.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LAYER = "susceptibility_zone"
WIDTH, HEIGHT, DPI = 1600, 1000, 96.0
REDRAWS = 4
QGIS_PYTHON = (
    shutil.which("python3", path=os.defpath) or ""
)  # Debian's QGIS has its bindings for the system's Python alone
HERE = Path(__file__).resolve()
PACKAGE = HERE.parents[2]


def redraws(file: str) -> dict[str, list[float]]:
    """Seconds of reading, of the first redraw and of those after it."""
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

    from geohazard_desktop.cartography.painter import paint_map
    from geohazard_desktop.cartography.pictures import workspace_pictures
    from geohazard_desktop.cartography.view import MM_PER_INCH, MapView
    from geohazard_desktop.workspace.workspace import Workspace

    application = QGuiApplication([])
    begun = time.perf_counter()
    with Workspace.open(file, read_only=True) as ws:
        pictures = workspace_pictures(ws)
        bounds = ws.bounds(LAYER)
    found = {"read": [time.perf_counter() - begun], "redraw": []}
    assert bounds is not None
    size = WIDTH / DPI * MM_PER_INCH, HEIGHT / DPI * MM_PER_INCH
    view = MapView.fitting(bounds, *size, dpi=DPI, margin=0.0)
    for _ in range(REDRAWS):
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        begun = time.perf_counter()
        report = paint_map(painter, view, pictures)
        painter.end()
        found["redraw"].append(time.perf_counter() - begun)
        assert report.drawn(LAYER), "nothing was drawn"
    if os.environ.get("BENCH_PICTURE"):
        image.save(os.environ["BENCH_PICTURE"])
    del application
    return found


def first_map(file: str) -> None:
    """Start the window as the program does; the process ends when the complete map is in sight."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from geohazard_desktop.desktop.start import make_window

    window = make_window()
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.handlers.files.open_path(Path(file))
    canvas = window.map.canvas

    def look() -> None:
        if canvas.settled and not canvas.maker.busy:
            canvas.repaint()
            seconds = time.time() - float(os.environ["BENCH_START"])
            size = [canvas.width(), canvas.height()]
            Path(os.environ["BENCH_OUT"]).write_text(json.dumps({"launch": seconds, "size": size}), encoding="utf-8")
            os._exit(0)

    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(look)
    timer.start()
    QApplication.exec()


def run(command: list[str], **more: str) -> str:
    environment = os.environ | more
    return subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8").stdout


def launched(command: list[str], file: str) -> float | None:
    """Seconds to the first map in a window on a screen of its own; None where the window could not start."""
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "seconds.json"
        more = {
            "BENCH_FILE": file,
            "BENCH_LAYER": LAYER,
            "BENCH_OUT": str(out),
            "GEOHAZARD_HOME": home,
            "PYTHONPATH": str(PACKAGE) if command[0] == sys.executable else "",
            "BENCH_START": repr(time.time()),
        }
        screen = ["xvfb-run", "-a", "-s", f"-screen 0 {WIDTH}x{HEIGHT}x24"]
        try:
            subprocess.run([*screen, *command], env=os.environ | more, capture_output=True, check=False, timeout=180)
        except subprocess.TimeoutExpired:
            return None
        return float(json.loads(out.read_text(encoding="utf-8"))["launch"]) if out.exists() else None


def figures(file: str, runs: int) -> dict[str, dict[str, list[float]]]:
    """Figure -> program -> seconds of each run."""
    found: dict[str, dict[str, list[float]]] = {}

    def note(figure: str, program: str, *seconds: float | None) -> None:
        found.setdefault(figure, {}).setdefault(program, []).extend(one for one in seconds if one is not None)

    qgis = shutil.which("qgis")
    screen = shutil.which("xvfb-run")
    for number in range(runs):
        ours = json.loads(
            run([sys.executable, str(HERE), "redraw", file], QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(PACKAGE))
        )
        note("read", "ours", *ours["read"])
        note("first redraw", "ours", ours["redraw"][0])
        note("redraw", "ours", *ours["redraw"][1:])
        if qgis:
            script = str(HERE.with_name("time_qgis.py"))
            theirs = json.loads(run([QGIS_PYTHON, script, file, LAYER], QT_QPA_PLATFORM="offscreen", PYTHONPATH=""))
            note("first redraw", "QGIS", theirs[0])
            note("redraw", "QGIS", *theirs[1:])
        if screen:
            note("launch", "ours", launched([sys.executable, str(HERE), "launch", file], file))
            if qgis:
                plain = [qgis, "--noversioncheck", "--nologo", "--noplugins", "--code"]
                note("launch", "QGIS", launched([*plain, str(HERE.with_name("time_qgis.py"))], file))
        print(f"run {number + 1} of {runs} done", file=sys.stderr)
    return found


def main(arguments: list[str]) -> None:
    if arguments[0] == "redraw":
        print(json.dumps(redraws(arguments[1])))
    elif arguments[0] == "launch":
        first_map(arguments[1])
    else:
        # QGIS switches a file to WAL: a copy keeps the one made.
        with tempfile.TemporaryDirectory() as folder:
            file = shutil.copy(arguments[0], folder)
            found = figures(str(file), int(arguments[1]) if len(arguments) > 1 else 5)
        print(f"{'seconds':14}{'ours':>9}{'QGIS':>9}{'ratio':>9}")
        for figure, by_program in found.items():
            middle = {program: statistics.median(all_) for program, all_ in by_program.items() if all_}
            ours, theirs = middle.get("ours"), middle.get("QGIS")
            ratio = f"{ours / theirs:9.2f}" if ours and theirs else f"{'–':>9}"
            shown = "".join(f"{one:9.2f}" if one else f"{'–':>9}" for one in (ours, theirs))
            print(f"{figure:14}{shown}{ratio}")


if __name__ == "__main__":
    main(sys.argv[1:])
