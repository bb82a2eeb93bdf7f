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
from PySide6.QtWidgets import QApplication, QLabel

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


def told(dialog: ImportDialog) -> str:
    return "".join(one.text() for one in dialog.findChildren(QLabel))


def rows_of(dialog: ImportDialog) -> list[tuple[str, str, str, str]]:
    """Of each table in the list: its name, how many, into which layer, what becomes of it."""
    rows = dialog.tables.rows

    def words(row: int, column: int) -> str:
        item = rows.item(row, column)
        return item.text() if item is not None else ""

    return [
        (words(row, 0), words(row, 1), dialog.tables.boxes[row].currentText(), words(row, 3))
        for row in range(rows.rowCount())
    ]


def tick(dialog: ImportDialog, row: int) -> None:
    """Into the little square before the name."""
    rows = dialog.tables.rows
    box = rows.visualItemRect(rows.item(row, 0))
    QTest.mouseClick(rows.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(box.left() + 12, box.center().y()))
    until(lambda: not dialog.busy, "the tables judged anew")


def click_row(dialog: ImportDialog, row: int) -> None:
    rows = dialog.tables.rows
    box = rows.visualItemRect(rows.item(row, 1))
    QTest.mouseClick(rows.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, box.center())


def pick(dialog: ImportDialog, row: int, title: str) -> None:
    """With the keys of a hand that walks down the list of layers."""
    box = dialog.tables.boxes[row]
    for _step in range(box.count()):
        if box.currentText() == title:
            break
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == title
    until(lambda: not dialog.busy, "the table judged for its layer")


def test_all_that_one_outing_brought_comes_in_with_one_press_and_goes_with_one(hands: Hands, work: Path, outing: Path):
    assert all(one in sources() for one in ("*.kml", "*.kmz", "*.gpx"))
    zones, ways = len(on_disk(work, "danger_zone")), len(on_disk(work, "evacuation_route"))
    seen: list[str] = []

    def take(dialog: ImportDialog) -> None:
        seen.append(told(dialog))
        assert rows_of(dialog) == [("面", "1", "危险区", "导入 1 个"), ("线", "1", "撤离路线", "导入 1 个")]
        assert "写入 “危险区”1 个、“撤离路线”1 个" in dialog.promise.text()
        click_row(dialog, 1)
        seen.append(told(dialog))
        hands.press("导入 2 个", dialog)

    drop(hands, outing, take)
    assert "文件里有面 1 个、线 1 个，这里读的是面" in seen[0]
    assert "source-layer" not in seen[0]
    assert "KML 按标准是 EPSG:4326（WGS 84，经纬度）" in seen[0]
    assert "火星坐标" in seen[0]
    assert "写入图层先选了“撤离路线”" in seen[1], "a row of the list leads to what was found of it"
    assert any("已导入 1 个到“危险区”、1 个到“撤离路线”。" in one for one in hands.bars())

    zone, way = on_disk(work, "danger_zone")[zones:], on_disk(work, "evacuation_route")[ways:]
    assert [(one["name"], one["hazard_type"]) for one in zone] == [("示例沟口", "泥石流")]
    assert zone[0].geometry.area == pytest.approx(40_000, rel=1e-4)
    assert [one["name"] for one in way] == ["示例路"]
    assert way[0].geometry.length == pytest.approx(300, rel=1e-4)
    assert hands.window.session.workspace.history()[0].words == "从 沟口外业.kml 导入 1 个危险区、1 个撤离路线"
    hands.come_forward()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "evacuation_route")) == ways
    assert len(on_disk(work, "danger_zone")) == zones


def test_a_kind_may_be_left_out_and_a_layer_nobody_can_tell_is_asked_for(hands: Hands, work: Path, outing: Path):
    shelters = len(on_disk(work, "shelter"))
    here = places((2100, 700))
    text = outing.read_text(encoding="utf-8")
    point = f"<Placemark><name>示例广场</name><Point><coordinates>{here}</coordinates></Point></Placemark></Document>"
    outing.write_text(text.replace("</Document>", point), encoding="utf-8")
    before = {layer: len(on_disk(work, layer)) for layer in ("danger_zone", "evacuation_route")}

    def take(dialog: ImportDialog) -> None:
        assert rows_of(dialog)[2] == ("点", "1", "", "要选图层")
        assert "还不能导入“点”：1 个图形要写到哪个图层，看不出来" in dialog.promise.text()
        assert not dialog.go_button.isEnabled()
        offered = [dialog.tables.boxes[2].itemText(one) for one in range(dialog.tables.boxes[2].count())]
        assert "避险安置点" in offered
        assert "危险区" not in offered, "a point is no area"
        pick(dialog, 2, "避险安置点")
        assert rows_of(dialog)[2][2:] == ("避险安置点", "导入 1 个")
        tick(dialog, 0)
        assert rows_of(dialog)[0][3] == "不导入"
        tick(dialog, 1)
        hands.press("导入 1 个", dialog)

    drop(hands, outing, take)
    assert [one["name"] for one in on_disk(work, "shelter")[shelters:]] == ["示例广场"]
    assert {layer: len(on_disk(work, layer)) for layer in before} == before


def test_folders_of_one_kind_go_each_to_its_layer(hands: Hands, work: Path, tmp_path: Path):
    path = tmp_path / "外业.kml"
    marks = [("安置点", "示例学校", (2100, 700)), ("隐患点", "示例崩塌", (2200, 700)), ("", "示例泉", (2300, 700))]
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        + "".join(
            f"<Folder><name>{folder}</name><Placemark><name>{name}</name><Point><coordinates>{places(where)}"
            "</coordinates></Point></Placemark></Folder>"
            for folder, name, where in marks
        )
        + "</Document></kml>",
        encoding="utf-8",
    )
    seen: list[list[tuple[str, str, str, str]]] = []

    def look(dialog: ImportDialog) -> None:
        seen.append(rows_of(dialog))
        QTest.mouseClick(dialog.cancel_button, LEFT)

    drop(hands, path, look)
    assert [row[:3] for row in seen[0]] == [
        ("点：安置点", "1", "避险安置点"),
        ("点：隐患点", "1", "隐患点"),
        ("点：文件夹外", "1", ""),
    ]


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
