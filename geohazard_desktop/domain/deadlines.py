"""What is due when, as far as rules or a feature's own words say so: resources/rules/deadlines.toml.

A text that says no cycle gives no deadline: nothing is reckoned that nobody has written.
"""

import math
import re
from dataclasses import dataclass
from functools import cache

from geohazard_desktop.domain.rule_file import read_rules

FILE = "deadlines.toml"
_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something that should have been done. `field` is the cell it is about ("": the feature as a whole), `late` how
    long ago ("12 天"), `sentence` what, since when, and the remedy; no sentence names a person."""

    field: str
    late: str
    sentence: str


def review_days() -> tuple[int, tuple[str, ...]]:
    """After how many days features are looked at again, and of which layers. Raises DefinitionInvalid."""
    table = read_rules(FILE).table("review")
    return round(table.number("days", least=1)), table.texts("layers")


def card_days() -> tuple[int, tuple[str, ...]]:
    """After how many days a card is checked and issued anew, and which products that are. Raises DefinitionInvalid."""
    table = read_rules(FILE).table("card")
    return round(table.number("days", least=1)), table.texts("products")


@cache
def _units() -> dict[str, int]:
    table = read_rules(FILE).table("cycle")
    found = {}
    for one in table.texts("units"):
        name, _sign, days = one.partition("=")
        if not name or not days.isdecimal():
            raise table.fault("units")
        found[name] = int(days)
    return found


def cycle_days(text: str, *, in_season: bool) -> int | None:
    """The longest time between two looks in days that a 监测周期 allows; None where it names none.

    "汛期每天 1 次；非汛期每 10 天 1 次" is 1 in the season and 10 outside it. What is said of neither holds for both.
    Raises DefinitionInvalid.
    """
    gaps: dict[str, int] = {}
    when = "always"
    for part in re.split(r"[；;，,。、\n]", text):
        if re.search("非汛|非重点防范期|枯水期|其余|其他时|平时", part):
            when = "outside"
        elif "汛期" in part or "重点防范期" in part:
            when = "season"
        found = _gap(part)
        # A condition within a season (雨天加密) may only be stricter, so the first one that is said holds.
        if found is not None and "雨" not in part:
            gaps.setdefault(when, found)
    return gaps.get("season" if in_season else "outside", gaps.get("always"))


def _gap(part: str) -> int | None:
    """每 10 天 1 次, 每周两次, 每日, 一月一次."""
    units = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    digits = rf"\d+|[{''.join(_NUMBERS)}]"
    found = re.search(rf"(?:每|每隔)\s*({digits})?\s*({units})\s*(?:观测|监测|巡查|巡视)?\s*({digits})?\s*次?", part)
    if found is None:
        found = re.search(rf"({digits})\s*({units})\s*({digits})\s*次", part)
    if found is None:
        return 1 if re.search("每.*小时", part) else None  # several times a day: a day without is too long
    count, unit, times = found.groups()
    return max(1, math.ceil((_number(count) or 1) * _units()[unit] / (_number(times) or 1)))


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else _NUMBERS[text]
