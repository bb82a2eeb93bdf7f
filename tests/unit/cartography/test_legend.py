"""The legend names what the map shows, by the map's own symbols."""

from xml.etree import ElementTree

import pytest
from map_layers_by_hand import picture, rule, view
from PySide6.QtGui import QImage
from shapely import LineString, Point, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.legend import SWATCH_MM, legend_entries, swatch
from geohazard_desktop.cartography.svg import map_svg_report
from geohazard_desktop.cartography.symbol_files import symbol_file

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


def test_a_box_that_meets_the_frame_is_no_ink_in_it():
    """Lines and areas that bend around the frame, and an edge that surrounds it, are not to be seen."""
    edge = {"kind": "stroke", "color": "#123456", "width": 0.3}
    around = box(-900, -900, 900, 900) - box(-500, -500, 500, 500)
    passing = LineString([(-400, -10), (-400, 400), (300, 400)])
    assert entries(picture([around], {"rule": [rule(FILL)]})) == []
    assert entries(picture([passing], {"rule": [rule(edge)]}, kind=["a"])) == []
    assert entries(picture([box(-900, -900, 900, 900)], {"rule": [rule(edge)]})) == []
    assert len(entries(picture([box(-900, -900, 900, 900)], {"rule": [rule(FILL, edge)]}))) == 1


def test_a_name_without_room_is_missed_only_when_its_feature_is_in_the_frame():
    ensure_application()
    style = {
        "rule": [rule({"kind": "stroke", "color": "#123456", "width": 0.3})],
        "label": {"text": "{name}", "size": 60.0, "placement": "line", "priority": 10.0},
    }
    short = LineString([(40, 40), (44, 40)])
    passing = LineString([(-400, -10), (-400, 400), (300, 400)])
    _svg, report = map_svg_report(view(), [picture([short, passing], style, name=["里面", "外面"])])
    assert [one.text for one in report.unplaced] == ["里面"]


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


def test_a_marker_is_as_large_as_on_the_map_it_explains_but_never_too_small_to_be_known():
    ensure_application()
    for size, far, explained in ((5.6, 4.8, 4.8), (6.0, 3.0, 4.5), (4.0, 2.0, 4.0)):
        marker = {"kind": "marker", "name": "place", "size": size, "shrink_beyond": 60000, "shrink_to": far / size}
        here = picture([Point(2000, 2000)], {"rule": [rule(marker | {"halo": size / 8})]})
        for denominator, drawn, swatch_size in ((50_000.0, size, size), (100_000.0, far, explained)):
            _svg, report = map_svg_report(view(denominator=denominator), [here])
            assert report.sizes[("layer", 0)] == [pytest.approx(drawn)]
            (entry,) = legend_entries(report, [here], denominator=denominator)
            assert symbol_file("place").fragment(swatch_size, swatch_size / 8) in entry.swatch


def test_a_full_legend_is_set_flat_and_not_small():
    """A swatch of 6.4 mm made smaller by the sheet would lose its texture on a copier."""
    rules = [rule(FILL, label=f"{n}", where={"field": "kind", "equals": f"{n}"}) for n in range(40)]
    many = picture([box(n, 0, n + 1, 9) for n in range(40)], {"rule": rules}, kind=[f"{n}" for n in range(40)])
    few = picture([box(0, 0, 9, 9)], {"rule": rules}, kind=["3"])
    heights = {len(made): float(ElementTree.fromstring(made[0].swatch).get("height", "0")[:-2]) for made in
               (entries(many), entries(few))}  # fmt: skip
    assert heights == {40: 4.0, 1: 6.4}


def test_an_area_without_an_edge_is_framed():
    (entry,) = entries(picture([box(0, 0, 9, 9)], {"rule": [rule({"kind": "fill", "color": "#FFFFFF"})]}))
    assert "<rect" in entry.swatch
    stroke = {"kind": "stroke", "color": "#333333", "width": 0.3}
    (entry,) = entries(picture([box(0, 0, 9, 9)], {"rule": [rule(stroke)]}))
    assert "<rect" not in entry.swatch


def test_classes_by_a_field_say_of_which_layer_and_field():
    """Two layers by numbers: "< 20" of one is not "< 20" of the other. What somebody named keeps its name."""
    low, high = ({"field": "depth", "maximum": 20.0}, {"field": "depth", "minimum": 20.0})
    style = {
        "rule": [
            rule(FILL, label="< 20", where=low),
            rule(FILL, label="高的", where=high),
            rule(FILL, label="没有填数"),
        ]
    }
    places = [box(0, 0, 9, 9), box(20, 0, 29, 9), box(40, 0, 49, 9)]
    found = entries(
        picture(places, style, "渣堆", depth=[1.0, 30.0, None]), picture(places, style, "采坑", depth=[1.0, 30.0, None])
    )
    assert [one.label for one in found] == [
        f"{layer} {words}" for layer in ("渣堆", "采坑") for words in ("< 20", "高的", "没有填数")
    ]
    named = picture(
        places[:2],
        {
            "rule": [
                rule(FILL, label="a", where={"field": "kind", "equals": "a"}),
                rule(FILL, label="乙", where={"field": "kind", "equals": "b"}),
            ]
        },
        kind=["a", "b"],
    )
    assert [one.label for one in entries(named)] == ["layer kind a", "乙"]


def test_a_marker_that_follows_a_field_has_a_line_for_each_drawing_on_the_map():
    kinds = ["公交站", "卫生室", "树", "公交站", "学校"]
    places = [Point(10, 10), Point(20, 20), Point(500, 10), Point(30, 30), Point(600, 10)]  # tree and school outside
    marker = {"kind": "marker", "name": "landmark/{kind}", "size": 5.0}
    style = {"rule": [rule(marker, label="地标", where={"field": "kind", "in": ["卫生室", "公交站", "树", "学校"]})]}
    found = entries(picture(places, style, kind=kinds))
    assert [one.label for one in found] == ["卫生室", "公交站"]
    assert found[0].swatch != found[1].swatch


def test_the_rest_of_classes_is_told_as_that_whatever_it_is_drawn_like():
    marker = {"kind": "marker", "name": "landmark/{kind}", "size": 5.0}
    low = {"field": "depth", "maximum": 20.0}
    style = {"rule": [rule(marker, label="< 20", where=low), rule(marker, label="没有填数")]}
    found = entries(picture([Point(10, 10), Point(20, 20)], style, kind=["树", "学校"], depth=[1.0, None]))
    assert [one.label for one in found] == ["layer < 20", "layer 没有填数"]
