"""From what a person types to a field's value and back: numbers with units, days in any spelling, lists."""

import re
from datetime import date, datetime, timedelta

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import parse_day
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import LIST_SEPARATOR, Value

_DAYS = {"今天": 0, "昨天": -1, "前天": -2}


def value_text(field: FieldDefinition, value: object) -> str:
    """A value as it stands in the field, ready to be typed over."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float):
        return f"{value:.10g}"
    if field.type == "datetime":
        return str(value).replace("T", " ")[:16]
    return str(value)


def read_value(field: FieldDefinition, text: str) -> Value:
    """What a person typed, as the field's type; unreadable text comes back as it is, so that it can be told."""
    plain = text.strip()
    if not plain:
        return None
    if field.type in ("integer", "real"):
        return _number(field, plain)
    if field.type == "date":
        return _day(plain)
    if field.type == "datetime":
        return _moment(plain)
    if field.type == "list":
        return LIST_SEPARATOR.join(part.strip() for part in re.split(r"[、,，;；]", plain) if part.strip())
    return text.rstrip() if field.multiline else plain


def _number(field: FieldDefinition, plain: str) -> Value:
    # Full-width digits and signs come from Chinese keyboards; int() reads the digits, the rest is put right here.
    number = re.sub(r"[\s,]", "", plain).replace("，", "").replace("．", ".").replace("－", "-").replace("。", ".")
    if field.unit and number.endswith(field.unit):
        number = number.removesuffix(field.unit).strip()
    try:
        return int(number) if field.type == "integer" else float(number)
    except ValueError:
        return plain


def _day(plain: str) -> str:
    if plain in _DAYS:
        return (date.today() + timedelta(days=_DAYS[plain])).isoformat()
    day = parse_day(plain)
    return plain if day is None else day.isoformat()


def _moment(plain: str) -> str:
    """ "2026-07-18 9:30" and "2026年7月18日 09：30" as 2026-07-18T09:30:00; a day alone is its first minute."""
    found = re.fullmatch(r"(.+?)[T\s]+(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})秒?)?分?", plain)
    day = parse_day(found.group(1) if found else plain)
    if day is None:
        return plain
    hour, minute, second = (int(one or 0) for one in found.groups()[1:]) if found else (0, 0, 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second).isoformat()
    except ValueError:
        return plain
