"""Grades of 险情 and 灾情, and the scale class of a hazard by its size (resources/rules/grades.toml).

Three judgements that must not be mixed: 险情 by people to move and potential loss, 灾情 by deaths and direct loss,
规模 by volume or area. Bounds are half-open: a number that stands in the rule belongs to the higher grade.
"""

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import grouped
from geohazard_desktop.domain.rule_file import RuleTable, Source, read_rules

FILE = "grades.toml"
DANGER = "danger"
DISASTER = "disaster"

Number = int | float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade with its reason in words ("需转移人数 128 人 ≥ 100 人，为中型"), without full stop.

    `complete` is False where one of the criteria is not known: the grade may then be higher.
    """

    grade: str
    reason: str
    source: Source
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Criterion:
    key: str
    title: str
    unit: str
    bounds: tuple[float, ...]

    @classmethod
    def read(cls, table: RuleTable, key: str) -> "_Criterion":
        bounds = table.rising("lower_bounds", len(grades()) - 1)
        return cls(table.text(key), table.text("title"), table.text("unit"), bounds)

    def step(self, value: float) -> int:
        return bisect.bisect_right(self.bounds, value)

    def compared(self, value: float) -> str:
        """需转移人数 128 人 ≥ 100 人."""
        step = self.step(value)
        return _("{title} {value} {unit} {sign} {bound} {unit}").format(
            title=_(self.title),
            value=_plain(value),
            unit=_(self.unit),
            sign="≥" if step else "<",
            bound=_plain(self.bounds[max(step - 1, 0)]),
        )


@cache
def grades() -> tuple[str, ...]:
    """Names of the grades, from low to high."""
    rules = read_rules(FILE)
    names = rules.texts("names")
    if len(names) < 2 or len(rules.texts("roman")) != len(names):
        raise rules.fault("names")
    return names


def roman(grade: str) -> str:
    """Ⅳ of 小型 to Ⅰ of 特大型, as the national plan numbers them; ValueError for another word."""
    return read_rules(FILE).texts("roman")[grades().index(grade)]


def danger_grade(must_move_people: Number = None, potential_loss_wan: Number = None) -> Judgement | None:
    """险情 by 需转移人数 (not 威胁人数) and 潜在经济损失 in 万元; None where neither is known: that is not 小型."""
    return _judged(DANGER, {"must_move_people": must_move_people, "potential_loss_wan": potential_loss_wan})


def disaster_grade(
    deaths: Number = None, direct_loss_wan: Number = None, *, missing: Number = None
) -> Judgement | None:
    """灾情 by deaths and direct loss in 万元; `missing` people count as dead only where the rule file says so."""
    if missing is not None and read_rules(FILE).table("disaster_counts_missing").flag("value"):
        deaths = (deaths or 0) + missing
    return _judged(DISASTER, {"deaths": deaths, "direct_loss_wan": direct_loss_wan})


def scale_class(hazard_type: str, *, volume_m3: Number = None, area_m2: Number = None) -> Judgement | None:
    """规模等级 of a hazard by its volume or area, as the rule of its type asks.

    None where no rule gives classes for the type, or its quantity is not known.
    """
    sizes = {"volume_m3": volume_m3, "area_m2": area_m2}
    for table in read_rules(FILE).tables("scale"):
        if hazard_type not in table.texts("hazard_types"):
            continue
        criterion = _Criterion.read(table, "quantity")
        if criterion.key not in sizes:
            raise table.fault("quantity")
        value = _known(sizes[criterion.key])
        if value is None:
            return None
        return _judgement(criterion.step(value), [criterion.compared(value)], table.source())
    return None


def _judged(kind: str, values: dict[str, Number]) -> Judgement | None:
    table = read_rules(FILE).table(kind)
    criteria = [_Criterion.read(one, "key") for one in table.tables("criterion")]
    if {one.key for one in criteria} != set(values):
        raise table.fault("criterion")
    found = [(one.step(value), one, value) for one in criteria if (value := _known(values[one.key])) is not None]
    if not found:
        return None
    highest = max(step for step, _one, _value in found)
    reasons = [one.compared(value) for step, one, value in found if step == highest]
    # At the top grade nothing unknown can raise it.
    top = highest == len(grades()) - 1
    unknown = [] if top else [_(one.title) for one in criteria if _known(values[one.key]) is None]
    return _judgement(highest, reasons, table.source(), unknown)


def _judgement(step: int, reasons: Sequence[str], source: Source, unknown: Sequence[str] = ()) -> Judgement:
    reason = _("{reasons}，为{grade}").format(reasons="，".join(reasons), grade=_(grades()[step]))
    if unknown:
        reason = _("{reason}（{names}没有填，等级可能更高）").format(reason=reason, names="、".join(unknown))
    return Judgement(grades()[step], reason, source, complete=not unknown)


def _known(value: Number) -> float | None:
    if value is None:
        return None
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"people, money and sizes are 0 or more, not {value}")
    return float(value)


def _plain(value: float) -> str:
    return grouped(value, 0 if value == int(value) else 2)
