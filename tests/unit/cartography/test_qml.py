"""QGIS's style is made from ours: colours, hatches, categories, labels, Chinese aliases."""

import base64
from typing import Any
from xml.etree import ElementTree

import pytest

from geohazard_desktop.cartography.qml import style_qml
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.workspace.definition import read_definitions

DEFINITIONS = read_definitions()


def qml(table: str) -> ElementTree.Element:
    definition = DEFINITIONS[table]
    text = style_qml(Style.parse(definition.style, table), definition)
    return ElementTree.fromstring(text[text.index("<qgis") :])


def options(root: ElementTree.Element) -> set[str]:
    """Every value of a symbol layer's property, whatever the version's way of writing it."""
    return {str(one.get("value") or one.get("v")) for one in root.iter() if one.tag in {"Option", "prop"}}


@pytest.mark.parametrize("table", sorted(DEFINITIONS))
def test_every_layer_has_a_style_that_parses_and_chinese_aliases(table):
    root = qml(table)
    assert root.tag == "qgis"
    aliases = {one.get("field"): one.get("name") for one in root.iter("alias")}
    for field in DEFINITIONS[table].fields:
        assert (aliases.get(field.name) or "").startswith(field.title)


def own(style: dict[str, Any], table: str = "danger_zone") -> ElementTree.Element:
    """The QML of a style written here for one of the shipped layers."""
    text = style_qml(Style.parse(style, table), DEFINITIONS[table])
    return ElementTree.fromstring(text[text.index("<qgis") :])


def property_of(layer: ElementTree.Element, name: str) -> str:
    return next((one.get("value") or "" for one in layer.iter("Option") if one.get("name") == name), "")


FILL = {"kind": "fill", "color": "#123456"}


def test_lengths_are_those_of_paper_and_screen():
    hatch = {"kind": "hatch", "color": "#D7000F", "width": 0.2, "spacing": 1.7, "angle": 30}
    stroke = {"kind": "stroke", "color": "#0A0B0C", "width": 0.75, "casing": 1.0, "dash": [3.0, 1.2]}
    root = own({"rule": [{"symbol": [FILL | {"opacity": 0.5}, hatch, stroke]}]})
    symbol = next(one for one in root.iter("symbol") if one.get("name") == "0")
    fill, pattern, casing, line = symbol.findall("layer")
    assert property_of(fill, "color") == "18,52,86,128"
    assert (property_of(pattern, "distance"), property_of(pattern, "angle")) == ("1.7", "30")
    assert property_of(next(pattern.iter("layer")), "distance_unit") == "MM"
    assert (property_of(casing, "line_width"), property_of(casing, "line_color")) == ("1.75", "255,255,255,255")
    assert (property_of(line, "line_width"), property_of(line, "customdash")) == ("0.75", "3;1.2")
    assert property_of(line, "line_color") == "10,11,12,255"


def test_the_first_rule_that_matches_wins_in_qgis_too():
    """There every rule that matches draws: later conditions leave out what earlier ones take."""
    where = [
        {"field": "hazard_type", "equals": "崩塌"},
        {"field": "must_move_people", "minimum": 10, "maximum": 50},
        {"field": "hazard_type", "equals": "滑'坡"},
    ]
    root = own(
        {
            "rule": [
                *({"label": str(n), "where": one, "symbol": [FILL]} for n, one in enumerate(where)),
                {"symbol": [FILL]},
            ]
        }
    )
    first, second, third, last = [one.get("filter") for one in root.iter("rule")]
    assert first == "\"hazard_type\"='崩塌'"
    assert second is not None
    assert second.startswith('("must_move_people" >= 10 AND "must_move_people" < 50) AND NOT')
    assert first in second
    assert third is not None
    assert "'滑''坡'" in third
    assert last == "ELSE"


MARK = {"kind": "marker", "name": "household", "size": 2.2}


def test_a_day_that_has_come_is_asked_of_the_day_on_which_qgis_draws():
    gone = {"where": {"field": "moved_out_on", "until_today": True}, "symbol": [MARK]}
    root = own({"rule": [gone, {"symbol": [MARK]}]}, "household")
    assert [one.get("filter") for one in root.iter("rule")] == ['to_date("moved_out_on") <= to_date(now())', "ELSE"]


def test_yes_or_no_is_asked_as_a_number_since_qgis_compares_words():
    root = own(
        {"rule": [{"where": {"field": "seasonal", "equals": True}, "symbol": [FILL]}, {"symbol": [FILL]}]}, "river"
    )
    assert [one.get("filter") for one in root.iter("rule")] == ['to_int("seasonal")=1', "ELSE"]


def test_a_marker_is_smaller_on_small_maps_there_too():
    marker = {"kind": "marker", "name": "shelter", "size": 6.0, "shrink_beyond": 60000, "shrink_to": 0.5}
    root = own({"rule": [{"symbol": [marker]}]}, "shelter")
    expression = next(one.get("value") for one in root.iter("Option") if one.get("name") == "expression")
    assert expression == "(6) * if(@map_scale > 60000, 0.5, 1)"


def test_a_short_way_has_its_arrow_head_at_the_end():
    arrows = {"kind": "arrows", "color": "#1B6E45", "size": 3.0, "spacing": 25}
    places = [property_of(one, "placement") for one in own({"rule": [{"symbol": [arrows]}]}, "road").iter("layer")]
    assert [one for one in places if one] == ["interval", "lastvertex"]


def test_scale_limits_hold_in_qgis():
    root = own({"maximum_scale_denominator": 60000, "minimum_scale_denominator": 500, "rule": [{"symbol": [FILL]}]})
    assert root.get("hasScaleBasedVisibilityFlag") == "1"
    assert (root.get("minScale"), root.get("maxScale")) == ("60000", "500")
    assert own({"rule": [{"symbol": [FILL]}]}).get("hasScaleBasedVisibilityFlag") == "0"


def test_values_are_offered_and_the_inner_mark_is_hidden():
    root = qml("danger_zone")
    widgets = {one.get("name"): one.find("editWidget") for one in root.iter("field")}
    assert all(one is not None for one in widgets.values())
    assert widgets["uid"].get("type") == "Hidden"
    state = widgets["state"]
    assert state.get("type") == "ValueMap"
    offered = [one.get("value") for one in state.iter("Option") if one.get("type") == "QString"]
    assert offered == list(DEFINITIONS["danger_zone"].by_name["state"].values)


def test_a_graded_marker_grows_by_its_value():
    grown = {"field": "scale_class", "小型": 4.0, "大型": 6.0}
    root = own(
        {"rule": [{"symbol": [{"kind": "marker", "name": "shelter", "size": 5.0, "halo": 0.25, "size_by": grown}]}]},
        "hazard_point",
    )
    expression = next(one.get("value") for one in root.iter("Option") if one.get("name") == "expression")
    assert "\"scale_class\"='小型' THEN 4.5" in expression
    assert "\"scale_class\"='大型' THEN 6.5" in expression
    name = next(one.get("value") or "" for one in root.iter("Option") if (one.get("value") or "").startswith("base64:"))
    picture = ElementTree.fromstring(base64.b64decode(name.removeprefix("base64:")))
    assert picture.tag.endswith("svg")


def test_a_label_says_in_qgis_what_it_says_here():
    label = {"text": "{name}", "second": "危险区 {id} · {state}", "size": 9.5, "color": "#B3001B", "family": "song"}
    style = next(own({"rule": [{"symbol": [FILL]}], "label": label}).iter("text-style"))
    expression = style.get("fieldName") or ""
    assert all(part in expression for part in ('"name"', "'危险区 ' || \"id\"", '"state"', "'\\n'"))
    assert (style.get("fontSize"), style.get("textColor")) == ("9.5", "179,0,27,255")
    assert "Serif" in (style.get("fontFamily") or "")


def test_a_danger_zone_keeps_colour_hatch_and_its_states():
    root = qml("danger_zone")
    classes = {one.get("class") for one in root.iter("layer")}
    assert {"SimpleLine", "LinePatternFill"} <= classes
    assert any(value.startswith("215,0,15") for value in options(root))
    rules = [one for one in root.iter("rule") if one.get("symbol") is not None]
    labels = {one.get("label") for one in rules}
    assert {"地质灾害危险区", "已撤销的危险区", "拟划的危险区"} <= labels
    assert any("已划定" in (one.get("filter") or "") for one in rules)


def test_a_hazard_point_gets_the_glyph_of_its_type():
    root = qml("hazard_point")
    by_label = {one.get("label"): one.get("symbol") for one in root.iter("rule")}
    symbols = {one.get("name"): ElementTree.tostring(one, encoding="unicode") for one in root.iter("symbol")}
    glyphs = {label: symbols[name] for label, name in by_label.items() if name in symbols and label in {"崩塌", "滑坡"}}
    assert len(glyphs) == 2
    assert glyphs["崩塌"] != glyphs["滑坡"]


def test_labels_are_switched_on_where_ours_are():
    assert qml("danger_zone").get("labelsEnabled") == "1"
    assert qml("haul_road_buffer").get("labelsEnabled") == "0"


def test_a_rules_own_label_colour_is_a_condition_in_qgis():
    found = own(
        {
            "rule": [
                {"where": {"field": "state", "equals": "已撤销"}, "label_color": "#595959"},
                {"where": {"field": "state", "equals": "拟划"}},
                {"label_color": "#000000"},
            ],
            "label": {"text": "{name}", "color": "#B3001B"},
        }
    )
    holder = found.find("labeling/settings/dd_properties")
    assert holder is not None
    expressions = [one.get("value") for one in holder.iter("Option") if one.get("name") == "expression"]
    assert expressions == [
        "CASE WHEN \"state\"='已撤销' THEN '89,89,89,255' WHEN \"state\"='拟划' THEN '179,0,27,255' "
        "ELSE '0,0,0,255' END"
    ]
    plain = own({"rule": [{"label": "甲"}], "label": {"text": "{name}"}})
    assert plain.find("labeling/settings/dd_properties") is None
