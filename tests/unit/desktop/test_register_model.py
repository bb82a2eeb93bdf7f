"""The register's model follows steps of the history by the rows they touch; texts of the clipboard; saved states."""

import pytest
from PySide6.QtCore import QModelIndex
from shapely import Point

from geohazard_desktop.desktop.register.clipboard import from_text, harmless, to_text
from geohazard_desktop.desktop.register.columns import columns_of
from geohazard_desktop.desktop.register.filter_words import condition_words
from geohazard_desktop.desktop.register.model import RegisterModel
from geohazard_desktop.desktop.register.paste import Planner, without_heading
from geohazard_desktop.desktop.register.state import RegisterState
from geohazard_desktop.workspace.edits import change_values, create_feature, create_features, delete_features
from geohazard_desktop.workspace.feature import Feature, new_uid
from geohazard_desktop.workspace.register_query import Among, Between, Containing, Filled, RegisterQuery, SortKey


@pytest.fixture
def model(workspace):
    rows = [
        {"id": f"SL-D-{n:04}", "name": f"沟{n}", "hazard_type": "崩塌", "threatened_people": n} for n in range(1, 601)
    ]
    features = [Feature("hazard_point", new_uid(), Point(500, 500), values) for values in rows]
    workspace.apply(create_features(workspace.definitions, features))
    made = RegisterModel()
    made.open(workspace, "hazard_point")
    workspace.subscribe(made.follow)
    return made


def names(model: RegisterModel) -> list[str]:
    return [model.title(row)[0] for row in range(model.rowCount())]


def test_a_change_touches_its_row_alone(workspace, model):
    told: list[tuple[int, int]] = []
    names(model)
    model.dataChanged.connect(lambda first, last, *_roles: told.append((first.row(), last.row())))
    row = workspace.find("hazard_point", "id", "SL-D-0007")
    workspace.apply(change_values(workspace.definitions, row, {"name": "新沟"}))
    assert told == [(6, 6)]
    assert model.title(6) == ("新沟", "SL-D-0007")
    workspace.undo()
    assert model.title(6) == ("沟7", "SL-D-0007")


def test_rows_come_and_go_where_they_stand(workspace, model):
    model.show_rows(workspace.matching_rows(RegisterQuery("hazard_point", sort=(SortKey("threatened_people", True),))))
    model.choose([model.uid(0)])
    assert names(model)[:2] == ["沟600", "沟599"]
    removed: list[int] = []
    model.rowsRemoved.connect(lambda _parent, first, _last: removed.append(first))
    gone = workspace.find("hazard_point", "id", "SL-D-0599")
    workspace.apply(delete_features(workspace.definitions, gone))
    assert removed == [1]
    assert names(model)[:2] == ["沟600", "沟598"]
    workspace.apply(create_feature(workspace.definitions, "hazard_point", Point(1, 1), {"name": "后来"}))
    assert names(model)[-1] == "后来", "a new row stands at the end, where it is seen"
    assert model.chosen_uids() == [model.uid(0)]
    workspace.undo()
    workspace.undo()
    assert model.rowCount(QModelIndex()) == 600
    assert names(model)[-1] == "沟599"


def test_many_rows_go_and_come_at_once(workspace, model):
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    gone = [one for one in workspace.table("hazard_point") if one["threatened_people"] > 100]
    workspace.apply(delete_features(workspace.definitions, gone))
    assert (model.rowCount(), len(resets)) == (100, 1)
    workspace.undo()
    assert (model.rowCount(), len(resets)) == (600, 2)
    assert set(names(model)) == {f"沟{n}" for n in range(1, 601)}


def test_the_row_of_a_feature_is_none_when_it_is_filtered_out(workspace, model):
    first, second = model.uid(0), model.uid(1)
    model.show_rows(workspace.matching_rows(RegisterQuery("hazard_point", (Among("name", ("沟2",)),))))
    assert model.row_of(first) is None
    assert model.row_of(second) == 0
    model.choose([first, second])
    assert model.first_chosen() == 0
    assert set(model.chosen_uids()) == {first, second}


def test_text_for_a_spreadsheet_comes_back_as_it_was():
    rows = [["名称", "备注"], ["=沟", "一行\n两行\t后"], ['说"好"', ""]]
    sent = to_text([[harmless(cell) for cell in row] for row in rows])
    assert "'=沟" in sent
    assert from_text(sent) == rows
    assert from_text("1\r\n2\r\n\r\n") == [["1"], ["2"]]
    assert from_text("") == []


def test_what_pasting_would_do_is_reckoned_first(workspace, model):
    columns = {one.key: one for one in columns_of(workspace.definitions["hazard_point"])}
    feature = workspace.feature("hazard_point", model.uid(0))
    planner = Planner(workspace)
    for key, lock, text in (
        ("threatened_people", "", "1 204"),
        ("threatened_people", "", "1"),
        ("scale_class", "", "巨大"),
        ("hazard_type", "", ""),
        ("schematic", "", "√"),
        ("closed_on", "", "2026年7月18日"),
        ("monitor", "只能看。", "甲某"),
    ):
        planner.put_text(feature, "沟1", columns[key], lock, text)
    plan = planner.plan
    assert [(one.column, one.value) for one in plan.changes] == [
        ("威胁人数", 1204),
        ("示意数据", True),
        ("销号日期", "2026-07-18"),
    ]
    assert plan.same == 1
    assert [title for _row, title, _why in plan.faults] == ["规模等级", "灾害类型", "监测人"]


def test_a_reference_is_pasted_by_number_or_name(workspace):
    from shapely import box

    zones = [
        create_feature(workspace.definitions, "danger_zone", box(0, 0, 9, 9), {"id": f"SL-W-000{n}", "name": "北沟"})
        for n in (1, 2)
    ]
    for one in zones:
        workspace.apply(one)
    sign = create_feature(workspace.definitions, "warning_sign", Point(1, 1), {"id": "SL-B-0001"})
    workspace.apply(sign)
    column = next(one for one in columns_of(workspace.definitions["warning_sign"]) if one.key == "danger_zone")
    feature = workspace.feature("warning_sign", sign.deltas[0].uid)
    planner = Planner(workspace)
    for text in ("SL-W-0002", "北沟　SL-W-0001", "北沟", "南沟"):
        planner.put_text(feature, "标志", column, "", text)
    assert [one.value for one in planner.plan.changes] == [zones[1].deltas[0].uid, zones[0].deltas[0].uid]
    assert [why for *_rest, why in planner.plan.faults] == [
        "有 2 个危险区叫“北沟”，请写编号。",
        "没有叫“南沟”的危险区。",
    ]


def test_a_copied_head_is_no_row(workspace):
    columns = [one for one in columns_of(workspace.definitions["hazard_point"]) if one.key == "threatened_people"]
    assert without_heading([["威胁人数（人）"], ["3"]], columns) == [["3"]]
    assert without_heading([["2"], ["3"]], columns) == [["2"], ["3"]]


def test_clicks_on_heads_turn_the_order():
    state = RegisterState()
    state.turn("name", more=False)
    state.turn("id", more=True)
    assert state.sort == [SortKey("name"), SortKey("id")]
    state.turn("name", more=True)
    assert state.sort == [SortKey("name", True), SortKey("id")]
    state.turn("name", more=True)
    assert state.sort == [SortKey("id")]
    state.turn("id", more=False)
    state.turn("id", more=False)
    assert state.sort == []


def test_a_saved_filter_is_read_again():
    state = RegisterState(
        [Among("a", ("x", None)), Between("b", 1, None)], "沟", [SortKey("a", True)], only_chosen=True
    )
    again = RegisterState.of(state.data())
    assert (again.conditions, again.text, again.sort) == (state.conditions, "沟", state.sort)
    assert not again.only_chosen, "what is chosen belongs to the moment"
    with pytest.raises(ValueError, match="no filter"):
        RegisterState.of({"sort": [1]})


def test_filters_in_words(workspace):
    columns = {one.key: one for one in columns_of(workspace.definitions["danger_zone"])}

    def told(condition: object) -> str:
        return condition_words(columns[condition.field], condition, lambda uid: uid)

    assert told(Between("@area", 15_000.0, None)) == "图上面积 ≥ 1.5 公顷"
    assert told(Between("must_move_people", 1, 100)).startswith("需转移人数 1 至 100")
    assert told(Filled("name", filled=False)) == "名称：空着"
    assert told(Containing("name", "沟")) == "名称含“沟”"
    assert told(Among("state", ("拟划", None))) == "状态：拟划、（空）"
