"""Who of a household can't leave alone: by its register, and by what its remarks say and the register does not.

One judgement for the papers at the door, calling lists, drills and checks. In doubt somebody is fetched: who comes once
for nothing has lost little.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from geohazard_desktop.domain.help_needed import Help, help_of
from geohazard_desktop.domain.remark_words import by_whom, hearing_words, says_of_both, walking_help

HEARS, DEAF = "听得见", "听不见"  # a member's 听力 as the register has it


@dataclass(frozen=True, slots=True)
class HouseholdHelp:
    """`people`: the help that each needs who is listed, or of whom the household's remark speaks. `remarks`: those that
    say more than the register, as they are written."""

    people: tuple[Help, ...] = ()
    remarks: tuple[str, ...] = ()


def household_help(
    members: Iterable[tuple[str, str]], remarks: Iterable[str] = (), people: int | None = None
) -> HouseholdHelp:
    """From (行动能力, 备注) of each member listed, "" where unknown, the remarks of the household itself, and its head
    count. What the latter say, or a member's of somebody else (照顾卧床母亲), is of nobody in particular: it counts
    where it says more than is known of anybody, and of two where it says so (夫妻均卧床)."""
    found, told, others = [], [], []
    for mobility, remark in members:
        registered = help_of(mobility)
        own, of_others = by_whom(remark)
        helped = walking_help(own, registered) if own else registered
        found.append(helped)
        others += [(one, remark) for one in of_others]
        if helped is not registered:
            told.append(remark)
    known = tuple(found)
    gravest = min(known, key=_gravity, default=Help.UNKNOWN)
    for said, remark in [*others, *((one, one) for one in remarks)]:
        answered = Help.UNKNOWN if gravest is Help.CARRIED else gravest  # who is on an arm answers for a wheelchair
        says = walking_help(said, answered)
        count = 2 if says_of_both(said) else 1
        if not says.helped or _as_helped(known, says) >= count:
            continue  # the register says it of as many
        if remark not in told:
            told.append(remark)
        while _as_helped(found, says) < count:
            _put(found, says, people)
    return HouseholdHelp(tuple(found), tuple(told))


def _as_helped(some: Iterable[Help], says: Help) -> int:
    """How many need that help or a graver one."""
    return sum(_gravity(one) <= _gravity(says) for one in some)


def _put(found: list[Help], says: Help, people: int | None) -> None:
    """One more who needs that help. It is one of those who are listed, first of whom nobody wrote how they walk: nobody
    is thought to be there to help who may be the one that needs it. But where somebody is helped less and of all
    others is written how they walk, it is that one, or somebody who is not listed."""
    lightest = max(found, key=_gravity, default=says)
    less = [one for one in found if one.helped and _gravity(one) > _gravity(says)]
    if less and lightest is not Help.UNKNOWN:
        if people is not None and len(found) >= people:
            found.remove(less[0])
    elif not lightest.helped:
        found.remove(lightest)
    found.append(says)


def _gravity(one: Help) -> int:
    """The gravest is first in order."""
    return one.value


def unheard_remarks(members: Iterable[tuple[str, str]], remarks: Iterable[str] = ()) -> tuple[str, ...]:
    """What remarks say of somebody who does not hear and the register does not: from (听力, 备注) of each member, ""
    where unknown, and the household's own remarks, which count while of nobody there is written whether he hears."""
    members = list(members)
    said = [remark for hearing, remark in members if not hearing]
    if not any(hearing for hearing, _remark in members):
        said += remarks
    return tuple(one for one in said if one and hearing_words(one))
