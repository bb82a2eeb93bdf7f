"""Cells of a register: each feature its own value, in one step."""

import pytest
from shapely import Point

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits import change_cells, create_features
from geohazard_desktop.workspace.feature import Feature, new_uid


@pytest.fixture
def points(workspace):
    rows = [{"id": f"SL-D-000{n}", "hazard_type": "崩塌", "threatened_people": n} for n in (1, 2, 3)]
    features = [Feature("hazard_point", new_uid(), Point(500, 500), values) for values in rows]
    workspace.apply(create_features(workspace.definitions, features))
    return list(workspace.table("hazard_point"))


def test_each_feature_gets_its_own_values_in_one_step(workspace, points):
    wanted = [{"threatened_people": 7}, {"threatened_people": 2}, {"threatened_people": None, "monitor": "甲某"}]
    edit = change_cells(workspace.definitions, list(zip(points, wanted, strict=True)))
    assert len(edit.deltas) == 2, "what stands there already is no change"
    assert edit.words == "在登记表里改 2 个隐患点的威胁人数、监测人"
    workspace.apply(edit)
    assert [one["threatened_people"] for one in workspace.table("hazard_point")] == [7, 2, None]
    workspace.undo()
    assert [one["threatened_people"] for one in workspace.table("hazard_point")] == [1, 2, 3]


def test_a_value_that_may_not_stand_refuses_the_whole_step(workspace, points):
    with pytest.raises(EditRefused, match="不能小于"):
        change_cells(
            workspace.definitions, [(points[0], {"threatened_people": 5}), (points[1], {"threatened_people": -1})]
        )
    with pytest.raises(EditRefused, match="必须填"):
        change_cells(workspace.definitions, [(points[0], {"hazard_type": None})])
