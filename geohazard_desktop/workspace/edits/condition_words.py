"""A rule's conditions in people's words: 面积 ≥ 1 公顷，且名称包含“河”."""

from collections.abc import Mapping
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.shape_measures import measure_of
from geohazard_desktop.workspace.conditions import ConditionFault, Where, wheres_of
from geohazard_desktop.workspace.feature import Value

_FARTHEST = 1e299  # a limit beyond stands for none
_MOST = 3  # values said one by one


def condition_words(where: Any, titles: Mapping[str, str]) -> str:
    """`where` as in TOML; `titles` of the layer's fields. "" where there is none or it can't be read."""
    try:
        wheres = wheres_of(where) if where is not None else ()
    except ConditionFault:
        return ""
    return _("，且").join(where_words(one, titles) for one in wheres)


def where_words(where: Where, titles: Mapping[str, str]) -> str:
    """One condition."""
    measure = measure_of(where.field)
    name = measure.kind if measure is not None else titles.get(where.field, where.field)
    unit = f" {measure.unit}" if measure is not None else ""
    plain, negated = _templates(where)
    low, high = _limit(where.minimum), _limit(where.maximum)
    values = _("、").join(_value(one) for one in where.values[:_MOST]) + (_("等") if len(where.values) > _MOST else "")
    return (negated if where.negated else plain).format(
        name=name, text=where.contains, values=values, unit=unit, low=low, high=high
    )


def _templates(where: Where) -> tuple[str, str]:
    """How a condition is said, and how its contrary."""
    if where.until_today:
        return _("{name}已到"), _("{name}还没到")
    if where.empty:
        return _("{name}空着"), _("{name}填了")
    if where.contains:
        return _("{name}包含“{text}”"), _("{name}不含“{text}”")
    if where.values:
        return _("{name}是{values}{unit}"), _("{name}不是{values}{unit}")
    by_limits = {
        (True, True): (_("{name} {low}–{high}{unit}"), _("{name}不在 {low}–{high}{unit} 里")),
        (True, False): (_("{name} ≥ {low}{unit}"), _("{name}没到 {low}{unit}")),
        (False, True): (_("{name} < {high}{unit}"), _("{name}不小于 {high}{unit}")),
        (False, False): (_("{name}有数"), _("{name}没有数")),
    }
    return by_limits[bool(_limit(where.minimum)), bool(_limit(where.maximum))]


def _limit(limit: float | None) -> str:
    return "" if limit is None or abs(limit) >= _FARTHEST else _value(limit)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return f"{value:g}" if isinstance(value, float) else str(value)
