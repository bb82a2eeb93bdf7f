"""What lies under the pointer or inside a box: points first, then lines, then polygons, the smallest first; but what
is drawn below a danger zone or a route comes after it."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import planar_distance
from geohazard_desktop.editing.tool import CLICK_PIXELS, Bounds, Key, Place, ToolContext, ToolEvent
from geohazard_desktop.workspace.workspace import Workspace

_DRAWN_HERE = ("danger_zone", "evacuation_route")  # what the officer came for
_SAME_PLACE_PIXELS = 2


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


def hits_under(context: ToolContext, layers: Sequence[str], event: ToolEvent) -> list[Hit]:
    """What of `layers` a click at `event` means, best first: `hits` within the reach of a click."""
    reach = CLICK_PIXELS * event.pixel_size
    return hits(context.workspace, layers, event.place, reach, meant=context.meant())


def hits(ws: Workspace, layers: Sequence[str], place: Place, tolerance: float, *, meant: str = "") -> list[Hit]:
    """Features of `layers` (topmost first) within `tolerance` metres of `place`, best first.

    A point lies above a line above a polygon, or nobody could pick a house in a zone; among polygons the smallest
    wins, or nobody could pick a zone in the district. Layers earlier in the list win ties.

    Lines and polygons that are drawn below a zone or a route which is hit as well come after it: who clicks into a
    zone means the zone, not a building or a road that shows through. Those of the layer `meant`, the one chosen in the
    layer tree, stay where they were.
    """
    east, north = place
    box = (east - tolerance, north - tolerance, east + tolerance, north + tolerance)
    pointer = Point(place)
    found: list[tuple[int, tuple[float, ...], Hit]] = []
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
            found.append((order, (rank, size if rank == 2 else metres, order), hit))
    covering = min((order for order, _sort, hit in found if hit.layer in _DRAWN_HERE), default=len(layers))

    def sort(one: tuple[int, tuple[float, ...], Hit]) -> tuple[float, ...]:
        order, rest, hit = one
        below = order > covering and hit.rank > 0 and hit.layer not in (*_DRAWN_HERE, meant)
        return (below, *rest)

    return [hit for _order, _sort, hit in sorted(found, key=sort)]


class Deeper:
    """Clicks at one place: each goes one deeper, after the last the first comes again."""

    def __init__(self) -> None:
        self._last: tuple[Place, int] | None = None

    def forget(self) -> None:
        self._last = None

    def take(self, found: Sequence[Hit], event: ToolEvent) -> Hit | None:
        """The one of `found` that this click means."""
        if not found:
            self._last = None
            return None
        depth = 0
        if self._last and planar_distance(self._last[0], event.place) <= _SAME_PLACE_PIXELS * event.pixel_size:
            depth = (self._last[1] + 1) % len(found)
        self._last = event.place, depth
        return found[depth]


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
