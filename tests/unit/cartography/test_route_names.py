"""Names of routes on a map read from afar: each beside its own way, in one piece, off the place where a way begins."""

from itertools import combinations, pairwise
from math import hypot

import pytest
import shapely
from map_layers_by_hand import picture, rule, view
from shapely import LineString, Polygon, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.labels import place_labels

WAY = ({"kind": "stroke", "color": "#1B6E45", "width": 2.0},
       {"kind": "arrows", "color": "#1B6E45", "size": 5.0, "spacing": 25},
       {"kind": "start_ring", "color": "#1B6E45", "size": 3.4, "width": 0.8})  # fmt: skip
ROUTE = {"text": "路线 {number}", "size": 15.0, "halo": 0.9, "bold": True, "priority": 85, "placement": "line"}
ZONE = {"text": "{name}", "second": "危险区 {id} · 拟划", "size": 16.0, "second_size": 12.0, "halo": 0.9,
        "bold": True, "priority": 90, "placement": "inside"}  # fmt: skip
BENDS = {
    "sharp": [(40, 60), (58, 62), (55, 32)],
    "right": [(30, 40), (30, 62), (62, 62)],
    "wide": [(30, 30), (50, 36), (72, 52)],
    "zigzag": [(30, 30), (42, 40), (40, 52), (54, 60), (50, 72)],
}


def routes(*ways):
    lines = [LineString(one) for one in ways]
    return picture(lines, {"rule": [rule(*WAY)], "label": ROUTE}, "evacuation_route",
                   number=[str(one + 1) for one in range(len(lines))])  # fmt: skip


def zone(shape, name="五虎山东沟危险区"):
    style = {"rule": [rule({"kind": "stroke", "color": "#D7000F", "width": 0.8})], "label": ZONE}
    return picture([shape], style, "danger_zone", name=[name], id=["WD-W-0001"])


def placed(*pictures, previous=None, wide=100.0):
    ensure_application()
    at = view(wide)
    for one in pictures:
        list(one.prepare(at))
    return place_labels(at, pictures, {}, previous=previous)


def middles(label):
    return [((a + c) / 2, (b + d) / 2) for a, b, c, d in label.boxes]


@pytest.mark.parametrize("bend", BENDS)
def test_a_name_at_a_bend_is_in_one_piece(bend):
    (name,) = placed(routes(BENDS[bend])).labels
    assert name.text == "路线 1"
    if len(name.boxes) > 1:  # along the way; else it lies flat beside it
        steps = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(middles(name))]
        size = 15.0 * 0.3528
        wished = [size, size * 0.62, size * 0.4]  # 路 to 线, to the blank, to 1
        assert all(0.8 * one < real < 1.6 * one for one, real in zip(wished, steps, strict=True)), steps


def test_nothing_lies_over_the_place_where_a_way_begins():
    area = Polygon([(20, 30), (80, 36), (78, 72), (18, 66)])
    ways = routes([(30, 58), (30, 20), (12, 12)], [(48, 55), (48, 10)], [(62, 57), (66, 90)])
    found = placed(zone(area), ways, previous={}, wide=150.0)
    assert {one.text for one in found.labels} == {"五虎山东沟危险区", "路线 1", "路线 2", "路线 3"}
    for east, north in ((30, 58), (48, 55), (62, 57)):
        ring = shapely.Point(east, 100 - north).buffer(1.7)
        assert not any(box(*one).intersects(ring) for label in found.labels for one in label.boxes)


def test_no_name_of_a_route_lies_over_another_route_s_or_over_the_zone_s():
    area = Polygon([(20, 40), (80, 44), (78, 72), (18, 66)])
    ways = routes([(40, 55), (46, 30), (50, 20)], [(46, 56), (50, 32), (55, 22)], [(52, 57), (56, 34), (60, 24)],
                  [(58, 57), (62, 36), (66, 25)])  # fmt: skip
    labels = placed(zone(area), ways, previous={}).labels
    assert len(labels) == 5
    for one, other in combinations(labels, 2):
        assert not any(box(*a).intersects(box(*b)) for a in one.boxes for b in other.boxes), (one.text, other.text)


def test_the_name_of_a_street_does_not_seem_to_name_a_danger_zone_in_it():
    label = {"text": "{name}", "size": 12.0, "halo": 0.6, "priority": 75, "placement": "horizontal"}
    ground = {"rule": [rule({"kind": "stroke", "color": "#333333", "width": 0.3})], "label": label}
    street = picture([box(1, 1, 99, 99)], ground, "subdistrict", name=["西街道"])
    area = box(30, 30, 70, 70)
    names = {one.text: one for one in placed(street, zone(area, "沟"), previous={}).labels}
    left, top, right, bottom = names["西街道"].boxes[0]
    assert not box(left, 100 - bottom, right, 100 - top).intersects(area)


def test_a_zone_whose_name_no_map_holds_goes_by_its_number_on_the_screen_too():
    area = box(30, 30, 70, 70)
    found = placed(zone(area, "很长的名字" * 20), routes([(60, 50), (80, 20)]), previous={})
    assert "危险区 WD-W-0001 · 拟划" in ["".join(line.text for line in one.lines) for one in found.labels]


def test_a_shelter_whose_name_no_map_holds_is_not_called_by_how_many_it_takes():
    label = {"text": "{name}", "second": "容 {capacity} 人", "size": 8.5, "priority": 95, "placement": "point"}
    ground = {"rule": [rule({"kind": "fill", "color": "#1B6E45"})], "label": label}
    shelter = picture([box(78, 18, 82, 22)], ground, "shelter", name=["很长的名字" * 20], capacity=[8])
    found = placed(shelter, zone(box(30, 30, 70, 70), "沟"), routes([(60, 50), (80, 20)]), previous={})
    assert not [one for one in found.labels for line in one.lines if "容" in line.text]
    assert [one.text for one in found.unplaced] == ["很长的名字" * 20]
