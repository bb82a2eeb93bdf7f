"""Words in a list that are none of a field's choices, to be asked about: which choice does 轮椅 mean?

Asked about the members' 行动能力, which decides what a household's papers tell it to do, and about what 备注 says of
fields that nobody filled (`remark_questions.py`). Nothing is answered by the program: a word without an answer leaves
the field empty, and report and check say so.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geohazard_desktop.domain.walking import likely_mobility
from geohazard_desktop.exchange.later_aliases import with_later_aliases
from geohazard_desktop.exchange.mapping import key, match_fields
from geohazard_desktop.exchange.remark_questions import Said, answer_key, filled, places, said, unsaid
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.values import convert, is_blank, text_of
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition

MEMBERS, MOBILITY = "household_member", "mobility"
_TAKERS = ("household", MEMBERS)
_EXAMPLES = 3  # remarks told with a question


@dataclass(frozen=True, slots=True)
class WordQuestion:
    """`count` rows say `word`; `likely` is one of `choices`, or "" where the program has no idea. `column` is "" where
    the word stands in the field's own column, else that of the remarks, of which `examples` are some."""

    title: str
    word: str
    count: int
    choices: tuple[str, ...]
    likely: str
    column: str = ""
    examples: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What its answer goes by."""
        return answer_key(self.column, self.title, self.word) if self.column else self.word


def word_questions(
    definitions: Mapping[str, LayerDefinition],
    layer: str,
    source: SourceTable,
    mapping: Mapping[str, str] | None = None,
) -> list[WordQuestion]:
    """What to ask about `source` before it goes into `layer`, the most frequent word first. Asked about is the column
    that the import takes: `mapping` is what somebody chose, by field name or title."""
    field = _field(definitions, layer)
    if field is None:
        return []
    counts: Counter[str] = Counter()
    for table, columns in _asked(definitions, layer, source, mapping):
        for column in columns:
            counts.update(
                text_of(one) for one in table.columns[column] if not is_blank(one) and convert(field, one).fault
            )
    own = [
        WordQuestion(field.title, word, count, tuple(field.values), likely_mobility(word))
        for word, count in counts.most_common()
    ]
    return [*own, *_of_remarks(definitions, layer, source, mapping)]


def _of_remarks(
    definitions: Mapping[str, LayerDefinition], layer: str, source: SourceTable, mapping: Mapping[str, str] | None
) -> list[WordQuestion]:
    """By field in the order of first rows, in each the most frequent word first."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    kinds: dict[tuple[str, str], Said] = {}
    for kind, place in places(definitions, layer, source, dict(mapping or {})):
        for row, raw in enumerate(place.table.columns[place.remarks]):
            for one in said(definitions, kind, text_of(raw)) if not is_blank(raw) else ():
                if unsaid(place, one.field.name, row):
                    which = place.remarks, one.word
                    found.setdefault(one.field.title, {}).setdefault(which, []).append(text_of(raw))
                    kinds[one.field.title, one.word] = one
    return [
        WordQuestion(
            title,
            word,
            len(rows),
            tuple(kinds[title, word].field.values),
            kinds[title, word].likely,
            column,
            tuple(dict.fromkeys(rows))[:_EXAMPLES],
        )
        for title, words in found.items()
        for (column, word), rows in sorted(words.items(), key=lambda pair: -len(pair[1]))
    ]


def answered(
    definitions: Mapping[str, LayerDefinition],
    layer: str,
    source: SourceTable,
    answers: Mapping[str, str],
    mapping: Mapping[str, str] | None = None,
) -> SourceTable:
    """The list with the words of `answers` put as the choices that they mean."""
    if _field(definitions, layer) is None or not answers:
        return source
    own, *members = [_said(table, columns, answers) for table, columns in _asked(definitions, layer, source, mapping)]
    source = replace(own, members=members[0] if members else None)
    for kind, place in list(places(definitions, layer, source, dict(mapping or {}))):
        table = filled(definitions, kind, place, answers)
        second = place.table is source.members
        source = replace(source, members=table) if second else replace(table, members=source.members)
    return source


def _said(table: SourceTable, columns: Sequence[str], answers: Mapping[str, str]) -> SourceTable:
    put = {column: [answers.get(text_of(one)) or one for one in table.columns[column]] for column in columns}
    return replace(table, columns={**table.columns, **put})


def _field(definitions: Mapping[str, LayerDefinition], layer: str) -> FieldDefinition | None:
    return definitions[MEMBERS].by_name.get(MOBILITY) if layer in _TAKERS and MEMBERS in definitions else None


def _asked(
    definitions: Mapping[str, LayerDefinition], layer: str, source: SourceTable, mapping: Mapping[str, str] | None
) -> list[tuple[SourceTable, list[str]]]:
    """The list, and its second sheet where it has one, each with the columns that go into the field."""
    chosen = dict(mapping or {})
    members = with_later_aliases(definitions[MEMBERS])
    if layer == MEMBERS:
        found = [(source, _matched(members, source, chosen))]
    else:
        # A row for each household, or for each member: whatever of a household's own fields takes a column keeps it.
        field = members.by_name[MOBILITY]
        headings = {key(field.title), *map(key, field.aliases)}
        taken = set(chosen.values())
        found = [(source, [one for one in source.columns if key(one) in headings and one not in taken])]
    if source.members is not None:
        found.append((source.members, _matched(members, source.members, {})))
    return found


def _matched(members: LayerDefinition, table: SourceTable, mapping: Mapping[str, str]) -> list[str]:
    columns = {name: column for name, column in table.columns.items() if name != "uid"}
    matching = match_fields(members, columns, table.name, mapping=mapping, cut_names=table.cut_names)
    return [one.source for one in matching.matches if one.field.name == MOBILITY]
