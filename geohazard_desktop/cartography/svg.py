"""The map as SVG for paper: the painter's shapes without clip paths or patterns, cut to the frame by geometry, labels
as real text that can be selected and searched. Typst sets it into tagged PDF.

Coordinates are rounded to 0.01 mm and written as whole hundredths below a scaled group: half the size.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography import fonts, symbols
from geohazard_desktop.cartography.drawn_from import drawn_from, marked
from geohazard_desktop.cartography.grid import grid_lines
from geohazard_desktop.cartography.halo import halo_data, has_halo, stands_alone, turned, turned_halo_data
from geohazard_desktop.cartography.label_text import Box, Glyphs, Run
from geohazard_desktop.cartography.labels import PlacedLabel, Placement, place_labels
from geohazard_desktop.cartography.painter import (
    FixedLabels,
    PaintReport,
    in_order,
    layer_scenes,
    marker_stops,
    report_sizes,
)
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.primitives import Dots, Fill, Primitive, Stamps, Stroke
from geohazard_desktop.cartography.strips import Floats, Strips
from geohazard_desktop.cartography.symbol_files import symbol_or_question
from geohazard_desktop.cartography.veil import veil_around
from geohazard_desktop.cartography.view import MapView

PAPER_DPI = 300.0
VEIL_BEFORE = 125.0  # a veil lies over areas, roads and boundaries, and under danger zones, routes and all symbols
GRID_BEFORE = 60.0  # the grid lies over the areas (draw orders up to this) and under rivers, roads and zones
_SHARED_KEPT = 24  # rules of a layer whose fills are drawn before their outlines
_OUTLINED = 'fill="none"'
_CAPS = {"flat": "butt", "round": "round", "square": "square"}


def map_svg(
    view: MapView,
    pictures: Sequence[LayerPicture],
    *,
    labels: bool = True,
    fixed_labels: FixedLabels | None = None,
    grid_step: float | None = None,
    blocked: Sequence[Box] = (),
) -> str:
    """The map of `view` as one SVG, view.width_mm by view.height_mm large. `grid_step` (metres, see grid.grid_step)
    draws the 方里网 over the areas and below everything else. `map_svg_report` also tells what the map shows."""
    return map_svg_report(
        view, pictures, labels=labels, fixed_labels=fixed_labels, grid_step=grid_step, blocked=blocked
    )[0]


def map_svg_report(
    view: MapView,
    pictures: Sequence[LayerPicture],
    *,
    labels: bool = True,
    fixed_labels: FixedLabels | None = None,
    grid_step: float | None = None,
    blocked: Sequence[Box] = (),
    spoken_of: BaseGeometry | None = None,
    unnamed: Collection[tuple[str, str]] = (),
) -> tuple[str, PaintReport]:
    """The SVG and what the map shows, for its legend, counts and problems. No label is set into a `blocked` box
    (mm), and none of what is `unnamed` (layer, uid). The ground around the area `spoken_of` (metres) is paler; what
    warns people is not, wherever it lies."""
    paper, ordered, report = prepared(view, pictures)
    canvas = SvgCanvas(paper.width_mm, paper.height_mm)
    grid = None if grid_step is None else grid_lines(paper, grid_step)
    stops = marker_stops(ordered, paper)
    veil = [] if spoken_of is None else veil_around(paper, spoken_of)
    for picture in ordered:
        if veil and picture.style.draw_order > VEIL_BEFORE:
            for one in veil:
                canvas.draw(one)
            veil = []
        if grid is not None and picture.style.draw_order > GRID_BEFORE:
            canvas.draw(grid)
            grid = None
        draw_layer(canvas, picture, paper, report, stops)
    for one in veil:
        canvas.draw(one)
    if grid is not None:
        canvas.draw(grid)
    if labels:
        placed = place_labels(paper, ordered, fixed_labels or {}, blocked=blocked, unnamed=unnamed)
        canvas.labels(said_of(placed, paper, report))
    report.problems += canvas.problems
    mark = drawn_from(paper, ordered, fixed_labels=fixed_labels, grid_step=grid_step, spoken_of=spoken_of)
    return marked(canvas.text(), mark), report


def shown_report(view: MapView, pictures: Sequence[LayerPicture]) -> PaintReport:
    """What the map would show, for a legend that must be known before the map has its size: nothing is drawn."""
    paper, ordered, report = prepared(view, pictures)
    for picture in ordered:
        for scene in layer_scenes(picture, paper, report, None, exact=True):
            for symbol in scene.rule.of_kind("marker"):
                _note_stamps(paper, report, scene, symbols.marker_stamps(scene, symbol))
    return report


def prepared(view: MapView, pictures: Sequence[LayerPicture]) -> tuple[MapView, list[LayerPicture], PaintReport]:
    """The view as paper has it, the layers in the order in which they are drawn, ready for it, and an empty report."""
    paper = MapView(view.centre, view.denominator, view.width_mm, view.height_mm, PAPER_DPI)
    ordered = in_order(pictures)
    for picture in ordered:
        for _step in picture.prepare(paper):
            pass
    return paper, ordered, PaintReport()


def draw_layer(
    canvas: "SvgCanvas", picture: LayerPicture, paper: MapView, report: PaintReport, stops: Mapping[str, Floats]
) -> None:
    """A layer that was `prepared`; `stops` are where the symbols of other layers end its lines."""
    found = layer_scenes(picture, paper, report, stops.get(picture.layer), exact=True)
    group = canvas.group_begun(picture.style.opacity)
    for scene, primitive in symbols.painted(found):
        if isinstance(primitive, Stamps):
            _note_stamps(paper, report, scene, [primitive])
        canvas.draw(primitive)
    canvas.group_ended(group)


def _note_stamps(paper: MapView, report: PaintReport, scene: symbols.RuleScene, found: Sequence[Stamps]) -> None:
    """Symbols of which one stands in the frame, not in the margin that is drawn around it."""
    for stamps in found:
        x, y = stamps.centres[:, 0], stamps.centres[:, 1]
        if ((x >= 0) & (y >= 0) & (x <= paper.width_mm) & (y <= paper.height_mm)).any():
            report_sizes(report, scene, stamps)


def said_of(placed: Placement, paper: MapView, report: PaintReport) -> list[PlacedLabel]:
    """The names that the map bears; the report gets them, and those that it lacks."""
    frame = shapely.box(0.0, 0.0, paper.width_mm, paper.height_mm)
    report.labels = placed.labels
    # A name's shape is the whole line: what runs by outside the frame is not missed on the sheet.
    report.unplaced = [one for one in placed.unplaced if shapely.intersects(one.shape, frame)]
    return placed.labels


class SvgCanvas:
    """Collects SVG elements in mm. Markers are defined once and used by reference."""

    def __init__(self, width_mm: float, height_mm: float) -> None:
        self.width_mm = width_mm
        self.height_mm = height_mm
        self.parts: list[str] = []
        self.problems: list[str] = []
        self._symbols: dict[tuple[str, float, float], str] = {}
        self._defs: list[str] = []
        self._drawn: list[_Drawn] = []

    def copy(self) -> "SvgCanvas":
        """One that goes on from here without changing this one."""
        made = SvgCanvas(self.width_mm, self.height_mm)
        made.parts, made.problems, made._defs = [*self.parts], [*self.problems], [*self._defs]
        made._symbols, made._drawn = dict(self._symbols), self._drawn
        return made

    def text(self, shown_width: float | None = None, shown_height: float | None = None) -> str:
        """The whole SVG; shown larger or smaller than drawn where a size in mm is given."""
        width, height = _mm(self.width_mm), _mm(self.height_mm)
        defs = f"<defs>{''.join(self._defs)}</defs>" if self._defs else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_mm(shown_width or self.width_mm)}mm" '
            f'height="{_mm(shown_height or self.height_mm)}mm" '
            f'viewBox="0 0 {width} {height}">{defs}{"".join(self.parts)}</svg>'
        )

    def group_begun(self, opacity: float) -> bool:
        """What is drawn from now on is seen through as a whole; False where it is not, and nothing was begun."""
        if opacity < 1.0:
            self.parts.append(f'<g opacity="{opacity:.4g}">')
        return opacity < 1.0

    def group_ended(self, begun: bool) -> None:
        if begun:
            self.parts.append("</g>")

    def draw(self, primitive: Primitive) -> None:
        if isinstance(primitive, Fill):
            self._path(primitive.areas, f'fill="{primitive.color}"{_opacity("fill", primitive.opacity)}')
        elif isinstance(primitive, Stroke):
            cap = "" if primitive.cap == "flat" else f' stroke-linecap="{_CAPS[primitive.cap]}"'
            self._path(
                primitive.lines,
                f'{_OUTLINED} stroke="{primitive.color}" stroke-width="{primitive.width * 100:g}" '
                f'stroke-linejoin="round"{cap}{_opacity("stroke", primitive.opacity)}',
            )
        elif isinstance(primitive, Dots):
            # A dot is a stroke without length and with a round end: 10 bytes instead of 100.
            whole = np.rint(primitive.centres * 100).astype(np.int64).tolist()
            data = "".join(f"M{x} {y}h1" for x, y in whole)
            if data:
                self.parts.append(
                    f'<path transform="scale(.01)" fill="none" stroke="{primitive.color}" '
                    f'stroke-width="{primitive.diameter * 100:g}" stroke-linecap="round" d="{data}"/>'
                )
        else:
            reach = primitive.size / 2 + primitive.halo
            name = self._symbol(primitive.name, primitive.size, primitive.halo)
            for x, y in primitive.centres.tolist():
                if -reach < x < self.width_mm + reach and -reach < y < self.height_mm + reach:
                    self.parts.append(f'<use href="#{name}" x="{_mm(x)}" y="{_mm(y)}"/>')

    def labels(
        self, placed: Sequence[PlacedLabel], *, lifted: bool = False, turned_too: bool = False
    ) -> tuple[tuple[Glyphs, str], ...]:
        """Names with their leaders and halos. `lifted`: those that stand alone are not set here but returned, with
        `turned_too` also those that are `turned` as one piece."""
        for one in placed:
            if one.leader:
                x0, y0, x1, y1 = (_mm(value) for value in one.leader)
                line = f'd="M{x0} {y0}L{x1} {y1}" fill="none"'
                self.parts.append(f'<path {line} stroke="#FFFFFF" stroke-width=".8"/>')
                self.parts.append(f'<path {line} stroke="{one.color}" stroke-width=".3"/>')
                self.parts.append(f'<circle cx="{x1}" cy="{y1}" r=".45" fill="{one.color}"/>')
        for one in placed:
            if one.plate:
                self._plate(one)
        lines = [
            (glyphs, "#FFFFFF" if one.plate else one.color, 0.0 if one.plate else one.halo)
            for one in placed
            for glyphs in one.lines
        ]
        along = [turned_too and glyphs.curved and turned(glyphs) is not None for glyphs, _color, _halo in lines]
        up = [high or (lifted and stands_alone(glyphs)) for high, (glyphs, _c, _h) in zip(along, lines, strict=True)]
        self.parts.append(_halos(lines, along))
        self._words([line for line, high in zip(lines, up, strict=True) if not high])
        return tuple((glyphs, color) for (glyphs, color, _halo), high in zip(lines, up, strict=True) if high)

    def _plate(self, label: PlacedLabel) -> None:
        left, top, right, bottom = label.boxes[0]
        box = f'x="{_mm(left)}" y="{_mm(top)}" width="{_mm(right - left)}" height="{_mm(bottom - top)}"'
        round_by = f'rx="{_mm((bottom - top) / 2)}"'
        self.parts.append(f'<rect {box} {round_by} fill="{label.color}" stroke="#FFFFFF" stroke-width=".35"/>')

    def words(self, lines: Sequence[tuple[Glyphs, str, float]]) -> None:
        """Lines of text, each with its colour and the width of its white halo in mm."""
        self.parts.append(_halos(lines, [False] * len(lines)))
        self._words(lines)

    def _words(self, lines: Sequence[tuple[Glyphs, str, float]]) -> None:
        for glyphs, color, halo in lines:
            self._line(glyphs, color, 0.0 if has_halo(glyphs) else halo)

    def _line(self, glyphs: Glyphs, color: str, halo: float) -> None:
        """Text; its halo is a stroked copy, which PDF sets as a drawing: it is not copied out."""
        if glyphs.curved:
            self._curved(glyphs, color, halo)
            return
        run = glyphs.runs[0]
        look = _look(glyphs)
        place = f'x="{_mm(run.x)}" y="{_mm(run.y)}"'
        if glyphs.slant:
            place = f'transform="translate({_mm(run.x)} {_mm(run.y)}) skewX({-glyphs.slant:g})"'
        words = escape(run.text, quote=False)
        if halo > 0:
            self.parts.append(
                f'<text {place} {look} fill="#FFFFFF" stroke="#FFFFFF" stroke-width="{2 * halo:g}" '
                f'stroke-linejoin="round">{words}</text>'
            )
        self.parts.append(f'<text {place} {look} fill="{color}">{words}</text>')

    def _curved(self, glyphs: Glyphs, color: str, halo: float) -> None:
        """Along a line: each character as its outline, and the whole name once as text that is not seen but found."""
        scale = glyphs.size / 100
        drawn = []
        for run in glyphs.runs:
            lean = f" skewX({-glyphs.slant:g})" if glyphs.slant else ""
            data = _outline_data(run.text, glyphs.family, glyphs.bold)
            drawn.append(f'<path transform="{_placed(run)}{lean} scale({scale:.4g})" d="{data}"/>')
        shapes = "".join(drawn)
        if halo > 0:
            self.parts.append(
                f'<g fill="#FFFFFF" stroke="#FFFFFF" stroke-width="{2 * halo / scale:.4g}" '
                f'stroke-linejoin="round">{shapes}</g>'
            )
        self.parts.append(f'<g fill="{color}">{shapes}</g>')
        # Level and small: readers take turned characters apart into words of their own. Unseen by its fill: `opacity`
        # would make a group of each name, which doubles what the page costs to set.
        middle = glyphs.runs[len(glyphs.runs) // 2]
        family = escape(fonts.paper_family(glyphs.family))
        self.parts.append(
            f'<text x="{_mm(middle.x)}" y="{_mm(middle.y)}" font-family="{family}" font-size="1" fill-opacity="0">'
            f"{escape(glyphs.text, quote=False)}</text>"
        )

    def _path(self, strips: Strips, look: str) -> None:
        # Fill and outline of a layer share their rings: they are written once.
        for one in self._drawn:
            if one.strips is strips:
                self._use(one, look)
                return
        data = path_data(strips)
        if data:
            self._drawn = [*self._drawn[-_SHARED_KEPT:], _Drawn(strips, data, look, len(self.parts))]
            self.parts.append(f'<path transform="scale(.01)" {look} d="{data}"/>')

    def _use(self, drawn: "_Drawn", look: str) -> None:
        last = drawn.place == len(self.parts) - 1 and not drawn.name and "stroke" not in drawn.look
        if (
            last
            and drawn.look.startswith("fill=")
            and look.startswith(_OUTLINED)
            and "opacity" not in drawn.look + look
        ):
            # An outline right after its fill: one path with both, which is painted in the same order.
            drawn.look += look.removeprefix(_OUTLINED)
            self.parts[drawn.place] = f'<path transform="scale(.01)" {drawn.look} d="{drawn.data}"/>'
            return
        if not drawn.name:
            drawn.name = f"p{len(self._defs)}"
            self._defs.append(f'<path id="{drawn.name}" transform="scale(.01)" d="{drawn.data}"/>')
            self.parts[drawn.place] = f'<use href="#{drawn.name}" {drawn.look}/>'
        self.parts.append(f'<use href="#{drawn.name}" {look}/>')

    def _symbol(self, name: str, size: float, halo: float) -> str:
        key = (name, size, halo)
        if key not in self._symbols:
            symbol, problem = symbol_or_question(name)
            if problem and problem not in self.problems:
                self.problems.append(problem)
            self._symbols[key] = f"s{len(self._symbols)}"
            self._defs.append(f'<g id="{self._symbols[key]}">{symbol.fragment(size, halo)}</g>')
        return self._symbols[key]


@dataclass(slots=True)
class _Drawn:
    """A path that was written, and where."""

    strips: Strips
    data: str
    look: str
    place: int
    name: str = ""


def _halos(lines: Sequence[tuple[Glyphs, str, float]], along: Sequence[bool]) -> str:
    """One path below all words for the halos whose outline is known beforehand: a drawing, which nobody copies out.
    `along`: which of them lie along a line and are set as one piece."""
    data = "".join(
        turned_halo_data(glyphs, halo) if turn else halo_data(glyphs, halo)
        for (glyphs, _color, halo), turn in zip(lines, along, strict=True)
        if halo > 0 and (turn or has_halo(glyphs))
    )
    return f'<path transform="scale(.01)" fill="#FFFFFF" d="{data}"/>' if data else ""


def path_data(strips: Strips) -> str:
    """SVG path data in hundredths of a mm, relative; rings end with z so that their corners join."""
    if not len(strips):
        return ""
    whole = np.rint(strips.points * 100).astype(np.int64)
    steps = np.zeros_like(whole)
    steps[1:] = np.diff(whole, axis=0)
    first = np.zeros(len(whole), dtype=bool)
    first[strips.starts[:-1]] = True
    ring = (whole[strips.starts[:-1]] == whole[strips.starts[1:] - 1]).all(axis=1) & (strips.lengths > 2)
    steps[first] = whole[first]
    keep = first | (steps != 0).any(axis=1)
    kept = steps[keep].ravel().tolist()
    counts = np.add.reduceat(keep.astype(np.int64), strips.starts[:-1])
    pieces = []
    at = 0
    for count, closed in zip((counts * 2).tolist(), ring.tolist(), strict=True):
        end = at + count
        if count > 2:
            rest = kept[at + 2 : end - 2] if closed and count > 4 else kept[at + 2 : end]
            pieces.append(f"M{kept[at]} {kept[at + 1]}l{' '.join(map(str, rest))}{'z' if closed else ''}")
        at = end
    return "".join(pieces).replace(" -", "-")


@lru_cache(maxsize=2048)
def _outline_data(character: str, family: str, bold: bool) -> str:
    path = fonts.outline(character, family, bold)
    parts: list[str] = []
    control: list[str] = []
    for number in range(path.elementCount()):
        element = path.elementAt(number)
        # The stubs of Qt leave out the two members of an element.
        across, down = element.x, element.y  # type: ignore[attr-defined]
        place = f"{round(across, 1):g} {round(down, 1):g}"
        if control:
            control.append(place)
            if len(control) == 3:
                parts.append(f"C{' '.join(control)}")
                control = []
        elif element.isMoveTo():
            parts.append(f"M{place}")
        elif element.isLineTo():
            parts.append(f"L{place}")
        else:
            control = [place]
    return "".join(parts)


def _look(glyphs: Glyphs) -> str:
    weight = ' font-weight="700"' if glyphs.bold else ""
    family = escape(fonts.paper_family(glyphs.family))
    return f'font-family="{family}" font-size="{glyphs.size:.4g}"{weight}'


def _placed(run: Run) -> str:
    turn = f" rotate({run.angle:.2f})" if run.angle else ""
    return f"translate({_mm(run.x)} {_mm(run.y)}){turn}"


def _opacity(kind: str, opacity: float) -> str:
    return "" if opacity >= 1.0 else f' {kind}-opacity="{opacity:g}"'


def _mm(value: float) -> str:
    return f"{round(value, 2):g}"
