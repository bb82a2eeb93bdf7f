"""Which evacuation routes and shelters are over together with their danger zone: the one place that decides it.

A route holds while its zone does, or while a household of another zone in force is told to take it. A shelter to which
routes lead holds while one of these holds, or while an open hazard point names it; one to which none ever led holds by
itself, as somebody registered it for whatever comes. A shelter that is closed is over with every route to it: no paper
may send anybody there.
"""

from collections.abc import Iterable, Iterator, Mapping

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.counted_today import closed_shelters, counted, shelters_in_use
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.relation import inside
from geohazard_desktop.analysis.zone_states import ZONES, zone_states
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

ROUTES, SHELTERS = "evacuation_route", "shelter"
_CLOSED = "销号"


def ways_over(ws: Workspace, states: Mapping[str, str] | None = None) -> frozenset[str]:
    """Uids of the routes and shelters that no paper, page or count may show as in force. `states` are zone_states(ws),
    for callers that have them. Costs little where no
    zone was lifted and no shelter closed."""
    states = zone_states(ws) if states is None else states
    gone = {uid for uid, state in states.items() if state == lifted()}
    closed = closed_shelters(ws)
    if not gone and not closed:
        return frozenset()
    routes = list(_attributes(ws, ROUTES))
    blocked = set(routes_leading_to(ws, closed))
    doubtful = {one.uid for one in routes if one.text("danger_zone") in gone} - blocked
    routes_over = blocked | (doubtful - _still_taken(ws, doubtful, gone) if doubtful else doubtful)
    held = {one.text("shelter") for one in routes if one.uid not in routes_over} | _named_by_points(ws)
    left = {one.text("shelter") for one in routes if one.uid in routes_over} - held - {""}
    return frozenset(routes_over | left | closed.keys())


def routes_leading_to(ws: Workspace, shelters: Mapping[str, Feature]) -> dict[str, Feature]:
    """By the uid of a route which of `shelters` (by uid) it leads to: the one it names, or, where it names none, the
    one that its drawn end reaches. Routes that lead to none of them are left out."""
    if not shelters or ROUTES not in ws.definitions:
        return {}
    found: dict[str, Feature] = {}
    places: list[Feature] = []
    for one in ws.attributes(ROUTES):
        if one.text("shelter"):
            if one.text("shelter") in shelters:
                found[one.uid] = shelters[one.text("shelter")]
            continue
        places = places or list(ws.table(SHELTERS))
        route = ws.feature(ROUTES, one.uid)
        end = None if route is None or route.geometry is None else _nearest(route.geometry, places)
        if end is not None and end.uid in shelters:
            found[one.uid] = end
    return found


def with_goals(ws: Workspace, routes: Iterable[Feature]) -> list[Feature]:
    """`routes`, where one names no shelter with the one in use that its drawn end reaches: what the papers of its
    households tell (WayFinder) the papers of its zone tell too."""
    found = list(routes)
    if SHELTERS not in ws.definitions or all(one.text("shelter") or one.geometry is None for one in found):
        return found
    places = list(shelters_in_use(ws))

    def led(route: Feature) -> Feature:
        if route.text("shelter") or route.geometry is None or route.geometry.is_empty:
            return route
        goal = _nearest(route.geometry, places)
        return route if goal is None else route.with_values(shelter=goal.uid)

    return [led(one) for one in found]


def _nearest(line: BaseGeometry, shelters: Iterable[Feature]) -> Feature | None:
    """The shelter that the end of a drawn line reaches."""
    corners = shapely.get_coordinates(line)
    if not len(corners):
        return None
    end = Point(corners[-1])
    near = [(one.geometry.distance(end), one) for one in shelters if one.geometry is not None]
    metres, found = min(near, key=lambda one: one[0], default=(float("inf"), None))
    return found if metres <= parameter("way", "shelter_end_m") else None


def holding(features: Iterable[Feature], over: frozenset[str]) -> list[Feature]:
    """Those of `features` that are not `over`."""
    return [one for one in features if one.uid not in over]


def by_number(routes: Iterable[Feature]) -> list[Feature]:
    """Routes as people count them: 2 before 10, those without a number last."""
    return sorted(routes, key=lambda one: (_serial(one.text("number")), one.text("number"), one.text("id")))


def _serial(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 1_000_000


def _still_taken(ws: Workspace, routes: set[str], gone: set[str]) -> set[str]:
    """Those of `routes` that a household of a zone in force takes: the zone named at it, else one that it lies in."""
    found: set[str] = set()
    zones: list[Feature] | None = None
    for one in counted(_attributes(ws, "household")):
        route = one.text("evacuation_route")
        if route not in routes or route in found or one.text("danger_zone") in gone:
            continue
        if one.text("danger_zone"):
            found.add(route)
            continue
        if zones is None:
            zones = [zone for zone in ws.table(ZONES) if zone.uid not in gone]
        house = ws.feature("household", one.uid)
        place = None if house is None else house.geometry
        if place is not None and not place.is_empty and any(inside(place, zone.geometry) for zone in zones):
            found.add(route)
    return found


def _named_by_points(ws: Workspace) -> set[str]:
    return {one.text("shelter") for one in _attributes(ws, "hazard_point") if one.text("status") != _CLOSED}


def _attributes(ws: Workspace, layer: str) -> Iterator[Feature]:
    return iter(ws.attributes(layer) if layer in ws.definitions else ())
