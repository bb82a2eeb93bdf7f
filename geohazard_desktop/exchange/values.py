"""One value as others write it → the value of a field: dates, numbers with units, 是/否, words from a list."""

import datetime
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.codes import phone_faults, says_no_phone
from geohazard_desktop.exchange.units import factor, parse_number, plain
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits.values import value_fault
from geohazard_desktop.workspace.feature import LIST_SEPARATOR, Value

_BLANK = {"", "-", "--", "—", "——", "/", "\\", "无数据", "null", "none", "nan", "n/a", "<null>", "#n/a"}
_EXCEL_ERRORS = {"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
_YES = {"是", "有", "y", "yes", "true", "t", "1", "√", "✓", "✔", "对", "在"}
_NO = {"否", "无", "没有", "不是", "n", "no", "false", "f", "0", "×", "✗", "x", "错"}
# What may be missing behind or before a short form: 高 → 高易发区, 塌陷 → 地面塌陷. Nothing that would turn a meaning.
_TAILS = {"区", "型", "级", "期", "行", "性", "易发区", "易发", "发育区", "类"}
_HEADS = {"地面", "需"}
_OTHER_WORDS = {
    "high": "高",
    "medium": "中",
    "moderate": "中",
    "low": "低",
    "非易发区": "不发育区",
    "不易发区": "不发育区",
    "非易发": "不发育区",
    "不易发": "不发育区",
    "m": "男",
    "f": "女",
    "male": "男",
    "female": "女",
    "采空塌陷": "地面塌陷",
    "采空区地面塌陷": "地面塌陷",
    "斜坡": "不稳定斜坡",
    "危岩": "崩塌",
    "危岩体": "崩塌",
}
_DATE = re.compile(
    r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?"
    r"(?:[T ]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?.*)?"
)
_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_EXCEL_EPOCH = datetime.datetime(1899, 12, 30)
_EXCEL_DAYS = (10_000, 80_000)  # 1927 to 2119


@dataclass(frozen=True, slots=True)
class Converted:
    """`value` for the field, `fault` (a clause without full stop) where it can't be had, `note` where it was bent."""

    value: Value = None
    fault: str = ""
    note: str = ""


def is_blank(raw: Any) -> bool:
    """Whether a cell says nothing."""
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return True
    return isinstance(raw, str) and plain(raw).lower() in _BLANK


def text_of(raw: Any) -> str:  # noqa: PLR0911 — one line a type
    """A cell as text: whole numbers without .0, dates in ISO form, lists joined by 、."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return _("是") if raw else _("否")
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime.datetime):
        return raw.isoformat() if (raw.hour or raw.minute or raw.second) else raw.date().isoformat()
    if isinstance(raw, datetime.date):
        return raw.isoformat()
    if isinstance(raw, np.ndarray | list | tuple):
        return LIST_SEPARATOR.join(text_of(one) for one in raw)
    return str(raw).replace("\u3000", " ").strip()


def convert(field: FieldDefinition, raw: Any, scale: float = 1.0) -> Converted:  # noqa: PLR0911
    """`raw` as a value of `field`; `scale` is the heading's unit in the field's (面积（亩） → m²).

    References stay as written: they are resolved against the workspace later.
    """
    if is_blank(raw):
        return Converted()
    if field.type in ("integer", "real"):
        return _number(field, raw, scale)
    text = text_of(raw)
    if text in _EXCEL_ERRORS:
        return Converted(fault=_("“{title}”这一格是错误值 {text}").format(title=field.title, text=text))
    if field.type == "boolean":
        return _boolean(field, raw, text)
    if field.type in ("date", "datetime"):
        return _date(field, raw, text)
    if field.type == "list":
        return _words(field, text)
    if field.type == "text" and field.values:
        found = match_word(text, field.values)
        if found is None:
            return Converted(fault=_fault(field, text))
        return Converted(found)
    if field.role == "phone" and says_no_phone(text):
        return Converted()
    return Converted(text, note=_phone_note(field, text) if field.role == "phone" else "")


def _phone_note(field: FieldDefinition, text: str) -> str:
    # Without the number: an import's report is passed on.
    faults = phone_faults(text)
    return _("“{title}”打不通：{why}").format(title=field.title, why=faults[0].why) if faults else ""


def match_word(text: str, values: Iterable[str]) -> str | None:
    """The allowed value that `text` means (高 → 高易发区), None where none or more than one does."""
    values = list(values)
    word = re.sub(r"\s+", "", plain(text))
    by_plain = {plain(one): one for one in values}
    for one in (word, _OTHER_WORDS.get(word.lower(), word)):
        if one in by_plain:
            return by_plain[one]
    word = _OTHER_WORDS.get(word.lower(), word)
    found = {
        whole
        for short, whole in by_plain.items()
        if _tail(short, word) in _TAILS or _head(short, word) in _HEADS or _tail(word, short) in _TAILS
    }
    return found.pop() if len(found) == 1 else None


def _tail(longer: str, shorter: str) -> str | None:
    return longer[len(shorter) :] if shorter and longer.startswith(shorter) else None


def _head(longer: str, shorter: str) -> str | None:
    return longer[: -len(shorter)] if len(shorter) > 1 and longer.endswith(shorter) else None


def _words(field: FieldDefinition, text: str) -> Converted:
    parts = [one for one in re.split(r"[、，,;；/|\s]+", text) if one]
    if not field.values:
        return Converted(LIST_SEPARATOR.join(parts))
    found, unknown = [], []
    for one in parts:
        word = match_word(one, field.values)
        if word is None:
            unknown.append(one)
        elif word not in found:
            found.append(word)
    value = LIST_SEPARATOR.join(found) or None
    return Converted(value, fault=_fault(field, LIST_SEPARATOR.join(unknown)) if unknown else "")


def _fault(field: FieldDefinition, text: str) -> str:
    return value_fault(field, text) or _("“{title}”没有“{value}”这一项").format(title=field.title, value=text)


def _number(field: FieldDefinition, raw: Any, scale: float) -> Converted:
    exact, text = True, text_of(raw)
    if isinstance(raw, bool | datetime.date):
        number = float(raw.year) if isinstance(raw, datetime.date) and field.unit == "年" else None
    elif isinstance(raw, int | float):
        number = float(raw) * scale
    else:
        year = re.match(r"((?:18|19|20)\d{2})(?:[-/.年]|\d{2,4}$)", plain(text)) if field.unit == "年" else None
        parsed = None if year else parse_number(text, field.unit)
        number = float(year.group(1)) if year else None if parsed is None else parsed.value
        if parsed is not None:
            exact = parsed.exact
            # A unit in the cell wins over the heading's: 面积（亩） with "300 m²".
            number = parsed.value * (scale if re.search(r"\d$", plain(text)) else 1.0)
    if number is None or not math.isfinite(number):
        kind = _("整数") if field.type == "integer" else _("数字")
        return Converted(fault=_("“{title}”的“{text}”不是{kind}").format(title=field.title, text=text, kind=kind))
    value: Value = number
    if field.type == "integer":
        if abs(number - round(number)) > 1e-6:
            return Converted(fault=_("“{title}”的“{text}”不是整数").format(title=field.title, text=text))
        value = round(number)
    fault = value_fault(field, value)
    if fault:
        return Converted(fault=fault)
    note = (
        ""
        if exact
        else _("“{title}”写的是“{text}”，按 {value:g} 填").format(title=field.title, text=text, value=number)
    )
    return Converted(value, note=note)


def _boolean(field: FieldDefinition, raw: Any, text: str) -> Converted:
    if isinstance(raw, bool):
        return Converted(raw)
    word = plain(text).lower()
    if word in _YES or word in _NO:
        return Converted(word in _YES)
    return Converted(fault=_("“{title}”的“{text}”看不出是“是”还是“否”").format(title=field.title, text=text))


def _date(field: FieldDefinition, raw: Any, text: str) -> Converted:
    moment = _moment(raw, text)
    if moment is None:
        words = _("“{title}”的“{text}”不是完整的日期")
        return Converted(fault=words.format(title=field.title, text=text))
    return Converted(moment.isoformat() if field.type == "datetime" else moment.date().isoformat())


def _moment(raw: Any, text: str) -> datetime.datetime | None:
    if isinstance(raw, datetime.datetime):
        return raw.replace(tzinfo=None)
    if isinstance(raw, datetime.date):
        return datetime.datetime(raw.year, raw.month, raw.day)
    word = plain(text)
    compact = _COMPACT_DATE.fullmatch(word)
    if compact:
        return _made(*map(int, compact.groups()))
    if re.fullmatch(r"\d{5}(\.\d+)?", word) and _EXCEL_DAYS[0] <= float(word) <= _EXCEL_DAYS[1]:
        return _EXCEL_EPOCH + datetime.timedelta(days=round(float(word) * 86400) / 86400)
    found = _DATE.fullmatch(word)
    return _made(*(int(one or 0) for one in found.groups())) if found else None


def _made(*parts: int) -> datetime.datetime | None:
    try:
        return datetime.datetime(*parts)  # type: ignore[arg-type]
    except ValueError:
        return None


def heading_scale(given: str, field: FieldDefinition) -> float | None:
    """What to multiply by where a heading carries a unit; None when it measures something else than the field."""
    if not given:
        return 1.0
    return factor(given, field.unit) if field.type in ("integer", "real") else None
