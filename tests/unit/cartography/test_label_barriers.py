"""A name never makes its thing belong to the wrong danger zone or the wrong way out: a life may hang on it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from map_layers_by_hand import picture, rule, view
from shapely import LineString, Point, Polygon, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.labels import place_labels

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


def placed(*pictures, size=100.0):
    ensure_application()
    at = view(size, size)
    for one in pictures:
        list(one.prepare(at))
    return place_labels(at, pictures, {})


def down(shape):
    """From metres to millimetres of a frame of 100 by 100 at 1:1000."""
    from shapely import transform

    return transform(shape, lambda points: points * (1, -1) + (0, 100))


PLACE = st.tuples(st.floats(8, 92), st.floats(8, 92))
ZONE = box(38, 38, 62, 62)


@settings(max_examples=30)
@given(st.lists(PLACE, min_size=1, max_size=8, unique=True), st.booleans())
def test_no_shop_is_written_into_a_danger_zone_in_which_it_does_not_lie(points, named):
    outside = [one for one in points if ZONE.distance(Point(one)) > 0.1]
    if not outside:
        return
    found = placed(zones(ZONE, named=named), places(outside, [f"惠民店{n}" for n in range(len(outside))], 40))
    red = down(ZONE)
    for label in found.labels:
        if label.layer == "shelter":
            assert not any(box(*one).intersects(red) for one in label.boxes), label.text


def test_a_shop_in_the_zone_is_named_in_it():
    found = placed(zones(ZONE), places([(44, 44)], ["店"], 40))
    assert "店" in [one.text for one in found.labels]


@settings(max_examples=30)
@given(st.lists(st.lists(PLACE, min_size=2, max_size=4, unique=True), min_size=2, max_size=6))
def test_no_leader_of_a_route_s_number_crosses_another_route(ways):
    found = placed(routes(*ways))
    lines = {f"路线 {n + 1}": down(LineString(one)) for n, one in enumerate(ways)}
    for label in found.labels:
        if label.leader:
            leader = LineString([label.leader[:2], label.leader[2:]])
            short = LineString([leader.interpolate(0), leader.interpolate(max(leader.length - 0.1, 0))])
            over = [name for name, way in lines.items() if name != label.text and way.intersects(short)]
            assert not over, (label.text, over)


def test_a_flat_number_without_a_leader_stands_nearest_to_its_own_route():
    ways = [[(20, 50), (26, 50)], [(20, 44), (26, 44)], [(20, 38), (26, 38)]]
    for label in placed(routes(*ways)).labels:
        words = box(*label.boxes[0])
        away = {f"路线 {n + 1}": words.distance(down(LineString(one))) for n, one in enumerate(ways)}
        assert label.leader or away[label.text] <= min(away.values()) + 0.2, label.text


def test_the_word_of_a_zone_leaves_the_start_and_the_corner_of_a_route_free_which_the_paper_draws():
    area = Polygon([(10, 30), (60, 30), (60, 70), (10, 70)])
    way = [(35, 50), (50, 50), (50, 20)]
    found = placed(zones(area), routes(way, drawn=False))
    for label in found.labels:
        for one in way[:2]:
            assert not any(box(*at).intersects(down(Point(one)).buffer(1.0)) for at in label.boxes), label.text


def test_a_shelter_s_name_covers_no_corner_of_a_route():
    way = [(20, 30), (45, 30), (45, 56), (60, 52)]
    found = placed(routes(way), places([(62, 51.5)], ["五虎山街道文化站院子"], 95, "容 520 人"))
    corner = down(Point(45, 56)).buffer(1.0)
    name = next(one for one in found.labels if one.layer == "shelter")
    assert not any(box(*one).intersects(corner) for one in name.boxes)
    assert [line.text for line in name.lines] == ["五虎山街道文化站院子", "容 520 人"]


def test_a_leader_begins_at_words_and_not_beside_the_shorter_line():
    """A long name over a short second line: its box is empty at its lower corners."""
    points = [(50, 50), *[(50 + 7 * x, 50 + 7 * y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]]
    names = ["建安矿调度楼前广场", *[f"店铺{n}" for n in range(8)]]
    for label in placed(places(points, names, 95, "容 9 人")).labels:
        if label.leader:
            x, y = label.leader[:2]
            rows = []
            for line in label.lines:
                left = min(run.x for run in line.runs)
                rows.append((left, left + (label.boxes[0][0] + label.boxes[0][2]) - 2 * left))
            assert any(left - 0.5 <= x <= right + 0.5 for left, right in rows), (label.text, x, rows)
            low = max(line.runs[0].y for line in label.lines)
            short = rows[-1]
            assert y < low - 3 or short[0] - 0.5 <= x <= short[1] + 0.5, label.text
