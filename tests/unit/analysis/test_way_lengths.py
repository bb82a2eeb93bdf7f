"""One stretch of road has one length, whoever walks it from wherever, and who adds up the steps gets the total."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from geohazard_desktop.analysis.directions import legs_of
from geohazard_desktop.analysis.evacuation import HouseholdWay, Surroundings, route_way
from geohazard_desktop.analysis.measures import geodesic_length
from geohazard_desktop.analysis.way_lengths import legs_from, printed_metres
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.workspace.feature import Feature

EPSG = 4524
E, N = 36_400_000.0, 4_370_000.0
# Stretches of 320.8, 254.4 and 204.6 m: measured 780 m, stretch by stretch 320, 250 and 200.
STREETS = LineString([(E, N), (E + 320.8, N), (E + 320.8, N - 254.4), (E + 525.4, N - 254.4)])


def walked(door: Point, line: LineString = STREETS) -> HouseholdWay:
    route = Feature("evacuation_route", "uid-route", line, {"number": "1"})
    found = route_way(door, route, None, epsg=EPSG)
    assert isinstance(found, HouseholdWay)
    return found


def test_everybody_reads_the_same_metres_between_two_turns():
    tails = {tuple(one.metres for one in walked(Point(E + along, N + 33.3)).steps[-2:]) for along in range(0, 290, 3)}
    assert tails == {(250, 200)}


def test_the_whole_route_is_the_sum_of_its_stretches_on_every_paper():
    assert round(geodesic_length(STREETS, EPSG)) == pytest.approx(780, abs=1)
    assert printed_metres(STREETS, EPSG) == 770
    assert walked(Point(E, N)).metres_rounded == 770  # as a drill walks it, from the assembly point


@pytest.mark.parametrize("before", [0.3, 2.0, 4.9])
def test_who_joins_just_before_a_turn_reads_the_metres_from_the_turn(before):
    steps = walked(Point(E + 320.8 - before, N + 60)).steps
    assert [one.metres for one in steps] == [60, 250, 200]


def test_a_landmark_at_a_turn_is_not_told_where_somebody_joins_near_it():
    tree = Feature("landmark", "uid-tree", Point(E + 320.8, N + 5), {"name": "老榆树"})
    route = Feature("evacuation_route", "uid-route", STREETS, {"number": "1"})

    def words(east: float) -> str:
        found = route_way(Point(E + east, N + 60), route, None, epsg=EPSG, around=Surroundings(landmarks=[tree]))
        assert isinstance(found, HouseholdWay)
        return found.steps[0].words

    assert words(290.0) == "出门向南走约 60 米（直线），到 1 号路线"  # the turn at the tree comes 30 m later
    assert words(318.0) == "出门向南走约 60 米（直线），到 1 号路线（老榆树旁）"


def test_a_piece_too_short_to_be_told_goes_into_the_next_stretch():
    legs = legs_from(STREETS, 313.0)
    assert [round(one.end_m - one.start_m, 1) for one in legs] == [262.2, 204.6]
    assert legs[0].degrees == legs_of(STREETS)[1].degrees, "in the direction in which it is walked for longest"


def test_a_short_piece_that_ends_at_a_turn_is_told_and_leaves_the_next_stretch_its_metres():
    """Who comes to a lane 20 m before its turn has to walk along it to there: not across, to where it leads next."""
    steps = walked(Point(E + 300.0, N + 60)).steps
    assert [(one.direction, one.metres) for one in steps] == [("南", 60), ("东", 20), ("南", 250), ("东", 200)]
    assert [one.turn is None or round(one.turn) for one in steps] == [True, True, 90, -90]


def test_who_joins_at_the_start_walks_the_routes_own_stretches():
    assert legs_from(STREETS, 0.0) == legs_of(STREETS)


@given(
    st.lists(st.tuples(st.floats(-400, 400), st.floats(-400, 400)), min_size=2, max_size=12),
    st.floats(0.0, 0.99),
)
def test_a_total_is_the_sum_of_its_steps_and_stays_near_the_measure(places, share):
    line = LineString([(E + east, N + north) for east, north in places])
    if line.length < 60 or not line.is_simple:
        return
    at = line.interpolate(share, normalized=True)
    way = walked(Point(at.x, at.y), line)
    assert way.metres_rounded == sum(one.metres for one in way.steps)
    assert abs(way.metres_rounded - way.metres_total) <= 5.0 * (len(way.steps) + 1) + 0.01


@pytest.mark.parametrize(("metres", "told"), [(3.2, 3), (9.4, 9), (12.0, 10), (25.0, 30), (254.4, 250), (255.0, 260)])
def test_a_stretch_is_rounded_to_the_nearest_ten_below_ten_to_one(metres, told):
    assert way_metres(metres) == told
