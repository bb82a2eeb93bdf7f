"""沿已有边: the way between two places on borders is theirs corner for corner, and the shortest; Shift goes round."""

import itertools
import math

import pytest
import shapely
from desk import EAST, NORTH, Desk, at, click, press_key
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon

from geohazard_desktop.editing.all_ways import make_ways
from geohazard_desktop.editing.border_network import BorderNetwork
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.tool import Button, Modifier

SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100)]


def length(places):
    return sum(math.dist(one, other) for one, other in itertools.pairwise(places))


def placed(places):
    return [(EAST + east, NORTH + north) for east, north in places]


def tracing(desk, layer="danger_zone"):
    return DrawTool(desk.context(layer, snapping=True), way=make_ways()["trace"])


# -- the network -----------------------------------------------------------------------------------------------------


def test_the_shorter_way_round_a_ring_and_the_other_one():
    ways = BorderNetwork([LineString([*SQUARE, SQUARE[0]])]).from_place((50.0, 0.0))
    assert ways.to((100.0, 30.0)) == [(100.0, 0.0), (100.0, 30.0)]
    assert ways.other_to((100.0, 30.0)) == [(0.0, 0.0), (0.0, 100.0), (100.0, 100.0), (100.0, 30.0)]
    assert ways.to((80.0, 0.0)) == [(80.0, 0.0)]
    assert ways.other_to((80.0, 0.0)) == [(0.0, 0.0), (0.0, 100.0), (100.0, 100.0), (100.0, 0.0), (80.0, 0.0)]
    assert ways.to((50.0, 0.0)) == []


def test_borders_that_cross_or_touch_lead_into_each_other():
    network = BorderNetwork([LineString([(0, 50), (100, 50)]), LineString([(60, 0), (60, 80)])])
    assert network.from_place((0.0, 50.0)).to((60.0, 0.0)) == [(60.0, 50.0), (60.0, 0.0)]


def test_no_way_is_nothing():
    network = BorderNetwork([LineString([(0, 0), (10, 0)]), LineString([(0, 50), (10, 50)])])
    assert network.from_place((0.0, 0.0)).to((10.0, 50.0)) == []
    assert network.from_place((0.0, 0.0)).other_to((10.0, 0.0)) == []
    assert network.from_place((5.0, 5.0)) is None
    assert BorderNetwork([]).from_place((0.0, 0.0)) is None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=9, unique=True),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_any_way_is_on_the_borders_and_no_longer_than_either_way_round(corners, first, second):
    ring = shapely.convex_hull(shapely.MultiPoint(corners))
    assume(ring.geom_type == "Polygon" and ring.area > 1)
    border = ring.exterior
    start, end = (border.interpolate(part, normalized=True).coords[0] for part in (first, second))
    assume(math.dist(start, end) > 0.05)
    ways = BorderNetwork([border]).from_place(start)
    way, other = [start, *ways.to(end)], [start, *ways.other_to(end)]
    assert way[-1] == other[-1] == end
    for path in (way, other):
        assert border.buffer(0.02).covers(LineString(path))
        assert len(set(path)) == len(path)
    assert length(way) <= border.length / 2 + 0.05
    assert length(way) + length(other) == pytest.approx(border.length, abs=0.05)


# -- the pen ---------------------------------------------------------------------------------------------------------


def test_a_zone_along_its_neighbour_leaves_neither_gap_nor_overlap(desk):
    corners = [(0, 0), (100.1234567, 0), (120, 50), (100, 100), (0, 100)]
    neighbour = desk.put("danger_zone", Polygon(placed(corners)), hazard_type="滑坡")
    tool = tracing(desk)
    click(tool, 101, 1)
    tool.move(at(101, 99, Button.NONE))
    assert tool.preview().label == "沿边 108 米，2 个拐点"
    assert len(tool.preview().rubber) == 3
    click(tool, 101, 99)
    assert tool.places == placed(corners[1:4])
    click(tool, 200, 100)
    assert "走直线" in (tool.move(at(260, 60, Button.NONE)), tool.preview().label)[1]
    click(tool, 200, 0)
    assert tool.finish()
    drawn = desk.now(*desk.drawn[-1])
    assert drawn.geometry.intersection(neighbour.geometry).area == 0
    assert shapely.union(drawn.geometry, neighbour.geometry).area == pytest.approx(
        drawn.geometry.area + neighbour.geometry.area
    )
    assert shapely.get_num_geometries(shapely.union(drawn.geometry, neighbour.geometry)) == 1


def test_one_border_is_followed_rather_than_a_short_cut_across_its_neighbours(desk):
    desk.put("danger_zone", Polygon(placed(SQUARE)), hazard_type="滑坡")
    desk.put("road", LineString(placed([(0, 0), (100, 100)])))
    tool = tracing(desk)
    click(tool, 1, 1)
    click(tool, 99, 1)
    click(tool, 99, 99)
    assert tool.places == placed([(0, 0), (100, 0), (100, 100)])
    press_key(tool, "Backspace")
    press_key(tool, "Backspace")
    click(tool, 99, 99)
    assert tool.places == placed([(0, 0), (100, 100)]), "the road passes through both as well, and is shorter"


def test_shift_goes_round_the_other_side_and_one_step_back_takes_the_whole_way(desk):
    desk.put("danger_zone", Polygon(placed(SQUARE)), hazard_type="滑坡")
    tool = tracing(desk)
    click(tool, 1, 1)
    tool.move(at(99, 1, Button.NONE, Modifier.SHIFT))
    assert tool.preview().label.startswith("另一侧")
    click(tool, 99, 1, Modifier.SHIFT)
    assert tool.places == placed([(0, 0), (0, 100), (100, 100), (100, 0)])
    press_key(tool, "Backspace")
    assert tool.places == placed([(0, 0)])


def test_back_to_the_first_corner_follows_the_border_too(desk):
    shape = Polygon(placed(SQUARE))
    desk.put("susceptibility_zone", shape)
    tool = tracing(desk)
    for place in ((1, 1), (99, 1), (99, 99)):
        click(tool, *place)
    click(tool, 1, 1)
    assert desk.now(*desk.drawn[-1]).geometry.equals(shape)


def test_switching_it_on_in_the_middle_of_a_stroke(desk):
    desk.put("danger_zone", Polygon(placed(SQUARE)), hazard_type="滑坡")
    ways = make_ways()
    tool = DrawTool(desk.context(snapping=True), way=ways["corners"])
    click(tool, 200, 0)
    click(tool, 99, 1)
    assert tool.take_way(ways["trace"])
    click(tool, 1, 99)
    assert len(tool.places) == 4
    assert tool.take_way(ways["corners"])
    click(tool, 200, 200)
    assert tool.finish()
    desk.assert_all_valid()


def test_a_border_that_has_changed_is_seen_anew():
    desk = Desk()
    try:
        one = desk.put("danger_zone", Polygon(placed(SQUARE)), hazard_type="滑坡")
        tool = tracing(desk)
        stop = desk.ws.subscribe(tool.follow)
        click(tool, 1, 1)
        tool.move(at(99, 99, Button.NONE))
        assert len(tool.preview().rubber) == 3
        from geohazard_desktop.workspace.edits import delete_features

        desk.ws.apply(delete_features(desk.ws.definitions, [one]))
        tool.move(at(99, 99, Button.NONE))
        assert "起点不在边上" in tool.preview().label
        stop()
    finally:
        desk.close()
