"""What is over is drawn apart in an office's own style too."""

import pytest

from geohazard_desktop.cartography.class_styles import categorised, graduated, mode_of, single
from geohazard_desktop.cartography.classes import categories
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits import change_style
from geohazard_desktop.workspace.ended_look import is_ended, with_ended

PLAIN = {"rule": [{"label": "全部", "symbol": [{"kind": "marker", "name": "shelter"}]}]}
ENDED = {"shelter": "已停用的安置点", "household": "已迁出的住户", "danger_zone": "已撤销的危险区"}
DEFINITIONS = read_definitions()


@pytest.mark.parametrize("layer", ENDED)
def test_a_style_saved_before_there_was_such_a_rule_gets_the_shipped_one(workspace, layer):
    workspace.apply(change_style(workspace, layer, PLAIN))
    found = workspace.style(layer)["rule"]
    assert [one["label"] for one in found] == [ENDED[layer], "全部"]
    assert workspace.style(layer)["rule"][0] in DEFINITIONS[layer].style["rule"]


def test_a_rule_of_ones_own_for_what_is_over_is_left_as_it_is():
    own = {"rule": [{"where": {"field": "closed_on", "empty": True, "not": True}, "symbol": []}, *PLAIN["rule"]]}
    assert with_ended(own, DEFINITIONS["shelter"]) is own
    for style in ({}, {"rule": []}, {"rule": [{"where": 3}]}):
        assert with_ended(style, DEFINITIONS["shelter"]) is style


def test_layers_that_nothing_ends_are_left_alone():
    assert with_ended(PLAIN, DEFINITIONS["facility"]) is PLAIN


def test_classes_are_made_from_what_lasts_and_beside_what_is_over():
    rules = [dict(one) for one in DEFINITIONS["shelter"].style["rule"]]
    assert is_ended(rules[0])
    assert single(rules, "point")[0]["symbol"][0]["name"] == "shelter"
    assert mode_of(with_ended({"rule": single(rules, "point")}, DEFINITIONS["shelter"])["rule"]) == "single"
    made = categorised("kind", categories(["学校", "广场"]), rules, "point")
    assert mode_of(with_ended({"rule": made}, DEFINITIONS["shelter"])["rule"]) == "categorised"
    made = graduated("capacity", [100.0], "brown", rules, "point")
    whole = with_ended({"rule": made}, DEFINITIONS["shelter"])["rule"]
    assert mode_of(whole) == "graduated"
    assert [is_ended(one) for one in whole] == [True, False, False, False]
