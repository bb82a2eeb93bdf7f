"""What the calling list says of people who can't leave alone, and to whoever knocks: resources/rules/calling.toml."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.help_needed import Help, help_of
from geohazard_desktop.domain.household_help import DEAF
from geohazard_desktop.domain.rule_file import Source, read_rules

FILE = "calling.toml"
NOT_HEARING = _("听不见，进屋叫、打手电")
_ALWAYS = "全天有人"
_NAMED = (Help.CARRIED, Help.ON_AN_ARM, Help.SLOWLY)


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years: old from `old_from` on, a child below `child_below`."""

    old_from: int
    child_below: int
    source: Source


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a household as the register has it; "" and None where it says nothing."""

    name: str = ""
    age: int | None = None
    mobility: str = ""
    hearing: str = ""

    @property
    def deaf(self) -> bool:
        return self.hearing == DEAF


@cache
def ages() -> Ages:
    """Raises DefinitionInvalid."""
    table = read_rules(FILE).table("ages")
    return Ages(round(table.number("old_from")), round(table.number("child_below")), table.source())


def how_to_call() -> tuple[str, ...]:
    """The sentences at the head of the list."""
    return read_rules(FILE).table("how").texts("sentences")


def help_words(people: Iterable[Person]) -> tuple[str, ...]:
    """Who of a household has to be helped, each in a phrase, those to be carried first, who does not hear and who walks
    slowly; then the ages of the old and of the children, and how many there are of whom nobody wrote how they
    walk. Empty for nobody registered."""
    people = list(people)
    named = sorted((one for one in people if one.deaf or help_of(one.mobility) in _NAMED), key=_gravity)
    told = [" ".join(part for part in (one.name, _years([one]), _how(one)) if part) for one in named]
    rest = [one for one in people if one not in named]
    limits = ages()
    for title, some in (
        (_("老人"), [one for one in rest if one.age is not None and one.age >= limits.old_from]),
        (_("孩子"), [one for one in rest if one.age is not None and one.age < limits.child_below]),
    ):
        if some:
            told.append(_("{who} {years}").format(who=title, years=_years(some)))
    unknown = sum(help_of(one.mobility) is Help.UNKNOWN for one in people)
    if unknown:
        told.append(_("{count} 人行动能力没登记").format(count=unknown))
    return tuple(told)


def helped_counts(people: Iterable[Person]) -> Counter[str]:
    """How many need which help, by the words of the register; those to be carried first."""
    found = sorted((one for one in people if help_of(one.mobility).helped), key=_gravity)
    return Counter(one.mobility for one in found)


def at_home_words(at_home: str, *, phone: bool) -> str:
    """What whoever knocks has to know of a household's 在家情况; "" where somebody is always there, or nobody said.
    `phone`: the row has a number to call."""
    if at_home in ("", _ALWAYS):
        return ""
    return (_("{when}，打电话找") if phone else _("{when}，问邻居、监测人")).format(when=at_home)


def _gravity(person: Person) -> int:
    """Whom to look after first is first in order."""
    return help_of(person.mobility).value


def _carried(person: Person) -> bool:
    return help_of(person.mobility) is Help.CARRIED


def _how(person: Person) -> str:
    """行动能力, but for 正常 of who is named because he does not hear, and how to call him."""
    walks = help_of(person.mobility) in _NAMED
    how = _("{how}，要抬").format(how=person.mobility) if _carried(person) else person.mobility if walks else ""
    return "；".join(one for one in (how, NOT_HEARING if person.deaf else "") if one)


def _years(people: Iterable[Person]) -> str:
    years = sorted((one.age for one in people if one.age is not None), reverse=True)
    return _("{years} 岁").format(years="、".join(map(str, years))) if years else ""
