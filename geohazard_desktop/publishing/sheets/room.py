"""The frame of a sheet's map and the boxes that lie over it: scale and north, 位置图. A public sheet with a legend has
none: its band holds them.

What the sheet warns of may lie under none of them. A box takes the corner where it hides nothing of that; where each
hides something, the map makes room, first by moving, then by a smaller scale.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.label_text import Box
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.publishing.map_layers import MapLayers, Padding, corner_box, fitted_view, hidden, next_round
from geohazard_desktop.publishing.sheets.map_forms import Corner
from geohazard_desktop.publishing.sheets.papers import SheetLayout
from geohazard_desktop.publishing.sheets.subjects import SheetSubject
from geohazard_desktop.workspace.feature import Feature

CORNERS: tuple[Corner, ...] = ("top-left", "top-right", "bottom-left", "bottom-right")
_SINGLE_CORNERS: tuple[Corner, ...] = ("bottom-left", "bottom-right", "top-right", "top-left")
EDGE = 3.0
# Sizes in mm of the design of what the templates lay over the map (sheet_internal.typ, sheet_public.typ).
_SCALE_BOX = (84.0, 28.0)
_SINGLE_BOX = (108.0, 24.0)
_INSET_HEAD = 6.0
_SINGLE_EDGE = 22.0  # room for the large names around what the sheet is of
_ASIDE = ("", "key_area")  # of the district and key areas
_BROADER = 45.0  # mm of the design that enlargements can use
_ASIDE_EDGE = 14.0  # what of its ways reaches beyond it, and names, at its right
_CLEAR_OF_SYMBOLS = 6.0  # mm around a route or a shelter that belong to its sign
_LITTLE = 1.4  # times the subject's own denominator
_SMALLER = 3  # round scales that are tried before the subject's own is taken with something hidden


class SheetRoom:
    """Of a sheet in that layout: `single` is the public one of a danger zone, whose map explains itself; of another
    public one nothing lies over the map."""

    def __init__(
        self, layout: SheetLayout, subject: SheetSubject, layers: MapLayers, *, public: bool, single: bool
    ) -> None:
        self._layout, self._subject, self._layers = layout, subject, layers
        self._public, self._single = public, single

    def boxes(self, view: MapView, subjects: Sequence[BaseGeometry]) -> list[Box]:
        """All that lies over the map, where `corners` puts it."""
        if self._public and not self._single:
            return []
        furniture, inset = self.corners(view, subjects)
        found = [self.box(view, furniture, self.furniture)]
        return found if self._public else [*found, self.box(view, inset, self.inset)]

    @property
    def furniture(self) -> tuple[float, float]:
        """The box of scale and north, in mm of the map's drawing."""
        if self._single:
            return self._size(_SINGLE_BOX)
        larger = self._layout.furniture
        return self._size((_SCALE_BOX[0] * larger, _SCALE_BOX[1] * larger))

    @property
    def inset(self) -> tuple[float, float]:
        return self._size((self._layout.inset[0], self._layout.inset[1] + _INSET_HEAD))

    def _size(self, design: tuple[float, float]) -> tuple[float, float]:
        return design[0] * self._layout.unit, design[1] * self._layout.unit

    def box(self, view: MapView, corner: Corner, size: tuple[float, float]) -> Box:
        return corner_box(view, corner, size, EDGE * self._layout.unit)

    def corners(self, view: MapView, subjects: Sequence[BaseGeometry]) -> tuple[Corner, Corner]:
        """Where furniture and 位置图 stand: clear of zones, ways and shelters if they can be, else of `subjects`."""
        if self._public:  # without 位置图
            return self._emptiest(view, _SINGLE_CORNERS, self.furniture, subjects), "top-left"
        inset = self._emptiest(view, CORNERS, self.inset, subjects)
        rest = [one for one in CORNERS if one != inset]
        return self._emptiest(view, rest, self.furniture, subjects), inset

    def view(self) -> MapView:
        """The subject fills the frame, and nothing that it warns of lies under a box; nor do other zones and ways,
        where that costs little scale."""
        views = list(self._views())
        near = [one for one in views if one.denominator <= _LITTLE * min(other.denominator for other in views)]
        clear = (one for one in near if self._clear(one, own=False))
        return next(clear, None) or next((one for one in views if self._clear(one)), views[0])

    def _views(self) -> Iterator[MapView]:
        """From the best: the whole frame, the frame beside its boxes, the same at smaller scales."""
        layout = self._layout
        edge = Padding(*((_SINGLE_EDGE if self._single else EDGE) * layout.unit,) * 4)
        least = self._subject.least_denominator
        if self._public and self._subject.layer in _ASIDE:
            yield self._aside(self._fitted(edge, least), edge)
            return
        for _step in range(1 if self._public else _SMALLER):
            whole = self._fitted(edge, least)
            beside = [] if self._public else [self._fitted(one, least) for one in self._beside(edge)]
            yield from (whole, *sorted(beside, key=lambda one: one.denominator))
            least = next_round(whole.denominator / layout.map_factor, closer=False)

    def _fitted(self, padding: Padding, least: float) -> MapView:
        layout = self._layout
        bounds, factor = self._subject.bounds, layout.map_factor
        return fitted_view(bounds, layout.drawing, padding, least=least, factor=factor, fine=self._public)

    def _aside(self, view: MapView, edge: Padding) -> MapView:
        """The subject at the right of a frame that is much broader, so that what it leaves is in one piece."""
        west, _south, east, _north = self._subject.bounds
        free = view.width_mm - edge.left - _ASIDE_EDGE * self._layout.unit - (east - west) * view.mm_per_metre
        if free < _BROADER * self._layout.unit:
            return view
        middle = (edge.left + free + view.width_mm - _ASIDE_EDGE * self._layout.unit) / 2
        return replace(
            view, centre=((west + east) / 2 - (middle - view.width_mm / 2) / view.mm_per_metre, view.centre[1])
        )

    def _beside(self, edge: Padding) -> Iterator[Padding]:
        wide, high = self._layout.drawing
        boxes = (self.inset, self.furniture)
        gap = 2 * EDGE * self._layout.unit
        for across, _upright in boxes:
            if across + gap <= wide / 2:
                yield replace(edge, left=across + gap)
                yield replace(edge, right=across + gap)
        if (low := max(one for _across, one in boxes) + gap) <= high / 2:
            yield replace(edge, bottom=low)
            yield replace(edge, top=low)

    def _clear(self, view: MapView, *, own: bool = True) -> bool:
        return not any(hidden(view, one, self.warned_of(view, own=own)) for one in self.boxes(view, ()))

    def _emptiest(
        self, view: MapView, corners: Sequence[Corner], size: tuple[float, float], subjects: Sequence[BaseGeometry]
    ) -> Corner:
        own, others = self.warned_of(view), self.warned_of(view, own=False)

        def cost(corner: Corner) -> tuple[float, float, float]:
            box = self.box(view, corner, size)
            return hidden(view, box, own), hidden(view, box, others), hidden(view, box, subjects)

        return min(corners, key=cost)

    def warned_of(self, view: MapView, *, own: bool = True) -> list[BaseGeometry]:
        """Zones, and ways and shelters with the room of their signs: the subject's `own`, or all of the sheet."""
        reach = _CLEAR_OF_SYMBOLS * self._layout.unit / view.mm_per_metre
        zones, signs = self._own if own else self._all
        return [*zones, *(one.buffer(reach) for one in signs)]

    @cached_property
    def _own(self) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
        return self._of(self._subject.zones)

    @cached_property
    def _all(self) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
        return self._of(None)

    def _of(self, wanted: Collection[str] | None) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
        """The zones `wanted` (uids; None: all), and their ways and shelters."""
        zones = [one for one in self._layers.features(ZONES) if wanted is None or one.uid in wanted]
        every = self._layers.features("evacuation_route")
        routes = [one for one in every if wanted is None or one.text("danger_zone") in wanted]
        used = {one.text("shelter") for one in routes}
        shelters = [one for one in self._layers.features("shelter") if one.uid in used]
        return _shapes(zones), _shapes([*routes, *shelters])


def _shapes(features: Sequence[Feature]) -> list[BaseGeometry]:
    """Those that a map can show."""
    return [shapely.make_valid(one.geometry) for one in features if one.geometry and measurable(one.geometry)]
