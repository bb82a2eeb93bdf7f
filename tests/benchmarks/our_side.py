"""Our side of a timing. Prints seconds.

our_side.py launch FILE.gpkg     from BENCH_START (seconds since 1970) to the first complete map in the window
our_side.py redraw FILE.gpkg     median of five paintings of the susceptibility layer, 1600x1000, antialiased
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def launch(path: Path) -> None:
    from PySide6.QtCore import QTimer

    from geohazard_desktop.desktop.canvas import MapCanvas
    from geohazard_desktop.desktop.start import application, make_window

    window = make_window()
    window.resize(1600, 1000)
    window.show()
    window.handlers.files.open_path(path)
    canvas = window.findChild(MapCanvas)
    app = application()
    timer = QTimer()

    def look() -> None:
        if canvas.settled:
            print(f"{time.time() - float(os.environ['BENCH_START']):.2f}", flush=True)
            os._exit(0)  # closing is not part of the timing

    timer.timeout.connect(look)
    timer.start(5)
    app.exec()


def redraw(path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QColor, QImage, QPainter

    from geohazard_desktop.cartography.fonts import ensure_application
    from geohazard_desktop.cartography.painter import paint_map
    from geohazard_desktop.cartography.picture import LayerPicture
    from geohazard_desktop.cartography.style import Style
    from geohazard_desktop.cartography.view import MapView
    from geohazard_desktop.workspace.workspace import Workspace

    ensure_application()
    layer = "susceptibility_zone"
    with Workspace.open(path, read_only=True) as ws:
        bounds = ws.bounds(layer)
        assert bounds is not None
        made = LayerPicture(ws.definition(layer), Style.parse(ws.style(layer), layer), ws.table(layer))
    view = MapView.fitting(bounds, 1600 / 96 * 25.4, 1000 / 96 * 25.4, 96.0, 0.0)
    times = []
    for _run in range(5):
        image = QImage(1600, 1000, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor("#FFFFFF"))
        begin = time.perf_counter()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_map(painter, view, [made], labels=False)
        painter.end()
        times.append(time.perf_counter() - begin)
    print(f"{sorted(times)[2]:.3f}")


if __name__ == "__main__":
    {"launch": launch, "redraw": redraw}[sys.argv[1]](Path(sys.argv[2]))
