"""Borders that areas share: no gap and no overlap opens, whatever is dragged; what is cut off is said."""

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits import (
    Corners,
    Moves,
    VertexRef,
    create_feature,
    delete_corners,
    move_corners,
    vertices_of,
)
from geohazard_desktop.workspace.edits.borders import cut_overlaps, share_borders
from geohazard_desktop.workspace.feature import Feature, new_uid

EAST, NORTH = 36_388_000.0, 4_372_000.0
LAYER = "susceptibility_zone"
DEFINITIONS = read_definitions()


def area(*corners: tuple[float, float], layer: str = LAYER) -> Feature:
    shape = shapely.Polygon([(EAST + east, NORTH + north) for east, north in corners])
    return Feature(layer, new_uid(), shapely.MultiPolygon([shape]), {})


def square(west: float, south: float, east: float, north: float, layer: str = LAYER) -> Feature:
    return area((west, south), (east, south), (east, north), (west, north), layer=layer)


def after(features: list[Feature], edit) -> list[Feature]:
    changed = {one.uid: one.after for one in edit.deltas}
    kept = [changed.get(one.uid, one) for one in features]
    return [*kept, *(one.after for one in edit.deltas if one.before is None)]


def assert_tight(features: list[Feature], whole: float) -> None:
    """The areas cover the same ground as before, none of it twice, and meet in the same corners."""
    shapes = [one.geometry for one in features]
    union = shapely.union_all(shapes)
    assert union.area == pytest.approx(whole, abs=1e-3)
    assert sum(one.area for one in shapes) == pytest.approx(union.area, abs=1e-3)
    assert all(one.is_valid for one in shapes)
    for one in shapes:
        for other in shapes:
            if one is not other:
                shared = one.boundary.intersection(other.boundary)
                mine = {tuple(place) for place in shapely.get_coordinates(one)}
                theirs = [tuple(place) for place in shapely.get_coordinates(other)]
                on_mine = [place for place in theirs if one.boundary.distance(shapely.Point(place)) < 1e-6]
                assert all(place in mine for place in on_mine), shared


coverage = st.tuples(st.floats(20, 80), st.floats(20, 80), st.floats(-18, 18), st.floats(-18, 18))


@settings(max_examples=60)
@given(coverage)
def test_dragging_a_shared_corner_opens_no_gap(drawn):
    """Left half, and the right half in two: the corner where the three meet is a T on the left one's edge."""
    split, tee, east, north = drawn
    left = square(0, 0, split, 100)
    lower, upper = square(split, 0, 120, tee), square(split, tee, 120, 100)
    features = [left, lower, upper]
    whole = shapely.union_all([one.geometry for one in features]).area
    ref = next(ref for ref, place in vertices_of(lower.geometry) if place == (EAST + split, NORTH + tee))
    target = (round(EAST + split + east, 3), round(NORTH + tee + north, 3))
    edit = move_corners(DEFINITIONS, [Moves(lower, {ref: target})], features)
    assert len(edit.deltas) == 3, "the left one had no corner there, and has one now"
    assert_tight(after(features, edit), whole)
    assert edit.words.endswith("，连同 2 个相邻要素的共用边")


@settings(max_examples=40)
@given(st.floats(5, 95), st.floats(30, 70), st.floats(-25, 25))
def test_dragging_an_end_of_an_edge_that_holds_neighbours_corners(tee, split, north):
    """The left one's long edge carries the corner of two others: it stays on the border when the edge swings."""
    left = square(0, 0, split, 100)
    features = [left, square(split, 0, 120, tee), square(split, tee, 120, 100)]
    whole = 100.0 * 120
    ref = next(ref for ref, place in vertices_of(left.geometry) if place == (EAST + split, NORTH + 100))
    edit = move_corners(DEFINITIONS, [Moves(left, {ref: (EAST + split + north / 5, NORTH + 100)})], features)
    assert_tight(after(features, edit), whole)


@settings(max_examples=40)
@given(st.integers(0, 3), st.integers(1, 3))
def test_deleting_shared_corners_takes_them_from_all(first, count):
    """A zigzag between two areas: any of its inner corners may go."""
    zigzag = [(50 + (8 if step % 2 else -8), 20.0 * step) for step in range(6)]
    left = area((0, 0), *zigzag, (0, 100))
    right = area(*zigzag, (100, 100), (100, 0))
    gone = {(EAST + east, NORTH + north) for east, north in zigzag[1:-1][first : first + count]}
    refs = frozenset(ref for ref, place in vertices_of(left.geometry) if place in gone)
    edit = delete_corners(DEFINITIONS, [Corners(left, refs)], [left, right])
    whole = shapely.union(left.geometry, right.geometry).area
    assert_tight(after([left, right], edit), whole)


def test_several_features_move_in_one_step():
    one, other = square(0, 0, 10, 10), square(20, 0, 30, 10)
    up = {VertexRef(0, 0, 2): (EAST + 10, NORTH + 15)}
    along = {VertexRef(0, 0, 3): (EAST + 20, NORTH + 15), VertexRef(0, 0, 2): (EAST + 30, NORTH + 15)}
    edit = move_corners(DEFINITIONS, [Moves(one, up), Moves(other, along)], [])
    assert edit.words == "移动 2 个易发区的 3 个拐点"
    assert [one.uid for one in edit.deltas] == [one.uid, other.uid]


@settings(max_examples=40)
@given(st.floats(10, 90), st.floats(10, 90), st.floats(1, 60))
def test_a_new_neighbours_corners_become_the_borders(low, high, wide):
    assume(high - low > 1)
    old = square(0, 0, 100, 100)
    new = square(100, low, 100 + wide, high)
    edit = create_feature(DEFINITIONS, LAYER, new.geometry, {}, uid=new.uid)
    done = share_borders(DEFINITIONS, edit, [old])
    assert [one.uid for one in done.deltas] == [new.uid, old.uid]
    assert len(vertices_of(done.deltas[1].after.geometry)) == 6
    assert done.words.endswith("，共用边上给 1 个相邻要素补拐点")
    assert_tight(after([old], done), old.geometry.area + new.geometry.area)


def test_a_corner_within_a_millimetre_is_the_neighbours():
    old = square(0, 0, 100, 100)
    near = area((100.0004, 0.0003), (150, 0), (150, 100), (100, 100))
    done = share_borders(DEFINITIONS, create_feature(DEFINITIONS, LAYER, near.geometry, {}, uid=near.uid), [old])
    assert (EAST + 100, NORTH) in [place for _ref, place in vertices_of(done.deltas[0].after.geometry)]
    assert len(done.deltas) == 1, "the old one has all the corners already"


def test_lines_share_their_junctions():
    road = Feature("road", new_uid(), shapely.MultiLineString([[(EAST, NORTH), (EAST + 100, NORTH)]]), {})
    way = LineString([(EAST + 40, NORTH), (EAST + 40, NORTH + 50)])
    done = share_borders(DEFINITIONS, create_feature(DEFINITIONS, "road", way), [road])
    assert (EAST + 40, NORTH) in [place for _ref, place in vertices_of(done.deltas[1].after.geometry)]


@settings(max_examples=60)
@given(st.floats(5, 95), st.floats(5, 95), st.floats(5, 60), st.floats(5, 60))
def test_what_overlaps_is_cut_and_nothing_else(west, south, wide, high):
    old = [square(0, 0, 50, 100), square(50, 0, 100, 100)]
    new = square(west, south, west + wide, south + high)
    edit = create_feature(DEFINITIONS, LAYER, new.geometry, {}, uid=new.uid)
    outside = new.geometry.difference(shapely.union_all([one.geometry for one in old]))
    if outside.area <= 0.01:
        with pytest.raises(EditRefused, match="什么都不剩"):
            cut_overlaps(DEFINITIONS, edit, old)
        return
    done, cuts = cut_overlaps(DEFINITIONS, edit, old)
    left = done.deltas[0].after.geometry
    assert left.area == pytest.approx(outside.area, abs=0.05)
    assert all(left.intersection(one.geometry).area < 1e-6 for one in old)
    assert sum(one.area_m2 for one in cuts) == pytest.approx(new.geometry.area - left.area)
    assert len(done.deltas) == 1, "the neighbours stay as they are"


def test_a_neighbour_inside_becomes_a_hole():
    new = square(0, 0, 100, 100, layer="danger_zone")
    edit = create_feature(DEFINITIONS, "danger_zone", new.geometry, {"id": "SL-W-0002"}, uid=new.uid)
    old = square(40, 40, 60, 60, layer="danger_zone").with_values(id="SL-W-0001")
    done, cuts = cut_overlaps(DEFINITIONS, edit, [old])
    assert done.words == "画危险区 SL-W-0002，切去与危险区 SL-W-0001 重叠的部分"
    assert cuts[0].area_m2 == 400
    assert len(done.deltas[0].after.geometry.geoms[0].interiors) == 1


def test_no_overlap_is_no_step():
    new = square(200, 0, 300, 100)
    edit = create_feature(DEFINITIONS, LAYER, new.geometry, {}, uid=new.uid)
    assert cut_overlaps(DEFINITIONS, edit, [square(0, 0, 200, 100)]) == (edit, [])
    assert share_borders(DEFINITIONS, edit, []).deltas[0].after.same_as(edit.deltas[0].after)
