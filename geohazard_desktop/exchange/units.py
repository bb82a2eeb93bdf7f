"""Numbers with units as people write them: 约1.2万立方米, 30亩, ５００ 人, 300000元."""

import re
import unicodedata
from typing import NamedTuple

# Each unit: what it measures and how many of that measure's own unit (m, m², m³, 万元) it holds.
_UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("m", "米"), ("length", 1.0)),
    **dict.fromkeys(("cm", "厘米", "公分"), ("length", 0.01)),
    **dict.fromkeys(("km", "千米", "公里"), ("length", 1000.0)),
    **dict.fromkeys(("m2", "平方米", "平米", "m^2"), ("area", 1.0)),
    **dict.fromkeys(("亩", "mu"), ("area", 2000.0 / 3.0)),
    **dict.fromkeys(("公顷", "ha", "hm2"), ("area", 1e4)),
    **dict.fromkeys(("km2", "平方公里", "平方千米"), ("area", 1e6)),
    **dict.fromkeys(("万m2", "万平方米"), ("area", 1e4)),
    **dict.fromkeys(("m3", "立方米", "立方", "方", "m^3"), ("volume", 1.0)),
    **dict.fromkeys(("万m3", "万立方米", "万方", "万立方"), ("volume", 1e4)),
    **dict.fromkeys(("10^4m3", "×10^4m3", "104m3"), ("volume", 1e4)),
    "万元": ("money", 1.0),
    "元": ("money", 1e-4),
    "亿元": ("money", 1e4),
    **dict.fromkeys(("人", "口", "名", "位"), ("people", 1.0)),
    "万人": ("people", 1e4),
    "户": ("households", 1.0),
    **dict.fromkeys(("岁", "周岁"), ("age", 1.0)),
    "年": ("year", 1.0),
    "m2/人": ("area per person", 1.0),
    "平方米/人": ("area per person", 1.0),
}
_NUMBER = re.compile(
    r"(?P<about>约|大约|大概|近|近约|~|≈|>=?|<=?|≥|≤|不足|超过)?(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)"
    r"(?P<more>余|多)?(?P<times>[万亿])?(?P<unit>[^\d.]*?[23]?(?:/人)?)(?P<after>左右|上下|以上|以内)?"
)


class Parsed(NamedTuple):
    """A number as written, in the wanted unit; `exact` is False for 约300, 30余."""

    value: float
    exact: bool


def plain(text: str) -> str:
    """Full-width digits and letters made half-width, outer blanks taken off."""
    return unicodedata.normalize("NFKC", text).strip()


def is_unit(word: str) -> bool:
    return plain(word).lower() in _UNITS


def factor(given: str, wanted: str) -> float | None:
    """How many `wanted` units one `given` unit is; None when they measure different things. No unit given: 1."""
    given, wanted = plain(given).lower(), plain(wanted).lower()
    if not given or given == wanted:
        return 1.0
    ours, theirs = _UNITS.get(wanted), _UNITS.get(given)
    if ours is None or theirs is None or ours[0] != theirs[0]:
        return None
    return theirs[1] / ours[1]


def parse_number(text: str, unit: str = "") -> Parsed | None:
    """The number in `text` in `unit`; None when it is no number or its unit measures something else."""
    compact = plain(text).replace(" ", "").lower()
    compact = re.sub(r"(?<=\d),(?=\d{3})", "", compact)
    found = _NUMBER.fullmatch(compact)
    if found is None:
        return None
    value = float(found["number"])
    times, given = found["times"] or "", found["unit"] or ""
    exact = not (found["about"] or found["more"] or found["after"])
    if times and times + given in _UNITS:
        times, given = "", times + given
    if times == "万" and not given and plain(unit) == "万元":
        times = ""
    scale = factor(given, unit)
    if scale is None:
        return None
    return Parsed(round(value * scale * {"": 1.0, "万": 1e4, "亿": 1e8}[times], 9), exact)
