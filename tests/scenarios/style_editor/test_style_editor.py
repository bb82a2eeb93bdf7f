"""An officer changes how a layer looks, with real mouse and key events: seen at once, stored when asked, undone."""

from pathlib import Path

import pytest
from at_the_editor import BLUE, RED, click, click_rule, click_symbol, editor, make_blue, open_style, seen
from hands import CONTROL, LEFT, Hands, on_disk, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.window


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


@pytest.mark.parametrize("words", ["取消", "应用并关上"])
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
    until(lambda: not hands.window.following.behind, "the tree is filled anew")
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
    hands.press("应用并关上", editor(hands))
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
    hands.press("应用并关上", editor(hands))
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
