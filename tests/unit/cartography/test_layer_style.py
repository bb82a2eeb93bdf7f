"""A style that can't be read never takes a layer off the map: its default look is drawn, and it is said."""

import pytest

from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.workspace.definition import parse_style
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid


def written(ws, text, layer="danger_zone"):
    """As another program may leave it."""
    row = Feature("style", new_uid(), None, {"table_name": layer, "toml": text})
    ws.apply(Edit("样式", [inserted(row)]))


def test_the_own_style_is_used_where_it_can_be_read(workspace):
    written(workspace, '[style]\ndraw_order = 7\n[[style.rule]]\nlabel = "甲"\n')
    style, fault = layer_style(workspace, "danger_zone")
    assert fault is None
    assert style.draw_order == 7


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[style]\ndraw_order = \n", "第 2 行第"),
        ("[style", "没有写完"),
        ("", "[style]"),
        ('style = "红"', "[style]"),
        ("[style]\nrule = 3", "rule"),
        ('[[style.rule]]\n[[style.rule.symbol]]\nkind = "glitter"', "glitter"),
        ('[[style.rule]]\n[[style.rule.symbol]]\nkind = "hatch"\nspacing = 0.0001', "spacing"),
        ('[[style.rule]]\n[[style.rule.symbol]]\nkind = "stroke"\nwidth = 1e9', "width"),
    ],
)
def test_a_broken_one_gives_way_to_the_default_and_says_where(workspace, text, named):
    written(workspace, text)
    style, fault = layer_style(workspace, "danger_zone")
    assert style == Style.parse(workspace.definitions["danger_zone"].style, "danger_zone")
    assert fault is not None
    assert fault.sentence.startswith("危险区")
    assert named in fault.sentence
    assert "默认" in fault.sentence
    assert "danger_zone" not in fault.sentence, "people know the layer by its title"
    assert fault.remedy


def test_a_broken_text_is_told_in_chinese():
    with pytest.raises(DefinitionInvalid) as caught:
        parse_style('[style]\nlabel = { text = "x" ]\n', "road")
    assert "第 2 行" in str(caught.value)
    with pytest.raises(DefinitionInvalid, match="文本没有写完"):
        parse_style('[style]\nlabel = { text = "x" \n', "road")
    assert not any(word in str(caught.value) for word in ("Invalid", "Expected", "line", "column"))


@pytest.mark.parametrize(
    "data",
    [
        {"rule": [{"symbol": [{"kind": "hatch", "spacing": 0.01}]}]},
        {"rule": [{"symbol": [{"kind": "stroke", "dash": [0.01, 0.01]}]}]},
        {"rule": [{"symbol": [{"kind": "marker", "name": "a", "size": 5000}]}]},
        {"rule": [{"symbol": [{"kind": "stroke", "width": float("nan")}]}]},
        {"rule": [{"symbol": [{"kind": "stroke", "width": float("inf")}]}]},
        {"rule": [{"symbol": [{"kind": "fill", "opacity": 1.5}]}]},
        {"rule": [{"symbol": [{"kind": ["fill"]}]}]},
        {"rule": [{"where": {"field": "a", "equals": {"b": 1}}}]},
        {"rule": [{"label_color": "rot"}]},
        {"rule": [{}] * 501},
        {"label": {"text": "{id}", "size": 0.01}},
        {"label": {"text": "{id}", "size": 4000}},
        {"maximum_scale_denominator": 1000, "minimum_scale_denominator": 5000},
    ],
)
def test_absurd_numbers_are_refused_before_anything_is_drawn(data):
    with pytest.raises(DefinitionInvalid) as caught:
        Style.parse(data, "某层")
    assert "某层" in caught.value.sentence
