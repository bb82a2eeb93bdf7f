"""迁出 and 停用 as edits, and a workspace of an earlier day that takes their fields."""

from datetime import date

import pytest
from earlier_day import take_fields
from shapely import Point

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.edits.endings import end, resume
from geohazard_desktop.workspace.workspace import Workspace

DAY = date(2026, 7, 1)


def put(ws, layer, **values):
    edit = create_feature(ws.definitions, layer, Point(36_400_000.0, 4_370_000.0), values)
    ws.apply(edit)
    return ws.feature(layer, edit.deltas[0].uid)


def test_several_shelters_are_closed_in_one_step_and_opened_again(workspace):
    two = [put(workspace, "shelter", id=f"SL-A-000{number}", name="广场") for number in (1, 2)]
    edit = end(workspace.definitions, two, DAY, " 改作工地 ")
    assert edit.words.strip() == "2 个避险安置点停用（2026-07-01）"
    workspace.apply(edit)
    now = list(workspace.table("shelter"))
    assert {(one.text("closed_on"), one.text("closed_reason")) for one in now} == {("2026-07-01", "改作工地")}
    workspace.apply(resume(workspace.definitions, now))
    assert {one.text("closed_on") for one in workspace.table("shelter")} == {""}
    assert workspace.history()[0].words.strip() == "2 个避险安置点重新启用"


def test_what_does_not_fit_is_refused_in_a_sentence(workspace):
    home, shelter = put(workspace, "household", head="赵示例"), put(workspace, "shelter", name="广场")
    with pytest.raises(EditRefused, match="没有写迁出原因"):
        end(workspace.definitions, [home], DAY, "  ")
    with pytest.raises(EditRefused, match="请只选住户"):
        end(workspace.definitions, [home, shelter], DAY, "搬走")
    with pytest.raises(EditRefused, match="没有停用过"):
        resume(workspace.definitions, [shelter])


@pytest.mark.parametrize(("layer", "fields"), [
    ("household", ("moved_out_on", "moved_out_reason")),
    ("shelter", ("closed_on", "closed_reason")),
])  # fmt: skip
def test_a_workspace_of_an_earlier_day_takes_the_fields_and_draws_grey_what_is_over(workspace, layer, fields):
    path = workspace.path
    uid = put(workspace, layer, name="甲", **({"head": "赵示例"} if layer == "household" else {})).uid
    workspace.close()
    take_fields(path, layer, fields)
    with Workspace.open(path) as ws:
        assert len(ws.style(layer)["rule"]) == 2
        assert ws.style(layer)["rule"][0]["where"] == {"field": fields[0], "until_today": True}
        ws.apply(end(ws.definitions, [ws.feature(layer, uid)], DAY, "搬走"))
        assert ws.feature(layer, uid).text(fields[0]) == "2026-07-01"
        ws.undo()
        assert ws.feature(layer, uid).text(fields[0]) == ""
