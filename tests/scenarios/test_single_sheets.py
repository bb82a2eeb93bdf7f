"""An officer makes the papers of one zone: chooses it in the list, sets an option, and finds the files."""

import pypdfium2
import pytest
from hands import LEFT, Hands, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geohazard_desktop.publishing.batch_state import made_before
from geohazard_desktop.publishing.product import GROUPS
from geohazard_desktop.publishing.products import PRODUCTS


@pytest.fixture
def desk(sit_down, demo_path) -> Hands:
    hands = sit_down(demo_path)
    hands.window.show_stage("publish")
    return hands


def test_the_notice_of_a_chosen_zone_is_made_and_told(desk):
    window = desk.window
    panel = window.publish
    window.center.run("publish.zone_notice")
    assert panel.kind == "zone_notice"
    table = panel.subject_table
    until(lambda: not table.looker.busy, "what lacks")
    QTest.keyClicks(table.search, "W-0001")
    desk.press("全选", panel)
    assert panel.go.text() == "出 1 份"
    QTest.mouseClick(panel.go, LEFT)
    until(lambda: not window.publisher.busy and list(panel.folder().rglob("*.pdf")), "the notice")
    (pdf,) = panel.folder().rglob("*.pdf")
    assert pdf.name == "划定公告_WD-W-0001.pdf"
    with pypdfium2.PdfDocument(pdf) as document:
        assert "五虎山东采空塌陷" in document[0].get_textpage().get_text_range()
    assert list(made_before(panel.folder(), 9)) == [pdf]
    window.session.opened.emit()  # as on another day
    assert (panel.results, panel.made.listed, panel.tabs[2].text()) == ([], [pdf], "已出 1")


def test_the_list_for_those_who_knock_is_made_as_paper_and_as_a_workbook(desk):
    window, panel = desk.window, desk.window.publish
    window.center.run("publish.calling_zone")
    table = panel.subject_table
    until(lambda: not table.looker.busy and table.model.rows, "what lacks")
    QTest.keyClicks(table.search, "W-0001")
    desk.press("全不选", panel)
    desk.press("全选", panel)
    QTest.mouseClick(panel.go, LEFT)
    until(lambda: not window.publisher.busy and list(panel.folder().rglob("叫人名单*.pdf")), "the list")
    made = {one.name for one in panel.folder().rglob("叫人名单_*")}
    assert made == {"叫人名单_WD-W-0001.pdf", "叫人名单_WD-W-0001.xlsx"}
    (pdf,) = panel.folder().rglob("叫人名单_*.pdf")
    with pypdfium2.PdfDocument(pdf) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "139 0000 0101" in text
    assert "内部使用，含个人信息" in text


def test_every_paper_stands_in_the_list_under_its_group_and_is_found_by_typing(desk):
    products, panel = desk.window.publish.products, desk.window.publish
    assert {products.itemData(row, 0x0100) for row in range(products.count())} == set(PRODUCTS)
    panel.choose("map_internal")
    products.setFocus()
    QTest.keyClick(products, Qt.Key.Key_Space)
    popup = products.list
    assert popup is not None
    groups = [popup.groups.item(row).text() for row in range(popup.groups.count())]
    assert groups == list(GROUPS.values())

    def listed() -> list[str]:
        return [popup.list.item(row).text() for row in range(popup.list.count())]

    assert listed()[0] == "全区警示图（内部）"
    assert "门贴（每户）" not in listed()
    QTest.keyClick(popup.edit, Qt.Key.Key_Right)
    QTest.keyClick(popup.edit, Qt.Key.Key_Right)
    assert {"警示牌（每块标志）", "门贴（每户）", "危险区划定公告"} <= set(listed())
    QTest.keyClicks(popup.edit, "ylb")  # 一览表, by its initials
    assert listed()[0] == "隐患点一览表"
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)
    assert (panel.kind, popup.isVisible()) == ("hazard_list", False)
    QTest.keyClick(products, Qt.Key.Key_W)  # typed over the closed line
    assert (popup.isVisible(), popup.edit.text()) == (True, "w")
    popup.edit.setText("没有的纸")
    assert listed() == []
    assert "没有找到" in popup.note.text()
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert (panel.kind, popup.isVisible()) == ("hazard_list", False)


def test_what_is_selected_on_the_map_is_taken_visibly_and_let_go_with_one_click_or_by_deselecting(desk):
    window, panel = desk.window, desk.window.publish
    table, line = panel.subject_table, panel.subject_table.map_choice
    signs = [one.uid for one in window.session.workspace.table("warning_sign")]
    window.session.select([("warning_sign", signs[0])])
    window.center.run("publish.signs")
    until(lambda: table.model.rows, "the signs")
    assert (line.isVisible(), line.words.text()) == (True, f"按图上所选：1 个，共 {len(signs)} 个")
    assert panel.go.text() == "出 1 份"
    window.session.select([("warning_sign", signs[1])])
    assert table.chosen() == [signs[1]]
    desk.press("改成全部", line)
    assert not line.isVisible()
    assert panel.go.text() == f"出 {len(signs)} 份"
    window.center.run("publish.signs")
    assert line.isVisible()
    window.center.run("edit.select_none")
    assert not line.isVisible()
    assert table.chosen() is None


def test_a_zone_a_point_or_a_street_that_is_selected_says_for_whom(desk):
    window, panel = desk.window, desk.window.publish
    table, line, ws = panel.subject_table, panel.subject_table.map_choice, desk.window.session.workspace
    (zone,) = ws.find("danger_zone", "id", "WD-W-0001")
    window.session.select([("danger_zone", zone.uid)])
    window.center.run("publish.cards_household")
    until(lambda: table.model.rows and table.model.product == "cards_household", "the households")
    homes = [one.uid for one in table.model.rows if one.zone_uid == zone.uid]
    assert 0 < len(homes) < len(table.model.rows)
    assert table.chosen() == homes
    assert line.words.text() == f"按图上所选的危险区：{len(homes)} 个，共 {len(table.model.rows)} 个"
    street = next(one for one in ws.table("subdistrict") if one.text("name") == table.model.rows[0].street)
    window.session.select([("subdistrict", street.uid)])
    window.center.run("publish.cards_household")
    assert {one.street for one in table.model.rows if one.uid in table.model.chosen} == {street.text("name")}
    point = next(one for one in table.model.rows if one.point_uid)
    window.session.select([("hazard_point", point.point_uid)])
    window.center.run("publish.cards_household")
    assert {one.point_uid for one in table.model.rows if one.uid in table.model.chosen} == {point.point_uid}
    window.session.select([("danger_zone", zone.uid)])
    window.center.run("publish.map_street")
    until(lambda: table.model.product == "map_street", "the streets")
    assert [one.name for one in table.model.rows if one.uid in table.model.chosen] == [zone.text("subdistrict")]
    window.center.run("edit.select_none")


def test_ticks_of_a_hand_stay_whatever_is_selected_on_the_map(desk):
    window, panel = desk.window, desk.window.publish
    table = panel.subject_table
    signs = [one.uid for one in window.session.workspace.table("warning_sign")]
    window.center.run("publish.signs")
    until(lambda: table.model.rows, "the signs")
    desk.press("全不选", panel)
    table.table.setFocus()
    table.table.setCurrentIndex(table.model.index(1, 0))
    desk.key(Qt.Key.Key_Space, on=table.table)
    ticked = table.chosen()
    window.session.select([("warning_sign", ticked[0])])
    window.center.run("edit.select_none")
    assert len(ticked) == 1 < len(signs)
    assert table.chosen() == ticked
    assert not table.map_choice.isVisible()


def test_a_household_outside_that_leaves_with_the_selected_zone_gets_its_papers_and_that_is_said(desk):
    window, panel = desk.window, desk.window.publish
    table, ws = panel.subject_table, desk.window.session.workspace
    (zone,) = [one for one in ws.table("danger_zone") if one.text("id") == "WD-W-0003"]
    window.session.select([("danger_zone", zone.uid)])
    for product in ("cards_household", "cards_large", "stickers_household"):
        window.center.run(f"publish.{product}")
        until(lambda: table.model.rows, "the households")
        assert panel.go.text() == "出 12 份"
        assert "WD-H-0038" in {one.number for one in table.model.rows if one.uid in table.model.chosen}
        assert table.map_choice.beyond.text() == "其中 1 户在区外、归本区撤离"
    window.session.select([])
    table.sift.setCurrentIndex(table.sift.findData(("zone", zone.uid)))
    assert "WD-H-0038" in {one.number for one in table.model.shown}
