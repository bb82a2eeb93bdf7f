"""An officer checks the work: finds, sees what would mend it, takes it, undoes it, sets a reminder aside."""

from pathlib import Path

import openpyxl
import pytest
import shapely
from hands import Hands, on_disk, until
from office import ZONE, at
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


@pytest.fixture
def checked(work: Path, sit_down) -> Hands:
    """The office with a gap between two zones, and a reminder; everything has been checked."""
    with Workspace.open(work) as ws:
        beside = shapely.box(ZONE[1][0] + 0.6, ZONE[1][1], ZONE[1][0] + 500, ZONE[2][1])
        values = {"id": "SL-W-0002", "hazard_type": "崩塌"}
        ws.apply(create_feature(ws.definitions, "danger_zone", beside, values))
    hands = sit_down(work)
    hands.key(Qt.Key.Key_F9)
    until(lambda: hands.window.handlers.checks.done and not hands.window.handlers.checks.busy, "checked")
    return hands


def rules(hands: Hands) -> list[str]:
    return [one.rule for one in hands.window.checks.findings]


def go_to(hands: Hands, rule: str) -> None:
    panel = hands.window.checks
    for _step in range(len(panel.findings) + 1):
        hands.key(Qt.Key.Key_F8)
        if panel.current.rule == rule:
            return
    pytest.fail(f"{rule} is not among {rules(hands)}")


def settle(hands: Hands) -> None:
    until(lambda: not hands.window.handlers.checks.busy, "the checks rest")


def said(hands: Hands) -> list[str]:
    return [one.text() for one in hands.window.checks.findChildren(QLabel) if one.isVisible()]


def test_a_gap_is_shown_mended_and_undone(checked: Hands, work: Path):
    go_to(checked, "danger_zone_gap")
    marks = checked.window.handlers.checks.marks
    assert any("+600 m²" in words for words in said(checked))
    assert marks.proposal
    area = sum(one.geometry.area for one in on_disk(work, "danger_zone"))
    checked.press("采用：对齐共用边", checked.window.checks)
    settle(checked)
    assert "danger_zone_gap" not in rules(checked)
    assert sum(one.geometry.area for one in on_disk(work, "danger_zone")) == pytest.approx(area + 600, abs=1)
    assert not marks.proposal
    checked.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(checked)
    assert "danger_zone_gap" in rules(checked)


def test_what_is_drawn_is_checked_by_itself(hands: Hands):
    hands.draw(Qt.Key.Key_P, [at(2200, 600), at(3200, 700), at(3100, 1700), at(2100, 1600)])
    until(lambda: "danger_zone_sign" in rules(hands), "the new zone's finding")
    assert {one.uid for one in hands.window.checks.findings if one.rule == "danger_zone_sign"} == {
        hands.window.session.selection[0][1]
    }
    hands.key(Qt.Key.Key_Delete)
    until(lambda: not rules(hands) or "danger_zone_sign" not in rules(hands), "its findings go with it")


def test_a_reminder_is_set_aside_with_a_reason_and_taken_back(checked: Hands):
    go_to(checked, "danger_zone_sign")
    panel = checked.window.checks
    key = panel.current.key

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert not dialog.yes.isEnabled()
        QTest.keyClicks(dialog.edit, "on order")
        QTest.keyClick(dialog.yes, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    row = panel._rows[key]
    checked.press("带理由搁置…", row)
    settle(checked)
    assert key not in {one.key for one in panel.findings}
    checked.press("搁置 1", panel)
    assert any("on order" in words for words in said(checked))
    checked.press("恢复提醒", panel)
    settle(checked)
    assert key in {one.key for one in panel.findings}


def test_many_of_one_kind_are_mended_at_once(checked: Hands, work: Path):
    session = checked.window.session
    shapes = [shapely.Polygon([at(e, 300), at(e + 9, 300), at(e + 9.002, 300), at(e, 330)]) for e in (3000, 3050, 3100)]
    made = [Feature("key_area", new_uid(), shape, {"name": "示例片"}) for shape in shapes]
    session.apply(Edit("导入", [inserted(one) for one in made]))
    settle(checked)
    assert rules(checked).count("duplicate_corners") == 3
    checked.press("全部去掉重复拐点 3 处", checked.window.checks)
    settle(checked)
    assert "duplicate_corners" not in rules(checked)
    assert {shapely.get_num_coordinates(one.geometry) for one in on_disk(work, "key_area")} == {4}
    assert session.workspace.undo_words() == "去掉重复拐点（3 处）"


def test_the_layer_tree_and_the_map_mark_what_was_found(checked: Hands):
    window = checked.window
    assert "错误" in window.layers.rows()["danger_zone"].toolTip(1)
    marks = window.handlers.checks.marks
    assert any(one.layer == "danger_zone" for one, _x, _y in marks.in_sight(window.map.canvas.viewport))
    window.layers.asked.emit("findings", "danger_zone")
    assert {one.layer for one in window.checks.shown()} == {"danger_zone"}


def test_the_list_is_handed_out_as_a_sheet(checked: Hands, tmp_path: Path):
    path = tmp_path / "检查.xlsx"
    checked.window.handlers.checks.sheet.export_to(path)
    until(path.exists, "the sheet")
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(checked.window.checks.shown())
    assert {row[1] for row in rows} <= {"错误", "提醒", "说明"}


def test_a_large_workspace_is_checked_in_a_process_of_its_own_and_can_be_stopped(hands: Hands, monkeypatch):
    from geohazard_desktop.desktop.checking import runs as checks_runs

    monkeypatch.setattr(checks_runs, "MANY", 0)
    desk, panel = hands.window.handlers.checks, hands.window.checks
    hands.key(Qt.Key.Key_F9)
    hands.press("停下", panel)
    settle(hands)
    assert not desk.done
    assert any("检查停下了" in words for words in hands.bars())
    hands.key(Qt.Key.Key_F9)
    until(lambda: desk.done and not desk.busy, "checked")
    assert "danger_zone_sign" in rules(hands)


def test_a_sign_on_the_map_leads_to_its_finding(checked: Hands):
    window = checked.window
    finding, x, y = window.handlers.checks.marks.in_sight(window.map.canvas.viewport)[0]
    place = window.map.canvas.viewport.to_map(x, y)
    window.handlers.canvas_menu(checked.canvas.mapToGlobal(checked.canvas.rect().center()), *place)
    menu = window.handlers._menu
    action = next(one for one in menu.actions() if one.text() == f"检查：{finding.sentence}")
    action.trigger()
    menu.close()
    assert window.checks.current == finding
    assert window.side.currentWidget() is window.checks


def test_a_name_in_a_public_field_is_found_and_the_form_or_the_settings_open_there(checked: Hands, work: Path):
    session = checked.window.session
    zone = session.workspace.table("danger_zone").feature(0)
    session.apply(create_feature(session.workspace.definitions, "person", None, {"name": "王示例"}))
    session.apply(change_values(session.workspace.definitions, [zone], {"reason": "王示例家屋后开裂"}))
    settle(checked)
    go_to(checked, "personal_data")
    assert any("划定理由里有人名“王示例”" in words for words in said(checked))
    panel = checked.window.checks
    checked.press("打开这一栏", panel._rows[panel.current.key])
    form = checked.window.form
    assert checked.window.side.currentWidget() is form
    assert session.selection == [("danger_zone", zone.uid)]
    editor = form.editor("reason")
    assert QApplication.focusWidget() in (editor.input, *editor.input.findChildren(QWidget))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "slope")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert {one.text("reason") for one in on_disk(work, "danger_zone") if one.uid == zone.uid} == {"slope"}
    settle(checked)
    assert "personal_data" not in rules(checked)
    go_to(checked, "office_settings")
    key, at_once = panel.current.about, []

    def look() -> None:
        (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, SettingsDialog))
        at_once.append(dialog.focusWidget() is dialog.lines[key][1])
        dialog.reject()

    QTimer.singleShot(0, look)
    checked.press("在单位设置里填…", panel._rows[panel.current.key])
    assert at_once == [True], "the settings open at the one that lacks"
