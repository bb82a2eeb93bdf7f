"""A workspace with an invented district, for every import test."""

import pytest
from fresh import fresh_workspace
from look_alikes import EAST, NORTH
from shapely import Polygon

from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.identity import Identity

OFFICER = Identity("甲", "a" * 32)


@pytest.fixture
def empty(tmp_path, district):
    with fresh_workspace(tmp_path / "工作.gpkg", district, identity=OFFICER) as found:
        yield found


@pytest.fixture
def ws(empty):
    """With the district's outline: 10 km by 10 km, drawn in EPSG:4524."""
    ring = [(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)]
    outline = Polygon([(EAST + east, NORTH + north) for east, north in ring])
    feature = Feature("district", new_uid(), outline, {"name": "示例区", "code": "990101"})
    empty.apply(Edit("画行政区", [inserted(feature)]))
    return empty
