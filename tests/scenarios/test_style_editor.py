"""An officer changes how a layer looks, with real mouse and key events: seen at once, stored when asked, undone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import CONTROL, LEFT, Hands, on_disk, until
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shapely import LineString, Point, box

from geohazard_desktop.cartography.new_workspace import new_workspace
from geohazard_desktop.desktop.main_window import MainWindow
from geohazard_desktop.desktop.start import make_window
from geohazard_desktop.desktop.style_editor import StyleEditor
from geohazard_desktop.workspace.edits import change_style, create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window

EAST, NORTH = 36_400_000.0, 4_370_000.0
RED, BLUE = "#D7000F", "#0033CC"


@pytest.fixture
def work(tmp_path: Path, district) -> Path:
    path = tmp_path / "本局 2026.gpkg"
    with new_workspace(path, district) as ws:
        for layer, geometry, values in (
            ("district", box(EAST, NORTH, EAST + 4000, NORTH + 3000), {"name": "示例区"}),
            ("danger_zone", box(EAST + 500, NORTH + 500, EAST + 1900, NORTH + 1900), {"name": "示例沟", "id": "W1"}),
            ("evacuation_route", LineString([(EAST + 600, NORTH + 2500), (EAST + 900, NORTH + 2800)]), {"id": "L1"}),
            ("facility", Point(EAST + 3000, NORTH + 800), {"name": "示例厂", "kind": "厂区"}),
        ):
            ws.apply(create_feature(ws.definitions, layer, geometry, values))
    return path


@pytest.fixture
def windows() -> Iterator[list[MainWindow]]:
    made: list[MainWindow] = []
    yield made
    for one in made:
        one.close()
        one.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def sit_down(windows: list[MainWindow]):
    def start(path: Path) -> Hands:
        for one in windows:
            one.close()
        window = make_window()
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        made = Hands(window)
        made.come_forward()
        made.open(path)
        return made

    return start


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    return sit_down(work)


# -- the hands at the editor -------------------------------------------------------------------------------------------


def editor(hands: Hands) -> StyleEditor:
    found = hands.window.styles.editor
    assert found is not None
    return found


def open_style(hands: Hands, layer: str = "danger_zone") -> StyleEditor:
    hands.window.layers.set_current(layer)
    hands.key(Qt.Key.Key_F7)
    hands.settle()
    return editor(hands)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    assert widget.isVisible()
    if place is None:
        QTest.mouseClick(widget, LEFT)
    else:
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, place)
    QApplication.processEvents()


def click_rule(hands: Hands, row: int) -> None:
    tree = editor(hands).rules.list
    click(tree.viewport(), tree.visualItemRect(tree.topLevelItem(row)).center())


def click_symbol(hands: Hands, words: str) -> None:
    found = editor(hands).rules.layers.list
    item = found.findItems(words, Qt.MatchFlag.MatchExactly)[0]
    click(found.viewport(), found.visualItemRect(item).center())


def type_colour(hands: Hands, colour: str) -> None:
    """The colour button, its popup, the code by the keyboard."""
    button = editor(hands).rules.layers.form.fields["color"]
    click(button)
    popup = button.popup
    assert popup.isVisible()
    popup.hex.selectAll()
    QTest.keyClicks(popup.hex, colour)
    QTest.keyClick(popup.hex, Qt.Key.Key_Return)
    QApplication.processEvents()


def seen(hands: Hands, colour: str) -> int:
    """How many pixels of the map have just this colour."""
    until(lambda: not editor_waits(hands), "the preview")
    hands.settle()
    image = hands.canvas.grab().toImage()
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(0, image.height(), 2))


def editor_waits(hands: Hands) -> bool:
    found = hands.window.styles.editor
    return found is not None and found._wait.isActive()


def make_blue(hands: Hands) -> None:
    """The outline of zones without a document, which is what the map shows here."""
    open_style(hands)
    click_rule(hands, 2)
    click_symbol(hands, "轮廓")
    type_colour(hands, BLUE)


# -- looking, storing, taking back -------------------------------------------------------------------------------------


def test_a_colour_is_seen_at_once_and_cancel_takes_it_away(hands: Hands, work: Path):
    assert seen(hands, RED) > 50
    make_blue(hands)
    assert seen(hands, BLUE) > 50
    assert on_disk(work, "style") == [], "nothing is stored yet"
    assert "还没应用" in editor(hands).state.text()
    hands.press("取消", editor(hands))
    assert hands.window.styles.editor is None
    assert seen(hands, BLUE) == 0
    assert seen(hands, RED) > 50
    assert on_disk(work, "style") == []
    assert "样式" not in hands.window.session.workspace.history(1)[0].words


@pytest.mark.parametrize("leave", ["tab", "elsewhere"])
def test_a_typed_colour_is_taken_when_the_hand_goes_elsewhere(hands: Hands, leave):
    open_style(hands)
    click_rule(hands, 2)
    click_symbol(hands, "轮廓")
    popup = open_popup(hands, BLUE)
    if leave == "tab":
        QTest.keyClick(popup.hex, Qt.Key.Key_Tab)
        assert popup.isVisible()
    else:
        QTest.mouseClick(popup, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(-20, -20))
        assert editor(hands).rules.layers.form.fields["color"].popup is popup
    assert editor(hands).draft.current_symbol["color"] == BLUE
    if leave == "tab":
        popup.close()
    assert seen(hands, BLUE) > 50


def test_what_is_no_colour_is_marked_and_neither_lost_nor_taken(hands: Hands):
    open_style(hands)
    popup = open_popup(hands, "#12")
    QTest.mouseClick(popup, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(-20, -20))
    assert popup.isVisible()
    assert popup.hex.text() == "#12"
    assert popup.hex.property("wrong")
    assert "#RRGGBB" in popup.told.text()
    QTest.keyClick(popup.hex, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not editor(hands).draft.dirty


def test_escape_gives_a_typed_colour_up(hands: Hands):
    open_style(hands)
    popup = open_popup(hands, BLUE)
    QTest.keyClick(popup.hex, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not editor(hands).draft.dirty


def open_popup(hands: Hands, typed: str):
    button = editor(hands).rules.layers.form.fields["color"]
    click(button)
    button.popup.hex.selectAll()
    QTest.keyClicks(button.popup.hex, typed)
    return button.popup


@pytest.mark.parametrize("words", ["取消", "确定"])
def test_the_panel_that_was_open_before_comes_back(hands: Hands, words):
    side = hands.window.side
    side.setCurrentWidget(hands.window.history)
    make_blue(hands)
    hands.press(words, editor(hands))
    assert side.currentWidget() is hands.window.history


def test_cancel_after_apply_says_that_what_was_applied_stays(hands: Hands, work: Path):
    make_blue(hands)
    hands.press("应用", editor(hands))
    hands.press("取消", editor(hands))
    assert len(on_disk(work, "style")) == 1
    assert any("已经应用的样式留着" in one for one in hands.bars())
    assert not any("没有改" in one for one in hands.bars())


def test_apply_leaves_the_tree_unfolded_as_it_was(hands: Hands):
    tree = hands.window.layers.tree
    item = tree.findItems("危险区", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
    item.setExpanded(True)
    make_blue(hands)
    hands.press("应用", editor(hands))
    until(lambda: not hands.window._counts.isActive(), "the tree is filled anew")
    again = tree.findItems("危险区", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
    assert again.isExpanded()
    again.setExpanded(False)
    hands.window.fill_layers()
    assert not tree.findItems("危险区", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0].isExpanded()


def test_what_was_cancelled_is_offered_back(hands: Hands):
    make_blue(hands)
    hands.press("取消", editor(hands))
    hands.press("接着改")
    assert seen(hands, BLUE) > 50
    assert editor(hands).draft.dirty


def test_apply_stores_a_step_with_words_and_undo_takes_it_back(hands: Hands, work: Path):
    make_blue(hands)
    hands.press("应用", editor(hands))
    assert len(on_disk(work, "style")) == 1
    history = hands.window.session.workspace.history(1)[0]
    assert history.words == f"样式：危险区 “拟划的危险区”轮廓 {RED} → {BLUE}"
    assert editor(hands).state.text() == "本文件自己的样式"
    assert seen(hands, BLUE) > 50
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert on_disk(work, "style") == []
    assert seen(hands, BLUE) == 0
    assert editor(hands).state.text() == "默认样式"
    assert not editor(hands).draft.dirty
    hands.key(Qt.Key.Key_Y, CONTROL)
    assert seen(hands, BLUE) > 50


def test_the_changed_style_is_there_after_a_restart(hands: Hands, sit_down, work: Path):
    make_blue(hands)
    hands.press("确定", editor(hands))
    assert hands.window.styles.editor is None
    again = sit_down(work)
    assert seen(again, BLUE) > 50
    assert seen(again, RED) < 400, "the hatch keeps its red, the outline has none"


def test_the_default_comes_back_and_can_be_taken_back(hands: Hands, work: Path):
    make_blue(hands)
    hands.press("应用", editor(hands))
    hands.press("恢复默认", editor(hands))
    assert on_disk(work, "style") == []
    assert seen(hands, BLUE) == 0
    hands.press("撤销", hands.window.banner.window())
    assert seen(hands, BLUE) > 50


def test_qgis_reads_the_changed_style_from_the_same_file(hands: Hands, work: Path):
    import sqlite3

    make_blue(hands)
    hands.press("确定", editor(hands))
    with sqlite3.connect(work) as sql:
        (text,) = sql.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'danger_zone'").fetchone()
    assert "0,51,204,255" in text


def test_escape_leaves_without_a_change(hands: Hands, work: Path):
    make_blue(hands)
    QTest.keyClick(editor(hands).rules.list, Qt.Key.Key_Escape)
    assert hands.window.styles.editor is None
    assert on_disk(work, "style") == []


# -- the ways in -------------------------------------------------------------------------------------------------------


def test_the_layer_tree_offers_the_style_by_menu_and_button(hands: Hands):
    window = hands.window
    window.layers.set_current("road")
    click(window.layers.style_button)
    assert editor(hands).draft.definition.table == "road"
    menu = window.layers.menu_for("danger_zone")
    next(one for one in menu.actions() if one.text() == "样式……").trigger()
    assert editor(hands).draft.definition.table == "danger_zone"
    assert window.map.isVisible()
    assert window.map.canvas.width() > window.width() * 0.4, "the map is never hidden"


def test_a_layer_without_shapes_says_why_it_has_no_style(hands: Hands):
    hands.window.layers.set_current("person")
    assert "有图形的图层" in hands.window.center.tooltip(next(c for c in commands() if c.id == "layer.style"))
    hands.window.styles.open("person")
    assert any("没有样式可改" in one for one in hands.bars())
    assert hands.window.styles.editor is None


def commands():
    from geohazard_desktop.desktop.commands import COMMANDS

    return COMMANDS


def test_another_layers_editor_puts_the_first_aside_and_brings_it_back(hands: Hands):
    make_blue(hands)
    open_style(hands, "evacuation_route")
    assert seen(hands, BLUE) == 0
    open_style(hands, "danger_zone")
    assert seen(hands, BLUE) > 50
    assert editor(hands).draft.dirty


# -- symbols, classes, labels ------------------------------------------------------------------------------------------


def test_symbol_layers_are_added_moved_and_removed(hands: Hands):
    open_style(hands)
    click_rule(hands, 2)
    layers = editor(hands).rules.layers
    menu = layers.menu()
    next(one for one in menu.actions() if one.text() == "点纹").trigger()
    assert [one["kind"] for one in editor(hands).draft.symbols] == ["fill", "hatch", "stroke", "dots"]
    click(layers.down_button)
    assert [one["kind"] for one in editor(hands).draft.symbols] == ["fill", "hatch", "dots", "stroke"]
    click(layers.remove_button)
    assert [one["kind"] for one in editor(hands).draft.symbols] == ["fill", "hatch", "stroke"]
    assert not editor(hands).draft.dirty


def test_a_width_is_typed_in_millimetres(hands: Hands):
    open_style(hands)
    click_rule(hands, 2)
    click_symbol(hands, "轮廓")
    width = editor(hands).rules.layers.form.fields["width"]
    width.setFocus()
    width.selectAll()
    QTest.keyClicks(width, "2.5")
    QTest.keyClick(width, Qt.Key.Key_Return)
    assert editor(hands).draft.current_symbol["width"] == 2.5
    assert editor(hands).rules.layers.form is not None


def test_danger_zones_are_classed_by_a_field_with_counts(hands: Hands):
    open_style(hands)
    rules = editor(hands).rules
    choose(rules.categories.field, "灾害类型")
    assert [rules.list.topLevelItem(row).text(0) for row in range(3)] == ["崩塌", "滑坡", "泥石流"]
    rest = rules.list.topLevelItemCount() - 1
    assert rules.list.topLevelItem(rest).text(1) == "1", "the zone without a type is drawn by the last rule"


def test_a_layer_without_a_field_that_parts_it_stays_as_it_is_until_one_is_chosen(hands: Hands):
    open_style(hands, "district")
    rules, draft = editor(hands).rules, editor(hands).draft
    before = list(draft.rules)
    choose(rules.mode, "分类：按字段的值")
    assert not draft.dirty
    assert rules.categories.isVisible()
    assert not rules.categories.again.isEnabled(), "there is nothing to class by yet"
    assert "请选一个字段" in rules.categories.note.text()
    assert rules.categories.note.isVisible()
    choose(rules.categories.field, "行政区划代码")
    assert "还没有填值" in rules.categories.note.text()
    assert draft.rules == before
    choose(rules.categories.field, "名称")
    assert [one["label"] for one in draft.rules] == ["示例区", "其他"]


def test_a_layer_without_any_value_says_that_it_can_not_be_classed(hands: Hands):
    open_style(hands, "neighbour")
    rules = editor(hands).rules
    choose(rules.mode, "分类：按字段的值")
    assert not editor(hands).draft.dirty
    assert rules.mode.currentText() == "单一符号"
    assert "没有可以分类的字段" in rules.told.text()
    assert rules.told.isVisible()


def test_points_are_classed_by_coloured_dots_and_that_is_said(hands: Hands):
    open_style(hands, "facility")
    rules = editor(hands).rules
    choose(rules.mode, "分类：按字段的值")
    choose(rules.categories.field, "名称")
    assert rules.list.topLevelItem(0).text(0) == "示例厂"
    drawing = editor(hands).draft.rules[0]["symbol"][0]["name"]
    assert seen(hands, drawing.partition('fill="')[2][:7]) > 20
    assert "彩色圆点" in rules.categories.note.text()


def choose(combo, words: str) -> None:
    """By the keyboard, as a hand does: the list opens, the row is taken."""
    at = combo.findText(words)
    assert at >= 0, [combo.itemText(n) for n in range(combo.count())]
    combo.setCurrentIndex(at)
    combo.activated.emit(at)
    QApplication.processEvents()


def test_graded_by_hand_where_no_number_is_filled_in(hands: Hands):
    open_style(hands)
    rules = editor(hands).rules
    choose(rules.mode, "分级：按数字大小")
    choose(rules.grades.field, "需转移人数")
    rules.grades.bounds.setFocus()
    rules.grades.bounds.selectAll()
    QTest.keyClicks(rules.grades.bounds, "10 100")
    QTest.keyClick(rules.grades.bounds, Qt.Key.Key_Return)
    labels = [rules.list.topLevelItem(row).text(0) for row in range(rules.list.topLevelItemCount())]
    assert labels[:3] == ["< 10 人", "10–99 人", "≥ 100 人"]
    assert rules.mode.currentData() == "graduated"


def test_back_to_one_symbol(hands: Hands):
    open_style(hands)
    choose(editor(hands).rules.mode, "单一符号")
    assert len(editor(hands).draft.rules) == 1
    assert not editor(hands).rules.box.isVisible()


def test_a_marker_is_chosen_by_its_picture(hands: Hands):
    open_style(hands, "facility")
    button = editor(hands).rules.layers.form.fields["name"]
    click(button)
    click(button.popup.tiles["mine"])
    assert editor(hands).draft.current_symbol["name"] == "mine"


def test_the_label_is_changed_and_the_example_says_how_it_reads(hands: Hands):
    open_style(hands)
    page = editor(hands).labels
    editor(hands).tabs.setCurrentIndex(1)
    page.text.setFocus()
    page.text.selectAll()
    QTest.keyClicks(page.text, "Z {id}")
    assert "Z W1" in page.example.text()
    click(page.on, QPoint(8, page.on.height() // 2))
    assert "label" not in editor(hands).draft.mapping


def test_the_present_scale_becomes_the_limit_and_the_layer_goes_when_zoomed_out(hands: Hands):
    open_style(hands)
    editor(hands).tabs.setCurrentIndex(2)
    click(editor(hands).scales.scales.buttons[0])
    limit = editor(hands).draft.mapping["maximum_scale_denominator"]
    assert hands.canvas.viewport.denominator <= limit <= hands.canvas.viewport.denominator * 1.02
    assert seen(hands, RED) > 50
    hands.canvas.zoom(0.5)
    assert seen(hands, RED) == 0


# -- warnings and faults -----------------------------------------------------------------------------------------------


def test_a_colour_that_a_copier_loses_is_warned_of(hands: Hands):
    open_style(hands)
    click_symbol(hands, "轮廓")
    type_colour(hands, "#FF9900")
    assert editor(hands).notice.isVisible()
    assert "灰度 166" in editor(hands).warning.text()
    assert editor(hands).ok_button.isEnabled(), "a warning is no prohibition"


def test_text_is_read_as_it_is_typed_and_a_fault_says_line_and_place(hands: Hands, work: Path):
    open_style(hands)
    page = editor(hands).text
    editor(hands).tabs.setCurrentIndex(3)
    text = page.edit.toPlainText()
    page.edit.selectAll()
    page.edit.insertPlainText(text.replace(RED, BLUE))
    until(lambda: editor(hands).draft.dirty, "the text is read")
    assert seen(hands, BLUE) > 50
    page.edit.selectAll()
    page.edit.insertPlainText("[style]\ndraw_order = \n")
    until(lambda: editor(hands).draft.fault is not None, "the fault")
    assert "第 2 行" in page.fault.text()
    assert page.edit.extraSelections()
    assert not editor(hands).apply_button.isEnabled()
    assert seen(hands, BLUE) > 50, "the map keeps the last style that could be read"
    assert on_disk(work, "style") == []


def broken(path: Path, text: str) -> None:
    with Workspace.open(path) as ws:
        ws.apply(
            Edit("样式", [inserted(Feature("style", new_uid(), None, {"table_name": "danger_zone", "toml": text}))])
        )


def test_a_broken_style_in_the_file_is_drawn_by_default_told_in_the_tree_and_mended(work: Path, sit_down):
    broken(work, '[style]\ndraw_order = 130\n[[style.rule]\nlabel = "甲"\n')
    hands = sit_down(work)
    assert seen(hands, RED) > 50, "the default look"
    tree = hands.window.layers.tree
    assert tree.findItems("样式读不懂", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    assert any("第 3 行" in one for one in hands.bars())
    hands.press("改样式")
    page = editor(hands).text
    assert page.isVisible()
    assert "第 3 行" in page.fault.text()
    assert "[[style.rule]\n" in page.edit.toPlainText(), "what was written there is not lost"
    text = page.edit.toPlainText()
    page.edit.selectAll()
    page.edit.insertPlainText(text.replace("[[style.rule]\n", "[[style.rule]]\n"))
    until(lambda: editor(hands).draft.fault is None, "mended")
    hands.press("应用", editor(hands))
    until(lambda: not any("第 3 行" in one for one in hands.bars()), "the bar goes")
    assert not tree.findItems("样式读不懂", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)


def test_unknown_fields_and_symbols_are_told_and_nothing_fails(hands: Hands):
    draft = open_style(hands, "facility").draft
    draft.mapping["rule"].insert(0, {"label": "甲", "where": {"field": "nichts", "equals": 1}, "symbol": []})
    draft.mapping["rule"][1]["symbol"][0]["name"] = "gibt/es/nicht"
    draft.touch()
    assert "nichts" in editor(hands).warning.text()
    assert "gibt/es/nicht" in editor(hands).warning.toolTip()
    hands.settle()


def test_five_hundred_classes_stay_usable(hands: Hands):
    draft = open_style(hands).draft
    symbol = {"kind": "stroke", "color": "#333333"}
    draft.set_rules(
        [{"label": f"类{n}", "where": {"field": "id", "equals": f"{n}"}, "symbol": [symbol]} for n in range(499)]
        + [{"label": "其余", "symbol": [symbol]}]
    )
    assert editor(hands).rules.list.topLevelItemCount() == 500
    hands.press("应用", editor(hands))
    assert len(hands.window.session.workspace.style("danger_zone")["rule"]) == 500


# -- others ------------------------------------------------------------------------------------------------------------


def test_what_another_window_stored_is_shown_unless_something_is_under_the_hand(hands: Hands, work: Path):
    open_style(hands)
    with Workspace.open(work) as other:
        mapping = dict(other.style("danger_zone")) | {"draw_order": 131}
        other.apply(change_style(other, "danger_zone", mapping))
    hands.window.session.poll()
    assert editor(hands).draft.mapping["draw_order"] == 131
    assert not editor(hands).draft.dirty
    click_rule(hands, 2)
    click_symbol(hands, "轮廓")
    type_colour(hands, BLUE)
    with Workspace.open(work) as other:
        other.apply(change_style(other, "danger_zone", dict(other.style("danger_zone")) | {"draw_order": 132}))
    hands.window.session.poll()
    assert editor(hands).draft.dirty
    assert seen(hands, BLUE) > 50


def test_a_file_that_only_can_be_read_shows_styles_and_stores_none(work: Path, sit_down, tmp_path: Path):
    folder = tmp_path / "只读"
    folder.mkdir()
    path = Path(shutil.copy(work, folder / "只读.gpkg"))
    path.chmod(0o444)
    with Workspace.open(path) as ws:
        if not ws.read_only:
            pytest.skip("this user may write everything")
    hands = sit_down(path)
    make_blue(hands)
    assert seen(hands, BLUE) > 50
    assert not editor(hands).apply_button.isEnabled()
    assert editor(hands).apply_button.toolTip()


def test_a_style_goes_to_another_layer_by_the_clipboard(hands: Hands):
    open_style(hands, "susceptibility_zone")
    hands.window.styles._asked("copy")
    open_style(hands, "danger_zone")
    hands.window.styles._asked("paste")
    assert editor(hands).draft.rules[0]["label"] == "高易发区"
    open_style(hands, "evacuation_route")
    hands.window.styles._asked("paste")
    assert "底色、点纹" in editor(hands).warning.toolTip(), "what an area has and a line can't show is told"
    open_style(hands, "facility")
    hands.window.styles._asked("paste")
    assert any("是点，画不出来" in one for one in hands.bars())
    assert not editor(hands).draft.dirty


# -- files and own symbols ---------------------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#00AA55"/></svg>'


def answer(monkeypatch, path: Path) -> None:
    """The file dialog's answer; it is the system's own window and has no hands here."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_words: (str(path), "")))


def test_an_offices_own_svg_is_drawn_and_travels_in_the_file(hands: Hands, work: Path, sit_down, tmp_path, monkeypatch):
    drawing = tmp_path / "水塔.svg"
    drawing.write_text(SVG, encoding="utf-8")
    open_style(hands, "facility")
    answer(monkeypatch, drawing)
    button = editor(hands).rules.layers.form.fields["name"]
    click(button)
    hands.press("用本单位的 SVG……", button.popup)
    assert button.text() == "本单位的图案"
    assert seen(hands, "#00AA55") > 20
    hands.press("确定", editor(hands))
    assert "符号换了图案" in hands.window.session.workspace.history(1)[0].words
    drawing.unlink()
    assert seen(sit_down(work), "#00AA55") > 20, "the drawing stands in the workspace"


def test_a_file_that_is_no_drawing_is_refused_with_a_sentence(hands: Hands, tmp_path, monkeypatch):
    drawing = tmp_path / "照片.svg"
    drawing.write_bytes(b"\x89PNG\r\n\x1a\n")
    open_style(hands, "facility")
    answer(monkeypatch, drawing)
    button = editor(hands).rules.layers.form.fields["name"]
    click(button)
    hands.press("用本单位的 SVG……", button.popup)
    assert any("照片.svg" in one for one in hands.bars())
    assert not editor(hands).draft.dirty


def test_a_style_goes_to_a_file_and_comes_back(hands: Hands, tmp_path, monkeypatch):
    make_blue(hands)
    answer(monkeypatch, tmp_path / "交给邻区")
    take(hands, "导出样式文件……")
    assert BLUE in (tmp_path / "交给邻区.toml").read_text(encoding="utf-8")
    hands.press("取消", editor(hands))
    open_style(hands)
    answer(monkeypatch, tmp_path / "交给邻区.toml")
    take(hands, "导入样式文件……")
    assert seen(hands, BLUE) > 50
    assert editor(hands).draft.dirty


def take(hands: Hands, words: str) -> None:
    """A row of the editor's menu."""
    next(one for one in editor(hands).menu().actions() if one.text() == words).trigger()
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", "[style]"),
        (b"a = 1", "[style]"),
        (b"[style]\nrule = 1\n", "rule"),
        (b"[style]\ndraw_order =\n", "2"),
    ],
)
def test_a_wrong_style_file_changes_nothing_and_is_named(hands: Hands, tmp_path, monkeypatch, content, told):
    path = tmp_path / "来的.toml"
    path.write_bytes(content)
    open_style(hands, "evacuation_route")
    before = dict(editor(hands).draft.mapping)
    answer(monkeypatch, path)
    take(hands, "导入样式文件……")
    assert any("来的.toml" in one and told in one for one in hands.bars())
    assert editor(hands).draft.mapping == before


def test_a_larger_type_and_the_dark_theme_keep_what_is_under_the_hand(hands: Hands):
    make_blue(hands)
    for command in ("view.larger", "view.dark"):
        hands.window.center.run(command)
        QApplication.processEvents()
        assert editor(hands).draft.dirty
        assert editor(hands).isVisible()
    assert BLUE in str(editor(hands).draft.mapping)
    hands.window.center.run("view.dark")
    hands.window.center.run("view.normal")
    hands.window.center.run("view.bright")
    assert seen(hands, BLUE) > 50


def test_closing_the_workspace_leaves_no_editor_behind(hands: Hands, work: Path):
    make_blue(hands)
    hands.window.center.run("file.close")
    assert hands.window.styles.editor is None
    hands.open(work)
    assert seen(hands, BLUE) == 0
    assert on_disk(work, "style") == []
