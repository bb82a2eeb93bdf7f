"""The blocks of a public sheet. How much ground its map shows decides how long its legend is and whether it names
drafts, and both take room from the map: they are asked in turn until they agree."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.publishing.sheets.papers import SheetLayout


@dataclass(frozen=True, slots=True)
class Needs:
    """What must find room beside the map: the lines of its `legend` (None: it explains itself), a bar for `drafts`."""

    legend: tuple[str, ...] | None
    drafts: bool = False

    def with_all(self, other: "Needs") -> "Needs":
        """Also what the `other` needs."""
        if self.legend is None or other.legend is None:
            return Needs(None, self.drafts or other.drafts)
        further = list(other.legend)
        for one in self.legend:
            if one in further:
                further.remove(one)
        return Needs((*self.legend, *further), self.drafts or other.drafts)


def agreed_layout(
    first: Needs,
    layouts: Callable[[Needs], Iterable[SheetLayout]],
    view: Callable[[SheetLayout], MapView],
    shown: Callable[[MapView], Needs],
) -> SheetLayout:
    """The layout with the largest scale, letters and ground that has room for all that its own map shows.
    `first` is a guess; `layouts` are those with room for some needs, `view` the map in one, `shown` what it needs."""

    def best(needs: Needs) -> tuple[SheetLayout, MapView]:
        found = [(one, view(one)) for one in layouts(needs)]
        return min(found, key=lambda one: (_price(one[1].denominator, one[0]), one[1].denominator))

    _layout, seen = best(first)
    needs = shown(seen)
    while True:  # needs only grow, and what a map can show has an end
        layout, now = best(needs)
        if now == seen or (wider := needs.with_all(shown(now))) == needs:
            return layout
        seen, needs = now, wider


def _price(denominator: float, layout: SheetLayout) -> float:
    """Letters a tenth smaller must make the map a twentieth larger, or give it a third more ground, where enlargements
    and names find room."""
    letters = 1.0 if layout.band is None else layout.band.size
    ground: float = (layout.picture[2] * layout.picture[3]) ** 0.2
    return denominator / sqrt(letters) / ground
