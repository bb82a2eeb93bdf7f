"""Which words of a workspace are about people, and which are public bodies whatever field they stand in.

Personal are the fields and layers whose definitions say so, now and in the whole history. A unit, a post, a 街道 beside
a person's name goes with the person's row, but it is no secret elsewhere: 乌达区消防救援大队 stays the rescue unit of a
hazard point though somebody who works there is registered. Telephone numbers are known by their digits, however they
are typed; a landline that a public field names is the number of an office.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from geohazard_desktop.common.sqlite_uri import sqlite_uri
from geohazard_desktop.domain.rule_file import read_rules
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.workspace import Workspace

_FEWEST = 2  # characters of a value that is looked for; one alone is no name
_LONGEST_NAME = 4  # a word of at most so many characters in a field for people is a name, wherever else it stands
_FEWEST_DIGITS = 7  # shorter ones (110, 120) are everybody's
_PRINTED = ("district", "subdistrict", "place", "settlement")  # layers whose names stand on every map
_BODIES = ("unit", "post", "subdistrict", "street", "community")  # fields that name a body, a post, a part of the town
_TOWN = ("subdistrict", "street", "community")
_OFFICE = ("district.", "office.", "duty.", "government.")
_RUN = re.compile(r"\d+(?:[ \-]\d+)*", re.ASCII)
_MOST_PARTS = 5  # groups in which people type one number


@dataclass(frozen=True, slots=True)
class PersonalWords:
    """`names` and `phones` (digits alone) are looked for everywhere; `bodies` are left whole even where a name is part
    of them; `kept` are words that are personal in one field and public elsewhere."""

    names: frozenset[str]
    phones: frozenset[str]
    bodies: frozenset[str]
    kept: tuple[str, ...]

    def around(self) -> list[str]:
        """Bodies in which a name stands, long ones first."""
        return sorted((one for one in self.bodies if any(name in one for name in self.names)), key=len, reverse=True)

    def phones_in(self, text: str) -> list[tuple[int, int]]:
        """Where in `text` one of the numbers stands, from left to right."""
        found: list[tuple[int, int]] = []
        for run in _RUN.finditer(text) if self.phones else ():
            parts = [(one.start() + run.start(), one.group()) for one in re.finditer(r"\d+", run.group(), re.ASCII)]
            first = 0
            while first < len(parts):
                ends = range(min(len(parts), first + _MOST_PARTS), first, -1)
                last = next((end for end in ends if self._is_one("".join(one for _at, one in parts[first:end]))), 0)
                if last:
                    found.append((parts[first][0], parts[last - 1][0] + len(parts[last - 1][1])))
                first = last or first + 1
        return found

    def _is_one(self, digits: str) -> bool:
        return digits in self.phones or (digits.startswith("86") and digits[2:] in self.phones)


def personal_words(ws: Workspace) -> PersonalWords:
    """Of now and of the whole history."""
    names: set[str] = set()
    phones: set[str] = set()
    bodies = _public_bodies(ws)
    for definition in ws.definitions.values():
        for field in _personal_texts(definition):
            for text in _texts(ws, definition.table, field.name):
                if field.role == "phone":
                    phones |= set(_numbers(text))
                elif _is_body(field):
                    bodies.add(text)
                else:
                    names.add(text)
    names = {one for one in names if len(one) >= _FEWEST}
    printed = _printed(ws, names)
    kept = names & ({one for one in bodies if len(one) > _LONGEST_NAME} | printed)
    office = _public_phones(ws)
    phones |= {one for one in office if _is_mobile(one)}
    public = {one for one in phones & office if not _is_mobile(one)}
    public |= {one for key, text in ws.settings().items() if key.startswith("duty.") for one in _numbers(text)} & phones
    names -= kept
    return PersonalWords(
        frozenset(names),
        frozenset(phones - public),
        frozenset((bodies | printed) - names - {""}),
        tuple(sorted(kept | public)),
    )


def printed_words(ws: Workspace) -> set[str]:
    """What stands on every map and form: names of places, words of lists."""
    found: set[str] = set()
    for definition in ws.definitions.values():
        for one in definition.fields:
            found |= set(one.values)
    for layer in _PRINTED:
        if layer in ws.definitions:
            found |= set(ws.texts(layer, "name"))
    for definition in ws.definitions.values():  # a part of the town as somebody's address is no secret
        for name in _TOWN:
            if name in definition.by_name and not definition.is_personal(name):
                found |= {one.strip() for one in ws.texts(definition.table, name)}
    return found


def personal_phones(ws: Workspace) -> set[str]:
    """The telephone numbers of people as they stand now, by their digits; what a public field or the duty line names
    too is an office's."""
    found: set[str] = set()
    for definition in ws.definitions.values():
        for field in definition.fields:
            if field.role == "phone" and definition.is_personal(field.name):
                found |= {one for text in ws.texts(definition.table, field.name) for one in _numbers(text)}
    duty = {one for key, text in ws.settings().items() if key.startswith(_OFFICE) for one in _numbers(text)}
    return found - duty - {one for one in _public_phones(ws) if not _is_mobile(one)}


def _printed(ws: Workspace, names: set[str]) -> set[str]:
    # What the layers' own definitions say (群测群防) is a word of the form wherever it stands.
    with closing(_reading(ws)) as sql:
        form = "\n".join(row[0] for row in sql.execute("SELECT toml FROM layer_definition"))
    office = {value for key, value in ws.settings().items() if key.startswith(_OFFICE) and len(value) >= _FEWEST}
    return printed_words(ws) | office | {one for one in names if one in form}


def _public_bodies(ws: Workspace) -> set[str]:
    """What public fields name as a unit or a part of the town."""
    found: set[str] = set()
    for definition in ws.definitions.values():
        for field in definition.fields:
            if field.type == "text" and not definition.is_personal(field.name) and _is_body(field):
                found |= {str(one).strip() for one in ws.attributes(definition.table).column(field.name) if one}
    return {one for one in found if len(one) >= _FEWEST}


def _is_body(field: FieldDefinition) -> bool:
    return field.name in _BODIES or field.name.endswith("_unit")


def _public_phones(ws: Workspace) -> set[str]:
    found: set[str] = set()
    for definition in ws.definitions.values():
        for field in definition.fields:
            if field.role == "phone" and not definition.is_personal(field.name):
                found |= {one for text in ws.texts(definition.table, field.name) for one in _numbers(text)}
    return found


def _numbers(text: str) -> Iterator[str]:
    """The telephone numbers that a field holds, by their digits."""
    for part in re.split(r"[、,，;；/／]", text):
        digits = "".join(one for one in part if one.isascii() and one.isdecimal())
        digits = digits[2:] if part.strip().startswith(("+86", "86")) and len(digits) > _FEWEST_DIGITS + 4 else digits
        if len(digits) >= _FEWEST_DIGITS:
            yield digits


def _is_mobile(digits: str) -> bool:
    length = read_rules("phones.toml").table("phone").number("mobile_digits")
    return digits.startswith("1") and len(digits) == length


def _personal_texts(definition: LayerDefinition) -> list[FieldDefinition]:
    """Personal fields with free text: what stands in a list of values is a word of the form, not of a person."""
    return [
        one
        for one in definition.fields
        if definition.is_personal(one.name) and one.type in ("text", "list") and not one.values
    ]


def _texts(ws: Workspace, layer: str, field: str) -> Iterator[str]:
    """What the field holds now and held before each step of the history."""
    for value in ws.attributes(layer).columns.get(field, ()):
        if isinstance(value, str) and value.strip():
            yield value.strip()
    for image in _images(ws, layer):
        before = image.get(field)
        if isinstance(before, str) and before.strip():
            yield before.strip()


def _images(ws: Workspace, layer: str) -> Iterator[Mapping[str, object]]:
    """What rows of a layer held before each step of the history."""
    with closing(_reading(ws)) as sql:
        query = "SELECT before_values FROM journal WHERE layer = ? AND before_values IS NOT NULL"
        for (text,) in sql.execute(query, (layer,)):
            yield json.loads(text)


def _reading(ws: Workspace) -> sqlite3.Connection:
    return sqlite3.connect(sqlite_uri(ws.path.absolute(), "ro"), uri=True)
