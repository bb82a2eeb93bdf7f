"""The layer tree beside QGIS: others' data laid under the zones and ticked for papers; layers that are seen through."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from hands import LEFT, Hands, until
from office import EAST, NORTH
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QSlider, QSpinBox, QTreeWidgetItem
from shapely import box

from geohazard_desktop.desktop.imports.dialog import ImportDialog
from geohazard_desktop.desktop.layers.reference_desk import SourceDialog
from geohazard_desktop.desktop.main_window import MainWindow
from geohazard_desktop.workspace.definition import NEW_REFERENCE
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.plan_layers import LEAST_OPACITY

pytestmark = pytest.mark.window


@pytest.fixture
def mines(tmp_path: Path, hands: Hands) -> Path:
    west, south, east, north = hands.window.session.workspace.extent()
    ring = [[west + 500, south + 500], [east - 500, south + 500], [east - 500, north - 500], [west + 500, south + 500]]
    features = [
        {
            "type": "Feature",
            "properties": {"矿山名称": "示例一矿", "权利人": "李示例"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4524"}}
    path = tmp_path / "采矿权.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8")
    return path


@pytest.fixture
def layer(hands: Hands, mines: Path) -> str:
    """The map is loaded through the import's window, whose words are typed."""
    window = hands.window

    def choose() -> None:
        (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, ImportDialog) and one.isVisible()]
        until(lambda: not dialog.busy, "the file has been looked at")
        dialog.reference.title.selectAll()
        for line, words in ((dialog.reference.title, "采矿权界线"), (dialog.reference.origin, "示例市，2025 年")):
            line.setFocus()
            line.setText(words)
            line.editingFinished.emit()
        until(lambda: not dialog.busy and dialog.go_button.isEnabled(), "it is judged with the new words")
        assert "“采矿权界线”：1 个" in dialog.promise.text()
        hands.press("导入 1 个", dialog)

    QTimer.singleShot(0, choose)
    window.handlers.files._import(mines, NEW_REFERENCE)
    until(lambda: any(one.startswith("reference") for one in window.layers.rows()), "the layer stands in the tree")
    hands.settle()
    return next(one for one in window.layers.rows() if one.startswith("reference"))


def test_it_stands_in_the_tree_and_answers_but_is_not_changed(hands: Hands, layer: str):
    window, ws = hands.window, hands.window.session.workspace
    assert window.layers.rows()[layer].text(0) == "采矿权界线"
    assert layer in window.map.scene.layers()
    (mine,) = ws.table(layer)
    place = mine.geometry.representative_point()
    hands.click((place.x, place.y))
    assert (layer, mine.uid) not in window.session.selection, "a click goes through it"
    hands.key(Qt.Key.Key_I)
    hands.click((place.x, place.y))
    assert (layer, mine.uid) in window.session.selection
    assert window.form.form.reason == "采矿权界线是参考图层，只看不改。"
    hands.key(Qt.Key.Key_Delete)
    assert ws.count(layer) == 1
    assert any("只看不改" in one for one in hands.bars())
    window.map.locks.toggle(layer)
    assert window.map.locks.locked(layer)


def test_it_is_ticked_for_papers_in_its_menu_renamed_and_taken_away(hands: Hands, layer: str):
    window, ws = hands.window, hands.window.session.workspace
    menu = window.layers.menu_for(layer)
    papers = next(one for one in menu.findChildren(QMenu) if one.title() == "印在图上")
    assert [one.text() for one in papers.actions() if one.isChecked()] == ["不印"]
    next(one for one in papers.actions() if one.text() == "只印在内部图上").trigger()
    assert ws.definitions[layer].paper == "internal"
    until(lambda: "印在内部图上" in window.layers.rows()[layer].toolTip(0), "the tree says so")

    def rename() -> None:
        (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, SourceDialog) and one.isVisible()]
        dialog.title.setText("危险区")
        hands.press("存上", dialog)
        assert "已经有一个图层叫“危险区”" in dialog.fault.text()
        dialog.title.setText("矿权")
        hands.press("存上", dialog)

    QTimer.singleShot(0, rename)
    window.layers.asked.emit("source", layer)
    until(lambda: window.layers.rows()[layer].text(0) == "矿权", "the tree has the new name")
    window.layers.asked.emit("remove", layer)
    until(lambda: layer not in window.layers.rows(), "it has left the tree")
    assert layer not in window.map.scene.layers()
    hands.press("撤销")
    until(lambda: layer in window.layers.rows(), "undo brings it back")
    assert window.layers.rows()[layer].text(0) == "矿权"


def test_the_slider_of_the_menu_shows_on_the_map_and_is_one_step(hands: Hands):
    window, ws = hands.window, hands.window.session.workspace
    before = ws.undo_words()
    menu = window.layers.menu_for("river")
    menu.popup(window.mapToGlobal(window.rect().center()))
    slider = menu.findChild(QSlider)
    slider.setFocus()
    for _press in range(8):
        QTest.keyClick(slider, Qt.Key.Key_Left)
    assert menu.findChild(QSpinBox).value() == 60
    until(lambda: window.map.scene.style("river").opacity == 0.6, "the map shows what is tried")
    assert ws.undo_words() == before, "nothing is stored while the hand is at it"
    menu.close()
    title = ws.definitions["river"].title
    until(lambda: ws.undo_words() == f"样式：{title} 不透明度 100 % → 60 %", "it is one step")
    assert window.map.scene.style("river").opacity == 0.6
    hands.press("撤销")
    until(lambda: "opacity" not in ws.style("river"), "undo takes it back")
    assert window.map.scene.style("river").opacity == 1.0
    assert window.layers.menu_for("danger_zone").findChild(QSlider).minimum() == round(100 * LEAST_OPACITY)


def test_the_tables_filter_holds_on_the_map_until_a_click_in_the_tree(hands: Hands):
    window, ws = hands.window, hands.window.session.workspace
    for at in range(3):
        west, south = EAST + 2000 + 300 * at, NORTH + 500
        values = {"id": f"SL-W-001{at}", "name": f"别沟{at}", "hazard_type": "滑坡"}
        ws.apply(create_feature(ws.definitions, "danger_zone", box(west, south, west + 200, south + 200), values))
    uids = {one.text("name"): one.uid for one in ws.table("danger_zone")}
    window.session.select([("danger_zone", uids["示例沟"])])
    window.handlers.layer_asked("table", "danger_zone")
    register, filters = window.register, window.map.filters
    assert register.on_the_map.isHidden(), "nothing is filtered yet"
    register.search.setText("别沟")
    until(lambda: len(register.model.order) == 3, "the table is filtered")
    QTest.mouseClick(register.on_the_map, LEFT)
    assert filters.uids("danger_zone") == {uids[f"别沟{at}"] for at in range(3)}
    assert window.session.selection == [], "what is out of sight is not selected"
    assert window.map.canvas.note == "危险区只显示 3 / 4 个"
    (sign,) = [row for row in rows_below(window, "danger_zone") if row.text(0).startswith("筛选")]
    assert sign.text(0) == "筛选：只看 3 / 4"
    register.search.setText("别沟1")
    until(lambda: filters.uids("danger_zone") == {uids["别沟1"]}, "the map follows the table")
    shape = box(EAST + 100, NORTH + 2000, EAST + 300, NORTH + 2200)
    assert window.session.apply(create_feature(ws.definitions, "danger_zone", shape, {"name": "新沟"}))
    assert len(filters.uids("danger_zone")) == 2, "what is drawn is seen"
    window.preview.unticked._hands = SimpleNamespace(sheet=SimpleNamespace(layers=("danger_zone",)))
    window.preview.unticked.settle()
    assert "这张图上照样全印的图层：危险区" in window.preview.unticked.line.text()
    (sign,) = [row for row in rows_below(window, "danger_zone") if row.text(0).startswith("筛选")]
    tree = window.layers.tree
    tree.scrollToItem(sign)
    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualItemRect(sign).center())
    assert not filters.on("danger_zone")
    assert not [row for row in rows_below(window, "danger_zone") if row.text(0).startswith("筛选")]
    assert window.map.canvas.note == ""
    assert not register.on_the_map.isChecked()


def rows_below(window: MainWindow, layer: str) -> list[QTreeWidgetItem]:
    item = window.layers.rows()[layer]
    return [item.child(at) for at in range(item.childCount())]


def test_f2_in_the_tree_gives_a_layer_its_own_title(hands: Hands):
    window, ws = hands.window, hands.window.session.workspace
    tree = window.layers.tree
    made = ws.definitions["river"].title

    def type_title(words: str) -> None:
        window.layers.set_current("river")
        tree.setFocus()
        QTest.keyClick(tree, Qt.Key.Key_F2)
        (line,) = [one for one in tree.findChildren(QLineEdit) if one.isVisible()]
        line.setText(words)
        QTest.keyClick(line, Qt.Key.Key_Return)

    type_title("河沟")
    # Not by the tree's row: it shows what was typed before that is stored.
    until(lambda: ws.undo_words() == f"图层“{made}”改名为“河沟”", "it is a step that can be undone")
    assert window.layers.rows()["river"].text(0) == "河沟"
    assert window.register.layers.itemText(window.register.layers.findData("river")).startswith("河沟")
    type_title("危险区")
    until(lambda: any("已经有一个图层叫“危险区”" in one for one in hands.bars()), "it is refused")
    assert window.layers.rows()["river"].text(0) == "河沟"
    assert window.layers.visible("river")
    assert window.session.undo()
    until(lambda: window.layers.rows()["river"].text(0) == made, "undo gives the old one back")
    window.layers.set_current("zone_event")
    QTest.keyClick(tree, Qt.Key.Key_F2)
    assert any("是登记，名称写进公文，不能改" in one for one in hands.bars())


def test_the_order_of_drawing_is_moved_by_keys_and_by_the_hand(hands: Hands):
    window, ws = hands.window, hands.window.session.workspace
    window.layers.set_current("road")
    window.center.run("layer.order")
    panel = window.layer_desk.order.panel
    assert panel.current() == "road"
    before = panel.layers()
    QTest.keyClick(panel.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    place = before.index("road")
    assert panel.layers() == [*before[: place - 1], "road", before[place - 1], *before[place + 1 :]]
    assert window.map.scene.layers()[::-1] == panel.layers(), "the map paints in that order"
    # What a drag ends with: the list's own rows have moved.
    rows = panel.list.model()
    zone, zones = panel.layers().index("susceptibility_zone"), panel.layers().index("danger_zone")
    rows.moveRow(QModelIndex(), zone, QModelIndex(), zones)
    until(lambda: any("易发区不能画在危险区上面" in one for one in hands.bars()), "it is refused in a sentence")
    assert panel.layers().index("susceptibility_zone") == zone, "the list says what is"
    rows.moveRow(QModelIndex(), panel.layers().index("place"), QModelIndex(), 0)
    until(
        lambda: ws.style("place")["draw_order"] > ws.style("shelter")["draw_order"], "it is stored where it was let go"
    )
    assert panel.layers()[0] == "place"
    assert window.session.undo()
    assert window.session.undo()
    until(lambda: panel.layers() == before, "the list follows undo")
    panel.closed.emit()
    assert window.layer_desk.order.panel is None


def test_a_meeting_shows_what_the_tree_has_ticked(hands: Hands, layer: str):
    window = hands.window
    hands.key(Qt.Key.Key_F10)
    meeting = window.handlers.meeting.meeting
    assert layer in meeting.map.scene.layers()
    meeting.close()
    until(window.isActiveWindow, "the office is back")
    window.layers.show_layer(layer, False)
    window.layers.show_layer("river", False)
    hands.key(Qt.Key.Key_F10)
    meeting = window.handlers.meeting.meeting
    until(lambda: meeting.canvas.settled and not meeting.canvas.maker.busy, "the map of the meeting")
    assert not {layer, "river"} & set(meeting.map.scene.layers())
    assert not {layer, "river"} & {one.layer for one in meeting.canvas.frame.labels}
    meeting.close()
