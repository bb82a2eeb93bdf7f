"""Hatches and marks as geometry: inside their area, at their distance, in place when the map moves."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiLineString, Polygon

from geohazard_desktop.cartography import texture
from geohazard_desktop.cartography.strips import Strips

ANGLES = st.floats(0, 179)
SPACINGS = st.floats(1.5, 8)


@st.composite
def stars(draw):
    """A ring around (50, 50) that bends in and out and never crosses itself."""
    reaches = draw(st.lists(st.floats(8, 45), min_size=4, max_size=14))
    turns = np.linspace(0, 2 * np.pi, len(reaches), endpoint=False)
    return Polygon([(50 + r * np.cos(t), 50 + r * np.sin(t)) for r, t in zip(reaches, turns, strict=True)])


def strips(shape):
    return Strips.of_areas(np.array([shape], dtype=object), np.zeros(1, dtype=np.int64))


def lines(shape, spacing, angle, zero=(0.0, 0.0)):
    return texture.hatch(strips(shape), zero, spacing, angle).points.reshape(-1, 2, 2)


@settings(max_examples=60)
@given(stars(), SPACINGS, ANGLES)
def test_a_hatch_stays_in_its_area(shape, spacing, angle):
    found = lines(shape, spacing, angle)
    assert shape.buffer(1e-6).covers(MultiLineString(list(found))) or not len(found)


@settings(max_examples=60)
@given(stars(), SPACINGS, ANGLES)
def test_a_hatch_is_as_dense_everywhere_as_asked(shape, spacing, angle):
    """Its length is the area over the spacing, up to the lines at the edge."""
    found = lines(shape, spacing, angle)
    drawn = np.hypot(*(found[:, 1] - found[:, 0]).T).sum()
    assert drawn == pytest.approx(shape.area / spacing, abs=shape.length)


@given(SPACINGS, ANGLES)
def test_hatch_lines_run_at_their_angle_and_distance(spacing, angle):
    found = lines(shapely.box(0, 0, 80, 80), spacing, angle)
    way = found[:, 1] - found[:, 0]
    way /= np.hypot(*way.T)[:, None]
    # counter-clockwise from east, and y runs down on paper
    turned = np.degrees(np.arctan2(-way[:, 1], way[:, 0])) % 180
    assert np.minimum(abs(turned - angle % 180), 180 - abs(turned - angle % 180)).max() < 1e-4
    across = np.sort(found[:, 0] @ np.array([np.sin(np.radians(angle)), np.cos(np.radians(angle))]))
    assert np.diff(across) == pytest.approx(spacing, abs=1e-6)


@given(st.floats(-30, 30), st.floats(-30, 30))
def test_the_texture_moves_with_the_ground(dx, dy):
    """Panning moves area and lattice alike: the marks keep their places in the area."""
    here, there = shapely.box(20, 20, 60, 50), shapely.box(20 + dx, 20 + dy, 60 + dx, 50 + dy)
    first = texture.lattice(strips(here), (0.3, 0.4), 3.0, 0.2)
    second = texture.lattice(strips(there), (0.3 + dx, 0.4 + dy), 3.0, 0.2) - (dx, dy)
    inner = shapely.box(21, 21, 59, 49)  # a mark at the very edge may fall to either side by rounding

    def inside(points):
        return sorted(tuple(one.round(6)) for one in points if inner.contains(shapely.Point(one)))

    assert np.array(inside(first)) == pytest.approx(np.array(inside(second)), abs=1e-5)


@settings(max_examples=60)
@given(stars(), st.floats(1.5, 5))
def test_marks_lie_inside_and_staggered(shape, spacing):
    found = texture.lattice(strips(shape), (0.0, 0.0), spacing)
    assert shapely.covers(shape.buffer(1e-6), shapely.points(found)).all()
    apart = np.hypot(*(found[:, None] - found[None, :]).transpose(2, 0, 1))
    apart[np.diag_indices(len(found))] = np.inf
    assert len(found) < 2 or apart.min() >= spacing - 1e-6


def test_neighbours_share_one_lattice():
    left = lines(shapely.box(0, 0, 40, 40), 2.0, 45.0)
    both = lines(shapely.box(0, 0, 80, 40), 2.0, 45.0)
    right = lines(shapely.box(40, 0, 80, 40), 2.0, 45.0)
    normal = np.array([np.sin(np.pi / 4), np.cos(np.pi / 4)])
    offsets = [np.unique((one[:, 0] @ normal).round(6) % 2.0) for one in (left, right, both)]
    assert all(one == pytest.approx(offsets[0], abs=1e-5) for one in offsets)


def test_a_self_crossing_ring_costs_a_stripe_never_the_map():
    bow = Polygon([(10, 10), (60, 60), (60, 10), (10, 60)])
    assert len(lines(bow, 2.0, 45.0)) > 10


def test_a_hole_has_no_hatch():
    ring = Polygon([(0, 0), (60, 0), (60, 60), (0, 60)], [[(20, 20), (40, 20), (40, 40), (20, 40)]])
    hole = shapely.box(20.01, 20.01, 39.99, 39.99)
    assert not any(shapely.LineString(one).intersects(hole) for one in lines(ring, 2.0, 30.0))
