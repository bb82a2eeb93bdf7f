"""已出 leads from each row to its own file."""

import os
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
    assert not page.list.isVisible()
    volumes = [tmp_path / f"卡_第00{number}册.pdf" for number in (1, 2)]
    row = MadeRow(files=tuple(one.name for one in volumes), product="明白卡", state="made", problems=("缺",))
    page.show_result(Result(order, volumes, [], [], 2, 1.0, rows=[row], made_now=volumes))
    assert page.list.isVisible(), "the row shows the first volume, the list each of them"
    item = page.table.item(0, 1)
    assert page.table.columnWidth(1) > page.table.fontMetrics().horizontalAdvance(item.text()) + 40, "sign and word"


def test_files_of_former_days_are_listed_below_and_are_not_what_was_made_now(application, tmp_path: Path):
    old = [tmp_path / "乙.pdf", tmp_path / "甲.pdf"]
    for one in reversed(old):
        one.write_bytes(b"%PDF")
    page = ResultsPage()
    page.replaced = lambda codes: {one: "已被代替" for one, own in codes.items() if "B7" in own}
    page.remember({old[0]: ("A1",), old[1]: ("B7",)})
    assert "以前出的 2 个文件" in page.title.text()
    assert [page.list.item(row).text() for row in range(2)] == ["乙.pdf", "甲.pdf\n已被代替"]
    assert (page.results, page.place(old[1])) == ([], (1, 2))
    new = tmp_path / "丙.pdf"
    page.show_result(
        Result(Order("zone_notice", "公告", tmp_path), [new, old[1]], [], [], 1, 1.0, made_now=[new, old[1]])
    )
    assert (page.results, page.listed) == ([new, old[1]], [new, old[1], old[0]])
    page.list.setCurrentRow(2)
    shown: list[Path] = []
    page.shown.connect(shown.append)
    page.step(-1)
    assert shown == [old[1]]


def test_volumes_of_another_day_are_listed_in_the_order_in_which_they_are_handed_out(application, tmp_path: Path):
    names = ["区图.pdf", "卡_第001册.pdf", "卡_第002册.pdf", "卡_第010册.pdf", "公告.pdf"]
    for number, name in enumerate(names):  # as they were made, one after the other
        (tmp_path / name).write_bytes(b"%PDF")
        os.utime(tmp_path / name, (1e9 + number, 1e9 + number))
    page = ResultsPage()
    page.remember({tmp_path / name: () for name in reversed(names)})
    assert [one.name for one in page.earlier] == ["公告.pdf", *names[1:4], "区图.pdf"]
