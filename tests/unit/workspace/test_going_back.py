"""To any step, deleted features, earlier versions: always a step of its own, never against what left the office."""

import sqlite3
from pathlib import Path

import pytest
from fresh import fresh_workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point, box
from shapely.affinity import translate

from geohazard_desktop.common.errors import EditRefused, UndoRefused
from geohazard_desktop.workspace.edits import (
    change_geometry,
    change_values,
    create_feature,
    delete_features,
    move_features,
)
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed, inserted, new_uid
from geohazard_desktop.workspace.history import HistoryEntry
from geohazard_desktop.workspace.workspace import Workspace


def add(ws: Workspace, layer: str = "danger_zone", geometry=None, **values) -> Feature:
    number = {"id": ws.next_number(layer)} if ws.definitions[layer].letter else {}
    edit = create_feature(ws.definitions, layer, geometry or box(0, 0, 9, 9), {**number, **values})
    ws.apply(edit)
    return ws.feature(layer, edit.deltas[0].uid)


def put(ws: Workspace, feature: Feature, **values) -> Feature:
    now = ws.feature(feature.layer, feature.uid)
    ws.apply(change_values(ws.definitions, [now], values))
    return ws.feature(feature.layer, feature.uid)


def newest(ws: Workspace) -> HistoryEntry:
    return ws.history(1)[0]


def test_to_a_step_and_back_again(workspace):
    zone = add(workspace, name="南沟")
    goal = newest(workspace)
    moved = put(workspace, zone, name="北沟")
    other = add(workspace, name="新沟")
    plan = workspace.plan_return(goal)
    assert (plan.changed, plan.removed, plan.made) == ({"danger_zone": 1}, {"danger_zone": 1}, {})
    workspace.go_back(plan)
    assert workspace.feature("danger_zone", zone.uid).same_as(zone)
    assert workspace.feature("danger_zone", other.uid) is None
    assert "回到" in newest(workspace).words
    workspace.undo()
    assert workspace.feature("danger_zone", zone.uid).same_as(moved)
    assert workspace.feature("danger_zone", other.uid).same_as(other)


def test_registers_stay_and_are_told(workspace):
    zone = add(workspace, name="南沟")
    goal = newest(workspace)
    put(workspace, zone, name="北沟")
    event = Feature("zone_event", new_uid(), None, {"danger_zone": zone.uid, "step": "拟划"})
    workspace.apply(Edit("登记", [inserted(event)]))
    now = workspace.feature("danger_zone", zone.uid)
    workspace.apply(Edit("登记带来的状态", [changed(now, now.with_values(state="已划定"))]))
    plan = workspace.plan_return(goal)
    assert plan.kept == {"zone_event": 1}
    assert any("状态" in one for one in plan.remarks)
    workspace.go_back(plan)
    assert workspace.count("zone_event") == 1
    assert workspace.feature("danger_zone", zone.uid)["name"] == "南沟"
    assert workspace.feature("danger_zone", zone.uid)["state"] == "已划定"  # what the register decides


def test_what_a_register_speaks_of_is_not_taken_away(workspace):
    goal = newest(workspace)
    zone = add(workspace, name="南沟")
    workspace.apply(Edit("登记", [inserted(Feature("zone_event", new_uid(), None, {"danger_zone": zone.uid}))]))
    with pytest.raises(UndoRefused, match=r"SL-W-0001.*危险区过程"):
        workspace.plan_return(goal)
    assert workspace.count("danger_zone") == 1


def test_nothing_to_go_back_over_is_said(workspace):
    add(workspace)
    with pytest.raises(UndoRefused, match="没有可以改回"):
        workspace.plan_return(newest(workspace))


def test_a_deleted_feature_comes_back_with_its_identity(workspace):
    zone = add(workspace, name="南沟")
    put(workspace, zone, remark="看过")
    last = workspace.feature("danger_zone", zone.uid)
    workspace.apply(delete_features(workspace.definitions, [last]))
    add(workspace, name="别的")
    (found,) = workspace.deleted()
    assert found.feature.same_as(last)
    assert "删除" in found.words
    assert workspace.deleted(text="北") == []
    assert workspace.deleted("danger_zone", text="南") != []
    plan = workspace.plan_restore([found.feature], [found.entry])
    workspace.apply(plan.edit)
    assert workspace.feature("danger_zone", zone.uid).same_as(last)
    assert workspace.deleted() == []
    with pytest.raises(EditRefused, match="已经在图上"):
        workspace.plan_restore([found.feature])


def test_what_went_with_it_comes_back_with_it_and_a_lost_reference_is_said(workspace):
    point = add(workspace, "hazard_point", Point(5, 5), name="崩塌点")
    house = add(workspace, "household", Point(1, 1), head="示例户", hazard_point=point.uid)
    member = Feature("household_member", new_uid(), None, {"household": house.uid, "name": "甲某"})
    workspace.apply(Edit("登记成员", [inserted(member)]))
    house = workspace.feature("household", house.uid)
    members = [workspace.feature("household_member", member.uid)]
    workspace.apply(delete_features(workspace.definitions, [house], referring=members))
    workspace.apply(delete_features(workspace.definitions, [point]))
    gone = {one.feature.layer: one for one in workspace.deleted()}
    plan = workspace.plan_restore([gone["household"].feature], [gone["household"].entry])
    assert plan.made == {"household": 1, "household_member": 1}
    assert any("隐患点" in one and "不在" in one for one in plan.remarks)
    workspace.apply(plan.edit)
    assert workspace.feature("household_member", member.uid)["household"] == house.uid
    together = workspace.plan_restore([gone["hazard_point"].feature], [gone["hazard_point"].entry])
    assert together.remarks == ()


def test_a_number_that_was_given_away_is_replaced_and_said(workspace):
    zone = add(workspace)
    workspace.apply(delete_features(workspace.definitions, [zone]))
    add(workspace, id="SL-W-0001")
    (found,) = workspace.deleted()
    plan = workspace.plan_restore([found.feature], [found.entry])
    assert any("SL-W-0001" in one for one in plan.remarks)
    workspace.apply(plan.edit)
    numbers = [one.text("id") for one in workspace.table("danger_zone")]
    assert len(set(numbers)) == 2


def test_one_feature_as_it_was(workspace):
    zone = add(workspace, name="南沟")
    first = newest(workspace)
    other = add(workspace, name="别的")
    moved = zone.with_geometry(translate(zone.geometry, 3, 4))
    workspace.apply(change_geometry(workspace.definitions, zone, moved.geometry))
    put(workspace, other, name="不动")
    plan = workspace.plan_version("danger_zone", zone.uid, first)
    workspace.apply(plan.edit)
    assert workspace.feature("danger_zone", zone.uid).same_as(zone)
    assert workspace.feature("danger_zone", other.uid)["name"] == "不动"
    with pytest.raises(EditRefused, match="就是这个样子"):
        workspace.plan_version("danger_zone", zone.uid, first)
    with pytest.raises(EditRefused, match="不在图上"):
        workspace.plan_version("danger_zone", other.uid, first)
    workspace.apply(delete_features(workspace.definitions, [workspace.feature("danger_zone", zone.uid)]))
    workspace.apply(workspace.plan_version("danger_zone", zone.uid, first).edit)
    assert workspace.feature("danger_zone", zone.uid).same_as(zone)


def test_what_bypassed_the_history_is_said_before_going_back(workspace):
    add(workspace)
    goal = newest(workspace)
    sql = sqlite3.connect(workspace.path)
    sql.execute("DROP TRIGGER danger_zone_journal_update")
    sql.commit()
    sql.close()
    workspace.poll()
    add(workspace)
    assert any("回不去" in one for one in workspace.plan_return(goal).remarks)


Step = st.tuples(
    st.sampled_from(["add", "rename", "move", "delete", "undo", "redo", "jump", "restore"]), st.integers(0, 99)
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(Step, min_size=4, max_size=22))
def test_any_steps_and_jumps_end_where_the_model_says(tmp_path_factory, district, steps):
    """A model keeps the state after every step; undo, redo, jumps and restoring must give back exactly these."""
    path: Path = tmp_path_factory.mktemp("model") / "模型.gpkg"
    with fresh_workspace(path, district) as ws:
        undo: list[dict[str, Feature]] = []
        redo: list[dict[str, Feature]] = []
        state: dict[str, Feature] = {}
        after: dict[int, dict[str, Feature]] = {newest(ws).change_id: {}}

        def told(new: dict[str, Feature]) -> None:
            nonlocal state
            undo.append(state)
            redo.clear()
            state = new

        for what, number in steps:
            chosen = sorted(state)[number % len(state)] if state else ""
            if what == "add":
                made = add(ws, name=f"沟 {number}")
                told({**state, made.uid: made})
            elif what == "rename" and chosen and state[chosen]["name"] != f"名 {number}":
                told({**state, chosen: put(ws, state[chosen], name=f"名 {number}")})
            elif what == "move" and chosen:
                ws.apply(move_features(ws.definitions, [state[chosen]], number / 3 + 1, -number / 7))
                told({**state, chosen: ws.feature("danger_zone", chosen)})
            elif what == "delete" and chosen:
                ws.apply(delete_features(ws.definitions, [state[chosen]]))
                told({uid: one for uid, one in state.items() if uid != chosen})
            elif what == "undo" and undo:
                ws.undo()
                redo.append(state)
                state = undo.pop()
            elif what == "redo" and redo:
                ws.redo()
                undo.append(state)
                state = redo.pop()
            elif what == "jump":
                pages = ws.history(1000)
                goal = pages[number % len(pages)]
                try:
                    ws.go_back(ws.plan_return(goal))
                except UndoRefused:
                    assert _same(after[goal.change_id], state)
                else:
                    told(after[goal.change_id])
            elif what == "restore" and (gone := ws.deleted()):
                one = gone[number % len(gone)]
                ws.apply(ws.plan_restore([one.feature], [one.entry]).edit)
                told({**state, one.feature.uid: one.feature})
            after[newest(ws).change_id] = state
            now = {one.uid: one for one in ws.table("danger_zone")}
            assert _same(now, state), (what, number)
        assert ws.verify_history() == []


def _same(one: dict[str, Feature], other: dict[str, Feature]) -> bool:
    return one.keys() == other.keys() and all(one[uid].same_as(other[uid]) for uid in one)


def test_a_delta_list_is_one_a_feature(workspace):
    zone = add(workspace, name="一")
    goal = newest(workspace)
    for name in ("二", "三", "四"):
        put(workspace, zone, name=name)
    (delta,) = workspace.plan_return(goal).edit.deltas
    assert isinstance(delta, Delta)
    assert (delta.before["name"], delta.after["name"]) == ("四", "一")
