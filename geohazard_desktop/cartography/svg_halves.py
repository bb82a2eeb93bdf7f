"""A map for paper in two pictures, between and over which the page sets something of its own: ways, numbers, names.

What is drawn of a frame is drawn once for all the maps of it; where its names stand hangs on what each map lays over.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.drawn_from import drawn_from, marked
from geohazard_desktop.cartography.label_ground import LabelGround
from geohazard_desktop.cartography.label_text import Box, Glyphs
from geohazard_desktop.cartography.labels import labels_on
from geohazard_desktop.cartography.painter import FixedLabels, PaintReport, marker_stops
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.svg import SvgCanvas, draw_layer, prepared, said_of
from geohazard_desktop.cartography.view import MapView


@dataclass(frozen=True, slots=True)
class Halves:
    """A map in two pictures of one size, between which something else comes. `words` are names that the page sets over
    both, each with its colour; their halos are in `above`."""

    below: str
    above: str
    words: tuple[tuple[Glyphs, str], ...]
    report: PaintReport


class DrawnHalves:
    """The tables of `below` and those of `above` in the frame of `view`, drawn; `named` makes maps of them.
    `shared`: that it is asked for many. Names keep off `ways` (metres), which the paper draws."""

    def __init__(
        self,
        view: MapView,
        pictures: Sequence[LayerPicture],
        *,
        below: Container[str],
        above: Container[str],
        fixed_labels: FixedLabels | None = None,
        shared: bool = False,
        ways: Sequence[BaseGeometry] = (),
    ) -> None:
        self._paper, self._ordered, self._report = prepared(view, pictures)
        self._fixed = fixed_labels
        self._shared = shared
        self._ways = ways
        self._lower, self._upper = (SvgCanvas(view.width_mm, view.height_mm) for _half in range(2))
        stops = marker_stops(self._ordered, self._paper)
        for picture in self._ordered:
            if picture.layer in below or picture.layer in above:
                canvas = self._lower if picture.layer in below else self._upper
                draw_layer(canvas, picture, self._paper, self._report, stops)
        self._mark = drawn_from(self._paper, self._ordered, fixed_labels=fixed_labels)

    def named(self, blocked: Sequence[Box] = (), *, lifted: bool = False, turned_too: bool = False) -> Halves:
        """The map with the names of all layers in its upper half, none of them in a `blocked` box (mm). `lifted`: names
        that stand alone are left to who sets the page, for whom text in a picture costs ten times as much;
        `turned_too`: those along a straight line with them."""
        report = replace(self._report)
        upper = self._upper.copy()
        placed = labels_on(self._ground, self._fixed or {}, blocked=blocked)
        words = upper.labels(said_of(placed, self._paper, report), lifted=lifted, turned_too=turned_too)
        report.problems = [*self._report.problems, *self._lower.problems, *upper.problems]
        return Halves(self._below, marked(upper.text(), self._mark), words, report)

    @cached_property
    def _below(self) -> str:
        return marked(self._lower.text(), self._mark)

    @cached_property
    def _ground(self) -> LabelGround:
        return LabelGround(self._paper, self._ordered, shared=self._shared, ways=self._ways)


def map_svg_halves(
    view: MapView,
    pictures: Sequence[LayerPicture],
    *,
    below: Container[str],
    above: Container[str],
    fixed_labels: FixedLabels | None = None,
    blocked: Sequence[Box] = (),
    lifted: bool = False,
    turned_too: bool = False,
    ways: Sequence[BaseGeometry] = (),
) -> Halves:
    """One map of a frame (see `DrawnHalves`). Names keep off `ways` (metres), which are drawn between the halves."""
    drawn = DrawnHalves(view, pictures, below=below, above=above, fixed_labels=fixed_labels, ways=ways)
    return drawn.named(blocked, lifted=lifted, turned_too=turned_too)
