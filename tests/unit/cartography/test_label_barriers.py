"""A name never makes its thing belong to the wrong danger zone or the wrong way out: a life may hang on it."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from map_layers_by_hand import picture, rule, view
from shapely import LineString, Point, box, transform

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.labels import PlacedLabel, place_labels

WAY = ({"kind": "stroke", "color": "#1B6E45", "width": 1.6},
       {"kind": "arrows", "color": "#1B6E45", "size": 4.0, "spacing": 25})  # fmt: skip
ROUTE = {"text": "路线 {number}", "size": 10.0, "halo": 0.6, "bold": True, "priority": 85, "placement": "line"}
MARKER = {"kind": "marker", "name": "place", "size": 4.0}


def routes(*ways, drawn=True):
    """`drawn`: by the map; else the paper draws them over it, and the layer has but names."""
    symbols = WAY if drawn else ({"kind": "stroke", "color": "#1B6E45", "width": 0.1, "opacity": 0.0},)
    style = {"rule": [rule(*symbols)], "label": ROUTE}
    return picture([LineString(one) for one in ways], style, "evacuation_route",
                   number=[str(one + 1) for one in range(len(ways))])  # fmt: skip


def zones(*shapes, named=True):
    label = {"text": "{name}", "size": 10.0, "halo": 0.6, "bold": True, "priority": 90, "placement": "inside"}
    style = {"rule": [rule({"kind": "stroke", "color": "#D7000F", "width": 0.8})]} | ({"label": label} if named else {})
    return picture(list(shapes), style, "danger_zone", name=[f"危险区{one}" for one in range(len(shapes))])


def places(points, names, priority, second=""):
    label = {"text": "{name}", "size": 9.0, "halo": 0.5, "priority": priority, "second": second, "second_size": 8.0}
    style = {"rule": [rule(MARKER)], "label": label}
    return picture([Point(*one) for one in points], style, "shelter", name=list(names))


def placed(*pictures, size=100.0) -> list[PlacedLabel]:
    ensure_application()
    at = view(size, size)
    for one in pictures:
        list(one.prepare(at))
    return place_labels(at, pictures, {}).labels


def down(shape):
    """From metres to millimetres of a frame of 100 by 100 at 1:1000."""
    return transform(shape, lambda points: points * (1, -1) + (0, 100))


PLACE = st.tuples(st.floats(8, 92), st.floats(8, 92))
NARROW = st.tuples(st.floats(42, 58), st.floats(42, 58))  # so many begin here that numbers need leaders
SHORT_WAYS = st.lists(
    st.builds(lambda a, by: [a, (a[0] + by[0], a[1] + by[1])], NARROW, st.tuples(st.floats(-9, 9), st.floats(1, 9))),
    min_size=8,
    max_size=12,
)
ZONE = box(38, 38, 62, 62)


@settings(max_examples=30)
@given(st.lists(PLACE, min_size=1, max_size=8, unique=True), st.booleans())
def test_no_shop_is_written_into_a_danger_zone_in_which_it_does_not_lie(points, named):
    outside = [one for one in points if ZONE.distance(Point(one)) > 0.1]
    assume(outside)
    found = placed(zones(ZONE, named=named), places(outside, [f"惠民店{n}" for n in range(len(outside))], 40))
    red = down(ZONE)
    for label in found:
        if label.layer == "shelter":
            assert not any(box(*one).intersects(red) for one in label.boxes), label.text


def test_a_shop_in_the_zone_is_named_in_it():
    found = placed(zones(ZONE), places([(44, 44)], ["店"], 40))
    assert "店" in [one.text for one in found]


@settings(max_examples=30)
@given(SHORT_WAYS)
def test_no_leader_of_a_route_s_number_crosses_another_route(ways):
    found = placed(routes(*ways))
    assume(any(one.leader for one in found))  # nearly always, among so many
    lines = {f"路线 {n + 1}": down(LineString(one)) for n, one in enumerate(ways)}
    for label in found:
        if label.leader:
            leader = LineString([label.leader[:2], label.leader[2:]])
            short = LineString([leader.interpolate(0), leader.interpolate(max(leader.length - 0.1, 0))])
            over = [name for name, way in lines.items() if name != label.text and way.intersects(short)]
            assert not over, (label.text, over)


@settings(max_examples=30)
@given(SHORT_WAYS)
def test_a_flat_number_without_a_leader_stands_nearest_to_its_own_route(ways):
    flat = [one for one in placed(routes(*ways)) if len(one.boxes) == 1 and not one.leader]
    for label in flat:
        words = box(*label.boxes[0])
        away = {f"路线 {n + 1}": words.distance(down(LineString(one))) for n, one in enumerate(ways)}
        assert away[label.text] <= min(away.values()) + 0.2, label.text


@pytest.mark.parametrize(
    ("area", "way"),
    [
        (box(24.2, 33.2, 54.3, 62.0), [(35.5, 46.7), (95, 67.6)]),  # it begins where the word would stand
        (box(24.5, 38.6, 81.6, 86.5), [(27.5, 41.6), (53.7, 64.5), (95, 45.3)]),  # it turns there
    ],
)
def test_the_word_of_a_zone_leaves_the_start_and_the_corner_of_a_route_free_which_the_paper_draws(area, way):
    (word,) = [one for one in placed(zones(area), routes(way, drawn=False)) if one.layer == "danger_zone"]
    for one in way[:-1]:
        assert not any(box(*at).intersects(down(Point(one)).buffer(1.0)) for at in word.boxes)


def test_a_shelter_s_name_covers_no_corner_of_a_route():
    way = [(64.4, 45.6), (42.6, 53.3), (55.9, 41.5)]
    points = [(34.9, 60.4), (35.8, 62.6), (49.7, 40.9)]
    names = [f"五虎山街道文化站院子{number}" for number in range(len(points))]
    found = placed(routes(way), places(points, names, 95, "容 520 人"))
    corner = down(Point(way[1])).buffer(1.0)
    told = [one for one in found if one.layer == "shelter"]
    assert [[line.text for line in one.lines] for one in told] == [[name, "容 520 人"] for name in names]
    assert not any(box(*at).intersects(corner) for one in told for at in one.boxes)


def test_a_leader_begins_at_words_and_not_beside_the_shorter_line():
    """A long name over a short second line: its box is empty at its lower corners."""
    points = [(55.4, 44.5), (46.6, 52.3), (54.2, 56.4), (56.8, 42.6), (51.9, 53.1), (50.1, 44.2)]
    led = [one for one in placed(places(points, ["建安矿调度楼前广场"] * len(points), 95, "容 9 人")) if one.leader]
    assert led
    for label in led:
        assert min(one.distance(Point(label.leader[:2])) for one in rows_of(label)) < 1.0


def rows_of(label: PlacedLabel):
    """Where its lines of words stand."""
    middle = (label.boxes[0][0] + label.boxes[0][2]) / 2
    for line in label.lines:
        left, base = min(run.x for run in line.runs), line.runs[0].y
        yield box(left, base - 0.88 * line.size, 2 * middle - left, base + 0.12 * line.size)
