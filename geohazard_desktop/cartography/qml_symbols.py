"""Our symbol layers in QGIS's words (QGIS 3 symbol XML). Not every kind has a twin there; what comes out is
recognisably the same: colours, widths, hatches, dashes and the very SVG of the markers."""

import base64
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, SubElement

from geohazard_desktop.cartography.style import Rule, Symbol
from geohazard_desktop.cartography.symbol_files import symbol_or_question
from geohazard_desktop.domain.shape_measures import AREA, LENGTH, PERIMETER, measure_of

LINE, FILL, MARKER = "line", "fill", "marker"
_TYPES = {"polygon": FILL, "line": LINE, "point": MARKER}
_CAPS = {"flat": "flat", "round": "round", "square": "square"}
WAVE_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 6"><path d="M1 3C4 0 8 0 12 3S20 6 23 3" fill="none" '
    'stroke="{color}" stroke-width="{width}" stroke-linecap="round"/></svg>'
)


def symbol_element(rule: Rule, geometry: str, name: str, values: Mapping[str, str]) -> Element:
    """The <symbol> of a rule; `values` fill the braces in marker names."""
    kind = _TYPES[geometry]
    element = _symbol(kind, name)
    for number, one in enumerate(rule.symbols):
        for layer in _layers(one, kind, values, f"{name}:{number}"):
            layer.set("pass", str(number))
            element.append(layer)
    if not len(element):
        element.set("alpha", "0")
        element.append(_layer("SimpleLine" if kind == LINE else "SimpleFill" if kind == FILL else "SimpleMarker", {}))
    return element


_MEASURES = {AREA: "$area", PERIMETER: "$perimeter", LENGTH: "$length"}
_STROKES = {"stroke", "double", "railway", "band"}


def _layers(symbol: Symbol, kind: str, values: Mapping[str, str], name: str) -> list[Element]:
    """The QGIS symbol layers, bottom up; empty where QGIS's kind of symbol has no place for it."""
    if symbol.kind in _STROKES:
        return _strokes(symbol)
    if symbol.kind == "ticks":
        return [_ticks(symbol, name)]
    if symbol.kind in {"arrows", "start_ring"}:
        # A head at the end besides those along the line: a short way has no other.
        at = ("FirstVertex",) if symbol.kind == "start_ring" else ("Interval", "LastVertex")
        return [_along(symbol, one, f"{name}:{one}") for one in at] if kind == LINE else []
    made: dict[tuple[str, str], Callable[[], Element]] = {
        ("fill", FILL): lambda: _fill(symbol),
        ("hatch", FILL): lambda: _hatch(symbol, name),
        ("dots", FILL): lambda: _pattern(symbol, name),
        ("crosses", FILL): lambda: _pattern(symbol, name),
        ("waves", FILL): lambda: _pattern(symbol, name),
        ("marker", MARKER): lambda: _marker(symbol, values),
    }
    maker = made.get((symbol.kind, kind))
    return [] if maker is None else [maker()]


def _fill(symbol: Symbol) -> Element:
    return _layer("SimpleFill", {"color": rgba(symbol.color, symbol.opacity), "style": "solid", "outline_style": "no"})


def _strokes(symbol: Symbol) -> list[Element]:
    if symbol.kind == "double":
        return [_line(symbol.color, symbol.width, cap="round"), _line(symbol.inner, symbol.inner_width, cap="round")]
    if symbol.kind == "railway":
        return [_line(symbol.color, symbol.width), _line("#FFFFFF", symbol.width * 0.55, symbol.dash or (2.4, 2.4))]
    if symbol.kind == "band":
        return [_line(symbol.color, symbol.width, opacity=symbol.opacity, offset=-symbol.width / 2)]
    casing = [_line("#FFFFFF", symbol.width + symbol.casing)] if symbol.casing else []
    return [*casing, _line(symbol.color, symbol.width, symbol.dash, symbol.opacity, symbol.cap)]


def _line(
    color: str,
    width: float,
    dash: tuple[float, ...] = (),
    opacity: float = 1.0,
    cap: str = "flat",
    offset: float = 0.0,
) -> Element:
    return _layer(
        "SimpleLine",
        {
            "line_color": rgba(color, opacity),
            "line_width": f"{width:g}",
            "line_width_unit": "MM",
            "line_style": "solid",
            "capstyle": _CAPS[cap],
            "joinstyle": "round",
            "use_custom_dash": "1" if dash else "0",
            "customdash": ";".join(f"{one:g}" for one in dash) or "5;2",
            "customdash_unit": "MM",
            "offset": f"{offset:g}",
            "offset_unit": "MM",
        },
    )


def _hatch(symbol: Symbol, name: str) -> Element:
    layer = _layer(
        "LinePatternFill",
        {"angle": f"{symbol.angle:g}", "distance": f"{symbol.spacing:g}", "distance_unit": "MM", "outline_width": "0"},
    )
    inner = _symbol(LINE, f"@{name}")
    inner.append(_line(symbol.color, symbol.width))
    layer.append(inner)
    return layer


def _pattern(symbol: Symbol, name: str) -> Element:
    row = symbol.spacing * 3**0.5 / 2
    layer = _layer(
        "PointPatternFill",
        {
            "distance_x": f"{symbol.spacing:g}",
            "distance_x_unit": "MM",
            "distance_y": f"{row:.3g}",
            "distance_y_unit": "MM",
            "displacement_x": f"{symbol.spacing / 2:g}",
            "displacement_x_unit": "MM",
        },
    )
    inner = _symbol(MARKER, f"@{name}")
    if symbol.kind == "waves":
        svg = WAVE_SVG.format(color=symbol.color, width=f"{symbol.width * 10:g}")
        inner.append(_svg(svg, 2.4))
    elif symbol.kind == "crosses":
        inner.append(_simple_marker("cross2", symbol.size * 0.7071, "#FFFFFF", symbol.color, symbol.width))
    else:
        inner.append(_simple_marker("circle", symbol.diameter, symbol.color, None, 0.0))
    layer.append(inner)
    return layer


def _ticks(symbol: Symbol, name: str) -> Element:
    layer = _layer(
        "HashLine",
        {
            "interval": f"{symbol.spacing:g}",
            "interval_unit": "MM",
            "hash_length": f"{symbol.length:g}",
            "hash_length_unit": "MM",
            "hash_angle": "0",
            "placements": "Interval",
            "offset": f"{-symbol.length / 2:g}",
            "offset_unit": "MM",
            "rotate": "1",
        },
    )
    inner = _symbol(LINE, f"@{name}")
    inner.append(_line(symbol.color, symbol.width))
    layer.append(inner)
    return layer


def _along(symbol: Symbol, place: str, name: str) -> Element:
    ring = symbol.kind == "start_ring"
    layer = _layer(
        "MarkerLine",
        {
            "placements": place,
            "placement": place.lower(),
            "interval": f"{symbol.spacing:g}",
            "interval_unit": "MM",
            "rotate": "0" if ring else "1",
        },
    )
    inner = _symbol(MARKER, f"@{name}")
    if ring:
        inner.append(_simple_marker("circle", symbol.size - symbol.width, "#FFFFFF", symbol.color, symbol.width))
    else:
        inner.append(_simple_marker("filled_arrowhead", symbol.size, symbol.color, None, 0.0))
    layer.append(inner)
    return layer


def _marker(symbol: Symbol, values: Mapping[str, str]) -> Element:
    file, _problem = symbol_or_question(symbol.name_of(values))
    svg, wide, _high = file.picture(symbol.size, symbol.halo)
    layer = _svg(svg, wide)
    size = f"{wide:g}"
    if symbol.size_by is not None:
        cases = " ".join(
            f"WHEN {field(symbol.size_by.field)}={text(value)} THEN {each + 2 * symbol.halo:g}"
            for value, each in symbol.size_by.sizes.items()
        )
        size = f"CASE {cases} ELSE {wide:g} END"
    if symbol.shrink_beyond is not None:
        size = f"({size}) * if(@map_scale > {symbol.shrink_beyond:g}, {symbol.shrink_to:g}, 1)"
    if size != f"{wide:g}":
        defined(layer, "size", size)
    return layer


def _svg(svg: str, size: float) -> Element:
    data = base64.b64encode(svg.encode()).decode("ascii")
    return _layer(
        "SvgMarker", {"name": f"base64:{data}", "size": f"{size:g}", "size_unit": "MM", "fixedAspectRatio": "0"}
    )


def _simple_marker(shape: str, size: float, color: str, outline: str | None, width: float) -> Element:
    return _layer(
        "SimpleMarker",
        {
            "name": shape,
            "size": f"{size:g}",
            "size_unit": "MM",
            "color": rgba(color),
            "outline_color": rgba(outline or color),
            "outline_style": "solid" if outline else "no",
            "outline_width": f"{width:g}",
            "outline_width_unit": "MM",
        },
    )


def _symbol(kind: str, name: str) -> Element:
    return Element("symbol", {"type": kind, "name": name, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"})


def _layer(kind: str, options: Mapping[str, str]) -> Element:
    layer = Element("layer", {"class": kind, "pass": "0", "locked": "0", "enabled": "1"})
    box = SubElement(layer, "Option", {"type": "Map"})
    for key, value in options.items():
        SubElement(box, "Option", {"name": key, "type": "QString", "value": value})
    for key, value in options.items():  # QGIS before 3.20 reads these
        SubElement(layer, "prop", {"k": key, "v": value})
    return layer


def defined(layer: Element, prop: str, expression: str, within: str = "data_defined_properties") -> None:
    """A data-defined property."""
    holder = SubElement(layer, within)
    box = SubElement(holder, "Option", {"type": "Map"})
    SubElement(box, "Option", {"name": "name", "type": "QString", "value": ""})
    properties = SubElement(box, "Option", {"name": "properties", "type": "Map"})
    one = SubElement(properties, "Option", {"name": prop, "type": "Map"})
    SubElement(one, "Option", {"name": "active", "type": "bool", "value": "true"})
    SubElement(one, "Option", {"name": "expression", "type": "QString", "value": expression})
    SubElement(one, "Option", {"name": "type", "type": "int", "value": "3"})
    SubElement(box, "Option", {"name": "type", "type": "QString", "value": "collection"})


def rgba(color: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"


def field(name: str) -> str:
    """A field in a QGIS expression, or what a shape measures there: on the project's ellipsoid, in its units (m² and m
    unless somebody changed them)."""
    measure = measure_of(name)
    if measure is not None:
        asked = _MEASURES[measure.kind]
        return asked if measure.size == 1.0 else f"({asked} / {measure.size!r})"
    return '"' + name.replace('"', '""') + '"'


def text(value: object) -> str:
    """A value in a QGIS expression."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return f"{value!r}"
    return "'" + str(value).replace("'", "''") + "'"
