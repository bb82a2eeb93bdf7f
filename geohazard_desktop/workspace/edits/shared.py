"""Shared borders stay shared: what is done to a corner is done to the neighbours' corner at exactly the same place.

`neighbours` are other features that may share a border (usually of the same layer, near the change). Places are
compared exactly: a corner that only lies close by is not shared, and snapping is what makes it so.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.vertices import (
    Place,
    VertexRef,
    add_vertex,
    delete_vertex,
    move_vertex,
    rings_of,
    vertices_of,
)
from geohazard_desktop.workspace.edits.wording import Definitions
from geohazard_desktop.workspace.feature import Delta, Edit, Feature


def move_shared(
    definitions: Definitions, feature: Feature, moves: Mapping[VertexRef, Place], neighbours: Sequence[Feature]
) -> Edit:
    """Like `move_vertex`, taking the neighbours' corners along. Raises EditRefused when any shape would be faulty."""
    old = dict(vertices_of(feature.geometry))
    targets = {old[ref]: place for ref, place in moves.items() if ref in old}

    def along(other: Feature) -> Edit | None:
        own = {ref: targets[place] for ref, place in vertices_of(other.geometry) if place in targets}
        return move_vertex(definitions, other, own) if own else None

    return _with_neighbours(move_vertex(definitions, feature, moves), feature, neighbours, along)


def add_shared(
    definitions: Definitions, feature: Feature, ref: VertexRef, place: Place, neighbours: Sequence[Feature]
) -> Edit:
    """Like `add_vertex`; a neighbour with the same edge gets the corner too."""
    edge = _edge_before(feature, ref)

    def along(other: Feature) -> Edit | None:
        found = None if edge is None else _same_edge(other, edge)
        return None if found is None else add_vertex(definitions, other, found, place)

    return _with_neighbours(add_vertex(definitions, feature, ref, place), feature, neighbours, along)


def delete_shared(
    definitions: Definitions, feature: Feature, refs: Collection[VertexRef], neighbours: Sequence[Feature]
) -> Edit:
    """Like `delete_vertex`; the neighbours' corners at these places go too."""
    gone = {place for ref, place in vertices_of(feature.geometry) if ref in set(refs)}

    def along(other: Feature) -> Edit | None:
        own = [ref for ref, place in vertices_of(other.geometry) if place in gone]
        return delete_vertex(definitions, other, own) if own else None

    return _with_neighbours(delete_vertex(definitions, feature, refs), feature, neighbours, along)


def _with_neighbours(
    edit: Edit, feature: Feature, neighbours: Iterable[Feature], along: Callable[[Feature], Edit | None]
) -> Edit:
    deltas: list[Delta] = list(edit.deltas)
    for other in neighbours:
        if other.uid != feature.uid and other.geometry is not None:
            found = along(other)
            deltas += found.deltas if found else ()
    count = len(deltas) - len(edit.deltas)
    words = edit.words + (_("，连同 {count} 个相邻要素的共用边").format(count=count) if count else "")
    return Edit(words, deltas)


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
