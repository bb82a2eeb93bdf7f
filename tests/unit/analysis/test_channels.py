"""Whoever walks meets the water, not the layer: a river that is only a line is a channel too."""

import pytest
import shapely
from shapely import LineString, Point, box

from geohazard_desktop.analysis.channels import channels
from geohazard_desktop.analysis.crossings import crossings, without_bridge
from geohazard_desktop.analysis.water_crossings import unbridged
from geohazard_desktop.workspace.feature import Feature

STREAM = LineString([(100, -200), (100, 200)])
WAY = LineString([(0, 0), (300, 0)])


def river(geometry=STREAM, **values):
    return Feature("river", "r", geometry, {"name": "红沟", "width_m": None} | values)


def corridor(geometry):
    return Feature("river_corridor", "c", geometry, {"name": "红沟走廊"})


def met(*found):
    return [one.area.text("name") for one in crossings(WAY, found)]


def over(way, area, rivers=None, **start):
    water = channels([area], [river()] if rivers is None else rivers)
    return [one.area.text("name") for one in unbridged(way, water, [], **start)]


def test_a_way_over_a_stream_that_is_only_a_line_crosses_it():
    (area,) = channels([], [river()])
    assert met(area) == ["红沟"]
    width = area.geometry.bounds[2] - area.geometry.bounds[0]
    assert width == 4.0  # resources/rules/checks.toml


def test_a_registered_width_counts():
    (area,) = channels([], [river(width_m=24.0)])
    (one,) = crossings(WAY, [area])
    assert one.start_m == pytest.approx(88.5, abs=0.1)  # half a metre of its edge is none


def test_a_bridge_spans_it_and_one_under_water_does_not():
    found = crossings(WAY, channels([], [river()]))
    bridge = Feature("bridge", "b", Point(103, 4), {"flooded": False})
    assert without_bridge(found, WAY, [bridge]) == []
    assert without_bridge(found, WAY, [bridge.with_values(flooded=True)]) == found


def test_a_river_in_its_corridor_is_told_once():
    whole = corridor(box(80, -300, 120, 300))
    assert over(WAY, whole) == ["红沟走廊"]
    half = corridor(box(80, 50, 120, 300))
    assert over(WAY, half) == ["红沟"], "the way goes over the part that lies in no corridor"


def test_whoever_starts_in_a_corridor_crosses_nothing_on_their_own_side_but_its_river_on_the_other():
    wide = corridor(box(40, -300, 160, 300))
    east, west = LineString([(120, 0), (300, 0)]), LineString([(60, 0), (300, 0)])
    assert over(east, wide) == []
    assert over(west, wide) == ["红沟走廊"]
    lopsided = corridor(box(70, -300, 110, 300))
    assert over(LineString([(89, 0), (300, 0)]), lopsided) == ["红沟"], "its river, though no deeper into the corridor"
    bridge = Feature("bridge", "b", Point(103, 4), {"flooded": False})
    assert unbridged(west, channels([wide], [river()]), [bridge]) == []
    assert over(east, wide, rivers=[]) == []
    assert over(west, wide, rivers=[]) == ["红沟走廊"], "nobody drew the river: the way goes deeper into the corridor"
    assert over(east, wide, start=Point(180, 0)) == ["红沟走廊"], "whoever lives outside goes in to get there"


def test_what_has_no_shape_is_no_channel():
    assert channels([corridor(None), corridor(shapely.Polygon())], [river(None), river(LineString())]) == []


def test_what_can_not_be_measured_is_no_channel():
    unmeasured = LineString([(100, float("nan")), (100, 5)])
    far = shapely.Polygon([(0, 0), (1e30, 0), (0, 5)])
    assert channels([corridor(far)], [river(unmeasured)]) == []


def test_a_bridge_in_a_corridor_spans_no_other_river_that_touches_it():
    wide = corridor(box(80, -300, 300, 300))
    bridge = Feature("bridge", "b", Point(100, 0), {"flooded": False})
    way = LineString([(0, 0), (700, 0)])
    big = Feature("river", "b", LineString([(340, -500), (340, 500)]), {"name": "大河", "width_m": 90.0})
    assert [one.area.text("name") for one in unbridged(way, channels([wide], [big]), [bridge])] == ["大河"]


def test_whoever_starts_on_the_bank_and_goes_over_crosses_the_river_however_narrow():
    for width, start in ((40.0, 18.0), (4.0, 1.5)):
        (area,) = channels([], [Feature("river", "r", LineString([(0, -500), (0, 500)]), {"width_m": width})])
        over_it = LineString([(start, 0), (-400, 0)])
        assert len(unbridged(over_it, [area], [])) == 1
        assert unbridged(LineString([(start, 0), (400, 0)]), [area], []) == []
    gully = corridor(box(-4, -500, 4, 500))
    assert len(unbridged(LineString([(3, 0), (-400, 0)]), [gully], [])) == 1
    assert unbridged(LineString([(3, 0), (400, 0)]), [gully], []) == []
