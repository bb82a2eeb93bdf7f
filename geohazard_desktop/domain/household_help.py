"""Who of a household can't leave alone: by its register, and by what its remarks say and the register does not.

One judgement for the papers at the door, calling lists, drills and checks. In doubt somebody is fetched: who comes once
for nothing has lost little.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from geohazard_desktop.domain.help_needed import Help, help_of
from geohazard_desktop.domain.remark_words import hearing_words, walking_help

HEARS, DEAF = "听得见", "听不见"  # a member's 听力 as the register has it


@dataclass(frozen=True, slots=True)
class HouseholdHelp:
    """`people`: the help that each needs who is listed, or of whom the household's remark speaks. `remarks`: those that
    say more than the register, as they are written."""

    people: tuple[Help, ...] = ()
    remarks: tuple[str, ...] = ()


def household_help(members: Iterable[tuple[str, str]], remarks: Iterable[str] = ()) -> HouseholdHelp:
    """From (行动能力, 备注) of each member listed, "" where unknown, and the remarks of the household itself, which say
    of nobody in particular that he can't walk: they count where they say more than is known of anybody."""
    people, told = [], []
    for mobility, remark in members:
        registered = help_of(mobility)
        found = walking_help(remark, registered) if remark else registered
        people.append(found)
        if found is not registered:
            told.append(remark)
    gravest = min(people, key=lambda one: one.value, default=Help.UNKNOWN)
    more = gravest
    for remark in remarks:
        found = walking_help(remark, gravest) if remark else gravest
        if found is not gravest:
            told.append(remark)
            more = min(more, found, key=lambda one: one.value)
    if more is not gravest:
        # One of those who are listed, first of whom nobody wrote how they walk: nobody is thought to be there to help
        # who may be the one that needs it.
        lightest = max(people, key=lambda one: one.value, default=Help.CARRIED)
        if not lightest.helped:
            people.remove(lightest)
        people.append(more)
    return HouseholdHelp(tuple(people), tuple(told))


def unheard_remarks(members: Iterable[tuple[str, str]], remarks: Iterable[str] = ()) -> tuple[str, ...]:
    """What remarks say of somebody who does not hear and the register does not: from (听力, 备注) of each member, ""
    where unknown, and the household's own remarks, which count while of nobody there is written whether he hears."""
    members = list(members)
    said = [remark for hearing, remark in members if not hearing]
    if not any(hearing for hearing, _remark in members):
        said += remarks
    return tuple(one for one in said if one and hearing_words(one))
