"""What lies under the pointer or inside a box: points first, then lines, then polygons, the smallest first."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.editing.tool import Bounds, Key, Place
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Hit:
    """One feature under the pointer. `metres` is its distance, `size` its area."""

    layer: str
    uid: str
    rank: int
    metres: float
    size: float

    @property
    def key(self) -> Key:
        return self.layer, self.uid


def hits(ws: Workspace, layers: Sequence[str], place: Place, tolerance: float) -> list[Hit]:
    """Features of `layers` within `tolerance` metres of `place`, best first.

    A point lies above a line above a polygon, or nobody could pick a house in a zone; among polygons the smallest
    wins, or nobody could pick a zone in the district. Layers earlier in the list win ties.
    """
    east, north = place
    box = (east - tolerance, north - tolerance, east + tolerance, north + tolerance)
    pointer = Point(place)
    found: list[tuple[tuple[float, ...], Hit]] = []
    for order, layer in enumerate(layers):
        if layer not in ws.definitions or ws.definitions[layer].geometry == "none":
            continue
        rank = {"point": 0, "line": 1, "polygon": 2}[ws.definitions[layer].geometry]
        table = ws.table(layer, bounds=box)
        distances = shapely.distance(table.geometries, pointer)
        for index, metres in enumerate(distances):
            if not metres <= (tolerance if rank < 2 else 0.0):  # NaN (no geometry) is no hit
                continue
            size = float(table.geometries[index].area)
            hit = Hit(layer, table.uids[index], rank, float(metres), size)
            found.append(((rank, size if rank == 2 else metres, order), hit))
    return [hit for _sort, hit in sorted(found, key=lambda one: one[0])]


def hits_in_box(ws: Workspace, layers: Sequence[str], box: Bounds, *, whole: bool) -> list[Key]:
    """Features inside a box (metres): those wholly inside, or (whole=False) all that it touches."""
    area = shapely.box(*box)
    shapely.prepare(area)
    found: list[Key] = []
    for layer in layers:
        if layer not in ws.definitions or ws.definitions[layer].geometry == "none":
            continue
        table = ws.table(layer, bounds=box)
        inside = shapely.covers(area, table.geometries) if whole else shapely.intersects(area, table.geometries)
        found += [(layer, table.uids[index]) for index, hit in enumerate(inside) if hit]
    return found


def hits_in_area(ws: Workspace, layers: Sequence[str], area: BaseGeometry, *, whole: bool) -> list[Key]:
    """Features that a drawn area touches but that don't wholly contain it, or (whole=True) those wholly inside."""
    shapely.prepare(area)
    found: list[Key] = []
    for layer in layers:
        if layer not in ws.definitions or ws.definitions[layer].geometry == "none":
            continue
        table = ws.table(layer, bounds=area.bounds)
        if whole:
            hit = shapely.covers(area, table.geometries)
        else:
            hit = shapely.intersects(area, table.geometries) & ~shapely.covers(table.geometries, area)
        found += [(layer, table.uids[index]) for index, is_hit in enumerate(hit) if is_hit]
    return found
