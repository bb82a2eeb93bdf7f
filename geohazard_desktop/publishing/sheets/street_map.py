"""The map of the public sheet of one danger zone: what people who stand before it need, large, and nothing else.

Layers, how much larger their symbols are and how large their names stand in resources/templates/settings.toml. The ways
are laid over the map by the template, with chevrons and the minutes of an old person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import shapely

from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.cartography.label_text import Box, text_width
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Rule, SizeBy, Style, Symbol
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.mark_places import MarkRoom, callout_boxes, symbol_boxes
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.sheets.map_forms import MapMark, MapWay, Millimetres, SheetRoute
from geohazard_desktop.workspace.feature import Feature, FeatureTable

Sizes = Mapping[str, tuple[float, float]]  # layer: symbols times as large, names in points (0: none)
ROUTES, ZONES, SHELTERS = "evacuation_route", "danger_zone", "shelter"
WAY_WIDTH = 4.2  # mm of the design
_BADGE_POINTS, _BADGE_HIGH = 24.0, 11.0
_STOP_SHORT = 8.0
_HEAD_BOXES = 3  # each hardly wider than the way
_HERE_POINTS = 22.0
_HERE_BOX = (40.0, 11.7)  # mm of the design: the callout's box, as map_frame.typ draws it


def street_pictures(layers: MapLayers, sizes: Sizes, zones: frozenset[str], unit: float) -> list[LayerPicture]:
    """The layers of `sizes`, enlarged, in a drawing that has `unit` mm for one of the design; of danger zones, `zones`
    alone, called 危险区. Without the routes."""
    found = []
    for one in layers.pictures:
        if one.layer not in sizes or one.layer == ROUTES:
            continue
        symbols, points = sizes[one.layer]
        table = one.table
        if one.layer == ZONES:
            table = FeatureTable.of(ZONES, [zone for zone in table if zone.uid in zones])
        found.append(LayerPicture(one.definition, enlarged(one.style, symbols * unit, points * unit), table))
    return found


def enlarged(style: Style, times: float, points: float) -> Style:
    """Symbols `times` as large, names in `points`, one line each; a danger zone is called what it is."""
    label = style.label
    if label is not None and points > 0:
        text = _("危险区") if style.layer == ZONES else label.text
        halo = max(label.halo, points * 0.045)
        label = replace(label, text=text, second="", size=points, halo=halo, maximum_scale_denominator=None)
    return replace(
        style, rules=tuple(_enlarged(one, times) for one in style.rules), label=label if points > 0 else None
    )


def _enlarged(rule: Rule, times: float) -> Rule:
    def symbol(one: Symbol) -> Symbol:
        by = one.size_by
        return replace(
            one,
            width=one.width * times,
            casing=one.casing * times,
            dash=tuple(part * times for part in one.dash),
            spacing=one.spacing * times,
            diameter=one.diameter * times,
            size=one.size * times,
            length=one.length * times,
            inner_width=one.inner_width * times,
            halo=one.halo * times,
            size_by=None if by is None else SizeBy(by.field, {key: size * times for key, size in by.sizes.items()}),
            shrink_beyond=None,
        )

    return replace(rule, symbols=tuple(symbol(one) for one in rule.symbols))


@dataclass(frozen=True, slots=True)
class WaysOver:
    """Ways and their badges in mm of the design, and the boxes that they cover in mm of the drawing."""

    ways: tuple[MapWay, ...]
    badges: tuple[MapMark, ...]
    boxes: tuple[Box, ...]
    lines: tuple[shapely.LineString, ...] = ()  # the ways in metres


def ways_over(
    view: MapView,
    unit: float,
    epsg: int,
    layers: MapLayers,
    routes: Sequence[Feature],
    rows: Sequence[SheetRoute],
    here: tuple[float, float] | None = None,
    *,
    pictures: Sequence[LayerPicture] = (),
    blocked: Sequence[Box] = (),
) -> WaysOver:
    """The routes that are one line, each with its number and the minutes of an old person, and 您在这里 at `here`
    (east, north; None: nowhere). `rows` belong to `routes`; `unit` is mm of the drawing in one of the design.
    None of it hides a symbol of `pictures`; `blocked` boxes are covered by something else."""
    shelters = {one.uid: one for one in layers.features(SHELTERS)}
    ways: list[MapWay] = []
    badges: list[MapMark] = []
    boxes: list[Box] = []
    lines = [route_line(one, shelters.get(one.text("shelter")), epsg=epsg) for one in routes]
    room = MarkRoom((view.width_mm, view.height_mm), symbol_boxes(view, pictures), blocked)
    for line in lines:
        if line is not None and not line.is_empty:
            room.add_way([view.to_mm(east, north) for east, north in line.coords], WAY_WIDTH * unit)
    if here is not None:
        place, size = view.to_mm(*here), (_HERE_BOX[0] * unit, _HERE_BOX[1] * unit)
        box = room.callout(place, size)
        middle = (box[0] / unit, box[1] / unit)
        at = (place[0] / unit, place[1] / unit)
        badges.append(MapMark(kind="here", at=at, points=_HERE_POINTS, box=middle))
        boxes += callout_boxes(place, box, size)
    for line, row in zip(lines, rows, strict=True):
        if line is None or line.is_empty:
            continue
        points = [view.to_mm(east, north) for east, north in line.coords]
        design = tuple((x / unit, y / unit) for x, y in points)
        ways.append(MapWay(kind="route", points=design, width_mm=WAY_WIDTH, stop_short_mm=_STOP_SHORT))
        boxes += _head(shapely.LineString(points), unit)
        seen = shapely.LineString(points).intersection(shapely.box(0, 0, view.width_mm, view.height_mm))
        minutes = row.minutes[1]
        if (minutes is None and row.ask is None) or seen.is_empty:
            continue
        told = _("{counted}走 {minutes} 分钟").format(counted=row.counted or "", minutes=minutes)
        words = told if row.ask is None else _("先问再走")
        wide = (text_width(words, _BADGE_POINTS, "hei", True) + _BADGE_HIGH * 1.6) * unit
        place = room.plate(
            _badge_places(shapely.LineString(points), wide, _BADGE_HIGH * unit), (wide, _BADGE_HIGH * unit)
        )
        boxes.append((place[0] - wide / 2, place[1] - _BADGE_HIGH * unit / 2, place[0] + wide / 2,
                      place[1] + _BADGE_HIGH * unit / 2))  # fmt: skip
        number = "" if row.number is None else str(row.number)
        badges.append(MapMark(kind="badge", at=(place[0] / unit, place[1] / unit), words=words, number=number or None))
    whole = tuple(one for one in lines if one is not None and not one.is_empty)
    return WaysOver(tuple(ways), tuple(badges), tuple(boxes), whole)


def _head(line: shapely.LineString, unit: float) -> list[Box]:
    """Boxes that cover the end of a way with its arrow head: a name there would hide where the way leads."""
    end = line.length - _STOP_SHORT * unit
    around = 0.7 * WAY_WIDTH * unit
    found: list[Box] = []
    for back in range(_HEAD_BOXES):
        if (at := end - back * around) < 0:
            break
        place = line.interpolate(at)
        found.append((place.x - around, place.y - around, place.x + around, place.y + around))
    return found


def _badge_places(line: shapely.LineString, wide: float, high: float) -> list[Millimetres]:
    """Beside the way, from its middle outward; on its middle at worst."""
    away = high * 1.1
    found = []
    for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
        at = line.interpolate(share, normalized=True)
        for dx, dy in ((0, -away), (0, away), (wide / 2 + 5, 0), (-wide / 2 - 5, 0)):
            found.append((at.x + dx, at.y + dy))
    middle = line.interpolate(0.5, normalized=True)
    return [*found, (middle.x, middle.y)]
