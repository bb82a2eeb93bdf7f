"""Who is sent to a shelter: routes that lead there, households that take them, how many of these hold a card already.

Asked before a shelter is closed or deleted, and by the check that finds a closed one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from geohazard_desktop.analysis.counted_today import residents_in
from geohazard_desktop.analysis.ways_in_force import by_number, routes_leading_to
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.card_issues import ISSUED, REGISTER
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Users:
    """`routes` by their numbers; `households` in residence that take one of them; `holding`: uids of those of them to
    whom a card was issued; `points`: open hazard points that name the shelter."""

    routes: tuple[Feature, ...] = ()
    households: tuple[Feature, ...] = ()
    holding: frozenset[str] = frozenset()
    points: tuple[Feature, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.routes or self.points)

    def words(self) -> str:
        """路线 1、2 通往这里，走这些路线的有 11 户，其中 9 户已经发了卡；1 处隐患点写着它. "" where nobody comes."""
        told = []
        if self.routes:
            numbers = "、".join(one.text("number") or one.text("id") for one in self.routes)
            told.append(_("路线 {numbers} 通往这里").format(numbers=numbers) + households_words(self))
        if self.points:
            told.append(_("{count} 处隐患点写着它").format(count=len(self.points)))
        return "；".join(told)


def households_words(users: Users) -> str:
    """，走这些路线的有 11 户，其中 9 户已经发了卡; "" where there is none."""
    if not users.households:
        return ""
    words = _("，走这些路线的有 {count} 户").format(count=len(users.households))
    return words + (_("，其中 {count} 户已经发了卡").format(count=len(users.holding)) if users.holding else "")


def users_of(ws: Workspace, shelters: Mapping[str, Feature]) -> dict[str, Users]:
    """By the uid of each of `shelters` who is sent there; those to which nobody is are left out."""
    if not shelters:
        return {}
    leading = routes_leading_to(ws, shelters)
    walking: dict[str, list[Feature]] = {}
    for one in residents_in(ws) if leading else ():
        if one.text("evacuation_route") in leading:
            walking.setdefault(leading[one.text("evacuation_route")].uid, []).append(one)
    carded = _carded(ws) if walking else frozenset()
    found: dict[str, Users] = {}
    for uid in shelters:
        routes = [ws.feature("evacuation_route", route) for route, shelter in leading.items() if shelter.uid == uid]
        homes = walking.get(uid, [])
        users = Users(
            tuple(by_number(one for one in routes if one is not None)),
            tuple(homes),
            frozenset(one.uid for one in homes) & carded,
            tuple(_points(ws, uid)),
        )
        if users:
            found[uid] = users
    return found


def _carded(ws: Workspace) -> frozenset[str]:
    if REGISTER not in ws.definitions:
        return frozenset()
    rows = ws.attributes(REGISTER)
    return frozenset(one.text("household") for one in rows if one.text("step") in ("", ISSUED)) - {""}


def _points(ws: Workspace, uid: str) -> list[Feature]:
    if "hazard_point" not in ws.definitions or "shelter" not in ws.definitions["hazard_point"].by_name:
        return []
    return [one for one in ws.find("hazard_point", "shelter", uid) if one.text("status") != "销号"]
