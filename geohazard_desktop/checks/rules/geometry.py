"""Every feature of a map layer has a shape, and one that may stand."""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, has_shape
from geohazard_desktop.checks.shapes import mended
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.blob import is_unreadable
from geohazard_desktop.workspace.edits import geometry_fault

RULE = "geometry"
TITLE = _("图形有错")
_WITHOUT_PLACE = _(
    "{name}没有位置：卡上画不出路线。请放到地图上，或在名单里补上坐标再导入一次（电话或住址对得上的，补到这一户上）。"
)
_NOR_ZONE = _(
    "{name}没有位置，也没有登记危险区：卡上画不出路线，叫人名单上也没有这一户。请先在属性里选危险区，"
    "再放到地图上，或在名单里补上坐标再导入一次（电话或住址对得上的，补到这一户上）。"
)


def _doubtful(kind: str, shapes: np.ndarray) -> list[int]:
    """Indices of the shapes to look at one by one: all but those that GEOS finds sound at once."""
    parts = {"polygon": "Polygon", "line": "LineString", "point": "Point"}
    wanted = [getattr(shapely.GeometryType, name.upper()) for name in (parts[kind], f"Multi{parts[kind]}")]
    sound = np.isin(shapely.get_type_id(shapes), wanted) & ~shapely.is_empty(shapes) & shapely.is_valid(shapes)
    sound &= np.isfinite(shapely.bounds(shapes)).all(axis=1)
    if kind == "polygon":
        sound &= shapely.area(shapes) > 0
    elif kind == "line":
        parts_of, owners = shapely.get_parts(shapes, return_index=True)
        sound[owners[shapely.length(parts_of) == 0]] = False
    return [int(index) for index in np.flatnonzero(~sound)]


def _fix(kind: str, shape: BaseGeometry | None) -> str:
    """make_valid where an area is left of it."""
    if kind != "polygon" or shape is None or shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
        return ""
    return "make_valid" if mended(shape) is not None else ""


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        if definition.geometry == "none":
            continue
        table = office.judged_table(definition.table)
        for index in _doubtful(definition.geometry, table.geometries):
            shape = table.geometries[index]
            fault = geometry_fault(definition.geometry, shape)
            if fault is not None:
                one = table.feature(index)
                if definition.table == "household" and not (has_shape(one) or is_unreadable(shape)):
                    words = (_WITHOUT_PLACE if one.text("danger_zone") else _NOR_ZONE).format(name=office.called(one))
                    yield office.finding(RULE, one, words, opens="danger_zone", unplaced=True)
                    continue
                point = definition.geometry == "point"
                sentence = _("{name}：{fault}。{remedy}").format(
                    name=office.called(one),
                    fault=fault.words,
                    remedy=_("请放到地图上。") if point and not has_shape(one) else fault.remedy,
                )
                fix = _fix(definition.geometry, shape)
                yield office.finding(RULE, one, sentence, fault.place, fix=fix, unplaced=point)
