"""出图与发卡: for whom, what lacks, a look before it is made, several things in one go, and what came of it."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, until
from office import at
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QWidget
from shapely import LineString, Point

from geohazard_desktop.desktop.messages_box import grouped
from geohazard_desktop.desktop.papers.publish_panel import CHOOSE, QUEUE, RESULTS
from geohazard_desktop.desktop.papers.publisher import Result
from geohazard_desktop.desktop.papers.subject_model import STATE
from geohazard_desktop.desktop.save_question import SaveQuestion
from geohazard_desktop.publishing.pictures.ground import Ground
from geohazard_desktop.workspace.backup import back_up
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace

CARDS = 3


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    """The small office with three households in two 街道."""
    with Workspace.open(work) as ws:
        (zone,) = ws.table("danger_zone")
        route = create_feature(
            ws.definitions, "evacuation_route", LineString([at(600, 2300), at(900, 2700)]), {"danger_zone": zone.uid}
        )
        ws.apply(route)
        for number, street in ((1, "东街道"), (2, "西街道"), (3, "西街道")):
            values = {"id": f"SL-H-000{number}", "head": f"钱示例{number}", "subdistrict": street}
            ws.apply(create_feature(ws.definitions, "household", Point(at(600 + 30 * number, 2300)), values))
    return sit_down(work)


def choose_households(hands: Hands) -> None:
    hands.window.center.run("publish.cards_household")
    table = hands.window.publish.subject_table
    until(lambda: table.model.lacking and not table.looker.busy, "what lacks")


def double_click(widget: QWidget, place: QPoint) -> None:
    QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, place)


def listed(hands: Hands) -> list[str]:
    return [f"{one.name}　{one.number}" for one in hands.window.publish.subject_table.model.shown]


def test_subjects_are_searched_sifted_and_ticked_and_what_lacks_is_said_before_printing(hands: Hands):
    choose_households(hands)
    panel = hands.window.publish
    table = panel.subject_table
    assert panel.go.text() == f"出 {CARDS} 份"
    assert table.model.index(0, STATE).data(Qt.ItemDataRole.DecorationRole) is not None
    assert "缺" in table.model.index(0, STATE).data(Qt.ItemDataRole.ToolTipRole)
    assert "联系电话" in table.model.index(0, STATE).data(Qt.ItemDataRole.ToolTipRole)
    assert table.model.index(0, STATE).data() == "没发过"
    QTest.keyClicks(table.search, "0002")
    assert listed(hands) == ["钱示例2　SL-H-0002"]
    assert panel.go.text() == "出 1 份", "what no hand ticked goes with the list"
    table.search.clear()
    assert panel.go.text() == f"出 {CARDS} 份"
    QTest.keyClicks(table.search, "0002")
    hands.press("全选", panel)
    assert (table.number, panel.go.text()) == (1, "出 1 份")
    table.search.clear()
    assert panel.go.text() == "出 1 份", "what a hand ticked stays"
    table.sift.setCurrentIndex(table.sift.findText("东街道"))
    assert (panel.go.text(), table.listed_choice.words.text()) == ("出 1 份", "另有 1 个勾着，没有列出")
    hands.press("只出列出的", panel)
    assert table.chosen() == [table.model.shown[0].uid]
    assert not table.listed_choice.isVisible()
    table.sift.setCurrentIndex(table.sift.findText("西街道"))
    assert len(listed(hands)) == 2
    hands.press("全选", panel)
    assert panel.go.text() == "出 2 份"
    table.table.setFocus()
    table.table.setCurrentIndex(table.model.index(0, 0))
    hands.key(Qt.Key.Key_Space, on=table.table)
    assert panel.go.text() == "出 1 份"
    hands.press("全不选", panel)
    assert not panel.go.isEnabled()
    table.sift.setCurrentIndex(0)
    middle = table.table.visualRect(table.model.index(0, 0)).center()
    double_click(table.table.viewport(), middle)
    assert hands.window.session.selection == [("household", table.model.shown[0].uid)]


def test_a_preview_leaves_no_file_and_no_row_in_the_register(hands: Hands, work: Path):
    choose_households(hands)
    window = hands.window
    before = {one.name for one in work.parent.iterdir()}
    hands.press("预览", window.publish)
    until(lambda: window.pages.currentWidget() is window.preview, "the preview")
    assert window.preview.view.mark == "预览"
    assert not window.preview.print_button.isEnabled()
    assert window.preview.view.count >= 2
    assert {one.name for one in work.parent.iterdir()} == before
    assert window.session.workspace.count("card_issue") == 0
    assert not window.publish.results


def test_the_order_list_is_made_in_one_go_and_goes_on_after_a_stop(hands: Hands, work: Path):
    window, panel = hands.window, hands.window.publish
    choose_households(hands)
    hands.press("加入队列", panel)
    window.center.run("publish.map_internal")
    hands.press("加入队列", panel)
    assert panel.pages.currentIndex() == QUEUE
    assert panel.queue.go.text() == f"全部出（{CARDS + 1} 份）"
    panel.queue.folders.setCurrentIndex(panel.queue.folders.findData("subdistrict"))
    QTest.mouseClick(panel.queue.go, LEFT)
    until(lambda: window.progress.bar.value() >= 1, "the first of them")
    QTest.mouseClick(window.progress.pause, LEFT)
    assert window.publisher.paused
    hands.press("接着出", window.progress)
    hands.press(window.progress.stop.text(), window.progress)
    until(lambda: not window.publisher.busy, "the stop")
    assert panel.queue.go.text().startswith("接着出")
    until(lambda: "还剩" in panel.queue.go.text(), "how many are left")
    assert panel.queue.left is not None
    assert 0 < panel.queue.left <= CARDS + 1
    hands.open(work)  # as after a crash: the list was kept beside the folder
    assert len(panel.queue.lines) == 2
    assert any("没有出完" in one for one in hands.bars())
    panel.turn_to(QUEUE)
    window.show_stage("publish")
    QTest.mouseClick(panel.queue.go, LEFT)
    until(lambda: panel.pages.currentIndex() == RESULTS and not window.publisher.busy, "all of them")
    folder = panel.folder()
    assert len(list(folder.rglob("*.pdf"))) == CARDS + 1
    assert (folder / "东街道" / "避险明白卡").is_dir()
    assert panel.made.table.rowCount() == CARDS + 1
    assert not panel.queue.lines
    row = next(number for number, one in enumerate(panel.made.rows) if one.uid)
    box = panel.made.table.visualItemRect(panel.made.table.item(row, 0))
    double_click(panel.made.table.viewport(), box.center())
    assert window.session.selection == [("household", panel.made.rows[row].uid)]


def test_the_queue_says_how_many_it_will_make_where_only_what_changed_is_wanted(hands: Hands):
    """All cards are issued; one telephone changes; the line is ordered again with 只出内容有变的."""
    window, panel = hands.window, hands.window.publish
    choose_households(hands)
    hands.press("出 3 份", panel)
    until(lambda: not window.publisher.busy, "three cards")
    panel.turn_to(CHOOSE)
    (box,) = [one for one in panel.findChildren(QCheckBox) if one.text() == "只出内容有变的"]
    QTest.mouseClick(box, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(8, box.height() // 2))
    assert box.isChecked()
    hands.press("加入队列", panel)
    assert panel.queue.go.text() == "全部出（最多 3 份）"
    assert panel.queue.list.item(0).text() == "防灾避险明白卡　全部住户\n3 份里变了的"
    until(lambda: panel.queue.go.text() == "全部出（要出 0 份）", "none has changed")
    ws = window.session.workspace
    house = next(iter(ws.table("household")))
    assert window.session.apply(change_values(ws.definitions, [house], {"phone": "139 0000 0055"}))
    until(lambda: panel.queue.go.text() == "全部出（要出 1 份）", "one has")


def test_a_picture_of_the_map_in_sight_waits_in_the_queue_with_what_was_in_sight(hands: Hands):
    window, panel = hands.window, hands.window.publish
    window.center.run("publish.export_view")
    seen = window.map.canvas.viewport.bounds
    hands.press("加入队列", panel)
    window.center.run("view.zoom_in")
    assert window.map.canvas.viewport.bounds != seen
    ((line, _count),) = panel.queue.lines
    ground = Ground.parse(str(line.options["ground"]))
    assert ground is not None
    assert ground.bounds == pytest.approx(seen, abs=0.001)
    QTest.mouseClick(panel.queue.go, LEFT)
    until(lambda: panel.pages.currentIndex() == RESULTS and not window.publisher.busy, "the picture")
    assert [one.suffix for one in panel.folder().rglob("*.png")] == [".png"]


def test_equal_messages_are_said_once_with_their_number():
    found = grouped(["避险明白卡 SL-H-0001：没有路线。", "避险明白卡 SL-H-0002：没有路线。", "“甲”没有编号。"])
    assert [len(one) for one in found] == [2, 1]


def answered(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    """Closing is asked about: what the questions said."""
    asked: list[str] = []

    def ask(question: SaveQuestion) -> str:
        asked.append(question.windowTitle())
        return answer

    monkeypatch.setattr(SaveQuestion, "ask", ask)
    return asked


def printing_cards(hands: Hands) -> None:
    choose_households(hands)
    QTest.mouseClick(hands.window.publish.go, LEFT)
    until(lambda: hands.window.publisher.busy, "the printing")


def test_closing_while_cards_are_printed_asks_and_what_was_stopped_goes_on_the_next_day(
    hands: Hands, sit_down, work: Path, monkeypatch: pytest.MonkeyPatch
):
    panel, stick = hands.window.publish, work.parent / "U盘"
    stick.mkdir()
    panel.print_to(stick)
    printing_cards(hands)
    QTest.mouseClick(hands.window.progress.stop, LEFT)
    until(lambda: panel.pages.currentIndex() == QUEUE, "what was stopped by hand")
    assert panel.queue.go.text().startswith("接着出")
    assert "停下了" in panel.made.title.text()
    kept = work.with_name(f"{work.stem} 出图.出图队列.json")
    assert kept.is_file()
    hands.press("清空", panel.queue)
    assert not kept.exists()
    panel.turn_to(CHOOSE)
    printing_cards(hands)
    assert not hands.window.handlers.files.open_path(work.with_name("别处.gpkg"))
    assert any("还没有出完，没有打开 别处.gpkg" in one for one in hands.bars())
    backup = hands.window.handlers.backups
    backup.restore(back_up(work, backup.folder()))
    assert any("还没有出完，没有恢复备份" in one for one in hands.bars())
    asked = answered(monkeypatch, "cancel")
    assert not hands.window.close()
    assert (asked, hands.window.publisher.busy) == (["“防灾避险明白卡”还没有出完"], True)
    answered(monkeypatch, "drop")
    assert hands.window.close()
    assert not hands.window.publisher.busy
    panel = sit_down(work).window.publish
    ((line, papers),) = panel.queue.lines
    assert (line.product, papers, panel.folder()) == ("cards_household", CARDS, stick)
    assert panel.queue.go.text().startswith("接着出")
    QTest.mouseClick(panel.queue.go, LEFT)
    until(lambda: panel.pages.currentIndex() == RESULTS, "all cards")
    panel = sit_down(work).window.publish
    assert (panel.folder(), panel.queue.lines) == (panel.home(), [])
    until(lambda: len(panel.made.earlier) == CARDS, "what lies on the stick")


def test_closing_can_wait_until_it_is_printed_but_what_has_to_be_seen_stays(
    hands: Hands, work: Path, monkeypatch: pytest.MonkeyPatch
):
    printing_cards(hands)
    window = hands.window
    answered(monkeypatch, "save")
    assert not window.close()
    until(lambda: not window.publisher.busy, "the cards, which lack something")
    QTest.qWait(50)
    assert window.isVisible()
    printing_cards(hands)
    order = window.publisher.order
    assert not window.close()
    window.publisher._end()
    window.publisher.finished.emit(Result(order, [], [], [], 0, 0.0))
    until(lambda: not window.isVisible(), "the window to close by itself")
