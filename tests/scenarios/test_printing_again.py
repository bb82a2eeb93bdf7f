"""After a change: what was made anew is printed with two clicks, door by door, each page on its own paper."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fresh import fresh_workspace
from hands import CONTROL, LEFT, Hands, until
from put_in import E, N, add, way_out
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shapely import Point
from shapely.affinity import translate

from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.pages.print_dialog import PrintDialog
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits import change_geometry

HOMES = 4


@pytest.fixture
def village(tmp_path: Path, district) -> Path:
    """Four households along a street, the fourth where the walk begins; each has its card and its large print."""
    path = tmp_path / "四户.gpkg"
    with fresh_workspace(path, district) as ws:
        route = way_out(ws).route
        for number in range(1, HOMES + 1):
            add(ws, "household", Point(E + 200 - number * 30, N + 60), id=f"SL-H-000{number}", head=f"钱示例{number}",
                evacuation_route=route, phone=f"139 0000 000{number}", subdistrict="示例街道")  # fmt: skip
        for key in ("cards_household", "cards_large"):
            PRODUCTS[key].publish(ws, tmp_path / "先发的", {})
    return path


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "打印.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *_words: path)
    return path


def printing(hands: Hands, look, do):
    """Click 打印 of the list of what was made; `look` at the dialog, then go on or not."""
    seen = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PrintDialog)
        seen.append(look(dialog))
        QTest.mouseClick(do(dialog), LEFT)

    QTimer.singleShot(0, answer)
    QTest.mouseClick(hands.window.publish.made.print_button, LEFT)
    (told,) = seen
    return told


def test_what_was_made_anew_is_printed_alone_and_door_by_door(sit_down, village, saved):
    hands = sit_down(village)
    window = hands.window
    ws = window.session.workspace
    homes = {one.text("id"): one for one in ws.table("household")}
    for number in ("0002", "0004"):
        home = homes[f"SL-H-{number}"]
        moved = change_geometry(ws.definitions, home, translate(home.geometry, 0, -120))
        assert window.session.apply(moved)
    window.center.run("publish.issue_register")
    register = window.handlers.issues.register
    hands.press("看哪些要重印", register)
    until(lambda: register.compare.isEnabled() and register.print.isEnabled(), "compared")
    hands.press("只出要重印的 4 张", register)
    until(lambda: window.publish.made.run and not window.publisher.busy, "made anew")
    register.close()
    made = window.publish.made
    assert [("大字" in one.name, "B004" in one.name) for one in made.run] == [
        (False, True), (True, True), (False, False), (True, False),
    ], "one door after the other, all that it gets together"  # fmt: skip
    assert made.print_button.text() == "打印刚重出的 4 个……"

    def look(dialog: PrintDialog):
        return [dialog.scope.itemText(one) for one in range(dialog.scope.count())], dialog.chosen

    scopes, chosen = printing(hands, look, lambda dialog: dialog.go)
    assert scopes == ["正在看的这一个文件", "只印刚重出的 4 个文件"]
    assert chosen == made.run
    until(saved.is_file, "the printed file")
    text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(str(saved)))
    assert not text, "what a printer gets is a picture"
    pages = sum(len(pdfium.PdfDocument(str(one))) for one in made.run)
    assert len(pdfium.PdfDocument(str(saved))) >= pages
    some_rows_are_marked_and_printed(hands)
    a_file_that_is_gone_is_told(hands)


def some_rows_are_marked_and_printed(hands: Hands) -> None:
    made = hands.window.publish.made
    shown = hands.window.preview.path
    for number, held in ((3, Qt.KeyboardModifier.NoModifier), (1, CONTROL)):
        place = made.table.visualItemRect(made.table.item(number, 0)).center()
        QTest.mouseClick(made.table.viewport(), LEFT, held, place)
        shown = hands.window.preview.path if not held else shown
    assert hands.window.preview.path == shown, "who marks a second does not mean to read it"
    assert made.print_button.text() == "打印选中的 2 个……"
    words, chosen = printing(hands, lambda one: (one.scope.currentText(), one.chosen), lambda one: one.cancel)
    assert words == "选中的 2 个文件"
    wanted = {made.rows[number].files[0] for number in (1, 3)}
    assert {one.relative_to(hands.window.publish.folder()).as_posix() for one in chosen} == wanted
    assert chosen == [one for one in made.run if one in chosen], "in the order of the walk, whichever row came first"


def a_file_that_is_gone_is_told(hands: Hands) -> None:
    made = hands.window.publish.made
    made.table.clearSelection()
    made.run[-1].unlink()
    told = printing(hands, lambda one: (one.left_out.text(), len(one.chosen)), lambda one: one.cancel)
    assert told == (f"{made.run[-1].name} 已经不在文件夹里，印不了，要印请再出一次。", 3)
