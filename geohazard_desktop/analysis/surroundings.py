"""What stands around a way, and of a whole district only that which can matter to one way.

A district has thousands of landmarks, a way has a dozen beside it: without the tree, ten thousand cards would each look
at all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.workspace.feature import Feature

# How far from a way something may lie and still be spoken of: rule and parameter.
_REACHES = (
    ("way", "landmark_at_turn_m"),
    ("way", "landmark_beside_m"),
    ("way", "bridge_beside_m"),
    ("crossing", "bridge_near_m"),
    ("crossing", "edge_m"),
)
_MORE_M = 1.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a way: active danger zones, river corridors, bridges, landmarks."""

    zones: Sequence[Feature] = ()
    corridors: Sequence[Feature] = ()
    bridges: Sequence[Feature] = ()
    landmarks: Sequence[Feature] = ()


def farthest() -> float:
    """How many metres from a way something may lie and still be spoken of."""
    return max(parameter(*one) for one in _REACHES) + _MORE_M


class Neighbourhood:
    """Surroundings of a whole workspace, asked for those of one place after the other."""

    def __init__(self, whole: Surroundings) -> None:
        self._zones, self._corridors = _Near(whole.zones), _Near(whole.corridors)
        self._bridges, self._landmarks = _Near(whole.bridges), _Near(whole.landmarks)

    def around(self, *shapes: BaseGeometry | None) -> Surroundings:
        """All that lies near enough to one of `shapes` (metres) to be spoken of, in file order."""
        reach = farthest()
        boxes = np.array([one.bounds for one in shapes if one is not None and not one.is_empty])
        if not len(boxes) or not np.isfinite(boxes).all():
            return Surroundings()
        low, high = boxes[:, :2].min(axis=0) - reach, boxes[:, 2:].max(axis=0) + reach
        window = shapely.box(*low, *high)
        return Surroundings(
            zones=self._zones.within(window),
            corridors=self._corridors.within(window),
            bridges=self._bridges.within(window),
            landmarks=self._landmarks.within(window),
        )

    def met(self, shape: BaseGeometry) -> Surroundings:
        """The zones and corridors that `shape` meets, in file order."""
        return Surroundings(zones=self._zones.met_by(shape), corridors=self._corridors.met_by(shape))

    def in_order(self, zones: Sequence[Feature]) -> list[Feature]:
        """Zones, each once, in file order."""
        return self._zones.in_order(zones)


class _Near:
    """Features by their boxes. One that is nowhere is near nothing."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._features = [one for one in features if one.geometry is not None]
        shapes: NDArray[np.object_] = np.array([one.geometry for one in self._features], dtype=object)
        self._tree = shapely.STRtree(shapes)

    def met_by(self, shape: BaseGeometry) -> list[Feature]:
        if not self._features:
            return []
        return [self._features[number] for number in sorted(self._tree.query(shape, predicate="intersects").tolist())]

    def in_order(self, features: Sequence[Feature]) -> list[Feature]:
        if len(features) < 2:
            return list(features)
        wanted = {id(one) for one in features}
        return [one for one in self._features if id(one) in wanted]

    def within(self, window: BaseGeometry) -> list[Feature]:
        return [self._features[number] for number in sorted(self._tree.query(window).tolist())]
