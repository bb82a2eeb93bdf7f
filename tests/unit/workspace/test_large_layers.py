"""Layers too large to be read whole: by what is near, by blocks, by some of the fields."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from shapely import Point, box

from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.edits import create_feature, delete_features
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

E, N = 36_400_000.0, 4_370_000.0
LAYER = "shelter"


@pytest.fixture
def ws(workspace):
    points = [Feature(LAYER, new_uid(), Point(E + k * 100, N), {"name": f"点{k}", "capacity": k}) for k in range(25)]
    workspace.apply(Edit("点", [inserted(one) for one in points]))
    return workspace


def names(table):
    return table.columns["name"]


def test_rows_are_found_by_what_is_near(ws):
    ids = ws.row_ids(LAYER, (E + 950, N - 10, E + 1250, N + 10))
    there, table = ws.rows(LAYER, ids, ["name"])
    assert names(table) == ["点10", "点11", "点12"]
    assert there.tolist() == ids.tolist()
    assert set(table.columns) == {"name"}
    assert [one.x for one in np.ravel([g.geoms[0] for g in table.geometries])] == [E + 1000, E + 1100, E + 1200]


def test_boxes_hold_their_features(ws):
    ids, boxes = ws.row_boxes(LAYER, (E, N, E + 2400, N))
    assert len(ids) == 25
    _there, table = ws.rows(LAYER, ids, [])
    for (west, south, east, north), point in zip(boxes, table.geometries, strict=True):
        assert west <= point.bounds[0] <= east
        assert south <= point.bounds[1] <= north
        assert max(east - west, north - south) <= 8


@pytest.mark.parametrize("wanted", [[3], [0, 1, 2], [0, 24], list(range(25)), [0, 3, 6, 9, 12, 15]])
def test_some_rows_come_in_order_whether_dense_or_not(ws, wanted):
    ids = ws.row_ids(LAYER, (E, N - 5, E + 2400, N + 5))
    there, table = ws.rows(LAYER, ids[wanted], ["name"])
    assert names(table) == [f"点{k}" for k in wanted]
    assert there.tolist() == ids[wanted].tolist()


def test_rows_that_have_gone_are_left_out(ws):
    ids = ws.row_ids(LAYER, (E, N - 5, E + 2400, N + 5))
    gone = list(ws.table(LAYER))[4]
    ws.apply(delete_features(ws.definitions, [gone]))
    there, table = ws.rows(LAYER, ids, ["name"])
    assert len(there) == len(table) == 24
    assert "点4" not in names(table)
    assert ws.row_ids_of(LAYER, [gone.uid, table.uids[0]]).tolist() == [ids[0]]


@pytest.mark.parametrize("size", [1, 7, 25, 100])
def test_blocks_are_the_whole_layer_in_file_order(ws, size):
    blocks = list(ws.blocks(LAYER, ["name"], size))
    assert [name for one in blocks for name in names(one)] == [f"点{k}" for k in range(25)]
    assert all(len(one) <= size for one in blocks)


def test_attributes_are_the_table_without_its_geometries(ws):
    table, attributes = ws.table(LAYER), ws.attributes(LAYER)
    assert attributes.uids == table.uids
    assert attributes.columns == table.columns
    assert all(one is None for one in attributes.geometries)


def test_a_boolean_is_found_wherever_it_is_true(ws):
    assert not ws.any_true(LAYER, "schematic")
    ws.apply(create_feature(ws.definitions, LAYER, Point(E, N), {"name": "示意", "schematic": True}))
    assert ws.any_true(LAYER, "schematic")
    assert not ws.any_true(LAYER, "没有这个字段")


def test_a_layer_without_geometry_is_near_nothing(ws):
    everywhere = box(-1e8, -1e8, 1e8, 1e8).bounds
    assert len(ws.row_ids("zone_event", everywhere)) == 0
    assert len(ws.row_boxes("zone_event", everywhere)[0]) == 0


def test_blocks_hold_rows_that_another_program_numbered_from_below_one(ws):
    """QGIS and ogr2ogr keep the row numbers of the file that a row came from, whatever they are."""
    with closing(sqlite3.connect(ws.path)) as other:
        blob.register(other)
        other.execute(f"UPDATE {LAYER} SET fid = -7 WHERE name = '点3'")
        other.execute(f"UPDATE {LAYER} SET fid = 0 WHERE name = '点4'")
        other.commit()
    found = [name for one in ws.blocks(LAYER, ["name"], 10) for name in names(one)]
    assert found[:2] == ["点3", "点4"]
    assert len(found) == 25


def test_a_whole_layer_is_read_with_the_fields_asked_for(ws):
    whole, some = ws.table(LAYER), ws.table(LAYER, fields=["capacity", "no_such_field"])
    assert some.uids == whole.uids
    assert some.columns == {"capacity": whole.columns["capacity"]}
    assert [one.wkb for one in some.geometries] == [one.wkb for one in whole.geometries]
