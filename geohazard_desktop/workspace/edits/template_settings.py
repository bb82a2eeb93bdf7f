"""The text of an office's settings.toml: written whole, or one value of it changed with its comments kept."""

from collections.abc import Mapping, Sequence
from typing import Any


def settings_text(mapping: Mapping[str, Any]) -> str:
    """TOML that reads as `mapping`."""
    import tomlkit

    return tomlkit.dumps(mapping)


def with_setting(text: str, path: Sequence[str], value: str | bool | float | Sequence[str] | None) -> str:
    """`text` with the value at `path` (("work_card", "title")) set, or gone where it is None: what is shipped holds
    again. Everything else stays as it was typed. Raises ValueError for text that is no TOML."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ValueError(str(error)) from error
    *tables, key = path
    inner: Any = document
    for name in tables:
        if name not in inner:
            if value is None:
                return text
            inner[name] = tomlkit.table()
        inner = inner[name]
    if value is not None:
        inner[key] = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
    elif key in inner:
        del inner[key]
        if tables and not inner and len(tables) == 1:
            del document[tables[0]]
    return tomlkit.dumps(document)
