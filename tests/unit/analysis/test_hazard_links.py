"""A danger zone and its hazard point: one link, read from either side, taken from the place only without doubt."""

import pytest
from shapely import Point, box

from geohazard_desktop.analysis.hazard_links import danger_zone_of, hazard_point_of, point_of_zone, zone_of_point
from geohazard_desktop.workspace.edits import change_values, create_feature

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def put(workspace):
    def made(layer, geometry, **values):
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        return workspace.feature(layer, edit.deltas[0].uid)

    return made


def both(ws, zone, point):
    """What each side says of the other, read alone and among all; the two ways of asking must agree."""
    zone, point = ws.feature(zone.layer, zone.uid), ws.feature(point.layer, point.uid)
    of_zone, of_point = hazard_point_of(ws, zone), danger_zone_of(ws, point)
    among = point_of_zone(zone, ws.table("hazard_point")), zone_of_point(point, ws.table("danger_zone"))
    assert [one and one.uid for one in among] == [one and one.uid for one in (of_zone, of_point)]
    return (of_zone is not None and of_zone.uid == point.uid), (of_point is not None and of_point.uid == zone.uid)


def change(ws, feature, **values):
    ws.apply(change_values(ws.definitions, [ws.feature(feature.layer, feature.uid)], values))


def test_the_only_point_in_a_zone_is_its_point_and_the_zone_is_the_points(workspace, put):
    zone = put("danger_zone", box(E, N, E + 100, N + 100), hazard_type="山洪泥石流")
    point = put("hazard_point", Point(E + 50, N + 50), hazard_type="泥石流")
    assert both(workspace, zone, point) == (True, True)


def test_a_choice_on_one_side_holds_for_both_wherever_the_point_stands(workspace, put):
    zone = put("danger_zone", box(E, N, E + 100, N + 100), hazard_type="滑坡")
    point = put("hazard_point", Point(E + 900, N), hazard_type="滑坡")
    assert both(workspace, zone, point) == (False, False)
    change(workspace, point, danger_zone=zone.uid)
    assert both(workspace, zone, point) == (True, True)
    change(workspace, point, danger_zone=None)
    change(workspace, zone, hazard_point=point.uid)
    assert both(workspace, zone, point) == (True, True)


def test_of_two_points_none_is_taken_and_another_kind_or_a_closed_one_is_none(workspace, put):
    zone = put("danger_zone", box(E, N, E + 100, N + 100), hazard_type="滑坡")
    point = put("hazard_point", Point(E + 50, N + 50), hazard_type="滑坡")
    other = put("hazard_point", Point(E + 60, N + 50), hazard_type="滑坡")
    assert both(workspace, zone, point) == (False, True)
    change(workspace, other, status="销号")
    assert both(workspace, zone, point) == (True, True)
    change(workspace, point, hazard_type="地面塌陷")
    assert both(workspace, zone, point) == (False, False)


def test_a_point_that_belongs_to_another_zone_is_not_taken(workspace, put):
    zone = put("danger_zone", box(E, N, E + 100, N + 100), hazard_type="滑坡")
    other = put("danger_zone", box(E + 500, N, E + 600, N + 100), hazard_type="滑坡")
    point = put("hazard_point", Point(E + 50, N + 50), hazard_type="滑坡", danger_zone=other.uid)
    assert both(workspace, zone, point) == (False, False)
    assert both(workspace, other, point) == (True, True)
