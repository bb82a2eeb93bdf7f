"""A surveyor changes shapes at the window with real mouse and key events; each step is one step of the history."""

from pathlib import Path

import pytest
import shapely
from hands import CONTROL, Hands, on_disk
from office import NEW_ZONE, at
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from geohazard_desktop.workspace.edits import change_values, create_feature

pytestmark = pytest.mark.window


def area(path: Path, layer: str = "danger_zone") -> float:
    return sum(one.geometry.area for one in on_disk(path, layer) if one.geometry is not None)


def stroke(hands: Hands, command: str, *places: tuple[float, float]) -> None:
    """Take a tool, click along, finish by Enter."""
    hands.window.center.run(command)
    for place in places:
        hands.click(at(*place))
    hands.key(Qt.Key.Key_Return)


def test_a_border_is_reshaped_outward_and_inward_and_undone(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    before = area(work)
    hands.key(Qt.Key.Key_G)
    assert "重塑" in hands.window.map.desk.tool.title
    for place in ((1450, 800), (1900, 800), (1900, 1200), (1450, 1200)):
        hands.click(at(*place))
    assert hands.canvas.preview.outlines, "the result is seen before it is"
    hands.key(Qt.Key.Key_Return)
    assert area(work) == pytest.approx(before + 400 * 400, rel=0.02)
    assert hands.window.session.workspace.history(1)[0].words == "重塑危险区 SL-W-0001"
    stroke(hands, "shape.reshape", (450, 800), (700, 800), (700, 1200), (450, 1200))
    assert area(work) == pytest.approx(before + 400 * 400 - 200 * 400, rel=0.02)
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert area(work) == before


def test_one_stroke_reshapes_all_that_share_the_border(hands: Hands, work: Path):
    window = hands.window
    ws = window.session.workspace
    for number, (south, north) in {"SL-W-0002": (500, 1000), "SL-W-0003": (1000, 1500)}.items():
        shape = shapely.box(*at(1500, south), *at(2100, north))
        ws.apply(create_feature(ws.definitions, "danger_zone", shape, {"id": number}))
    window.center.run("draw.share")
    hands.settle()
    hands.click(at(700, 1000))
    hands.key(Qt.Key.Key_G)
    for place in ((1450, 800), (1750, 800), (1750, 1250), (1450, 1250)):
        hands.click(at(*place))
    assert len(hands.canvas.preview.outlines) == 3, "all three are seen before they are stored"
    hands.key(Qt.Key.Key_Return)
    assert ws.history(1)[0].words == "重塑危险区 SL-W-0001，连同 2 个相邻要素的共用边"
    shapes = [one.geometry for one in on_disk(work, "danger_zone")]
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx(1600 * 1000, abs=1)
    assert sum(one.area for one in shapes) == pytest.approx(whole.area, abs=0.01)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert on_disk(work, "danger_zone")[0].geometry.area == 1_000_000


def test_a_zone_is_split_by_a_line_and_the_larger_part_keeps_its_number(hands: Hands, work: Path):
    uid = on_disk(work, "danger_zone")[0].uid
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_X)
    hands.click(at(800, 300))
    hands.point_at(at(800, 1000))
    assert "没有穿过" in hands.window.map.desk.hint()
    hands.click(at(800, 1800))
    hands.key(Qt.Key.Key_Return)
    kept, new = on_disk(work, "danger_zone")
    assert (kept.uid, kept.text("id"), new.text("id")) == (uid, "SL-W-0001", "SL-W-0002")
    assert kept.geometry.area > new.geometry.area
    assert hands.window.session.workspace.history(1)[0].words == "分割危险区 SL-W-0001 为 2 个"
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 1


def test_a_stroke_that_crosses_nothing_stays_under_the_pen(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_X)
    hands.click(at(2000, 300))
    hands.click(at(2000, 1800))
    hands.key(Qt.Key.Key_Return)
    assert len(on_disk(work, "danger_zone")) == 1
    assert any("没有穿过" in one for one in hands.bars())
    assert hands.window.map.desk.drawing
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.map.desk.drawing


def test_a_hole_is_cut_and_a_part_is_added(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    before = area(work)
    stroke(hands, "shape.hole", (800, 800), (1200, 800), (1200, 1200), (800, 1200))
    assert area(work) == pytest.approx(before - 400 * 400, rel=0.02)
    stroke(hands, "shape.add_part", (2200, 800), (2600, 800), (2600, 1200), (2200, 1200))
    assert area(work) == pytest.approx(before, rel=0.02)
    assert len(shapely.get_parts(on_disk(work, "danger_zone")[0].geometry)) == 2


# -- one click ---------------------------------------------------------------------------------------------------------


def test_a_hole_is_filled_and_a_part_is_deleted_by_a_click(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    before = area(work)
    stroke(hands, "shape.hole", (800, 800), (1200, 800), (1200, 1200), (800, 1200))
    stroke(hands, "shape.add_part", (2200, 800), (2600, 800), (2600, 1200), (2200, 1200))
    hands.window.center.run("shape.fill_hole")
    hands.click(at(1000, 1000))
    hands.window.center.run("shape.delete_part")
    hands.point_at(at(2400, 1000))
    assert "还有 1 个" in hands.window.map.desk.hint()
    hands.click(at(2400, 1000))
    assert area(work) == before
    hands.click(at(1000, 1000))
    assert area(work) == before, "the last part is no part"
    assert any("只有一个部分" in one for one in hands.bars())


def draw_route(hands: Hands, *places: tuple[float, float]) -> None:
    hands.draw(Qt.Key.Key_L, [at(*one) for one in places])


def test_a_route_is_extended_to_the_zone_trimmed_again_and_turned_round(hands: Hands, work: Path):
    hands.window.center.run("draw.snap")  # off: the corners stay where the hand put them
    draw_route(hands, (3000, 1000), (2000, 1010))
    uid = on_disk(work, "evacuation_route")[-1].uid

    def line() -> shapely.Geometry:
        return next(one.geometry for one in on_disk(work, "evacuation_route") if one.uid == uid)

    hands.window.center.run("shape.extend")
    hands.point_at(at(2050, 1010))
    assert "延伸撤离路线" in hands.window.map.desk.hint()
    hands.click(at(2050, 1010))
    tip = shapely.get_coordinates(line())[-1]
    assert tip[0] == at(1500, 0)[0], "it ends exactly on the zone's border"
    draw_route(hands, (2500, 700), (2500, 1300))
    hands.window.center.run("shape.trim")
    hands.click(at(2800, 1002))
    assert shapely.get_coordinates(line())[0][0] == pytest.approx(at(2500, 0)[0], abs=3 * hands.canvas.viewport.pixel)
    hands.key(Qt.Key.Key_V)
    hands.click(at(2000, 1010))
    hands.window.center.run("shape.reverse")
    assert tuple(shapely.get_coordinates(line())[0]) == tuple(tip)


# -- tools with numbers ------------------------------------------------------------------------------------------------


def type_into(hands: Hands, key: str, text: str) -> None:
    field = hands.window.handlers.shapes.bar.fields[key]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_border_is_offset_by_a_typed_distance_to_the_side_of_the_pointer(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.window.center.run("shape.offset")
    assert hands.window.handlers.shapes.bar.isVisible()
    type_into(hands, "distance", "100")
    hands.point_at(at(1700, 1000))
    assert "向外 100.00 米" in hands.canvas.preview.label
    hands.click(at(1700, 1000))
    assert area(work) == pytest.approx(1200 * 1200)
    assert hands.window.session.workspace.history(1)[0].words == "偏移危险区 SL-W-0001 的边线 100 米"
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.handlers.shapes.bar.isVisible()


def test_a_buffer_is_typed_seen_and_drawn_by_enter(hands: Hands, work: Path):
    hands.click(at(750, 2650))
    assert [layer for layer, _uid in hands.window.session.selection] == ["evacuation_route"]
    hands.window.center.run("shape.buffer")
    type_into(hands, "width", "80")
    bar = hands.window.handlers.shapes.bar
    assert bar.take.text() == "画出 1 个缓冲区"
    assert hands.canvas.preview.outlines
    hands.key(Qt.Key.Key_Return, on=bar.fields["width"])
    hands.key(Qt.Key.Key_Return)
    assert len(on_disk(work, "danger_zone")) == 2, "Enter pressed twice draws it once"
    made = on_disk(work, "danger_zone")[-1]
    assert made.geometry.area == pytest.approx(424.26 * 160 + 3.1416 * 6400, rel=0.01)
    assert "80 米缓冲区" in made.text("source")
    assert hands.window.session.selection == [("danger_zone", made.uid)]


def test_corners_are_thinned_and_rounded_with_the_figures_in_sight(hands: Hands, work: Path):
    hands.window.center.run("draw.snap")
    hands.draw(Qt.Key.Key_P, [at(2200, 600), at(2700, 610), at(3200, 600), at(3200, 1600), at(2200, 1600)])
    uid = on_disk(work, "danger_zone")[-1].uid

    def corners_now() -> int:
        return len(shapely.get_coordinates(next(o.geometry for o in on_disk(work, "danger_zone") if o.uid == uid)))

    assert corners_now() == 6
    hands.window.center.run("shape.simplify")
    bar = hands.window.handlers.shapes.bar
    type_into(hands, "tolerance", "30")
    assert "拐点 5 个变 4 个" in bar.note.text()
    assert len(hands.canvas.preview.handles) == 1
    hands.press("抽稀", bar)
    assert corners_now() == 5
    hands.window.center.run("shape.smooth")
    type_into(hands, "tolerance", "40")
    assert "边线最多挪动" in bar.note.text()
    hands.press("圆滑", bar)
    assert corners_now() > 5
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert corners_now() == 6


# -- merge -------------------------------------------------------------------------------------------------------------


def answer(hands: Hands, words: str, look=None) -> None:
    """Press `words` in the dialog that comes."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        if look is not None:
            look(dialog)
        hands.press(words, dialog)

    QTimer.singleShot(0, press)


def test_two_zones_become_one_and_their_households_go_along(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_X)
    hands.click(at(800, 300))
    hands.click(at(800, 1800))
    hands.key(Qt.Key.Key_Return)
    ws = hands.window.session.workspace
    large, small = on_disk(work, "danger_zone")
    values = {"id": "SL-H-0001", "danger_zone": small.uid}
    house = create_feature(ws.definitions, "household", shapely.Point(at(600, 1000)), values)
    hands.window.session.apply(house)
    hands.window.session.apply(
        change_values(ws.definitions, [ws.feature("danger_zone", small.uid)], {"reason": "沟口"})
    )
    hands.key(Qt.Key.Key_V)
    hands.window.session.select([("danger_zone", large.uid), ("danger_zone", small.uid)])
    seen = []

    def choose(dialog) -> None:
        seen.append([one.text() for one in dialog.findChildren(QLabel)])
        dialog.boxes["reason"].setCurrentIndex(1)

    answer(hands, "合并", choose)
    hands.window.center.run("shape.merge")
    (one,) = on_disk(work, "danger_zone")
    assert (one.uid, one.text("id"), one.text("reason")) == (large.uid, "SL-W-0001", "沟口")
    assert on_disk(work, "household")[0].text("danger_zone") == large.uid
    assert any("住户 SL-H-0001 改为指向它" in text for text in seen[0])
    assert one.geometry.area == pytest.approx(1000 * 1000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop runs here that would take the dialog away
    hands.come_forward()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 2, hands.bars()
    assert on_disk(work, "household")[0].text("danger_zone") == small.uid


def test_what_does_not_touch_is_merged_after_being_told_and_let_go_again(hands: Hands, work: Path):
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    hands.window.session.select([("danger_zone", one.uid) for one in on_disk(work, "danger_zone")])
    answer(hands, "合并成多个部分")
    hands.window.center.run("shape.merge")
    (one,) = on_disk(work, "danger_zone")
    assert len(shapely.get_parts(one.geometry)) == 2
    hands.window.center.run("shape.explode")
    assert len(hands.canvas.preview.outlines) == 2
    assert len(on_disk(work, "danger_zone")) == 1
    hands.press("拆成 2 个")
    assert len(on_disk(work, "danger_zone")) == 2
    assert len(hands.window.session.selection) == 2
