"""Distances, tolerances and severities of the checks and measures: resources/rules/checks.toml, each with its source.

[rule.danger_zone_sign]
severity = "warning"
[rule.danger_zone_sign.sign_distance_m]
value = 10
source = "…"
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _

FILE = "checks.toml"
SEVERITIES = ("error", "warning", "info", "off")


@cache
def _rules() -> Mapping[str, Mapping[str, Any]]:
    try:
        data = tomllib.loads(resource("rules", FILE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionInvalid(
            _("规则文件 {name} 读不懂：{reason}。").format(name=FILE, reason=error), _("请改正这一处后再用。")
        ) from error
    rules = data.get("rule", {})
    return rules if isinstance(rules, dict) else {}


def parameter(rule: str, name: str) -> float:
    """A number of a rule. Raises DefinitionInvalid naming the key when it is missing or no number."""
    value = _rules().get(rule, {}).get(name, {}).get("value")
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _fault(f"rule.{rule}.{name}")
    return float(value)


def parameter_text(rule: str, name: str) -> str:
    """A text of a rule, such as a pattern. Raises DefinitionInvalid naming the key when it is missing."""
    value = _rules().get(rule, {}).get(name, {}).get("value")
    if not isinstance(value, str):
        raise _fault(f"rule.{rule}.{name}")
    return value


def parameter_list(rule: str, name: str) -> list[str]:
    """A list of texts of a rule. Raises DefinitionInvalid naming the key when it is missing."""
    value = _rules().get(rule, {}).get(name, {}).get("value")
    if not isinstance(value, list):
        raise _fault(f"rule.{rule}.{name}")
    return [str(one) for one in value]


def severity(rule: str) -> str:
    """error, warning, info or off. Raises DefinitionInvalid when the file doesn't say."""
    found = _rules().get(rule, {}).get("severity")
    if found not in SEVERITIES:
        raise _fault(f"rule.{rule}.severity")
    return str(found)


def _fault(key: str) -> DefinitionInvalid:
    return DefinitionInvalid(
        _("规则文件 {name} 的 {key} 缺少或不对。").format(name=FILE, key=key),
        _("每项要有 value 和 source，请补全后再用。"),
    )
