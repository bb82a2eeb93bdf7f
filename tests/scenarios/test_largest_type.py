"""200 % in a window of 1366×768, an old laptop under the eyes of somebody of sixty: all can be reached."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import Hands, until
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from geohazard_desktop.desktop.imports.dialog import ImportDialog
from geohazard_desktop.desktop.new_dialog import NewDialog
from geohazard_desktop.desktop.palette import LIGHT
from geohazard_desktop.desktop.papers.issue_window import IssueWindow
from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.desktop.styles.editor import StyleEditor
from geohazard_desktop.desktop.templates.window import TemplateWindow
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.batch import BatchLine

pytestmark = pytest.mark.window


@pytest.fixture
def large(hands: Hands) -> Iterator[Hands]:
    hands.window.resize(1366, 768)
    theme().set(percent=200)
    hands.settle()
    yield hands
    theme().set(name="light", percent=100)


def place_of(one: QWidget, window: QWidget) -> QRect:
    return QRect(one.mapTo(window, one.rect().topLeft()), one.size())


def test_every_menu_is_in_sight_and_the_search_beside_them(large: Hands):
    top = large.window.top_row
    places = [top.menus.actionGeometry(one) for one in top.menus.actions()]
    until(lambda: top.search.text() == "找命令、编号　Ctrl K", "the search takes less")
    assert all(not place.isEmpty() and top.menus.rect().contains(place) for place in places)
    assert top.menus.geometry().right() < top.search.geometry().left()
    assert top.rect().contains(top.search.geometry())
    theme().set(percent=100)
    assert top.search.text() == "找命令、编号、名称或坐标　Ctrl K"


def test_what_prints_stands_above_the_status_line_and_the_map_beside_it(large: Hands):
    window = large.window
    window.show_stage("publish")
    window.center.run("publish.map_zone")
    above = QRect(0, 0, window.width(), window.statusBar().y())
    until(lambda: above.contains(place_of(window.publish.go, window)), "the button")
    for one in (window.side, window.layers, window.map.canvas):
        assert above.contains(place_of(one, window))
    assert window.map.canvas.width() > window.width() // 4
    bar = window.side.tabBar()
    assert bar.tabRect(bar.count() - 1).right() <= window.side.width(), "no tab is cut"


def test_every_page_of_what_is_printed_keeps_its_buttons_and_whole_rows(large: Hands):
    window, panel = large.window, large.window.publish
    window.show_stage("publish")
    window.center.run("publish.map_zone")
    above = QRect(0, 0, window.width(), window.statusBar().y())
    table = panel.subject_table.table
    row = table.verticalHeader().defaultSectionSize()
    until(lambda: table.viewport().height() >= 5 * row, "rows to choose from, below what is scrolled")
    assert table.viewport().height() % row == 0
    assert panel.place.isVisible(), "the folder is below the options"
    panel.queue.add(BatchLine("map_zone", {}, None), 1, "危险区警示图　全部危险区\nA3 横，内部使用，1 份")
    panel.turn_to(1)
    until(lambda: above.contains(place_of(panel.queue.go, window)), "the button that makes all")
    paths = [Path(f"{one}.pdf") for one in range(20)]
    panel.show_result(Result(Order("map_zone", "危险区警示图", Path(), {}), paths, ["一句话"], [], 20, 1.0))
    files = panel.made.list
    until(lambda: files.viewport().height() >= 3 * files.sizeHintForRow(0), "rows of files")
    assert files.viewport().height() % files.sizeHintForRow(0) == 0


def test_stages_say_their_state_in_the_tooltip_where_they_have_one_line(large: Hands):
    window = large.window
    stage = window.stages.buttons["zones"]
    until(lambda: window.stages.height() < theme().px(40), "one line")
    assert stage.words in stage.toolTip().splitlines()
    theme().set(percent=100)
    assert window.stages.height() == theme().px(52)
    assert stage.words not in stage.toolTip().splitlines()


def test_the_register_has_rows_in_sight_and_gives_the_layers_back(large: Hands):
    window = large.window
    theme().set(percent=150)
    window.layers.set_current("danger_zone")
    window.center.run("layer.table")
    view, layers = window.register.view, window.docks["layers"]
    until(lambda: view.viewport().height() >= 2 * view.verticalHeader().defaultSectionSize(), "two rows")
    assert layers.isHidden()
    assert window.register.layers.isVisible(), "the layers can be chosen there"
    theme().set(percent=100)
    until(layers.isVisible, "room enough")
    theme().set(percent=150)
    until(layers.isHidden, "again too narrow")
    window.center.run("layer.table")
    assert layers.isVisible()


def test_the_register_of_papers_grows_with_the_type(large: Hands):
    window = large.window
    theme().set(percent=100)
    window.center.run("publish.issue_register")
    (opened,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, IssueWindow) and one.isVisible()]
    opened.view.setColumnWidth(0, 150)  # as a hand drew it
    theme().set(percent=200)
    assert opened.view.columnWidth(0) == 300
    assert opened.view.verticalHeader().defaultSectionSize() == theme().px(30)
    until(lambda: opened.width() <= window.width() and opened.height() <= window.height(), "no larger than the window")
    assert opened.rect().contains(place_of(opened.receipts, opened))
    assert opened.rect().contains(place_of(opened.filters.words, opened))
    opened.close()


def test_a_dialog_opens_no_larger_than_the_window(large: Hands):
    window = large.window
    dialog = SettingsDialog(window.session.workspace, window)
    dialog.show()
    assert dialog.width() <= window.width()
    assert dialog.height() <= window.height()
    dialog.close()
    dialog.deleteLater()


def test_a_new_workspace_is_made_by_buttons_in_sight(large: Hands):
    dialog = NewDialog(large.window)
    dialog.show()
    large.settle()
    assert dialog.height() <= large.window.height()
    assert dialog.width() <= large.window.width()
    assert dialog.rect().contains(place_of(dialog.make, dialog))
    dialog.close()
    dialog.deleteLater()


def test_an_import_is_read_and_seen_on_two_pages_above_buttons_in_sight(large: Hands, tmp_path: Path):
    rows = ["户主姓名,人数,行动能力,备注", *(f"住户{one},2,轮椅,腿脚慢要慢慢走下坡路{one}" for one in range(9))]
    (tmp_path / "名单.csv").write_text("\n".join(rows), encoding="utf-8")
    dialog = ImportDialog(large.window, large.window.session, tmp_path / "名单.csv", "household")
    dialog.show()
    until(lambda: not dialog.busy and dialog.meanings.isVisible(), "looked at")
    assert dialog.width() <= large.window.width()
    assert dialog.height() <= large.window.height()
    for one in (dialog.cancel_button, dialog.go_button, dialog.pages.tabBar()):
        assert dialog.rect().contains(place_of(one, dialog))
    area = dialog.pages.widget(0)
    assert isinstance(area, QScrollArea)
    assert area.widget().width() <= area.viewport().width(), "nothing is cut at the right"
    assert not dialog.map.isVisible()
    assert "处" in dialog.pages.tabText(1), "what is to be put right is told on the tab"
    dialog.pages.setCurrentIndex(1)
    large.settle()
    for one in (dialog.map, dialog.problems):
        assert dialog.rect().contains(place_of(one, dialog))
    assert dialog.map.geometry().right() < dialog.problems.geometry().left()
    dialog.resize(1900, 1000)
    until(dialog.pages.isHidden, "room for both")
    assert dialog.map.isVisible()
    assert dialog.fields.isVisible()
    dialog.reject()
    dialog.deleteLater()


def test_the_map_of_an_import_is_paper_also_in_the_dark(large: Hands, tmp_path: Path):
    (tmp_path / "名单.csv").write_text("户主姓名,经度,纬度\n住户1,106.7,39.5", encoding="utf-8")
    theme().set(name="dark")
    dialog = ImportDialog(large.window, large.window.session, tmp_path / "名单.csv", "household")
    dialog.show()
    until(lambda: not dialog.busy, "looked at")
    dialog.pages.setCurrentIndex(1)
    large.settle()
    seen = dialog.map.grab().toImage()
    inks = {seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(seen.height())}
    assert {LIGHT.reminder.lower(), LIGHT.text3.lower()} <= inks, "how much lies inside, and the district's outline"
    dialog.reject()
    dialog.deleteLater()


def test_the_templates_stand_in_a_window_no_wider_than_the_screen(large: Hands):
    large.window.center.run("publish.templates")
    (opened,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, TemplateWindow) and one.isVisible()]
    large.settle()
    assert opened.minimumSizeHint().width() <= 1366
    until(lambda: opened.width() <= large.window.width(), "no wider than the window")
    for one in (opened.save_button, opened.restore_button, opened.preview.product, opened.import_button):
        assert opened.rect().contains(place_of(one, opened))
    assert opened.restore_button.width() >= opened.restore_button.sizeHint().width(), "its words are whole"
    opened.close()


def test_the_buttons_of_the_style_editor_say_what_they_do_above_the_status_line(large: Hands):
    window = large.window
    window.layers.set_current("danger_zone")
    window.center.run("layer.style")
    (editor,) = [one for one in window.findChildren(StyleEditor) if one.isVisible()]
    above = QRect(0, 0, window.width(), window.statusBar().y())
    until(lambda: above.contains(place_of(editor.ok_button, window)), "the button")
    assert above.contains(place_of(editor.default_button, window))
    assert editor.ok_button.text() == "应用并关上"
    until(lambda: editor.tabs.currentWidget().height() >= theme().px(50), "a page can be worked in")


def test_the_start_page_shows_its_buttons_and_three_cards_in_a_row(large: Hands):
    window = large.window
    window.center.run("file.close")
    start = window.start
    assert start is not None
    cards = start.findChildren(QWidget, "card")
    until(lambda: start.width() == window.width() and len({one.y() for one in cards}) == 2, "two rows of cards")
    for one in cards:
        assert one.geometry().right() < start.width()
