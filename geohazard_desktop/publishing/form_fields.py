"""What every printed form shares: fields that know their Chinese label, emphasised words, and the way into a template.

A form is a frozen dataclass. Its text fields take `str` or `Emphasised`; None and "" both mean "not known" and print as
a line to write on. `to_json()` gives what the Typst template reads: plain strings, numbers, lists, never markup.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any

from geohazard_desktop.common.texts import _

JsonValue = Any


@dataclass(frozen=True, slots=True)
class Emphasised:
    """`text` with some of its words set bold: each of `strong` wherever it stands in `text`."""

    text: str
    strong: tuple[str, ...] = ()

    def runs(self) -> list[dict[str, JsonValue]]:
        """The text cut into pieces `{"t": text, "b": bold}`; joined, the pieces are `text` again."""
        pieces: list[tuple[str, bool]] = [(self.text, False)]
        for word in sorted({one for one in self.strong if one}, key=len, reverse=True):
            cut: list[tuple[str, bool]] = []
            for piece, bold in pieces:
                if bold or word not in piece:
                    cut.append((piece, bold))
                    continue
                for number, part in enumerate(piece.split(word)):
                    if number:
                        cut.append((word, True))
                    if part:
                        cut.append((part, False))
            pieces = cut
        return [{"t": piece, "b": bold} for piece, bold in pieces if piece]


Words = str | Emphasised | None
LINE = "＿＿＿＿＿＿"  # to write on, within a sentence
Day = date | str | None


def cell(label: str, *, personal: bool = False, quiet: bool = False, setting: str = "") -> dict[str, Any]:
    """Metadata of a dataclass field printed under `label`.

    `personal` marks data of a person (个人信息保护法). `quiet` fields may stay empty without being reported as missing.
    `setting`: the key of the office's setting that fills it on every paper.
    """
    return {"label": label, "personal": personal, "quiet": quiet, "setting": setting}


class Form:
    """Base of every form; subclasses are frozen dataclasses."""

    __slots__ = ()

    def to_json(self) -> dict[str, JsonValue]:
        """The form as its template reads it: one key a field, nested forms as dictionaries, empty values as None."""
        own: type = type(self)
        return {name: as_json(getattr(self, name)) for name in _names_of(own)}

    def empty_labels(self) -> list[str]:
        """Chinese labels of the fields that print as a line to write on, or hold one, in the order of the form."""
        return self.empty_among(None)

    def empty_among(self, printed: Collection[str] | None) -> list[str]:
        """The same of those fields whose names are in `printed`, by a template that prints less than the form holds."""
        return [
            _(one.metadata["label"])
            for one in _fields(self)
            if one.metadata.get("label") and _prints_line(getattr(self, one.name), quiet=one.metadata["quiet"])
            if printed is None or one.name in printed
        ]

    @classmethod
    def settings(cls) -> dict[str, str]:
        """By the labels of what the office's settings fill, the keys of those."""
        return {_(one.metadata["label"]): key for one in _fields(cls) if (key := one.metadata.get("setting"))}

    @classmethod
    def personal_fields(cls) -> list[str]:
        """Names of the fields that hold personal data."""
        return [one.name for one in _fields(cls) if one.metadata.get("personal")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Form):
    """What every sheet and card says about itself, outside the grid. Nothing personal.

    `schematic`: something used is 示意数据. `drafts`: names of the zones that it is about and that are only 拟划; both
    are printed on every page.
    """

    version: int | str | None = field(default=None, metadata=cell("版次"))
    issued_on: Day = field(default=None, metadata=cell("发放日期"))
    check_code: Words = field(default=None, metadata=cell("核对码", quiet=True))
    replaces: Words = field(default=None, metadata=cell("代替", quiet=True))  # "第 1 版（2026-05-20）"
    # imprint line, several joined by a full-width space
    offices: Words = field(default=None, metadata=cell("编发单位", quiet=True))
    duty_phone: Words = field(default=None, metadata=cell("值班电话"))
    duty_office: Words = field(default=None, metadata=cell("值班单位", quiet=True))
    schematic: bool = False
    drafts: tuple[str, ...] = ()


def _prints_line(value: Any, *, quiet: bool) -> bool:
    """A quiet field may stay empty; a line within its words is told all the same."""
    return (isinstance(value, str) and LINE in value) or (not quiet and _empty(value))


def _empty(value: Any) -> bool:
    """What prints as a line to write on. 0 is a value; so is a nested form, whatever it lacks."""
    if isinstance(value, Emphasised):
        return not value.text
    return value is None or (isinstance(value, str | tuple | list) and not value)


def _fields(form: Any) -> tuple[Field[Any], ...]:
    return _fields_of(form if isinstance(form, type) else type(form))


@cache
def _fields_of(form: type) -> tuple[Field[Any], ...]:
    return fields(form)


@cache
def _names_of(form: type) -> tuple[str, ...]:
    """A leading _ marks what a form keeps for itself."""
    return tuple(one.name for one in _fields_of(form) if not one.name.startswith("_"))


def as_json(value: Any) -> JsonValue:
    """A field's value for the template. Dates become 2026 年 11 月 22 日; text keeps every sign as written."""
    # A batch asks this for a million values, nearly all of them of just these types.
    kind = type(value)
    if kind is str:
        return value or None
    if kind in _AS_THEY_ARE:
        return value
    if isinstance(value, str | bool | int | float):
        return None if value == "" else value
    if isinstance(value, Form):
        return value.to_json()
    return _list_or_day(value)


_AS_THEY_ARE = frozenset((float, int, bool, type(None)))


def _list_or_day(value: Any) -> JsonValue:
    if isinstance(value, Emphasised):
        return value.runs() or None
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, tuple | list):
        return [as_json(one) for one in value]
    raise TypeError(f"a form cannot hold {type(value).__name__}")


def holds_forms(value: "list[JsonValue] | tuple[JsonValue, ...]") -> bool:
    """Whether a list of JSON holds nested forms or texts cut into runs; lines on a map are lists of numbers alone."""
    for one in value:
        kind = type(one)
        if kind is str or kind in _AS_THEY_ARE:
            continue
        if not isinstance(one, list | tuple) or holds_forms(one):
            return True
    return False


def day_words(day: date) -> str:
    """2026 年 11 月 22 日."""
    return _("{year} 年 {month} 月 {day} 日").format(year=day.year, month=day.month, day=day.day)


def texts_in(data: JsonValue, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a JSON value with the path of its key ("cards.0.head"), runs joined."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from texts_in(value, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list | tuple):
        if data and all(isinstance(one, Mapping) and set(one) == {"t", "b"} for one in data):
            yield path, "".join(one["t"] for one in data)
            return
        for number, value in enumerate(data):
            yield from texts_in(value, f"{path}.{number}" if path else str(number))
