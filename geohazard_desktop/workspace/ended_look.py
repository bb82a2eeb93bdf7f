"""The look of what is over: zones that were lifted, shelters that closed, households that moved out.

Who reads a map must not take them for what holds. So a layer whose definition draws them apart draws them apart in an
office's own style too: one that was saved before there was such a rule, or that classes features anew, gets the
definition's rule before its own, unless a rule of its own asks for the same field.
"""

from collections.abc import Mapping
from typing import Any

from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.workspace.conditions import ConditionFault, wheres_of
from geohazard_desktop.workspace.definition import LayerDefinition


def is_ended(rule: Mapping[str, Any]) -> bool:
    """Whether a rule as in TOML is for what is over, and for nothing else."""
    try:
        wheres = wheres_of(rule["where"]) if "where" in rule else ()
    except ConditionFault:
        return False
    return any(not one.negated and (one.until_today or one.values == (lifted(),)) for one in wheres)


def with_ended(style: Mapping[str, Any], definition: LayerDefinition) -> Mapping[str, Any]:
    """The style with the rules for what is over that it lacks; the style itself where it lacks none or has no rules."""
    own = style.get("rule")
    if not isinstance(own, list) or not own:
        return style
    asked = set[str]()
    for rule in own:
        try:
            asked |= {one.field for one in wheres_of(rule["where"])} if "where" in rule else set()
        except (ConditionFault, TypeError):
            return style  # it can't be read, and whoever parses it says where
    lacking = [
        rule
        for rule in definition.style.get("rule", ())
        if is_ended(rule) and not {one.field for one in wheres_of(rule["where"])} & asked
    ]
    return {**style, "rule": [*lacking, *own]} if lacking else style
