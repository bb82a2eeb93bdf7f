"""Which column of a source goes into which field of a layer: by name, title and the aliases of the definition.

Headings may carry a unit (面积（亩）), a star, or be cut to 10 bytes by DBF. What the user maps wins.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from geohazard_desktop.common.brief_titles import called_briefly
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.later_aliases import with_later_aliases
from geohazard_desktop.exchange.report import Evidence, listed, refused
from geohazard_desktop.exchange.units import is_unit, plain
from geohazard_desktop.exchange.values import convert, heading_scale, is_blank
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import Value

How = Literal["asked", "name", "alias", "unit", "prefix", "cut"]
_DBF_BYTES = 10
_SUFFIX_UNITS = re.compile(r"^(.{2,})_(m|km|cm|m2|km2|mu|ha|m3|wan)$")
_FEW_REPEATS = 0.1
_IN_CHINESE = ("zh", "cn", "zhcn", "zhhans", "chs", "chinese", "中文")  # behind a heading: name_zh beside name
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """`field` is filled from column `source`; `scale` multiplies numbers into the field's unit."""

    field: FieldDefinition
    source: str
    how: How
    scale: float = 1.0


@dataclass(slots=True)
class Matching:
    """All matches, the constants by field name, the columns nobody takes, and what people should know."""

    matches: list[FieldMatch]
    constants: dict[str, Value]
    unused: list[str]
    evidence: list[Evidence]

    def source_of(self, name: str) -> FieldMatch | None:
        return next((one for one in self.matches if one.field.name == name), None)


def key(heading: str) -> str:
    """A heading made comparable: half-width, lower case, without blanks, stars, colons and underscores."""
    return re.sub(r"[\s*_:：·.]+", "", plain(str(heading)).lower())


def base_and_unit(heading: str) -> tuple[str, str]:
    """威胁人数（人） → 威胁人数, 人; 采深_m → 采深, m. Other words in brackets are dropped from the base alone."""
    text = re.sub(r"[\s*]+", "", plain(str(heading)).lower())
    found = re.fullmatch(r"(.+?)[(\[/](?:单位[:：]?)?([^()\[\]/]+(?:/人)?)[)\]]?", text)
    if (found and text.endswith((")", "]"))) or (found and is_unit(found[2])):
        assert found is not None
        return key(found[1]), found[2] if is_unit(found[2]) else ""
    suffix = _SUFFIX_UNITS.match(text)
    if suffix:
        unit = {"wan": "万元"}.get(suffix[2], suffix[2])
        return key(suffix[1]), unit
    return key(text), ""


def match_fields(
    definition: LayerDefinition,
    columns: Mapping[str, Sequence[Any]],
    file: str,
    *,
    mapping: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    cut_names: bool = False,
    skip: Sequence[str] = (),
) -> Matching:
    """Match `columns` of `file` to the fields of a layer. `mapping` and `constants` are by field name or title.

    A mapping to "" leaves the field empty; `skip` names columns already taken (coordinates). Raises ImportRefused for
    unknown fields or columns and for constants that the field does not allow.
    """
    definition = with_later_aliases(definition)
    fixed = _constants(definition, constants or {})
    asked = _asked(definition, mapping or {}, list(columns), file)
    taken = {one.source for one in asked} | set(skip)
    done = {one.field.name for one in asked} | set(fixed)
    done |= {find_field(definition, name).name for name, word in (mapping or {}).items() if not word.strip()}
    evidence: list[Evidence] = []
    found = list(asked)
    for how, test in _levels(definition, cut_names):
        for field in definition.fields:
            if field.name in done:
                continue
            fitting = [one for one in columns if one not in taken and test(field, one)]
            fitting.sort(key=partial(_rank, field))
            if how == "cut":
                fitting = [one for one in fitting if _only_one_starts(definition, one, done)]
            for plainest in fitting[:1]:
                source = _in_chinese(field, plainest, columns, taken, evidence)
                match = _match(field, source, how)
                if match is None or (field.name == "id" and not _is_number(source, columns[source], evidence)):
                    continue
                found.append(match)
                taken.add(source)
                done.add(field.name)
    unused = [one for one in columns if one not in taken and any(not is_blank(value) for value in columns[one])]
    filled = [one for one in found if any(not is_blank(value) for value in columns[one.source])]
    return Matching(found, fixed, unused, evidence + _told(definition, filled, fixed, unused))


def _in_chinese(
    field: FieldDefinition, source: str, columns: Mapping[str, Sequence[Any]], taken: set[str], evidence: list[Evidence]
) -> str:
    """The column beside `source` that says the same in Chinese (name_zh beside name), where that one says it oftener:
    the names go onto paper that everybody has to read."""
    headings = {key(source) + one for one in _IN_CHINESE}
    beside = [one for one in columns if one not in taken and key(one) in headings] if field.type == "text" else []
    best = max([source, *beside], key=lambda one: _chinese(columns[one])) if beside else source
    empty = sum(is_blank(a) and not is_blank(b) for a, b in zip(columns[best], columns[source], strict=True))
    if best != source and empty:
        words = _("“{field}”取中文的“{best}”列，那里有 {count} 个空着，“{source}”列里有。请核对，或改选“{source}”。")
        told = words.format(field=field.title, best=best, source=source, count=empty)
        evidence.append(Evidence("fields", told, doubt=True))
    return best


def _chinese(column: Sequence[Any]) -> int:
    return sum(isinstance(one, str) and _HAN.search(one) is not None for one in column)


def _constants(definition: LayerDefinition, constants: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, raw in constants.items():
        field = find_field(definition, name)
        made = convert(field, raw)
        if made.fault:
            raise refused(_("统一填写的{fault}。").format(fault=made.fault), _("请改成可填的内容。"))
        found[field.name] = made.value
    return found


def find_field(definition: LayerDefinition, word: str) -> FieldDefinition:
    """A field by its name or Chinese title, in full or without its brackets; raises ImportRefused listing those there
    are."""
    for field in definition.fields:
        if word.strip() in (field.name, field.title):
            return field
    short = called_briefly(word, definition.fields, lambda one: one.title)
    if short is not None:
        return short
    names = [f"{one.name}（{one.title}）" for one in definition.fields]
    raise refused(
        _("图层“{title}”没有字段 {word}。").format(title=definition.title, word=word),
        _("可以写：{names}。").format(names=listed(names, 60)),
    )


def _asked(
    definition: LayerDefinition, mapping: Mapping[str, str], columns: Sequence[str], file: str
) -> list[FieldMatch]:
    found = []
    for name, word in mapping.items():
        field = find_field(definition, name)
        if not word.strip():
            continue
        source = next((one for one in columns if one == word), None)
        source = source or next((one for one in columns if key(one) == key(word)), None)
        if source is None:
            raise refused(
                _("{file} 里没有“{word}”这一列。").format(file=file, word=word),
                _("里面的列有：{names}。").format(names=listed(list(columns), 60)),
            )
        scale = heading_scale(base_and_unit(source)[1], field)
        found.append(FieldMatch(field, source, "asked", 1.0 if scale is None else scale))
    return found


def _levels(definition: LayerDefinition, cut_names: bool) -> list[tuple[How, Callable[[FieldDefinition, str], bool]]]:
    title = key(definition.title)
    # district_name, 隐患点名称, 安置点名称 (of 避险安置点): the thing's own name stands before the field's.
    fronts = [key(definition.table), *(title[start:] for start in range(len(title) - 1))]
    levels: list[tuple[How, Callable[[FieldDefinition, str], bool]]] = [
        ("name", lambda field, source: key(source) == key(field.name)),
        ("name", lambda field, source: key(source) == key(field.title)),
        ("alias", lambda field, source: key(source) in _alias_keys(field)),
        ("unit", lambda field, source: base_and_unit(source)[0] in _base_keys(field)),
        ("prefix", lambda field, source: _behind(fronts, key(source)) & _keys(field) != set()),
    ]
    if cut_names:
        levels.append(("cut", _may_be_cut))
    return levels


def _behind(fronts: Sequence[str], word: str) -> set[str]:
    return {word[len(one) :] for one in fronts if word.startswith(one) and len(word) > len(one)}


def _alias_keys(field: FieldDefinition) -> set[str]:
    return {key(one) for one in field.aliases}


def _keys(field: FieldDefinition) -> set[str]:
    return {key(field.name), key(field.title), *_alias_keys(field)}


def _rank(field: FieldDefinition, source: str) -> int:
    """Aliases stand in order of trust: 户主 before 姓名."""
    words = [key(one) for one in field.aliases]
    return words.index(key(source)) if key(source) in words else len(words)


def _base_keys(field: FieldDefinition) -> set[str]:
    return {base_and_unit(one)[0] for one in (field.name, field.title, *field.aliases)}


def _may_be_cut(field: FieldDefinition, source: str) -> bool:
    """Whether `source` can be a heading of `field` that DBF cut to 10 bytes (in GBK or UTF-8)."""
    short = source.rstrip("\ufffd")
    if len(short) < 2:
        return False
    lengths = {len(short.encode("gb18030", "replace")), len(short.encode("utf-8"))}
    if not any(_DBF_BYTES - 2 <= one <= _DBF_BYTES for one in lengths):
        return False
    wholes = (field.name, field.title, *field.aliases)
    return any(len(one) > len(short) and plain(one).lower().startswith(plain(short).lower()) for one in wholes)


def _only_one_starts(definition: LayerDefinition, source: str, done: set[str]) -> bool:
    fitting = [one for one in definition.fields if one.name not in done and _may_be_cut(one, source)]
    return len(fitting) == 1


def _match(field: FieldDefinition, source: str, how: How) -> FieldMatch | None:
    unit = base_and_unit(source)[1]
    if field.type not in ("integer", "real"):
        return FieldMatch(field, source, how)
    scale = heading_scale(unit, field)
    # A heading in another measure (体积 in 万元) is no match, whatever its words.
    return None if scale is None else FieldMatch(field, source, how, scale)


def _is_number(source: str, column: Sequence[Any], evidence: list[Evidence]) -> bool:
    """Whether a column holds numbers for people, not a program's own row numbers or one value repeated."""
    values = [one for one in column if not is_blank(one)]
    if not values:
        return False
    technical = source.isascii() and all(isinstance(one, int | float) for one in values)
    repeats = 1 - len(set(map(str, values))) / len(values)
    if technical or repeats > _FEW_REPEATS:
        words = _("“{column}”列是软件自己的序号或有很多重复，没有当作编号；要用请写明（--map id={column}）。")
        evidence.append(Evidence("fields", words.format(column=source)))
        return False
    return True


def _told(
    definition: LayerDefinition, found: Sequence[FieldMatch], constants: Mapping[str, Value], unused: Sequence[str]
) -> list[Evidence]:
    same = [one.field.title for one in found if base_and_unit(one.source)[0] in (key(one.field.title), one.field.name)]
    parts = [f"{one.source}→{one.field.title}" for one in found if one.field.title not in same]
    sentences = []
    if same:
        sentences.append(_("同名的列直接对应：{names}。").format(names=listed(same, 60)))
    if parts:
        sentences.append(_("字段对应：{pairs}。").format(pairs=listed(parts, 60)))
    if not found and unused:
        sentences.append(_("没有一列的名称能对应上，只读了图形；要读属性请写明（--map 字段=列名）。"))
    if constants:
        sentences.append(
            _("统一填写：{fields}。").format(fields="、".join(definition.by_name[one].title for one in constants))
        )
    for one in found:
        if one.scale != 1.0:
            words = _("“{source}”列的数换算成 {unit}（乘 {scale:g}）。")
            sentences.append(words.format(source=one.source, unit=one.field.unit, scale=one.scale))
    return [Evidence("fields", one) for one in sentences]
