"""Snapping: the exact stored place, the right kind, and what changed a moment ago."""

import pytest
import shapely
from desk import EAST, NORTH
from shapely import LineString, Point, Polygon

from geohazard_desktop.editing.snapping import Snapper
from geohazard_desktop.workspace.edits import delete_features, move_features


@pytest.fixture
def snapper(desk):
    desk.put("evacuation_route", LineString([(EAST, NORTH), (EAST + 200, NORTH)]))
    desk.put("evacuation_route", LineString([(EAST + 150, NORTH - 80), (EAST + 150, NORTH + 90)]))
    found = Snapper(desk.ws, ["evacuation_route", "shelter", "danger_zone"])
    yield found
    found.close()


def kind(snapper, east, north, **words):
    found = snapper.snap(EAST + east, NORTH + north, 10.0, **words)
    return None if found is None else (found.kind, found.east - EAST, found.north - NORTH)


def test_kinds(snapper):
    assert kind(snapper, 3, 4) == ("vertex", 0, 0)
    assert kind(snapper, 146, -3) == ("intersection", 150, 0)
    assert kind(snapper, 103, 5) == ("midpoint", 100, 0)
    assert kind(snapper, 50, 5) == ("edge", 50, 0)
    assert kind(snapper, 50, 50) is None


def test_names_layer_and_number(snapper):
    assert snapper.snap(EAST + 50, NORTH + 5, 10).words == "边上 · 撤离路线 SL-L-0001"


def test_the_nearest_corner_wins(desk, snapper):
    desk.put("shelter", Point(EAST + 4, NORTH + 1))
    assert kind(snapper, 5, 1) == ("vertex", 4, 1)
    assert kind(snapper, 0.5, 0) == ("vertex", 0, 0)


def test_follows_what_changes(desk, snapper):
    assert kind(snapper, 60, 60) is None
    shelter = desk.put("shelter", Point(EAST + 61, NORTH + 61))
    assert kind(snapper, 60, 60) == ("vertex", 61, 61)
    desk.ws.apply(move_features(desk.ws.definitions, [shelter], 500, 0))
    assert kind(snapper, 60, 60) is None
    assert kind(snapper, 560, 60) == ("vertex", 561, 61)
    desk.ws.undo()
    assert kind(snapper, 60, 60) == ("vertex", 61, 61)
    desk.ws.apply(delete_features(desk.ws.definitions, [desk.now("shelter", shelter.uid)]))
    assert kind(snapper, 60, 60) is None


def test_what_is_in_the_hand_does_not_count(desk, snapper):
    shelter = desk.put("shelter", Point(EAST + 61, NORTH + 61))
    assert kind(snapper, 60, 60, without=[("shelter", shelter.uid)]) is None


def test_own_corners_count_when_given(snapper):
    assert kind(snapper, 300, 300, own=[(EAST + 303, NORTH + 301)]) == ("vertex", 303, 301)


def test_holes_and_rings_are_edges(desk, snapper):
    ring = shapely.box(EAST + 1000, NORTH, EAST + 1200, NORTH + 200)
    hole = shapely.box(EAST + 1050, NORTH + 50, EAST + 1150, NORTH + 150)
    desk.put("danger_zone", Polygon(ring.exterior.coords, [hole.exterior.coords]), hazard_type="滑坡")
    assert kind(snapper, 1080, 47) == ("edge", 1080, 50)
    assert kind(snapper, 1052, 51) == ("vertex", 1050, 50)
