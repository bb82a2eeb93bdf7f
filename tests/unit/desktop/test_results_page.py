"""已出 leads from each row to its own file."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.papers.results_page import ResultsPage
from geohazard_desktop.publishing.batch import Batch, BatchLine
from geohazard_desktop.publishing.report import MadeRow

LEFT = Qt.MouseButton.LeftButton


def test_of_two_volumes_of_one_name_a_row_shows_its_own(application, tmp_path: Path):
    rows = [MadeRow(files=(f"{street}/全部.pdf",), product="明白卡", state="made") for street in ("东街道", "西街道")]
    made = [tmp_path / one.files[0] for one in rows]
    order = Order("batch", "队列", tmp_path, {"batch": Batch((BatchLine("cards_household"),))})
    page = ResultsPage()
    page.show_result(Result(order, made, [], [], 2, 1.0, rows=rows, made_now=made))
    page.resize(400, 600)
    page.show()
    shown: list[Path] = []
    page.shown.connect(shown.append)
    for number in (1, 0):
        place = page.table.visualItemRect(page.table.item(number, 0)).center()
        QTest.mouseClick(page.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert shown == [made[1], made[0]]
