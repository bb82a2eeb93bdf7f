"""Whoever walks the steps of a card, by their directions and metres, goes along the route and comes to the shelter."""

import math
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from geohazard_desktop.analysis.evacuation import HouseholdWay, Surroundings, route_way
from geohazard_desktop.analysis.relation import compass_degrees
from geohazard_desktop.workspace.feature import Feature

EPSG = 4524
E, N = 36_400_000.0, 4_370_000.0
HALF_A_WIND = 22.5  # a direction is told by eight words
ROUND_M = 5.0  # metres are told by tens
BENT_M = 10.0  # bends that are not told

# Lanes of a village: stretches that one sees as such, each turned by so much that it is told.
stretches = st.lists(
    st.tuples(
        st.floats(40.0, 400.0),
        st.floats(40.0, 130.0).flatmap(lambda degrees: st.sampled_from([degrees, -degrees])),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=5,
)


def lane(bearing: float, parts: list[tuple[float, float, int]]) -> LineString:
    """A route; each stretch has further corners on it, some metres beside."""
    places = [(0.0, 0.0)]
    for length, turn, corners in parts:
        bearing += turn
        east, north = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
        x, y = places[-1]
        for number in range(1, corners + 1):
            along, beside = length * number / (corners + 1), 3.0 * (-1) ** number
            places.append((x + along * east + beside * north, y + along * north - beside * east))
        places.append((x + length * east, y + length * north))
    return LineString([(E + x, N + y) for x, y in places])


def off(bearing: float, other: float) -> float:
    return abs((bearing - other + 180.0) % 360.0 - 180.0)


def bearing_of(start: Point, end: Point) -> float:
    return math.degrees(math.atan2(end.x - start.x, end.y - start.y)) % 360.0


# From the start of the route, from beside it, from its end; a door may lie on it, and beyond its end (0.0).
shares = st.one_of(st.floats(0.0, 1.0), st.sampled_from([0.0, 0.98, 1.0]))
metres_off = st.one_of(st.floats(1.0, 120.0), st.floats(0.0, 16.0))


@given(st.floats(0.0, 360.0), stretches, shares, metres_off, st.sampled_from([-90.0, 0.0, 90.0]))
def test_the_steps_lead_from_the_door_to_the_shelter(heading, parts, share, metres, side):
    line = lane(heading, parts)
    assume(line.is_simple)
    foot = line.interpolate(share, normalized=True)
    ahead = line.interpolate(min(share + 0.01, 1.0), normalized=True)
    out = math.radians((bearing_of(foot, ahead) if share < 1.0 else heading) + side)
    door = Point(foot.x + metres * math.sin(out), foot.y + metres * math.cos(out))
    goal = Point(line.coords[-1])
    route = Feature("evacuation_route", "uid-route", line, {"number": "1"})
    shelter = Feature("shelter", "uid-shelter", goal, {"name": "广场"})
    way = route_way(door, route, shelter, epsg=EPSG, around=Surroundings())
    assert isinstance(way, HouseholdWay)
    assert way.steps[-1].words.endswith("到广场")
    assert min(way.minutes.values()) > 0
    assert all(one.metres or one.words == "安置点就在门口：出门就到广场" for one in way.steps)
    ends = [*(one.start for one in way.steps[1:]), goal]
    walked = door
    allowed = 0.0
    for number, (step, end) in enumerate(zip(way.steps, ends, strict=True)):
        reached = step.start.distance(end)
        told = compass_degrees(step.direction) if step.metres else 0.0
        assert told is not None
        if reached > 2 * BENT_M:  # shorter ones are within what drawing and rounding leave open
            slack = math.degrees(math.atan2(BENT_M, reached))
            assert off(told, bearing_of(step.start, end)) <= HALF_A_WIND + slack
        assert abs(step.metres - reached) <= ROUND_M + 2 * BENT_M
        radians = math.radians(told)
        walked = Point(walked.x + step.metres * math.sin(radians), walked.y + step.metres * math.cos(radians))
        allowed += 2 * math.sin(math.radians(HALF_A_WIND / 2)) * step.metres + ROUND_M + 2 * BENT_M
        assert walked.distance(end) <= allowed, (number, step.words)


@given(st.floats(0.0, 360.0), stretches)
def test_a_turn_and_the_directions_before_and_after_it_do_not_contradict_each_other(heading, parts):
    line = lane(heading, parts)
    assume(line.is_simple)
    route = Feature("evacuation_route", "uid-route", line, {"number": "1"})
    way = route_way(Point(line.coords[0]), route, None, epsg=EPSG, leaving=False)
    assert isinstance(way, HouseholdWay)
    assume(len(way.steps) > 1)
    for before, after in pairwise(way.steps):
        first, second = compass_degrees(before.direction), compass_degrees(after.direction)
        assert first is not None
        assert second is not None
        assert after.turn is not None
        change = (second - first + 180) % 360 - 180
        assert change == -180 or change * after.turn >= 0, (before.words, after.words)
        assert ("右" if after.turn > 0 else "左") in before.words
