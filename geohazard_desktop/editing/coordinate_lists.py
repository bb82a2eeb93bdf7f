"""Lists of coordinates as they come from Excel, a survey's text file or a document, in metres of the workspace.

What titles and headings say of datum and zone counts: a list in an old datum is moved by what is known, which is
little, and says so. Numbers alone are read in any form that `read_coordinates` understands.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.datums import OWN, Datum, Said, datums
from geohazard_desktop.editing.coordinates import from_degrees, read_coordinates
from geohazard_desktop.editing.tool import Bounds, Place, rounded
from geohazard_desktop.exchange.corner_list import Corner, CornerList, corner_list
from geohazard_desktop.exchange.gcj02 import gcj02_from_bd09, wgs84_from_gcj02

if TYPE_CHECKING:
    from pyproj import Transformer


@dataclass(frozen=True, slots=True)
class ListedShape:
    """A shape of a list: its name ("" where it has none) and its rings, the outline first, then its holes."""

    name: str
    rings: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True)
class CoordinateList:
    """What was read: places (east, north; metres of the workspace's CRS) and how ("高斯，不带带号，按本区的带").

    `shapes` are the same places in their shapes. `datum` is what was taken. `told` are sentences on what was passed
    over; `doubts` are such that a person has to agree before anything is stored; `mark` goes into 数据来源 where the
    places are known to be off.
    """

    places: tuple[Place, ...]
    form: str
    shapes: tuple[ListedShape, ...] = ()
    datum: str = OWN
    told: str = ""
    doubts: str = ""
    mark: str = ""


def read_list(
    text: str, epsg: int, *, bounds: Bounds | None = None, datum: str | None = None, closed: bool = True
) -> CoordinateList:
    """The corners of a list. Lines that hold none (titles, lengths, areas) are passed over and counted; `datum` is a
    key of `datums()` that a person chose, None: what the words say. `closed`: areas are listed.

    Raises EditRefused naming the first line that can't be read; nothing is left out silently.
    """
    found = corner_list(text.splitlines(), closed=closed)
    if not found.parts:
        raise EditRefused(_("没有找到坐标。"), _("请复制每行一个点的坐标，如“4372020.00 36388840.00”。"))
    reading = _Placing(found.said, epsg, bounds, datum)
    shapes = []
    for part in found.parts:
        shapes.append(ListedShape(part.name, tuple(tuple(reading.place(one) for one in ring) for ring in part.rings)))
    places = tuple(place for shape in shapes for ring in shape.rings for place in ring)
    doubts = "".join(reading.doubts)
    return CoordinateList(places, reading.form, tuple(shapes), reading.datum.key, _passed(found), doubts, reading.mark)


def _passed(found: CornerList) -> str:
    if not found.passed:
        return ""
    shown = "、".join(str(one) for one in found.passed[:8]) + ("…" if len(found.passed) > 8 else "")
    return _("第 {lines} 行不是点（标题、表头、边长或面积），没有取。").format(lines=shown)


class _Placing:
    """How the corners of one list are placed. `doubts` holds each sentence once."""

    def __init__(self, said: Said, epsg: int, bounds: Bounds | None, asked: str | None) -> None:
        self._said, self._epsg, self._bounds = said, epsg, bounds
        self.doubts: dict[str, None] = {}
        self.form = self.mark = ""
        self.datum = datums()[asked] if asked else said.datum or datums()[OWN]
        titles = "、".join(one.title for one in said.datums)
        if asked is None and len(said.datums) > 1:
            words = _("文字里写了几个坐标系（{titles}），按 {title} 读；不对请改选坐标系。")
            self._doubt(words.format(titles=titles, title=self.datum.title))
        elif asked and said.datums and self.datum not in said.datums:
            words = _("文字写的是 {titles}，按您选的 {title} 读。")
            self._doubt(words.format(titles=titles, title=self.datum.title))
        if self.datum.old:
            words = _("{origin} {title}，没有做参数转换，位置会偏几十到一百多米，不能用来划界。")
            origin = _("按您选的") if asked else _("文字写的是")
            self._doubt(words.format(origin=origin, title=self.datum.title))
            self.mark = _("{title}，未做参数转换").format(title=self.datum.title)
        if said.odd_itself():
            self._doubt(said.odd_itself())

    def _doubt(self, words: str) -> None:
        self.doubts.setdefault(words)

    def place(self, corner: Corner) -> Place:
        found = self._metric(corner) if corner.place.metric else self._degrees(corner)
        if found is None:
            reading = read_coordinates(corner.text, self._epsg, bounds=self._bounds)[0]
            self.form = self.form or reading.form
            found = reading.east, reading.north
        return rounded(found)

    def _metric(self, corner: Corner) -> Place | None:
        """Where the words say more than the numbers; None where the numbers alone do as well."""
        if self.datum.shift:
            raise EditRefused(
                _("{title}只会是经纬度，这些却是米数的坐标，一个点都没有取。").format(title=self.datum.title),
                _("请核对坐标系；能确定是哪个的，在“坐标系”里改选。"),
            )
        if self._said.unknown:
            words = _("文字写的是{title}，程序没有换算它的参数，按 {datum} 的高斯坐标读，位置会偏，不能用来划界。")
            self._doubt(words.format(title=self._said.unknown, datum=self.datum.title))
            self.mark = _("{title}，未做参数转换").format(title=self._said.unknown)
        zone = int(corner.place.east // 1e6)
        if zone:
            odd = self._said.odd_beside(zone)
            if odd:
                self._doubt(odd)
            return None if not self.datum.old else self._by_code(self.datum.of_zone(zone), corner)
        central = self._said.central
        if central is None and not self.datum.old:
            return None
        code = self.datum.of_meridian(_own_meridian(self._epsg) if central is None else central)
        if code is None:
            raise EditRefused(
                _("文字写的中央经线 {central:g}° 不是 3 度带、6 度带的，程序没有它的参数，一个点都没有取。").format(
                    central=central if central is not None else _own_meridian(self._epsg)
                ),
                _("请先转成 2000 国家大地坐标系的标准分带，或改用经纬度。"),
            )
        return self._by_code(code, corner)

    def _degrees(self, corner: Corner) -> Place | None:
        if self.datum.shift:
            longitude, latitude = np.array([corner.place.east]), np.array([corner.place.north])
            if self.datum.shift == "bd09":
                longitude, latitude = gcj02_from_bd09(longitude, latitude)
            longitude, latitude = wgs84_from_gcj02(longitude, latitude)
            self.form = self.form or _("{title}，已还原").format(title=self.datum.title)
            return from_degrees(self._epsg, float(longitude[0]), float(latitude[0]))
        return self._by_code(self.datum.degrees, corner) if self.datum.old else None

    def _by_code(self, code: int | None, corner: Corner) -> Place | None:
        if code is None:
            return None
        self.form = self.form or _form(self.datum, code, corner)
        east, north = _way(code, self._epsg).transform(corner.place.east, corner.place.north)
        return float(east), float(north)


def _form(datum: Datum, code: int, corner: Corner) -> str:
    if not corner.place.metric:
        return _("{title}，经纬度").format(title=datum.title)
    zone = int(corner.place.east // 1e6)
    if zone:
        return _("{title}，第 {zone} 带").format(title=datum.title, zone=zone)
    return _("{title}，中央经线 {central:g}°，不带带号").format(title=datum.title, central=_own_meridian(code))


@cache
def _own_meridian(epsg: int) -> float:
    """The central meridian of a projected system, degrees east."""
    from pyproj import CRS

    operation = CRS.from_epsg(epsg).coordinate_operation
    params = {one.name: one.value for one in operation.params} if operation is not None else {}
    return float(params.get("Longitude of natural origin", 0.0))


@cache
def _way(code: int, epsg: int) -> "Transformer":
    from pyproj import CRS, Transformer

    return Transformer.from_crs(CRS.from_epsg(code), CRS.from_epsg(epsg), always_xy=True)
