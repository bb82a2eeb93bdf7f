"""What of a map may cost a life if it is taken at its word: routes along which nobody may set out unasked, or not at
all, and the shelters they lead to. The judgement is that of the papers (`evacuation`, `ways_in_force`): this only
collects it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import shapely

from geohazard_desktop.analysis.channels import CORRIDORS, RIVERS
from geohazard_desktop.analysis.counted_today import closed_shelters, shelters_in_use
from geohazard_desktop.analysis.evacuation import WayFinder
from geohazard_desktop.analysis.way_words import place_of, route_name, shelter_name, zone_name
from geohazard_desktop.analysis.ways_in_force import ROUTES, SHELTERS, routes_leading_to, ways_over
from geohazard_desktop.analysis.zone_states import EVENTS, ZONES, in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

Kind = Literal["ask", "over"]
Key = tuple[str, str]  # layer, uid

# A change of any other layer makes no way doubtful and none sound.
CONCERNED = frozenset(
    {ROUTES, SHELTERS, ZONES, EVENTS, CORRIDORS, RIVERS, "bridge", "household", "hazard_point"},
)


@dataclass(frozen=True, slots=True)
class WayDoubt:
    """`ask`: nobody may set out before they have asked; `over`: nobody is sent there any more, papers leave it out.
    `why` is for the officer, whole sentences."""

    kind: Kind
    why: str


def way_doubts(ws: Workspace) -> dict[Key, WayDoubt]:
    """Every route and shelter that the map must not show as sound, by layer and uid. A closed shelter is not among
    them: its own date says it, wherever it is drawn."""
    return dict(_routes(ws)) | dict(_shelters(ws))


def _routes(ws: Workspace) -> Iterator[tuple[Key, WayDoubt]]:
    if ROUTES not in ws.definitions or not ws.count(ROUTES):
        return
    over = ways_over(ws)
    to_closed: Mapping[str, Feature] = routes_leading_to(ws, closed_shelters(ws))
    finder = WayFinder(ws)
    for route in ws.table(ROUTES):
        name = followed(route_name(route))
        if route.uid in to_closed:
            told = _("{name}通往的{shelter}已经停用，不要再叫人往那里走。")
            goal = followed(shelter_name(to_closed[route.uid]))
            yield (ROUTES, route.uid), WayDoubt("over", told.format(name=name, shelter=goal))
        elif route.uid in over:
            yield (ROUTES, route.uid), WayDoubt("over", _("{name}属于已撤销的危险区，不再用。").format(name=name))
        elif why := finder.why_ask(route):
            yield (ROUTES, route.uid), WayDoubt("ask", why)


def _shelters(ws: Workspace) -> Iterator[tuple[Key, WayDoubt]]:
    shelters = shelters_in_use(ws)
    if not shelters:
        return
    over = ways_over(ws)
    zones = (
        [one for one in in_force(ws, ws.table(ZONES)) if one.geometry is not None] if ZONES in ws.definitions else []
    )
    tree = shapely.STRtree([one.geometry for one in zones])
    for one in shelters:
        name, place = followed(shelter_name(one)), place_of(one)
        if one.uid in over:
            told = _("通往{name}的路线都停用了，图和卡上不印这里。").format(name=name)
            yield (SHELTERS, one.uid), WayDoubt("over", told)
            continue
        around = sorted(tree.query(place, predicate="intersects").tolist()) if place is not None and zones else []
        if around:
            within = "、".join(followed(zone_name(zones[number])) for number in around)
            yield (SHELTERS, one.uid), WayDoubt("ask", _("{name}在{zones}里面。").format(name=name, zones=within))
