"""A style is data: what it may say, what it says of a feature, and which fault is where."""

import pytest

from geohazard_desktop.cartography.style import Style
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.workspace.definition import read_definitions

FILL = {"kind": "fill", "color": "#FFFFFF"}


def style(**data) -> Style:
    return Style.parse(data, "layer")


def test_every_shipped_style_is_readable():
    for table, definition in read_definitions().items():
        if definition.geometry != "none" and not definition.helper:
            assert Style.parse(definition.style, table).rules, table


def test_the_first_rule_that_matches_wins():
    found = style(
        rule=[
            {"label": "甲", "where": {"field": "kind", "in": ["a", "b"]}, "symbol": [FILL]},
            {"label": "乙", "where": {"field": "depth", "minimum": 10, "maximum": 20}, "symbol": [FILL]},
            {"label": "其余", "symbol": [FILL]},
        ]
    )
    assert found.rule_for({"kind": "b", "depth": 12}).label == "甲"
    assert found.rule_for({"kind": "c", "depth": 10}).label == "乙"
    assert found.rule_for({"kind": "c", "depth": 20}).label == "其余"
    assert found.rule_for({"kind": None, "depth": True}).label == "其余"
    assert found.classified({"kind": ["a", "c"], "depth": [0.0, 15.0]}, 2).tolist() == [0, 1]


def test_a_feature_that_no_rule_names_has_none():
    found = style(rule=[{"where": {"field": "kind", "equals": "a"}, "symbol": [FILL]}])
    assert found.rule_for({"kind": "b"}) is None
    assert found.classified({"kind": ["b"]}, 1).tolist() == [-1]


def test_labels_leave_out_what_is_missing():
    label = style(rule=[], label={"text": "{name}", "second": "危险区 {id} · {state}"}).label
    assert label is not None
    assert label.text_of({"name": "东坡"}) == "东坡"
    assert label.text_of({"name": None}) == ""
    assert label.second_of({"name": "东坡", "id": "WD-W-0008", "state": None}) == "危险区 WD-W-0008"
    assert label.second_of({"name": "东坡", "id": None, "state": "拟划"}) == "拟划"


def test_scales_include_their_bounds():
    found = style(rule=[], maximum_scale_denominator=60_000)
    assert found.shown_at(60_000)
    assert not found.shown_at(60_100)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"rule": [{"symbol": [{"kind": "glitter"}]}]}, "glitter"),
        ({"rule": [{"symbol": [{"kind": "fill", "color": "red"}]}]}, "red"),
        ({"rule": [{"symbol": [{"kind": "fill", "width": 2}]}]}, "width"),
        ({"rule": [{"symbol": [{"kind": "stroke", "width": -1}]}]}, "-1"),
        ({"rule": [{"symbol": [{"kind": "stroke", "dash": [1.0]}]}]}, "dash"),
        ({"rule": [], "label": {"text": "{name}", "family": "楷"}}, "楷"),
        ({"rule": [], "colour": 3}, "colour"),
        ({"rule": "x"}, "rule"),
    ],
)
def test_a_fault_names_the_layer_and_the_value(data, named):
    with pytest.raises(DefinitionInvalid) as caught:
        Style.parse(data, "某层")
    assert "某层" in caught.value.sentence
    assert named in caught.value.sentence


def test_what_has_no_name_yet_goes_by_its_number():
    label = style(label={"text": "{name}", "second": "危险区 {id} · {state}"}).label
    assert label.text_of({"id": "WD-W-0009", "state": "拟划"}) == "WD-W-0009"
    assert label.second_of({"id": "WD-W-0009", "state": "拟划"}) == "危险区 · 拟划"
    assert label.second_of({"name": "东坡", "id": "WD-W-0009"}) == "危险区 WD-W-0009"
    shelter = style(label={"text": "{name}", "second": "容 {capacity} 人"}).label
    assert shelter.text_of({"capacity": 300}) == ""


def test_a_day_that_has_come_is_a_condition_of_today():
    from datetime import date, timedelta

    grey, own = {"where": {"field": "closed_on", "until_today": True}, "symbol": [FILL]}, {"symbol": [FILL]}
    found = style(rule=[grey, own])
    today = date.today()
    for day, number in ((today, 0), (today - timedelta(days=400), 0), (today + timedelta(days=1), 1), ("", 1)):
        assert found.rule_for({"closed_on": str(day)}) is found.rules[number], day
    for wrong in (
        {"field": "closed_on", "until_today": "yes"},
        {"field": "closed_on", "until_today": True, "in": ["a"]},
    ):
        with pytest.raises(DefinitionInvalid, match="until_today"):
            style(rule=[{"where": wrong, "symbol": [FILL]}])
