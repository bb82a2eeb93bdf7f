"""Words in a list that are none of a field's choices, to be asked about: which choice does 轮椅 mean?

Asked about the members' 行动能力 alone, which decides what a household's papers tell it to do. Nothing is answered by
the program: a word without an answer leaves the field empty, and the report says so.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from geohazard_desktop.domain.walking import likely_mobility
from geohazard_desktop.exchange.mapping import key
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.values import convert, is_blank, text_of
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition

MEMBERS, MOBILITY = "household_member", "mobility"
_TAKERS = ("household", MEMBERS)


@dataclass(frozen=True, slots=True)
class WordQuestion:
    """`count` rows say `word`; `likely` is one of `choices`, or "" where the program has no idea."""

    title: str
    word: str
    count: int
    choices: tuple[str, ...]
    likely: str


def word_questions(definitions: Mapping[str, LayerDefinition], layer: str, source: SourceTable) -> list[WordQuestion]:
    """What to ask about `source` before it goes into `layer`, the most frequent word first."""
    field = _field(definitions, layer)
    if field is None:
        return []
    counts: Counter[str] = Counter()
    for table in (source, source.members):
        for column in _columns(table, field):
            assert table is not None
            counts.update(
                text_of(one) for one in table.columns[column] if not is_blank(one) and convert(field, one).fault
            )
    return [
        WordQuestion(field.title, word, count, tuple(field.values), likely_mobility(word))
        for word, count in counts.most_common()
    ]


def answered(
    definitions: Mapping[str, LayerDefinition], layer: str, source: SourceTable, answers: Mapping[str, str]
) -> SourceTable:
    """The list with the words of `answers` put as the choices that they mean."""
    field = _field(definitions, layer)
    if field is None or not answers:
        return source
    members = source.members
    return replace(_said(source, field, answers), members=None if members is None else _said(members, field, answers))


def _said(table: SourceTable, field: FieldDefinition, answers: Mapping[str, str]) -> SourceTable:
    put = {
        column: [answers.get(text_of(one)) or one for one in table.columns[column]] for column in _columns(table, field)
    }
    return replace(table, columns={**table.columns, **put})


def _field(definitions: Mapping[str, LayerDefinition], layer: str) -> FieldDefinition | None:
    return definitions[MEMBERS].by_name.get(MOBILITY) if layer in _TAKERS and MEMBERS in definitions else None


def _columns(table: SourceTable | None, field: FieldDefinition) -> list[str]:
    headings = {key(field.title), *map(key, field.aliases)}
    return [] if table is None else [one for one in table.columns if key(one) in headings]
