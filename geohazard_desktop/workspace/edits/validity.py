"""Whether a geometry may be stored: the right kind, enough corners, no crossing of itself. Said in sentences."""

import math
import re
from dataclasses import dataclass

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.blob import is_unreadable
from geohazard_desktop.workspace.definition import GeometryKind

_PARTS = {"polygon": "Polygon", "line": "LineString", "point": "Point"}
_PLACE = re.compile(r"^(.*?)\s*\[(-?[\d.eE+]+) (-?[\d.eE+]+)\]?")


@dataclass(frozen=True, slots=True)
class GeometryFault:
    """What is wrong (a clause without full stop), what to do, and where (east, north; metres), if it has a place."""

    words: str
    remedy: str
    place: Point | None = None


def geometry_fault(kind: GeometryKind, geometry: BaseGeometry | None) -> GeometryFault | None:
    """None when `geometry` may stand in a layer of `kind`; else the fault. None and empty count as faults."""
    if kind == "none":
        return None if geometry is None else GeometryFault(_("不该有图形"), _("请换一个图层。"))
    if geometry is None or geometry.is_empty:
        return _nothing(geometry)
    part = _PARTS[kind]
    if geometry.geom_type not in (part, f"Multi{part}"):
        return GeometryFault(_("图形种类不对"), _("请换一种图形，或放到别的图层。"))
    if not all(math.isfinite(value) for value in geometry.bounds):
        return GeometryFault(_("坐标不是数"), _("请核对坐标系和坐标。"))
    if kind == "line":
        return _line_fault(geometry)
    return _polygon_fault(geometry) if kind == "polygon" else None


def _nothing(geometry: BaseGeometry | None) -> GeometryFault:
    if is_unreadable(geometry):
        return GeometryFault(_("图形读不懂，可能是曲线，也可能坏了"), _("请在写它的程序里把曲线转成折线，再导入。"))
    return GeometryFault(_("没有图形"), _("请重新画一个。"))


def _line_fault(geometry: BaseGeometry) -> GeometryFault | None:
    for part in shapely.get_parts(geometry):
        if part.length == 0:
            return GeometryFault(
                _("有一段线长度为零"), _("请至少画两个不同的点。"), Point(part.coords[0]) if part.coords else None
            )
    return None


def _polygon_fault(geometry: BaseGeometry) -> GeometryFault | None:
    if not geometry.is_valid:
        return _spoken(explain_validity(geometry))
    if geometry.area <= 0:
        return GeometryFault(_("面积为零"), _("请至少画三个不在一条线上的拐点。"))
    return None


def _spoken(reason: str) -> GeometryFault:
    """GEOS's English reason ("Self-intersection[36388840 4372020]") as ours, with its place."""
    found = _PLACE.match(reason)
    name = (found.group(1) if found else reason).lower()
    place = Point(float(found.group(2)), float(found.group(3))) if found else None
    for marks, words, remedy in _known():
        if any(mark in name for mark in marks):
            return GeometryFault(words, remedy, place)
    return GeometryFault(_("图形不成立（{reason}）").format(reason=reason), _("请重新画一个。"), place)


def _known() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    return (
        (("self-intersection",), _("边线自己交叉了"), _("请把交叉处的拐点移开。")),
        (
            ("too few points", "invalid number of points"),
            _("拐点太少，围不成面"),
            _("请至少画三个不在一条线上的拐点。"),
        ),
        (("hole lies outside",), _("挖的洞跑到面外去了"), _("请把洞移回面内。")),
        (("nested", "overlap"), _("几个部分互相重叠"), _("请把重叠的部分分开或合并。")),
        (("interior is disconnected",), _("洞把面切断了"), _("请把洞的拐点移开边线。")),
        (("duplicate rings",), _("有两圈一样的边线"), _("请删去其中一圈。")),
        (("coordinate",), _("坐标不是数"), _("请核对坐标系和坐标。")),
    )


def place_words(place: Point | None) -> str:
    """在 X 北 4372020.00、Y 东 36388840.00 附近; "" without a place. Chinese survey order: X is north."""
    if place is None:
        return ""
    return _("在 X 北 {north:.2f}、Y 东 {east:.2f} 附近").format(north=place.y, east=place.x)


def refuse_faulty(kind: GeometryKind, geometry: BaseGeometry | None, name: str) -> None:
    """Raise EditRefused when `geometry` may not be stored under the feature called `name`."""
    fault = geometry_fault(kind, geometry)
    if fault is None:
        return
    where = place_words(fault.place)
    sentence = _("{name}：{fault}，{where}。") if where else _("{name}：{fault}。")
    raise EditRefused(sentence.format(name=name, fault=fault.words, where=where), fault.remedy)
