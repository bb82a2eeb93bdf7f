"""Rings and lines in one buffer: nothing lost, nothing turned wrong, the same in a painter's path."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from shapely import LineString, MultiPolygon, Polygon, box
from shapely.affinity import translate

from geohazard_desktop.cartography import along
from geohazard_desktop.cartography.strips import POINTS_A_PATH, Strips, painter_paths

SIZES = st.floats(1, 50)


@st.composite
def ring_polygons(draw):
    """A box with a hole, either ring in either direction, somewhere at real coordinates."""
    east, north = draw(st.floats(36_300_000, 36_500_000)), draw(st.floats(4_300_000, 4_400_000))
    wide, high = draw(SIZES), draw(SIZES)
    outer = [(0, 0), (wide, 0), (wide, high), (0, high)]
    inner = [(wide * x, high * y) for x, y in ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))]
    outer, inner = (one[:: draw(st.sampled_from([1, -1]))] for one in (outer, inner))
    return Polygon([(east + x, north + y) for x, y in outer], [[(east + x, north + y) for x, y in inner]])


def areas(*shapes):
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return Strips.of_areas(made, np.arange(len(shapes)))


def signed_area(points):
    x, y = (points - points[0]).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def rings(strips):
    return [strips.points[a:b] for a, b in zip(strips.starts[:-1], strips.starts[1:], strict=True)]


@given(ring_polygons())
def test_outer_rings_turn_one_way_and_holes_the_other(shape):
    outer, inner = rings(areas(shape))
    assert signed_area(outer) > 0 > signed_area(inner)
    assert signed_area(outer) + signed_area(inner) == pytest.approx(shape.area, rel=1e-6)


@given(st.lists(ring_polygons(), min_size=1, max_size=6))
def test_no_point_is_lost_and_each_ring_knows_its_feature(shapes):
    strips = areas(*shapes)
    assert len(strips.points) == sum(shapely.get_num_coordinates(one) for one in shapes)
    assert strips.features.tolist() == [number for number in range(len(shapes)) for _ring in range(2)]
    assert all((one[0] == one[-1]).all() for one in rings(strips))


def test_what_cutting_leaves_as_points_and_lines_is_not_filled():
    mixed = shapely.GeometryCollection([box(0, 0, 1, 1), LineString([(0, 0), (5, 5)]), shapely.Point(9, 9)])
    assert len(areas(mixed, box(5, 5, 6, 6))) == 2
    assert areas(mixed, box(5, 5, 6, 6)).features.tolist() == [0, 1]


def test_rings_of_one_feature_stay_in_one_path():
    """Or its hole would be filled."""
    holed = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
    many = [translate(holed, 20 * n) for n in range(7)]
    paths = list(painter_paths(areas(*many), features_a_path=2))
    assert len(paths) == 4
    for n in range(7):
        assert any(path.contains(QPointF(20 * n + 1, 1)) for path in paths)
        assert not any(path.contains(QPointF(20 * n + 4.5, 4.5)) for path in paths)


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=60), st.integers(1, 50))
def test_paths_hold_all_points_in_order_and_few_features(sizes, most):
    """Big features get paths of their own: the time of a path grows with its square."""
    count = np.array(sizes) + 1
    line = np.column_stack([np.arange(count.sum()), np.zeros(count.sum())]).astype(float)
    strips = Strips(line, np.concatenate([[0], np.cumsum(count)]), np.arange(len(sizes)))
    paths = list(painter_paths(strips, features_a_path=most))
    elements = [path.elementAt(n) for path in paths for n in (0, path.elementCount() - 1)]
    assert sum(path.elementCount() for path in paths) == len(line)
    assert [one.x for one in elements] == sorted(one.x for one in elements)
    begins = {float(one) for one in strips.starts[:-1]}
    assert all(path.elementAt(0).x in begins for path in paths)
    held = [
        sum(path.elementAt(0).x <= one <= path.elementAt(path.elementCount() - 1).x for one in begins) for path in paths
    ]
    assert max(held) <= most
    assert all(path.elementCount() - count.max() < POINTS_A_PATH for path in paths)


def test_a_path_has_the_very_coordinates():
    (path,) = painter_paths(areas(MultiPolygon([box(0.1, 0.2, 3.3, 4.4)])))
    assert path.elementCount() == 5
    assert (path.boundingRect().left(), path.boundingRect().bottom()) == (0.1, 4.4)


@given(st.floats(0.5, 6), st.floats(0.2, 6), st.floats(20, 90))
def test_dashes_cover_their_share_of_the_line_in_order(on, off, length):
    line = Strips(np.array([(0.0, 0.0), (length / 3, 0.0), (length, 0.0)]), np.array([0, 3]), np.array([0]))
    dashes = rings(along.dashed(line, (on, off), (0, -1, length, 1)))
    drawn = sum(abs(one[-1, 0] - one[0, 0]) for one in dashes)
    whole, rest = divmod(length, on + off)
    assert drawn == pytest.approx(whole * on + min(rest, on), abs=1e-6)
    begins = [one[0, 0] for one in dashes]
    assert begins == sorted(begins)


def test_a_dash_dot_line_has_dashes_and_dots():
    line = Strips(np.array([(0.0, 0.0), (20.0, 0.0)]), np.array([0, 2]), np.array([0]))
    dashes = rings(along.dashed(line, (4.0, 1.0, 2.0, 3.0), (0, -1, 20, 1)))
    assert [(one[0, 0], one[-1, 0]) for one in dashes] == [(0, 4), (5, 7), (10, 14), (15, 17)]


@given(st.floats(0, 40), st.floats(10, 40))
def test_a_shortened_line_ends_that_much_earlier(cut, length):
    line = Strips(np.array([(0.0, 0.0), (length, 0.0)]), np.array([0, 2]), np.array([0]))
    left = along.shortened(line, np.array([cut])).points[-1, 0]
    assert left == pytest.approx(max(length - cut, length * 0.2))


def _edges(strips: Strips) -> list[frozenset[tuple[float, float]]]:
    found = []
    for first, last in zip(strips.starts[:-1], strips.starts[1:], strict=True):
        places = [tuple(one) for one in strips.points[first:last].tolist()]
        found += [frozenset(pair) for pair in itertools.pairwise(places)]
    return found


@given(st.integers(1, 5), st.integers(1, 5), st.randoms(use_true_random=False))
def test_a_border_that_areas_share_is_drawn_once_and_no_other_is_lost(columns, rows, random):
    cells = [shapely.box(x, y, x + 1, y + 1) for x in range(columns) for y in range(rows) if random.random() < 0.8]
    cells = [shapely.reverse(one) if random.random() < 0.5 else one for one in cells]
    strips = Strips.of_areas(np.array(cells, dtype=object), np.arange(len(cells)))
    once = strips.each_edge_once()
    assert set(_edges(once)) == set(_edges(strips))
    assert len(_edges(once)) == len(set(_edges(once)))
    assert (np.diff(once.starts) >= 2).all()
    assert set(once.features.tolist()) <= set(strips.features.tolist())


def test_an_outline_that_touches_itself_keeps_every_side():
    bow = Strips(
        np.array([[0, 0], [4, 0], [2, 2], [4, 4], [0, 4], [2, 2], [0, 0]], float), np.array([0, 7]), np.array([3])
    )
    assert bow.each_edge_once() is bow
