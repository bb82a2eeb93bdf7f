"""Which features of a layer can't be drawn as they stand, or stand where they can't be, and why.

The map survives them all; whoever reads it must be told what it does not show. Rules in `checks/` judge the office's
work; this looks at shapes alone, at all features of a layer at once, so that the layer tree can mark the layer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from geohazard_desktop.cartography.picture import drawable
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits import geometry_fault
from geohazard_desktop.workspace.feature import FeatureTable, Value

EXPLAINED = 200  # features whose fault is told in its own words; GEOS looks at each of them alone
_TYPES = {"polygon": (3, 6), "line": (1, 5), "point": (0, 4)}
_MARGIN_DEGREES = 3.0  # districts, and the rivers and railways around them, reach over their zone's edge
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Fault:
    """One feature and what is wrong with its shape. `id` and `name` are "" where it has none, or a personal one;
    `drawn` is False when the map leaves it out."""

    uid: str
    id: str
    name: str
    sentence: str
    drawn: bool = True

    @property
    def called(self) -> str:
        return " ".join(one for one in (self.id, self.name) if one)


def faults_of(definition: LayerDefinition, table: FeatureTable, crs: CRS) -> list[Fault]:
    """The faulty features of a layer, in the table's order. `crs` is the workspace's projected CRS.

    Looks at all features at once: 100 000 houses take less than a second. Nothing is raised for any shape.
    """
    if definition.geometry == "none" or not len(table):
        return []
    geometries = np.asarray(table.geometries, dtype=object)
    kinds = shapely.get_type_id(geometries)
    shapeless = (kinds < 0) | shapely.is_empty(geometries)
    broken = _not_numbers(geometries)
    wrong = ~shapeless & ~np.isin(kinds, _TYPES[definition.geometry])
    outside = _outside(geometries, crs) & ~shapeless & ~broken
    sound = ~(shapeless | broken | wrong | outside)
    faulty = ~sound
    faulty[sound] = ~_stands(geometries[sound], definition.geometry)
    drawn = drawable(geometries, shapely.bounds(geometries).reshape(-1, 4))
    if definition.geometry != "point":
        drawn &= shapely.get_dimensions(geometries) > 0  # a point has no edge to draw
    found = []
    for count, number in enumerate(np.flatnonzero(faulty).tolist()):
        if outside[number]:
            words = _outside_words(geometries[number], crs)
        elif count < EXPLAINED or not sound[number]:
            fault = geometry_fault(definition.geometry, geometries[number])
            words = _told(fault.words, fault.remedy) if fault is not None else _told(*_other())
        else:
            words = _told(*_other())
        found.append(_fault(definition, table, number, words, drawn=bool(drawn[number])))
    return found


def told(definition: LayerDefinition, faults: Sequence[Fault], most: int = 4) -> str:
    """The layer's faults in one sentence a line, the first `most` features by number or name; "" without faults."""
    if not faults:
        return ""
    lost = sum(not one.drawn for one in faults)
    head = _("{title}有 {count} 个要素的图形有错").format(title=definition.title, count=len(faults))
    if lost:
        head += _("，其中 {count} 个没有画在图上").format(count=lost)
    lines = [
        _("{name}：{sentence}").format(name=one.called or _("没有编号的"), sentence=one.sentence) for one in faults
    ]
    more = len(faults) - most
    kept = lines[:most] + ([_("还有 {count} 个。").format(count=more)] if more > 0 else [])
    return "\n".join([head + _("："), *kept])


def _other() -> tuple[str, str]:
    return _("图形不成立"), _("请重新画一个。")


def _told(words: str, remedy: str) -> str:
    return _("{words}。{remedy}").format(words=words, remedy=remedy)


def _fault(definition: LayerDefinition, table: FeatureTable, number: int, words: str, *, drawn: bool) -> Fault:
    def said(field: str) -> str:
        if field not in definition.by_name or definition.is_personal(field):
            return ""
        value: Value = table.columns[field][number] if field in table.columns else None
        return "" if value is None else str(value)

    return Fault(table.uids[number], said("id"), said("name"), words, drawn)


def _not_numbers(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which have a vertex that is NaN or infinite. GEOS's own box passes over NaN, so each vertex is asked."""
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    found = np.zeros(len(geometries), dtype=bool)
    found[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    return found


def _outside(geometries: NDArray[np.object_], crs: CRS) -> NDArray[np.bool_]:
    """Which reach out of the part of the earth that the CRS is made for, with a wide margin."""
    area = _area(crs.to_wkt())
    if area is None:
        return np.zeros(len(geometries), dtype=bool)
    west, south, east, north = area
    boxes = shapely.bounds(geometries).reshape(-1, 4)
    with np.errstate(invalid="ignore"):
        inside = (boxes[:, 0] >= west) & (boxes[:, 1] >= south) & (boxes[:, 2] <= east) & (boxes[:, 3] <= north)
    return np.asarray(~inside, dtype=bool)


@lru_cache(maxsize=8)
def _area(wkt: str) -> Box | None:
    crs = CRS.from_wkt(wkt)
    use = crs.area_of_use
    if use is None or crs.geodetic_crs is None:
        return None
    to_metres = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    wide = (
        use.west - _MARGIN_DEGREES,
        max(use.south - _MARGIN_DEGREES, -90.0),
        use.east + _MARGIN_DEGREES,
        min(use.north + _MARGIN_DEGREES, 90.0),
    )
    found: Box = to_metres.transform_bounds(*wide)
    return found if np.isfinite(found).all() else None


def _outside_words(geometry: object, crs: CRS) -> str:
    west, south, east, north = shapely.bounds(geometry).tolist()
    area = _area(crs.to_wkt())
    if -180 <= west <= east <= 360 and -90 <= south <= north <= 90:
        return _("坐标像经纬度，本图层要的是米。请按经纬度重新导入。")
    if area is not None and area[0] > 1e6 and 0 < west <= east < 1e6:
        return _("东坐标没有带号，不在本坐标系的范围里。请按不带号的坐标系重新导入。")
    return _("坐标不在本坐标系的范围里（东 {east:.6g}、北 {north:.6g}）。请核对坐标系后重新导入。").format(
        east=east, north=north
    )


def _stands(geometries: NDArray[np.object_], kind: str) -> NDArray[np.bool_]:
    """Which are valid, and more than a line (areas) or a point (lines)."""
    if kind == "polygon":
        return np.asarray(shapely.is_valid(geometries) & (shapely.area(geometries) > 0), dtype=bool)
    found = np.ones(len(geometries), dtype=bool)
    if kind == "line":
        parts, owner = shapely.get_parts(geometries, return_index=True)
        found[owner[shapely.length(parts) == 0]] = False
    return found
