"""KML 2.2 for phones and 奥维: each feature with its name, its attributes as a list to read, its class's colours."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.layer_order import LayerReport
from geohazard_desktop.exchange.layer_rows import Leaving
from geohazard_desktop.exchange.style_classes import StyleClass, class_of

_DECIMALS = 10  # of a degree: a hundredth of a millimetre
_LINE_PIXELS = 3


def write_kml(found: Leaving, path: Path, report: LayerReport, classes: Sequence[StyleClass]) -> list[str]:
    """Features without a shape have no place here and are told. Degrees of WGS 84, without heights, on the ground."""
    there = np.flatnonzero(~shapely.is_missing(found.shapes))
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n')
        stream.write(f"<Document><name>{_text(found.definition.title)}</name>\n")
        for number, one in enumerate(classes):
            stream.write(_style(number, one))
        stream.writelines(_placemark(found, at, classes) for at in there.tolist())
        stream.write("</Document>\n</kml>\n")
    report.features = len(there)
    return [path.name]


def _style(number: int, one: StyleClass) -> str:
    return (
        f'<Style id="c{number}"><LineStyle><color>{_colour(one.line, 1.0)}</color><width>{_LINE_PIXELS}</width>'
        f"</LineStyle><PolyStyle><color>{_colour(one.fill, one.opacity)}</color></PolyStyle></Style>\n"
    )


def _placemark(found: Leaving, at: int, classes: Sequence[StyleClass]) -> str:
    values = {name: column[at] for name, column in found.stored.columns.items()}
    number = classes.index(class_of(classes, values))
    lines, data = [], []
    for one in found.columns:
        text = _shown(one.values[at])
        if text:
            heading = _text(one.heading)
            lines.append(f"{heading}：{_text(text)}")
            data.append(f'<Data name="{heading}"><value>{_text(text)}</value></Data>')
    name = next((text for word in ("name", "id") if (text := found.texts_at(word, at).strip())), found.definition.title)
    # The description is HTML within XML, hence escaped twice: a name with < in it stays what it is.
    return (
        f"<Placemark><name>{_text(name)}</name><styleUrl>#c{number}</styleUrl>"
        f"<description>{escape('<br/>'.join(lines))}</description>"
        f"<ExtendedData>{''.join(data)}</ExtendedData>{''.join(_shape(found.shapes[at]))}</Placemark>\n"
    )


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value)


def _shape(shape: Any) -> Iterator[str]:
    parts = shapely.get_parts(shape)
    if len(parts) > 1:
        yield "<MultiGeometry>"
    for one in parts:
        if one.geom_type == "Point":
            yield f"<Point><coordinates>{_places(one)}</coordinates></Point>"
        elif one.geom_type == "LineString":
            yield f"<LineString><tessellate>1</tessellate><coordinates>{_places(one)}</coordinates></LineString>"
        else:
            turned = shapely.orient_polygons(one)
            yield "<Polygon><tessellate>1</tessellate><outerBoundaryIs><LinearRing><coordinates>"
            yield f"{_places(turned.exterior)}</coordinates></LinearRing></outerBoundaryIs>"
            for ring in turned.interiors:
                yield f"<innerBoundaryIs><LinearRing><coordinates>{_places(ring)}</coordinates></LinearRing>"
                yield "</innerBoundaryIs>"
            yield "</Polygon>"
    if len(parts) > 1:
        yield "</MultiGeometry>"


def _places(shape: Any) -> str:
    return " ".join(f"{east:.{_DECIMALS}f},{north:.{_DECIMALS}f}" for east, north in shapely.get_coordinates(shape))


def _text(text: str) -> str:
    """What XML can hold: no control characters, markup as text."""
    return escape("".join(one for one in text if one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff")))


def _colour(colour: str, opacity: float) -> str:
    """#RRGGBB as KML's aabbggrr."""
    return f"{round(255 * opacity):02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}".lower()
