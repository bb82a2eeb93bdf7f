"""Classes for a style: what a field holds, where graduated classes part, and which colours they get."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.cartography.class_styles import (
    RAMPS,
    categorised,
    category_colours,
    dotted,
    graduated,
    mode_of,
    ramp_colours,
    recoloured_by_ramp,
    single,
)
from geohazard_desktop.cartography.classes import (
    MOST_CLASSES,
    Category,
    categories,
    limits,
    missing,
    numbers,
    range_words,
    value_words,
)
from geohazard_desktop.cartography.copier import copier_warnings, grey, survives
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.symbol_files import symbol_file
from geohazard_desktop.workspace.definition import read_definitions

STROKE = {"kind": "stroke", "color": "#123456", "width": 0.5}


def test_the_definitions_values_come_first_and_the_others_by_count():
    found = categories(["乙", "丙", "丙", None, "", "丁"], ("甲", "乙"))
    assert found == [Category("甲", 0), Category("乙", 1), Category("丙", 2), Category("丁", 1)]
    assert missing(["乙", None, ""]) == 2


def test_a_number_and_the_same_digits_as_text_are_two_values():
    assert categories([1, "1", True]) == [Category(1, 1), Category("1", 1), Category(True, 1)]


def test_only_finite_numbers_are_classed():
    assert numbers([3, None, "4", True, float("nan"), float("inf"), 1.5]).tolist() == [1.5, 3.0]


def class_counts(values, bounds):
    """How many of the sorted `values` fall into each class that `bounds` part."""
    return [len(one) for one in np.split(values, np.searchsorted(values, bounds))]


def test_equal_intervals_and_quantiles():
    values = np.arange(0.0, 101.0)
    assert limits(values, 4, "interval") == [25.0, 50.0, 75.0]
    assert class_counts(values, limits(values, 4, "quantile")) == [25, 25, 25, 26]


def test_natural_breaks_find_the_gaps():
    values = numbers([1, 2, 2, 3, 10, 11, 12, 50, 51])
    assert limits(values, 3, "natural") == [10.0, 50.0]
    assert class_counts(values, [10.0, 50.0]) == [4, 3, 2]


@given(st.lists(st.integers(0, 40), min_size=4, max_size=12, unique=True), st.integers(2, 4))
def test_natural_breaks_are_the_best_there_are(found, count):
    """Compared with every way of parting the values."""
    values = np.sort(np.array(found, dtype=float))

    def squares(edges):
        pieces = np.split(values, edges)
        return sum(((piece - piece.mean()) ** 2).sum() for piece in pieces)

    least = min(squares(list(edges)) for edges in itertools.combinations(range(1, len(values)), count - 1))
    made = np.searchsorted(values, limits(values, count, "natural"))
    assert squares(made.tolist()) == pytest.approx(least)


@pytest.mark.parametrize("method", ["interval", "quantile", "natural"])
@given(values=st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60), count=st.integers(1, 20))
def test_limits_rise_and_every_value_has_its_class(values, count, method):
    ordered = numbers(values)
    bounds = limits(ordered, count, method)
    assert bounds == sorted(set(bounds))
    assert len(bounds) < min(count, MOST_CLASSES) or count == 1
    assert sum(class_counts(ordered, bounds)) == len(ordered)
    rule = graduated("depth", bounds, "red", [{"symbol": [STROKE]}], "line")
    style = Style.parse({"rule": rule}, "x")
    assert -1 not in style.classified({"depth": list(values)}, len(values)).tolist()
    assert (style.classified({"depth": list(values)}, len(values)) < len(rule) - 1).all(), "none is taken for missing"


def test_a_single_value_is_one_class():
    assert limits(numbers([5, 5, 5]), 4, "natural") == []
    assert limits(numbers([5, 5, 5]), 4, "interval") == []


def test_many_values_are_classed_in_a_moment():
    values = np.sort(np.random.default_rng(7).lognormal(3, 1, 200_000))
    bounds = limits(values, 7, "natural")
    assert len(bounds) == 6
    assert all(class_counts(values, bounds))


def test_ranges_are_said_as_people_say_them():
    assert range_words(None, 10, "m") == "< 10 m"
    assert range_words(10, 20, "m") == "10–20 m"
    assert range_words(20, None) == "≥ 20"
    assert range_words(10, 20, "人", whole=True) == "10–19 人"
    assert range_words(2, 3, "层", whole=True) == "2 层"


@pytest.mark.parametrize("name", RAMPS)
def test_a_ramp_darkens_steadily_for_the_copier(name):
    greys = [grey(one) for one in ramp_colours(name, 9)]
    assert greys == sorted(greys, reverse=True)
    assert len(set(greys)) == 9


def test_categories_keep_what_has_been_made_and_nothing_falls_through():
    rules = [{"label": "在册", "where": {"field": "state", "equals": "在册"}, "symbol": [STROKE]}]
    made = categorised("state", [Category("在册", 3), Category("销号", 1)], rules, "line")
    assert made[0] == rules[0]
    assert [one["label"] for one in made] == ["在册", "销号", "其他"]
    assert made[1]["symbol"][0]["color"] != made[0]["symbol"][0]["color"]
    assert Style.parse({"rule": made}, "x").classified({"state": ["销号", None, "新"]}, 3).tolist() == [1, 2, 2]
    assert mode_of(made) == "categorised"


def test_points_without_a_colour_grow_with_their_class():
    marker = {"kind": "marker", "name": "mine", "size": 4}
    made = graduated("volume", [10.0, 100.0], "red", [{"symbol": [marker]}], "point", "m³")
    assert [one["symbol"][0]["size"] for one in made[:3]] == [3.0, 5.0, 7.0]
    assert [one["label"] for one in made] == ["< 10 m³", "10–100 m³", "≥ 100 m³", "没有填数"]
    assert mode_of(made) == "graduated"


def test_another_ramp_changes_the_classes_alone():
    made = graduated("depth", [1.0], "red", [{"symbol": [STROKE]}], "line")
    blue = recoloured_by_ramp(made, "blue")
    assert [one["symbol"][0]["color"] for one in blue[:2]] == ramp_colours("blue", 2)
    assert blue[2] == made[2]


def test_back_to_one_look():
    made = single([{"label": "甲", "where": {"field": "a", "equals": 1}, "symbol": [STROKE]}, {"label": "乙"}], "line")
    assert made == [{"label": "", "symbol": [STROKE]}]
    assert mode_of(made) == "single"


def test_mixed_conditions_are_rules():
    where = [{"field": "a", "equals": 1}, {"field": "b", "equals": 1}]
    assert mode_of([{"where": one} for one in where]) == "rules"
    assert mode_of([]) == "rules"


def test_numbers_are_in_the_order_of_numbers_and_written_as_people_write_them():
    found = categories([120.0, 160.0, 2600.0, 30.0, 30.0, 0.25])
    assert [one.value for one in found] == [0.25, 30.0, 120.0, 160.0, 2600.0]
    made = categorised("depth", found, [{"symbol": [STROKE]}], "line")
    assert [one["label"] for one in made] == ["0.25", "30", "120", "160", "2600", "其他"]
    assert [value_words(one) for one in (1234567, 1234567.5, True, -0.0, "120.0")] == [
        "1234567",
        "1234567.5",
        "是",
        "0",
        "120.0",
    ]
    assert range_words(1234567.0, 2345678.0) == "1234567–2345678"


def test_every_category_has_colours_of_its_own_that_a_copier_keeps():
    pairs = [category_colours(number) for number in range(60)]
    assert len({dark for dark, _light in pairs}) == 60
    assert len({light for _dark, light in pairs}) == 60
    assert all(survives(dark) for dark, _light in pairs)
    tints = sorted(grey(light) for _dark, light in pairs[:8])
    assert all(high - low >= 8 for low, high in itertools.pairwise(tints)), tints


@pytest.mark.parametrize(
    ("geometry", "symbols"),
    [
        ("polygon", [{"kind": "fill", "color": "#FFFFFF"}, STROKE]),
        ("line", [STROKE]),
        ("line", [{"kind": "railway", "color": "#333333", "width": 0.8}]),
        ("point", [{"kind": "marker", "name": "mine", "size": 4.0, "halo": 0.3}]),
    ],
)
def test_no_two_classes_look_alike(geometry, symbols):
    made = categorised("a", [Category(f"类{n}", 1) for n in range(20)], [{"symbol": symbols}], geometry)
    assert len({repr(one["symbol"]) for one in made}) == 21
    Style.parse({"rule": made}, "x")
    more = categorised("a", [Category("新", 1)], made[:20], geometry, rest=False)
    assert repr(more[0]["symbol"]) not in {repr(one["symbol"]) for one in made}, "what joins later is new too"


def test_a_drawing_becomes_a_coloured_dot_unless_it_follows_the_field():
    marker = {"kind": "marker", "name": "mine", "size": 4.0}
    made = categorised("a", [Category("甲", 1), Category("乙", 1)], [{"symbol": [marker]}], "point")
    assert all(dotted(one["symbol"]) for one in made)
    assert symbol_file(made[0]["symbol"][0]["name"]).silhouette
    told = copier_warnings(Style.parse({"rule": made}, "x"), read_definitions()["facility"])
    assert any("只靠颜色区分" in one for one in told), "dots that differ in colour alone are told"
    own = {"kind": "marker", "name": "hazard/{a}", "size": 4.0}
    kept = categorised("a", [Category("甲", 1), Category("乙", 1)], [{"symbol": [own]}], "point")
    assert [one["symbol"] for one in kept] == [[own]] * 3


def test_the_class_for_the_rest_has_a_name_of_its_own():
    made = categorised("a", [Category("厂区", 1), Category("其他", 1)], [{"symbol": [STROKE]}], "line")
    assert [one["label"] for one in made] == ["厂区", "其他", "其余"]
