"""Entries into the register of danger zones: state and register go together, nothing is undone, nothing is lost."""

from datetime import date

import pytest
import shapely
from earlier_day import take_fields

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.edits.zone_events import correct_entry, follow_register, record_step
from geohazard_desktop.workspace.feature import Edit, deleted
from geohazard_desktop.workspace.workspace import Workspace

TODAY = date(2026, 8, 1)
SHAPE = shapely.box(36_400_000, 4_370_000, 36_400_100, 4_370_100)
PAPER = {"date": "2026-07-01", "document_no": "示政发〔2026〕1号", "actor": "示例区人民政府"}


def draw(ws: Workspace, **values):
    edit = create_feature(ws.definitions, "danger_zone", SHAPE, {"id": ws.next_number("danger_zone"), **values})
    ws.apply(edit)
    return edit.deltas[0].uid


def zone(ws, uid):
    return ws.feature("danger_zone", uid)


def entries(ws, uid):
    return ws.find("zone_event", "danger_zone", uid)


def record(ws, step, values, *uids):
    registers = {uid: entries(ws, uid) for uid in uids}
    ws.apply(record_step(ws.definitions, [zone(ws, uid) for uid in uids], registers, step, values, today=TODAY))


def correct(ws, uid, values, reason):
    (first, *_later) = register = entries(ws, uid)
    edit = correct_entry(ws.definitions, zone(ws, uid), register, first.uid, values, reason, today=TODAY)
    ws.apply(edit)
    return edit


def test_a_step_moves_register_and_state_in_one_step(workspace):
    one, other = draw(workspace), draw(workspace)
    record(workspace, "已划定", PAPER, one, other)
    assert [zone(workspace, uid).text("state") for uid in (one, other)] == ["已划定", "已划定"]
    assert [len(entries(workspace, uid)) for uid in (one, other)] == [1, 1]
    assert workspace.history()[0].words == "登记 2 个危险区“已划定”，示政发〔2026〕1号"


def test_a_step_out_of_turn_is_refused_with_the_zone_named(workspace):
    uid = draw(workspace)
    with pytest.raises(EditRefused, match="SL-W-0001 没有登记。“已公告”要在已划定之后"):
        record(workspace, "已公告", {**PAPER, "text": "公告"}, uid)
    assert entries(workspace, uid) == []


def test_an_entry_is_never_undone_and_stands_in_no_ones_way(workspace):
    uid = draw(workspace)
    workspace.apply(change_values(workspace.definitions, [zone(workspace, uid)], {"name": "示例沟"}))
    record(workspace, "已划定", PAPER, uid)
    assert workspace.undo_words() == "改危险区 SL-W-0001 的名称"
    workspace.undo()
    assert zone(workspace, uid).text("name") == ""
    assert zone(workspace, uid).text("state") == "已划定"
    workspace.redo()
    assert (zone(workspace, uid).text("name"), zone(workspace, uid).text("state")) == ("示例沟", "已划定")
    workspace.undo()
    with pytest.raises(EditRefused, match="在危险区过程里已有 1 条，不能删除"):
        workspace.undo()  # the drawing itself: its register speaks of it
    assert zone(workspace, uid) is not None


def test_a_registered_zone_is_not_deleted_on_any_road(workspace):
    uid = draw(workspace)
    record(workspace, "已划定", PAPER, uid)
    with pytest.raises(EditRefused, match="请保留它，用“撤销”结束"):
        workspace.apply(Edit("合并", [deleted(zone(workspace, uid))]))


def test_the_state_is_not_typed(workspace):
    uid = draw(workspace)
    with pytest.raises(EditRefused, match="由“危险区过程”的登记得出"):
        change_values(workspace.definitions, [zone(workspace, uid)], {"state": "已公告"})


def test_a_correction_goes_with_its_reason_and_the_state_follows(workspace):
    uid = draw(workspace)
    record(workspace, "已划定", PAPER, uid)
    fix = correct(workspace, uid, {**PAPER, "document_no": "示政发〔2026〕7号"}, "文号抄错")
    assert fix.words == "更正危险区 SL-W-0001 的登记“已划定”（2026 年 7 月 1 日）：文号抄错"
    assert [one.text("document_no") for one in entries(workspace, uid)] == ["示政发〔2026〕1号", "示政发〔2026〕7号"]
    correct(workspace, uid, None, "登错了区")
    assert zone(workspace, uid).text("state") == "拟划"
    assert len(entries(workspace, uid)) == 3
    with pytest.raises(EditRefused, match="已经作废"):
        correct(workspace, uid, None, "再来一次")


def test_a_state_that_came_with_an_import_waits_for_its_register(workspace):
    uid = draw(workspace, state="已公告")
    record(workspace, "已划定", PAPER, uid)
    assert zone(workspace, uid).text("state") == "已公告"
    record(workspace, "已公告", {**PAPER, "text": "公告"}, uid)
    record(workspace, "已设警示", {"date": "2026-07-03"}, uid)
    assert zone(workspace, uid).text("state") == "已设警示"
    false = draw(workspace, state="已撤销")
    workspace.apply(follow_register(workspace.definitions, zone(workspace, false), []))
    assert zone(workspace, false).text("state") == "拟划"
    workspace.undo()
    assert zone(workspace, false).text("state") == "已撤销"


def test_a_workspace_of_an_earlier_day_takes_the_later_fields(workspace):
    """Its register has the columns of then; they come with the first entry."""
    path = workspace.path
    uid = draw(workspace)
    workspace.close()
    take_fields(path, "zone_event", ("corrects", "void", "reason"))
    with Workspace.open(path) as ws:
        record(ws, "已划定", PAPER, uid)
    with Workspace.open(path) as ws:
        correct(ws, uid, None, "登错了区")
        assert entries(ws, uid)[-1]["void"] is True
        assert zone(ws, uid).text("state") == "拟划"
