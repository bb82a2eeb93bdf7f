"""Areas and lengths on the ellipsoid, against figures reckoned in other ways."""

import math

import numpy as np
import pytest
import shapely
from fresh import fresh_workspace
from pyproj import Geod, Transformer
from shapely import LineString, MultiPolygon, Point, Polygon

from geohazard_desktop.analysis.measures import (
    at_bearing,
    bearing,
    geodesic_area,
    geodesic_areas,
    geodesic_distance,
    geodesic_length,
    layer_area_km2,
)
from geohazard_desktop.workspace.edits import create_feature

EPSG = 4524
E, N = 36_390_000.0, 4_374_000.0
CGCS2000 = Geod(a=6378137.0, rf=298.257222101)


def to_plane(longitude: float, latitude: float) -> tuple[float, float]:
    return Transformer.from_crs(4490, EPSG, always_xy=True).transform(longitude, latitude)


def test_the_area_of_a_cell_between_meridians_and_parallels():
    """The zone between two parallels has a closed formula; its share between two meridians is the cell."""
    west, east, south, north = 106.6, 106.8, 39.4, 39.6
    steps = np.linspace(0, 1, 400)
    ring = [(west + (east - west) * t, south) for t in steps] + [(east, south + (north - south) * t) for t in steps]
    ring += [(east - (east - west) * t, north) for t in steps] + [(west, north - (north - south) * t) for t in steps]
    cell = Polygon([to_plane(*place) for place in ring])
    b = 6378137.0 * (1 - 1 / 298.257222101)
    e = math.sqrt(1 - (b / 6378137.0) ** 2)

    def q(latitude: float) -> float:
        s = math.sin(math.radians(latitude))
        return s / (1 - (e * s) ** 2) + math.atanh(e * s) / e

    expected = math.radians(east - west) * b * b / 2 * (q(north) - q(south))
    assert geodesic_area(cell, EPSG) == pytest.approx(expected, rel=1e-7)


def test_the_plane_is_larger_than_the_ground_here():
    """Scale factor about 1.00015 at 110 km from the central meridian: areas differ by 0.03 %."""
    square = shapely.box(E, N, E + 1000, N + 1000)
    ground = geodesic_area(square, EPSG)
    assert 1.00020 < 1e6 / ground < 1.00040


def test_holes_parts_and_direction():
    outer = shapely.box(E, N, E + 300, N + 300)
    hole = shapely.box(E + 100, N + 100, E + 200, N + 200)
    holed = Polygon(outer.exterior.coords, [hole.exterior.coords])
    expected = geodesic_area(outer, EPSG) - geodesic_area(hole, EPSG)
    assert geodesic_area(holed, EPSG) == pytest.approx(expected)
    assert geodesic_area(holed.reverse(), EPSG) == pytest.approx(expected)
    both = MultiPolygon([holed, shapely.box(E + 500, N, E + 600, N + 100)])
    assert geodesic_area(both, EPSG) == pytest.approx(expected + geodesic_area(both.geoms[1], EPSG))


def test_one_at_a_time_and_nothing():
    one = shapely.box(E, N, E + 10, N + 10)
    areas = geodesic_areas([one, None, Point(E, N), Polygon()], EPSG)
    assert areas[0] > 0
    assert list(areas[1:]) == [0, 0, 0]
    assert geodesic_area([], EPSG) == 0


def test_a_shape_of_no_width_has_no_area_and_does_not_fail():
    assert geodesic_area(Polygon([(E, N), (E, N), (E, N)]), EPSG) == 0
    assert geodesic_area(Polygon([(E, N), (E + 9, N), (E, N)]), EPSG) == pytest.approx(0, abs=1e-6)


def test_lengths():
    start, end = to_plane(106.70, 39.50), to_plane(106.75, 39.53)
    expected = CGCS2000.line_length([106.70, 106.75], [39.50, 39.53])
    assert geodesic_length(LineString([start, end]), EPSG) == pytest.approx(expected, abs=0.01)
    assert geodesic_distance(start, end, EPSG) == pytest.approx(expected, abs=1e-6)
    square = shapely.box(E, N, E + 100, N + 100)
    assert geodesic_length(square, EPSG) == pytest.approx(400, rel=3e-4)
    assert geodesic_length([Point(E, N), None], EPSG) == 0


@pytest.mark.parametrize("degrees", [0, 37.5, 90, 180, 270, 359.9])
def test_bearing_is_clockwise_from_north(degrees):
    assert bearing((E, N), at_bearing((E, N), degrees, 250)) == pytest.approx(degrees, abs=1e-6)


def test_area_of_a_layer(tmp_path, district):
    with fresh_workspace(tmp_path / "a.gpkg", district) as ws:
        assert layer_area_km2(ws, "danger_zone") == 0
        square = shapely.box(E, N, E + 1000, N + 1000)
        ws.apply(create_feature(ws.definitions, "danger_zone", square, {"hazard_type": "滑坡"}))
        assert layer_area_km2(ws, "danger_zone") == pytest.approx(1, rel=5e-4)


def test_many_at_once_are_measured_like_one_at_a_time():
    rng = np.random.default_rng(5)
    places = zip(rng.uniform(-2e4, 2e4, 250), rng.uniform(-2e4, 2e4, 250), rng.uniform(20, 9000, 250), strict=True)
    holed = [Point(E + x, N + y).buffer(r).difference(Point(E + x, N + y).buffer(r / 2)) for x, y, r in places]
    mixed = [
        *holed,
        None,
        Point(E, N),
        MultiPolygon([shapely.box(E, N, E + 9, N + 9), shapely.box(E + 20, N, E + 29, N + 9)]),
    ]
    mixed += [Polygon(), Polygon([(1e300, 0), (1e300, 5), (0, 5)])]
    together = geodesic_areas(mixed, EPSG)
    assert together == pytest.approx([geodesic_area(one, EPSG) if one is not None else 0.0 for one in mixed], rel=2e-7)
    assert together[:250].sum() == pytest.approx(sum(geodesic_area(one, EPSG) for one in holed), rel=3e-8)
    assert together[250:252].tolist() == [0.0, 0.0]
    # Small ones with most of their ground at one side, a hundred kilometres from the meridian.
    corner = shapely.segmentize(Polygon([(E, N), (E + 900, N), (E, N + 900)]), 30)
    leaning = [shapely.transform(corner, lambda places, far=far: places + far) for far in range(250)]
    assert geodesic_areas(leaning, EPSG) == pytest.approx([geodesic_area(one, EPSG) for one in leaning], rel=1e-8)
    assert together[-2:].tolist() == [0.0, 0.0]
