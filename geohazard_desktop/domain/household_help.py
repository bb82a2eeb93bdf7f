"""Who of a household can't leave alone: by its register, and by what its remarks say and the register does not.

One judgement for the papers at the door, calling lists, drills and checks. In doubt somebody is fetched: who comes once
for nothing has lost little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geohazard_desktop.domain.help_needed import Help, help_of
from geohazard_desktop.domain.remark_words import by_whom, hearing_words, says_of_both, slow_words, walking_help

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
    count. What the latter say, or a member's of somebody else (照顾卧床母亲, 母亲卧床), is of nobody in particular, but
    never of that member: it counts where it says more than is known of any other, and of two where it says so
    (夫妻均卧床)."""
    found: list[Help] = []
    told: list[str] = []
    others: list[tuple[str, str, int | None]] = []  # what is said, in which remark, by whom of those listed
    for number, (mobility, remark) in enumerate(members):
        registered = help_of(mobility)
        own, of_others = by_whom(remark)
        helped = walking_help(own, registered) if own else registered
        found.append(helped)
        others += [(one, remark, number) for one in of_others]
        if helped is not registered:
            told.append(remark)
    known = tuple(found)
    for said, remark, speaker in [*others, *((one, one, None) for one in remarks)]:
        those = _but(known, speaker)
        gravest = min(those, key=_gravity, default=Help.UNKNOWN)
        # Who is on an arm answers for a wheelchair, who walks for a broken leg: not while it may be another's.
        open_yet = not gravest.helped and (Help.UNKNOWN in those or len(known) < (people or 0))
        answered = Help.UNKNOWN if gravest is Help.CARRIED or open_yet else gravest
        says = walking_help(said, answered)
        count = 2 if says_of_both(said) else 1
        if not says.helped or _as_helped(_but(known, speaker), says) >= count:
            continue  # the register says it of as many
        if remark not in told:
            told.append(remark)
        while _as_helped(_but(found, speaker), says) < count:
            _put(found, says, people, speaker)
    return HouseholdHelp(tuple(found), tuple(told))


def slow_remarks(
    members: Iterable[tuple[str, str]], remarks: Iterable[str] = (), people: int | None = None
) -> tuple[str, ...]:
    """Remarks that say of somebody that he walks slowly, or is a baby, while the register does not say how he
    walks, or, of the household's own, how anybody does of whom they may speak."""
    members = list(members)
    said = [remark for mobility, remark in members if not mobility.strip() and slow_words(remark)]
    known = [help_of(mobility) for mobility, _remark in members]
    if Help.SLOWLY not in known and (not known or Help.UNKNOWN in known or len(known) < (people or 0)):
        said += (one for one in remarks if slow_words(one))
    return tuple(said)


def _but(some: Sequence[Help], number: int | None) -> list[Help]:
    """All but that of one member."""
    return [one for at, one in enumerate(some) if at != number]


def _as_helped(some: Iterable[Help], says: Help) -> int:
    """How many need that help or a graver one."""
    return sum(_gravity(one) <= _gravity(says) for one in some)


def _put(found: list[Help], says: Help, people: int | None, speaker: int | None) -> None:
    """One more who needs that help, but for the `speaker`, who says it of somebody else. It is one of those who are
    listed, first of whom nobody wrote how they walk: nobody is thought to be there to help who may be the one that
    needs it. But where somebody is helped less and of all others is written how they walk, it is that one, or somebody
    who is not listed."""
    those = [at for at in range(len(found)) if at != speaker]
    lightest = max(those, key=lambda at: _gravity(found[at]), default=None)
    less = [at for at in those if found[at].helped and _gravity(found[at]) > _gravity(says)]
    chosen = None
    if less and lightest is not None and found[lightest] is not Help.UNKNOWN:
        chosen = less[0] if people is not None and len(found) >= people else None
    elif lightest is not None and not found[lightest].helped:
        chosen = lightest
    if chosen is None:
        found.append(says)
    else:
        found[chosen] = says


def _gravity(one: Help) -> int:
    """The gravest is first in order."""
    return one.value


def unheard_remarks(members: Iterable[tuple[str, str]], remarks: Iterable[str] = ()) -> tuple[str, ...]:
    """What remarks say of somebody who does not hear and the register does not: from (听力, 备注) of each member, ""
    where unknown, and the household's own remarks, answered by somebody registered as not hearing, or where of
    each member it is written whether he hears. What a member's says of somebody else (老伴耳聋) counts while
    of no other it is written."""
    members = list(members)
    said: list[str] = []
    for number, (hearing, remark) in enumerate(members):
        own, of_others = by_whom(remark, "hearing")
        if (not hearing and hearing_words(own)) or (
            any(map(hearing_words, of_others))
            and not any(other for at, (other, _remark) in enumerate(members) if at != number)
        ):
            said.append(remark)
    heard = [hearing for hearing, _remark in members]
    if DEAF not in heard and not (heard and all(heard)):
        said += (one for one in remarks if hearing_words(one))
    return tuple(said)


def surely_deaf(
    members: Sequence[tuple[str, str]], remarks: Iterable[str], people: int | None
) -> tuple[int, ...] | None:
    """Of which members, by their number, `unheard_remarks` speak beyond doubt: whose own remark says it of himself, or
    the household's where he lives alone. None where any of the remarks may be of another."""
    found = tuple(
        number
        for number, (hearing, remark) in enumerate(members)
        if not hearing and hearing_words(by_whom(remark, "hearing")[0])
    )
    own = [members[number][1] for number in found]
    left = [one for one in unheard_remarks(members, remarks) if one not in own or by_whom(one, "hearing")[1]]
    if left and people == 1 and len(members) == 1 and not any(by_whom(one, "hearing")[1] for one in left):
        return (0,)
    return found if found and not left else None
