"""What a name and its leader keep off for the sense of it: danger zones and ways out that are another feature's.

Who reads a name inside a red hatch takes what it names for dangerous; who reads a number beyond another way takes that
way. So a name stays out of zones in which its feature does not lie, and no leader crosses another way or the edge of
another's zone, whatever else that costs. Lengths are millimetres of the frame, costs those of `label_room`.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.label_sources import LabelSource
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.strips import Floats, Strips
from geohazard_desktop.cartography.view import MapView

ZONES, ROUTES = "danger_zone", "evacuation_route"
IN_ANOTHERS_ZONE = 250.0  # more than a name of little weight may cost: it is left out rather than set there
OVER_ANOTHERS_WAY = 600.0  # what it costs a leader to cross a way out that it does not lead to
NUMBER_OVER_WAY = 2000.0  # of a way's own number: more than any place may cost
OVER_ANOTHERS_EDGE = 80.0  # to cross the edge of a zone in which neither the name nor its feature lies
_TOUCHES_MM = 0.05  # a leader that ends on a way does not cross it


class Barriers:
    """The danger zones and the ways out among `pictures`, whether or not they are named. `ways` (lines in metres) are
    others that a paper draws over the map, which has no layer of them."""

    def __init__(self, view: MapView, pictures: Sequence[LayerPicture], ways: Sequence[BaseGeometry] = ()) -> None:
        self._view = view
        self._pictures = pictures
        self._others = ways

    @cached_property
    def _zones(self) -> "_Shapes":
        return _Shapes(self._view, [one for one in self._pictures if one.layer == ZONES])

    @cached_property
    def _ways(self) -> "_Shapes":
        return _Shapes(self._view, [one for one in self._pictures if leads_out(one)], self._others)

    @property
    def drawn_elsewhere(self) -> bool:
        return bool(self._others)

    @cached_property
    def ways(self) -> Strips:
        """The ways out, each from its start to its end."""
        lines = [
            points
            for shape in self._ways.shapes
            for points in map(shapely.get_coordinates, shapely.get_parts(shape))
            if len(points) > 1
        ]
        starts = np.concatenate([[0], np.cumsum([len(one) for one in lines])]).astype(np.int64)
        return Strips(np.concatenate([np.empty((0, 2)), *lines]), starts, np.arange(len(lines)))

    def in_anothers_zone(self, source: LabelSource, boxes: Floats) -> Floats:
        """What it costs to write `source`'s name into each of `boxes` (K, 4), for the zones that lie under them."""
        result = np.zeros(len(boxes))
        if not len(self._zones) or (source.layer, source.uid) in self._ways.known or source.stays_inside:
            return result
        number, zone = self._zones.meeting(shapely.box(*boxes.T))
        result[number[self._zones.strange(source)[zone]]] = IN_ANOTHERS_ZONE
        return result

    def crossed(self, source: LabelSource, starts: Floats, ends: Floats) -> Floats:
        """What each leader (K,) would cost for the ways and the edges of zones that it crosses."""
        result = np.zeros(len(starts))
        if not len(starts) or not (len(self._zones) or len(self._ways)):
            return result
        leaders = shapely.linestrings(np.stack([starts, ends], axis=1))
        if len(self._zones):
            number, zone = self._zones.meeting(leaders)
            crossing = ~shapely.contains(self._zones.shapes[zone], leaders[number])
            result[number[crossing & self._zones.strange(source)[zone]]] += OVER_ANOTHERS_EDGE
        if len(self._ways):
            short = _without_end(starts, ends)
            number, way = self._ways.meeting(short)
            others = self._ways.others(source)[way]
            price = NUMBER_OVER_WAY if source.key in self._ways.known else OVER_ANOTHERS_WAY
            result[number[others]] += price
        return result


class _Shapes:
    """What is seen of some layers, in mm."""

    def __init__(self, view: MapView, pictures: Sequence[LayerPicture], more: Sequence[BaseGeometry] = ()) -> None:
        self._keys: list[tuple[str, str]] = []
        shapes: list[BaseGeometry] = []
        for picture in pictures:
            for number in picture.visible(view).tolist():
                if picture.rules[number] >= 0:
                    self._keys.append((picture.layer, picture.table.uids[number]))
                    shapes.append(picture.geometries[number])
        for count, shape in enumerate(more):
            self._keys.append(("", str(count)))
            shapes.append(shape)
        self.shapes: NDArray[np.object_] = np.empty(len(shapes), dtype=object)
        self.shapes[:] = shapes
        if shapes:
            west, _south, _east, north = view.bounds
            scale = view.mm_per_metre
            self.shapes = shapely.transform(self.shapes, lambda places: (places - (west, north)) * (scale, -scale))
        self.known = frozenset(self._keys)
        self._tree = shapely.STRtree(self.shapes)
        self._strange: dict[tuple[str, str], NDArray[np.bool_]] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def meeting(self, shapes: NDArray[np.object_]) -> NDArray[np.int64]:
        return np.asarray(self._tree.query(shapes, predicate="intersects"))

    def others(self, source: LabelSource) -> NDArray[np.bool_]:
        """Which are not `source` itself, nor another piece of it."""
        own = {(source.layer, uid) for uid, _shape in source.pieces} | {source.key}
        return np.array([one not in own for one in self._keys], dtype=bool)

    def strange(self, source: LabelSource) -> NDArray[np.bool_]:
        """Which have nothing to do with `source`: it does not reach into them."""
        found = self._strange.get(source.key)
        if found is None:
            found = self.others(source) & ~shapely.intersects(self.shapes, source.shape)
            self._strange[source.key] = found
        return found


def leads_out(picture: LayerPicture) -> bool:
    """Whether a layer shows ways out: lines with arrows, or the routes, which some papers draw themselves."""
    return picture.layer == ROUTES or any(
        symbol.kind == "arrows" for rule in picture.style.rules for symbol in rule.symbols
    )


def _without_end(starts: Floats, ends: Floats) -> NDArray[np.object_]:
    """The leaders without the last of what they lead to: a symbol may stand at the end of a way."""
    ways = ends - starts
    length = np.maximum(np.hypot(*ways.T), 1e-9)[:, None]
    cut = ends - ways / length * np.minimum(_TOUCHES_MM, length / 2)
    return np.asarray(shapely.linestrings(np.stack([starts, cut], axis=1)))
