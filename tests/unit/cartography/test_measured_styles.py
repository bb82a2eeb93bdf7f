"""Styles that ask for what shapes measure: on the map, of layers read whole and bit by bit, and on paper."""

import copy
from pathlib import Path

import pytest
from fresh import fresh_workspace
from shapely import box

from geohazard_desktop.cartography import map_process
from geohazard_desktop.cartography.legend import legend_entries
from geohazard_desktop.cartography.map_process.scene import MapScene
from geohazard_desktop.cartography.painter import PaintReport
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.exchange.style_classes import class_of, style_classes
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.workspace.edits import change_geometry, change_style, create_feature
from geohazard_desktop.workspace.workspace import Workspace

EAST, NORTH = 36_390_000.0, 4_380_000.0
FILL = {"kind": "fill", "color": "#B3001B"}
BY_SIZE = {
    "rule": [
        {"label": "≥ 1 公顷", "where": {"field": "面积:公顷", "minimum": 1}, "symbol": [FILL]},
        {"label": "有名的", "where": [{"field": "name", "empty": True, "not": True}], "symbol": [FILL]},
        {"label": "其余", "symbol": [FILL]},
    ],
    "label": {"text": "{面积:公顷:1}", "placement": "inside"},
}
SIDES = {"大": 200.0, "小": 50.0}


@pytest.fixture
def path(tmp_path: Path, district) -> Path:
    made = tmp_path / "面积.gpkg"
    with fresh_workspace(made, district, styles_for_qgis=True) as ws:
        for number, (name, side) in enumerate(SIDES.items()):
            east = EAST + 1000 * number
            shape = box(east, NORTH, east + side, NORTH + side)
            ws.apply(create_feature(ws.definitions, "danger_zone", shape, {"name": name}))
        ws.apply(change_style(ws, "danger_zone", BY_SIZE))
    return made


LARGE, NAMED = "≥ 1 公顷", "有名的"


def labels(picture) -> list[str]:
    """The rule of each feature, by its words: a rule for what is over may stand before the style's own."""
    return [picture.style.rules[number].label for number in picture.rules.tolist()]


def rules(picture) -> dict[str, str]:
    return dict(zip(picture.table.columns["name"], labels(picture), strict=True))


def test_the_map_follows_a_shape_that_grows(path):
    scene = MapScene(path)
    try:
        picture = scene.picture("danger_zone")
        assert rules(picture) == {"大": LARGE, "小": NAMED}
        assert picture.style.label.text_of(picture.values(0)) == "4.0 公顷"
        with Workspace.open(path) as ws:
            (small,) = ws.find("danger_zone", "name", "小")
            ws.apply(change_geometry(ws.definitions, small, box(EAST, NORTH, EAST + 150, NORTH + 150)))
        scene.follow({"danger_zone": [small.uid]})
        assert rules(scene.picture("danger_zone")) == {"大": LARGE, "小": LARGE}
    finally:
        scene.close()


def test_a_preview_that_asks_for_a_measure_gets_it_and_loses_it_again(path):
    other = copy.deepcopy(BY_SIZE)
    other["rule"][0]["where"] = {"field": "周长:km", "minimum": 10}
    scene = MapScene(path)
    try:
        scene.picture("danger_zone")
        scene.preview("danger_zone", other)
        assert rules(scene.picture("danger_zone")) == {"大": NAMED, "小": NAMED}
        scene.preview("danger_zone", None)
        assert rules(scene.picture("danger_zone")) == {"大": LARGE, "小": NAMED}
    finally:
        scene.close()


def test_a_layer_that_is_never_read_whole_is_measured_as_it_comes_into_sight(path, monkeypatch):
    monkeypatch.setattr(map_process.scene, "LARGE_FROM", 1)
    monkeypatch.setattr(map_process.scene, "ZONES", "another layer")
    scene = MapScene(path)
    try:
        picture = scene.picture("danger_zone")
        assert len(picture) == 0
        for _step in picture.prepare(MapView((EAST + 500, NORTH + 100), 10_000, 300, 200, 96)):
            pass
        assert labels(picture) == [LARGE, NAMED]
        plain = picture.restyled(Style.parse({"rule": [{"symbol": [FILL]}]}, "danger_zone"))
        assert not plain.style.measures
        assert plain.rules.tolist() == [0, 0]
    finally:
        scene.close()


def test_paper_and_other_programs_get_the_classes_of_the_map(path):
    with Workspace.open(path, read_only=True) as ws:
        layers = MapLayers(ws, lambda one: one.table == "danger_zone")
        assert rules(layers.pictures[0]) == {"大": LARGE, "小": NAMED}
        classes = style_classes(ws.style("danger_zone"), "危险区")
        assert class_of(classes, {"面积:公顷": 4.0, "name": "大"}).label == "≥ 1 公顷"
        assert class_of(classes, {"面积:公顷": 0.25, "name": "小"}).label == "有名的"
        assert class_of(classes, {}).label == "其余"


def test_the_legend_says_of_which_layer_and_measure_a_class_is(path):
    with Workspace.open(path, read_only=True) as ws:
        (picture,) = MapLayers(ws, lambda one: one.table == "danger_zone").pictures
    counts = {("danger_zone", number): 1 for number in picture.rules.tolist()}
    assert [one.label for one in legend_entries(PaintReport(counts=counts), [picture])] == [
        "危险区 面积 ≥ 1 公顷",
        "有名的",
    ]
