"""The map of one danger zone or hazard point on a sign, a notice or a form: what it shows lies inside the frame at a
round scale, its routes are laid over the ground in walking direction, and it can be turned to where its reader looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.evacuation import place_of, route_line
from geohazard_desktop.analysis.measures import bearing, measurable, on_earth
from geohazard_desktop.analysis.ways_in_force import by_number, holding, ways_over, with_goals
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.furniture import true_north
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.svg_halves import map_svg_halves
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.cartography.whole_symbols import whole_symbols
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.mark_places import MarkRoom, callout_boxes, symbol_boxes
from geohazard_desktop.publishing.map_layers import MapLayers, Padding, corner_box, emptiest_corner, fitted_view, shown
from geohazard_desktop.publishing.sheets.landmarks_apart import landmarks_apart
from geohazard_desktop.publishing.sheets.map_forms import Corner, MapFrame, MapMark, MapWay, Millimetres
from geohazard_desktop.publishing.typeset.office_settings import sheet_settings
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Feature, FeatureTable
from geohazard_desktop.workspace.workspace import Workspace

_LOOKED_AT_M = 150.0  # of the zone, what a reader at its edge sees before him
_AROUND_M = 120.0  # shown on each side of a place that is nothing but a point
_CALLOUT = (19.9, 5.9)  # width and height of 您在此处 in mm (map_frame.typ: 11 pt)
_CORNERS: tuple[Corner, ...] = ("bottom-left", "bottom-right", "top-left", "top-right")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a map is about: areas and places to have in the frame, the routes laid over it with their shelters, and
    where the reader stands (None: nowhere). `turned` degrees clockwise from grid north are up. `zones`: uids of the
    danger zones that may be on it (None: all)."""

    parts: Sequence[BaseGeometry]
    routes: Sequence[tuple[Feature, LineString]] = ()
    here: Point | None = None
    turned: float = 0.0
    zones: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How the map is drawn: `size` mm, the scale bar's and north arrow's room `furniture` (mm), `prefix` of its
    pictures' names, `least` the largest scale, `banner` the room of 拟划 in the upper left corner."""

    size: Millimetres
    furniture: Millimetres = (50.0, 20.0)
    padding: Padding = field(default_factory=lambda: Padding(9.0, 9.0, 9.0, 9.0))
    prefix: str = "map"
    least: float = 500.0
    way_mm: float = 2.0
    red_ways: bool = False
    banner: Millimetres | None = None


@dataclass(frozen=True, slots=True)
class ZoneMap:
    """`frame` for the form, `images` by name, `features` that it shows (for the marks), `view` for what is laid over
    it: places of a turned map are turned by `turn` first."""

    frame: MapFrame
    images: dict[str, str]
    features: list[Feature]
    view: MapView
    origin: tuple[float, float]
    turned: float

    def to_mm(self, east: float, north: float) -> Millimetres:
        """Where a place stands in the picture."""
        place = affinity.rotate(Point(east, north), self.turned, origin=self.origin)
        return self.view.to_mm(place.x, place.y)


def on_public_map(definition: LayerDefinition) -> bool:
    """The layers of a large-scale map for everybody: the office's public ones and the buildings, without the tint of
    susceptibility that covers everything at this scale."""
    return definition.table in (sheet_settings().public_layers | {"building"}) - {"susceptibility_zone"}


def routes_of(ws: Workspace, zone: Feature, shelters: dict[str, Feature]) -> list[tuple[Feature, LineString | None]]:
    """The routes of a zone by their numbers, each with its line in walking direction (None where it is no line)."""
    if "evacuation_route" not in ws.definitions:
        return []
    return [
        (one, route_line(one, shelters.get(one.text("shelter")), epsg=ws.epsg))
        for one in by_number(
            with_goals(ws, holding(ws.find("evacuation_route", "danger_zone", zone.uid), ways_over(ws)))
        )
    ]


def drawable(geometry: BaseGeometry | None, epsg: int) -> bool:
    """Whether a shape can be put on a map: it has corners, and they lie on this part of the earth."""
    return geometry is not None and not geometry.is_empty and measurable(geometry) and on_earth(geometry, epsg)


def facing(reader: Point, area: BaseGeometry) -> float:
    """The bearing in which a reader at an area's edge looks into it, degrees from grid north."""
    near = shapely.intersection(shapely.make_valid(area), reader.buffer(_LOOKED_AT_M))
    goal = (near if not near.is_empty and near.area > 0 else area).centroid
    if hypot(goal.x - reader.x, goal.y - reader.y) < 1e-6:
        return 0.0
    return bearing((reader.x, reader.y), (goal.x, goal.y))


def zone_map(ws: Workspace, layers: MapLayers, subject: Subject, look: Look, *, alt: str) -> ZoneMap:
    """Draw it. `layers` say what is on the map; of the routes only those of the subject are, and of the zones those
    that its paper may show."""
    turned, origin = subject.turned, _origin(subject)

    def turn(shape: BaseGeometry) -> BaseGeometry:
        return affinity.rotate(shape, turned, origin=origin) if turned else shape

    lines = [turn(line) for _route, line in subject.routes]
    parts = [*(turn(one) for one in subject.parts), *lines]
    here = None if subject.here is None else turn(subject.here)
    view = fitted_view(_bounds([*parts, *([] if here is None else [here])]), look.size, look.padding, look.least)
    corner = emptiest_corner(view, _CORNERS if look.banner is None else _CORNERS[:2], look.furniture, parts)
    blocked = [corner_box(view, corner, look.furniture)]
    if look.banner is not None:
        blocked.append((0.0, 0.0, *look.banner))
    pictures = layers.only("evacuation_route", [route for route, _line in subject.routes])
    if subject.zones is not None:
        pictures = [one.restricted(subject.zones) if one.layer == ZONES else one for one in pictures]
    if turned:
        pictures = [_turned(one, view, turned, origin) for one in pictures]
    pictures = whole_symbols(landmarks_apart(pictures, view), view)
    points = {one.layer for one in pictures if one.definition.geometry == "point"}
    ground = {one.layer for one in pictures} - points - {"evacuation_route"}
    marks: tuple[MapMark, ...] = ()
    if here is not None:
        room = MarkRoom(look.size, symbol_boxes(view, pictures), blocked)
        for line in lines:
            room.add_way([view.to_mm(x, y) for x, y in shapely.get_coordinates(line).tolist()], look.way_mm)
        place = view.to_mm(here.x, here.y)
        # What the reader looks at lies above him on a turned map.
        box = room.callout(place, _CALLOUT, below=bool(turned))
        marks = (MapMark(kind="here", at=place, words=_("您在此处"), points=11.0, box=box),)
        blocked += callout_boxes(place, box, _CALLOUT)
    halves = map_svg_halves(view, pictures, below=ground, above=points, blocked=blocked)
    images = {look.prefix: halves.below, f"{look.prefix}-over": halves.above}
    east, north = origin
    frame = MapFrame(
        picture=look.prefix,
        over=f"{look.prefix}-over",
        denominator=view.denominator,
        alt=alt,
        north_degrees=true_north(ws.crs, east, north) - turned,
        furniture=corner,
        ways=tuple(
            MapWay(
                kind="route",
                points=tuple(view.to_mm(x, y) for x, y in shapely.get_coordinates(line).tolist()),
                width_mm=look.way_mm,
                red=look.red_ways,
            )
            for line in lines
        ),
        marks=marks,
    )
    return ZoneMap(frame, images, list(shown(pictures, view)), view, origin, turned)


def _origin(subject: Subject) -> tuple[float, float]:
    if subject.here is not None:
        return subject.here.x, subject.here.y
    place = subject.parts[0].centroid
    return place.x, place.y


def _bounds(parts: Sequence[BaseGeometry]) -> Bounds:
    west, south, east, north = shapely.total_bounds(np.array(list(parts), dtype=object)).tolist()
    more = _AROUND_M if max(east - west, north - south) < 1.0 else 0.0
    return west - more, south - more, east + more, north + more


def _turned(picture: LayerPicture, view: MapView, degrees: float, origin: tuple[float, float]) -> LayerPicture:
    """The layer turned around `origin`, reduced to what a turned view can show."""
    west, south, east, north = view.grown_bounds(10.0)
    frame = affinity.rotate(shapely.box(west, south, east, north), -degrees, origin=origin)
    near = [one for one in picture.table if one.geometry is not None and _meets(one.geometry, frame)]
    turned = [one.with_geometry(affinity.rotate(one.geometry, degrees, origin=origin)) for one in near]
    return LayerPicture(picture.definition, picture.style, FeatureTable.of(picture.layer, turned))


def _meets(shape: BaseGeometry, frame: BaseGeometry) -> bool:
    """By their boxes: another program's shape may be none that can be intersected."""
    return not shape.is_empty and bool(shapely.box(*shape.bounds).intersects(frame))


def shelter_places(routes: Sequence[tuple[Feature, LineString | None]], shelters: dict[str, Feature]) -> list[Point]:
    """Where the shelters of these routes stand."""
    found = [place_of(shelters.get(route.text("shelter"))) for route, _line in routes]
    return [one for one in found if one is not None]
