"""One stroke reshapes all whose border it crosses; where borders are shared no gap and no overlap comes of it."""

import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits.reshape_all import reshape_all
from geohazard_desktop.workspace.feature import Edit, Feature, new_uid

DEFINITIONS = read_definitions()
EAST, NORTH = 36_388_000.0, 4_372_000.0


def at(east: float, north: float) -> tuple[float, float]:
    return EAST + east, NORTH + north


def zone(west: float, south: float, east: float, north: float, *more: tuple[float, float]) -> Feature:
    corners = [(west, south), (east, south), *more, (east, north), (west, north)]
    shape = MultiPolygon([Polygon([at(*one) for one in corners])])
    return Feature("danger_zone", new_uid(), shape, {"id": f"WD-W-{int(west + south):04d}"})


def way(*places: tuple[float, float]) -> LineString:
    return LineString([at(*one) for one in places])


def shapes_after(edit: Edit, *features: Feature) -> list:
    now = {one.uid: one.after.geometry for one in edit.deltas if one.after is not None}
    return [now.get(one.uid, one.geometry) for one in features]


def three() -> tuple[Feature, Feature, Feature]:
    """A large one on the left, two stacked ones on its right: three meet at (100, 50)."""
    return zone(0, 0, 100, 100, (100, 50)), zone(100, 0, 200, 50), zone(100, 50, 200, 100)


def test_all_selected_ones_are_reshaped_in_one_step():
    left, right = zone(0, 0, 100, 100), zone(150, 0, 250, 100)
    line = way((80, -10), (80, 20), (170, 20), (170, -10))
    edit = reshape_all(DEFINITIONS, [left, right], line)
    one, other = shapes_after(edit, left, right)
    assert (one.area, other.area) == pytest.approx((10_000 - 400, 10_000 - 400))
    assert edit.words == "重塑 2 个危险区"


def test_a_corner_where_three_meet_moves_along():
    left, low, high = three()
    line = way((98, 20), (130, 20), (130, 70), (98, 70))
    edit = reshape_all(DEFINITIONS, [left], line, neighbours=[low, high], sharing=True)
    found = shapes_after(edit, left, low, high)
    assert [one.area for one in found] == pytest.approx([10_000 + 1500, 5_000 - 900, 5_000 - 600])
    assert shapely.coverage_is_valid([shapely.get_parts(one)[0] for one in found]).all()
    assert shapely.union_all(found).area == pytest.approx(20_000)
    assert edit.words.endswith("，连同 2 个相邻要素的共用边")


def test_what_would_have_to_be_divided_is_refused_by_name():
    left, low, high = three()
    line = way((102, 20), (70, 20), (70, 70), (102, 70))
    with pytest.raises(EditRefused, match="只有一部分和危险区 WD-W-0100 共用"):
        reshape_all(DEFINITIONS, [left], line, neighbours=[low, high], sharing=True)


def test_what_one_loses_its_neighbour_gets():
    left, low, high = three()
    line = way((102, 10), (70, 10), (70, 40), (102, 40))
    edit = reshape_all(DEFINITIONS, [left], line, neighbours=[low, high], sharing=True)
    found = shapes_after(edit, left, low, high)
    assert [one.area for one in found] == pytest.approx([10_000 - 900, 5_000 + 900, 5_000])
    assert shapely.coverage_is_valid([shapely.get_parts(one)[0] for one in found]).all()


def test_a_far_border_that_the_stroke_passes_stays_unless_it_is_meant():
    left, right = zone(0, 0, 100, 100), zone(150, 0, 250, 100)
    line = way((90, 20), (160, 20), (160, 30), (90, 30))
    edit = reshape_all(DEFINITIONS, [left], line, neighbours=[], sharing=True)
    assert [one.uid for one in edit.deltas] == [left.uid]
    assert shapes_after(edit, right) == [right.geometry]


def test_a_stroke_that_meets_nobody_twice_is_refused():
    with pytest.raises(EditRefused, match="相交两次"):
        reshape_all(DEFINITIONS, list(three()), way((50, 60), (120, 60)), sharing=True)


@given(
    st.lists(st.tuples(st.integers(5, 195), st.integers(5, 95)), min_size=2, max_size=6, unique=True),
    st.integers(0, 2),
)
@example([(100, 6), (5, 5), (101, 5), (101, 51), (100, 5)], 0)  # touches itself: half of a place was lost
def test_no_stroke_opens_a_gap_or_an_overlap(places, chosen):
    group = three()
    try:
        edit = reshape_all(DEFINITIONS, [group[chosen]], way(*places), neighbours=group, sharing=True)
    except EditRefused:
        return
    found = shapes_after(edit, *group)
    whole = shapely.union_all(found)
    assert sum(one.area for one in found) == pytest.approx(whole.area, abs=0.05), "no ground twice"
    inside = shapely.box(*at(0, 0), *at(200, 100)).difference(whole)
    assert inside.area < 0.05, "no ground lost between them"
