"""Ways in doubt on the window's map: broken and signed, also in an office's own style; everything else as it was."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from shapely import LineString, Point

from geohazard_desktop.cartography.doubted import COLUMN, doubted_style, with_doubts
from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.map_process.scene import MapScene
from geohazard_desktop.cartography.painter import paint_map
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.edits import change_style, create_feature

E, N = 36_400_000.0, 4_370_000.0
VIEW = MapView((E, N), 10_000.0, 60.0, 40.0, 96.0)
ROUTE, SHELTER = "evacuation_route", "shelter"


@pytest.fixture
def uids(workspace):
    """Two routes, one above the other, each with a shelter at its end."""
    found = {}
    for key, north in (("upper", 100.0), ("lower", -100.0)):
        line = LineString([(E - 200, N + north), (E + 200, N + north)])
        for layer, geometry in ((ROUTE, line), (SHELTER, Point(E + 240, N + north))):
            edit = create_feature(workspace.definitions, layer, geometry, {})
            workspace.apply(edit)
            found[layer, key] = edit.deltas[0].uid
    return found


@pytest.fixture
def scene(workspace, uids):
    made = MapScene(workspace.path)
    yield made
    made.close()


def halves(scene):
    """How the upper and the lower half of the map look, as grey values."""
    image = QImage(round(VIEW.width), round(VIEW.height), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_map(painter, VIEW, scene.pictures([ROUTE, SHELTER]), labels=False)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    found = rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)[:, :, :3].mean(axis=2)
    return found[: image.height() // 2].copy(), found[image.height() // 2 :].copy()


def gaps(half, *, upper=True):
    """How often the route in this half is interrupted, signs apart."""
    row = round(VIEW.to_device(E, N + (100.0 if upper else -100.0))[1]) - (0 if upper else round(VIEW.height) // 2)
    left, right = (round(VIEW.to_device(E + east, N)[0]) for east in (-170.0, 190.0))
    dark = half[row - 1 : row + 2, left:right].min(axis=0) < 170
    return int((np.diff(dark.astype(int)) == -1).sum())


@pytest.mark.parametrize("kind", ["ask", "over"])
def test_a_route_in_doubt_is_broken_and_the_other_as_before(scene, uids, kind):
    upper, lower = halves(scene)
    version = scene.version
    scene.doubt({ROUTE: {uids[ROUTE, "upper"]: kind}})
    assert scene.version != version
    doubted, other = halves(scene)
    assert gaps(upper) <= 3  # heads of arrows and the ring have white edges
    assert gaps(doubted) > 5
    assert np.array_equal(other, lower)
    scene.doubt({})
    assert np.array_equal(halves(scene)[0], upper)


def test_the_two_doubts_and_sound_shelters_are_told_apart_without_colours(scene, uids):
    sound, _other = halves(scene)
    looks = [sound]
    for kind in ("ask", "over"):
        scene.doubt({SHELTER: {uids[SHELTER, "upper"]: kind}})
        looks.append(halves(scene)[0])
        scene.doubt({ROUTE: {uids[ROUTE, "upper"]: kind}})
        looks.append(halves(scene)[0])
    for place, one in enumerate(looks):
        for another in looks[:place]:
            assert (np.abs(one - another) > 80).sum() > 60


def test_a_change_of_the_layer_and_another_style_keep_the_doubt(scene, workspace, uids):
    scene.doubt({ROUTE: {uids[ROUTE, "upper"]: "ask"}})
    expected = gaps(halves(scene)[0])
    own = {"rule": [{"label": "路", "symbol": [{"kind": "stroke", "color": "#202020", "width": 1.2}]}]}
    workspace.apply(change_style(workspace, ROUTE, own))
    scene.follow({"style": ()})
    scene.follow({ROUTE: (uids[ROUTE, "upper"],)})
    upper, lower = halves(scene)
    assert expected > 5
    assert gaps(upper) > 5
    assert gaps(lower, upper=False) == 0


def test_closed_shelters_keep_the_look_that_their_date_gives_them(workspace, uids):
    style = layer_style(workspace, SHELTER)[0]
    doubted = doubted_style(style, {uids[SHELTER, "upper"]: "over"})
    assert doubted.rule_for({"closed_on": "2026-01-01"}) is style.rule_for({"closed_on": "2026-01-01"})
    table = with_doubts(workspace.table(SHELTER), {uids[SHELTER, "upper"]: "over"})
    names = {one[COLUMN]: doubted.rule_for(one.values).of_kind("marker")[0].name for one in table}
    assert names == {"over": "shelter_closed", None: "shelter"}


def test_layers_without_such_a_look_and_layers_without_doubts_stay(workspace):
    for layer, doubted in (("danger_zone", {"a": "ask"}), (ROUTE, {})):
        style = layer_style(workspace, layer)[0]
        assert doubted_style(style, doubted) is style
