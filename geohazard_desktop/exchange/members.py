"""Households with their members: as repeated rows of one sheet, or as a second sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.household_help import DEAF, HEARS
from geohazard_desktop.domain.remark_words import hearing_words
from geohazard_desktop.domain.walking import likely_mobility, walkers
from geohazard_desktop.exchange.mapping import Matching, key, match_fields
from geohazard_desktop.exchange.report import Problem, refused
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.values import convert, is_blank, text_of
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Feature, Value, new_uid

# In a sheet of households 姓名 and 电话 are the household's; a member's columns say so, or can only be a member's.
MOBILITY, HEARING = "mobility", "hearing"
_ONLY_MEMBERS = ("sex", "age", "birth_year", MOBILITY, HEARING)
_NAME_HEADINGS = ("成员姓名", "家庭成员", "家庭成员姓名", "成员", "家庭成员名")

Whose = Literal["somebody", "head"]  # whom a row of a household of several speaks of


@dataclass(slots=True)
class Households:
    """A household list with its repeated rows folded: `table` has one row a household, `rows` its source rows. `remark`
    is the column of remarks: in a row below the first it is written of that row's member."""

    table: SourceTable
    rows: list[list[int]]
    columns: dict[str, str] = field(default_factory=dict)  # member field → column of the original list
    remark: str | None = None

    def remark_of_member(self, original: SourceTable, row: int, first: int) -> Any:
        """None where it is the household's: in its first row, and where a merged cell says it in every row."""
        if self.remark is None or row == first:
            return None
        cells = original.columns[self.remark]
        return None if is_blank(cells[row]) or text_of(cells[row]) == text_of(cells[first]) else cells[row]


def fold(
    table: SourceTable, member: LayerDefinition, household_columns: Sequence[str], remark: str | None = None
) -> Households:
    """Fold rows that repeat a household for each member.

    A row goes on with the household above when its own household columns are empty, or say the same, whatever its
    `remark` says. `household_columns` are the columns that go into the household's fields, the head's first.
    """
    columns = _member_columns(table, member, household_columns)
    if "name" not in columns:
        return Households(table, [[row] for row in range(len(table))])
    own = [one for one in table.columns if one not in columns.values() and one in household_columns and one != remark]
    put = {one: table.from_remarks.get(one, frozenset()) for one in table.columns}
    groups: list[list[int]] = []
    for row in range(len(table)):
        cells = ["" if row in put[one] else text_of(table.columns[one][row]) for one in own]
        above = [text_of(table.columns[one][groups[-1][0]]) for one in own] if groups else None
        same = above is not None and all(not mine or mine == theirs for mine, theirs in zip(cells, above, strict=True))
        if same and groups:
            groups[-1].append(row)
        else:
            groups.append([row])
    # What a member's remark was said to mean for the household stands in the member's row.
    kept = {
        name: [column[next((row for row in group if row in put[name]), group[0])] for group in groups]
        for name, column in table.columns.items()
    }
    folded = SourceTable(
        table.path,
        table.layer,
        {name: column for name, column in kept.items() if name not in columns.values()},
        None,
        [table.labels[group[0]] for group in groups],
        asked_epsg=table.asked_epsg,
        encoding=table.encoding,
        evidence=table.evidence,
        problems=table.problems,
        members=table.members,
    )
    return Households(folded, groups, columns, remark)


def _member_columns(table: SourceTable, member: LayerDefinition, taken: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in table.columns:
        if key(column) in map(key, _NAME_HEADINGS):
            found.setdefault("name", column)
        for name in _ONLY_MEMBERS:
            one = member.by_name.get(name)
            if one and column not in taken and key(column) in {key(one.title), *map(key, one.aliases)}:
                found.setdefault(name, column)
    if "name" not in found and found:
        # 户主, 姓名, 性别, 年龄: where the head has a column of its own, 姓名 beside 年龄 is each member's.
        plain_name = [one for one in table.columns if key(one) == "姓名" and one not in taken]
        if plain_name:
            found["name"] = plain_name[0]
    return found


def members_from_rows(
    original: SourceTable, households: Households, uids: Sequence[str | None], member: LayerDefinition
) -> tuple[list[Feature], list[Problem]]:
    """The members in the repeated rows; `uids` are the households', None where one was left out."""
    features, problems = [], []
    for uid, rows in zip(uids, households.rows, strict=True):
        for row in rows if households.columns else []:
            cells = {name: original.columns[column][row] for name, column in households.columns.items()}
            remark = households.remark_of_member(original, row, rows[0])
            if uid is None or (_blank(cells) and remark is None):
                continue
            if remark is not None:
                cells["remark"] = remark
            label = named(original.labels[row], cells.get("name"))
            values, found = _values(member, cells, label, original.name)
            problems += found
            features.append(Feature(member.table, new_uid(), None, {**values, "household": uid}))
    return features, problems


def members_in_their_row(
    original: SourceTable,
    member: LayerDefinition,
    head: str,
    taken: Sequence[str],
    households: Sequence[tuple[str | None, Value]],
    whose: Whose,
) -> tuple[list[Feature], list[Problem], int]:
    """Members that a row of one household each speaks of; `households` are (uid or None when left out, head count).
    The last is of how many households of several a cell of the list's own speaks: of these `whose` decides.

    Who lives alone is the household's one member, named as its head, but where a remark names another (母亲卧床). In a
    household of several nobody knows whose 行动能力 or 听力 it is: with `whose` "head" the row is its head's;
    with "somebody" a member without a name keeps it, so that it counts on papers and in checks, and the row is told.
    Sex and age alone would be nobody's. What was put in from a remark is never the head's by `whose`, which speaks of
    the column.
    """
    columns = {name: one for name, one in _member_columns(original, member, taken).items() if name != "name"}
    features: list[Feature] = []
    problems: list[Problem] = []
    of_several = 0
    for row, (uid, people) in enumerate(households if columns else ()):
        cells = {name: original.columns[column][row] for name, column in columns.items()}
        if uid is None or _blank(cells):
            continue
        name = original.columns[head][row]
        label = named(original.labels[row], name)
        put_in = original.of_others if people == 1 else original.from_remarks
        remarked = {one: raw for one, raw in cells.items() if row in put_in.get(columns[one], ())}
        own = {one: raw for one, raw in cells.items() if one not in remarked}
        heads = people == 1 or whose == "head"
        some = _of_somebody(remarked if heads else cells, member)
        of_several += people != 1 and (not _blank(own) if heads else bool(_of_somebody(own, member)))
        if heads and not _blank(own):
            values, found = _values(member, {"name": name, **own}, label, original.name)
            problems += found
            features.append(Feature(member.table, new_uid(), None, {**values, "household": uid}))
        if some:
            values, found = _values(member, some, label, original.name)
            told = "、".join(text_of(values[one]) for one in some if values[one])
            problems += found or [_somebody(original, row, label, told, alone=people == 1)]
            features.append(Feature(member.table, new_uid(), None, {**values, "household": uid}))
    return features, problems, of_several


def _blank(cells: dict[str, Any]) -> bool:
    return all(is_blank(one) for one in cells.values())


def _of_somebody(cells: dict[str, Any], member: LayerDefinition) -> dict[str, Any]:
    return {one: cells[one] for one in (MOBILITY, HEARING) if speaks_of_somebody(one, cells.get(one), member)}


def speaks_of_somebody(name: str, raw: Any, member: LayerDefinition) -> bool:
    """Whether a household's cell 行动能力 or 听力 says that somebody in it can't walk or hear like anybody: 正常 and
    听得见 are said of all."""
    usual = walkers()[0].mobility if name == MOBILITY else (HEARS,)
    return not is_blank(raw) and convert(member.by_name[name], raw).value not in usual


def _somebody(original: SourceTable, row: int, label: str, mobility: str, *, alone: bool) -> Problem:
    words = _("{file} {label}：户里有一人{mobility}，没写是谁，记成一名没有姓名的家庭成员。请在住户属性里补姓名。")
    if alone:
        words = _(
            "{file} {label}：家庭人数写的是 1，备注里{mobility}的却不是户主，记成一名没有姓名的家庭成员。"
            "请核对是几口人、是谁。"
        )
    return Problem(label, words.format(file=original.name, label=label, mobility=mobility), "note", row)


def members_from_sheet(
    sheet: SourceTable, member: LayerDefinition, households: Sequence[tuple[str | None, Sequence[str]]]
) -> tuple[list[Feature], list[Problem], Matching]:
    """The members of the second sheet. `households` are (uid or None when left out, the names it goes by)."""
    matching = match_fields(member, sheet.columns, sheet.name)
    match = matching.source_of("household")
    if match is None:
        raise refused(
            _("{file} 的“{sheet}”表里没有“户主姓名”一列，不知道成员是哪一户的。").format(
                file=sheet.name, sheet=sheet.layer
            ),
            _("请加上“户主姓名”或“住户编号”一列。"),
        )
    index: dict[str, list[str | None]] = {}
    for uid, words in households:
        for word in {key(one) for one in words if one}:
            index.setdefault(word, []).append(uid)
    features, problems = [], []
    left_behind: dict[str, int] = {}
    for row in range(len(sheet)):
        cells = {one.field.name: sheet.columns[one.source][row] for one in matching.matches}
        word = text_of(cells.pop("household"))
        label = _("“{sheet}”表{label}").format(sheet=sheet.layer, label=named(sheet.labels[row], cells.get("name")))
        owners = index.get(key(word), [])
        if owners == [None]:
            left_behind[word] = left_behind.get(word, 0) + 1
            continue
        why = _owner_fault(word, owners)
        if why:
            sentence = _("{file} {label}：{why}，这名成员没有导入。请改好再导入。")
            problems.append(Problem(label, sentence.format(file=sheet.name, label=label, why=why), "skipped"))
            continue
        values, found = _values(member, cells, label, sheet.name)
        problems += found
        features.append(Feature(member.table, new_uid(), None, {**values, "household": owners[0]}))
    for word, count in left_behind.items():
        words = _("{file}：“{word}”这一户没有导入，它的 {count} 名成员也没有导入。改好后请再导入一次。")
        problems.append(Problem(word, words.format(file=sheet.name, word=word, count=count), "note"))
    return features, problems, matching


def _owner_fault(word: str, owners: Sequence[str | None]) -> str:
    if not word:
        return _("没有写户主")
    if not owners:
        return _("住户表里没有“{word}”这一户").format(word=word)
    if len(owners) > 1:
        return _("有 {count} 户的户主都叫“{word}”，请改写住户编号").format(count=len(owners), word=word)
    return ""


def _values(
    member: LayerDefinition, cells: dict[str, Any], label: str, file: str
) -> tuple[dict[str, Value], list[Problem]]:
    values: dict[str, Value] = {}
    problems = []
    unread = []
    for name, raw in cells.items():
        made = convert(member.by_name[name], raw)
        values[name] = made.value
        if made.fault:
            sentence = _("{file} {label}：{fault}，这一项空着。请补填。")
            likely = _likely(name, text_of(raw))
            if likely:
                sentence = _("{file} {label}：{fault}，这一项空着；多半是“{likely}”，请核对后补填。")
            told = sentence.format(file=file, label=label, fault=made.fault, likely=likely)
            problems.append(Problem(label, told, "note"))
            if name in (MOBILITY, HEARING):  # nobody's word is lost: papers go by it, a check asks about it
                words = _("{title}写的是“{text}”")
                unread.append(words.format(title=member.by_name[name].title, text=text_of(raw)))
    if unread:
        values["remark"] = "；".join([*filter(None, [text_of(values.get("remark"))]), *unread])
    return values, problems


def _likely(name: str, text: str) -> str:
    if name == MOBILITY:
        return likely_mobility(text)
    return DEAF if name == HEARING and hearing_words(text) else ""


def named(label: str, name: Any) -> str:
    """第 7 行（李示例）"""
    text = text_of(name)
    return _("{label}（{name}）").format(label=label, name=text) if text else label


def without_known(found: Sequence[Feature], there: Sequence[Feature]) -> list[Feature]:
    """Without those that are `there`; of whom a list has no name, that may be anybody who walks like that."""
    words = ("name", MOBILITY, HEARING, "remark")
    known = {(one["household"], one[word]) for one in there for word in words if one[word]}
    return [
        one for one in found if (one["household"], next((one[word] for word in words if one[word]), None)) not in known
    ]


def miscounted(features: Sequence[Feature | None], members: Sequence[Feature], source: SourceTable) -> list[Problem]:
    """Households whose head count is not as many as the members that the list names."""
    counts: dict[str, int] = {}
    for one in members:
        counts[one.text("household")] = counts.get(one.text("household"), 0) + 1
    problems = []
    for row, feature in enumerate(features):
        people = None if feature is None else feature["people"]
        listed_members = counts.get(feature.uid, 0) if feature is not None else 0
        if feature is None or people is None or not listed_members or people == listed_members:
            continue
        label = named(source.labels[row], feature.text("head"))
        words = _("{file} {label}：家庭人数写的是 {people}，成员却列了 {count} 名。请核对。")
        sentence = words.format(file=source.name, label=label, people=people, count=listed_members)
        problems.append(Problem(label, sentence, "note", row))
    return problems
