"""The braces in labels: {name}, a number rounded {depth:1}, in another unit {length_m:km:1}, measured {面积:公顷:1}.

After the name stand, in any order, a unit and the number of decimals. A number with a unit is written with its word; a
stored number is taken to be in m² or m then, as all of the program's are. Thousands are parted as everywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import grouped
from geohazard_desktop.domain.shape_measures import UNITS, Measure, measure_of, unit_of
from geohazard_desktop.workspace.feature import SHOWN, Value

_BRACES = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*|面积|周长|长度)((?:[:：][^{}:：]*){0,2})\}")
_DIGITS = re.compile(r"[0-6]")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One pair of braces. `unit` is a key of UNITS, `word` the unit as it is written behind the number; `digits` None
    where nobody asked for rounding; `fault` what can't be read."""

    name: str
    measure: Measure | None = None
    unit: str = ""
    word: str = ""
    digits: int | None = None
    fault: str = ""

    @property
    def column(self) -> str:
        """What it is filled from, as a table's column is called."""
        return self.name if self.measure is None else self.measure.name

    @property
    def as_number(self) -> bool:
        """Whether more is asked for than the value as it is."""
        return bool(self.unit) or self.digits is not None

    def text(self, values: Mapping[str, Value]) -> str:
        """What stands in its place; "" where there is no value."""
        if self.fault:
            return ""
        value = values.get(self.column)
        if self.as_number and isinstance(value, int | float) and not isinstance(value, bool):
            # A measure comes in its unit already, a stored number in m² or m.
            number = value if self.measure is not None or not self.unit else value / UNITS[self.unit].size
            digits = UNITS[self.unit].digits if self.digits is None else self.digits
            return f"{grouped(number, digits)} {self.word}".strip()
        return shown(values.get(self.name + SHOWN, value)).strip()


@lru_cache(maxsize=2048)
def pieces(template: str) -> tuple[str | Placeholder, ...]:
    """A template as texts and the braces between them, in order."""
    found: list[str | Placeholder] = []
    at = 0
    for one in _BRACES.finditer(template):
        found += [template[at : one.start()], _read(one.group(1), one.group(2))]
        at = one.end()
    found.append(template[at:])
    return tuple(one for one in found if one != "")


def placeholders(template: str) -> tuple[Placeholder, ...]:
    return tuple(one for one in pieces(template) if isinstance(one, Placeholder))


def columns_in(template: str) -> set[str]:
    """The columns that fill a template: fields, and measures by their names."""
    return {one.column for one in placeholders(template)}


def filled(template: str, values: Mapping[str, Value]) -> tuple[str, bool]:
    """The template with its braces filled, and whether every value was there."""
    texts = [one if isinstance(one, str) else one.text(values) for one in pieces(template)]
    return "".join(texts), all(texts)


def shown(value: Value) -> str:
    """A value as a label writes it where nobody asked for more."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    return str(value)


def _read(name: str, tail: str) -> Placeholder:
    unit, word, digits, fault = "", "", None, ""
    for part in re.split("[:：]", tail)[1:]:
        text = part.strip()
        if _DIGITS.fullmatch(text) and digits is None:
            digits = int(text)
        elif unit_of(text) and not unit:
            unit = unit_of(text)
            word = unit if text.isascii() else text  # m2 is a way to type it, 公里 a way to say it
        else:
            fault = _("“{text}”不是单位，也不是小数位数（0 到 6）；单位可用：{units}").format(
                text=text, units="、".join(UNITS)
            )
    measure = measure_of(f"{name}:{unit}" if unit else name)
    if measure is not None:
        return Placeholder(name, measure, measure.unit, word or measure.unit, digits, fault)
    if not name.isascii():
        fault = fault or _("{kind}不能用 {unit} 表示").format(kind=name, unit=word)
    return Placeholder(name, None, unit, word, digits, fault)
