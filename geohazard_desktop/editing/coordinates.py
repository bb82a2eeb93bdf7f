"""Typed coordinates in any form that surveyors write, read with a preview before they are taken.

Understood: 十进制度 (106.7079, 39.4745, either order); 度分秒 (106°42′28.6″E 39°28′28.1″N, 东经106度42分…,
106 42 28.6 39 28 28.1); 度.分秒 packed (106.42286); 高斯 X 北 Y 东 in either order, with or without the zone number,
of the workspace's zone or another 3° or 6° zone. Several readings of one text are all returned, the likeliest first:
a person decides.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import dms
from geohazard_desktop.domain.written_degrees import marked_pair
from geohazard_desktop.editing.tool import Bounds

if TYPE_CHECKING:
    from pyproj import Transformer  # loaded where it is needed: a window is there before coordinates are typed

# China's land, generously: what lies outside is no reading of a Chinese district's coordinates.
_LONGITUDES = (72.0, 137.0)
_LATITUDES = (3.0, 54.5)
_NORTHINGS = (300_000.0, 6_100_000.0)
_EASTINGS = (100_000.0, 900_000.0)
_THREE_DEGREE_ZONES = range(25, 46)  # EPSG 4513…4533, CGCS2000 3-degree Gauss-Kruger zone 25…45
_SIX_DEGREE_ZONES = range(13, 24)  # EPSG 4491…4501, CGCS2000 Gauss-Kruger zone 13…23
_NEAR_M = 5_000.0
_THIN = "\u2009"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: east and north in metres of the workspace's CRS, degrees, and how it was read.

    A `guess` is offered only where it falls into the district's surroundings.
    """

    east: float
    north: float
    longitude: float
    latitude: float
    form: str
    near: bool
    guess: bool = False

    @property
    def words(self) -> str:
        """The preview: how it was read, Gauss and geographic, and whether it lies in the district's surroundings."""
        gauss = _("X 北 {north}  Y 东 {east}").format(north=_grouped(self.north), east=_grouped(self.east))
        where = "" if self.near else _("（在本区范围外）")
        return _("{form}：{gauss}，{longitude}E {latitude}N{where}").format(
            form=self.form,
            gauss=gauss,
            longitude=dms(self.longitude),
            latitude=dms(self.latitude),
            where=where,
        )


def read_coordinates(text: str, epsg: int, *, bounds: Bounds | None = None) -> list[Reading]:
    """All readings of `text`, likeliest first. `bounds` (metres) are the district's; readings near it come first.

    Raises EditRefused with the accepted forms when nothing fits.
    """
    plain = _plain(text)
    found: list[Reading] = []
    for reading in (*_gauss(plain, epsg), *_geographic(plain, epsg)):
        near = _near(reading, bounds)
        marked = replace(reading, near=near)
        if marked.guess and not (near and bounds is not None):
            continue
        if not any(_same(marked, other) for other in found):
            found.append(marked)
    if not found:
        raise EditRefused(
            _("看不懂坐标“{text}”。").format(text=text.strip()),
            _("可以写 106.7079, 39.4745，或 106°42′28.6″ 39°28′28.1″，或 高斯 X（北）4372020 Y（东）36388840。"),
        )
    return sorted(found, key=lambda one: not one.near)


def looks_like_coordinates(text: str) -> bool:
    """True when a search box had better treat `text` as coordinates: two numbers or degree signs, no other words."""
    plain = _plain(text)
    words = re.sub(r"[XYNSEWxynsewLBlb东西南北经纬度分秒坐标高斯]", "", re.sub(r"[\d.\s,;:°′″+\-=()]", "", plain))
    return not words and len(re.findall(r"\d+(?:\.\d+)?", plain)) >= 2


# -- Gauss ---------------------------------------------------------------------------------------------------------


def _gauss(text: str, epsg: int) -> Iterator[Reading]:
    if "°" in text:
        return
    numbers = _two_numbers(text)
    if numbers is None:
        return
    first, second = numbers
    for north, east in ((first, second), (second, first)):
        if not (_NORTHINGS[0] <= north <= _NORTHINGS[1]):
            continue
        yield from _east_readings(north, east, epsg)


def _east_readings(north: float, east: float, epsg: int) -> Iterator[Reading]:
    if _EASTINGS[0] <= east <= _EASTINGS[1]:
        own = _false_easting(epsg) - 500_000.0 + east
        yield from _from_crs(epsg, own, north, epsg, _("高斯，不带带号，按本区的带"))
        # Maps of 1:25 000 and smaller come in the 6° zone: same place, easting 258 km off.
        for number in _six_degree_zones(epsg):
            form = _("高斯，不带带号，按 6 度带第 {zone} 带").format(zone=number)
            for reading in _from_crs(4491 + number - 13, number * 1_000_000.0 + east, north, epsg, form):
                yield replace(reading, guess=True)
        return
    zone, rest = divmod(east, 1_000_000.0)
    if not (_EASTINGS[0] <= rest <= _EASTINGS[1]):
        return
    source = None
    if int(zone) in _THREE_DEGREE_ZONES:
        source, form = 4513 + int(zone) - 25, _("高斯 3 度带第 {zone} 带").format(zone=int(zone))
    elif int(zone) in _SIX_DEGREE_ZONES:
        source, form = 4491 + int(zone) - 13, _("高斯 6 度带第 {zone} 带").format(zone=int(zone))
    if source is not None:
        yield from _from_crs(source, east, north, epsg, form)


@cache
def _six_degree_zones(epsg: int) -> tuple[int, ...]:
    """The 6° zones that the workspace's zone lies in: one, or two where its central meridian parts them."""
    longitude, _latitude = _to_degrees(epsg).transform(_false_easting(epsg), 4_000_000.0)
    zones = {int((longitude + shift) // 6) + 1 for shift in (-0.5, 0.5)}
    return tuple(sorted(zone for zone in zones if zone in _SIX_DEGREE_ZONES))


@cache
def _false_easting(epsg: int) -> float:
    """500 000 m, or with the zone number in front (36 500 000 m)."""
    from pyproj import CRS

    operation = CRS.from_epsg(epsg).coordinate_operation
    for one in operation.params if operation is not None else ():
        if one.name == "False easting":
            return float(one.value)
    return 500_000.0


@cache
def _between(source: int, target: int) -> "Transformer":
    from pyproj import CRS, Transformer

    return Transformer.from_crs(CRS.from_epsg(source), CRS.from_epsg(target), always_xy=True)


def _from_crs(source: int, east: float, north: float, epsg: int, form: str) -> Iterator[Reading]:
    from pyproj import CRS

    if source != epsg:
        east, north = _between(source, epsg).transform(east, north)
    geographic = CRS.from_epsg(epsg).geodetic_crs
    longitude, latitude = _to_degrees(epsg).transform(east, north)
    if geographic is not None and abs(longitude) <= 180 and abs(latitude) <= 90:
        yield Reading(east, north, longitude, latitude, form, False)


@cache
def _to_degrees(epsg: int) -> "Transformer":
    from pyproj import CRS, Transformer

    crs = CRS.from_epsg(epsg)
    return Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)


def from_degrees(epsg: int, longitude: float, latitude: float) -> tuple[float, float]:
    """East and north in metres of `epsg` for degrees of its own datum. WGS 84 differs less than phones do."""
    east, north = _to_degrees(epsg).transform(longitude, latitude, direction="INVERSE")
    return float(east), float(north)


# -- degrees -------------------------------------------------------------------------------------------------------


def _geographic(text: str, epsg: int) -> Iterator[Reading]:
    for values, form in _degree_pairs(text):
        for longitude, latitude in (values, values[::-1]):
            if _LONGITUDES[0] <= longitude <= _LONGITUDES[1] and _LATITUDES[0] <= latitude <= _LATITUDES[1]:
                east, north = _to_degrees(epsg).transform(longitude, latitude, direction="INVERSE")
                yield Reading(east, north, longitude, latitude, form, False)
                break


def _degree_pairs(text: str) -> Iterator[tuple[tuple[float, float], str]]:
    marked = marked_pair(text)
    if marked is not None:
        values = [_from_dms(one.degrees, one.minutes, one.seconds) for one in marked]
        if None not in values:
            form = _("度分秒") if any(one.minutes for one in marked) else _("十进制度")
            yield (values[0] or 0.0, values[1] or 0.0), form
        return
    numbers = re.findall(r"-?\d+(?:\.\d+)?", text)
    if len(numbers) in (4, 6) and "°" not in text:
        half = len(numbers) // 2
        values = [_from_dms(*(*numbers[:half], "", "")[:3]), _from_dms(*(*numbers[half:], "", "")[:3])]
        if None not in values:
            yield (values[0] or 0.0, values[1] or 0.0), _("度分秒") if half == 3 else _("度分")
    if len(numbers) == 2:
        yield (float(numbers[0]), float(numbers[1])), _("十进制度")
        packed = [_from_packed(one) for one in numbers]
        if None not in packed:
            yield (packed[0] or 0.0, packed[1] or 0.0), _("度.分秒")


def _from_dms(degrees: str, minutes: str, seconds: str) -> float | None:
    m, s = float(minutes or 0), float(seconds or 0)
    if m >= 60 or s >= 60 or ("." in degrees and (minutes or seconds)) or ("." in minutes and seconds):
        return None
    return float(degrees) + m / 60.0 + s / 3600.0


def _from_packed(text: str) -> float | None:
    """ddd.mmss…: degrees, two digits of minutes, two of seconds, then decimals of a second."""
    found = re.fullmatch(r"(\d+)\.(\d\d)(\d\d)(\d*)", text)
    if found is None:
        return None
    seconds = float(f"{found.group(3)}.{found.group(4) or 0}")
    return _from_dms(found.group(1), found.group(2), str(seconds)) if seconds < 60 else None


# -- text ----------------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Full-width forms, Chinese unit words and every kind of prime as plain signs; 南 and 西 don't occur in China."""
    # Primes first: NFKC turns ″ into two ′.
    for signs, plain in (('″“”"', "″"), ("′‘’'`´", "′")):
        for sign in signs:
            text = text.replace(sign, plain)
    text = text.replace("′′", "″")
    kept = "\ue000", "\ue001"
    text = text.replace("″", kept[0]).replace("′", kept[1])
    text = unicodedata.normalize("NFKC", text).replace(kept[0], "″").replace(kept[1], "′")
    text = text.replace("度", "°").replace("º", "°").replace("˚", "°").replace("分", "′").replace("秒", "″")
    text = text.replace("，", ",").replace("、", ",").replace("；", ",")
    # 4 372 020.00 and 4,372,020.00: thousands marks go, separators between numbers stay.
    text = re.sub(rf"(?<=\d)[{_THIN}\u00a0\u202f](?=\d{{3}}(?!\d))", "", text)
    return re.sub(r"(?<=\d),(?=\d{3}(?:,\d{3})*\.\d)", "", text)


def _two_numbers(text: str) -> Sequence[float] | None:
    numbers = re.findall(r"-?\d+(?:\.\d+)?", text)
    if len(numbers) != 2:
        numbers = re.findall(r"-?\d+(?:\.\d+)?", _without_grouping_spaces(text))
    return [float(one) for one in numbers] if len(numbers) == 2 else None


def _without_grouping_spaces(text: str) -> str:
    """4 372 020.00 → 4372020.00, where single spaces part groups of three digits."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)


def _grouped(number: float) -> str:
    return f"{number:,.2f}".replace(",", _THIN)


def _near(reading: Reading, bounds: Bounds | None) -> bool:
    if bounds is None:
        return True
    east_min, north_min, east_max, north_max = bounds
    return (
        east_min - _NEAR_M <= reading.east <= east_max + _NEAR_M
        and north_min - _NEAR_M <= reading.north <= north_max + _NEAR_M
    )


def _same(one: Reading, other: Reading) -> bool:
    return abs(one.east - other.east) < 0.001 and abs(one.north - other.north) < 0.001
