"""Areas, lengths, bearings: on the ground (geodesic, on the CRS's own ellipsoid) and on the plane of the projection.

Geometries are in metres of a projected CRS, east then north; `epsg` says which. Geodesic means C. Karney's algorithms
as in pyproj.Geod ("Algorithms for geodesics", J. Geodesy 87, 2013), on the ellipsoid of the CRS (CGCS2000:
a = 6378137 m, 1/f = 298.257222101). An edge that is straight on the plane is no geodesic; edges are densified to
EDGE_M first, which keeps the difference of an area below 1 : 10⁹.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pyproj import Geod, Transformer  # loaded where it is needed: a window is there before it measures

EDGE_M = 2000.0
MANY = 200  # geometries from which on all are measured at once
SMALL_M = 1000.0  # across which the ground is enlarged evenly, to 1 : 10⁸
FARTHEST_M = 1e8  # from the projection's zero point; an edge that reaches farther would be densified without end
SQUARE_METRES_A_MU = 2000.0 / 3.0  # 1 亩 = 1/15 公顷


@cache
def geod(epsg: int) -> "Geod":
    """The ellipsoid of the CRS, ready for geodesics."""
    from pyproj import CRS

    found = CRS.from_epsg(epsg).get_geod()
    if found is None:
        raise ValueError(f"EPSG:{epsg} has no ellipsoid")
    return found


@cache
def to_geographic(epsg: int) -> "Transformer":
    """From east, north to longitude, latitude (degrees) of the CRS's own datum: no datum shift."""
    from pyproj import CRS, Transformer

    crs = CRS.from_epsg(epsg)
    return Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)


def measurable(geometry: BaseGeometry) -> bool:
    """Whether there is something to measure: every vertex is a number, and none is farther off than the earth is
    large. What another program wrote may be neither; the rule about shapes says so."""
    coordinates = np.abs(shapely.get_coordinates(geometry))
    return bool(len(coordinates) and (coordinates <= FARTHEST_M).all())  # NaN is not less than anything


def on_earth(geometry: BaseGeometry, epsg: int) -> bool:
    """Whether a shape lies where the CRS can say its longitude and latitude: degrees stored as metres do not."""
    if not measurable(geometry):
        return False
    return _has_degrees(geometry.bounds, epsg)


@lru_cache(maxsize=1024)
def _has_degrees(bounds: tuple[float, float, float, float], epsg: int) -> bool:
    west, south, east, north = bounds
    longitudes, latitudes = to_geographic(epsg).transform([west, east], [south, north])
    return bool(np.isfinite([*longitudes, *latitudes]).all())


def _degrees_of(line: BaseGeometry, epsg: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes along a line or ring, densified so that they follow the plane's straight edges."""
    coordinates = _dense(shapely.get_coordinates(line))
    longitudes, latitudes = to_geographic(epsg).transform(coordinates[:, 0], coordinates[:, 1])
    return longitudes, latitudes


def _dense(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners with more between them, so that no edge is longer than EDGE_M."""
    # Not shapely.segmentize: it drops repeated corners, and fails on shapes of no width.
    edges = np.diff(corners, axis=0)
    pieces = np.maximum(np.ceil(np.hypot(edges[:, 0], edges[:, 1]) / EDGE_M).astype(int), 1)
    if (pieces == 1).all():
        return corners
    index = np.repeat(np.arange(len(edges)), pieces)
    step = np.arange(len(index)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    between = corners[:-1][index] + edges[index] * (step / pieces[index])[:, None]
    return np.vstack([between, corners[-1:]])


def geodesic_area(geometries: BaseGeometry | Iterable[BaseGeometry | None], epsg: int) -> float:
    """Sum of the areas on the ellipsoid in m². Holes are left out; the direction of rings doesn't matter."""
    return float(geodesic_areas(_many(geometries), epsg).sum())


def geodesic_areas(geometries: Iterable[BaseGeometry | None], epsg: int) -> NDArray[np.float64]:
    """The area of each geometry on the ellipsoid in m²; 0 for None, points and lines."""
    found = list(geometries)
    if len(found) >= MANY:
        return _equal_areas(found, epsg)
    ellipsoid = geod(epsg)
    return np.array([_area(one, ellipsoid, epsg) for one in found], dtype=float)


def _equal_areas(geometries: Sequence[BaseGeometry | None], epsg: int) -> NDArray[np.float64]:
    """The same for many at once, forty times as fast: on Lambert's azimuthal equal-area plane of the same ellipsoid
    (J. Snyder, Map Projections, USGS PP 1395, 24), whose areas are the ellipsoid's. Of small ones the area on their own
    plane is enlarged as the ground in their middle is; edges of larger ones are densified as for geodesics. What is
    left between all ways is below 1 : 10⁷."""
    shapes = np.empty(len(geometries), dtype=object)
    shapes[:] = geometries
    every, of_shape = shapely.get_coordinates(shapes, return_index=True)
    near = (np.abs(every) <= FARTHEST_M).all(axis=1)  # as `measurable` says of one
    areas = np.zeros(len(shapes))
    if not near.any():
        return areas
    shapes[of_shape[~near]] = None
    plane = _to_equal_area(epsg, *np.round(to_geographic(epsg).transform(*every[near].mean(axis=0)), 1))
    boxes = shapely.bounds(shapes)
    small = (boxes[:, 2:] - boxes[:, :2] <= SMALL_M).all(axis=1)  # never of None, whose box is NaN
    # In the middle of the area, not of its box: the ground is enlarged more towards one side.
    middles = shapely.get_coordinates(shapely.centroid(shapes[small]))
    areas[small] = shapely.area(shapes[small]) * _enlarged(plane, middles)
    areas[~small] = _ringed_areas(shapes[~small], plane)
    return areas


def _enlarged(plane: "Transformer", places: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many times as large as on its own plane the ground is around each place; 0 off the earth."""
    half = SMALL_M / 4
    steps = np.array([(half, 0.0), (-half, 0.0), (0.0, half), (0.0, -half)])
    x, y = plane.transform(*(places[:, None] + steps).reshape(-1, 2).T)
    x, y = np.reshape(x, (-1, 4)), np.reshape(y, (-1, 4))
    cross = (x[:, 0] - x[:, 1]) * (y[:, 2] - y[:, 3]) - (x[:, 2] - x[:, 3]) * (y[:, 0] - y[:, 1])
    found: NDArray[np.float64] = np.where(np.isfinite(cross), np.abs(cross) / (2 * half) ** 2, 0.0)
    return found


def _ringed_areas(shapes: NDArray[np.object_], plane: "Transformer") -> NDArray[np.float64]:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    flat = shapely.get_type_id(parts) == 3
    rings, ring_part = shapely.get_rings(parts[flat], return_index=True)
    areas = np.zeros(len(shapes))
    if not len(rings):
        return areas
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    dense, dense_ring = _dense_rings(corners, ring)
    x, y = plane.transform(*dense.T)
    same = dense_ring[1:] == dense_ring[:-1]
    x, y = x - x[0], y - y[0]  # products of large coordinates would lose the area in rounding
    cross = np.where(same, x[:-1] * y[1:] - x[1:] * y[:-1], 0.0)
    of_ring = np.abs(np.bincount(dense_ring[:-1], weights=cross, minlength=len(rings))) / 2
    of_ring[~np.isfinite(of_ring)] = 0.0  # on no earth
    hole = np.zeros(len(rings), dtype=bool)
    hole[1:] = ring_part[1:] == ring_part[:-1]
    np.add.at(areas, owner[flat][ring_part], np.where(hole, -of_ring, of_ring))
    return areas


@cache
def _to_equal_area(epsg: int, longitude: float, latitude: float) -> "Transformer":
    from pyproj import CRS, Transformer
    from pyproj.crs import ProjectedCRS
    from pyproj.crs.coordinate_operation import LambertAzimuthalEqualAreaConversion

    crs = CRS.from_epsg(epsg)
    conversion = LambertAzimuthalEqualAreaConversion(latitude, longitude)
    return Transformer.from_crs(crs, ProjectedCRS(conversion, geodetic_crs=crs.geodetic_crs), always_xy=True)


def _dense_rings(
    corners: NDArray[np.float64], ring: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Corners of many rings with more between them, as `_dense` does for one."""
    edges = np.diff(corners, axis=0)
    inside = ring[1:] == ring[:-1]
    pieces = np.where(inside, np.maximum(np.ceil(np.hypot(edges[:, 0], edges[:, 1]) / EDGE_M), 1), 1).astype(int)
    if (pieces == 1).all():
        return corners, ring
    index = np.repeat(np.arange(len(edges)), pieces)
    step = np.arange(len(index)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    between = corners[:-1][index] + edges[index] * (step / pieces[index])[:, None]
    return np.vstack([between, corners[-1:]]), np.append(ring[:-1][index], ring[-1])


def _area(geometry: BaseGeometry | None, ellipsoid: "Geod", epsg: int) -> float:
    if geometry is None or not geometry.geom_type.endswith("Polygon") or not measurable(geometry):
        return 0.0
    total = 0.0
    for part in shapely.get_parts(geometry):
        total += _ring_area(part.exterior, ellipsoid, epsg)
        total -= sum(_ring_area(one, ellipsoid, epsg) for one in part.interiors)
    return total


def _ring_area(ring: BaseGeometry, ellipsoid: "Geod", epsg: int) -> float:
    area, _perimeter = ellipsoid.polygon_area_perimeter(*_degrees_of(ring, epsg))
    # A ring on no earth has no area there; one NaN would make nothing of every sum.
    return abs(float(area)) if math.isfinite(area) else 0.0


def geodesic_length(geometries: BaseGeometry | Iterable[BaseGeometry | None], epsg: int) -> float:
    """Sum of the lengths on the ellipsoid in metres: of lines, or of the outlines and holes of polygons."""
    ellipsoid = geod(epsg)
    total = 0.0
    for one in _many(geometries):
        if one is None or one.geom_type.endswith("Point") or not measurable(one):
            continue
        lines = one.boundary if one.geom_type.endswith("Polygon") else one
        for part in shapely.get_parts(lines):
            total += float(ellipsoid.line_length(*_degrees_of(part, epsg)))
    return total


def geodesic_lengths(geometries: Iterable[BaseGeometry | None], epsg: int) -> NDArray[np.float64]:
    """The length of each geometry on the ellipsoid in metres, as `geodesic_length` has it; 0 for None and points."""
    found = list(geometries)
    shapes = np.empty(len(found), dtype=object)
    shapes[:] = found
    areas = np.flatnonzero(shapely.get_dimensions(shapes) == 2)
    shapes[areas] = shapely.boundary(shapes[areas])
    every, of_shape = shapely.get_coordinates(shapes, return_index=True)
    shapes[of_shape[~(np.abs(every) <= FARTHEST_M).all(axis=1)]] = None  # as `measurable` says of one
    lines, owner = shapely.get_parts(shapes, return_index=True)
    lengths = np.zeros(len(shapes))
    corners, line = shapely.get_coordinates(lines, return_index=True)
    if len(corners) < 2:
        return lengths
    dense, dense_line = _dense_rings(corners, line)
    x, y = to_geographic(epsg).transform(*dense.T)
    same = np.flatnonzero(dense_line[1:] == dense_line[:-1])
    *_azimuths, edges = geod(epsg).inv(x[same], y[same], x[same + 1], y[same + 1])
    edges = np.where(np.isfinite(edges), edges, 0.0)  # on no earth
    np.add.at(lengths, owner[dense_line[same]], edges)
    return lengths


def edge_lengths(corners: NDArray[np.float64], epsg: int) -> NDArray[np.float64]:
    """The length on the ellipsoid of each edge between `corners` (N, 2) in metres: N - 1 numbers, not finite where a
    corner lies on no earth."""
    edges = np.diff(corners, axis=0)
    if (np.hypot(edges[:, 0], edges[:, 1]) > EDGE_M).any():
        dense, edge = _dense_rings(np.repeat(corners, 2, axis=0)[1:-1], np.repeat(np.arange(len(edges)), 2))
        longitudes, latitudes = to_geographic(epsg).transform(*dense.T)
        same = np.flatnonzero(edge[1:] == edge[:-1])
        *_azimuths, pieces = geod(epsg).inv(
            longitudes[same], latitudes[same], longitudes[same + 1], latitudes[same + 1]
        )
        lengths = np.zeros(len(edges))
        np.add.at(lengths, edge[same], pieces)
        return lengths
    longitudes, latitudes = to_geographic(epsg).transform(corners[:, 0], corners[:, 1])
    return np.asarray(geod(epsg).line_lengths(longitudes, latitudes))


def geodesic_distance(start: tuple[float, float], end: tuple[float, float], epsg: int) -> float:
    """Ground distance in metres between two places (east, north)."""
    longitudes, latitudes = to_geographic(epsg).transform([start[0], end[0]], [start[1], end[1]])
    return float(geod(epsg).line_length(longitudes, latitudes))


def bearing(start: tuple[float, float], end: tuple[float, float]) -> float:
    """坐标方位角 in degrees from grid north, clockwise, 0 to below 360; 0 where both places are one."""
    degrees = math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0
    return 0.0 if degrees >= 360.0 else degrees


def planar_distance(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Distance on the plane of the projection in metres."""
    return math.hypot(end[0] - start[0], end[1] - start[1])


def at_bearing(start: tuple[float, float], degrees: float, metres: float) -> tuple[float, float]:
    """The place at `metres` (on the plane) from `start` in the direction `degrees` from grid north, clockwise."""
    angle = math.radians(degrees)
    return start[0] + metres * math.sin(angle), start[1] + metres * math.cos(angle)


def layer_area_km2(ws: Workspace, layer: str) -> float:
    """Geodesic area of all features of a polygon layer in km²; overlaps count twice."""
    return geodesic_area(ws.table(layer).geometries.tolist(), ws.epsg) / 1e6


def _many(geometries: BaseGeometry | Iterable[BaseGeometry | None]) -> list[BaseGeometry | None]:
    return [geometries] if isinstance(geometries, BaseGeometry) else list(geometries)
