"""Looking at what was printed: pages to turn, words to find, text to copy, two pages side by side."""

from pathlib import Path

from hands import CONTROL, LEFT, Hands, until
from PySide6.QtCore import QEvent, QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPageSize, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

NONE = Qt.KeyboardModifier.NoModifier


def letters(number: int) -> str:
    """A number as Latin letters: Qt writes digits of some fonts without saying which they are."""
    return "".join("abcdefghij"[int(one)] for one in f"{number:03}")


def pages(path: Path, count: int, paper: tuple[float, float] = (595, 842)) -> Path:
    """A PDF of `count` pages; page n says “撤离路线 Route” and n in letters."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QSizeF(*paper), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(72)
    painter = QPainter(writer)
    for number in range(count):
        if number:
            writer.newPage()
        painter.drawText(100, 200, f"撤离路线 Route {letters(number + 1)}")
    painter.end()
    return path


def test_two_hundred_pages_are_turned_searched_and_copied(hands: Hands, tmp_path):
    window = hands.window
    window.handlers.results.show_file(pages(tmp_path / "二百页.pdf", 200))
    preview, view = window.preview, window.preview.view
    until(lambda: view.settled, "the first page")
    assert (view.count, view.page, preview.of_pages.text()) == (200, 0, "/ 200")
    hands.key(Qt.Key.Key_End, on=view)
    assert (view.page, preview.number.text()) == (199, "200")
    hands.key(Qt.Key.Key_Home, on=view)
    hands.key(Qt.Key.Key_PageDown, on=view)
    assert view.page == 1
    QTest.mouseClick(preview.number, LEFT)
    preview.number.selectAll()
    QTest.keyClicks(preview.number, "120\r")
    assert view.page == 119
    assert preview.thumbs.currentRow() == 119
    hands.key(Qt.Key.Key_F, CONTROL, on=view)
    QTest.keyClicks(preview.search.line, f"Route {letters(150)}")
    until(lambda: preview.search.count == 1, "the page that says so")
    hands.key(Qt.Key.Key_Return, on=preview.search.line)
    assert (view.page, preview.search.told.text()) == (149, "1/1")
    hands.key(Qt.Key.Key_Escape, on=preview.search.line)
    assert not view.finds
    hands.key(Qt.Key.Key_A, CONTROL, on=view)
    hands.key(Qt.Key.Key_C, CONTROL, on=view)
    assert f"撤离路线 Route {letters(150)}" in QGuiApplication.clipboard().text()
    hands.key(Qt.Key.Key_Escape, on=view)  # first the selection, then the page
    assert window.pages.currentWidget() is preview
    hands.key(Qt.Key.Key_Escape, on=view)
    assert window.pages.currentWidget() is window.map


def test_text_is_selected_with_the_mouse_on_the_line_it_stands_on(hands: Hands, tmp_path):
    hands.window.handlers.results.show_file(pages(tmp_path / "一页.pdf", 1))
    view = hands.window.preview.view
    until(lambda: view.settled, "the page")
    line = view.document.getAllText(0).boundingRectangle()
    start, end = (view.place_of(0, QPointF(x, line.center().y())) for x in (line.left() + 1, line.right() - 1))
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(end),
        view.viewport().mapToGlobal(QPointF(end)),
        Qt.MouseButton.NoButton,
        LEFT,
        NONE,
    )
    QApplication.sendEvent(view.viewport(), moved)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)
    assert view.text.startswith("撤离路线 Route")
    hands.press("适宽", hands.window.preview)
    wide = view.zoom
    hands.press("100 %", hands.window.preview)
    assert view.zoom == 1.0 != wide


def test_two_pages_lie_side_by_side_and_a_broken_file_says_so(hands: Hands, tmp_path):
    window, preview = hands.window, hands.window.preview
    window.handlers.results.show_file(pages(tmp_path / "四页.pdf", 4))
    QTest.mouseClick(preview.two_button, LEFT)
    first, second = (preview.view.place_of(page, QPointF(0, 0)) for page in (0, 1))
    assert first.y() == second.y()
    assert first.x() < second.x()
    hands.key(Qt.Key.Key_PageDown, on=preview.view)
    assert preview.view.page == 2
    broken = tmp_path / "坏的.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    window.handlers.results.show_file(broken)
    assert preview.pages.text() == "打不开这个文件"
    assert not preview.print_button.isEnabled()
