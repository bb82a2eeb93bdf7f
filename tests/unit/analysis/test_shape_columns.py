"""What shapes measure, as columns: the same numbers as everywhere, nothing where there is nothing to measure."""

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, box

from geohazard_desktop.analysis.measures import geodesic_area, geodesic_length, geodesic_lengths
from geohazard_desktop.analysis.shape_columns import with_measures
from geohazard_desktop.workspace.feature import Feature, FeatureTable

EPSG, EAST, NORTH = 4524, 36_390_000.0, 4_380_000.0


def test_units_are_of_one_measure_on_the_ellipsoid():
    shape = MultiPolygon([box(EAST, NORTH, EAST + 300, NORTH + 200)])
    table = with_measures(FeatureTable.of("x", [Feature("x", "a", shape)]), {"面积:公顷", "面积:亩", "周长:km"}, EPSG)
    area = geodesic_area(shape, EPSG)
    assert table.columns["面积:公顷"] == [pytest.approx(area / 1e4, rel=1e-9)]
    assert table.columns["面积:亩"] == [pytest.approx(area / 1e4 * 15, rel=1e-9)]
    assert table.columns["周长:km"] == [pytest.approx(geodesic_length(shape, EPSG) / 1000, rel=1e-9)]


def test_what_can_not_be_measured_has_no_value():
    line = MultiLineString([LineString([(EAST, NORTH), (EAST + 100, NORTH)])])
    shapes = [None, MultiPolygon(), line, MultiPoint([(EAST, NORTH)]), shapely.affinity.translate(line, np.inf)]
    table = FeatureTable.of("x", [Feature("x", str(at), one) for at, one in enumerate(shapes)])
    found = with_measures(table, {"面积", "长度"}, EPSG).columns
    assert found["面积"] == [None] * 5
    assert [one is None for one in found["长度"]] == [True, True, False, True, True]


def test_many_lengths_are_what_each_is_by_itself():
    rng = np.random.default_rng(7)
    shapes = [
        MultiLineString([np.add(rng.uniform(0, 9000, (5, 2)), (EAST, NORTH)) for _part in range(2)])
        for _line in range(20)
    ]
    shapes += [MultiPolygon([box(EAST, NORTH, EAST + 5000, NORTH + 9)]), None]
    each = [geodesic_length([one], EPSG) for one in shapes]
    assert geodesic_lengths(shapes, EPSG).tolist() == pytest.approx(each, rel=1e-9)


def test_a_table_that_has_its_measures_is_left_alone():
    table = FeatureTable.of("x", [Feature("x", "a", None, {"面积": 3.0})])
    assert with_measures(table, {"面积"}, EPSG) is table
