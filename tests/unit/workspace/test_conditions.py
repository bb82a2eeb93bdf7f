"""Conditions of a style's rule: what holds, what can't be read, and how they are said."""

import pytest

from geohazard_desktop.workspace.conditions import ConditionFault, Where, all_hold, wheres_of
from geohazard_desktop.workspace.edits.condition_words import condition_words

TITLES = {"name": "名称", "depth": "深度", "closed_on": "停用日期", "kind": "类型"}


@pytest.mark.parametrize(
    ("where", "held", "others"),
    [
        ({"contains": "河"}, ["千里山河", "河"], ["沟", "", None, 3]),
        ({"contains": "河", "not": True}, ["沟", "", None], ["千里山河"]),
        ({"empty": True}, [None, "", "  "], ["沟", 0, False]),
        ({"empty": True, "not": True}, ["沟", 0, False], [None, ""]),
        ({"equals": "甲", "not": True}, ["乙", None], ["甲"]),
        ({"in": ["甲", "乙"], "not": True}, ["丙", None], ["甲", "乙"]),
        ({"minimum": 1, "maximum": 2, "not": True}, [0.9, 2, None], [1, 1.5]),
        ({"until_today": True, "not": True}, ["2999-01-01", None, "以后"], ["2020-01-01"]),
    ],
)
def test_a_condition_holds_for_these_values_and_for_no_others(where, held, others):
    found = Where.of({"field": "x"} | where)
    assert [found.matches(one) for one in held] == [True] * len(held)
    assert [found.matches(one) for one in others] == [False] * len(others)


def test_several_conditions_must_all_hold():
    wheres = wheres_of([{"field": "name", "contains": "河"}, {"field": "depth", "minimum": 10}])
    assert all_hold(wheres, {"name": "千里山河", "depth": 12})
    assert not all_hold(wheres, {"name": "千里山河", "depth": 9})
    assert not all_hold(wheres, {"name": "沟", "depth": 12})


@pytest.mark.parametrize(
    ("where", "key"),
    [
        ([], "where"),
        ([{"field": "a", "equals": 1}, "b"], "where"),
        ({"field": "a"}, "where"),
        ({"field": "a", "contains": ""}, "contains"),
        ({"field": "a", "empty": False}, "empty"),
        ({"field": "a", "equals": 1, "not": "yes"}, "not"),
        ({"field": "a", "equals": 1, "contains": "b"}, "where"),
        ({"field": "a", "like": "b"}, "like"),
    ],
)
def test_what_can_not_be_read_names_its_key(where, key):
    with pytest.raises(ConditionFault) as caught:
        wheres_of(where)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (
            [{"field": "面积:公顷", "minimum": 1}, {"field": "name", "contains": "河", "not": True}],
            "面积 ≥ 1 公顷，且名称不含“河”",
        ),
        ({"field": "kind", "in": ["甲", "乙", "丙", "丁"]}, "类型是甲、乙、丙等"),
        ({"field": "depth", "minimum": 2.5, "maximum": 10}, "深度 2.5–10"),
        ({"field": "closed_on", "until_today": True}, "停用日期已到"),
        ({"field": "name", "empty": True, "not": True}, "名称填了"),
        (None, ""),
        ({"field": "name"}, ""),
    ],
)
def test_conditions_are_said_in_the_words_of_the_layers_fields(where, words):
    assert condition_words(where, TITLES) == words
