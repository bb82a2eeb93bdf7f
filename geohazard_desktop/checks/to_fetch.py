"""Households in a danger zone with somebody who can't leave alone, or in which nobody hears a signal, and whom they
would phone: for two rules."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from geohazard_desktop.analysis.hazard_links import hazard_point_of
from geohazard_desktop.analysis.whom_to_call import Call, whom_to_call
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.household_help import DEAF, household_help
from geohazard_desktop.domain.household_pace import Pace, pace_of
from geohazard_desktop.workspace.feature import Feature


@dataclass(frozen=True, slots=True)
class ToFetch:
    household: Feature
    zone: Feature
    pace: Pace
    call: Call | None


def households_to_fetch(office: Office) -> Iterator[ToFetch]:
    """In file order; households that moved away or live in no zone that holds are left out."""
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    deaf: Counter[str] = Counter()
    for household, can, hears, remark in office.texts("household_member", "household", "mobility", "hearing", "remark"):
        members[household].append((can, remark))
        deaf[household] += hears == DEAF
    phones: dict[str, set[str]] = defaultdict(set)
    for person in office.features("person"):
        phones[person.text("name")].add(person.text("phone"))
    known = {name: next(iter(found)) for name, found in phones.items() if name and len(found) == 1}
    settings: dict[str, str] = {}  # the duty line fetches nobody
    for one in office.judged_today("household"):
        people = int(one["people"]) if isinstance(one["people"], int | float) else None
        helps = household_help(members[one.uid], (one.text("notes"), one.text("remark")), people)
        pace = pace_of(helps, people, deaf=deaf[one.uid])
        zone = office.calling.of(one) if pace.helped or pace.unheard else None
        if zone is not None:
            point = office.referred(one, "hazard_point") or hazard_point_of(office.ws, zone)
            yield ToFetch(one, zone, pace, whom_to_call(one, zone, point, settings, known.get))


def only_duty_line(office: Office) -> str:
    """What is left to print where nobody who comes has a telephone."""
    if office.settings.get("duty.phone", "").strip():
        return _("卡上只能印值班电话")
    return _("值班电话也没有填，卡上没有电话可印")
