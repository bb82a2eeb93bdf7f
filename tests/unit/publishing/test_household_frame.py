"""Neighbours' maps fall together, and none of them loses anything of its household's way."""

from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, box

from geohazard_desktop.publishing.cards.household_frame import PADDING, common_parts, household_view
from geohazard_desktop.publishing.map_layers import fitted_view
from geohazard_desktop.publishing.sheets.map_forms import HOUSEHOLD_BACK_PICTURE
from geohazard_desktop.workspace.feature import Feature

EAST, NORTH = 36_380_000.0, 4_366_000.0
ROUTE = LineString([(EAST, NORTH), (EAST + 250, NORTH - 5), (EAST + 255, NORTH + 120), (EAST + 390, NORTH + 170)])
SHELTER = Feature("shelter", "s", Point(EAST + 395, NORTH + 172), {"name": "示例广场"})
WAY = Feature("evacuation_route", "r", ROUTE, {"number": "1"})


def view_of(house: Point):
    joined = ROUTE.project(house)
    rest = LineString(
        [ROUTE.interpolate(joined + share * (ROUTE.length - joined)) for share in (0, 0.25, 0.5, 0.75, 1)]
    )
    leg = LineString([house, rest.coords[0]])
    parts = (leg, rest, SHELTER.geometry)
    return household_view(house, parts, common_parts(WAY, rest, SHELTER)), parts


@given(st.floats(-150, 450), st.floats(-150, 300))
def test_all_of_a_way_lies_inside_the_padding_at_the_scale_that_it_had_before(east, north):
    house = Point(EAST + east, NORTH + north)
    view, parts = view_of(house)
    bounds = house.union(parts[0]).union(parts[1]).union(parts[2]).bounds
    left, bottom = view.to_mm(bounds[0], bounds[1])
    right, top = view.to_mm(bounds[2], bounds[3])
    width, height = HOUSEHOLD_BACK_PICTURE
    near = 0.001  # mm
    assert left >= PADDING.left - near
    assert top >= PADDING.top - near
    assert right <= width - PADDING.right + near
    assert bottom <= height - PADDING.bottom + near
    fitted = fitted_view(bounds, HOUSEHOLD_BACK_PICTURE, PADDING, 1000.0)
    assert view.denominator == fitted.denominator
    # What is spoken of does not slip to the edge where there is room around it.
    aside = max(abs(a - b) for a, b in zip(view.centre, fitted.centre, strict=True))
    assert aside * view.mm_per_metre <= 30.0 + near


def test_neighbours_see_the_same_frame():
    houses = [Point(EAST + 20 + 12 * number, NORTH + 15) for number in range(12)]
    frames = [view_of(one)[0] for one in houses]
    assert len(set(frames)) <= 4
    assert len({(one.denominator, *fitted_centre(house)) for one, house in zip(frames, houses, strict=True)}) == 12


def fitted_centre(house: Point):
    parts = view_of(house)[1]
    bounds = house.union(parts[0]).union(parts[1]).union(parts[2]).bounds
    return fitted_view(bounds, HOUSEHOLD_BACK_PICTURE, PADDING, 1000.0).centre


def test_a_house_that_is_measured_anew_by_a_step_keeps_its_map():
    first, second = view_of(Point(EAST + 33.0, NORTH + 15.0))[0], view_of(Point(EAST + 33.6, NORTH + 14.7))[0]
    assert first == second


def test_a_house_without_a_way_stands_in_a_frame_of_its_surroundings():
    house = Point(EAST + 3, NORTH + 7)
    view = household_view(house, ())
    around = box(house.x - 120, house.y - 120, house.x + 120, house.y + 120)
    assert box(*view.bounds).contains(around)


def test_a_route_without_a_shelter_leads_to_its_end():
    assert common_parts(WAY, ROUTE, None) == (ROUTE, Point(ROUTE.coords[-1]))
    assert common_parts(WAY, LineString(), None) == (ROUTE,)


def test_a_part_without_any_ground_moves_no_frame():
    house = Point(EAST + 33, NORTH + 15)
    _, parts = view_of(house)
    known = household_view(house, parts, (ROUTE,))
    for empty in (LineString(), Point()):
        assert household_view(house, (empty, *parts, empty), (ROUTE,)) == known
        assert household_view(house, parts, (empty, ROUTE)) == known
    assert household_view(house, parts, (LineString(),)).denominator == known.denominator
