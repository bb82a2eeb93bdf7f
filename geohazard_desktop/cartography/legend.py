"""The legend: what the map really shows, each swatch painted by the map's own symbols."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from geohazard_desktop.cartography import symbols
from geohazard_desktop.cartography.classes import value_words
from geohazard_desktop.cartography.painter import PaintReport, paint_map
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Rule, SizeBy, Style, Symbol
from geohazard_desktop.cartography.svg import SvgCanvas
from geohazard_desktop.cartography.texture import ROW
from geohazard_desktop.cartography.view import MM_PER_INCH, MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.shape_measures import measure_of
from geohazard_desktop.workspace.conditions import Where
from geohazard_desktop.workspace.definition import GeometryKind, LayerDefinition
from geohazard_desktop.workspace.feature import FeatureTable, Value

SWATCH_MM = (12.0, 6.4)
LINE_MM = 3.4  # a line needs no more height
MARKER_MM = 4.5  # a point symbol that is smaller on the map is explained at this size, or at its own near by
# A full legend has less height for each line. A swatch made smaller there would lose its texture on a copier, so it is
# made flat: entries up to, mm high.
_HEIGHTS = ((24, SWATCH_MM[1]), (33, 4.8))
_FLATTEST = 4.0
_FRAME = '<rect x=".1" y=".1" width="{width:g}" height="{height:g}" fill="none" stroke="#595959" stroke-width=".2"/>'
SCREEN_DPI = 96.0
_LINES = {"stroke", "double", "railway", "band"}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend, drawn like feature `first` of its layer; `sizes` are the values and mm of a graded
    marker that are on the map (two or more), smallest first."""

    picture: LayerPicture
    rule: int
    label: str
    first: int
    count: int
    denominator: float
    areas_mm: float
    sizes: tuple[tuple[str, float], ...] = ()

    @property
    def layer(self) -> str:
        return self.picture.layer

    @property
    def title(self) -> str:
        """The layer's."""
        return self.picture.definition.title

    @property
    def swatch(self) -> str:
        """An SVG as wide as SWATCH_MM and at most as high; drawn when it is asked for, as some ask for words alone."""
        picture = self.picture
        rule, geometry = (
            at_scale(picture.style.rules[self.rule], self.denominator, MARKER_MM),
            picture.definition.geometry,
        )
        high = _high(rule, geometry, self.areas_mm)
        return swatch_svg(rule, geometry, picture.values(self.first), SWATCH_MM[0], high, picture.style.opacity)


def legend_entries(
    report: PaintReport, pictures: Sequence[LayerPicture], *, denominator: float = 1000.0
) -> list[LegendEntry]:
    """An entry for each rule that has at least one feature in the painted map, or for each of its drawings where its
    marker follows a field; layers in tree order, rules in the style's order.

    `report` is what painting these `pictures` at 1:`denominator` returned: a marker is as large here as there, or as
    large as it takes to be recognised."""
    named = [
        (picture, number, one)
        for picture in sorted(pictures, key=lambda one: one.definition.order)
        for number, rule in enumerate(picture.style.rules)
        if report.counts.get((picture.layer, number)) and rule.symbols
        for one in _drawings(picture, number, report.markers.get((picture.layer, number), set()))
    ]
    height = next((high for most, high in _HEIGHTS if len(named) <= most), _FLATTEST)
    return [
        LegendEntry(
            picture,
            number,
            label,
            first,
            report.counts[picture.layer, number],
            denominator,
            height,
            _sizes(at_scale(picture.style.rules[number], denominator), report.sizes.get((picture.layer, number), [])),
        )
        for picture, number, (label, first) in named
    ]


def _drawings(picture: LayerPicture, number: int, shown: Collection[str]) -> list[tuple[str, int]]:
    """The words of a rule's lines and a feature that each is drawn like: one line, or one for each drawing that is
    `shown` (names of symbol files) where its marker follows the field that the rule's condition gathers."""
    rule = picture.style.rules[number]
    rows = np.flatnonzero((picture.rules == number) & picture.usable).tolist()
    plain = [(_label(picture, rule), rows[0])]
    marker = next((one for one in rule.of_kind("marker") if "{" in one.name), None)
    if marker is None or (rule.wheres and (rule.where is None or len(rule.where.values) < 2)):
        return plain
    if rule.where is None and _by_field(rule.label, None):
        return plain  # the rest of classes is told as that, whatever it is drawn like
    name = marker.name.partition("{")[2].partition("}")[0]
    if rule.where is not None and rule.where.field != name:
        return plain  # what its features share is the condition, not the drawing
    found: dict[str, tuple[str, int]] = {}
    for row in rows:
        values = picture.values(row)
        drawn = marker.name_of(values)
        if drawn in shown and drawn not in found and values.get(name):
            found[drawn] = (str(values[name]), row)
        if len(found) == len(shown):
            break
    order = {str(one): place for place, one in enumerate(() if rule.where is None else rule.where.values)}
    return sorted(found.values(), key=lambda one: (order.get(one[0], len(order)), one[0])) or plain


def _label(picture: LayerPicture, rule: Rule) -> str:
    """The rule's words; those of classes that somebody made by a field (< 20 m, 其他) say of which layer and field, or
    two layers' classes would read alike."""
    layer = picture.definition
    words = _words(picture, rule)
    # What is others' is printed with its source or not at all.
    return _("{words}（{source}）").format(words=words, source=layer.source) if layer.reference else words


def _words(picture: LayerPicture, rule: Rule) -> str:
    layer = picture.definition
    if not rule.label or layer.title in rule.label:
        return rule.label or layer.title
    if rule.label in {one.get("label") for one in layer.style.get("rule", ())}:
        return rule.label  # the layer's own style explains itself
    classed = [one.where for one in picture.style.rules if one.where is not None]
    of_rule = rule.where or (classed[0] if classed and not rule.wheres else None)
    if of_rule is None or of_rule.until_today or not _by_field(rule.label, rule.where):
        return rule.label
    known, measure = layer.by_name.get(of_rule.field), measure_of(of_rule.field)
    named = known.title if known is not None else measure.kind if measure is not None else ""
    return " ".join(one for one in (layer.title, named, rule.label) if one)


def _by_field(label: str, where: Where | None) -> bool:
    """Whether a rule's words are the value, the range or the rest of its field, not a name that somebody gave it."""
    if where is not None and (where.contains or where.empty):
        return False
    if where is None:
        return label in (_("其他"), _("其余"), _("没有填数"))
    return not where.values or label in {value_words(one) for one in where.values}


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
    view = _view(rule, mm, factor, SCREEN_DPI * ratio * factor)
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
    opacity: float = 1.0,
) -> str:
    """The same as SVG for paper, with the opacity that its layer has on the map."""
    factor = _shrink(rule, geometry, (width_mm, height_mm))
    view = _view(rule, (width_mm, height_mm), factor, 300.0)
    picture = _sample(rule, geometry, view, values or {})
    for _step in picture.prepare(view):
        pass
    canvas = SvgCanvas(view.width_mm, view.height_mm)
    group = canvas.group_begun(opacity)
    for _scene, primitive in symbols.painted(symbols.scenes(picture, view, picture.visible(view), exact=True)):
        canvas.draw(primitive)
    canvas.group_ended(group)
    if geometry == "polygon" and not any("stroke=" in one for one in canvas.parts):
        # White on white would look like a gap.
        canvas.parts.append(_FRAME.format(width=view.width_mm - 0.2, height=view.height_mm - 0.2))
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


def at_scale(rule: Rule, denominator: float, least_mm: float = 0.0) -> Rule:
    """The rule with its markers as large as they are at 1:`denominator`, but not made smaller than `least_mm`."""
    return replace(rule, symbols=tuple(_marker_at_scale(one, denominator, least_mm) for one in rule.symbols))


def _marker_at_scale(symbol: Symbol, denominator: float, least_mm: float) -> Symbol:
    share = min(1.0, max(symbol.shrunk(denominator), least_mm / symbol.size))
    if share == 1.0:
        return symbol
    by = symbol.size_by
    sizes = None if by is None else SizeBy(by.field, {value: size * share for value, size in by.sizes.items()})
    return replace(
        symbol, size=symbol.size * share, halo=symbol.halo * share, size_by=sizes, shrink_beyond=None, shrink_to=1.0
    )


def _high(rule: Rule, geometry: str, areas: float) -> float:
    """The height of a swatch: `areas` for those, as much as its symbol asks for else, never more than SWATCH_MM."""
    markers = [one.size + 2 * one.halo for one in rule.of_kind("marker")]
    if geometry == "point" and markers:
        return min(SWATCH_MM[1], max(LINE_MM, *markers))
    if geometry == "polygon" and not rule.edge_only:
        return areas
    lines = max((one.width + one.casing for one in rule.symbols if one.kind in _LINES), default=0.0)
    return min(SWATCH_MM[1], max(LINE_MM, lines + 0.6))


def _shrink(rule: Rule, geometry: str, mm: tuple[float, float]) -> float:
    """Markers that are larger than the tile are drawn smaller; lines and textures keep their measure on paper, but are
    drawn smaller on a small screen tile, where one hatch line would tell nothing."""
    largest = max((one.size + 2 * one.halo for one in rule.of_kind("marker")), default=0.0)
    if geometry == "point" and largest:
        return min(1.0, min(mm) / largest)
    return min(1.0, max(0.6, mm[0] / 10.0))


def _view(rule: Rule, mm: tuple[float, float], factor: float, dpi: float) -> MapView:
    """A ground of 1:1000, so that a metre is a millimetre. Its zero point, on which textures hang, lies so that one row
    of marks runs along the middle of the tile, or two at the same distance from its upper and lower edge."""
    row = max((one.spacing for one in rule.of_kind("dots", "crosses", "waves")), default=0.0) * ROW
    two = mm[1] / factor > 1.9 * row
    return MapView((0.0, row / 2 if two else 0.0), 1000.0, mm[0] / factor, mm[1] / factor, dpi)


def _sample(rule: Rule, geometry: str, view: MapView, values: Mapping[str, Value]) -> LayerPicture:
    """A layer with one feature that fills the tile."""
    kind: GeometryKind = "polygon" if geometry == "polygon" else "line" if geometry == "line" else "point"
    width, height = view.width_mm, view.height_mm
    band = max((one.width for one in rule.of_kind("band")), default=0.0)
    # A white casing needs no room of its own on a white tile.
    edge = max((one.width for one in rule.of_kind("stroke")), default=0.3) / 2 + 0.15 + band
    shape = shapely.MultiPoint([(width / 2, height / 2)])
    if kind == "line":
        shape = shapely.MultiLineString([[(1.4, height / 2), (width - 0.8, height / 2)]])
    elif kind == "polygon" and rule.edge_only:
        # A boundary is a line to the reader, with its band on one side.
        shape = shapely.MultiPolygon([shapely.box(-50, height / 2 - band / 2 - 50, width + 50, height / 2 - band / 2)])
    elif kind == "polygon":
        shape = shapely.MultiPolygon([shapely.box(edge, edge, width - edge, height - edge)])
    known = dict(values)
    if rule.where is not None and rule.where.values:
        known.setdefault(rule.where.field, rule.where.values[0])
    geometries = np.empty(1, dtype=object)
    geometries[0] = shapely.transform(shape, lambda places: places - (width / 2, height / 2) + view.centre)
    plain = replace(rule, wheres=())
    return LayerPicture(
        LayerDefinition("swatch", "", kind, ()),
        Style("swatch", (plain,)),
        FeatureTable("swatch", ["0"], geometries, {name: [value] for name, value in known.items()}),
    )
