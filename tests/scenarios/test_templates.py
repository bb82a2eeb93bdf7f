"""An officer makes the cards the office's own: words in a form, a line in a template, a fault found and mended."""

import pypdfium2
import pytest
from hands import on_disk, until
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from geohazard_desktop.desktop.question import Question
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.workspace import Workspace

TITLE = ("work_card", "title")


@pytest.fixture
def editor(sit_down, demo_path):
    hands = sit_down(demo_path)
    hands.window.center.run("publish.templates")
    window = hands.window.handlers.templates.window
    assert window is not None
    window.preview.choose_product("cards_work")
    until(lambda: window.preview.template == "work_card", "a first page")
    yield hands, window
    window.drafts.let_go(window.drafts.unsaved)
    window.close()


def said_on_page(window) -> str:
    return window.preview.view.document().getAllText(0).text()


def saved(path) -> dict[str, str]:
    rows = on_disk(path, "setting")
    return {one.text("key"): one.text("value") for one in rows if one.text("key").startswith("template.")}


def test_words_of_a_card_are_changed_in_a_form_seen_saved_printed_and_undone(editor, demo_path, tmp_path):
    hands, window = editor
    field = window.form.editors[TITLE]
    line = field.findChild(QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "CARD 2026")
    until(lambda: "CARD 2026" in said_on_page(window), "the page with the new title")
    assert saved(demo_path) == {}
    QTest.mouseClick(window.save_button, Qt.MouseButton.LeftButton)
    assert saved(demo_path)["template.settings.toml"].count("\n") < 6
    assert hands.window.session.workspace.undo_words() == "改模板 版面设置"
    with Workspace.open(demo_path, read_only=True) as ws:
        first = ws.table("hazard_point").uids[:1]
        report = PRODUCTS["cards_work"].publish(ws, tmp_path / "out", {}, uids=first)
    assert "CARD 2026" in pypdfium2.PdfDocument(report.files[0])[0].get_textpage().get_text_range()
    hands.window.center.run("edit.undo")
    until(lambda: "CARD 2026" not in said_on_page(window), "the shipped title")
    assert field.value() == field.field.shipped


def test_a_fault_keeps_the_last_good_page_and_a_click_goes_to_its_place(editor):
    _hands, window = editor
    window.list.choose("work_card.typ")
    until(lambda: not window.preview.proofs.waiting and not window.preview._wait.isActive())
    pages = window.preview.pages
    text = window.text.editor
    text.go_to(3, 1)
    QTest.keyClicks(text, "#nothing(1)")
    until(lambda: window.preview.fault is not None, "a fault")
    assert "第 3 行第 2 列" in window.text.fault.text()
    assert "nothing" in window.text.fault.text()
    assert window.preview.pages == pages
    window.list.choose("parts/form.typ")
    QTest.mouseClick(window.text.to_fault, Qt.MouseButton.LeftButton)
    assert window.path == "work_card.typ"
    assert text.textCursor().blockNumber() == 2
    asked = []

    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, Question)
        asked.append(box.windowTitle())
        QTest.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(0, answer)
    QTest.mouseClick(window.save_button, Qt.MouseButton.LeftButton)
    assert asked == ["模板里还有错"]
    assert window.drafts.unsaved == ["work_card.typ"]
    assert window.focusWidget() is text, "the keys go on in the text"
    QTest.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # still there after another was looked at
    until(lambda: window.preview.fault is None, "no fault any more")
    assert window.drafts.unsaved == []


def test_a_changed_template_is_compared_and_restored(editor, demo_path):
    _hands, window = editor
    window.list.choose("parts/marks.typ")
    text = window.text.editor
    text.go_to(1, 1)
    QTest.keyClicks(text, "// of our own")
    QTest.keyClick(text, Qt.Key.Key_Return)
    QTest.keyClick(text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert list(saved(demo_path)) == ["template.parts/marks.typ"]
    QTest.mouseClick(window.see_diff, Qt.MouseButton.LeftButton)
    assert "有 1 处不同" in window.diff.words.text()
    assert "+    1  // of our own" in window.diff.text.toPlainText()
    QTest.mouseClick(window.restore_button, Qt.MouseButton.LeftButton)
    assert saved(demo_path) == {}
    assert not window.restore_button.isEnabled()


def test_a_template_that_never_ends_is_put_down(editor, monkeypatch):
    _hands, window = editor
    monkeypatch.setattr("geohazard_desktop.desktop.templates.proofs.LONGEST", 0.5)
    window.list.choose("work_card.typ")
    window.text.editor.go_to(3, 1)
    QTest.keyClicks(window.text.editor, "#for a in range(99999) { for b in range(99999) { let c = a } }")
    until(lambda: window.preview.fault is not None and "停下" in window.preview.fault.sentence, "put down")
    window.drafts.let_go(window.drafts.unsaved)
    monkeypatch.setattr("geohazard_desktop.desktop.templates.proofs.LONGEST", 30.0)
    until(lambda: window.preview.fault is None, "a page again")
