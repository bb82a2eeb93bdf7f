"""Numbers as the office writes them: unit apart from the number, thousands parted by a thin space, rounding said.

Screen, sheets and cards say one number one way. Areas and lengths are in m² and m on the ground, bearings in degrees
from grid north, clockwise.
"""

import math

from geohazard_desktop.common.texts import _

THIN = "\u2009"
EMPTY = "—"

_HECTARE = 10_000.0
_SQUARE_METRES_A_MU = 2000.0 / 3.0


def grouped(number: float, digits: int = 0) -> str:
    """3 503: thousands parted by a thin space; never "-0"."""
    text = f"{number:,.{digits}f}".replace(",", THIN)
    return text.removeprefix("-") if not text.strip("-0." + THIN) else text


def registered(number: float) -> str:
    """12345.67: a number with all that was typed of it, and no power of ten."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def area_words(square_metres: float) -> str:
    """46.02 公顷; from 100 公顷 on km² with two decimals; below 100 m² in m²."""
    if abs(square_metres) < 100:
        return _("{number} m²").format(number=grouped(square_metres))
    if round(square_metres / _HECTARE, 2) >= 100:
        return _("{number} km²").format(number=grouped(square_metres / 1e6, 2))
    return _("{number} 公顷").format(number=grouped(square_metres / _HECTARE, 2))


def mu_words(square_metres: float) -> str:
    """690.2 亩 (15 亩 are one hectare)."""
    return _("{number} 亩").format(number=grouped(square_metres / _SQUARE_METRES_A_MU, 1))


def length_words(metres: float) -> str:
    """1 755 米; from 10 000 米 on 12.35 千米."""
    if round(metres) >= 10_000:
        return _("{number} 千米").format(number=grouped(metres / 1000, 2))
    return _("{number} 米").format(number=grouped(metres))


def way_metres(metres: float) -> int:
    """Metres of a way as sheets and cards print them: to the nearest ten (halves up), below ten to one."""
    if metres < 9.5:
        return math.floor(metres + 0.5)
    return math.floor(metres / 10.0 + 0.5) * 10


def way_words(metres: float) -> str:
    """350 米, from 1000 米 on 1.2 千米: a way in a sentence that an elderly resident reads."""
    rounded = way_metres(metres)
    if rounded < 1000:
        return _("{number} 米").format(number=rounded)
    return _("{number} 千米").format(number=f"{math.floor(metres / 100.0 + 0.5) / 10:.1f}".removesuffix(".0"))


def bearing_words(degrees: float) -> str:
    """94°56′, 0°00′ to 359°59′."""
    minutes = math.floor((degrees % 360.0) * 60.0 + 0.5) % 21_600
    return f"{minutes // 60}°{minutes % 60:02d}′"


def volume_words(cubic_metres: float) -> str:
    """3 600 m³; from 10 000 m³ on 1.25 万 m³."""
    if cubic_metres >= 10_000:
        number = grouped(cubic_metres / 10_000, 2)
        return _("{number} 万 m³").format(number=number.rstrip("0").rstrip("."))
    return _("{number} m³").format(number=grouped(cubic_metres))


def people_words(people: int) -> str:
    return _("{number} 人").format(number=grouped(people))


def dms(degrees: float) -> str:
    """106°42′28.60″; rounding never leaves 60″."""
    hundredths = round(abs(degrees) * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return f"{'-' if degrees < 0 else ''}{whole}°{minutes:02d}′{seconds / 100:05.2f}″"
