"""An officer makes the papers of one zone: chooses it in the list, sets an option, and finds the files."""

import pypdfium2
import pytest
from hands import LEFT, Hands, until
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from geohazard_desktop.publishing.product import GROUPS


def pick(products: QListWidget, title: str) -> None:
    """With the mouse, after scrolling there."""
    (row,) = [row for row in range(products.count()) if products.item(row).text() == title]
    products.scrollToItem(products.item(row))
    at = products.visualItemRect(products.item(row)).center()
    QTest.mouseClick(products.viewport(), LEFT, pos=QPoint(at))


@pytest.fixture
def desk(sit_down, demo_path) -> Hands:
    hands = sit_down(demo_path)
    hands.window.show_stage("publish")
    return hands


def test_the_notice_of_a_chosen_zone_is_made_and_told(desk):
    window = desk.window
    panel = window.publish
    zone = next(one for one in window.session.workspace.table("danger_zone") if one.text("id") == "WD-W-0001")
    window.session.select([("danger_zone", zone.uid)])
    window.side.setCurrentWidget(panel)
    pick(panel.products, "危险区划定公告")
    assert panel.kind == "zone_notice"
    QTest.mouseClick(panel.chosen, LEFT, pos=QPoint(8, panel.chosen.height() // 2))
    QTest.mouseClick(panel.go, LEFT)
    until(lambda: not window.publisher.busy and list(panel.folder().rglob("*.pdf")), "the notice")
    (pdf,) = panel.folder().rglob("*.pdf")
    assert pdf.name == "划定公告_WD-W-0001.pdf"
    with pypdfium2.PdfDocument(pdf) as document:
        assert "五虎山东采空塌陷" in document[0].get_textpage().get_text_range()


def test_every_paper_stands_in_the_list_under_its_group(desk):
    titles = [desk.window.publish.products.item(row).text() for row in range(desk.window.publish.products.count())]
    notices, documents = titles.index(GROUPS["notices"]), titles.index(GROUPS["documents"])
    assert notices < titles.index("警示牌（每块标志）") < documents
    assert notices < titles.index("门贴（每户）") < documents
    assert documents < titles.index("隐患点一览表")
    assert documents < titles.index("应急撤离演练脚本")
