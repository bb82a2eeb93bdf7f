"""What forms say of a danger zone's ways out: each route with its metres, every shelter that one of them leads to."""

from collections.abc import Collection, Mapping, Sequence

from geohazard_desktop.analysis.counted_today import closed_shelters
from geohazard_desktop.analysis.evacuation import route_line, route_name
from geohazard_desktop.analysis.shelter_room import places_of
from geohazard_desktop.analysis.way_lengths import printed_metres
from geohazard_desktop.analysis.way_words import zone_name
from geohazard_desktop.analysis.ways_in_force import ROUTES, routes_leading_to, ways_over
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.asking import ASK_FIRST
from geohazard_desktop.publishing.cards.help_words import ASK_THEN_GO
from geohazard_desktop.publishing.doubtful_ways import DoubtfulWays
from geohazard_desktop.publishing.form_fields import LINE
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


def shelter_called(shelter: Feature) -> str:
    return shelter.text("name") or shelter.text("id")


def closed_ways_words(ws: Workspace, zones: Collection[str] | None) -> str | None:
    """That shelters to which routes of `zones` (uids; None: all) lead are closed; None where none is. Whoever knew the
    way there is told not to take it and, where routes of others are left but none of theirs, to ask first."""
    closed = routes_leading_to(ws, closed_shelters(ws))
    if not closed:
        return None
    over = ways_over(ws)
    of_zones: dict[str, list[Feature]] = {}
    for one in ws.attributes(ROUTES):
        zone = one.text(ZONES)
        if (zones is None or zone in zones) and (one.uid in closed or one.uid not in over):
            of_zones.setdefault(zone, []).append(one)
    names = [shelter_called(closed[one.uid]) for some in of_zones.values() for one in some if one.uid in closed]
    if not names:
        return None
    told = _("{shelters}已经停用，不要再去").format(shelters="、".join(dict.fromkeys(names)))
    left = {zone for zone, some in of_zones.items() if any(one.uid not in closed for one in some)}
    asking = [named for uid in of_zones if uid not in left and (named := ws.feature(ZONES, uid)) is not None]
    if not left or not asking:
        return told
    return _("{told}；{zones}的人{ask}").format(told=told, zones="、".join(map(zone_name, asking)), ask=ASK_FIRST)


def closed_and_asked(closed: str | None) -> str | None:
    """What stands in place of the routes where none is left because shelters are `closed` (`closed_ways_words`): a
    blank would be filled with the way that everybody remembers."""
    return None if closed is None else _("{closed}。{first}").format(closed=closed, first=ASK_THEN_GO)


def routes_words(
    ws: Workspace,
    zone: Feature | None,
    routes: Sequence[Feature],
    shelters: Mapping[str, Feature],
    doubtful: DoubtfulWays,
) -> str | None:
    """Each of the `zone`'s routes with what the office wrote of it, else its shelter, its metres, and whether to ask
    first (`doubtful`), and which of its shelters are closed; None where there is none."""
    told = []
    closed = None if zone is None else closed_ways_words(ws, {zone.uid})
    for one in routes:
        shelter = shelters.get(one.text("shelter"))
        line = route_line(one, shelter, epsg=ws.epsg)
        words = one.text("description").rstrip("。") or (
            _("到{shelter}").format(shelter=shelter_called(shelter)) if shelter is not None else ""
        )
        far = "" if line is None else _("约 {m} 米").format(m=printed_metres(line, ws.epsg))
        told.append(
            "{}：{}".format(route_name(one), "，".join(part for part in (words, far, doubtful.asking(one)) if part))
        )
    if not told:
        return closed_and_asked(closed)
    return "；".join(told) + "。" + (_("{closed}。").format(closed=closed) if closed else "")


def shelters_words(
    routes: Sequence[Feature], shelters: Mapping[str, Feature], own: Feature | None, *, keepers: bool = True
) -> str | None:
    """Where people go: `own`, which the hazard point names, and whatever a route leads to, each once with its routes,
    its room and, with `keepers`, who keeps it (personal). Somebody who walks route 2 must find its shelter open too.
    What the register lacks is a LINE; None where no shelter is known."""
    leading: dict[str, list[str]] = {}
    for one in routes:
        if one.text("shelter") in shelters:
            leading.setdefault(one.text("shelter"), []).append(one.text("number") or one.text("id"))
    if own is not None:
        leading.setdefault(own.uid, [])
    told = []
    for uid, numbers in leading.items():
        shelter = shelters[uid]
        name = shelter_called(shelter)
        if len(leading) > 1 and any(numbers):
            name = _("路线 {numbers} 到{name}").format(numbers="、".join(one for one in numbers if one), name=name)
        room = places_of(shelter)
        words = _("{name}（可容 {people} 人").format(name=name, people=LINE if room is None else room)
        if keepers:
            keeper, phone = (shelter.text(one) or LINE for one in ("contact", "phone"))
            words += _("，负责人{keeper} {phone}").format(keeper=keeper, phone=phone)
        told.append(words + "）")
    return "；".join(told) or None


def keepers_words(routes: Sequence[Feature], shelters: Mapping[str, Feature]) -> str | None:
    """Who keeps each shelter that a route leads to, with the telephone (personal); None where none leads to one."""
    goals = {uid: shelters[uid] for uid in (one.text("shelter") for one in routes) if uid in shelters}
    told = (
        _("{name}：{keeper} {phone}").format(
            name=shelter_called(one), keeper=one.text("contact") or LINE, phone=one.text("phone") or LINE
        )
        for one in goals.values()
    )
    return "；".join(told) or None
