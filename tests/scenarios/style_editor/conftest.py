"""An office whose layers are to look otherwise."""

from pathlib import Path

import pytest
from fresh import fresh_workspace
from office import EAST, NORTH
from shapely import LineString, Point, box

from geohazard_desktop.workspace.edits import create_feature


@pytest.fixture
def work(tmp_path: Path, district) -> Path:
    path = tmp_path / "本局 2026.gpkg"
    with fresh_workspace(path, district, styles_for_qgis=True) as ws:
        for layer, geometry, values in (
            ("district", box(EAST, NORTH, EAST + 4000, NORTH + 3000), {"name": "示例区"}),
            ("danger_zone", box(EAST + 500, NORTH + 500, EAST + 1900, NORTH + 1900), {"name": "示例沟", "id": "W1"}),
            ("evacuation_route", LineString([(EAST + 600, NORTH + 2500), (EAST + 900, NORTH + 2800)]), {"id": "L1"}),
            ("facility", Point(EAST + 3000, NORTH + 800), {"name": "示例厂", "kind": "厂区"}),
        ):
            ws.apply(create_feature(ws.definitions, layer, geometry, values))
    return path
