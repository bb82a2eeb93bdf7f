"""Whoever walks meets the water, not the layer: a river that is only a line is a channel too."""

import shapely
from shapely import LineString, Point, box

from geohazard_desktop.analysis.channels import channels
from geohazard_desktop.analysis.crossings import crossings, without_bridge
from geohazard_desktop.workspace.feature import Feature

STREAM = LineString([(100, -200), (100, 200)])
WAY = LineString([(0, 0), (300, 0)])


def river(geometry=STREAM, **values):
    return Feature("river", "r", geometry, {"name": "红沟", "width_m": None} | values)


def corridor(geometry):
    return Feature("river_corridor", "c", geometry, {"name": "红沟走廊"})


def met(*found):
    return [one.area.text("name") for one in crossings(WAY, found)]


def test_a_way_over_a_stream_that_is_only_a_line_crosses_it():
    (area,) = channels([], [river()])
    assert met(area) == ["红沟"]
    width = area.geometry.bounds[2] - area.geometry.bounds[0]
    assert width == 4.0  # resources/rules/checks.toml


def test_a_registered_width_counts():
    (area,) = channels([], [river(width_m=24.0)])
    (one,) = crossings(WAY, [area])
    assert round(one.start_m) == 88 or round(one.start_m) == 89  # half a metre of its edge is none


def test_a_bridge_spans_it_and_one_under_water_does_not():
    found = crossings(WAY, channels([], [river()]))
    bridge = Feature("bridge", "b", Point(103, 4), {"flooded": False})
    assert without_bridge(found, WAY, [bridge]) == []
    assert without_bridge(found, WAY, [bridge.with_values(flooded=True)]) == found


def test_a_river_in_its_corridor_is_told_once():
    whole = corridor(box(80, -300, 120, 300))
    assert channels([whole], [river()]) == [whole]
    half = corridor(box(80, 50, 120, 300))
    areas = channels([half], [river()])
    assert [one.layer for one in areas] == ["river_corridor", "river"]
    assert not shapely.intersects(areas[1].geometry, Point(100, 60))


def test_what_has_no_shape_is_no_channel():
    assert channels([corridor(None), corridor(shapely.Polygon())], [river(None), river(LineString())]) == []
