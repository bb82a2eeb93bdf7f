"""Filters in words: what a chip above the table says, and what a value is called in a list."""

from collections.abc import Callable

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.register.columns import RegisterColumn, cell_words
from geohazard_desktop.workspace.feature import Value
from geohazard_desktop.workspace.register_query import AREA, Among, Between, Condition, Containing, Filled

_MOST = 3
Name = Callable[[str], str]  # uid → words


def value_words(column: RegisterColumn, value: Value, name: Name) -> str:
    """A value in a list of values."""
    if value is None or value == "":
        return _("（空）")
    if column.field is not None and column.field.type == "reference":
        return name(str(value))
    return cell_words(column, value).replace("\n", " ")


def limit_words(column: RegisterColumn, value: Value) -> str:
    """A limit as it is typed and read: areas in hectares."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return f"{float(value) / (10_000 if column.key == AREA else 1):.10g}"


def condition_words(column: RegisterColumn, condition: Condition, name: Name) -> str:
    """灾害类型：崩塌、滑坡; 威胁人数 ≥ 100; 监测人：空着."""
    title = column.title
    match condition:
        case Filled(filled=filled):
            return _("{title}：有内容").format(title=title) if filled else _("{title}：空着").format(title=title)
        case Containing(text=text):
            return _("{title}含“{text}”").format(title=title, text=text)
        case Between(low=low, high=high):
            unit = column.unit.split("，", maxsplit=1)[0]
            if low is None:
                return f"{title} ≤ {limit_words(column, high)} {unit}".strip()
            if high is None:
                return f"{title} ≥ {limit_words(column, low)} {unit}".strip()
            told = _("{title} {low} 至 {high} {unit}")
            return told.format(
                title=title, low=limit_words(column, low), high=limit_words(column, high), unit=unit
            ).strip()
        case Among(values=values):
            words = "、".join(value_words(column, one, name) for one in values[:_MOST])
            more = _(" 等 {count} 项").format(count=len(values)) if len(values) > _MOST else ""
            return _("{title}：{words}").format(title=title, words=words + more) if values else title
    raise TypeError(condition)
