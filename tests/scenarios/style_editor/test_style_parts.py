"""Symbols, classes, labels and scales in the style editor; what it warns of, and what it does with broken styles."""

from pathlib import Path

import pytest
from at_the_editor import BLUE, RED, click, click_rule, click_symbol, editor, open_style, seen, type_colour
from hands import Hands, on_disk, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


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
    assert [rules.list.topLevelItem(row).text(0) for row in range(4)] == ["已撤销的危险区", "崩塌", "滑坡", "泥石流"]
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
    assert labels[:4] == ["已撤销的危险区", "< 10 人", "10–99 人", "≥ 100 人"]
    assert rules.mode.currentData() == "graduated"


def test_back_to_one_symbol(hands: Hands):
    open_style(hands, "susceptibility_zone")
    choose(editor(hands).rules.mode, "单一符号")
    assert len(editor(hands).draft.rules) == 1
    assert not editor(hands).rules.box.isVisible()


def test_one_symbol_for_all_leaves_what_is_over_apart_and_says_so(hands: Hands):
    open_style(hands)
    rules = editor(hands).rules
    choose(rules.mode, "单一符号")
    assert [one.get("label") for one in editor(hands).draft.rules] == ["已撤销的危险区", ""]
    assert "“已撤销的危险区”这条规则留着" in rules.told.text()
    assert rules.told.isVisible()
    assert rules.mode.currentText() == "单一符号"
    assert rules.list.isVisible(), "what is over can be looked at and changed"
    click_rule(hands, 0)
    click(rules.remove_button)
    assert len(editor(hands).draft.rules) == 2, "it can be changed, not thrown away"
    hands.press("应用并关上", editor(hands))
    open_style(hands)
    assert editor(hands).rules.mode.currentText() == "单一符号", "what was chosen is what one finds again"


def test_rules_are_written_also_where_one_symbol_was_for_all(hands: Hands):
    open_style(hands, "susceptibility_zone")
    rules = editor(hands).rules
    choose(rules.mode, "单一符号")
    choose(rules.mode, "规则：自己写条件")
    assert rules.mode.currentText() == "规则：自己写条件"
    click(rules.add_button)
    assert len(editor(hands).draft.rules) == 2
    assert rules.where.isVisible()
    choose(rules.mode, "单一符号")
    assert len(editor(hands).draft.rules) == 1
    assert not rules.list.isVisible()


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
        [{"label": f"类{n}", "where": {"field": "id", "equals": f"{n}"}, "symbol": [symbol]} for n in range(498)]
        + [{"label": "其余", "symbol": [symbol]}]
    )  # beside the rule for what was lifted
    assert editor(hands).rules.list.topLevelItemCount() == 500
    hands.press("应用", editor(hands))
    assert len(hands.window.session.workspace.style("danger_zone")["rule"]) == 500
