"""Where one thing lies from another, in the words of the card: 位于灾害体东北侧约 120 米."""

from dataclasses import dataclass
from enum import StrEnum

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geohazard_desktop.analysis.measures import bearing, geodesic_distance
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import way_metres

_COMPASS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")


class Side(StrEnum):
    INSIDE = "inside"
    EDGE = "edge"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Relation:
    """`metres` is the ground distance to the nearest place of the hazard's outline (0 on it); `direction` is seen from
    the hazard (北, 东北 …), "" where both are at one place; `words` is the sentence without full stop."""

    side: Side
    metres: float
    direction: str
    words: str


def compass(degrees: float) -> str:
    """The nearest of eight directions of a bearing from grid north (which is within 2° of true north in its zone)."""
    return _(_COMPASS[round((degrees % 360.0) / 45.0) % 8])


def compass_degrees(direction: str) -> int | None:
    """Degrees clockwise from north of a word of `compass`; None where it is none of the eight."""
    return next((number * 45 for number, word in enumerate(_COMPASS) if _(word) == direction), None)


def relation_to_hazard(place: Point, hazard: BaseGeometry, epsg: int, *, name: str = "") -> Relation:
    """Where `place` lies from a hazard (its point, or the outline of its zone). All in metres of `epsg`."""
    name = name or _("灾害体")
    near = nearest_points(hazard.boundary if hazard.geom_type.endswith("Polygon") else hazard, place)[0]
    metres = geodesic_distance((near.x, near.y), (place.x, place.y), epsg)
    inside = hazard.geom_type.endswith("Polygon") and bool(hazard.intersects(place))
    if metres <= parameter("relation", "edge_m"):
        word = _("位于{name}的边缘上") if hazard.geom_type.endswith("Polygon") else _("就在{name}处")
        return Relation(Side.EDGE, metres, "", word.format(name=name))
    if inside:
        words = _("位于{name}范围内，距边缘约 {metres} 米").format(name=name, metres=way_metres(metres))
        return Relation(Side.INSIDE, metres, "", words)
    direction = compass(bearing((near.x, near.y), (place.x, place.y)))
    words = _("位于{name}{direction}侧约 {metres} 米").format(name=name, direction=direction, metres=way_metres(metres))
    return Relation(Side.OUTSIDE, metres, direction, words)


def inside(place: BaseGeometry, area: BaseGeometry | None) -> bool:
    """True when `place` is inside `area` or on its edge; people on the edge are to be warned too."""
    return area is not None and bool(shapely.intersects(area, place))
