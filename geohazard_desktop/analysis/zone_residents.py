"""Who has to leave a danger zone: the one count of 户 and 人 that every paper takes.

A household belongs to a zone that it names, else to one that it stands in; and whoever was given a route of the zone
follows its signal, wherever the house stands. What an officer typed is never changed: it stands beside the count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.counted_today import counted, counts_today
from geohazard_desktop.analysis.exposure import features_inside
from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.zone_states import ZONES, in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_HOUSEHOLDS, _ROUTES = "household", "evacuation_route"


@dataclass(frozen=True, slots=True)
class Residents:
    """`own`: households of the zone; `beyond`: those of no other kind of tie than that they walk one of its routes;
    `outside`: uids of `own` that stand beyond its border; `gone`: who belonged to it and has moved away."""

    own: tuple[Feature, ...] = ()
    beyond: tuple[Feature, ...] = ()
    outside: frozenset[str] = frozenset()
    gone: tuple[Feature, ...] = ()

    @property
    def households(self) -> tuple[Feature, ...]:
        return (*self.own, *self.beyond)

    @property
    def away(self) -> tuple[Feature, ...]:
        """Those that stand outside the zone and leave with it."""
        return (*(one for one in self.own if one.uid in self.outside), *self.beyond)

    @property
    def people(self) -> int:
        """The sum of what is registered; `uncounted` households are not in it."""
        return people_in(self.households)

    @property
    def uncounted(self) -> int:
        return sum(self._people(one) is None for one in self.households)

    @staticmethod
    def _people(household: Feature) -> float | None:
        return _number(household["people"])

    def plain(self) -> str:
        """住户 14 户 50 人, for whoever passes by; the number of people only where everybody was counted."""
        if self.uncounted:
            return _("住户 {households} 户").format(households=len(self.households))
        return _("住户 {households} 户 {people} 人").format(households=len(self.households), people=self.people)

    def words(self) -> str:
        """14 户 50 人, and what has to be known of it: households nobody counted, households beyond the zone."""
        told = _("{households} 户 {people} 人").format(households=len(self.households), people=self.people)
        remarks = []
        if self.uncounted:
            remarks.append(_("{count} 户没填人数").format(count=self.uncounted))
        if self.away:
            remarks.append(_("其中 {count} 户在区外、归本区撤离").format(count=len(self.away)))
        return told + (_("（{remarks}）").format(remarks="，".join(remarks)) if remarks else "")

    def inside_words(self) -> str:
        """区内住户: only who stands inside is counted as such; who leaves with the zone from outside is told apart."""
        if not self.away:
            return self.words() if self.households else _("没有登记住户")
        away = {one.uid for one in self.away}
        inside = [one for one in self.households if one.uid not in away]
        return _("{inside}，另有 {away}在区外、归本区撤离").format(
            inside=self._counted(inside) if inside else _("没有"), away=self._counted(self.away)
        )

    def _counted(self, households: Sequence[Feature]) -> str:
        """3 户 9 人（1 户没填人数）."""
        told = _("{households} 户 {people} 人").format(households=len(households), people=people_in(households))
        lacking = sum(self._people(one) is None for one in households)
        if lacking == len(households):
            return _("{households} 户（没填人数）").format(households=lacking)
        if lacking:
            told += _("（{count} 户没填人数）").format(count=lacking)
        return told

    def gone_words(self) -> str:
        """1 户 3 人已迁出; "" where nobody has moved away."""
        if not self.gone:
            return ""
        return _("{households} 户 {people} 人已迁出").format(households=len(self.gone), people=people_in(self.gone))

    def beside(self, typed: str, households: Value = None, people: Value = None) -> str:
        """`typed` (威胁对象) and, where neither it nor the typed numbers say the same, the count of the register."""
        if not typed or not self.households:
            return typed
        plain = _("{households} 户 {people} 人").format(households=len(self.households), people=self.people)
        if self.uncounted == 0:
            if "".join(plain.split()) in "".join(typed.split()):
                return typed
            if _number(households) == len(self.households) and _number(people) == self.people:
                return typed
        lacking = _("，{count} 户没填人数").format(count=self.uncounted) if self.uncounted else ""
        return _("{typed}（登记住户 {count}{lacking}）").format(typed=typed, count=plain, lacking=lacking)


def people_in(households: Iterable[Feature]) -> int:
    """The sum of 家庭人数; households nobody counted add nothing."""
    return sum(int(one) for one in (_number(household["people"]) for household in households) if one is not None)


def residents_of(ws: Workspace, zone: Feature | None, today: date | None = None) -> Residents:
    """The residents of `zone` on a day (default: this one); nobody where there is no zone."""
    if zone is None or _HOUSEHOLDS not in ws.definitions:
        return Residents()
    shape = _whole(zone.geometry)
    within = features_inside(ws, _HOUSEHOLDS, shape) if shape is not None else []
    named = ws.find(_HOUSEHOLDS, ZONES, zone.uid)
    mine = {one.uid for one in named}
    every = [*named, *(one for one in within if one.uid not in mine and not _of_another(ws, one))]
    mine = {one.uid for one in every}
    routes = ws.find(_ROUTES, ZONES, zone.uid) if _ROUTES in ws.definitions else []
    walking = [one for route in routes for one in counted(ws.find(_HOUSEHOLDS, _ROUTES, route.uid), today)]
    inside = {one.uid for one in within}
    own = counted(every, today)
    return Residents(
        tuple(own),
        tuple(one for one in walking if one.uid not in mine),
        # A household without a place is nowhere: it is not said to stand outside.
        frozenset(one.uid for one in own if shape is not None and one.geometry is not None and one.uid not in inside),
        tuple(one for one in every if not counts_today(one, today)),
    )


def _of_another(ws: Workspace, household: Feature) -> bool:
    """Whether it is told to belong to another zone that still holds."""
    zone = ws.feature(ZONES, household.text(ZONES)) if household.text(ZONES) else None
    return zone is not None and bool(in_force(ws, [zone]))


def _whole(shape: BaseGeometry | None) -> BaseGeometry | None:
    """None where there is nothing that could lie in it: GEOS refuses corners that are no places."""
    return None if shape is None or not measurable(shape) else shapely.make_valid(shape)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
