"""Shared borders stay shared: what is done to a corner is done to the neighbours' corner at exactly the same place.

`neighbours` are other features that may share a border (usually of the same layer, near the change). Corners are
compared exactly: one that only lies close by is not shared, and snapping is what makes it so. Where a corner lies on a
neighbour's edge, or a neighbour's corner on an edge that moves, both sides get it first: else a gap would open.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import shapely

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.nodes import ON_EDGE_M, with_corners
from geohazard_desktop.workspace.edits.vertices import (
    Place,
    VertexRef,
    add_vertex,
    delete_vertex,
    move_vertex,
    rings_of,
    vertices_of,
)
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature

Edges = list[tuple[Place, Place]]


class Corners(NamedTuple):
    """Corners of one feature that are to go."""

    feature: Feature
    refs: frozenset[VertexRef]


class Moves(NamedTuple):
    """Corners of one feature with their new places."""

    feature: Feature
    to: Mapping[VertexRef, Place]


def move_shared(
    definitions: Definitions, feature: Feature, moves: Mapping[VertexRef, Place], neighbours: Sequence[Feature]
) -> Edit:
    """Like `move_vertex`, taking the neighbours' corners along. Raises EditRefused when any shape would be faulty."""
    return move_corners(definitions, [Moves(feature, moves)], neighbours)


def move_corners(definitions: Definitions, moves: Sequence[Moves], neighbours: Sequence[Feature]) -> Edit:
    """Corners of one or several features, moved in one step, taking the corners of `neighbours` along (those of the
    features themselves, too, where others stand at the same places)."""
    own = {(one.feature.layer, one.feature.uid): one for one in moves}
    if not neighbours:
        found = [move_vertex(definitions, one.feature, one.to).deltas[0] for one in moves]
        return Edit(_words(definitions, moves), found)
    targets: dict[Place, Place] = {}
    for one in moves:
        places = dict(vertices_of(one.feature.geometry))
        targets |= {places[ref]: place for ref, place in one.to.items() if ref in places}
    edges = {key: _edges_at(one.feature, one.to) for key, one in own.items()}
    ends = np.array(sorted({end for some in edges.values() for edge in some for end in edge})).reshape(-1, 2)
    around = {(one.layer, one.uid): one for one in neighbours if one.geometry is not None}
    around |= {key: one.feature for key, one in own.items()}
    deltas: dict[tuple[str, str], Delta] = {}
    for key, feature in around.items():
        places_on = _on_edges(edges.get(key, []), [one for other, one in around.items() if other != key])
        kind = definitions[feature.layer].geometry
        wanted = np.vstack([ends, places_on])
        noded = with_corners(kind, feature.geometry, wanted) if feature.geometry is not None else None
        now = feature if noded is None else feature.with_geometry(noded)
        to = refs_at(now, targets)
        if to:
            after = move_vertex(definitions, now, to).deltas[0].after
            deltas[key] = Delta(*key, feature, after)
    first = [deltas.pop(key) for key in own if key in deltas]
    return Edit(_words(definitions, moves) + _along_words(list(deltas.values())), [*first, *deltas.values()])


def refs_at(feature: Feature, targets: Mapping[Place, Place]) -> dict[VertexRef, Place]:
    """The feature's corners that stand exactly at one of `targets`, with what is said of that place there."""
    if feature.geometry is None or not targets:
        return {}
    wanted = np.array([complex(*place) for place in targets])
    found: dict[VertexRef, Place] = {}
    for part, rings in enumerate(rings_of(feature.geometry)):
        for ring, corners in enumerate(rings):
            for corner in np.flatnonzero(np.isin(corners[:, 0] + 1j * corners[:, 1], wanted)).tolist():
                place = float(corners[corner, 0]), float(corners[corner, 1])
                found[VertexRef(part, ring, corner)] = targets[place]
    return found


def _edges_at(feature: Feature, refs: Collection[VertexRef]) -> Edges:
    """The edges that start or end at one of `refs`."""
    found: Edges = []
    if feature.geometry is None or feature.geometry.geom_type.endswith("Point"):
        return found
    closed = feature.geometry.geom_type.endswith("Polygon")
    rings = rings_of(feature.geometry)
    for ref in refs:
        if not (ref.part < len(rings) and ref.ring < len(rings[ref.part])):
            continue
        corners = rings[ref.part][ref.ring]
        for first in (ref.corner - 1, ref.corner):
            if closed:
                pair = corners[first % len(corners)], corners[(first + 1) % len(corners)]
            elif 0 <= first < len(corners) - 1:
                pair = corners[first], corners[first + 1]
            else:
                continue
            found.append(((float(pair[0][0]), float(pair[0][1])), (float(pair[1][0]), float(pair[1][1]))))
    return found


def _on_edges(edges: Edges, others: Sequence[Feature]) -> np.ndarray:
    """Corners of `others` that lie on one of `edges` (n, 2)."""
    shapes = [one.geometry for one in others if one.geometry is not None]
    if not edges or not shapes:
        return np.empty((0, 2))
    corners = np.unique(shapely.get_coordinates(shapes), axis=0)
    found = []
    for start, end in (np.array(edge) for edge in edges):
        along = end - start
        length = float(np.hypot(*along))
        if length == 0:
            continue
        gap = corners - start
        fraction = gap @ along / length**2
        across = np.abs(gap[:, 0] * along[1] - gap[:, 1] * along[0]) / length
        found.append(corners[(fraction > 0) & (fraction < 1) & (across <= ON_EDGE_M)])
    return np.vstack(found) if found else np.empty((0, 2))


def add_shared(
    definitions: Definitions, feature: Feature, ref: VertexRef, place: Place, neighbours: Sequence[Feature]
) -> Edit:
    """Like `add_vertex`; a neighbour with the same edge gets the corner too."""
    edge = _edge_before(feature, ref)
    own = add_vertex(definitions, feature, ref, place)
    along: list[Delta] = []
    for other in neighbours:
        if other.uid != feature.uid and other.geometry is not None:
            found = None if edge is None else _same_edge(other, edge)
            if found is not None:
                along += add_vertex(definitions, other, found, place).deltas
    return Edit(own.words + _along_words(along), [*own.deltas, *along])


def delete_shared(
    definitions: Definitions, feature: Feature, refs: Collection[VertexRef], neighbours: Sequence[Feature]
) -> Edit:
    """Like `delete_vertex`; the neighbours' corners at these places go too."""
    return delete_corners(definitions, [Corners(feature, frozenset(refs))], neighbours)


def delete_corners(definitions: Definitions, gone: Sequence[Corners], neighbours: Sequence[Feature]) -> Edit:
    """Corners of one or several features taken out in one step, and the neighbours' at these places.

    Raises EditRefused naming the feature that would be left with too few.
    """
    deltas: list[Delta] = []
    words: list[str] = []
    places = {place for one in gone for ref, place in vertices_of(one.feature.geometry) if ref in one.refs}
    here = dict.fromkeys(places, (0.0, 0.0))
    for one in gone:
        edit = delete_vertex(definitions, one.feature, refs_at(one.feature, here) if neighbours else one.refs)
        deltas += edit.deltas
        words.append(edit.words)
    own = {(one.feature.layer, one.feature.uid) for one in gone}
    along: list[Delta] = []
    for other in neighbours:
        if (other.layer, other.uid) not in own and other.geometry is not None:
            refs = list(refs_at(other, here))
            along += delete_vertex(definitions, other, refs).deltas if refs else ()
    if len(gone) > 1:
        names = led(followed(called_all(definitions, [one.feature for one in gone])))
        count = sum(len(one.refs) for one in gone)
        words = [_("删除{names}的 {count} 个拐点").format(names=names, count=count)]
    return Edit(words[0] + _along_words(along), [*deltas, *along])


def _words(definitions: Definitions, moves: Sequence[Moves]) -> str:
    count = sum(len(one.to) for one in moves)
    if not count:
        raise EditRefused(_("没有选中拐点。"), _("请先选中要移动的拐点。"))
    features = [one.feature for one in moves]
    name = called(definitions, features[0]) if len(features) == 1 else led(called_all(definitions, features))
    return _("移动{name}的 {count} 个拐点").format(name=followed(name), count=count)


def _along_words(along: Sequence[Delta]) -> str:
    return _("，连同 {count} 个相邻要素的共用边").format(count=len(along)) if along else ""


def _edge_before(feature: Feature, ref: VertexRef) -> tuple[Place, Place] | None:
    """The two ends of the edge into which a corner numbered `ref` is put; None beyond a line's ends."""
    if feature.geometry is None:
        return None
    corners = rings_of(feature.geometry)[ref.part][ref.ring]
    closed = feature.geometry.geom_type.endswith("Polygon")
    if not closed and not 0 < ref.corner < len(corners):
        return None
    first, second = corners[(ref.corner - 1) % len(corners)], corners[ref.corner % len(corners)]
    return (float(first[0]), float(first[1])), (float(second[0]), float(second[1]))


def _same_edge(other: Feature, edge: tuple[Place, Place]) -> VertexRef | None:
    """The number that a corner on `edge` gets in `other`, in whichever direction it runs there."""
    if other.geometry is None:
        return None
    closed = other.geometry.geom_type.endswith("Polygon")
    for part, rings in enumerate(rings_of(other.geometry)):
        for ring, corners in enumerate(rings):
            places = [(float(one[0]), float(one[1])) for one in corners]
            count = len(places) if closed else len(places) - 1
            for index in range(count):
                ends = places[index], places[(index + 1) % len(places)]
                if edge in (ends, ends[::-1]):
                    return VertexRef(part, ring, index + 1)
    return None
