"""The way back from 火星坐标."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.exchange.gcj02 import gcj02_from_bd09, gcj02_from_wgs84, wgs84_from_gcj02

# Published pair of the formula (Tiananmen, WGS 84 → GCJ-02), as many open implementations give it.
WGS, GCJ = (116.391284, 39.907363), (116.397526, 39.908766)


def test_the_formula_meets_a_published_pair():
    longitude, latitude = gcj02_from_wgs84(np.array([WGS[0]]), np.array([WGS[1]]))
    assert longitude[0] == pytest.approx(GCJ[0], abs=2e-6)
    assert latitude[0] == pytest.approx(GCJ[1], abs=2e-6)


def test_the_offset_in_the_west_of_inner_mongolia_is_what_was_measured():
    # A public GCJ-02 copy of a district outline lies 0.00466° east and 0.00090° north of the WGS 84 one.
    longitude, latitude = gcj02_from_wgs84(np.array([106.70]), np.array([39.52]))
    assert longitude[0] - 106.70 == pytest.approx(0.00466, abs=2e-4)
    assert latitude[0] - 39.52 == pytest.approx(0.00090, abs=2e-4)


@given(st.floats(73.7, 134.9), st.floats(18.3, 53.4))
def test_there_and_back_is_the_same_place(longitude, latitude):
    there = gcj02_from_wgs84(np.array([longitude]), np.array([latitude]))
    back = wgs84_from_gcj02(*there)
    assert back[0][0] == pytest.approx(longitude, abs=1e-9)
    assert back[1][0] == pytest.approx(latitude, abs=1e-9)


def test_places_abroad_are_not_moved():
    longitude, latitude = wgs84_from_gcj02(np.array([2.3522]), np.array([48.8566]))
    assert (longitude[0], latitude[0]) == (2.3522, 48.8566)


def test_baidu_is_farther_off():
    longitude, latitude = gcj02_from_bd09(np.array([116.404]), np.array([39.915]))
    assert longitude[0] == pytest.approx(116.397627, abs=1e-5)
    assert latitude[0] == pytest.approx(39.908658, abs=1e-5)


def test_no_points_are_no_error():
    assert len(wgs84_from_gcj02(np.array([]), np.array([]))[0]) == 0
