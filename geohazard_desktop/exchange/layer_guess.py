"""Into which layer a file most likely goes: by its name, the kind of its shapes, and whose headings its columns are.

A guess is offered and told, never taken for sure: people see the choice before anything is written.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.coordinate_text import coordinate_columns
from geohazard_desktop.exchange.mapping import Matching, match_fields
from geohazard_desktop.exchange.report import Evidence
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.workspace.definition import LayerDefinition

_TITLE, _PART_OF_TITLE, _OWN_FIELD, _SHARED_FIELD, _LACKS_REQUIRED = 8.0, 5.0, 3.0, 1.0, -4.0
_LOSES_PLACES = (
    -8.0
)  # a list with coordinates for a layer without shapes: a list of households with one word of a member
_HOUSEHOLDS, _MEMBERS = "household", "household_member"
_SHORTEST_PART = 2  # characters of a title's end that still say it: 路线 of 撤离路线
_OWN_TO = 2  # a field that so few layers have tells the layer
_SURE_FROM, _AHEAD = 5.0, 2.0
_COLUMNS_TOLD = 4
# What offices call the files of a layer, beside its title and the ends of it.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "household": ("农户", "花名册", "避险明白卡"),
    "hazard_point": ("隐患点", "灾害点", "防灾预案"),
    "susceptibility_zone": ("易发区", "易发分区", "易发性"),
    "subsidence_area": ("采空区", "塌陷区", "沉陷区"),
    "shelter": ("安置点", "避难场所", "避险点"),
    "warning_sign": ("警示牌", "标志牌"),
    "neighbour": ("邻区", "相邻"),
    "water": ("水域", "水系", "湖泊", "河流", "river", "lake"),
    "railway": ("铁路", "rail"),
}
_AREA, _COLLECTION = 2, 7  # dimension; GEOS's number of a collection
_KINDS = {0: "point", 1: "line", 2: "polygon"}


@dataclass(frozen=True, slots=True)
class LayerGuess:
    """`layer`, called `title`, and `why` it was chosen; the layer in hand without a word where nothing speaks for
    another. `sentence` is for who sees the choice before anything is written, `done` for who sees it afterwards."""

    layer: str
    title: str = ""
    why: str = ""

    @property
    def sentence(self) -> str:
        words = _("{why}，写入图层先选了“{title}”；不对请改选。")
        return words.format(why=self.why, title=self.title) if self.why else ""

    @property
    def done(self) -> str:
        words = _("{why}，写到了“{title}”；不对的，撤销这一步，写明图层（--layer）另外导入。")
        return words.format(why=self.why, title=self.title)

    @property
    def evidence(self) -> list[Evidence]:
        return [Evidence("table", self.sentence)] if self.sentence else []


def guess_layer(
    definitions: Mapping[str, LayerDefinition], source: SourceTable, current: str, words: Sequence[str]
) -> LayerGuess:
    """The layer for `source`. `current` is the one in hand, which stays unless another fits clearly better; `words`
    are what the file and its table are called."""
    fitting = [one for one in definitions.values() if _takes(one, source)]
    shared = Counter(field.name for one in definitions.values() for field in one.fields)
    scores = {one.table: _score(one, source, shared, words) for one in fitting}
    if _households_with_members(definitions, source):
        scores.pop(_MEMBERS, None)  # a list of households brings its members along; alone they would find no household
    ranked = sorted(scores, key=lambda one: -scores[one])
    best = ranked[0] if ranked else current
    others = [scores[one] for one in ranked[1:2]] + [scores.get(current, 0.0), 0.0]
    # What fits two layers alike is nobody's to guess.
    if best == current or scores[best] < _SURE_FROM or scores[best] - max(others) < _AHEAD:
        return LayerGuess(current)
    definition = definitions[best]
    told = []
    part = _called(definition, words)
    if part:
        told.append(_("名称里的“{part}”").format(part=part))
    matching = _matching(definition, source)
    own = [] if matching is None else [one.source for one in matching.matches if shared[one.field.name] <= _OWN_TO]
    if own:
        told.append(_("“{columns}”等列").format(columns="、".join(own[:_COLUMNS_TOLD])))
    reason = _("和").join(told) or _("列名")
    return LayerGuess(best, definition.title, _("按{reason}").format(reason=reason))


def _households_with_members(definitions: Mapping[str, LayerDefinition], source: SourceTable) -> bool:
    """Whether rows of members say what only a household has: a telephone, an address, a place."""
    if not source.is_list or _HOUSEHOLDS not in definitions:
        return False
    matching = _matching(definitions[_HOUSEHOLDS], source)
    matched = set() if matching is None else {one.field.name for one in matching.matches}
    said = (matched & {"phone", "address", "people"}) or coordinate_columns(list(source.columns))
    return "head" in matched and bool(said)


def layers_taking(
    definitions: Mapping[str, LayerDefinition], source: SourceTable, words: Sequence[str]
) -> list[LayerDefinition]:
    """The layers that take shapes of this kind, those first that the file's names speak of, then those that have
    fields for most of its columns; in tree order."""
    fitting = [one for one in definitions.values() if _takes(one, source)]
    matched = {one.table: len(found.matches) if (found := _matching(one, source)) is not None else 0 for one in fitting}
    return sorted(fitting, key=lambda one: (not _called(one, words), -matched[one.table]))


def looks_like(definition: LayerDefinition, words: Sequence[str]) -> bool:
    """Whether what the file and its table are called speaks of the layer."""
    return bool(_called(definition, words))


def takes_none(definition: LayerDefinition, source: SourceTable) -> bool:
    """Whether no shape of the source could become one of the layer: lines for areas, but for closed ones."""
    wanted = next((number for number, kind in _KINDS.items() if kind == definition.geometry), None)
    if source.geometries is None or wanted is None:
        return False
    there = source.geometries[~(shapely.is_missing(source.geometries) | shapely.is_empty(source.geometries))]
    if not len(there) or np.isin(shapely.get_type_id(there), (-1, _COLLECTION)).any():
        return False
    kinds = set(np.unique(shapely.get_dimensions(there)).tolist())
    if wanted in kinds:
        return False
    closed = wanted == _AREA and bool(shapely.is_ring(shapely.get_parts(there)).any())
    return not closed


def _takes(definition: LayerDefinition, source: SourceTable) -> bool:
    if definition.helper or definition.why_fixed:
        return False
    if source.geometries is None:
        return definition.geometry in ("point", "none")
    dimensions = shapely.get_dimensions(source.geometries)
    kinds = {_KINDS[one] for one in np.unique(dimensions).tolist() if one in _KINDS}
    return definition.geometry in kinds


def _score(definition: LayerDefinition, source: SourceTable, shared: Counter[str], words: Sequence[str]) -> float:
    part = _called(definition, words)
    score = _TITLE if part and part in (definition.title, definition.table) else _PART_OF_TITLE if part else 0.0
    matching = _matching(definition, source)
    if matching is None:
        return score
    matched = {one.field.name for one in matching.matches}
    if source.is_list and definition.geometry == "none" and coordinate_columns(list(source.columns)):
        score += _LOSES_PLACES
    score += sum(_OWN_FIELD if shared[name] <= _OWN_TO else _SHARED_FIELD for name in matched)
    return score + sum(_LACKS_REQUIRED for one in definition.fields if one.required and one.name not in matched)


def _called(definition: LayerDefinition, words: Sequence[str]) -> str:
    """The layer's title, its table or the longest end of the title (安置点 of 避险安置点) that stands in a name."""
    title = definition.title
    ends = [title[start:] for start in range(len(title) - _SHORTEST_PART + 1)]
    called = (*ends, *_ALSO.get(definition.table, ()), definition.table)
    return next((one for one in called if any(one in word.lower() for word in words)), "")


def _matching(definition: LayerDefinition, source: SourceTable) -> Matching | None:
    columns = {name: column for name, column in source.columns.items() if name != "uid"}
    try:
        return match_fields(definition, columns, source.name, cut_names=source.cut_names)
    except GeohazardError:
        return None
