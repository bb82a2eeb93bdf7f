"""Which zone's signal calls a household: by hand, by place, by the given route; papers and checks ask this one."""

from shapely import Point, box

from geohazard_desktop.analysis.calling_zone import CallingZones
from geohazard_desktop.workspace.feature import Feature


def zone(uid, shape):
    return Feature("danger_zone", uid, shape)


def test_the_hand_comes_before_the_place_and_the_place_before_the_route():
    zones = [zone("bare", None), zone("east", box(10, 0, 20, 10)), zone("west", box(0, 0, 10, 10))]
    calling = CallingZones(zones, {"route": "west", "lifted": "gone"})

    def called(place=None, **values):
        found = calling.of(Feature("household", "h", place, values))
        return None if found is None else found.uid

    assert called(Point(5, 5), danger_zone="bare", evacuation_route="route") == "bare"
    assert called(Point(5, 5), danger_zone="gone") == "west"
    assert called(Point(10, 5)) == "east", "at the edge of both the first in file order"
    assert called(Point(50, 5), evacuation_route="route") == "west"
    assert called(evacuation_route="route") == "west"
    assert called(Point(50, 5), evacuation_route="lifted") is None
