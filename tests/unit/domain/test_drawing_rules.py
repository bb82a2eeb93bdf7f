"""Numbers of the drawing tools stand in a file, each with its source."""

from geohazard_desktop.domain.drawing_rules import circle_rule, freehand_rule, live_rule, regular_polygon_rule


def test_every_number_has_a_source():
    for rule in (circle_rule(), regular_polygon_rule(), freehand_rule(), live_rule()):
        assert rule.source.words


def test_limits_stand_in_order():
    assert circle_rule().fewest_corners < circle_rule().most_corners
    assert regular_polygon_rule().fewest_sides <= regular_polygon_rule().sides <= regular_polygon_rule().most_sides
