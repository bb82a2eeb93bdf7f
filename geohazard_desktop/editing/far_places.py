"""Coordinates that are hardly meant, whatever way they come in (typed, in the corner table, pasted): outside the
district, or such that a shape grows out of all measure. They are questioned, never refused."""

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.drawing_rules import growth_rule
from geohazard_desktop.editing.judgement import length_words
from geohazard_desktop.editing.tool import Place
from geohazard_desktop.workspace.edits import VertexRef, vertices_of
from geohazard_desktop.workspace.own_district import own_districts
from geohazard_desktop.workspace.workspace import Workspace


def district_of(ws: Workspace) -> BaseGeometry | None:
    """The district as one shape; None where the workspace holds none."""
    if "district" not in ws.definitions:
        return None
    shapes = [one.geometry for one in own_districts(ws) if one.geometry is not None and not one.geometry.is_empty]
    return shapely.union_all(shapely.make_valid(shapes)) if shapes else None


def outside_words(district: BaseGeometry | None, places: Sequence[Place]) -> str:
    """A sentence where one of `places` (metres of the workspace's CRS) lies outside the district; how far the farthest
    of several does. "" where all lie inside, or no district is known."""
    if district is None or not places:
        return ""
    metres = shapely.distance(district, shapely.points(list(places)))
    outside = metres[metres > 0]
    if not len(outside):
        return ""
    away = length_words(float(outside.max()))
    if len(places) == 1:
        return _("这一点在本区范围外 {away}。").format(away=away)
    return _("{count} 个点在本区范围外，最远的离 {away}。").format(count=len(outside), away=away)


def growth_words(geometry: BaseGeometry | None, moved: Mapping[VertexRef, Place]) -> str:
    """A sentence where moving corners of `geometry` makes its outline, or the line, many times as long."""
    if geometry is None or geometry.geom_type.endswith("Point"):
        return ""
    corners = dict(vertices_of(geometry))
    rings: dict[tuple[int, int], list[tuple[int, Place, Place]]] = {}
    for ref, place in corners.items():
        rings.setdefault((ref.part, ref.ring), []).append((ref.corner, place, moved.get(ref, place)))
    closed = geometry.geom_type.endswith("Polygon")
    before = after = 0.0
    for found in rings.values():
        ordered = sorted(found)
        before += _length([one[1] for one in ordered], closed=closed)
        after += _length([one[2] for one in ordered], closed=closed)
    if before <= 0 or after <= before * growth_rule().times:
        return ""
    what = _("周长") if closed else _("长度")
    return _("{what}会从 {before}变成 {after}。").format(
        what=what, before=length_words(before), after=length_words(after)
    )


def _length(places: Sequence[Place], *, closed: bool) -> float:
    line = [*places, places[0]] if closed else list(places)
    return float(shapely.LineString(line).length) if len(line) > 1 else 0.0
