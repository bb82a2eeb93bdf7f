"""What is being drawn, judged while the pen moves: area, perimeter, corners, validity, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import SQUARE_METRES_A_MU, geodesic_area, geodesic_length
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.tool import Place
from geohazard_desktop.workspace.definition import GeometryKind
from geohazard_desktop.workspace.edits import geometry_fault

_MOST_COMPARED = 500
_MOST_CROSSINGS = 20
THIN = "\u2009"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Figures of a shape. Areas in m², lengths in metres; ellipsoidal (geodesic) unless `planar_` says otherwise.

    `fault` is a clause ("边线自己交叉了"), "" when the shape may be stored; `faults` are the places.
    """

    kind: GeometryKind
    corners: int
    area_m2: float = 0.0
    planar_area_m2: float = 0.0
    length_m: float = 0.0
    planar_length_m: float = 0.0
    fault: str = ""
    remedy: str = ""
    faults: tuple[Place, ...] = ()

    @property
    def valid(self) -> bool:
        return not self.fault

    def lines(self) -> list[tuple[str, str]]:
        """Title and figure, as the live panel shows them, most important first."""
        if self.kind == "polygon":
            rows = [
                (
                    _("面积（椭球）"),
                    _("{area}（{mu}）").format(area=area_words(self.area_m2), mu=mu_words(self.area_m2)),
                ),
                (_("面积（投影）"), area_words(self.planar_area_m2)),
                (_("周长"), length_words(self.length_m)),
            ]
        elif self.kind == "line":
            rows = [
                (_("长度（椭球）"), length_words(self.length_m)),
                (_("长度（投影）"), length_words(self.planar_length_m)),
            ]
        else:
            rows = []
        return [*rows, (_("拐点"), _("{count} 个").format(count=self.corners))]


def judge(kind: GeometryKind, places: Sequence[Place], epsg: int) -> Judgement:
    """Judge a stroke by its corners (polygons unclosed). Too few corners is said as a fault too."""
    corners = len(places)
    geometry = stroke_geometry(kind, places)
    if geometry is None:
        need = {"polygon": _("至少三个拐点"), "line": _("至少两个点"), "point": _("还没有点"), "none": ""}[kind]
        length = geodesic_length(shapely.LineString(places), epsg) if corners > 1 else 0.0
        planar = shapely.LineString(places).length if corners > 1 else 0.0
        return Judgement(kind, corners, length_m=length, planar_length_m=planar, fault=need, remedy=_("请继续画。"))
    return judge_geometry(kind, geometry, epsg, corners=corners)


def judge_geometry(kind: GeometryKind, geometry: BaseGeometry, epsg: int, *, corners: int | None = None) -> Judgement:
    """Judge a whole geometry, such as a feature under the hand of the vertex tool."""
    fault = geometry_fault(kind, geometry)
    if corners is None:
        corners = int(shapely.get_num_coordinates(geometry))
        if kind == "polygon":
            corners -= sum(1 + len(part.interiors) for part in shapely.get_parts(geometry))
    places = _crossings(geometry) if fault is not None and kind == "polygon" else ()
    if fault is not None and not places and fault.place is not None:
        places = ((fault.place.x, fault.place.y),)
    return Judgement(
        kind=kind,
        corners=corners,
        area_m2=geodesic_area(geometry, epsg) if kind == "polygon" else 0.0,
        planar_area_m2=float(geometry.area),
        length_m=geodesic_length(geometry, epsg),
        planar_length_m=float(geometry.length),
        fault=fault.words if fault else "",
        remedy=fault.remedy if fault else "",
        faults=places,
    )


def stroke_geometry(kind: GeometryKind, places: Sequence[Place]) -> BaseGeometry | None:
    """The single geometry of a stroke, None while it has too few corners. May be invalid."""
    if kind == "polygon":
        return shapely.Polygon(places) if len(places) >= 3 else None
    if kind == "line":
        return shapely.LineString(places) if len(places) >= 2 else None
    return shapely.Point(places[-1]) if places else None


def _crossings(geometry: BaseGeometry) -> tuple[Place, ...]:
    """Every place where an outline crosses itself (not its corners), the first twenty."""
    found: list[Place] = []
    for part in shapely.get_parts(geometry):
        coordinates = shapely.get_coordinates(part.exterior if part.geom_type == "Polygon" else part)
        starts, along = coordinates[:-1], np.diff(coordinates, axis=0)
        if len(starts) > _MOST_COMPARED:
            continue  # every side with every other would stop the pen: GEOS's one place has to do
        first, second = np.triu_indices(len(starts), 1)
        one, other, gap = along[first], along[second], starts[second] - starts[first]
        divisor = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
        slanted = np.abs(divisor) >= 1e-12
        safe = np.where(slanted, divisor, 1.0)
        on_one = (gap[:, 0] * other[:, 1] - gap[:, 1] * other[:, 0]) / safe
        on_other = (gap[:, 0] * one[:, 1] - gap[:, 1] * one[:, 0]) / safe
        inside = (on_one > 1e-9) & (on_one < 1 - 1e-9) & (on_other > 1e-9) & (on_other < 1 - 1e-9)
        hit = np.flatnonzero(slanted & inside)[:_MOST_CROSSINGS]
        places = starts[first[hit]] + one[hit] * on_one[hit][:, None]
        found += [(float(east), float(north)) for east, north in places]
    return tuple(dict.fromkeys(found))[:_MOST_CROSSINGS]


def _grouped(number: float, digits: int) -> str:
    return f"{number:,.{digits}f}".replace(",", THIN)


def area_words(square_metres: float) -> str:
    """46.02 公顷; from 100 公顷 on km² with two decimals; below 0.01 公顷 m²."""
    if square_metres >= 1e6:
        return _("{number} km²").format(number=_grouped(square_metres / 1e6, 2))
    if square_metres < 100.0:
        return _("{number} m²").format(number=_grouped(square_metres, 1))
    return _("{number} 公顷").format(number=_grouped(square_metres / 1e4, 2))


def mu_words(square_metres: float) -> str:
    return _("{number} 亩").format(number=_grouped(square_metres / SQUARE_METRES_A_MU, 1))


def length_words(metres: float) -> str:
    """1 755 米; below 100 米 with decimals; from 10 000 米 on in 千米."""
    if metres >= 10_000:
        return _("{number} 千米").format(number=_grouped(metres / 1000, 2))
    return _("{number} 米").format(number=_grouped(metres, 2 if metres < 100 else 0))


def bearing_words(degrees: float) -> str:
    minutes = round((degrees % 360.0) * 60.0) % 21_600
    return f"{minutes // 60}°{minutes % 60:02d}′"
