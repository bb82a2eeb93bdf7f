"""Who comes to one shelter, route by route, and what becomes of them when shelters close: for its form and the question
before 停用.

The count is that of check and papers (shelter_room.py): a household goes where its route leads and its paper does not
forbid it. Only the households of the routes that lead there are read, so a form may ask at every click.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geohazard_desktop.analysis.counted_today import counted, residents_in, shelters_in_use
from geohazard_desktop.analysis.evacuation import WayFinder
from geohazard_desktop.analysis.shelter_room import Sent, places_of, sent_of, sent_to
from geohazard_desktop.analysis.way_words import shelter_name
from geohazard_desktop.analysis.ways_in_force import by_number, routes_leading_to
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RouteLoad:
    """Who comes along one route: `homes` are in `sent`; whose paper says not to go that way is in `kept_away`. `zone`
    is the danger zone of the route, None where it names none."""

    route: Feature
    zone: Feature | None
    sent: Sent
    homes: tuple[Feature, ...]
    kept_away: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class ShelterLoad:
    """`places` is how many people the shelter takes, None where that is not known. Routes by their numbers."""

    places: int | None
    routes: tuple[RouteLoad, ...] = ()

    @property
    def homes(self) -> list[Feature]:
        return [home for one in self.routes for home in one.homes]

    @property
    def kept_away(self) -> list[Feature]:
        return [home for one in self.routes for home in one.kept_away]

    @property
    def sent(self) -> Sent:
        return sent_of(self.homes)

    @property
    def too_many(self) -> int:
        """For how many of the people who are known by number there is no place; 0 where it is not known."""
        return 0 if self.places is None else max(0, self.sent.people - self.places)


def shelter_load(ws: Workspace, shelter: Feature) -> ShelterLoad:
    """Who is sent to a shelter, as its papers have it now; nobody to a closed one."""
    routes = _routes_to(ws, {shelter.uid: shelter})
    finder = WayFinder(ws) if routes else None
    found = []
    for route in routes:
        homes = counted(ws.find("household", "evacuation_route", route.uid))
        going = [one for one in homes if finder is not None and finder.sends(one)]
        uids = {one.uid for one in going}
        away = tuple(one for one in homes if one.uid not in uids)
        zone = ws.feature("danger_zone", route.text("danger_zone")) if route.text("danger_zone") else None
        found.append(RouteLoad(route, zone, sent_of(going), tuple(going), away))
    return ShelterLoad(places_of(shelter), tuple(found))


@dataclass(frozen=True, slots=True)
class Displaced:
    """What becomes of those whom closed shelters leave without a goal: `elsewhere` have another route before their
    door that may be told to them (`goals`: to which shelter how many that would be), `nowhere` have none.
    `overfull` are sentences on shelters that would be too small for them."""

    elsewhere: Sent
    nowhere: Sent
    goals: tuple[tuple[Feature, Sent], ...]
    overfull: tuple[str, ...]

    @property
    def everybody(self) -> Sent:
        return Sent(*(getattr(self.elsewhere, name) + getattr(self.nowhere, name) for name in Sent.__slots__))


def displaced(ws: Workspace, closing: Sequence[Feature]) -> Displaced:
    """Who stands without a goal when these shelters close. Nobody is led anywhere by that: it takes an officer to give
    a household another route, and this says for how many there is one."""
    shelters = {one.uid: one for one in closing}
    today, after = WayFinder(ws), WayFinder(ws, without=shelters)
    homes: list[Feature] = [
        home
        for route in _routes_to(ws, shelters)
        for home in counted(ws.find("household", "evacuation_route", route.uid))
        if today.sends(home)
    ]
    led: dict[str, list[Feature]] = {}
    nowhere = []
    for home in homes:
        way = after.clear_way(home)
        if way is None or way.shelter is None:
            nowhere.append(home)
        else:
            led.setdefault(way.shelter.uid, []).append(home)
    goals = {one.uid: one for one in shelters_in_use(ws) if one.uid in led}
    there = sent_to(ws, goals, residents_in(ws), today) if goals else {}
    overfull = []
    for uid, shelter in goals.items():
        more, places = sent_of(led[uid]), places_of(shelter)
        people = there.get(uid, Sent()).people + more.people
        if places is not None and people > places:
            words = _("{shelter}可容 {places} 人，他们都去就是 {people} 人，坐不下。")
            overfull.append(words.format(shelter=followed(shelter_name(shelter)), places=places, people=people))
    return Displaced(
        sent_of([one for homes in led.values() for one in homes]),
        sent_of(nowhere),
        tuple((goals[uid], sent_of(homes)) for uid, homes in led.items()),
        tuple(overfull),
    )


def _routes_to(ws: Workspace, shelters: Mapping[str, Feature]) -> list[Feature]:
    leading = routes_leading_to(ws, shelters)
    found = (ws.feature("evacuation_route", uid) for uid in leading)
    return by_number(one for one in found if one is not None)
