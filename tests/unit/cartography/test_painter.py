"""What is painted where: by looking at pixels."""

from collections import Counter

import pytest
from map_layers_by_hand import picture, rule, view
from PySide6.QtGui import QColor, QImage, QPainter
from shapely import LineString, MultiPolygon, Point, Polygon, box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.painter import paint_map

RED = {"kind": "fill", "color": "#FF0000"}
BLUE = {"kind": "fill", "color": "#0000FF"}


def painted(*pictures, at=None, labels=False):
    ensure_application()
    at = at or view()
    image = QImage(round(at.width), round(at.height), QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    report = paint_map(painter, at, pictures, labels=labels)
    painter.end()
    return image, report


def colour(image, x_mm, y_mm):
    return image.pixelColor(round(x_mm * 96 / 25.4), round(y_mm * 96 / 25.4)).name().upper()


def share(image, wanted, left, top, right, bottom):
    """Which part of a box (mm) has exactly this colour."""
    k = 96 / 25.4
    found = Counter(
        image.pixelColor(x, y).name().upper()
        for x in range(round(left * k), round(right * k))
        for y in range(round(top * k), round(bottom * k))
    )
    return found[wanted] / sum(found.values())


def test_an_area_lies_where_its_coordinates_say():
    image, report = painted(picture([box(20, 60, 40, 80)], {"rule": [rule(RED)]}))
    assert colour(image, 30, 30) == "#FF0000"  # north is up: 70 m north is 30 mm from the upper edge
    assert colour(image, 30, 70) == "#FFFFFF"
    assert colour(image, 50, 30) == "#FFFFFF"
    assert report.drawn("layer") == 1


def test_holes_stay_open_and_overlaps_of_two_features_stay_filled():
    ring = Polygon([(10, 10), (90, 10), (90, 90), (10, 90)], [[(40, 40), (60, 40), (60, 60), (40, 60)]])
    image, _report = painted(picture([ring], {"rule": [rule(RED)]}))
    assert colour(image, 50, 50) == "#FFFFFF"
    assert colour(image, 20, 50) == "#FF0000"
    image, _report = painted(picture([box(10, 10, 60, 60), box(40, 40, 90, 90)], {"rule": [rule(RED)]}))
    assert colour(image, 50, 50) == "#FF0000"


def test_smaller_draw_orders_lie_below():
    below = picture([box(0, 0, 100, 100)], {"draw_order": 10, "rule": [rule(BLUE)]}, "below")
    above = picture([box(0, 0, 100, 100)], {"draw_order": 20, "rule": [rule(RED)]}, "above")
    for order in ((below, above), (above, below)):
        image, _report = painted(*order)
        assert colour(image, 50, 50) == "#FF0000"


def test_a_hatch_covers_its_share_and_stays_inside():
    hatch = {"kind": "hatch", "color": "#D7000F", "width": 1.0, "spacing": 4.0, "angle": 45}
    image, _report = painted(picture([box(20, 20, 80, 80)], {"rule": [rule(hatch)]}))
    white = share(image, "#FFFFFF", 25, 25, 75, 75)
    assert 0.6 < white < 0.85  # lines of 1 mm every 4 mm, with soft edges
    assert share(image, "#FFFFFF", 0, 0, 18, 100) == 1.0
    assert share(image, "#FFFFFF", 82, 0, 100, 100) == 1.0


def test_a_line_has_its_width_and_its_casing():
    stroke = {"kind": "stroke", "color": "#000000", "width": 2.0, "casing": 4.0}
    ground = picture([box(0, 0, 100, 100)], {"draw_order": 1, "rule": [rule(RED)]}, "ground")
    image, _report = painted(ground, picture([LineString([(0, 50), (100, 50)])], {"rule": [rule(stroke)]}))
    assert colour(image, 50, 50) == "#000000"
    assert colour(image, 50, 52) == "#FFFFFF"
    assert colour(image, 50, 55) == "#FF0000"


def test_a_dash_leaves_gaps():
    stroke = {"kind": "stroke", "color": "#000000", "width": 2.0, "dash": [5.0, 5.0]}
    image, _report = painted(picture([LineString([(0, 50), (100, 50)])], {"rule": [rule(stroke)]}))
    assert 0.35 < share(image, "#000000", 0, 49.7, 100, 50.3) < 0.65


def test_a_symbol_stands_upright_at_its_point_with_a_white_rim():
    marker = {"kind": "marker", "name": "shelter", "size": 20.0, "halo": 2.0}
    ground = picture([box(0, 0, 100, 100)], {"draw_order": 1, "rule": [rule(RED)]}, "ground")
    image, report = painted(ground, picture([Point(50, 50)], {"rule": [rule(marker)]}))
    assert colour(image, 42, 42) == "#1B6E45"
    assert colour(image, 39, 50) == "#FFFFFF"
    assert colour(image, 36, 50) == "#FF0000"
    assert report.sizes == {("layer", 0): [20.0]}


def test_a_symbol_nobody_has_becomes_a_question_mark_and_is_said():
    image, report = painted(
        picture([Point(50, 50)], {"rule": [rule({"kind": "marker", "name": "飞碟", "size": 20.0})]})
    )
    assert share(image, "#FFFFFF", 40, 40, 60, 60) < 0.9
    assert any("飞碟" in sentence for sentence in report.problems)


def test_beyond_its_scale_a_layer_is_not_drawn():
    far = picture([box(0, 0, 100, 100)], {"maximum_scale_denominator": 500, "rule": [rule(RED)]})
    image, report = painted(far)
    assert colour(image, 50, 50) == "#FFFFFF"
    assert report.drawn("layer") == 0


@pytest.mark.parametrize("shape", [None, Polygon(), MultiPolygon()])
def test_what_has_no_shape_is_said_and_hides_nothing(shape):
    shapes = [box(20, 20, 80, 80), box(0, 0, 1, 1)]
    made = picture(shapes, {"rule": [rule(RED)]})
    made.table.geometries[1] = shape
    again = type(made)(made.definition, made.style, made.table)
    image, report = painted(again)
    assert colour(image, 50, 50) == "#FF0000"
    assert any("1 个要素" in sentence for sentence in report.problems)


def test_a_ring_that_crosses_itself_is_still_drawn():
    bow = Polygon([(10, 10), (90, 90), (90, 10), (10, 90)])
    image, _report = painted(picture([bow], {"rule": [rule(RED)]}))
    assert share(image, "#FF0000", 0, 0, 100, 100) > 0.1


def test_a_million_metres_of_shape_outside_the_frame_cost_nothing_inside_it():
    wide = box(-500_000, -500_000, 500_000, 500_000)
    image, _report = painted(picture([wide], {"rule": [rule(RED, {"kind": "stroke", "color": "#000000"})]}))
    assert share(image, "#FF0000", 0, 0, 100, 100) == 1.0


def test_painting_can_be_stopped():
    ensure_application()
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    report = paint_map(
        painter, view(), [picture([box(0, 0, 1, 1)] * 50, {"rule": [rule(RED)]})], interrupt=lambda: True
    )
    painter.end()
    assert report.interrupted
