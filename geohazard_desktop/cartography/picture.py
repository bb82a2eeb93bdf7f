"""One layer ready to paint: features sorted into rules once, shapes generalised once a scale step, kept between frames.

Cost follows what is in the view, not what is in the file.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import floor, log2
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geohazard_desktop.cartography.strips import Ints, Strips
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import FeatureTable, Value

# No detail finer than half of this to this is kept. Borders that two polygons share are simplified for each by itself:
# up to 0.7 px the gaps between them stay fainter than the seams that antialiasing leaves between any two neighbours
# (measured); shapely.coverage_simplify leaves none and takes twenty times as long.
TOLERANCE_PX = 0.7
FARTHEST = 1e8  # metres from the projection's zero point: no plane of metres reaches as far
LEVELS_KEPT = 6  # a frame uses two: one for its pixels, one for its labels
BLOCK = 1000  # features generalised between two looks at the clock
_WHOLE_FROM = 2000  # layers of this size keep their generalised vertices flat
_CUT_POINTS, _CUT_BEYOND_PX = 400, 10_000.0  # a screen cuts away what sticks out only from shapes as large as this


@dataclass(slots=True)
class Level:
    """Generalised shapes for one scale step; None where nobody has looked yet."""

    shapes: NDArray[np.object_]
    done: NDArray[np.bool_]
    flat: Strips | None = None

    def fill(self, geometries: NDArray[np.object_], numbers: Ints, tolerance: float) -> None:
        self.shapes[numbers] = generalised(geometries[numbers], tolerance)
        self.done[numbers] = True


@dataclass(slots=True)
class Shapes:
    """What one rule's features look like in one view: their numbers in the table, and generalised geometries (metres).
    Those that are `sticking` reach out of `window`; those to `cut` are cut to it."""

    rule: int
    numbers: Ints
    whole: NDArray[np.object_]
    window: Bounds
    sticking: NDArray[np.bool_]
    cut: NDArray[np.bool_]
    _areas: NDArray[np.object_] | None = field(default=None)
    _lines: NDArray[np.object_] | None = field(default=None)

    @property
    def areas(self) -> NDArray[np.object_]:
        if self._areas is None:
            self._areas = _cut(self.whole, self.cut, self.window)
        return self._areas

    @property
    def lines(self) -> NDArray[np.object_]:
        """Lines, and the outlines of polygons without the edges that cutting would add."""
        if self._lines is None:
            whole = self.whole
            if self.cut.any():
                whole = whole.copy()
                polygons = self.cut & (shapely.get_dimensions(whole) == 2)
                whole[polygons] = shapely.boundary(whole[polygons])
            self._lines = _cut(whole, self.cut, self.window)
        return self._lines

    def all_cut(self) -> "Shapes":
        """The same with everything that sticks out cut away."""
        if (self.cut == self.sticking).all():
            return self
        return Shapes(self.rule, self.numbers, self.whole, self.window, self.sticking, self.sticking)


class LayerPicture:
    """A layer's features with their looks. Immutable from outside: a changed table or style makes a new one.

    `only`: of the features those of these uids alone are shown (see `restricted`).
    `faulty` counts features whose geometry is missing or can't be used; they are not drawn.
    """

    def __init__(self, definition: LayerDefinition, style: Style, table: FeatureTable) -> None:
        self.definition = definition
        self.style = style
        self.layer = definition.table
        self.only: frozenset[str] | None = None
        self._levels: dict[int, Level] = {}
        self._kept: tuple[MapView, Level, dict[tuple[object, ...], Strips]] | None = None
        self._take(table, style.classified(table.columns, len(table)), *bounds_of(table.geometries))

    def _take(
        self, table: FeatureTable, rules: NDArray[np.int32], bounds: NDArray[np.float64], usable: NDArray[np.bool_]
    ) -> None:
        self.table = table
        if self.only is not None:
            there = np.fromiter((uid in self.only for uid in table.uids), dtype=bool, count=len(table))
            rules = np.where(there, rules, np.int32(-1))
        self.rules = rules
        self.geometries = np.asarray(table.geometries, dtype=object)
        self.bounds = bounds
        self.usable = usable
        self.faulty = int((~usable).sum())
        # Digests of features as they look, by the columns that look and name are made from (cartography.drawn_from);
        # shared by copies in other styles.
        self.drawn_from: dict[tuple[str, ...], dict[int, bytes]] = {}
        self._drawable = usable & (rules >= 0)
        self._seen: tuple[MapView, Ints] | None = None
        self.scenes: tuple[MapView, list[Any]] | None = None  # those of the last view (symbols.scenes)

    def restyled(self, style: Style) -> "LayerPicture":
        """The same features in another style; what was generalised is shared."""
        made = copy.copy(self)
        made.style = style
        made._take(self.table, style.classified(self.table.columns, len(self.table)), self.bounds, self.usable)
        if not np.array_equal(made.rules, self.rules):
            made._kept = None
        return made

    def restricted(self, only: frozenset[str] | None) -> "LayerPicture":
        """The same layer with the features of these uids alone; None: with all. What was generalised is shared."""
        made = copy.copy(self)
        made.only, made._kept = only, None
        made._take(self.table, self.style.classified(self.table.columns, len(self.table)), self.bounds, self.usable)
        return made

    def __len__(self) -> int:
        return len(self.table)

    def values(self, number: int) -> dict[str, Value]:
        """The attributes of one feature, by its number in the table."""
        return {name: column[number] for name, column in self.table.columns.items()}

    def visible(self, view: MapView) -> Ints:
        """Numbers of the features that the view shows, in the file's order; () outside the style's scales. A frame asks
        for them fifty times: the last answer is kept."""
        if self._seen is not None and (self._seen[0] is view or self._seen[0] == view):
            return self._seen[1]
        numbers = self._visible(view)
        self._seen = view, numbers
        return numbers

    def _visible(self, view: MapView) -> Ints:
        if not self.style.shown_at(view.denominator) or not self._drawable.any():
            return np.empty(0, dtype=np.int64)
        east_min, north_min, east_max, north_max = view.grown_bounds(self.style.reach)
        b = self.bounds
        with np.errstate(invalid="ignore"):
            hit = (b[:, 0] <= east_max) & (b[:, 2] >= east_min) & (b[:, 1] <= north_max) & (b[:, 3] >= north_min)
        return np.flatnonzero(hit & self._drawable)

    def prepare(self, view: MapView) -> Iterator[None]:
        """Generalise what the view shows, a block at a time; a painted frame needs this done first."""
        if self.definition.geometry == "point":
            return
        numbers = self.visible(view)
        level = self._level(view)
        todo = numbers[~level.done[numbers]]
        tolerance = 2.0 ** scale_step(view)
        for first in range(0, len(todo), BLOCK):
            level.fill(self.geometries, todo[first : first + BLOCK], tolerance)
            yield
        if level.flat is None and len(self) >= _WHOLE_FROM and level.done[self._drawable].all():
            all_numbers = np.flatnonzero(self._drawable)
            flattened = Strips.of_areas if self.definition.geometry == "polygon" else Strips.of_lines
            level.flat = flattened(level.shapes[all_numbers], all_numbers)
            yield

    def shapes(self, view: MapView, rule: int, numbers: Ints, margin_mm: float, *, exact: bool = True) -> Shapes:
        """The features of `rule` among `numbers` (from `visible`), cut `margin_mm` outside the view; not `exact`: only
        the very large ones, where cutting saves the device work. What `prepare` has not seen is generalised here."""
        mine = numbers[self.rules[numbers] == rule]
        window = view.grown_bounds(margin_mm)
        source = self.geometries
        if self.definition.geometry != "point":
            level = self._level(view)
            level.fill(self.geometries, mine[~level.done[mine]], 2.0 ** scale_step(view))
            source = level.shapes
        b = self.bounds[mine]
        sticking = (b[:, 0] < window[0]) | (b[:, 1] < window[1]) | (b[:, 2] > window[2]) | (b[:, 3] > window[3])
        whole = source[mine]
        cut = sticking if exact else _large(whole, b, window, sticking, view)
        return Shapes(rule, mine, whole, window, sticking, cut)

    def strips(self, view: MapView, shapes: Shapes, *, areas: bool) -> Strips:
        """The shapes as strips in mm: rings to fill, or lines to stroke. Those of one view are kept, with what a canvas
        has made of them: another style or another layer switched on paints the same view again."""
        level = self._level(view)
        key = shapes.rule, areas, shapes.window, bool((shapes.cut == shapes.sticking).all())
        return self.kept(view, key, lambda: self._strips(view, level.flat, shapes, areas=areas))

    def kept(self, view: MapView, key: tuple[object, ...], make: Callable[[], Strips]) -> Strips:
        """What `make` made for this view when it was asked for first."""
        level = self._level(view)
        if self._kept is None or self._kept[0] != view or self._kept[1] is not level:
            self._kept = view, level, {}
        if key not in self._kept[2]:
            self._kept[2][key] = make()
        return self._kept[2][key]

    def _strips(self, view: MapView, flat: Strips | None, shapes: Shapes, *, areas: bool) -> Strips:
        if flat is not None:
            wanted = np.zeros(len(self), dtype=bool)
            wanted[shapes.numbers[~shapes.cut]] = True
            pieces = [flat.taken(wanted[flat.features])]
            out = shapes.cut
            if out.any():
                cut = (shapes.areas if areas else shapes.lines)[out]
                make = Strips.of_areas if areas else Strips.of_lines
                pieces.append(make(cut, shapes.numbers[out]))
            strips = Strips.joined(pieces)
        elif areas:
            strips = Strips.of_areas(shapes.areas, shapes.numbers)
        else:
            strips = line_strips(shapes.lines, shapes.numbers)
        return in_mm(strips, view)

    def whole_lines(self, view: MapView, shapes: Shapes) -> Strips:
        """Uncut lines in mm: what is laid along them keeps its place while the map is panned."""
        return in_mm(line_strips(shapes.whole, shapes.numbers), view)

    def _level(self, view: MapView) -> Level:
        step = scale_step(view)
        level = self._levels.pop(step, None)
        if level is None:
            level = Level(np.full(len(self), None, dtype=object), np.zeros(len(self), dtype=bool))
            while len(self._levels) >= LEVELS_KEPT:
                self._levels.pop(next(iter(self._levels)))
        self._levels[step] = level  # the newest stands last
        return level


def bounds_of(geometries: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Boxes (N, 4), and which geometries can be drawn."""
    geometries = np.asarray(geometries, dtype=object)
    bounds = shapely.bounds(geometries).reshape(-1, 4)
    return bounds, drawable(geometries, bounds)


def drawable(geometries: NDArray[np.object_], bounds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which shapes a device can draw: there is one, every vertex is a number, and none lies beyond FARTHEST, where a
    place in pixels no longer fits into the device's numbers. `bounds` are theirs."""
    with np.errstate(invalid="ignore"):
        # GEOS's box passes over NaN, the length of a line does not; a point has none.
        near = (np.abs(bounds) <= FARTHEST).all(axis=1) & np.isfinite(shapely.length(geometries))
    points = np.flatnonzero(near & (shapely.get_dimensions(geometries) == 0))
    if len(points):
        coordinates, owner = shapely.get_coordinates(geometries[points], return_index=True)
        near[points[owner[~np.isfinite(coordinates).all(axis=1)]]] = False
    return np.asarray(near & ~shapely.is_missing(geometries) & ~shapely.is_empty(geometries), dtype=bool)


def in_mm(strips: Strips, view: MapView) -> Strips:
    east_min, _north_min, _east_max, north_max = view.bounds
    return strips.in_mm(east_min, north_max, view.mm_per_metre)


def line_strips(geometries: NDArray[np.object_], numbers: Ints) -> Strips:
    """Lines and outlines of a mixture of lines and polygons."""
    flat = shapely.get_dimensions(geometries) == 2
    if not flat.any():
        return Strips.of_lines(geometries, numbers)
    if flat.all():
        return Strips.of_areas(geometries, numbers)
    return Strips.joined(
        [
            Strips.of_areas(geometries[flat], numbers[flat]),
            Strips.of_lines(geometries[~flat], numbers[~flat]),
        ]
    )


def generalised(geometries: NDArray[np.object_], tolerance: float) -> NDArray[np.object_]:
    """Without vertices that move the shape by less than `tolerance` metres. Nothing vanishes: what would shrink to
    nothing stays as its box."""
    simple = np.asarray(shapely.simplify(geometries, tolerance, preserve_topology=False), dtype=object)
    gone = shapely.is_empty(simple)
    if gone.any():
        simple[gone] = shapely.box(*shapely.bounds(geometries[gone]).T)
    return simple


def scale_step(view: MapView) -> int:
    """Scale steps are powers of two, so that zooming a little reuses what is there."""
    return floor(log2(max(view.metres_per_pixel * TOLERANCE_PX, 1e-6)))


def _large(
    whole: NDArray[np.object_], boxes: NDArray[np.float64], window: Bounds, sticking: NDArray[np.bool_], view: MapView
) -> NDArray[np.bool_]:
    cut = sticking.copy()
    out = np.flatnonzero(sticking)
    far = view.metres_per_pixel * _CUT_BEYOND_PX
    b = boxes[out]
    beyond = np.maximum(window[:2] - b[:, :2], b[:, 2:] - window[2:]).max(axis=1, initial=0.0) > far
    cut[out] = beyond | (shapely.get_num_coordinates(whole[out]) > _CUT_POINTS)
    return cut


def _cut(shapes: NDArray[np.object_], cut: NDArray[np.bool_], window: Bounds) -> NDArray[np.object_]:
    if not cut.any():
        return shapes
    result = shapes.copy()
    for number in np.flatnonzero(cut):
        try:
            result[number] = shapely.clip_by_rect(shapes[number], *window)
        except shapely.errors.GEOSException:
            result[number] = shapes[number]  # a broken ring is drawn whole; the device cuts it
    return result
