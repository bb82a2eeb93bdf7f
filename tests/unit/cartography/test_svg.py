"""The map for paper: real text, exact geometry, nothing that a viewer or Typst would draw differently."""

import re
from xml.etree import ElementTree

import pytest
from map_layers_by_hand import picture, rule, view
from shapely import LineString, Point, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.svg import map_svg_report
from geohazard_desktop.cartography.svg_halves import map_svg_halves

MARKER = {"kind": "marker", "name": "place", "size": 2.0}
HATCH = {"kind": "hatch", "color": "#D7000F", "width": 0.2, "spacing": 1.7, "angle": 45}


def svg(*pictures, **words):
    ensure_application()
    return map_svg_report(view(), pictures, **words)[0]


def names(text: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(text).iter() if one.tag.endswith("text")]


def test_it_is_as_large_as_the_paper():
    root = ElementTree.fromstring(svg(picture([box(0, 0, 10, 10)], {"rule": [rule(HATCH)]})))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("100mm", "100mm", "0 0 100 100")


@pytest.mark.parametrize("name", ["黄白茨", "𠮷㐂", "<b>&", "WD-W-0008", "5 mm"])
def test_names_are_text_as_written(name):
    label = {"text": "{name}", "size": 9.0}
    text = svg(picture([Point(50, 50)], {"rule": [rule(MARKER)], "label": label}, name=[name]))
    assert name in names(text)


def test_no_clip_no_pattern_no_raster():
    text = svg(picture([box(-50, -50, 50, 50)], {"rule": [rule({"kind": "fill", "color": "#EEEEEE"}, HATCH)]}))
    assert not re.search(r"clip|<pattern|<image|<filter|<style", text)


def test_areas_and_hatch_end_at_the_frame():
    text = svg(picture([box(-500, -500, 500, 500)], {"rule": [rule({"kind": "fill", "color": "#EEEEEE"}, HATCH)]}))
    for data in re.findall(r' d="([^"]+)"', text):
        x = y = 0
        for command, numbers in re.findall(r"([Ml])([^MlzZ]*)", data):
            values = [int(one) for one in re.findall(r"-?\d+", numbers)]
            for dx, dy in zip(values[::2], values[1::2], strict=True):
                x, y = (dx, dy) if command == "M" else (x + dx, y + dy)
                assert 0 <= x <= 10_000
                assert 0 <= y <= 10_000


def halves(*pictures, **words):
    ensure_application()
    return map_svg_halves(view(), pictures, below={"ground"}, above={"points"}, **words)


def ground_and_point(name):
    ground = picture([box(0, 0, 100, 100)], {"rule": [rule({"kind": "fill", "color": "#ABCDEF"})]}, "ground")
    label = {"text": "{name}", "size": 9.0, "halo": 0.5}
    return ground, picture([Point(50, 50)], {"rule": [rule(MARKER)], "label": label}, "points", name=[name])


def test_a_map_in_two_halves_has_all_names_in_the_upper_one():
    made = halves(*ground_and_point("某地"))
    assert "#ABCDEF" in made.below
    assert names(made.below) == []
    assert "#ABCDEF" not in made.above
    assert "某地" in names(made.above)
    assert made.words == ()
    assert made.report.drawn("ground") == made.report.drawn("points") == 1


def test_names_that_stand_alone_are_left_to_who_sets_the_page():
    made = halves(*ground_and_point("五虎山 2 号"), lifted=True)
    assert names(made.above) == []
    ((glyphs, _colour),) = made.words
    assert glyphs.text == "五虎山 2 号"
    # Their halo stays in the picture.
    assert re.search(r'fill="#FFFFFF" d="M\d', made.above)


def test_names_along_straight_lines_are_left_too_where_the_page_turns_them():
    label = {"text": "{name}", "size": 9.0, "halo": 0.5, "placement": "line"}
    line = LineString([(5, 20), (95, 60)])
    stroke = {"kind": "stroke", "color": "#112233", "width": 1.0}
    way = picture([line], {"rule": [rule(stroke)], "label": label}, "points", name=["路线 1"])
    made = halves(way, lifted=True, turned_too=True)
    assert names(made.above) == []
    ((glyphs, _colour),) = made.words
    assert glyphs.text == "路线 1"
    assert re.search(r'fill="#FFFFFF" d="M\d', made.above)
    # A page that does not turn names gets it drawn.
    assert "路线 1" in names(halves(way, lifted=True).above)


@pytest.mark.parametrize("name", ["（新）广场", "ᠬᠤᠲᠠ", "é广场"])
def test_names_that_are_shaped_or_squeezed_stay_in_the_picture(name):
    made = halves(*ground_and_point(name), lifted=True)
    assert name in names(made.above)
    assert made.words == ()


def test_the_grid_lies_over_areas_and_under_what_matters():
    area = picture(
        [box(0, 0, 100, 100)], {"draw_order": 20, "rule": [rule({"kind": "fill", "color": "#AAAAAA"})]}, "area"
    )
    zone = picture(
        [box(20, 20, 80, 80)], {"draw_order": 130, "rule": [rule({"kind": "fill", "color": "#BBBBBB"})]}, "zone"
    )
    text = svg(area, zone, grid_step=10)
    assert text.index("#AAAAAA") < text.index("#98A3AC") < text.index("#BBBBBB")
