"""Of a layer only some features are shown: the same for layers that are read whole and for those read in sight."""

import pytest
from shapely import Point

from geohazard_desktop.cartography.file_picture import FilePicture
from geohazard_desktop.cartography.map_process import scene as scenes
from geohazard_desktop.cartography.map_process.scene import MapScene
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
VIEW = MapView((E, N), 5000.0, 300.0, 300.0, 96.0)


def shown(scene: MapScene, layer: str) -> set[str]:
    picture = scene.picture(layer)
    for _step in picture.prepare(VIEW):
        pass
    return {picture.table.uids[number] for number in picture.visible(VIEW).tolist()}


@pytest.mark.parametrize("kind", [LayerPicture, FilePicture])
def test_only_these_until_all_are_wanted_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, kind: type):
    if kind is FilePicture:
        monkeypatch.setattr(scenes, "LARGE_FROM", 1)
    for at in range(4):
        values = {"name": f"点{at}", "kind": "厂区"}
        workspace.apply(create_feature(workspace.definitions, "facility", Point(E + 50 * at, N), values))
    uids = workspace.table("facility").uids
    scene = MapScene(workspace.path)
    assert shown(scene, "facility") == set(uids)
    assert type(scene.picture("facility")) is kind
    before = scene.version
    scene.only("facility", frozenset(uids[:2]))
    assert scene.version != before
    assert shown(scene, "facility") == set(uids[:2])
    scene.preview("facility", {**workspace.definitions["facility"].style, "draw_order": 99})
    assert shown(scene, "facility") == set(uids[:2]), "another look shows no more"
    workspace.apply(create_feature(workspace.definitions, "facility", Point(E, N + 9), {"name": "新", "kind": "厂区"}))
    new = workspace.table("facility").uids[-1]
    scene.follow({"facility": (new,)})
    assert shown(scene, "facility") == set(uids[:2])
    scene.only("facility", frozenset([*uids[:2], new]))
    assert shown(scene, "facility") == {*uids[:2], new}
    scene.only("facility", None)
    assert shown(scene, "facility") == {*uids, new}
    scene.close()
