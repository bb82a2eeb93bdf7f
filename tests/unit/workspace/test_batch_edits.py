"""One step for many features: what really changes is known beforehand, what may not is named, nothing is guessed."""

import pytest
from shapely import Point

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits import Change, copy_sources, create_feature, plan_batch, ways_for
from geohazard_desktop.workspace.feature import Feature


@pytest.fixture
def points(workspace) -> list[Feature]:
    rows = [
        {"id": "SL-D-0001", "name": "一号", "hazard_type": "崩塌", "stability": "不稳定", "threatened_people": 10},
        {"id": "SL-D-0002", "name": "二号", "hazard_type": "滑坡", "stability": "较稳定", "causes": "降雨"},
        {"id": "SL-D-0003", "name": "三号", "hazard_type": "滑坡", "stability": "稳定", "monitor": "张示例"},
    ]
    for index, values in enumerate(rows):
        place = Point(36_400_000 + index, 4_370_000)
        workspace.apply(create_feature(workspace.definitions, "hazard_point", place, values))
    return list(workspace.table("hazard_point"))


def plan(ws, points, *changes, reason=""):
    return plan_batch(ws.definitions, points, changes, reason=reason)


def after(plan, name):
    return [one.after[name] for one in plan.edit.deltas]


def test_who_has_the_value_already_gets_no_step(workspace, points):
    found = plan(workspace, points, Change("stability", "set", "不稳定"), reason="7 月 17 日降雨后")
    assert found.count == 2
    assert [one.text("id") for one in found.same] == ["SL-D-0001"]
    assert found.edit.words == "改 2 个隐患点的稳定性（7 月 17 日降雨后）"
    workspace.apply(found.edit)
    assert {one["stability"] for one in workspace.table("hazard_point")} == {"不稳定"}
    workspace.undo()
    assert [one["stability"] for one in workspace.table("hazard_point")] == ["不稳定", "较稳定", "稳定"]


@pytest.mark.parametrize(
    ("change", "name", "values"),
    [
        (Change("stability", "clear"), "stability", [None, None, None]),
        (Change("stability", "append", "（初判）"), "stability", ["不稳定（初判）", "较稳定（初判）", "稳定（初判）"]),
        (Change("stability", "replace", "基本", "较"), "stability", ["基本稳定"]),
        (Change("causes", "append", "降雨、融雪"), "causes", ["降雨、融雪"] * 3),
        (Change("threatened_people", "add", 5), "threatened_people", [15]),
        (Change("field_code", "copy", "id"), "field_code", ["SL-D-0001", "SL-D-0002", "SL-D-0003"]),
    ],
)
def test_each_way_of_changing(workspace, points, change, name, values):
    assert after(plan(workspace, points, change), name) == values


def test_a_value_that_may_not_stand_is_named_and_the_feature_keeps_all_its_values(workspace, points):
    found = plan(workspace, points, Change("threatened_people", "add", -20), Change("stability", "set", "差"))
    assert [one.feature.text("id") for one in found.refused] == ["SL-D-0001"]
    assert "不能小于 0" in found.refused[0].sentence
    assert found.count == 2


def test_a_required_field_is_never_emptied(workspace, points):
    assert "clear" not in ways_for(workspace.definitions["hazard_point"], "hazard_type")
    found = plan(workspace, points, Change("hazard_type", "clear"))
    assert found.count == 0
    assert len(found.refused) == 3


def test_a_personal_field_is_never_copied_into_a_public_one(workspace):
    names = [one.name for one in copy_sources(workspace.definitions["hazard_point"], "stability")]
    assert "trend" in names
    assert "monitor" not in names
    assert "monitor" in [one.name for one in copy_sources(workspace.definitions["hazard_point"], "monitoring_lead")]


def test_registers_several_layers_and_unknown_fields_are_refused(workspace, points):
    event = Feature("zone_event", "e")
    for features, change in (
        ([event], Change("text", "set", "x")),
        ([points[0], event], Change("remark", "set", "x")),
        (points, Change("no_such", "set", "x")),
    ):
        with pytest.raises(EditRefused):
            plan(workspace, features, change)
