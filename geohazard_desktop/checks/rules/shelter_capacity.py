"""A shelter holds the people whose route ends there."""

import math
from collections.abc import Iterator

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.shelter_room import Sent, places_of, sent_to
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import followed

RULE = "shelter_capacity"
TITLE = _("安置点容量不够")


def find(office: Office) -> Iterator[Finding]:
    shelters = {one.uid: one for one in office.judged_today("shelter") if places_of(one) is not None}
    if not shelters:
        return
    sent = sent_to(office.ws, shelters, counted(office.features("household"), office.today), office.finder)
    for uid, one in shelters.items():
        places, those = places_of(one), sent.get(uid, Sent())
        if places is not None and those.people > places:
            sentence = _("{name}可容 {places} 人，路线叫 {sent}去那里，坐不下，请分一部分住户到别的安置点。").format(
                name=office.called(one), places=places, sent=followed(those.words())
            )
            yield office.finding(RULE, one, sentence)
        elif places is not None and those.uncounted and _likely(those) > places:
            words = _("{name}可容 {places} 人，路线叫 {sent}去那里，没填的按户均人数算坐不下，请补填人数。")
            sentence = words.format(name=office.called(one), places=places, sent=followed(those.words()))
            yield office.finding(RULE, one, sentence)


def _likely(those: Sent) -> int:
    """How many come, where households without a head count are as large as the others: none of them is nobody."""
    counted_households = those.households - those.uncounted
    average = math.ceil(those.people / counted_households) if counted_households else 1
    return those.people + max(1, average) * those.uncounted
