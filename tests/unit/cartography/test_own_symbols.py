"""An office's own SVG as a point symbol: it travels in the style, and only drawing is let in."""

import pytest

from geohazard_desktop.cartography.own_symbols import cleaned, drawing_of
from geohazard_desktop.cartography.symbol_files import symbol_file, symbol_or_question
from geohazard_desktop.common.errors import ResourceMissing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
TOWER = HEAD + '<title>水塔</title><path id="silhouette" d="M4 18V4h12v14z" style="fill:#333333;stroke:none"/></svg>'


def test_an_own_drawing_is_a_symbol_by_its_text():
    text = cleaned(TOWER)
    symbol = symbol_file(text)
    assert symbol.box == (0, 0, 20, 20)
    assert 'fill="#333333"' in symbol.body
    assert symbol.silhouette
    assert symbol_or_question(text)[1] == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html/>", "不是 SVG"),
        ("kein svg", "不是 SVG"),
        (HEAD + "</svg>", "没有图形"),
        (HEAD + '<image href="http://example.invalid/a.png"/></svg>', "image"),
        (HEAD + "<script>alert(1)</script></svg>", "script"),
        (HEAD + "<foreignObject/></svg>", "foreignObject"),
        (HEAD + "<text>甲</text></svg>", "只有文字"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', "viewBox"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"><path d="M0 0"/></svg>', "viewBox"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + TOWER, "外部定义"),
        (HEAD + f'<path d="{"M0 0 " * 20000}"/></svg>', "太复杂"),
    ],
)
def test_what_is_no_drawing_is_refused_with_its_reason(text, reason):
    with pytest.raises(ResourceMissing) as caught:
        cleaned(text, "水塔.svg")
    assert "水塔.svg" in caught.value.sentence
    assert reason in caught.value.sentence
    assert caught.value.remedy


def test_handlers_links_and_references_are_left_out():
    text = cleaned(
        HEAD + '<g onclick="x()"><path d="M0 0H9" fill="url(#a)" stroke="javascript:1" class="b" id="c"/></g></svg>'
    )
    for word in ("onclick", "url(", "javascript", "class", 'id="c"'):
        assert word not in text


def test_texts_are_left_out_and_told_and_the_drawing_is_taken():
    drawing = drawing_of(HEAD + '<g><text x="1">水 <tspan>塔</tspan></text><path d="M0 0H9"/></g></svg>')
    assert drawing.texts == ("水 塔",)
    assert "path" in drawing.svg
    assert "text" not in drawing.svg
    assert "塔" not in drawing.svg


def test_a_drawing_without_a_viewbox_takes_its_size():
    text = cleaned('<svg xmlns="http://www.w3.org/2000/svg" width="12px" height="8px"><path d="M0 0H9"/></svg>')
    assert 'viewBox="0 0 12 8"' in text


def test_a_broken_one_in_a_style_is_a_question_mark_with_a_sentence():
    _symbol, problem = symbol_or_question(HEAD + "<script/></svg>")
    assert "script" in problem
