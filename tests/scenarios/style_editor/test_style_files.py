"""The style editor beside other windows, other layers and files, and own drawings as symbols."""

import shutil
from pathlib import Path

import pytest
import shapely.affinity
from at_the_editor import BLUE, click, click_rule, click_symbol, editor, make_blue, open_style, seen, type_colour
from hands import Hands, on_disk, until
from PySide6.QtWidgets import QApplication, QFileDialog

from geohazard_desktop.workspace.edits import change_style, create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


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


def test_limits_of_another_layer_are_made_anew_and_the_old_ones_are_a_click_away(work: Path, sit_down):
    with Workspace.open(work) as ws:
        small = shapely.affinity.scale(next(iter(ws.table("danger_zone"))).geometry, 0.5, 0.5)
        ws.apply(create_feature(ws.definitions, "danger_zone", small, {"id": "SL-W-0002"}))
    hands = sit_down(work)
    draft = open_style(hands, "susceptibility_zone").draft
    symbol = {"kind": "fill", "color": "#335577"}
    wheres = [{"minimum": -1e300, "maximum": 5e7}, {"minimum": 5e7}]  # km²: no district of the earth is so large
    classes = [{"label": "", "where": {"field": "面积:km²"} | one, "symbol": [symbol]} for one in wheres]
    draft.set_rules([*classes, {"label": "其余", "symbol": [symbol]}])
    hands.window.styles._asked("copy")
    draft = open_style(hands, "danger_zone").draft
    hands.window.styles._asked("paste")
    assert any("重新分成 2 级：带来的界限（50000000）" in one for one in hands.bars())
    made = [one["where"] for one in draft.rules if "where" in one and one["where"]["field"] == "面积:km²"]
    assert made[0]["maximum"] == made[1]["minimum"] < 10, "between this layer's areas"
    assert editor(hands).rules.grades.count.value() == 2
    until(hands.window.banner.bars()[-1].isVisible, "the bar")
    hands.press("用回原来的界限")
    assert [one["where"] for one in draft.rules if "where" in one][-2:] == [one["where"] for one in classes]


def test_an_experts_text_without_the_rule_for_what_was_lifted_gets_it_back_and_is_told(hands: Hands):
    open_style(hands)
    editor(hands).tabs.setCurrentIndex(3)
    edit = editor(hands).text.edit
    edit.selectAll()
    edit.insertPlainText('[style]\n[[style.rule]]\nlabel = "全部"\n[[style.rule.symbol]]\nkind = "stroke"\n')
    until(lambda: len(editor(hands).draft.rules) == 1, "the text is read")
    hands.press("应用", editor(hands))
    assert any("“已撤销的危险区”这条规则加回来了" in one for one in hands.bars())
    stored = hands.window.session.workspace.style("danger_zone")["rule"]
    assert [one["label"] for one in stored] == ["已撤销的危险区", "全部"]


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
    hands.press("应用并关上", editor(hands))
    assert "符号换了图案" in hands.window.session.workspace.history(1)[0].words
    drawing.unlink()
    assert seen(sit_down(work), "#00AA55") > 20, "the drawing stands in the workspace"


def test_words_in_a_drawing_are_left_out_and_that_is_said(hands: Hands, tmp_path, monkeypatch):
    drawing = tmp_path / "水塔.svg"
    drawing.write_text(SVG.replace("</svg>", "<text>塔</text></svg>"), encoding="utf-8")
    open_style(hands, "facility")
    answer(monkeypatch, drawing)
    button = editor(hands).rules.layers.form.fields["name"]
    click(button)
    hands.press("用本单位的 SVG……", button.popup)
    assert button.text() == "本单位的图案"
    assert any("水塔.svg里的文字（“塔”）没有收" in one for one in hands.bars())


def test_words_in_a_drawing_of_a_pasted_style_are_told_too(hands: Hands):
    open_style(hands, "facility")
    written = SVG.replace("</svg>", "<text>塔</text></svg>")
    QApplication.clipboard().setText(f"[[style.rule]]\n[[style.rule.symbol]]\nkind = 'marker'\nname = '{written}'")
    hands.window.styles._asked("paste")
    assert any("这份样式的图案里的文字（“塔”）没有收，图形都收了" in one for one in hands.bars())
    QApplication.clipboard().setText(f"[[style.rule]]\n[[style.rule.symbol]]\nkind = 'marker'\nname = '{SVG}'")
    hands.window.banner.clear()
    hands.window.styles._asked("paste")
    assert not any("没有收" in one for one in hands.bars())


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
        hands.settle()
        assert editor(hands).draft.dirty
        assert editor(hands).isVisible()
    assert BLUE in str(editor(hands).draft.mapping)
    for command in ("view.normal", "view.bright"):
        hands.window.center.run(command)
        hands.settle()
    assert seen(hands, BLUE) > 50


def test_closing_the_workspace_leaves_no_editor_behind(hands: Hands, work: Path):
    make_blue(hands)
    hands.window.center.run("file.close")
    assert hands.window.styles.editor is None
    hands.open(work)
    assert seen(hands, BLUE) == 0
    assert on_disk(work, "style") == []
