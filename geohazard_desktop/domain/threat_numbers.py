"""户 and 人 that 威胁对象 names in its own words: 住户 12 户 38 人、东源厂区 says 12 and 38."""

import re
from dataclasses import dataclass

# Between the two numbers may stand what joins them; anything else (12 户、学生 200 人) is of somebody else.
_JOINED = r"\s*[、，,（(/]?\s*(?:居民|村民|住户|常住|人口|合计|总计|共计|共|约|计)*\s*"
_BOTH = re.compile(rf"(?P<households>\d+)\s*户{_JOINED}(?P<people>\d+)\s*人")
_TURNED = re.compile(r"(?P<people>\d+)\s*人\s*[（(/]?\s*(?P<households>\d+)\s*户")
_HOUSEHOLDS, _PEOPLE = re.compile(r"(?P<households>\d+)\s*户"), re.compile(r"\d+\s*人")


@dataclass(frozen=True, slots=True)
class ThreatNumbers:
    """`people` is None where 户 alone are named. `clear`: each number is named once, so that other ones can be put in
    their place."""

    households: int
    people: int | None
    clear: bool


def threat_numbers(text: str) -> ThreatNumbers | None:
    """What `text` says of 户 and of the 人 in them, several places added up; None where no 户 are counted."""
    both = _pairs(text)
    every = list(_HOUSEHOLDS.finditer(text))
    if not every:
        return None
    if len(both) < len(every):  # some 户 are told without their 人: a sum of people would be too small
        total = sum(int(one["households"]) for one in every)
        return ThreatNumbers(total, None, len(every) == 1 and not _PEOPLE.search(text))
    return ThreatNumbers(
        sum(int(one["households"]) for one in both), sum(int(one["people"]) for one in both), len(both) == 1
    )


def with_numbers(text: str, households: int, people: int) -> str:
    """`text` with these numbers in place of its own, for one that names them clearly; all other words stay."""
    found = next(iter(_pairs(text)), None) or _HOUSEHOLDS.search(text)
    if found is None:
        return text
    put = {"households": households, "people": people}
    for name in sorted(found.re.groupindex, key=found.start, reverse=True):
        text = text[: found.start(name)] + str(put[name]) + text[found.end(name) :]
    return text


def _pairs(text: str) -> list[re.Match[str]]:
    return list(_BOTH.finditer(text)) or list(_TURNED.finditer(text))
