"""Where on an internal sheet's map the drafts are named: 拟划　未经批准 and the names of these zones. A public sheet
has a bar above its map for them."""

from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.label_text import Box, overlap, text_width
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.publishing.map_layers import hidden
from geohazard_desktop.publishing.sheets.map_forms import BannerPlace
from geohazard_desktop.publishing.sheets.papers import SheetLayout
from geohazard_desktop.publishing.sheets.room import EDGE

BANNER_PLACES: tuple[BannerPlace, ...] = ("bottom", "bottom-left", "bottom-right", "top", "top-left", "top-right")
_BOX = (136.0, 16.0)  # mm of the design (sheet_internal.typ)
_WORDS, _POINTS = "拟划　未经批准：", 11.0  # what the office's settings say is about as long


class DraftBanner:
    """Of the sheet in that layout. `drafts` are the zones' names; without any there is no banner."""

    def __init__(self, layout: SheetLayout, view: MapView, drafts: Sequence[str]) -> None:
        self._view, self.drafts = view, drafts
        self._edge = EDGE * layout.unit
        wide, high = (one * layout.unit * layout.furniture for one in _BOX)
        points = _POINTS * layout.furniture
        needed = text_width(_WORDS + "、".join(drafts), points * layout.unit, "hei", True)
        self._size = min(wide, view.width_mm - 2 * self._edge, needed + 6.0 * layout.unit), high

    def fits(self, taken: Sequence[Box]) -> bool:
        """Whether it finds a place clear of the boxes that are `taken`."""
        return not self.drafts or bool(self._free(taken))

    def best(self, taken: Sequence[Box], subjects: Sequence[BaseGeometry]) -> tuple[BannerPlace, Box]:
        """Where it hides least of `subjects` (metres), clear of the boxes that are `taken` if it can be."""
        free = self._free(taken)
        place = min(free, key=lambda one: hidden(self._view, free[one], subjects), default=next(iter(self._places())))
        return place, self._places()[place]

    def _free(self, taken: Sequence[Box]) -> dict[BannerPlace, Box]:
        return {key: box for key, box in self._places().items() if not any(overlap(box, one) for one in taken)}

    def _places(self) -> dict[BannerPlace, Box]:
        wide, high = self._size
        right = self._view.width_mm - self._edge - wide
        lefts = {"left": self._edge, "right": right, "": (self._view.width_mm - wide) / 2}
        tops = {"bottom": self._view.height_mm - self._edge - high, "top": self._edge}
        found: dict[BannerPlace, Box] = {}
        for place in BANNER_PLACES:
            upper, _cut, side = place.partition("-")
            found[place] = (lefts[side], tops[upper], lefts[side] + wide, tops[upper] + high)
        return found
