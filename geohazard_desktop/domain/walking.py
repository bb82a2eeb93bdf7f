"""How long a way takes on foot: three kinds of walker, whole minutes, rounded up (resources/rules/walking.toml).

Minutes are length / speed, walking alone. The time to get going is not in them and is said beside them.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.rule_file import Source, read_rules

FILE = "walking.toml"


@dataclass(frozen=True, slots=True)
class Walker:
    """One kind of walker. `speed` is exact (4/5 for 0.8 m/s), so that no binary fraction tips a minute."""

    key: str
    label: str
    card_label: str
    who: str
    speed: Fraction
    mobility: tuple[str, ...]
    source: Source

    @property
    def metres_per_second(self) -> float:
        return float(self.speed)

    def minutes(self, metres: float) -> int:
        """Whole minutes for `metres`, rounded up: never fewer than the way takes. 0 m takes 0 minutes."""
        if not math.isfinite(metres) or metres < 0:
            raise ValueError(f"a way has a length of 0 m or more, not {metres}")
        return math.ceil(Fraction(float(metres)) / (self.speed * 60))


@dataclass(frozen=True, slots=True)
class GettingGoing:
    """Minutes from the signal to leaving the house, by day and by night."""

    day_minutes: int
    night_minutes: int
    source: Source


@cache
def walkers() -> tuple[Walker, ...]:
    """The kinds of walker, from fast to slow. Raises DefinitionInvalid."""
    found = []
    for one in read_rules(FILE).tables("walker"):
        if one.number("metres_per_second") == 0:
            raise one.fault("metres_per_second")
        found.append(
            Walker(
                key=one.text("key"),
                label=one.text("label"),
                card_label=one.text("card_label"),
                who=one.text("who"),
                speed=Fraction(str(one.number("metres_per_second"))),
                mobility=one.texts("mobility", optional=True),
                source=one.source(),
            )
        )
    return tuple(sorted(found, key=lambda one: -one.speed))


@cache
def getting_going() -> GettingGoing:
    table = read_rules(FILE).table("getting_going")
    return GettingGoing(
        math.ceil(table.number("day_minutes")), math.ceil(table.number("night_minutes")), table.source()
    )


@cache
def night_factor() -> Fraction:
    """What a speed is multiplied by at night."""
    table = read_rules(FILE).table("night")
    factor = table.number("speed_factor")
    if not 0 < factor <= 1:
        raise table.fault("speed_factor")
    return Fraction(str(factor))


def walking_minutes(metres: float) -> dict[str, int]:
    """Whole minutes by the walkers' keys ("normal", "elderly", "slow" as shipped), rounded up, from fast to slow.

    `metres` is the ground length of the way; ValueError where it is negative or no number.
    """
    return {one.key: one.minutes(metres) for one in walkers()}


def walker(key: str) -> Walker:
    """The walker of a key; KeyError when the rules have none."""
    return {one.key: one for one in walkers()}[key]


def must_be_carried(mobility: str) -> bool:
    """True for a member whom no walking time fits: someone has to fetch them."""
    return mobility in read_rules(FILE).table("carried").texts("mobility")


def likely_mobility(text: str) -> str:
    """The 行动能力 that a list of others probably means by `text`, "" where nothing is likely. To be asked about, never
    to be stored by itself: of the known ways of writing the gravest counts, but one that is only a part of another
    (失能 in 半失能), and nobody is taken for sound by a part of a text."""
    rules, words = read_rules(FILE), text.strip()
    kinds = [*rules.tables("walker"), rules.table("carried")]
    sound = kinds[0]
    found = [
        (rank, written)
        for rank, one in enumerate(kinds)
        for written in one.texts("written", optional=True)
        if (written == words if one is sound else written in words)
    ]
    whole = [rank for rank, written in found if not any(written != other and written in other for _r, other in found)]
    return kinds[max(whole)].texts("mobility")[0] if whole else ""


def going_note(*, lines: int = 1) -> str:
    """`start_note` in short, for large print and sticker: in one line or in two."""
    going = getting_going()
    return _("夜里走得更慢；动身另加{gap}白天 {day}、夜里 {night} 分钟").format(
        gap="\n" if lines > 1 else "", day=going.day_minutes, night=going.night_minutes
    )


def start_note() -> str:
    """What stands beside the minutes on a card: they are for walking alone."""
    going = getting_going()
    return _("只算走路。动身另加白天约 {day} 分钟、夜里约 {night} 分钟；夜里走得更慢。").format(
        day=going.day_minutes, night=going.night_minutes
    )


def speeds_note() -> str:
    """What stands below the table of routes: speeds, night, getting going."""
    speeds = "、".join(f"{one.label} {one.metres_per_second}" for one in walkers())
    going = getting_going()
    words = _(
        "步行速度：{speeds} 米/秒，不满一分钟算一分钟；夜间用时乘 {factor:g}，动身另加白天 {day}、夜间 {night} 分钟。"
    )
    return words.format(
        speeds=speeds, factor=float(1 / night_factor()), day=going.day_minutes, night=going.night_minutes
    )
