"""What the page needs to find things by name and to tell the nearest way out."""

from collections.abc import Mapping, Sequence
from typing import Any

from geohazard_desktop.common.pinyin import initials
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.publishing.cards.asking import ASK_FIRST
from geohazard_desktop.publishing.doubtful_ways import DoubtfulWays
from geohazard_desktop.publishing.papers.zone_ways import closed_ways_words
from geohazard_desktop.workspace.workspace import Workspace

ROUTES, SHELTERS, ZONES = "evacuation_route", "shelter", "danger_zone"
_READINGS = 4  # of a name; more are guesses that nobody types


def search_keys(name: str, number: str) -> str:
    """Initials of a name's readings and its number, parted by spaces; "" stands for no number."""
    found = sorted(initials("".join(name.split())))[:_READINGS]
    return " ".join(dict.fromkeys([*found, number.lower()])).strip()


def ways(
    ws: Workspace, doubtful: DoubtfulWays, layers: Sequence[str], uids: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Which layers of the page (by number) hold routes, zones and shelters, what each route is called, of which zone it
    is, what stands at one along which nobody may set out unasked (`ask`), which zones have none left as their shelters
    are `closed`, with what stands there, and how fast people walk. `uids` are the page's features of each layer, in
    order."""
    places = {layer: number for number, layer in enumerate(layers)}
    zones = {uid: number for number, uid in enumerate(uids.get(ZONES, ()))}
    routes = []
    for number, uid in enumerate(uids.get(ROUTES, ())):
        route = ws.feature(ROUTES, uid)
        if route is None:
            continue
        shelter = ws.feature(SHELTERS, route.text("shelter")) if SHELTERS in ws.definitions else None
        name = _("路线 {number}").format(number=route.text("number")) if route.text("number") else _("撤离路线")
        if shelter is not None and shelter.text("name"):
            name = _("{route}，到{shelter}").format(route=name, shelter=shelter.text("name"))
        zone, ask = zones.get(route.text("danger_zone"), -1), doubtful.asking(route) or ""
        routes.append({"f": number, "zone": zone, "name": name, "ask": ask})
    led = {one["zone"] for one in routes}
    left = {number: closed_ways_words(ws, {uid}) for uid, number in zones.items() if number not in led}
    return {
        "layer": places.get(ROUTES),
        "zones": places.get(ZONES),
        "shelters": places.get(SHELTERS),
        "routes": routes,
        "closed": {
            number: _("{closed}，{ask}").format(closed=words, ask=ASK_FIRST) for number, words in left.items() if words
        },
        "walkers": [[one.label, one.metres_per_second] for one in walkers()],
    }
