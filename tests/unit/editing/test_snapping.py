"""Snapping: the exact stored place, the right kind, and what changed a moment ago."""

import itertools
import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
import shapely
from desk import EAST, NORTH, Desk
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from geohazard_desktop.editing.snapping import Snapper, SnapSettings
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


def test_a_perpendicular_is_dropped_from_the_last_corner(snapper):
    found = snapper.snap(EAST + 66, NORTH + 4, 10.0, start=(EAST + 70, NORTH + 80))
    assert (found.kind, found.east, found.north) == ("perpendicular", EAST + 70, NORTH)
    assert found.guide == ((EAST + 70, NORTH + 80), (EAST + 70, NORTH))
    assert found.words == "垂足 · 撤离路线 SL-L-0001"
    assert kind(snapper, 66, 4, start=(EAST + 20, NORTH)) == ("edge", 66, 0), "from the edge itself there is none"


def test_a_touched_corner_can_be_followed_beyond_its_edge(snapper):
    assert kind(snapper, 230, 3) is None, "nobody touched the corner yet"
    assert kind(snapper, 201, 1) == ("vertex", 200, 0)
    assert kind(snapper, 230, 3) == ("extension", 230, 0)
    assert snapper.snap(EAST + 230, NORTH + 3, 10).guide == ((EAST + 200, NORTH), (EAST + 230, NORTH))
    assert kind(snapper, 230, 9) is None, "a line that is not there is meant only when the pointer is close"
    assert kind(snapper, 900, 3) is None, "far off nobody remembers"


def test_an_extension_that_meets_an_edge_is_an_intersection(desk, snapper):
    desk.put("evacuation_route", LineString([(EAST + 260, NORTH - 40), (EAST + 260, NORTH + 60)]))
    assert kind(snapper, 200, 0) == ("vertex", 200, 0)
    found = snapper.snap(EAST + 257, NORTH + 3, 10.0)
    assert (found.kind, found.east, found.north) == ("intersection", EAST + 260, NORTH)


def test_a_typed_grid(desk):
    found = Snapper(desk.ws, settings=SnapSettings(kinds=("grid",), grid_m=50.0))
    assert kind(found, 103, 147) == ("grid", 100, 150)
    assert found.snap(EAST + 103, NORTH + 147, 10.0).words == "格网 50 米 · X 北 4372150  Y 东 36388100"
    assert kind(found, 120, 120) is None
    found.close()


def test_layers_that_are_off_or_out_of_sight_do_not_count(desk):
    desk.put("shelter", Point(EAST + 61, NORTH + 61))
    shown = ["shelter"]
    found = Snapper(desk.ws, in_sight=lambda: shown)
    assert kind(found, 60, 60) == ("vertex", 61, 61)
    found.settings = SnapSettings(off=frozenset({"shelter"}))
    assert kind(found, 60, 60) is None
    found.settings = SnapSettings()
    shown.clear()
    assert kind(found, 60, 60) is None
    found.close()


def test_a_district_around_everything_does_not_hide_a_house(desk):
    for step in range(300):
        desk.put("district", shapely.box(EAST - 1000 - step, NORTH - 1000, EAST + 1000, NORTH + 1000))
    shelter = desk.put("shelter", Point(EAST + 61, NORTH + 61))
    found = Snapper(desk.ws, ["district", "shelter"])
    assert found.snap(EAST + 60, NORTH + 60, 10.0).uid == shelter.uid
    found.close()


def test_settings_survive_storing_and_nonsense():
    chosen = SnapSettings(kinds=("vertex", "grid"), off=frozenset({"road"}), pixels=20, grid_m=50, avoided=frozenset())
    assert SnapSettings.of(json.loads(json.dumps(chosen.plain()))) == chosen
    assert SnapSettings.of({"kinds": 3, "pixels": "x", "grid_m": -1, "off": None}) == SnapSettings()


metres = st.floats(-200, 200, allow_nan=False)


@settings(max_examples=25)
@given(
    corners=st.lists(st.tuples(metres, metres), min_size=2, max_size=6, unique=True),
    pointer=st.tuples(metres, metres),
    last=st.tuples(metres, metres),
)
def test_the_place_is_exact_whatever_is_snapped_to(corners, pointer, last):
    """A corner is the stored one, a midpoint the middle, and what is on an edge lies on it to a float's last digit."""
    line = LineString([(EAST + east, NORTH + north) for east, north in corners])
    here, start = (EAST + pointer[0], NORTH + pointer[1]), (EAST + last[0], NORTH + last[1])
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        feature = desk.put("evacuation_route", line)
        found = Snapper(desk.ws, ["evacuation_route"])
        snap = found.snap(*here, 60.0, start=start)
        found.close()
        stored = shapely.get_coordinates(desk.now("evacuation_route", feature.uid).geometry)
        desk.close()
    if snap is None:
        assert line.distance(Point(here)) > 60.0 - 1e-6
        return
    assert Point(here).distance(Point(snap.place)) <= 60.0 + 1e-6
    if snap.kind == "vertex":
        assert snap.place in [tuple(one) for one in stored.tolist()]
    elif snap.kind in ("edge", "midpoint", "perpendicular", "intersection"):
        assert line.distance(Point(snap.place)) < 1e-6
    if snap.kind == "midpoint":
        middles = (stored[:-1] + stored[1:]) / 2
        assert np.abs(middles - np.array(snap.place)).max(axis=1).min() == 0.0
    if snap.kind == "perpendicular":
        edges = itertools.pairwise(stored)
        side = np.array(snap.place) - np.array(start)
        assert (
            min(abs(side @ (end - begin)) / (np.hypot(*side) * np.hypot(*(end - begin)) or 1) for begin, end in edges)
            < 1e-4
        )
