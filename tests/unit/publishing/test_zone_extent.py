"""四至: each side by what stands on that side, one thing for one side, else the meridian or parallel."""

import re

import pytest
from shapely import LineString, Point, box

from geohazard_desktop.analysis.measures import to_geographic
from geohazard_desktop.publishing.papers.zone_extent import extent_words
from geohazard_desktop.workspace.edits import create_feature

E, N = 36_400_000.0, 4_370_000.0
ZONE = box(E, N, E + 200, N + 100)


@pytest.fixture
def ground(workspace):
    def put(layer, name, geometry):
        workspace.apply(create_feature(workspace.definitions, layer, geometry, {"name": name}))

    put("road", "矿山路", LineString([(E - 300, N + 130), (E + 500, N + 130)]))  # along the north
    put("landmark", "卫生室", Point(E + 260, N + 50))  # east of it
    put("landmark", "便利店", Point(E + 210, N - 200))  # nearest to the east end, but southward
    return workspace


def test_a_side_is_told_by_what_stands_on_that_side_alone(ground):
    told = dict(extent_words(ground, ZONE, corners=True))
    assert told["东"] == "卫生室西侧约 60 米处"
    assert told["北"] == "矿山路南侧约 30 米处"
    assert told["南"].startswith("便利店西北侧约 2")
    assert told["西"].startswith("东经 ")  # nothing with a name stands there


def test_one_line_never_bounds_all_sides(workspace):
    slanting = LineString([(E + 150, N + 400), (E + 600, N + 150)])  # runs off to the north-east
    workspace.apply(create_feature(workspace.definitions, "railway", slanting, {"name": "专用线"}))
    told = dict(extent_words(workspace, ZONE, corners=True))
    assert sum("专用线" in words for words in told.values()) <= 1
    assert "专用线" not in told["西"] + told["南"]


def test_where_nothing_stands_the_meridian_or_parallel_is_named_and_no_corner_lies_beyond_it(workspace):
    """Nobody in the street knows corner J6; degrees anybody finds with a telephone."""
    zone = Point(E, N).buffer(100.0)
    told = dict(extent_words(workspace, zone, corners=True))
    to_degrees = to_geographic(workspace.epsg)
    places = [to_degrees.transform(*place) for place in zone.exterior.coords]
    east, north = [x for x, _y in places], [y for _x, y in places]
    sides = (("东", "东经", max(east), 1), ("西", "东经", min(east), -1), ("北", "北纬", max(north), 1),
             ("南", "北纬", min(north), -1))  # fmt: skip
    for side, kind, farthest, outward in sides:
        found = re.fullmatch(rf"{kind} (\d+)°(\d\d)′(\d\d)″", told[side])
        assert found, told[side]
        degrees = int(found[1]) + int(found[2]) / 60 + int(found[3]) / 3600
        beyond = (degrees - farthest) * outward * 3600
        assert 0 <= beyond < 1, side
    assert "拐点" not in "".join(told.values())


def test_without_the_table_no_coordinate_is_named(ground):
    told = dict(extent_words(ground, ZONE, corners=False))
    assert told["西"] is None
    assert told["北"] is not None
