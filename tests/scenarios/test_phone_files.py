"""What a surveyor's phone hands over is dropped on the window: the zone comes in first, then the way out of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hands import CONTROL, LEFT, Hands, on_disk, until
from office import at
from pyproj import Transformer
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from geohazard_desktop.desktop.files import sources
from geohazard_desktop.desktop.imports.dialog import ImportDialog

pytestmark = pytest.mark.window

TO_DEGREES = Transformer.from_crs(4524, 4326, always_xy=True)


def places(*metres: tuple[float, float]) -> str:
    return " ".join("{:.9f},{:.9f},0".format(*TO_DEGREES.transform(*at(*one))) for one in metres)


@pytest.fixture
def outing(tmp_path: Path) -> Path:
    """Drawn on the phone: a zone in a folder called 危险区, the way in one called 撤离路线."""
    zone = places((2000, 300), (2200, 300), (2200, 500), (2000, 500), (2000, 300))
    way = places((2100, 400), (2100, 700))
    path = tmp_path / "沟口外业.kml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        "<Folder><name>危险区</name><Placemark><name>示例沟口</name>"
        '<ExtendedData><Data name="灾害类型"><value>泥石流</value></Data></ExtendedData>'
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{zone}</coordinates></LinearRing></outerBoundaryIs>"
        "</Polygon></Placemark></Folder>"
        "<Folder><name>撤离路线</name><Placemark><name>示例路</name>"
        f"<LineString><coordinates>{way}</coordinates></LineString></Placemark></Folder></Document></kml>",
        encoding="utf-8",
    )
    return path


def when_it_opens(do: Callable[[ImportDialog], None]) -> None:
    """`do` is done in the import's window as soon as it has read the file."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, ImportDialog) and not found.busy:
            do(found)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def drop(hands: Hands, path: Path, do: Callable[[ImportDialog], None]) -> None:
    """With the mouse, onto the map, which opens the import's window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(500, 400), copy, data, LEFT, none)
    QApplication.sendEvent(hands.window, enter)
    assert enter.isAccepted()
    when_it_opens(do)
    QApplication.sendEvent(hands.window, QDropEvent(QPointF(500, 400), copy, data, LEFT, none, QEvent.Type.Drop))


def walk(dialog: ImportDialog, seen: list[str]) -> None:
    """Up the list of what the file holds, and away."""
    seen.append(f"{dialog.source_layer.currentText()} → {dialog.target.currentText()}")
    QTest.keyClick(dialog.source_layer, Qt.Key.Key_Up)
    until(lambda: not dialog.busy, "the areas read")
    seen.append(f"{dialog.source_layer.currentText()} → {dialog.target.currentText()}")
    QTest.mouseClick(dialog.cancel_button, LEFT)


def told(dialog: ImportDialog) -> str:
    return "".join(one.text() for one in dialog.findChildren(QLabel))


def test_a_zone_and_its_way_come_in_from_one_file_of_a_phone(hands: Hands, work: Path, outing: Path):
    assert all(one in sources() for one in ("*.kml", "*.kmz", "*.gpx"))
    zones, ways = len(on_disk(work, "danger_zone")), len(on_disk(work, "evacuation_route"))
    seen: list[str] = []

    def take_zone(dialog: ImportDialog) -> None:
        seen.append(told(dialog))
        assert [dialog.source_layer.itemText(one) for one in range(dialog.source_layer.count())] == ["面", "线"]
        assert dialog.target.currentText() == "危险区"
        hands.press("导入 1 个", dialog)

    def take_way(dialog: ImportDialog) -> None:
        seen.append(f"{dialog.source_layer.currentText()} → {dialog.target.currentText()}")
        hands.press("导入 1 个", dialog)

    drop(hands, outing, take_zone)
    assert "文件里有面 1 个、线 1 个，这里读的是面" in seen[0]
    assert "KML 按标准是 EPSG:4326（WGS 84，经纬度）" in seen[0]
    assert "火星坐标" in seen[0]
    when_it_opens(take_way)
    hands.press("接着导入线")
    assert seen[1] == "线 → 撤离路线", "the folder is called so"
    assert not [one for one in hands.window.findChildren(QPushButton) if one.isVisible() and "接着导入" in one.text()]

    zone, way = on_disk(work, "danger_zone")[zones:], on_disk(work, "evacuation_route")[ways:]
    assert [(one["name"], one["hazard_type"]) for one in zone] == [("示例沟口", "泥石流")]
    assert zone[0].geometry.area == pytest.approx(40_000, rel=1e-4)
    assert [one["name"] for one in way] == ["示例路"]
    assert way[0].geometry.length == pytest.approx(300, rel=1e-4)
    assert hands.window.layers.current_layer() == "evacuation_route"
    drop(hands, outing, lambda dialog: walk(dialog, seen))
    assert seen[2:] == ["线 → 撤离路线", "面 → 危险区"], "what the layer in hand takes comes first"
    hands.come_forward()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "evacuation_route")) == ways
    assert len(on_disk(work, "danger_zone")) == zones + 1


def test_a_broken_file_says_what_is_wrong_and_changes_nothing(hands: Hands, work: Path, outing: Path):
    outing.write_bytes(outing.read_bytes()[:-30])
    before = work.read_bytes()
    seen: list[str] = []

    def read(dialog: ImportDialog) -> None:
        seen.append(dialog.promise.text())
        assert not dialog.go_button.isEnabled()
        QTest.mouseClick(dialog.cancel_button, LEFT)

    drop(hands, outing, read)
    assert "沟口外业.kml 第 1 行第" in seen[0]
    assert "可能没有拷完整" in seen[0]
    assert work.read_bytes() == before
