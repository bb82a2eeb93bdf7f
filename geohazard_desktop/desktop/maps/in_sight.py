"""What was changed is seen: the map goes there, when it lies outside of what is in sight."""

from collections.abc import Collection, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.cartography.viewport import Bounds, Viewport
from geohazard_desktop.editing.locks import edit_is_of_values
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Delta, Edit, Feature

_MOST = 200  # changed features that are looked at
_EDGE = 0.06  # of the map's size: what only touches its edge is not seen


def changed_shapes(deltas: Sequence[Delta], layers: Collection[str]) -> list[BaseGeometry]:
    """What a step changed, as shapes: where only a stretch of a border moved, that stretch; else the whole feature."""
    found: list[BaseGeometry] = []
    for one in deltas[:_MOST]:
        if one.layer not in layers:
            continue
        sides = [side.geometry for side in (one.before, one.after) if side is not None and side.geometry is not None]
        sides = [side for side in sides if not side.is_empty and measurable(side)]
        if len(sides) == 2 and all(side.is_valid for side in sides) and not sides[0].equals_exact(sides[1], 0.0):
            difference = shapely.symmetric_difference(*sides)
            found.append(difference if not difference.is_empty else sides[1])
        else:
            found += sides[-1:]
    return found


def seen(viewport: Viewport, shapes: Sequence[BaseGeometry]) -> bool:
    """Whether some of `shapes` lies in the view, and not on its very edge. True where there is nothing to see."""
    west, south, east, north = viewport.bounds
    across, up = (east - west) * _EDGE, (north - south) * _EDGE
    view = shapely.box(west + across, south + up, east - across, north - up)
    return not shapes or any(one.intersects(view) for one in shapes)


def looking_at(viewport: Viewport, shapes: Sequence[BaseGeometry]) -> Viewport:
    """The view from which `shapes` are seen: the same where they are already, else moved, and farther out only where
    they don't fit."""
    if seen(viewport, shapes):
        return viewport
    bounds: Bounds = tuple(float(one) for one in shapely.total_bounds(shapes))  # type: ignore[assignment]
    west, south, east, north = viewport.bounds
    fits = bounds[2] - bounds[0] < 0.8 * (east - west) and bounds[3] - bounds[1] < 0.8 * (north - south)
    if fits:
        return viewport.centred((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
    return viewport.fitted(bounds, margin=0.2)


def unseen(viewport: Viewport, edit: Edit, definitions: Mapping[str, LayerDefinition]) -> list[Feature]:
    """The features that an edit would reshape, where none of them can be seen; nothing where one can, or where only
    fields change. What is new or goes is told of in other ways."""
    if edit_is_of_values(edit):
        return []
    touched = [one.before for one in edit.deltas if one.before is not None and one.after is not None]
    touched = [one for one in touched if one.geometry is not None and not definitions[one.layer].helper]
    shapes = [one.geometry for one in touched if one.geometry is not None]
    return [] if seen(viewport, shapes) else touched
