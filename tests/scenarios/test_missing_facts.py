"""What every paper prints is asked for when a file is new, and what is missing is said by name before printing."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, until
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shapely import Point

from geohazard_desktop.desktop.new_dialog import NewDialog
from geohazard_desktop.desktop.papers.subject_model import NAME, NUMBER, STATE
from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    """The small office: two households, nobody wrote down a signal."""
    with Workspace.open(work) as ws:
        for layer, field, value in (("setting", "value", None), ("danger_zone", "warning_signal", None)):
            for one in ws.find("setting", "key", "signal.text") if layer == "setting" else ws.table(layer):
                ws.apply(change_values(ws.definitions, [one], {field: value}))
        (zone,) = ws.table("danger_zone")
        place = zone.geometry.representative_point()
        for number in (1, 2):
            values = {"id": f"SL-H-000{number}", "head": f"钱示例{number}"}
            ws.apply(create_feature(ws.definitions, "household", Point(place.x + number, place.y), values))
    return sit_down(work)


def test_a_new_file_asks_for_what_every_paper_prints(hands: Hands, tmp_path: Path) -> None:
    dialog = NewDialog(hands.window)
    dialog.show()
    assert dialog.lines["office.name"].text()
    assert dialog.lines["duty.phone"].text()
    assert dialog.lines["signal.text"].text() == "", "nothing is made up"
    assert dialog.empty.isVisibleTo(dialog)
    assert dialog.empty.text().startswith("预警信号空着")
    dialog.lines["signal.text"].setFocus()
    QTest.keyClicks(dialog.lines["signal.text"], "gong")
    assert not dialog.empty.isVisibleTo(dialog)
    dialog.place.setText(str(tmp_path / "新.gpkg"))
    QTest.mouseClick(dialog.make, LEFT, Qt.KeyboardModifier.NoModifier)
    assert dialog.district is not None
    assert dialog.district.text("signal.text") == "gong"
    assert dialog.district.settings["signal.text"].source == "新建时填写"
    assert "预案" in dialog.district.settings["duty.phone"].source, "what nobody changed keeps its source"


def test_the_list_says_by_name_what_most_papers_lack(hands: Hands) -> None:
    table = hands.window.publish.subject_table
    for command, told in (
        ("publish.cards_household", "2 张缺预警信号、"),
        ("publish.stickers_household", "2 张缺预警信号"),
    ):
        hands.window.center.run(command)
        until(lambda: table.model.lacking and not table.looker.busy, "what lacks")
        assert table.lacks.words.text().startswith(told), table.lacks.words.text()
        assert table.lacks.isVisibleTo(table)
        assert "预警信号：2 张" in table.lacks.words.toolTip()
    hands.window.center.run("publish.cards_household")
    until(lambda: table.lacks.fill.isVisibleTo(table) and not table.looker.busy, "what the settings could say")
    assert table.lacks.fill.toolTip().startswith("单位设置里没有：预警信号、发放单位负责人、发放单位联系电话。")
    asked: list[str] = []

    def write_it() -> None:
        (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, SettingsDialog))
        asked.extend(key for key, (_row, line, _source) in dialog.lines.items() if line is dialog.focusWidget())
        for key, words in (
            ("signal.text", "连续敲锣"),
            ("issuer.contact", "吴示例"),
            ("issuer.phone", "139 0000 0008"),
        ):
            dialog.lines[key][1].setText(words)
        QTest.mouseClick(dialog.take, LEFT, Qt.KeyboardModifier.NoModifier)

    QTimer.singleShot(0, write_it)
    QTest.mouseClick(table.lacks.fill, LEFT, Qt.KeyboardModifier.NoModifier)
    assert asked == ["signal.text"], "begun at what lacks"
    until(lambda: not table.lacks.fill.isVisibleTo(table), "nothing that the settings could say")
    table.choose([])
    assert not table.lacks.isVisibleTo(table)


def test_street_sheets_without_outlines_go_by_the_register_and_say_so(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = hands.window.session.workspace
    zones = list(ws.table("danger_zone"))
    assert not ws.count("subdistrict")
    asked: list[str] = []
    hands.window.center.run("publish.map_street")
    table = hands.window.publish.subject_table
    table.import_asked.connect(asked.append)
    monkeypatch.setattr("geohazard_desktop.desktop.files.ask_open", lambda *_args: None)
    until(lambda: table.nothing.isVisibleTo(table), "the sentence")
    assert "也没有登记属于哪个街道（镇）" in table.nothing.told.text()
    assert not table.table.isVisibleTo(table)
    QTest.mouseClick(table.nothing.get, LEFT, Qt.KeyboardModifier.NoModifier)
    assert asked == ["subdistrict"]
    ws.apply(change_values(ws.definitions, zones, {"subdistrict": "北坡镇"}))
    until(lambda: [one.name for one in table.model.rows] == ["北坡镇"], "the 镇 that the zone names")
    assert table.table.isVisibleTo(table)
    assert table.nothing.told.text().startswith("街道（镇）的界线没有载入，图的范围按登记的隐患点和危险区")
    row = table.table.visualRect(table.model.index(0, NAME))
    QTest.mouseClick(table.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, row.center())
    QTest.mouseDClick(table.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, row.center())
    assert hands.window.session.selection == [("danger_zone", one.uid) for one in zones], "what of it the map shows"
    hands.window.center.run("publish.map_zone")
    until(lambda: table.model.rows, "the zones")
    assert not table.nothing.isVisibleTo(table)


def test_a_long_name_leaves_the_number_in_sight(hands: Hands) -> None:
    hands.window.resize(1366, 768)
    ws = hands.window.session.workspace
    name = "五虎山街道办事处北侧的很长很长的名称的危险区" * 3
    ws.apply(change_values(ws.definitions, list(ws.table("danger_zone")), {"name": name}))
    hands.window.center.run("publish.map_zone")
    table = hands.window.publish.subject_table
    until(lambda: [one.name for one in table.model.rows] == [name], "the zone")
    (row,) = table.model.rows
    assert row.number
    cell = table.table.visualRect(table.model.index(0, NUMBER))
    assert cell.width() > table.table.fontMetrics().horizontalAdvance(row.number)
    assert cell.right() < table.table.visualRect(table.model.index(0, STATE)).left() < table.table.viewport().width()
    tip = table.model.data(table.model.index(0, NAME), Qt.ItemDataRole.ToolTipRole)
    assert name in tip
    assert row.number in tip
    table.search.setText(row.number.lower())
    assert len(table.model.shown) == 1
