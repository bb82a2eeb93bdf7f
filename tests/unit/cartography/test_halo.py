"""Halos as areas: what a stroked copy of the text would cover, no more and no less."""

import re

import numpy as np
import pytest
import shapely
import shapely.affinity
from shapely.geometry import Polygon

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.halo import halo_data, has_halo, stands_alone, turned, turned_halo_data
from geohazard_desktop.cartography.label_lines import LineNames
from geohazard_desktop.cartography.label_text import Glyphs, Run, straight
from geohazard_desktop.cartography.style import Label

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
    # Short by less than 0.08 mm anywhere; farther only in nooks between strokes.
    assert wanted.difference(made).buffer(-0.04).is_empty
    assert made.difference(wanted.buffer(0.3).buffer(-0.3)).buffer(-0.04).is_empty
    assert abs(made.area - wanted.area) < 0.03 * wanted.area


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


def along(*points: tuple[float, float], text: str = "路线 1") -> Glyphs:
    """A name as the map sets it along a line."""
    made = LineNames(Label(text="{name}", size=9.0, halo=0.5), text, np.array(points, dtype=float), 1.0).nearest(
        *points[len(points) // 2]
    )
    assert made is not None
    return made.glyphs


@pytest.mark.parametrize("degrees", [0, 30, 80, -40, -75, 150])
def test_a_name_along_a_straight_line_is_one_piece(degrees):
    way = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    glyphs = along((0.0, 0.0), tuple(way * 20), tuple(way * 40))
    found = turned(glyphs)
    assert found is not None
    assert abs((found.angle - degrees + 90) % 180 - 90) < 0.1
    assert -90 <= found.angle <= 90, "it is read from the left"
    # As one piece each character stands where the map has it.
    right = np.array([np.cos(np.radians(found.angle)), np.sin(np.radians(found.angle))])
    at = np.array([glyphs.runs[0].x, glyphs.runs[0].y])
    for run in glyphs.runs:
        assert np.abs(at - (run.x, run.y)).max() < 0.1
        at = at + right * (fonts.width_em(run.text, "hei", glyphs.bold) + found.tracking) * glyphs.size


def test_a_name_that_bends_or_stands_upright_is_not_one_piece():
    arc = [(60 * np.sin(turn), 60 * np.cos(turn)) for turn in np.linspace(0, 0.8, 9)]
    assert turned(along(*arc, text="一号撤离路线")) is None
    assert turned(along((0.0, 0.0), (0.0, 20.0), (0.0, 40.0), text="撤离路线")) is None
    assert turned(line("某地")) is None


def test_the_halo_of_a_turned_name_is_the_level_one_turned():
    glyphs = along((0.0, 0.0), (20.0, 12.0), (40.0, 24.0))
    angle = glyphs.runs[0].angle
    level = Polygon()
    for run in glyphs.runs:
        one = covered(halo_data(straight(run.text, 0.0, 0.0, 9.0, "hei", glyphs.bold, 0.0), HALO))
        one = shapely.affinity.rotate(one, angle, origin=(0, 0))
        level = level.union(shapely.transform(one, lambda places, run=run: places + np.array([run.x, run.y])))
    made = covered(turned_halo_data(glyphs, HALO))
    assert level.area > 15
    assert made.symmetric_difference(level).buffer(-0.02).is_empty
