"""From a style's symbol layers to simple shapes: one function a kind. Screen and paper both draw what comes out."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from geohazard_desktop.cartography import along, texture
from geohazard_desktop.cartography.picture import LayerPicture, Shapes, in_mm
from geohazard_desktop.cartography.primitives import Dots, Fill, Primitive, Stamps, Stroke
from geohazard_desktop.cartography.strips import Floats, Ints, Strips
from geohazard_desktop.cartography.style import Rule, Symbol
from geohazard_desktop.cartography.view import MapView

WHITE = "#FFFFFF"
ARROW_CASING = 0.7  # mm of white around an arrow head, both sides together
END_GAP = 0.7  # mm between a line's end and the symbol it leads to
WAVE_LENGTH = 2.4  # mm
Levels = tuple[list[Primitive], list[Primitive]]  # what lies under, what lies over, for all features of the layer


@dataclass
class RuleScene:
    """One rule's features in one view, as the symbol functions ask for them. `stops` are markers (x, y, radius in mm)
    at which arrowed lines end."""

    picture: LayerPicture
    view: MapView
    rule: Rule
    shapes: Shapes
    fill_shapes: Shapes
    stops: Floats = field(default_factory=lambda: np.empty((0, 3)))
    stamps: dict[int, list[Stamps]] = field(default_factory=dict)  # of a symbol of the rule, by its id

    @property
    def numbers(self) -> Ints:
        return self.shapes.numbers

    @cached_property
    def areas(self) -> Strips:
        return self.picture.strips(self.view, self.fill_shapes, areas=True)

    @cached_property
    def cut_areas(self) -> Strips:
        """Areas that end at the frame: what is laid out over them costs by their size."""
        cut = self.fill_shapes.all_cut()
        return self.areas if cut is self.fill_shapes else self.picture.strips(self.view, cut, areas=True)

    @cached_property
    def lines(self) -> Strips:
        polygons = self.picture.definition.geometry == "polygon"
        if polygons and not self.shapes.cut.any() and not self.fill_shapes.cut.any():
            return self.areas  # the same rings: their paths are made once
        return self.picture.strips(self.view, self.shapes, areas=False)

    @cached_property
    def whole_lines(self) -> Strips:
        """Uncut, without the end that a marker would cover."""
        whole = self.picture.whole_lines(self.view, self.shapes)
        return self._stopped(whole) if self.leads else whole

    @property
    def leads(self) -> bool:
        """Whether the rule's lines lead somewhere: they stop at the edge of the symbol they lead to."""
        return len(self.stops) > 0 and bool(self.rule.of_kind("arrows"))

    @cached_property
    def drawn_lines(self) -> Strips:
        """Under an arrow head at its end the line stops short, or its round end would look out before the tip."""
        heads = self.rule.of_kind("arrows")
        if not heads or not len(self.whole_lines):
            return self.lines
        under = max(one.size for one in heads) * 0.6
        return along.shortened(self.whole_lines, np.full(len(self.whole_lines), under))

    def _stopped(self, whole: Strips) -> Strips:
        if not len(whole):
            return whole
        ends = whole.points[whole.starts[1:] - 1]
        away = np.hypot(ends[:, None, 0] - self.stops[None, :, 0], ends[:, None, 1] - self.stops[None, :, 1])
        covered = np.where(away <= self.stops[None, :, 2], self.stops[None, :, 2] + END_GAP - away, 0.0)
        return along.shortened(whole, covered.max(axis=1))

    @property
    def window(self) -> tuple[float, float, float, float]:
        return 0.0, 0.0, self.view.width_mm, self.view.height_mm

    @property
    def zero(self) -> tuple[float, float]:
        """The ground's zero point in mm: textures hang on it, so that they stay in place and neighbours line up."""
        return self.view.to_mm(0.0, 0.0)

    @cached_property
    def points(self) -> tuple[Floats, Ints]:
        """Marker places in mm and the feature's number of each: points, or a point inside of an area, mid of a line."""
        geometries = self.shapes.whole
        if self.picture.definition.geometry != "point":
            geometries = np.asarray(shapely.point_on_surface(geometries), dtype=object)
        coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
        placed = in_mm(Strips(coordinates, np.arange(len(coordinates) + 1), self.numbers[owner]), self.view)
        return placed.points, placed.features


def levels(scene: RuleScene, symbol: Symbol) -> Levels:
    """The shapes of one symbol layer for the scene's features."""
    return _MAKERS[symbol.kind](scene, symbol)


def painted(scenes: Sequence[RuleScene]) -> Iterator[tuple[RuleScene, Primitive]]:
    """All shapes of a layer, bottom up: level by level through all rules, so that roads join at crossings; a rule that
    stands earlier in the style is painted over the later ones."""
    count = max((len(one.rule.symbols) for one in scenes), default=0)
    for number in range(count):
        made = [
            (one, levels(one, one.rule.symbols[number])) for one in reversed(scenes) if number < len(one.rule.symbols)
        ]
        for level in (0, 1):
            for scene, both in made:
                for primitive in both[level]:
                    yield scene, primitive


def _fill(scene: RuleScene, symbol: Symbol) -> Levels:
    return [], [Fill(scene.areas, symbol.color, symbol.opacity)]


def _stroke(scene: RuleScene, symbol: Symbol) -> Levels:
    lines = scene.drawn_lines
    under: list[Primitive] = []
    if symbol.casing > 0:
        under.append(
            Stroke(lines, WHITE, symbol.width + symbol.casing, symbol.opacity, "round" if symbol.dash else symbol.cap)
        )
    if symbol.dash:
        lines = along.dashed(scene.whole_lines, symbol.dash, _grown(scene.window, symbol.width))
    return under, [Stroke(lines, symbol.color, symbol.width, symbol.opacity, symbol.cap)]


def _hatch(scene: RuleScene, symbol: Symbol) -> Levels:
    lines = texture.hatch(scene.cut_areas, scene.zero, symbol.spacing, symbol.angle)
    return [], [Stroke(lines, symbol.color, symbol.width)]


def _dots(scene: RuleScene, symbol: Symbol) -> Levels:
    centres = texture.lattice(scene.cut_areas, scene.zero, symbol.spacing, symbol.diameter / 2)
    return [], [Dots(centres, symbol.color, symbol.diameter)]


def _crosses(scene: RuleScene, symbol: Symbol) -> Levels:
    centres = texture.lattice(scene.cut_areas, scene.zero, symbol.spacing, symbol.size / 2)
    return [], [Stroke(texture.cross_marks(centres, symbol.size), symbol.color, symbol.width)]


def _waves(scene: RuleScene, symbol: Symbol) -> Levels:
    centres = texture.lattice(scene.cut_areas, scene.zero, symbol.spacing, WAVE_LENGTH * 0.4)
    return [], [Stroke(texture.wave_marks(centres, WAVE_LENGTH), symbol.color, symbol.width, cap="round")]


def _ticks(scene: RuleScene, symbol: Symbol) -> Levels:
    lines = scene.whole_lines
    if not len(lines):
        return [], []
    ruler = along.Ruler.along(lines)
    places, _strip = along.places(ruler, symbol.spacing)
    foot = ruler.point(places)
    near = along.inside(foot, scene.window, symbol.length + 1)
    foot = foot[near]
    way = ruler.direction(places[near], symbol.spacing / 3)
    left = np.column_stack([way[:, 1], -way[:, 0]])  # y runs down
    ticks = np.stack([foot, foot + left * symbol.length], axis=1)
    return [], [Stroke(Strips.of_segments(ticks), symbol.color, symbol.width)]


def _arrows(scene: RuleScene, symbol: Symbol) -> Levels:
    lines = scene.whole_lines
    if not len(lines):
        return [], []
    ruler = along.Ruler.along(lines)
    places, _strip = along.places(ruler, symbol.spacing, least_one=True)
    ends = ruler.begin + ruler.length
    # The head at the end shows where the way leads, even where the line is short.
    tips = np.concatenate([places + symbol.size / 2, ends])
    keep = np.ones(len(tips), dtype=bool)
    keep[: len(places)] = np.abs(tips[: len(places), None] - ends[None, :]).min(axis=1) > symbol.size * 1.2
    tips = np.minimum(tips, ends.max())[keep]
    tip = ruler.point(tips)
    near = along.inside(tip, scene.window, symbol.size)
    tip = tip[near]
    way = ruler.direction(tips[near] - symbol.size * 0.45, symbol.size * 0.45)
    shape = np.array([[0.0, 0.0], [-1.0, 0.45], [-0.72, 0.0], [-1.0, -0.45], [0.0, 0.0]]) * symbol.size
    across = np.column_stack([-way[:, 1], way[:, 0]])
    heads = tip[:, None, :] + shape[None, :, :1] * way[:, None, :] + shape[None, :, 1:] * across[:, None, :]
    areas = Strips.of_segments(heads)
    return [Stroke(areas, WHITE, ARROW_CASING)], [Fill(areas, symbol.color)]


def _band(scene: RuleScene, symbol: Symbol) -> Levels:
    metres = symbol.width / scene.view.mm_per_metre
    shapes = scene.shapes.all_cut().areas
    flat = shapely.get_dimensions(shapes) == 2
    valid = np.asarray(shapely.make_valid(shapes[flat]), dtype=object)
    outside = shapely.difference(shapely.buffer(valid, metres, quad_segs=4), valid)
    strips = in_mm(Strips.of_areas(np.asarray(outside, dtype=object), scene.numbers[flat]), scene.view)
    return [], [Fill(strips, symbol.color, symbol.opacity)]


def _railway(scene: RuleScene, symbol: Symbol) -> Levels:
    dash = symbol.dash or (2.4, 2.4)
    white = along.dashed(scene.whole_lines, dash, _grown(scene.window, symbol.width))
    return [Stroke(scene.lines, symbol.color, symbol.width)], [Stroke(white, WHITE, symbol.width * 0.55)]


def _double(scene: RuleScene, symbol: Symbol) -> Levels:
    return (
        [Stroke(scene.lines, symbol.color, symbol.width, cap="round")],
        [Stroke(scene.lines, symbol.inner, symbol.inner_width, cap="round")],
    )


def _marker(scene: RuleScene, symbol: Symbol) -> Levels:
    return [], list(marker_stamps(scene, symbol))


def marker_stamps(scene: RuleScene, symbol: Symbol) -> list[Stamps]:
    """The markers of the scene's features, those alike together."""
    if id(symbol) not in scene.stamps:
        scene.stamps[id(symbol)] = _stamps(scene, symbol)
    return scene.stamps[id(symbol)]


def _stamps(scene: RuleScene, symbol: Symbol) -> list[Stamps]:
    centres, numbers = scene.points
    share = symbol.shrunk(scene.view.denominator)
    table = scene.picture.table
    groups: dict[tuple[str, float], list[int]] = defaultdict(list)
    plain = "{" not in symbol.name and symbol.size_by is None
    if plain:
        groups[symbol.name, symbol.size] = list(range(len(numbers)))
    else:
        for place, number in enumerate(numbers.tolist()):
            values = scene.picture.values(number) if len(table) else {}
            groups[symbol.name_of(values), symbol.size_of(values)].append(place)
    return [
        Stamps(centres[which], name, size * share, symbol.halo * share)
        for (name, size), which in groups.items()
        if which
    ]


def ring_places(scene: RuleScene, symbol: Symbol) -> Floats:
    """Where the lines in the window begin, mm (K, 2)."""
    lines = scene.whole_lines
    firsts = lines.points[lines.starts[:-1]]
    return firsts[along.inside(firsts, scene.window, symbol.size)]


def _start_ring(scene: RuleScene, symbol: Symbol) -> Levels:
    firsts = ring_places(scene, symbol)
    ring = texture.discs(firsts, symbol.size - symbol.width, corners=32)
    halo = texture.discs(firsts, symbol.size + ARROW_CASING, corners=32)
    return [], [Fill(halo, WHITE), Stroke(ring, symbol.color, symbol.width)]


def _grown(window: tuple[float, float, float, float], more: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = window
    return left - more, top - more, right + more, bottom + more


_MAKERS: dict[str, Callable[[RuleScene, Symbol], Levels]] = {
    "fill": _fill,
    "stroke": _stroke,
    "hatch": _hatch,
    "dots": _dots,
    "crosses": _crosses,
    "waves": _waves,
    "ticks": _ticks,
    "arrows": _arrows,
    "band": _band,
    "railway": _railway,
    "double": _double,
    "marker": _marker,
    "start_ring": _start_ring,
}


def scenes(
    picture: LayerPicture,
    view: MapView,
    numbers: NDArray[np.int64],
    *,
    exact: bool = False,
    stops: Floats | None = None,
) -> list[RuleScene]:
    """A scene for each rule that has features among `numbers`. `exact`: areas end at the frame (paper)."""
    # What stands in the way of names, where lines end, what is drawn: all ask for the scenes of one view.
    plain = not exact and stops is None and numbers is picture.visible(view)
    if plain and picture.scenes is not None and picture.scenes[0] == view:
        return picture.scenes[1]
    found = _scenes(picture, view, numbers, exact=exact, stops=stops)
    if plain:
        picture.scenes = view, found
    return found


def _scenes(
    picture: LayerPicture, view: MapView, numbers: NDArray[np.int64], *, exact: bool, stops: Floats | None
) -> list[RuleScene]:
    found = []
    # np.unique would load numpy.ma, a tenth of a second, for this alone.
    for number in np.flatnonzero(np.bincount(picture.rules[numbers])).tolist():
        line_shapes = picture.shapes(view, number, numbers, picture.style.reach + 1.0, exact=exact)
        fill_shapes = picture.shapes(view, number, numbers, 0.0) if exact else line_shapes
        rule = picture.style.rules[number]
        found.append(
            RuleScene(picture, view, rule, line_shapes, fill_shapes, np.empty((0, 3)) if stops is None else stops)
        )
    return found
