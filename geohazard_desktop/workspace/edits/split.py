"""Cutting areas and lines along a drawn line. The largest piece stays the feature; the others are new ones."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.edits.precision import (
    REACH,
    corner_set,
    new_corners,
    noded,
    numbered_like,
    reached,
    refuse_unusable,
    settled,
)
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value, changed, inserted, new_uid

# Values for the new pieces of a feature, one mapping a piece (their numbers above all).
Fresh = Callable[[Feature, int], Sequence[Mapping[str, Value]]]

# What was counted on the whole is true of no piece; copied, it would be counted twice. Widths and depths hold on.
_COUNTED = frozenset({"人", "户", "个", "份", "万元", "m²", "m³"})


def no_numbers(_feature: Feature, count: int) -> Sequence[Mapping[str, Value]]:
    """Pieces without numbers."""
    return [{}] * count


def split(
    definitions: Definitions,
    features: Sequence[Feature],
    line: BaseGeometry,
    *,
    fresh: Fresh = no_numbers,
    neighbours: Sequence[Feature] = (),
) -> Edit:
    """Cut every feature that `line` (a LineString; metres) crosses; the others stay as they are.

    The largest piece keeps uid, number and what refers to it, parts that the line does not cross stay with it. New
    pieces take the values over but for those that were counted on the whole, and a state that a register bears out.
    Raises EditRefused when nothing is crossed, or a piece would be a sliver.
    """
    deltas: list[Delta] = []
    cut: list[Feature] = []
    pieces = 0
    for one in features:
        found = split_pieces(definitions, one, line)
        if len(found) < 2:
            continue
        cut.append(one)
        pieces += len(found)
        deltas.append(changed(one, one.with_geometry(found[0])))
        given = fresh(one, len(found) - 1)
        for geometry, values in zip(found[1:], given, strict=True):
            own = {**piece_values(definitions[one.layer], one), **values}
            deltas.append(inserted(Feature(one.layer, new_uid(), geometry, own)))
    if not cut:
        raise EditRefused(
            _("这条线没有穿过{names}。").format(
                names=called_all(definitions, features) if features else _("要分割的要素")
            ),
            _("请从一侧的外面画到另一侧的外面，再按回车。"),
        )
    known = corner_set(one.geometry for one in cut)
    places = new_corners([one.after.geometry for one in deltas if one.after is not None], known)
    deltas += noded(definitions, places, [one for one in neighbours if one.uid not in {its.uid for its in cut}])
    return Edit(_words(definitions, cut, pieces), deltas)


def _words(definitions: Definitions, cut: Sequence[Feature], pieces: int) -> str:
    if len(cut) == 1:
        return _("分割{name}为 {count} 个").format(name=followed(called(definitions, cut[0])), count=pieces)
    return _("分割 {names}为 {count} 个").format(names=called_all(definitions, cut), count=pieces)


def piece_values(definition: LayerDefinition, feature: Feature) -> dict[str, Value]:
    """What a new piece takes over from the feature it was cut from."""
    values = dict(feature.values)
    for field in left_out(definition):
        values[field.name] = field.default
    values["id"] = None
    return values


def left_out(definition: LayerDefinition) -> list[FieldDefinition]:
    """Fields that a new piece does not take over: counted on the whole, or borne out by a register."""
    counted = [one for one in definition.fields if one.type in ("integer", "real") and one.unit in _COUNTED]
    state = [one for one in definition.fields if (definition.table, one.name) == ("danger_zone", "state")]
    return counted + state


def split_pieces(definitions: Definitions, feature: Feature, line: BaseGeometry) -> list[BaseGeometry]:
    """The pieces of a feature as Multi geometries, the largest first; fewer than two when the line does not cross."""
    kind = definitions[feature.layer].geometry
    if (
        feature.geometry is None
        or kind not in ("polygon", "line")
        or not feature.geometry.intersects(line.buffer(0.01))
    ):
        return []
    cut = _areas if kind == "polygon" else _lines
    whole: list[BaseGeometry] = []
    pieces: list[BaseGeometry] = []
    for part in shapely.get_parts(feature.geometry):
        found = cut(part, line)
        if len(found) > 1:
            pieces += found
        else:
            whole.append(part)
    if not pieces:
        return []
    known = corner_set([feature.geometry])
    pieces = [settled(one, known) for one in pieces]
    pieces.sort(key=lambda one: one.area if kind == "polygon" else one.length, reverse=True)
    multi = shapely.multipolygons if kind == "polygon" else shapely.multilinestrings
    name = called(definitions, feature)
    for one in pieces:
        refuse_unusable(kind, one, name)
    shapes = [multi([pieces[0], *whole]), *(multi([one]) for one in pieces[1:])]
    return shapes if kind == "line" else [numbered_like(one, feature.geometry) for one in shapes]


def _areas(part: BaseGeometry, line: BaseGeometry) -> list[BaseGeometry]:
    border = part.boundary
    noded_lines = shapely.union_all([border, reached(line, border)])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded_lines)))
    return [face for face in faces if part.contains(face.representative_point())]


def _lines(part: BaseGeometry, line: BaseGeometry) -> list[BaseGeometry]:
    """Cut side by side, so that a line that crosses itself is cut where the pen crossed it, in its own direction."""
    corners = shapely.get_coordinates(part)
    pieces: list[list[tuple[float, float]]] = [[tuple(corners[0])]]
    ends = {tuple(corners[0]), tuple(corners[-1])}
    for start, end in pairwise(corners):
        for place in _crossings(LineString([start, end]), line):
            if all(Point(one).distance(Point(place)) > REACH for one in ends):
                pieces[-1].append(place)
                pieces.append([place])
        pieces[-1].append(tuple(end))
    made = [shapely.remove_repeated_points(LineString(one)) for one in pieces if len(one) > 1]
    return [one for one in made if one.length > 0]


def _crossings(side: BaseGeometry, line: BaseGeometry) -> list[tuple[float, float]]:
    """Where `line` crosses or touches a side, in the side's direction; the side's far end counts to the next side."""
    corners = shapely.get_coordinates(line)
    places = list(shapely.get_coordinates(side.intersection(line)))
    places += [one for one in corners if side.distance(Point(one)) <= REACH]
    along = sorted({round(float(side.project(Point(one))), 4) for one in places})
    kept: list[float] = []
    for one in along:
        if (not kept or one - kept[-1] > REACH) and one < side.length - REACH / 10:
            kept.append(one)
    found = [side.interpolate(one) for one in kept]
    return [(float(one.x), float(one.y)) for one in found]


def sizes(kind: str, pieces: Sequence[BaseGeometry]) -> list[float]:
    """Areas (m²) or lengths (m) of pieces, for the label beside the pen."""
    return [float(np.round(one.area if kind == "polygon" else one.length, 3)) for one in pieces]
