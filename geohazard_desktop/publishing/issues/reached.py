"""Which papers at doors a change can have reached at all: asked before any of them is filled again.

To fill a card takes as long as to draw its map; to ask whether a change lies in its frame, or names its zone, way or
shelter, takes a thousandth of that. The answer may name a door too many, never one too few: what cannot be placed
reaches all of them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.evacuation import place_of, route_line, way_parts
from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.surroundings import farthest
from geohazard_desktop.cartography.view import Bounds
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.household_frame import common_parts, household_view
from geohazard_desktop.publishing.issues.touched import LINKS, Touched
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_HOMES, _MEMBERS, _ISSUES = "household", "household_member", "card_issue"
_EVENTS, _ZONES = "zone_event", "danger_zone"
# Places of names and frames of sheets: on no paper at a door. Registers of what was seen and reported.
_ELSEWHERE = frozenset({"label_position", "sheet", "patrol", "report", "export_log"})
_INK_MM = 40.0  # beyond a map's frame: the largest sign and the name beside it


def doors_named(changes: Iterable[Touched]) -> set[str]:
    """The households that changes are about themselves, by their own row, a member's or a paper's."""
    found: set[str] = set()
    for one in changes:
        if one.layer == _HOMES:
            found.add(one.uid)
        elif one.layer in (_MEMBERS, _ISSUES):
            found |= one.names
    return found


def reached_homes(ws: Workspace, changes: Collection[Touched], homes: Collection[str]) -> set[str] | None:
    """Those of `homes` (uids of households) whose papers the changes can have reached; None where all of them can."""
    own = doors_named(changes) & set(homes)
    named: set[str] = set()
    boxes: list[Bounds] = []
    for one in changes:
        definition = ws.definitions.get(one.layer)
        if definition is None:
            return None
        if one.layer in (*_ELSEWHERE, _HOMES, _MEMBERS, _ISSUES):
            continue
        if one.layer == _EVENTS:
            named |= one.names
            boxes += [shape.bounds for shape in _shapes(ws, _ZONES, one.names)]
        elif definition.geometry == "none":
            return None  # settings, styles, persons: on every paper
        else:
            named |= {one.uid, *one.names}
            boxes += one.boxes
    if any(not np.isfinite(one).all() for one in boxes):
        return None
    if not named and not boxes:
        return own
    return own | _Reaches(ws).meeting(homes, named, boxes)


def _shapes(ws: Workspace, layer: str, uids: Iterable[str]) -> Iterator[BaseGeometry]:
    for uid in uids:
        feature = ws.feature(layer, uid)
        if feature is not None and feature.geometry is not None and not feature.geometry.is_empty:
            yield feature.geometry


class _Reaches:
    """Whom and what ground the papers of households stand on. Reads the workspace once, but for the ground's layers."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        # As `CardMaker` has them: with a lifted zone a card would speak of another one than is asked about here.
        self._facts = CardFacts(ws, MapLayers(ws, _only_zones, personal_labels=False), date.today())
        self._routes = {one.uid: one for one in _rows(ws, "evacuation_route")}
        self._shelters = {one.uid: one for one in _rows(ws, "shelter")}
        self._lines: dict[str, shapely.LineString | None] = {}
        self._around = farthest()
        self._at_end = parameter("way", "shelter_end_m")  # as `WayFinder` finds the shelter at a way's end

    def meeting(self, homes: Collection[str], named: Collection[str], boxes: Sequence[Bounds]) -> set[str]:
        known = {one.uid: one for one in _rows(self._ws, _HOMES) if one.uid in homes}
        found = {uid for uid in homes if uid not in known}
        grounds: list[Bounds] = []
        uids: list[str] = []
        for uid, home in known.items():
            names, parts = self._of(home)
            if not names.isdisjoint(named):
                found.add(uid)
            elif parts:
                uids.append(uid)
                bounds = np.array(parts)
                grounds.append((*bounds[:, :2].min(axis=0).tolist(), *bounds[:, 2:].max(axis=0).tolist()))
        mine = np.array(grounds).reshape(-1, 4)
        hit = np.zeros(len(uids), dtype=bool)
        for west, south, east, north in boxes:
            apart = (mine[:, 0] > east) | (mine[:, 2] < west) | (mine[:, 1] > north) | (mine[:, 3] < south)
            hit |= ~apart  # so that a ground with a corner that is no number is reached by everything
        return found | {uids[number] for number in np.flatnonzero(hit).tolist()}

    def _of(self, home: Feature) -> tuple[set[str], list[Bounds]]:
        """The uids that a household's papers speak of, there or not, and the boxes that they look at."""
        zone = self._facts.zone_of(home)
        hazard = self._facts.hazard_of(home, zone)
        route = self._routes.get(home.text("evacuation_route"))
        shelter = None if route is None else self._shelters.get(route.text("shelter"))
        speaking = [one for one in (home, zone, hazard, route, shelter) if one is not None]
        names = {one.uid for one in speaking} | {one.text(name) for one in speaking for name in LINKS}
        shapes = [one.geometry for one in (zone, hazard) if one is not None]
        boxes = [one.bounds for one in shapes if one is not None and not one.is_empty]
        door = place_of(home)
        if door is not None:
            boxes += self._seen(door, route, shelter)
        return names - {""}, boxes

    def _seen(self, door: shapely.Point, route: Feature | None, shelter: Feature | None) -> Iterator[Bounds]:
        """The frame of the map on the card's back, with and without a way, and what the steps may speak of."""
        yield household_view(door, ()).grown_bounds(_INK_MM)
        if route is None or route.geometry is None or not measurable(route.geometry):
            return
        place = place_of(shelter)
        whole = [one.bounds for one in (door, route.geometry, place) if one is not None]
        low, high = np.array(whole)[:, :2].min(axis=0), np.array(whole)[:, 2:].max(axis=0)
        yield (*(low - self._around).tolist(), *(high + self._around).tolist())
        if route.uid not in self._lines:
            self._lines[route.uid] = route_line(route, shelter, epsg=self._ws.epsg)
        line = self._lines[route.uid]
        if line is None:
            return
        ends, lines = [shelter], [line]
        if shelter is None:
            # A way that names no shelter leads to whichever stands at its end, and is walked towards that.
            ends += [one for one in self._shelters.values() if place_of(one) is not None and self._near(one, line)]
            lines.append(line.reverse())
        for drawn in lines:
            _join, leg, rest = way_parts(door, drawn)
            for one in ends:
                there = () if one is None or one.geometry is None or one.geometry.is_empty else (one.geometry,)
                common = common_parts(route, rest, one)
                yield household_view(door, (leg, rest, *there), common).grown_bounds(_INK_MM)

    def _near(self, shelter: Feature, line: shapely.LineString) -> bool:
        return shelter.geometry is not None and bool(shelter.geometry.distance(line) <= self._at_end)


def _rows(ws: Workspace, layer: str) -> Iterable[Feature]:
    return ws.table(layer) if layer in ws.definitions else ()


def _only_zones(definition: LayerDefinition) -> bool:
    return definition.table == _ZONES and not about_people(definition)
