"""Enlarged parts of a street's sheet: a zone that is a blot at the sheet's scale, or whose ways are too short there to
be followed, is shown once more in a corner of the map, with its ways to the shelters.

What finds no corner in which it hides nothing that is warned of is told in words, with the sheet that shows it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.street_register import STREETS
from geohazard_desktop.analysis.ways_in_force import ROUTES, SHELTERS
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.furniture import scale_bar
from geohazard_desktop.cartography.label_text import Box, overlap
from geohazard_desktop.cartography.painter import PaintReport
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.svg import map_svg_report
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.cartography.whole_symbols import whole_symbols
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.map_layers import MapLayers, Padding, fitted_view, ground_of, hidden, next_round
from geohazard_desktop.publishing.sheets.map_forms import EnlargedMap
from geohazard_desktop.publishing.sheets.papers import SheetLayout
from geohazard_desktop.publishing.sheets.room import CORNERS, EDGE, SheetRoom
from geohazard_desktop.publishing.sheets.subjects import KEY_AREAS
from geohazard_desktop.publishing.sheets.way_names import ways_are_short, ways_first
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

Key = tuple[str, str]

# In mm of the design.
_READABLE = 32.0  # a zone with its ways that is larger than this can be read at the sheet's scale …
_FOLLOWED = 20.0  # … if one of its ways is at least so long: names and numbers of shorter ones are heaped up
HEAD, FOOT = 6.0, 8.0  # of the box: what it is called; its scale (enlarged.typ draws them)
_NAMES = Padding(13.0, 9.0, 13.0, 9.0)  # around zone and ways, where their names stand
_SHARES = (
    (0.58, 0.5),
    (0.48, 0.44),
    (0.4, 0.38),
    (0.32, 0.32),
    (0.26, 0.28),
    (0.21, 0.24),
)  # of the map's width and height that a box may take
# Of the sheet's own land so much may be hidden by all boxes together: a street's fills the frame, around the district
# is room.
_MOST_HIDDEN = 0.3
_OF_DISTRICT, _ON_WALL = 0.03, 0.06
_LEAST_BOX = (52.0, 30.0)
_PLACES = 12  # along an edge, looked at between its corners
_TAG = (17.0, 5.0)  # the words at the frame on the map
_EDGE_WIDE = 1.0  # of the frame's lines, which no name crosses
_LONGEST_BAR = 30.0
_BESIDE_BAR = 34.0  # of the box's foot: its edges, the bar's end and unit, 1∶N
_LEAST_DENOMINATOR = 1000.0
_FROM_AFAR = 1.5  # words and symbols of a public one, which is read from some metres
_WORTH = 1.6  # how much larger than on the map a part must come out


@dataclass(frozen=True, slots=True)
class Part:
    """What an enlargement shows: zones that lie together, with their ways and shelters."""

    zones: tuple[Feature, ...]
    routes: tuple[Feature, ...]
    shelters: tuple[Feature, ...]

    @property
    def bounds(self) -> Box:
        shapes = [one.geometry for one in (*self.zones, *self.routes, *self.shelters) if one.geometry is not None]
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        return west, south, east, north

    @property
    def name(self) -> str:
        return "、".join(one.text("name") or one.text("id") for one in self.zones)


@dataclass(frozen=True, slots=True)
class Placed:
    """A part in its corner: its own view, and its box in mm of the sheet's map."""

    part: Part
    view: MapView
    box: Box


def most_hidden(layer: str, *, public: bool, wall: bool) -> float:
    """The share of its own land that all enlargements of a sheet of that layer may hide; 0: it has none. A street's
    or key area's may be large and hold a small zone, a zone's own is as large as it can be anyway. The district's
    public one is there to be seen whole, and the office's has ground to spare on a wall alone."""
    if layer in (STREETS, KEY_AREAS):
        return _MOST_HIDDEN
    if layer:
        return 0.0
    return _OF_DISTRICT if public else _ON_WALL if wall else 0.0


_EXACT = 0.5  # mm of the map within which the outline of what a box would hide is known: hundreds of boxes are tried


class Enlargements:
    """Those of one sheet. `boxes` lie over its map; `taken` boxes of other things are kept clear of."""

    def __init__(self, ws: Workspace, layers: MapLayers, room: SheetRoom, layout: SheetLayout, view: MapView) -> None:
        self._ws = ws
        self._layers, self._room, self._layout, self._view = layers, room, layout, view
        self._shares: Sequence[tuple[float, float]] = _SHARES
        self._most = 0.0  # metres² of the land
        self._warned: BaseGeometry = shapely.Polygon()
        self._land: Sequence[BaseGeometry] = ()
        self._hidden: dict[Box, float] = {}  # hundreds of boxes come back from try to try
        self.placed: list[Placed] = []
        self.without: list[Part] = []  # too small to be read, and no corner had room

    def place(
        self,
        zones: Sequence[Feature],
        routes: Sequence[Feature],
        taken: Sequence[Box],
        land: Sequence[BaseGeometry],
        fits: Callable[[Sequence[Box]], bool],
        *,
        most: float = _MOST_HIDDEN,
    ) -> None:
        """Find the corners, for who has to move the most people first. `fits` says whether all that must still come
        finds room beside these boxes; `land` is what the sheet is of, of which as little as can be is hidden, at
        `most` that share."""
        frame = shapely.box(*self._view.bounds)
        there = [
            one for one in zones if one.geometry is not None and shapely.make_valid(one.geometry).intersects(frame)
        ]
        parts = [one for one in self._parts(there, routes) if not self._readable(one)]
        parts.sort(key=lambda one: -self._people(one))
        wide, exact = (share / self._view.mm_per_metre for share in (0.5, _EXACT))
        said = [*self._room.warned_of(self._view), *self._room.warned_of(self._view, own=False)]
        self._warned = shapely.union_all([shapely.make_valid(one) if one.area else one.buffer(wide) for one in said])
        shapely.prepare(self._warned)
        self._land = [shapely.simplify(one, exact) for one in land]
        whole = (0, 0, self._view.width_mm, self._view.height_mm)
        self._most = most * sum(hidden(self._view, whole, [one]) for one in self._land)
        # The largest boxes leave those who come later no corner, or a poor one. Whoever has to move the most people is
        # shown in any case; then that try is the best in which the smallest scale is the largest.
        tries = [self._placed(parts, _SHARES[first:], taken, fits) for first in range(len(_SHARES))]
        best = max(tries, key=_merit, default=[])
        self.placed = [one for one in best if one is not None]
        self.without = [part for part, one in zip(parts, best, strict=True) if one is None]

    def _placed(
        self,
        parts: Sequence[Part],
        shares: Sequence[tuple[float, float]],
        taken: Sequence[Box],
        fits: Callable[[Sequence[Box]], bool],
    ) -> list[Placed | None]:
        """Each of `parts` in its corner, in boxes that take no more than `shares`; None of one that finds no room."""
        self._shares, self.placed = shares, []
        found: list[Placed | None] = []
        for part in parts:
            frames = [box for one in self.placed for box in (self.frame(one.view), self._tag(self.frame(one.view)))]
            best = self._best(part, [*taken, *self.boxes, *frames], fits)
            found.append(best)
            self.placed += [best] if best is not None else []
        return found

    # -- what it means for the sheet -------------------------------------------------------------------------------

    @property
    def boxes(self) -> list[Box]:
        return [one.box for one in self.placed]

    @property
    def blocked(self) -> list[Box]:
        """Where no name of the map may stand: the boxes, the frames' lines and the words at these."""
        found = self.boxes
        for one in self.placed:
            left, top, right, bottom = frame = self.frame(one.view)
            wide = _EDGE_WIDE * self._layout.unit
            found += [
                (left - wide, top - wide, right + wide, top + wide),
                (left - wide, bottom - wide, right + wide, bottom + wide),
                (left - wide, top, left + wide, bottom),
                (right - wide, top, right + wide, bottom),
                self._tag(frame),
            ]
        return found

    @property
    def named_there(self) -> frozenset[Key]:
        """Ways and shelters whose names stand in the enlargement, where there is room for them."""
        routes = {one.uid for placed in self.placed for one in placed.part.routes}
        elsewhere = {one.text("shelter") for one in self._layers.features(ROUTES) if one.uid not in routes}
        shelters = {one.uid for placed in self.placed for one in placed.part.shelters} - elsewhere
        return frozenset([*((ROUTES, one) for one in routes), *((SHELTERS, one) for one in shelters)])

    def frame(self, enlarged: MapView) -> Box:
        """What it shows, in mm of the sheet's map."""
        west, south, east, north = enlarged.bounds
        left, top = self._view.to_mm(west, north)
        right, bottom = self._view.to_mm(east, south)
        return left, top, right, bottom

    def _tag(self, frame: Box) -> Box:
        """Above the frame's upper left corner; inside of it where the map ends."""
        wide, high = (one * self._layout.unit for one in _TAG)
        top = frame[1] - high if frame[1] >= high else frame[1]
        return frame[0], top, frame[0] + wide, top + high

    def sentences(self) -> list[str]:
        """For below the table: which zones can't be read here, and where they can."""
        zones = [zone for part in self.without for zone in part.zones]
        if not zones:
            return []
        names = "、".join(_with_number(one) for one in zones)
        return [_("这张图上太小，路线看不清的：{names}，请看危险区警示图。").format(names=names)]

    def notes(self) -> list[str]:
        scale = [one.view.denominator / self._layout.map_factor for one in self.placed]
        return [
            _("放大图：{name}，1:{scale:.0f}。").format(name=one.part.name, scale=denominator)
            for one, denominator in zip(self.placed, scale, strict=True)
        ]

    def drawn(
        self, pictures: Sequence[LayerPicture], land: BaseGeometry | None, *, public: bool
    ) -> Iterator[tuple[EnlargedMap, str, PaintReport]]:
        """Form, picture and what it shows of each. Only layers that the map itself shows: its legend explains them."""
        unit = self._layout.unit
        shown = [one for one in pictures if one.style.shown_at(self._view.denominator)]
        views = [one.view.magnified(_FROM_AFAR) if public else one.view for one in self.placed]
        short = any(ways_are_short(shown, view) for view in views)
        for number, (one, view) in enumerate(zip(self.placed, views, strict=True), 1):
            named = ways_first(whole_symbols(shown, view), view, short=short)
            # Of one zone the head says the name, of the 街道 the sheet; here they would lie over the ways.
            said = [(STREETS, street.uid) for street in self._layers.features(STREETS)]
            said += [(ZONES, zone.uid) for zone in one.part.zones] if len(one.part.zones) == 1 else []
            svg, report = map_svg_report(view, named, spoken_of=land, unnamed=said)
            tag = _("放大图") if len(self.placed) == 1 else _("放大图 {number}").format(number=number)
            scale = one.view.denominator / self._layout.map_factor
            yield (
                EnlargedMap(
                    picture=f"enlarged-{number}",
                    tag=tag,
                    name=one.part.name,
                    scale=None if public else scale,
                    denominator=one.view.denominator * unit,
                    bar_metres=scale_bar(one.view, _longest_bar(one.box, unit, public=public) * unit).metres,
                    box=_design(one.box, unit),
                    frame=_design(self.frame(one.view), unit),
                    tag_box=_design(self._tag(self.frame(one.view)), unit),
                ),
                svg,
                report,
            )

    # -- looking for room ------------------------------------------------------------------------------------------

    def _parts(self, zones: Sequence[Feature], routes: Sequence[Feature]) -> list[Part]:
        """Each zone with its ways; zones whose parts lie over each other are one."""
        shelters = {one.uid: one for one in self._layers.features(SHELTERS)}
        found: list[Part] = []
        for zone in zones:
            own = [one for one in routes if one.text("danger_zone") == zone.uid]
            ends = {
                one.text("shelter"): shelters[one.text("shelter")] for one in own if one.text("shelter") in shelters
            }
            part = Part((zone,), tuple(own), tuple(ends.values()))
            # What has grown by one may reach the next.
            while other := next((one for one in found if _overlapping(one, part)), None):
                found.remove(other)
                both = {one.uid: one for one in (*other.shelters, *part.shelters)}
                part = Part((*other.zones, *part.zones), (*other.routes, *part.routes), tuple(both.values()))
            found.append(part)
        return [one for one in found if one.routes]

    def _people(self, part: Part) -> int:
        """How many have to move, by form and register as every paper counts them."""
        return sum(must_move(self._ws, one).number or 0 for one in part.zones)

    def _readable(self, part: Part) -> bool:
        """Whether the ways of a part can be followed at the sheet's scale."""
        longest = max((one.geometry.length for one in part.routes if one.geometry is not None), default=0.0)
        return self._size(part) >= _READABLE and self._on_paper(longest) >= _FOLLOWED

    def _size(self, part: Part) -> float:
        """The larger side of a part at the sheet's scale, mm of the design."""
        west, south, east, north = part.bounds
        return self._on_paper(max(east - west, north - south))

    def _on_paper(self, metres: float) -> float:
        """At the sheet's scale, in mm of the design."""
        return metres * self._view.mm_per_metre / self._layout.unit

    def _best(
        self,
        part: Part,
        taken: Sequence[Box],
        fits: Callable[[Sequence[Box]], bool],
    ) -> Placed | None:
        """The largest scale at which there is room at the map's edge, in a corner if one hides as little land."""
        room = self._most - sum(self._lost(one) for one in self.boxes)
        for view, size in self._views(part):
            found: list[tuple[float, Box]] = []
            frame = self.frame(view)
            keep_off = (*taken, frame, self._tag(frame))
            for box in self._along_the_edge(size):
                if any(overlap(box, one) for one in keep_off):
                    continue
                lost = self._lost(box)
                if lost <= room and fits([*taken, box]):
                    found.append((lost, box))
            if found:
                return Placed(part, view, min(found, key=lambda one: one[0])[1])
        return None

    def _lost(self, box: Box) -> float:
        """Metres² of the land that the box hides; without end where it hides what is warned of."""
        if box not in self._hidden:
            hides = self._warned.intersects(ground_of(self._view, box))
            self._hidden[box] = inf if hides else hidden(self._view, box, self._land)
        return self._hidden[box]

    def _along_the_edge(self, size: tuple[float, float]) -> list[Box]:
        """Where a box of that size may stand: the corners first, then along the edges between them."""
        corners = [self._room.box(self._view, corner, size) for corner in CORNERS]
        edge = EDGE * self._layout.unit
        right, low = self._view.width_mm - edge - size[0], self._view.height_mm - edge - size[1]
        shares = [number / _PLACES for number in range(1, _PLACES)]
        across = [(edge + (right - edge) * one, top) for one in shares for top in (edge, low)]
        down = [(left, edge + (low - edge) * one) for one in shares for left in (edge, right)]
        return [*corners, *((left, top, left + size[0], top + size[1]) for left, top in (*across, *down))]

    def _views(self, part: Part) -> Iterator[tuple[MapView, tuple[float, float]]]:
        """From the largest scale: the view of the part and the size of its box, in mm of the sheet's map."""
        unit, factor = self._layout.unit, self._layout.map_factor
        wide, high = self._layout.drawing
        around = Padding(*(one * unit for one in (_NAMES.left, _NAMES.top, _NAMES.right, _NAMES.bottom)))
        rest = (HEAD + FOOT) * unit
        tried: set[float] = set()
        for across, down in self._shares:
            most = (wide * across, high * down - rest)
            if most[0] < _LEAST_BOX[0] * unit or most[1] < _LEAST_BOX[1] * unit:
                continue
            view = fitted_view(part.bounds, most, around, least=_LEAST_DENOMINATOR, factor=factor)
            while view.denominator * _WORTH <= self._view.denominator and view.denominator not in tried:
                tried.add(view.denominator)
                least = [one * unit for one in _LEAST_BOX]
                west, south, east, north = part.bounds
                size = (
                    max(least[0], (east - west) * view.mm_per_metre + around.left + around.right),
                    max(least[1], (north - south) * view.mm_per_metre + around.top + around.bottom),
                )
                yield replace(view, width_mm=size[0], height_mm=size[1]), (size[0], size[1] + rest)
                denominator = next_round(view.denominator / factor, closer=False) * factor
                view = replace(view, denominator=denominator)


def _merit(placed: Sequence[Placed | None]) -> tuple[list[bool], float]:
    """Who is shown, in the order of people; then the scale of the one that comes out smallest."""
    scales = [1.0 / one.view.denominator for one in placed if one is not None]
    return [one is not None for one in placed], min(scales, default=0.0)


def _longest_bar(box: Box, unit: float, *, public: bool) -> float:
    """In mm of the design: what 1∶N leaves of a narrow box's foot; a public one has its bar alone."""
    return _LONGEST_BAR if public else min(_LONGEST_BAR, (box[2] - box[0]) / unit - _BESIDE_BAR)


def _overlapping(one: Part, other: Part) -> bool:
    return bool(shapely.box(*one.bounds).intersects(shapely.box(*other.bounds)))


def _design(box: Box, unit: float) -> Box:
    left, top, right, bottom = (round(one / unit, 3) for one in box)
    return left, top, right, bottom


def _with_number(zone: Feature) -> str:
    return _("{name} {number}").format(name=zone.text("name"), number=zone.text("id")).strip()
