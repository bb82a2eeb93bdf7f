"""What a register is asked for: conditions, quick search, order, counts."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from geohazard_desktop.workspace import register_rows
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits import change_values, create_feature, create_features
from geohazard_desktop.workspace.feature import Feature, new_uid
from geohazard_desktop.workspace.register_order import KeptRanks, collation, ranks_of
from geohazard_desktop.workspace.register_query import (
    AREA,
    Among,
    Between,
    Containing,
    Filled,
    RegisterQuery,
    SortKey,
    condition_data,
    condition_of,
)

ROWS = [
    {"id": "SL-D-0001", "name": "沟10", "hazard_type": "泥石流", "scale_class": "特大型", "threatened_people": 12},
    {"id": "SL-D-0002", "name": "沟2", "hazard_type": "崩塌", "scale_class": "小型", "threatened_people": 128},
    {"id": "SL-D-0003", "name": "重石滩", "hazard_type": "崩塌", "scale_class": "大型", "causes": "降雨、采矿"},
    {"id": "SL-D-0004", "name": "阿家梁", "hazard_type": "滑坡", "causes": "采矿", "closed_on": "2026-07-18"},
    {"id": "SL-D-0005", "name": "100%沟", "hazard_type": "滑坡", "monitor": "甲某", "schematic": True},
]


@pytest.fixture
def ws(workspace):
    features = [Feature("hazard_point", new_uid(), Point(500, 500), values) for values in ROWS]
    workspace.apply(create_features(workspace.definitions, features))
    return workspace


def names(ws, *conditions, text="", sort=(), **more):
    query = RegisterQuery("hazard_point", conditions, text, sort, **more)
    return ws.column("hazard_point", ws.matching_rows(query), "name")


def test_all_rows_stand_in_the_order_of_the_file(ws):
    ids, uids = ws.all_rows("hazard_point")
    assert list(ids) == sorted(ids)
    assert uids == ws.table("hazard_point").uids
    assert names(ws) == [one["name"] for one in ROWS]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Among("hazard_type", ("崩塌",)), ["沟2", "重石滩"]),
        (Among("scale_class", ("小型", None)), ["沟2", "阿家梁", "100%沟"]),
        (Among("causes", ("采矿",)), ["重石滩", "阿家梁"]),
        (Among("schematic", (True,)), ["100%沟"]),
        (Among("hazard_type", ()), []),
        (Between("threatened_people", 100, None), ["沟2"]),
        (Between("threatened_people", None, 127), ["沟10"]),
        (Between("closed_on", "2026-07-01", "2026-07-18"), ["阿家梁"]),
        (Filled("causes", filled=False), ["沟10", "沟2", "100%沟"]),
        (Filled("causes"), ["重石滩", "阿家梁"]),
        (Containing("name", "%"), ["100%沟"]),
    ],
)
def test_conditions(ws, condition, expected):
    assert names(ws, condition) == expected
    assert condition_of(condition_data(condition)) == condition, "a saved filter asks the same"


def test_conditions_hold_together(ws):
    assert names(ws, Among("hazard_type", ("崩塌", "滑坡")), Filled("causes")) == ["重石滩", "阿家梁"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0004", ["阿家梁"]),
        ("sl-d-0002", ["沟2"]),
        ("csl", []),
        ("cst", ["重石滩"]),  # 重 is chong here, whatever the dictionary says first
        ("zst", ["重石滩"]),
        ("ajl", ["阿家梁"]),
        ("甲", ["100%沟"]),
        ("jm", ["100%沟"]),
        ("采矿", ["重石滩", "阿家梁"]),
        ("%", ["100%沟"]),
        ("", [one["name"] for one in ROWS]),
    ],
)
def test_the_quick_search_knows_numbers_names_texts_and_pinyin(ws, typed, expected):
    assert names(ws, text=typed) == expected


def test_the_search_finds_by_what_a_row_refers_to(ws):
    zone = create_feature(ws.definitions, "danger_zone", box(0, 0, 100, 100), {"id": "SL-W-0007", "name": "北沟"})
    ws.apply(zone)
    ws.apply(create_feature(ws.definitions, "patrol", None, {"danger_zone": zone.deltas[0].uid, "weather": "晴"}))
    ws.apply(create_feature(ws.definitions, "patrol", None, {"weather": "雨"}))
    found = ws.matching_rows(RegisterQuery("patrol", text="北沟"))
    assert ws.column("patrol", found, "weather") == ["晴"]
    ordered = ws.matching_rows(RegisterQuery("patrol", sort=(SortKey("danger_zone"),)))
    assert ws.column("patrol", ordered, "weather") == ["晴", "雨"]


def test_numbers_in_names_count_and_chinese_stands_by_pinyin(ws):
    assert names(ws, sort=(SortKey("name"),)) == ["100%沟", "阿家梁", "沟2", "沟10", "重石滩"]
    assert collation("沟2") < collation("沟10") < collation("重")


def test_grades_stand_in_their_own_order_and_empty_cells_last_both_ways(ws):
    up = names(ws, sort=(SortKey("scale_class"), SortKey("name")))
    assert up == ["沟2", "重石滩", "沟10", "100%沟", "阿家梁"]
    down = names(ws, sort=(SortKey("scale_class", descending=True), SortKey("name")))
    assert down == ["沟10", "重石滩", "沟2", "100%沟", "阿家梁"]


def test_a_measure_is_filtered_and_sorted_like_a_column(ws):
    ids, _uids = ws.all_rows("hazard_point")
    measured = {AREA: (ids[:3], [30.0, 10.0, 20.0])}
    query = RegisterQuery("hazard_point", (Between(AREA, 15, None),), sort=(SortKey(AREA, descending=True),))
    assert ws.column("hazard_point", ws.matching_rows(query, measured), "name") == ["沟10", "重石滩"]
    nothing = RegisterQuery("hazard_point", (Filled(AREA, filled=False),))
    assert ws.column("hazard_point", ws.matching_rows(nothing, measured), "name") == ["阿家梁", "100%沟"]


def test_rows_may_be_named_and_a_place_may_be_asked_for(ws):
    ids, _uids = ws.all_rows("hazard_point")
    assert names(ws, rows=ids[1:3]) == ["沟2", "重石滩"]
    assert names(ws, bounds=(0, 0, 1, 1)) == []


def test_values_are_counted_under_the_other_columns_filters(ws):
    query = RegisterQuery("hazard_point", (Among("hazard_type", ("崩塌",)), Filled("causes")))
    assert ws.value_counts(query, "hazard_type") == {"崩塌": 1, "滑坡": 1}
    assert ws.value_counts(RegisterQuery("hazard_point"), "causes") == {None: 3, "降雨": 1, "采矿": 2}
    assert ws.value_counts(RegisterQuery("hazard_point"), "schematic") == {None: 4, True: 1}


def test_cells_are_read_without_shapes(ws):
    ws.apply(create_feature(ws.definitions, "danger_zone", box(0, 0, 100, 100), {"name": "北沟"}))
    ids, _uids = ws.all_rows("danger_zone")
    there, table = ws.cells("danger_zone", ids, ["name"])
    assert list(there) == list(ids)
    assert table.columns == {"name": ["北沟"]}
    assert list(table.geometries) == [None]


def test_a_damaged_saved_filter_is_none():
    with pytest.raises(ValueError, match="no condition"):
        condition_of({"kind": "other", "field": "name"})
    with pytest.raises(ValueError, match="no condition"):
        condition_of({"kind": "between", "wrong": 1})


def test_features_of_several_layers_come_in_the_order_asked_for(ws):
    ws.apply(create_feature(ws.definitions, "danger_zone", box(0, 0, 100, 100), {"name": "北沟"}))
    zone = ("danger_zone", ws.table("danger_zone").uids[0])
    _ids, uids = ws.all_rows("hazard_point")
    asked = [("hazard_point", uids[3]), zone, ("hazard_point", "gone"), ("hazard_point", uids[0])]
    assert [one.text("name") for one in ws.features(asked)] == ["阿家梁", "北沟", "沟10"]


@given(st.lists(st.from_regex(r"[A-Z甲沟\-阿 ]{0,3}[0-9]{0,12}[a-z沟]?", fullmatch=True), max_size=30))
def test_ranks_are_those_of_the_collation_however_they_are_found(texts):
    field = FieldDefinition("name", "名称", "text")
    ranks = ranks_of(field, texts, None)
    shown = [texts[at] for at in np.argsort(ranks, kind="stable") if texts[at]]
    assert [collation(one) for one in shown] == sorted(collation(one) for one in texts if one)
    assert [one for one, rank in zip(texts, ranks, strict=True) if np.isinf(rank)] == [one for one in texts if not one]


def test_ranks_are_kept_until_the_file_changes(ws):
    kept = KeptRanks()
    up, down = (RegisterQuery("hazard_point", sort=(SortKey("name", one),)) for one in (False, True))
    first = ws.matching_rows(up, None, kept).tolist()
    assert first == ws.matching_rows(up).tolist()
    with patch.object(register_rows, "ranks_of", side_effect=AssertionError("ranked twice")):
        found = ws.matching_rows(down, None, kept).tolist()
    assert found == ws.matching_rows(down).tolist()
    (one, *_rest) = ws.table("hazard_point")
    ws.apply(change_values(ws.definitions, [one], {"name": "最后一个"}))
    assert ws.matching_rows(up, None, kept).tolist() == ws.matching_rows(up).tolist() != first
