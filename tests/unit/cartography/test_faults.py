"""Shapes that another program left behind: the map is drawn without a stumble, and each faulty feature is named."""

import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import CRS
from PySide6.QtGui import QImage, QPainter
from shapely import GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon, box

from geohazard_desktop.cartography.faults import EXPLAINED, Fault, faults_of, told
from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.painter import paint_map
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.svg import map_svg_report
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.feature import FeatureTable

DEFINITIONS = read_definitions()
CRS_4524 = CRS.from_epsg(4524)
E, N = 36_387_000.0, 4_376_000.0


def area(*corners: tuple[float, float]) -> MultiPolygon:
    return MultiPolygon([Polygon(corners)])


def not_a_number(value: float) -> MultiPolygon:
    """As a program that reckons badly writes it: one corner is NaN or infinite."""
    corners = [(E, N), (E + 500, value), (E + 500, N + 500), (E, N)]
    head = struct.pack("<BII", 1, 3, 1) + struct.pack("<I", len(corners))
    polygon = head + b"".join(struct.pack("<2d", *one) for one in corners)
    return shapely.from_wkb(struct.pack("<BII", 1, 6, 1) + polygon)


SOUND: dict[str, Any] = {
    "polygon": area((E, N), (E + 500, N), (E + 500, N + 500), (E, N + 500)),
    "line": MultiLineString([[(E, N), (E + 900, N + 900)]]),
    "point": MultiPoint([(E + 100, N + 100)]),
}
# name: shape, what the sentence must say, whether the map shows something of it
FAULTY: dict[str, tuple[Any, str, bool]] = {
    "bow": (area((E, N), (E + 500, N + 500), (E + 500, N), (E, N + 500)), "自己交叉", True),
    "sliver": (area((E, N), (E + 500, N), (E, N)), "拐点太少", True),
    "degrees": (area((106.7, 39.5), (106.8, 39.5), (106.8, 39.6)), "经纬度", True),
    "no zone": (area((387_000, N), (387_500, N), (387_000, N + 400)), "没有带号", True),
    "NaN": (not_a_number(float("nan")), "坐标不是数", False),
    "inf": (not_a_number(float("inf")), "坐标不是数", False),
    "1e300": (area((E, N), (1e300, N), (E, 1e300)), "不在本坐标系", False),
    "1e12": (area((E, N), (1e12, N), (E, 1e12)), "不在本坐标系", False),
    "empty": (MultiPolygon(), "没有图形", False),
    "none": (None, "没有图形", False),
    "unreadable": (GeometryCollection(), "读不懂", False),
    "collection": (
        GeometryCollection([box(E, N, E + 300, N + 300), LineString([(E, N), (E + 900, N)])]),
        "种类不对",
        True,
    ),
    "nested": (GeometryCollection([GeometryCollection([Point(E, N)])]), "种类不对", False),
    "line": (LineString([(E, N), (E + 900, N + 900)]), "种类不对", True),
    "point": (Point(E + 100, N + 100), "种类不对", False),
}


def table(layer: str, shapes: dict[str, Any]) -> FeatureTable:
    geometries = np.empty(len(shapes), dtype=object)
    for number, shape in enumerate(shapes.values()):
        geometries[number] = shape
    uids = [f"u{number}" for number in range(len(shapes))]
    names: list[Any] = list(shapes)
    columns: dict[str, list[Any]] = {"id": [f"SL-W-{number:04}" for number in range(len(shapes))], "name": names}
    return FeatureTable(layer, uids, geometries, columns)


def found(layer: str, shapes: dict[str, Any]) -> dict[str, Fault]:
    return {one.name: one for one in faults_of(DEFINITIONS[layer], table(layer, shapes), CRS_4524)}


def picture(layer: str, shapes: dict[str, Any]) -> LayerPicture:
    definition = DEFINITIONS[layer]
    return LayerPicture(definition, Style.parse(definition.style, layer), table(layer, shapes))


def test_each_faulty_feature_is_named_with_its_reason():
    faults = found("danger_zone", {"sound": SOUND["polygon"]} | {name: shape for name, (shape, _, _) in FAULTY.items()})
    assert set(faults) == set(FAULTY)
    for name, (_shape, words, drawn) in FAULTY.items():
        assert words in faults[name].sentence, name
        assert faults[name].sentence.endswith("。")
        assert faults[name].drawn is drawn, name


def test_lines_and_points_have_faults_of_their_own():
    assert "长度为零" in found("river", {"stub": MultiLineString([[(E, N), (E, N)]])})["stub"].sentence
    assert found("river", {"sound": SOUND["line"]}) == {}
    assert "经纬度" in found("hazard_point", {"far": MultiPoint([(106.8, 39.5)])})["far"].sentence
    assert found("hazard_point", {"sound": SOUND["point"]}) == {}
    assert found("household_member", {"no shape": None}) == {}


def test_what_a_neighbour_reaches_over_the_zones_edge_is_no_fault():
    """Rivers and railways leave the zone of the projection; its neighbour is still on the map."""
    assert found("river", {"long": MultiLineString([[(E, N), (E - 250_000, N + 300_000)]])}) == {}


def test_the_tooltip_names_the_first_and_counts_the_rest():
    faults = list(found("danger_zone", {name: shape for name, (shape, _, _) in FAULTY.items()}).values())
    first, *lines = told(DEFINITIONS["danger_zone"], faults, most=2).splitlines()
    assert first == "危险区有 15 个要素的图形有错，其中 9 个没有画在图上："
    assert lines[0] == "SL-W-0000 bow：边线自己交叉了。请把交叉处的拐点移开。"
    assert lines[2:] == ["还有 13 个。"]
    assert told(DEFINITIONS["danger_zone"], []) == ""


def test_a_personal_name_is_not_told():
    (fault,) = faults_of(DEFINITIONS["household"], table("household", {"李示例": None}), CRS_4524)
    assert "李示例" not in told(DEFINITIONS["household"], [fault])


def test_many_faults_are_all_found_though_not_all_explained():
    bow = FAULTY["bow"][0]
    faults = found("building", {str(number): bow for number in range(EXPLAINED + 50)})
    assert len(faults) == EXPLAINED + 50
    assert faults[str(EXPLAINED + 10)].sentence == "图形不成立。请重新画一个。"


def _screen(one: LayerPicture, view: MapView) -> list[str]:
    image = QImage(round(view.width), round(view.height), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        report = paint_map(painter, view, [one])
    finally:
        painter.end()
    assert any(image.pixel(x, y) != 0xFFFFFFFF for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
    return report.problems


def _paper(one: LayerPicture, view: MapView) -> list[str]:
    svg, report = map_svg_report(view, [one])
    assert not any(word in svg for word in ("nan", "inf", "e+"))
    assert len(svg) < 200_000
    return report.problems


@pytest.mark.parametrize(
    "layer", ["danger_zone", "open_pit", "susceptibility_zone", "evacuation_route", "hazard_point"]
)
@pytest.mark.parametrize("name", FAULTY)
@pytest.mark.parametrize("draw", [_screen, _paper])
def test_the_map_is_drawn_all_the_same(layer: str, name: str, draw: Callable[[LayerPicture, MapView], list[str]]):
    """The sound feature beside it is there, at each scale; a shape that can't be drawn is said."""
    ensure_application()
    shape, _words, _drawn = FAULTY[name]
    kind = DEFINITIONS[layer].geometry
    one = picture(layer, {"示例": SOUND[kind], "坏": shape})
    assert one.usable[0]
    for denominator in (100_000.0, 5_000.0):
        problems = draw(one, MapView((E + 200, N + 200), denominator, 120.0, 90.0, 96.0))
        assert bool(problems) is not bool(one.usable[1]), name
