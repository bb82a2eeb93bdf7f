"""Choosing without a pointer: the other way round, what meets the selected ones, what lies inside them."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.delete import BASE_GROUP
from geohazard_desktop.editing.tool import Key
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


def all_of(ws: Workspace, layers: Iterable[str]) -> list[Key]:
    """Every feature of `layers`."""
    return [(layer, uid) for layer in layers if layer in ws.definitions for uid in ws.attributes(layer).uids]


def inverted(ws: Workspace, selection: Sequence[Key], layer: str) -> list[Key]:
    """The features of the selected ones' layers (of `layer` where nothing is selected) that are not selected."""
    layers = list(dict.fromkeys(one for one, _uid in selection)) or [layer]
    chosen = set(selection)
    return [key for key in all_of(ws, layers) if key not in chosen]


def meeting(ws: Workspace, layers: Iterable[str], selection: Sequence[Feature]) -> list[Key]:
    """Features of `layers` that touch one of the selected ones, these left out. Maps of the base are: a boundary meets
    everything. Raises EditRefused where none of the selected ones has a shape."""
    shapes = _shapes(selection, _("请先选中一个或几个有图形的要素。"))
    return _related(ws, layers, selection, shapes, shapely.intersects)


def inside(ws: Workspace, layers: Iterable[str], selection: Sequence[Feature]) -> list[Key]:
    """Features of `layers` that lie wholly in the selected areas, likewise. Raises EditRefused without an area."""
    areas = [one for one in selection if ws.definitions[one.layer].geometry == "polygon"]
    shapes = _shapes(areas, _("请先选中一个面，比如一个危险区。"))
    return _related(ws, layers, selection, shapes, shapely.covers)


def _shapes(features: Sequence[Feature], remedy: str) -> BaseGeometry:
    shapes = [one.geometry for one in features if one.geometry is not None and not one.geometry.is_empty]
    if not shapes:
        raise EditRefused(_("选中的里面没有可以拿来比的图形。"), remedy)
    return shapely.union_all(shapely.make_valid(shapes))


def _related(
    ws: Workspace,
    layers: Iterable[str],
    selection: Sequence[Feature],
    shape: BaseGeometry,
    relation: Callable[[BaseGeometry, NDArray[np.object_]], NDArray[np.bool_]],
) -> list[Key]:
    chosen = {(one.layer, one.uid) for one in selection}
    shapely.prepare(shape)
    found: list[Key] = []
    for layer in layers:
        definition = ws.definitions.get(layer)
        if definition is None or definition.geometry == "none" or definition.group == BASE_GROUP:
            continue
        table = ws.table(layer, bounds=shape.bounds)
        hit = relation(shape, table.geometries)
        found += [(layer, uid) for uid, is_hit in zip(table.uids, hit, strict=True) if is_hit]
    return [key for key in found if key not in chosen]
