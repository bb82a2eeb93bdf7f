"""From a source to one step of the history: plan (everything judged, nothing changed), then run (one transaction)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange import members as households
from geohazard_desktop.exchange.alike import HOUSEHOLDS, Alike, AlikeHouseholds, Namesake
from geohazard_desktop.exchange.area import Area, area_of
from geohazard_desktop.exchange.conversion import ConvertedColumns, convert_columns
from geohazard_desktop.exchange.coordinate_text import coordinate_columns
from geohazard_desktop.exchange.corner_shapes import as_shapes
from geohazard_desktop.exchange.mapping import Matching, base_and_unit, match_fields
from geohazard_desktop.exchange.own_part import beyond_own, own_among_neighbours, refuse_other_districts
from geohazard_desktop.exchange.placement import place
from geohazard_desktop.exchange.present import Present
from geohazard_desktop.exchange.references import NAMING, References
from geohazard_desktop.exchange.report import Evidence, ImportReport, Problem, refused
from geohazard_desktop.exchange.source import SourceTable, open_source, picked
from geohazard_desktop.exchange.unfit import refuse_missing, refuse_unfit
from geohazard_desktop.exchange.unused_columns import unused_columns
from geohazard_desktop.exchange.values import is_blank, text_of
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

__all__ = ["ImportPlan", "ImportReport", "Problem", "import_file", "plan_import", "run_import"]


@dataclass(slots=True)
class ImportPlan:
    """What an import would do: `features` ready for the layer (numbers come at the run), `members` of households."""

    layer: str
    source: SourceTable
    matching: Matching
    report: ImportReport
    words: str = ""
    features: list[Feature] = field(default_factory=list)
    members: list[Feature] = field(default_factory=list)
    updates: list[Delta] = field(default_factory=list)
    alike: int = 0  # rows that look like households that are there already
    namesakes: list[Namesake] = field(default_factory=list)  # rows of which somebody should say who they are
    of_several: int = 0  # households of several in whose row a 行动能力 stands
    beyond: int = 0  # rows that lie outside the own district

    @property
    def unanswered(self) -> int:
        return sum(not one.answer for one in self.namesakes)

    @property
    def changes_anything(self) -> bool:
        return bool(self.features or self.members or self.updates)


def import_file(
    ws: Workspace,
    path: Path | str,
    layer: str,
    *,
    source_layer: str | None = None,
    epsg: int | None = None,
    shift: str | None = None,
    encoding: str | None = None,
    mapping: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    only: Mapping[str, str] | None = None,
    within: bool = False,
) -> ImportReport:
    """Read `path`, fit it to `layer` and store it as one step. `shift` is "gcj02" or "bd09" for shifted degrees.

    `only` picks features by column and text (district_name = 示例区); the others are not read. `within` leaves out what
    touches nothing of the own district.
    Raises ImportRefused (nothing changed) with the file, the feature and the remedy; EditRefused for an unknown layer;
    WorkspaceReadOnly and its kin where the workspace can't be written.
    """
    ws.definition(layer)
    refuse_itself(ws, Path(path))
    source = open_source(path, layer=source_layer, encoding=encoding, epsg=epsg)
    if only:
        source = picked(source, only)
    plan = plan_unseen(ws, source, layer, mapping=mapping, constants=constants, shift=shift, within=within)
    return run_import(ws, plan)


def refuse_itself(ws: Workspace, path: Path) -> None:
    """Raises ImportRefused where the file is the workspace."""
    if path.exists() and path.samefile(ws.path):
        raise refused(_("{name} 就是正在用的工作文件。").format(name=ws.path.name), _("请选别的文件。"))


def plan_unseen(
    ws: Workspace,
    source: SourceTable,
    layer: str,
    *,
    mapping: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    shift: str | None = None,
    within: bool = False,
    earlier: Sequence[Feature] = (),
) -> ImportPlan:
    """`plan_import` where nobody looks at a preview: what is known to lie hundreds of metres off must be said by who
    imports it. Raises ImportRefused as import_file does."""
    plan = plan_import(
        ws,
        source,
        layer,
        mapping=mapping,
        constants=constants,
        shift=shift,
        within=within,
        alike="fill",
        earlier=earlier,
    )
    shifted = next((one for one in plan.report.evidence if one.subject == "shift" and one.doubt), None)
    if shifted is not None:
        raise refused(shifted.sentence, _("确实不是火星坐标的，写明坐标系（--crs 4326）。什么也没有改。"))
    return plan


def plan_import(
    ws: Workspace,
    source: SourceTable,
    layer: str,
    *,
    mapping: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    shift: str | None = None,
    within: bool = False,
    alike: Alike = "add",
    whose: households.Whose = "somebody",
    earlier: Sequence[Feature] = (),
    namesakes: Mapping[str, str] | None = None,
) -> ImportPlan:
    """Judge `source` against `layer` without changing anything. `alike` says what becomes of rows that look like
    households that are there already: added ("fill": but for the place of one that has none), left out, or put over
    them; `whose` is the 行动能力 in the row of a household of several; `within` leaves out what touches nothing of the
    own district. `earlier` are features of other tables of the file that come in with it (`together.py`): they may be
    referred to, and come in once. `namesakes` answers what `ImportPlan.namesakes` asks, by the row's name (None where
    nobody can be asked). Raises ImportRefused as import_file does."""
    source = as_shapes(source, ws.definition(layer), ws.crs, area_of(ws))
    with np.errstate(invalid="ignore"):  # NaN in a file is told as a sentence, not as NumPy's warning
        planning = _Planning(ws, source, ws.definition(layer), mapping or {}, constants or {}, shift, alike, whose)
        planning.earlier, planning.answers, planning.within = earlier, namesakes, within
        return planning.plan()


def run_import(ws: Workspace, plan: ImportPlan) -> ImportReport:
    """Store a plan: one transaction, one step of the history. Empty numbers are filled here."""
    if not plan.changes_anything:
        raise nothing_left(plan)
    features = numbered(ws, plan.layer, plan.features)
    ws.apply(Edit(plan.words, [*plan.updates, *(inserted(one) for one in (*features, *plan.members))]))
    return plan.report


def numbered(ws: Workspace, layer: str, features: list[Feature]) -> list[Feature]:
    """`features` of one layer, those without a number with the next free ones."""
    kept = {one.text("id") for one in features} - {""}
    missing = sum(not one.text("id") for one in features)
    if not missing or not ws.definition(layer).letter:
        return features
    free = iter([one for one in ws.next_numbers(layer, missing + len(kept)) if one not in kept])
    return [one if one.text("id") else one.with_values(id=next(free)) for one in features]


def nothing_left(plan: ImportPlan) -> Exception:
    """Why not one feature of a plan can be stored."""
    reasons = [one.sentence for one in plan.report.problems if one.kind == "skipped"]
    return refused(
        _("{name} 的 {count} 个要素一个也不能导入，什么也没有改。例如：").format(
            name=plan.source.name, count=len(plan.source)
        )
        + "".join(reasons[:3]),
        "" if reasons else _("请核对文件。"),
    )


class _Planning:
    def __init__(
        self,
        ws: Workspace,
        source: SourceTable,
        definition: LayerDefinition,
        mapping: Mapping[str, str],
        constants: Mapping[str, str],
        shift: str | None,
        alike: Alike = "add",
        whose: households.Whose = "somebody",
    ) -> None:
        self.ws, self.source, self.definition = ws, source, definition
        self.mapping, self.constants, self.shift = mapping, constants, shift
        self.report = ImportReport(encoding=source.encoding, evidence=list(source.evidence))
        self.problems: list[Problem] = []
        self.mark = ""
        self.twins: dict[int, str] = {}
        self.alike = alike
        self.whose = whose
        self.earlier: Sequence[Feature] = ()
        self.answers: Mapping[str, str] | None = None
        self.namesakes: list[Namesake] = []
        self.people: Sequence[Value] = ()
        self.of_several = 0
        self.updates: list[Delta] = []
        self.likenesses = 0
        self.within = False
        self.left_out: set[int] = set()  # rows outside the own district that are not wanted

    def plan(self) -> ImportPlan:
        refuse_unfit(self.ws.definitions, self.definition, self.source)
        original, folded = self.source, None
        matching = self._match()
        if self.definition.table == "household" and self.source.is_list:
            folded = self._fold(matching)
            matching = self._match()
        refuse_missing(self.definition, self.source, matching)
        self.report.evidence += refuse_other_districts(self.ws, self.definition.table, self.source, matching)
        self.problems += own_among_neighbours(self.ws, self.definition.table, self.source, matching)
        names = self._names(matching)
        self.problems += [_renamed(one, names) for one in self.source.problems]
        nameless, placeless = self._kept_anyhow(matching)
        area = area_of(self.ws)
        placed = place(self.source, self.definition, self.ws.crs, area, names, shift=self.shift, keep=placeless)
        self.report.crs, self.mark = placed.label, placed.mark
        self.report.evidence += placed.evidence
        self.problems += placed.problems
        beyond = self._beyond(placed.geometries, area)
        references = References(self.ws)
        references.add(self.earlier)
        converted = convert_columns(self.definition, self.source, matching, names, references, nameless)
        self.people = converted.columns.get("people", [None] * len(self.source))
        self.report.evidence += (
            matching.evidence
            + self._unused(matching, folded)
            + converted.evidence
            + _not_the_same(self.definition, matching)
        )
        self.problems += converted.problems
        features = self._features(placed.geometries, converted, names)
        plan = ImportPlan(self.definition.table, original, matching, self.report)
        plan.features = [one for one in features if one is not None]
        plan.updates, plan.alike, plan.namesakes = self.updates, self.likenesses, self.namesakes
        plan.beyond = beyond
        if folded is not None:
            plan.members = self._members(original, folded, features)
            plan.of_several = self.of_several
        self._count(plan)
        return plan

    # -- what goes where ---------------------------------------------------------------------------------------------

    def _match(self) -> Matching:
        taken = list(coordinate_columns(list(self.source.columns)).values()) if self._located() else []
        return match_fields(
            self.definition,
            {name: column for name, column in self.source.columns.items() if name != "uid"},
            self.source.name,
            mapping=self.mapping,
            constants=self.constants,
            cut_names=self.source.cut_names,
            skip=[one for one in taken if one not in self.mapping.values()],
        )

    def _located(self) -> bool:
        return self.source.is_list and self.definition.geometry == "point"

    def _kept_anyhow(self, matching: Matching) -> tuple[list[int], list[int]]:
        """Rows of a list of people that come in without a head's name, and without a place: somebody has to be called
        there. Of a row without a place at least two things about the household are said, or it is a remark of the list.
        """
        if self.definition.table != HOUSEHOLDS or not self.source.is_list:
            return [], []
        said = [0] * len(self.source)
        for name in _SPEAK_OF_PEOPLE:
            match = matching.source_of(name)
            for row, cell in enumerate(self.source.columns[match.source] if match is not None else ()):
                said[row] += not is_blank(cell)
        placeless = [row for row, count in enumerate(said) if count >= _ENOUGH]
        return placeless, placeless

    def _names(self, matching: Matching) -> list[str]:
        columns = [self.source.columns[one.source] for name in NAMING if (one := matching.source_of(name)) is not None]
        found = []
        for row, label in enumerate(self.source.labels):
            word = next((text for column in columns if (text := text_of(column[row]))), "")
            found.append(households.named(label, word))
        return found

    def _unused(self, matching: Matching, folded: households.Households | None) -> list[Evidence]:
        """What of the list goes nowhere, and which layer would take it: lost columns are told as a doubt."""
        taken = set() if folded is None else set(folded.columns.values())
        return unused_columns(
            self.ws.definitions, self.definition, [one for one in matching.unused if one not in taken]
        )

    def _beyond(self, geometries: NDArray[np.object_] | None, area: Area) -> int:
        """How many rows lie outside the own district; where these are not wanted, they are left out. Raises
        ImportRefused where nobody can tell which they are, and where nothing would be left."""
        outside = beyond_own(self.ws, self.definition.table, geometries)
        if outside is None:
            if self.within:
                words = _("{name}：还没有本区的边界，或写入的是区界、邻区，分不出哪些在界内。")
                raise refused(words.format(name=self.source.name), _("请先导入“区界”，或界外的也要（不写 --within）。"))
            return 0
        rows = np.flatnonzero(outside).tolist()
        if self.within and len(rows) == len(self.source):
            words = _("{name} 的 {count} 个要素都在{area}界外。")
            raise refused(
                words.format(name=self.source.name, count=len(rows), area=area.name),
                _("请核对坐标系，或界外的也要（不写 --within）。"),
            )
        if self.within:
            self.left_out = set(rows)
            words = _("{count} 个在{area}界外，按选的没有导入。")
            self.report.evidence.append(Evidence("table", words.format(count=len(rows), area=area.name)))
        return len(rows)

    # -- features ----------------------------------------------------------------------------------------------------

    def _features(
        self, geometries: NDArray[np.object_] | None, converted: ConvertedColumns, names: Sequence[str]
    ) -> list[Feature | None]:
        out = {one.row for one in self.problems if one.kind == "skipped"} | self.left_out
        layer = self.definition.table
        origin = self.source.name + (_("（{mark}）").format(mark=self.mark) if self.mark else "")
        sources: Sequence[Value] = converted.columns.pop("source", [None] * len(self.source))
        uids = self._uids()
        keys, columns = list(converted.columns), list(converted.columns.values())
        found: list[Feature | None] = []
        for row in range(len(self.source)):
            if row in out:
                found.append(None)
                continue
            values: dict[str, Value] = {name: column[row] for name, column in zip(keys, columns, strict=True)}
            values["source"] = sources[row] if sources[row] and not self.mark else origin
            found.append(Feature(layer, uids[row], None if geometries is None else geometries[row], values))
        present = Present(self.ws, self.definition, found, self.earlier)
        kept = present.sorted_out(names, self.source.name, self.problems)
        self.twins = present.twins
        return self._without_alike(kept, names) if layer == HOUSEHOLDS else kept

    def _without_alike(self, features: list[Feature | None], names: Sequence[str]) -> list[Feature | None]:
        likes = AlikeHouseholds(self.ws, features, self.earlier)
        self.likenesses = likes.count
        kept, self.updates, twins = likes.sorted_out(
            features, self.alike, names, self.source.name, self.problems, self.answers
        )
        self.report.evidence += likes.evidence(self.alike, features)
        self.namesakes = likes.asked
        self.twins |= twins
        return kept

    def _uids(self) -> list[str]:
        """Identities that came with a workspace's own rows are kept, so that references and later merges hold."""
        column: Sequence[Any] = self.source.columns.get("uid", ())
        given = [one if isinstance(one, str) and _is_uid(one) else "" for one in column]
        known = set(self.ws.table(self.definition.table).uids) if any(given) else set()
        found = []
        for row in range(len(self.source)):
            uid = given[row] if given else ""
            uid = new_uid() if not uid or uid in known else uid
            known.add(uid)
            found.append(uid)
        return found

    # -- households ----------------------------------------------------------------------------------------------------

    def _fold(self, matching: Matching) -> households.Households:
        own = [one.source for one in matching.matches] + list(coordinate_columns(list(self.source.columns)).values())
        remark = matching.source_of("remark")
        folded = households.fold(
            self.source, self.ws.definition("household_member"), own, None if remark is None else remark.source
        )
        self.source = folded.table
        return folded

    def _members(
        self, original: SourceTable, folded: households.Households, features: Sequence[Feature | None]
    ) -> list[Feature]:
        member = self.ws.definition("household_member")
        uids = [self.twins.get(row) if one is None else one.uid for row, one in enumerate(features)]
        found, problems = households.members_from_rows(original, folded, uids, member)
        alone: list[Feature] = []
        if not folded.columns:
            alone, told = self._in_their_row(original, uids, member)
            problems += told
        if original.members is not None:
            owners = self._owners(uids)
            more, told, matching = households.members_from_sheet(original.members, member, owners)
            found, problems = found + more, problems + told
            self.report.evidence += matching.evidence
        self.problems += problems
        # A corrected list brings the members that were left out before, and those that are there not again.
        there = list(self.ws.table(member.table)) if self.twins else []
        there += [one for one in self.earlier if one.layer == member.table]
        found, alone = households.without_known(found, there), households.without_known(alone, there)
        if found or alone:
            words = _("连同 {count} 名家庭成员一起导入。")
            self.report.evidence.append(Evidence("table", words.format(count=len(found) + len(alone))))
        self.problems += households.miscounted(features, found, self.source)
        return found + alone

    def _in_their_row(
        self, original: SourceTable, uids: Sequence[str | None], member: LayerDefinition
    ) -> tuple[list[Feature], list[Problem]]:
        """Whom the rows speak of, where each is a household; how many households of several they speak of is kept."""
        matching = self._match()
        head = matching.source_of("head")
        if head is None:
            return [], []
        taken = [one.source for one in matching.matches]
        owners = list(zip(uids, self.people, strict=True))
        found, told, self.of_several = households.members_in_their_row(
            original, member, head.source, taken, owners, self.whose
        )
        return found, told

    def _owners(self, uids: Sequence[str | None]) -> list[tuple[str | None, list[str]]]:
        names: list[list[str]] = [[] for _one in uids]
        for heading in ("id", "head"):
            match = self._match().source_of(heading)
            for row in range(len(uids)) if match else ():
                names[row].append(text_of(self.source.columns[match.source][row]) if match else "")
        return list(zip(uids, names, strict=True))

    # -- the account ---------------------------------------------------------------------------------------------------

    def _count(self, plan: ImportPlan) -> None:
        report = self.report
        out = {one.row for one in self.problems if one.kind == "skipped" and one.row is not None} | self.left_out
        # What is left out was not repaired: it comes up again when it can be imported.
        told = [one for one in self.problems if one.kind == "skipped" or one.row not in out]
        report.problems = sorted(told, key=lambda one: -1 if one.row is None else one.row)
        others = sum(one.kind == "skipped" and one.row is None for one in report.problems)
        mended = {one.row for one in report.problems if one.kind == "repaired"}
        report.imported = len(plan.features)
        report.skipped = len(self.source) - len(plan.features) + others
        report.repaired = report.imported if None in mended else len(mended)
        if self.definition.table == "district" and report.imported + self.ws.count("district") > 1:
            words = _("“{title}”应只有本区，导入后有 {count} 个；别的区请放到“邻区”，或只取本区（--only 列=内容）。")
            count = report.imported + self.ws.count("district")
            sentence = words.format(title=self.definition.title, count=count)
            report.evidence.append(Evidence("table", sentence, doubt=True))
        plan.words = _("从 {file} 导入 {count} 个{title}").format(
            file=self.source.name, count=report.imported, title=self.definition.title
        )
        if plan.updates:
            plan.words += _("，更新 {count} 个").format(count=len(plan.updates))
        elif plan.members and not plan.features:
            plan.words = _("从 {file} 补上 {count} 名家庭成员").format(file=self.source.name, count=len(plan.members))


_SPEAK_OF_PEOPLE = ("head", "phone", "people", "address", "house_type")
_ENOUGH = 2


def _renamed(problem: Problem, names: Sequence[str]) -> Problem:
    """The problem of a reader that did not know names yet, with the feature's name in it."""
    if problem.row is None:
        return problem
    name = names[problem.row]
    return Problem(name, problem.sentence.replace(problem.feature, name, 1), problem.kind, problem.row)


_THREATENED = {"威胁人数", "威胁人口", "受威胁人数", "受威胁人口", "影响人数", "威胁户数", "受威胁户数", "威胁住户"}


def _not_the_same(definition: LayerDefinition, matching: Matching) -> list[Evidence]:
    """险情 is graded by who has to move, not by who is threatened; the one is not put in the other's place."""
    field = next((one for one in definition.fields if one.name == "must_move_people"), None)
    found = [one for one in matching.unused if base_and_unit(one)[0] in _THREATENED]
    if field is None or not found or matching.source_of(field.name) is not None:
        return []
    words = _("“{columns}”没有写入：“{title}”要的是需转移的人数，不是受威胁的。确实相同的，请在下面把那一列对应到它。")
    return [Evidence("fields", words.format(columns="、".join(found), title=field.title), doubt=True)]


def _is_uid(text: str) -> bool:
    return len(text) == 32 and all(one in "0123456789abcdef" for one in text)
