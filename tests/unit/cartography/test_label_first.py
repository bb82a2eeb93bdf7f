"""What must be on a map is on it: numbers of routes and names of zones before all else, and no two leaders cross."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_layers_by_hand import picture, rule, view
from shapely import LineString, Point, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.label_places import FIRST
from geohazard_desktop.cartography.labels import place_labels

LABEL = {"text": "{name}", "size": 8.0, "halo": 0.5}
MARKER = {"kind": "marker", "name": "place", "size": 3.0}


def layer(shapes, names, name="layer", *, symbol=None, **label):
    style = {"rule": [rule(symbol or {"kind": "fill", "color": "#D7000F"})], "label": LABEL | label}
    return picture(shapes, style, name, name=list(names))


def zones(places, size=3.0, **label):
    shapes = [box(x, y, x + size, y + size) for x, y in places]
    return layer(shapes, [f"某某沟泥石流{n}" for n in range(len(places))], "zone", **({"priority": FIRST + 2} | label))


def placed(*pictures, previous=None):
    ensure_application()
    at = view()
    for one in pictures:
        list(one.prepare(at))
    return place_labels(at, pictures, {}, previous=previous)


def crossing(found):
    lines = [LineString([one.leader[:2], one.leader[2:]]) for one in found.labels if one.leader]
    return [pair for pair in itertools.combinations(lines, 2) if pair[0].crosses(pair[1])]


CROWD = st.lists(st.tuples(st.floats(30, 70), st.floats(30, 70)), min_size=2, max_size=9, unique=True)


@settings(max_examples=25)
@given(CROWD, st.sampled_from([FIRST + 2, 90.0]), st.booleans())
def test_no_two_leaders_cross_on_paper_or_on_the_screen(places, priority, screen):
    found = placed(zones(places, priority=priority), previous={} if screen else None)
    assert not crossing(found)
    assert len(found.labels) + len(found.unplaced) == len(places)


@settings(max_examples=25)
@given(CROWD)
def test_names_that_must_be_on_the_map_are_all_on_it_and_none_covers_another(places):
    found = placed(zones(places))
    assert not found.unplaced
    boxes = [one.boxes[0] for one in found.labels]
    for a, b in itertools.combinations(boxes, 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def test_the_number_of_a_route_comes_before_the_name_of_a_river():
    """Both would stand on the same strip; the river's name is set along it wherever it may."""
    river = layer(
        [LineString([(0, 50), (100, 50)])], ["某某河"], "river", symbol={"kind": "stroke", "color": "#1B6CA8"},
        priority=65, placement="line",
    )  # fmt: skip
    route = layer(
        [LineString([(48, 50), (52, 50)])], ["7"], "route", symbol={"kind": "stroke", "color": "#1B6E45"},
        priority=FIRST + 3,
    )  # fmt: skip
    found = placed(river, route)
    number = next(one for one in found.labels if one.layer == "route")
    assert found.labels[0] == number
    assert Point(number.centre).distance(Point(50, 50)) < 6


def test_a_name_stands_nearer_to_its_own_zone_than_to_another_where_it_can():
    places = [(40.0, 50.0), (48.0, 50.0), (56.0, 50.0)]
    found = placed(zones(places))
    for label in found.labels:
        area = box(*label.boxes[0])
        own = int(label.text[-1])
        away = [area.distance(box(x, 100 - y - 3, x + 3, 100 - y)) for x, y in places]
        assert away[own] == pytest.approx(min(away), abs=0.1)
