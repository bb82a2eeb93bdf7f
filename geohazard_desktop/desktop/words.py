"""How numbers, places and times are written in the window (look.md 7): thin spaces, units apart, — for empty."""

import math
import re
from datetime import datetime

from geohazard_desktop.common.texts import _

THIN = "\u2009"
EMPTY = "—"


def grouped(number: float, digits: int = 0) -> str:
    """3 503: thousands parted by a thin space."""
    return f"{number:,.{digits}f}".replace(",", THIN)


def area(square_metres: float) -> str:
    """46.02 公顷, from 100 公顷 on in km²."""
    hectares = square_metres / 10_000
    if hectares >= 100:
        return _("{number} km²").format(number=grouped(square_metres / 1e6, 2))
    return _("{number} 公顷").format(number=grouped(hectares, 2))


def mu(square_metres: float) -> str:
    """690.2 亩 (1 亩 = 2000/3 m²)."""
    return _("{number} 亩").format(number=grouped(square_metres * 3 / 2000, 1))


def length(metres: float) -> str:
    """1 755 米, from 10 000 米 on in 千米."""
    if metres >= 10_000:
        return _("{number} 千米").format(number=grouped(metres / 1000, 2))
    return _("{number} 米").format(number=grouped(metres))


def money(wan: float) -> str:
    """460 万元, from 1 亿 on in 亿元."""
    if wan >= 10_000:
        return _("{number} 亿元").format(number=grouped(wan / 10_000, 2))
    return _("{number} 万元").format(number=grouped(wan))


def degrees(value: float, negative: str, positive: str) -> str:
    """106°42′28.6″E; rounding never leaves 60.0″."""
    tenths = round(abs(value) * 36_000)
    whole, rest = divmod(tenths, 36_000)
    minutes, seconds = divmod(rest, 600)
    return f"{whole}°{minutes:02d}′{seconds / 10:04.1f}″{negative if value < 0 else positive}"


def lonlat(longitude: float, latitude: float) -> str:
    return f"{degrees(longitude, 'W', 'E')}  {degrees(latitude, 'S', 'N')}"


def bearing(value: float) -> str:
    """94°56′: from grid north, clockwise, 0 to 360."""
    minutes = round((value % 360) * 60) % 21_600
    return f"{minutes // 60}°{minutes % 60:02d}′"


def gauss(east: float, north: float) -> str:
    """Chinese order: X is north, Y is east, the zone number stands on Y."""
    return _("X 北 {north}  Y 东 {east}").format(north=grouped(north, 2), east=grouped(east, 2))


def scale(denominator: float) -> str:
    """1:11 900, rounded to three digits, because the screen's pixel size is no survey instrument."""
    if denominator <= 0 or not math.isfinite(denominator):
        return EMPTY
    step = 10 ** max(0, math.floor(math.log10(denominator)) - 2)
    return "1:" + grouped(round(denominator / step) * step)


def parse_scale(text: str) -> float | None:
    """The denominator of what a user typed: "1:5000", "1：5 000", "5千", "1万", "10000"; None when it is no scale."""
    plain = re.sub(r"[\s,]", "", text.replace("：", ":"))
    plain = plain.rsplit(":", 1)[-1]
    factor = 1.0
    for mark, value in (("万", 1e4), ("千", 1e3)):
        if plain.endswith(mark):
            plain, factor = plain[:-1] or "1", value
    try:
        denominator = float(plain) * factor
    except ValueError:
        return None
    return denominator if 10 <= denominator <= 50_000_000 else None


def moment(when: datetime, now: datetime | None = None) -> str:
    """今天 09:12, 7 月 11 日 14:03, or with the year when it is another one."""
    now = now or datetime.now()
    if when.date() == now.date():
        return _("今天 {time}").format(time=f"{when:%H:%M}")
    if when.year == now.year:
        return _("{month} 月 {day} 日").format(month=when.month, day=when.day)
    return _("{year} 年 {month} 月 {day} 日").format(year=when.year, month=when.month, day=when.day)


def shown_as(kind: str, value: object) -> str:
    """A value by its field's type: 2025-07-26T18:20:00 is read as 2025-07-26 18:20."""
    if kind == "datetime" and isinstance(value, str):
        return value.replace("T", " ")[:16]
    return shown(value)


def shown(value: object) -> str:
    """A value as table cell or label text: booleans in words, nothing as —."""
    if value is None or value == "":
        return EMPTY
    if value is True:
        return _("是")
    if value is False:
        return _("否")
    if isinstance(value, float):
        return grouped(value, 0 if value == int(value) else 2)
    return str(value)
