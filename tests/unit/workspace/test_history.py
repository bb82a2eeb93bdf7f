"""The list of steps: newest first, by page, sifted; steps of other programs stand where they were made."""

import random
import sqlite3

import pytest
from fresh import fresh_workspace
from shapely import box

from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.edits import change_values, create_feature, delete_features
from geohazard_desktop.workspace.history import StepFilter
from geohazard_desktop.workspace.identity import Identity, at_command_line
from geohazard_desktop.workspace.workspace import Workspace

OFFICER, COLLEAGUE = Identity("甲", "a" * 32), Identity("乙", "b" * 32)


def add(ws: Workspace, layer: str = "danger_zone", **values) -> str:
    ws.apply(create_feature(ws.definitions, layer, box(0, 0, 9, 9), {"id": ws.next_number(layer), **values}))
    return ws.table(layer).uids[-1]


def rename(ws: Workspace, uid: str, name: str) -> None:
    ws.apply(change_values(ws.definitions, [ws.feature("danger_zone", uid)], {"name": name}))


def words(ws: Workspace, **wanted) -> list[str]:
    return [one.words for one in ws.history_page(ws.steps(StepFilter(**wanted)), 10_000)]


@pytest.fixture
def path(tmp_path, district):
    fresh_workspace(tmp_path / "历史.gpkg", district, identity=OFFICER).close()
    return tmp_path / "历史.gpkg"


def another_program(path, statement: str) -> None:
    sql = sqlite3.connect(path)
    blob.register(sql)
    sql.execute(statement)
    sql.commit()
    sql.close()


def test_steps_are_sifted_by_person_words_layer_and_feature(path):
    with Workspace.open(path, identity=OFFICER) as mine, Workspace.open(path, identity=COLLEAGUE) as theirs:
        first, second = add(mine, name="南沟"), add(theirs, name="北沟")
        add(mine, "subsidence_area", name="采空区")
        rename(theirs, first, "南沟下段")
        assert len(words(mine, actor="乙")) == 2
        assert len(words(mine, layer="danger_zone")) == 3
        assert words(mine, layer="danger_zone", uid=second) == [words(mine, actor="乙")[1]]
        assert len(words(mine, layer="danger_zone", uid=first, actor="甲")) == 1
        assert words(mine, text="名称") == [words(mine)[0]]
        assert words(mine, text="100%_") == []
        assert mine.history_actors() == ["乙", "甲"]
        assert mine.history_layers()[:1] == ["danger_zone"]
        assert "subsidence_area" in mine.history_layers()


def test_what_another_program_wrote_stands_between_ours(path):
    with Workspace.open(path, identity=OFFICER) as ws:
        uid = add(ws)
        other = add(ws)
        another_program(path, f"UPDATE danger_zone SET name = '外来' WHERE uid = '{uid}'")
        ws.poll()
        rename(ws, other, "我改的")
        told = words(ws)
        assert [told.index(one) for one in told if "1 个" in one] == [1]
        assert words(ws, actor="其他程序") == [told[1]]
        assert words(ws, layer="danger_zone", uid=uid)[0] == told[1]
        assert words(ws, layer="danger_zone", uid=other)[0] == told[0]
        assert ws.history_actors() == ["甲", "其他程序"]
        # found once, holes are kept: a new one joins them
        another_program(path, f"UPDATE danger_zone SET name = '又来' WHERE uid = '{other}'")
        assert len(words(ws, actor="其他程序")) == 2


def test_pages_follow_each_other_without_gap_or_repeat(path):
    """Random writers; every page size gives the same list, and each entry of the journal belongs to the step that
    covers it."""
    chance = random.Random(5)
    with Workspace.open(path, identity=OFFICER) as ws:
        uids = [add(ws) for _number in range(3)]
        for number in range(120):
            if chance.random() < 0.3:
                another_program(path, f"UPDATE danger_zone SET name = '{number}' WHERE uid = '{chance.choice(uids)}'")
                ws.poll()
            else:
                rename(ws, chance.choice(uids), f"名 {number}")
        whole = ws.history_page(ws.steps(), 10_000)
        steps = ws.steps()
        paged = []
        while page := ws.history_page(steps, 7):
            paged += page
        assert [one.key for one in paged] == [one.key for one in whole]
        covered = [entry for one in whole for entry in range(one.first_entry, one.last_entry + 1)]
        assert sorted(covered) == list(range(1, max(covered) + 1))
        for uid in uids:
            mine = ws.history_page(ws.steps(StepFilter(layer="danger_zone", uid=uid)), 10_000)
            expected = [one for one in whole if any(d.uid == uid for d in ws.step_deltas(one)) or one.kind == "foreign"]
            assert {one.change_id for one in mine if one.change_id} == {
                one.change_id for one in expected if one.change_id
            }


def test_a_step_shows_what_it_changed(path):
    with Workspace.open(path, identity=OFFICER) as ws:
        uid = add(ws, name="南沟")
        rename(ws, uid, "北沟")
        (newest, *_rest) = ws.history(1)
        (delta,) = ws.step_deltas(newest)
        assert (delta.before["name"], delta.after["name"]) == ("南沟", "北沟")
        assert (newest.features, newest.layers) == (1, ("danger_zone",))


def test_a_step_of_very_many_features_shows_the_first(path):
    with Workspace.open(path, identity=OFFICER) as ws:
        edit = create_feature(ws.definitions, "danger_zone", box(0, 0, 1, 1))
        many = [create_feature(ws.definitions, "danger_zone", box(0, 0, n, 1)).deltas[0] for n in range(1, 2101)]
        ws.apply(type(edit)("导入 2100 个", many))
        (newest,) = ws.history(1)
        assert newest.features == 2100
        assert len(ws.step_deltas(newest, most=20)) == 20
        ws.undo()
        assert ws.count("danger_zone") == 0


def test_undo_and_redo_read_on_where_they_stopped(path):
    """The stacks are kept and only read on; what another window of the same installation adds is passed over."""
    with Workspace.open(path, identity=OFFICER) as one, Workspace.open(path, identity=OFFICER) as two:
        first, second = add(one), add(one)
        assert two.undo_words() is None
        rename(two, first, "乙窗")
        assert one.undo_words() == "画危险区 SL-W-0002"
        assert "名称" in two.undo_words()
        one.undo()
        two.undo()
        assert (one.redo_words(), two.redo_words()) == ("画危险区 SL-W-0002", "改危险区 SL-W-0001 的名称")
        two.redo()
        assert one.redo_words() == "画危险区 SL-W-0002", "another window's step takes no redo away"
        one.redo()
        assert one.feature("danger_zone", second) is not None
        one.apply(delete_features(one.definitions, [one.feature("danger_zone", second)]))
        assert "删除" in one.undo_words()
        assert "名称" in two.undo_words()


def test_the_newest_step_of_others_is_told_until_this_window_has_gone_on(workspace):
    """By the command line or another program; what was there at opening is the user's own."""
    assert workspace.step_of_others() is None
    with Workspace.open(workspace.path, identity=at_command_line()) as other:
        other.apply(create_feature(other.definitions, "person", None, {"name": "周示例"}))
    workspace.poll()
    found = workspace.step_of_others()
    assert found is not None
    assert found.actor.endswith("（命令行）")
    assert found.words == "登记责任人"
    assert workspace.undo_words() is None
    with Workspace.open(workspace.path) as later:
        assert later.step_of_others() is None  # as after a restart: its own to undo
        assert later.undo_words() == found.words
    workspace.apply(create_feature(workspace.definitions, "person", None, {"name": "吴示例"}))
    assert workspace.step_of_others() is None
    workspace.undo()
    assert workspace.step_of_others() is None
