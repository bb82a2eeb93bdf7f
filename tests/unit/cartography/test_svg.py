"""The map for paper: real text, exact geometry, nothing that a viewer or Typst would draw differently."""

import re
from xml.etree import ElementTree

import pytest
from map_layers_by_hand import picture, rule, view
from shapely import Point, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.svg import map_svg_report

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


def test_only_some_layers_drawn_and_all_names_placed_around_them():
    ground = picture([box(0, 0, 100, 100)], {"rule": [rule({"kind": "fill", "color": "#ABCDEF"})]}, "ground")
    points = picture([Point(50, 50)], {"rule": [rule(MARKER)], "label": {"text": "{name}"}}, "points", name=["某地"])
    below = svg(ground, points, only={"ground"}, labels=False)
    above = svg(ground, points, only={"points"})
    assert "#ABCDEF" in below
    assert names(below) == []
    assert "#ABCDEF" not in above
    assert "某地" in names(above)


def test_the_grid_lies_over_areas_and_under_what_matters():
    area = picture(
        [box(0, 0, 100, 100)], {"draw_order": 20, "rule": [rule({"kind": "fill", "color": "#AAAAAA"})]}, "area"
    )
    zone = picture(
        [box(20, 20, 80, 80)], {"draw_order": 130, "rule": [rule({"kind": "fill", "color": "#BBBBBB"})]}, "zone"
    )
    text = svg(area, zone, grid_step=10)
    assert text.index("#AAAAAA") < text.index("#98A3AC") < text.index("#BBBBBB")
