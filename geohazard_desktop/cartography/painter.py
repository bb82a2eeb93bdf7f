"""One painter for screen and paper: layers in draw order, then the labels of all of them."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QTransform
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography import symbols
from geohazard_desktop.cartography.canvas_qt import QtCanvas
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.primitives import Primitive, Stamps, Stroke
from geohazard_desktop.cartography.strips import Floats, Ints, Strips
from geohazard_desktop.cartography.style import Rule
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _

if TYPE_CHECKING:  # nothing that places names is loaded before a map has some
    from geohazard_desktop.cartography.label_text import Box
    from geohazard_desktop.cartography.labels import LabelSource, PlacedLabel, Previous

_INK_MM = 0.3  # a hair at the frame's edge tells nobody anything

FixedLabels = Mapping[tuple[str, str], tuple[float, float]]  # (layer, uid): metres east and north of the label's anchor


@dataclass(slots=True)
class PaintReport:
    """What a painted map shows. `counts` by (layer, number of the rule in its style); `problems` are sentences."""

    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    sizes: dict[tuple[str, int], list[float]] = field(default_factory=dict)  # marker sizes shown, mm
    markers: dict[tuple[str, int], set[str]] = field(default_factory=dict)  # names of symbol files shown
    labels: "list[PlacedLabel]" = field(default_factory=list)
    unplaced: "list[LabelSource]" = field(default_factory=list)  # labels that found no room
    kept_labels: "Previous" = field(default_factory=dict)  # for the next frame's `previous`
    problems: list[str] = field(default_factory=list)
    interrupted: bool = False

    def drawn(self, layer: str) -> int:
        """How many features of a layer are in the picture."""
        return sum(count for (name, _rule), count in self.counts.items() if name == layer)


def paint_map(
    painter: QPainter,
    view: MapView,
    pictures: Sequence[LayerPicture],
    *,
    labels: bool = True,
    fixed_labels: FixedLabels | None = None,
    interrupt: Callable[[], bool] | None = None,
) -> PaintReport:
    """Paint the map with its upper left corner at the painter's origin, view.width by view.height units large.

    `fixed_labels` are positions given by hand (see labels.manual_positions). `interrupt` is asked between small pieces;
    when it says True the painting stops and the report says so.
    """
    steps = painting(painter, view, pictures, labels=labels, fixed_labels=fixed_labels)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: PaintReport = end.value
            return report
        if interrupt is not None and interrupt():
            steps.close()
            return PaintReport(interrupted=True)


def paint_labels(
    painter: QPainter,
    view: MapView,
    pictures: Sequence[LayerPicture],
    *,
    fixed_labels: FixedLabels | None = None,
    previous: "Previous | None" = None,
    blocked: "Sequence[Box]" = (),
    within: BaseGeometry | None = None,
) -> PaintReport:
    """Only the labels of a map whose layers are painted already. `previous` is the former frame's `kept_labels`: names
    stay where they were; `blocked` boxes (mm) are covered by something else (see place_labels). Only what meets the
    area `within` (metres) is named."""
    report = PaintReport()
    canvas = _begun(painter, view)
    try:
        _label(canvas, view, in_order(pictures), fixed_labels, report, previous, blocked, within)
    finally:
        painter.restore()
    return report


def painting(
    painter: QPainter,
    view: MapView,
    pictures: Sequence[LayerPicture],
    *,
    labels: bool = True,
    fixed_labels: FixedLabels | None = None,
) -> Generator[None, None, PaintReport]:
    """paint_map in small pieces (some milliseconds each) for a window that must answer the hand in between.

    The painter's state is the caller's again only when the generator has ended or was closed.
    """
    report = PaintReport()
    pixels = painter.worldTransform()
    canvas = _begun(painter, view)
    try:
        ordered = in_order(pictures)
        for picture in ordered:
            yield from picture.prepare(view)
        stops = marker_stops(ordered, view)
        for picture in ordered:
            found = layer_scenes(picture, view, report, stops.get(picture.layer))
            with _sheet(canvas, pixels, view, picture.style.opacity) as sheet:
                for scene, primitive in borders_once(symbols.painted(found)):
                    report_sizes(report, scene, primitive)
                    yield from sheet.draw(primitive)
        if labels:
            yield
            _label(canvas, view, ordered, fixed_labels, report)
        report.problems += [one for one in canvas.problems if one not in report.problems]
    finally:
        painter.restore()
    return report


@contextmanager
def _sheet(canvas: QtCanvas, pixels: QTransform, view: MapView, opacity: float) -> Iterator[QtCanvas]:
    """What a layer is drawn on: the map itself, or a sheet of its own that is laid over it as a whole, so that an
    outline does not shine through over its own fill. `pixels` is the painter's transform before the canvas's own."""
    if opacity >= 1.0:
        yield canvas
        return
    image = QImage(max(1, ceil(view.width)), max(1, ceil(view.height)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    own = QPainter(image)
    try:
        sheet = _begun(own, view)
        yield sheet
    finally:
        own.restore()
        own.end()
    canvas.problems += [one for one in sheet.problems if one not in canvas.problems]
    painter = canvas.painter
    painter.save()
    painter.setWorldTransform(pixels)
    painter.setOpacity(opacity)
    painter.drawImage(0, 0, image)
    painter.restore()


_MOST_COMPARED = 250_000  # points; of more, finding the pairs takes longer than drawing them
_HAIR_PX = 1.1  # thinner lines have no joins and no caps that one would see


def borders_once(made: Iterable[tuple[symbols.RuleScene, Primitive]]) -> Iterator[tuple[symbols.RuleScene, Primitive]]:
    """Hairlines of one pen that follow each other drawn together, a border that two areas share once: on a map whose
    areas touch, half of the lines are the other half."""
    for pen, run in groupby(made, key=_hairline):
        if pen is None:
            yield from run
            continue
        strokes = [(scene, one) for scene, one in run if isinstance(one, Stroke)]
        first_scene, first = strokes[0]
        parts = [one.lines for _scene, one in strokes]
        key = "once", first_scene.shapes.window, *(scene.shapes.rule for scene, _one in strokes)
        lines = first_scene.picture.kept(first_scene.view, key, partial(_once, parts))
        yield first_scene, replace(first, lines=lines)


def _once(parts: list[Strips]) -> Strips:
    joined = Strips.joined(parts)
    return joined.each_edge_once() if len(joined.points) <= _MOST_COMPARED else joined


def _hairline(made: tuple[symbols.RuleScene, Primitive]) -> tuple[str, float, float] | None:
    scene, one = made
    if not isinstance(one, Stroke) or one.lines is not scene.lines:
        return None
    hair = scene.view.mm_to_device(one.width) < _HAIR_PX and scene.picture.definition.geometry == "polygon"
    return (one.color, one.width, one.opacity) if hair else None


def has_names(picture: LayerPicture) -> bool:
    """Whether names are to be placed for the layer at some scale."""
    return picture.style.label is not None and len(picture) > 0


def in_order(pictures: Sequence[LayerPicture]) -> list[LayerPicture]:
    """Painted first first; layers of the same draw order stay as given."""
    return sorted(pictures, key=lambda one: one.style.draw_order)


def layer_scenes(
    picture: LayerPicture, view: MapView, report: PaintReport, stops: Floats | None, *, exact: bool = False
) -> list[symbols.RuleScene]:
    """The rules that have something to show, counted into `report`."""
    if picture.faulty:
        report.problems.append(
            _("图层{title}有 {count} 个要素没有位置或图形无效，没有画出来；数据检查会说是哪些、怎么改。").format(
                title=picture.definition.title, count=picture.faulty
            )
        )
    numbers = picture.visible(view)
    found = symbols.scenes(picture, view, numbers, exact=exact, stops=stops)
    east_min, north_min, east_max, north_max = view.bounds
    for scene in found:
        b = picture.bounds[scene.numbers]
        inside = (b[:, 0] <= east_max) & (b[:, 2] >= east_min) & (b[:, 1] <= north_max) & (b[:, 3] >= north_min)
        count = int(inside.sum())
        if count and exact:
            count = int(in_frame(picture, scene.rule, scene.numbers[inside], view).sum())
        if count:
            report.counts[picture.layer, picture.style.rules.index(scene.rule)] = count
    return found


def in_frame(picture: LayerPicture, rule: Rule, numbers: Ints, view: MapView) -> NDArray[np.bool_]:
    """Which features leave ink inside the frame: their shapes meet it, not only their boxes, and of an area that its
    rule tells by the edge alone the edge does."""
    window = view.grown_bounds(-_INK_MM)
    frame = shapely.box(*window)
    shapes = picture.geometries[numbers]
    shapely.prepare(frame)
    found: NDArray[np.bool_] = shapely.intersects(frame, shapes)
    if rule.edge_only and not rule.of_kind("marker") and picture.definition.geometry == "polygon":
        edges = found & (shapely.get_dimensions(shapes) == 2)
        found[edges] = shapely.intersects(frame, shapely.boundary(shapes[edges]))
    return found


def report_sizes(report: PaintReport, scene: symbols.RuleScene, primitive: Primitive) -> None:
    """Note which sizes and which drawings of a marker are on the map: the legend shows only these."""
    if isinstance(primitive, Stamps):
        key = scene.picture.layer, scene.picture.style.rules.index(scene.rule)
        sizes = report.sizes.setdefault(key, [])
        if primitive.size not in sizes:
            sizes.append(primitive.size)
        report.markers.setdefault(key, set()).add(primitive.name)


def marker_stops(ordered: Sequence[LayerPicture], view: MapView) -> dict[str, Floats]:
    """For each layer with arrowed lines: the markers painted over it, as (x, y, radius) in mm."""
    result: dict[str, Floats] = {}
    for place, picture in enumerate(ordered):
        if not any(rule.of_kind("arrows") for rule in picture.style.rules):
            continue
        stops: list[Floats] = []
        for other in ordered[place + 1 :]:
            if other.definition.geometry != "point":
                continue
            for scene in symbols.scenes(other, view, other.visible(view)):
                for symbol in scene.rule.of_kind("marker"):
                    for stamps in symbols.marker_stamps(scene, symbol):
                        radius = np.full((len(stamps.centres), 1), stamps.size / 2 + stamps.halo)
                        stops.append(np.hstack([stamps.centres, radius]))
        if stops:
            result[picture.layer] = np.concatenate(stops)
    return result


def _begun(painter: QPainter, view: MapView) -> QtCanvas:
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    return QtCanvas(painter, view.device_per_mm)


def _label(
    canvas: QtCanvas,
    view: MapView,
    ordered: Sequence[LayerPicture],
    fixed: FixedLabels | None,
    report: PaintReport,
    previous: "Previous | None" = None,
    blocked: "Sequence[Box]" = (),
    within: BaseGeometry | None = None,
) -> None:
    if not any(map(has_names, ordered)):
        return
    from geohazard_desktop.cartography.labels import place_labels

    placed = place_labels(view, ordered, fixed or {}, previous=previous, blocked=blocked, within=within)
    for one in placed.labels:
        if one.leader:
            canvas.leader(*one.leader, one.color)
    for one in placed.labels:
        if one.plate:
            canvas.plate(one.boxes[0], one.color)
        for line in one.lines:
            canvas.text(line, "#FFFFFF" if one.plate else one.color, 0.0 if one.plate else one.halo)
    report.labels = placed.labels
    report.unplaced = placed.unplaced
    report.kept_labels = placed.kept
