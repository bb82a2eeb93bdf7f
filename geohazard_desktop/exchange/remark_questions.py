"""Words in a list's 备注 that a register has fields for, to be asked about: does 夜班 mean 夜里没人?

A remark is asked about once a field, under the word that says most. What is answered goes into the field's column,
which comes into being where the list has none; a cell that says something already stays. Nothing is answered by the
program.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from geohazard_desktop.domain.remark_words import absence_words, by_whom, hearing_words, slow_words, walking_words
from geohazard_desktop.domain.walking import likely_mobility
from geohazard_desktop.exchange.later_aliases import with_later_aliases
from geohazard_desktop.exchange.mapping import key, match_fields
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.values import is_blank, text_of
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition

HOUSEHOLD, MEMBERS = "household", "household_member"
_OF_MEMBERS = ("mobility", "hearing")
_LIKELY = {"day_out": "白天没人", "night_out": "夜里没人"}  # who is away for long may be one of them or all


@dataclass(frozen=True, slots=True)
class Said:
    """What a remark says for a field: the word, and the choice that it probably means, "" for no idea. `of_other`: it
    names who it is, and that is not whose row it stands in: 母亲卧床."""

    field: FieldDefinition
    word: str
    likely: str
    of_other: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where remarks of a table stand: the column, and into which columns the fields' answers go."""

    table: SourceTable
    remarks: str
    columns: Mapping[str, str]


def said(definitions: Mapping[str, LayerDefinition], layer: str, remark: str) -> list[Said]:
    """What a remark of a household or a member says, each field once; none for other layers. Of a member it is what it
    says of himself: what is said of somebody else (母亲卧床) must not go into his row."""
    found: dict[str, tuple[str, str]] = {}
    fields = _fields(definitions, layer)
    own = by_whom(remark)[0]
    walking = _walking(own if layer == MEMBERS else remark)
    if walking and "mobility" in fields:
        ranks = {choice: rank for rank, choice in enumerate(fields["mobility"].values)}
        word = max(walking, key=lambda one: ranks.get(likely_mobility(one), -1))
        found["mobility"] = word, likely_mobility(word)
    heard = by_whom(remark, "hearing")[0]
    hearing = hearing_words(heard if layer == MEMBERS else remark)
    if hearing:
        found["hearing"] = hearing[0], "听不见"
    for kind, words in absence_words(remark).items():
        found.setdefault("at_home", (words[0], _LIKELY.get(kind, "")))
    others = {"mobility": bool(walking) and not _walking(own), "hearing": bool(hearing) and not hearing_words(heard)}
    return [
        Said(fields[name], word, likely if likely in fields[name].values else "", others.get(name, False))
        for name, (word, likely) in found.items()
        if name in fields
    ]


def _walking(text: str) -> tuple[str, ...]:
    return walking_words(text) or slow_words(text)


def places(
    definitions: Mapping[str, LayerDefinition], layer: str, source: SourceTable, mapping: Mapping[str, str]
) -> Iterator[tuple[str, Place]]:
    """The tables of a list whose remarks are read, each with the layer that it speaks of."""
    if layer not in (HOUSEHOLD, MEMBERS) or MEMBERS not in definitions:
        return
    place = _place(definitions, layer, source, mapping)
    if place is not None:
        yield layer, place
    if source.members is not None:
        place = _place(definitions, MEMBERS, source.members, {})
        if place is not None:
            yield MEMBERS, place


def filled(
    definitions: Mapping[str, LayerDefinition], layer: str, place: Place, answers: Mapping[str, str]
) -> SourceTable:
    """The table with what was answered, by `answer_key`, in the cells that say nothing yet; which, it notes."""
    put: dict[str, list[Any]] = {}
    rows: dict[str, set[int]] = {}
    others: dict[str, set[int]] = {}
    for row, raw in enumerate(place.table.columns[place.remarks]):
        for one in said(definitions, layer, text_of(raw)) if not is_blank(raw) else ():
            told = answers.get(answer_key(place.remarks, one.field.title, one.word))
            column = place.columns[one.field.name]
            if told and unsaid(place, one.field.name, row):
                cells = place.table.columns.get(column, [None] * len(place.table))
                put.setdefault(column, list(cells))[row] = told
                rows.setdefault(column, set()).add(row)
                if one.of_other:
                    others.setdefault(column, set()).add(row)
    noted, of_others = ({column: frozenset(some) for column, some in found.items()} for found in (rows, others))
    return replace(place.table, columns={**place.table.columns, **put}, from_remarks=noted, of_others=of_others)


def answer_key(column: str, title: str, word: str) -> str:
    """What the answer to a question about a remark goes by: the remarks' column, the field's title, the word."""
    return f"{column}·{title}·{word}"


def unsaid(place: Place, field: str, row: int) -> bool:
    """Whether the row's own cell leaves the field open."""
    cells = place.table.columns.get(place.columns[field])
    return cells is None or is_blank(cells[row])


def _fields(definitions: Mapping[str, LayerDefinition], layer: str) -> dict[str, FieldDefinition]:
    """The fields that a remark of the layer can speak for: of a household also those of somebody in it."""
    found = {name: one for name in _OF_MEMBERS if (one := definitions[MEMBERS].by_name.get(name)) is not None}
    at_home = definitions[HOUSEHOLD].by_name.get("at_home") if layer == HOUSEHOLD else None
    return found if at_home is None else {**found, at_home.name: at_home}


def _place(
    definitions: Mapping[str, LayerDefinition], layer: str, table: SourceTable, mapping: Mapping[str, str]
) -> Place | None:
    definition = with_later_aliases(definitions[layer])
    known = {name: column for name, column in table.columns.items() if name != "uid"}
    matching = match_fields(definition, known, table.name, mapping=mapping, cut_names=table.cut_names)
    remarks = matching.source_of("remark")
    if remarks is None:
        return None
    taken = {one.field.name: one.source for one in matching.matches}
    columns = {}
    for name, field in _fields(definitions, layer).items():
        own = taken.get(name) if name in definition.by_name else _heading(definitions, name, table, set(taken.values()))
        columns[name] = own or field.title
    return Place(table, remarks.source, columns)


def _heading(
    definitions: Mapping[str, LayerDefinition], name: str, table: SourceTable, taken: Collection[str]
) -> str | None:
    """The column of a list of households that speaks of its members, as `members` finds it."""
    field = with_later_aliases(definitions[MEMBERS]).by_name[name]
    headings = {key(field.title), *map(key, field.aliases)}
    return next((one for one in table.columns if key(one) in headings and one not in taken), None)
