"""Make the pictures of the start page: each of the five steps as its result, painted by the program from its own demo.

    python scripts/step_pictures.py

Writes resources/icons/steps/*.png. Run it again when the map's style or the sheets have changed.
"""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import shapely  # noqa: E402
from PySide6.QtCore import QEventLoop, QPoint, QRect, QSize, Qt  # noqa: E402
from PySide6.QtGui import QColor, QImage, QPainter  # noqa: E402
from PySide6.QtPdf import QPdfDocument  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from geohazard_desktop.cartography.new_workspace import new_workspace  # noqa: E402
from geohazard_desktop.common.scratch import scratch  # noqa: E402
from geohazard_desktop.desktop.main_window import MainWindow  # noqa: E402
from geohazard_desktop.desktop.start import make_window  # noqa: E402
from geohazard_desktop.domain.district import read_district  # noqa: E402
from geohazard_desktop.publishing.cards.publish import publish_cards  # noqa: E402
from geohazard_desktop.publishing.sheets.products import publish_map  # noqa: E402
from geohazard_desktop.workspace.workspace import Workspace  # noqa: E402

OUT = ROOT / "resources" / "icons" / "steps"
WIDTH, HEIGHT = 600, 480
ZONE = "WD-W-0003"
DRAWN = ("danger_zone", "evacuation_route", "warning_sign", "shelter", "key_area")


def main() -> None:
    """Paint all pictures."""
    OUT.mkdir(parents=True, exist_ok=True)
    folder = scratch()
    os.environ["GEOHAZARD_HOME"] = str(folder / "home")
    path = folder / "演示.gpkg"
    window = make_window()  # first: whatever measures text would make an application that shows no window
    new_workspace(path, read_district(), demo=True).close()
    window.resize(1600, 1000)
    window.show()
    window.handlers.files.open_path(path)
    window.banner.clear()
    window.map.canvas.maker.labels = False  # at a card's size they could not be read
    _map_steps(window)
    window.close()
    with Workspace.open(path, read_only=True) as ws:
        publish_map(ws, folder / "图.pdf")
        household = ws.table("household").uids[0]
        publish_cards(ws, folder / "卡", kind="household", uids=[household])
    _papers(folder / "图.pdf", next((folder / "卡").glob("*.pdf")))


def _settle(window: MainWindow) -> None:
    canvas = window.map.canvas
    while not canvas.settled or canvas.maker.busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _map_steps(window: MainWindow) -> None:
    canvas, ws = window.map.canvas, window.session.workspace
    canvas.look(canvas.viewport.at_scale(canvas.viewport.denominator * 1.75))
    _settle(window)
    _shoot(window, "demo")
    (zone,) = ws.find("danger_zone", "id", ZONE)
    assert zone.geometry is not None
    middle = zone.geometry.centroid
    canvas.look(canvas.viewport.centred(middle.x, middle.y).at_scale(14_000))
    window.layers.show_layer("key_area", on=False)
    _settle(window)
    (route,) = [one for one in ws.table("evacuation_route") if zone.geometry.intersects(one.geometry)][:1]
    east, north = shapely.get_coordinates(route.geometry)[0]
    canvas.ring = (float(east), float(north))
    _shoot(window, "checks")
    canvas.ring = None
    _shoot(window, "routes")
    for layer in DRAWN:
        window.layers.show_layer(layer, on=False)
    _settle(window)
    _shoot(window, "layers")
    window.center.run("draw.danger_zone")
    window.layers.show_layer("danger_zone", on=False)
    window.map.desk.set_switches(snapping=False, sharing=False, avoiding=False)
    outline = zone.geometry.geoms[0].exterior.simplify(25.0)
    for east, north in shapely.get_coordinates(outline)[:-3]:
        x, y = canvas.viewport.to_screen(east, north)
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    window.map.live.hide()
    _settle(window)
    window.map.live.hide()
    _shoot(window, "zones")


def _shoot(window: MainWindow, name: str) -> None:
    """The middle of the canvas: north arrow and scale stand at its edge."""
    QApplication.processEvents()
    window.map.live.hide()
    picture = window.map.canvas.grab().toImage()
    ratio = picture.width() / window.map.canvas.width()
    size = QSize(round(WIDTH * ratio), round(HEIGHT * ratio))
    corner = QPoint((picture.width() - size.width()) // 2, (picture.height() - size.height()) // 2)
    _save(picture.copy(QRect(corner, size)), name)


def _papers(sheet: Path, card: Path) -> None:
    """The sheet with a card lying over its corner, on a desk."""
    desk = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    desk.fill(QColor("#D4D9E0"))
    painter = QPainter(desk)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for path, place in ((sheet, QRect(40, 50, 440, 311)), (card, QRect(290, 240, 270, 191))):
        painter.fillRect(place.adjusted(-1, -1, 4, 4), QColor(0, 0, 0, 50))
        document = QPdfDocument()
        document.load(str(path))
        painter.fillRect(place, Qt.GlobalColor.white)
        page = document.render(0, place.size() * 3).scaled(
            place.size(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(place, page)
    painter.end()
    _save(desk, "publish")


def _save(picture: QImage, name: str) -> None:
    small = picture.convertToFormat(QImage.Format.Format_RGB32).scaled(
        WIDTH, HEIGHT, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    small.save(str(OUT / f"{name}.png"))


if __name__ == "__main__":
    main()
