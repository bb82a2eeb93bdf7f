"""A style as TOML text, laid out as the shipped layers are: conditions on one line, a table for each symbol layer."""

import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import tomlkit.items


def style_text(mapping: Mapping[str, Any]) -> str:
    """The text of a style mapping, `[style]` included; reading it gives an equal mapping."""
    import tomlkit

    document = tomlkit.document()
    style = tomlkit.table()
    rules = list(mapping.get("rule", ()))
    for key, value in mapping.items():
        if key not in {"rule", "label"}:
            style[key] = value
    if rules:
        made = tomlkit.aot()
        for rule in rules:
            made.append(_rule(rule))
        style["rule"] = made
    elif "rule" in mapping:
        style["rule"] = []
    if "label" in mapping:
        style["label"] = _table(mapping["label"])
    document["style"] = style
    return tomlkit.dumps(document)


def same_style(text: str, mapping: Mapping[str, Any]) -> bool:
    """Whether `text` says just what `mapping` does: then an expert's own lines and comments may stay."""
    try:
        return bool(tomllib.loads(text) == {"style": mapping})
    except tomllib.TOMLDecodeError:
        return False


def _rule(rule: Mapping[str, Any]) -> "tomlkit.items.Table":
    import tomlkit

    table = _table({key: value for key, value in rule.items() if key != "symbol"})
    if rule.get("symbol"):
        made = tomlkit.aot()
        for one in rule["symbol"]:
            made.append(_table(one))
        table["symbol"] = made
    elif "symbol" in rule:
        table["symbol"] = []
    return table


def _table(mapping: Mapping[str, Any]) -> "tomlkit.items.Table":
    import tomlkit

    table = tomlkit.table()
    for key, value in mapping.items():
        if isinstance(value, Mapping):
            table[key] = _inline(value)
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            # Several conditions, a line each; tables of their own would hide that they belong to one rule.
            array = tomlkit.array()
            for one in value:
                array.append(_inline(one) if isinstance(one, Mapping) else one)
            table[key] = array.multiline(True)
        else:
            table[key] = value
    return table


def _inline(mapping: Mapping[str, Any]) -> "tomlkit.items.InlineTable":
    import tomlkit

    inline = tomlkit.inline_table()
    inline.update(mapping)
    return inline
