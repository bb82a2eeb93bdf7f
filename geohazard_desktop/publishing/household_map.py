"""The map on the back of a household's card: this house, its way, and what stands around; no other house."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.evacuation import HouseholdWay
from geohazard_desktop.cartography.fonts import MM_PER_POINT
from geohazard_desktop.cartography.furniture import true_north
from geohazard_desktop.cartography.label_text import Glyphs
from geohazard_desktop.cartography.svg import map_svg_halves
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.forms import HOUSEHOLD_BACK_PICTURE, MapFrame, MapMark, MapWay
from geohazard_desktop.publishing.map_forms import MapName, Millimetres
from geohazard_desktop.publishing.map_layers import MapLayers, Padding, corner_box, emptiest_corner, fitted_view, shown
from geohazard_desktop.publishing.press import press
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

# Room in mm for what the template lays over the map: 拟划 and north above, the scale bar below, 我家 above its house.
_PADDING = Padding(14.0, 26.0, 14.0, 14.0)
_BANNER = (0.0, 0.0, 134.0, 16.0)
_NORTH = (142.0, 0.0, 158.0, 24.0)
_SCALE_BOX = (62.0, 12.0)
_CALLOUT = (9.0, 13.0)  # half width and height of 我家 above the house
_DISC = 7.4  # diameter of a step's number with its rim
_LEAST = 1000.0
_GROUND, _OVER = "map", "map-over"
_MAP_FRAME = "parts/map_frame.typ"
_AROUND_M = 120.0  # shown on each side of a house without a way


@dataclass(frozen=True, slots=True)
class HouseholdMap:
    """`frame` for the card, `images` its pictures by name, `features` what it shows (for the marks)."""

    frame: MapFrame
    images: dict[str, str]
    features: list[Feature]


def household_map(
    ws: Workspace, layers: MapLayers, house: Point, way: HouseholdWay | None, *, banner: bool
) -> HouseholdMap:
    """The household's map. `banner`: the template will write the names of drafts over its upper left corner."""
    parts: list[BaseGeometry] = [house]
    if way is not None:
        parts += [way.door_leg, way.route_line]
        if way.shelter is not None and way.shelter.geometry is not None:
            parts.append(way.shelter.geometry)
    view = fitted_view(_bounds(parts), HOUSEHOLD_BACK_PICTURE, _PADDING, _LEAST)
    corner = emptiest_corner(view, ("bottom-left", "bottom-right"), _SCALE_BOX, parts)
    marks = _marks(view, house, way)
    blocked = [corner_box(view, corner, _SCALE_BOX), _NORTH, *(_covered(one) for one in marks)]
    if banner:
        blocked.append(_BANNER)
    own = layers.only("evacuation_route", [] if way is None else [way.route])
    # Most layers have nothing in a frame of a few hundred metres; everything after asks each of them several times.
    pictures = [one for one in own if len(one.visible(view))]
    points = {one.layer for one in pictures if one.definition.geometry == "point"}
    ground = {one.layer for one in pictures} - points
    halves = map_svg_halves(view, pictures, below=ground, above=points, blocked=blocked, lifted=_sets_names())
    images = {_GROUND: halves.below, _OVER: halves.above}
    frame = MapFrame(
        picture=_GROUND,
        over=_OVER,
        names=tuple(_name(glyphs, color) for glyphs, color in halves.words),
        denominator=view.denominator,
        alt=_alt(way),
        north_degrees=true_north(ws.crs, *view.centre),
        furniture=corner,
        ways=_ways(view, way),
        marks=marks,
    )
    return HouseholdMap(frame, images, list(shown(pictures, view)))


def _alt(way: HouseholdWay | None) -> str:
    if way is None:
        return _("这一户的位置图，没有画撤离路线")
    return _("这一户的撤离路线图：{steps}").format(steps="；".join(one.words for one in way.steps))


def _bounds(parts: Sequence[BaseGeometry]) -> Bounds:
    filled = [one for one in parts if not one.is_empty]
    east_min, north_min, east_max, north_max = shapely.total_bounds(np.array(filled, dtype=object)).tolist()
    if len(filled) == 1:
        return east_min - _AROUND_M, north_min - _AROUND_M, east_max + _AROUND_M, north_max + _AROUND_M
    return east_min, north_min, east_max, north_max


def _ways(view: MapView, way: HouseholdWay | None) -> tuple[MapWay, ...]:
    if way is None:
        return ()
    found = []
    if way.route_line.length > 0:
        found.append(MapWay(kind="route", points=_millimetres(view, way.route_line)))
    if way.door_leg.length > 0:
        found.append(MapWay(kind="door", points=_millimetres(view, way.door_leg)))
    return tuple(found)


def _sets_names() -> bool:
    """Whether the template of map frames that is in force sets the names of a map. An office's copy from before it did
    gets them within the picture: a map without names must not come about by an update."""
    own = press().templates.files.get(_MAP_FRAME)
    return own is None or b"m.names" in own


def _name(glyphs: Glyphs, colour: str) -> MapName:
    run = glyphs.runs[0]
    return MapName(
        at=(round(run.x, 2), round(run.y, 2)),
        size=round(glyphs.size / MM_PER_POINT, 3),
        song=glyphs.family == "song",
        bold=glyphs.bold,
        colour=colour,
        words=run.text,
    )


def _millimetres(view: MapView, line: LineString) -> tuple[Millimetres, ...]:
    return tuple(view.to_mm(east, north) for east, north in line.coords)


def _marks(view: MapView, house: Point, way: HouseholdWay | None) -> tuple[MapMark, ...]:
    """The numbers of the steps first, so that 我家 lies on top of them."""
    home = MapMark(kind="home", at=view.to_mm(house.x, house.y))
    if way is None:
        return (home,)
    line = [*_millimetres(view, way.door_leg), *_millimetres(view, way.route_line)[1:]]
    if way.route_line.length > 0 and not way.door_leg.length:
        line = list(_millimetres(view, way.route_line))
    path = LineString(_apart(line)) if len(_apart(line)) > 1 else None
    discs: list[MapMark] = []
    if path is not None:
        at = 0.0
        clear = _clear_of(path, MapMark(kind="home", at=view.to_mm(house.x, house.y)))
        for number, step in enumerate(way.steps, 1):
            wanted = path.project(Point(view.to_mm(step.start.x, step.start.y)))
            # Where a step begins, yet clear of the house, its callout and the number before it.
            at = max(wanted, at + _DISC, clear)
            if at > path.length - _DISC / 2:
                at = max(path.length - _DISC / 2, 0.0)
            place = path.interpolate(at)
            discs.append(MapMark(kind="step", at=(place.x, place.y), words=str(number)))
    return (*discs, home)


def _clear_of(path: LineString, home: MapMark) -> float:
    """How far along the way a number must stand so that 我家 and its house leave it in sight."""
    callout = shapely.box(*_covered(home)).buffer(_DISC / 2)
    at = _DISC
    while at < path.length / 2 and callout.contains(path.interpolate(at)):
        at += 1.0
    return at


def _apart(points: Sequence[Millimetres]) -> list[Millimetres]:
    return [points[0], *(two for one, two in pairwise(points) if dist(one, two) > 1e-9)] if points else []


def _covered(mark: MapMark) -> tuple[float, float, float, float]:
    x, y = mark.at
    if mark.kind == "home":
        wide, high = _CALLOUT
        # The template turns the callout down where there is no room above.
        return (x - wide, y - high, x + wide, y + 2.0) if y > high else (x - wide, y - 2.0, x + wide, y + high)
    return x - _DISC / 2, y - _DISC / 2, x + _DISC / 2, y + _DISC / 2
