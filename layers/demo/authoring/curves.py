"""Lines that bend: everything here works in local metres (east, north) from ORIGIN in the projected CRS."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely import transform
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

EPSG = 4524
ORIGIN = np.array([36_390_000.0, 4_375_000.0])
DECIMALS = 7  # about a centimetre

Points = NDArray[np.float64]
Pair = tuple[float, float]

_FORWARD = Transformer.from_crs(4490, EPSG, always_xy=True)
GEOD = Geod(ellps="GRS80")


def at(lon: float, lat: float) -> Pair:
    """Local metres of a longitude and latitude (CGCS2000, degrees)."""
    east, north = _FORWARD.transform(lon, lat)
    return (east - ORIGIN[0], north - ORIGIN[1])


def along(*degrees: Pair) -> list[Pair]:
    """Local metres of several longitude-latitude pairs."""
    return [at(lon, lat) for lon, lat in degrees]


def to_degrees(geometry: BaseGeometry) -> BaseGeometry:
    """A local geometry as longitude and latitude, rounded to DECIMALS."""

    def backward(points: Points) -> Points:
        lon, lat = _FORWARD.transform(points[:, 0] + ORIGIN[0], points[:, 1] + ORIGIN[1], direction="INVERSE")
        return np.round(np.column_stack([lon, lat]), DECIMALS)

    return transform(geometry, backward)


def to_local(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry in degrees as local metres."""

    def forward(points: Points) -> Points:
        east, north = _FORWARD.transform(points[:, 0], points[:, 1])
        local: Points = np.column_stack([east, north]) - ORIGIN
        return local

    return transform(geometry, forward)


def area_km2(degrees: BaseGeometry) -> float:
    """Geodesic area on the CGCS2000 (GRS80-like) ellipsoid of a geometry in degrees."""
    return abs(GEOD.geometry_area_perimeter(degrees)[0]) / 1e6


def spline(points: Sequence[Pair], step: float = 25.0, closed: bool = False) -> Points:
    """A smooth curve through the points: cubic Hermite with chord-length parameters (no overshoot at uneven gaps).

    With `closed` the last point repeats the first.
    """
    given = np.asarray(points, dtype=float)
    if closed:
        given = np.vstack([given[-1], given, given[0], given[1]])
    else:
        given = np.vstack([2 * given[0] - given[1], given, 2 * given[-1] - given[-2]])
    gaps = np.sqrt(np.hypot(*np.diff(given, axis=0).T))  # centripetal
    times = np.concatenate([[0.0], np.cumsum(gaps)])
    parts = []
    for i in range(1, len(given) - 2):
        t0, t1, t2, t3 = times[i - 1 : i + 3]
        p0, p1, p2, p3 = given[i - 1 : i + 3]
        span = t2 - t1
        m1 = span * ((p1 - p0) / (t1 - t0) - (p2 - p0) / (t2 - t0) + (p2 - p1) / span)
        m2 = span * ((p2 - p1) / span - (p3 - p1) / (t3 - t1) + (p3 - p2) / (t3 - t2))
        count = max(2, math.ceil(float(np.hypot(*(p2 - p1))) / step))
        u = np.linspace(0.0, 1.0, count, endpoint=False)[:, None]
        parts.append(
            (2 * u**3 - 3 * u**2 + 1) * p1 + (u**3 - 2 * u**2 + u) * m1
            + (-2 * u**3 + 3 * u**2) * p2 + (u**3 - u**2) * m2
        )  # fmt: skip
    parts.append(given[-2][None, :])
    return np.vstack(parts)


def wobble(points: Points, waves: Sequence[tuple[float, float]], seed: int, taper: float = 0.0) -> Points:
    """Shift points sideways by sums of sines: (wavelength, amplitude) in metres, phases fixed by `seed`.

    A closed ring stays closed. `taper` is the length over which the shift fades at the ends of an open line.
    """
    chance = np.random.default_rng(seed)
    closed = bool(np.allclose(points[0], points[-1]))
    steps = np.hypot(*np.diff(points, axis=0).T)
    place = np.concatenate([[0.0], np.cumsum(steps)])
    total = place[-1]
    if closed:
        tangent = np.roll(points[:-1], -1, axis=0) - np.roll(points[:-1], 1, axis=0)
        tangent = np.vstack([tangent, tangent[0]])
    else:
        tangent = np.gradient(points, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None]
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    shift = np.zeros(len(points))
    for wavelength, amplitude in waves:
        turns = max(1, round(total / wavelength))
        # Two neighbouring frequencies beat, so that no two bends are alike.
        for extra, share in ((0, 0.6), (1, 0.4), (max(1, turns // 3), 0.3)):
            phase = chance.uniform(0, 2 * np.pi)
            shift += share * amplitude * np.sin(2 * np.pi * (turns + extra) * place / total + phase)
    if taper and not closed:
        shift *= np.clip(np.minimum(place, total - place) / taper, 0, 1)
    return points + normal * shift[:, None]


def stream(points: Sequence[Pair], seed: int, bend: float = 45.0) -> LineString:
    """A seasonal gully through the points: long bends that grow downstream, small ones on top."""
    base = spline(points, 20)
    line = wobble(base, [(1500, bend * 1.1), (640, bend * 0.55), (260, bend * 0.16)], seed, taper=500)
    grow = np.linspace(0.6, 1.15, len(base))[:, None]
    return thin(LineString(base + (line - base) * grow), 1.2)


def slope_ring(points: Sequence[Pair], seed: int, waves: Sequence[tuple[float, float]], step: float = 20) -> Polygon:
    """A closed outline as slopes draw it."""
    ring = Polygon(wobble(spline(points, step, closed=True), waves, seed))
    return ring if ring.is_valid else largest(ring.buffer(0))


def blob(
    centre: Pair, long: float, short: float, angle: float, seed: int, rough: float = 0.12, count: int = 9
) -> Polygon:
    """An irregular rounded outline; half axes in metres, angle in degrees from east."""
    chance = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False) + chance.uniform(-0.18, 0.18, count)
    size = 1 + chance.uniform(-rough, rough, count)
    local = np.column_stack([long * size * np.cos(turn), short * size * np.sin(turn)])
    ring = rotated(local, angle) + np.asarray(centre)
    return slope_ring([tuple(p) for p in ring], seed, [(220, 7), (90, 2.5)], step=14)


def rotated(points: Points, angle: float) -> Points:
    """Points turned anticlockwise about the origin by `angle` degrees."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turned: Points = np.asarray(points, dtype=float) @ np.array([[c, s], [-s, c]])
    return turned


def scaled_to(shape: Polygon, km2: float) -> Polygon:
    """The same shape grown or shrunk about its centre to a geodesic area."""
    centre = np.array([shape.centroid.x, shape.centroid.y])
    for _ in range(4):
        factor = math.sqrt(km2 / area_km2(to_degrees(shape)))
        shape = transform(shape, lambda p, f=factor: centre + (p - centre) * f)
    return shape


def thin(geometry: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Leave out vertices that lie within `tolerance` metres of the line."""
    return geometry.simplify(tolerance)


def largest(geometry: BaseGeometry) -> Polygon:
    """The biggest polygon of a geometry."""
    parts = [g for g in getattr(geometry, "geoms", [geometry]) if isinstance(g, Polygon)]
    return max(parts, key=lambda one: one.area)


def piece(line: LineString, start: Pair, end: Pair) -> list[Pair]:
    """The part of a line between two points near it, in that direction."""
    from shapely.geometry import Point

    part = substring(line, line.project(Point(start)), line.project(Point(end)))
    return [(x, y) for x, y in part.coords]


@cache
def towards(angle: float) -> Pair:
    """Unit vector of an angle in degrees from east, anticlockwise."""
    return (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
