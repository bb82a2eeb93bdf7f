"""An officer pastes the Mongolian that the translators sent, sees it upright, saves it, and finds it on the sign."""

from pathlib import Path

import pytest
from hands import CONTROL, LEFT, Hands, on_disk
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.desktop.templates.bilingual_dialog import BilingualDialog
from geohazard_desktop.publishing.typeset.bilingual_option import TYPED_THERE
from geohazard_desktop.publishing.typeset.bilingual_phrases import phrases_of
from geohazard_desktop.publishing.typeset.fonts_for_paper import paper_fonts
from geohazard_desktop.workspace.edits.bilingual import MongolianText, set_mongolian

pytestmark = pytest.mark.window
WORD = "ᠮᠣᠩᠭᠣᠯ"
TEXT = f"{WORD} ᠬᠡᠯᠡ {WORD} ᠪᠢᠴᠢᠭ"


@pytest.fixture
def at_dialog(hands: Hands):
    """Open the dialog by its command, let `work(dialog)` be done in it; a failure in there fails the test."""

    def go(work) -> None:
        failures: list[AssertionError | LookupError] = []

        def inside() -> None:
            dialog = QApplication.activeModalWidget()
            try:
                assert isinstance(dialog, BilingualDialog)
                work(dialog)
            except (AssertionError, LookupError) as error:  # raised again outside of Qt's slot
                failures.append(error)
            if isinstance(dialog, BilingualDialog) and dialog.isVisible():
                dialog.texts, dialog.sources = {}, {}
                dialog.done(0)

        QTimer.singleShot(0, inside)
        hands.window.center.run("publish.bilingual")
        if failures:
            raise failures[0]

    return go


def pick(dialog: BilingualDialog, chinese: str) -> None:
    """Click the row of a phrase."""
    item = dialog._items[chinese]
    dialog.list.scrollToItem(item)
    QTest.mouseClick(dialog.list.viewport(), LEFT, pos=dialog.list.visualItemRect(item).center())
    assert dialog.chinese.text() == chinese


def paste(dialog: BilingualDialog, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    dialog.editor.setFocus()
    dialog.editor.selectAll()
    QTest.keyClick(dialog.editor, Qt.Key.Key_V, CONTROL)


def kept(path: Path) -> dict[str, str]:
    rows = on_disk(path, "setting")
    return {one.text("key"): one.text("value") for one in rows if one.text("key").startswith("mongolian.")}


def test_a_pasted_text_is_seen_upright_saved_as_one_step_and_undone(hands, work, at_dialog):
    def typing(dialog: BilingualDialog) -> None:
        assert not dialog.take.isEnabled()
        pick(dialog, "落石危险")
        paste(dialog, TEXT)
        assert dialog._items["落石危险"].text(1) == "未存"
        dialog.preview.grab()
        if paper_fonts().mongolian:
            assert " ".join(dialog.preview.columns) == TEXT
            assert not dialog.no_font.isVisible()
        else:
            assert "Noto Sans Mongolian" in dialog.no_font.text()
        QTest.keyClicks(dialog.source, "office 2026")
        pick(dialog, "听到信号，马上走")
        paste(dialog, WORD)
        assert kept(work) == {}
        QTest.mouseClick(dialog.take, LEFT)
        assert not dialog.isVisible()

    at_dialog(typing)
    assert kept(work) == {"mongolian.落石危险": TEXT, "mongolian.听到信号，马上走": WORD}
    assert hands.window.session.workspace.undo_words() == "填蒙古文：落石危险、听到信号，马上走"
    hands.window.center.run("edit.undo")
    assert kept(work) == {}


def test_what_cant_be_mongolian_is_told_at_once_and_never_saved(work, at_dialog):
    def typing(dialog: BilingualDialog) -> None:
        pick(dialog, "落石危险")
        paste(dialog, "落石")
        assert "里有汉字" in dialog.fault.text()
        pick(dialog, "滑坡危险")
        QTest.mouseClick(dialog.take, LEFT)
        assert dialog.isVisible()
        assert dialog.chinese.text() == "落石危险"

    at_dialog(typing)
    assert kept(work) == {}


def test_a_list_from_a_spreadsheet_fills_many_and_leaving_asks(work, at_dialog):
    asked: list[str] = []

    def stay() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, Question)
        asked.append(box.windowTitle())
        QTest.keyClick(box, Qt.Key.Key_Return)

    def pasting(dialog: BilingualDialog) -> None:
        QGuiApplication.clipboard().setText(f"滑坡危险\t{WORD}\n塌陷危险\t{TEXT}\n别处的话\t{WORD}\n")
        QTest.mouseClick(dialog.paste_button, LEFT)
        assert "认出 2 句" in dialog.told.text()
        assert "别处的话" in dialog.told.text()
        QTest.keyClicks(dialog.search, "txwx")
        assert dialog._items["滑坡危险"].isHidden()
        assert not dialog._items["塌陷危险"].isHidden()
        QTest.mouseClick(dialog.copy_button, LEFT)
        assert f"塌陷危险\t{TEXT}" in QGuiApplication.clipboard().text()
        QTimer.singleShot(0, stay)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert asked == ["蒙古文还没存"]
        assert dialog.isVisible()
        QTest.mouseClick(dialog.take, LEFT)

    at_dialog(pasting)
    assert kept(work) == {"mongolian.滑坡危险": WORD, "mongolian.塌陷危险": TEXT}


def test_the_panel_offers_both_scripts_for_titles_signs_and_notices(hands):
    hands.window.show_stage("publish")
    for key in ("map_internal", "map_public", "map_zone", "zone_notice", "lift_notice", "signs", "stickers_household"):
        hands.window.publish.choose(key)
        (box,) = [one for one in hands.window.publish.findChildren(QCheckBox) if one.text() == "蒙汉双语"]
        assert box.isChecked()
        QTest.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
        assert hands.window.publish.options.values()["bilingual"] is False
    hands.window.publish.choose("cards_work")
    assert "bilingual" not in hands.window.publish.options.values()


def test_what_has_no_mongolian_is_told_where_it_is_switched_on_and_one_click_leads_there(hands: Hands):
    window = hands.window
    window.show_stage("publish")
    window.center.run("publish.zone_notice")
    panel = window.publish
    line = panel.mongolian
    assert line.isVisible()
    assert line.words.text().startswith("公告的标题里“")
    assert line.words.text().endswith("还没有填蒙古文，只印汉文。")
    panel.options.set_values({"bilingual": False})
    assert line.isHidden()
    panel.options.set_values({"bilingual": True})
    assert line.isVisible()
    asked = []
    panel.mongolian_asked.disconnect()
    panel.mongolian_asked.connect(lambda: asked.append("panel"))
    QTest.mouseClick(line.fill, LEFT)
    assert asked == ["panel"]
    texts = {one.key: MongolianText(TEXT, "示例") for one in phrases_of(window.session.workspace)}
    window.session.apply(set_mongolian(window.session.workspace, texts))
    assert line.isHidden(), "nothing is missing any more"


def test_the_report_of_what_was_printed_leads_there_too(hands):
    panel = hands.window.publish
    order = Order("signs", "警示牌", Path(), {})
    panel.show_result(Result(order, [], ["“滑坡危险”还没有填蒙古文，只印了汉文。" + TYPED_THERE], [], 0, 1.0))
    assert not panel.made.mongolian_button.isHidden()
    panel.show_result(Result(order, [], ["比例尺 1:2000。"], [], 0, 1.0))
    assert panel.made.mongolian_button.isHidden()
