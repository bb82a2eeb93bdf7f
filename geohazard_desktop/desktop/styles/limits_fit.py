"""A pasted graduated style brings another layer's limits: whether they part this layer's values, and limits made anew.

The classes keep their number and their looks; only limits and legend texts become this layer's.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from geohazard_desktop.cartography.class_styles import Plain, class_rules, class_where, mode_of
from geohazard_desktop.cartography.classes import Floats, limits, numbers, range_words
from geohazard_desktop.cartography.classes import value_words as shown
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.domain.shape_measures import measure_of


@dataclass(frozen=True, slots=True)
class Graded:
    """The field or measure by which a draft is graded, as people call it, its unit, this layer's numbers (sorted) and
    the style's limits."""

    field: str
    title: str
    unit: str
    whole: bool
    values: Floats
    bounds: list[float]

    @property
    def parted(self) -> bool:
        """Whether the limits part the values into two classes at least; values that are all alike nothing parts."""
        if not len(self.values) or self.values[0] == self.values[-1] or not self.bounds:
            return True
        return any(self.values[0] < one <= self.values[-1] for one in self.bounds)


def graded(draft: StyleDraft) -> Graded | None:
    """None where the style is not graduated, or by a field that the layer has not."""
    wheres = [class_where(one) for one in class_rules(draft.rules)]
    if mode_of(draft.rules) != "graduated" or not wheres:
        return None
    field = str(wheres[0]["field"])
    known, measure = draft.definition.by_name.get(field), measure_of(field)
    if known is None and measure is None:
        return None
    title = measure.title if measure is not None else known.title if known is not None else ""
    unit = measure.unit if measure is not None else known.unit if known is not None else ""
    bounds = sorted({float(one["minimum"]) for one in wheres if abs(one.get("minimum", -1e300)) < 1e299})
    whole = known is not None and known.type == "integer"
    return Graded(field, title, unit, whole, numbers(draft.column(field)), bounds)


def regraded(draft: StyleDraft, found: Graded) -> list[Plain]:
    """The rules with limits made from this layer's values, in as many classes as the values allow."""
    classes = class_rules(draft.rules)
    bounds = limits(found.values, len(classes), "natural")
    whole = found.whole and all(one.is_integer() for one in bounds)
    edges: list[float | None] = [None, *bounds, None]
    pairs = list(pairwise(edges))
    made: list[Plain] = []
    for (low, high), source in zip(pairs, _looks(classes, len(pairs)), strict=True):
        where: dict[str, Any] = {"field": found.field}
        where |= {key: one for key, one in (("minimum", low), ("maximum", high)) if one is not None}
        if len(where) == 1:  # one class: every number
            where["minimum"] = -1e300
        label = range_words(low, high, found.unit, whole=whole) or str(source.get("label", ""))
        made.append({**copy.deepcopy(source), "label": label, "where": where})
    at = draft.rules.index(classes[0])
    kept = [(number < at, copy.deepcopy(one)) for number, one in enumerate(draft.rules) if one not in classes]
    return [*(one for before, one in kept if before), *made, *(one for before, one in kept if not before)]


def _looks(classes: Sequence[Plain], count: int) -> list[Plain]:
    """`count` of the classes from the first to the last, at equal steps: fewer classes keep both ends of the ramp."""
    if count == 1:
        return [classes[len(classes) // 2]]
    return [classes[round(at * (len(classes) - 1) / (count - 1))] for at in range(count)]


def regraded_words(draft: StyleDraft, found: Graded, count: int) -> str:
    """What was done, before why: a bar shows two lines."""
    words = _("已按{title}的“{field}”重新分成 {count} 级：带来的界限（{bounds}）一级也分不开。")
    return words.format(
        title=draft.definition.title,
        field=found.title,
        count=count,
        bounds=_("、").join(shown(one) for one in found.bounds),
    )
