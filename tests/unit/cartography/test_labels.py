"""Names: none over another, none cut, none where something else lies, and one moved by hand stays."""

import itertools
from math import cos, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_layers_by_hand import E, N, picture, rule, view
from shapely import LineString, Point, Polygon, box, transform

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.label_places import FIRST
from geohazard_desktop.cartography.labels import label_anchor, place_labels

MARKER = {"kind": "marker", "name": "place", "size": 2.0}
LABEL = {"text": "{name}", "size": 9.0, "halo": 0.5}


def points(places, names, **label):
    return points_of("layer", places, names, **label)


def points_of(layer, places, names, **label):
    style = {"rule": [rule(MARKER)], "label": LABEL | label}
    return picture([Point(*one) for one in places], style, layer, name=list(names))


def placed(*pictures, at=None, fixed=None, blocked=(), previous=None):
    ensure_application()
    at = at or view()
    for one in pictures:
        list(one.prepare(at))
    return place_labels(at, pictures, fixed or {}, blocked=blocked, previous=previous)


def overlap(a, b):
    return a[0] < b[2] - 1e-6 and b[0] < a[2] - 1e-6 and a[1] < b[3] - 1e-6 and b[1] < a[3] - 1e-6


PLACES = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=25)


@settings(max_examples=40)
@given(PLACES)
def test_no_name_lies_over_another_and_none_is_cut(places):
    found = placed(points(places, [f"地名{number}" for number in range(len(places))]))
    boxes = [one for label in found.labels for one in label.boxes]
    assert not any(overlap(a, b) for a, b in itertools.combinations(boxes, 2))
    assert all(left >= 0 and top >= 0 and right <= 100 and bottom <= 100 for left, top, right, bottom in boxes)
    assert len(found.labels) + len(found.unplaced) == len(places)


def test_the_more_important_name_stays():
    low = points([(50, 50)], ["小地名"], priority=10)
    high = picture(
        [Point(50, 50)], {"rule": [rule(MARKER)], "label": LABEL | {"priority": 60}}, "high", name=["大地名"]
    )
    small = view(16, 8)
    moved_low = points([(8, 4)], ["小地名"], priority=10)
    moved_high = picture(
        [Point(8, 4)], {"rule": [rule(MARKER)], "label": LABEL | {"priority": 60}}, "high", name=["大地名"]
    )
    assert {one.text for one in placed(low, high).labels} == {"小地名", "大地名"}
    assert [one.text for one in placed(moved_low, moved_high, at=small).labels] in (["大地名"], [])


def test_nothing_is_set_where_something_else_lies():
    blocked = (40.0, 40.0, 100.0, 60.0)
    found = placed(points([(50, 50)], ["某地"]), blocked=[blocked])
    assert all(not overlap(one, blocked) for label in found.labels for one in label.boxes)


def test_a_zone_without_a_name_stands_on_the_map_by_its_number():
    label = LABEL | {"second": "危险区 {id} · {state}", "placement": "inside", "priority": 90}
    areas = [box(5, 5, 40, 40), box(50, 50, 90, 90), box(60, 10, 61, 11)]
    zones = picture(areas, {"rule": [rule({"kind": "fill", "color": "#ABCDEF"})], "label": label}, "danger_zone",
                    name=["东坡", None, ""], id=["WD-W-0001", "WD-W-0011", "WD-W-0012"],
                    state=["已划定", "拟划", "拟划"])  # fmt: skip
    said = {one.text: one.second for one in placed(zones).labels}
    assert said == {"东坡": "危险区 WD-W-0001 · 已划定", "WD-W-0011": "危险区 · 拟划", "WD-W-0012": "危险区 · 拟划"}
    # Where the whole number has no room, its last part has.
    (short,) = placed(zones, blocked=[(0, 0, 57, 100), (0, 0, 100, 86), (69, 0, 100, 100)]).labels
    assert (short.text, "".join(run.text for line in short.lines for run in line.runs)) == ("WD-W-0012", "0012")


def test_the_same_view_gives_the_same_places():
    layer = points([(10, 10), (12, 12), (50, 50), (90, 20)], "甲乙丙丁")
    first, second = placed(layer), placed(layer)
    assert [(one.text, one.boxes) for one in first.labels] == [(one.text, one.boxes) for one in second.labels]


def test_a_name_moved_by_hand_stays_at_its_place():
    layer = points([(50, 50)], ["某地"])
    found = placed(layer, fixed={("layer", "layer-0"): (20.0, 10.0)})
    (label,) = found.labels
    assert label.by_hand
    assert label.centre == pytest.approx((70.0, 40.0), abs=0.01)
    assert label.leader is not None


def test_the_anchor_depends_on_the_feature_alone():
    assert label_anchor(Point(E, N)) == (E, N)
    assert label_anchor(LineString([(0, 0), (10, 0)])) == (5.0, 0.0)
    east, north = label_anchor(box(0, 0, 10, 4))
    assert 1 < east < 9
    assert north == pytest.approx(2.0, abs=0.3)


def test_a_river_is_named_along_its_line():
    line = LineString([(5, 50), (95, 52)])
    label = LABEL | {"placement": "line", "family": "song", "slant": -12}
    stroke = {"kind": "stroke", "color": "#1B6CA8", "width": 0.4}
    found = placed(picture([line], {"rule": [rule(stroke)], "label": label}, name=["黄河"]))
    (name,) = found.labels
    assert name.lines[0].curved
    assert len(name.boxes) == 2
    assert all(46 < (top + bottom) / 2 < 53 for _left, top, _right, bottom in name.boxes)


def test_letters_of_a_foreign_name_stay_together():
    line = LineString([(5, 50), (95, 50)])
    label = LABEL | {"placement": "line", "family": "song"}
    stroke = {"kind": "stroke", "color": "#1B6CA8", "width": 0.4}
    wide = [
        placed(picture([line], {"rule": [rule(stroke)], "label": label}, name=[name])).labels[0]
        for name in ("Huang", "黄河大道")
    ]
    spans = [max(box[2] for box in one.boxes) - min(box[0] for box in one.boxes) for one in wide]
    assert spans[0] < 14 < spans[1]


def test_pieces_of_one_road_bear_their_name_once():
    label = LABEL | {"placement": "line"}
    stroke = {"kind": "stroke", "color": "#000000", "width": 0.4}
    pieces = [LineString([(5, 50), (50, 50)]), LineString([(50, 50), (95, 50)])]
    found = placed(picture(pieces, {"rule": [rule(stroke)], "label": label}, name=["矿山路", "矿山路"]))
    assert [one.text for one in found.labels] == ["矿山路"]


def test_an_empty_name_is_no_label():
    assert placed(points([(50, 50)], [None])).labels == []


def streets(*shapes, layer="subdistrict", **label):
    """Areas that are named inside, as 街道 are."""
    style = {"rule": [rule({"kind": "stroke", "color": "#000000"})], "label": LABEL | {"priority": 75} | label}
    return picture(list(shapes), style, layer, name=[f"某某街道{number}" for number in range(len(shapes))])


def test_screen_and_paper_set_every_name_at_the_same_place():
    """The fineness of the device generalises shapes; a name must not jump for that."""
    turns = [n * 2 * pi / 400 for n in range(400)]
    rough = Polygon([(30 + (20 + 2 * sin(9 * t)) * cos(t), 50 + (20 + 2 * cos(7 * t)) * sin(t)) for t in turns])
    way = LineString([(60 + n / 10, 50 + 6 * sin(n / 25)) for n in range(350)])
    arrows = {"kind": "arrows", "color": "#1B6E45", "size": 2, "spacing": 25}
    line = picture([way], {"rule": [rule(arrows)], "label": LABEL | {"placement": "line"}}, "way", name=["撤离路线"])
    marks = points([(30, 50), (62, 50), (75, 55)], "甲乙丙")
    found = [
        [(one.text, one.boxes, one.leader) for one in placed(streets(rough), line, marks, at=view(dpi=dpi)).labels]
        for dpi in (40.0, 96.0, 300.0)
    ]
    assert len(found[0]) >= 4
    assert found[0] == found[1] == found[2]


def test_a_crowded_area_keeps_its_name_inside():
    """Beside a 街道 lies another one, which the name would name."""
    crowd = points([(x, y) for x in range(12, 50, 6) for y in range(24, 90, 6)], ["" for _ in range(77)])
    left, right = box(10, 10, 50, 90), box(50, 10, 90, 90)
    found = placed(streets(left, right), crowd)
    names = {one.text: box(*one.boxes[0]) for one in found.labels}
    # boxes are measured from the upper left corner: these areas lie alike from below
    assert left.covers(names["某某街道0"])
    assert right.covers(names["某某街道1"])


def on_paper(shape):
    """Metres up from below as millimetres down from above, in a view of 100 by 100 at 1:1000."""
    return transform(shape, lambda places: places * (1, -1) + (0, 100))


def share_inside(label, shape):
    name = box(*label.boxes[0])
    return name.intersection(on_paper(shape)).area / name.area


def test_an_area_too_small_for_its_name_has_it_beside_itself_led_back_by_a_line():
    small = box(48, 48, 52, 50)
    (label,) = placed(streets(small, layer="open_pit", priority=35)).labels
    assert not box(*label.boxes[0]).intersects(on_paper(small))
    assert box(*label.boxes[0]).distance(on_paper(small)) < 3
    assert label.leader is not None
    assert on_paper(small).contains(Point(label.leader[2:]))


def test_the_name_of_an_administrative_area_never_leaves_it():
    """Beside it lies another one. It becomes smaller, else it is left out and told."""
    narrow = box(40, 40, 52, 60)
    (label,) = placed(streets(narrow, size=11.0)).labels
    assert share_inside(label, narrow) >= 0.7
    assert label.lines[0].size < 11.0 * 25.4 / 72
    small = box(48, 48, 52, 50)
    for street in (streets(small), streets(small, layer="village", placement="horizontal")):
        for previous in (None, {}):
            found = placed(street, previous=previous)
            assert [one.text for one in found.unplaced] == ["某某街道0"]
            assert not found.labels


@pytest.mark.parametrize("priority", [35, 40, 75])
def test_the_name_of_an_area_with_room_is_left_out_rather_than_set_outside(priority):
    area = box(30, 40, 60, 52)
    for inset in ((0.0, 0.0, 100.0, 0.1), (29.0, 47.0, 61.0, 61.0)):
        found = placed(streets(area, layer="open_pit", priority=priority), blocked=[inset])
        assert len(found.labels) + len(found.unplaced) == 1
        assert all(share_inside(one, area) >= 0.7 for one in found.labels)
        assert len(found.labels) == (inset[0] == 0.0)


def test_the_name_of_a_danger_zone_leaves_it_with_a_line_rather_than_be_left_out():
    area = box(30, 40, 60, 52)
    (label,) = placed(streets(area, layer="danger_zone", priority=90), blocked=[(29.0, 47.0, 61.0, 61.0)]).labels
    assert share_inside(label, area) == 0
    assert label.leader is not None
    assert on_paper(area).contains(Point(label.leader[2:]))


def test_the_name_of_a_danger_zone_is_looked_for_closely_before_it_leaves_a_zone_that_has_room_for_it():
    """A strip that is hardly higher than the name is free, and no row of the wide net lies in it."""
    area = box(40, 42, 60, 58)
    (label,) = placed(streets(area, layer="danger_zone", priority=90), blocked=[(39.0, 46.6, 61.0, 61.0)]).labels
    assert share_inside(label, area) == pytest.approx(1.0)
    assert label.leader is None


def test_a_line_ends_in_its_area_also_where_the_area_bends():
    hook = Polygon([(40, 40), (60, 40), (60, 41), (41, 41), (41, 59), (60, 59), (60, 60), (40, 60)])
    (label,) = placed(streets(hook, layer="danger_zone", priority=90)).labels
    assert label.leader is not None
    assert on_paper(hook).distance(Point(label.leader[2:])) < 1e-6


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(5, 95), st.floats(5, 95)), min_size=8, max_size=30), st.booleans())
def test_names_of_areas_lie_inside_and_far_names_of_points_have_a_line(crowd, paper):
    """Whatever is in the way."""
    areas = [box(2, 2, 40, 98), box(40, 2, 98, 50), box(40, 50, 98, 98)]
    found = placed(
        streets(*areas),
        points_of("crowd", crowd, [f"地名{number}" for number in range(len(crowd))], priority=80),
        previous=None if paper else {},
    )
    for label in found.labels:
        if label.layer == "subdistrict":
            assert share_inside(label, areas[int(label.uid[-1])]) >= 0.7
            continue
        name = box(*label.boxes[0])
        number = int(label.uid.removeprefix("crowd-"))
        own, *others = (name.distance(on_paper(Point(one))) for one in [crowd[number], *crowd])
        if own - 1.0 > 2.5 or min(others) < own - 0.15:
            assert label.leader is not None


def test_a_name_nearer_to_another_symbol_of_its_layer_has_a_line():
    """Symbols close together: what stands by the one would be taken for its name."""
    row = points([(46 + 3.5 * number, 50) for number in range(4)], ["某某煤矿", "", "", ""])
    blocked = [(0.0, 0.0, 46.5, 100.0), (46.5, 46.0, 55.0, 54.0)]
    (label,) = placed(row, blocked=blocked).labels
    assert label.leader is not None


def test_a_name_left_out_is_told():
    found = placed(points([(50, 50)], ["某地"]), blocked=[(0.0, 0.0, 100.0, 100.0)])
    assert not found.labels
    assert [one.text for one in found.unplaced] == ["某地"]


def test_a_leader_crosses_no_name_where_there_is_another_way():
    """The symbol in a ring of symbols is named outside it; its leader leaves where the ring is open."""
    ring = [(50 + 6 * cos(n * pi / 4), 50 + 6 * sin(n * pi / 4)) for n in range(8) if n != 2]
    found = placed(points([*ring, (50, 50)], [*(["环"] * 7), "被包围的地方"], priority=80))
    middle = next(one for one in found.labels if one.text == "被包围的地方")
    assert middle.leader is not None
    line = LineString([middle.leader[:2], middle.leader[2:]])
    crossed = [one for one in found.labels if one is not middle and line.intersects(box(*one.boxes[0]))]
    assert not crossed


@settings(max_examples=30)
@given(st.floats(-60, 60), st.floats(-60, 60))
def test_a_name_given_a_place_outside_the_frame_is_set_at_its_edge(east, north):
    found = placed(points([(50, 50)], ["某地"]), fixed={("layer", "layer-0"): (east, north)})
    ((left, top, right, bottom),) = found.labels[0].boxes
    assert left >= 1 - 1e-6
    assert top >= 1 - 1e-6
    assert right <= 99 + 1e-6
    assert bottom <= 99 + 1e-6


def test_a_name_moved_by_hand_is_kept_before_all_others():
    """What an officer placed is not pushed away by a more important name."""
    low = points([(50, 50)], ["小地名"], priority=10)
    high = picture(
        [Point(50, 50)], {"rule": [rule(MARKER)], "label": LABEL | {"priority": 99}}, "high", name=["大地名"]
    )
    found = placed(low, high, fixed={("layer", "layer-0"): (7.0, 0.0)})
    by_text = {one.text: one for one in found.labels}
    assert by_text["小地名"].centre == pytest.approx((57.0, 50.0), abs=0.01)
    assert not overlap(by_text["小地名"].boxes[0], by_text["大地名"].boxes[0])


def test_a_name_moved_by_hand_keeps_clear_of_what_lies_over_the_map():
    """Under an inset it could not be read; the nearest free place is taken."""
    inset = (60.0, 30.0, 98.0, 60.0)
    found = placed(points([(50, 50)], ["某地"]), fixed={("layer", "layer-0"): (22.0, 2.0)}, blocked=[inset])
    (label,) = found.labels
    assert label.by_hand
    assert not overlap(label.boxes[0], inset)
    assert label.centre == pytest.approx((72.0, 48.0), abs=16)


def test_a_name_moved_by_hand_on_a_large_map_does_not_hide_its_symbol_on_a_small_one():
    layer = points([(50, 50)], ["某地"])
    small = view(100, 100, 10_000.0)
    found = placed(layer, at=small, fixed={("layer", "layer-0"): (8.0, 3.0)})
    (label,) = found.labels
    x, y = small.to_mm(*label_anchor(layer.geometries[0]))
    assert not overlap(label.boxes[0], (x - 1, y - 1, x + 1, y + 1))
    assert label.centre[0] > x
    assert label.centre[1] < y


def test_a_long_name_near_the_edge_slides_over_its_point_rather_than_be_left_out():
    name = "示例煤矿职工食堂前广场和示例第二小学南操场及其看台下"
    found = placed(points([(82, 50)], [name], priority=FIRST))
    (label,) = found.labels
    left, top, right, bottom = label.boxes[0]
    assert right - left > 80
    assert left < 82 < right, "centred on its point it would be cut"
    assert min(abs(top - 50), abs(bottom - 50)) < 3
    assert label.leader is None


def test_a_name_moved_far_on_a_small_map_comes_back_on_a_large_one():
    """On a map of 1:100 a hundred metres are a metre of paper."""
    layer = points([(5, 5)], ["某地"])
    (label,) = placed(layer, at=view(100, 100, 100.0), fixed={("layer", "layer-0"): (100.0, 0.0)}).labels
    assert not label.by_hand


def test_a_hand_moved_name_far_from_its_area_is_led_to_the_area_s_edge():
    area = box(10, 40, 30, 60)
    found = placed(streets(area), fixed={("subdistrict", "subdistrict-0"): (50.0, 0.0)})
    (label,) = found.labels
    assert label.leader is not None
    x, y = label.leader[2:]
    assert area.contains(Point(x, 100 - y))
    assert x > 22, "not to the middle of it: the line would cover the area"


def test_the_other_names_of_a_road_stay_when_one_is_moved_by_hand():
    line = LineString([(5, 50), (395, 50)])
    stroke = {"kind": "stroke", "color": "#000000", "width": 0.4}
    road = picture([line], {"rule": [rule(stroke)], "label": LABEL | {"placement": "line"}}, name=["矿山路"])
    wide = view(400, 100)
    free = sorted(round(one.centre[0]) for one in placed(road, at=wide).labels)
    assert len(free) == 3
    moved = placed(road, at=wide, fixed={("layer", "layer-0"): (30.0, 2.0)}).labels
    by_hand = [one for one in moved if one.by_hand]
    assert [round(one.centre[0]) for one in by_hand] == [pytest.approx(230, abs=1)]
    assert sorted(round(one.centre[0]) for one in moved if not one.by_hand) == [free[0], free[2]]


def test_an_area_s_name_leaves_it_rather_than_be_left_out():
    """Even one of little weight, when nothing else is in the way; led back by a line or close by."""
    small = picture(
        [box(48, 48, 52, 50)],
        {
            "rule": [rule({"kind": "stroke", "color": "#000000"})],
            "label": LABEL | {"priority": 40, "placement": "inside"},
        },
        name=["某某煤矿采空塌陷区"],
    )
    cover = points([(50, 51)], [""])
    (label,) = placed(small, cover).labels
    assert not box(*label.boxes[0]).intersects(box(48, 48, 52, 52))
    assert label.leader is not None


def test_a_second_line_is_given_up_before_the_name():
    label = LABEL | {"priority": 60, "second": "{id}", "second_size": 8.0}
    layer = picture([Point(10, 4)], {"rule": [rule(MARKER)], "label": label}, name=["某地"], id=["编号一二三四五六"])
    (found,) = placed(layer, at=view(20, 8)).labels
    assert (found.text, found.second) == ("某地", "")
