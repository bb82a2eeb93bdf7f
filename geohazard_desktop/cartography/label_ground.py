"""What names find in a frame before any is set: what there is to name, and what symbols and lines leave them.

Maps that share a frame (cards of neighbours) share this: where a name may stand, and what it would cover there, does
not hang on what each of them lays over its map.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.label_barriers import ZONES, Barriers
from geohazard_desktop.cartography.label_known import KnownPlaces
from geohazard_desktop.cartography.label_lines import LineNames
from geohazard_desktop.cartography.label_obstacles import Strangers, obstacles
from geohazard_desktop.cartography.label_places import FIRST, Block, Candidates, candidates
from geohazard_desktop.cartography.label_room import HALO, OVER_LABEL, Room, Standing
from geohazard_desktop.cartography.label_sources import ADMINISTRATIVE, LabelSource, label_sources
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.placed_labels import Previous
from geohazard_desktop.cartography.strips import Floats
from geohazard_desktop.cartography.view import MapView

STEADY_DPI = 300.0  # labels are placed by shapes of this fineness everywhere, so that screen and paper place them alike
ASTRAY, FIRST_ASTRAY = 30.0, 120.0  # what it costs to stand nearer to another feature of the layer
FIRST_LEADS = 2.5  # how much more than other leaders one of what must be on the map keeps off names and symbols
OVER_ZONE = 60.0  # what it costs a 街道's name to stand in a danger zone, which it would seem to name


def astray_price(source: LabelSource) -> float:
    """What it costs a name to stand nearer to another feature of its layer."""
    return FIRST_ASTRAY if source.label.priority >= FIRST else ASTRAY


def led_times(source: LabelSource) -> float:
    """How dear it is for a name to have a leader over something, beside other names."""
    return FIRST_LEADS if source.label.priority >= FIRST else 1.0


@dataclass(frozen=True, slots=True)
class Lot:
    """Candidates inside the frame, the least that one of them can cost by itself, and what is known of all of them
    beforehand: what they cost by themselves, what of the ground they cover, and which is the cheapest there."""

    bound: float
    found: Candidates
    costs: Floats
    standing: Standing | None
    known: KnownPlaces | None
    stays: NDArray[np.bool_] | None  # which stand where the label stood a moment ago


class LabelGround:
    """`view` and `pictures` as for `place_labels`. `shared`: many maps ask it, one after the other, none of which
    knows a frame before it; what they have in common is reckoned once. `ways`: see `Barriers`."""

    def __init__(
        self,
        view: MapView,
        pictures: Sequence[LayerPicture],
        *,
        previous: Previous | None = None,
        within: BaseGeometry | None = None,
        unnamed: Collection[tuple[str, str]] = (),
        shared: bool = False,
        ways: Sequence[BaseGeometry] = (),
    ) -> None:
        self.view = replace(view, dpi=STEADY_DPI)
        barriers = Barriers(self.view, pictures, ways)
        self.room, symbols = obstacles(self.view, pictures, barriers)
        if shared:
            self.room.found()
        kept = previous or {}
        self.sources = [one for picture in pictures for one in label_sources(self.view, picture, kept)]
        self.zones = shapely.STRtree([one.shape for one in self.sources if one.layer == ZONES])
        if unnamed:
            self.sources = [one for one in self.sources if one.key not in unnamed]
        if within is not None:
            shapely.prepare(within)
            self.sources = [one for one in self.sources if any(within.intersects(part) for part in one.shapes)]
        self.strangers = Strangers(symbols, barriers)
        self.strangers.know(self.sources)
        self._shared = shared
        self._lots: dict[tuple[str, str, str, str, float], tuple[list[Lot], Iterator[Lot]]] = {}
        self._line_names: dict[tuple[str, str], list[LineNames]] = {}

    def empty_room(self) -> Room:
        """The room without any name. There is one: it is asked for when a map's names begin."""
        return self.room.cleared() if self._shared else self.room

    def lots(self, source: LabelSource, block: Block, expected: Sequence[tuple[float, float]]) -> Iterator[Lot]:
        """Where the label may stand in the frame, the likely places first."""
        if not self._shared or expected:
            for bound, found in candidates(source, block, self.view, self.room.inner, expected):
                lot = self.lot(source, bound, found, expected)
                if lot is not None:
                    yield lot
            return
        key = (source.layer, source.uid, block.text, block.second, block.label.size)
        if key not in self._lots:
            self._lots[key] = [], self._known(source, block)
        known, more = self._lots[key]
        yield from known
        for lot in more:
            known.append(lot)
            yield lot

    def _known(self, source: LabelSource, block: Block) -> Iterator[Lot]:
        for bound, found in candidates(source, block, self.view, self.room.inner, ()):
            lot = self.lot(source, bound, found, ())
            if lot is not None:
                yield lot

    def lot(
        self, source: LabelSource, bound: float, found: Candidates, expected: Sequence[tuple[float, float]]
    ) -> Lot | None:
        """Those of `found` that the frame has room for."""
        allowed = self.room.inside(found.boxes)
        stays = None
        if expected:
            stays = found.standing(expected)
            # What stood there may go on standing across the frame's edge: on the screen that lies beyond the window's.
            allowed |= stays & self.room.touching(found.boxes)
        if not allowed.any():
            return None
        found = found.taken(allowed)
        costs = found.costs + self.strangers.barriers.in_anothers_zone(source, found.boxes)
        if source.layer in ADMINISTRATIVE and len(self.zones.geometries):
            within = self.zones.query(shapely.box(*found.boxes.T), predicate="intersects")[0]
            costs[np.unique(within)] += OVER_ZONE
        standing = self.room.standing(found.boxes + HALO) if self._shared else None
        known = None
        if standing is not None and not expected:
            known = KnownPlaces(
                found, costs, standing, astray=astray_price(source), led_times=led_times(source), most=OVER_LABEL
            )
        return Lot(bound, found, costs, standing, known, None if stays is None else stays[allowed])

    def line_names(self, source: LabelSource) -> list[LineNames]:
        """The names along the longest parts of a line."""
        key = source.key
        if key not in self._line_names:
            parts = sorted(shapely.get_parts(source.shape), key=lambda one: -one.length)[:6]
            self._line_names[key] = [
                LineNames(source.label, source.text, shapely.get_coordinates(one), source.radius * 2)
                for one in parts
                if one.length >= 3 and shapely.get_type_id(one) in (1, 2)
            ]
        return self._line_names[key]
