"""Classes of a field's values: categories with their counts, and limits of graduated classes.

Natural breaks are Fisher's exact ones (least squares within classes). mapclassify would bring SciPy, scikit-learn and
networkx along for them; jenkspy is compiled code for sixty lines of dynamic programming. NumPy does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Value

Method = Literal["interval", "quantile", "natural"]
MOST_CATEGORIES = 60  # more than these nobody tells apart; the rest is one class
MOST_CLASSES = 12
_FINE = 1200  # distinct values that are looked at one by one; more are put together first

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a field, and how many features have it."""

    value: Value
    count: int


def categories(column: Sequence[Value], known: Sequence[str] = ()) -> list[Category]:
    """The values of a column: those of the definition (`known`) first, in its order, unused ones with a count of 0;
    then the others: numbers from small to large, words by how many have them. Missing values (None, "") are no
    category."""
    counts: dict[tuple[type, Value], int] = {}
    for one in column:
        if one is not None and one != "":
            counts[type(one), one] = counts.get((type(one), one), 0) + 1
    first = [Category(value, counts.pop((str, value), 0)) for value in known]
    others = [Category(value, count) for (_type, value), count in counts.items()]
    return first + sorted(others, key=_place)


def _place(one: Category) -> tuple[bool, float, int, str]:
    number = is_number(one.value)
    return not number, float(one.value) if number else 0.0, -one.count, str(one.value)  # type: ignore[arg-type]


def is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def value_words(value: Value) -> str:
    """A value as people write it: 是, 120 and not 120.0, 0.25; no digit of a number is lost."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def missing(column: Sequence[Value]) -> int:
    """How many features have no value."""
    return sum(one is None or one == "" for one in column)


def numbers(column: Sequence[Value]) -> Floats:
    """The finite numbers of a column, sorted."""
    found = [float(one) for one in column if isinstance(one, int | float) and not isinstance(one, bool)]
    return np.sort(np.array([one for one in found if isfinite(one)], dtype=np.float64))


def limits(values: Floats, count: int, method: Method) -> list[float]:
    """The limits between at most `count` classes, rising; fewer where the values don't allow more. n limits part n + 1
    classes: below the first, between two, from the last on. `values` sorted, as from `numbers`."""
    count = max(1, min(count, MOST_CLASSES, len(np.unique(values))))
    if count == 1:
        return []
    made = {"interval": _equal, "quantile": _quantile, "natural": _natural}[method](values, count)
    rounded = _rounded(made, values)
    low, high = float(values[0]), float(values[-1])
    return sorted({one for one in rounded if low < one <= high})


def _equal(values: Floats, count: int) -> Floats:
    return np.linspace(values[0], values[-1], count + 1)[1:-1]


def _quantile(values: Floats, count: int) -> Floats:
    return np.asarray(np.quantile(values, np.arange(1, count) / count, method="higher"), dtype=np.float64)


def _natural(values: Floats, count: int) -> Floats:
    """Fisher's breaks: the first value of each class but the lowest."""
    distinct, counts = np.unique(values, return_counts=True)
    means, weights = _put_together(distinct, counts.astype(np.float64))
    size = len(means)
    count = min(count, size)
    # Squares are taken from the middle: eastings of 36 million would leave nothing of their differences.
    centred = means - np.average(means, weights=weights)
    w = np.concatenate([[0.0], np.cumsum(weights)])
    s = np.concatenate([[0.0], np.cumsum(weights * centred)])
    q = np.concatenate([[0.0], np.cumsum(weights * centred**2)])
    cost = _within(0, np.arange(1, size + 1), w, s, q)
    starts = np.zeros((count, size + 1), dtype=np.int64)
    best = np.concatenate([[0.0], cost])
    for number in range(1, count):
        following = np.full(size + 1, np.inf)
        for end in range(number + 1, size + 1):
            begins = np.arange(number, end)
            total = best[begins] + _within(begins, end, w, s, q)
            chosen = int(np.argmin(total))
            following[end], starts[number, end] = total[chosen], begins[chosen]
        best = following
    breaks, end = [], size
    for number in range(count - 1, 0, -1):
        end = int(starts[number, end])
        breaks.append(means[end])
    # A limit is a value that occurs: what was put together is looked up again.
    return np.array([distinct[np.searchsorted(distinct, one - 1e-12 * abs(one))] for one in reversed(breaks)])


def _within(begin: NDArray[np.int64] | int, end: NDArray[np.int64] | int, w: Floats, s: Floats, q: Floats) -> Floats:
    """Sum of squared distances from their mean of the values from `begin` to before `end`."""
    weight = w[end] - w[begin]
    total = s[end] - s[begin]
    return np.asarray(np.maximum(q[end] - q[begin] - total * total / weight, 0.0))


def _put_together(distinct: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """At most _FINE weighted values: neighbours in equal shares, each share by its lowest value."""
    if len(distinct) <= _FINE:
        return distinct, weights
    group = np.minimum((np.cumsum(weights) - weights) / weights.sum() * _FINE, _FINE - 1).astype(np.int64)
    firsts = np.flatnonzero(np.diff(group, prepend=-1))
    return distinct[firsts], np.add.reduceat(weights, firsts)


def _rounded(made: Floats, values: Floats) -> list[float]:
    """Limits as people write them: all with as few digits as move no value into another class."""
    place = floor(log10(max(float(values[-1] - values[0]), 1e-12)))
    wanted = np.searchsorted(values, made, side="left")
    for digits in range(-place, 14 - place):
        short = np.round(made, digits)
        if len(np.unique(short)) == len(short) and (np.searchsorted(values, short, side="left") == wanted).all():
            return [round(float(one), max(digits, 0)) for one in short]
    return [float(one) for one in made]


def range_words(minimum: float | None, maximum: float | None, unit: str = "", *, whole: bool = False) -> str:
    """What a graduated class is called: 10–20 m, < 10 m, ≥ 20 m; of whole numbers 10–19, for 20 is in the next one."""
    tail = f" {unit}" if unit else ""
    if minimum is None and maximum is None:
        return ""
    if minimum is None:
        return f"< {value_words(maximum)}{tail}"
    if maximum is None:
        return f"≥ {value_words(minimum)}{tail}"
    first, last = value_words(minimum), value_words(maximum - 1 if whole else maximum)
    return f"{first}{tail}" if whole and maximum - 1 <= minimum else f"{first}–{last}{tail}"


def rule_counts(rules: Sequence[int] | NDArray[np.int32]) -> Mapping[int, int]:
    """How many features each rule got, by its number; -1 for those that none names."""
    found, counts = np.unique(np.asarray(rules), return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))
