"""Whether a shelter has room for everybody whom routes send there: the one count of check, papers, sheets and meetings.

A route sends to the shelter that it names or, where it names none, to the one that its drawn end reaches; with it go
the households in residence that were given it and whose papers do not forbid it (WayFinder.sends): nobody makes room
for people who were told not to come. Nobody is guessed: a household without a head count is named as such.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from geohazard_desktop.analysis.counted_today import residents_in, shelters_in_use
from geohazard_desktop.analysis.evacuation import WayFinder
from geohazard_desktop.analysis.way_words import shelter_name
from geohazard_desktop.analysis.ways_in_force import routes_leading_to
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import day_words, parse_day
from geohazard_desktop.domain.endings import ENDED_ON
from geohazard_desktop.domain.shelter import capacity
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sent:
    """Who is sent to a shelter. `people` sums what is registered; `uncounted` households are not in it."""

    households: int = 0
    people: int = 0
    uncounted: int = 0

    def words(self) -> str:
        """3 户 11 人（其中 1 户没填人数）."""
        told = _("{households} 户 {people} 人").format(households=self.households, people=self.people)
        return told + (_("（其中 {count} 户没填人数）").format(count=self.uncounted) if self.uncounted else "")


def places_of(shelter: Feature) -> int | None:
    """How many people it takes, typed or by its area; None where that is not known."""
    return capacity(*(_number(shelter[name]) for name in ("capacity", "area_m2", "area_per_person")))


def sent_of(households: Iterable[Feature]) -> Sent:
    """Households that go to one place, as a count."""
    found = Sent()
    for one in households:
        people = _number(one["people"])
        found = Sent(found.households + 1, found.people + int(people or 0), found.uncounted + (people is None))
    return found


def sent_to(
    ws: Workspace, shelters: Mapping[str, Feature], households: Iterable[Feature], finder: WayFinder | None = None
) -> dict[str, Sent]:
    """By the uid of each of `shelters` who is sent there; those to which nobody is are left out.
    `finder` is for callers that have one."""
    leading = routes_leading_to(ws, shelters) if shelters else {}
    if leading and finder is None:
        finder = WayFinder(ws)
    going: dict[str, list[Feature]] = {}
    for one in households:
        goal = leading.get(one.text("evacuation_route"))
        if goal is not None and finder is not None and finder.sends(one):
            going.setdefault(goal.uid, []).append(one)
    return {uid: sent_of(those) for uid, those in going.items()}


def shelter_words(ws: Workspace, uids: Collection[str], today: date | None = None) -> list[str]:
    """What whoever prints papers that name these shelters has to know and do: a sentence for each that has fewer places
    than people are sent there, and for each whose 停用日期 lies ahead, since the papers hang longer than it is open."""
    named = {one.uid: one for one in shelters_in_use(ws, today) if one.uid in uids}
    closing = {uid: day for uid, one in named.items() if (day := parse_day(one.text(ENDED_ON[one.layer])))}
    told = {uid: one for uid, one in named.items() if uid in closing or places_of(one) is not None}
    sent = sent_to(ws, told, residents_in(ws, today)) if told else {}
    found = []
    for uid, shelter in told.items():
        places, those, name = places_of(shelter), sent.get(uid, Sent()), followed(shelter_name(shelter))
        if places is not None and those.people > places:
            words = _("{shelter}可容 {places} 人，路线叫 {sent}去那里，坐不下。请分一部分住户到别的安置点，再重印。")
            found.append(words.format(shelter=name, places=places, sent=followed(those.words())))
        if uid in closing:
            words = _(
                "{shelter} {day}起停用，路线现在叫 {sent}去那里，写着它的纸到那天就不能用了。"
                "请先另选安置点，那天以前重印，换下旧的。"
            )
            found.append(
                words.format(shelter=shelter_name(shelter), day=day_words(closing[uid]), sent=followed(those.words()))
            )
    return found


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
