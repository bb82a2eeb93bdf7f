"""Where the ground lies on the paper: there and back, zooming around a place, fitting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.cartography.view import MapView

VIEW = MapView((36_400_000.0, 4_370_000.0), 5000.0, 200.0, 100.0, 96.0)
PLACES = st.floats(-5000, 5000)


@given(PLACES, PLACES)
def test_there_and_back(x, y):
    assert VIEW.to_device(*VIEW.to_map(x, y)) == pytest.approx((x, y), abs=1e-4)


def test_a_millimetre_is_what_the_scale_says():
    left, _top = VIEW.to_mm(36_400_000.0, 4_370_000.0)
    right, _top = VIEW.to_mm(36_400_005.0, 4_370_000.0)
    assert right - left == pytest.approx(1.0)


def test_north_is_up():
    assert VIEW.to_mm(36_400_000.0, 4_370_010.0)[1] < VIEW.to_mm(36_400_000.0, 4_370_000.0)[1]


@given(PLACES, PLACES, st.floats(0.2, 8))
def test_the_ground_under_the_pointer_stays(x, y, factor):
    near = VIEW.zoomed(factor, (x, y))
    assert near.to_map(x, y) == pytest.approx(VIEW.to_map(x, y), abs=1e-3)
    assert near.denominator == pytest.approx(VIEW.denominator / factor)


def test_panning_moves_the_map_with_the_hand():
    place = VIEW.to_device(36_400_010.0, 4_370_010.0)
    moved = VIEW.panned(30, -12).to_device(36_400_010.0, 4_370_010.0)
    assert moved == pytest.approx((place[0] + 30, place[1] - 12))


@given(st.floats(1, 1e5), st.floats(1, 1e5))
def test_what_is_fitted_is_in_the_frame(wide, high):
    bounds = (36_400_000.0, 4_370_000.0, 36_400_000.0 + wide, 4_370_000.0 + high)
    east_min, north_min, east_max, north_max = MapView.fitting(bounds, 150, 90).bounds
    assert east_min <= bounds[0]
    assert north_min <= bounds[1]
    assert east_max >= bounds[2]
    assert north_max >= bounds[3]


def test_a_point_is_shown_at_a_scale_that_exists():
    assert MapView.fitting((1.0, 2.0, 1.0, 2.0), 100, 100).denominator == 1000
