"""The key prevention period (重点防范期, mostly the flood season) of a district, from its settings."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.texts import _

START, END = "season.start", "season.end"
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Season:
    """From (month, day) to (month, day), both days included; it may run over the turn of the year."""

    start: tuple[int, int]
    end: tuple[int, int]

    def contains(self, day: date) -> bool:
        today = (day.month, day.day)
        if self.start <= self.end:
            return self.start <= today <= self.end
        return today >= self.start or today <= self.end

    def words(self) -> str:
        """6 月 1 日—10 月 31 日, over the turn of the year 11 月 15 日—次年 3 月 31 日."""
        start = _("{month} 月 {day} 日").format(month=self.start[0], day=self.start[1])
        end = _("{month} 月 {day} 日").format(month=self.end[0], day=self.end[1])
        return start + "—" + (end if self.start <= self.end else _("次年 {day}").format(day=end))


def season_of(settings: Mapping[str, str]) -> Season | None:
    """The period of a workspace's settings, None where it is not filled in.

    Raises DefinitionInvalid where a value is no month and day, or only one of the two is there.
    """
    start, end = settings.get(START, "").strip(), settings.get(END, "").strip()
    if not start and not end:
        return None
    return Season(_month_day(START, start), _month_day(END, end))


def _month_day(key: str, text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text, re.ASCII)
    if found:
        month, day = int(found.group(1)), int(found.group(2))
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]:
            return month, day
    raise DefinitionInvalid(
        _("设置 {key} 的“{text}”不是月和日。").format(key=key, text=text), _("请写成 06-01 这样的月和日。")
    )
