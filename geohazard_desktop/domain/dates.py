"""Days as the office writes them: 2026-07-18 in tables and files, 2026 年 7 月 18 日 in sentences."""

import re
from datetime import date

from geohazard_desktop.common.texts import _


def parse_day(text: str) -> date | None:
    """The day of "2026-07-18", "2026/7/18", "2026.7.18", "2026年7月18日" or "20260718"; None for anything else."""
    found = re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})", text.strip(), re.ASCII
    )
    if found is None:
        return None
    year, month, day = (int(one) for one in found.groups() if one is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_words(day: date) -> str:
    """2026 年 7 月 18 日."""
    return _("{year} 年 {month} 月 {day} 日").format(year=day.year, month=day.month, day=day.day)


def has_come(text: object, today: date | None = None) -> bool:
    """Whether the day that a field says is today or past. A field that is empty, or whose text is no day, has not."""
    day = parse_day(text) if isinstance(text, str) else None
    return day is not None and day <= (today or date.today())


def month_day_words(day: date) -> str:
    """7 月 18 日."""
    return _("{month} 月 {day} 日").format(month=day.month, day=day.day)


def age_in(year: int, birth_year: int | None, age: int | None = None, told_on: date | None = None) -> int | None:
    """A member's age in a year: from the birth year; else the age as told, grown since the day it was told on.

    An age without a day is kept as told; None where nothing is known or the birth lies ahead.
    """
    if birth_year is not None:
        return year - birth_year if year >= birth_year else None
    if age is None or told_on is None:
        return age
    return age + max(0, year - told_on.year)
