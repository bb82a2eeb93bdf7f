"""Large symbols of landmarks that are neighbours stand side by side on paper."""

import itertools

import pytest
from hostile_village import add
from notice_village import E, N
from shapely import Point, box

from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.publishing.cards.mark_places import symbol_boxes
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.sheets.landmarks_apart import landmarks_apart


@pytest.fixture
def view():
    return MapView((E + 100, N + 100), 2500, 158, 133, 300)


def boxes_of(pictures, view):
    return [box(*one) for one in symbol_boxes(view, pictures).tolist()]


def test_a_clinic_beside_the_committee_and_a_shelter_are_all_seen_and_stay_near(workspace, view):
    for name, east in (("卫生室", 100), ("居委会", 103), ("商店", 106)):
        add(workspace, "landmark", Point(E + east, N + 100), name=name, kind="超市")
    add(workspace, "shelter", Point(E + 100, N + 104), name="广场")
    pictures = MapLayers(workspace).pictures
    before = boxes_of(pictures, view)
    assert any(a.intersects(b) for a, b in itertools.combinations(before, 2))
    after = landmarks_apart(pictures, view)
    boxes = boxes_of(after, view)
    assert len(boxes) == len(before)
    assert not [1 for a, b in itertools.combinations(boxes, 2) if a.intersection(b).area > 0.05]
    assert max(box(*a.bounds).centroid.distance(b.centroid) for a, b in zip(before, boxes, strict=True)) < 20


def test_landmarks_with_room_stay_where_they_are(workspace, view):
    add(workspace, "landmark", Point(E + 50, N + 100), name="卫生室", kind="超市")
    add(workspace, "landmark", Point(E + 150, N + 100), name="居委会", kind="超市")
    pictures = MapLayers(workspace).pictures
    assert [one.table for one in landmarks_apart(pictures, view)] == [one.table for one in pictures]


def test_no_landmark_is_drawn_on_the_other_side_of_a_danger_zones_edge(workspace, view):
    add(workspace, "danger_zone", box(E + 40, N + 101, E + 160, N + 160), name="示例沟")
    for name, north in (("卫生室", 100), ("居委会", 99)):
        add(workspace, "landmark", Point(E + 100, N + north), name=name, kind="超市")
    after = landmarks_apart(MapLayers(workspace).pictures, view)
    drawn = next(one.table for one in after if one.layer == "landmark")
    assert all(one.geometry.centroid.y < N + 101 for one in drawn)
    assert len({tuple(one.geometry.centroid.coords[0]) for one in drawn}) == 2
