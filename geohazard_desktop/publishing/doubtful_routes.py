"""Routes of the zones that papers are about and along which nobody may set out unasked, and shelters of theirs that are
too small or will be closed: whoever prints hears of them, whatever paper it is, also of one that names no route."""

from collections.abc import Collection, Iterable

from geohazard_desktop.analysis.hazard_links import danger_zone_of
from geohazard_desktop.analysis.shelter_room import shelter_words
from geohazard_desktop.analysis.ways_in_force import holding, ways_over, with_goals
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.publishing.doubtful_ways import DoubtfulWays
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_ROUTES = "evacuation_route"
SUBJECTS = (ZONES, "hazard_point", "warning_sign")  # layers whose papers name the routes of a zone


def doubtful_routes(ws: Workspace, layer: str, uids: Collection[str] | None, said: str) -> list[str]:
    """A sentence for each route of the zones of these subjects (None: all of `layer`) that papers mark as to be asked
    about first, and for each shelter at their ends that is too small or closes on a day ahead, but for what the report
    has `said`: a paper that marks them says so itself."""
    if layer not in SUBJECTS or _ROUTES not in ws.definitions:
        return []
    subjects = list(ws.table(layer)) if uids is None else [one for uid in uids if (one := ws.feature(layer, uid))]
    zones = set(_zones_of(ws, layer, subjects))
    routes = [one for one in holding(ws.table(_ROUTES), ways_over(ws)) if one.text(ZONES) in zones]
    shelters = {one.text("shelter") for one in (*with_goals(ws, routes), *subjects)} - {""}
    small = [one for one in shelter_words(ws, shelters) if one not in said]
    return DoubtfulWays(ws).untold(routes, said) + small


def _zones_of(ws: Workspace, layer: str, subjects: Iterable[Feature]) -> Iterable[str]:
    for one in subjects:
        if layer == ZONES:
            yield one.uid
        elif layer == "warning_sign":
            yield one.text(ZONES)
        elif zone := danger_zone_of(ws, one):
            yield zone.uid
