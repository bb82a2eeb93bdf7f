"""A layer is handed to others from the window: right click, the dialog, the file, what is told, the register."""

import csv
from collections.abc import Callable
from pathlib import Path

import pyogrio
import pytest
from fresh import fresh_workspace
from hands import LEFT, Hands, on_disk, until
from office import at
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from shapely import Point, box
from test_command_line import run

from geohazard_desktop.desktop.layers import export_desk as layer_export_desk
from geohazard_desktop.desktop.layers.export_dialog import LayerExportDialog
from geohazard_desktop.workspace.edits import change_values, create_feature

pytestmark = pytest.mark.window
ZONE_TOO = {"id": "SL-W-0002", "hazard_type": "滑坡"}
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def place(tmp_path: Path, monkeypatch) -> Callable[[str], Path]:
    """Where the file dialog says that the next file goes."""

    def goes_to(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(layer_export_desk, "ask_save", lambda *_asked: path)
        return path

    return goes_to


def answer(steps: Callable[[LayerExportDialog], None]) -> list[str]:
    """What to do in the dialog that opens next; what it said when it was agreed to."""
    said: list[str] = []

    def reply() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, LayerExportDialog):
            QTimer.singleShot(10, reply)  # a menu is open still
            return
        steps(dialog)
        said.extend([dialog.note.text(), dialog.take.text()])
        QTest.mouseClick(dialog.take if dialog.take.isEnabled() else dialog, LEFT)
        if dialog.isVisible():
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, reply)
    return said


def choose(dialog: LayerExportDialog, words: str) -> None:
    """Click the choice that says `words`, or take that kind of file."""
    buttons = [*dialog.scopes.buttons(), *dialog.profiles.buttons()]
    found = next((one for one in buttons if one.text().startswith(words)), None)
    if found is not None:
        QTest.mouseClick(found, LEFT, NONE, QPoint(8, found.height() // 2))
        return
    at = next(at for at in range(dialog.files.count()) if dialog.files.itemText(at).startswith(words))
    dialog.files.setFocus()
    while dialog.files.currentIndex() != at:
        QTest.keyClick(dialog.files, Qt.Key.Key_Down if dialog.files.currentIndex() < at else Qt.Key.Key_Up)


def right_click(hands: Hands, layer: str, words: str) -> None:
    """The real menu of the tree, at the layer's row; its entry is clicked."""
    tree = hands.window.layers.tree
    row = hands.window.layers.rows()[layer]
    tree.scrollToItem(row)
    spot = tree.visualItemRect(row).center()

    def pick() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text() == words)
        QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())

    QTimer.singleShot(0, pick)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.RightButton, NONE, spot)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, tree.viewport().mapToGlobal(spot))
    QApplication.sendEvent(tree.viewport(), asked)  # what the window system makes of the button


def ended(hands: Hands) -> None:
    until(lambda: not hands.window.handlers.exporting.busy, "the export")


def test_a_layer_is_handed_over_from_its_menu(sit_down, demo_path: Path, place, monkeypatch):
    hands: Hands = sit_down(demo_path)
    zone = on_disk(demo_path, "danger_zone")[0]
    hands.window.session.apply(
        change_values(hands.window.session.workspace.definitions, [zone], {"remark": "# $ \\ <script> 㐂𠮷"})
    )
    path = place("危险区 & 公开.shp")
    said = answer(lambda dialog: choose(dialog, "Shapefile，GB18030"))
    right_click(hands, "danger_zone", "导出……")
    until(path.exists, "an exported file")
    ended(hands)
    assert said[0].startswith("不写这些列：巡查责任人、巡查责任人电话。")
    assert said[1] == "导出这 8 个……"
    found = pyogrio.read_dataframe(path)
    assert len(found) == 8
    assert "# $ \\ <script> 㐂𠮷" in set(found["备注"])
    assert "巡查责任人" not in found.columns
    assert any(one.startswith("已导出 8 个要素到 危险区 & 公开.shp。") for one in hands.bars())
    opened: list[Path] = []
    monkeypatch.setattr(layer_export_desk, "show_in_system", opened.append)
    hands.press("打开文件夹")
    assert opened == [path.parent]
    entry = on_disk(demo_path, "export_log")[-1]
    assert (entry["file_name"], entry["features"], entry["profile"]) == (path.name, 8, "公开")
    assert (entry["personal_data"], entry["coordinates"]) == (False, True)


def test_only_what_is_chosen_leaves_for_a_phone(hands: Hands, work: Path, place):
    ws = hands.window.session.workspace
    hands.window.session.apply(create_feature(ws.definitions, "danger_zone", box(*at(0, 0), *at(50, 50)), ZONE_TOO))
    chosen = on_disk(work, "danger_zone")[0]
    hands.window.session.select([("danger_zone", chosen.uid)])
    hands.window.layers.set_current("danger_zone")
    path = place("给手机.kml")

    def steps(dialog: LayerExportDialog) -> None:
        choose(dialog, "KML")
        assert dialog.scope == "chosen", "who has chosen some means these"
        assert (dialog.epsg, dialog.crs.isEnabled()) == (4326, False)
        dialog.receiver.setFocus()
        QTest.keyClicks(dialog.receiver, "Shifan Unit")

    said = answer(steps)
    hands.window.center.run("file.export")
    until(path.exists, "an exported file")
    ended(hands)
    assert said[1] == "导出这 1 个……"
    assert pyogrio.read_info(path)["features"] == 1
    assert on_disk(work, "export_log")[-1]["recipient"] == "Shifan Unit"


def test_homes_do_not_leave_in_public_and_a_list_without_places_does(hands: Hands, work: Path, place):
    ws = hands.window.session.workspace
    values = {"id": "SL-H-0001", "head": "乙某某", "people": 3}
    hands.window.session.apply(create_feature(ws.definitions, "household", Point(*at(10, 10)), values))
    hands.window.layers.set_current("household")
    path = place("住户.csv")
    said = answer(lambda _dialog: None)
    hands.window.center.run("layer.export")
    assert said[0].startswith("这一层的位置就是住址")
    assert not path.exists()
    assert not on_disk(work, "export_log")
    answer(lambda dialog: choose(dialog, "CSV，UTF-8"))
    hands.window.center.run("layer.export")
    until(path.exists, "an exported list")
    ended(hands)
    text = path.read_text(encoding="utf-8-sig")
    assert "SL-H-0001" in text
    assert "乙某某" not in text
    assert not {"X（北）", "经度"} & set(next(csv.reader([text.splitlines()[0]])))


def test_what_can_not_be_written_is_said_and_nothing_is_left(hands: Hands, work: Path, place, tmp_path):
    hands.window.layers.set_current("danger_zone")
    place(work.name)
    answer(lambda _dialog: None)
    hands.window.center.run("layer.export")
    assert any("是工作文件，不能盖掉" in one for one in hands.bars())
    (tmp_path / "挡路").write_text("x", encoding="utf-8")
    place("挡路/危险区.gpkg")
    answer(lambda _dialog: None)
    hands.window.center.run("layer.export")
    ended(hands)
    until(lambda: any("没有写成 危险区.gpkg" in one for one in hands.bars()), "the refusal")
    assert on_disk(work, "danger_zone")


def test_an_export_is_stopped_and_leaves_nothing(hands: Hands, work: Path, district, place, tmp_path):
    hands.window.layers.set_current("danger_zone")
    path = place("危险区.dxf")
    answer(lambda dialog: choose(dialog, "DXF"))
    hands.window.center.run("layer.export")
    exporting = hands.window.handlers.exporting
    exporting.strip.show()
    hands.press("停下", exporting.strip)
    ended(hands)
    until(lambda: any("导出停下了" in one for one in hands.bars()), "the word about it")
    assert not path.exists()
    assert not list(tmp_path.glob(".*.part"))
    assert not exporting.strip.isVisible()
    # One that goes on while another file is opened is entered where its features are.
    other = tmp_path / "外局.gpkg"
    fresh_workspace(other, district).close()
    answer(lambda _dialog: None)
    hands.window.center.run("layer.export")
    assert hands.window.handlers.files.open_path(other)
    ended(hands)
    until(lambda: any("记进了 本局 2026.gpkg 的导出登记" in one for one in hands.bars()), "what was exported")
    assert [one.text("file_name") for one in on_disk(work, "export_log")] == [path.name]
    assert not on_disk(other, "export_log")


def test_an_empty_layer_says_so(hands: Hands):
    hands.window.handlers.exporting.ask("shelter")
    assert any("还没有要素可以导出" in one for one in hands.bars())


def test_the_command_line_exports_and_registers(demo_path: Path, tmp_path: Path):
    path = tmp_path / "出" / "易发区.geojson"
    result = run("export", demo_path, "易发区", path)
    assert result.returncode == 0, result.stderr
    assert "已导出 10 个要素到" in result.stdout
    assert pyogrio.read_info(path)["crs"] == "EPSG:4326"
    assert on_disk(demo_path, "export_log")[-1]["file_name"] == path.name
    again = run("export", demo_path, "易发区", path)
    assert again.returncode == 2
    assert "已经有了，没有盖掉" in again.stderr
    people = run("export", demo_path, "责任人", tmp_path / "人.xlsx")
    assert (people.returncode, people.stdout) == (2, "")
    assert "整层都是个人信息" in people.stderr
    one = run("export", demo_path, "隐患点", tmp_path / "点.csv", "--only", "WD-D-0001", "--crs", "4490", "--internal")
    assert one.returncode == 2, "an unknown word is no export"
    one = run(
        *("export", demo_path, "隐患点", tmp_path / "点.csv", "--only", "WD-D-0001", "--crs", "4490"),
        *("--profile", "internal"),
    )
    assert one.returncode == 0, one.stderr
    rows = list(csv.DictReader((tmp_path / "点.csv").open(encoding="utf-8-sig", newline="")))
    assert len(rows) == 1
    assert 106 < float(rows[0]["经度"]) < 107
