"""Which coordinate system a source is in, and the way into the workspace's.

A missing CRS is never assumed: the refusal names the ones that would put the data into the district. What the file or
the user says is checked by its result: swapped axes, degrees that are metres, another zone, an old datum.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.area import NEAR, Area
from geohazard_desktop.exchange.gcj02 import gcj02_from_bd09, gcj02_from_wgs84, wgs84_from_gcj02
from geohazard_desktop.exchange.report import Evidence, Problem, refused
from geohazard_desktop.workspace.edits.wording import led

Floats = NDArray[np.float64]
_MOST_DEGREES = 180.0  # either order: latitude may be written first
_METRES_PER_DEGREE = 111_000.0
# Semi-major axes (m) of the national datums before CGCS2000: no public parameters lead from them to CGCS2000.
_OLD_DATUMS = {6378140.0: "1980 西安坐标系", 6378245.0: "1954 北京坐标系"}
_SHIFTS = {"gcj02": "GCJ-02", "bd09": "BD-09"}


@dataclass(slots=True)
class Georeference:
    """How to go from the source's coordinates to the workspace's. `move` maps (n, 2) arrays, first axis east."""

    label: str
    move: Callable[[Floats], Floats]
    evidence: list[Evidence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    mark: str = ""  # goes into each feature's 数据来源 where the position is known to be off


@dataclass(frozen=True, slots=True)
class Guess:
    """A coordinate system the numbers could be in. `share` of the points would lie in the district."""

    epsg: int
    title: str
    share: float
    swapped: bool = False


def settle(
    name: str,
    coordinates: Floats,
    count: int,
    target: CRS,
    area: Area,
    *,
    stated: CRS | None,
    stated_sentence: str = "",
    asked_epsg: int | None = None,
    shift: str | None = None,
) -> Georeference:
    """The way from a source of `count` features with these coordinates ((n, 2), as read) into `target`.

    Raises ImportRefused where no CRS is known, or the known one can't be right.
    """
    if shift is not None:
        return _shifted(name, coordinates, target, area, shift)
    if asked_epsg is None and stated is None:
        raise refused(
            _("{name} 没有坐标系。").format(name=name) + guess_words(guesses(coordinates, target, area), area),
            _("请向提供数据的人问清坐标系，写明后再导入（命令行写 --crs 代码；火星坐标写 --crs GCJ02）。"),
        )
    crs = stated if asked_epsg is None else crs_of_code(asked_epsg)
    assert crs is not None
    if asked_epsg is None:
        said = _("坐标系：{origin} {label}。").format(origin=stated_sentence, label=described(crs))
    else:
        said = _("坐标系按您写的 {label}。").format(label=described(crs))
        if stated is not None and label_of(stated) != label_of(crs):
            said += _("文件自己写的是 {label}，没有用。").format(label=described(stated))
    found = Georeference(label_of(crs), mover(crs, target), [Evidence("crs", said)])
    _judge_datum(found, crs, name, asked=asked_epsg is not None)
    _judge_place(found, crs, name, coordinates, count, target, area, asked=asked_epsg is not None)
    return found


def crs_of_code(epsg: int) -> CRS:
    """Raises ImportRefused for a code that is unknown or no horizontal system."""
    try:
        crs = CRS.from_epsg(epsg)
    except CRSError as error:
        raise refused(
            _("没有 EPSG:{epsg} 这个坐标系。").format(epsg=epsg),
            _("请核对代码；经纬度写 4490，投影坐标写它的 EPSG 代码。"),
        ) from error
    if not (crs.is_geographic or crs.is_projected):
        raise refused(_("EPSG:{epsg} 不是平面坐标系。").format(epsg=epsg), _("请写经纬度或投影坐标系的代码。"))
    return crs


def mover(source: CRS, target: CRS) -> Callable[[Floats], Floats]:
    """East-first coordinates of `source` to east-first coordinates of `target`; what fails becomes inf."""
    transformer = _transformer(source, target)

    def move(coordinates: Floats) -> Floats:
        east, north = transformer.transform(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack([east, north])

    return move


@cache
def _transformer(source: CRS, target: CRS) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def label_of(crs: CRS) -> str:
    """EPSG:4524 where the parameters have a code, else the system's own name."""
    code = crs.to_epsg() or _national_code(crs) or crs.to_epsg(min_confidence=25)
    return f"EPSG:{code}" if code else crs.name


def described(crs: CRS) -> str:
    """EPSG:4524（2000 国家大地坐标系，高斯 3 度带 36 带，横坐标带带号）; other systems by the name they have."""
    label = label_of(crs)
    title = _titles().get(label, crs.name)
    return label if label == title else f"{label}（{title}）"


@cache
def _titles() -> dict[str, str]:
    national = _("2000 国家大地坐标系，")
    found = {"EPSG:4490": national + _("经纬度"), "EPSG:4326": _("WGS 84，经纬度"), "EPSG:3857": _("网络墨卡托")}
    for meridian in range(75, 136, 3):
        for code, title in _three_degree(meridian) + _six_degree(meridian):
            found[f"EPSG:{code}"] = national + title
    return found


def _national_code(crs: CRS) -> int | None:
    # ESRI's .prj files carry other names: the parameters decide. EPSG numbers the CGCS2000 zones in rows.
    if not crs.is_projected or "2000" not in crs.name.upper() + (crs.datum.name if crs.datum else ""):
        return None
    values = {one.name: one.value for one in crs.coordinate_operation.params} if crs.coordinate_operation else {}
    if "Longitude of natural origin" not in values:
        return None
    meridian = float(values["Longitude of natural origin"])
    for codes in (_three_degree(meridian), _six_degree(meridian)):
        for code, _title in codes:
            params = CRS.from_epsg(code).coordinate_operation
            if params and all(values.get(one.name) == one.value for one in params.params):
                return code
    return None


def _three_degree(meridian: float) -> list[tuple[int, str]]:
    zone = round(meridian / 3)
    if not 25 <= zone <= 45 or abs(zone * 3 - meridian) > 1e-6:
        return []
    return [
        (4513 + zone - 25, _("高斯 3 度带 {zone} 带，横坐标带带号").format(zone=zone)),
        (4534 + zone - 25, _("高斯 3 度带，中央经线 {cm:g}°，横坐标不带带号").format(cm=meridian)),
    ]


def _six_degree(meridian: float) -> list[tuple[int, str]]:
    zone = round((meridian + 3) / 6)
    if not 13 <= zone <= 23 or abs(zone * 6 - 3 - meridian) > 1e-6:
        return []
    return [
        (4491 + zone - 13, _("高斯 6 度带 {zone} 带，横坐标带带号").format(zone=zone)),
        (4502 + zone - 13, _("高斯 6 度带，中央经线 {cm:g}°，横坐标不带带号").format(cm=meridian)),
    ]


def candidates(target: CRS) -> list[tuple[int, str]]:
    """The systems in which data of the target's district come: degrees, 3° and 6° zones around, Web Mercator."""
    operation = target.coordinate_operation
    params = {one.name: one.value for one in operation.params} if operation else {}
    found = [(4490, _("经纬度"))]
    if "Longitude of natural origin" in params:
        meridian = float(params["Longitude of natural origin"])
        for cm in (meridian, meridian - 3, meridian + 3):
            found += _three_degree(cm)
        for cm in (meridian - 3, meridian, meridian + 3):
            found += _six_degree(cm)
    return [*found, (3857, _("网络地图的墨卡托投影"))]


def guesses(coordinates: Floats, target: CRS, area: Area) -> list[Guess]:
    """The systems under which most of the points lie in the area, best first; none where nothing fits."""
    sample = coordinates[np.isfinite(coordinates).all(axis=1)]
    sample = sample[:: max(1, len(sample) // 2000)]
    found = []
    places: list[Floats] = []
    for code, title in candidates(target):
        move = mover(CRS.from_epsg(code), target)
        for swapped in (False, True):
            moved = move(sample[:, ::-1] if swapped else sample)
            share = area.share(moved, NEAR)
            # Where a 3° and a 6° zone share their meridian, both say the same: one of them is enough.
            if share > 0 and not any(np.allclose(moved, one, rtol=0, atol=0.01, equal_nan=True) for one in places):
                found.append(Guess(code, title, share, swapped))
                places.append(moved)
    # Data of a whole province lie in the district by a few points only: then the best are better than none.
    sure = [one for one in found if one.share > 0.5]
    return sorted(sure or found, key=lambda one: -one.share)


def guess_words(found: list[Guess], area: Area) -> str:
    if not found:
        return _("按常用的几种坐标系试过，都落不到{area}里。").format(area=led(area.name))
    parts = [
        _("{code}（{title}{order}）").format(
            code=one.epsg, title=one.title, order=_("，但先写了北坐标") if one.swapped else ""
        )
        for one in found[:3]
    ]
    where = _("会落在{area}内") if found[0].share > 0.5 else _("有一部分会落在{area}内")
    return _("按数值看，像是 EPSG:{guesses}，这样读{where}。").format(
        guesses=_(" 或 EPSG:").join(parts), where=where.format(area=led(area.name))
    )


def _shifted(name: str, coordinates: Floats, target: CRS, area: Area, shift: str) -> Georeference:
    plain = mover(CRS.from_epsg(4490), target)
    if len(coordinates) and not (np.abs(coordinates) <= (180.0, 90.0)).all():
        raise refused(
            _("{name} 的坐标不是经纬度，不会是火星坐标。").format(name=name),
            _("请写出它真正的坐标系代码（命令行写 --crs 代码）。"),
        )

    def move(points: Floats) -> Floats:
        longitude, latitude = points[:, 0], points[:, 1]
        if shift == "bd09":
            longitude, latitude = gcj02_from_bd09(longitude, latitude)
        return plain(np.column_stack(wgs84_from_gcj02(longitude, latitude)))

    offset = np.hypot(*(move(coordinates[:1]) - plain(coordinates[:1]))[0]) if len(coordinates) else 0.0
    words = _("坐标系按您写的{title}（火星坐标），已还原到 CGCS2000，移动约 {metres:.0f} 米；还原公式准到 1～2 米。")
    found = Georeference(_SHIFTS[shift], move)
    found.evidence.append(Evidence("shift", words.format(title=f" {_SHIFTS[shift]}", metres=offset)))
    if len(coordinates) and area.share(move(coordinates)) == 0:
        raise _nowhere(name, target, area, coordinates, found.label)
    return found


def _judge_datum(found: Georeference, crs: CRS, name: str, *, asked: bool) -> None:
    ellipsoid = crs.ellipsoid
    old = _OLD_DATUMS.get(round(ellipsoid.semi_major_metre, 1)) if ellipsoid else None
    if old is None:
        return
    if not asked:
        raise refused(
            _("{name} 是 {datum}，与 2000 国家大地坐标系之间没有公开的转换参数，直接套用会偏几十到一百多米。").format(
                name=name, datum=old
            ),
            _("请先用本地参数转成 2000 系再导入；只要大致位置的，请自己写明坐标系（--crs {code}）。").format(
                code=found.label.removeprefix("EPSG:")
            ),
        )
    words = _("{name} 是 {datum}，没有做参数转换，位置会偏几十到一百多米，不能用来量距离和划界。")
    found.mark = _("{datum}，未做参数转换").format(datum=old)
    found.evidence.append(Evidence("crs", words.format(name=name, datum=old), doubt=True))
    found.problems.append(Problem(_("全部要素"), words.format(name=name, datum=old), "note"))


def _judge_place(
    found: Georeference,
    stated: CRS,
    name: str,
    coordinates: Floats,
    count: int,
    target: CRS,
    area: Area,
    *,
    asked: bool,
) -> None:
    if not len(coordinates):
        return
    straight = found.move
    # A few thousand corners settle it nearly always; all of them are moved only before a refusal.
    sample = coordinates[:: max(1, len(coordinates) // 5000)]
    if area.share(straight(sample)) > 0 or area.share(straight(coordinates)) > 0:
        return
    if area.share(straight(coordinates[:, ::-1])) > 0.5:
        found.move = lambda points: straight(points[:, ::-1])
        words = _("{name} 的坐标先写了北、后写东（或先纬度后经度），照写的顺序会落到区外；已经对调。")
        found.evidence.append(Evidence("crs", words.format(name=name), doubt=True))
        everyone = _("全部 {count} 个要素").format(count=count)
        found.problems.append(Problem(everyone, words.format(name=name) + _("请在图上核对位置。"), "repaired"))
        return
    finite = np.isfinite(straight(coordinates)).all(axis=1).any()
    if not asked or not finite or _degrees_as_metres(coordinates, stated):
        raise _nowhere(name, target, area, coordinates, found.label)
    words = _("{name} 按 {label} 换算后，没有一个要素落在{area}附近，请在图上核对。")
    sentence = words.format(name=name, label=found.label, area=led(area.name))
    found.evidence.append(Evidence("crs", sentence, doubt=True))
    found.problems.append(Problem(_("全部要素"), sentence, "note"))


def _degrees_as_metres(coordinates: Floats, crs: CRS) -> bool:
    """Whether numbers that can only be longitude and latitude are said to be metres: the shapes would be specks."""
    numbers = coordinates[np.isfinite(coordinates).all(axis=1)]
    return bool(crs.is_projected and len(numbers) and (np.abs(numbers).max(axis=0) <= _MOST_DEGREES).all())


def _nowhere(name: str, target: CRS, area: Area, coordinates: Floats, label: str) -> Exception:
    return refused(
        _("{name} 按 {label} 换算后，没有一个要素落在{area}附近，坐标系多半不对。").format(
            name=name, label=label, area=led(area.name)
        )
        + guess_words(guesses(coordinates, target, area), area),
        _("请问清坐标系，写明后再导入（命令行写 --crs 代码）；确实在别处的，也请写明代码。"),
    )


def offset_metres(coordinates: Floats) -> float:
    """How far off these degrees (longitude first) would be if they were GCJ-02 after all; 0 where they can't be."""
    coordinates = coordinates[np.isfinite(coordinates).all(axis=1)]
    if not len(coordinates) or not (np.abs(coordinates) <= (180.0, 90.0)).all():
        return 0.0
    centre = coordinates.mean(axis=0)
    longitude, latitude = gcj02_from_wgs84(centre[:1], centre[1:])
    apart = np.hypot((longitude[0] - centre[0]) * np.cos(np.radians(centre[1])), latitude[0] - centre[1])
    return _METRES_PER_DEGREE * float(apart)


def offset_hint(coordinates: Floats) -> str:
    """The sentence about that offset; "" where there can be none."""
    metres = offset_metres(coordinates)
    words = _("若是高德、腾讯、奥维导出的火星坐标，这样读会偏约 {metres:.0f} 米：请改按火星坐标读（--crs GCJ02）。")
    return words.format(metres=metres) if metres >= 1 else ""
