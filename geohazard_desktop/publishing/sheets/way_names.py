"""Names that a map about evacuation can't do without: danger zones, the numbers of routes, shelters. They find a place
before rivers, roads and mines, at any scale; what found none is told by kind and number."""

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import shapely

from geohazard_desktop.analysis.ways_in_force import ROUTES, SHELTERS
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.label_places import FIRST
from geohazard_desktop.cartography.label_sources import LabelSource
from geohazard_desktop.cartography.label_text import text_width
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Label, Rule
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.report import PublishReport

# A route that is hardly longer than its name has no place for it beside the sign of its shelter: its number alone
# stands beside it, on a plate as in the table. A map, and all enlargements of a sheet, tell routes in one way.
_LONGER = 2.0  # times its name
_NUMBER = re.compile(r"\{[^}]*\}")
_BRIEF_FROM = 100_000.0  # farther out a shelter's capacity is left to the table
_PLATE_POINTS, _BRIEF_POINTS = 8.0, 7.5
_NAMES_TOLD, _LONGEST = 6, 20


def _route(label: Label, _view: MapView, short: bool) -> Label:
    if not short:
        return replace(label, priority=FIRST + 3)
    return replace(
        label, text="{number}", second="", size=_PLATE_POINTS, placement="point", halo=0.3, plate=True,
        priority=FIRST + 3,
    )  # fmt: skip


def _zone(label: Label, _view: MapView, _short: bool) -> Label:
    return replace(label, priority=FIRST + 2)


def _shelter(label: Label, view: MapView, _short: bool) -> Label:
    if view.denominator <= _BRIEF_FROM:
        return replace(label, priority=FIRST + 1)
    return replace(label, second="", size=min(label.size, _BRIEF_POINTS), priority=FIRST + 1)


_FIRST: dict[str, Callable[[Label, MapView, bool], Label]] = {ROUTES: _route, ZONES: _zone, SHELTERS: _shelter}


def ways_are_short(pictures: Sequence[LayerPicture], view: MapView) -> bool:
    """Whether a route in `view` is hardly longer than its name."""
    for one in pictures:
        label = one.style.label
        if one.layer == ROUTES and label is not None:
            words = text_width(_NUMBER.sub("8", label.text), label.size, label.family, label.bold)
            lengths = shapely.length(one.geometries[one.visible(view)])
            if (lengths * view.mm_per_metre < _LONGER * words).any():
                return True
    return False


def ways_first(pictures: Sequence[LayerPicture], view: MapView, *, short: bool | None = None) -> list[LayerPicture]:
    """The same layers, named in `view` so that routes and shelters are told before anything else. A layer whose names
    the office switched off stays without. `short`: whether routes are `ways_are_short`, where several maps agree."""
    short = ways_are_short(pictures, view) if short is None else short
    found = []
    for one in pictures:
        label = one.style.label
        if label is not None and one.layer in _FIRST:
            named = replace(
                _FIRST[one.layer](label, view, short), maximum_scale_denominator=None, minimum_scale_denominator=0.0
            )
            made = copy.copy(one)  # shapes that are generalised already are shared
            rules = one.style.rules
            if one.layer == ZONES:
                rules = tuple(
                    replace(rule, label_priority=label.priority) if _of_the_past(rule) else rule for rule in rules
                )
            made.style = replace(one.style, label=named, rules=rules)
            found.append(made)
        else:
            found.append(one)
    return found


def _of_the_past(rule: Rule) -> bool:
    """Whether the rule shows lifted zones: they warn of nothing, and their names make room."""
    return rule.where is not None and rule.where.field == "state" and rule.where.values == (lifted(),)


def tell_lost_names(unplaced: Sequence[LabelSource], report: PublishReport) -> None:
    """Say which names are not on the map. A table's route that can't be found on it is a problem."""
    routes, others = _lost_ways(unplaced)
    report.problems += routes
    report.notes += [*others, *_lost_names(unplaced)]


def _lost_ways(unplaced: Sequence[LabelSource]) -> tuple[list[str], list[str]]:
    """Sentences about routes, and about zones and shelters."""
    kinds = (
        (ROUTES, _("{count} 条路线的编号没有地方写，图上没有：{names}。请把图放大，或者换大一些的纸。")),
        (ZONES, _("{count} 个危险区的名称没有地方写，图上没有：{names}。请把图放大，或者换大一些的纸。")),
        (SHELTERS, _("{count} 个避险安置点的名称没有地方写，图上没有：{names}。请把图放大，或者换大一些的纸。")),
    )
    found: dict[str, list[str]] = {ROUTES: [], ZONES: [], SHELTERS: []}
    for layer, words in kinds:
        names = [one.text for one in unplaced if one.layer == layer and one.label.priority >= FIRST]
        if names:
            told = "、".join(_brief(one) for one in names)
            found[layer].append(words.format(count=len(names), names=told))
    return found[ROUTES], [*found[ZONES], *found[SHELTERS]]


def _lost_names(unplaced: Sequence[LabelSource]) -> list[str]:
    """The sentence about all other names that found no room."""
    others = [one.text for one in unplaced if one.layer not in _FIRST or one.label.priority < FIRST]
    if not others:
        return []
    names = list(dict.fromkeys(others))
    told = "、".join(_brief(one) for one in names[:_NAMES_TOLD]) + (_(" 等") if len(names) > _NAMES_TOLD else "")
    return [_("{count} 个名称没有地方写，没有印在图上：{names}。").format(count=len(others), names=told)]


def _brief(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
