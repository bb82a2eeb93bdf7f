"""The map on the back of a household's card: this house, its way, and what stands around; no other house."""

from dataclasses import dataclass
from itertools import pairwise

from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.evacuation import HouseholdWay
from geohazard_desktop.cartography.fonts import MM_PER_POINT
from geohazard_desktop.cartography.halo import turned
from geohazard_desktop.cartography.label_text import Box, Glyphs
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.household_frame import HouseholdFrame, HouseholdFrames, millimetres
from geohazard_desktop.publishing.cards.mark_places import MarkRoom, callout_boxes, led_boxes
from geohazard_desktop.publishing.map_layers import corner_box, emptiest_corner
from geohazard_desktop.publishing.sheets.map_forms import (
    HOUSEHOLD_BACK_PICTURE,
    Corner,
    MapFrame,
    MapMark,
    MapName,
    MapWay,
    Millimetres,
)
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.workspace.feature import Feature

_BANNER = (0.0, 0.0, 134.0, 16.0)
_NORTH = (142.0, 0.0, 158.0, 24.0)
_SCALE_BOX = (62.0, 12.0)
_CORNERS: tuple[Corner, ...] = ("bottom-left", "bottom-right", "top-left")  # north has its own; the banner the last
_CALLOUT = (16.0, 8.0)  # width and height of 我家 (map_frame.typ: 15 pt)
_HOUSE = (2.4, 1.7)  # half width and height of the house itself
_WAY = 2.6  # mm, as MapWay has it
_DISC = 7.4  # diameter of a step's number with its rim
_OUT = 8.6  # from the house to the first number: clear of the house whichever way the door leads
_GROUND, _OVER = "map", "map-over"
_MAP_FRAME = "parts/map_frame.typ"


@dataclass(frozen=True, slots=True)
class HouseholdMap:
    """`frame` for the card, `images` its pictures by name, `features` what it shows (for the marks)."""

    frame: MapFrame
    images: dict[str, str]
    features: list[Feature]


def household_map(frames: HouseholdFrames, house: Point, way: HouseholdWay | None, *, banner: bool) -> HouseholdMap:
    """The household's map. `banner`: the template will write the names of drafts over its upper left corner."""
    parts: list[BaseGeometry] = [house]
    if way is not None:
        parts += [way.door_leg, way.route_line]
        if way.shelter is not None and way.shelter.geometry is not None:
            parts.append(way.shelter.geometry)
    frame = frames.of(house, way)
    view = frame.view
    corners = _CORNERS[:2] if banner else _CORNERS
    edges = [one.boundary for one in frame.zones]
    corner = emptiest_corner(view, corners, _SCALE_BOX, parts, edges, frame.zones)
    blocked = [corner_box(view, corner, _SCALE_BOX), _NORTH, *([_BANNER] if banner else [])]
    marks = _marks(frame, house, way, MarkRoom(HOUSEHOLD_BACK_PICTURE, frame.symbols, blocked))
    blocked += [box for one in marks for box in _covered(one)]
    blocked += _along_door(view, way)
    halves = frame.drawn.named(blocked, lifted=_sets(b"m.names"), turned_too=_sets(b"one.turn"))
    images = {_GROUND: halves.below, _OVER: halves.above}
    picture = MapFrame(
        picture=_GROUND,
        over=_OVER,
        names=tuple(_name(glyphs, color) for glyphs, color in halves.words),
        denominator=view.denominator,
        alt=_alt(way),
        north_degrees=frame.north_degrees,
        furniture=corner,
        ways=_ways(view, way),
        marks=marks,
    )
    return HouseholdMap(picture, images, list(frame.features))


def _alt(way: HouseholdWay | None) -> str:
    if way is None:
        return _("这一户的位置图，没有画撤离路线")
    return _("这一户的撤离路线图：{steps}").format(steps="；".join(one.words for one in way.steps))


def _ways(view: MapView, way: HouseholdWay | None) -> tuple[MapWay, ...]:
    if way is None:
        return ()
    found = []
    if way.route_line.length > 0:
        found.append(MapWay(kind="route", points=millimetres(view, way.route_line)))
    if way.door_leg.length > 0:
        found.append(MapWay(kind="door", points=millimetres(view, way.door_leg)))
    return tuple(found)


def _sets(what: bytes) -> bool:
    """Whether the template of map frames that is in force sets the names of a map, and those along lines. An office's
    copy from before it did gets them within the picture: a map without names must not come about by an update."""
    own = press().templates.files.get(_MAP_FRAME)
    return own is None or what in own


def _name(glyphs: Glyphs, colour: str) -> MapName:
    run = glyphs.runs[0]
    along = turned(glyphs) if glyphs.curved else None
    return MapName(
        at=(round(run.x, 2), round(run.y, 2)),
        size=round(glyphs.size / MM_PER_POINT, 3),
        song=glyphs.family == "song",
        bold=glyphs.bold,
        colour=colour,
        words=glyphs.text,
        turn=0.0 if along is None else round(along.angle, 2),
        tracking=0.0 if along is None else round(along.tracking, 3),
    )


def _marks(frame: HouseholdFrame, house: Point, way: HouseholdWay | None, room: MarkRoom) -> tuple[MapMark, ...]:
    """The numbers of the steps, each where it begins, and 我家: none hides a landmark, another's place or the way."""
    view = frame.view
    home = view.to_mm(house.x, house.y)
    places = [] if way is None else _step_places(view, way)
    for place in [home, *places]:
        room.keep_in_sight(place)
    if way is not None:
        for line in (way.door_leg, way.route_line):
            if line.length > 0:
                room.add_way(millimetres(view, line), _WAY)
        room.add_way_points(frame.on_route, _WAY)
    room.cover(_house_box(home))
    discs: list[MapMark] = []
    if way is not None:
        for number, (place, at) in enumerate(zip(places, room.discs(places, _DISC), strict=True), 1):
            discs.append(MapMark(kind="step", at=at, words=str(number), foot=None if at == place else place))
    box = room.callout(home, _CALLOUT)
    return (*discs, MapMark(kind="home", at=home, box=box))


def _step_places(view: MapView, way: HouseholdWay) -> list[Millimetres]:
    """Where each step begins; the first a little out of the door. Its number has no room on the house, and aside of it,
    with a line back, 1, house and 2 look like a way that comes from behind the house."""
    places = [view.to_mm(step.start.x, step.start.y) for step in way.steps]
    points = [one for line in (way.door_leg, way.route_line) if line.length > 0 for one in millimetres(view, line)]
    if places and len(points) > 1:
        line = LineString(points)
        end = line.project(Point(places[1])) if len(places) > 1 else line.length
        first = line.interpolate(min(_OUT, end / 2))
        places[0] = (first.x, first.y)
    return places


def _along_door(view: MapView, way: HouseholdWay | None) -> list[Box]:
    """Small boxes along the dashes from the door to the route, which the template draws: names keep off them."""
    if way is None or way.door_leg.length == 0:
        return []
    return [box for a, b in pairwise(millimetres(view, way.door_leg)) for box in led_boxes(a, b)]


def _house_box(home: Millimetres) -> Box:
    x, y = home
    return (x - _HOUSE[0], y - _HOUSE[1], x + _HOUSE[0], y + _HOUSE[1])


def _covered(mark: MapMark) -> list[Box]:
    x, y = mark.at
    if mark.kind == "home":
        return [_house_box(mark.at), *callout_boxes(mark.at, mark.box or mark.at, _CALLOUT)]
    disc = (x - _DISC / 2, y - _DISC / 2, x + _DISC / 2, y + _DISC / 2)
    return [disc, *(led_boxes(mark.at, mark.foot) if mark.foot else [])]
