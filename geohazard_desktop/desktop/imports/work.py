"""The import's work off the window's path: read, judge, store. Knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.alike import Alike
from geohazard_desktop.exchange.area import area_of
from geohazard_desktop.exchange.contents import layers_inside
from geohazard_desktop.exchange.corner_shapes import as_shapes, zone_guess
from geohazard_desktop.exchange.importer import ImportPlan, plan_import
from geohazard_desktop.exchange.joined_updates import told_apart
from geohazard_desktop.exchange.layer_guess import LayerGuess, guess_layer, layers_taking, looks_like, takes_none
from geohazard_desktop.exchange.mapping import Matching, match_fields
from geohazard_desktop.exchange.marks import FOLDER, begin_with, is_kind
from geohazard_desktop.exchange.members import Whose
from geohazard_desktop.exchange.own_part import districts_of
from geohazard_desktop.exchange.reference_layer import ReferenceLayer, reference_for
from geohazard_desktop.exchange.report import Evidence, ImportReport, refused
from geohazard_desktop.exchange.source import SourceTable, open_source, picked
from geohazard_desktop.exchange.together import order_of, run_together
from geohazard_desktop.exchange.values import text_of
from geohazard_desktop.exchange.word_questions import WordQuestion, answered, word_questions
from geohazard_desktop.workspace.definition import NEW_REFERENCE, LayerDefinition
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.later_layers import add_definitions
from geohazard_desktop.workspace.own_district import LAYER
from geohazard_desktop.workspace.workspace import Workspace

_MOST_FOLDERS = 12  # of a phone; more are villages, not layers
_FEW_COLUMNS = 2  # known ones below this and unknown ones from it on: the layer says little of what the file says


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants: file, layer, and what is said otherwise than the file says it."""

    path: Path
    layer: str
    source_layer: str | None = None
    encoding: str | None = None
    epsg: int | None = None
    shift: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    guessing: bool = False  # the layer is what was in hand; a better one may be chosen
    chosen: bool = False  # somebody chose the layer
    several: bool = False  # other tables of the file may come in with it
    alike: Alike = "skip"  # rows that look like households that are there already
    namesakes: dict[str, str] = field(default_factory=dict)  # who the rows are that are called as households there
    whose: Whose = "somebody"  # 行动能力 in the row of a household of several
    only: dict[str, str] = field(default_factory=dict)  # the features whose columns hold these texts
    within: bool = False  # nothing that lies outside the own district
    words: dict[str, str] = field(default_factory=dict)  # which choice is meant by words that are none
    title: str = ""  # of a new reference layer, "" for the file's name
    origin: str = ""  # whose data it holds

    def with_(self, **changes: object) -> "Wish":
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(slots=True)
class Look:
    """What came of reading and judging. `refusal` says why it can't be imported so; then `plan` is None."""

    wish: Wish
    whole: SourceTable | None = None  # the file as it is
    source: SourceTable | None = None  # what of it is wanted
    matching: Matching | None = None
    plan: ImportPlan | None = None
    refusal: GeohazardError | None = None
    fitting: list[str] = field(default_factory=list)  # layers that take such shapes, where the chosen one takes none
    questions: list[WordQuestion] = field(default_factory=list)  # words that are none of a field's choices
    own: dict[str, str] = field(default_factory=dict)  # column and text of the own district, where others are in it
    guess: LayerGuess | None = None  # why the layer was chosen, where the program chose it
    definition: LayerDefinition | None = None  # of the layer it goes into
    reference: ReferenceLayer | None = None  # that layer, where it is still to be made

    @property
    def unclear(self) -> bool:
        """Nobody chose a layer for one of several tables, and the one in hand does not take it."""
        return (
            self.wish.several
            and not self.wish.chosen
            and self.definition is not None
            and self.source is not None
            and takes_none(self.definition, self.source)
        )

    @property
    def layer(self) -> str:
        """The table it goes into."""
        return self.wish.layer if self.definition is None else self.definition.table


def look(workspace: Path, wish: Wish) -> Look:
    """Read the file and judge it against the layer; changes nothing."""
    return look_together(workspace, [wish])[0]


def look_together(workspace: Path, wishes: Sequence[Wish], before: Sequence[Look] = ()) -> list[Look]:
    """Read and judge several tables of one file, each as if the others that come first were in already; changes
    nothing. What was read `before` with the same words about the file is not read again."""
    with Workspace.open(workspace, read_only=True) as ws:
        return _together(ws, wishes, before)


def _together(ws: Workspace, wishes: Sequence[Wish], before: Sequence[Look] = ()) -> list[Look]:
    read = [_read(ws, wish, before) for wish in wishes]
    earlier: list[Feature] = []
    for index in order_of([ws.definitions.get(one.wish.layer) for one in read]):
        _judge(ws, read[index], earlier)
        plan = read[index].plan
        if plan is not None:
            earlier += [*plan.features, *plan.members]
    plans = [(one.wish.source_layer or "", plan) for one in read if (plan := one.plan) is not None]
    updates = [(title, plan.updates) for title, plan in plans]
    file = plans[0][1].source.name if plans else ""
    for (_title, plan), problems in zip(plans, told_apart(ws, file, updates), strict=True):
        plan.report.problems += problems
    return read


@dataclass(slots=True)
class Table:
    """One table of the file: what it is called, what is wanted of it, whether it is to come in (`ticked`), and what
    came of looking at it (None before, and while it is not ticked)."""

    title: str
    wish: Wish
    ticked: bool
    look: Look | None = None
    why: list[Evidence] = field(default_factory=list)  # why the program chose the layer
    folder: bool = False  # one of the parts that a phone's folders make of a table: its part is not to be chosen anew


def begin(workspace: Path, wish: Wish) -> tuple[list[Table], int]:
    """The tables of the file and which of them is shown first. All that one outing brought is ticked, by kinds of
    shapes, and by folders where these speak of different layers; of other files the one that fits the layer in hand.
    """
    layers = layers_inside(wish.path)
    with Workspace.open(workspace, read_only=True) as ws:
        if len(layers) < 2:
            tables = [Table(wish.source_layer or "", wish, True)]
            shown = 0
        else:
            in_hand = ws.definitions.get(wish.layer)
            first = wish.source_layer or begin_with(layers, in_hand.geometry if in_hand is not None else "")
            shown = layers.index(first) if first in layers else 0
            outing = all(map(is_kind, layers))
            tables = [
                Table(one, wish.with_(source_layer=one, several=True), outing or index == shown)
                for index, one in enumerate(layers)
            ]
        ticked = [one for one in tables if one.ticked]
        looks = _together(ws, [one.wish for one in ticked])
        apart = [part for one, found in zip(ticked, looks, strict=True) for part in _by_folder(ws, one, found)]
        if len(apart) > len(ticked):
            tables, shown, ticked = apart, 0, apart
            looks = _together(ws, [one.wish for one in ticked], looks)
    for one, found in zip(ticked, looks, strict=True):
        take(one, found)
    return tables, shown


def take(table: Table, found: Look) -> None:
    """Keep what came of a look; a layer that the program chose is no longer looked for."""
    table.look = found
    if found.guess is not None:
        table.why = found.guess.evidence
    if found.whole is not None:
        table.wish = table.wish.with_(layer=found.wish.layer, guessing=False)


def _by_folder(ws: Workspace, table: Table, found: Look) -> list[Table]:
    """The table in parts where folders on the phone speak of different layers; else as it is."""
    source = found.source
    if source is None or not is_kind(source.layer) or not table.wish.guessing:
        return [table]
    folders = list(dict.fromkeys(text_of(one) for one in source.columns.get(FOLDER, ())))
    if not 1 < len(folders) <= _MOST_FOLDERS:
        return [table]
    parts, layers = [], set()
    for one in folders:
        wish = table.wish.with_(only={FOLDER: one}, several=True)
        guess = _guessed(ws, wish, picked(source, wish.only))
        definition = ws.definitions.get(guess.layer)
        said = bool(guess.evidence) or (definition is not None and looks_like(definition, (one,)))
        layers.add(guess.layer if said else "")
        title = _("{kind}：{folder}").format(kind=source.layer, folder=one or _("文件夹外"))
        parts.append(Table(title, wish, True, folder=True))
    return parts if len(layers) > 1 else [table]


def _guessed(ws: Workspace, wish: Wish, source: SourceTable) -> LayerGuess:
    """By what the folder is called, where only one is read; else, and where that says nothing, by file and table."""
    corners = zone_guess(ws.definitions, source, wish.layer)
    if corners is not None:
        return corners
    if wish.only:
        guess = guess_layer(ws.definitions, source, wish.layer, tuple(wish.only.values()))
        if guess.evidence:
            return guess
        return guess_layer(ws.definitions, source, wish.layer, (wish.path.stem,))
    return guess_layer(ws.definitions, source, wish.layer, (wish.path.stem, wish.source_layer or "", *source.subjects))


def _read(ws: Workspace, wish: Wish, before: Sequence[Look]) -> Look:
    """The table, and the layer where nobody chose one."""
    found = Look(wish)
    same = [one.whole for one in before if one.whole is not None and _file_words(one.wish) == _file_words(wish)]
    try:
        whole = (
            same[0] if same else open_source(wish.path, layer=wish.source_layer, encoding=wish.encoding, epsg=wish.epsg)
        )
        found.whole = found.source = whole
        if wish.only:
            found.source = picked(whole, wish.only)
        if wish.guessing:
            found.guess = _guessed(ws, wish, found.source)
            found.wish = wish.with_(layer=found.guess.layer)
    except GeohazardError as error:
        found.refusal = error
    return found


def _file_words(wish: Wish) -> tuple[object, ...]:
    return (wish.path, wish.source_layer, wish.encoding, wish.epsg)


def _judge(ws: Workspace, found: Look, earlier: Sequence[Feature]) -> None:
    wish = found.wish
    if found.source is None:
        return
    try:
        layer, mapping = wish.layer, wish.mapping
        if layer == NEW_REFERENCE:
            own = (wish.path.stem, wish.source_layer or "", *wish.only.values()) if wish.several else (wish.path.stem,)
            found.reference = reference_for(ws, found.source, wish.title or " ".join(own).strip(), wish.origin)
            layer, mapping = found.reference.table, {**found.reference.mapping, **mapping}
            ws.definitions[layer] = found.reference.definition  # known to this reading alone
        found.definition = ws.definition(layer)
        if found.unclear:
            raise refused(
                _("{count} 个图形要写到哪个图层，看不出来。").format(count=len(found.source)),
                _("请在上面选写入图层；不要它们，就把勾去掉。"),
            )
        found.source = as_shapes(found.source, found.definition, ws.crs, area_of(ws))
        found.questions = word_questions(ws.definitions, layer, found.source, mapping)
        found.source = answered(ws.definitions, layer, found.source, wish.words, mapping)
        found.matching = match_fields(
            found.definition,
            {name: column for name, column in found.source.columns.items() if name != "uid"},
            found.source.name,
            mapping=mapping,
            constants=wish.constants,
            cut_names=found.source.cut_names,
        )
        found.plan = plan_import(
            ws,
            found.source,
            layer,
            mapping=mapping,
            constants=wish.constants,
            shift=wish.shift,
            within=wish.within,
            alike=wish.alike,
            whose=wish.whose,
            earlier=earlier,
            namesakes=wish.namesakes,
        )
        if found.reference is None and _says_nothing(found.matching, found.source):
            found.fitting = [NEW_REFERENCE]
    except GeohazardError as error:
        found.refusal = error
        if found.matching is not None and wish.layer == LAYER:
            found.own = districts_of(ws, found.source, found.matching).only
            found.fitting = ["neighbour"] if "neighbour" in ws.definitions else []
        chosen = ws.definitions.get(found.layer)
        if chosen is not None and takes_none(chosen, found.source):
            called = (wish.path.stem.lower(), (wish.source_layer or "").lower())
            likely = layers_taking(ws.definitions, found.source, called)
            found.fitting = [*(one.table for one in likely), NEW_REFERENCE]


def _says_nothing(matching: Matching, source: SourceTable) -> bool:
    """Whether shapes would come in and hardly a word of what the file says of them: it may be others' data, which are
    better looked at with all their columns."""
    known = {one.source for one in matching.matches}
    return source.geometries is not None and len(known) < _FEW_COLUMNS <= len(matching.unused)


def store(window: Workspace, looks: Sequence[Look]) -> list[tuple[ImportReport, str]]:
    """One transaction, one step of the history, which `window` can undo; a report and a layer for each of `looks`,
    which all have a plan. Runs in a thread of its own. A layer that is to be made comes into the file before, empty:
    where the step fails, nobody is shown it."""
    made = {one.reference.table: one.reference.text for one in looks if one.reference is not None}
    plans = [one.plan for one in looks if one.plan is not None]
    with window.beside() as ws:
        if made:
            add_definitions(ws, made)
        reports = run_together(ws, plans)
    return [(report, one.layer) for report, one in zip(reports, looks, strict=True)]
