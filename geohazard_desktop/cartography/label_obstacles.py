"""What the layers of a map put in the way of labels, and which symbol a label stands nearest to."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from geohazard_desktop.cartography import symbols
from geohazard_desktop.cartography.along import Ruler, places
from geohazard_desktop.cartography.label_barriers import Barriers, leads_out
from geohazard_desktop.cartography.label_room import Room
from geohazard_desktop.cartography.label_sources import LabelSource
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.strips import Floats, Strips
from geohazard_desktop.cartography.view import MapView

_ROUTE_WEIGHT, _EDGE_WEIGHT, _SAMPLE_MM = 60.0, 12.0, 1.5
_START_MM, _TURN_MM = 3.0, 2.4  # how much of a way's start and of a corner stays free
_SHARP = 30.0  # degrees: from here on a way turns
_OWN_MM = 0.05  # symbols as near as this to a feature's place are its own
_NEARER_MM = 0.1  # a difference that is seen


def obstacles(
    view: MapView, pictures: Sequence[LayerPicture], barriers: Barriers | None = None
) -> tuple[Room, Mapping[str, Floats]]:
    """The room that symbols and lines leave, and the symbols of each layer: x, y, radius."""
    room = Room(view.width_mm, view.height_mm)
    stamped: dict[str, list[Floats]] = {}
    window = (-5.0, -5.0, view.width_mm + 5, view.height_mm + 5)
    for picture in pictures:
        kinds = {symbol.kind for rule in picture.style.rules for symbol in rule.symbols}
        weight = _ROUTE_WEIGHT if "arrows" in kinds else _EDGE_WEIGHT if "band" in kinds else 0.0
        if "marker" not in kinds and not weight:
            continue
        for scene in symbols.scenes(picture, view, picture.visible(view)):
            for symbol in scene.rule.of_kind("marker"):
                for stamps in symbols.marker_stamps(scene, symbol):
                    width = stamps.size + 2 * stamps.halo
                    room.add_symbols(stamps.centres, width)
                    radii = np.full((len(stamps.centres), 1), width / 2)
                    stamped.setdefault(picture.layer, []).append(np.hstack([stamps.centres, radii]))
            for symbol in scene.rule.of_kind("start_ring"):
                room.add_starts(symbols.ring_places(scene, symbol), symbol.size + symbols.ARROW_CASING)
            # Along the whole line, so that the same points count wherever the frame cuts it.
            if weight and len(scene.whole_lines):
                room.add_soft(_along(scene.whole_lines, window), weight)
    if barriers is None:  # symbols alone are asked for
        return room, {layer: np.concatenate(found) for layer, found in stamped.items()}
    if barriers.drawn_elsewhere or any(
        leads_out(one) and not _has_arrows(one) for one in pictures
    ):  # a paper that draws the routes itself, over the map
        room.add_soft(_along(barriers.ways, window), _ROUTE_WEIGHT)
    starts, turns = turning_places(barriers.ways)
    room.add_starts(starts, _START_MM)
    room.add_turns(turns, _TURN_MM)
    return room, {layer: np.concatenate(found) for layer, found in stamped.items()}


def _has_arrows(picture: LayerPicture) -> bool:
    return any(symbol.kind == "arrows" for rule in picture.style.rules for symbol in rule.symbols)


def _along(lines: Strips, window: tuple[float, float, float, float]) -> Floats:
    """Points along lines, as far as they are seen."""
    if not len(lines):
        return np.empty((0, 2))
    ruler = Ruler.along(lines)
    at, _strip = places(ruler, _SAMPLE_MM)
    points = ruler.point(at) if len(at) else np.empty((0, 2))
    inside = (points >= window[:2]).all(axis=1) & (points <= window[2:]).all(axis=1)
    return np.asarray(points[inside])


def turning_places(lines: Strips) -> tuple[Floats, Floats]:
    """Where lines begin (K, 2), and their corners (M, 2) at which who walks there turns."""
    starts, turns = [], []
    for first, last in pairwise(lines.starts.tolist()):
        points = lines.points[first:last]
        if len(points) < 2:
            continue
        starts.append(points[:1])
        ways = np.diff(points, axis=0)
        angles = np.degrees(np.arctan2(ways[:, 1], ways[:, 0]))
        bends = np.abs((np.diff(angles) + 180.0) % 360.0 - 180.0)
        turns.append(points[1:-1][bends > _SHARP])
    nothing = np.empty((0, 2))
    return np.concatenate([nothing, *starts]), np.concatenate([nothing, *turns])


class Strangers:
    """The other features of a label's own layer: nearer to one of them it would seem to be that one's name. Points
    count by their symbols, areas and lines by their shapes."""

    def __init__(self, stamped: Mapping[str, Floats], barriers: Barriers) -> None:
        self._stamped = stamped
        self.barriers = barriers
        self._trees: dict[str, shapely.STRtree] = {}
        self._shapes: dict[str, list[LabelSource]] = {}
        self._shape_trees: dict[str, shapely.STRtree] = {}

    def know(self, sources: Sequence[LabelSource]) -> None:
        """All that is to be named on the map."""
        for one in sources:
            if shapely.get_dimensions(one.shape) > 0:
                self._shapes.setdefault(one.layer, []).append(one)

    def nearer(self, source: LabelSource, boxes: Floats, led: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """Which of `boxes` (K, 4) lie nearer to another feature of the layer than to that of `source`. Of an area only
        those count that a line leads back from (`led`, (K,))."""
        result = np.zeros(len(boxes), dtype=bool)
        if shapely.get_dimensions(source.shape) == 1:
            return self._nearer_shape(source, boxes)
        if shapely.get_dimensions(source.shape) > 1:
            if led is not None and led.any():
                result[led] = self._nearer_shape(source, boxes[led])
            return result
        symbols = self._stamped.get(source.layer)
        if symbols is None or len(symbols) < 2:
            return result
        if source.layer not in self._trees:
            self._trees[source.layer] = shapely.STRtree(shapely.points(symbols[:, :2]))
        own = shapely.get_coordinates(source.shape)
        to_own = np.min([_gaps(boxes, one) for one in own], axis=0) - source.radius
        reach = float(to_own.max()) + float(symbols[:, 2].max())
        low, high = boxes[:, :2].min(axis=0) - reach, boxes[:, 2:].max(axis=0) + reach
        for number in self._trees[source.layer].query(shapely.box(*low, *high)).tolist():
            place, radius = symbols[number, :2], symbols[number, 2]
            if np.hypot(*(own - place).T).min() > _OWN_MM:
                result |= _gaps(boxes, place) - radius < to_own - _NEARER_MM
        return result

    def _nearer_shape(self, source: LabelSource, boxes: Floats) -> NDArray[np.bool_]:
        known = self._shapes.get(source.layer, [])
        areas = shapely.box(*boxes.T)
        to_own = shapely.distance(areas, source.shape)
        result = np.zeros(len(boxes), dtype=bool)
        beside = np.flatnonzero(to_own > _NEARER_MM)
        if len(known) < 2 or not len(beside):
            return result
        if source.layer not in self._shape_trees:
            self._shape_trees[source.layer] = shapely.STRtree([one.shape for one in known])
        near, number = self._shape_trees[source.layer].query(
            areas[beside], predicate="dwithin", distance=to_own[beside] - _NEARER_MM
        )
        own = [known[one].uid == source.uid for one in number.tolist()]
        result[beside[near[~np.array(own, dtype=bool)]]] = True
        return result


def _gaps(boxes: Floats, place: Floats) -> Floats:
    """How far each box lies from a place."""
    away = np.maximum(np.maximum(boxes[:, :2] - place, place - boxes[:, 2:]), 0.0)
    return np.asarray(np.hypot(away[:, 0], away[:, 1]))
