"""Columns of a source → values of features, with every value that could not be had told row by row."""

import re
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.mapping import FieldMatch, Matching
from geohazard_desktop.exchange.references import References
from geohazard_desktop.exchange.report import Evidence, Problem, listed, refused
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.values import Converted, convert, is_blank, text_of
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import Value, split_list

_MOST_PAIRS = 12


@dataclass(slots=True)
class ConvertedColumns:
    """`columns` by field name, one value a row. `left_out` are rows that lack a required value."""

    columns: dict[str, list[Value]]
    left_out: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


def convert_columns(
    definition: LayerDefinition,
    table: SourceTable,
    matching: Matching,
    names: Sequence[str],
    references: References,
    keep: Collection[int] = (),
) -> ConvertedColumns:
    """Convert every matched column; constants fill the rest, and the gaps of a column mapped to the same field. Rows of
    `keep` come in although a required value is missing."""
    found = ConvertedColumns({})
    faults: dict[tuple[int, str], str] = {}
    for match in matching.matches:
        column = table.columns[match.source]
        found.columns[match.field.name] = _column(match, column, table, names, references, found, faults)
    for name, constant in matching.constants.items():
        value = _constant(definition.by_name[name], constant, references)
        gaps = found.columns.get(name, [None] * len(table))
        found.columns[name] = [value if one is None else one for one in gaps]
    for one in definition.fields:
        if one.required:
            _require(one, table, names, found, faults, keep)
    for (row, name), fault in faults.items():
        if row not in found.left_out:
            words = _("{file} {name}：{fault}，“{title}”这一项空着。请在登记里补填。")
            title = definition.by_name[name].title
            sentence = words.format(file=table.name, name=names[row], fault=fault, title=title)
            found.problems.append(Problem(names[row], sentence, "repaired", row))
    found.problems.sort(key=lambda one: -1 if one.row is None else one.row)
    return found


def _column(
    match: FieldMatch,
    column: Sequence[Any],
    table: SourceTable,
    names: Sequence[str],
    references: References,
    found: ConvertedColumns,
    faults: dict[tuple[int, str], str],
) -> list[Value]:
    known: dict[Hashable, Converted] = {}
    changed: dict[tuple[str, str], int] = {}
    values: list[Value] = []
    for row, raw in enumerate(column):
        token = (type(raw), raw) if isinstance(raw, Hashable) else None
        made = known.get(token) if token is not None else None
        if made is None:
            made = _one(match, raw, references)
            if token is not None:
                known[token] = made
        values.append(made.value)
        if made.fault:
            faults[(row, match.field.name)] = made.fault
        if made.note:
            sentence = _("{file} {name}：{note}。请核对。").format(file=table.name, name=names[row], note=made.note)
            found.problems.append(Problem(names[row], sentence, "note", row))
        if match.field.role == "phone" and made.value is None and not is_blank(raw):
            changed[(text_of(raw), _("空着"))] = changed.get((text_of(raw), _("空着")), 0) + 1
        elif match.field.values and made.value is not None and _bent(text_of(raw), made.value):
            pair = (text_of(raw), str(made.value))
            changed[pair] = changed.get(pair, 0) + 1
    if changed:
        pairs = [f"{before}→{after}（{count} 个）" for (before, after), count in changed.items()]
        words = _("“{title}”的写法对应到：{pairs}。")
        sentence = words.format(title=match.field.title, pairs=listed(pairs, _MOST_PAIRS))
        found.evidence.append(Evidence("fields", sentence))
    return values


def _bent(text: str, value: Value) -> bool:
    """Whether words changed; another separator between them is no change."""
    return re.split(r"[、，,;；/|\s]+", text) != split_list(value)


def _one(match: FieldMatch, raw: Any, references: References) -> Converted:
    if match.field.type != "reference" or is_blank(raw):
        return convert(match.field, raw, match.scale)
    uid, why = references.find(match.field.target, text_of(raw))
    return Converted(uid, fault=why)


def _constant(one: FieldDefinition, value: Value, references: References) -> Value:
    if one.type != "reference" or value is None:
        return value
    uid, why = references.find(one.target, str(value))
    if uid is None:
        raise refused(_("统一填写的“{title}”：{why}。").format(title=one.title, why=why), _("请改成已有的编号或名称。"))
    return uid


def _require(
    one: FieldDefinition,
    table: SourceTable,
    names: Sequence[str],
    found: ConvertedColumns,
    faults: dict[tuple[int, str], str],
    keep: Collection[int],
) -> None:
    column = found.columns.get(one.name, [None] * len(table))
    for row, value in enumerate(column):
        if value is None or value == "":
            why = faults.get((row, one.name)) or _("没有填“{title}”").format(title=one.title)
            if row in keep:
                words = _("{file} {name}：{why}，空着导入了。请问清后在登记里补填。")
                sentence = words.format(file=table.name, name=names[row], why=why)
                found.problems.append(Problem(names[row], sentence, "repaired", row))
                faults.pop((row, one.name), None)
                continue
            words = _("{file} {name}：{why}，这是必填项，没有导入。请补填后再导入，或统一填写（--set {field}=内容）。")
            sentence = words.format(file=table.name, name=names[row], why=why, field=one.name)
            found.problems.append(Problem(names[row], sentence, "skipped", row))
            found.left_out.add(row)
