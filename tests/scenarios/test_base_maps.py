"""A surveyor puts pictures under the map: from a file dropped on the window, from a service, and takes them away."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import rasterio
from fresh import fresh_workspace
from hands import LEFT, Hands, until
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rasterio import Affine
from shapely import box

from geohazard_desktop.cartography.base_maps.spec import BaseMap, add_base_maps, base_maps_of
from geohazard_desktop.desktop.base_maps.dialog import BaseMapDialog
from geohazard_desktop.desktop.base_maps.edit_dialog import BaseMapEditDialog
from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.desktop.start import make_window
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window

EAST, NORTH = 36_400_000.0, 4_370_000.0
BLUE = QColor(30, 60, 200)


@pytest.fixture
def work(tmp_path: Path, district) -> Path:
    path = tmp_path / "本局 2026.gpkg"
    with fresh_workspace(path, district) as ws:
        outline = box(EAST, NORTH, EAST + 4000, NORTH + 3000)
        ws.apply(create_feature(ws.definitions, "district", outline, {"name": "示例区"}))
    return path


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """Blue, over all of the district and beyond."""
    path = tmp_path / "正射影像.tif"
    bands = np.empty((3, 300, 300), dtype=np.uint8)
    for number, value in enumerate((30, 60, 200)):
        bands[number] = value
    place = Affine(50, 0, EAST - 5000, 0, -50, NORTH + 9000)
    words = {"driver": "GTiff", "width": 300, "height": 300, "count": 3, "dtype": "uint8", "crs": "EPSG:4524"}
    with rasterio.open(path, "w", transform=place, **words) as made:
        made.write(bands)
    return path


@pytest.fixture
def hands(work: Path) -> Iterator[Hands]:
    window = make_window()
    window.resize(1366, 768)
    window.show()
    made = Hands(window)
    made.open(work)
    yield made
    window.close()
    window.deleteLater()


def rows(hands: Hands) -> list:
    return list(hands.window.base_maps.panel.rows.values())


def ground(hands: Hands) -> QColor:
    """The map's colour near its upper edge, where nothing is drawn."""
    return hands.canvas.grab().toImage().pixelColor(hands.canvas.width() // 2, 8)


def stored(work: Path) -> list[BaseMap]:
    with Workspace.open(work, read_only=True) as ws:
        return base_maps_of(ws)


def with_dialog(kind: type, do: Callable) -> None:
    """When a dialog of this kind is in front, do that with it."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, kind):
            do(found)
        else:
            QTimer.singleShot(30, look)

    QTimer.singleShot(30, look)


def drop(hands: Hands, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    hands.window.dropEvent(QDropEvent(QPointF(500, 400), Qt.DropAction.CopyAction, data, LEFT, none))


def add(hands: Hands, *paths: Path) -> None:
    ws = hands.window.session.workspace
    hands.window.session.apply(add_base_maps(ws, [BaseMap("", one.stem, "raster", str(one)) for one in paths]))
    hands.settle()


def test_a_picture_dropped_on_the_window_lies_under_the_map(hands, image, work):
    def accept(dialog: BaseMapDialog) -> None:
        assert "EPSG:4524" in dialog.facts.text()
        dialog.credit.setFocus()
        QTest.keyClicks(dialog.credit, "A1 2025")
        hands.press("添加", dialog)

    with_dialog(BaseMapDialog, accept)
    drop(hands, image)
    until(lambda: ground(hands) == BLUE, "the picture under the map")
    assert [(one.title, one.attribution, one.kind) for one in stored(work)] == [("正射影像", "A1 2025", "raster")]
    assert hands.canvas._frame.base_maps.attributions == ["A1 2025"]
    QTest.qWait(100)  # the dialog is really gone
    hands.come_forward()
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(lambda: ground(hands) != BLUE, "the map without the picture")
    assert stored(work) == []
    assert hands.window.session.selection == []


def test_a_folder_of_tiles_dropped_on_the_window_opens_the_page_for_folders(hands, tmp_path):
    tile = tmp_path / "瓦片" / "12" / "3263" / "1554.png"
    tile.parent.mkdir(parents=True)
    picture = QImage(256, 256, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    assert picture.save(str(tile))
    seen = []

    def look(dialog: BaseMapDialog) -> None:
        seen.append((dialog.ways.tabText(dialog.ways.currentIndex()), dialog.folder.text(), dialog.path.text()))
        dialog.reject()

    with_dialog(BaseMapDialog, look)
    drop(hands, tmp_path / "瓦片")
    assert seen == [("瓦片文件夹", str(tmp_path / "瓦片"), "")]


def test_tick_opacity_and_order_are_on_disk(hands, image, work, tmp_path):
    second = Path(image.rename(tmp_path / "甲.tif"))
    first = tmp_path / "乙.tif"
    first.write_bytes(second.read_bytes())
    add(hands, first, second)
    assert [row.title.text() for row in rows(hands)] == ["甲", "乙"]
    until(lambda: ground(hands) == BLUE)
    tick = rows(hands)[0].tick
    QTest.mouseClick(tick, LEFT, pos=QPoint(6, tick.height() // 2))
    assert [one.visible for one in stored(work)] == [True, False]
    slider = rows(hands)[1].slider
    slider.setFocus()
    for _press in range(3):
        QTest.keyClick(slider, Qt.Key.Key_PageDown)
    before = len(hands.window.session.workspace.history())
    until(lambda: stored(work)[0].opacity == 0.7, "the opacity on disk")
    assert len(hands.window.session.workspace.history()) == before + 1
    hands.settle()
    until(lambda: abs(ground(hands).red() - (255 - 0.7 * 225)) < 4, "the paler picture")
    QTest.mouseClick(rows(hands)[1].up, LEFT)
    assert [one.title for one in stored(work)] == ["甲", "乙"]
    assert [row.title.text() for row in rows(hands)] == ["乙", "甲"]
    QTest.mouseClick(rows(hands)[0].tick, LEFT, pos=QPoint(6, 10))
    until(lambda: ground(hands).red() > 200 and ground(hands).green() > 200, "paper alone")
    assert not any(one.visible for one in stored(work))


def test_an_opacity_set_just_before_the_window_goes_is_kept(hands, image, work):
    add(hands, image)
    slider = rows(hands)[0].slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageDown)
    hands.window.close()
    assert stored(work)[0].opacity == 0.9


def test_what_is_lacking_is_said_beside_it_and_the_map_stays(hands, image, tmp_path):
    add(hands, tmp_path / "没有.tif", image)
    words = rows(hands)[1].words
    until(lambda: words.isVisible() and words.text().startswith("找不到底图文件"), "the sentence in the panel")
    assert rows(hands)[1].mark.isVisible()
    assert not rows(hands)[0].words.isVisible()
    until(lambda: ground(hands) == BLUE)
    image.rename(tmp_path / "没有.tif")
    hands.window.center.run("view.redraw")
    until(lambda: not rows(hands)[1].words.isVisible(), "the mark gone when the file is there again")


def test_a_file_that_can_only_be_read_still_lets_it_be_hidden(work, image):
    with Workspace.open(work) as ws:
        ws.apply(add_base_maps(ws, [BaseMap("", "影像", "raster", str(image))]))
    window = make_window()
    window.resize(1366, 768)
    window.show()
    hands = Hands(window)
    window.session.take(Workspace.open(work, read_only=True))
    until(lambda: ground(hands) == BLUE)
    QTest.mouseClick(rows(hands)[0].tick, LEFT, pos=QPoint(6, 10))
    until(lambda: ground(hands) != BLUE, "the map without the picture")
    assert stored(work)[0].visible
    window.close()
    window.deleteLater()


def test_settings_do_not_show_the_rows_of_base_maps(hands, image):
    add(hands, image)
    dialog = SettingsDialog(hands.window.session.workspace, hands.window)
    assert "office.name" in dialog.lines
    assert not [key for key in dialog.lines if key.startswith("base_map")]


@pytest.fixture
def server() -> Iterator[tuple[str, dict]]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    tile = QImage(256, 256, QImage.Format.Format_RGB32)
    tile.fill(BLUE)
    tile.save(buffer, "PNG")
    picture, state = bytes(data), {"key": "3f9c2b7e41"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            right = self.path.endswith(f"tk={state['key']}")
            self.send_response(200 if right else 403)
            self.end_headers()
            self.wfile.write(picture if right else '{"msg":"非法Key"}'.encode())

        def log_message(self, *_words):
            """Not into the tests' output."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}", state
    http.shutdown()
    http.server_close()


def test_a_service_is_tried_added_and_given_another_key(hands, server, work, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    url, state = server

    def fill(dialog: BaseMapDialog) -> None:
        dialog.ways.setCurrentIndex(2)
        dialog.service.setCurrentIndex(dialog.service.count() - 1)
        dialog.address.setText(url + "/{z}/{x}/{y}?tk=wrong")
        until(lambda: dialog.key.text() == "wrong", "the key in its own line")
        assert dialog.address.text().endswith("?tk={key}")
        hands.press("试一试", dialog)
        until(lambda: dialog.test.isEnabled() and "不认这个密钥（403：非法Key）" in dialog.tested.text())
        dialog.key.setText("3f9c2b7e41")
        hands.press("试一试", dialog)
        until(lambda: dialog.tested.text().startswith("取到了"))
        hands.press("添加", dialog)

    with_dialog(BaseMapDialog, fill)
    hands.window.center.run("layer.base_map")
    until(lambda: ground(hands) == BLUE, "the service's tiles")
    assert b"3f9c2b7e41" not in work.read_bytes()
    assert not stored(work)[0].printed
    state["key"] = "another"
    id = next(iter(hands.window.base_maps.panel.rows))

    def change(dialog: BaseMapEditDialog) -> None:
        dialog.key.setText("another")
        hands.press("存上", dialog)

    with_dialog(BaseMapEditDialog, change)
    hands.window.base_maps.panel.asked.emit("edit", id)
    assert stored(work)[0].key == "another"
    hands.canvas.zoom(2.3)
    hands.settle()
    until(lambda: ground(hands) == BLUE and not rows(hands)[0].words.isVisible(), "tiles by the new key")


def test_a_service_in_amaps_coordinates_is_refused_in_the_dialog(hands):
    dialog = BaseMapDialog(hands.window, hands.window.session.workspace)
    dialog.ways.setCurrentIndex(2)
    dialog.service.setCurrentIndex(dialog.service.count() - 1)
    dialog.address.setText("https://webrd01.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}")
    until(lambda: dialog.fault.text().startswith("高德的地图是加偏的"))
    assert not dialog.take.isEnabled()
    dialog.close()


def test_a_picture_without_a_crs_asks_for_it(hands, image):
    with rasterio.open(image) as source:
        words = {**source.profile, "crs": None}
        bands = source.read()
    bare = image.with_name("没说坐标系.tif")
    with rasterio.open(bare, "w", **words) as made:
        made.write(bands)
    dialog = BaseMapDialog(hands.window, hands.window.session.workspace, bare)
    assert dialog.fault.text().startswith("没说坐标系.tif 没有说明自己的坐标系。")
    assert not dialog.take.isEnabled()
    assert not dialog.own_crs.isHidden(), "the workspace's own system is one click away"
    dialog.own_crs.click()
    assert dialog.crs.currentData() == 4524
    assert dialog.own_crs.isHidden()
    assert dialog.take.isEnabled()
    assert dialog.doubts.text() == ""
    dialog.crs.setCurrentIndex(dialog.crs.findData(4523))
    assert "不在本区，相距约" in dialog.doubts.text()
    dialog.close()
