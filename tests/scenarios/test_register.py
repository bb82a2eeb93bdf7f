"""The register as the office uses it: rows found, ordered, filtered, seen on the map; cells edited, copied, pasted."""

from pathlib import Path

import pytest
from hands import CONTROL, LEFT, Hands, on_disk, until
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from geohazard_desktop.desktop.register import exporting as register_exporting
from geohazard_desktop.desktop.register.export_dialog import ExportDialog
from geohazard_desktop.desktop.register.model import LATE
from geohazard_desktop.desktop.register.paste_dialog import PasteDialog
from geohazard_desktop.workspace.register_query import Among, Between

pytestmark = pytest.mark.window
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Table:
    """What the eyes and hands do at the table."""

    def __init__(self, hands: Hands, layer: str) -> None:
        self.window = hands.window
        self.hands = hands
        self.panel = hands.window.register
        self.view, self.model = self.panel.view, self.panel.model
        hands.window.layers.set_current(layer)
        hands.key(Qt.Key.Key_F4)
        hands.window.resizeDocks([hands.window.docks["register"]], [430], Qt.Orientation.Vertical)
        hands.settle()

    def column(self, key: str) -> int:
        return next(place for place, one in enumerate(self.model.columns) if one.key == key)

    def words(self, key: str) -> list[str]:
        column = self.model.columns[self.column(key)]
        return [self.model.words(row, column) for row in range(self.model.rowCount())]

    def names(self) -> list[str]:
        return [self.model.title(row)[0] for row in range(self.model.rowCount())]

    def place(self, row: int, key: str) -> QPoint:
        index = self.model.index(row, self.column(key))
        self.view.scrollTo(index)
        QApplication.processEvents()
        return self.view.visualRect(index).center()

    def click(self, row: int, key: str, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, held, self.place(row, key))

    def click_head(self, key: str, held: Qt.KeyboardModifier = NONE) -> None:
        self.place(0, key)
        head = self.view.head
        QTest.mouseClick(
            head.viewport(), LEFT, held, QPoint(head.sectionViewportPosition(self.column(key)) + 20, head.height() // 2)
        )

    def tick(self, row: int, held: Qt.KeyboardModifier = NONE) -> None:
        frozen = self.view.frozen
        box = self.view.delegate.box(frozen.visualRect(self.model.index(row, 0)))
        QTest.mouseClick(frozen.viewport(), LEFT, held, box.center())

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view, key, held)
        QApplication.processEvents()

    def editor(self) -> QWidget:
        """Where the keys go while a cell is edited."""
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus is not self.view, "no cell is being edited"
        return focus

    def type_over(self, text: str, end: Qt.Key) -> None:
        editor = self.editor()
        QTest.keyClick(editor, Qt.Key.Key_A, CONTROL)
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, end)
        QApplication.processEvents()


@pytest.fixture
def table(sit_down, demo_path: Path) -> Table:
    return Table(sit_down(demo_path), "hazard_point")


def test_rows_are_found_sorted_and_filtered(table: Table):
    panel = table.panel
    total = table.model.total
    assert panel.count.text() == f"{total} 行"
    table.hands.come_forward()
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "wetnsl")
    assert panel.count.text().startswith(f"显示 0 / {total} 行")
    assert panel.empty_clear.isVisible()
    assert "没有找到“wetnsl”" in panel.empty_words.text()
    QTest.mouseClick(panel.empty_clear, LEFT)
    assert table.model.rowCount() == total
    QTest.keyClicks(panel.search, "wetnsl"[:4])  # 乌尔特泥… by initials
    QTest.keyClick(panel.search, Qt.Key.Key_Backspace)
    assert table.names() == ["乌尔特河泥石流"]
    panel.search.clear()


def test_rows_are_ordered_by_several_columns(table: Table):
    table.click_head("hazard_type")
    table.click_head("threatened_people", SHIFT)
    kinds, people = table.words("hazard_type"), table.words("threatened_people")
    listed = list(table.model.definition.by_name["hazard_type"].values)
    assert kinds == sorted(kinds, key=listed.index)
    first = [int(number) for kind, number in zip(kinds, people, strict=True) if kind == kinds[0]]
    assert first == sorted(first)
    assert dict(table.view.head.sorted) == {
        table.column("hazard_type"): (1, False),
        table.column("threatened_people"): (2, False),
    }


def test_a_column_is_filtered_and_the_filter_kept_under_a_name(table: Table):
    panel, head, total = table.panel, table.view.head, table.model.total
    table.place(0, "threatened_people")
    QTest.mouseClick(head.viewport(), LEFT, NONE, head.funnel(table.column("threatened_people")).center())
    popover = panel.filters.popover
    assert popover is not None
    popover.low.setText("五十")
    QTest.keyClick(popover.low, Qt.Key.Key_Return)
    assert "应是数字" in popover.fault.text()
    popover.low.clear()
    QTest.keyClicks(popover.low, "50")
    QTest.keyClick(popover.low, Qt.Key.Key_Return)
    assert panel.state.conditions == [Between("threatened_people", 50.0, None)]
    assert all(int(one) >= 50 for one in table.words("threatened_people"))
    panel.filters.open(table.column("hazard_type"))
    popover = panel.filters.popover
    told = [popover.values.item(row).text() for row in range(popover.values.count())]
    assert told, "values with their counts under the other filter"
    QTest.mouseClick(popover.take, LEFT)
    assert len(panel.state.conditions) == 1, "all values ticked asks nothing"
    panel.state.put("hazard_type", Among("hazard_type", ("泥石流",)))
    panel.filters.keep("大的泥石流")
    panel.arrange()
    panel.filters.keep("大的泥石流")
    shown = table.names()
    panel.clear_filters()
    assert table.model.rowCount() == total
    panel.filters.use(panel.filters.saved()[0])
    assert table.names() == shown
    assert panel.liked.registers["hazard_point"]["filters"][0]["title"] == "大的泥石流"


def test_table_and_map_are_one_selection(table: Table):
    session, window = table.window.session, table.window
    uids = [table.model.uid(row) for row in range(4)]
    table.click(1, "hazard_type")
    assert session.selection == [("hazard_point", uids[1])]
    table.click(3, "hazard_type", SHIFT)
    assert [uid for _layer, uid in session.selection] == uids[1:4]
    assert len(window.map.canvas.selected) == 3
    table.tick(2)
    assert {uid for _layer, uid in session.selection} == {uids[1], uids[3]}
    table.tick(0)
    table.tick(3, SHIFT)
    assert {uid for _layer, uid in session.selection} == set(uids)
    session.select([("hazard_point", uids[2])])
    assert table.panel.chosen_uids() == [uids[2]]
    assert table.view.currentIndex().row() == 2
    QTest.mouseClick(table.panel.only_chosen, LEFT)
    assert table.model.rowCount() == 1
    session.select([("hazard_point", uid) for uid in uids[:2]])
    assert table.model.rowCount() == 2
    QTest.mouseClick(table.panel.only_chosen, LEFT)
    table.key(Qt.Key.Key_A, CONTROL)
    assert len(session.selection) == table.model.total
    before = len(on_disk(session.workspace.path, "hazard_point"))
    table.key(Qt.Key.Key_Delete)
    assert len(on_disk(session.workspace.path, "hazard_point")) == before, "Delete in the table takes nothing away"
    table.window.map.look_at_keys([("hazard_point", uids[0])])
    table.hands.settle()
    QTest.mouseClick(table.panel.only_in_sight, LEFT)
    assert uids[0] in table.model.uids_of(range(table.model.rowCount()))
    assert table.model.rowCount() < table.model.total


def test_a_cell_is_edited_like_a_spreadsheets(table: Table):
    path = table.window.session.workspace.path
    row, key = 3, "threatened_people"

    def stored() -> list[object]:
        return [one["threatened_people"] for one in on_disk(path, "hazard_point")]

    before = stored()
    table.click(row, key)
    table.key(Qt.Key.Key_F2)
    table.type_over("-5", Qt.Key.Key_Return)
    assert stored() == before
    editor = table.editor()
    assert editor.property("wrong") is True, "what can't stand stays in the cell, marked"
    table.type_over("77", Qt.Key.Key_Return)
    assert stored()[row] == 77
    assert (table.view.currentIndex().row(), table.view.currentIndex().column()) == (row + 1, table.column(key))
    assert table.words(key)[row] == "77"
    QTest.keyClicks(table.view, "8")  # a digit begins the next cell's number
    table.type_over("88", Qt.Key.Key_Tab)
    assert stored()[row + 1] == 88
    assert table.view.currentIndex().column() == table.column("threatened_property_wan")
    table.key(Qt.Key.Key_F2)
    QTest.keyClicks(table.editor(), "9")
    QTest.keyClick(table.editor(), Qt.Key.Key_Escape)
    assert table.words("threatened_property_wan")[row + 1] != "9", "Esc takes the typing back"

    table.click(row, key)
    table.click(row + 3, key, SHIFT)
    table.key(Qt.Key.Key_D, CONTROL)
    assert stored()[row : row + 4] == [77] * 4
    QApplication.processEvents()
    until(lambda: "格" in table.panel.statistics.text())
    table.window.center.run("edit.undo")
    assert stored()[row : row + 3] == [77, 88, before[row + 2]], "one undo"
    assert table.words(key)[row + 1] == "88", "the table follows"


def test_a_column_from_a_spreadsheet_is_shown_before_it_is_taken(table: Table):
    path = table.window.session.workspace.path
    key = "threatened_people"
    before = [one[key] for one in on_disk(path, "hazard_point")]
    table.click(0, key)
    QGuiApplication.clipboard().setText(f"威胁人数\r\n11\r\n很多\r\n{before[2]}\r\n1,234\r\n")
    seen: list[str] = []

    def reply() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PasteDialog)
        seen.extend([dialog.headline.text(), dialog.rest.text(), dialog.list.topLevelItem(0).text(3)])
        QTest.mouseClick(dialog.take, LEFT)

    QTimer.singleShot(0, reply)
    table.key(Qt.Key.Key_V, CONTROL)
    assert seen[0] == "会改 2 格：威胁人数"
    assert "1 格已经是这个值" in seen[1]
    assert "1 格填不进去" in seen[1]
    assert "应是整数" in seen[2]
    after = [one[key] for one in on_disk(path, "hazard_point")]
    assert after[:4] == [11, before[1], before[2], 1234]
    assert after[4:] == before[4:]
    table.window.center.run("edit.undo")
    assert [one[key] for one in on_disk(path, "hazard_point")] == before

    table.click(0, key)
    table.click(1, key, SHIFT)
    table.key(Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().split("\r\n")
    assert lines[0].split("\t")[:2] == ["编号", "名称"]
    assert lines[1].split("\t")[0] == "WD-D-0001"
    assert len(lines) == 4
    assert "含个人信息：" in table.panel.statistics.text()
    assert "监测人" in table.panel.statistics.text()
    table.key(Qt.Key.Key_C, CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text() == f"{before[0]}\r\n{before[1]}\r\n"


def test_what_is_locked_says_why_and_records_without_a_place_have_a_table(table: Table):
    panel = table.panel
    panel.show_layer("danger_zone")
    table.click(0, "state")
    table.key(Qt.Key.Key_F2)
    assert "过程登记" in panel.statistics.text()
    panel.show_layer("zone_event")
    assert table.model.rowCount() > 0
    table.click(0, "document_no")
    table.key(Qt.Key.Key_F2)
    assert "只增不减" in panel.statistics.text()
    assert not panel.only_in_sight.isEnabled()
    assert not any(one == "（已不在）" for one in table.words("danger_zone"))
    panel.show_layer("household_member")
    assert table.names()
    assert panel.layers.currentText().startswith("家庭成员")


def test_columns_are_chosen_and_stay_chosen(table: Table, sit_down, demo_path: Path):
    panel = table.panel
    panel.choose_columns(["name", "threatened_people", "hazard_type"])
    table.view.setColumnWidth(table.column("hazard_type"), 222)
    assert [panel.model.columns[one].key for one in table.view.shown_columns()] == [
        "name",
        "threatened_people",
        "hazard_type",
    ]
    again = Table(sit_down(demo_path), "hazard_point")
    assert again.panel.columns.shown() == ["name", "threatened_people", "hazard_type"]
    assert again.view.columnWidth(again.column("hazard_type")) == 222
    again.panel.show_layer("danger_zone")
    again.panel.choose_columns([*again.panel.columns.shown(), "@area"])
    area = [float(one.replace("\u2009", "")) for one in again.words("@area")]
    assert all(one > 0 for one in area)
    again.panel.order_by("@area", down=True)
    assert [float(one.replace("\u2009", "")) for one in again.words("@area")] == sorted(area, reverse=True)


def test_what_is_overdue_is_marked_counted_and_listed(table: Table, tmp_path: Path):
    import openpyxl

    from geohazard_desktop.exchange.register_export import export_register

    panel, model = table.panel, table.model  # the demo's patrols and cards are of 2025
    late = [row for row in range(model.rowCount()) if model.index(row, 0).data(LATE) == "逾期"]
    assert 0 < len(late) < model.total
    cycle = table.column("monitoring_cycle")
    cell = model.index(late[0], cycle)
    assert cell.data(LATE).startswith("逾期 ")
    assert "按监测周期应在" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert "明白卡第 1 版" in model.index(late[0], 0).data(Qt.ItemDataRole.ToolTipRole), "the row's name tells all"
    assert panel.only_late.text() == f"逾期 {len(late)}"
    QTest.mouseClick(panel.only_late, LEFT)
    assert model.rowCount() == len(late)
    assert panel.count.text().startswith(f"显示 {len(late)} / {model.total} 行")
    table.click(0, "monitoring_cycle")
    table.click(1, "monitoring_cycle", SHIFT)
    until(lambda: "2 行有逾期的事" in panel.statistics.text(), "statistics of the cells")
    dialog = ExportDialog("隐患点", {"all": 0, "shown": 0, "chosen": 0}, [], [], personal_layer=False, parent=panel)
    export_register(table.window.session.workspace, panel.exporting.order(dialog), tmp_path / "逾期.xlsx")
    column = list(openpyxl.load_workbook(tmp_path / "逾期.xlsx")["隐患点"].columns)[-1]
    assert column[0].value == "逾期"
    assert sum("已过" in (one.value or "") for one in column[1:]) == len(late)
    panel.clear_filters()
    panel.show_layer("danger_zone")
    (row,) = [row for row in range(model.rowCount()) if model.index(row, 0).data(LATE)]
    assert model.title(row)[0] == "黄白茨地裂缝"
    assert "警示标志应在" in model.index(row, table.column("state")).data(Qt.ItemDataRole.ToolTipRole)
    panel.show_layer("road")
    assert not panel.only_late.isVisible()


def test_the_filtered_rows_leave_as_a_workbook_and_are_registered(table: Table, tmp_path: Path, monkeypatch):
    import openpyxl

    panel = table.panel
    panel.search.setText("泥石流")
    table.tick(0)
    seen: list[str] = []
    out = tmp_path / "交给别人.xlsx"
    monkeypatch.setattr(register_exporting, "ask_save", lambda *_asked: out)

    def reply() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        seen.append(dialog.note.text())
        public = next(one for one in dialog.profiles.buttons() if one.text() == "公开")
        QTest.mouseClick(public, LEFT, NONE, QPoint(8, public.height() // 2))
        seen.extend([dialog.note.text(), dialog.take.text(), dialog.scope])
        QTest.mouseClick(dialog.take, LEFT)

    QTimer.singleShot(0, reply)
    QTest.mouseClick(panel.export_button, LEFT)
    until(lambda: out.exists() and not panel.exporting.busy, "an exported file")
    assert seen[0].startswith("含个人信息：")
    assert seen[1].startswith("公开的表里没有这些列：")
    assert seen[2:] == [f"导出这 {table.model.rowCount()} 行……", "shown"]
    sheet = openpyxl.load_workbook(out)["隐患点"]
    assert [cell.value for cell in sheet["B"]][1:] == table.names()
    assert "监测人" not in [cell.value for cell in sheet[1]]
    entry = on_disk(table.window.session.workspace.path, "export_log")[-1]
    assert (entry.text("file_name"), entry["personal_data"], entry["features"]) == (out.name, False, len(table.names()))
    assert any("已导出" in one for one in table.hands.bars())
