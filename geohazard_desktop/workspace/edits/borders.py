"""What a new or changed shape does to its neighbours: corners that land on their borders become theirs too (共用边),
and an area can be cut by the areas around it (避免重叠). Both take an edit and return it completed, still one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.nodes import corners_of, welded, with_corners
from geohazard_desktop.workspace.edits.validity import refuse_faulty
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature

NOISE_M2 = 0.01  # an overlap below a hand's breadth square comes from rounding, not from a hand


@dataclass(frozen=True, slots=True)
class Cut:
    """What was cut off `feature`: by whom, and how much (m² on the plane)."""

    feature: Feature
    by: tuple[Feature, ...]
    area_m2: float


def reshaped(definitions: Definitions, edit: Edit) -> list[Delta]:
    """The deltas of `edit` that make or change a line's or an area's shape, those of helper layers left out."""
    return [
        one
        for one in edit.deltas
        if one.after is not None
        and one.after.geometry is not None
        and not one.after.geometry.is_empty
        and definitions[one.layer].geometry in ("polygon", "line")
        and not definitions[one.layer].helper
        and not (
            one.before is not None
            and one.before.geometry is not None
            and one.before.geometry.equals_exact(one.after.geometry, 0.0)
        )
    ]


def share_borders(definitions: Definitions, edit: Edit, neighbours: Sequence[Feature]) -> Edit:
    """`edit` with the corners of what it draws put into the borders that they lie on, and the neighbours' corners into
    what it draws. `neighbours` are features of the same layers, as they are before the edit.

    Raises EditRefused when a neighbour's shape would become faulty.
    """
    state = {(one.layer, one.uid): one for one in edit.deltas}
    now = {(one.layer, one.uid): one for one in neighbours if one.geometry is not None and not one.geometry.is_empty}
    now |= {key: one.after for key, one in state.items() if one.after is not None and one.after.geometry is not None}
    for key, one in state.items():
        if one.after is None:
            now.pop(key, None)
    touched: dict[tuple[str, str], None] = {}
    for delta in reshaped(definitions, edit):
        key = (delta.layer, delta.uid)
        kind = definitions[delta.layer].geometry
        beside = _beside(now[key], [one for other, one in now.items() if other != key and other[0] == delta.layer])
        if not beside:
            continue
        theirs = np.vstack([corners_of(one.geometry) for one in beside])
        own = now[key]
        for change in (welded, with_corners):
            better = change(kind, own.geometry, theirs) if own.geometry is not None else None
            if better is not None and (better.is_valid or not own.geometry.is_valid):  # type: ignore[union-attr]
                own = own.with_geometry(better)
        now[key] = own
        mine = corners_of(own.geometry)
        for other in beside:
            better = with_corners(kind, other.geometry, mine) if other.geometry is not None else None
            if better is not None:
                there = (other.layer, other.uid)
                if other.geometry is not None and other.geometry.is_valid:
                    refuse_faulty(kind, better, called(definitions, other))
                now[there] = other.with_geometry(better)
                touched[there] = None
    return _completed(edit, now, list(touched), neighbours)


def _completed(
    edit: Edit,
    now: dict[tuple[str, str], Feature],
    touched: Sequence[tuple[str, str]],
    neighbours: Sequence[Feature],
) -> Edit:
    """The edit with each delta's `after` as it is `now`, and the neighbours that got corners."""
    own = {(one.layer, one.uid) for one in edit.deltas}
    deltas = [
        one if one.after is None else Delta(one.layer, one.uid, one.before, now.get((one.layer, one.uid), one.after))
        for one in edit.deltas
    ]
    before = {(one.layer, one.uid): one for one in neighbours}
    more = [Delta(*key, before[key], now[key]) for key in touched if key not in own and key in before]
    words = edit.words
    if more:
        words += _("，共用边上给 {count} 个相邻要素补拐点").format(count=len(more))
    return Edit(words, [*deltas, *more])


def _beside(feature: Feature, others: Iterable[Feature]) -> list[Feature]:
    """Those of `others` whose box meets the feature's."""
    west, south, east, north = feature.geometry.bounds  # type: ignore[union-attr]
    found = []
    for one in others:
        if one.geometry is not None and not one.geometry.is_empty:
            w, s, e, n = one.geometry.bounds
            if w <= east + 1 and e >= west - 1 and s <= north + 1 and n >= south - 1:
                found.append(one)
    return found


def cut_overlaps(definitions: Definitions, edit: Edit, neighbours: Sequence[Feature]) -> tuple[Edit, list[Cut]]:
    """`edit` with each area that it makes or changes cut by `neighbours` (areas as they are before the edit; those that
    the edit itself changes don't cut). Raises EditRefused when nothing would be left of one."""
    own = {(one.layer, one.uid) for one in edit.deltas}
    areas = [
        one
        for one in neighbours
        if (one.layer, one.uid) not in own
        and one.geometry is not None
        and one.geometry.geom_type.endswith("Polygon")
        and one.geometry.is_valid
    ]
    changed_ones = {(one.layer, one.uid) for one in reshaped(definitions, edit)}
    cuts: list[Cut] = []
    deltas: list[Delta] = []
    for delta in edit.deltas:
        after = delta.after
        if after is None or (delta.layer, delta.uid) not in changed_ones or not _is_area(after.geometry):
            deltas.append(delta)
            continue
        cut = _cut(definitions, after, _beside(after, areas))
        if cut is None:
            deltas.append(delta)
            continue
        after, told = cut
        cuts.append(told)
        deltas.append(Delta(delta.layer, delta.uid, delta.before, after))
    if not cuts:
        return edit, []
    by = {(one.layer, one.uid): one for cut in cuts for one in cut.by}
    words = _("，切去与{names}重叠的部分").format(names=_between(called_all(definitions, list(by.values()))))
    return Edit(edit.words + words, deltas), cuts


def _is_area(geometry: BaseGeometry | None) -> bool:
    return geometry is not None and geometry.geom_type.endswith("Polygon") and bool(geometry.is_valid)


def _cut(definitions: Definitions, feature: Feature, beside: Sequence[Feature]) -> tuple[Feature, Cut] | None:
    geometry = feature.geometry
    assert geometry is not None
    by = tuple(one for one in beside if geometry.intersection(one.geometry).area > NOISE_M2)
    if not by:
        return None
    rest = geometry.difference(shapely.union_all([one.geometry for one in by]))
    parts = [one for one in shapely.get_parts(rest) if one.geom_type == "Polygon" and one.area > NOISE_M2]
    if not parts:
        raise EditRefused(
            _("{name}全在{names}里面，避免重叠后什么都不剩，没有存。").format(
                name=followed(called(definitions, feature)), names=_between(called_all(definitions, by))
            ),
            _("请画到外面去，或关掉“避免重叠”再画。"),
        )
    left = shapely.MultiPolygon(parts)
    return feature.with_geometry(left), Cut(feature, by, float(geometry.area - left.area))


def _between(name: str) -> str:
    """`name` with Chinese text on both sides."""
    return followed(led(name))
