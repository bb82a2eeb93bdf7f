"""Which labels the map shows and where: priorities, collisions, leaders, positions given by hand.

Line names are set first and block their strip; then the greatest priority first. A label that finds no room is left
out and reported, never printed over another one or cut at the frame.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography import symbols
from geohazard_desktop.cartography.along import Ruler, places
from geohazard_desktop.cartography.label_lines import along_line
from geohazard_desktop.cartography.label_places import (
    LEADER_FROM,
    Block,
    Candidates,
    around_point,
    centred,
    in_area,
    widest_place,
)
from geohazard_desktop.cartography.label_room import OVER_LABEL, OVER_SYMBOL, Room
from geohazard_desktop.cartography.label_text import Box, Glyphs
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.strips import Strips
from geohazard_desktop.cartography.style import Label, Rule
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.workspace import Workspace

MOST_A_LAYER = 1500
SAME_NAME_MM = 15.0
STEADY_DPI = 300.0  # labels are placed by shapes of this fineness everywhere, so that screen and paper place them alike
SMALLEST_AREA_MM = 3.0  # smaller areas are named only where their names matter
MATTERS_FROM = 70.0  # from this priority on a label may cover a symbol and leave its area rather than be left out
_ROUTE_WEIGHT, _EDGE_WEIGHT, _SAMPLE_MM = 60.0, 12.0, 1.5


@dataclass(frozen=True, slots=True)
class LabelSource:
    """A feature's label before it is placed. `shape` is its visible part in mm."""

    layer: str
    uid: str
    label: Label
    text: str
    second: str
    shape: BaseGeometry
    radius: float  # of its symbol or half its line's width, mm
    geometry: BaseGeometry  # the whole feature, in metres


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label on the map. `boxes` are what it covers in mm; `leader` runs from label (x, y) to feature (x, y)."""

    layer: str
    uid: str
    text: str
    second: str
    lines: tuple[Glyphs, ...]
    boxes: tuple[Box, ...]
    color: str
    halo: float
    leader: tuple[float, float, float, float] | None = None
    by_hand: bool = False

    @property
    def centre(self) -> tuple[float, float]:
        lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
        return (min(lefts) + max(rights)) / 2, (min(tops) + max(bottoms)) / 2


@dataclass(slots=True)
class Placement:
    labels: list[PlacedLabel] = field(default_factory=list)
    unplaced: list[LabelSource] = field(default_factory=list)


def place_labels(
    view: MapView,
    pictures: Sequence[LayerPicture],
    fixed: Mapping[tuple[str, str], tuple[float, float]],
    *,
    blocked: Sequence[Box] = (),
) -> Placement:
    """Place the labels of all `pictures` (in draw order) in `view`. `fixed` gives (east, north) in metres from a
    feature's anchor (see `label_anchor`) to its label's middle, by (layer, uid). `blocked` boxes (left, top, right,
    bottom in mm) are covered by something else: an inset, a scale bar."""
    view = replace(view, dpi=STEADY_DPI)
    room = _room(view, pictures)
    room.claim(np.array(blocked, dtype=float))
    sources = [one for picture in pictures for one in _sources(view, picture)]
    sources.sort(key=lambda one: (-one.label.priority, -_size(one), one.uid))
    result = Placement()
    by_hand = [one for one in sources if (one.layer, one.uid) in fixed]
    for source in by_hand:
        result.labels.append(_by_hand(source, fixed[source.layer, source.uid], view, room))
    others = [one for one in sources if (one.layer, one.uid) not in fixed]
    left_over: list[LabelSource] = []
    for source in _merged_lines([one for one in others if one.label.placement == "line"]):
        placed = _along(source, room)
        result.labels += placed
        if not placed:
            left_over.append(source)
    # A short line that can't carry its name still gets it beside it, when it matters (routes).
    straight = [one for one in others if one.label.placement != "line"] + [
        one for one in left_over if one.label.priority >= MATTERS_FROM
    ]
    result.unplaced += [one for one in left_over if one.label.priority < MATTERS_FROM]
    for source in sorted(straight, key=lambda one: (-one.label.priority, -_size(one), one.uid)):
        if _said_nearby(source, result.labels):
            continue
        made = _straight(source, room)
        if made is None:
            result.unplaced.append(source)
        else:
            result.labels.append(made)
    return result


def _said_nearby(source: LabelSource, placed: Sequence[PlacedLabel]) -> bool:
    """A river's surface needs no name of its own beside the name along the river."""
    if source.label.priority >= MATTERS_FROM or shapely.get_dimensions(source.shape) != 2:
        return False
    same = [shapely.Point(one.centre) for one in placed if one.text == source.text]
    return any(shapely.distance(one, source.shape) < SAME_NAME_MM for one in same)


def label_anchor(geometry: BaseGeometry) -> tuple[float, float]:
    """The place (east, north) from which a hand-moved label's offset counts: the point; a line's middle; an area's
    widest place. It depends on the feature alone, never on the view."""
    dimension = shapely.get_dimensions(geometry)
    if dimension == 2:
        east, north, _radius = widest_place(geometry)
        return east, north
    if dimension == 1:
        longest = max(shapely.get_parts(geometry), key=lambda one: one.length)
        point = longest.interpolate(0.5, normalized=True)
        return point.x, point.y
    point = shapely.get_parts(geometry)[0]
    return point.x, point.y


def manual_positions(ws: Workspace, sheet: str | None = None) -> dict[tuple[str, str], tuple[float, float]]:
    """Labels moved by hand, from the label_position layer: those for every sheet, those of `sheet` (its uid) on top."""
    result: dict[tuple[str, str], tuple[float, float]] = {}
    rows = list(ws.table("label_position")) if "label_position" in ws.definitions else []
    for row in sorted(rows, key=lambda one: bool(one.text("sheet"))):
        if row.text("sheet") in {"", sheet or ""}:
            east, north = row["east"], row["north"]
            if isinstance(east, int | float) and isinstance(north, int | float):
                result[row.text("target_layer"), row.text("target_uid")] = (float(east), float(north))
    return result


# -- what there is to name ---------------------------------------------------------------------------------------------


def _room(view: MapView, pictures: Sequence[LayerPicture]) -> Room:
    room = Room(view.width_mm, view.height_mm)
    window = (-5.0, -5.0, view.width_mm + 5, view.height_mm + 5)
    for picture in pictures:
        kinds = {symbol.kind for rule in picture.style.rules for symbol in rule.symbols}
        weight = _ROUTE_WEIGHT if "arrows" in kinds else _EDGE_WEIGHT if "band" in kinds else 0.0
        if "marker" not in kinds and not weight:
            continue
        for scene in symbols.scenes(picture, view, picture.visible(view)):
            for symbol in scene.rule.of_kind("marker"):
                for stamps in symbols.marker_stamps(scene, symbol):
                    room.add_symbols(stamps.centres, stamps.size + 2 * stamps.halo)
            lines = scene.lines if weight else Strips.empty()
            if len(lines):
                ruler = Ruler.along(lines)
                at, _strip = places(ruler, _SAMPLE_MM)
                points = ruler.point(at) if len(at) else np.empty((0, 2))
                inside = (points >= window[:2]).all(axis=1) & (points <= window[2:]).all(axis=1)
                room.add_soft(points[inside], weight)
    return room


def _sources(view: MapView, picture: LayerPicture) -> Iterator[LabelSource]:
    label = picture.style.label
    if label is None or not label.shown_at(view.denominator):
        return
    numbers = picture.visible(view)
    if picture.definition.geometry == "polygon" and label.priority < MATTERS_FROM and len(numbers):
        size = (picture.bounds[numbers, 2:] - picture.bounds[numbers, :2]).max(axis=1) * view.mm_per_metre
        numbers = numbers[size >= SMALLEST_AREA_MM]
    wanted: list[tuple[int, str, str]] = []
    for number in numbers.tolist():
        values = picture.values(number)
        text = label.text_of(values)
        if text:
            wanted.append((number, text, label.second_of(values)))
        if len(wanted) >= MOST_A_LAYER:
            break
    if not wanted:
        return
    chosen = np.array([number for number, _text, _second in wanted])
    rules = picture.rules[chosen]
    shapes = _visible_shapes(view, picture, chosen)
    for (number, text, second), rule, shape in zip(wanted, rules.tolist(), shapes, strict=True):
        if shape is None or shape.is_empty:
            continue
        values = picture.values(number)
        radius = _radius(picture.style.rules[rule], values)
        whole = picture.geometries[number]
        yield LabelSource(picture.layer, picture.table.uids[number], label, text, second, shape, radius, whole)


def _visible_shapes(view: MapView, picture: LayerPicture, numbers: NDArray[np.int64]) -> list[BaseGeometry]:
    """In mm. Lines stay whole, so that names along them keep their places; areas are cut to the frame."""
    result: dict[int, BaseGeometry] = {}
    east_min, _north_min, _east_max, north_max = view.bounds
    scale = view.mm_per_metre

    def in_mm(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((places - (east_min, north_max)) * (scale, -scale))

    for rule in np.unique(picture.rules[numbers]).tolist():
        mine = picture.shapes(view, rule, numbers, -1.0)
        cut = mine.areas if picture.definition.geometry == "polygon" else mine.whole
        moved = shapely.transform(cut, in_mm)
        result.update(zip(mine.numbers.tolist(), moved, strict=True))
    return [result[number] for number in numbers.tolist()]


def _radius(rule: Rule, values: Mapping[str, object]) -> float:
    radius = 0.5
    for symbol in rule.symbols:
        if symbol.kind == "marker":
            radius = max(radius, symbol.size_of(values) / 2 + symbol.halo)  # type: ignore[arg-type]
        elif symbol.kind in {"stroke", "double", "railway"}:
            radius = max(radius, (symbol.width + symbol.casing) / 2)
    return radius


def _size(source: LabelSource) -> float:
    dimension = shapely.get_dimensions(source.shape)
    return float(source.shape.area if dimension == 2 else source.shape.length if dimension == 1 else source.radius)


def _merged_lines(sources: list[LabelSource]) -> Iterator[LabelSource]:
    """Pieces of one road bear its name once, not once each."""
    groups: dict[tuple[str, str], list[LabelSource]] = defaultdict(list)
    for one in sources:
        groups[one.layer, one.text].append(one)
    for group in groups.values():
        first = group[0]
        if len(group) > 1:
            whole = shapely.line_merge(
                shapely.multilinestrings([p for one in group for p in shapely.get_parts(one.shape)])
            )
            yield LabelSource(
                first.layer, first.uid, first.label, first.text, first.second, whole, first.radius, first.geometry
            )
        else:
            yield first


# -- placing -----------------------------------------------------------------------------------------------------------


def _along(source: LabelSource, room: Room) -> list[PlacedLabel]:
    placed = []
    for part in sorted(shapely.get_parts(source.shape), key=lambda one: -one.length)[:6]:
        if part.length < 3 or shapely.get_type_id(part) != 1:
            continue
        for one in along_line(source.label, source.text, shapely.get_coordinates(part), room, source.radius * 2):
            boxes = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in one.boxes)
            placed.append(_placed(source, (one.glyphs,), boxes))
    return placed


def _straight(source: LabelSource, room: Room) -> PlacedLabel | None:
    block = Block.of(source.label, source.text, source.second)
    found = _candidates(source, block, room)
    inside = room.inside(found.boxes)
    if not inside.any():
        return None
    found = Candidates(found.boxes[inside], found.costs[inside], found.feet[inside], found.gaps[inside])
    halo = min(source.label.halo, 0.4)
    costs = found.costs + room.cost(found.boxes + np.array([-halo, -halo, halo, halo]))
    best = _cheapest(found, costs, room)
    most = OVER_LABEL if source.label.priority >= MATTERS_FROM else OVER_SYMBOL
    if costs[best] >= most:
        return None
    a, b, c, d = found.boxes[best].tolist()
    box = (a, b, c, d)
    room.claim(found.boxes[best : best + 1] + np.array([-halo, -halo, halo, halo]))
    leader = None
    if found.gaps[best] > LEADER_FROM:
        leader = _leader(box, (float(found.feet[best, 0]), float(found.feet[best, 1])))
        room.add_leader(leader[:2], leader[2:])
    return _placed(source, block.lines(box), (box,), leader)


def _cheapest(found: Candidates, costs: NDArray[np.float64], room: Room) -> int:
    """The cheapest candidate, its leader counted into `costs`; leaders are looked at only where they may decide."""
    best = -1
    order = np.argsort(costs, kind="stable")
    for first in range(0, len(order), 8):
        some = order[first : first + 8]
        if best >= 0 and costs[best] <= costs[some[0]]:
            break
        led = some[found.gaps[some] > LEADER_FROM]
        if len(led):
            starts = np.clip(found.feet[led], found.boxes[led, :2], found.boxes[led, 2:])
            costs[led] += room.leader_cost(starts, found.feet[led])
        least = int(some[np.argmin(costs[some])])
        best = least if best < 0 or costs[least] < costs[best] else best
    return best


def _candidates(source: LabelSource, block: Block, room: Room) -> Candidates:
    dimension = shapely.get_dimensions(source.shape)
    if dimension == 2:
        return in_area(block, source.shape, leave=source.label.priority >= MATTERS_FROM)
    if dimension == 1:
        found = []
        for share in (0.5, 0.4, 0.6, 0.25, 0.75):
            point = max(shapely.get_parts(source.shape), key=lambda one: one.length).interpolate(share, normalized=True)
            found.append(around_point(block, point.x, point.y, source.radius))
        return Candidates.joined(found)
    parts = shapely.get_coordinates(source.shape)
    left, top, right, bottom = room.inner
    near = [p for p in parts.tolist() if left - 2 <= p[0] <= right + 2 and top - 2 <= p[1] <= bottom + 2] or parts[
        :1
    ].tolist()
    if source.label.placement == "inside":
        return centred(block, *near[0])
    return around_point(block, near[0][0], near[0][1], source.radius)


def _by_hand(source: LabelSource, offset: tuple[float, float], view: MapView, room: Room) -> PlacedLabel:
    block = Block.of(source.label, source.text, source.second)
    ax, ay = view.to_mm(*label_anchor(source.geometry))
    x = ax + offset[0] * view.mm_per_metre
    y = ay - offset[1] * view.mm_per_metre
    left, top, right, bottom = room.inner
    x = min(max(x, left + block.width / 2), max(right - block.width / 2, left + block.width / 2))
    y = min(max(y, top + block.height / 2), max(bottom - block.height / 2, top + block.height / 2))
    box = centred(block, x, y).boxes[0].tolist()
    placed = (box[0], box[1], box[2], box[3])
    room.claim(np.array([placed]))
    gap = shapely.distance(shapely.box(*placed), source.shape) - source.radius
    leader = _leader(placed, (ax, ay)) if gap > LEADER_FROM else None
    return _placed(source, block.lines(placed), (placed,), leader, by_hand=True)


def _leader(box: Box, foot: tuple[float, float]) -> tuple[float, float, float, float]:
    """From the label's nearest edge."""
    x = min(max(foot[0], box[0]), box[2])
    y = min(max(foot[1], box[1]), box[3])
    return x, y, foot[0], foot[1]


def _placed(
    source: LabelSource,
    lines: tuple[Glyphs, ...],
    boxes: tuple[Box, ...],
    leader: tuple[float, float, float, float] | None = None,
    *,
    by_hand: bool = False,
) -> PlacedLabel:
    label = source.label
    return PlacedLabel(
        source.layer, source.uid, source.text, source.second, lines, boxes, label.color, label.halo, leader, by_hand
    )
