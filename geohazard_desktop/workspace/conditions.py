"""Conditions of a style's rule: what a feature's values must be like. A rule may have several: all must hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geohazard_desktop.domain.dates import has_come
from geohazard_desktop.workspace.feature import Value

KEYS = frozenset({"field", "equals", "in", "minimum", "maximum", "until_today", "contains", "empty", "not"})
_SINGLE = ("equals", "in", "minimum", "maximum", "until_today", "contains", "empty")
_TESTS = (*({one} for one in _SINGLE), {"minimum", "maximum"})


class ConditionFault(ValueError):
    """A condition that can't be read: which key, and what stands there."""

    def __init__(self, key: str, value: object) -> None:
        super().__init__(key)
        self.key, self.value = key, value


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on one field: one of `values`, a number in [minimum, maximum), a day that has come, words that hold
    `contains`, or nothing at all (`empty`); `negated`: just not that. What is not filled in is none of these but
    `empty`, so it meets the negated others."""

    field: str
    values: tuple[Value, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    until_today: bool = False
    contains: str = ""
    empty: bool = False
    negated: bool = False

    @classmethod
    def of(cls, data: Any) -> "Where":
        """From a mapping as in TOML. Raises ConditionFault."""
        if not isinstance(data, Mapping):
            raise ConditionFault("where", data)
        tests = set(data) - {"field", "not"}
        if not isinstance(data.get("field"), str) or not data["field"] or tests not in _TESTS:
            raise ConditionFault(next((key for key in data if key not in KEYS), "where"), data)
        values = data.get("in", [data["equals"]] if "equals" in data else [])
        if not isinstance(values, list) or ("in" in data and not values):
            raise ConditionFault("in", values)
        for one in values:
            if not isinstance(one, str | int | float | bool):
                raise ConditionFault("in" if "in" in data else "equals", one)
        for key in ("minimum", "maximum"):
            one = data.get(key)
            if key in data and (isinstance(one, bool) or not isinstance(one, int | float)):
                raise ConditionFault(key, one)
        for key in ("until_today", "empty"):
            if key in data and data[key] is not True and not (key == "until_today" and data[key] is False):
                raise ConditionFault(key, data[key])
        if "contains" in data and (not isinstance(data["contains"], str) or not data["contains"]):
            raise ConditionFault("contains", data["contains"])
        negated = data.get("not", False)
        if not isinstance(negated, bool):
            raise ConditionFault("not", negated)
        return cls(
            data["field"],
            tuple(values),
            data.get("minimum"),
            data.get("maximum"),
            bool(data.get("until_today", False)),
            data.get("contains", ""),
            "empty" in data,
            negated,
        )

    @property
    def ranged(self) -> bool:
        return self.minimum is not None or self.maximum is not None

    def matches(self, value: Value) -> bool:
        return self._holds(value) is not self.negated

    def _holds(self, value: Value) -> bool:
        if self.until_today:
            return has_come(value)
        if self.empty:
            return value is None or (isinstance(value, str) and not value.strip())
        if self.contains:
            return isinstance(value, str) and self.contains in value
        if self.values:
            return value in self.values
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value < self.maximum)


def wheres_of(data: Any) -> tuple[Where, ...]:
    """The conditions of a rule's `where` as in TOML: a mapping, or a list of them. Raises ConditionFault."""
    if isinstance(data, Sequence) and not isinstance(data, str):
        if not data:
            raise ConditionFault("where", data)
        return tuple(Where.of(one) for one in data)
    return (Where.of(data),)


def all_hold(wheres: Iterable[Where], values: Mapping[str, Value]) -> bool:
    return all(one.matches(values.get(one.field)) for one in wheres)
