"""What the ways along one route share is what each way would find by itself."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point
from shapely.ops import nearest_points, substring

from geohazard_desktop.analysis.evacuation import HouseholdWay, NoWay, WayFinder
from geohazard_desktop.analysis.measures import edge_lengths, geodesic_length
from geohazard_desktop.analysis.route_ground import RouteGround, way_parts
from geohazard_desktop.analysis.surroundings import Neighbourhood, Surroundings
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Feature

EPSG = 4524
E, N = 36_400_000.0, 4_370_000.0
places = st.tuples(st.floats(-900, 900), st.floats(-900, 900))
lines = st.lists(places, min_size=2, max_size=9).map(lambda found: LineString([(E + x, N + y) for x, y in found]))


@given(lines, places)
def test_the_way_joins_where_the_route_is_nearest_and_goes_on_to_its_end(line, door):
    if line.length < 1.0 or not line.is_simple:
        return  # of a line that lies on itself either pass is the nearest
    house = Point(E + door[0], N + door[1])
    join, leg, rest = way_parts(house, line)
    assert leg.length == pytest.approx(line.distance(house), abs=1e-6)
    assert list(leg.coords) == [(house.x, house.y), (join.x, join.y)]
    cut = substring(line, line.project(nearest_points(line, house)[0]), line.length)
    assert rest.length == pytest.approx(cut.length, abs=1e-5)
    if rest.length > 0:
        assert rest.coords[0] == (join.x, join.y)
        assert rest.coords[-1] == line.coords[-1]
        assert rest.hausdorff_distance(cut) < 1e-5


@given(lines, places)
def test_ground_metres_are_the_geodesic_ones(line, door):
    if line.length < 1.0:
        return
    house = Point(E + door[0], N + door[1])
    route = Feature("evacuation_route", "uid-route", line, {})
    ground = RouteGround(line, route, None, Neighbourhood(Surroundings()), EPSG)
    join, leg, rest = ground.joined_from(house)
    found = ground.ground_metres(house, join, rest)
    assert found == pytest.approx((geodesic_length(leg, EPSG), geodesic_length(rest, EPSG)), abs=1e-4)


def test_a_long_edge_is_as_long_as_the_plane_s_straight_line():
    corners = np.array([(E, N), (E + 9_000.0, N + 300.0), (E + 9_100.0, N)])
    each = [geodesic_length(LineString(corners[at : at + 2]), EPSG) for at in (0, 1)]
    assert edge_lengths(corners, EPSG) == pytest.approx(each, abs=1e-6)
    assert not math.isfinite(edge_lengths(np.array([(E, N), (106.6, 39.5)]), EPSG)[0])


def test_who_is_sent_is_whose_card_tells_a_way(workspace):
    """`sends` looks at less than `way`; both answer alike, wherever a house stands and a zone lies."""
    made = {}

    def put(layer, geometry, **values):
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        made.setdefault(layer, []).append(workspace.feature(layer, edit.deltas[0].uid))
        return edit.deltas[0].uid

    for number, box in enumerate([(100, 50, 300, 150), (400, -60, 500, 40), (-300, -300, -200, -200)]):
        west, south, east, north = box
        put("danger_zone", shapely.box(E + west, N + south, E + east, N + north), name=f"区{number}")
    shelter = put("shelter", Point(E + 700, N), name="广场")
    routes = [
        put("evacuation_route", LineString([(E, N), (E + 350, N), (E + 700, N)]), shelter=shelter, number="1"),
        put("evacuation_route", LineString([(E, N + 300), (E + 700, N + 300)]), number="2"),
        put("evacuation_route", shapely.MultiLineString([[(E, N), (E + 9, N)], [(E + 99, N), (E + 700, N)]])),
    ]
    finder = WayFinder(workspace)
    answers = set()
    for route in routes:
        for x in range(-300, 800, 90):
            for y in range(-300, 500, 90):
                house = Feature("household", "uid-house", Point(E + x, N + y), {"evacuation_route": route})
                found = finder.way(house)
                assert finder.sends(house) == isinstance(found, HouseholdWay), (route, x, y)
                answers.add(type(found))
    assert len(answers) == 3
    assert NoWay in answers
