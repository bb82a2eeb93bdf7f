"""The legend names what the map shows, by the map's own symbols."""

from xml.etree import ElementTree

from map_layers_by_hand import picture, rule, view
from PySide6.QtGui import QImage
from shapely import Point, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.legend import SWATCH_MM, legend_entries, swatch
from geohazard_desktop.cartography.svg import map_svg_report

FILL = {"kind": "fill", "color": "#ABCDEF"}


def entries(*pictures):
    ensure_application()
    _svg, report = map_svg_report(view(), pictures)
    return legend_entries(report, pictures)


def two_kinds(places):
    style = {
        "rule": [
            rule(FILL, label="甲", where={"field": "kind", "equals": "a"}),
            rule(FILL, label="乙", where={"field": "kind", "equals": "b"}),
        ]
    }
    return picture(places, style, kind=["a", "b"])


def test_only_what_is_in_the_frame_is_named():
    assert [(one.label, one.count) for one in entries(two_kinds([box(0, 0, 9, 9), box(500, 0, 509, 9)]))] == [("甲", 1)]
    assert [one.label for one in entries(two_kinds([box(0, 0, 9, 9), box(20, 0, 29, 9)]))] == ["甲", "乙"]


def test_only_the_sizes_on_the_map_are_told():
    size_by = {"field": "kind", "小": 2.0, "中": 3.0, "大": 4.0}
    marker = {"kind": "marker", "name": "place", "size": 2.0, "size_by": size_by}
    (entry,) = entries(picture([Point(20, 20), Point(60, 60)], {"rule": [rule(marker)]}, kind=["小", "大"]))
    assert entry.sizes == (("小", 2.0), ("大", 4.0))


def test_a_swatch_has_its_size_and_the_symbols_colour():
    (entry,) = entries(picture([box(0, 0, 9, 9)], {"rule": [rule(FILL)]}))
    root = ElementTree.fromstring(entry.swatch)
    assert (root.get("width"), root.get("height")) == (f"{SWATCH_MM[0]:g}mm", f"{SWATCH_MM[1]:g}mm")
    assert "#ABCDEF" in entry.swatch


def test_the_swatch_on_the_screen_is_painted_alike():
    ensure_application()
    made = picture([box(0, 0, 9, 9)], {"rule": [rule(FILL)]})
    image = swatch(made.style.rules[0], "polygon", 22, 16)
    assert isinstance(image, QImage)
    assert image.pixelColor(11, 8).name().upper() == "#ABCDEF"
