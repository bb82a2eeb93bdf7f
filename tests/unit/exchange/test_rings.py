"""Places say which ring is a hole: a second outline is no hole outside of its shape."""

import shapely

from geohazard_desktop.exchange.rings import area_of_rings

OUTLINE = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def inside(step):
    return [(step, step), (100.0 - step, step), (100.0 - step, 100.0 - step), (step, 100.0 - step)]


def beside(ring):
    return [(east + 500.0, north) for east, north in ring]


def test_rings_within_each_other_are_hole_and_island_and_one_beside_is_an_outline():
    found = area_of_rings([OUTLINE, beside(OUTLINE), inside(10), inside(30), beside(inside(40))])
    assert found.is_valid
    assert found.geom_type == "MultiPolygon"
    assert found.area == (100**2 - 80**2 + 40**2) + (100**2 - 20**2)


def test_one_ring_is_one_area_and_a_hole_may_come_first():
    assert area_of_rings([OUTLINE]).equals(shapely.box(0, 0, 100, 100))
    assert area_of_rings([inside(10), OUTLINE]).area == 100**2 - 80**2


def test_a_ring_that_crosses_itself_is_left_to_who_looks_at_shapes():
    crossed = [OUTLINE[0], OUTLINE[2], OUTLINE[1], OUTLINE[3]]
    assert not area_of_rings([OUTLINE, crossed]).is_valid


def test_a_ring_that_is_listed_twice_counts_once():
    hole = inside(10)
    assert area_of_rings([OUTLINE, OUTLINE[::-1]]).equals(shapely.box(0, 0, 100, 100))
    assert area_of_rings([OUTLINE, hole, hole]).area == 100**2 - 80**2
