"""The braces of a label: rounding, units, what a shape measures, and what can't be read."""

import pytest

from geohazard_desktop.cartography.copier import doubts
from geohazard_desktop.cartography.placeholders import columns_in, filled
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.publishing.map_layers import personal_in_label, without_personal
from geohazard_desktop.workspace.definition import read_definitions

VALUES = {"depth": 12.345, "length_m": 1234.5, "count": 12345, "name": "示例沟", "面积:公顷": 2.0, "面积:m²": 20000.0}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{depth}", "12.345"),
        ("{depth:1}", "12.3"),
        ("{depth:0} 米", "12 米"),
        ("{length_m:km:1}", "1.2 km"),
        ("{length_m：公里：2}", "1.23 公里"),
        ("{length_m:1:km}", "1.2 km"),
        ("{count:0}", "12\u2009345"),
        ("{name:1}", "示例沟"),
        ("{面积:公顷}", "2.00 公顷"),
        ("{面积:公顷:1}", "2.0 公顷"),
        ("{面积}", "20\u2009000 m²"),
        ("{面积:ha:0}", "2 公顷"),
    ],
)
def test_numbers_are_rounded_and_told_in_a_unit(template, text):
    assert filled(template, VALUES) == (text, True)


def test_what_is_missing_says_nothing():
    assert filled("深 {depth:1} 米", {}) == ("深  米", False)
    assert filled("{长度:km}", VALUES) == ("", False)


def test_the_columns_of_a_template_are_fields_and_measures():
    assert columns_in("{name} · {length_m:km:1} · {面积：公顷:1} · {周长}") == {
        "name",
        "length_m",
        "面积:公顷",
        "周长:m",
    }


@pytest.mark.parametrize("text", ["{depth:尺}", "{面积:km}", "{长度:亩:1}", "{depth:9}"])
def test_a_unit_that_is_none_is_a_fault_of_the_style(text):
    with pytest.raises(DefinitionInvalid) as caught:
        Style.parse({"rule": [], "label": {"text": text}}, "river", "河流")
    assert text in caught.value.sentence
    assert "河流" in caught.value.sentence


def test_a_number_that_is_not_in_metres_is_not_turned_into_kilometres_unsaid():
    definition = read_definitions()["danger_zone"]
    style = Style.parse({"rule": [{"symbol": []}], "label": {"text": "{potential_loss_wan:km:1}"}}, "danger_zone")
    assert any("万元" in one and "{potential_loss_wan:1}" in one for one in doubts(style, definition))


def test_a_measure_that_the_shapes_have_not_is_said():
    style = Style.parse(
        {"rule": [{"where": {"field": "面积:公顷", "minimum": 1}, "symbol": []}, {"symbol": []}]}, "river"
    )
    told = doubts(style, read_definitions()["river"])
    assert len(told) == 1
    assert "没有面积" in told[0]


def test_rounding_does_not_let_a_persons_data_past_the_public():
    definition = read_definitions()["household"]
    style = Style.parse(
        {"rule": [{"symbol": []}], "label": {"text": "户 · {head:0}", "second": "{property_wan:1}"}}, "household"
    )
    assert set(personal_in_label(style, definition)) == {"head", "property_wan"}
    label = without_personal(style, definition).label
    assert label is not None
    assert (label.text, label.second) == ("户", "")
