"""Routes on a paper of a zone that lead through another danger zone: whoever prints it hears of them, whatever paper it
is. A household's papers say to ask first (cards/asking.py); at a board by the road nobody can ask."""

from collections.abc import Collection, Iterable

from shapely import Point

from geohazard_desktop.analysis.evacuation import HouseholdWay, Surroundings, route_line, route_way
from geohazard_desktop.analysis.hazard_links import danger_zone_of
from geohazard_desktop.analysis.ways_in_force import holding, ways_over
from geohazard_desktop.analysis.zone_states import ZONES, in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_ROUTES = "evacuation_route"
SUBJECTS = (ZONES, "hazard_point", "warning_sign")  # layers whose papers name the routes of a zone


def doubtful_routes(ws: Workspace, layer: str, uids: Collection[str] | None) -> list[str]:
    """A sentence for each route of the zones of these subjects (None: all of `layer`) that leads through a danger zone
    that holds, the own one again among them."""
    if layer not in SUBJECTS or _ROUTES not in ws.definitions:
        return []
    subjects = list(ws.table(layer)) if uids is None else [one for uid in uids if (one := ws.feature(layer, uid))]
    zones = set(_zones_of(ws, layer, subjects))
    routes = [one for one in holding(ws.table(_ROUTES), ways_over(ws)) if one.text(ZONES) in zones]
    around = Surroundings(zones=in_force(ws, list(ws.table(ZONES)))) if routes else Surroundings()
    found = []
    for route in routes:
        shelter = ws.feature("shelter", route.text("shelter")) if route.text("shelter") else None
        line = route_line(route, shelter, epsg=ws.epsg)
        if line is None:
            continue  # what is no line is told by who draws it
        way = route_way(Point(line.coords[0]), route, shelter, epsg=ws.epsg, around=around, line=line, leaving=False)
        through = [one.officer for one in way.remarks if one.zone is not None] if isinstance(way, HouseholdWay) else []
        if through:
            words = _("{faults}这条路线印在纸上，请改画路线再印，印出的不要张贴。")
            found.append(words.format(faults="".join(dict.fromkeys(through))))
    return found


def _zones_of(ws: Workspace, layer: str, subjects: Iterable[Feature]) -> Iterable[str]:
    for one in subjects:
        if layer == ZONES:
            yield one.uid
        elif layer == "warning_sign":
            yield one.text(ZONES)
        elif zone := danger_zone_of(ws, one):
            yield zone.uid
