"""Halos as areas: what a stroked copy of the text would cover, no more and no less."""

import re

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.halo import halo_data, has_halo, stands_alone
from geohazard_desktop.cartography.label_text import Glyphs, Run, straight

HALO = 0.55


@pytest.fixture(autouse=True)
def _application():
    fonts.ensure_application()


def line(text: str, bold: bool = False) -> Glyphs:
    return straight(text, 10.0, 20.0, 9.5, "hei", bold, 0.0)


def covered(data: str):
    """The area of path data in mm, filled by the rule `nonzero`."""
    filled = Polygon()
    holes = Polygon()
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)z", data):
        numbers = np.array([int(one) for one in re.findall(r"-?\d+", steps)]).reshape(-1, 2)
        ring = np.vstack([[int(x), int(y)], numbers]).cumsum(axis=0) / 100
        if shapely.is_ccw(shapely.linearrings(ring)):
            filled = filled.union(Polygon(ring))
        else:
            holes = holes.union(Polygon(ring))
    return filled.difference(holes)


def stroked(glyphs: Glyphs):
    """The text and a stroke around it."""
    polygons = fonts.outline(glyphs.text, glyphs.family, glyphs.bold).toSubpathPolygons()
    rings = [np.array([(one.at(n).x(), one.at(n).y()) for n in range(one.size())]) for one in polygons]
    placed = [ring * glyphs.size / 100 + (glyphs.runs[0].x, glyphs.runs[0].y) for ring in rings]
    ink = Polygon()
    for ring in sorted((Polygon(one) for one in placed), key=lambda one: -one.area):
        ink = ink.symmetric_difference(ring)
    return ink.union(shapely.union_all([shapely.linestrings(one) for one in placed]).buffer(HALO, quad_segs=16))


@pytest.mark.parametrize(("text", "bold"), [("黄白茨", False), ("回民街 25 号", True), ("WD-W-0008", False)])
def test_a_halo_covers_what_a_stroke_would(text, bold):
    glyphs = line(text, bold)
    made, wanted = covered(halo_data(glyphs, HALO)), stroked(glyphs)
    assert wanted.area > 20
    # Off by less than 0.04 mm anywhere, and by a hundredth of the area.
    assert made.symmetric_difference(wanted).buffer(-0.02).is_empty
    assert made.symmetric_difference(wanted).area < 0.02 * wanted.area


def test_it_moves_with_its_text():
    there = halo_data(straight("某地", 0.0, 0.0, 9.5, "hei", False, 0.0), HALO)
    here = halo_data(straight("某地", 31.0, 7.0, 9.5, "hei", False, 0.0), HALO)
    moved = shapely.transform(covered(there), lambda places: places + np.array([31.0, 7.0]))
    assert moved.symmetric_difference(covered(here)).area < 0.05


def test_an_empty_line_has_none():
    assert halo_data(line(" "), HALO) == ""


@pytest.mark.parametrize("text", ["ᠬᠤᠲᠠ", "👪", "é", "a\u0301"])
def test_signs_that_are_shaped_together_have_no_known_outline(text):
    assert not has_halo(line(text))


def test_signs_that_page_setters_squeeze_do_not_stand_alone():
    assert has_halo(line("（新）"))
    assert not stands_alone(line("（新）"))
    assert not stands_alone(line(" 新"))
    assert stands_alone(line("新村 3 号"))


def test_a_turned_name_has_no_known_outline():
    glyphs = line("某")
    assert not has_halo(Glyphs("某", (Run("某", 1.0, 1.0, 12.0),), glyphs.size, "hei", False))
