"""GCJ-02 (火星坐标), the offset of Amap, Tencent and Ovital exports, and BD-09 (Baidu) on top of it.

The publicly known formula (the "eviltransform" polynomial on the Krassovsky ellipsoid) gives WGS 84 → GCJ-02; the way
back is found by fixed-point iteration and returns to within 1e-9 degrees of what the formula maps forward. The formula
itself meets real map services to 1 or 2 metres.
"""

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]

_SEMI_MAJOR = 6378245.0  # metres, Krassovsky
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)  # west, south, east, north: outside, services do not shift
_BAIDU_TURN = np.pi * 3000.0 / 180.0


def gcj02_from_wgs84(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """WGS 84 degrees → GCJ-02 degrees, elementwise. Outside China's box unchanged."""
    longitude, latitude = np.asarray(longitude, float), np.asarray(latitude, float)
    east, north = _offset_seeds(longitude - 105.0, latitude - 35.0)
    radians = np.radians(latitude)
    magic = 1 - _ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    root = np.sqrt(magic)
    north_degrees = north * 180.0 / ((_SEMI_MAJOR * (1 - _ECCENTRICITY_SQUARED)) / (magic * root) * np.pi)
    east_degrees = east * 180.0 / (_SEMI_MAJOR / root * np.cos(radians) * np.pi)
    west, south, east_limit, north_limit = _CHINA
    inside = (longitude >= west) & (longitude <= east_limit) & (latitude >= south) & (latitude <= north_limit)
    return longitude + np.where(inside, east_degrees, 0.0), latitude + np.where(inside, north_degrees, 0.0)


def wgs84_from_gcj02(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """GCJ-02 degrees → WGS 84 degrees by iteration; usually 4 rounds reach 1e-11 degrees."""
    longitude, latitude = np.asarray(longitude, float), np.asarray(latitude, float)
    guess_longitude, guess_latitude = longitude.copy(), latitude.copy()
    for _round in range(20):
        there_longitude, there_latitude = gcj02_from_wgs84(guess_longitude, guess_latitude)
        miss_longitude, miss_latitude = longitude - there_longitude, latitude - there_latitude
        guess_longitude, guess_latitude = guess_longitude + miss_longitude, guess_latitude + miss_latitude
        if not miss_longitude.size or max(np.abs(miss_longitude).max(), np.abs(miss_latitude).max()) < 1e-11:
            break
    return guess_longitude, guess_latitude


def gcj02_from_bd09(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """BD-09 degrees → GCJ-02 degrees by the public closed form (good to about 1 m)."""
    x, y = np.asarray(longitude, float) - 0.0065, np.asarray(latitude, float) - 0.006
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * _BAIDU_TURN)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * _BAIDU_TURN)
    return radius * np.cos(angle), radius * np.sin(angle)


def _offset_seeds(x: Degrees, y: Degrees) -> tuple[Degrees, Degrees]:
    """The polynomial's two offsets (east, north) in metres; x, y are degrees from 105°E, 35°N."""
    common = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    root = np.sqrt(np.abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    return east, north
