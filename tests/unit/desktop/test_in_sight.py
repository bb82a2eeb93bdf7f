"""Where the map goes so that a change is seen, and when it stays."""

import shapely

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.desktop.maps.in_sight import changed_shapes, looking_at, seen
from geohazard_desktop.workspace.feature import Delta, Feature

EAST, NORTH = 36_400_000.0, 4_370_000.0


def view() -> Viewport:
    return Viewport(EAST, NORTH, 10_000.0, 800.0, 600.0)


def square(east: float, north: float, side: float = 50.0):
    return shapely.box(EAST + east, NORTH + north, EAST + east + side, NORTH + north + side)


def delta(before, after, layer: str = "danger_zone") -> Delta:
    made = [None if one is None else Feature(layer, "a", one, {}) for one in (before, after)]
    return Delta(layer, "a", *made)


def test_the_view_stays_where_some_of_it_is_seen():
    assert looking_at(view(), [square(0, 0), square(90_000, 0)]) == view()
    assert looking_at(view(), []) == view()


def test_the_view_moves_at_its_scale_and_goes_out_only_where_it_must():
    far = [square(50_000, 0)]
    moved = looking_at(view(), far)
    assert seen(moved, far)
    assert moved.denominator == view().denominator
    wide = [square(50_000, 0, 40_000)]
    assert looking_at(view(), wide).denominator > view().denominator


def test_of_a_border_that_moved_only_the_stretch_counts():
    before = square(0, 0, 1000)
    after = before.union(square(1000, 0, 30))
    (shape,) = changed_shapes([delta(before, after), delta(before, after, "style")], {"danger_zone"})
    assert shape.equals(square(1000, 0, 30))
    assert changed_shapes([delta(None, after), delta(before, None)], {"danger_zone"}) == [after, before]
