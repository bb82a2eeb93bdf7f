"""Whether a value may stand in a field: the same judgement in the form, in the register and in the checks."""

import datetime
import math

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Value, split_list


def value_fault(field: FieldDefinition, value: Value) -> str | None:
    """What is wrong with `value` in `field`, as a clause without full stop; None when nothing is.

    An absent value is no fault here, even of a required field: what is drawn is stored first and filled in later.
    """
    if value is None or value == "":
        return None
    if field.type in ("integer", "real"):
        return _number_fault(field, value)
    if field.type == "boolean":
        return None if isinstance(value, bool) else _("“{title}”应是是或否").format(title=field.title)
    if not isinstance(value, str):
        return _("“{title}”应是文字").format(title=field.title)
    return _date_fault(field, value) if field.type in ("date", "datetime") else _choice_fault(field, value)


def _choice_fault(field: FieldDefinition, value: str) -> str | None:
    if field.values:
        parts = split_list(value) if field.type == "list" else [value]
        for part in parts:
            if part not in field.values:
                return _("“{title}”没有“{value}”这一项（可填：{values}）").format(
                    title=field.title, value=part, values="、".join(field.values)
                )
    return None


def _number_fault(field: FieldDefinition, value: Value) -> str | None:
    kind = _("整数") if field.type == "integer" else _("数字")
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and (field.type == "integer" or not isinstance(value, float) or not math.isfinite(value)):
        return _("“{title}”应是{kind}").format(title=field.title, kind=kind)
    number = float(value or 0)
    unit = f" {field.unit}" if field.unit else ""
    if field.minimum is not None and number < field.minimum:
        return _("“{title}”不能小于 {limit:g}{unit}").format(title=field.title, limit=field.minimum, unit=unit)
    if field.maximum is not None and number > field.maximum:
        return _("“{title}”不能大于 {limit:g}{unit}").format(title=field.title, limit=field.maximum, unit=unit)
    return None


def _date_fault(field: FieldDefinition, value: str) -> str | None:
    try:
        if field.type == "date":
            datetime.date.fromisoformat(value)
        else:
            datetime.datetime.fromisoformat(value)
    except ValueError:
        example = "2026-07-18" if field.type == "date" else "2026-07-18T09:30:00"
        return _("“{title}”的“{value}”不是日期，应写成 {example}").format(
            title=field.title, value=value, example=example
        )
    return None
