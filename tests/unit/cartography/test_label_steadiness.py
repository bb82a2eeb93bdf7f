"""While the map is panned or zoomed a little, names stay where they stand; what is out of sight changes nothing."""

import random
from math import hypot, sin

import pytest
from map_layers_by_hand import picture, rule, view
from shapely import LineString, Point, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.labels import place_labels
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.workspace import Workspace

MARKER = {"kind": "marker", "name": "place", "size": 2.0}
LABEL = {"text": "{name}", "size": 8.0, "halo": 0.5}
STROKE = {"kind": "stroke", "color": "#1B6CA8", "width": 0.4}
MARGIN_MM = 96 / 96 * 25.4  # what a frame paints beyond the window, where names come and go


def town(count: int = 1200, **label):
    """Named points all over an area larger than the view."""
    chance = random.Random(7)
    places = [Point(chance.uniform(-150, 550), chance.uniform(-150, 400)) for _ in range(count)]
    names = [f"地名{number}" for number in range(count)]
    return picture(places, {"rule": [rule(MARKER)], "label": LABEL | label}, "town", name=names)


def roads():
    lines = [LineString([(x, y + 4 * sin(x / 20)) for x in range(-400, 900, 5)]) for y in (20, 90, 160, 230)]
    label = LABEL | {"placement": "line", "priority": 65}
    return picture(lines, {"rule": [rule(STROKE)], "label": label}, "road", name=[f"第{n}大街" for n in "一二三四"])


def streets():
    shapes = [box(x, y, x + 100, y + 90) for x in range(-100, 400, 100) for y in range(-90, 270, 90)]
    names = [f"某某街道{number}" for number in range(len(shapes))]
    return picture(shapes, {"rule": [rule(STROKE)], "label": LABEL | {"priority": 75}}, "street", name=names)


def walk(pictures, at: MapView, step, *, previous: bool = True):
    """Ten steps; for every name in the window in two frames that follow: how far it moved against the ground, mm."""
    ensure_application()
    kept = {}
    before = None
    moved = []
    for _step in range(11):
        for one in pictures:
            list(one.prepare(at))
        found = place_labels(at, pictures, {}, previous=kept if previous else None)
        kept = found.kept
        now = {}
        for label in found.labels:
            x, y = label.centre
            if MARGIN_MM < x < at.width_mm - MARGIN_MM and MARGIN_MM < y < at.height_mm - MARGIN_MM:
                now.setdefault((label.layer, label.uid), []).append(at.from_mm(x, y))
        for key, places in now.items() if before is not None else ():
            for east, north in places if key in before else ():
                away = min(hypot(east - e, north - n) for e, n in before[key]) * at.mm_per_metre
                moved.append((away, key))
        before = now
        at = at.panned(*step)
    return moved


def steady_share(moved) -> float:
    assert len(moved) > 100
    return sum(away < 0.3 for away, _key in moved) / len(moved)


@pytest.mark.parametrize("step", [(37, 0), (-37, 0), (0, 37), (26, -26)])
def test_names_stay_while_the_map_is_panned(step):
    moved = walk([streets(), roads(), town()], view(400, 260), step)
    assert steady_share(moved) >= 0.95
    assert {key[0] for _away, key in moved} == {"street", "road", "town"}


def test_names_keep_their_side_while_the_map_is_zoomed_a_little():
    ensure_application()
    world, at = town(400), view(400, 260)
    kept, before, same, all_ = {}, {}, 0, 0
    for _step in range(8):
        list(world.prepare(at))
        found = place_labels(at, [world], {}, previous=kept)
        kept = found.kept
        now = {}
        for label in found.labels:
            point = world.geometries[world.table.uids.index(label.uid)]
            x, y = at.to_mm(point.x, point.y)
            now[label.uid] = label.centre[0] - x, label.centre[1] - y
        for uid in now.keys() & before.keys():
            all_ += 1
            same += now[uid] == pytest.approx(before[uid], abs=0.3)
        before = now
        at = at.zoomed(1.02)
    assert all_ > 300
    assert same / all_ >= 0.95


def test_without_the_frame_before_names_would_jump():
    """What the memory is for."""
    world = [streets(), roads(), town()]
    free = steady_share(walk(world, view(400, 260), (37, 0), previous=False))
    assert steady_share(walk(world, view(400, 260), (37, 0))) > free


@pytest.mark.parametrize("denominator", [90_000.0, 40_000.0, 15_000.0])
def test_the_demo_is_steady_at_every_scale(demo_path, denominator):
    with Workspace.open(demo_path, read_only=True) as ws:
        layers = [one for one in ws.definitions.values() if one.geometry != "none" and not one.helper]
        pictures = [
            LayerPicture(one, Style.parse(ws.style(one.table), one.table), ws.table(one.table)) for one in layers
        ]
        bounds = ws.bounds("district")
    assert bounds is not None
    pictures.sort(key=lambda one: one.style.draw_order)
    at = MapView.fitting(bounds, 400.0, 260.0).at_scale(denominator)
    assert steady_share(walk(pictures, at, (-37, 0))) >= 0.95


def test_a_road_s_names_do_not_depend_on_the_window_s_edge():
    """Pieces of one road out of sight count too: they say where along the road its names stand."""
    lines = [LineString([(x, 50), (x + 60, 50)]) for x in range(0, 600, 60)]
    label = LABEL | {"placement": "line"}
    road = picture(lines, {"rule": [rule(STROKE)], "label": label}, name=["矿山路"] * len(lines))
    ensure_application()
    found = []
    for shift in (0.0, 40.0, 95.0):
        at = view(300, 100)
        at = at.panned(-at.mm_to_device(shift), 0)
        list(road.prepare(at))
        placed = place_labels(at, [road], {}, previous={})
        found.append({round(at.from_mm(*one.centre)[0]) for one in placed.labels})
    assert all(one for one in found)
    assert found[0] & found[1]
    assert found[1] & found[2]
    everywhere = set().union(*found)
    assert all(abs(a - b) > 50 for a in everywhere for b in everywhere if a != b), "one pattern, seen through a window"


def test_a_place_that_became_bad_is_left():
    ensure_application()
    lonely = picture([Point(50, 50)], {"rule": [rule(MARKER)], "label": LABEL}, "a", name=["某地"])
    at = view()
    list(lonely.prepare(at))
    first = place_labels(at, [lonely], {}, previous={})
    x, y = first.labels[0].centre
    crowd = picture([Point(x, 100 - y)], {"rule": [rule(MARKER)], "label": LABEL}, "b", name=[""])
    list(crowd.prepare(at))
    second = place_labels(at, [lonely, crowd], {}, previous=first.kept)
    assert second.labels[0].centre != pytest.approx((x, y))


def test_a_better_place_nearby_is_no_reason_to_move():
    ensure_application()
    at = view()
    layer = picture([Point(50, 50), Point(57, 50)], {"rule": [rule(MARKER)], "label": LABEL}, "a", name=["某地", ""])
    alone = picture([Point(50, 50)], {"rule": [rule(MARKER)], "label": LABEL}, "a", name=["某地"])
    for one in (layer, alone):
        list(one.prepare(at))
    first = place_labels(at, [layer], {}, previous={})
    second = place_labels(at, [alone], {}, previous=first.kept)
    fresh = place_labels(at, [alone], {}, previous={})
    assert second.labels[0].centre == pytest.approx(first.labels[0].centre)
    assert fresh.labels[0].centre != pytest.approx(first.labels[0].centre)


def test_who_comes_anew_does_not_push_who_stands():
    """A more important name that slides into sight takes a place beside, if there is one."""
    ensure_application()
    at = view(100, 60)
    low = picture([Point(50, 30)], {"rule": [rule(MARKER)], "label": LABEL | {"priority": 10}}, "low", name=["小地名"])
    label = LABEL | {"priority": 60}
    high = picture([Point(66, 30)], {"rule": [rule(MARKER)], "label": label}, "high", name=["大地名"])
    for one in (low, high):
        list(one.prepare(at))
    first = place_labels(at, [low], {}, previous={})
    second = place_labels(at, [low, high], {}, previous=first.kept)
    places = {one.text: one.centre for one in second.labels}
    assert set(places) == {"小地名", "大地名"}
    assert places["小地名"] == pytest.approx(first.labels[0].centre)


def test_paper_knows_no_frame_before():
    ensure_application()
    at = view()
    layer = town(80)
    list(layer.prepare(at))
    first, second = place_labels(at, [layer], {}), place_labels(at, [layer], {})
    assert [(one.uid, one.boxes) for one in first.labels] == [(one.uid, one.boxes) for one in second.labels]
    assert all(one.boxes[0][0] >= 0 and one.boxes[0][2] <= 100 for one in first.labels)
