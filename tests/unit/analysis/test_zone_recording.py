"""What the ground must show before a step, who does the steps here, and the list of all entries."""

from datetime import date

import pytest
import shapely

from geohazard_desktop.analysis.zone_event_list import HEADINGS, zone_event_rows
from geohazard_desktop.analysis.zone_recording import actors, correct, life_of_zone, record, register_of, sign_deadline
from geohazard_desktop.analysis.zone_signs import signs_advised, signs_on_boundary
from geohazard_desktop.analysis.zone_states import shown_states
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.desktop.zones.stage import stage_words
from geohazard_desktop.workspace.edits import create_feature

TODAY = date(2026, 8, 1)
E, N = 36_400_000, 4_370_000
SHAPE = shapely.box(E, N, E + 400, N + 400)
PAPER = {"date": "2026-07-01", "document_no": "示政发〔2026〕1号", "actor": "示例区人民政府"}


def put(ws, layer, geometry, **values):
    edit = create_feature(ws.definitions, layer, geometry, values)
    ws.apply(edit)
    return ws.feature(layer, edit.deltas[0].uid)


def step(ws, zone, name, **values):
    ws.apply(record(ws, [ws.feature("danger_zone", zone.uid)], name, values, today=TODAY))


@pytest.fixture
def zone(workspace):
    return put(workspace, "danger_zone", SHAPE, id="SL-W-0001", name="示例沟")


def test_signs_must_stand_before_they_are_registered(workspace, zone):
    step(workspace, zone, "已划定", **PAPER)
    step(workspace, zone, "已公告", **PAPER, text="公告（示意）。")
    with pytest.raises(EditRefused, match="边界 10 米以内还没有警示标志"):
        step(workspace, zone, "已设警示", date="2026-07-05")
    put(workspace, "warning_sign", shapely.Point(E + 200, N + 200))  # in the middle, where nobody comes in
    put(workspace, "warning_sign", shapely.Point(E - 11, N + 100))
    assert signs_on_boundary(workspace, SHAPE) == []
    assert stage_words(workspace) == ("1 个 · 1 个缺警示标志", "warning")
    near = put(workspace, "warning_sign", shapely.Point(E - 9, N + 100))
    assert [one.uid for one in signs_on_boundary(workspace, SHAPE)] == [near.uid]
    assert signs_advised(SHAPE) == 3  # 1 600 m of boundary, one for every 500 m
    assert sign_deadline(workspace, life_of_zone(workspace, zone.uid)) == date(2026, 7, 11)
    step(workspace, zone, "已设警示", date="2026-07-05")
    assert life_of_zone(workspace, zone.uid).state == "已设警示"
    assert sign_deadline(workspace, life_of_zone(workspace, zone.uid)) is None


def test_who_does_the_steps_comes_from_the_settings(workspace):
    assert actors(workspace) == ["示例区人民政府", "示例区自然资源分局"]


def test_moved_out_people_are_told_first(workspace, zone):
    assert stage_words(workspace) == ("1 个 · 1 个拟划", "")
    step(workspace, zone, "撤离", date="2026-07-10", time="08:30", people_moved=128)
    assert shown_states(workspace) == {zone.uid: "拟划 · 撤离中"}
    assert stage_words(workspace) == ("1 个 · 1 个撤离中 · 1 个拟划", "warning")


def test_the_list_has_every_entry_and_every_zone(workspace, zone):
    put(workspace, "danger_zone", shapely.box(E + 900, N, E + 990, N + 90), id="SL-W-0002")
    step(workspace, zone, "已划定", **PAPER)
    first = register_of(workspace, zone.uid)[0]
    right = {**PAPER, "document_no": "示政发〔2026〕7号"}
    fresh = workspace.feature("danger_zone", zone.uid)
    workspace.apply(correct(workspace, fresh, first.uid, right, "文号抄错", today=TODAY))
    rows = [dict(zip(HEADINGS, one.cells, strict=True)) for one in zone_event_rows(workspace)]
    assert [one["危险区"] for one in rows] == ["SL-W-0001", "SL-W-0002"]
    assert (rows[0]["文号"], rows[0]["当前状态"]) == ("示政发〔2026〕7号", "已划定")
    assert rows[0]["说明"] == "已更正（原文号 示政发〔2026〕1号）：文号抄错"
    assert rows[1]["说明"] == "还没有登记"
