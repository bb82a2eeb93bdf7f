"""The queue shows each of its lines whole, in a narrow column too."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from geohazard_desktop.desktop.papers.queue_page import QueuePage
from geohazard_desktop.desktop.qss import sheet
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.batch import BatchLine


def test_while_papers_are_made_the_queue_is_not_touched_and_the_keyboard_stays_with_it(application):
    page = QueuePage()
    page.add(BatchLine("zone_notice"), 3, "公告")
    page.show()
    page.go.setFocus()
    page.set_busy(True)
    page.count_anew()  # the register changes with each paper
    assert not any(one.isEnabled() for one in (page.go, page.remove, page.empty, page.folders))
    assert page.list.hasFocus() or not page.isActiveWindow()
    page.set_busy(False)
    assert page.go.isEnabled()
    page.close()


def test_whose_it_is_and_on_which_paper_are_both_in_sight(application):
    page = QueuePage()
    page.setStyleSheet(sheet(theme()))  # which gives the rows of other lists one height
    page.resize(340, 600)
    page.show()
    words = "危险区警示图　WD-W-0003 乌尔特河山洪泥石流\nA3 横，公开张贴，1 份"
    for profile in ("public", "internal"):
        page.add(BatchLine("map_zone", {"profile": profile}), 1, words)
    QTest.qWait(50)
    for row in range(2):
        place = page.list.visualItemRect(page.list.item(row))
        room = QRect(0, 0, place.width() - 30, 1000)
        needed = page.list.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
        assert place.height() >= needed
    assert page.list.textElideMode() == Qt.TextElideMode.ElideNone
