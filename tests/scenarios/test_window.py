"""A surveyor at the window, with real mouse and key events: what was drawn is on disk before the next click."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import geopandas
import pytest
from hands import CONTROL, LEFT, Hands, corners, on_disk, until
from office import EAST, NEW_ZONE, NORTH, WAY, at
from pyproj import Transformer
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QScrollArea
from shapely import Point

from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop.imports.dialog import ImportDialog
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window

# -- looking -----------------------------------------------------------------------------------------------------------


def test_the_demo_opens_as_my_own_copy_and_keeps_what_i_draw(sit_down):
    hands = sit_down()
    assert hands.on_start_page()
    start = hands.window.start
    hands.window.resize(1366, 728)  # a small laptop's screen above the bar of the desktop
    until(lambda: start.height() > 600, "the page has its size")
    assert start.findChild(QScrollArea).verticalScrollBar().maximum() == 0, "all of the page is in sight"
    hands.press("打开示例", hands.window.start)
    until(lambda: hands.window.session.ws is not None, "the demo's copy")
    hands.settle()
    path = hands.window.session.workspace.path
    assert path.parent == documents_folder()
    assert hands.canvas.schematic, "the map says that it is 示意数据"
    zones = len(on_disk(path, "danger_zone"))
    east, north = hands.canvas.viewport.east, hands.canvas.viewport.north
    hands.draw(Qt.Key.Key_P, [(east, north), (east + 2000, north), (east + 2000, north + 2000)])
    assert len(on_disk(path, "danger_zone")) == zones + 1

    again = sit_down()
    again.press("接着用我的示例", again.window.start)
    again.settle()
    assert again.window.session.workspace.path == path
    assert again.window.session.workspace.count("danger_zone") == zones + 1


def test_the_whole_district_is_in_sight_and_wheel_drag_and_full_extent_move_the_map(hands: Hands):
    hands.settle()
    view = hands.canvas.viewport
    west, south, east, north = view.bounds
    assert west < EAST
    assert south < NORTH
    assert east > EAST + 4000
    assert north > NORTH + 3000
    under = hands.canvas.rect().center() + QPoint(80, 40)
    ground = view.to_map(under.x(), under.y())
    wheel = QWheelEvent(
        under,
        hands.canvas.mapToGlobal(under),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hands.canvas, wheel)
    closer = hands.canvas.viewport
    assert closer.denominator < view.denominator
    assert closer.to_map(under.x(), under.y()) == pytest.approx(ground), "the ground under the pointer stays"
    hands.key(Qt.Key.Key_H)
    hands.drag(at(1000, 1000), at(1300, 1200))
    assert hands.canvas.viewport.east == pytest.approx(closer.east - 300, abs=3 * closer.pixel)
    hands.key(Qt.Key.Key_0, CONTROL)
    hands.settle()
    assert hands.canvas.viewport.denominator == pytest.approx(view.denominator, rel=0.02)


def test_a_layer_that_is_switched_off_is_not_painted_and_not_hit(hands: Hands):
    hands.click(at(1000, 1000))
    assert [layer for layer, _uid in hands.window.session.selection] == ["danger_zone"]
    hands.window.layers.show_layer("danger_zone", on=False)
    hands.settle()
    assert "danger_zone" not in hands.window.map.scene.layers()
    hands.click(at(1200, 1200))
    assert "danger_zone" not in [layer for layer, _uid in hands.window.session.selection]


def test_the_status_line_says_where_the_pointer_is_in_both_forms(hands: Hands):
    place = at(2000, 1500)
    hands.point_at(place)
    degrees = Transformer.from_crs(4524, 4490, always_xy=True).transform(*place)
    assert f"{int(degrees[0])}°" in hands.window.status.lonlat.text()
    assert "X 北 4" in hands.window.status.gauss.text()
    assert "Y 东 36" in hands.window.status.gauss.text()
    assert hands.window.status.scale.currentText().startswith("1:")


def test_a_click_shows_the_form_and_what_is_typed_there_is_stored(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    name = hands.window.form.editor("name").input
    assert name.text() == "示例沟"
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "East gully")
    hands.key(Qt.Key.Key_Return, on=name)
    assert [one.text("name") for one in on_disk(work, "danger_zone")] == ["East gully"]
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert [one.text("name") for one in on_disk(work, "danger_zone")] == ["示例沟"]
    assert hands.window.form.editor("name").input.text() == "示例沟"


# -- drawing -----------------------------------------------------------------------------------------------------------


def test_a_zone_drawn_by_mouse_is_on_disk_at_once(hands: Hands, work: Path):
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    drawn = on_disk(work, "danger_zone")[-1]
    assert drawn.text("id") == "SL-W-0002"
    # A pixel is some five metres here, and a corner may snap to the district's grid of nothing: within two pixels.
    pixel = hands.canvas.viewport.pixel
    for corner in NEW_ZONE:
        assert min(abs(corner[0] - east) + abs(corner[1] - north) for east, north in corners(drawn)) < 3 * pixel
    assert hands.window.session.selection == [("danger_zone", drawn.uid)]
    assert hands.window.form.editor("hazard_type").fault.text() == "还没有填。"
    assert "已保存" in hands.window.status.saved_words


def test_an_outline_that_crosses_itself_stays_under_the_pen_until_it_is_mended(hands: Hands, work: Path):
    hands.draw(Qt.Key.Key_P, [at(2200, 600), at(3200, 1600), at(3200, 600), at(2200, 1600)])
    assert len(on_disk(work, "danger_zone")) == 1
    assert any("还没有存" in one for one in hands.bars())
    hands.key(Qt.Key.Key_Backspace)
    hands.key(Qt.Key.Key_Return)
    assert len(on_disk(work, "danger_zone")) == 2


def test_a_route_is_drawn_in_its_direction_and_walking_times_stand_beside_it(hands: Hands, work: Path):
    hands.key(Qt.Key.Key_L)
    for place in WAY:
        hands.click(place)
    hands.point_at(at(3300, 2700))
    assert "老人" in hands.window.map.live.walk.text()
    hands.key(Qt.Key.Key_Return)
    drawn = corners(on_disk(work, "evacuation_route")[-1])
    assert drawn[0][0] < drawn[-1][0]


def test_signs_shelters_hazard_points_and_households_are_set_by_one_click(hands: Hands, work: Path):
    for step, layer in enumerate(("warning_sign", "shelter", "hazard_point", "household")):
        hands.window.center.run(f"draw.{layer}")
        hands.click(at(2300 + 200 * step, 1000))
        assert len(on_disk(work, layer)) == 1, layer


def test_a_corner_is_moved_added_and_taken_out_and_undo_and_redo_give_each_step_back(hands: Hands, work: Path):
    shapes = [corners(on_disk(work, "danger_zone")[0])]
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_N)
    hands.drag(at(1500, 1500), at(1800, 1700))
    shapes.append(corners(on_disk(work, "danger_zone")[0]))
    assert at(1500, 1500) not in shapes[1]
    assert len(shapes[1]) == 5
    hands.drag(at(1000, 500), at(1000, 300))
    shapes.append(corners(on_disk(work, "danger_zone")[0]))
    assert len(shapes[2]) == 6
    hands.click(at(500, 500))
    hands.key(Qt.Key.Key_Delete)
    shapes.append(corners(on_disk(work, "danger_zone")[0]))
    assert len(shapes[3]) == 5
    assert at(500, 500) not in shapes[3]
    for shape in reversed(shapes[:-1]):
        hands.key(Qt.Key.Key_Z, CONTROL)
        assert corners(on_disk(work, "danger_zone")[0]) == shape
    for shape in shapes[1:]:
        hands.key(Qt.Key.Key_Y, CONTROL)
        assert corners(on_disk(work, "danger_zone")[0]) == shape


def test_on_the_way_to_paper_a_slip_of_the_delete_key_changes_nothing(hands: Hands, work: Path):
    before = corners(on_disk(work, "danger_zone")[0])
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_N)
    hands.click(at(500, 500))
    hands.key(Qt.Key.Key_5, CONTROL)
    assert hands.window.stage == "publish"
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Delete)
    assert corners(on_disk(work, "danger_zone")[0]) == before


def test_a_feature_is_moved_and_deleted_and_comes_back(hands: Hands, work: Path):
    before = corners(on_disk(work, "danger_zone")[0])
    hands.window.center.run("tool.move")
    hands.drag(at(1000, 1000), at(1300, 1000))
    assert corners(on_disk(work, "danger_zone")[0]) == before, "an area moves only once it is selected"
    hands.drag(at(1000, 1000), at(1300, 1000))
    moved = corners(on_disk(work, "danger_zone")[0])
    assert moved[0][0] - before[0][0] == pytest.approx(300, abs=3 * hands.canvas.viewport.pixel)
    hands.key(Qt.Key.Key_Delete)
    assert on_disk(work, "danger_zone") == []
    hands.press("撤销", hands.window.banner.parentWidget())
    assert corners(on_disk(work, "danger_zone")[0]) == moved


def test_an_offer_to_take_back_goes_when_a_newer_step_would_be_taken_back_instead(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_Delete)
    assert any(one.startswith("已删除") for one in hands.bars())
    hands.window.center.run("draw.shelter")
    hands.click(at(2500, 1000))
    assert not any(one.startswith("已删除") for one in hands.bars())


def test_what_passes_never_moves_the_map_under_the_pen(hands: Hands):
    before = hands.canvas.mapTo(hands.window, QPoint(0, 0))
    hands.key(Qt.Key.Key_P)
    hands.click(NEW_ZONE[0])
    assert hands.canvas.mapTo(hands.window, QPoint(0, 0)) == before, "another stage has other tools, on the same map"
    place, view = hands.canvas.mapTo(hands.window, QPoint(0, 0)), hands.canvas.viewport
    hands.window.banner.say("done", "已导入 16 个。")
    QApplication.processEvents()
    assert hands.canvas.mapTo(hands.window, QPoint(0, 0)) == place
    assert hands.canvas.viewport == view


def test_another_tool_keeps_what_is_selected_and_esc_lets_it_go(hands: Hands):
    hands.click(at(1000, 1000))
    chosen = list(hands.window.session.selection)
    assert chosen
    hands.key(Qt.Key.Key_N)
    hands.key(Qt.Key.Key_V)
    assert hands.window.session.selection == chosen
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.session.selection == []


def test_undo_reaches_back_across_a_restart(sit_down, work: Path):
    hands = sit_down()
    hands.open(work)
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    drawn = corners(on_disk(work, "danger_zone")[-1])
    hands = sit_down()
    hands.open(work)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 1
    hands.key(Qt.Key.Key_Y, CONTROL)
    assert corners(on_disk(work, "danger_zone")[-1]) == drawn


KILLED = """
    import os, signal, sys
    sys.path.insert(0, {here!r})
    from pathlib import Path
    from hands import Hands
    from PySide6.QtCore import Qt
    from geohazard_desktop.desktop.start import make_window
    window = make_window()
    window.resize(1366, 768)
    window.show()
    hands = Hands(window)
    hands.come_forward()
    hands.open(Path(sys.argv[1]))
    hands.draw(Qt.Key.Key_P, {places!r})
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def test_killing_the_program_right_after_a_drawn_zone_loses_nothing(work: Path):
    code = textwrap.dedent(KILLED).format(here=str(Path(__file__).parent), places=NEW_ZONE)
    done = subprocess.run(
        [sys.executable, "-c", code, str(work)],
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == -getattr(signal, "SIGKILL", signal.SIGTERM), done.stderr
    assert len(on_disk(work, "danger_zone")) == 2
    with Workspace.open(work) as ws:
        assert ws.verify_history() == []


# -- import ------------------------------------------------------------------------------------------------------------


def polygons(path: Path, names: list[str]) -> Path:
    """Squares in degrees, as another office hands them over."""
    to_degrees = Transformer.from_crs(4524, 4490, always_xy=True)
    features = []
    for index, name in enumerate(names):
        east = 2000 + 500 * index
        ring = [at(east, 300), at(east + 200, 300), at(east + 200, 500), at(east, 500), at(east, 300)]
        shape = {"type": "Polygon", "coordinates": [[list(to_degrees.transform(*corner)) for corner in ring]]}
        features.append({"type": "Feature", "properties": {"名称": name}, "geometry": shape})
    whole = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def opened_import(hands: Hands, source: Path, layer: str) -> ImportDialog:
    dialog = ImportDialog(hands.window, hands.window.session, source, layer)
    dialog.imported.connect(hands.window.handlers.files._imported)
    dialog.show()
    until(lambda: not dialog.busy, "the file read")
    return dialog


def choose(box: QComboBox, text: str) -> None:
    index = box.findText(text)
    assert index >= 0, [box.itemText(one) for one in range(box.count())]
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_an_import_waits_for_what_is_missing_promises_a_number_and_keeps_it(hands: Hands, work: Path, tmp_path: Path):
    source = polygons(tmp_path / "划定成果.geojson", ["示例坡0", "示例坡1", "示例坡2"])
    dialog = opened_import(hands, source, "danger_zone")
    assert "灾害类型" in dialog.promise.text()
    assert "--" not in dialog.promise.text(), "options of the command line are no words of the window"
    assert not dialog.go_button.isEnabled()
    rows = [dialog.fields.item(row, 0).text() for row in range(dialog.fields.rowCount())]
    choose(dialog.fields.cellWidget(rows.index("灾害类型 *"), 3), "滑坡")
    until(dialog.go_button.isEnabled, "the promise")
    assert dialog.go_button.text() == "导入 3 个"
    QTest.mouseClick(dialog.go_button, LEFT)
    until(lambda: not dialog.isVisible(), "the import")
    found = on_disk(work, "danger_zone")
    assert [one.text("name") for one in found[1:]] == ["示例坡0", "示例坡1", "示例坡2"]
    assert hands.window.session.workspace.count("danger_zone") == 4
    hands.come_forward()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 1


def test_a_list_of_households_finds_its_layer_and_may_be_sent_elsewhere(hands: Hands, work: Path, tmp_path: Path):
    source = tmp_path / "住户.csv"
    east, north = at(2100, 400)
    source.write_text(f"名称,户主,人口,X,Y\n甲家,李示例,四口人,{east},{north}\n", encoding="utf-8")
    dialog = opened_import(hands, source, "danger_zone")
    assert dialog.target.currentText() == "住户"
    assert any("写入图层先选了“住户”" in one.text() for one in dialog.findChildren(QLabel))
    assert "写入图层“住户”：1 个，其中修复 1 个（2 处）" in dialog.promise.text()
    choose(dialog.target, "地标")
    until(lambda: not dialog.busy and "地标" in dialog.promise.text(), "the other layer")
    assert dialog.target.currentText() == "地标"
    assert not any("写入图层先选了" in one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    dialog.reject()


def test_words_of_a_list_that_are_no_choice_are_asked_about(hands: Hands, work: Path, tmp_path: Path):
    source = tmp_path / "住户.csv"
    east, north = at(2100, 400)
    rows = [f"李示例,2,{east},{north},李示例,轮椅", f"李示例,2,{east},{north},王示例,残疾"]
    source.write_text("\n".join(["户主,人口,X,Y,成员姓名,行动能力", *rows]), encoding="utf-8")
    dialog = opened_import(hands, source, "household")
    wheels, unclear = dialog.meanings.boxes["轮椅"], dialog.meanings.boxes["残疾"]
    assert (wheels.currentData(), unclear.currentData()) == ("", "")
    assert any("轮椅" in dialog.problems.item(one).text() for one in range(dialog.problems.count()))
    choose(wheels, "需搀扶（多半是这个）")
    until(lambda: not dialog.busy, "the list judged anew")
    assert dialog.meanings.boxes["轮椅"] is wheels
    assert [one for one in range(dialog.problems.count()) if "轮椅" in dialog.problems.item(one).text()] == []
    QTest.mouseClick(dialog.go_button, LEFT)
    until(lambda: not dialog.isVisible(), "the import")
    assert [one.text("mobility") for one in on_disk(work, "household_member")] == ["需搀扶", ""]


def test_one_of_a_citys_districts_is_imported_alone(hands: Hands, work: Path, tmp_path: Path):
    """From a file of two kinds of shapes, which asks for each; a part that was chosen can be chosen anew."""
    squares = json.loads(polygons(tmp_path / "全市.geojson", ["甲区", "乙区", "丙区"]).read_text(encoding="utf-8"))
    rings = [one["geometry"]["coordinates"][0] for one in squares["features"]]
    corners = [" ".join(",".join(map(str, corner)) for corner in ring) for ring in rings]
    outline = (
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    )
    marks = [
        f"<Placemark><name>{name}</name>{outline.format(one)}</Placemark>"
        for name, one in zip(("甲区", "乙区", "丙区"), corners, strict=True)
    ]
    border = f"<Placemark><name>界</name><LineString><coordinates>{corners[0]}</coordinates></LineString></Placemark>"
    source = tmp_path / "全市.kml"
    source.write_text(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(marks)}{border}</Document></kml>',
        encoding="utf-8",
    )
    dialog = opened_import(hands, source, "neighbour")
    rows = dialog.tables.rows
    line = next(row for row in range(rows.rowCount()) if rows.item(row, 0).text() == "线")
    dialog._tick(line, False)
    until(lambda: not dialog.busy and dialog.go_button.text() == "导入 3 个", "the line left out")
    choose(dialog.part.column, "只取 名称 是")
    until(lambda: not dialog.busy and dialog.go_button.text() == "导入 1 个", "the promise for one")
    assert dialog.part.isVisible()
    choose(dialog.part.value, "乙区")
    choose(dialog.crs, "火星坐标（GCJ-02）")
    until(lambda: not dialog.busy, "the promise for another")
    assert dialog.crs.currentText() == "火星坐标（GCJ-02）", "what was chosen is what is shown"
    QTest.mouseClick(dialog.go_button, LEFT)
    until(lambda: not dialog.isVisible(), "the import")
    assert [one.text("name") for one in on_disk(work, "neighbour")] == ["乙区"]


def test_of_a_file_of_the_province_only_what_touches_the_district_comes_in(hands: Hands, work: Path, tmp_path: Path):
    places = {"界内": (EAST + 500, NORTH + 500), "界外": (EAST + 5000, NORTH), "远处": (EAST + 90_000, NORTH)}
    marks = geopandas.GeoDataFrame({"名称": list(places)}, geometry=[Point(one) for one in places.values()], crs=4524)
    marks.to_file(tmp_path / "全省.gpkg")
    dialog = opened_import(hands, tmp_path / "全省.gpkg", "landmark")
    until(lambda: not dialog.busy and dialog.go_button.text() == "导入 3 个", "all of it is promised")
    assert dialog.within.box.text() == "区界外的 2 个不要，只导入其余 1 个"
    box = dialog.within.box
    QTest.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
    until(lambda: not dialog.busy and dialog.go_button.text() == "导入 1 个", "the promise for what touches it")
    choose(dialog.part.column, "只取 名称 是")
    choose(dialog.part.value, "远处")
    until(lambda: not dialog.busy and "都在示例区界外" in dialog.promise.text(), "a part that lies outside")
    assert dialog.within.box.text() == "区界外的不要"
    assert dialog.within.isVisible(), "it can be taken back"
    assert not dialog.go_button.isEnabled()
    choose(dialog.part.column, "全部要素")
    until(lambda: not dialog.busy and dialog.go_button.text() == "导入 1 个", "all of the file again")
    QTest.mouseClick(dialog.go_button, LEFT)
    until(lambda: not dialog.isVisible(), "the import")
    assert [one.text("name") for one in on_disk(work, "landmark")] == ["界内"]
