"""An office looks for its logo, the place of its seal and its fonts among its settings, and sees a card with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import Hands, on_disk, until
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit

from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.desktop.templates.office_look import OfficeLook
from geohazard_desktop.desktop.theme import theme

pytestmark = pytest.mark.window
SEAL = ("map_sheet", "seal_note")


@pytest.fixture
def opened(hands: Hands) -> Iterator[SettingsDialog]:
    made = settings_of(hands)
    yield made
    made.reject()
    made.deleteLater()
    drafts = hands.window.handlers.templates.drafts
    drafts.let_go(drafts.unsaved)  # a window with some would ask when it is closed


def settings_of(hands: Hands) -> SettingsDialog:
    window = hands.window
    look = OfficeLook(window.session, window.handlers.templates.drafts)
    made = SettingsDialog(window.session.workspace, window, look)
    made.show()
    made.tabs.setCurrentIndex(1)
    return made


def choose_logo(dialog: SettingsDialog, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ask_open", lambda *_said: path)
    dialog.look.form.logo.asked.emit()


def picture(path: Path, colour: str = "#1a56a6") -> Path:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def templates_on_disk(work: Path) -> dict[str, str]:
    rows = on_disk(work, "setting")
    return {one.text("key"): one.text("value") for one in rows if one.text("key").startswith("template.")}


def test_a_logo_and_a_seal_are_chosen_seen_and_stored_in_one_step(hands, opened, work, tmp_path, monkeypatch):
    choose_logo(opened, picture(tmp_path / "徽标.png"), monkeypatch)
    look = opened.look
    assert look.form.logo.picture.pixmap().toImage().pixelColor(5, 5) == QColor("#1a56a6")
    seal = look.form.editors[SEAL].findChild(QLineEdit)
    seal.selectAll()
    seal.insert("（单位公章）")
    seal.textEdited.emit(seal.text())
    opened.lines["duty.phone"][1].setText("0473-0000001")
    assert templates_on_disk(work) == {}, "nothing is stored before the button"
    opened.take.click()
    assert hands.window.session.apply(opened.edit)
    stored = templates_on_disk(work)
    assert "单位公章" in stored["template.settings.toml"]
    assert stored["template.logo.svg"].startswith("<svg")
    assert hands.window.session.workspace.undo_words() == "改单位设置：duty.phone、徽标、盖章处、字体"
    assert hands.window.handlers.templates.drafts.unsaved == []
    hands.window.center.run("edit.undo")
    assert templates_on_disk(work) == {}


def test_who_cancels_has_changed_nothing(hands, opened, tmp_path, monkeypatch):
    drafts = hands.window.handlers.templates.drafts
    choose_logo(opened, picture(tmp_path / "徽标.png"), monkeypatch)
    assert drafts.unsaved == ["logo.svg", "settings.toml"]
    opened.reject()
    assert drafts.unsaved == []
    assert opened.edit is None


def test_what_the_templates_window_has_not_stored_outlives_a_cancelled_dialog(hands):
    drafts = hands.window.handlers.templates.drafts
    drafts.reload()
    drafts.set_text("settings.toml", '[work_card]\ntitle = "本局的卡"\n')
    dialog = settings_of(hands)
    seal = dialog.look.form.editors[SEAL].findChild(QLineEdit)
    seal.setText("印")
    seal.textEdited.emit("印")
    dialog.reject()
    assert drafts.text("settings.toml") == '[work_card]\ntitle = "本局的卡"\n'
    drafts.let_go(["settings.toml"])
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.png", b"\x89PNG\r\n\x1a\n broken", "打不开"),
        ("坏.svg", b"<html>no picture</html", "打不开"),
        ("表.xlsx", b"PK", "不是能印的图片"),
    ],
)
def test_a_picture_that_can_not_be_printed_is_refused_in_a_sentence(opened, tmp_path, monkeypatch, name, content, said):
    good = picture(tmp_path / "徽标.png")
    choose_logo(opened, good, monkeypatch)
    before = opened.look.changed_files()
    (tmp_path / name).write_bytes(content)
    choose_logo(opened, tmp_path / name, monkeypatch)
    assert name in opened.look.fault.text()
    assert said in opened.look.fault.text()
    assert not opened.look.fault.isHidden()
    assert opened.look.changed_files() == before
    choose_logo(opened, good, monkeypatch)
    assert opened.look.fault.isHidden()


def test_a_card_is_seen_beside_them(opened):
    look = opened.look
    until(lambda: look.preview.pages > 0 or look.preview.fault is not None, "a page")
    assert look.preview.fault is None
    assert look.preview.template == "work_card"


def test_in_the_largest_type_both_are_in_sight_above_the_buttons(hands):
    hands.window.resize(1366, 768)
    theme().set(percent=200)
    dialog = settings_of(hands)
    hands.settle()
    assert dialog.height() <= hands.window.height()
    assert dialog.width() <= hands.window.width()
    for one in (dialog.take, dialog.look.preview.view, dialog.look.form):
        assert dialog.rect().contains(QRect(one.mapTo(dialog, one.rect().topLeft()), one.size()))
    dialog.reject()
    dialog.deleteLater()
    theme().set(percent=100)
