"""What a shape measures, as styles name it like a field: 面积:公顷, 周长, 长度:km.

Such a name stands where a field's name may stand: in a rule's condition, for classes, in a label's braces. No column of
a layer can be called so, for columns have Latin names. Areas are m², lengths metres before they are put into a unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from geohazard_desktop.common.texts import _

AREA, PERIMETER, LENGTH = "面积", "周长", "长度"
_SQUARE_METRES_A_MU = 2000.0 / 3.0  # 15 亩 are one hectare


@dataclass(frozen=True, slots=True)
class Unit:
    """`size` in m² or m, and how many decimals a number in it is written with where nobody says."""

    square: bool
    size: float
    digits: int


UNITS: Mapping[str, Unit] = {
    "m²": Unit(True, 1.0, 0),
    "公顷": Unit(True, 1e4, 2),
    "亩": Unit(True, _SQUARE_METRES_A_MU, 1),
    "km²": Unit(True, 1e6, 2),
    "m": Unit(False, 1.0, 0),
    "km": Unit(False, 1e3, 2),
}
_ALIASES = {
    "m2": "m²", "㎡": "m²", "平方米": "m²", "km2": "km²", "平方公里": "km²", "平方千米": "km²", "ha": "公顷", "米": "m",
    "公里": "km", "千米": "km",
}  # fmt: skip
_SQUARE = {AREA: True, PERIMETER: False, LENGTH: False}
_OF_GEOMETRY = {"polygon": (AREA, PERIMETER), "line": (LENGTH,)}


@dataclass(frozen=True, slots=True)
class Measure:
    """`kind` is AREA, PERIMETER or LENGTH; `unit` a key of UNITS."""

    kind: str
    unit: str

    @property
    def size(self) -> float:
        """m² or m of one unit."""
        return UNITS[self.unit].size

    @property
    def name(self) -> str:
        """As a style names it."""
        return f"{self.kind}:{self.unit}"

    @property
    def title(self) -> str:
        """As people read it."""
        return _("{kind}（{unit}）").format(kind=self.kind, unit=self.unit)


def unit_of(text: str) -> str:
    """The key of a unit as somebody wrote it (km, 公里); "" where it is none."""
    found = _ALIASES.get(text.strip(), text.strip())
    return found if found in UNITS else ""


@lru_cache(maxsize=512)
def measure_of(name: str) -> Measure | None:
    """What a name measures; None for every other name, and for an area in km or a length in 亩. Without a unit m² or
    m."""
    kind, colon, unit = name.replace("：", ":").partition(":")
    kind = kind.strip()
    if kind not in _SQUARE:
        return None
    square = _SQUARE[kind]
    known = unit_of(unit) if colon else ("m²" if square else "m")
    return Measure(kind, known) if known and UNITS[known].square == square else None


def measures_of(geometry: str) -> list[Measure]:
    """What shapes of a layer's geometry can be asked for, in each unit."""
    kinds = _OF_GEOMETRY.get(geometry, ())
    return [Measure(kind, unit) for kind in kinds for unit, one in UNITS.items() if one.square == _SQUARE[kind]]


def units_from(unit: str) -> list[str]:
    """The units that a field's numbers, stored in m² or m, can be told in; none for any other unit."""
    if unit not in ("m²", "m"):
        return []
    return [name for name, one in UNITS.items() if one.square == (unit == "m²")]
