"""Shapes as they were meant: a polygon that crosses itself, coordinates in the wrong order or without their zone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _

if TYPE_CHECKING:
    from geohazard_desktop.checks.office import Office

_A_ZONE = 1_000_000.0  # metres by which a zone number stands before an easting
_LONGITUDES, _LATITUDES = (70.0, 140.0), (3.0, 56.0)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """`words` say how the coordinates were meant (a clause), `shape` is what they then are."""

    words: str
    shape: BaseGeometry


def mended(shape: BaseGeometry) -> BaseGeometry | None:
    """The area of a polygon that crosses itself, as GEOS's structure method sees it; None when none is left."""
    found = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    areas = [part for part in shapely.get_parts(shapely.get_parts(found)) if part.geom_type == "Polygon"]
    areas = [part for part in areas if part.area > 0]
    if not areas:
        return None
    made = shapely.MultiPolygon(areas)
    return made if made.is_valid else None


def misplaced(office: "Office", shape: BaseGeometry) -> Misplaced | None:
    """How the coordinates of a shape far from the district were meant, where exactly one reading brings it there."""
    district = office.district
    if district is None or shape.is_empty or district.distance(shape) < _A_ZONE / 20:
        return None
    grown = district.envelope.buffer(2_000.0)
    found = [one for one in _readings(office, shape) if grown.covers(one.shape)]
    return found[0] if len(found) == 1 else None


def _readings(office: "Office", shape: BaseGeometry) -> list[Misplaced]:
    west, south, east, north = shape.bounds
    swapped = shapely.transform(shape, lambda places: places[:, ::-1])
    if max(abs(west), abs(south), abs(east), abs(north)) <= 180:
        return _from_degrees(office, shape, swapped)
    offset = office.easting_offset
    found = [Misplaced(_("X、Y 写反了"), swapped)]
    for one, words in ((shape, _("东坐标少了带号")), (swapped, _("X、Y 写反了，东坐标又少了带号"))):
        if offset:
            found.append(Misplaced(words, affinity.translate(one, offset, 0.0)))
    return found


def _from_degrees(office: "Office", shape: BaseGeometry, swapped: BaseGeometry) -> list[Misplaced]:
    """Degrees that were taken for metres."""
    found = []
    for one, words in ((shape, _("坐标是经纬度，不是米")), (swapped, _("坐标是经纬度，纬度又写在前面"))):
        west, south, east, north = one.bounds
        inside = _LONGITUDES[0] <= west and east <= _LONGITUDES[1] and _LATITUDES[0] <= south and north <= _LATITUDES[1]
        if inside:
            found.append(Misplaced(words, shapely.transform(one, office.from_degrees)))
    return found


def without_doubles(shape: BaseGeometry, metres: float) -> BaseGeometry | None:
    """`shape` without corners that lie within `metres` of the one before; None where a ring of it would be no ring."""
    try:
        found: BaseGeometry = shapely.remove_repeated_points(shape, metres)
    except shapely.errors.GEOSException:
        return None
    return found


def doubled_corners(shapes: np.ndarray, metres: float) -> np.ndarray:
    """How many corners of each shape lie within `metres` of the one before, on the same ring or line."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    lines = np.flatnonzero(shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING)
    strokes = np.concatenate([rings, parts[lines]])
    whose = np.concatenate([owners[of_part], owners[lines]]).astype(int)
    places, stroke = shapely.get_coordinates(strokes, return_index=True)
    counts = np.zeros(len(shapes), dtype=int)
    if len(places) > 1:
        near = (np.hypot(*(places[1:] - places[:-1]).T) <= metres) & (stroke[1:] == stroke[:-1])
        np.add.at(counts, whose[stroke[1:][near]], 1)
    return counts
