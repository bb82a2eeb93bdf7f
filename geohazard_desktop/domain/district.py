"""A district's facts: names, codes, coordinate system, duty line, the plan's shares. Data in `resources/districts/`.

    [[setting]]
    key = "duty.phone"
    title = "值班电话"
    value = "0473-0000000"
    source = "where this value was read"

A file of this form, from anywhere, makes a workspace for another district: nothing of a district stands in code.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _

REQUIRED = ("district.name", "district.code", "district.prefix", "district.epsg")


@dataclass(frozen=True, slots=True)
class Setting:
    """One fact with its source. `value` is text, a number or a list, as in TOML."""

    key: str
    title: str
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class District:
    """The settings that a new workspace starts with, by key."""

    settings: Mapping[str, Setting]

    def text(self, key: str) -> str:
        return str(self.settings[key].value) if key in self.settings else ""

    @property
    def name(self) -> str:
        return self.text("district.name")

    @property
    def code(self) -> str:
        return self.text("district.code")

    @property
    def prefix(self) -> str:
        """The letters that numbers for people begin with."""
        return self.text("district.prefix")

    @property
    def parent(self) -> str:
        return self.text("district.parent")

    @property
    def epsg(self) -> int:
        """The code of the district's CGCS2000 3-degree Gauss-Kruger zone."""
        return int(self.settings["district.epsg"].value)


def read_district(code_or_path: str | Path | None = None) -> District:
    """A district by its code, from the shipped files, or from a file of the office's own.

    None asks for the shipped one, where there is just one. Raises DefinitionInvalid.
    """
    if code_or_path is None:
        shipped = available_districts()
        if len(shipped) != 1:
            raise DefinitionInvalid(
                _("没有说是哪个行政区。"),
                _("请写行政区代码，现有：{names}。").format(names="、".join(" ".join(one) for one in shipped)),
            )
        code_or_path = shipped[0][0]
    path = Path(code_or_path)
    if path.suffix.lower() != ".toml":
        path = resource("districts", f"{code_or_path}.toml")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise DefinitionInvalid(
            _("没有行政区 {name} 的设置文件。").format(name=code_or_path),
            _("现有：{names}。").format(names="、".join(f"{code} {name}" for code, name in available_districts())),
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DefinitionInvalid(
            _("行政区设置文件 {name} 读不懂：{reason}。").format(name=path.name, reason=error),
            _("请改正这一处后再用。"),
        ) from error
    return _checked(path.name, data)


def _checked(name: str, data: Mapping[str, Any]) -> District:
    settings: dict[str, Setting] = {}
    for entry in data.get("setting", ()):
        key = entry.get("key")
        if not key or "value" not in entry or not entry.get("title") or key in settings:
            raise _fault(name, str(key))
        settings[key] = Setting(key, entry["title"], entry["value"], entry.get("source", ""))
    for key in REQUIRED:
        if key not in settings or settings[key].value in ("", None):
            raise _fault(name, key)
    if not str(settings["district.epsg"].value).isdigit():
        raise _fault(name, "district.epsg")
    return District(settings)


def _fault(name: str, key: str) -> DefinitionInvalid:
    return DefinitionInvalid(
        _("行政区设置文件 {name} 的 {key} 缺少或不对。").format(name=name, key=key),
        _("每项要有 key、title、value 和 source，请补全后再用。"),
    )


def available_districts() -> list[tuple[str, str]]:
    """Code and name of the shipped districts, by code."""
    found = []
    for path in sorted(resource("districts").glob("*.toml")):
        if path.stem.isdigit():
            district = read_district(path)
            found.append((district.code, district.name))
    return found
