"""What papers for a household say where nobody may set out on their word alone: one wording for all of them.

A household without a way, one whose way would lead it through a danger zone, and one whose own way out is doubtful all
read the same headline; `why` is the fact, `what to do` the call. What the office has to mend stands in its report.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from geohazard_desktop.analysis.evacuation import BarredWay, HouseholdWay, NoWay, zone_name
from geohazard_desktop.analysis.whom_to_call import Call
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.household_pace import Pace
from geohazard_desktop.publishing.cards.help_words import ASK_THEN_GO, as_called, at_signal, headline_words
from geohazard_desktop.workspace.edits.wording import followed

ASK_FIRST = _("先打电话问清再走")


def ask_first(found: HouseholdWay | NoWay, pace: Pace) -> str | None:
    """The headline that takes the place of the order to go; None where the way can be told. Of a household that waits
    to be fetched those ask who come."""
    if not (isinstance(found, NoWay) or found.ask_first):
        return None
    return _("来接的人{ask}").format(ask=ASK_FIRST) if pace.alone else ASK_FIRST


def first_line(found: HouseholdWay | NoWay, pace: Pace, call: Call | None) -> str:
    """The first line of large print and sticker. Who is fetched phones anyhow."""
    if pace.alone or ask_first(found, pace) is None:
        return at_signal(pace, call)
    return as_called(ASK_THEN_GO, pace, call)


def headline(found: HouseholdWay | NoWay, pace: Pace, call: Call | None) -> str:
    """The headline of a card's back: it orders what `first_line` does. Who is fetched phones anyhow."""
    asking = ask_first(found, pace)
    if asking is not None or isinstance(found, NoWay):
        return at_signal(pace, call) if pace.alone else ASK_FIRST
    number = found.route.text("number")
    route = _("走 {number} 号路线").format(number=number) if number else _("走撤离路线")
    if found.direct:
        route = _("直接")  # nothing is left of the route
    if found.shelter is not None:
        shelter = found.shelter.text("name") or found.shelter.text("id")
        route = _("{route}到{shelter}").format(route=route, shelter=shelter)
    return headline_words(pace, route, call)


def told_to_household(found: HouseholdWay | NoWay) -> str | None:
    """Why, and what to do now; None where there is nothing to say."""
    if isinstance(found, BarredWay):
        zones = "、".join(zone_name(one) for one in found.zones)
        words = _("登记的路线要穿过{zones}，不要走。请现在就打值班电话，问清往哪里走。")
        return words.format(zones=followed(zones))
    if isinstance(found, NoWay):
        return _("{fact}。请现在就打值班电话，问清往哪里走。").format(fact=found.household)
    if not found.remarks:
        return None
    facts = "；".join(dict.fromkeys(one.household for one in found.remarks))
    return facts + (_("，先打值班电话问清。") if found.ask_first else _("。请现在就打值班电话问清。"))


@dataclass(frozen=True, slots=True)
class CallerFacts:
    """What whoever knocks has to know before they send somebody off. `ask`: to ask the duty desk first."""

    facts: tuple[str, ...] = ()
    ask: bool = False


def told_to_caller(found: HouseholdWay | NoWay, *, assigned: bool = True, closed: Sequence[str] = ()) -> CallerFacts:
    """For whoever knocks and sends people off. Nothing where the way can be told, or where the household was
    `assigned` none that could be drawn: then the list has what the register says, or a line to write on. `closed` are
    shelters that are over, to which papers that may still hang at the door send people."""
    told = []
    if closed:
        over = _("{shelters}已经停用，门上的旧卡可能还写着去那里，叫他们不要去")
        told.append(over.format(shelters=followed("、".join(closed))))
    if isinstance(found, BarredWay):
        zones = followed("、".join(zone_name(one) for one in found.zones))
        barred = _("登记的路线要穿过{zones}，不要叫他们走").format(zones=zones)
        return CallerFacts((barred, *told), ask=True)
    if isinstance(found, NoWay):
        if assigned and not told:
            told.append(_("他们的卡上没有印路线，写的是先打电话问清再走"))
        return CallerFacts(tuple(told), ask=bool(told))
    if found.ask_first:
        told += dict.fromkeys(one.household for one in found.remarks if one.ask)
    return CallerFacts(tuple(told), ask=found.ask_first)


def told_to_officer(found: HouseholdWay | NoWay, number: str) -> str:
    """The report's sentence where the paper says to ask first, naming the household; "" where it does not."""
    if isinstance(found, NoWay):
        return f"{found.sentence}{found.remedy}"
    if not found.ask_first:
        return ""
    faults = "".join(one.officer for one in found.remarks if one.ask)
    words = _("住户 {number}：{faults}卡上写的是先打电话问清再走，请改画路线或另选一条。")
    return words.format(number=number, faults=faults)


def noted_for_officer(found: HouseholdWay | NoWay, number: str) -> str:
    """What else an officer has to look at on the spot, for the report; "" where there is nothing."""
    if isinstance(found, NoWay):
        return ""  # it gets another way, and with it other remarks
    left = "".join(one.officer for one in found.remarks if not one.ask)
    return _("住户 {number}：{faults}").format(number=number, faults=left) if left else ""
