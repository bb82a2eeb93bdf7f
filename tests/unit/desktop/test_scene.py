"""What the canvas shows of danger zones is what paper shows: the state that the register bears out."""

from types import SimpleNamespace

from shapely import box

from geohazard_desktop.desktop.scene import Scene
from geohazard_desktop.workspace.edits import create_feature

E, N = 36_400_000.0, 4_370_000.0


def test_a_zone_is_a_draft_on_the_screen_until_its_document_is_entered(workspace):
    ws = workspace
    scene = Scene(SimpleNamespace(ws=ws, workspace=ws), lambda _layer: True)
    ws.subscribe(scene.follow)
    zone = create_feature(
        ws.definitions, "danger_zone", box(E, N, E + 9, N + 9), {"hazard_type": "崩塌", "state": "已划定"}
    )
    ws.apply(zone)
    assert scene.table("danger_zone").columns["state"] == ["拟划"]
    assert [one.rules.tolist() for one in scene.pictures() if one.layer == "danger_zone"] == [[2]]
    event = {"danger_zone": zone.deltas[0].uid, "step": "已划定", "document_no": "示〔2026〕1号", "date": "2026-06-01"}
    ws.apply(create_feature(ws.definitions, "zone_event", None, event | {"actor": "示例区人民政府"}))
    assert scene.table("danger_zone").columns["state"] == ["已划定"]
    assert [one.rules.tolist() for one in scene.pictures() if one.layer == "danger_zone"] == [[0]]
