"""Two cards are issued; a telephone changes; the code says so, and the register prints the one again."""

from pathlib import Path

import pytest
from fresh import fresh_workspace
from hands import CONTROL, LEFT, Hands, until
from put_in import E, N, add, way_out
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from shapely import Point

from geohazard_desktop.desktop.papers.code_dialog import CodeDialog
from geohazard_desktop.desktop.papers.issue_rows import REPLACED
from geohazard_desktop.desktop.papers.issue_steps import ReceiveDialog, VoidDialog
from geohazard_desktop.desktop.papers.issue_window import IssueWindow
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.workspace.edits import change_values

pytestmark = pytest.mark.window
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def village(tmp_path: Path, district) -> Path:
    path = tmp_path / "两户.gpkg"
    with fresh_workspace(path, district) as ws:
        route = way_out(ws).route
        for number, head in ((1, "赵示例"), (2, "钱示例")):
            add(ws, "household", Point(E + 100 + number * 9, N + 60), id=f"SL-H-000{number}", head=head,
                evacuation_route=route, phone=f"139 0000 000{number}", subdistrict="示例街道")  # fmt: skip
    return path


class Office:
    """Hands at the register and at the code."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.window = hands, hands.window

    def papers(self) -> list[IssuedPaper]:
        self.window.session.poll()
        return read_register(self.window.session.workspace).papers

    def published(self) -> None:
        until(lambda: not self.window.publisher.busy, "published")

    def check(self, text: str) -> CodeDialog:
        self.hands.come_forward()
        self.hands.key(Qt.Key.Key_K, CONTROL | SHIFT, on=self.window)
        dialog = self.window.handlers.issues.codes
        assert dialog is not None
        until(dialog.input.hasFocus, "the code's field has the keyboard")
        QTest.keyClicks(dialog.input, text)
        QTest.keyClick(dialog.input, Qt.Key.Key_Return)
        QApplication.processEvents()
        return dialog

    def register(self) -> IssueWindow:
        self.window.center.run("publish.issue_register")
        found = self.window.handlers.issues.register
        assert found is not None
        return found


def test_cards_are_issued_checked_compared_and_printed_again(sit_down, village):
    office = Office(sit_down(village))
    window = office.window
    ws = window.session.workspace
    household = next(iter(ws.table("household")))
    assert window.session.apply(change_values(ws.definitions, [household], {"remark": "门朝南"}))
    assert not window.status.papers.isVisible(), "nothing is out that could wait to be compared"
    window.center.run("publish.cards_household")
    office.hands.press("出 2 份", window.publish)
    office.published()
    first, second = office.papers()
    printed = {one.name: one.read_bytes() for one in window.publish.folder().rglob("*.pdf")}
    assert len(printed) == 2
    assert first.printed
    assert second.printed
    all_are_compared_by_hand(office)
    the_code_is_read_out_on_the_telephone(office, first)
    the_window_says_by_itself_what_is_out_of_date(office, first)
    a_telephone_changes_and_the_one_card_is_printed_again(office, first)
    the_old_code_says_by_what_it_was_replaced(office, first)
    the_other_card_once_more_is_the_same_to_the_last_byte(office, second, set(printed.values()))
    a_card_that_is_void_leaves_the_list_of_those_in_use(office, second)


def all_are_compared_by_hand(office: Office) -> None:
    """What came of it is what the window knows from then on."""
    register, watch = office.register(), office.window.handlers.issues.watch
    office.hands.press("看哪些要重印", register)
    until(lambda: register.compare.isEnabled() and not watch.pending, "compared")
    assert {row.state for row in register.model.rows} == {"已是最新"}
    register.close()


def the_code_is_read_out_on_the_telephone(office: Office, paper: IssuedPaper) -> None:
    """In small letters, without the stroke; then with one slip of the tongue."""
    dialog = office.check(paper.code.lower().replace("-", ""))
    assert dialog.answer.verdict == "valid"
    assert "有效" in dialog.sentence.text()
    office.hands.press("在图上看", dialog)
    assert office.window.session.selection == [("household", paper.subject)]
    dialog.close()
    wrong = paper.code[:-1] + ("2" if paper.code[-1] != "2" else "3")
    office.check(wrong)
    assert "第 8 个字" in dialog.sentence.text()
    assert dialog.answer.near[0].code == paper.code
    dialog.close()


def the_window_says_by_itself_what_is_out_of_date(office: Office, paper: IssuedPaper) -> None:
    """A click on the sign opens the list; while it compares, nobody is told what held before; an undo leads back to
    what is known."""
    window, sign = office.window, office.window.status.papers
    watch = window.handlers.issues.watch
    register = office.register()
    assert {row.state for row in register.model.rows} == {"已是最新"}
    register.close()
    assert not sign.isVisible()
    watch.quiet_ms, watch.share = 600_000, 0
    ws = window.session.workspace
    household = ws.feature("household", paper.subject)
    assert window.session.apply(change_values(ws.definitions, [household], {"phone": "139 0000 0055"}))
    assert sign.text() == "发出去的纸等着比"
    QTest.mouseClick(sign, LEFT)
    assert {row.state for row in register.model.rows} == {"正在比"}
    dialog = office.check(paper.code)
    assert dialog.sentence.text().endswith("它和现在的数据还对不对，正在比。")
    until(lambda: sign.text() == "正在比发出去的纸", "who asks does not wait until the rest is over")
    watch.quiet_ms = 20
    assert window.session.apply(
        change_values(ws.definitions, [ws.feature("household", paper.subject)], {"remark": "门口有狗"})
    )
    until(lambda: sign.text() == "1 张纸要重印", "the sign at the foot")
    assert "防灾避险明白卡 1 张" in sign.toolTip()
    assert "发出以后有" in dialog.sentence.text(), "who asked by telephone is told at once"
    QApplication.processEvents()  # new buttons come into sight between events
    office.hands.press("看改了什么", dialog)
    assert "139 0000 0001 改成 139 0000 0055" in register.told.text()
    dialog.close()
    a_filter_that_hides_rows_is_told(office)
    QTest.mouseClick(sign, LEFT)
    assert [one.uid for one in register.model.rows] == [paper.subject], "no filter of before hides them"
    assert "139 0000 0001 改成 139 0000 0055" in register.model.rows[0].cells()[-1]
    tips = [register.model.index(0, at).data(Qt.ItemDataRole.ToolTipRole) for at in range(9)]
    assert "139 0000 0001 改成 139 0000 0055" in tips[-1]
    assert tips[:-1] == list(register.model.rows[0].cells()[:-1]), "a cell that is cut is read there, not the reasons"
    register.close()
    register = office.register()
    assert "内容有变" in {row.state for row in register.model.rows}, "the register knows what the sign knows"
    watch.quiet_ms = 600_000
    office.hands.come_forward()
    office.hands.key(Qt.Key.Key_Z, CONTROL, on=window)
    assert sign.text() == "发出去的纸等着比"
    office.hands.key(Qt.Key.Key_Z, CONTROL, on=window)
    assert not sign.isVisible(), "what was known of these data holds again at once"
    until(lambda: "没有要重印的" in register.told.text(), "the list says so")
    assert not register.model.rows
    assert "但有 2 张还没登记签收，见“情况”里“没签收的”。" in register.told.text()
    register.close()


def a_filter_that_hides_rows_is_told(office: Office) -> None:
    register = office.register()
    register.show_zone("0" * 32, "西坡")
    assert not register.model.rows
    assert register.told.text().startswith("危险区“西坡”还没有发过纸。")
    register.refresh()
    assert not register.model.rows, "what is chosen stays chosen"
    office.hands.press("去掉筛选", register)
    assert len(register.model.rows) == 2
    QTest.keyClicks(register.filters.words, "WD-X")
    assert register.told.text() == "选了要找的字“WD-X”，里面没有；别处有 2 张在用的没有列出，按“去掉筛选”看。"


def a_telephone_changes_and_the_one_card_is_printed_again(office: Office, paper: IssuedPaper) -> None:
    ws = office.window.session.workspace
    household = ws.feature("household", paper.subject)
    assert office.window.session.apply(change_values(ws.definitions, [household], {"phone": "139 0000 0077"}))
    register = office.register()
    office.hands.press("看哪些要重印", register)
    until(lambda: register.compare.isEnabled() and register.print.isEnabled(), "compared")
    assert [one.uid for one in register.model.rows] == [paper.subject]
    register.view.selectRow(0)
    assert "户主联系电话：139 0000 0001 改成 139 0000 0077" in register.told.text()
    office.hands.press("只出要重印的 1 张", register)
    office.published()
    assert [one.version for one in office.papers()] == [1, 1, 2]
    until(lambda: not register.model.rows and "最新的纸" in register.told.text(), "nothing is left to be printed")
    assert "其中 1 张是换旧的，旧的可能还在门上" in register.told.text(), "the new card lies in the tray"
    register.close()


def the_old_code_says_by_what_it_was_replaced(office: Office, paper: IssuedPaper) -> None:
    dialog = office.check(paper.code)
    assert dialog.answer.verdict == "replaced"
    assert office.papers()[-1].code in dialog.sentence.text()
    dialog.close()


def the_other_card_once_more_is_the_same_to_the_last_byte(
    office: Office, paper: IssuedPaper, printed: set[bytes]
) -> None:
    """And then its holder signs."""
    register = office.register()
    register.case.setCurrentIndex(0)
    register.case.activated.emit(0)
    (row,) = [number for number, one in enumerate(register.model.rows) if one.uid == paper.subject]
    register.view.selectRow(row)
    office.hands.press("照原样重印", register)
    folder = office.window.publish.folder() / "重印"
    until(lambda: any("照原样重印" in one for one in office.hands.bars()), "told")
    (again,) = folder.glob("*.pdf")
    assert again.read_bytes() in printed
    assert "示例" not in again.name
    sign_next_dialog("钱二例")
    register.view.selectRow(row)
    office.hands.press("登记签收…", register)
    signed = next(one for one in office.papers() if one.subject == paper.subject)
    assert signed.signed_by == "钱二例"
    assert signed.signed_on


def a_card_that_is_void_leaves_the_list_of_those_in_use(office: Office, paper: IssuedPaper) -> None:
    """Also after it was compared; among the void ones it says why."""
    register = office.register()
    register.product.setCurrentIndex(register.product.findData("cards_household"))
    office.hands.press("看哪些要重印", register)
    until(register.compare.isEnabled, "compared")
    (row,) = [number for number, one in enumerate(register.model.rows) if one.uid == paper.subject]
    register.view.selectRow(row)
    void_next_dialog("搬走，卡已收回")
    office.hands.press("作废…", register)
    until(lambda: paper.subject not in [one.uid for one in register.model.rows], "the row is gone")
    assert register.told.text().startswith("已作废：防灾避险明白卡")
    register.show_case(REPLACED)
    (row,) = [number for number, one in enumerate(register.model.rows) if one.uid == paper.subject]
    register.view.selectRow(row)
    assert "：已作废。搬走，卡已收回。" in register.told.text()
    register.close()


def void_next_dialog(reason: str) -> None:
    from PySide6.QtCore import QTimer

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, VoidDialog):
            QTimer.singleShot(20, act)
            return
        dialog.findChild(QLineEdit).setText(reason)
        QTest.mouseClick(dialog.yes, LEFT)

    QTimer.singleShot(20, act)


def sign_next_dialog(name: str) -> None:
    """Type the name and press the button as soon as the question is there."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QInputMethodEvent

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ReceiveDialog):
            QTimer.singleShot(20, act)
            return
        event = QInputMethodEvent()
        event.setCommitString(name)
        QApplication.sendEvent(dialog.name, event)
        assert isinstance(dialog, QDialog)
        QTest.mouseClick(dialog.yes, LEFT)

    QTimer.singleShot(20, act)
