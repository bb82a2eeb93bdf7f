"""The import's work off the window's path: read, judge, store. Knows no widget."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.exchange.alike import Alike
from geohazard_desktop.exchange.contents import layers_inside
from geohazard_desktop.exchange.importer import ImportPlan, plan_import, run_import
from geohazard_desktop.exchange.layer_guess import LayerGuess, guess_layer, layers_taking, takes_none
from geohazard_desktop.exchange.mapping import Matching, match_fields
from geohazard_desktop.exchange.marks import begin_with
from geohazard_desktop.exchange.members import Whose
from geohazard_desktop.exchange.own_part import districts_of
from geohazard_desktop.exchange.reference_layer import ReferenceLayer, reference_for
from geohazard_desktop.exchange.report import ImportReport
from geohazard_desktop.exchange.source import SourceTable, open_source, picked
from geohazard_desktop.exchange.word_questions import WordQuestion, answered, word_questions
from geohazard_desktop.workspace.definition import NEW_REFERENCE, LayerDefinition
from geohazard_desktop.workspace.later_layers import add_definitions
from geohazard_desktop.workspace.own_district import LAYER
from geohazard_desktop.workspace.workspace import Workspace

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
    alike: Alike = "skip"  # rows that look like households that are there already
    whose: Whose = "somebody"  # 行动能力 in the row of a household of several
    only: dict[str, str] = field(default_factory=dict)  # the features whose columns hold these texts
    words: dict[str, str] = field(default_factory=dict)  # which choice is meant by words that are none
    title: str = ""  # of a new reference layer, "" for the file's name
    origin: str = ""  # whose data it holds

    def with_(self, **changes: object) -> "Wish":
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(slots=True)
class Look:
    """What came of reading and judging. `refusal` says why it can't be imported so; then `plan` is None."""

    wish: Wish
    layers: list[str]
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
    def layer(self) -> str:
        """The table it goes into."""
        return self.wish.layer if self.definition is None else self.definition.table


def look(workspace: Path, wish: Wish) -> Look:
    """Read the file and judge it against the layer; changes nothing."""
    found = Look(wish, layers_inside(wish.path))
    with Workspace.open(workspace, read_only=True) as ws:
        if len(found.layers) > 1 and wish.source_layer is None:
            in_hand = ws.definitions.get(wish.layer)
            wish = wish.with_(source_layer=begin_with(found.layers, in_hand.geometry if in_hand is not None else ""))
            found.wish = wish
        try:
            whole = open_source(wish.path, layer=wish.source_layer, encoding=wish.encoding, epsg=wish.epsg)
            found.whole = found.source = whole
            if wish.only:
                found.source = picked(whole, wish.only)
            if wish.guessing:
                called = (wish.path.stem, wish.source_layer or "", *whole.subjects)
                found.guess = guess_layer(ws.definitions, whole, wish.layer, called)
                found.wish = wish = wish.with_(layer=found.guess.layer)
            layer, mapping = wish.layer, wish.mapping
            if layer == NEW_REFERENCE:
                found.reference = reference_for(ws, found.source, wish.title or wish.path.stem, wish.origin)
                layer, mapping = found.reference.table, {**found.reference.mapping, **mapping}
                ws.definitions[layer] = found.reference.definition  # known to this reading alone
            found.definition = ws.definition(layer)
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
                alike=wish.alike,
                whose=wish.whose,
            )
            if found.reference is None and _says_nothing(found.matching, found.source):
                found.fitting = [NEW_REFERENCE]
        except GeohazardError as error:
            found.refusal = error
            if found.source is not None and found.matching is not None and wish.layer == LAYER:
                found.own = districts_of(ws, found.source, found.matching).only
                found.fitting = ["neighbour"] if "neighbour" in ws.definitions else []
            chosen = ws.definitions.get(found.layer)
            if found.source is not None and chosen is not None and takes_none(chosen, found.source):
                called = (wish.path.stem.lower(), (wish.source_layer or "").lower())
                likely = layers_taking(ws.definitions, found.source, called)
                found.fitting = [*(one.table for one in likely), NEW_REFERENCE]
    return found


def _says_nothing(matching: Matching, source: SourceTable) -> bool:
    """Whether shapes would come in and hardly a word of what the file says of them: it may be others' data, which are
    better looked at with all their columns."""
    known = {one.source for one in matching.matches}
    return source.geometries is not None and len(known) < _FEW_COLUMNS <= len(matching.unused)


def store(window: Workspace, plan: ImportPlan, reference: ReferenceLayer | None = None) -> ImportReport:
    """One transaction, one step of the history, which `window` can undo. Runs in a thread of its own. A layer that is
    to be made comes into the file before, empty: where the step fails, nobody is shown it."""
    with window.beside() as ws:
        if reference is not None:
            add_definitions(ws, {reference.table: reference.text})
        return run_import(ws, plan)
