"""A surveyor who wants it exact: snapping, shared borders, corners by number, turning, copies. Real mouse and keys."""

import pytest
import shapely
from fresh import fresh_workspace
from hands import CONTROL, Hands, corners, on_disk
from office import ZONE, at
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from geohazard_desktop.desktop import preferences
from geohazard_desktop.workspace.edits import create_feature

pytestmark = pytest.mark.window


def words(hands: Hands) -> str | None:
    return hands.window.session.workspace.undo_words()


def zones(work) -> dict[str, object]:
    return {one.text("id"): one for one in on_disk(work, "danger_zone")}


def near(place, pixels: float, hands: Hands):
    """A place so many pixels to the north-east of another one."""
    pixel = hands.canvas.viewport.pixel
    return place[0] + pixels * pixel, place[1] + pixels * pixel


def test_neighbours_without_a_gap_and_corners_moved_together(hands: Hands, work):
    window = hands.window
    window.center.run("stage.zones")
    window.center.run("draw.share")
    window.center.run("draw.avoid")
    hands.settle()
    # The first two corners are clicked a few pixels off the old zone's side: they snap onto it.
    side = [at(1500, 800), at(1500, 1200)]
    hands.key(Qt.Key.Key_P)
    hands.point_at(near(ZONE[2], 3, hands))
    assert hands.canvas.preview.snap.words == "端点 · 危险区 SL-W-0001"
    for place in (near(side[0], 2, hands), near(side[1], 2, hands), at(2200, 1300), at(2200, 700)):
        hands.click(place)
    hands.key(Qt.Key.Key_Return)
    made = zones(work)
    assert len(corners(made["SL-W-0001"])) == 7, "the new corners are the old zone's too"
    one, other = (made[number].geometry for number in ("SL-W-0001", "SL-W-0002"))
    assert one.intersection(other).area < 1e-6
    shared = sorted(set(corners(made["SL-W-0002"])) & set(corners(made["SL-W-0001"])))
    assert len(shared) == 2
    # Drag one of the shared corners: both zones follow.
    hands.key(Qt.Key.Key_N)
    hands.drag(shared[0], at(1620, 850))
    assert words(hands).endswith("，连同 1 个相邻要素的共用边")
    made = zones(work)
    assert made["SL-W-0001"].geometry.intersection(made["SL-W-0002"].geometry).area < 1e-6
    hands.key(Qt.Key.Key_Z, CONTROL)
    # A zone drawn across the border is cut, and the office is told.
    hands.draw(Qt.Key.Key_P, [at(600, 1400), at(1300, 1400), at(1300, 2000), at(600, 2000)])
    assert any("重叠的" in told and "已经切去" in told for told in hands.bars())
    made = zones(work)
    assert made["SL-W-0003"].geometry.intersection(made["SL-W-0001"].geometry).area < 1e-6
    assert preferences.load().share
    assert preferences.load().avoid


def test_a_box_of_corners_and_a_typed_one(hands: Hands, work):
    window = hands.window
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_N)
    hands.drag(at(1400, 400), at(1600, 1600))
    assert window.map.desk.tool.hand.count == 2
    hands.drag(at(1500, 1500), at(1700, 1600))
    assert words(hands) == "移动危险区 SL-W-0001 的 2 个拐点"
    window.center.run("shape.corners")
    panel = window.handlers.corners.panel
    row = next(index for index, one in enumerate(panel.model.rows) if one.place == at(500, 500))
    cell = panel.model.index(row, 1)
    panel.table.setCurrentIndex(cell)
    assert hands.canvas.ring == at(500, 500), "the chosen row rings its corner"
    panel.table.edit(cell)
    edit = panel.table.findChild(QLineEdit)
    edit.selectAll()
    QTest.keyClicks(edit, "4370450.25")
    hands.key(Qt.Key.Key_Return, on=edit)
    assert at(500, 450.25) in corners(zones(work)["SL-W-0001"])
    panel.copy_all()
    assert QGuiApplication.clipboard().text().startswith("点号\tX 北（米）")
    QGuiApplication.clipboard().setText("4370400 36400480")
    panel.table.setCurrentIndex(cell)
    hands.key(Qt.Key.Key_V, CONTROL, on=panel.table)
    assert at(480, 400) in corners(zones(work)["SL-W-0001"])


def test_moved_by_numbers_turned_and_copied(hands: Hands, work):
    window = hands.window
    hands.click(at(1000, 1000))
    window.center.run("tool.move")
    hands.key(Qt.Key.Key_Equal)
    numbers = window.map.numbers
    assert numbers.isVisible()
    QTest.keyClicks(numbers.edits["bearing"], "90")
    QTest.keyClicks(numbers.edits["length"], "200")
    hands.key(Qt.Key.Key_Return, on=numbers.edits["length"])
    assert zones(work)["SL-W-0001"].geometry.bounds[:2] == at(700, 500)
    window.center.run("tool.rotate")
    QTest.keyClicks(numbers.edits["angle"], "450")
    hands.key(Qt.Key.Key_Return, on=numbers.edits["angle"])
    assert words(hands) == "把危险区 SL-W-0001 顺时针旋转 450°"
    hands.key(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().startswith("wkt_geom\t图层\t坐标系")
    window.layers.set_current("danger_zone")
    hands.key(Qt.Key.Key_V, CONTROL)
    hands.click(at(2600, 1800))
    made = zones(work)
    assert len(made) == 2
    assert made["SL-W-0002"].geometry.area == made["SL-W-0001"].geometry.area
    assert window.session.selection == [("danger_zone", made["SL-W-0002"].uid)]
    hands.press("撤销")
    assert len(zones(work)) == 1


def test_a_colleagues_coordinates_and_another_window(hands: Hands, work, sit_down, tmp_path, district):
    window = hands.window
    window.layers.set_current("danger_zone")
    QGuiApplication.clipboard().setText("J1\t4370300\t36402300\nJ2\t4370300\t36402900\nJ3\t4370800\t36402900")
    hands.key(Qt.Key.Key_V, CONTROL)
    made = zones(work)["SL-W-0002"]
    assert made.geometry.area == 150_000
    assert any("坐标按 2000 国家大地坐标系“高斯" in told for told in hands.bars())
    hands.key(Qt.Key.Key_C, CONTROL)
    other = tmp_path / "另一个.gpkg"
    with fresh_workspace(other, district) as ws:
        ws.apply(create_feature(ws.definitions, "district", shapely.box(*at(0, 0), *at(4000, 3000)), {"name": "邻区"}))
    again = sit_down(other)
    again.window.layers.set_current("danger_zone")
    again.key(Qt.Key.Key_V, CONTROL)
    [copy] = on_disk(other, "danger_zone")
    assert copy.geometry.equals_exact(made.geometry, 0)
    assert copy.text("id") == "SL-W-0001"


def test_the_settings_of_snapping_are_kept(hands: Hands):
    window = hands.window
    window.center.run("stage.zones")
    window.center.run("draw.snap_settings")
    popover = window.handlers.snapping.popover
    popover.kinds["vertex"].click()
    popover.kinds["edge"].click()
    popover.close()
    hands.key(Qt.Key.Key_P)
    hands.point_at(near(ZONE[2], 3, hands))
    assert hands.canvas.preview.snap is None, "neither corners nor edges are wanted"
    assert "vertex" not in preferences.load().snapping["kinds"]
    popover.kinds["vertex"].click()
    hands.point_at(near(ZONE[2], 2, hands))
    assert hands.canvas.preview.snap.kind == "vertex"
