"""What is overdue is said with its day and its remedy; what nobody has written is no deadline."""

from datetime import date, datetime

import pytest
import shapely

from geohazard_desktop.analysis.overdue import looks_at, overdue
from geohazard_desktop.analysis.zone_recording import record
from geohazard_desktop.workspace.edits import change_values, create_feature

E, N = 36_400_000, 4_370_000
SHAPE = shapely.box(E, N, E + 400, N + 400)
PLACE = shapely.Point(E + 50, N + 50)


def put(ws, layer, geometry=None, **values):
    edit = create_feature(ws.definitions, layer, geometry, values)
    ws.apply(edit)
    return edit.deltas[0].uid


def late(ws, layer, now):
    return {uid: [(one.field, one.late) for one in ones] for uid, ones in overdue(ws, layer, now).items()}


@pytest.fixture
def announced(workspace):
    uid = put(workspace, "danger_zone", SHAPE, id="SL-W-0001", name="示例沟", hazard_type="泥石流")
    for step, day in (("已划定", "2026-06-20"), ("已公告", "2026-07-01")):
        zone = workspace.feature("danger_zone", uid)
        values = {"date": day, "document_no": "示政发〔2026〕1号", "actor": "示例区人民政府", "text": "公告（示意）。"}
        workspace.apply(record(workspace, [zone], step, values, today=date(2026, 8, 1)))
    return uid


def test_an_announced_zone_without_signs_is_overdue_until_they_are_registered(workspace, announced):
    assert late(workspace, "danger_zone", datetime(2026, 7, 11, 23, 59)) == {}
    assert late(workspace, "danger_zone", datetime(2026, 7, 13)) == {announced: [("state", "2 天")]}
    now = datetime(2026, 8, 1)
    assert overdue(workspace, "danger_zone", now)[announced][0].sentence == (
        "警示标志应在 2026 年 7 月 11 日前设好，已过 21 天。边界上还没有标志，请设好后登记“已设警示”。"
    )
    put(workspace, "warning_sign", shapely.Point(E, N + 100))
    assert "边界上已有 1 个，请登记“已设警示”" in overdue(workspace, "danger_zone", now)[announced][0].sentence
    zone = workspace.feature("danger_zone", announced)
    workspace.apply(record(workspace, [zone], "已设警示", {"date": "2026-07-20"}, today=date(2026, 8, 1)))
    assert late(workspace, "danger_zone", now) == {}


def test_a_point_is_patrolled_by_its_own_cycle(workspace):
    cycle = "汛期每天 1 次；非汛期每 10 天 1 次"
    looked = put(workspace, "hazard_point", PLACE, hazard_type="滑坡", monitoring_cycle=cycle)
    put(workspace, "hazard_point", PLACE, hazard_type="滑坡", monitoring_cycle=cycle)  # no patrol was ever entered
    vague = put(workspace, "hazard_point", PLACE, hazard_type="滑坡", monitoring_cycle="定期")
    closed = put(workspace, "hazard_point", PLACE, hazard_type="滑坡", monitoring_cycle=cycle, status="销号")
    for point in (looked, vague, closed):
        put(workspace, "patrol", hazard_point=point, patrolled_at="2026-03-01T09:00:00")
    put(workspace, "patrol", hazard_point=looked, patrolled_at="2026-02-01T09:00:00")
    assert late(workspace, "hazard_point", datetime(2026, 3, 11)) == {}
    assert late(workspace, "hazard_point", datetime(2026, 3, 14)) == {looked: [("monitoring_cycle", "3 天")]}
    for key, value in (("season.start", "03-01"), ("season.end", "10-31")):
        put(workspace, "setting", key=key, value=value)
    assert late(workspace, "hazard_point", datetime(2026, 3, 14)) == {looked: [("monitoring_cycle", "12 天")]}


def test_a_point_is_surveyed_again_after_a_year(workspace):
    uid = put(workspace, "hazard_point", PLACE, hazard_type="滑坡", surveyed_on="2025-03-01")
    put(workspace, "hazard_point", PLACE, hazard_type="滑坡")
    assert late(workspace, "hazard_point", datetime(2026, 3, 1)) == {}
    assert late(workspace, "hazard_point", datetime(2026, 3, 5)) == {uid: [("surveyed_on", "4 天")]}
    point = workspace.feature("hazard_point", uid)
    workspace.apply(change_values(workspace.definitions, [point], {"status": "销号"}))
    assert late(workspace, "hazard_point", datetime(2026, 3, 5)) == {}


def test_a_report_that_has_not_gone_out_counts_minutes(workspace):
    uid = put(workspace, "report", kind="首报", danger_grade="大型", received_at="2026-07-01T10:00:00")
    put(workspace, "report", kind="首报", danger_grade="小型", received_at="2026-07-01T10:00:00")
    put(workspace, "report", danger_grade="大型", received_at="2026-07-01T09:00", reported_at="2026-07-01T12:00")
    assert late(workspace, "report", datetime(2026, 7, 1, 10, 40)) == {}
    assert late(workspace, "report", datetime(2026, 7, 1, 10, 50)) == {uid: [("reported_at", "10 分钟")]}
    assert late(workspace, "report", datetime(2026, 7, 3, 11, 0))[uid] == [("reported_at", "2 天")]


def test_layers_without_deadlines_are_never_late(workspace):
    assert overdue(workspace, "road", datetime(2026, 1, 1)) == {}
    assert looks_at("road") == frozenset()
    assert "zone_event" in looks_at("danger_zone")
