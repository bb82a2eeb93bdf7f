"""Rules of law and plan as data: TOML files in `resources/rules/`, every entry with its source.

`source` says where a number or sentence was read. `verified = false` marks what no reachable source states, or what is
a default of this program: an officer of the 分局 has to confirm it before it counts.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One table of a rule file, read with checks: every miss is a DefinitionInvalid that names file and key."""

    file: str
    path: str
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key)
        return value

    def number(self, key: str, *, least: float = 0.0) -> float:
        """A number of at least `least`."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= least:
            raise self.fault(key)
        return float(value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise self.fault(key)
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        value = self.values.get(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.fault(key)
        return tuple(value)

    def rising(self, key: str, count: int) -> tuple[float, ...]:
        """`count` numbers, each larger than the one before."""
        value = self.values.get(key)
        if not isinstance(value, list) or len(value) != count:
            raise self.fault(key)
        if any(isinstance(one, bool) or not isinstance(one, int | float) for one in value):
            raise self.fault(key)
        if sorted(set(value)) != value:
            raise self.fault(key)
        return tuple(float(one) for one in value)

    def table(self, key: str) -> "RuleTable":
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.fault(key)
        return RuleTable(self.file, self._below(key), value)

    def tables(self, key: str) -> Iterator["RuleTable"]:
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
            raise self.fault(key)
        for number, one in enumerate(value, start=1):
            yield RuleTable(self.file, f"{self._below(key)}[{number}]", one)

    def source(self) -> "Source":
        return Source(self.text("source"), self.flag("verified"))

    def fault(self, key: str) -> DefinitionInvalid:
        return DefinitionInvalid(
            _("规则文件 {name} 的 {key} 缺少或不对。").format(name=self.file, key=self._below(key)),
            _("请对照文件开头的说明改正；每项都要有 source 和 verified。"),
        )

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read; `verified` is False where an officer has yet to confirm it."""

    words: str
    verified: bool


@cache
def read_rules(file: str) -> RuleTable:
    """The rule file of that name below `resources/rules/`. Raises ResourceMissing or DefinitionInvalid."""
    path = resource("rules", file)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DefinitionInvalid(
            _("规则文件 {name} 读不懂：{reason}。").format(name=file, reason=error), _("请改正这一处后再用。")
        ) from error
    return RuleTable(file, "", data)
