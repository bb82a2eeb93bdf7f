"""Maps of one frame share what their names find there; no map's names depend on the maps before it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_layers_by_hand import picture, rule, view
from shapely import LineString, Point, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.label_ground import LabelGround
from geohazard_desktop.cartography.labels import labels_on, place_labels
from geohazard_desktop.cartography.svg_halves import DrawnHalves, map_svg_halves

ROUTE = {"rule": [rule({"kind": "arrows", "color": "#146B46"})], "label": {"text": "{name}", "size": 9.0,
         "placement": "line", "priority": 96.0}}  # fmt: skip
SIGN = {"rule": [rule({"kind": "marker", "name": "place", "size": 2.6})],
        "label": {"text": "{name}", "size": 8.0, "priority": 50.0}}  # fmt: skip
ZONE = {"rule": [rule({"kind": "fill", "color": "#FFE0E0"})],
        "label": {"text": "{name}", "size": 9.5, "priority": 95.0}}  # fmt: skip


@pytest.fixture(scope="module")
def layers():
    ensure_application()
    places = [Point(12 + 17 * (number % 5), 15 + 19 * (number // 5)) for number in range(20)]
    return [
        picture([box(30, 28, 70, 66)], ZONE, "danger_zone", name=["五虎山东沟危险区"]),
        picture([LineString([(5, 10), (50, 30), (52, 80), (95, 90)])], ROUTE, "evacuation_route", name=["路线 1"]),
        picture(places, SIGN, "landmark", name=[f"地物{number}" for number in range(20)]),
    ]


def said(placement):
    return [(one.text, one.boxes, one.leader) for one in placement.labels], [one.text for one in placement.unplaced]


boxes = st.tuples(st.floats(0, 80), st.floats(0, 80), st.floats(4, 30), st.floats(3, 20))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(boxes.map(lambda one: (one[0], one[1], one[0] + one[2], one[1] + one[3])), max_size=4),
                min_size=1, max_size=4))  # fmt: skip
def test_names_stand_where_they_would_in_a_map_of_their_own(layers, maps):
    shared = LabelGround(view(), layers, shared=True)
    for blocked in maps:
        alone = said(place_labels(view(), layers, {}, blocked=blocked))
        assert said(labels_on(shared, {}, blocked=blocked)) == alone


def test_maps_of_one_frame_have_their_shapes_in_common_and_each_its_own_names(layers):
    drawn = DrawnHalves(view(), layers, below={"danger_zone"}, above={"landmark"}, shared=True)
    first, second = drawn.named([(0, 0, 50, 50)]), drawn.named([(50, 50, 100, 100)])
    assert first.below == second.below
    assert first.above != second.above
    assert drawn.named([(0, 0, 50, 50)]) == first
    again = map_svg_halves(view(), layers, below={"danger_zone"}, above={"landmark"}, blocked=[(50, 50, 100, 100)])
    assert (again.below, again.above, again.words) == (second.below, second.above, second.words)
