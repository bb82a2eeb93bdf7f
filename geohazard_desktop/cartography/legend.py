"""The legend: what the map really shows, each swatch painted by the map's own symbols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from geohazard_desktop.cartography import symbols
from geohazard_desktop.cartography.painter import PaintReport, paint_map
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Rule, Style
from geohazard_desktop.cartography.svg import SvgCanvas
from geohazard_desktop.cartography.view import MM_PER_INCH, MapView
from geohazard_desktop.workspace.definition import GeometryKind, LayerDefinition
from geohazard_desktop.workspace.feature import FeatureTable, Value

SWATCH_MM = (12.0, 6.4)
SCREEN_DPI = 96.0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend. `swatch` is an SVG of SWATCH_MM; `sizes` are the values and mm of a graded marker that
    are on the map (two or more), smallest first."""

    layer: str
    rule: int
    label: str
    swatch: str
    count: int
    sizes: tuple[tuple[str, float], ...] = ()


def legend_entries(report: PaintReport, pictures: Sequence[LayerPicture]) -> list[LegendEntry]:
    """An entry for each rule that has at least one feature in the painted map, layers in tree order, rules in the
    style's order. `report` is what painting these `pictures` returned."""
    entries = []
    for picture in sorted(pictures, key=lambda one: one.definition.order):
        for number, rule in enumerate(picture.style.rules):
            count = report.counts.get((picture.layer, number), 0)
            if not count or not rule.symbols:
                continue
            first = int(np.flatnonzero((picture.rules == number) & picture.usable)[0])
            entries.append(
                LegendEntry(
                    picture.layer,
                    number,
                    rule.label or picture.definition.title,
                    swatch_svg(rule, picture.definition.geometry, picture.values(first)),
                    count,
                    _sizes(rule, report.sizes.get((picture.layer, number), [])),
                )
            )
    return entries


def swatch(
    rule: Rule,
    geometry: str,
    width: float,
    height: float,
    ratio: float = 1.0,
    values: Mapping[str, Value] | None = None,
) -> QImage:
    """The rule's symbols on a transparent tile of `width` by `height` logical pixels at a device pixel ratio.
    `values` fill the braces in marker names."""
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    mm = width / SCREEN_DPI * MM_PER_INCH, height / SCREEN_DPI * MM_PER_INCH
    factor = _shrink(rule, geometry, mm)
    view = _view(mm, factor, SCREEN_DPI * ratio * factor)
    painter = QPainter(image)
    try:
        paint_map(painter, view, [_sample(rule, geometry, view, values or {})], labels=False)
    finally:
        painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def swatch_svg(
    rule: Rule,
    geometry: str,
    values: Mapping[str, Value] | None = None,
    width_mm: float = SWATCH_MM[0],
    height_mm: float = SWATCH_MM[1],
) -> str:
    """The same as SVG for paper."""
    factor = _shrink(rule, geometry, (width_mm, height_mm))
    view = _view((width_mm, height_mm), factor, 300.0)
    picture = _sample(rule, geometry, view, values or {})
    for _step in picture.prepare(view):
        pass
    canvas = SvgCanvas(view.width_mm, view.height_mm)
    for _scene, primitive in symbols.painted(symbols.scenes(picture, view, picture.visible(view), exact=True)):
        canvas.draw(primitive)
    return canvas.text(width_mm, height_mm)


def _sizes(rule: Rule, shown: Sequence[float]) -> tuple[tuple[str, float], ...]:
    by_value = {
        value: size
        for symbol in rule.of_kind("marker")
        if symbol.size_by is not None
        for value, size in symbol.size_by.sizes.items()
    }
    found = tuple(sorted(((value, size) for value, size in by_value.items() if size in shown), key=lambda one: one[1]))
    return found if len(found) > 1 else ()


def _shrink(rule: Rule, geometry: str, mm: tuple[float, float]) -> float:
    """Markers that are larger than the tile are drawn smaller; lines and textures keep their measure on paper, but are
    drawn smaller on a small screen tile, where one hatch line would tell nothing."""
    largest = max((one.size + 2 * one.halo for one in rule.of_kind("marker")), default=0.0)
    if geometry == "point" and largest:
        return min(1.0, min(mm) / largest)
    return min(1.0, max(0.6, mm[0] / 10.0))


def _view(mm: tuple[float, float], factor: float, dpi: float) -> MapView:
    """A ground of 1:1000, so that a metre is a millimetre."""
    width, height = mm[0] / factor, mm[1] / factor
    return MapView((width / 2, height / 2), 1000.0, width, height, dpi)


def _sample(rule: Rule, geometry: str, view: MapView, values: Mapping[str, Value]) -> LayerPicture:
    """A layer with one feature that fills the tile."""
    kind: GeometryKind = "polygon" if geometry == "polygon" else "line" if geometry == "line" else "point"
    width, height = view.width_mm, view.height_mm
    band = max((one.width for one in rule.of_kind("band")), default=0.0)
    edge = max((one.width + one.casing for one in rule.of_kind("stroke")), default=0.3) / 2 + 0.15 + band
    shape = shapely.MultiPoint([(width / 2, height / 2)])
    if kind == "line":
        shape = shapely.MultiLineString([[(1.4, height / 2), (width - 0.8, height / 2)]])
    elif kind == "polygon" and (band or not rule.of_kind("fill", "hatch", "dots", "crosses", "waves", "ticks")):
        # A boundary is a line to the reader, with its band on one side.
        shape = shapely.MultiPolygon([shapely.box(-50, height / 2 - band / 2 - 50, width + 50, height / 2 - band / 2)])
    elif kind == "polygon":
        shape = shapely.MultiPolygon([shapely.box(edge, edge, width - edge, height - edge)])
    known = dict(values)
    if rule.where is not None and rule.where.values:
        known.setdefault(rule.where.field, rule.where.values[0])
    geometries = np.empty(1, dtype=object)
    geometries[0] = shape
    plain = replace(rule, where=None)
    return LayerPicture(
        LayerDefinition("swatch", "", kind, ()),
        Style("swatch", (plain,)),
        FeatureTable("swatch", ["0"], geometries, {name: [value] for name, value in known.items()}),
    )
