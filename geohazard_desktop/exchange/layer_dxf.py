"""DXF as AutoCAD 2000 reads it (AC1015), with Chinese as every CAD program in China takes it: code page ANSI_936, and
\\U+XXXX for what GBK lacks.

Each class of the legend is a layer of the drawing; names stand as texts in a layer of their own. Rings are closed
polylines, so a hole is an outline within an outline: CAD knows no more. Drawing x is east, y is north, in metres.
"""

import colorsys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.layer_order import LayerReport
from geohazard_desktop.exchange.layer_rows import Leaving
from geohazard_desktop.exchange.style_classes import StyleClass, class_of

_METRES = 4  # decimals
_FORBIDDEN = str.maketrans(dict.fromkeys('<>/\\":;?*|=`,', "_"))
_LONGEST = 120  # letters of a layer's name; AutoCAD 2000 takes 255 bytes
_TEXT_PER_EXTENT, _SMALLEST, _LARGEST = 400.0, 2.0, 50.0  # a text's height by the drawing's extent, in metres
_MODEL, _PAPER = "1F", "1B"  # handles of the two spaces
# The frame that AutoCAD asks of every drawing, as groups of code and value.
_LINES = (("14", "ByBlock", ""), ("15", "ByLayer", ""), ("16", "Continuous", "Solid line"))
_STYLES = (("11", "Standard", "txt"), ("12", "HZ", "simhei.ttf"))
_LAYER_REST = "6 Continuous|370 -3|390 F"
_STYLE_REST = "70 0|40 0|41 1|50 0|71 0|42 2.5"
_VIEW_BEFORE = (
    "0 VPORT|5 29|330 8|100 AcDbSymbolTableRecord|100 AcDbViewportTableRecord|2 *Active|70 0|10 0|20 0|11 1|21 1"
)
_VIEW_BETWEEN = "13 0|23 0|14 10|24 10|15 10|25 10|16 0|26 0|36 1|17 0|27 0|37 0"
_VIEW_AFTER = "41 1.5|42 50|43 0|44 0|50 0|51 0|71 0|72 100|73 1|74 3|75 0|76 0|77 0|78 0"
_DIMENSIONS = (
    "0 TABLE|2 DIMSTYLE|5 A|330 0|100 AcDbSymbolTable|70 1|100 AcDbDimStyleTable|71 0|0 DIMSTYLE|105 27|330 A"
    "|100 AcDbSymbolTableRecord|100 AcDbDimStyleTableRecord|2 Standard|70 0|0 ENDTAB"
)
_DICTIONARIES = (
    "0 ENDSEC|0 SECTION|2 OBJECTS|0 DICTIONARY|5 C|330 0|100 AcDbDictionary|281 1|3 ACAD_GROUP|350 D|3 ACAD_LAYOUT"
    "|350 1A|3 ACAD_PLOTSTYLENAME|350 E|0 DICTIONARY|5 D|330 C|100 AcDbDictionary|281 1|0 ACDBDICTIONARYWDFLT|5 E"
    "|330 C|100 AcDbDictionary|281 1|3 Normal|350 F|100 AcDbDictionaryWithDefault|340 F|0 ACDBPLACEHOLDER|5 F|330 E"
    "|0 DICTIONARY|5 1A|330 C|100 AcDbDictionary|281 1|3 Layout1|350 1E|3 Model|350 22"
)
_PLOT = "100 AcDbPlotSettings|1 |2 |4 |6 |40 0|41 0|42 0|43 0|44 0|45 0|46 0|47 0|48 0|49 0|140 0|141 0|142 1|143 1"
_PLOT_REST = "72 1|73 0|74 5|7 |75 16|147 1|148 0|149 0|100 AcDbLayout"
_LAYOUT_REST = (
    "10 0|20 0|11 420|21 297|12 0|22 0|32 0|14 0|24 0|34 0|15 0|25 0|35 0|146 0|13 0|23 0|33 0|16 1|26 0|36 0|17 0"
    "|27 1|37 0|76 0"
)
_FIRST_HANDLE = 0x100
Pairs = list[tuple[int, Any]]


def write_dxf(found: Leaving, path: Path, report: LayerReport, classes: Sequence[StyleClass]) -> list[str]:
    """Features without a shape have no place here and are told; so is what a drawing can't say."""
    there = np.flatnonzero(~shapely.is_missing(found.shapes)).tolist()
    drawing = _Drawing(found, classes)
    entities = [line for at in there for line in drawing.entities(at)]
    with path.open("w", encoding="cp936", newline="\r\n") as stream:
        for part in (drawing.head(), drawing.tables(), drawing.blocks(), [(0, "SECTION"), (2, "ENTITIES")], entities):
            stream.writelines(f"{code:3d}\n{_written(value)}\n" for code, value in part)
        stream.writelines(f"{code:3d}\n{_written(value)}\n" for code, value in drawing.end())
    report.features = len(there)
    holes = sum(int(shapely.get_num_interior_rings(shapely.get_parts(found.shapes[at])).sum()) for at in there)
    if holes:
        words = _("{count} 个洞在 CAD 里是面里的另一条闭合线，填充时请一起选。")
        report.notes.append(words.format(count=holes))
    report.notes.append(_("DXF 里不写坐标系和属性：图层名是图例，文字是名称，坐标系见旁边的说明。"))
    return [path.name]


class _Drawing:
    def __init__(self, found: Leaving, classes: Sequence[StyleClass]) -> None:
        self._found, self._classes = found, classes
        title = found.definition.title
        labels = [one.label for one in classes]
        self._layers = [title if one == title else f"{title}-{one}" for one in map(str, labels)]
        self._layers = [one.translate(_FORBIDDEN)[:_LONGEST] for one in self._layers]
        self._layers = [one if self._layers.index(one) == at else f"{one} {at}" for at, one in enumerate(self._layers)]
        self._texts = f"{title}-{_('注记')}".translate(_FORBIDDEN)
        box = shapely.total_bounds(found.shapes)
        if not np.isfinite(box).all():
            box = np.array([0.0, 0.0, 100.0, 100.0])
        self._box = box
        extent = max(box[2] - box[0], box[3] - box[1])
        self._height = round(min(_LARGEST, max(_SMALLEST, extent / _TEXT_PER_EXTENT)), 1)
        self._next = _FIRST_HANDLE

    def _handle(self) -> str:
        self._next += 1
        return f"{self._next:X}"

    # -- entities --------------------------------------------------------------------------------------------------

    def entities(self, at: int) -> Iterator[tuple[int, Any]]:
        found = self._found
        shape = found.shapes[at]
        values = {name: column[at] for name, column in found.stored.columns.items()}
        layer = self._layers[self._classes.index(class_of(self._classes, values))]
        for part in shapely.get_parts(shape):
            if part.geom_type == "Point":
                yield from self._entity("POINT", layer, "AcDbPoint")
                yield from ((10, round(part.x, _METRES)), (20, round(part.y, _METRES)), (30, 0.0))
                continue
            rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
            for ring in rings:
                yield from self._line(layer, ring, closed=part.geom_type == "Polygon")
        name = found.texts_at("name", at).strip() or found.texts_at("id", at)
        if name:
            yield from self._text(name, shape)

    def _line(self, layer: str, line: Any, *, closed: bool) -> Iterator[tuple[int, Any]]:
        places = shapely.get_coordinates(line)
        places = places[:-1] if closed else places  # the flag closes it
        yield from self._entity("LWPOLYLINE", layer, "AcDbPolyline")
        yield from ((90, len(places)), (70, 1 if closed else 0), (43, 0.0))
        for east, north in np.round(places, _METRES).tolist():
            yield (10, east)
            yield (20, north)

    def _text(self, name: str, shape: Any) -> Iterator[tuple[int, Any]]:
        spot = shapely.point_on_surface(shape) if shape.geom_type != "MultiPoint" else shape.geoms[0]
        if shapely.get_type_id(shape) == 0:
            spot = shape
        aside = self._height * 0.7 if shapely.get_dimensions(shape) == 0 else 0.0
        where = ((10, round(spot.x + aside, _METRES)), (20, round(spot.y + aside, _METRES)), (30, 0.0))
        yield from self._entity("TEXT", self._texts, "AcDbText")
        yield from where
        yield from ((40, self._height), (1, _line_of(name)), (7, "HZ"), (100, "AcDbText"))

    def _entity(self, kind: str, layer: str, subclass: str) -> Pairs:
        return [(0, kind), (5, self._handle()), (330, _MODEL), (100, "AcDbEntity"), (8, layer), (100, subclass)]

    # -- what stands around them -----------------------------------------------------------------------------------

    def head(self) -> Pairs:
        west, south, east, north = (round(float(one), _METRES) for one in self._box)
        return [
            (999, _("坐标系：{crs}。横轴为东，纵轴为北，单位米。").format(crs=self._found.crs.name)),
            *_pairs("0 SECTION|2 HEADER|9 $ACADVER|1 AC1015|9 $DWGCODEPAGE|3 ANSI_936|9 $HANDSEED|5 FFFFFFF"),
            *_pairs("9 $INSUNITS|70 6|9 $MEASUREMENT|70 1|9 $PDMODE|70 34|9 $PDSIZE"),
            (40, self._height),
            *((9, "$EXTMIN"), (10, west), (20, south), (30, 0.0), (9, "$EXTMAX"), (10, east), (20, north), (30, 0.0)),
            *_pairs("0 ENDSEC|0 SECTION|2 CLASSES|0 ENDSEC"),
        ]

    def tables(self) -> Pairs:
        colours = [_colour_index(one.line) for one in self._classes]
        layers = [("0", 7), *zip(self._layers, colours, strict=True), (self._texts, 7)]
        handles = ["10", *(self._handle() for _one in layers[1:])]
        return [
            *_pairs("0 SECTION|2 TABLES"),
            *_table("VPORT", "8", [self._view()]),
            *_table(
                "LTYPE",
                "5",
                [
                    _record("LTYPE", handle, "5", "AcDbLinetypeTableRecord", name, f"70 0|3 {words}|72 65|73 0|40 0")
                    for handle, name, words in _LINES
                ],
            ),
            *_table(
                "LAYER",
                "2",
                [
                    _record("LAYER", handle, "2", "AcDbLayerTableRecord", name, f"70 0|62 {colour}|{_LAYER_REST}")
                    for handle, (name, colour) in zip(handles, layers, strict=True)
                ],
            ),
            *_table(
                "STYLE",
                "3",
                [
                    _record("STYLE", handle, "3", "AcDbTextStyleTableRecord", name, f"{_STYLE_REST}|3 {font}|4 ")
                    for handle, name, font in _STYLES
                ],
            ),
            *_table("VIEW", "6", []),
            *_table("UCS", "7", []),
            *_table("APPID", "9", [_record("APPID", "13", "9", "AcDbRegAppTableRecord", "ACAD", "70 0")]),
            *_pairs(_DIMENSIONS),
            *_table(
                "BLOCK_RECORD",
                "1",
                [
                    _record("BLOCK_RECORD", handle, "1", "AcDbBlockTableRecord", name, f"340 {layout}")
                    for handle, name, layout in ((_MODEL, "*Model_Space", "22"), (_PAPER, "*Paper_Space", "1E"))
                ],
            ),
            (0, "ENDSEC"),
        ]

    def _view(self) -> Pairs:
        """What is seen when the drawing opens: all of it."""
        west, south, east, north = map(float, self._box)
        tall = max(north - south, east - west, 10.0) * 1.1
        middle = f"12 {(west + east) / 2:.3f}|22 {(south + north) / 2:.3f}"
        return _pairs(f"{_VIEW_BEFORE}|{middle}|{_VIEW_BETWEEN}|40 {tall:.3f}|{_VIEW_AFTER}")

    @staticmethod
    def blocks() -> Pairs:
        found = _pairs("0 SECTION|2 BLOCKS")
        for owner, name, first, last, space in (
            (_MODEL, "*Model_Space", "20", "21", ""),
            (_PAPER, "*Paper_Space", "1C", "1D", "67 1|"),
        ):
            found += _pairs(f"0 BLOCK|5 {first}|330 {owner}|100 AcDbEntity|{space}8 0|100 AcDbBlockBegin|2 {name}|70 0")
            found += _pairs(f"10 0|20 0|30 0|3 {name}|1 |0 ENDBLK|5 {last}|330 {owner}|100 AcDbEntity|{space}8 0")
            found += _pairs("100 AcDbBlockEnd")
        return [*found, (0, "ENDSEC")]

    @staticmethod
    def end() -> Pairs:
        found = _pairs(_DICTIONARIES)
        for handle, name, flags, order, owner in (("22", "Model", 1024, 0, _MODEL), ("1E", "Layout1", 0, 1, _PAPER)):
            found += _pairs(f"0 LAYOUT|5 {handle}|330 1A|{_PLOT}|70 {flags}|{_PLOT_REST}|1 {name}|70 1|71 {order}")
            found += _pairs(f"{_LAYOUT_REST}|330 {owner}")
        return [*found, *_pairs("0 ENDSEC|0 EOF")]


def _pairs(text: str) -> Pairs:
    """The groups of a drawing in short: code and value, parted by |."""
    return [(int(code), value) for one in text.split("|") for code, _blank, value in (one.partition(" "),)]


def _table(name: str, handle: str, records: Sequence[Pairs]) -> Pairs:
    head = _pairs(f"0 TABLE|2 {name}|5 {handle}|330 0|100 AcDbSymbolTable|70 {len(records)}")
    return [*head, *(pair for one in records for pair in one), (0, "ENDTAB")]


def _record(kind: str, handle: str, owner: str, subclass: str, name: str, rest: str) -> Pairs:
    head = _pairs(f"0 {kind}|5 {handle}|330 {owner}|100 AcDbSymbolTableRecord|100 {subclass}")
    return [*head, (2, name), *_pairs(rest)]


def _line_of(text: str) -> str:
    """A text of CAD is one line; %% begins a sign of its own there."""
    return " ".join(text.split()).replace("%%", "% %")


def _written(value: Any) -> str:
    """A value in the file's letters: what GBK lacks by its number, beyond 16 bits as the pair that Windows has."""
    if not isinstance(value, str):
        return repr(float(value)) if isinstance(value, float) else str(value)
    text = "".join(one for one in value if one >= " ")
    try:
        text.encode("cp936")
        return text
    except UnicodeEncodeError:
        return "".join(one if _in_gbk(one) else _numbered(one) for one in text)


def _in_gbk(letter: str) -> bool:
    try:
        letter.encode("cp936")
    except UnicodeEncodeError:
        return False
    return True


def _numbered(letter: str) -> str:
    pair = letter.encode("utf-16-be", "replace")
    return "".join(f"\\U+{pair[at]:02X}{pair[at + 1]:02X}" for at in range(0, len(pair), 2))


def _colour_index(colour: str) -> int:
    """The AutoCAD colour nearest to #RRGGBB: 7 is black or white, 250 to 255 greys, 10 to 249 by hue."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, strength, bright = colorsys.rgb_to_hsv(red, green, blue)
    if strength < 0.2:
        return 7 if bright < 0.25 or bright > 0.9 else 8 if bright < 0.6 else 9
    shade = 0 if bright > 0.8 else 2 if bright > 0.6 else 4 if bright > 0.45 else 6
    return 10 + round(hue * 24) % 24 * 10 + shade + (1 if strength < 0.5 else 0)
