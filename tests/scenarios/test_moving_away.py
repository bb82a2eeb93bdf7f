"""A household moves away and a shelter closes: said once in the form, and every count, card and list follows."""

from functools import partial
from pathlib import Path

import put_in
import pytest
from fresh import fresh_workspace
from hands import LEFT, Hands, until
from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from shapely import LineString, Point, box

from geohazard_desktop.desktop.endings.dialog import EndingDialog
from geohazard_desktop.desktop.forms.form_choices import choices_near, words_of_reference
from geohazard_desktop.desktop.papers.issue_rows import WITHDRAWN
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.workspace.edits import change_values

pytestmark = pytest.mark.window
E, N = 36_400_000.0, 4_370_000.0
HOMES = ((E + 60, N + 60), (E + 140, N + 60))
SQUARE = (E + 400, N + 100)


@pytest.fixture
def village(tmp_path: Path, district) -> Path:
    path = tmp_path / "两户.gpkg"
    with fresh_workspace(path, district) as ws:
        add = partial(put_in.add, ws)
        add("district", box(E - 100, N - 100, E + 500, N + 300), name="示例区")
        zone = add("danger_zone", box(E, N, E + 200, N + 200), id="SL-W-0001", name="东坡", hazard_type="崩塌")
        square = add("shelter", Point(*SQUARE), id="SL-A-0001", name="广场", capacity=50)
        route = add("evacuation_route", LineString([(E + 100, N + 100), SQUARE]), id="SL-L-0001",
                    number="2", danger_zone=zone, shelter=square)  # fmt: skip
        for number, (place, head) in enumerate(zip(HOMES, ("赵示例", "钱示例"), strict=True), 1):
            add("household", Point(*place), id=f"SL-H-000{number}", head=head, people=3, address=f"一组 {number} 号",
                evacuation_route=route, phone=f"139 0000 000{number}", subdistrict="示例街道")  # fmt: skip
    return path


def press(words: str, inside: QWidget) -> None:
    found = [one for one in inside.findChildren(QAbstractButton) if one.text() == words]
    assert found, words
    QTest.mouseClick(found[0], LEFT)


def told(reason: str, day: QDate | None = None) -> list[str]:
    """Fill in the next question of 迁出 or 停用; what it said comes into the list."""
    said: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, EndingDialog)
        said.append(dialog.told.text())
        assert not dialog.yes.isEnabled(), "a reason is asked for"
        assert dialog.lacks.isVisible(), "and the dialog says so"
        assert dialog.lacks.text() in ("写了迁出原因才能迁出。", "写了停用原因才能停用。")
        if day is not None:
            dialog.date.setDate(day)
        QGuiApplication.clipboard().setText(reason)
        QTest.keyClick(dialog.why, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert not dialog.lacks.isVisible()
        QTest.mouseClick(dialog.yes, LEFT)

    QTimer.singleShot(0, answer)
    return said


def kept() -> list[str]:
    said: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        said.append(dialog.words.text())
        QTest.mouseClick(dialog.no, LEFT)

    QTimer.singleShot(0, answer)
    return said


def test_a_household_that_moved_away_gets_no_card_and_its_paper_is_called_back(sit_down, village):
    hands: Hands = sit_down(village)
    window = hands.window
    ws = window.session.workspace
    window.center.run("publish.cards_household")
    hands.press("出 2 份", window.publish)
    until(lambda: not window.publisher.busy, "published")
    window.session.poll()
    assert len(read_register(ws).papers) == 2

    window.show_map()
    window.show_stage("zones")
    hands.settle()
    hands.click(HOMES[0])
    (home,) = window.session.selected_features()
    assert home.text("id") == "SL-H-0001"
    hands.key(Qt.Key.Key_Delete)
    assert any("发卡登记里已有" in one and "请用“迁出”" in one and "登记登记" not in one for one in hands.bars())
    told("搬到女儿家")
    press("迁出…", window.form)
    assert ws.feature("household", home.uid).text("moved_out_reason") == "搬到女儿家"
    assert any("住户 SL-H-0001 迁出" in one and "张纸要收回" in one for one in hands.bars())
    QApplication.processEvents()
    assert any(one.text().endswith("已迁出：搬到女儿家") for one in window.form.findChildren(QLabel))
    press("看要收回的", window)
    register = window.handlers.issues.register
    assert register is not None
    assert register.case.currentData() == WITHDRAWN
    (row,) = register.model.rows
    assert (row.number, row.who) == ("SL-H-0001", "赵示例")
    assert row.state == State.WITHDRAWN
    assert "搬到女儿家" in row.told
    assert "纸贴在一组 1 号" in row.told
    register.close()

    window.center.run("publish.cards_household")
    hands.press("出 1 份", window.publish)
    until(lambda: not window.publisher.busy, "published")
    window.session.poll()
    papers = [one.subject for one in read_register(ws).papers]
    assert papers.count(home.uid) == 1, "no second card for who is gone"

    window.show_map()
    window.session.select([("household", home.uid)])
    QApplication.processEvents()
    press("迁回", window.form)
    assert ws.feature("household", home.uid).text("moved_out_on") == ""
    hands.press("撤销")
    assert ws.feature("household", home.uid).text("moved_out_reason") == "搬到女儿家"


def test_a_shelter_in_use_is_not_deleted_unasked_and_closing_it_says_who_walks_there(sit_down, village):
    hands: Hands = sit_down(village)
    window = hands.window
    ws = window.session.workspace
    hands.click(SQUARE)
    (square,) = window.session.selected_features()
    said = kept()
    hands.key(Qt.Key.Key_Delete)
    assert "路线 2 通往这里，走这些路线的有 2 户。" in said[0]
    assert ws.feature("shelter", square.uid) is not None
    assert any("没有删" in one for one in hands.bars())
    hands.come_forward()
    its_form_says_who_comes_and_selects_them(hands, square)
    said = told("改作工地")
    press("停用…", window.form)
    assert "走这些路线的有 2 户" in said[0]
    assert "停用后 2 户 6 人没有去处，门前也没有别的走得通的路线。" in said[0]
    assert ws.feature("shelter", square.uid).text("closed_reason") == "改作工地"
    (route,) = ws.table("evacuation_route")
    assert choices_near(ws, "shelter", route) == [], "no route is given a closed goal"
    shelter = ws.definitions["evacuation_route"].by_name["shelter"]
    assert words_of_reference(ws, shelter, square.uid).endswith("（已停用）")
    until(lambda: any("已经停用，没有纸叫人来这里" in one for one in form_words(window)), "nobody comes there now")
    assert any("还有 2 户指定的路线通往这里" in one for one in form_words(window))
    hands.press("看要重印的")
    register = window.handlers.issues.register
    assert register is not None
    assert register.isVisible()
    register.close()
    hands.come_forward()
    hands.key(Qt.Key.Key_F9)
    until(lambda: any(one.rule == "shelter_closed" for one in window.checks.findings), "the check has run")
    (found,) = [one for one in window.checks.findings if one.rule == "shelter_closed"]
    assert "2 户的卡叫人往那里走" in found.sentence


def test_a_shelter_that_closes_later_still_has_its_routes_printed_until_then(sit_down, village):
    hands: Hands = sit_down(village)
    window = hands.window
    hands.click(SQUARE)
    hands.come_forward()
    said = told("改作工地", QDate.currentDate().addDays(9))
    press("停用…", window.form)
    assert "从这一天起，这些路线不再印" in said[0]
    assert any("到那天起，通往这里的路线不再印。" in one for one in hands.bars())
    assert not [one for one in window.findChildren(QAbstractButton) if one.isVisible() and one.text() == "看要重印的"]
    until(lambda: any("起停用，到那天才生效" in one for one in form_words(window)), "the form says from when")
    until(lambda: any("路线叫 2 户 6 人来这里" in one for one in form_words(window)), "until then people come")


def form_words(window) -> list[str]:
    return [one.text() for one in window.form.findChildren(QLabel) if one.isVisible()]


def its_form_says_who_comes_and_selects_them(hands: Hands, square) -> None:
    """And how many are too many, at once when the capacity changes."""
    window, session = hands.window, hands.window.session
    QApplication.processEvents()
    assert "路线叫 2 户 6 人来这里。可容 50 人，照填了的人数还空 44 个位置。" in form_words(window)
    assert session.apply(change_values(session.workspace.definitions, [square], {"capacity": 5}))
    until(lambda: any(one.startswith("多出 1 人，坐不下。") for one in form_words(window)), "what is too many")
    assert not any("还空" in one for one in form_words(window))
    press("选中这 2 户", window.form)
    assert [layer for layer, _uid in session.selection] == ["household"] * 2
    assert not any("谁往这里撤离" in one for one in form_words(window))
    assert session.undo()
    session.select([("shelter", square.uid)])
    QApplication.processEvents()
