"""Names moved by hand as steps of the history: stored, replaced, given back, gone with their features."""

import pytest
from shapely import Point

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits import create_feature, delete_features
from geohazard_desktop.workspace.edits.labels import (
    move_label,
    new_sheet,
    reset_label,
    sheet_named,
    with_labels,
)
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def zone(workspace) -> Feature:
    edit = create_feature(workspace.definitions, "place", Point(E, N), {"name": "五虎山"})
    workspace.apply(edit)
    return workspace.feature("place", edit.deltas[0].uid)


def rows(ws):
    return list(ws.table("label_position"))


def test_a_moved_name_is_one_row_that_the_next_move_changes(workspace, zone):
    first = move_label(workspace.definitions, zone, 12.34567, -5.0)
    assert first.words == "移动注记 地名 五虎山"
    workspace.apply(first)
    workspace.apply(move_label(workspace.definitions, zone, 20.0, 0.0, placed=rows(workspace)))
    (row,) = rows(workspace)
    assert (row["east"], row["north"], row.text("sheet")) == (20.0, 0.0, "")
    assert (row.text("target_layer"), row.text("target_uid")) == ("place", zone.uid)
    workspace.undo()
    (row,) = rows(workspace)
    assert (row["east"], row["north"]) == (12.346, -5.0)
    workspace.undo()
    assert not rows(workspace)


def test_the_same_place_again_is_no_step(workspace, zone):
    workspace.apply(move_label(workspace.definitions, zone, 20.0, 0.0))
    assert not move_label(workspace.definitions, zone, 20.0, 0.0, placed=rows(workspace)).deltas


def test_the_first_name_moved_on_a_sheet_brings_the_sheet_with_it(workspace, zone):
    ws = workspace
    sheet = new_sheet("A3", "internal", "A3 警示图（内部）")
    ws.apply(move_label(ws.definitions, zone, 1.0, 2.0, sheet=sheet))
    stored = sheet_named(ws.table("sheet"), "A3", "internal")
    assert stored is not None
    assert (stored.text("profile"), stored.text("title")) == ("内部", "A3 警示图（内部）")
    assert sheet_named(ws.table("sheet"), "A3", "public") is None
    ws.apply(move_label(ws.definitions, zone, 3.0, 4.0, placed=rows(ws), sheet=stored, sheets=[stored]))
    (row,) = rows(ws)
    assert (row["east"], row.text("sheet")) == (3.0, stored.uid)
    assert len(list(ws.table("sheet"))) == 1


def test_two_rows_for_one_name_become_one(workspace, zone):
    """Two officers' files joined: the older row would come back some day."""
    ws = workspace
    values = {"target_layer": "place", "target_uid": zone.uid, "east": 1.0, "north": 1.0}
    ws.apply(Edit("合并", [inserted(Feature("label_position", new_uid(), None, values)) for _ in range(2)]))
    ws.apply(move_label(ws.definitions, zone, 5.0, 6.0, placed=rows(ws)))
    assert [(one["east"], one["north"]) for one in rows(ws)] == [(5.0, 6.0)]


def test_a_name_is_given_back_on_its_sheet_first_then_everywhere(workspace, zone):
    ws = workspace
    sheet = new_sheet("A3", "internal", "A3 警示图（内部）")
    ws.apply(move_label(ws.definitions, zone, 1.0, 1.0))
    ws.apply(move_label(ws.definitions, zone, 2.0, 2.0, placed=rows(ws), sheet=sheet))
    back = reset_label(ws.definitions, zone, placed=rows(ws), sheet=sheet)
    assert back.words == "放回注记 地名 五虎山"
    ws.apply(back)
    assert [one.text("sheet") for one in rows(ws)] == [""]
    ws.apply(reset_label(ws.definitions, zone, placed=rows(ws), sheet=sheet))
    assert not rows(ws)
    with pytest.raises(EditRefused, match="五虎山的注记没有手动放过"):
        reset_label(ws.definitions, zone, placed=rows(ws))


def test_a_deleted_feature_takes_the_place_of_its_name_along_and_undo_brings_both_back(workspace, zone):
    ws = workspace
    ws.apply(move_label(ws.definitions, zone, 1.0, 1.0))
    ws.apply(with_labels(delete_features(ws.definitions, [zone]), rows(ws)))
    assert not rows(ws)
    ws.undo()
    assert len(rows(ws)) == 1
    assert ws.feature("place", zone.uid) is not None


def test_a_workspace_without_the_table_refuses_in_words(workspace, zone):
    definitions = {name: one for name, one in workspace.definitions.items() if name != "label_position"}
    with pytest.raises(EditRefused, match="没有地方存"):
        move_label(definitions, zone, 1.0, 1.0)
