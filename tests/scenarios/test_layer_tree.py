"""The layer tree at work: a broken shape is marked and found, the menu offers what a layer can do, the table leads to
the map."""

import sqlite3
import struct
from pathlib import Path

import pytest
import shapely
from fresh import fresh_workspace
from hands import LEFT, Hands, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shapely import MultiPolygon, Point, Polygon, box

from geohazard_desktop.desktop.layers.properties import LayerProperties
from geohazard_desktop.desktop.main_window import MainWindow
from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.edits import change_geometry, create_feature

pytestmark = pytest.mark.window

E, N = 36_400_000.0, 4_370_000.0
BOW = MultiPolygon([Polygon([(E + 500, N + 500), (E + 900, N + 900), (E + 900, N + 500), (E + 500, N + 900)])])


@pytest.fixture
def work(tmp_path: Path, district) -> Path:
    """Four zones; another program has crossed the ring of the second, and emptied the third."""
    path = tmp_path / "本局.gpkg"
    with fresh_workspace(path, district) as ws:
        ws.apply(create_feature(ws.definitions, "district", box(E, N, E + 4000, N + 3000), {"name": "示例区"}))
        for number in range(4):
            shape = box(E + 500 * number + 200, N + 500, E + 500 * number + 500, N + 900)
            values = {"id": f"SL-W-000{number + 1}", "name": f"示例沟{number + 1}", "hazard_type": "泥石流"}
            ws.apply(create_feature(ws.definitions, "danger_zone", shape, values))
        ws.apply(create_feature(ws.definitions, "household", Point(E + 300, N + 600), {"head": "李示例"}))
    connection = sqlite3.connect(path)
    blob.register(connection)
    for name, shape in (("SL-W-0002", BOW), ("SL-W-0003", MultiPolygon())):
        flags = 0b0001_0001 if shape.is_empty else 0b0000_0001
        stored = struct.pack("<2sBBi", b"GP", 0, flags, 4524) + shapely.to_wkb(shape, byte_order=1)
        connection.execute("UPDATE danger_zone SET geom = ? WHERE id = ?", (stored, name))
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    made = sit_down(work)
    until(lambda: made.window.layer_desk.faults.settled, "the layers have been looked at")
    return made


def click_mark(window: MainWindow, layer: str) -> None:
    tree = window.layers.tree
    row = tree.visualItemRect(window.layers.rows()[layer])
    place = QPoint(tree.columnViewportPosition(1) + 8, row.center().y())
    QTest.mouseClick(tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def ids(window: MainWindow) -> set[str]:
    return {one.text("id") for one in window.session.selected_features()}


def test_the_layer_with_broken_shapes_is_marked_and_a_click_leads_to_them(hands: Hands):
    window = hands.window
    told = window.layers.marks.warning("danger_zone")
    assert told.startswith("危险区有 2 个要素的图形有错，其中 1 个没有画在图上：")
    assert "SL-W-0002 示例沟2：边线自己交叉了。" in told
    assert window.layers.rows()["danger_zone"].toolTip(1).startswith(told)
    assert not window.layers.rows()["danger_zone"].icon(1).isNull()
    assert window.layers.marks.warning("district") == ""
    assert window.layers.rows()["district"].icon(1).isNull()
    click_mark(window, "danger_zone")
    assert ids(window) == {"SL-W-0002", "SL-W-0003"}

    def in_sight() -> bool:
        west, south, east, north = window.map.canvas.viewport.bounds
        return box(west, south, east, north).covers(box(*BOW.bounds)) and east - west < 4000

    until(in_sight, "the map shows the broken ring")
    assert window.docks["register"].isVisible(), "what has no shape is in the table"
    assert set(window.register.chosen_uids()) == {uid for _layer, uid in window.session.selection}
    assert any("示例沟2" in one for one in hands.bars())


def test_the_mark_goes_when_the_shapes_are_mended(hands: Hands):
    window, ws = hands.window, hands.window.session.workspace
    for name, shape in (("SL-W-0002", box(E + 700, N + 500, E + 900, N + 900)), ("SL-W-0003", box(E, N, E + 9, N + 9))):
        assert "图形有错" in window.layers.marks.warning("danger_zone")
        (zone,) = ws.find("danger_zone", "id", name)
        assert window.session.apply(change_geometry(ws.definitions, zone, shape))
    assert window.layers.marks.warning("danger_zone") == ""
    assert window.layers.rows()["danger_zone"].icon(1).isNull()
    assert window.session.undo()
    assert "1 个要素" in window.layers.marks.warning("danger_zone")


def test_another_workspace_brings_no_marks_along(hands: Hands, tmp_path: Path, district):
    with fresh_workspace(tmp_path / "干净.gpkg", district) as ws:
        ws.apply(create_feature(ws.definitions, "district", box(E, N, E + 9, N + 9), {"name": "示例区"}))
    hands.open(tmp_path / "干净.gpkg")
    until(lambda: hands.window.layer_desk.faults.settled, "the layers have been looked at")
    assert hands.window.layers.marks.warning("danger_zone") == ""


def entries(hands: Hands, layer: str) -> dict[str, object]:
    return {one.text(): one for one in hands.window.layers.menu_for(layer).actions() if one.text()}


def test_the_menu_of_a_layer_does_what_it_says(hands: Hands):
    window = hands.window
    assert list(entries(hands, "danger_zone")) == [
        *("缩放到图层", "登记表", "选中全部", "选中图形有错的要素", "按当前状态选中"),
        *("收起这一层", "只显示这一层", "全部显示", "锁定或解锁"),
        *("在这一层上画", "导入到这一层……", "导出……", "样式……", "改名……　F2", "图层属性……"),
    ]
    assert list(entries(hands, "household_member")) == ["登记表", "导入到这一层……", "导出……", "图层属性……"]
    assert "选中图形有错的要素" not in entries(hands, "household")
    entries(hands, "danger_zone")["收起这一层"].trigger()
    assert not window.layers.visible("danger_zone")
    entries(hands, "danger_zone")["显示这一层"].trigger()
    assert window.layers.visible("danger_zone")
    entries(hands, "danger_zone")["只显示这一层"].trigger()
    assert [one for one in window.layers.rows() if window.layers.visible(one)] == ["danger_zone"]
    entries(hands, "danger_zone")["全部显示"].trigger()
    assert window.layers.visible("district")
    entries(hands, "danger_zone")["选中全部"].trigger()
    assert len(window.session.selection) == 4


def words_of(dialog: LayerProperties) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in dialog.findChildren(QLabel))


def test_the_properties_tell_count_crs_file_and_fields(hands: Hands):
    window = hands.window
    ws = window.session.workspace
    style = window.map.scene.style("danger_zone")
    dialog = LayerProperties(ws, "danger_zone", style, window.layer_desk.faults.of("danger_zone"), window)
    told = words_of(dialog)
    facts = ("4 个", "EPSG:4524", str(ws.path), "danger_zone", "任何比例尺都显示", "2 个要素的图形有错")
    for words in (*facts, "灾害类型", "必填"):
        assert words in told
    assert "inf" not in told
    dialog.deleteLater()
    plain = LayerProperties(ws, "household_member", None, [], window)
    assert "没有图形的登记表" in words_of(plain)
    assert "坐标系" not in words_of(plain)
    plain.deleteLater()


def test_rows_of_the_table_are_shown_on_the_map(hands: Hands):
    window = hands.window
    entries(hands, "danger_zone")["登记表"].trigger()
    window.resizeDocks([window.docks["register"]], [300], Qt.Orientation.Vertical)
    QApplication.processEvents()
    view, model = window.register.view, window.register.model

    def middle(row: int) -> QPoint:
        view.scrollTo(model.index(row, 0))
        return view.visualRect(model.index(row, 0)).center()

    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(3))
    assert ids(window) == {"SL-W-0004"}
    assert [one.text("id") for one in window.map.canvas.selected] == ["SL-W-0004"]
    QTest.mouseDClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(3))
    viewport = window.map.canvas.viewport
    assert (viewport.east, viewport.north) == pytest.approx((E + 1850, N + 700))
    assert viewport.denominator < 10_000
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(2))
    QTest.mouseDClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(2))
    assert any("SL-W-0003" in one and "没有可用的图形" in one for one in hands.bars())
    assert window.map.canvas.viewport == viewport, "the map stays where it is"
