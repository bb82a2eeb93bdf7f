"""A district's facts: names, codes, coordinate system, duty line, the plan's shares. Data in `resources/districts/`.

    [[setting]]
    key = "duty.phone"
    title = "值班电话"
    value = "0000-0000000"
    source = "where this value was read"

A file of this form, from anywhere, makes a workspace for another district: nothing of a district stands in code.
`resources/districts/template.toml` explains every key. A value that nobody knows yet stays "": paper leaves it blank.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _

REQUIRED = ("district.name", "district.code", "district.prefix", "district.epsg")
UNITS = "administrative.units"
PLACE = "district.place"
_PLACE = r"\d{2,3}(\.\d+)?,\s*\d{1,2}(\.\d+)?"

# What a value must look like, by key; a trailing dot covers every key that begins so. Empty values are judged by
# REQUIRED alone.
_FORMS: Mapping[str, tuple[str, str]] = {
    "district.code": (r"\d{6}", "六位数字"),
    "district.prefix": (r"[A-Z]{1,6}", "一到六个大写字母"),
    "district.epsg": (r"\d{4,6}", "四到六位数字"),
    PLACE: (_PLACE, "“106.72,39.51”这样的东经和北纬（度）"),
    "season.start": (r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "“06-01”这样的月和日"),
    "season.end": (r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "“10-31”这样的月和日"),
    "zone.sign_days": (r"[1-9]\d{0,2}", "天数，如 10"),
    "share.": (r"\d{1,3}(\.\d+)?", "百分数，如 22.73"),
}


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

    def with_texts(self, texts: Mapping[str, str], source: str) -> "District":
        """With other words for some of its settings; `source` says whose they are. What says the same stays as it is,
        and a key that the file does not have is not made."""
        changed = {
            key: replace(self.settings[key], value=words.strip(), source=source)
            for key, words in texts.items()
            if key in self.settings and words.strip() != self.text(key)
        }
        return replace(self, settings={**self.settings, **changed})

    @property
    def name(self) -> str:
        return self.text("district.name")

    @property
    def code(self) -> str:
        """The six digits of GB/T 2260."""
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

    @property
    def units(self) -> tuple[str, ...]:
        """Names of the district's 街道 and 镇, in its own order; empty when the file doesn't list them."""
        return tuple(self.settings[UNITS].value) if UNITS in self.settings else ()

    @property
    def shares(self) -> dict[str, float]:
        """The plan's shares of the susceptibility classes in percent, by class."""
        found = {key.removeprefix("share."): one.value for key, one in self.settings.items() if key[:6] == "share."}
        return {name: float(value) for name, value in found.items() if value != ""}


def read_district(code_or_path: str | Path | None = None) -> District:
    """A district by its code, from the shipped files, or from a file of the office's own.

    None asks for the shipped one, where there is just one. Raises DefinitionInvalid with a sentence that names the
    file and the key.
    """
    if code_or_path is None:
        shipped = available_districts()
        if len(shipped) != 1:
            raise DefinitionInvalid(
                _("没有说是哪个行政区。"), _("请写行政区代码，现有：{names}。").format(names=_listed(shipped))
            )
        code_or_path = shipped[0][0]
    path = Path(code_or_path)
    if path.suffix.lower() != ".toml" and not path.is_file():
        path = resource("districts") / f"{code_or_path}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise DefinitionInvalid(
            _("没有行政区 {name} 的设置文件。").format(name=code_or_path),
            _("请写现有的代码（{names}），或自己设置文件的路径。").format(names=_listed(available_districts())),
        ) from error
    except UnicodeDecodeError as error:
        raise DefinitionInvalid(
            _("行政区设置文件 {name} 不是 UTF-8 文字。").format(name=path.name),
            _("请用记事本另存为 UTF-8 编码后再用。"),
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise DefinitionInvalid(
            _("行政区设置文件 {name} 读不懂：{reason}。").format(name=path.name, reason=error),
            _("请改正这一处后再用。"),
        ) from error
    except OSError as error:
        raise DefinitionInvalid(
            _("行政区设置文件 {name} 打不开：{reason}。").format(name=path.name, reason=reason_of(error)),
            _("请确认文件没有被占用，而且允许读取。"),
        ) from error
    return _checked(path.name, data)


def place_in(text: str) -> tuple[float, float] | None:
    """Longitude and latitude of a `district.place`; None where no place is written."""
    if not re.fullmatch(_PLACE, text.strip(), re.ASCII):
        return None
    longitude, latitude = text.split(",")
    return float(longitude), float(latitude)


def available_districts() -> list[tuple[str, str]]:
    """Code and name of the shipped districts, by code. A file is a district when its name is six digits."""
    paths = sorted(path for path in resource("districts").glob("*.toml") if re.fullmatch(r"\d{6}", path.stem))
    found = [read_district(path) for path in paths]
    return [(one.code, one.name) for one in found]


def _listed(districts: list[tuple[str, str]]) -> str:
    return "、".join(f"{code} {name}" for code, name in districts) or _("没有")


def _checked(name: str, data: Mapping[str, Any]) -> District:
    settings: dict[str, Setting] = {}
    entries = data.get("setting", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise _fault(name, "setting", _("每项要写成一段 [[setting]]"))
    for entry in entries:
        key = str(entry.get("key") or "")
        missing = [part for part in ("key", "title", "value", "source") if part not in entry]
        if missing:
            raise _fault(name, key or "setting", _("缺少 {names}").format(names="、".join(missing)))
        if key in settings:
            raise _fault(name, key, _("写了两次"))
        if not entry["title"] or not entry["source"]:
            raise _fault(name, key, _("title 和 source 不能空着"))
        _check_value(name, key, entry["value"])
        settings[key] = Setting(key, str(entry["title"]), entry["value"], str(entry["source"]))
    for key in REQUIRED:
        if key not in settings or settings[key].value == "":
            raise _fault(name, key, _("这一项必须有"))
    return District(settings)


def _check_value(name: str, key: str, value: object) -> None:
    if key == UNITS:
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise _fault(name, key, _("要写成一列名称"))
        return
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _fault(name, key, _("要写成文字或数字"))
    form = _FORMS.get(key) or _FORMS.get(key.split(".", maxsplit=1)[0] + ".")
    if form and value != "" and not re.fullmatch(form[0], str(value), re.ASCII):
        raise _fault(name, key, _("“{value}”要写成{form}").format(value=value, form=_(form[1])))


def _fault(name: str, key: str, reason: str) -> DefinitionInvalid:
    return DefinitionInvalid(
        _("行政区设置文件 {name} 的 {key} 不对：{reason}。").format(name=name, key=key, reason=reason),
        _("请对照 template.toml 里的说明改正后再用。"),
    )
